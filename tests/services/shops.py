"""Shops, their people and who pays there, for tests of the till."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from services.merchants import redemptions, riders, staff, till
from services.merchants.till import Draw, For
from services.points import ledger, purse
from services.points.accounts import purse as purse_of
from services.points.audit import audit
from services.points.ledger import About
from storage.kinds import Message, ReporterKind, Role
from storage.merchant_records import RedemptionRecord
from storage.points_kinds import Reason, ShopKind
from storage.schema import Item, Merchant, Person
from tests.moment import NOW
from tests.services.scene import Scene

LUNCH = NOW
"""Noon."""


@dataclass
class Market:
    """A scene with shops in it."""

    scene: Scene
    _numbers: Any = field(default_factory=lambda: count(1))

    async def shop(self, *, owner: int | None = None, staff_of: tuple[int, ...] = (), **said: Any) -> int:
        """A shop with its people; return its number."""
        return await self.scene.do(add_shop, number=next(self._numbers), owner=owner, others=staff_of, **said)

    async def item(self, shop: int, **said: Any) -> int:
        """Something that the shop gives for points."""
        return await self.scene.do(add_item, shop=shop, number=next(self._numbers), **said)

    async def person(self, points: int = 0, *, name: str = "Chen Mei", **how: Any) -> int:
        """Somebody with so many points."""
        person = await self.scene.person(name, **how)
        if points:
            about = About(Reason.CREDIT, person)
            await self.scene.do(purse.earn, person_id=person, amount=points, key=f"gift:{person}", about=about)
        return person

    async def rider(self, **how: Any) -> int:
        """A registered rider."""
        rider = await self.person(kind=ReporterKind.RIDER, **how)

        await self.scene.do(ride, person_id=rider)
        return rider

    async def merchant(self, name: str = "Boss") -> int:
        """Somebody who works at a shop, or will."""
        return await self.scene.person(name, roles=(Role.MERCHANT,))

    def draw(self) -> Draw:
        """What chance draws next."""
        number = next(self._numbers)
        return Draw(
            f"token{number:017}", (f"{number:06}", f"{number + 500_000:06}"), f"https://t.me/bot?start=t_{number}"
        )

    async def ask(
        self,
        person: int,
        shop: int,
        points: int = 0,
        *,
        item: int | None = None,
        meal: bool = False,
        now: datetime = NOW,
    ) -> int:
        """A code; return its number."""
        what = For(points, item, meal)
        asked = await self.scene.do(till.ask, person_id=person, merchant_id=shop, what=what, draw=self.draw(), now=now)
        return asked.id

    async def take(self, code: int, by: int, *, now: datetime = NOW) -> None:
        """The shop takes it."""
        await self.scene.do(till.take, redemption_id=code, person_id=by, now=now)

    async def undo(self, code: int, by: int, *, now: datetime = NOW) -> None:
        """The shop gives it back."""
        await self.scene.do(till.undo, redemption_id=code, person_id=by, now=now)

    async def expire(self, now: datetime) -> None:
        """The clock."""
        while await self.scene.do(till.expire, now=now):
            pass

    # -- what the store says --

    async def has(self, person: int) -> int:
        """What somebody can spend."""
        return await self.scene.store.read(ledger.balance, name=purse_of(person))

    async def took(self, shop: int) -> int:
        """The points that a shop has."""
        return await self.scene.store.read(ledger.balance, name=till.account(shop))

    async def code(self, number: int) -> RedemptionRecord:
        """A code as it is now."""
        return await self.scene.store.read(redemptions.load, redemption_id=number)

    async def stock(self, item: int) -> tuple[int | None, int]:
        """Pieces there, and put aside."""
        return await self.scene.store.read(lambda session: _stock(session, item))

    async def heard(self, person: int, *only: Message) -> list[Message]:
        """What somebody was told."""
        return [message for who, message in await self.scene.told() if who == person and (not only or message in only)]

    async def adds_up(self) -> bool:
        """Whether there is nothing for the audit to find."""
        return (await self.scene.store.read(audit)).findings == ()


def ride(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody is a registered rider."""
    person = session.get_one(Person, person_id)
    person.kind, person.platform = ReporterKind.RIDER, "meituan"
    riders.know(session, person_id=person_id, now=now)


def add_shop(
    session: Session, *, number: int, owner: int | None, others: tuple[int, ...], now: datetime, **said: Any
) -> int:
    """A shop in grid A-01 that sells food from seven to nine."""
    usual: dict[str, Any] = {
        "code": f"M-{number:03}",
        "name_zh": f"第{number}小吃店",
        "name_en": f"Snack bar {number}",
        "kind": ShopKind.FOOD,
        "address": f"府前街{number}号",
        "latitude": 25.405,
        "longitude": 114.365,
        "hours": "07:00-21:00",
        "phone": "199-0003-0001",
        "about_zh": "米粉",
        "about_en": "Rice noodles",
        "meals": 0,
        "meal_zh": "两荤一素",
        "meal_en": "Two meat dishes, one of vegetables",
        "fen_a_point": 10,
        "removed_at": None,
    }
    shop = Merchant(**usual | said)
    session.add(shop)
    session.flush()
    for person in (*((owner,) if owner is not None else ()), *others):
        staff.add(session, person_id=person, merchant_id=shop.id, is_owner=person == owner, now=now)
    return shop.id


def add_item(session: Session, *, shop: int, number: int, now: datetime, **said: Any) -> int:
    """A tea for 10 points."""
    usual: dict[str, Any] = {"name_zh": "奶茶", "name_en": "Milk tea", "price": 10, "stock": None, "limit_each": None}
    item = Item(merchant_id=shop, code=f"I-{number}", held=0, removed_at=None, **usual | said)
    session.add(item)
    session.flush()
    return item.id


def _stock(session: Session, item: int) -> tuple[int | None, int]:
    found = session.get_one(Item, item)
    return found.stock, found.held


def later(**much: float) -> datetime:
    """So much after the beginning."""
    return NOW + timedelta(**much)
