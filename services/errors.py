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


class NoEvaluation(NotAllowed):
    """The evaluation is for who has to see to it that promises are kept."""

    key = "error-no-evaluation"


class NoEmergency(NotAllowed):
    """Whoever may not call an emergency hears what to do in one."""

    key = "error-no-emergency"


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


class FoundTrue(DomainError):
    """A lead has decided that the report is true: it cannot be called false again."""

    key = "error-found-true"
    is_final = True


class TooLateToDispute(DomainError):
    """The report was not called false, that was disputed before, or the time for it is over."""

    key = "error-too-late-to-dispute"
    is_final = True


class AlreadyDecided(DomainError):
    """Somebody has decided it, or its time is over."""

    key = "error-already-decided"
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


class TasksOpen(DomainError):
    """Not all who were brought in are done; ``names`` (by language) is who is not."""

    key = "error-tasks-open"


class TaskOver(DomainError):
    """The task was done, declined or dropped."""

    key = "error-task-over"
    is_final = True


class AlreadyAsked(DomainError):
    """The team or grid has a task for the report already."""

    key = "error-already-asked"


class NobodyToAsk(DomainError):
    """Nobody of ``names`` (a team or grid, by language) can be reached."""

    key = "error-nobody-to-ask"


class NobodyToCall(DomainError):
    """No member of any team that serves the place can be reached."""

    key = "error-nobody-to-call"


class EmergencyGoesOn(DomainError):
    """The report is an emergency already."""

    key = "error-emergency-goes-on"


class EmergencyOver(DomainError):
    """The emergency has ended."""

    key = "error-emergency-over"
    is_final = True


class NoSuchPlace(DomainError):
    """No town, or no community of the town, is called ``name``."""

    key = "error-no-such-place"


class NoSuchTeam(DomainError):
    """No team has the code ``code``."""

    key = "error-no-such-team"


class HasAnother(NotAllowed):
    """Another has the report now; ``name`` and ``role`` say who."""

    key = "error-has-another"


class PassedOn(NotAllowed):
    """The report was this officer's, or offered to him, and is others' now."""

    key = "error-not-offered"


class FixedByAnother(NotAllowed):
    """Another has fixed the report; ``name`` and ``role`` say who."""

    key = "error-fixed-by-another"


class AlreadyFixed(ReportEnded):
    """The officer has said before that it is fixed."""

    key = "error-already-fixed"


class TooFar(DomainError):
    """The proof's place is ``metres`` from the report's (None: there is no place), and no reason was given."""

    key = "error-too-far"


class NoProof(DomainError):
    """There is no photo of the fix."""

    key = "error-no-proof"


class PictureTooOld(DomainError):
    """As the photo of a fix: it says that it was taken before somebody accepted."""

    key = "error-picture-too-old"


class SameAsBefore(DomainError):
    """As the photo of a fix: it is one of the photos of the hazard."""

    key = "error-same-as-before"


class ProofTooOld(DomainError):
    """Too long ago to stand for another report: its proof is made anew."""

    key = "error-proof-too-old"


class AlreadyJudged(DomainError):
    """The person has said of this fix whether it is one."""

    key = "error-already-judged"
    is_final = True


class NewerFix(DomainError):
    """The button was about an earlier fix than the present one of the report ``number``."""

    key = "error-newer-fix"
    is_final = True


class BackAtWork(DomainError):
    """The report ``number`` was reopened: there is no fix to be judged now."""

    key = "error-back-at-work"
    is_final = True


class VerdictOver(DomainError):
    """The report ``number`` is closed: its fix is judged no more."""

    key = "error-verdict-over"
    is_final = True


class Disputed(DomainError):
    """Somebody decides about the report ``number`` already."""

    key = "error-disputed"
    is_final = True


class ReportsNothing(DomainError):
    """The person is suspended: nothing is filed, also not that it broke again; ``phone`` is the desk's."""

    key = "error-suspended"


class TooLateForAgain(DomainError):
    """More than ``days`` since the report was closed: what broke now is a report of its own."""

    key = "error-too-late-for-again"


class LinkUnknown(DomainError):
    """No activity has this link."""

    key = "error-link-unknown"


class ActivityOver(DomainError):
    """Its link is no longer open: whoever led it can make another one."""

    key = "error-activity-over"


class ActivityOwn(DomainError):
    """Nobody gives himself points."""

    key = "error-activity-own"


class AlreadyAttended(DomainError):
    """The person has earned this activity's hours; ``name`` is the activity's."""

    key = "error-already-attended"


class HoursUnclear(DomainError):
    """An activity takes 1 to ``most`` whole hours."""

    key = "error-hours-unclear"


class CreditUnclear(DomainError):
    """Whom, how many points (a whole number, at most ``most``) and what for: one of them cannot be read."""

    key = "error-credit-unclear"


class NoSuchPerson(DomainError):
    """Nobody has the number ``code``."""

    key = "error-no-such-person"


class CreditOwn(DomainError):
    """Nobody gives himself points."""

    key = "error-credit-own"
    is_final = True


class NobodyToConfirm(DomainError):
    """More than ``most`` points take a second administrator, and there is none."""

    key = "error-nobody-to-confirm"


class CreditOver(DomainError):
    """It was given, refused or expired before."""

    key = "error-credit-over"


class NotEnough(DomainError):
    """Fewer points than are needed; ``balance`` and ``needed`` say how many."""

    key = "error-not-enough"


class HoldEnded(DomainError):
    """What was put aside is no longer waiting: taken, given back, or its time is over."""

    key = "error-hold-ended"
