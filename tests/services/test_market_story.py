"""After any sequence of deeds at the till, crashes and repetitions, the store says what a simple model says.

What people do comes as updates, each of which may come again at any later time; the clock and the command line come
round by themselves.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import worktime
from services.errors import DomainError
from services.merchants import editing, meals, months, programme, settlement, till
from services.merchants.till import Asked, Draw, For
from services.points import ledger, purse
from services.points.accounts import SHARDS, Name, common, held, owed
from services.points.accounts import purse as purse_of
from services.points.audit import audit
from services.points.ledger import About
from storage.kinds import Language, Message
from storage.merchant_records import SettlementRecord
from storage.points_kinds import AccountKind, Currency, Mealtime, Reason, ShopField
from storage.schema import Item, Merchant, OutboxMessage, Person
from storage.updates import AlreadyHandled
from tests.moment import NOW
from tests.services.shops import add_item, add_shop, ride
from tests.services.story_runs import Crash, delivered, dying, tell_in_memory, tell_on_postgresql, tell_on_sqlite
from tests.services.test_points_story import Lot, filed, spent, two_years_after

T = TypeVar("T")
LONG = pytest.mark.timeout(1200)
PEOPLE, BOSSES = (1, 2, 3), (11, 12)
SHOPS = (1, 2)
MEALS, STOCK, LIMIT, PRICE, RATE = 2, 3, 2, 7, 10
TILL, MEAL = programme.till(), programme.meals()
ZONE = worktime.USUAL.zone
TEA = For(item_id=1)  # at the first shop
STORIES = ("take", "take undo", "take take", "take cancel undo undo", "other take undo", "cancel take", "wait take", "")
LATEST = st.integers(0, 4)
"""Which of the latest codes, from the newest."""
BY_ITSELF = (till.expire, settlement.close, purse.lapse_due)
"""What no update lets happen."""
DIES = st.integers(0, 45)
"""Before which statement; up to two: it does not. (No deed but closing a month has more than 40.)"""
WHATS = (For(points=3), For(points=10), TEA, TEA, For(is_meal=True), For(is_meal=True))


@dataclass
class Code:
    """What the model knows of a code."""

    person: int
    shop: int
    what: For
    points: int
    right: tuple[date, Mealtime] | None
    expires_at: datetime
    state: str = "open"
    taken_at: datetime | None = None
    month: str = ""
    uses: list[tuple[Lot, int]] = field(default_factory=list)


class Market(RuleBasedStateMachine):
    """Three riders, two shops and their owners; some units of work end between two statements, and are done again."""

    def run(self, fn: Callable[..., T], **arguments: Any) -> T:
        """One unit of work: all or nothing."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """Everybody is there; nobody has anything."""
        self.now, self.deeds = NOW, 0
        self.lots: list[Lot] = []
        self.price, self.gone = PRICE, set[int]()
        self.latest: list[int] = []
        self.codes: dict[int, Code] = {}
        self.stock = STOCK
        self.points: dict[int, dict[str, int]] = {shop: defaultdict(int) for shop in SHOPS}
        self.fen: dict[int, dict[str, int]] = {shop: defaultdict(int) for shop in SHOPS}
        self.paid, self.paid_fen = 0, 0
        self.sheets: dict[str, list[SettlementRecord]] = {}
        self.receipts = 0
        self.updates, self.handled = 0, list[Callable[..., Any]]()
        self.run(_open_market)
        self.reports = {who: self.run(filed, number=who) for who in PEOPLE}
        self.owes, self.found_false = dict.fromkeys(PEOPLE, 0), set[int]()
        for who in PEOPLE:
            self.earn(who, 30, 0)

    # -- what happens --

    @rule(who=st.sampled_from(PEOPLE), amount=st.integers(5, 30), crash=DIES)
    def earn(self, who: int, amount: int, crash: int) -> None:
        """For a report of his, or by hand once it was found false."""
        self.deeds += 1
        is_report = who not in self.found_false
        about = About(Reason.REPORT, who, report_id=self.reports[who]) if is_report else About(Reason.CREDIT, who)
        self.do(purse.earn, crash, True, person_id=who, amount=amount, key=f"earn:{self.deeds}", about=about)
        left = amount - self._pay(who, amount)
        self.lots.append(Lot(who, amount, two_years_after(self.now), left, is_report))

    @rule(who=st.sampled_from(PEOPLE), crash=DIES, twice=st.booleans())
    def take_back(self, who: int, crash: int, twice: bool) -> None:
        """His report was found false: what he has spent or put aside at a till meanwhile, he owes."""
        self.do(purse.take_back, crash, twice, report_id=self.reports[who], by=None)
        self.found_false.add(who)
        for lot in [lot for lot in self.lots if lot.person == who and lot.is_of_report]:
            taken = min(self.has(who), lot.amount)
            own = min(lot.left, taken)
            lot.left -= own
            self._spend(who, taken - own)
            self.owes[who] += lot.amount - taken
            lot.is_of_report = False

    @rule(
        who=st.sampled_from(PEOPLE),
        shop=st.sampled_from(SHOPS),
        what=st.sampled_from(WHATS),
        then=st.sampled_from(STORIES),
        crash=DIES,
    )
    def deal(self, who: int, shop: int, what: For, then: str, crash: int) -> None:
        """A whole story at the till: asked, and what came of it."""
        self.ask(who, shop, what, crash, True)
        self._then(shop, then, crash)

    def _then(self, shop: int, then: str, crash: int) -> None:
        for deed in then.split():
            boss = BOSSES[shop - 1] if deed != "other" else BOSSES[2 - shop]
            if deed in ("take", "other"):
                self.take(0, boss, crash)
            elif deed == "undo":
                self.undo(0, boss, crash)
            elif deed == "cancel":
                self.cancel(0, crash, True)
            else:
                self.time_passes(6, crash)

    @rule(who=st.sampled_from(PEOPLE), shop=st.sampled_from(SHOPS), then=st.sampled_from(STORIES), crash=DIES)
    def take_back_at_the_till(self, who: int, shop: int, then: str, crash: int) -> None:
        """It is found false while he pays with it, so that he owes it; what he has put aside may come back."""
        if self.has(who):
            self.ask(who, shop, For(points=min(self.has(who), TILL.most)), 0, False)
        self.take_back(who, crash, False)
        self._then(shop, then, crash)

    @rule(
        who=st.sampled_from(PEOPLE),
        shop=st.sampled_from(SHOPS),
        what=st.sampled_from(WHATS),
        crash=DIES,
        twice=st.booleans(),
    )
    def ask(self, who: int, shop: int, what: For, crash: int, twice: bool) -> None:
        """At the till."""
        self.deeds += 1
        draw = Draw(f"token-{self.deeds}", tuple(f"{self.deeds * 10 + one:06}" for one in range(5)), "link")
        asked = self.do(till.ask, crash, twice, person_id=who, merchant_id=shop, what=what, draw=draw)
        before = next((one for one in self.codes.values() if one.person == who and one.state == "open"), None)
        is_same = before is not None and (before.shop, before.what) == (shop, what)
        is_same = is_same and before is not None and (what != TEA or before.points == self.price)
        if before is not None and before.expires_at > self.now and is_same:
            assert asked is not None
            assert self.codes[asked.id] is before
            return
        may, made = self._may_ask(who, shop, what, before)
        assert (asked is not None) == may, (what, made)
        if isinstance(asked, Asked):
            if before is not None:
                self._give_up(before)
            self.codes[asked.id] = made
            self.latest.append(asked.id)
            made.uses = self._spend(who, made.points)

    @rule(which=LATEST, boss=st.sampled_from(BOSSES), crash=DIES)
    def take(self, which: int, boss: int, crash: int) -> None:
        """Somebody of a shop takes it: of the right one, in time, once."""
        number, known = self._some(which)
        took = self.do(_and_true(till.take), crash, False, redemption_id=number, person_id=boss)
        may = known is not None and known.state == "open" and self.now < known.expires_at and _owns(boss, known)
        assert (took is not None) == may
        if may and known is not None:
            known.state, known.taken_at, known.month = "taken", self.now, f"{self.now.astimezone(ZONE):%Y-%m}"
            self.receipts += 1
            self.stock -= known.what == TEA
            self.points[known.shop][known.month] += known.points
            if known.right is not None:
                self.fen[known.shop][known.month] += MEAL.price.subsidy

    @rule(which=LATEST, boss=st.sampled_from(BOSSES), crash=DIES)
    def undo(self, which: int, boss: int, crash: int) -> None:
        """The shop gives it back."""
        number, known = self._some(which)
        back = self.do(_and_true(till.undo), crash, False, redemption_id=number, person_id=boss)
        may = known is not None and known.state == "taken" and _owns(boss, known)
        may = may and known is not None and known.taken_at is not None and self.now < known.taken_at + TILL.undo
        assert (back is not None) == may
        if may and known is not None:
            known.state = "undone"
            self._return(known)
            self.stock += known.what == TEA
            self.points[known.shop][known.month] -= known.points
            if known.right is not None:
                self.fen[known.shop][known.month] -= MEAL.price.subsidy

    @rule(which=LATEST, crash=DIES, twice=st.booleans())
    def cancel(self, which: int, crash: int, twice: bool) -> None:
        """Who asked has changed his mind."""
        number, known = self._some(which)
        if known is None:
            return
        self.do(till.cancel, crash, twice, redemption_id=number, person_id=known.person)
        if known.state == "open":
            self._give_up(known)

    @rule(minutes=st.sampled_from((1, 4, 6, 16)), crash=DIES)
    def time_passes(self, minutes: int, crash: int) -> None:
        """What nobody has taken comes back."""
        self.now += timedelta(minutes=minutes)
        while self.do(till.expire, crash, False):
            crash = 0
        for known in self.codes.values():
            if known.state == "open" and known.expires_at <= self.now:
                self._give_up(known)

    @rule(hours=st.sampled_from((2, 5, 22)))
    def hours_pass(self, hours: int) -> None:
        """Lunch, afternoon, dinner, night; the clock has not come round yet."""
        self.now += timedelta(hours=hours)

    @rule(days=st.sampled_from((300, 500)), crash=DIES)
    def years_pass(self, days: int, crash: int) -> None:
        """Old points lapse; what waits at a till comes back to them when the clock comes round to it."""
        self.now += timedelta(days=days)
        self.do(purse.lapse_due, crash, True)
        for lot in self.lots:
            if lot.lapses_at <= self.now:
                lot.left = 0

    @rule(price=st.integers(3, 12), crash=DIES, twice=st.booleans())
    def change_price(self, price: int, crash: int, twice: bool) -> None:
        """The owner sets another price; a code that is shown stays what it was."""
        how: dict[str, Any] = {"field": ShopField.PRICE, "text": str(price), "item_id": 1}
        self.do(editing.change, crash, twice, merchant_id=1, person_id=BOSSES[0], **how)
        if 1 not in self.gone:
            self.price = price

    @rule(shop=st.sampled_from(SHOPS), crash=DIES, twice=st.booleans())
    def remove_or_bring_back(self, shop: int, crash: int, twice: bool) -> None:
        """A list without the shop is imported: what waits there comes back. Or one that has it again."""
        is_gone = shop not in self.gone
        self.do(_remove if is_gone else _bring_back, crash, twice, merchant_id=shop)
        self.gone ^= {shop}
        for known in self.codes.values():
            if is_gone and known.shop == shop and known.state == "open":
                self._give_up(known)

    @rule(crash=st.integers(0, 60), twice=st.booleans(), too_soon=st.booleans())
    def settle(self, crash: int, twice: bool, too_soon: bool) -> None:
        """The month is closed, as soon as it may be."""
        month = f"{self.now.astimezone(ZONE):%Y-%m}"
        if too_soon:
            assert self.do(settlement.close, 0, twice, month=month) is None
            return
        self.now = self.run(months.end_of, month=month) + TILL.undo
        found = self.do(settlement.close, crash, twice, month=month)
        assert found is not None
        for one in found:
            assert (one.points, one.subsidy) == (
                self.points[one.shop_id].pop(month, 0),
                self.fen[one.shop_id].pop(month, 0),
            )
            self.paid += one.points
            self.paid_fen += one.points * RATE + one.subsidy
        self.sheets[month] = [self.run(settlement.sheet, merchant_id=shop, month=month) for shop in SHOPS]

    # -- what must hold --

    @rule(which=st.integers(0, 40))
    def an_update_comes_again(self, which: int) -> None:
        """Any that took effect: Telegram never heard that it was done."""
        if which < len(self.handled):
            self._comes_again(self.handled[-1 - which])

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        """Balances, stock and rights as the model has them; nobody below zero; nothing for the audit to find."""
        if not hasattr(self, "sheets"):
            return
        waiting = [one for one in self.codes.values() if one.state == "open"]
        for who in PEOPLE:
            assert self.balance(purse_of(who)) == self.has(who) >= 0
            assert self.balance(owed(who)) == -self.owes[who]
            assert self.balance(held(who)) == sum(one.points for one in waiting if one.person == who)
        for shop in SHOPS:
            assert self.balance(till.account(shop)) == sum(self.points[shop].values()) >= 0
            assert self.balance(meals.account(shop)) == sum(self.fen[shop].values()) >= 0
        assert self.run(_item) == (self.stock, sum(one.what == TEA for one in waiting))
        assert self.run(_receipts) == self.receipts
        if self.deeds % 5 == 0:
            assert self.run(audit).findings == ()
            assert self._in_all(AccountKind.SETTLED, Currency.POINTS) == self.paid
            assert self._in_all(AccountKind.SETTLED, Currency.FEN) == self.paid_fen
            for month, sheets in self.sheets.items():
                assert [self.run(settlement.sheet, merchant_id=shop, month=month) for shop in SHOPS] == sheets

    # -- how it is done --

    def do(self, fn: Callable[..., T], crash: int, twice: bool, **arguments: Any) -> T | None:
        """A deed: it may die after so many statements and come again; once done, it may be asked for once more."""
        self.now += timedelta(seconds=1)
        found = self._arrives(fn, crash, arguments)
        again = self._arrives(fn, 0, arguments) if twice else None
        return found if found is not None else again

    def _arrives(self, fn: Callable[..., T], crash: int, arguments: dict[str, Any]) -> T | None:
        """Until it is done, or refused. What is done comes again: nobody has heard of it."""
        self.updates += 1
        deed = fn if fn in BY_ITSELF else partial(delivered, fn=fn, update_id=self.updates)
        arguments = {**arguments, "now": self.now}
        try:
            try:
                found = self.run(dying, deed=deed, after=crash - 2, **arguments) if crash > 2 else None
                is_done = crash > 2
            except Crash:
                is_done = False
            if not is_done:
                found = self.run(deed, **arguments)
        except DomainError:
            return None
        if deed is not fn:
            self.handled.append(partial(deed, **arguments))
            self._comes_again(self.handled[-1])
        return found

    def _comes_again(self, deed: Callable[..., Any]) -> None:
        with pytest.raises(AlreadyHandled):
            self.run(deed)

    def balance(self, name: Name) -> int:
        """What an account has."""
        return self.run(ledger.balance, name=name)

    def _in_all(self, kind: AccountKind, currency: Currency) -> int:
        return sum(self.balance(common(kind, one, currency)) for one in range(SHARDS))

    def _may_ask(self, who: int, shop: int, what: For, before: Code | None) -> tuple[bool, Code]:
        used = [one for one in self.codes.values() if one.state in ("open", "taken") and one is not before]
        back = before.points if before is not None else 0
        has = self.has(who) + max(0, back - self.owes[who])
        points = self.price if what == TEA else what.points
        made = Code(who, shop, what, points, None, self.now + TILL.lasts)
        if shop in self.gone:
            return False, made
        if what.is_meal:
            made.right = MEAL.now(self.now, ZONE)
            if made.right is None or any(one.person == who and one.right == made.right for one in used):
                return False, made
            eaten = sum(1 for one in used if one.shop == shop and one.right and one.right[0] == made.right[0])
            return eaten < MEALS, made
        if what == TEA:
            tea = [one for one in used if one.what == TEA]
            aside = sum(one.state == "open" for one in tea)
            if shop != 1 or aside >= self.stock or sum(one.person == who for one in tea) >= LIMIT:
                return False, made
        return has >= points, made

    def _give_up(self, known: Code) -> None:
        known.state = "over"
        self._return(known)

    def has(self, who: int) -> int:
        """What somebody can spend, as the model knows it."""
        return sum(lot.left for lot in self.lots if lot.person == who)

    def _spend(self, who: int, amount: int) -> list[tuple[Lot, int]]:
        uses = spent(self.lots, who, amount)
        for lot, taken in uses:
            lot.left -= taken
        return uses

    def _return(self, known: Code) -> None:
        """To where it was taken from, also where that has lapsed by now: it lapses with the clock's next look.

        What he owes is paid first.
        """
        for lot, taken in known.uses:
            lot.left += taken - self._pay(known.person, taken)

    def _pay(self, who: int, amount: int) -> int:
        """What he owes, with what comes; how much of it that takes."""
        paid = min(self.owes[who], amount)
        self.owes[who] -= paid
        return paid

    def _some(self, which: int) -> tuple[int, Code | None]:
        number = self.latest[-1 - which] if which < len(self.latest) else 0
        return number, self.codes.get(number)


def _owns(boss: int, known: Code) -> bool:
    return boss == BOSSES[known.shop - 1]


def _and_true(fn: Callable[..., None]) -> Callable[..., bool]:
    """Says that it was done."""

    def done(session: Session, **arguments: Any) -> bool:
        fn(session, **arguments)
        return True

    return done


def _remove(session: Session, *, merchant_id: int, now: datetime) -> None:
    """As an import does it."""
    session.get_one(Merchant, merchant_id, with_for_update=True).removed_at = now
    till.end_all(session, merchant_id, now=now)


def _bring_back(session: Session, *, merchant_id: int, now: datetime) -> None:
    session.get_one(Merchant, merchant_id).removed_at = None


def _open_market(session: Session) -> None:
    for number in (*PEOPLE, *BOSSES):
        session.add(Person(id=number, name=f"No. {number}", language=Language.EN, joined_at=NOW))
    session.flush()
    for number in PEOPLE:
        ride(session, person_id=number, now=NOW)
    for shop, boss in zip(SHOPS, BOSSES, strict=True):
        add_shop(session, number=shop, owner=boss, others=(), now=NOW, meals=MEALS, fen_a_point=RATE)
    add_item(session, shop=1, number=1, now=NOW, price=PRICE, stock=STOCK, limit_each=LIMIT)


def _item(session: Session) -> tuple[int | None, int]:
    session.expire_all()
    one = session.get_one(Item, 1)
    return one.stock, one.held


def _receipts(session: Session) -> int:
    """How often a resident was told that a shop has taken something."""
    return session.scalar(select(func.count()).where(OutboxMessage.message == Message.SPENT)) or 0


@LONG
def test_the_till_says_what_the_model_says() -> None:
    tell_in_memory(Market, times=40, steps=40)


@LONG
def test_the_till_says_what_the_model_says_on_postgresql(postgres_url: str) -> None:
    tell_on_postgresql(Market, postgres_url, times=8, steps=30)


@LONG
def test_the_till_says_what_the_model_says_through_the_store_on_sqlite(sqlite_url: str) -> None:
    tell_on_sqlite(Market, sqlite_url, times=6, steps=25)
