"""Every action that an inline button can press, as typed callback data.

One class an action; packed it is a prefix and its fields (`ac:123`), far below the 64 bytes that Telegram allows. What
a forged or outdated button presses is checked by the service behind it.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar, Self, get_type_hints

from storage.kinds import Language, ReporterKind, Role

LIMIT = 64
"""Bytes of callback data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""


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


def _value(kind: type, text: str) -> int | bool | str:
    if kind is bool:
        return text == "1" if text in ("0", "1") else _refuse(text)
    if kind is int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else _refuse(text)
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
