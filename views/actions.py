"""Every action that an inline button can press, as typed callback data.

One class an action; packed it is a prefix and its fields (`ac:123`), far below the 64 bytes that Telegram allows. What
a forged or outdated button presses is checked by the service behind it.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar, Self, get_type_hints

from storage.kinds import Digest, Dimension, Figure, Language, Rank, ReporterKind, Role, Span, WaitingFor

LIMIT = 64
"""Bytes of callback data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""
LARGEST = 2**31 - 1
"""What 32 bits hold, as some columns do (message numbers, Telegram's too): no button of ours has a larger number."""
YEARS = range(2000, 2101)
"""Years of a day in a button: with those beyond one could not calculate."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a button can press."""

    prefix: ClassVar[str] = ""

    def pack(self) -> str:
        """As callback data."""
        values = [getattr(self, field.name) for field in fields(self)]
        packed = ":".join([self.prefix, *(str(int(v)) if isinstance(v, bool) else str(v) for v in values)])
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"callback data over {LIMIT} bytes: {packed}")
        return packed

    @classmethod
    def parse(cls, data: str | None) -> Self | None:
        """From callback data; None if it is another action's, or nonsense."""
        prefix, *values = (data or "").split(":")
        names = [field.name for field in fields(cls)]
        if prefix != cls.prefix or len(values) != len(names):
            return None
        kinds = get_type_hints(cls)
        try:
            return cls(**{n: _value(kinds[n], v) for n, v in zip(names, values, strict=True)})
        except ValueError:
            return None


def report_of(data: str | None) -> int | None:
    """The number of the report that a pressed button belongs to; None if it belongs to none."""
    return _number_of("report_id", data)


def task_of(data: str | None) -> int | None:
    """Likewise the task."""
    return _number_of("task_id", data)


def _number_of(name: str, data: str | None) -> int | None:
    action = _with(name).get((data or "").partition(":")[0])
    pressed = action.parse(data) if action is not None else None
    return None if pressed is None else int(getattr(pressed, name))


@cache
def _with(name: str) -> dict[str, type[Action]]:
    """By prefix, the actions on such a thing."""
    found, left = {}, [Action]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.prefix and name in {field.name for field in fields(one)}:
            found[one.prefix] = one
    return found


def _value(kind: type, text: str) -> int | bool | str | date:
    if kind is bool:
        return text == "1" if text in ("0", "1") else _refuse(text)
    if kind is int:
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
        return number if is_number and (number := int(text)) <= LARGEST else _refuse(text)
    if kind is date:
        return day if (day := date.fromisoformat(text)).year in YEARS else _refuse(text)
    return kind(text) if issubclass(kind, StrEnum) else text


def _refuse(text: str) -> int:
    raise ValueError(text)


@dataclass(frozen=True, slots=True)
class OnReport(Action):
    """An action on one report."""

    report_id: int


# -- officers --


class Accept(OnReport):
    """Take the report on."""

    prefix = "ac"


class NotMine(OnReport):
    """Ask why it is not mine."""

    prefix = "nm"


@dataclass(frozen=True, slots=True)
class Decline(Action):
    """Pass it on, for this reason."""

    prefix: ClassVar[str] = "dc"
    report_id: int
    why: str


class Resolve(OnReport):
    """Begin to report that it is fixed."""

    prefix = "rs"


class Reject(OnReport):
    """Ask why it is no case."""

    prefix = "rj"


@dataclass(frozen=True, slots=True)
class RejectFor(Action):
    """Reject it, for this reason."""

    prefix: ClassVar[str] = "rf"
    report_id: int
    why: str


class RejectAsFalse(OnReport):
    """Begin to say why it is not true."""

    prefix = "rx"


class Dispute(OnReport):
    """Begin to say that it is true."""

    prefix = "di"


@dataclass(frozen=True, slots=True)
class DecideDispute(Action):
    """It was called false: is it?"""

    prefix: ClassVar[str] = "dd"
    report_id: int
    is_false: bool


class Ask(OnReport):
    """Begin a question to the reporter."""

    prefix = "as"


@dataclass(frozen=True, slots=True)
class MyCases(Action):
    """A page of an officer's cases."""

    prefix: ClassVar[str] = "mc"
    page: int


class ShowCase(OnReport):
    """An officer's card of a report."""

    prefix = "ca"


class WhoWasTold(OnReport):
    """The ledger of a report's alerts."""

    prefix = "ww"


@dataclass(frozen=True, slots=True)
class SetDuty(Action):
    """Go on or off duty."""

    prefix: ClassVar[str] = "du"
    on_duty: bool


# -- reporters --


class Answer(OnReport):
    """Begin an answer to who holds the report."""

    prefix = "an"


class AskWith(OnReport):
    """What the officer's draft has is for the reporter of this report."""

    prefix = "aq"


class TakeAsAnswer(OnReport):
    """What the draft has is the answer."""

    prefix = "ta"


@dataclass(frozen=True, slots=True)
class MyReports(Action):
    """A page of one's own reports."""

    prefix: ClassVar[str] = "mr"
    page: int


class ShowReport(OnReport):
    """A report with pictures and timeline."""

    prefix = "sr"


class AddWords(OnReport):
    """Begin to add words."""

    prefix = "aw"


class ChangeCategory(OnReport):
    """Show the categories."""

    prefix = "cc"


@dataclass(frozen=True, slots=True)
class SetCategory(Action):
    """Choose a category."""

    prefix: ClassVar[str] = "sc"
    report_id: int
    code: str


class ChangePlace(OnReport):
    """Begin to correct the place."""

    prefix = "cp"


class Withdraw(OnReport):
    """Ask whether to take it back."""

    prefix = "wd"


class WithdrawNow(OnReport):
    """Take it back."""

    prefix = "wy"


class Belongs(OnReport):
    """It belongs to the report that it was filed beside."""

    prefix = "bl"


class Receipt(OnReport):
    """Back to the receipt."""

    prefix = "rc"


# -- the draft --


@dataclass(frozen=True, slots=True)
class NoPhoto(Action):
    """There is no picture."""

    prefix: ClassVar[str] = "np"


@dataclass(frozen=True, slots=True)
class StartOver(Action):
    """Throw the draft away."""

    prefix: ClassVar[str] = "so"


@dataclass(frozen=True, slots=True)
class Join(Action):
    """Add to the report of a moment ago, or make a new one."""

    prefix: ClassVar[str] = "jn"
    joins: bool


@dataclass(frozen=True, slots=True)
class UsePicture(Action):
    """Use the old picture that was sent with this message, or leave it out."""

    prefix: ClassVar[str] = "up"
    message_id: int
    uses: bool


# -- reports of the same hazard --


class Same(OnReport):
    """What the draft has is of the same hazard as this report."""

    prefix = "sa"


@dataclass(frozen=True, slots=True)
class AnotherOne(Action):
    """The draft is of another hazard than those nearby."""

    prefix: ClassVar[str] = "dn"


class Unfollow(OnReport):
    """Hear no more of the report."""

    prefix = "df"


@dataclass(frozen=True, slots=True)
class MergeOwn(Action):
    """One's own new report is of the same hazard as the other one."""

    prefix: ClassVar[str] = "do"
    report_id: int
    into_id: int


class ChooseMerge(OnReport):
    """Show the reports that it may be merged into."""

    prefix = "dh"


@dataclass(frozen=True, slots=True)
class AskMerge(Action):
    """The other one is of another category: is it meant?"""

    prefix: ClassVar[str] = "dk"
    report_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class Merge(Action):
    """Merge the report into the other one."""

    prefix: ClassVar[str] = "dm"
    report_id: int
    into_id: int


# -- oneself --


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    """Speak this language."""

    prefix: ClassVar[str] = "lg"
    language: Language


@dataclass(frozen=True, slots=True)
class ChooseKind(Action):
    """Resident or rider."""

    prefix: ClassVar[str] = "kd"
    kind: ReporterKind


@dataclass(frozen=True, slots=True)
class ChoosePlatform(Action):
    """A rider's platform."""

    prefix: ClassVar[str] = "pf"
    platform: str


@dataclass(frozen=True, slots=True)
class Skip(Action):
    """Leave a question unanswered."""

    prefix: ClassVar[str] = "sk"


@dataclass(frozen=True, slots=True)
class WasHazard(Action):
    """What was taken for the name of a team was a hazard."""

    prefix: ClassVar[str] = "wh"


@dataclass(frozen=True, slots=True)
class Cancel(Action):
    """End the dialog that waits for something."""

    prefix: ClassVar[str] = "cx"


@dataclass(frozen=True, slots=True)
class ShowSettings(Action):
    """The settings."""

    prefix: ClassVar[str] = "st"


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Action):
    """The long privacy notice."""

    prefix: ClassVar[str] = "pv"


# -- administrators --


@dataclass(frozen=True, slots=True)
class InviteAs(Action):
    """Make an invite for this role."""

    prefix: ClassVar[str] = "iv"
    role: Role


@dataclass(frozen=True, slots=True)
class InviteRank(Action):
    """Of an officer to be invited: primary, or deputy."""

    prefix: ClassVar[str] = "ir"
    is_primary: bool


# -- waiting --


class AskWait(OnReport):
    """Show for whom, and until when, the clock may be stopped."""

    prefix = "wt"


@dataclass(frozen=True, slots=True)
class WaitFor(Action):
    """Stop the clock for so many days."""

    prefix: ClassVar[str] = "wf"
    report_id: int
    waiting_for: WaitingFor
    days: int


class GoOn(OnReport):
    """Let the clock go on before the time."""

    prefix = "go"


# -- fairness --


@dataclass(frozen=True, slots=True)
class ShowAudit(Action):
    """A page of the audit log."""

    prefix: ClassVar[str] = "au"
    page: int


@dataclass(frozen=True, slots=True)
class LiftSuspension(Action):
    """Let somebody report again."""

    prefix: ClassVar[str] = "lf"
    suspension_id: int


# -- points --


@dataclass(frozen=True, slots=True)
class ShowPoints(Action):
    """A page of one's own points."""

    prefix: ClassVar[str] = "pt"
    page: int


@dataclass(frozen=True, slots=True)
class OpenPoints(Action):
    """What one change was for; and the page to go back to."""

    prefix: ClassVar[str] = "po"
    transfer_id: int
    page: int


@dataclass(frozen=True, slots=True)
class HowToEarn(Action):
    """The rules."""

    prefix: ClassVar[str] = "ph"


# -- evaluation --


@dataclass(frozen=True, slots=True)
class ShowStats(Action):
    """The evaluation of the period that this day is in."""

    prefix: ClassVar[str] = "ev"
    dimension: Dimension
    span: Span
    day: date
    page: int


@dataclass(frozen=True, slots=True)
class ChooseStats(Action):
    """By what, and of a day, week or month: the choice."""

    prefix: ClassVar[str] = "ew"
    dimension: Dimension
    span: Span
    day: date


@dataclass(frozen=True, slots=True)
class OpenGroup(Action):
    """All figures of one group."""

    prefix: ClassVar[str] = "eg"
    dimension: Dimension
    span: Span
    day: date
    key: str


@dataclass(frozen=True, slots=True)
class OpenFigure(Action):
    """The reports behind one figure of a group."""

    prefix: ClassVar[str] = "ef"
    dimension: Dimension
    span: Span
    day: date
    key: str
    figure: Figure
    page: int


@dataclass(frozen=True, slots=True)
class DrawStats(Action):
    """The evaluation as a chart."""

    prefix: ClassVar[str] = "ec"
    dimension: Dimension
    span: Span
    day: date


@dataclass(frozen=True, slots=True)
class StatsFile(Action):
    """The evaluation as an Excel file."""

    prefix: ClassVar[str] = "ex"
    span: Span
    day: date


# -- digests --


@dataclass(frozen=True, slots=True)
class ShowDigests(Action):
    """Which digests come, to turn them on and off."""

    prefix: ClassVar[str] = "dg"


@dataclass(frozen=True, slots=True)
class SetDigest(Action):
    """Turn a digest on or off."""

    prefix: ClassVar[str] = "sd"
    digest: Digest
    is_on: bool


# -- the fix and its proof --


@dataclass(frozen=True, slots=True)
class ProofWhy(Action):
    """Why the officer's place is not at the report, or not given."""

    prefix: ClassVar[str] = "pw"
    report_id: int
    why: str


@dataclass(frozen=True, slots=True)
class AlsoFixed(Action):
    """The proof of the first report is of the other one, too."""

    prefix: ClassVar[str] = "pa"
    report_id: int
    other_id: int


class AllFixed(OnReport):
    """The proof of the report is of all others that the officer has there, too."""

    prefix = "pl"


# -- the verdict on a fix --


@dataclass(frozen=True, slots=True)
class Fixed(Action):
    """It is fixed; ``round`` names the fix, as an older one's button may be pressed."""

    prefix: ClassVar[str] = "vf"
    report_id: int
    round: int


@dataclass(frozen=True, slots=True)
class NotFixed(Action):
    """It is not: ask why."""

    prefix: ClassVar[str] = "vn"
    report_id: int
    round: int


@dataclass(frozen=True, slots=True)
class NotFixedFor(Action):
    """It is not, for this reason."""

    prefix: ClassVar[str] = "vw"
    report_id: int
    round: int
    why: str


class ShowVerdict(OnReport):
    """Back to what may be said of the fix."""

    prefix = "vb"


@dataclass(frozen=True, slots=True)
class Rate(Action):
    """Stars for a fix."""

    prefix: ClassVar[str] = "vs"
    report_id: int
    stars: int


class Again(OnReport):
    """It broke again."""

    prefix = "va"


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """A lead decides what is disputed."""

    prefix: ClassVar[str] = "vd"
    report_id: int
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class InviteTown(Action):
    """Of a lead to be invited: the town of this grid; the whole of it, or which community?"""

    prefix: ClassVar[str] = "it"
    grid_id: int


@dataclass(frozen=True, slots=True)
class InviteLead(Action):
    """Make an invite for the lead of this grid's town, or community."""

    prefix: ClassVar[str] = "il"
    grid_id: int
    is_town: bool


@dataclass(frozen=True, slots=True)
class InviteTo(Action):
    """Ask whether a team's lead or a deputy is to be invited."""

    prefix: ClassVar[str] = "ivt"
    team_id: int


@dataclass(frozen=True, slots=True)
class InviteMember(Action):
    """Make an invite for a member of this team."""

    prefix: ClassVar[str] = "ivm"
    team_id: int
    rank: Rank


# -- together --


@dataclass(frozen=True, slots=True)
class OnTask(Action):
    """An action on one task."""

    task_id: int


class BringIn(OnReport):
    """Show who can be brought in."""

    prefix = "tbi"


class MoreOfCase(OnReport):
    """What else can be done about a case."""

    prefix = "mo"


class BackToCase(OnReport):
    """Back to the case's card, in place."""

    prefix = "tbc"


@dataclass(frozen=True, slots=True)
class AskTeam(Action):
    """Bring in this team."""

    prefix: ClassVar[str] = "tbt"
    report_id: int
    team_id: int


@dataclass(frozen=True, slots=True)
class AskGrid(Action):
    """Bring in the officers of this grid."""

    prefix: ClassVar[str] = "tbg"
    report_id: int
    grid_id: int


class DropTask(OnTask):
    """Ask why the task is no longer needed."""

    prefix = "tdr"


@dataclass(frozen=True, slots=True)
class DropTaskFor(Action):
    """Drop it, for this reason."""

    prefix: ClassVar[str] = "tdf"
    task_id: int
    why: str


class AcceptTask(OnTask):
    """Take the task on."""

    prefix = "tac"


class DeclineTask(OnTask):
    """Ask why it cannot be done."""

    prefix = "tdc"


@dataclass(frozen=True, slots=True)
class DeclineTaskFor(Action):
    """Decline it, for this reason."""

    prefix: ClassVar[str] = "tdw"
    task_id: int
    why: str


class FinishTask(OnTask):
    """Begin to say that it is done."""

    prefix = "tdo"


class FinishTaskNow(OnTask):
    """It is done; no words."""

    prefix = "tfi"


class ShowTask(OnTask):
    """The task's card."""

    prefix = "tsh"


# -- emergencies --


@dataclass(frozen=True, slots=True)
class OnEmergency(Action):
    """An action on one emergency."""

    emergency_id: int


class AskEmergency(OnReport):
    """Show whom an emergency would call."""

    prefix = "emc"


class BeginEmergency(OnReport):
    """Call them all."""

    prefix = "emb"


class SetOut(OnEmergency):
    """On my way."""

    prefix = "emw"


class Arrive(OnEmergency):
    """Arrived."""

    prefix = "ema"


class CannotCome(OnEmergency):
    """Cannot come."""

    prefix = "emn"


class AskEnd(OnEmergency):
    """Ask whether it is over."""

    prefix = "eme"


class EndEmergency(OnEmergency):
    """It is over."""

    prefix = "emy"


class ShowEmergency(OnEmergency):
    """Back to the live card."""

    prefix = "ems"


class SendRecord(OnEmergency):
    """The record once more."""

    prefix = "emr"
