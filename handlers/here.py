"""What handlers may know about where and when they run, beyond the store."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from services.county import County
from services.places.index import Places
from storage.media import Kept
from views.making import Thing


class Make(Protocol):
    """Draws a chart or writes a file, beside the bot: `bot/making.py`."""

    def __call__(self, thing: Thing, *, chat_id: int) -> Awaitable[bytes]:
        """The bytes; the chat sees meanwhile that something is on its way."""


@dataclass(slots=True)
class Here:
    """The county and its service places, its time, the bot's name, and the bell for pictures to fetch."""

    county: County
    places: Places
    zone: ZoneInfo
    bot_username: str
    media_came: Callable[[], None]
    new_token: Callable[[], str]  # for invites and codes: unguessable
    new_codes: Callable[[], tuple[str, ...]]  # six digits each, of which one will be free
    look_at: Callable[[str], Awaitable[Kept | None]]  # an image file by its id; None: no picture, or not soon
    make: Make
