"""What holds at every till (`data/shops.toml`), and the rider's meal (`data/meals.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storage.merchant_records import MealPrice, TillRules
from storage.points_kinds import Mealtime

DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True, slots=True)
class Till:
    """How long codes are good, what a payment may be, how often one may guess."""

    lasts: timedelta
    most: int
    amounts: tuple[int, ...]
    undo: timedelta
    wrong: int
    within: timedelta
    pause: timedelta
    fen_a_point: int


@dataclass(frozen=True, slots=True)
class Meals:
    """The programme: what a meal costs whom, and when."""

    price: MealPrice
    times: dict[Mealtime, tuple[time, time]]

    def now(self, now: datetime, zone: ZoneInfo) -> tuple[date, Mealtime] | None:
        """The county's day and the mealtime that it is; None between mealtimes."""
        local = now.astimezone(zone)
        for mealtime, (begin, end) in self.times.items():
            if begin <= local.time() < end:
                return local.date(), mealtime
        return None

    def next(self, now: datetime, zone: ZoneInfo) -> tuple[Mealtime, time, time]:
        """The mealtime that comes next, or is now, and its times."""
        clock = now.astimezone(zone).time()
        coming = [one for one in self.times.items() if clock < one[1][1]] or [*self.times.items()]
        mealtime, (begin, end) = coming[0]
        return mealtime, begin, end

    def begins(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the next mealtime begins, perhaps tomorrow; None: it is one now."""
        if self.now(now, zone) is not None:
            return None
        local, (_, begin, _) = now.astimezone(zone), self.next(now, zone)
        day = local.date() if local.time() < begin else local.date() + timedelta(days=1)
        return datetime.combine(day, begin, zone)


@cache
def till() -> Till:
    """What holds at every till."""
    table = _read("shops.toml")
    at, codes = table["till"], table["codes"]
    return Till(
        lasts=timedelta(minutes=at["minutes"]),
        most=at["most"],
        amounts=tuple(at["amounts"]),
        undo=timedelta(minutes=at["undo_minutes"]),
        wrong=codes["wrong"],
        within=timedelta(minutes=codes["within_minutes"]),
        pause=timedelta(minutes=codes["pause_minutes"]),
        fen_a_point=table["settlement"]["fen_a_point"],
    )


@cache
def meals() -> Meals:
    """The rider's meal."""
    table = _read("meals.toml")
    price = MealPrice(**table["price"])
    if price.rider + price.subsidy + price.discount != price.whole:
        raise ValueError("data/meals.toml: rider, subsidy and discount do not make up the price")
    times = {one: (_time(table[one]["from"]), _time(table[one]["until"])) for one in Mealtime}
    return Meals(price, dict(sorted(times.items(), key=lambda one: one[1])))


def told() -> TillRules:
    """What is said of the till to who asks how it works."""
    return TillRules(code=minutes(till().lasts), undo=minutes(till().undo))


def minutes(time: timedelta) -> int:
    """As it is said."""
    return int(time.total_seconds()) // 60


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def _time(text: str) -> time:
    return time.fromisoformat(text)
