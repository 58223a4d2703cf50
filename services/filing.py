"""Filing a draft as soon as nothing is missing, or asking about it. What it has: `services/draft_contents.py`.

Whoever has changed a draft calls `proceed`: it becomes a report, joins one, or is kept with what it then has.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, update
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
from services import draft_contents as contents
from services import draft_places as places
from services.county import County
from services.draft_contents import File
from services.drafts import OpenDraft
from services.parts import Outcome
from storage.categories import guess
from storage.kinds import Asking, PlaceSource
from storage.prepared import Prepared
from storage.records import DraftRecord, Elsewhere, Suspended
from storage.schema import Attachment, Report

ENDED = "note-same-ended"
"""What is said when a report ended while it was asked about."""

_LOSE_FILE = Prepared(delete(Attachment.__table__).where(Attachment.__table__.c.id == bindparam("lost")))  # type: ignore[arg-type]


def proceed(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> Outcome:
    """File the draft if it is complete, add it to the report that it was said to belong to, or keep it."""
    files = contents.files(session, draft)
    places.place_by_picture(draft, files, county)
    state, note = contents.record(draft, files), None
    if draft.joins and state.old is None:
        assert draft.join_report_id is not None
        report = lifecycle.load_going_on(session, draft.join_report_id)
        if report.status in lifecycle.ACTIVE:
            joining.join(session, draft, report, county=county, now=now)
            return Outcome(joined=report.id)
        forget_question(draft)  # nothing can be added to it any more: a new one
        state, note = contents.record(draft, files), ENDED
    return replace(_go_on(session, draft, files, state, county=county, now=now), note=note)


def forget_question(draft: OpenDraft) -> None:
    """The report that it asked about has ended: go on as if it had not been there."""
    draft.ended_id, draft.join_report_id, draft.joins, draft.answers = draft.join_report_id, None, False, False


def _go_on(
    session: Session, draft: OpenDraft, files: Sequence[File], state: DraftRecord, *, county: County, now: datetime
) -> Outcome:
    """File it if it is complete and like no other, or keep it."""
    held = suspensions.current(session, draft.person_id, now=now)
    if held is not None or not contents.is_complete(state):
        joins = held is None and joining.by_itself(draft, state)
        draft.file_at = (draft.file_at or now + asking.WAIT_URGENT) if joins else None
        drafts.write(session, draft)
        shown = replace(_for_person(session, draft, state, held=held), file_at=draft.file_at)
        return Outcome(draft=contents.named(shown, county.grid_at))
    category = guess(draft.words)
    if (other := elsewhere.find(draft, contents.shown(files), county)) is not None:
        _wait(session, draft, category, now=now)
        shown = replace(state, asking=Asking.ELSEWHERE, elsewhere=other[0], file_at=draft.file_at)
        return Outcome(draft=contents.named(shown, county.grid_at))
    if not draft.is_another and (asked := _at_the_place(session, draft, files, state, now=now)) is not None:
        asks = draft.file_at is None
        _wait(session, draft, category, now=now)
        return Outcome(draft=contents.named(replace(asked, file_at=draft.file_at), county.grid_at), asks=asks)
    return Outcome(filed=_file(session, draft, files, category=category, county=county, now=now))


def _wait(session: Session, draft: OpenDraft, category: str, *, now: datetime) -> None:
    """It is complete and asks something: if nobody answers it is filed by itself."""
    draft.file_at = draft.file_at or now + asking.patience(category, draft.words)
    drafts.write(session, draft)


def file_unanswered(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> None:
    """A hazard hangs on no question: the draft is filed with all that was sent for it. Urgent words about a report that
    was just filed go to that one.

    Where it asked about reports nearby, the receipt goes on asking.

    One that is incomplete again (its picture turned out to be old, or none) waits for its sender as always.
    """
    files = contents.files(session, draft)
    state = contents.record(draft, files)
    held = suspensions.current(session, draft.person_id, now=now)
    if held is not None or not contents.is_complete(state):
        if held is None and joining.join_unanswered(session, draft, state, county=county, now=now):
            return
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
    places.place_by_picture(draft, contents.files(session, draft), county)
    if not draft.is_outside:
        proceed_and_tell(session, draft, county=county, now=now)


def look(session: Session, draft: OpenDraft, *, now: datetime | None = None) -> DraftRecord:
    """What the draft has, what it lacks, what it asks, and (given ``now``) whether its person is suspended."""
    held = suspensions.current(session, draft.person_id, now=now) if now is not None else None
    state = _for_person(session, draft, contents.record(draft, contents.files(session, draft)), held=held)
    if draft.file_at is None or held is not None:
        return state
    if joining.by_itself(draft, state):
        return replace(state, file_at=draft.file_at)
    if (other := _elsewhere_in_store(session, draft)) is not None:
        return replace(state, asking=Asking.ELSEWHERE, elsewhere=other, file_at=draft.file_at)
    asked = _at_the_place(session, draft, contents.files(session, draft), state, now=draft.changed_at)
    return replace(asked or replace(state, asking=Asking.DUPLICATE), file_at=draft.file_at)


def _at_the_place(
    session: Session, draft: OpenDraft, files: Sequence[File], state: DraftRecord, *, now: datetime
) -> DraftRecord | None:
    """With what it asks about reports right there: is it the same as one, or the fix of one's own? None: nothing."""
    fixes = may_be_fix.about(session, draft, contents.shown(files))
    near = asking.about(session, draft, category=guess(draft.words), now=now)
    near = tuple(one for one in near if one.report_id not in fixes)
    if not (near or fixes):
        return None
    return replace(state, asking=Asking.DUPLICATE if near else Asking.FIX, near=near, fixes=fixes)


def _elsewhere_in_store(session: Session, draft: OpenDraft) -> Elsewhere | None:
    """Who only looks has no map in memory: it is read where a picture was taken somewhere else."""
    files = contents.shown(contents.files(session, draft))
    if elsewhere.find(draft, files, None) is None:
        return None
    found = elsewhere.find(draft, files, land.load(session))
    return found[0] if found is not None else None


def pictures_elsewhere(session: Session, draft: OpenDraft, county: County) -> tuple[Elsewhere, tuple[int, ...]] | None:
    """The pictures that it asks about, as they were taken at another place, and their ids."""
    return (
        elsewhere.find(draft, contents.shown(contents.files(session, draft)), county)
        if draft.file_at is not None
        else None
    )


def _for_person(session: Session, draft: OpenDraft, state: DraftRecord, *, held: Suspended | None) -> DraftRecord:
    """With how the person is suspended, and the reports whose reporters it may be meant for.

    An officer on his way may just write, without a button.
    """
    has_part = state.photos or state.files or state.words or state.latitude is not None
    may_ask = lately.cases(session, person_id=draft.person_id, now=draft.changed_at) if has_part else ()
    return replace(state, may_ask=may_ask, suspended=held) if may_ask or held else state


def _file(
    session: Session,
    draft: OpenDraft,
    files: Sequence[File],
    *,
    category: str,
    maybe_same_id: int | None = None,
    county: County,
    now: datetime,
) -> int:
    lost = [{"lost": file.id} for file in files if contents.is_lost(file)]
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
    its = [file for file in contents.files(session, draft) if file.id in ids]
    second = OpenDraft(draft.person_id, opened_at=now, changed_at=now)
    places.set_place(second, place, PlaceSource.EXIF)
    code = guess(None)
    near = asking.about(session, second, category=code, now=now)
    same = near[0].report_id if near else None
    number = new_reports.file(
        session, second, code=code, photos=len(its), has_album=False, maybe_same_id=same, county=county, now=now
    )
    session.execute(update(Attachment).where(Attachment.id.in_(ids)).values(draft_id=None, report_id=number))
    _note_same_pictures(session, its, number, now=now)
    return number


def _note_same_pictures(session: Session, files: Sequence[File], report_id: int, *, now: datetime) -> None:
    for file in files:
        if file.same_as_id is not None and not contents.is_lost(file):
            same_picture.note(session, session.get_one(Report, report_id), same_as_id=file.same_as_id, now=now)
