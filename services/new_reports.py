"""Making a report: of a complete draft, or of what broke again."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from services import deadlines, drafts, ladder, lifecycle, nearby, notices, offering, whereabouts, worktime
from services.county import County, GridRef
from services.drafts import OpenDraft
from storage.categories import is_urgent
from storage.kinds import EventKind, PlaceSource, Status
from storage.prepared import Prepared
from storage.schema import Attachment, Report

_report, _attachment = Report.__table__.c, Attachment.__table__.c
_LATEST = Prepared(
    select(_report.id, _report.filed_at)
    .where(
        _report.reporter_id == bindparam("person_id"),
        _report.filed_at >= bindparam("since"),
        or_(_report.status == Status.OPEN, _report.status == Status.ACCEPTED),
    )
    .order_by(_report.id.desc())
    .limit(1)
)
_STATUS = Prepared(select(_report.status).where(_report.id == bindparam("report_id")))
_TAKE_PHOTOS = Prepared(
    update(Attachment.__table__)  # type: ignore[arg-type]
    .where(_attachment.draft_id == bindparam("draft"))
    .values(draft_id=None, report_id=bindparam("report"))
)
_FILE = Prepared(insert(Report.__table__))  # type: ignore[arg-type]
_PLACE = ("latitude", "longitude", "place_source", "place_name")
_USUAL = {
    **{"category_chosen": False, "status": Status.OPEN, "maybe_same_id": None, "reopened": 0, "affected": 1},
    **{"accept_counts": True, "resolve_counts": True},
}
"""Of a report that is filed, unless it is said otherwise."""


def file(
    session: Session,
    draft: OpenDraft,
    *,
    code: str,
    photos: int,
    has_album: bool,
    maybe_same_id: int | None = None,
    county: County,
    now: datetime,
) -> int:
    """Make a report of a complete draft, bring it to whoever can act, let the reporter have the receipt; its number.

    ``code`` is the category's; ``photos`` is how many the draft has; ``has_album`` whether more may follow at once;
    ``maybe_same_id`` an open report that the receipt asks about.
    """
    assert draft.latitude is not None
    assert draft.longitude is not None
    assert draft.place_source is not None
    place: dict[str, Any] = {name: getattr(draft, name) for name in _PLACE} | {"maybe_same_id": maybe_same_id}
    grid = county.grid_at(draft.latitude, draft.longitude)
    report, people = _begin(session, draft.person_id, grid, code=code, words=draft.words, place=place, now=now)
    _TAKE_PHOTOS.run(session, draft=draft.id, report=report.id)
    facts = {"grid": grid.code if grid else None, "category": code, "photos": photos} | _beside(session, draft)
    _filed(session, report, facts, now=now)
    offering.ask(session, report, people, now=now, has_album=has_album)
    notices.filed(session, report, status_message_id=draft.status_message_id, now=now)
    if draft.place_source is not PlaceSource.EXIF:  # that may be from this morning
        whereabouts.note(session, person_id=draft.person_id, point=(draft.latitude, draft.longitude), now=now)
    drafts.end(session, draft)
    return report.id


def file_again(session: Session, old: Report, *, person_id: int, county: County, now: datetime) -> int:
    """Make a report of what broke again, of the same kind, as urgent, and at the same place; its number.

    Pictures and words are to come.
    """
    place = {name: getattr(old, name) for name in _PLACE}
    grid = county.grid_at(old.latitude, old.longitude)
    kind = {"category_chosen": old.category_chosen, "follows_id": old.id}
    its: dict[str, Any] = {"code": old.category, "was_urgent": old.is_urgent, "place": place | kind}
    report, people = _begin(session, person_id, grid, words=None, **its, now=now)
    facts = {"grid": grid.code if grid else None, "category": old.category, "photos": 0, "follows": old.id}
    _filed(session, report, facts, now=now)
    offering.ask(session, report, people, now=now)
    notices.filed(session, report, status_message_id=None, now=now)
    return report.id


def latest(session: Session, *, person_id: int, since: datetime) -> tuple[int, datetime] | None:
    """The person's newest report, and when it was filed, if that was after ``since`` and it is still alive."""
    row = _LATEST.first(session, person_id=person_id, since=since)
    return None if row is None else (row.id, row.filed_at)


def _begin(
    session: Session,
    reporter_id: int,
    grid: GridRef | None,
    *,
    code: str,
    words: str | None,
    place: dict[str, Any],  # and what else is not as usual
    was_urgent: bool = False,
    now: datetime,
) -> tuple[Report, list[int]]:
    """A new report, and whom it is for.

    It is in the store and not in the session, where it would take eight times as long, and carries no more than what
    tells people of it; whoever goes on with it loads it.
    """
    urgent = was_urgent or is_urgent(code, words)
    level, people = ladder.first(session, grid.id if grid else None)
    values = {
        "reporter_id": reporter_id,
        "grid_id": grid.id if grid else None,
        "category": code,
        "words": words,
        "is_urgent": urgent,
        "level": level,
        "responsible_id": people[0] if people else None,
        "cell": nearby.cell_of((place["latitude"], place["longitude"])),
        "filed_at": now,
        **deadlines.at_filing(code, is_urgent=urgent, hours=worktime.of(session), now=now),
        **_USUAL,
        **place,
    }
    report_id = _FILE.add(session, **values)
    return Report(id=report_id, reporter_id=reporter_id, is_urgent=urgent, level=level), people


def _filed(session: Session, report: Report, facts: dict[str, Any], *, now: datetime) -> None:
    by = report.reporter_id
    lifecycle.record(session, report, EventKind.FILED, by=by, now=now, facts=facts, after=Status.OPEN)


def _beside(session: Session, draft: OpenDraft) -> dict[str, Any]:
    """The living report that the draft asked about, if it was filed without an answer: the receipt asks once more.

    Or the one that it asked about and that ended just now: the receipt says so.
    """
    if draft.ended_id is not None:
        return {"ended": draft.ended_id}
    if draft.join_report_id is None or _STATUS.scalar(session, report_id=draft.join_report_id) not in lifecycle.ACTIVE:
        return {}
    return {"beside": draft.join_report_id, "answers": draft.answers}
