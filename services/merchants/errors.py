"""What can go wrong at a shop, at its till and in its settlement: see `services/errors.py`."""

from services.errors import DomainError


class ShopGone(DomainError):
    """The shop takes no points any more."""

    key = "error-shop-gone"
    is_final = True


class NotStaff(DomainError):
    """Whoever works at no shop can do nothing with a code."""

    key = "error-not-staff"
    is_final = True


class OtherShop(DomainError):
    """The code is for another shop than his."""

    key = "error-other-shop"
    is_final = True


class NotOwner(DomainError):
    """He works there, and it is not his."""

    key = "error-not-owner"
    is_final = True


class LastOwner(DomainError):
    """The shop would be nobody's."""

    key = "error-last-owner"
    is_final = True


class OwnCode(DomainError):
    """One's own code: the shop takes it, or a colleague."""

    key = "error-own-code"
    is_final = True


class CodeUnknown(DomainError):
    """No code has this picture."""

    key = "error-code-unknown"
    is_final = True


class CodeTaken(DomainError):
    """The shop has it already."""

    key = "error-code-taken"
    is_final = True


class CodeUndone(DomainError):
    """What was taken is given back."""

    key = "error-code-undone"
    is_final = True


class CodeExpired(DomainError):
    """Its time is over; the points are back."""

    key = "error-code-expired"
    is_final = True


class CodeCancelled(DomainError):
    """Who made it has taken it back, or the shop is gone."""

    key = "error-code-cancelled"
    is_final = True


class CodesPaused(DomainError):
    """Too many wrong codes: ``minutes`` to wait."""

    key = "error-codes-paused"


class TooLateToUndo(DomainError):
    """It was taken more than ``minutes`` ago."""

    key = "error-too-late-to-undo"
    is_final = True


class BadAmount(DomainError):
    """No whole number of points above zero."""

    key = "error-bad-amount"


class TooMuch(DomainError):
    """More points than ``most``, which one payment may be."""

    key = "error-too-much"


class BadNumber(DomainError):
    """No whole number from ``least`` to ``most``."""

    key = "error-bad-number"


class BadHours(DomainError):
    """Hours that cannot be read."""

    key = "error-bad-hours"


class BadItem(DomainError):
    """An item is typed as its name and its price."""

    key = "error-bad-item"


class StockHeld(DomainError):
    """Fewer pieces than ``held``, which are put aside for codes just now."""

    key = "error-stock-held"


class TooManyItems(DomainError):
    """A shop has at most ``most`` items."""

    key = "error-too-many-items"
    is_final = True


class NoSuchItem(DomainError):
    """The shop does not have it any more."""

    key = "error-no-such-item"
    is_final = True


class SoldOut(DomainError):
    """All pieces are gone, or put aside for others."""

    key = "error-sold-out"
    is_final = True


class LimitReached(DomainError):
    """He had as many (``most``) as one person may."""

    key = "error-limit-reached"
    is_final = True


class NotARider(DomainError):
    """The meal is for riders who have said whom they ride for."""

    key = "error-not-a-rider"
    is_final = True


class NotMealtime(DomainError):
    """No mealtime now: the next is from ``first`` to ``last``."""

    key = "error-not-mealtime"
    is_final = True


class MealHad(DomainError):
    """One meal a mealtime: he had it, or has a code for it."""

    key = "error-meal-had"
    is_final = True


class NoMealsLeft(DomainError):
    """The shop has no meals left today."""

    key = "error-no-meals-left"
    is_final = True


class BadMonth(DomainError):
    """No month as in 2026-11."""

    key = "error-bad-month"


class MonthNotOver(DomainError):
    """The month ``month`` can still change."""

    key = "error-month-not-over"


class NoSuchShop(DomainError):
    """No shop has the code ``code``."""

    key = "error-no-such-shop"
