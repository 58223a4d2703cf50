"""What can go wrong in a way that people can act on. Each has the key of the sentence that the person is shown.

The sentences are in `views/texts/`; a middleware of the bot turns the error into one.
"""

from typing import Any, ClassVar


class DomainError(Exception):
    """Something that the person can understand and act on; nothing was changed."""

    key: ClassVar[str] = "error-unknown"
    is_final: ClassVar[bool] = False  # the same step cannot succeed later: a dialog that led to it is over

    def __init_subclass__(cls, *, key: str, is_final: bool | None = None) -> None:
        cls.key = key
        cls.is_final = cls.is_final if is_final is None else is_final

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.key, facts)
        self.facts = facts


class NotAllowed(DomainError, key="error-not-allowed", is_final=True):
    """The person lacks the role, or it is somebody else's report."""


class NotPossible(DomainError, key="error-not-possible", is_final=True):
    """The report's status does not allow this step."""


class NoWords(DomainError, key="error-no-words"):
    """The words are empty once spaces and control characters are gone."""


class WordsTooLong(DomainError, key="error-words-too-long"):
    """More than ``most`` characters."""


class BadPlace(DomainError, key="error-bad-place"):
    """Not a place on Earth that a phone would send: not finite, out of range, or 0,0."""


class OutsideCounty(DomainError, key="error-outside"):
    """The place is outside of the county's grids."""


# -- reports and what is sent --


class NoSuchReport(DomainError, key="error-no-such-report", is_final=True):
    """No report has this number, or it is not this person's to see."""


class ReportEnded(DomainError, key="error-report-ended", is_final=True):
    """The report is resolved, rejected or withdrawn: nothing more can be done to it."""


class TooLateToChange(DomainError, key="error-too-late", is_final=True):
    """An officer has accepted the report: the reporter can no longer change this."""


class TooManyPhotos(DomainError, key="error-too-many-photos"):
    """A report takes at most ``most`` pictures."""


class FileTooLarge(DomainError, key="error-file-too-large"):
    """Over Telegram's limit for bots, ``megabytes``."""


class NothingToAdd(DomainError, key="error-nothing-to-add"):
    """There is no draft (any more) that this could belong to."""


class QuestionOver(NothingToAdd, key="error-question-over"):
    """What was asked about the draft is answered, or the report ended that it was about; what was sent is kept."""


# -- whose a report is --


class AlreadyAccepted(DomainError, key="error-already-accepted"):
    """Another was first; ``name`` and ``role`` say who."""


class AlreadyYours(DomainError, key="error-already-yours"):
    """The officer has accepted this report before."""


class NotOffered(DomainError, key="error-not-offered"):
    """The report is not (or no longer) offered to this officer."""


class LastInLine(DomainError, key="error-last-in-line"):
    """There is nobody left to pass the report on to."""


class HasAnother(NotAllowed, key="error-has-another"):
    """Another has the report now; ``name`` and ``role`` say who."""


class PassedOn(NotAllowed, key="error-not-offered"):
    """The report was this officer's, or offered to him, and is others' now."""


class FixedByAnother(NotAllowed, key="error-fixed-by-another"):
    """Another has fixed the report; ``name`` and ``role`` say who."""


# -- the same hazard twice --


class GoesOn(ReportEnded, key="error-goes-on"):
    """The report ``number`` was merged: it goes on as ``into``."""


class SameReport(DomainError, key="error-same-report"):
    """A report cannot be merged into itself, nor into one that was merged into it; ``number`` is the report's."""


class FollowsAlready(DomainError, key="error-follows-already"):
    """The person follows the report ``number``, or reported it, and has nothing new about it."""


class NotFollowing(DomainError, key="error-not-following"):
    """The person does not follow the report ``number`` (any more)."""


# -- the talk --


class TalkOver(DomainError, key="error-talk-over", is_final=True):
    """The report is over, and with it the talk about it; ``number`` is the report's."""


class NobodyToAnswer(DomainError, key="error-nobody-to-answer", is_final=True):
    """The report ``number`` is being passed on: nobody holds it who could hear."""


# -- fixes and their proof --


class AlreadyFixed(ReportEnded, key="error-already-fixed"):
    """The officer has said before that it is fixed."""


class TooFar(DomainError, key="error-too-far"):
    """The proof's place is ``metres`` from the report's (None: there is no place), and no reason was given."""


class NoProof(DomainError, key="error-no-proof"):
    """There is no photo of the fix."""


class PictureTooOld(DomainError, key="error-picture-too-old"):
    """As the photo of a fix: it says that it was taken before somebody accepted."""


class SameAsBefore(DomainError, key="error-same-as-before"):
    """As the photo of a fix: it is one of the photos of the hazard."""


class ProofTooOld(DomainError, key="error-proof-too-old"):
    """Too long ago to stand for another report: its proof is made anew."""


# -- verdicts, and what broke again --


class AlreadyJudged(DomainError, key="error-already-judged", is_final=True):
    """The person has said of this fix whether it is one."""


class NewerFix(DomainError, key="error-newer-fix", is_final=True):
    """The button was about an earlier fix than the present one of the report ``number``."""


class BackAtWork(DomainError, key="error-back-at-work", is_final=True):
    """The report ``number`` was reopened: there is no fix to be judged now."""


class VerdictOver(DomainError, key="error-verdict-over", is_final=True):
    """The report ``number`` is closed: its fix is judged no more."""


class Disputed(DomainError, key="error-disputed", is_final=True):
    """Somebody decides about the report ``number`` already."""


class AlreadyDecided(DomainError, key="error-already-decided", is_final=True):
    """Somebody has decided it, or its time is over."""


class TooLateForAgain(DomainError, key="error-too-late-for-again"):
    """More than ``days`` since the report was closed: what broke now is a report of its own."""


# -- waiting --


class BadTime(DomainError, key="error-bad-time"):
    """What was written is no day or time that can be read."""


class TimeOver(DomainError, key="error-time-over"):
    """It is, but it is over."""


class WaitsTooLong(DomainError, key="error-waits-too-long"):
    """It may wait for so many ``hours`` at a time, which are ``days`` if it is more than one."""


# -- what is called false --


class FoundTrue(DomainError, key="error-found-true", is_final=True):
    """A lead has decided that the report is true: it cannot be called false again."""


class TooLateToDispute(DomainError, key="error-too-late-to-dispute", is_final=True):
    """The report was not called false, that was disputed before, or the time for it is over."""


class ReportsNothing(DomainError, key="error-suspended"):
    """The person is suspended: nothing is filed, also not that it broke again; ``phone`` is the desk's."""


# -- tasks and emergencies --


class TasksOpen(DomainError, key="error-tasks-open"):
    """Not all who were brought in are done; ``names`` (by language) is who is not."""


class TaskOver(DomainError, key="error-task-over", is_final=True):
    """The task was done, declined or dropped."""


class AlreadyAsked(DomainError, key="error-already-asked"):
    """The team or grid has a task for the report already."""


class NobodyToAsk(DomainError, key="error-nobody-to-ask"):
    """Nobody of ``names`` (a team or grid, by language) can be reached."""


class NoEmergency(NotAllowed, key="error-no-emergency"):
    """Whoever may not call an emergency hears what to do in one."""


class EmergencyGoesOn(DomainError, key="error-emergency-goes-on"):
    """The report is an emergency already."""


class EmergencyOver(DomainError, key="error-emergency-over", is_final=True):
    """The emergency has ended."""


# -- people, posts and invites --


class NotRegistered(DomainError, key="error-not-officer"):
    """The person is not an officer."""


class NoPost(DomainError, key="error-no-post"):
    """The person is a lead, but nobody has said of which community or town."""


class NoSuchPlace(DomainError, key="error-no-such-place"):
    """No town, or no community of the town, is called ``name``."""


class NoSuchTeam(DomainError, key="error-no-such-team"):
    """No team has the code ``code``."""


class NoSuchGrid(DomainError, key="error-no-such-grid"):
    """No grid has the code ``code``."""


class InviteUnknown(DomainError, key="error-invite-unknown"):
    """No such invite."""


class InviteOwn(DomainError, key="error-invite-own"):
    """Who made the invite opened it: it is for somebody else."""


class InviteUsed(DomainError, key="error-invite-used"):
    """The invite was used before."""


class InviteExpired(DomainError, key="error-invite-expired"):
    """The invite is older than its time."""


# -- the evaluation --


class NoEvaluation(NotAllowed, key="error-no-evaluation"):
    """The evaluation is for who has to see to it that promises are kept."""


class CannotMake(DomainError, key="error-cannot-make"):
    """A chart or file could not be made just now."""
