"""What a draft has and lacks, as its files and its own columns say; `services/filing.py` knows what follows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from services.county import GridRef
from services.drafts import OpenDraft
from storage.kinds import PICTURES, Asking, AttachmentKind, MediaState, PlaceSource
from storage.prepared import Prepared
from storage.records import DraftRecord, OldPicture
from storage.schema import Attachment

File = Row[*tuple[Any, ...]]
"""What `_FILES` says of one attachment of a draft."""

OF_A_REPORT = (Asking.JOIN, Asking.ANSWER)
"""What may be asked of a new draft: whether it belongs to a report that there is."""

_attachment = Attachment.__table__.c
_FILES = Prepared(  # in the order in which they were sent
    select(
        _attachment.id,
        _attachment.message_id,
        _attachment.kind,
        _attachment.media_group_id,
        _attachment.media_state,
        _attachment.fetch_attempts,
        _attachment.file_name,
        _attachment.added_at,
        _attachment.taken_at,
        _attachment.latitude,
        _attachment.longitude,
        _attachment.is_doubtful,
        _attachment.same_as_id,
    )
    .where(_attachment.draft_id == bindparam("draft_id"))
    .order_by(_attachment.message_id)
)


def files(session: Session, draft: OpenDraft) -> Sequence[File]:
    """What decides about the draft's files: a look that costs less than `drafts.files`."""
    if draft.id is None:
        return ()
    return _FILES.all(session, draft_id=draft.id)


def record(draft: OpenDraft, files: Sequence[File]) -> DraftRecord:
    """What it has, and what is asked about that."""
    good = [file for file in files if not is_lost(file)]
    old = next((_old(file) for file in good if file.is_doubtful), None)
    is_inside = draft.latitude is not None and not draft.is_outside
    asking = Asking.OLD_PICTURE if old else None
    if draft.join_report_id is not None and not draft.joins and (good or draft.words or is_inside):
        asking = Asking.ANSWER if draft.answers else Asking.JOIN  # one question at a time
    return DraftRecord(
        photos=sum(file.kind in PICTURES for file in good),
        files=sum(file.kind not in PICTURES for file in good),
        reading=sum(_is_unread(file) for file in good),
        words=draft.words,
        latitude=draft.latitude if is_inside else None,
        longitude=draft.longitude if is_inside else None,
        place_source=draft.place_source if is_inside else None,
        place_name=draft.place_name if is_inside else None,
        outside=draft.place_source if draft.is_outside else None,
        without_photo=draft.without_photo,
        asking=asking,
        join_report_id=draft.join_report_id,
        old=old,
        status_message_id=draft.status_message_id,
        newest=files[-1].message_id if files else None,
    )


def is_complete(state: DraftRecord) -> bool:
    """Whether nothing is missing."""
    has_picture = state.photos > 0 or state.without_photo
    # a place that only a picture knows does not settle which report it is of
    is_unsettled = state.asking in OF_A_REPORT and state.place_source is PlaceSource.EXIF
    return has_picture and state.latitude is not None and not (state.reading or state.old or is_unsettled)


def count_files(session: Session, draft: OpenDraft) -> int:
    """How many files were sent for it, good or bad."""
    return len(files(session, draft))


def is_empty(session: Session, draft: OpenDraft) -> bool:
    """Whether nothing is left in it that could become part of a report."""
    return not (draft.words or draft.latitude is not None or any(not is_lost(f) for f in files(session, draft)))


def has_only_place(session: Session, draft: OpenDraft) -> bool:
    """Whether all that was sent for it is a place."""
    is_sent = draft.latitude is not None and draft.place_source is not PlaceSource.EXIF
    return is_sent and not (draft.words or draft.without_photo or files(session, draft))


def shown(files: Sequence[File]) -> list[File]:
    """Those whose place may be used."""
    return [file for file in files if not (file.is_doubtful or is_lost(file))]


def is_lost(file: File) -> bool:
    """No picture at all, or an image file that can no longer be had (only its copy could have been passed on)."""
    is_gone = file.media_state is MediaState.GONE and file.kind is AttachmentKind.IMAGE_FILE
    return file.media_state is MediaState.BAD or is_gone


def named(state: DraftRecord, grid_at: Callable[[float, float], GridRef | None]) -> DraftRecord:
    """With the names of the grids that its place, and those of pictures that are asked about, are in."""
    other = state.elsewhere
    if other is not None and (grid := grid_at(*other.place)) is not None:
        state = replace(state, elsewhere=replace(other, grid=grid.name))
    old = state.old
    if old is not None and old.place is not None and (grid := grid_at(*old.place)) is not None:
        state = replace(state, old=replace(old, grid=grid.name))
    if state.latitude is None or state.longitude is None:
        return state
    grid = grid_at(state.latitude, state.longitude)
    return replace(state, grid=grid.name) if grid is not None else state


def _old(file: File) -> OldPicture:
    place = (file.latitude, file.longitude) if file.latitude is not None else None
    return OldPicture(file.message_id, file.file_name, file.taken_at, place)


def _is_unread(file: File) -> bool:
    waiting = file.media_state is MediaState.WAITING and file.fetch_attempts == 0
    return waiting and file.kind is AttachmentKind.IMAGE_FILE
