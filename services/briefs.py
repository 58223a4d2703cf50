"""Reading reports as somebody may see them, as frozen records for `views/`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from services import broken, deadlines, dispatch, lifecycle, nearby, offering, shown_pictures, team_briefs, worktime
from services.deadlines import DEADLINE
from services.errors import NoSuchReport
from storage.kinds import EventKind, OfferState, Role, Status
from storage.records import EventRecord, ReportRecord, VerdictRecord
from storage.schema import Attachment, Event, Follower, Grid, Offer, Person, PersonRole, Post, Report, Verdict

_ADDS_WORDS = (EventKind.WORDS_ADDED, EventKind.FOLLOWED)
_later, _its_later = aliased(Report), aliased(Report)  # says that it broke again; in which that one goes on
_First = aliased(Report)  # of what broke again
_GOES_ON = _its_later.status.not_in(lifecycle.OVER)
_HAS_NO_PART = (
    _GOES_ON
    & (_its_later.reporter_id != bindparam("person_id"))
    & ~exists()
    .where(Follower.report_id == _its_later.id, Follower.person_id == bindparam("person_id"))
    .correlate(_its_later)
)
"""Whether a report goes on, and the person neither reported nor follows it."""
_AGAIN, _AGAIN_GOES_ON, _MAY_FOLLOW_AGAIN = (
    select(what)
    .select_from(_later)
    .join(_its_later, _its_later.id == func.coalesce(_later.merged_into_id, _later.id))
    .where(_later.follows_id == Report.id, _later.status != Status.WITHDRAWN)
    .order_by(_later.id.desc())
    .limit(1)
    .scalar_subquery()
    .label(name)
    for what, name in (
        (_its_later.id, "again"),
        (_GOES_ON, "again_goes_on"),
        (_HAS_NO_PART, "may_follow_again"),
    )
)
_Other, _Its = aliased(Report), aliased(Report)  # asked about; in which that one goes on
ROWS = (
    select(
        Report,
        Grid.code.label("grid_code"),
        Grid.name.label("grid_name"),
        Grid.community,
        func.coalesce(Person.known_as, Person.name).label("officer_name"),
        Offer.state.label("my_offer"),
        Offer.level.label("my_level"),
        Offer.answered_at.label("asked_until"),
        team_briefs.HAS_TASKS.label("has_tasks"),
        team_briefs.EMERGENCY.label("emergency_id"),
        Follower.person_id.label("follower"),
        Verdict.is_fixed,
        Verdict.rating,
        _AGAIN,
        _AGAIN_GOES_ON,
        _MAY_FOLLOW_AGAIN,
        _First.words.label("first_words"),
        func.coalesce(_Its.status, _Other.status).label("other_status"),
        func.coalesce(_Its.id, _Other.id).label("other_id"),
    )
    .outerjoin(Grid, Grid.id == Report.grid_id)
    .outerjoin(Person, Person.id == Report.officer_id)
    .outerjoin(Offer, (Offer.report_id == Report.id) & (Offer.person_id == bindparam("person_id")))
    .outerjoin(Follower, (Follower.report_id == Report.id) & (Follower.person_id == bindparam("person_id")))
    .outerjoin(
        Verdict,
        (Verdict.report_id == Report.id)
        & (Verdict.person_id == bindparam("person_id"))
        & (Verdict.round == Report.reopened),
    )
    .outerjoin(_First, _First.id == Report.follows_id)
    .outerjoin(_Other, _Other.id == Report.maybe_same_id)
    .outerjoin(_Its, _Its.id == _Other.merged_into_id)
)
"""Reports as a person may see them."""


def describe(session: Session, *, report_id: int, person_id: int) -> ReportRecord:
    """A report with its pictures and timeline.

    Raises:
        NoSuchReport: there is none with this number.
    """
    found = describe_all(session, ROWS.where(Report.id == report_id), person_id=person_id)
    if not found:
        raise NoSuchReport(report_id=report_id)
    return replace(found[0], may_join=_may_join(session, found[0], person_id))


def report_for(session: Session, *, report_id: int, person_id: int) -> ReportRecord:
    """A report as this person may see it; one that was merged as the one in which it goes on.

    Raises:
        NoSuchReport: there is none, or he neither filed nor follows it, was not asked about it, nor about what broke
            again since, and is neither of the desk nor lead of its community.
    """
    record = described = describe(session, report_id=report_id, person_id=person_id)
    if record.merged_into_id is not None:
        described = describe(session, report_id=record.merged_into_id, person_id=person_id)
    concerns = _concerns(record, person_id) or _concerns(described, person_id)
    if not (concerns or broken.is_asked_since(session, report_id=report_id, person_id=person_id)):
        roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
        is_lead = Role.LEAD in roles and leads(session, report_id=report_id, person_id=person_id)
        if not (roles & {Role.ADMIN, Role.DESK} or is_lead):
            raise NoSuchReport(report_id=report_id)
    return described if described is record else replace(described, came_as=record.id)


def leads(session: Session, *, report_id: int, person_id: int) -> bool:
    """Whether the report is in a community, or town, that the person leads."""
    return bool(
        session.scalar(
            select(Report.id)
            .join(Grid, Grid.id == Report.grid_id)
            .join(Post, (Post.town == Grid.town) & or_(Post.community == "", Post.community == Grid.community))
            .where(Report.id == report_id, Post.person_id == person_id)
            .limit(1)
        )
    )


def describe_all(session: Session, chosen: Select[*tuple[Any, ...]], *, person_id: int) -> list[ReportRecord]:
    """The reports of ``chosen`` (made of `ROWS`), in its order: four queries, however many there are."""
    rows = session.execute(chosen, {"person_id": person_id}).all()
    ids = [row.Report.id for row in rows]
    merged = _merged_into(session, ids)
    photos, events = shown_pictures.of_reports(session, ids), _events_of(session, ids, merged)
    own = {one.merged_into_id: one.id for one in merged if one.reporter_id == person_id}
    earlier = broken.before(session, [row.Report for row in rows], person_id=person_id)
    records = [
        replace(
            _record(session, row, photos=photos[row.Report.id], events=events[row.Report.id], person_id=person_id),
            earlier=earlier[row.Report.id],
        )
        for row in rows
    ]
    return [replace(one, came_as=own[one.id]) if one.id in own else one for one in records]


def _concerns(record: ReportRecord, person_id: int) -> bool:
    is_asked = record.my_offer is not None or record.officer_id == person_id
    return record.is_mine or record.follows or is_asked


def _may_join(session: Session, record: ReportRecord, person_id: int) -> int | None:
    """The person's report that it was filed beside, while that one goes on and this one may be put with it."""
    if not record.is_mine or record.status is not Status.OPEN:
        return None
    beside = next((event.facts.get("beside") for event in record.events if event.kind is EventKind.FILED), None)
    older = session.get(Report, beside) if beside is not None else None
    if older is None or older.status not in lifecycle.ACTIVE or older.reporter_id != person_id:
        return None
    here, there = (record.latitude, record.longitude), (older.latitude, older.longitude)
    if record.affected > 1 and not nearby.are_near(here, there):
        return None
    return older.id


def _record(
    session: Session,
    row: Row[*tuple[Any, ...]],
    *,
    photos: Sequence[Attachment],
    events: Sequence[Event],
    person_id: int,
) -> ReportRecord:
    report: Report = row.Report
    accept_spans, resolve_spans = deadlines.spans_closed(report, worktime.of(session))
    ends = None
    if report.status in (Status.REVIEW, Status.OPEN):
        ends = deadlines.count_of(report, worktime.of(session)).at(DEADLINE)
    return ReportRecord(
        id=report.id,
        status=report.status,
        category=report.category,
        is_urgent=report.is_urgent,
        words=_words_for(report, person_id, until=row.asked_until, events=events),
        latitude=report.latitude,
        longitude=report.longitude,
        place_source=report.place_source,
        place_name=report.place_name,
        grid_code=row.grid_code,
        grid_name=row.grid_name,
        community=row.community,
        level=report.level,
        officer_id=report.officer_id,
        officer_name=row.officer_name,
        officer_role=dispatch.holder_role(session, report) if report.officer_id is not None else None,
        filed_at=report.filed_at,
        accept_by=report.accept_by,
        resolve_by=report.resolve_by,
        accept_spans_closed=accept_spans,
        resolve_spans_closed=resolve_spans,
        accepted_at=report.accepted_at,
        ended_at=report.ended_at,
        is_half_gone=report.step > 0,
        is_at_top=_is_at_top(report, events),
        waiting_for=report.waiting_for,
        waiting_until=report.waiting_until,
        photos=tuple(shown_pictures.record(photo) for photo in photos),
        events=tuple(
            EventRecord(
                event.kind,
                event.at,
                by_reporter=event.by_id == report.reporter_id,
                facts=event.facts or {},
                report_id=event.report_id,
                is_mine=event.by_id == person_id,
                by_clock=event.by_id is None,
            )
            for event in events
        ),
        is_mine=report.reporter_id == person_id,
        follows=row.follower is not None,
        round=report.reopened,
        my_verdict=VerdictRecord(row.is_fixed, row.rating) if row.is_fixed is not None else None,
        judge_by=report.next_at if report.status is Status.RESOLVED else None,
        is_to_decide=report.status is Status.REVIEW
        and (report.responsible_id == person_id or row.my_offer is OfferState.RAISED),
        affected=report.affected,
        follows_id=report.follows_id,
        first_words=row.first_words,
        again_id=row.again,
        again_goes_on=bool(row.again_goes_on),
        may_follow_again=bool(row.may_follow_again),
        my_offer=row.my_offer,
        my_level=row.my_level,
        tasks=team_briefs.tasks(session, report_id=report.id) if row.has_tasks else (),
        emergency_id=row.emergency_id,
        decider=offering.decider(session, report) if report.status is Status.REVIEW else None,
        decide_by=ends if report.status is Status.REVIEW else None,
        answer_by=ends if report.status is Status.OPEN else None,
        merged_into_id=report.merged_into_id,
        maybe_same_id=report.maybe_same_id if _may_be_asked_about(row) else None,
    )


def _is_at_top(report: Report, events: Sequence[Event]) -> bool:
    """Whether the deadline was dealt with, and nobody was found to raise it to since its status last changed."""
    if report.status not in lifecycle.ACTIVE or report.step < DEADLINE:
        return False
    last = next((one for one in reversed(events) if one.kind is EventKind.RAISED or one.to_status is not None), None)
    return last is None or last.kind is not EventKind.RAISED


def _may_be_asked_about(row: Row[*tuple[Any, ...]]) -> bool:
    """Whether somebody works on what the report may be the same as; or on that in which it goes on: but not on this."""
    return row.other_status in lifecycle.ACTIVE and row.other_id != row.Report.id


def _words_for(report: Report, person_id: int, *, until: datetime | None, events: Sequence[Event]) -> str | None:
    """What people said of it: who is asked no more (``until``: since when) keeps what he saw and sees nothing newer."""
    words = report.words
    if until is None or person_id in (report.reporter_id, report.officer_id):
        return words
    for event in reversed([one for one in events if one.at > until]):
        if event.kind is EventKind.TOOK_IN:
            return None  # the words of both are one text now
        added = (event.facts or {}).get("words") if event.kind in _ADDS_WORDS else None
        if added:
            older, _, newest = (words or "").rpartition("\n" + added)
            words = None if newest else older or None
    return words


def _merged_into(session: Session, report_ids: Sequence[int]) -> Sequence[Row[int, int | None, int]]:
    """The reports that go on in these."""
    chosen = select(Report.id, Report.merged_into_id, Report.reporter_id).where(Report.merged_into_id.in_(report_ids))
    return session.execute(chosen.order_by(Report.id)).all()


def _events_of(
    session: Session, report_ids: Sequence[int], merged: Sequence[Row[*tuple[Any, ...]]]
) -> dict[int, list[Event]]:
    """By report, as they happened; those of reports that were merged into it are its own, too."""
    into = {one: [one] for one in report_ids} | {one.id: [one.merged_into_id] for one in merged}
    for one in merged:
        if one.id in report_ids:
            into[one.id].append(one.id)
    found: dict[int, list[Event]] = defaultdict(list)
    for event in session.scalars(select(Event).where(Event.report_id.in_(into)).order_by(Event.at, Event.id)):
        for report_id in into[event.report_id]:
            found[report_id].append(event)
    return found
