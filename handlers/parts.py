"""From a Telegram message to a part of a report."""

from datetime import datetime, timedelta

from aiogram.types import Message

from handlers.filters import is_image_file
from services.parts import File, Part, Place, Words, attachment_of
from services.talk import Said
from storage.kinds import AttachmentKind, PlaceSource, Stage
from storage.records import Me


def part_of(message: Message) -> Part:
    """What a message brings: a file, a place, or else words."""
    return file_of(message) or place_of(message) or Words(message.text or "")


def said_of(message: Message, me: Me, *, now: datetime) -> Said:
    """The same as something said in a talk.

    Raises:
        FileTooLarge: an image file that a bot cannot download.
    """
    match part_of(message):
        case File() as file:
            return Said(file.caption, (attachment_of(me.id, file, stage=Stage.TALK, now=now),))
        case Place() as place:
            return Said(place=(place.latitude, place.longitude))
        case Words() as words:
            return Said(words.text)


def file_of(message: Message) -> File | None:
    """The picture, image file, voice message or video of a message; None if it has none."""
    if message.photo:
        largest = message.photo[-1]
        found, kind, name = largest, AttachmentKind.PHOTO, None
    elif is_image_file(message) and message.document is not None:
        found, kind, name = message.document, AttachmentKind.IMAGE_FILE, message.document.file_name  # type: ignore[assignment]
    elif message.voice is not None:
        found, kind, name = message.voice, AttachmentKind.VOICE, None  # type: ignore[assignment]
    elif message.video is not None:
        found, kind, name = message.video, AttachmentKind.VIDEO, message.video.file_name  # type: ignore[assignment]
    else:
        return None
    return File(
        kind=kind,
        message_id=message.message_id,
        file_id=found.file_id,
        file_unique_id=found.file_unique_id,
        media_group_id=message.media_group_id,
        caption=message.caption,
        name=name,
        size=found.file_size,
    )


def place_of(message: Message) -> Place | None:
    """The place of a message; None if it has none."""
    if message.venue is not None:
        venue = message.venue
        name = ", ".join(part for part in (venue.title, venue.address) if part)
        return Place(venue.location.latitude, venue.location.longitude, PlaceSource.VENUE, name or None)
    if message.location is not None:
        live = message.location.live_period is not None
        source = PlaceSource.LIVE if live else PlaceSource.PIN
        return Place(message.location.latitude, message.location.longitude, source)
    return None


def live_until(message: Message) -> datetime | None:
    """Until when a live location moves; None: it is none, or not any more."""
    if message.location is None or message.location.live_period is None:
        return None
    return message.date + timedelta(seconds=message.location.live_period)
