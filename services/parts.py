"""The parts that a report is put together from, and what became of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.errors import FileTooLarge
from services.words import clean_name
from storage.kinds import AttachmentKind, Language, MediaState, PlaceSource, Stage
from storage.records import DraftRecord
from storage.schema import Attachment

MOST_PHOTOS = 20
"""Of one report."""
MOST_BYTES = 20_000_000
"""What a bot may download: https://core.telegram.org/bots/api#getfile says 20 MB."""


@dataclass(frozen=True, slots=True)
class File:
    """A picture, voice message or video, as Telegram names it."""

    kind: AttachmentKind
    message_id: int
    file_id: str
    file_unique_id: str
    media_group_id: str | None = None
    caption: str | None = None
    name: str | None = None
    size: int | None = None  # bytes
    media_hash: str | None = None  # of one that was fetched and looked at already: its name in the media folder


@dataclass(frozen=True, slots=True)
class Place:
    """A place, WGS-84 degrees."""

    latitude: float
    longitude: float
    source: PlaceSource
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed."""

    text: str


Part = File | Place | Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part. With nothing in it: nothing is left of the draft."""

    filed: int | None = None  # the report that is now filed; the receipt is on its way
    joined: int | None = None  # the report that the part went to
    followed: int | None = None  # the report that the person follows now
    answered: int | None = None  # the report whose holder it was passed on to
    fixed: int | None = None  # the report that it was the fix of
    blocked: dict[Language, str] | None = None  # who is still at work on that one: the proof is kept
    left_out_of: int | None = None  # the report that an old picture was taken out of again
    draft: DraftRecord | None = None  # the draft as it is now, if it is not complete
    is_quick: bool = False  # it followed the one before at once
    asks: bool = False  # the draft has just begun to ask about reports nearby
    is_blue: bool = False  # a place came out of the blue: it may be where somebody looks for a station from
    note: str | None = None  # the key of a sentence about this part, such as «outside the county»


def attachment_of(person_id: int, file: File, *, stage: Stage, now: datetime) -> Attachment:
    """A row for a file; not in the session yet, and of no draft or report.

    Raises:
        FileTooLarge: an image file that a bot cannot download.
    """
    return Attachment(**row_of(person_id, file, stage=stage, now=now))


def row_of(person_id: int, file: File, *, stage: Stage, now: datetime) -> dict[str, Any]:
    """The values of that row."""
    if file.kind is AttachmentKind.IMAGE_FILE and (file.size or 0) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // 1_000_000)
    kept = {} if file.media_hash is None else {"media_hash": file.media_hash, "media_state": MediaState.STORED}
    return {
        "person_id": person_id,
        "kind": file.kind,
        "stage": stage,
        "message_id": file.message_id,
        "media_group_id": file.media_group_id,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_name": clean_name(file.name) if file.name else None,
        "file_size": file.size,
        "added_at": now,
        "is_doubtful": False,
        "media_state": MediaState.WAITING,
        "fetch_attempts": 0,
        "fetch_at": now,
    } | kept
