"""Small asynchronous filters: aiogram sends synchronous ones (`F.photo`) through a thread each, which costs more than
all the rest of the way to a handler.
"""

import re
import unicodedata
from typing import Any, Generic, TypeVar

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.dialogs import Waiting
from handlers.here import Here
from services import intake, loose_digits, talk
from services.places import asked
from services.team_names import may_name_team
from storage.kinds import Role
from storage.places_kinds import PlaceField
from storage.points_kinds import ShopField
from storage.records import Me
from storage.work import Work
from views.actions import Action
from views.menu import HAVE_CASES, KEYS
from views.texts import everywhere

A = TypeVar("A", bound=Action)

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff")


class Pressed(Filter, Generic[A]):
    """A button with this action was pressed; the handler gets it as ``data``."""

    def __init__(self, action: type[A]) -> None:
        self.action = action
        self.start = action.prefix

    async def __call__(self, press: CallbackQuery) -> bool | dict[str, Any]:
        """Ask."""
        if not press.data or press.data.partition(":")[0] != self.start:
            return False
        parsed = self.action.parse(press.data)
        return {"data": parsed} if parsed is not None else False


class Tapped(Filter):
    """A key of the persistent keyboard was tapped, in whichever language it was shown, or its command was sent."""

    def __init__(self, key: str, *commands: str) -> None:
        self.texts = everywhere(key)
        self.commands = frozenset(f"/{command}" for command in commands)

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        text = message.text
        if not text:
            return False
        return text in self.texts or (text[0] == "/" and text.split()[0].partition("@")[0] in self.commands)


class NamesReport(Filter):
    """Nothing but a report's number, from somebody who handles reports; the handler gets the ``report_id``."""

    number = re.compile(r"[Dd]-?0*(\d{1,9})")

    async def __call__(self, message: Message, me: Me) -> bool | dict[str, Any]:
        """Ask."""
        if not message.text or message.text[0] not in "Dd" or not me.roles & HAVE_CASES:
            return False
        found = self.number.fullmatch(message.text.strip())
        return {"report_id": int(found[1])} if found is not None else False


class Opened(Filter):
    """A link of the bot's that begins so was opened; the handler gets its ``token``."""

    def __init__(self, start: str) -> None:
        self.start = f"/start {start}"

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Ask."""
        if not message.text or not message.text.startswith(self.start):
            return False
        return {"token": message.text.partition(" ")[2].strip()}


class IsWaiting(Filter):
    """A dialog waits for this."""

    def __init__(self, *states: State) -> None:
        self.states = frozenset(state.state for state in states)

    async def __call__(self, _: Message, raw_state: str | None = None) -> bool:
        """Ask."""
        return raw_state in self.states


class IsFree(Filter):
    """No dialog waits for anything."""

    async def __call__(self, _: Message, raw_state: str | None = None) -> bool:
        """Ask."""
        return raw_state is None


class HasPicture(Filter):
    """A photo, or an image sent as a file."""

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return message.photo is not None or is_image_file(message)


class HasPlace(Filter):
    """A pin, a live location or a venue."""

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return message.location is not None or message.venue is not None


class HasWords(Filter):
    """Something typed that is neither a command nor a key of the keyboard."""

    keys = frozenset().union(*(everywhere(key) for key in KEYS))

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return message.text is not None and not message.text.startswith("/") and message.text not in self.keys


class AsksForPlaces(HasWords):
    """Words that ask for service places, where they can be about nothing else; the handler gets what is ``wanted``."""

    async def __call__(self, message: Message, me: Me, work: Work, here: Here) -> bool | dict[str, Any]:  # type: ignore[override]
        """Ask."""
        if not await super().__call__(message):
            return False
        wanted = asked.wanted(message.text or "", here.places.kinds)
        if wanted is None or not await work.look(intake.is_free, person_id=me.id, now=work.now):
            return False
        return {"wanted": wanted.pack()}


class NamesTeam(HasWords):
    """Something typed that may be the name of a team."""

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return await super().__call__(message) and may_name_team(message.text or "")


class HasNoWords(Filter):
    """Anything that is not typed."""

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return message.text is None


class HasRecording(Filter):
    """A voice message or a video."""

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return message.voice is not None or message.video is not None


class HasPart(Filter):
    """Anything that can be said or reported: words, a picture, a recording, a place."""

    kinds = (HasWords(), HasPicture(), HasPlace(), HasRecording())

    async def __call__(self, message: Message) -> bool:
        """Ask."""
        return any([await one(message) for one in self.kinds])


class RepliesTo(Filter):
    """A reply to what the other side said in a talk; the handler gets ``replied_to``, the report and what it was."""

    has_part = HasPart()

    async def __call__(self, message: Message, me: Me, work: Work) -> bool | dict[str, Any]:
        """Ask."""
        if message.reply_to_message is None or not await self.has_part(message):
            return False
        said_in = message.reply_to_message.message_id
        found = await work.look(talk.replied_to, person_id=me.id, message_id=said_in)
        return {"replied_to": found} if found is not None else False


def is_image_file(message: Message) -> bool:
    """Whether a document says that it is a picture (what it really is shows when it is read)."""
    document = message.document
    if document is None or message.animation is not None:
        return False
    kind, name = document.mime_type or "", (document.file_name or "").lower()
    return kind.startswith("image/") or name.endswith(IMAGE_ENDINGS)


class SixDigits(Filter):
    """Six digits, as somebody of a shop types them, perhaps with a gap; the handler gets them as ``digits``.

    A customer at the till does not wait for a dialog: digits that can be no answer to what it asks are a code. What may
    belong to a report is one only where a customer shows it.
    """

    free = frozenset({None, Waiting.shop_place.state, Waiting.station_place.state, Waiting.shop_amount.state})
    numbers = frozenset({ShopField.PHONE, ShopField.MEALS, ShopField.PRICE, ShopField.STOCK, ShopField.LIMIT})

    async def __call__(
        self, message: Message, me: Me, state: FSMContext, work: Work, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        """Ask."""
        digits = _digits(message) if Role.MERCHANT in me.roles else None
        if digits is None or len(digits) == 1:
            return False
        if raw_state not in self.free and not await self._asks_no_number(state, raw_state):
            return False
        means_code = await work.store.write(loose_digits.means_code, person_id=me.id, digits=digits, now=work.now)
        return {"digits": digits} if means_code else False

    async def _asks_no_number(self, state: FSMContext, raw_state: str | None) -> bool:
        return raw_state == Waiting.shop_field.state and (await state.get_data()).get("field") not in self.numbers


class LooseDigits(Filter):
    """Six digits or a single one, sent alone, that are part of no report; the handler gets ``loose`` and ``is_code``.

    Of who works at a shop six are a code: `SixDigits`.
    """

    free = frozenset({None, Waiting.shop_place.state})

    async def __call__(
        self, message: Message, me: Me, work: Work, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        """Ask."""
        digits = _digits(message) if raw_state in self.free else None
        if digits is None:
            return False
        is_code = len(digits) > 1
        loose = await work.look(loose_digits.look, person_id=me.id, digits=digits, now=work.now)
        return {"loose": loose, "is_code": is_code} if loose is not None else False


class WrongDigits(Filter):
    """Digits alone, and not six, from who works at a shop: a code with a slip, unless they may belong to something."""

    free = frozenset({None, Waiting.shop_place.state, Waiting.station_place.state})

    async def __call__(self, message: Message, me: Me, work: Work, raw_state: str | None = None) -> bool:
        """Ask."""
        if Role.MERCHANT not in me.roles or raw_state not in self.free or not message.text or len(message.text) > 20:
            return False
        if _ALONE.fullmatch(unicodedata.normalize("NFKC", message.text).strip()) is None or _digits(message):
            return False
        return not await work.look(intake.may_belong, person_id=me.id, is_answer=False, now=work.now)


_ALONE = re.compile(r"[\d \-]*\d[\d \-]*", re.ASCII)
_DIGITS = re.compile(r"(\d{3})[ \-]?(\d{3})|([1-9])", re.ASCII)


def _digits(message: Message) -> str | None:
    """Six digits, perhaps with a gap, or a single one from 1 to 9, if there is nothing else."""
    if not message.text or len(message.text) > 20:
        return None
    found = _DIGITS.fullmatch(unicodedata.normalize("NFKC", message.text).strip())
    return "".join(one for one in found.groups() if one) if found is not None else None


class Commanded(Filter):
    """A command was sent; the handler gets what stands behind it as ``rest``."""

    def __init__(self, command: str) -> None:
        self.command = f"/{command}"

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Ask."""
        if not message.text or message.text[0] != "/":
            return False
        first, _, rest = message.text.partition(" ")
        return {"rest": rest.strip()} if first.partition("@")[0] == self.command else False


class ChangesShop(Filter):
    """A dialog waits for this field of a shop that is changed."""

    def __init__(self, field: ShopField) -> None:
        self.field = field

    async def __call__(self, _: Message, state: FSMContext, raw_state: str | None = None) -> bool:
        """Ask."""
        return raw_state == Waiting.shop_field.state and (await state.get_data()).get("field") == self.field


class ChangesPlace(Filter):
    """A dialog waits for one of these fields of a place that is changed."""

    def __init__(self, *fields: PlaceField) -> None:
        self.fields = frozenset(fields)

    async def __call__(self, _: Message, state: FSMContext, raw_state: str | None = None) -> bool:
        """Ask."""
        return raw_state == Waiting.place_field.state and (await state.get_data()).get("field") in self.fields
