"""What may go wrong with a service place; each has the key of its sentence."""

from services.errors import DomainError


class PlaceGone(DomainError, key="error-place-gone", is_final=True):
    """The place was removed, or never was."""


class BadPlaceHours(DomainError, key="error-place-hours"):
    """The hours cannot be read. ``text`` is what was written."""


class NotKeeper(DomainError, key="error-not-keeper"):
    """The place is not kept by who says something of it."""


# -- keepers, and what is true now --


class NoSuchStation(DomainError, key="error-no-such-station"):
    """No place has the code, or the part of a name, ``code``."""


class NoSuchFacility(DomainError, key="error-no-such-facility", is_final=True):
    """The place does not have that (any more)."""


class BadSpaces(DomainError, key="error-bad-spaces"):
    """More spaces than the place has, or it has none: ``most`` says how many."""


# -- visits, and what is broken --


class VisitOver(DomainError, key="error-visit-over", is_final=True):
    """What is answered was not asked, or too long ago: who was where is forgotten after a day."""


class VisitAnswered(DomainError, key="error-visit-answered", is_final=True):
    """It was answered before."""


class PlaceOutside(DomainError, key="error-place-outside", is_final=True):
    """The place lies outside of the county: nobody there could look after a report."""
