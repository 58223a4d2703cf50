"""What can go wrong with opening hours: see `services/errors.py`."""

from services.errors import DomainError


class BadHours(DomainError, key="error-bad-hours"):
    """The hours cannot be read, or it would never be open; ``text`` is the beginning of what was written."""


class HoursTooLong(BadHours, key="error-hours-too-long"):
    """The hours are understood, and too many to keep: ``length`` characters, of at most ``most``."""


class LoneTime(BadHours, key="error-hours-one-time"):
    """There is one time, and no other: from when, until when?"""


class HoursByFestival(BadHours, key="error-hours-festival"):
    """A day is named that lies elsewhere each year, and that is no public holiday of its own."""
