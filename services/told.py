"""Who was told of a report, and what became of it: the ledger of alerts, for leads, the desk and administrators."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services import briefs, people
from services.errors import NotAllowed
from services.ledger import OF_REPORT
from storage.kinds import Level, OfferState, OutboxState, Role
from storage.records import ReportRecord, ToldRecord
from storage.schema import Offer, OutboxMessage, Person, Report

_LEVELS = list(Level)


def who_was_told(session: Session, *, report_id: int, person_id: int) -> tuple[ReportRecord, tuple[ToldRecord, ...]]:
    """The report, and everybody who was asked about it or what was merged into it, from near to far.

    Raises:
        NoSuchReport: there is none, or the person may not see it.
        NotAllowed: he neither leads its community or town nor is of the desk or an administrator.
    """
    report = briefs.report_for(session, report_id=report_id, person_id=person_id)
    if not oversees(session, report_id=report.id, person_id=person_id):
        raise NotAllowed
    ids = session.scalars(select(Report.id).where(or_(Report.id == report.id, Report.merged_into_id == report.id)))
    return report, _told(session, ids.all())


def oversees(session: Session, *, report_id: int, person_id: int) -> bool:
    """Whether the person leads the report's community or town, or is of the desk or an administrator."""
    roles = people.load_me(session, person_id=person_id).roles
    return bool(roles & {Role.DESK, Role.ADMIN}) or (
        Role.LEAD in roles and briefs.leads(session, report_id=report_id, person_id=person_id)
    )


def _told(session: Session, ids: Sequence[int]) -> tuple[ToldRecord, ...]:
    alerts: dict[int, list[OutboxMessage]] = defaultdict(list)
    noticed = OutboxMessage.report_id.in_(ids) & OutboxMessage.message.in_(OF_REPORT)
    for row in session.scalars(select(OutboxMessage).where(noticed).order_by(OutboxMessage.id)):
        alerts[row.person_id].append(row)
    asked = session.execute(
        select(Offer, func.coalesce(Person.known_as, Person.name).label("name"))
        .join(Person, Person.id == Offer.person_id)
        .where(Offer.report_id.in_(ids))
        .order_by(Offer.report_id.desc())  # of a person who was asked about several that are one now, the first
    )
    found = {row.Offer.person_id: _record(row.Offer, row.name, alerts[row.Offer.person_id]) for row in asked}
    return tuple(sorted(found.values(), key=lambda one: (_LEVELS.index(one.level), one.asked_at)))


def _record(offer: Offer, name: str, alerts: Sequence[OutboxMessage]) -> ToldRecord:
    has_answered = offer.state in (OfferState.ACCEPTED, OfferState.DECLINED)
    out = [row for row in alerts if row.state is OutboxState.DELIVERED]
    return ToldRecord(
        name=name,
        level=offer.level,
        asked_at=_first(row.made_at for row in alerts) or offer.offered_at,
        delivered_at=_first(row.settled_at for row in out),
        opened_at=_first(row.opened_at for row in alerts),
        answered_at=_first(row.answered_at for row in alerts) or (offer.answered_at if has_answered else None),
        passed_on=offer.state is OfferState.DECLINED,
        pushes=len(out),
        waits=any(row.state in (OutboxState.AVAILABLE, OutboxState.CLAIMED) for row in alerts),
        is_lost=offer.state is OfferState.UNREACHABLE or any(row.state is OutboxState.DISCARDED for row in alerts),
        in_list=not alerts,
    )


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
