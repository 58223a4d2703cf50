"""The evaluation."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from storage.evaluation_kinds import Dimension, Figure, Span
from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class OfPeriod(Action):
    """An action on the evaluation of the period that this day is in."""

    dimension: Dimension
    span: Span
    day: date


@dataclass(frozen=True, slots=True)
class OfGroup(OfPeriod):
    """Likewise on one of its groups."""

    key: str


@dataclass(frozen=True, slots=True)
class ShowStats(OfPeriod):
    """A page of the evaluation."""

    prefix: ClassVar[str] = "ev"
    page: int


class ChooseStats(OfPeriod):
    """By what, and of a day, week or month: the choice."""

    prefix = "ew"


class OpenGroup(OfGroup):
    """All figures of one group."""

    prefix = "eg"


@dataclass(frozen=True, slots=True)
class OpenFigure(OfGroup):
    """The reports behind one figure of a group."""

    prefix: ClassVar[str] = "ef"
    figure: Figure
    page: int


class DrawStats(OfPeriod):
    """The evaluation as a chart."""

    prefix = "ec"


@dataclass(frozen=True, slots=True)
class StatsFile(Action):
    """The evaluation as an Excel file."""

    prefix: ClassVar[str] = "ex"
    span: Span
    day: date
