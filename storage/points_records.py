"""What views are given of points: how they are earned, what somebody has, activities, credits, boards."""

from dataclasses import dataclass
from datetime import datetime

from storage.merchant_records import Bought
from storage.points_kinds import CreditState, Reason


@dataclass(frozen=True, slots=True)
class EarningRules:
    """What `data/points.toml` says; amounts in points."""

    report: int
    urgent_report: int
    follower: int
    followers: int  # of these the first so many
    answer: int
    activity_hour: int
    confirm_place: int
    activity_hours: int  # the most of one activity
    activity_open: int  # hours
    credit: int
    credit_alone: int
    credit_waits: int  # hours
    person_day: int
    place: int
    place_metres: int
    place_days: int


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """An activity, as who leads it sees it."""

    id: int
    token: str
    name: str
    hours: int
    open_until: datetime
    is_open: bool
    people: int  # who have been there


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """Points that an administrator wants to give, or gave, by hand."""

    id: int
    to: str  # the person's number, or the report's by which he was named
    amount: int
    words: str
    state: CreditState
    by_name: str
    decided_by: str | None
    expires_at: datetime
    is_mine: bool  # the person it is shown to wants it
    needs_second: bool


@dataclass(frozen=True, slots=True)
class Community:
    """A community, named by one of its grids in buttons."""

    grid_id: int
    town: str
    community: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a board."""

    place: int
    name: str
    points: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class BoardRecord:
    """Who has earned most in a month for reports of a community."""

    grid_id: int
    community: str
    month: datetime  # its beginning, by the county's clocks
    back: int  # months ago
    first: tuple[Ranked, ...]
    mine: Ranked | None  # if it is not among these
    my_name: str | None  # None: the person stands on no board
    others: tuple[Community, ...]  # in which the person has reported, too
    is_last: bool  # one cannot look further back


@dataclass(frozen=True, slots=True)
class PointsChange:
    """A transfer, as the person whose points it changed sees it."""

    id: int
    at: datetime
    amount: int  # with what he owes
    reason: Reason
    report_id: int | None
    words: str | None
    is_aside: bool = False  # for a shop that has not taken it
    paid: int = 0  # of what he owed
    bought: Bought | None = None  # at a shop


@dataclass(frozen=True, slots=True)
class Lapse:
    """What lapses in one month of the county's calendar."""

    at: datetime  # the first of it
    points: int


@dataclass(frozen=True, slots=True)
class PointsRecord:
    """A person's points, and one page of what changed them."""

    balance: int
    held: int
    owed: int
    lapses: tuple["Lapse", ...]  # the next ones, by month
    lapses_more: int  # so many months more
    changes: tuple[PointsChange, ...]
    page: int
    pages: int
