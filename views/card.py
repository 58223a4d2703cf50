"""What is shown, in no messenger's terms: a text, pictures, a place, buttons. Handlers and alerts send the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from storage.kinds import Stage
from storage.records import Photo

if TYPE_CHECKING:
    from views.making import Thing

_Pressed = TypeVar("_Pressed")

TEXT_LIMIT = 4096
"""Characters of a message after entities: https://core.telegram.org/bots/api#sendmessage"""
CAPTION_LIMIT = 1024
"""Characters of a caption: https://core.telegram.org/bots/api#sendphoto"""
ALBUM_LIMIT = 10
"""Items of one album: https://core.telegram.org/bots/api#sendmediagroup"""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: it either presses an action (callback data of `views/actions/`) or opens an address."""

    text: str
    action: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


def in_rows(width: int, buttons: Sequence[_Pressed]) -> tuple[tuple[_Pressed, ...], ...]:
    """So many buttons, or keys, beside each other."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map, WGS-84 degrees."""

    latitude: float
    longitude: float
    title: str | None = None  # of a place that has a name: shown as a venue
    address: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the persistent keyboard under the chat."""

    text: str
    asks_place: bool = False  # sends the phone's own place when tapped


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A picture or file that was made for this one message."""

    name: str  # of the file
    data: bytes
    is_picture: bool = False  # shown in the chat; else a file to open


@dataclass(frozen=True, slots=True)
class Making:
    """A file that is yet to be made, when the card is sent (`views/making.py`)."""

    name: str  # of the file
    thing: "Thing"


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to say. Sent as at most four messages: pictures, place, what was made, the text with its buttons."""

    text: str  # HTML, within TEXT_LIMIT
    photos: tuple[Photo, ...] = ()
    pin: Pin | None = None
    rows: Rows = ()
    keyboard: Keyboard | None = None
    is_silent: bool = False  # no sound
    edits: int | None = None  # change this message instead of sending a new one (sent anew where it is gone)
    keeps_text: bool = False  # of an edit: only the buttons change, the text is not given
    deletes: int | None = None  # take this message away first
    replaces: tuple[int, ...] = ()  # the messages of an earlier card that said the same: they go first, too
    replies_to: int | None = None  # shown with the text, where that message is still there
    labels: Mapping[Stage, str] = field(default_factory=dict)  # what is written under a picture that is opened
    made: Made | None = None  # then the text is within CAPTION_LIMIT
    makes: Making | None = None  # what `made` will be: of cards of the outbox
    names: tuple[int, ...] = ()  # of a list that is kept up to date: the reports in it
    pin_leads: bool = False  # it goes before the pictures: these are right above the text then, and seen with it

    @property
    def is_caption(self) -> bool:
        """Whether the text fits under the pictures, or what was made, so that no message of its own is needed.

        Telegram shows a caption below an album only where one item alone has one: with labels the text is a message.
        """
        is_bare = not (self.rows or self.pin or self.keyboard or self.labels)
        has_one = bool(self.photos) != (self.made is not None)
        return has_one and is_bare and len(self.text) <= CAPTION_LIMIT
