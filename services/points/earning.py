"""Who earns what, by the rules of `data/points.toml`; each earning is told at once.

Nothing is earned for what never was a confirmed fix (withdrawn, rejected, merged), nor by who fixed it himself.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import distance, followers, nearby, notices, worktime
from services.points import accounts, ledger, purse
from services.points.accounts import owed
from services.points.accounts import purse as purse_of
from services.points.ledger import About
from storage.kinds import EventKind
from storage.points_kinds import AccountKind, Reason
from storage.points_records import EarningRules
from storage.records import number
from storage.schema import Account, Entry, Event, Report, Transfer

FILE = Path(__file__).parents[2] / "data" / "points.toml"
BY_RULE = (Reason.REPORT, Reason.FOLLOWER, Reason.ANSWER, Reason.ACTIVITY, Reason.PLACE)
"""What the limit of a day counts."""


class Limit(StrEnum):
    """Why less was earned than the rules give."""

    DAY = "day"
    PLACE = "place"
    OWN = "own"  # the same person has earned for the same thing already


@dataclass(frozen=True, slots=True)
class Due:
    """What the rules give to somebody."""

    reason: Reason
    amount: int


@cache
def rules() -> EarningRules:
    """The rules of this county."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    most = table["most"]
    return EarningRules(
        **table["earn"],
        **table["by_hand"],
        person_day=most["person_day"],
        place=most["place"],
        place_metres=most["place_metres"],
        place_days=most["place_days"],
    )


def told(session: Session) -> EarningRules:
    """The rules, for who asks how to earn."""
    return rules()


def confirmed(session: Session, report: Report, *, now: datetime) -> None:
    """The fix of a report, which is locked, is confirmed: its reporter and the first followers earn, each once."""
    hold_place(session, report)
    due = _due(session, report)
    purse.lock(session, due)
    for person_id in sorted(due, key=accounts.order):
        _give(session, person_id, due[person_id], report=report, now=now)


def hold_place(session: Session, report: Report) -> None:
    """Let nothing else be earned near a report, which is locked, until this transaction ends: what a place has brought
    is limited.

    Of one report only, and before service places and purses: no deadlock.
    """
    nearby.hold(session, (report.latitude, report.longitude), metres=rules().place_metres)


def for_hours(
    session: Session, person_id: int, *, hours: int, key: str, words: str, by: int | None, now: datetime
) -> None:
    """Somebody helped at an activity (``words``: which) for so many whole hours; ``key`` names the deed."""
    purse.lock(session, [person_id])
    due = Due(Reason.ACTIVITY, rules().activity_hour * hours)
    _give(session, person_id, [due], key=key, by=by, words=words, now=now)


def for_a_place(session: Session, person_id: int, *, key: str, now: datetime) -> None:
    """Somebody said, after a visit, whether what we say of a place is right.

    The ledger is kept for ever, and must not tell where people were. So the transfer names no place, and ``key`` is of
    the visit's number alone: its row, which knows the place, is deleted a day later.
    """
    purse.lock(session, [person_id])
    _give(session, person_id, [Due(Reason.PLACE, rules().confirm_place)], key=key, now=now)


def by_hand(session: Session, person_id: int, amount: int, *, key: str, words: str, by: int, now: datetime) -> None:
    """An administrator gives points for this reason; no limit of a day stands in the way."""
    owes = _standing(session, person_id)["owed"]
    about = About(Reason.CREDIT, person_id, by_id=by, words=words)
    if purse.earn(session, person_id, amount, key=key, about=about, now=now).is_new:
        standing = _standing(session, person_id)
        facts = {"earned": {str(Reason.CREDIT): amount}, "paid": owes - standing["owed"], "words": words, **standing}
        notices.points_earned(session, person_id, None, facts, now=now)


def found_false(session: Session, report_id: int, *, by: int | None, now: datetime) -> None:
    """What a report brought is taken back; each is told."""
    taken: dict[int, int] = defaultdict(int)
    for person_id, amount in purse.take_back(session, report_id, by=by, now=now):
        taken[person_id] += amount
    for person_id, amount in taken.items():
        facts = {"taken": amount, **_standing(session, person_id)}
        notices.points_taken(session, person_id, report_id, facts, now=now)


def _due(session: Session, report: Report) -> Mapping[int, Sequence[Due]]:
    """What each gets, if there were no limits."""
    gives = rules()
    due = {report.reporter_id: [Due(Reason.REPORT, gives.urgent_report if report.is_urgent else gives.report)]}
    answered = select(Event.id).where(
        Event.report_id == report.id, Event.kind == EventKind.ANSWERED, Event.by_id == report.reporter_id
    )
    if session.scalar(answered.limit(1)) is not None:
        due[report.reporter_id].append(Due(Reason.ANSWER, gives.answer))
    others = [one for one in followers.of(session, report) if one != report.officer_id]
    due |= {one: [Due(Reason.FOLLOWER, gives.follower)] for one in others[: gives.followers]}
    return {person: what for person, what in due.items() if person != report.officer_id}


def _give(
    session: Session,
    person_id: int,
    due: Sequence[Due],
    *,
    report: Report | None = None,
    key: str | None = None,
    by: int | None = None,
    words: str | None = None,
    now: datetime,
) -> None:
    """As much of it as the limits leave, and say so. Earned before under the same key: nothing."""
    owes = _standing(session, person_id)["owed"]
    earned: dict[str, int] = {}
    limits: dict[str, object] = {}
    for one in due:
        named = key or f"{one.reason}:{report.id if report is not None else ''}:{person_id}"
        if ledger.is_done(session, named):
            continue
        amount = one.amount
        for limit, room, more in _rooms(session, person_id, one, report, now=now):
            if room < amount:
                amount, limits = max(0, room), {"limit": limit, **more}
        if amount:
            about = About(one.reason, person_id, by_id=by, report_id=report.id if report else None, words=words)
            purse.earn(session, person_id, amount, key=named, about=about, now=now)
            earned[one.reason] = amount
    if earned or limits:
        standing = _standing(session, person_id)
        facts = {"earned": earned, "paid": owes - standing["owed"], "words": words, **limits, **standing}
        notices.points_earned(session, person_id, report, facts, now=now)


def _rooms(
    session: Session, person_id: int, due: Due, report: Report | None, *, now: datetime
) -> Iterator[tuple[Limit, int, dict[str, object]]]:
    """What each limit leaves, and what else is to be said of it."""
    if due.reason is Reason.REPORT and report is not None:
        own = _own_before(session, report)
        if own is not None:
            yield Limit.OWN, 0, {"other": number(own)}
        yield Limit.PLACE, rules().place - _earned_near(session, report, now=now), {}
    yield Limit.DAY, rules().person_day - _earned_today(session, person_id, now=now), {"most": rules().person_day}


def _own_before(session: Session, report: Report) -> int | None:
    """A report of the same person and category, near and filed at about the same time, that has brought points."""
    nearness = nearby.of(session)
    span = timedelta(hours=nearness.hours)
    earned = select(Transfer.id).where(Transfer.report_id == Report.id, Transfer.reason == Reason.REPORT)
    found = session.execute(
        select(Report.id, Report.latitude, Report.longitude)
        .where(
            Report.reporter_id == report.reporter_id,
            Report.id != report.id,
            Report.category == report.category,
            Report.filed_at.between(report.filed_at - span, report.filed_at + span),
            earned.exists(),
        )
        .order_by(Report.id)
    )
    return next((row.id for row in found if _apart(report, row) <= nearness.metres), None)


def _earned_near(session: Session, report: Report, *, now: datetime) -> int:
    """Points that reports at this place, also others', have brought lately."""
    gives, place = rules(), (report.latitude, report.longitude)
    found = session.execute(
        select(Report.latitude, Report.longitude, -Entry.amount)
        .join(Transfer, Transfer.report_id == Report.id)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, (Account.id == Entry.account_id) & (Account.kind == AccountKind.ISSUANCE))
        .where(
            Report.cell.in_(nearby.cells_around(place, metres=gives.place_metres)),
            Transfer.reason == Reason.REPORT,
            Transfer.at > now - timedelta(days=gives.place_days),
        )
    )
    return sum(row[2] for row in found if _apart(report, row) <= gives.place_metres)


def _earned_today(session: Session, person_id: int, *, now: datetime) -> int:
    """By the rules, since midnight in the county."""
    local = now.astimezone(worktime.of(session).zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    earned = session.scalar(
        select(func.sum(Entry.amount))
        .join(Transfer, Transfer.id == Entry.transfer_id)
        .join(Account, (Account.id == Entry.account_id) & (Account.kind == AccountKind.ISSUANCE))
        .where(Transfer.person_id == person_id, Transfer.at >= midnight, Transfer.reason.in_(BY_RULE))
    )
    return -int(earned or 0)  # PostgreSQL sums to a Decimal


def _apart(report: Report, row: object) -> float:
    there = (row.latitude, row.longitude)  # type: ignore[attr-defined]
    return distance.metres((report.latitude, report.longitude), there)


def _standing(session: Session, person_id: int) -> dict[str, int]:
    """What somebody can spend, and what he owes."""
    return {
        "balance": ledger.balance(session, purse_of(person_id)),
        "owed": -ledger.balance(session, owed(person_id)),
    }
