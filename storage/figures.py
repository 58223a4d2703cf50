"""What an evaluation says, as plain frozen records: `services/evaluation/` fills them, views show them.

A report belongs to the period in which it was filed, by the county's clocks. What else is counted, and how, stands at
each figure here and in `services/evaluation/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from storage.evaluation_kinds import Dimension, Span
from storage.kinds import Status

SMALL = 5
"""Groups with fewer reports than this are marked and not ranked: one late report would decide."""
EVERYTHING = "*"
"""The key of all groups together."""
NOTHING = ""
"""The key of what belongs to no group: reports outside of all grids, or that nobody has accepted."""
GONE = "gone"
"""The key of reports that were withdrawn or merged before anybody accepted them: nobody's doing."""
REST = (NOTHING, GONE)
"""Keys of what is no group that could be ranked."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the county's calendar."""

    first: date
    last: date
    span: Span | None = None  # None: any days, as chosen

    @classmethod
    def around(cls, day: date, span: Span) -> "Period":
        """The day, the week (Monday to Sunday) or the month that this day is in."""
        if span is Span.DAY:
            return cls(day, day, span)
        if span is Span.WEEK:
            monday = day - DAY * day.weekday()
            return cls(monday, monday + 6 * DAY, span)
        first = day.replace(day=1)
        return cls(first, (first + 31 * DAY).replace(day=1) - DAY, span)

    @classmethod
    def now(cls, span: Span, *, now: datetime, zone: ZoneInfo) -> "Period":
        """The one that is going on."""
        return cls.around(now.astimezone(zone).date(), span)

    def before(self) -> "Period":
        """The one that ends where this one begins, of the same span."""
        assert self.span is not None
        return Period.around(self.first - DAY, self.span)

    def after(self) -> "Period":
        """The one that follows, of the same span."""
        assert self.span is not None
        return Period.around(self.last + DAY, self.span)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment that is in it, and the first that no longer is."""
        return datetime.combine(self.first, time(), zone), datetime.combine(self.last + DAY, time(), zone)


@dataclass(frozen=True, slots=True)
class Share:
    """How many promises were kept of those that were due."""

    kept: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded, but 100 only if all were kept and 0 only if none; None if there were none."""
        if self.of == 0:
            return None
        return self.kept * 100 // self.of if self.kept in (0, self.of) else min(99, max(1, _rounded(self)))


def _rounded(share: Share) -> int:
    return (share.kept * 200 + share.of) // (2 * share.of)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds by the clock on the wall: half, and nine in ten, took no longer. Both are times that occurred."""

    p50: int
    p90: int
    of: int  # how many times these are


@dataclass(frozen=True, slots=True)
class Rating:
    """Stars that were given."""

    stars: int  # all together
    of: int  # how many people gave some

    @property
    def mean(self) -> float:
        """One to five."""
        return self.stars / self.of


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one group of reports."""

    number: int = 0  # filed, whatever became of them
    accepted: Share = Share(0, 0)
    resolved: Share = Share(0, 0)
    to_accept: Times | None = None  # None: nothing was accepted
    to_resolve: Times | None = None
    reopened: int = 0  # how often
    rating: Rating | None = None

    @property
    def is_small(self) -> bool:
        """Too few to be compared."""
        return self.accepted.of < SMALL

    @property
    def kept(self) -> Fraction:
        """The share of all promises that were kept: what groups are ranked by. Of a small group it means nothing."""
        return Fraction(self.accepted.kept + self.resolved.kept, max(1, self.accepted.of + self.resolved.of))


@dataclass(frozen=True, slots=True)
class Group:
    """One grid, community, officer or category."""

    key: str  # to open it by; `EVERYTHING`, `NOTHING`, `GONE`
    name: str  # of a category: its code; of `NOTHING` and `GONE`: empty
    figures: Figures
    rank: int | None = None  # from 1; equal ones share it; None: a small group, `NOTHING` or `GONE`


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the reports of a period say, group by group."""

    dimension: Dimension
    period: Period
    places: tuple[str, ...]  # the communities and towns that were looked at; empty: all of the county
    total: Figures
    groups: tuple[Group, ...]  # ranked ones first, then small ones by number


@dataclass(frozen=True, slots=True)
class Line:
    """One report behind a figure."""

    id: int
    category: str
    status: Status
    is_urgent: bool
    filed_at: datetime
    grid: str | None  # code
    community: str | None
    officer: str | None
    accept_seconds: int | None
    accepted_on_time: bool | None  # None: not judged (yet)
    accept_of: str | None  # whom that counts for
    resolve_seconds: int | None
    resolved_on_time: bool | None
    resolve_of: str | None
    reopened: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the reports behind a figure."""

    name: str  # of the group, as in `Group`
    lines: tuple[Line, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A period from all sides."""

    evaluations: tuple[Evaluation, ...]  # one a dimension
    lines: tuple[Line, ...]  # newest first; perhaps not all

    @property
    def is_cut(self) -> bool:
        """Whether older reports are not listed."""
        return len(self.lines) < self.evaluations[0].total.number


def ranked(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups in their order, with ranks: by the share of promises kept, equal ones alike; small ones last."""
    fit = [group for group in groups if group.key not in REST and not group.figures.is_small]
    rest = [group for group in groups if group not in fit]
    fit.sort(key=lambda one: (-one.figures.kept, -one.figures.number, one.name))
    rest.sort(key=lambda one: (one.key in REST, -one.figures.number, one.name))
    better = {share: at for at, share in reversed([(at, one.figures.kept) for at, one in enumerate(fit, start=1)])}
    placed = [Group(one.key, one.name, one.figures, better[one.figures.kept]) for one in fit]
    return (*placed, *rest)


@dataclass(frozen=True, slots=True)
class DayDigest:
    """What an officer has before him."""

    open: int  # accepted by him, or offered to him and accepted by nobody
    today: int  # of these: the time is over before midnight
    overdue: int


@dataclass(frozen=True, slots=True)
class WeekDigest:
    """How last week went in a lead's places, and how it is there now."""

    period: Period
    places: tuple[str, ...]
    last: Figures
    before: Figures  # of the week before
    open: int
    overdue: int
