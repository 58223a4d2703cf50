"""Codes in the hands of a shop: scanned from the picture, or typed. Whoever types too many wrong ones has to wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.merchants import programme, redemptions, staff, till
from services.merchants.errors import CodeExpired, CodesPaused, CodeUnknown, NotStaff, OwnCode
from storage.kinds import Deed
from storage.merchant_records import RedemptionRecord, Wrong
from storage.points_kinds import RedemptionState
from storage.schema import Merchant, Redemption, WrongCodes

LATELY = timedelta(hours=1)
"""A code that was over before that is as good as unknown."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code that waits to be taken."""

    redemption: RedemptionRecord


def scanned(session: Session, *, person_id: int, token: str, now: datetime) -> RedemptionRecord:
    """What a picture is for, for somebody of the shop.

    Raises:
        CodeUnknown: there is no such picture.
        NotStaff, OtherShop: it is worthless to him.
        OwnCode, CodeTaken, CodeUndone, CodeExpired, CodeCancelled: it cannot be taken.
    """
    found = session.scalar(select(Redemption).where(Redemption.token == token))
    if found is None:
        raise CodeUnknown
    if found.person_id != person_id:
        staff.require(session, person_id=person_id, merchant_id=found.merchant_id)
    till.check(found, person_id=person_id, now=now)
    return redemptions.load(session, found.id)


def typed(session: Session, *, person_id: int, code: str, now: datetime) -> Found | Wrong:
    """What six digits are for, if they are of a code that waits at one of the person's shops; else a wrong one more.

    Raises:
        NotStaff: he works at no shop.
        CodesPaused: he has typed too many wrong ones; ``minutes`` to wait.
        OwnCode: it is his own, of whatever shop.
        CodeTaken, CodeUndone, CodeExpired, CodeCancelled: it was one of the shop's, and cannot be taken.
    """
    shops = staff.shops_of(session, person_id)
    if not shops:
        raise NotStaff
    mine = open_code(session, person_id=person_id, now=now)
    if mine is not None and mine.code == code:
        raise OwnCode
    wrong = _wrong(session, person_id)
    if (until := _paused_until(wrong, now=now)) is not None:
        raise CodesPaused(minutes=-(-int((until - now).total_seconds()) // 60))
    found = _find(session, shops, code, now=now)
    if found is not None:
        till.check(found, person_id=person_id, now=now)
        return Found(redemptions.load(session, found.id))
    return _count(session, wrong, person_id=person_id, shops=shops, code=code, now=now)


def is_meant(session: Session, *, person_id: int, code: str, now: datetime) -> bool:
    """Whether these digits, which may be of something else, are (or were not long ago) a code of one of the person's
    shops, or his own.

    Others are counted as a wrong code without a word, and while he has to wait none is one: who keeps a report open
    guesses no more often than anybody.
    """
    mine = open_code(session, person_id=person_id, now=now)
    if mine is not None and mine.code == code:
        return True
    shops = staff.shops_of(session, person_id)
    wrong = _wrong(session, person_id)
    if not shops or _paused_until(wrong, now=now) is not None:
        return False
    if _find(session, shops, code, now=now) is not None:
        return True
    _count(session, wrong, person_id=person_id, shops=shops, code=code, now=now)
    return False


def _wrong(session: Session, person_id: int) -> WrongCodes | None:
    """What the person has typed in vain, as it is now; nobody else counts meanwhile."""
    return session.get(WrongCodes, person_id, with_for_update=True, populate_existing=True)


def _paused_until(wrong: WrongCodes | None, *, now: datetime) -> datetime | None:
    until = wrong.paused_until if wrong is not None else None
    return until if until is not None and until > now else None


def _find(session: Session, shops: Collection[int], code: str, *, now: datetime) -> Redemption | None:
    """What these digits are, or were not long ago, at one of these shops."""
    return session.scalars(
        select(Redemption)
        .where(Redemption.code == code, Redemption.merchant_id.in_(shops), Redemption.made_at > now - LATELY)
        .order_by(Redemption.id.desc())
        .limit(1)
    ).first()


def waiting(session: Session, *, person_id: int, redemption_id: int) -> RedemptionRecord:
    """A code as its shop's people see it.

    Raises:
        CodeExpired: there is none.
        NotStaff, OtherShop: he does not work there.
    """
    if session.get(Redemption, redemption_id) is None:
        raise CodeExpired
    found = redemptions.load(session, redemption_id)
    staff.require(session, person_id=person_id, merchant_id=found.shop_id)
    return found


def undoable(session: Session, *, person_id: int, redemption_id: int, now: datetime) -> RedemptionRecord:
    """What somebody of the shop may give back, before he is asked whether he means it.

    Raises:
        NotStaff, OtherShop: he does not work there.
        CodeUndone, CodeExpired, CodeCancelled, TooLateToUndo: it cannot be given back.
    """
    found = waiting(session, person_id=person_id, redemption_id=redemption_id)
    till.check_undo(session.get_one(Redemption, redemption_id), now=now)
    return found


def _count(
    session: Session, wrong: WrongCodes | None, *, person_id: int, shops: list[int], code: str, now: datetime
) -> Wrong:
    limits = programme.till()
    if wrong is None:
        wrong = WrongCodes(person_id=person_id, count=0, since=now)
        session.add(wrong)
    elif now - wrong.since > limits.within or wrong.paused_until is not None:
        wrong.count, wrong.since, wrong.paused_until = 0, now, None
    wrong.count += 1
    session.flush()
    if wrong.count < limits.wrong:
        return Wrong(code, limits.wrong - wrong.count)
    wrong.paused_until = now + limits.pause
    session.flush()
    facts: dict[str, Any] = {"person": person_id, "wrong": limits.wrong, "minutes": programme.minutes(limits.pause)}
    owners = [one for one in staff.owners(session, shops) if one != person_id]
    if owners:
        notices.codes_guessed(session, owners, facts=facts, now=now)
    else:
        named = session.scalars(select(Merchant.code).where(Merchant.id.in_(shops)).order_by(Merchant.code)).all()
        facts["shops"] = ", ".join(named)
        notices.codes_guessed(session, people.administrators(session), facts=facts, now=now)
    audit.note(session, Deed.CODES_GUESSED, by=person_id, facts={"shops": shops}, now=now)
    return Wrong(code, 0, wrong.paused_until, programme.minutes(limits.pause))


def open_code(session: Session, *, person_id: int, now: datetime) -> RedemptionRecord | None:
    """The code that somebody shows just now."""
    is_open = (Redemption.state == RedemptionState.OPEN) & (Redemption.expires_at > now)
    found = session.scalar(select(Redemption.id).where(Redemption.person_id == person_id, is_open))
    return redemptions.load(session, found) if found is not None else None
