"""Looking for shops, paying there, and what their people press."""

from dataclasses import dataclass
from typing import ClassVar

from storage.points_kinds import ShopField, ShopKind
from views.actions.base import Action

ANY = "any"
"""In place of a kind of shop."""


@dataclass(frozen=True, slots=True)
class ShowShops(Action):
    """A page of the shops: of this kind, only open ones, only those with riders' meals left."""

    prefix: ClassVar[str] = "za"
    page: int
    kind: str = ANY
    is_open: bool = False
    has_meals: bool = False


@dataclass(frozen=True, slots=True)
class ChooseShops(Action):
    """Of which kind? With what else is chosen."""

    prefix: ClassVar[str] = "zb"
    is_open: bool
    has_meals: bool


@dataclass(frozen=True, slots=True)
class LookNear(Action):
    """Ask where the person is."""

    prefix: ClassVar[str] = "zc"


@dataclass(frozen=True, slots=True)
class OnShop(Action):
    """An action on one shop."""

    merchant_id: int


class OpenShop(OnShop):
    """All of it."""

    prefix = "zd"


@dataclass(frozen=True, slots=True)
class PayPoints(OnShop):
    """Pay so many points."""

    prefix: ClassVar[str] = "ze"
    points: int


class PayOther(OnShop):
    """Ask how many."""

    prefix = "zf"


@dataclass(frozen=True, slots=True)
class OnItem(OnShop):
    """An action on something that it gives."""

    item_id: int


@dataclass(frozen=True, slots=True)
class BuyItem(OnItem):
    """Pay for it the price that the button shows."""

    prefix: ClassVar[str] = "zg"
    price: int


class GetMeal(OnShop):
    """The rider's meal."""

    prefix = "zh"


class OpenOwnShop(OnShop):
    """The shop, to who works there."""

    prefix = "zi"


class ShowLately(OnShop):
    """What it took last."""

    prefix = "zj"


class ShowMonth(OnShop):
    """The sheet of the month that goes on."""

    prefix = "zk"


class ShowShopCode(OnShop):
    """The picture that residents scan."""

    prefix = "zl"


@dataclass(frozen=True, slots=True)
class EditShop(OnShop):
    """Ask for one field of it, or for a new item."""

    prefix: ClassVar[str] = "zm"
    field: ShopField


class EditShopMore(OnShop):
    """What else can be changed of it."""

    prefix = "zy"


@dataclass(frozen=True, slots=True)
class SetShopKind(OnShop):
    """It sells this."""

    prefix: ClassVar[str] = "zyk"
    kind: ShopKind


class RetireShop(OnShop):
    """Does it take no points any more?"""

    prefix = "zyr"


class RetireShopNow(OnShop):
    """It does not."""

    prefix = "zyn"


class EditItem(OnItem):
    """What of this item?"""

    prefix = "zn"


@dataclass(frozen=True, slots=True)
class EditItemField(OnItem):
    """Ask for one field of it."""

    prefix: ClassVar[str] = "zo"
    field: ShopField


class RemoveItem(OnItem):
    """Does the shop not give it any more?"""

    prefix = "zp"


class RemoveItemNow(OnItem):
    """It does not."""

    prefix = "zpn"


class ShowStaff(OnShop):
    """Who works there."""

    prefix = "zq"


@dataclass(frozen=True, slots=True)
class InviteStaff(OnShop):
    """A link for one more."""

    prefix: ClassVar[str] = "zr"
    is_owner: bool


@dataclass(frozen=True, slots=True)
class RemoveStaff(OnShop):
    """Does somebody work there no more?"""

    prefix: ClassVar[str] = "zs"
    person_id: int


class RemoveStaffNow(RemoveStaff):
    """He does not."""

    prefix = "zsn"


@dataclass(frozen=True, slots=True)
class OnCode(Action):
    """An action on a code at the till."""

    redemption_id: int


class CancelCode(OnCode):
    """Who shows it does not need it."""

    prefix = "zt"


class TakeCode(OnCode):
    """The shop takes it."""

    prefix = "zu"


@dataclass(frozen=True, slots=True)
class UndoCode(OnCode):
    """Give back what the shop took? ``is_listed``: from the list of what it took lately."""

    prefix: ClassVar[str] = "zv"
    is_listed: bool


class GiveBack(UndoCode):
    """Yes, the shop gives it back."""

    prefix = "zw"


class KeepTaken(OnCode):
    """No, it keeps it."""

    prefix = "zx"


@dataclass(frozen=True, slots=True)
class DecideRider(Action):
    """Somebody says that he rides: does he?"""

    prefix: ClassVar[str] = "rd"
    person_id: int
    is_confirmed: bool
