"""What may go wrong with a service place; each has the key of its sentence."""

from services.errors import DomainError


class PlaceGone(DomainError, key="error-place-gone"):
    """The place was removed, or never was."""


class BadPlaceHours(DomainError, key="error-place-hours"):
    """The hours cannot be read. ``text`` is what was written."""


class NotKeeper(DomainError, key="error-not-keeper"):
    """The place is not kept by who says something of it."""
