"""The closed sets of words of the ledger, and of shops (of all else: `storage/kinds.py`)."""

from enum import StrEnum


class AccountKind(StrEnum):
    """What an account is for."""

    PERSON = "person"  # what somebody can spend
    HELD = "held"  # what he has put aside for a shop
    OWED = "owed"  # below zero: what was taken back and he had no more
    MERCHANT = "merchant"
    ISSUANCE = "issuance"  # where points come from: below zero by all that were ever given out
    EXPIRED = "expired"  # where lapsed ones go
    COUNTY = "county"  # the purse that subsidies come from
    SETTLED = "settled"  # what merchants were paid for


class Currency(StrEnum):
    """What an amount counts."""

    POINTS = "points"
    FEN = "fen"  # hundredths of a yuan


class Reason(StrEnum):
    """Why something moved."""

    REPORT = "report"  # the fix of a report was confirmed
    FOLLOWER = "follower"  # of such a report
    ACTIVITY = "activity"
    ANSWER = "answer"  # a useful one
    PLACE = "place"  # said whether a service place is as we say
    CREDIT = "credit"  # by hand
    TAKEN_BACK = "taken_back"  # the report was found false
    OWED_PAID = "owed_paid"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    UNDO = "undo"
    LAPSE = "lapse"
    MEAL = "meal"  # the subsidy of one
    SETTLEMENT = "settlement"


class CreditState(StrEnum):
    """What became of points that an administrator wants to give by hand."""

    DRAFT = "draft"  # he sees what he is about to do
    WAITING = "waiting"  # for a second administrator
    GIVEN = "given"
    REFUSED = "refused"
    EXPIRED = "expired"  # nobody confirmed it in time


class HoldState(StrEnum):
    """What became of points put aside."""

    HELD = "held"
    CAPTURED = "captured"
    RELEASED = "released"
    UNDONE = "undone"  # captured, and given back


class ShopKind(StrEnum):
    """What a merchant sells."""

    FOOD = "food"
    BAKERY = "bakery"
    DRINKS = "drinks"
    GROCERY = "grocery"
    FRUIT = "fruit"
    PHARMACY = "pharmacy"
    REPAIR = "repair"  # bicycles, scooters, phones
    SERVICE = "service"  # barber, laundry, copies
    HARDWARE = "hardware"


class Mealtime(StrEnum):
    """When a rider has the right to a meal."""

    LUNCH = "lunch"
    DINNER = "dinner"


class RiderState(StrEnum):
    """Whether somebody who says that he rides is registered."""

    WAITING = "waiting"  # for an administrator's word
    REGISTERED = "registered"
    REFUSED = "refused"


class RedemptionState(StrEnum):
    """What became of a code at the till."""

    OPEN = "open"  # shown, and waiting for the shop
    TAKEN = "taken"
    EXPIRED = "expired"  # nobody took it in time
    CANCELLED = "cancelled"  # by who made it, or because the shop was removed
    UNDONE = "undone"  # taken, and given back


class ShopField(StrEnum):
    """What the owner of a shop, or an administrator, changes in chat. Short, as they stand in buttons' data."""

    HOURS = "h"
    PHONE = "p"
    ABOUT = "a"
    NAME_ZH = "n"
    NAME_EN = "e"
    KIND = "k"
    ADDRESS = "d"
    POINT = "o"
    MEALS = "m"
    ITEM = "i"  # a new one
    PRICE = "c"  # of an item, as those that follow
    STOCK = "s"
    LIMIT = "l"
