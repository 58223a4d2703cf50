"""Reading what is to be shown: reports, lists and outbox messages as frozen records for `views/`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from services import deadlines, digests, dispatch, emergencies, intake, lifecycle, team_briefs, worktime
from services.deadlines import DEADLINE
from services.errors import NoSuchReport
from services.people import load_me
from services.reports import PAGE
from storage.kinds import EventKind, MediaState, Message, OfferState, Role, Stage, Status
from storage.outbox import Claimed
from storage.records import Brief, EmergencyRecord, EventRecord, Photo, ReportRecord, VerdictRecord
from storage.schema import (
    Attachment,
    Event,
    Follower,
    Grid,
    Offer,
    Person,
    PersonRole,
    Post,
    Report,
    ResolvedReport,
    Verdict,
)

LISTED = 8
"""Reports that a list of what is overdue names."""
_SHOWN = (Attachment.media_state != MediaState.BAD, ~Attachment.is_doubtful)
"""Which pictures may be seen: no file that is none, no old one before its sender has said that it is still so."""
_later = aliased(Report)
_ROWS = (
    select(
        Report,
        Grid.code.label("grid_code"),
        Grid.name.label("grid_name"),
        Grid.community,
        func.coalesce(Person.known_as, Person.name).label("officer_name"),
        Offer.state.label("my_offer"),
        team_briefs.HAS_TASKS.label("has_tasks"),
        team_briefs.EMERGENCY.label("emergency_id"),
        Follower.person_id.label("follower"),
        Verdict.is_fixed,
        Verdict.rating,
        select(_later.id)
        .where(_later.follows_id == Report.id)
        .order_by(_later.id)
        .limit(1)
        .scalar_subquery()
        .label("again"),
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
)
"""Reports as a person may see them."""


def load(session: Session, *, claimed: Claimed, now: datetime) -> Brief | None:
    """All that is needed to put an outbox message into words; None: there is nothing left to say."""
    if claimed.telegram_id is None:
        return None
    report = None
    if claimed.report_id is not None:
        report = describe(session, report_id=claimed.report_id, person_id=claimed.person_id)
        if "attachments" in claimed.facts:
            report = _only(session, report, claimed.facts["attachments"])
    late, many = _overdue(session, claimed.person_id, now=now) if claimed.message is Message.OVERDUE else ((), 0)
    if claimed.message is Message.DAY_DIGEST:
        late = tuple(my_cases(session, person_id=claimed.person_id, page=0)[0])
    draft = intake.look(session, person_id=claimed.person_id, now=now) if claimed.message is Message.DRAFT else None
    return Brief(
        to=load_me(session, person_id=claimed.person_id),
        message=claimed.message,
        facts=claimed.facts,
        report=report,
        draft=draft,
        task=team_briefs.task(session, task_id=claimed.facts["task"]) if "task" in claimed.facts else None,
        emergency=_emergency(session, claimed),
        cases=late,
        many=many,
        digest=digests.load(session, claimed, now=now),
    )


def _emergency(session: Session, claimed: Claimed) -> EmergencyRecord | None:
    if "emergency" not in claimed.facts:
        return None
    return team_briefs.emergency(session, emergency_id=claimed.facts["emergency"], person_id=claimed.person_id)


def report_for(session: Session, *, report_id: int, person_id: int) -> ReportRecord:
    """A report as this person may see it.

    Raises:
        NoSuchReport: there is none, or he neither filed nor follows it, was not asked about it, and is neither of the
            desk nor lead of its community.
    """
    record = describe(session, report_id=report_id, person_id=person_id)
    if not (record.is_mine or record.follows or record.my_offer is not None or record.officer_id == person_id):
        roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
        leads = Role.LEAD in roles and _is_of_community(session, report_id, person_id)
        if not (roles & {Role.ADMIN, Role.DESK} or leads):
            raise NoSuchReport(report_id=report_id)
    return record


def _is_of_community(session: Session, report_id: int, person_id: int) -> bool:
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


def describe(session: Session, *, report_id: int, person_id: int) -> ReportRecord:
    """A report with its pictures and timeline.

    Raises:
        NoSuchReport: there is none with this number.
    """
    found = _describe_all(session, _ROWS.where(Report.id == report_id), person_id=person_id)
    if not found:
        raise NoSuchReport(report_id=report_id)
    return replace(found[0], may_join=_may_join(found[0]))


def _may_join(record: ReportRecord) -> int | None:
    """The report that it was filed beside, while this one may be withdrawn; a tap shows whether that one is alive."""
    if not record.is_mine or record.status is not Status.OPEN:
        return None
    beside = next((event.facts.get("beside") for event in record.events if event.kind is EventKind.FILED), None)
    return int(beside) if beside is not None else None


def _describe_all(session: Session, chosen: Select[*tuple[Any, ...]], *, person_id: int) -> list[ReportRecord]:
    """The reports of ``chosen`` (made of `_ROWS`), in its order: four queries, however many there are."""
    rows = session.execute(chosen, {"person_id": person_id}).all()
    ids = [row.Report.id for row in rows]
    photos, events = _photos_of(session, ids), _events_of(session, ids)
    return [
        _record(session, row, photos=photos[row.Report.id], events=events[row.Report.id], person_id=person_id)
        for row in rows
    ]


def _record(
    session: Session,
    row: Row[*tuple[Any, ...]],
    *,
    photos: Sequence[Attachment],
    events: Sequence[Event],
    person_id: int,
) -> ReportRecord:
    report: Report = row.Report
    decide_by = None
    if report.status is Status.REVIEW:
        decide_by = deadlines.count_of(report, worktime.of(session)).at(DEADLINE)
    return ReportRecord(
        id=report.id,
        status=report.status,
        category=report.category,
        is_urgent=report.is_urgent,
        words=report.words,
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
        accepted_at=report.accepted_at,
        ended_at=report.ended_at,
        is_half_gone=report.step > 0,
        waiting_for=report.waiting_for,
        waiting_until=report.waiting_until,
        photos=tuple(_photo(photo) for photo in photos),
        events=tuple(
            EventRecord(event.kind, event.at, event.by_id == report.reporter_id, event.facts or {}) for event in events
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
        again_id=row.again,
        my_offer=row.my_offer,
        tasks=team_briefs.tasks(session, report_id=report.id) if row.has_tasks else (),
        emergency_id=row.emergency_id,
        decide_by=decide_by,
    )


def _photos_of(session: Session, report_ids: Sequence[int]) -> dict[int | None, list[Attachment]]:
    """By report: before, then after, each in the order of sending. After is the newest fix, which others may share."""
    fixes = _reports_of_fixes(session, report_ids)
    chosen = select(Attachment).where(
        or_(
            Attachment.report_id.in_(report_ids) & (Attachment.stage == Stage.BEFORE),
            Attachment.report_id.in_(report_ids)
            & Attachment.resolution_id.is_(None)
            & (Attachment.stage == Stage.AFTER),
            Attachment.resolution_id.in_(fixes),
        ),
        *_SHOWN,
    )
    found: dict[int | None, list[Attachment]] = defaultdict(list)
    for photo in session.scalars(chosen.order_by(Attachment.stage.desc(), Attachment.message_id)):
        for report_id in fixes.get(photo.resolution_id, [photo.report_id]):
            found[report_id].append(photo)
    return found


def _reports_of_fixes(session: Session, report_ids: Sequence[int]) -> dict[int | None, list[int | None]]:
    """The newest fix of each report that has one, with those of the reports that it is of."""
    newest = (
        select(ResolvedReport.report_id, func.max(ResolvedReport.resolution_id))
        .where(ResolvedReport.report_id.in_(report_ids))
        .group_by(ResolvedReport.report_id)
    )
    found: dict[int | None, list[int | None]] = defaultdict(list)
    for report_id, fix in session.execute(newest):
        found[fix].append(report_id)
    return found


def _events_of(session: Session, report_ids: Sequence[int]) -> dict[int, list[Event]]:
    """By report, as they happened."""
    found: dict[int, list[Event]] = defaultdict(list)
    for event in session.scalars(select(Event).where(Event.report_id.in_(report_ids)).order_by(Event.id)):
        found[event.report_id].append(event)
    return found


def my_reports(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of a person's reports, newest first, and how many pages there are; beyond the last one is the last."""
    mine = Report.reporter_id == person_id
    pages = _pages(session.scalar(select(func.count(Report.id)).where(mine)) or 0)
    page = min(page, pages - 1)
    chosen = _ROWS.where(mine).order_by(Report.id.desc()).limit(PAGE).offset(page * PAGE)
    return _describe_all(session, chosen, person_id=person_id), pages


def my_cases(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of an officer's open cases (his, offered to him, his to decide), oldest deadline first; pages in all.

    A page beyond the last one is the last: the list may have become shorter since its buttons were shown.
    """
    deadline = case((Report.status == Status.OPEN, Report.accept_by), else_=Report.resolve_by)
    offered = (Offer.state == OfferState.OFFERED) & (Report.status == Status.OPEN)
    held = Report.status.in_(lifecycle.ACTIVE) & (Report.officer_id == person_id)
    to_decide = (Report.status == Status.REVIEW) & or_(
        Report.responsible_id == person_id, Offer.state == OfferState.RAISED
    )
    where = (or_(held, offered, to_decide),)
    join = (Offer.report_id == Report.id) & (Offer.person_id == person_id)
    pages = _pages(session.scalar(select(func.count(Report.id)).outerjoin(Offer, join).where(*where)) or 0)
    page = min(page, pages - 1)
    chosen = _ROWS.where(*where).order_by(deadline, Report.id).limit(PAGE).offset(page * PAGE)
    return _describe_all(session, chosen, person_id=person_id), pages


def may_become_emergencies(session: Session, *, person_id: int) -> list[ReportRecord]:
    """For the desk: the newest reports that somebody works on, or should; urgent ones first."""
    if not emergencies.has_command(session, person_id):
        return []
    ids = session.scalars(
        select(Report.id)
        .where(Report.status.in_(lifecycle.ACTIVE))
        .order_by(Report.is_urgent.desc(), Report.id.desc())
        .limit(PAGE)
    )
    return [describe(session, report_id=one, person_id=person_id) for one in ids]


def _overdue(session: Session, person_id: int, *, now: datetime) -> tuple[tuple[ReportRecord, ...], int]:
    """What is overdue with a person (his, offered or raised to him): the oldest ones, and how many there are."""
    to_accept = (Report.status == Status.OPEN) & (Offer.state == OfferState.OFFERED) & (Report.accept_by <= now)
    to_fix = (Report.status == Status.ACCEPTED) & (Report.resolve_by <= now) & Report.paused_at.is_(None)
    raised = (Report.officer_id == person_id) | (Offer.state == OfferState.RAISED)
    to_decide = (Report.status == Status.REVIEW) & (Report.responsible_id == person_id) & (Report.step >= DEADLINE)
    late = or_(to_accept, to_fix & raised, to_decide)
    deadline = case((Report.status == Status.OPEN, Report.accept_by), else_=Report.resolve_by)
    join = (Offer.report_id == Report.id) & (Offer.person_id == person_id)
    ids = session.scalars(select(Report.id).outerjoin(Offer, join).where(late).order_by(deadline, Report.id)).all()
    return tuple(describe(session, report_id=one, person_id=person_id) for one in ids[:LISTED]), len(ids)


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def _photo(photo: Attachment) -> Photo:
    return Photo(photo.kind, photo.stage, photo.file_id, photo.media_state, photo.media_hash)


def _only(session: Session, report: ReportRecord, ids: list[int]) -> ReportRecord:
    """The report with these pictures alone."""
    photos = session.scalars(select(Attachment).where(Attachment.id.in_(ids), *_SHOWN).order_by(Attachment.message_id))
    return replace(report, photos=tuple(_photo(photo) for photo in photos))
