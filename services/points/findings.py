"""What can be wrong with the ledger, and one thing that is."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong."""

    SUM = "sum"  # a transfer's entries do not sum to zero
    EMPTY = "empty"  # a transfer without entries
    GAP = "gap"  # an entry of an account is missing or out of its place
    HASH = "hash"  # an entry, or the transfer that it belongs to, is not as it was written
    RUNNING = "running"  # an entry's balance is not the one before it and its amount
    BALANCE = "balance"  # an account's kept balance is not what its entries say
    ACCOUNT = "account"  # entries of an account that is not there
    LENGTH = "length"  # an account has fewer or more entries than it counted
    LAST = "last"  # an account's last entry is not the one that it noted
    BELOW_ZERO = "below_zero"
    UNREADABLE = "unreadable"  # something is of no shape that it can have: what comes after it was not looked at
    IDENTITY = "identity"  # an account says that it is another one than its key, which its entries seal
    LOT_AMOUNT = "lot_amount"  # a lot is not what its transfer brought into the purse
    LOT_END = "lot_end"  # a lot does not lapse 24 months after its transfer
    LOT_LEFT = "lot_left"  # what is left in a lot is not what it was, less what was taken out of it
    LOT_USES = "lot_uses"  # a transfer took more or less out of the lots than out of the purse
    LOTS = "lots"  # a purse is not the sum of what is left in its lots
    HOLDS = "holds"  # what somebody has put aside is not the sum of his holds
    SHOP = "shop"  # a shop does not have what it took, less what it was paid for
    MONTH = "month"  # a closed month is not what was taken in it
    PAID = "paid"  # a closed month is not what the transfer that closed it moved
    RATE = "rate"  # a code is not settled at the rate at which it was taken
    PIECES = "pieces"  # not as many pieces are put aside as codes are shown for them
    LOOSE = "loose"  # something is put aside for no code
    STATE = "state"  # what a code has put aside did not go the way that the code did
    AMOUNT = "amount"  # a code is for more or less than it put aside
    WHOSE = "whose"  # a code is one person's, what it put aside is another's


AT_THE_TILL = frozenset(
    {Fault.SHOP, Fault.MONTH, Fault.PAID, Fault.RATE, Fault.PIECES, Fault.LOOSE, Fault.STATE, Fault.AMOUNT, Fault.WHOSE}
)
"""What the ledger and the shops' books say of each other."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    fault: Fault
    where: str  # an account's key, and the entry's place in it; a transfer's, code's or hold's number; a shop's code
    found: int | str
    expected: int | str
