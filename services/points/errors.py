"""What may go wrong with points, activities and what is given by hand; each has the key of its sentence."""

from services.errors import DomainError


class NotEnough(DomainError, key="error-not-enough"):
    """Fewer points than are needed; ``balance`` and ``needed`` say how many."""


class HoldEnded(DomainError, key="error-hold-ended"):
    """What was put aside is no longer waiting: taken, given back, or its time is over."""


class LinkUnknown(DomainError, key="error-link-unknown"):
    """No activity has this link."""


class ActivityOver(DomainError, key="error-activity-over"):
    """Its link is no longer open: whoever led it can make another one."""


class ActivityOwn(DomainError, key="error-activity-own"):
    """Nobody gives himself points."""


class AlreadyAttended(DomainError, key="error-already-attended"):
    """The person has earned this activity's hours; ``name`` is the activity's."""


class HoursUnclear(DomainError, key="error-hours-unclear"):
    """An activity takes 1 to ``most`` whole hours."""


class CreditUnclear(DomainError, key="error-credit-unclear"):
    """Whom, how many points (a whole number, at most ``most``) and what for: one of them cannot be read."""


class NoSuchPerson(DomainError, key="error-no-such-person"):
    """Nobody has the number ``code``."""


class CreditOwn(DomainError, key="error-credit-own", is_final=True):
    """Nobody gives himself points."""


class NobodyToConfirm(DomainError, key="error-nobody-to-confirm"):
    """More than ``most`` points take a second administrator, and there is none."""


class CreditOver(DomainError, key="error-credit-over"):
    """It was given, refused or expired before."""


class NoReports(DomainError, key="error-no-reports"):
    """A board is of the communities in which one has reported something."""


class NameTaken(DomainError, key="error-name-taken"):
    """Another stands on the boards as ``name``."""
