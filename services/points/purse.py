"""What a person has: earning, putting aside for a shop, getting it back, what is taken back, what lapses.

A person never has less than nothing. What is taken back beyond what he has is owed, and the next points
pay it first, whether he earns them or they come back.
"""

from calendar import isleap
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services import worktime
from services.points import ledger, lots
from services.points.accounts import Name, common, held, order, owed, purse
from services.points.errors import HoldEnded
from services.points.ledger import About, Posted
from storage.points_kinds import AccountKind, HoldState, Reason
from storage.prepared import Prepared
from storage.schema import Account, Entry, Hold, Lot, Transfer

RATE = "fen a point: "
"""What the words of a capture begin with."""
KEEPS = 2
"""So many years of the calendar points can be spent: 24 months."""

_lot, _account = Lot.__table__.c, Account.__table__.c
_LAPSED = Prepared(
    select(_lot.id, _lot.left, _account.person_id)
    .join(Account.__table__, _account.id == _lot.account_id)
    .where(_lot.lapses_at <= bindparam("now", type_=_lot.lapses_at.type), _lot.left > 0)
    .order_by(_lot.lapses_at)
    .limit(bindparam("most"))
)


def earn(session: Session, person_id: int, amount: int, *, key: str, about: About, now: datetime) -> Posted:
    """Give points to somebody; what he owes is paid with them first.

    Args:
        session: of the transaction of what he earns them for.
        person_id: to whom.
        amount: above zero.
        key: names the deed: nothing is earned for it twice.
        about: what for.
        now: when; they can be spent as `spendable_until` says.
    """
    ledger.lock(session, purse(person_id))
    paid = min(-ledger.balance(session, owed(person_id)), amount)
    mine = purse(person_id)
    moves = {common(AccountKind.ISSUANCE, person_id): -amount, owed(person_id): paid, mine: amount - paid}
    posted = ledger.post(session, key=key, about=about, moves=moves, now=now)
    if posted.is_new:
        gained = amount - paid
        ends = spendable_until(now, zone=worktime.of(session).zone)
        lots.add(session, purse=mine.key, transfer_id=posted.id, amount=gained, now=now, lapses_at=ends)
    return posted


def spendable_until(earned: datetime, *, zone: ZoneInfo) -> datetime:
    """The same day and time 24 months later, by the county's calendar; of 29 February: 28 where there is no 29."""
    local = earned.astimezone(zone)
    year = local.year + KEEPS
    day = 28 if (local.month, local.day) == (2, 29) and not isleap(year) else local.day
    return local.replace(year=year, day=day).astimezone(UTC)


def lock(session: Session, people: Iterable[int]) -> None:
    """Let nobody else change what these people have until this transaction ends."""
    for person_id in sorted(people):  # always in one order: no deadlock
        ledger.lock(session, purse(person_id))


def put_aside(
    session: Session,
    person_id: int,
    amount: int,
    *,
    key: str,
    lapses_at: datetime,
    now: datetime,
    words: str | None = None,
) -> Hold:
    """Put points aside until then, for who `capture`s them; ``words`` say for whom.

    Raises:
        NotEnough: he has less.
    """
    ledger.lock(session, purse(person_id))  # before what is held, as who gives back does: no deadlock
    moves = {purse(person_id): -amount, held(person_id): amount}
    about = About(Reason.HOLD, person_id, by_id=person_id, words=words)
    posted = ledger.post(session, key=key, about=about, moves=moves, now=now)
    if not posted.is_new:
        return session.scalars(select(Hold).where(Hold.transfer_id == posted.id)).one()
    lots.take(session, purse=purse(person_id).key, transfer_id=posted.id, amount=amount)
    hold = Hold(
        transfer_id=posted.id,
        person_id=person_id,
        amount=amount,
        state=HoldState.HELD,
        made_at=now,
        lapses_at=lapses_at,
    )
    session.add(hold)
    session.flush()
    return hold


def capture(
    session: Session, hold_id: int, into: Name, *, fen_a_point: int | None = None, by: int | None, now: datetime
) -> Hold:
    """Give what was put aside to whom it was meant for, who is paid so much for a point.

    Raises:
        HoldEnded: it was captured or released before, or its time is over.
    """
    hold = _load(session, hold_id)
    if hold.state is not HoldState.HELD or hold.lapses_at <= now:
        raise HoldEnded(state=hold.state)
    moves = {held(hold.person_id): -hold.amount, into: hold.amount}
    words = None if fen_a_point is None else at_rate(fen_a_point)
    about = About(Reason.CAPTURE, hold.person_id, by_id=by, words=words)
    ledger.post(session, key=f"capture:{hold.id}", about=about, moves=moves, now=now)
    hold.state, hold.ended_at = HoldState.CAPTURED, now
    return hold


def at_rate(fen_a_point: int) -> str:
    """The words of a capture, which say what a point is worth: so they are sealed with it."""
    return f"{RATE}{fen_a_point}"


def release(session: Session, hold_id: int, *, by: int | None, now: datetime) -> Hold:
    """Give back what was put aside.

    Raises:
        HoldEnded: it was captured or released before.
    """
    hold = _load(session, hold_id)
    if hold.state is not HoldState.HELD:
        raise HoldEnded(state=hold.state)
    _give_back(session, hold, held(hold.person_id), reason=Reason.RELEASE, by=by, now=now)
    hold.state, hold.ended_at = HoldState.RELEASED, now
    return hold


def undo(session: Session, hold_id: int, from_: Name, *, by: int | None, now: datetime) -> Hold:
    """Give back what was captured.

    Raises:
        HoldEnded: it was not captured, or undone before.
        NotEnough: who captured it no longer has it.
    """
    hold = _load(session, hold_id)
    if hold.state is not HoldState.CAPTURED:
        raise HoldEnded(state=hold.state)
    _give_back(session, hold, from_, reason=Reason.UNDO, by=by, now=now)
    hold.state = HoldState.UNDONE
    return hold


def release_due(session: Session, *, now: datetime, most: int = 100) -> list[Hold]:
    """Release what nobody has captured in time; return it."""
    due = session.scalars(
        select(Hold)
        .where(Hold.state == HoldState.HELD, Hold.lapses_at <= now)
        .order_by(Hold.lapses_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    lock(session, {hold.person_id for hold in due})
    return [release(session, hold.id, by=None, now=now) for hold in due]


def take_back(session: Session, report_id: int, *, by: int | None, now: datetime) -> list[tuple[int, int]]:
    """What was earned for a report is taken back: it was found false. Return the people and how much each.

    Once for each earning, however often it is asked for.
    """
    found = session.execute(
        select(Transfer.id, Transfer.person_id, -Entry.amount)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, (Account.id == Entry.account_id) & (Account.kind == AccountKind.ISSUANCE))
        .where(Transfer.report_id == report_id, Transfer.reason.in_((Reason.REPORT, Reason.FOLLOWER, Reason.ANSWER)))
        .order_by(Transfer.id)
    ).all()
    earned = [(person_id, transfer_id, amount) for transfer_id, person_id, amount in found if person_id is not None]
    lock(session, {person_id for person_id, _, _ in earned})
    taken = []
    for person_id, transfer_id, amount in sorted(earned, key=lambda one: order(one[0])):
        mine = purse(person_id)
        has = min(ledger.balance(session, mine), amount)
        about = About(Reason.TAKEN_BACK, person_id, by_id=by, report_id=report_id, reverses_id=transfer_id)
        moves = {mine: -has, owed(person_id): has - amount, common(AccountKind.ISSUANCE, person_id): amount}
        posted = ledger.post(session, key=f"back:{transfer_id}", about=about, moves=moves, now=now)
        if posted.is_new:
            lots.take(session, purse=mine.key, transfer_id=posted.id, amount=has, first_of=transfer_id)
            taken.append((person_id, amount))
    return taken


def lapse_due(session: Session, *, now: datetime, most: int = 100) -> list[tuple[int, int]]:
    """Points whose time is over lapse; return the people and how much of each lot."""
    people = {lot.person_id for lot in _LAPSED.all(session, now=now, most=most)}
    lock(session, people)
    left = _LAPSED.all(session, now=now, most=most)  # as it is now that nobody else can spend it
    due = [lot for lot in left if lot.person_id in people]
    lapsed = []
    for lot in sorted(due, key=lambda one: order(one.person_id)):
        mine = purse(lot.person_id)
        moves = {mine: -lot.left, common(AccountKind.EXPIRED, lot.person_id): lot.left}
        key = f"lapse:{lot.id}:{now.isoformat()}"
        posted = ledger.post(session, key=key, about=About(Reason.LAPSE, lot.person_id), moves=moves, now=now)
        if posted.is_new:  # else the clock stood still: the next look has it
            lots.change(session, {lot.id: lot.left}, transfer_id=posted.id)
            lapsed.append((lot.person_id, lot.left))
    return lapsed


def _give_back(session: Session, hold: Hold, from_: Name, *, reason: Reason, by: int | None, now: datetime) -> None:
    """Back to who had put it aside; what he owes by now is paid with it first."""
    mine = purse(hold.person_id)
    ledger.lock(session, mine)
    paid = min(-ledger.balance(session, owed(hold.person_id)), hold.amount)
    moves = {from_: -hold.amount, owed(hold.person_id): paid, mine: hold.amount - paid}
    words = session.scalar(select(Transfer.words).where(Transfer.id == hold.transfer_id))
    about = About(reason, hold.person_id, by_id=by, words=words)
    posted = ledger.post(session, key=f"{reason}:{hold.id}", about=about, moves=moves, now=now)
    lots.put_back(session, taken_by=hold.transfer_id, transfer_id=posted.id, paid=paid)


def _load(session: Session, hold_id: int) -> Hold:
    """The hold, as it is now; nobody else changes it meanwhile."""
    found = session.scalars(
        select(Hold).where(Hold.id == hold_id).with_for_update().execution_options(populate_existing=True)
    )
    return found.one()
