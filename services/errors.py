"""What can go wrong in a way that people can act on. Each has the key of the sentence that the person is shown.

The sentences are in `views/texts/`; a middleware of the bot turns the error into one.
"""

from typing import Any


class DomainError(Exception):
    """Something that the person can understand and act on; nothing was changed."""

    key = "error-unknown"
    is_final = False  # the same step cannot succeed later: a dialog that led to it is over

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.key, facts)
        self.facts = facts


class NotAllowed(DomainError):
    """The person lacks the role, or it is somebody else's report."""

    key = "error-not-allowed"
    is_final = True


class NoSuchReport(DomainError):
    """No report has this number, or it is not this person's to see."""

    key = "error-no-such-report"
    is_final = True


class AlreadyAccepted(DomainError):
    """Another was first; ``name`` and ``role`` say who."""

    key = "error-already-accepted"


class AlreadyYours(DomainError):
    """The officer has accepted this report before."""

    key = "error-already-yours"


class NotOffered(DomainError):
    """The report is not (or no longer) offered to this officer."""

    key = "error-not-offered"


class LastInLine(DomainError):
    """There is nobody left to pass the report on to."""

    key = "error-last-in-line"


class ReportEnded(DomainError):
    """The report is resolved, rejected or withdrawn: nothing more can be done to it."""

    key = "error-report-ended"
    is_final = True


class GoesOn(ReportEnded):
    """The report ``number`` was merged: it goes on as ``into``."""

    key = "error-goes-on"


class SameReport(DomainError):
    """A report cannot be merged into itself, nor into one that was merged into it; ``number`` is the report's."""

    key = "error-same-report"


class FollowsAlready(DomainError):
    """The person follows the report ``number``, or reported it, and has nothing new about it."""

    key = "error-follows-already"


class NotFollowing(DomainError):
    """The person does not follow the report ``number`` (any more)."""

    key = "error-not-following"


class TooLateToChange(DomainError):
    """An officer has accepted the report: the reporter can no longer change this."""

    key = "error-too-late"
    is_final = True


class NotPossible(DomainError):
    """The report's status does not allow this step."""

    key = "error-not-possible"
    is_final = True


class TalkOver(DomainError):
    """The report is over, and with it the talk about it; ``number`` is the report's."""

    key = "error-talk-over"
    is_final = True


class NobodyToAnswer(DomainError):
    """The report ``number`` is being passed on: nobody holds it who could hear."""

    key = "error-nobody-to-answer"
    is_final = True


class OutsideCounty(DomainError):
    """The place is outside of the county's grids."""

    key = "error-outside"


class BadPlace(DomainError):
    """Not a place on Earth that a phone would send: not finite, out of range, or 0,0."""

    key = "error-bad-place"


class NoWords(DomainError):
    """The words are empty once spaces and control characters are gone."""

    key = "error-no-words"


class WordsTooLong(DomainError):
    """More than ``most`` characters."""

    key = "error-words-too-long"


class TooManyPhotos(DomainError):
    """A report takes at most ``most`` pictures."""

    key = "error-too-many-photos"


class FileTooLarge(DomainError):
    """Over Telegram's limit for bots, ``megabytes``."""

    key = "error-file-too-large"


class NothingToAdd(DomainError):
    """There is no draft (any more) that this could belong to."""

    key = "error-nothing-to-add"


class InviteUnknown(DomainError):
    """No such invite."""

    key = "error-invite-unknown"


class InviteOwn(DomainError):
    """Who made the invite opened it: it is for somebody else."""

    key = "error-invite-own"


class InviteUsed(DomainError):
    """The invite was used before."""

    key = "error-invite-used"


class InviteExpired(DomainError):
    """The invite is older than its time."""

    key = "error-invite-expired"


class NoSuchGrid(DomainError):
    """No grid has the code ``code``."""

    key = "error-no-such-grid"


class NotRegistered(DomainError):
    """The person is not an officer."""

    key = "error-not-officer"


class NoPost(DomainError):
    """The person is a lead, but nobody has said of which community or town."""

    key = "error-no-post"


class CannotMake(DomainError):
    """A chart or file could not be made just now."""

    key = "error-cannot-make"
