"""A card as the messages that carry it: albums, clips, a pin, a file, the text. And where to go on after a failure.

How message ids map to parts: the ids of a card are kept in one list, in the order in which they were sent; an album
takes as many as it has pictures, any other part takes one; `LEFT_OUT` stands for a message that Telegram refused and
the card went without. The last part is never among the ids of an unfinished card: with it, the card is delivered. So
a retry skips the parts that the ids cover and always sends at least the last one, the text, even when the card has
changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import Photo
from views.card import ALBUM_LIMIT, Card, Made, Pin

LEFT_OUT = 0
"""In place of a message id: this one was refused and left out."""


@dataclass(frozen=True, slots=True)
class Album:
    """1 to `ALBUM_LIMIT` pictures."""

    pictures: tuple[Photo, ...]
    caption: str | None = None

    @property
    def takes(self) -> int:
        """Messages that it becomes."""
        return len(self.pictures)


@dataclass(frozen=True, slots=True)
class Clip:
    """A video or a voice message: it goes alone."""

    clip: Photo
    caption: str | None = None
    takes: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A native pin."""

    pin: Pin
    takes: int = 1


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or file that was made for this message."""

    made: Made
    caption: str | None = None
    takes: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """The text with the card's buttons or keyboard."""

    text: str
    takes: int = 1


Part = Album | Clip | Place | Attached | Words


def parts_of(card: Card) -> list[Part]:
    """The messages that a card becomes, in the order in which they go out; only the first makes a sound."""
    pictures = [photo for photo in card.photos if photo.is_picture]
    clips = [photo for photo in card.photos if photo.is_clip]
    albums = [tuple(pictures[at : at + ALBUM_LIMIT]) for at in range(0, len(pictures), ALBUM_LIMIT)]
    if card.is_caption and len(albums) + len(clips) == 1:
        return [Album(albums[0], card.text)] if albums else [Clip(clips[0], card.text)]
    if card.made is not None and card.is_caption:
        return [Attached(card.made, card.text)]
    parts: list[Part] = [*map(Album, albums), *map(Clip, clips)]
    if card.pin is not None:
        parts.insert(0 if card.pin_leads else len(parts), Place(card.pin))
    if card.made is not None:
        parts.append(Attached(card.made))
    return [*parts, Words(card.text)]


def remaining(parts: Sequence[Part], sent: Sequence[int]) -> Sequence[Part]:
    """The parts that are still to be sent when these ids are out."""
    covered, first = len(sent), 0
    while covered > 0 and first < len(parts) - 1:
        covered -= parts[first].takes
        first += 1
    return parts[first:]
