"""What may go wrong with a service place; each has the key of its sentence."""

from services.errors import DomainError


class PlaceGone(DomainError, key="error-place-gone", is_final=True):
    """The place was removed, or never was."""


class BadPlaceHours(DomainError, key="error-place-hours"):
    """The hours cannot be read. ``text`` is what was written."""


class NotKeeper(DomainError, key="error-not-keeper", is_final=True):
    """The place is not kept by who says something of it."""


# Places that come in, and are changed


class PhotoAsFile(DomainError, key="error-place-photo-file"):
    """A picture that was sent as a file: Telegram would not show it with the place."""


class NoPlacePhoto(DomainError, key="error-place-no-photo"):
    """What was sent is no photo."""


class NoSuchPlace(DomainError, key="error-place-unknown"):
    """No place has this code, nor this in its name: ``text``."""


class NotAllSaid(DomainError, key="error-place-not-all-said"):
    """The form lacks something that a place must have."""


class NothingThere(DomainError, key="error-place-nothing-there"):
    """A place with no facility at all helps nobody."""


class FormOver(DomainError, key="error-place-form-over"):
    """The form that the button belongs to is no more."""
