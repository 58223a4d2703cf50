"""What handlers may know about where and when they run, beyond the store."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.county import County
from storage.media import Kept
from views.making import Thing


@dataclass(slots=True)
class Here:
    """The county, its time, the bot's name, and the bell for pictures to fetch."""

    county: County
    zone: ZoneInfo
    bot_username: str
    media_came: Callable[[], None]
    new_token: Callable[[], str]  # for invites: unguessable
    look_at: Callable[[str], Awaitable[Kept | None]]  # an image file by its id; None: no picture, or not soon
    make: Callable[[Thing], Awaitable[bytes]]  # draws charts and writes files: `bot/making.py`
