"""How much each figure does: enough to be worth something, or (in a test) just enough to run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of one round, unless said otherwise."""

    rounds: int = 5
    riders: int = 800  # of the whole job; each sends a photo, then a place
    in_flight: int = 64  # riders at once, and units of work that wait
    units: int = 4000  # of the store
    lookups: int = 20_000
    alerts: int = 24  # reports whose alert is waited for
    alert_gap: float = 0.25  # seconds between two of them: Telegram takes 25 requests a second, an alert makes 5
    open_reports: int = 100_000  # that the clock looks after
    ticks: int = 20
    stocks: tuple[int, ...] = (10_000, 100_000, 1_000_000)  # reports in the store, of the search for duplicates
    entries: int = 1_000_000  # of the ledger of points
    few_entries: int = 10_000  # of the one beside it
    audits: int = 2  # in all
    balances: int = 2000  # looked up
    places: int = 10_000  # service places in the store
    questions: int = 5000  # for the nearest of them, by memory; a tenth of it by the service
    settle: float = 2.0  # seconds from ready to idle
