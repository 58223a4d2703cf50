"""Every action that an inline button can press, as typed callback data.

One class an action; packed it is a prefix and its fields (`ac:123`), far below the 64 bytes that Telegram allows. What
a forged or outdated button presses is checked by the service behind it.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar, Self, get_type_hints

from storage.kinds import Digest, Dimension, Figure, Language, ReporterKind, Role, Span

LIMIT = 64
"""Bytes of callback data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""
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
    action = _on_reports().get((data or "").partition(":")[0])
    pressed = action.parse(data) if action is not None else None
    return None if pressed is None else int(getattr(pressed, "report_id"))  # noqa: B009 - of those that have one


@cache
def _on_reports() -> dict[str, type[Action]]:
    found, left = {}, [Action]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.prefix and "report_id" in {field.name for field in fields(one)}:
            found[one.prefix] = one
    return found


def _value(kind: type, text: str) -> int | bool | str | date:
    if kind is bool:
        return text == "1" if text in ("0", "1") else _refuse(text)
    if kind is int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else _refuse(text)
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


@dataclass(frozen=True, slots=True)
class SetDuty(Action):
    """Go on or off duty."""

    prefix: ClassVar[str] = "du"
    on_duty: bool


# -- reporters --


class Answer(OnReport):
    """Begin an answer to who holds the report."""

    prefix = "an"


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

    prefix = "ds"


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
