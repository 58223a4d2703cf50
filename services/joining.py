"""Adding to a report that is filed already what was sent soon after it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services import drafts, lifecycle, notices, reports
from services.county import County
from services.drafts import OpenDraft
from services.errors import TooManyPhotos, WordsTooLong
from storage.categories import guess, is_urgent
from storage.kinds import Asking, PlaceSource
from storage.records import DraftRecord
from storage.schema import Attachment, Report


def join(
    session: Session, draft: OpenDraft, report: Report, *, county: County, now: datetime, moves: bool = True
) -> None:
    """Everything that the draft has goes to the report; a place that is not the person's own word does not move it.

    Nor does any where the draft was said to be of the same hazard (``moves``).

    Raises:
        TooManyPhotos: the report would have too many.
        TooLateToChange: the draft has a place, and the report is accepted.
    """
    add(session, report, drafts.files(session, draft), draft.words, by=draft.person_id, now=now)
    if moves and report.reporter_id == draft.person_id:
        _move(session, draft, report, county=county, now=now)
    drafts.end(session, draft)


def add(
    session: Session, report: Report, files: Sequence[Attachment], words: str | None, *, by: int, now: datetime
) -> None:
    """Pictures and words go to the report, by this person.

    Raises:
        TooManyPhotos: the report would have too many.
    """
    reports.require_room(session, report, files)
    for file in files:
        reports.add_attachment(session, report, file, now=now)
    if words:
        reports.append_words(session, report, words, by=by, now=now)


def by_itself(draft: OpenDraft, state: DraftRecord) -> bool:
    """Whether it goes by itself to the report that its person has just filed: its words are urgent, and it has no place
    of its own, by which it might be another hazard.
    """
    is_about_it = (
        state.asking is Asking.JOIN and state.place_source in (None, PlaceSource.EXIF) and not draft.is_outside
    )
    return is_about_it and is_urgent(guess(draft.words), draft.words)


def join_unanswered(session: Session, draft: OpenDraft, state: DraftRecord, *, county: County, now: datetime) -> bool:
    """Add it to that report, and say so; False: it is kept, as that one is over, or has no room for it."""
    if not by_itself(draft, state):
        return False
    assert draft.join_report_id is not None
    report = lifecycle.load_going_on(session, draft.join_report_id)
    if report.status not in lifecycle.ACTIVE:
        return False
    try:
        with session.begin_nested():
            join(session, draft, report, county=county, now=now, moves=False)
    except (TooManyPhotos, WordsTooLong):
        return False
    notices.joined(session, report, draft.person_id, deletes=draft.status_message_id, now=now)
    return True


def _move(session: Session, draft: OpenDraft, report: Report, *, county: County, now: datetime) -> None:
    if draft.place_source in (None, PlaceSource.EXIF) or draft.is_outside:
        return
    assert draft.latitude is not None
    assert draft.longitude is not None
    assert draft.place_source is not None
    reports.change_place(
        session,
        report_id=report.id,
        person_id=draft.person_id,
        latitude=draft.latitude,
        longitude=draft.longitude,
        source=draft.place_source,
        place_name=draft.place_name,
        county=county,
        now=now,
    )
