"""A ledger as a county has it after a year: people earn, pay at shops and eat, and each month is settled.

A round is one person's: points for two reports, which are two lots, and what is paid with them at a shop, out of both;
in one of four rounds also a rider's meal. Rows are those that the services would have written, all of a kind at once.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from services.merchants import meals, programme, till
from services.points import chain, purse
from services.points.accounts import Name, common, held
from services.points.accounts import purse as purse_of
from storage.kinds import Language, ReporterKind
from storage.points_kinds import AccountKind, Currency, HoldState, Mealtime, Reason, RedemptionState, ShopKind
from storage.schema import Account, Entry, Hold, Lot, LotUse, Merchant, MerchantMonth, Person, Redemption, Transfer

SHOPS = 128
YEAR = 12
"""Months, of which all but the last are closed."""
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
EARNED = 10
"""Points for a report."""
PRICE = 15
RATE = 10
"""Fen a point."""
ROUND = 8
"""Entries; a meal is two more, in one of `HUNGRY` rounds."""
HUNGRY = 4
FIRST_PERSON = 1_000_000
EACH = 100
"""Entries for each person; half of them are of common accounts and of shops."""
AT_ONCE = 10_000
"""Rows of a kind that are in memory."""

ORDER = (Account, Transfer, Entry, Lot, LotUse, Hold, Redemption, MerchantMonth)
"""Of tables: each row finds what it names."""
KEPT = ("balance", "length", "last")
_account = Account.__table__.c
_KEEP = (
    update(Account.__table__)  # type: ignore[arg-type]
    .where(_account.id == bindparam("of"))
    .values({name: bindparam(f"new_{name}") for name in KEPT})
)


class Books:
    """Writes round after round, month after month; what accounts have is kept here until the end."""

    def __init__(self, *, entries: int, zone: ZoneInfo) -> None:
        self.people = max(2, entries // EACH)
        self.rounds = entries * HUNGRY // (ROUND * HUNGRY + 2)
        self._zone = zone
        self._accounts: dict[str, dict[str, Any]] = {}
        self._made: dict[type[Any], int] = defaultdict(int)
        self._changed = set[str]()
        self._rows: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
        self._month: dict[int, dict[str, int]] = {}

    def begin(self, session: Session, *, now: datetime) -> None:
        """The people and the shops."""
        people = [_person(one) for one in range(FIRST_PERSON, FIRST_PERSON + self.people)]
        session.execute(insert(Person.__table__), people)  # type: ignore[arg-type]
        session.execute(insert(Merchant.__table__), [_shop(one) for one in range(1, SHOPS + 1)])  # type: ignore[arg-type]

    def write(self, session: Session, *, month: int, now: datetime) -> None:
        """What happens in a month, from 0; it is closed, unless it is the last."""
        at, each = FIRST.replace(month=month + 1), -(-self.rounds // YEAR)
        name = f"{at.astimezone(self._zone):%Y-%m}"
        self._month = {shop: dict.fromkeys(("points", "meals", "subsidy"), 0) for shop in range(1, SHOPS + 1)}
        for number in range(month * each, min(self.rounds, (month + 1) * each)):
            self._round(number, name, at + timedelta(seconds=number % each))
            if len(self._rows[Transfer]) > AT_ONCE:
                self._flush(session)
        if month + 1 < YEAR:
            for shop, sums in self._month.items():
                self._close(shop, name, sums, at + timedelta(days=32))
        self._flush(session)

    def counts(self) -> str:
        """How many there are of what belongs to the entries."""
        named = {Transfer: "transfers", Lot: "lots", Hold: "holds", Redemption: "codes"}
        many = [f"{self._made[table]:,} {name}" for table, name in named.items()]
        return ", ".join([*many, f"{self.people:,} people", f"{SHOPS} shops"])

    def _round(self, number: int, month: str, at: datetime) -> None:
        who, shop = FIRST_PERSON + number % self.people, number % SHOPS + 1
        lots = [self._earn(who, f"{number}-{which}", at) for which in (1, 2)]
        aside = self._post(f"till:{number}", Reason.HOLD, at, {purse_of(who): -PRICE, held(who): PRICE}, who)
        when = {"made_at": at, "lapses_at": at + till.SAFETY, "ended_at": at}
        hold = self._add(Hold, transfer_id=aside, person_id=who, amount=PRICE, state=HoldState.CAPTURED, **when)
        for lot, amount in zip(lots, (EARNED, PRICE - EARNED), strict=True):
            lot["left"] -= amount
            self._rows[LotUse].append({"transfer_id": aside, "lot_id": lot["id"], "amount": amount})
        moves = {held(who): -PRICE, till.account(shop): PRICE}
        self._post(f"capture:{hold['id']}", Reason.CAPTURE, at, moves, who, words=purse.at_rate(RATE))
        self._redeem(who, shop, month, at, points=PRICE, hold_id=hold["id"], fen_a_point=RATE)
        self._month[shop]["points"] += PRICE
        if number % HUNGRY == 0:
            self._eat(who, shop, number, month, at)

    def _earn(self, who: int, which: str, at: datetime) -> dict[str, Any]:
        moves = {common(AccountKind.ISSUANCE, who): -EARNED, purse_of(who): EARNED}
        transfer = self._post(f"earn:{which}", Reason.CREDIT, at, moves, who)
        ends = purse.spendable_until(at, zone=self._zone)
        facts = {"account_id": self._accounts[purse_of(who).key]["id"], "amount": EARNED, "left": EARNED}
        return self._add(Lot, transfer_id=transfer, earned_at=at, lapses_at=ends, told_at=None, **facts)

    def _eat(self, who: int, shop: int, number: int, month: str, at: datetime) -> None:
        price = programme.meals().price
        parts = {"cash": price.rider, "subsidy": price.subsidy, "discount": price.discount}
        day = date(2000, 1, 1) + timedelta(days=number)  # a right is used once
        meal = self._redeem(who, shop, month, at, points=0, day=day, mealtime=Mealtime.LUNCH, **parts)
        moves = {common(AccountKind.COUNTY, shop, Currency.FEN): -price.subsidy, meals.account(shop): price.subsidy}
        self._post(f"meal:{meal['id']}", Reason.MEAL, at, moves, who)
        self._month[shop]["meals"] += 1
        self._month[shop]["subsidy"] += price.subsidy

    def _redeem(self, who: int, shop: int, month: str, at: datetime, **what: Any) -> dict[str, Any]:
        usual = dict.fromkeys(("item_id", "hold_id", "day", "mealtime", "cash", "subsidy", "discount", "fen_a_point"))
        number = self._made[Redemption] + 1
        facts = {"token": f"token-{number}", "code": f"{number % 1_000_000:06}", "state": RedemptionState.TAKEN}
        when = {"made_at": at, "expires_at": at, "ended_at": at, "month": month}
        return self._add(Redemption, merchant_id=shop, person_id=who, **{**usual, **facts, **when, **what})

    def _close(self, shop: int, month: str, sums: dict[str, int], at: datetime) -> None:
        worth = sums["points"] * RATE
        moves = {
            till.account(shop): -sums["points"],
            common(AccountKind.SETTLED, shop): sums["points"],
            meals.account(shop): -sums["subsidy"],
            common(AccountKind.COUNTY, shop, Currency.FEN): -worth,
            common(AccountKind.SETTLED, shop, Currency.FEN): worth + sums["subsidy"],
        }
        transfer = self._post(f"settle:{shop}:{month}", Reason.SETTLEMENT, at, moves) if any(moves.values()) else None
        row = {"merchant_id": shop, "month": month, "closed_at": at, "fen_a_point": RATE, "worth": worth, "undone": 0}
        self._rows[MerchantMonth].append({**row, **sums, "transfer_id": transfer})

    def _post(
        self,
        key: str,
        reason: Reason,
        at: datetime,
        moves: dict[Name, int],
        person: int | None = None,
        *,
        words: str | None = None,
    ) -> int:
        facts = {"key": key, "reason": reason, "at": at, "person_id": person, "words": words}
        transfer = self._add(Transfer, by_id=None, report_id=None, reverses_id=None, **facts)["id"]
        sealed = chain.seal(key, reason, chain.moment(at), None, person, None, None, words)
        for name, amount in moves.items():
            if amount:
                self._move(name, amount, transfer, sealed)
        return int(transfer)

    def _move(self, name: Name, amount: int, transfer: int, sealed: str) -> None:
        of = self._accounts.get(name.key)
        if of is None:
            facts = {one: getattr(name, one) for one in ("key", "kind", "currency", "person_id", "may_owe")}
            of = {**facts, "id": len(self._accounts) + 1, "balance": 0, "length": 0, "last": chain.START}
            self._accounts[name.key] = of
            self._rows[Account].append(of)
        self._changed.add(name.key)
        of["balance"], of["length"] = of["balance"] + amount, of["length"] + 1
        of["last"] = chain.link(of["last"], sealed, name.key, of["length"], amount, of["balance"])
        entry = {"account_id": of["id"], "place": of["length"], "amount": amount, "balance": of["balance"]}
        self._rows[Entry].append({**entry, "transfer_id": transfer, "hash": of["last"]})

    def _add(self, table: type[Any], **row: Any) -> dict[str, Any]:
        self._made[table] += 1
        self._rows[table].append({"id": self._made[table], **row})
        return self._rows[table][-1]

    def _flush(self, session: Session) -> None:
        for table in ORDER:
            if self._rows[table]:
                session.execute(insert(table.__table__), self._rows[table])  # type: ignore[arg-type]
        self._rows.clear()
        changed = [self._accounts[key] for key in self._changed]
        session.execute(_KEEP, [{"of": one["id"], **{f"new_{name}": one[name] for name in KEPT}} for one in changed])
        self._changed.clear()


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "telegram_id": None,
        "name": f"Rider {number}",
        "language": Language.ZH,
        "kind": ReporterKind.RIDER,
        "platform": "meituan",
        "joined_at": FIRST,
    }


def _shop(number: int) -> dict[str, Any]:
    words = ("name_zh", "name_en", "address", "phone", "about_zh", "about_en", "meal_zh", "meal_en")
    return {
        **dict.fromkeys(words, f"Shop {number}"),
        "id": number,
        "code": f"B-{number:03}",
        "kind": ShopKind.FOOD,
        "latitude": 25.4,
        "longitude": 114.4,
        "hours": "24/7",
        "meals": 50,
        "fen_a_point": RATE,
    }
