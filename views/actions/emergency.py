"""Emergencies."""

from dataclasses import dataclass

from views.actions.base import Action, OnReport


@dataclass(frozen=True, slots=True)
class OnEmergency(Action):
    """An action on one emergency."""

    emergency_id: int


class AskEmergency(OnReport):
    """Show whom an emergency would call."""

    prefix = "emc"


class BeginEmergency(OnReport):
    """Call them all."""

    prefix = "emb"


class SetOut(OnEmergency):
    """On my way."""

    prefix = "emw"


class Arrive(OnEmergency):
    """Arrived."""

    prefix = "ema"


class CannotCome(OnEmergency):
    """Cannot come."""

    prefix = "emn"


class AskEnd(OnEmergency):
    """Ask whether it is over."""

    prefix = "eme"


class EndEmergency(OnEmergency):
    """It is over."""

    prefix = "emy"


class ShowEmergency(OnEmergency):
    """Back to the live card."""

    prefix = "ems"


class SendRecord(OnEmergency):
    """The record once more."""

    prefix = "emr"


class ListPhones(OnEmergency):
    """All telephone numbers of those whom no message reaches."""

    prefix = "emt"
