"""What views are given of merchants, the till and settlement. Money is in fen, distances in metres."""

from dataclasses import dataclass
from datetime import datetime, time

from storage.kinds import Language
from storage.points_kinds import Mealtime, RedemptionState, RiderState, ShopKind

Names = dict[Language, str]
"""What something is called, in each language."""


@dataclass(frozen=True, slots=True)
class MealPrice:
    """What a rider's meal costs, and who pays how much of it."""

    whole: int
    rider: int
    subsidy: int
    discount: int


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What a shop gives for points."""

    id: int
    names: Names
    price: int
    stock: int | None  # None: enough
    held: int
    limit_each: int | None

    @property
    def left(self) -> int | None:
        """Pieces that can still be asked for."""
        return None if self.stock is None else self.stock - self.held


@dataclass(frozen=True, slots=True)
class ShopRecord:
    """A merchant as residents and its own people see it."""

    id: int
    code: str
    names: Names
    kind: ShopKind
    address: str
    latitude: float
    longitude: float
    hours: str
    is_open: bool
    opens_at: datetime | None  # when it is closed; None: it is open, or will not open in the next two years
    phone: str
    about: Names
    meal: Names
    meals: int  # a day; 0: none
    meals_left: int
    metres: float | None = None  # from where the person looks
    items: tuple[ItemRecord, ...] = ()
    balance: int = 0  # what the person who looks can spend
    amounts: tuple[int, ...] = ()  # that can be paid with one tap
    most: int = 0
    is_staff: bool = False
    is_owner: bool = False
    may_edit: bool = False  # an owner, or an administrator
    mealtime: Mealtime | None = None  # which it is now
    price: MealPrice | None = None  # of the meal
    next_meal: datetime | None = None  # outside mealtimes: when it gives meals again, as far as it has any left then


@dataclass(frozen=True, slots=True)
class ShopsRecord:
    """One page of a list of shops."""

    shops: tuple[ShopRecord, ...]
    page: int
    pages: int
    count: int
    kind: ShopKind | None
    is_open: bool  # only those that are open
    has_meals: bool  # only those that have riders' meals left
    is_near: bool  # in the order of their distance
    mealtime: Mealtime | None  # which it is now
    next_meal: tuple[Mealtime, time, time] | None = None  # when the next one is, or this one


@dataclass(frozen=True, slots=True)
class RiderRecord:
    """Somebody who says that he rides, as administrators see him."""

    person_id: int
    name: str
    platform: str | None
    team: str | None
    since: datetime  # he has said so
    state: RiderState
    decided_by: str | None  # None: nobody has, or the county knew it


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """Somebody who works at a shop."""

    person_id: int
    name: str
    is_owner: bool


@dataclass(frozen=True, slots=True)
class RedemptionRecord:
    """A code at the till, and what became of it."""

    id: int
    shop_id: int
    shop: Names
    points: int
    item: Names | None
    mealtime: Mealtime | None
    meal: Names | None
    price: MealPrice | None
    code: str
    token: str
    state: RedemptionState
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    undone_at: datetime | None
    undo_until: datetime | None
    initials: str  # of who pays
    balance: int = 0  # what he can spend now; not in lists, nor the next
    shop_balance: int = 0  # points that the shop has taken and not been paid for
    picture_id: int | None = None
    message_id: int | None = None
    is_shop_removed: bool = False


@dataclass(frozen=True, slots=True)
class TillRules:
    """How long a code is good, and how long what was taken can be given back: minutes."""

    code: int
    undo: int


@dataclass(frozen=True, slots=True)
class Bought:
    """Where something was paid, and for what."""

    shop: Names
    item: Names | None  # None: points alone


@dataclass(frozen=True, slots=True)
class PurchaseRecord:
    """A code with who took it, and who gave it back: an owner of the shop or not; None: nobody did."""

    redemption: RedemptionRecord
    taken_by_owner: bool | None
    undone_by_owner: bool | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """No such code waits at the person's shops: so many tries are left, or one has to wait until then."""

    code: str
    left: int
    until: datetime | None = None
    minutes: int = 0  # that is


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One redemption, or the giving back of one, in a month."""

    number: int  # of the receipt
    at: datetime
    item: Names | None
    mealtime: Mealtime | None
    points: int  # below zero: given back
    cash: int
    subsidy: int
    count: int  # 1: taken; -1: given back
    is_undone: bool  # taken and given back in the same month: counts nothing
    fen_a_point: int | None  # at which the points were taken; None: a meal

    @property
    def worth(self) -> int:
        """Of the points, in fen."""
        return self.points * (self.fen_a_point or 0)


@dataclass(frozen=True, slots=True)
class SettlementRecord:
    """What a shop is paid for one month."""

    shop_id: int
    code: str
    shop: Names
    month: str
    points: int
    rates: tuple[int, ...]  # fen a point: more than one, where it changed meanwhile
    worth: int  # of the points, each at its own rate
    meals: int
    subsidy: int
    undone: int
    closed_at: datetime | None
    lines: tuple[SettlementLine, ...] = ()

    @property
    def pays(self) -> int:
        """In all, in fen."""
        return self.worth + self.subsidy
