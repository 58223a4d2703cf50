"""Registered riders: who says that he rides is asked about once, and an administrator confirms it with one tap.

See decision 15. Whoever is registered has a right to the rider's meal (`meals.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.errors import NotAllowed
from services.merchants.errors import NotARider, RiderRefused, RiderWaiting
from storage.kinds import Deed, ReporterKind, Role
from storage.merchant_records import RiderRecord
from storage.points_kinds import RiderState
from storage.records import Me
from storage.schema import OutboxMessage, Person, Rider

AGAIN = timedelta(days=1)
"""So long after they were asked, and nobody has answered, the administrators may be asked once more."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who has said for whom he rides, and whether he is registered."""

    me: Me
    state: RiderState


def choose_platform(session: Session, *, person_id: int, platform: str, now: datetime) -> Said:
    """Note for whom a rider rides; the administrators are asked whether he does, unless they were."""
    me = people.choose_platform(session, person_id=person_id, platform=platform, now=now)
    state = ask(session, person_id=person_id, now=now)
    _show_as_it_is(session, person_id, now=now)
    return Said(me, state)


def choose_team(session: Session, *, person_id: int, team: str, now: datetime) -> Me:
    """Note a rider's team; administrators who are asked about him see it.

    Raises:
        NoWords, WordsTooLong: it is empty or too long.
    """
    me = people.choose_team(session, person_id=person_id, team=team, now=now)
    _show_as_it_is(session, person_id, now=now)
    return me


def forget_team(session: Session, *, person_id: int, now: datetime) -> str | None:
    """The rider has said no team after all; return what stood for it."""
    team = people.forget_team(session, person_id=person_id)
    _show_as_it_is(session, person_id, now=now)
    return team


def ask(session: Session, *, person_id: int, now: datetime) -> RiderState:
    """Ask the administrators about somebody who says that he rides, unless they were asked lately, or have answered.

    Raises:
        NotARider: he does not say so, or not for whom.
    """
    _check_says_so(session, person_id)
    one = _load(session, person_id)
    if one is None:
        one = Rider(person_id=person_id, state=RiderState.WAITING, since=now, asked_at=now)
        session.add(one)
    elif one.state is not RiderState.WAITING or one.asked_at > now - AGAIN:
        return one.state
    one.asked_at = now
    session.flush()
    notices.rider_asked(session, _others(session, person_id), person_id, said=_said(session, person_id), now=now)
    return one.state


def know(session: Session, *, person_id: int, now: datetime) -> None:
    """The county knows that he rides, whoever says so in chat later."""
    session.add(Rider(person_id=person_id, state=RiderState.REGISTERED, since=now, asked_at=now, decided_at=now))
    session.flush()


def check(session: Session, person_id: int) -> None:
    """Whether somebody is a registered rider.

    Raises:
        NotARider: he does not say that he rides, or not for whom.
        RiderWaiting, RiderRefused: no administrator has confirmed it yet; one has said that he does not.
    """
    _check_says_so(session, person_id)
    one = session.get(Rider, person_id, populate_existing=True)
    if one is None or one.state is RiderState.WAITING:
        raise RiderWaiting
    if one.state is RiderState.REFUSED:
        raise RiderRefused


def decide(session: Session, *, rider_id: int, person_id: int, is_confirmed: bool, now: datetime) -> RiderRecord:
    """An administrator says whether somebody rides; he, or another one, may say otherwise later. The rider hears it.

    Raises:
        NotAllowed: he is no administrator, or it is about himself, or about nobody who was asked about.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    one = _load(session, rider_id)
    if one is None or person_id == rider_id:
        raise NotAllowed
    state = RiderState.REGISTERED if is_confirmed else RiderState.REFUSED
    if one.state is not state:
        one.state, one.decided_at, one.decided_by = state, now, person_id
        session.flush()
        deed = Deed.RIDER_REGISTERED if is_confirmed else Deed.RIDER_REFUSED
        audit.note(session, deed, by=person_id, person_id=rider_id, now=now)
        notices.rider_decided(session, rider_id, now=now)
        notices.rider_changed(session, _others(session, rider_id), rider_id, now=now)
    return load(session, rider_id=rider_id)


def load(session: Session, *, rider_id: int) -> RiderRecord:
    """What administrators see of a rider."""
    one, person = session.get_one(Rider, rider_id), session.get_one(Person, rider_id)
    by = session.get(Person, one.decided_by) if one.decided_by is not None else None
    return RiderRecord(
        person_id=rider_id,
        name=person.name,
        platform=person.platform,
        team=person.team,
        since=one.since,
        state=one.state,
        decided_by=(by.known_as or by.name) if by is not None else None,
    )


def shown(session: Session, row: OutboxMessage, sent: Sequence[int], *, now: datetime) -> None:
    """The question is on an administrator's phone; if it is answered meanwhile, or more is said, it says so at once."""
    facts = row.facts or {}
    number, one = facts["rider"], _load(session, facts["rider"])
    if one is None:
        return
    now_said = _said(session, number)
    if one.state is not RiderState.WAITING or facts.get("said", now_said) != now_said:
        notices.rider_over(session, row.person_id, number, sent[-1], now=now)


def _check_says_so(session: Session, person_id: int) -> None:
    person = session.get_one(Person, person_id)
    if person.kind is not ReporterKind.RIDER or not person.platform:
        raise NotARider


def _show_as_it_is(session: Session, person_id: int, *, now: datetime) -> None:
    """Whoever is asked about a rider sees what he has said since then."""
    one = _load(session, person_id)
    if one is not None and one.state is RiderState.WAITING:
        notices.rider_changed(session, _others(session, person_id), person_id, now=now)


def _said(session: Session, person_id: int) -> list[str | None]:
    """For whom he rides, and in which team."""
    person = session.get_one(Person, person_id, populate_existing=True)
    return [person.platform, person.team]


def _others(session: Session, rider_id: int) -> list[int]:
    """The administrators who may say whether he rides."""
    return [one for one in people.administrators(session) if one != rider_id]


def _load(session: Session, person_id: int) -> Rider | None:
    """He, as he is now; nobody else changes it meanwhile."""
    found = select(Rider).where(Rider.person_id == person_id).with_for_update()
    return session.scalar(found.execution_options(populate_existing=True))
