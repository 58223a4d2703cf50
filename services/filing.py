"""What a draft has and lacks, and filing it as soon as nothing is missing.

Whoever has changed a draft calls `proceed`: it becomes a report, joins one, or is kept with what it then has.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from services import (
    asking,
    drafts,
    elsewhere,
    joining,
    lately,
    lifecycle,
    may_be_fix,
    new_reports,
    notices,
    same_picture,
    suspensions,
)
from services import county as land
from services.county import County, GridRef, check_place
from services.drafts import OpenDraft
from services.errors import BadPlace
from services.parts import Outcome, Place
from services.words import clean_name
from storage.categories import guess
from storage.kinds import PICTURES, Asking, AttachmentKind, MediaState, PlaceSource
from storage.prepared import Prepared
from storage.records import DraftRecord, Elsewhere, OldPicture, Suspended
from storage.schema import Attachment, Report

_File = Row[*tuple[Any, ...]]
"""What `_FILES` says of one attachment of a draft."""

OF_A_REPORT = (Asking.JOIN, Asking.ANSWER)
"""What may be asked of a new draft: whether it belongs to a report that there is."""

ENDED = "note-same-ended"
"""What is said when a report ended while it was asked about."""

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
_LOSE_FILE = Prepared(delete(Attachment.__table__).where(_attachment.id == bindparam("lost")))  # type: ignore[arg-type]


def proceed(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> Outcome:
    """File the draft if it is complete, add it to the report that it was said to belong to, or keep it."""
    files = _files(session, draft)
    _place_by_picture(draft, files, county)
    state, note = _record(draft, files), None
    if draft.joins and state.old is None:
        assert draft.join_report_id is not None
        report = lifecycle.load_going_on(session, draft.join_report_id)
        if report.status in lifecycle.ACTIVE:
            joining.join(session, draft, report, county=county, now=now)
            return Outcome(joined=report.id)
        forget_question(draft)  # nothing can be added to it any more: a new one
        state, note = _record(draft, files), ENDED
    return replace(_go_on(session, draft, files, state, county=county, now=now), note=note)


def forget_question(draft: OpenDraft) -> None:
    """The report that it asked about has ended: go on as if it had not been there."""
    draft.ended_id, draft.join_report_id, draft.joins, draft.answers = draft.join_report_id, None, False, False


def _go_on(
    session: Session, draft: OpenDraft, files: Sequence[_File], state: DraftRecord, *, county: County, now: datetime
) -> Outcome:
    """File it if it is complete and like no other, or keep it."""
    held = suspensions.current(session, draft.person_id, now=now)
    if held is not None or not _is_complete(state):
        draft.file_at = None
        drafts.write(session, draft)
        return Outcome(draft=named(_for_person(session, draft, state, held=held), county.grid_at))
    category = guess(draft.words)
    if (other := elsewhere.find(draft, _shown(files), county)) is not None:
        _wait(session, draft, category, now=now)
        shown = replace(state, asking=Asking.ELSEWHERE, elsewhere=other[0], file_at=draft.file_at)
        return Outcome(draft=named(shown, county.grid_at))
    if not draft.is_another and (asked := _at_the_place(session, draft, files, state, now=now)) is not None:
        asks = draft.file_at is None
        _wait(session, draft, category, now=now)
        return Outcome(draft=named(replace(asked, file_at=draft.file_at), county.grid_at), asks=asks)
    return Outcome(filed=_file(session, draft, files, category=category, county=county, now=now))


def _wait(session: Session, draft: OpenDraft, category: str, *, now: datetime) -> None:
    """It is complete and asks something: if nobody answers it is filed by itself."""
    draft.file_at = draft.file_at or now + asking.patience(category, draft.words)
    drafts.write(session, draft)


def file_unanswered(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> None:
    """A hazard hangs on no question: the draft is filed with all that was sent for it.

    Where it asked about reports nearby, the receipt goes on asking.

    One that is incomplete again (its picture turned out to be old, or none) waits for its sender as always.
    """
    files = _files(session, draft)
    state = _record(draft, files)
    if suspensions.current(session, draft.person_id, now=now) is not None or not _is_complete(state):
        draft.file_at = None
        drafts.write(session, draft)
        return
    category = guess(draft.words)
    near = asking.about(session, draft, category=category, now=now)
    same = near[0].report_id if near else None
    _file(session, draft, files, category=category, maybe_same_id=same, county=county, now=now)


def proceed_and_tell(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> None:
    """The same where nobody has sent anything just now: the person sees what the draft has."""
    if proceed(session, draft, county=county, now=now).draft is not None:
        notices.draft_changed(session, draft.person_id, ended=draft.ended_id, now=now)


def look_again(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> None:
    """The map is a new one: go on with a draft whose place was outside and is inside now."""
    _place_by_picture(draft, _files(session, draft), county)
    if not draft.is_outside:
        proceed_and_tell(session, draft, county=county, now=now)


def look(session: Session, draft: OpenDraft, *, now: datetime | None = None) -> DraftRecord:
    """What the draft has, what it lacks, what it asks, and (given ``now``) whether its person is suspended."""
    held = suspensions.current(session, draft.person_id, now=now) if now is not None else None
    state = _for_person(session, draft, _record(draft, _files(session, draft)), held=held)
    if draft.file_at is None or held is not None:
        return state
    if (other := _elsewhere_in_store(session, draft)) is not None:
        return replace(state, asking=Asking.ELSEWHERE, elsewhere=other, file_at=draft.file_at)
    asked = _at_the_place(session, draft, _files(session, draft), state, now=draft.changed_at)
    return replace(asked or replace(state, asking=Asking.DUPLICATE), file_at=draft.file_at)


def _at_the_place(
    session: Session, draft: OpenDraft, files: Sequence[_File], state: DraftRecord, *, now: datetime
) -> DraftRecord | None:
    """With what it asks about reports right there: is it the same as one, or the fix of one's own? None: nothing."""
    fixes = may_be_fix.about(session, draft, _shown(files))
    near = asking.about(session, draft, category=guess(draft.words), now=now)
    near = tuple(one for one in near if one.report_id not in fixes)
    if not (near or fixes):
        return None
    return replace(state, asking=Asking.DUPLICATE if near else Asking.FIX, near=near, fixes=fixes)


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


def _elsewhere_in_store(session: Session, draft: OpenDraft) -> Elsewhere | None:
    """Who only looks has no map in memory: it is read where a picture was taken somewhere else."""
    files = _shown(_files(session, draft))
    if elsewhere.find(draft, files, None) is None:
        return None
    found = elsewhere.find(draft, files, land.load(session))
    return found[0] if found is not None else None


def pictures_elsewhere(session: Session, draft: OpenDraft, county: County) -> tuple[Elsewhere, tuple[int, ...]] | None:
    """The pictures that it asks about, as they were taken at another place, and their ids."""
    return elsewhere.find(draft, _shown(_files(session, draft)), county) if draft.file_at is not None else None


def _shown(files: Sequence[_File]) -> list[_File]:
    """Those whose place may be used."""
    return [file for file in files if not (file.is_doubtful or _is_lost(file))]


def _for_person(session: Session, draft: OpenDraft, state: DraftRecord, *, held: Suspended | None) -> DraftRecord:
    """With how the person is suspended, and the reports whose reporters it may be meant for.

    An officer on his way may just write, without a button.
    """
    has_part = state.photos or state.files or state.words or state.latitude is not None
    may_ask = lately.cases(session, person_id=draft.person_id, now=draft.changed_at) if has_part else ()
    return replace(state, may_ask=may_ask, suspended=held) if may_ask or held else state


def count_files(session: Session, draft: OpenDraft) -> int:
    """How many files were sent for it, good or bad."""
    return len(_files(session, draft))


def is_empty(session: Session, draft: OpenDraft) -> bool:
    """Whether nothing is left in it that could become part of a report."""
    return not (draft.words or draft.latitude is not None or any(not _is_lost(f) for f in _files(session, draft)))


def put_place(draft: OpenDraft, place: Place, county: County) -> str | None:
    """Put the place in; return the key of what is wrong with it, if it is not.

    One outside the county is put in only while there is no better one: it is shown as such and not used, unless the
    county's map turns out to reach there.
    """
    try:
        check_place(place.latitude, place.longitude)
    except BadPlace as problem:
        return problem.key
    is_inside = county.contains(place.latitude, place.longitude)
    if not is_inside and draft.latitude is not None and not draft.is_outside:
        return "error-outside"
    name = clean_name(place.name, most=300) if place.name else None
    _set_place(draft, (place.latitude, place.longitude), place.source, name=name, is_outside=not is_inside)
    return None


def _place_by_picture(draft: OpenDraft, files: Sequence[_File], county: County) -> None:
    """Where the person has sent no place that can be used, the first picture's that can; it goes with its picture."""
    is_sent = draft.place_source not in (None, PlaceSource.EXIF)
    if is_sent and not draft.is_outside:
        return
    if is_sent and draft.latitude is not None and draft.longitude is not None:
        draft.is_outside = not county.contains(draft.latitude, draft.longitude)  # the map may be a new one
        if not draft.is_outside:
            return
    places = [(f.latitude, f.longitude) for f in _shown(files) if f.latitude is not None]
    inside = next((place for place in places if county.contains(*place)), None)
    if inside is not None:
        _set_place(draft, inside, PlaceSource.EXIF)
    elif places and not is_sent:
        _set_place(draft, places[0], PlaceSource.EXIF, is_outside=True)
    elif not is_sent:
        _set_place(draft, (None, None), None)


def _set_place(
    draft: OpenDraft,
    place: tuple[float | None, float | None],
    source: PlaceSource | None,
    *,
    name: str | None = None,
    is_outside: bool = False,
) -> None:
    draft.latitude, draft.longitude = place
    draft.place_source, draft.place_name, draft.is_outside = source, name, is_outside


def _is_complete(state: DraftRecord) -> bool:
    has_picture = state.photos > 0 or state.without_photo
    # a place that only a picture knows does not settle which report it is of
    is_unsettled = state.asking in OF_A_REPORT and state.place_source is PlaceSource.EXIF
    return has_picture and state.latitude is not None and not (state.reading or state.old or is_unsettled)


def _file(
    session: Session,
    draft: OpenDraft,
    files: Sequence[_File],
    *,
    category: str,
    maybe_same_id: int | None = None,
    county: County,
    now: datetime,
) -> int:
    lost = [{"lost": file.id} for file in files if _is_lost(file)]
    _LOSE_FILE.run_all(session, lost)
    has_album = any(file.media_group_id and now - file.added_at < notices.ALBUM_WAIT for file in files)
    photos = len(files) - len(lost)
    report_id = new_reports.file(
        session,
        draft,
        code=category,
        photos=photos,
        has_album=has_album,
        maybe_same_id=maybe_same_id,
        county=county,
        now=now,
    )
    _note_same_pictures(session, files, report_id, now=now)
    return report_id


def file_second(
    session: Session,
    draft: OpenDraft,
    *,
    ids: Collection[int],
    place: tuple[float, float],
    county: County,
    now: datetime,
) -> int:
    """Make a report of pictures of the draft, which were taken at this other place; its number.

    Words stay with the draft. If it may be the same as one nearby, the receipt asks.
    """
    its = [file for file in _files(session, draft) if file.id in ids]
    second = OpenDraft(draft.person_id, opened_at=now, changed_at=now)
    _set_place(second, place, PlaceSource.EXIF)
    code = guess(None)
    near = asking.about(session, second, category=code, now=now)
    same = near[0].report_id if near else None
    number = new_reports.file(
        session, second, code=code, photos=len(its), has_album=False, maybe_same_id=same, county=county, now=now
    )
    session.execute(update(Attachment).where(Attachment.id.in_(ids)).values(draft_id=None, report_id=number))
    _note_same_pictures(session, its, number, now=now)
    return number


def _note_same_pictures(session: Session, files: Sequence[_File], report_id: int, *, now: datetime) -> None:
    for file in files:
        if file.same_as_id is not None and not _is_lost(file):
            same_picture.note(session, session.get_one(Report, report_id), same_as_id=file.same_as_id, now=now)


def _record(draft: OpenDraft, files: Sequence[_File]) -> DraftRecord:
    good = [file for file in files if not _is_lost(file)]
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


def _old(file: _File) -> OldPicture:
    place = (file.latitude, file.longitude) if file.latitude is not None else None
    return OldPicture(file.message_id, file.file_name, file.taken_at, place)


def _files(session: Session, draft: OpenDraft) -> Sequence[_File]:
    """What decides about the draft's files: a look that costs less than `drafts.files`."""
    if draft.id is None:
        return ()
    return _FILES.all(session, draft_id=draft.id)


def _is_lost(file: _File) -> bool:
    """No picture at all, or an image file that can no longer be had (only its copy could have been passed on)."""
    is_gone = file.media_state is MediaState.GONE and file.kind is AttachmentKind.IMAGE_FILE
    return file.media_state is MediaState.BAD or is_gone


def _is_unread(file: _File) -> bool:
    waiting = file.media_state is MediaState.WAITING and file.fetch_attempts == 0
    return waiting and file.kind is AttachmentKind.IMAGE_FILE
