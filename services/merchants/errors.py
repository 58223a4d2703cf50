"""What can go wrong at a shop, at its till and in its settlement: see `services/errors.py`."""

from services.errors import DomainError


class ShopGone(DomainError, key="error-shop-gone", is_final=True):
    """The shop takes no points any more."""


class ShopUnknown(DomainError, key="error-shop-unknown", is_final=True):
    """There never was such a shop."""


class NotStaff(DomainError, key="error-not-staff", is_final=True):
    """Whoever works at no shop can do nothing with a code."""


class OtherShop(DomainError, key="error-other-shop", is_final=True):
    """The code is for another shop than his."""


class NotOwner(DomainError, key="error-not-owner", is_final=True):
    """He works there, and it is not his."""


class LastOwner(DomainError, key="error-last-owner", is_final=True):
    """The shop would be nobody's."""


class OwnCode(DomainError, key="error-own-code", is_final=True):
    """One's own code: the shop takes it, or a colleague."""


class CodeUnknown(DomainError, key="error-code-unknown", is_final=True):
    """No code has this picture."""


class CodeTaken(DomainError, key="error-code-taken", is_final=True):
    """The shop has it already."""


class CodeUndone(DomainError, key="error-code-undone", is_final=True):
    """What was taken is given back."""


class CodeExpired(DomainError, key="error-code-expired", is_final=True):
    """Its time is over; the points are back."""


class CodeCancelled(DomainError, key="error-code-cancelled", is_final=True):
    """Who made it has taken it back, or the shop is gone."""


class CodesPaused(DomainError, key="error-codes-paused"):
    """Too many wrong codes: ``minutes`` to wait."""


class TooLateToUndo(DomainError, key="error-too-late-to-undo", is_final=True):
    """It was taken more than ``minutes`` ago."""


class BadAmount(DomainError, key="error-bad-amount"):
    """No whole number of points above zero."""


class TooMuch(DomainError, key="error-too-much"):
    """More points than ``most``, which one payment may be."""


class BadNumber(DomainError, key="error-bad-number"):
    """No whole number from ``least`` to ``most``."""


class BadItem(DomainError, key="error-bad-item"):
    """An item is typed as its name and its price."""


class StockHeld(DomainError, key="error-stock-held"):
    """Fewer pieces than ``held``, which are put aside for codes just now."""


class TooManyItems(DomainError, key="error-too-many-items", is_final=True):
    """A shop has at most ``most`` items."""


class NoSuchItem(DomainError, key="error-no-such-item", is_final=True):
    """The shop does not have it any more."""


class PriceChanged(DomainError, key="error-price-changed", is_final=True):
    """It costs ``points`` now, and something else was shown."""


class TooDear(DomainError, key="error-too-dear"):
    """An item costs at most ``most`` points: as much as one payment may be."""


class SoldOut(DomainError, key="error-sold-out", is_final=True):
    """All pieces are gone, or put aside for others."""


class LimitReached(DomainError, key="error-limit-reached", is_final=True):
    """He had as many (``most``) as one person may."""


class NotARider(DomainError, key="error-not-a-rider", is_final=True):
    """The meal is for riders who have said whom they ride for."""


class RiderWaiting(DomainError, key="error-rider-waiting", is_final=True):
    """No administrator has confirmed yet that he rides."""


class RiderRefused(DomainError, key="error-rider-refused", is_final=True):
    """An administrator has said that he does not."""


class NotMealtime(DomainError, key="error-not-mealtime", is_final=True):
    """No mealtime now: the next is from ``first`` to ``last``."""


class ShopClosed(DomainError, key="error-shop-closed", is_final=True):
    """A meal is cooked; the shop opens ``at``."""


class MealHad(DomainError, key="error-meal-had", is_final=True):
    """One meal a mealtime: he had it, or has a code for it."""


class NoMealsLeft(DomainError, key="error-no-meals-left", is_final=True):
    """The shop has no meals left today."""


class BadMonth(DomainError, key="error-bad-month"):
    """No month as in 2026-11."""


class MonthNotOver(DomainError, key="error-month-not-over"):
    """The month ``month`` can still change: until so many ``minutes`` after its end."""


class NothingYet(DomainError, key="error-nothing-yet"):
    """Points first moved in the month ``first``, after ``month``."""


class NoSuchShop(DomainError, key="error-no-such-shop"):
    """No shop has the code ``code``."""
