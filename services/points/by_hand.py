"""Points that an administrator gives by hand, with a reason; above a limit a second one confirms them.

What counts against the limit is all that one gives to one person within a day, so that it is not passed in parts.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.errors import NotAllowed
from services.points import earning, purse
from services.points.errors import CreditOver, CreditOwn, CreditUnclear, NobodyToConfirm, NoSuchPerson
from services.words import clean
from storage.kinds import Deed, Role
from storage.points_kinds import CreditState
from storage.points_records import CreditRecord
from storage.records import number
from storage.schema import Credit, OutboxMessage, Person, PersonRole, Report

MOST_WORDS = 200
DAY = timedelta(days=1)
_TYPED = re.compile(
    r"(?P<kind>[DP])\s*-?\s*(?P<number>\d{1,9})[\s,，、;；]+(?P<points>\d{1,9})\s*(?:points?|分|积分)?[\s,，、;；:：]+(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)


def check(session: Session, *, person_id: int, now: datetime) -> None:
    """Whether the person may give points.

    Raises:
        NotAllowed: he is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)


def propose(session: Session, *, person_id: int, text: str, now: datetime) -> CreditRecord:
    """Read what an administrator has typed: a report's or a person's number, points, what for. Nothing is given yet.

    Raises:
        NotAllowed: the person is no administrator.
        CreditUnclear: it cannot be read, or it is none, or more than `EarningRules.credit`.
        NoSuchPerson: there is no such report or person.
        CreditOwn: it would be himself.
        NobodyToConfirm: it takes a second administrator, and there is none.
        NoWords, WordsTooLong: of the reason.
    """
    check(session, person_id=person_id, now=now)
    rules, found = earning.rules(), _TYPED.fullmatch(text.strip())
    amount = int(found["points"]) if found is not None else 0
    if found is None or not 1 <= amount <= rules.credit:
        raise CreditUnclear(most=rules.credit)
    to, report_id = _whom(session, found["kind"].upper(), int(found["number"]))
    if to == person_id:
        raise CreditOwn
    one = Credit(
        person_id=to,
        report_id=report_id,
        amount=amount,
        words=clean(found["words"], most=MOST_WORDS),
        by_id=person_id,
        made_at=now,
        state=CreditState.DRAFT,
        expires_at=now + timedelta(hours=rules.credit_waits),
    )
    session.add(one)
    session.flush()
    if _needs_second(session, one, now=now) and not _others(session, one):
        raise NobodyToConfirm(most=rules.credit_alone)
    return _record(session, one, person_id=person_id, now=now)


def give(session: Session, *, credit_id: int, person_id: int, now: datetime) -> CreditRecord:
    """Give it, or ask the other administrators.

    Raises:
        NotAllowed: another has typed it, or the person is an administrator no more.
        CreditOver: it was given before, or a day has passed.
    """
    check(session, person_id=person_id, now=now)
    one = _load(session, credit_id)
    if one.by_id != person_id:
        raise NotAllowed
    if one.state is not CreditState.DRAFT or one.expires_at <= now:
        raise CreditOver
    purse.lock(session, [one.person_id])
    if not _needs_second(session, one, now=now):
        _pay(session, one, by=person_id, now=now)
        return _record(session, one, person_id=person_id, now=now)
    others = _others(session, one)
    if not others:
        raise NobodyToConfirm(most=earning.rules().credit_alone)
    one.state = CreditState.WAITING
    one.expires_at = now + timedelta(hours=earning.rules().credit_waits)
    _note(session, Deed.CREDIT_ASKED, one, by=person_id, now=now)
    notices.credit_asked(session, others, one.id, now=now)
    return _record(session, one, person_id=person_id, now=now)


def decide(session: Session, *, credit_id: int, person_id: int, is_confirmed: bool, now: datetime) -> CreditRecord:
    """A second administrator confirms it, or not; who wanted to give it hears.

    Raises:
        NotAllowed: the person is no administrator, or it is he who wants to give it, or gets it.
        CreditOver: another was first, or its time is over.
    """
    check(session, person_id=person_id, now=now)
    one = _load(session, credit_id)
    if person_id in (one.by_id, one.person_id):
        raise NotAllowed
    if one.state is not CreditState.WAITING or one.expires_at <= now:
        raise CreditOver
    if is_confirmed:
        _pay(session, one, by=person_id, now=now)
    else:
        one.state, one.decided_by_id, one.decided_at = CreditState.REFUSED, person_id, now
        _note(session, Deed.CREDIT_REFUSED, one, by=person_id, now=now)
    _tell(session, one, now=now)
    return _record(session, one, person_id=person_id, now=now)


def expire(session: Session, *, now: datetime, most: int = 50) -> int:
    """What nobody has confirmed in time is over, and who wanted to give it hears; return how many there were."""
    due = session.scalars(
        select(Credit)
        .where(Credit.state == CreditState.WAITING, Credit.expires_at <= now)
        .order_by(Credit.expires_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    for one in due:
        one.state, one.decided_at = CreditState.EXPIRED, now
        _note(session, Deed.CREDIT_EXPIRED, one, by=None, now=now)
        _tell(session, one, now=now)
    return len(due)


def load(session: Session, *, credit_id: int, person_id: int, now: datetime) -> CreditRecord:
    """It, as it is now, for one of the administrators."""
    return _record(session, session.get_one(Credit, credit_id), person_id=person_id, now=now)


def shown(session: Session, row: OutboxMessage, sent: Sequence[int], *, now: datetime) -> None:
    """The question has reached an administrator; if it is settled meanwhile, it says so at once.

    Locked, as who settles it just now must see that the question is out.
    """
    one = _load(session, (row.facts or {})["credit"])
    if one.state is not CreditState.WAITING:
        notices.credit_over(session, row.person_id, one.id, sent[-1], now=now)


def _tell(session: Session, one: Credit, *, now: datetime) -> None:
    """Who wanted to give it hears what became of it, and whoever was asked sees it where he was asked."""
    session.flush()
    notices.credit_decided(session, one.by_id, one.id, now=now)
    notices.credit_settled(session, _others(session, one), one.id, now=now)


def _pay(session: Session, one: Credit, *, by: int, now: datetime) -> None:
    one.state, one.decided_by_id, one.decided_at = CreditState.GIVEN, by, now
    key = f"credit:{one.id}"
    earning.by_hand(session, one.person_id, one.amount, key=key, words=one.words, by=one.by_id, now=now)
    _note(session, Deed.CREDITED, one, by=by, now=now)


def _whom(session: Session, kind: str, which: int) -> tuple[int, int | None]:
    """The person, and the report by which he was named."""
    if kind == "D":
        report = session.get(Report, which)
        if report is None:
            raise NoSuchPerson(code=number(which))
        return report.reporter_id, report.id
    if session.get(Person, which) is None:
        raise NoSuchPerson(code=f"P-{which}")
    return which, None


def _needs_second(session: Session, one: Credit, *, now: datetime) -> bool:
    given = session.scalar(
        select(func.sum(Credit.amount)).where(
            Credit.by_id == one.by_id,
            Credit.person_id == one.person_id,
            (Credit.state == CreditState.WAITING)
            | ((Credit.state == CreditState.GIVEN) & (Credit.decided_at > now - DAY)),  # a draft may be a day old
        )
    )
    return int(given or 0) + one.amount > earning.rules().credit_alone


def _others(session: Session, one: Credit) -> list[int]:
    """The administrators who may confirm it: neither who wants to give it nor who gets it."""
    others = select(PersonRole.person_id).where(
        PersonRole.role == Role.ADMIN, PersonRole.person_id.not_in((one.by_id, one.person_id))
    )
    return list(session.scalars(others.order_by(PersonRole.person_id)))


def _load(session: Session, credit_id: int) -> Credit:
    """It, as it is now; nobody else changes it meanwhile."""
    found = session.scalar(
        select(Credit).where(Credit.id == credit_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise CreditOver
    return found


def _note(session: Session, deed: Deed, one: Credit, *, by: int | None, now: datetime) -> None:
    facts = {"points": one.amount, "words": one.words, "credit": one.id}
    audit.note(session, deed, by=by, person_id=one.person_id, report_id=one.report_id, facts=facts, now=now)


def _record(session: Session, one: Credit, *, person_id: int, now: datetime) -> CreditRecord:
    return CreditRecord(
        id=one.id,
        to=number(one.report_id) if one.report_id is not None else f"P-{one.person_id}",
        amount=one.amount,
        words=one.words,
        state=one.state,
        by_name=_name(session, one.by_id) or "",
        decided_by=_name(session, one.decided_by_id if one.decided_by_id != one.by_id else None),
        expires_at=one.expires_at,
        is_mine=one.by_id == person_id,
        needs_second=one.state is CreditState.DRAFT and _needs_second(session, one, now=now),
    )


def _name(session: Session, person_id: int | None) -> str | None:
    person = session.get(Person, person_id) if person_id is not None else None
    return (person.known_as or person.name) if person is not None else None
