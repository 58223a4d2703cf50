"""What may go wrong with a service place; each has the key of its sentence."""

from services.errors import DomainError


class PlaceGone(DomainError, key="error-place-gone", is_final=True):
    """The place was removed, or never was."""


class NotKeeper(DomainError, key="error-not-keeper", is_final=True):
    """The place is not kept by who says something of it."""


class UnknownPlace(DomainError, key="error-place-unknown"):
    """No place has the code, or a name with, ``text``."""


# Places that come in, and are changed


class PhotoAsFile(DomainError, key="error-place-photo-file"):
    """A picture that was sent as a file: Telegram would not show it with the place."""


class NoPlacePhoto(DomainError, key="error-place-no-photo"):
    """What was sent is no photo."""


class NotAllSaid(DomainError, key="error-place-not-all-said"):
    """The form lacks something that a place must have."""


class NothingThere(DomainError, key="error-place-nothing-there"):
    """A place with no facility at all helps nobody."""


class FormOver(DomainError, key="error-place-form-over"):
    """The form that the button belongs to is no more."""


# -- warnings --


class WarningNowhere(DomainError, key="error-warning-nowhere"):
    """No grid, town, community or place is called ``text``."""


class WarningAmbiguous(DomainError, key="error-warning-ambiguous"):
    """Several are called ``text``: ``names`` has their codes."""


class WarningFar(DomainError, key="error-warning-far"):
    """So near, or so far, is not meant: ``least`` to ``most`` metres."""


class WarningFormOver(DomainError, key="error-warning-form-over", is_final=True):
    """The form was sent, or left alone for too long, or there is a newer one."""


class WarnedLately(DomainError, key="error-warned-lately"):
    """The same kind was sent a short while ago: it has to be asked for once more."""


class NobodyToWarn(DomainError, key="error-nobody-to-warn"):
    """No rider is there."""


class WarningOver(DomainError, key="error-warning-over", is_final=True):
    """All of it is sent, or it was stopped."""


# -- posters and usage --


class UnknownPlaceKind(DomainError, key="error-place-kind-unknown"):
    """There is no kind ``text``: ``names`` has those that there are."""


class NoPlaces(DomainError, key="error-no-places"):
    """There are none to print anything for."""


# -- keepers, and what is true now --


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
