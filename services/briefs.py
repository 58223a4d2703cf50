"""Reading what is to be shown: reports, lists and outbox messages as frozen records for `views/`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from services import deadlines, digests, dispatch, emergencies, intake, lifecycle, team_briefs, worktime
from services.deadlines import DEADLINE
from services.errors import NoSuchReport
from services.people import load_me
from services.reports import PAGE
from storage.kinds import EventKind, MediaState, Message, OfferState, OutboxState, Role, Stage, Status
from storage.outbox import Claimed
from storage.prepared import Prepared
from storage.records import Brief, EmergencyRecord, EventRecord, Photo, ReportRecord, VerdictRecord
from storage.schema import (
    Attachment,
    Emergency,
    Event,
    Follower,
    Grid,
    Offer,
    OutboxMessage,
    Person,
    PersonRole,
    Post,
    Report,
    ResolvedReport,
    Verdict,
)

A_PERSON = timedelta(minutes=30)
"""By how much sooner a case is taken to be due for each further person affected, where cases are put in order."""
LISTED = 8
"""Reports that a list of what is overdue names."""
_SHOWN = (Attachment.media_state != MediaState.BAD, ~Attachment.is_doubtful)
"""Which pictures may be seen: no file that is none, no old one before its sender has said that it is still so."""
_TO_OFFICERS = (Message.ALERT, Message.CASE, Message.RAISED)
"""What shows a report to who may act, with its pictures."""
_ADDS_WORDS = (EventKind.WORDS_ADDED, EventKind.FOLLOWED)
_later = aliased(Report)
_report, _offer = Report.__table__.c, Offer.__table__.c
_CASES = select(_report.id, _report.status, _report.accept_by, _report.resolve_by, _report.affected)
_HELD = Prepared(_CASES.where(_report.officer_id == bindparam("person_id"), _report.status == Status.ACCEPTED))
_OFFERED = Prepared(
    _CASES.join(Offer.__table__, _offer.report_id == _report.id).where(
        _offer.person_id == bindparam("person_id"),
        _offer.state == OfferState.OFFERED,
        _report.status == Status.OPEN,
    )
)
_RAISED = Prepared(
    _CASES.join(Offer.__table__, _offer.report_id == _report.id).where(
        _offer.person_id == bindparam("person_id"),
        _offer.state == OfferState.RAISED,
        or_(_report.status == Status.ACCEPTED, _report.status == Status.REVIEW),
    )
)
_TO_DECIDE = Prepared(_CASES.where(_report.responsible_id == bindparam("person_id"), lifecycle.IN_REVIEW))
_First = aliased(Report)  # of what broke again
_HAS_NO_PART = (
    _later.status.not_in(lifecycle.OVER)
    & (_later.reporter_id != bindparam("person_id"))
    & ~exists().where(Follower.report_id == _later.id, Follower.person_id == bindparam("person_id")).correlate(_later)
)
"""Whether a report goes on, and the person neither reported nor follows it."""
_Other, _Its = aliased(Report), aliased(Report)  # asked about; in which that one goes on
_ROWS = (
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
        select(_later.id)
        .where(_later.follows_id == Report.id)
        .order_by(_later.id)
        .limit(1)
        .scalar_subquery()
        .label("again"),
        select(_HAS_NO_PART)
        .where(_later.follows_id == Report.id)
        .order_by(_later.id)
        .limit(1)
        .scalar_subquery()
        .label("may_follow_again"),
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


def load(session: Session, *, claimed: Claimed, now: datetime) -> Brief | None:
    """All that is needed to put an outbox message into words; None: there is nothing left to say."""
    if claimed.telegram_id is None:
        return None
    report, about = None, _about(session, claimed)
    if about is not None:
        report = describe(session, report_id=about, person_id=claimed.person_id)
        if "attachments" in claimed.facts:
            report = _only(session, report, claimed.facts["attachments"])
        elif report.photos and not claimed.message.is_edit:
            report = _but_told_later(session, report, claimed)
        elif report.follows_id is not None and claimed.message in _TO_OFFICERS:
            report = replace(report, photos=_first_pictures(session, report.follows_id))
    late, many = _late(session, claimed, now=now)
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


def _about(session: Session, claimed: Claimed) -> int | None:
    """The report's number; that of an emergency may have moved since it was written."""
    emergency = session.get(Emergency, claimed.facts["emergency"]) if "emergency" in claimed.facts else None
    return claimed.report_id if emergency is None else emergency.report_id


def _emergency(session: Session, claimed: Claimed) -> EmergencyRecord | None:
    if "emergency" not in claimed.facts:
        return None
    return team_briefs.emergency(session, emergency_id=claimed.facts["emergency"], person_id=claimed.person_id)


def report_for(session: Session, *, report_id: int, person_id: int) -> ReportRecord:
    """A report as this person may see it; one that was merged as the one in which it goes on.

    Raises:
        NoSuchReport: there is none, or he neither filed nor follows it, was not asked about it, and is neither of the
            desk nor lead of its community.
    """
    record = described = describe(session, report_id=report_id, person_id=person_id)
    if record.merged_into_id is not None:
        described = describe(session, report_id=record.merged_into_id, person_id=person_id)
    if not (_concerns(record, person_id) or _concerns(described, person_id)):
        roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
        is_lead = Role.LEAD in roles and leads(session, report_id=report_id, person_id=person_id)
        if not (roles & {Role.ADMIN, Role.DESK} or is_lead):
            raise NoSuchReport(report_id=report_id)
    return described if described is record else replace(described, came_as=record.id)


def _concerns(record: ReportRecord, person_id: int) -> bool:
    is_asked = record.my_offer is not None or record.officer_id == person_id
    return record.is_mine or record.follows or is_asked


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
    merged = _merged_into(session, ids)
    photos, events = _photos_of(session, ids), _events_of(session, ids, merged)
    own = {one.merged_into_id: one.id for one in merged if one.reporter_id == person_id}
    records = [
        _record(session, row, photos=photos[row.Report.id], events=events[row.Report.id], person_id=person_id)
        for row in rows
    ]
    return [replace(one, came_as=own[one.id]) if one.id in own else one for one in records]


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
        accepted_at=report.accepted_at,
        ended_at=report.ended_at,
        is_half_gone=report.step > 0,
        waiting_for=report.waiting_for,
        waiting_until=report.waiting_until,
        photos=tuple(_photo(photo) for photo in photos),
        events=tuple(
            EventRecord(
                event.kind,
                event.at,
                by_reporter=event.by_id == report.reporter_id,
                facts=event.facts or {},
                report_id=event.report_id,
                is_mine=event.by_id == person_id,
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
        may_follow_again=bool(row.may_follow_again),
        my_offer=row.my_offer,
        my_level=row.my_level,
        tasks=team_briefs.tasks(session, report_id=report.id) if row.has_tasks else (),
        emergency_id=row.emergency_id,
        decide_by=decide_by,
        merged_into_id=report.merged_into_id,
        maybe_same_id=report.maybe_same_id if _may_be_asked_about(row) else None,
    )


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


def _photos_of(session: Session, report_ids: Sequence[int]) -> dict[int | None, list[Attachment]]:
    """By report: before, then after, each in the order of sending. After is the newest fix, which others may share.

    The same file sent twice, by whomever, is shown once before and once after.
    """
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
            if not any(_is_same_file(one, photo) for one in found[report_id]):
                found[report_id].append(photo)
    return found


def _is_same_file(one: Attachment, other: Attachment) -> bool:
    return one.media_hash is not None and (one.stage, one.media_hash) == (other.stage, other.media_hash)


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


def my_reports(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of a person's reports, and those that he follows, newest first; and how many pages there are.

    Beyond the last one is the last.
    """
    followed = select(Follower.report_id).where(Follower.person_id == person_id)
    mine = or_(Report.reporter_id == person_id, Report.id.in_(followed))
    pages = _pages(session.scalar(select(func.count(Report.id)).where(mine)) or 0)
    page = min(page, pages - 1)
    chosen = _ROWS.where(mine).order_by(Report.id.desc()).limit(PAGE).offset(page * PAGE)
    return _describe_all(session, chosen, person_id=person_id), pages


def my_cases(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of an officer's open cases (his, offered to him, his to decide), most pressing first; pages in all.

    The order is that of the deadlines, where each further person affected counts like half an hour less. A page beyond
    the last one is the last: the list may have become shorter since its buttons were shown.
    """
    ids = cases_in_order(session, person_id=person_id)
    pages = _pages(len(ids))
    page = min(page, pages - 1)
    shown = ids[page * PAGE : (page + 1) * PAGE]
    records = {one.id: one for one in _describe_all(session, _ROWS.where(Report.id.in_(shown)), person_id=person_id)}
    return [records[one] for one in shown], pages


def cases_in_order(session: Session, *, person_id: int) -> list[int]:
    """An officer's open cases, the most pressing first, as `my_cases` says.

    Four looks, each by an index of its own (one that has an `or` over two tables reads all reports there are); put in
    order here, as few are open with one person, and databases differ in how they reckon with moments.
    """
    found = {
        row.id: _pressing_at(row)
        for one in (_HELD, _OFFERED, _RAISED, _TO_DECIDE)
        for row in one.all(session, person_id=person_id)
    }
    return sorted(found, key=lambda one: (found[one], one))


def _pressing_at(row: Any) -> datetime:
    deadline: datetime = row.accept_by if row.status is Status.OPEN else row.resolve_by
    sooner: timedelta = A_PERSON * (row.affected - 1)
    return deadline - sooner


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


def _late(session: Session, claimed: Claimed, *, now: datetime) -> tuple[tuple[ReportRecord, ...], int]:
    """What the list says that is about to be sent: what is overdue with an officer, or late of a reporter's reports."""
    if claimed.message is Message.OVERDUE:
        return _overdue(session, claimed.person_id, now=now)
    if claimed.message is not Message.LATE or "late" not in claimed.facts:
        return (), 0
    ids = sorted({report_id for report_id, _ in claimed.facts["late"]})
    is_late = or_(
        (Report.status == Status.OPEN) & (Report.accept_by <= now),
        (Report.status == Status.ACCEPTED) & (Report.resolve_by <= now),
    )
    still = session.scalars(select(Report.id).where(Report.id.in_(ids), is_late).order_by(Report.id)).all()
    return tuple(describe(session, report_id=one, person_id=claimed.person_id) for one in still[:LISTED]), len(still)


def _overdue(session: Session, person_id: int, *, now: datetime) -> tuple[tuple[ReportRecord, ...], int]:
    """What is overdue with a person (his, offered or raised to him): the oldest ones, and how many there are."""
    to_accept = (Report.status == Status.OPEN) & (Offer.state == OfferState.OFFERED) & (Report.accept_by <= now)
    to_fix = (Report.status == Status.ACCEPTED) & (Report.resolve_by <= now) & Report.paused_at.is_(None)
    raised = (Report.officer_id == person_id) | (Offer.state == OfferState.RAISED)
    asked = (Report.responsible_id == person_id) | (Offer.state == OfferState.RAISED)
    to_decide = (Report.status == Status.REVIEW) & asked & (Report.step >= DEADLINE)
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


def _first_pictures(session: Session, report_id: int) -> tuple[Photo, ...]:
    """How it looked the first time: shown as long as there is no picture of how it broke again."""
    found = _photos_of(session, [report_id])[report_id]
    return tuple(_photo(photo) for photo in found if photo.stage is Stage.BEFORE)


def _but_told_later(session: Session, report: ReportRecord, claimed: Claimed) -> ReportRecord:
    """The report without the pictures that came when this message was on its way: a later one shows them.

    That one is written in the transaction of its pictures, so it is looked for after them: who sees a picture sees it.
    """
    later = select(OutboxMessage.facts).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id == claimed.person_id,
        OutboxMessage.message == Message.PHOTOS,
        OutboxMessage.id > claimed.id,
        OutboxMessage.state != OutboxState.DISCARDED,
    )
    ids = [one for facts in session.scalars(later) for one in (facts or {})["attachments"]]
    if not ids:
        return report
    told = set(session.scalars(select(Attachment.file_id).where(Attachment.id.in_(ids))))
    return replace(report, photos=tuple(photo for photo in report.photos if photo.file_id not in told))
