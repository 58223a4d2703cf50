"""Whose an account is, in one word: what `services/points/ledger.py` moves points between."""

from dataclasses import dataclass

from storage.points_kinds import AccountKind, Currency

SHARDS = 16
"""Accounts that everybody's transfers pass are so many each: on PostgreSQL one alone would make all writers wait."""
_MAY_OWE = frozenset(
    {AccountKind.OWED, AccountKind.ISSUANCE, AccountKind.EXPIRED, AccountKind.COUNTY, AccountKind.SETTLED}
)


@dataclass(frozen=True, slots=True)
class Name:
    """Names an account, whether or not it exists yet."""

    kind: AccountKind
    owner: int  # the person's or merchant's number; of a common account, which one
    currency: Currency = Currency.POINTS

    @classmethod
    def of(cls, key: str) -> "Name | None":
        """Whose the account with this key is; None: there can be no such account."""
        try:
            kind, currency, owner = key.split(":")
            return cls(AccountKind(kind), int(owner), Currency(currency))
        except ValueError:
            return None

    @property
    def key(self) -> str:
        """The account's key in the store."""
        return f"{self.kind}:{self.currency}:{self.owner}"

    @property
    def person_id(self) -> int | None:
        """Whose it is, if a person's."""
        return self.owner if self.kind in (AccountKind.PERSON, AccountKind.HELD, AccountKind.OWED) else None

    @property
    def may_owe(self) -> bool:
        """Whether its balance may be below zero."""
        return self.kind in _MAY_OWE


def order(person_id: int) -> tuple[int, int]:
    """By this, something moves between several people and the common accounts: always in one order, no deadlock.

    Their purses are locked before, in the order of their numbers (`purse.lock`).
    """
    return person_id % SHARDS, person_id


def purse(person_id: int) -> Name:
    """What a person can spend."""
    return Name(AccountKind.PERSON, person_id)


def held(person_id: int) -> Name:
    """What a person has put aside."""
    return Name(AccountKind.HELD, person_id)


def owed(person_id: int) -> Name:
    """What a person owes."""
    return Name(AccountKind.OWED, person_id)


def common(kind: AccountKind, near: int, currency: Currency = Currency.POINTS) -> Name:
    """One of the accounts that all share: of those with whom ``near`` (a person, a merchant) has to do."""
    return Name(kind, near % SHARDS, currency)
