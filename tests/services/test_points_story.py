"""After any sequence of deeds, crashes and repetitions the ledger says what a simple model says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import following, intake
from services.county import County, load
from services.errors import DomainError
from services.points import ledger, purse
from services.points.accounts import Name, held, owed
from services.points.accounts import purse as purse_of
from services.points.ledger import About
from storage.kinds import Language
from storage.points_kinds import AccountKind, HoldState, Reason
from storage.schema import Grid, Person
from tests import county
from tests.moment import NOW
from tests.services import bare_ledger
from tests.services.scene import file, pin
from tests.services.story_runs import Crash, dying, tell_in_memory, tell_on_postgresql, tell_on_sqlite

T = TypeVar("T")
PEOPLE = (1, 2, 3)
SHOPS = (Name(AccountKind.MERCHANT, 1), Name(AccountKind.MERCHANT, 2))
LONG = pytest.mark.timeout(1200)


@dataclass
class Aside:
    """What the model knows of a hold."""

    person: int
    amount: int
    shop: Name
    lapses_at: datetime
    uses: "list[tuple[Lot, int]]"
    state: HoldState = HoldState.HELD


@dataclass
class Lot:
    """What the model knows of points that were earned together."""

    person: int
    amount: int  # with what was owed and paid
    lapses_at: datetime
    left: int
    is_of_report: bool


class Ledger(RuleBasedStateMachine):
    """Three people and two shops; a few of the units of work end between two statements, and are done again."""

    def run(self, fn: Callable[..., T], **arguments: Any) -> T:
        """One unit of work: all or nothing."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """The people and a report of each; all is at zero."""
        self.now, self.deeds, self.crash_after = NOW, 0, None
        self.owes = dict.fromkeys(PEOPLE, 0)
        self.shops = dict.fromkeys(SHOPS, 0)
        self.lots: list[Lot] = []
        self.aside: dict[int, Aside] = {}
        self.reports = {who: self.run(_someone, number=who) for who in PEOPLE}
        self.taken_back: set[int] = set()

    # -- what happens --

    @rule(who=st.sampled_from(PEOPLE), amount=st.integers(1, 30), crash=st.integers(0, 12), twice=st.booleans())
    def earn(self, who: int, amount: int, crash: int, twice: bool) -> None:
        """For a report of his, or by hand once it was found false."""
        self.deeds += 1
        is_report = who not in self.taken_back
        about = About(Reason.REPORT, who, report_id=self.reports[who]) if is_report else About(Reason.CREDIT, who)
        self.do(purse.earn, crash, twice, person_id=who, amount=amount, key=f"earn:{self.deeds}", about=about)
        paid = min(self.owes[who], amount)
        self.owes[who] -= paid
        self.lots.append(Lot(who, amount, two_years_after(self.now), amount - paid, is_report))

    @rule(who=st.sampled_from(PEOPLE), shop=st.sampled_from(SHOPS), amount=st.integers(1, 30), crash=st.integers(0, 12))
    def put_aside(self, who: int, shop: Name, amount: int, crash: int) -> None:
        """At the till."""
        self.deeds += 1
        ends = self.now + timedelta(minutes=5)
        arguments = {"person_id": who, "amount": amount, "key": f"hold:{self.deeds}", "lapses_at": ends}
        hold = self.do(purse.put_aside, crash, True, **arguments)
        assert (hold is None) == (self.has(who) < amount)
        if hold is not None:
            self.aside[hold.id] = Aside(who, amount, shop, ends, self._spend(who, amount))

    @rule(dice=st.randoms(use_true_random=False), crash=st.integers(0, 12), twice=st.booleans())
    def capture(self, dice: Any, crash: int, twice: bool) -> None:
        """The shop takes it, if it still may."""
        number, known = self._some(dice)
        if known is None:
            return
        may = known.state is HoldState.HELD and self.now < known.lapses_at
        end = self.do(purse.capture, crash, twice, hold_id=number, into=known.shop, by=None)
        assert (end is not None) == may
        if may:
            known.state = HoldState.CAPTURED
            self.shops[known.shop] += known.amount

    @rule(dice=st.randoms(use_true_random=False), crash=st.integers(0, 12), twice=st.booleans())
    def give_back(self, dice: Any, crash: int, twice: bool) -> None:
        """Released before it was taken, or undone after."""
        number, known = self._some(dice)
        if known is None:
            return
        if known.state is HoldState.CAPTURED:
            assert self.do(purse.undo, crash, twice, hold_id=number, from_=known.shop, by=None) is not None
            self.shops[known.shop] -= known.amount
            self._return(known, HoldState.UNDONE)
        else:
            end = self.do(purse.release, crash, twice, hold_id=number, by=None)
            assert (end is not None) == (known.state is HoldState.HELD)
            if known.state is HoldState.HELD:
                self._return(known, HoldState.RELEASED)

    @rule(who=st.sampled_from(PEOPLE), crash=st.integers(0, 12), twice=st.booleans())
    def take_back(self, who: int, crash: int, twice: bool) -> None:
        """His report was not true."""
        self.do(purse.take_back, crash, twice, report_id=self.reports[who], by=None)
        self.taken_back.add(who)
        for lot in [lot for lot in self.lots if lot.person == who and lot.is_of_report]:
            taken = min(self.has(who), lot.amount)
            own = min(lot.left, taken)
            lot.left -= own
            self._spend(who, taken - own)
            self.owes[who] += lot.amount - taken
            lot.is_of_report = False

    @rule(who=st.sampled_from(PEOPLE), shop=st.sampled_from(SHOPS), amount=st.integers(1, 30))
    def take_back_what_is_put_aside(self, who: int, shop: Name, amount: int) -> None:
        """He is at the till when his report is found false, so that he owes it; what was put aside may come back."""
        self.earn(who, amount, crash=0, twice=False)
        if self.has(who):
            self.put_aside(who, shop, self.has(who), crash=0)
        self.take_back(who, crash=0, twice=False)

    @rule(minutes=st.sampled_from((1, 4, 6)), crash=st.integers(0, 12))
    def time_passes(self, minutes: int, crash: int) -> None:
        """What was put aside and not taken comes back."""
        self.now += timedelta(minutes=minutes)
        self.do(purse.release_due, crash, True)
        for known in self.aside.values():
            if known.state is HoldState.HELD and known.lapses_at <= self.now:
                self._return(known, HoldState.RELEASED)

    @rule(days=st.sampled_from((300, 500)), crash=st.integers(0, 12))
    def years_pass(self, days: int, crash: int) -> None:
        """Old points lapse."""
        self.now += timedelta(days=days)
        self.do(purse.lapse_due, crash, True)
        for lot in self.lots:
            if lot.lapses_at <= self.now:
                lot.left = 0

    # -- what must hold --

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        """Balances as the model has them; nothing for the audit to find."""
        if not hasattr(self, "lots"):
            return
        for who in PEOPLE:
            waiting = sum(
                known.amount for known in self.aside.values() if known.person == who and known.state is HoldState.HELD
            )
            assert self.balance(purse_of(who)) == self.has(who)
            assert self.balance(owed(who)) == -self.owes[who]
            assert self.balance(held(who)) == waiting
        for shop in SHOPS:
            assert self.balance(shop) == self.shops[shop]
        if self.deeds % 7 == 0:
            assert self.run(bare_ledger.wrong) == []

    @invariant()
    def nobody_has_points_and_owes_some(self) -> None:
        """What is owed is paid with the first points that come, also with those that come back."""
        for who in PEOPLE if hasattr(self, "lots") else ():
            assert self.balance(purse_of(who)) == 0 or self.balance(owed(who)) == 0

    # -- how it is done --

    def do(self, fn: Callable[..., T], crash: int, twice: bool, **arguments: Any) -> T | None:
        """A deed: it may die after so many statements and come again; it may be asked for twice."""
        self.now += timedelta(seconds=1)
        found = None
        if crash > 2:
            try:
                found = self.run(dying, deed=fn, after=crash - 2, now=self.now, **arguments)
            except (Crash, DomainError):
                pass
            else:
                twice = False  # it was done before it could die
        for _ in range(1 + twice):
            try:
                again = self.run(fn, now=self.now, **arguments)
            except DomainError:
                again = None
            found = found if found is not None else again
        return found

    def balance(self, name: Name) -> int:
        """What an account has."""
        return self.run(ledger.balance, name=name)

    def has(self, who: int) -> int:
        """What somebody can spend, as the model knows it."""
        return sum(lot.left for lot in self.lots if lot.person == who)

    def _spend(self, who: int, amount: int) -> list[tuple[Lot, int]]:
        """The oldest first."""
        uses = spent(self.lots, who, amount)
        for lot, taken in uses:
            lot.left -= taken
        return uses

    def _return(self, known: Aside, state: HoldState) -> None:
        """To where it was taken from; what he owes is paid first."""
        for lot, taken in known.uses:
            paid = min(self.owes[known.person], taken)
            self.owes[known.person] -= paid
            lot.left += taken - paid
        known.state = state

    def _some(self, dice: Any) -> tuple[int, Aside | None]:
        number = dice.choice([0, *self.aside])
        return number, self.aside.get(number)


def spent(lots: list[Lot], who: int, amount: int) -> list[tuple[Lot, int]]:
    """Out of which of his lots so much is spent: the oldest first."""
    uses = []
    for lot in sorted((lot for lot in lots if lot.person == who and lot.left), key=lambda lot: lot.lapses_at):
        taken = min(lot.left, amount)
        amount -= taken
        uses.append((lot, taken))
    return uses


def two_years_after(now: datetime) -> datetime:
    """By the county's calendar; whose zone has no summer time."""
    local = now.astimezone(ZoneInfo("Asia/Shanghai"))
    try:
        return local.replace(year=local.year + 2)
    except ValueError:  # 29 February
        return local.replace(year=local.year + 2, day=28)


def _someone(session: Session, *, number: int) -> int:
    """A person and a report of his; return its number."""
    session.add(Person(id=number, name=f"No. {number}", language=Language.EN, joined_at=NOW))
    session.flush()
    return filed(session, number=number)


def filed(session: Session, *, number: int) -> int:
    """A report of this person; return its number."""
    for part in (file(number), pin(county.IN_A1)):
        outcome = intake.take(session, person_id=number, part=part, county=_map(session), now=NOW)
        if outcome.draft is not None and outcome.draft.asking is not None:
            outcome = following.another(session, person_id=number, county=_map(session), now=NOW)
    assert outcome.filed is not None
    return outcome.filed


def _map(session: Session) -> County:
    return county.build(session) if session.scalar(select(Grid.id).limit(1)) is None else load(session)


@LONG
def test_the_ledger_says_what_the_model_says() -> None:
    tell_in_memory(Ledger, times=20, steps=50)


@LONG
def test_the_ledger_says_what_the_model_says_on_postgresql(postgres_url: str) -> None:
    tell_on_postgresql(Ledger, postgres_url, times=6, steps=30)


@LONG
def test_the_ledger_says_what_the_model_says_through_the_store_on_sqlite(sqlite_url: str) -> None:
    tell_on_sqlite(Ledger, sqlite_url, times=5, steps=25)
