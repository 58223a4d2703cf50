"""The deadlines of a report: by when it is to be accepted and fixed, and when the clock looks at it next.

What is promised is a table (`data/deadlines.toml`), by category and urgency. Each promise is counted in halves: at the
first half somebody is reminded, at the second (the deadline) and at each further one the report is raised a step
(`services/escalation.py`). All of this is arithmetic on the report's own columns; nothing is told to anybody here.

The promise of acceptance (`accept_by`) is given to the reporter and stays, whoever passes the report on. Those whom it
is passed on to have a time of their own: what is left of the promise, but at least half of the usual time to accept.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from services.worktime import AroundTheClock, WorkTime
from storage.kinds import Status, WaitingFor
from storage.schema import Report

FILE = Path(__file__).parent.parent / "data" / "deadlines.toml"
VERDICT_WITHIN = timedelta(hours=72)
"""So long the reporter and the followers may judge the fix; silence closes the report."""
DECIDE_WITHIN = timedelta(hours=7, minutes=30)
"""A working day: so long a lead has to decide what is disputed."""
DECIDE_URGENT_WITHIN = timedelta(hours=1)
"""The same for what is urgent, around the clock."""
DEADLINE = 2
"""The deadline is this many halves from the beginning of the count."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised for one kind of report."""

    accept: timedelta
    resolve: timedelta
    around_the_clock: bool  # else in working time


@dataclass(frozen=True, slots=True)
class Count:
    """The count that runs in a report's present status."""

    start: datetime
    used: timedelta  # of the total, before ``start``: a pause interrupts the count
    total: timedelta
    time: WorkTime | AroundTheClock

    def at(self, halves: int) -> datetime:
        """When so many halves of the total have passed."""
        return self.time.after(self.start, self.total / 2 * halves - self.used)

    def passed(self, now: datetime) -> int:
        """How many halves of the total have passed."""
        return (self.used + self.time.between(self.start, now)) // (self.total / 2)


Runs = tuple[tuple[datetime, datetime], ...]
"""Spans of time, from … to, in order."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a report whose clock runs went through since its promises were given (`services/courses.py`)."""

    before: Promise  # that held until now
    begun: datetime  # when they were given
    opened: tuple[datetime, ...]  # when it was to be accepted once more, after that
    runs: Runs  # when its clock ran: from … to, the last of them until now
    spell: tuple[datetime, datetime] | None  # from when to when it had been promised like now before; None: never
    accept_most: datetime | None = None  # what the choice of a category does not put off: by when those that were
    resolve_most: datetime | None = None  # merged into it are to be accepted, and fixed


@cache
def promise(category: str, *, is_urgent: bool) -> Promise:
    """What holds for a report of this category and urgency.

    What a category changes holds for what is not urgent; an urgent one has the urgent promise, unless the category has
    an entry of its own for that.
    """
    table = _table()
    own = table.get(category, {})
    if is_urgent:
        return replace(Promise(**_read(table["urgent"])), **_read(own.get("urgent", {})))
    return replace(Promise(**_read(table["normal"])), **_read({name: own[name] for name in own if name != "urgent"}))


def at_filing(category: str, *, is_urgent: bool, hours: WorkTime, now: datetime) -> dict[str, Any]:
    """The columns of a report that is filed now."""
    given = promise(category, is_urgent=is_urgent)
    time = _time(given, hours)
    return {
        "phase_from": now,
        "accept_by": time.after(now, given.accept),
        "resolve_from": now,
        "resolve_used": 0,
        "resolve_by": time.after(now, given.resolve),
        "step": 0,
        "next_at": time.after(now, given.accept / 2),
    }


def count_of(report: Report, hours: WorkTime) -> Count:
    """The count that runs in the report's present status, which is one that has a deadline."""
    given = promise(report.category, is_urgent=report.is_urgent)
    time = _time(given, hours)
    match report.status:
        case Status.OPEN:
            left = time.between(report.phase_from, report.accept_by) // DEADLINE * DEADLINE  # its halves must be even
            return Count(report.phase_from, timedelta(), max(left, given.accept / 2), time)
        case Status.ACCEPTED:
            return Count(report.resolve_from, _used(report), given.resolve, time)
        case Status.REVIEW if report.is_urgent:
            return Count(report.phase_from, timedelta(), DECIDE_URGENT_WITHIN, AroundTheClock())
        case Status.REVIEW:
            return Count(report.phase_from, timedelta(), DECIDE_WITHIN, hours)
        case Status.RESOLVED:
            return Count(report.phase_from, timedelta(), VERDICT_WITHIN, AroundTheClock())
    raise AssertionError(f"{report.status} has no deadline")


def spans_closed(report: Report, hours: WorkTime) -> tuple[bool, bool]:
    """Whether hours that do not count lie within the promise to accept it, and within that to fix it."""
    if promise(report.category, is_urgent=report.is_urgent).around_the_clock:
        return False, False
    promises = (report.phase_from, report.accept_by), (report.resolve_from, report.resolve_by)
    accept, resolve = (hours.between(start, by) < by - start for start, by in promises)
    return accept, resolve


def begin(report: Report, *, hours: WorkTime, now: datetime) -> None:
    """The report has just come to its present status: begin that status's count.

    The promises are given to the reporter: who passes a report on does not renew them.
    """
    _end_pause(report, now=now)
    report.step = 0
    if report.status in HAVE_NONE:
        report.next_at = None
        return
    if report.status is not Status.ACCEPTED:
        report.phase_from = now
    count = count_of(report, hours)
    if report.status is Status.ACCEPTED:
        report.step = count.passed(now)
        if count.used < count.total:  # else the deadline had passed before a pause
            report.resolve_by = count.at(DEADLINE)
    _look_next(report, count, now=now)


def promise_acceptance(report: Report, *, hours: WorkTime, now: datetime) -> None:
    """It had been accepted, and is to be once more: where that promise has passed, kept or broken, a new one is given.

    To be called before `begin`.
    """
    if report.accept_by <= now:
        given = promise(report.category, is_urgent=report.is_urgent)
        report.accept_by = _time(given, hours).after(now, given.accept)


def renew(report: Report, *, hours: WorkTime, now: datetime) -> None:
    """Both promises begin anew: the report was reopened. To be called before `begin`."""
    report.resolve_from, report.resolve_used = now, 0
    given = promise(report.category, is_urgent=report.is_urgent)
    time = _time(given, hours)
    report.accept_by, report.resolve_by = time.after(now, given.accept), time.after(now, given.resolve)


def recount(report: Report, course: Course, *, is_chosen: bool, hours: WorkTime, now: datetime) -> None:
    """Category or urgency of a report at work have changed: another promise holds than before.

    One that is later counts from the same beginning, if it is by choice (``is_chosen``; else what was promised stays).
    One that is sooner counts from now, is never later than what was promised, and nothing is late by it that was not;
    by choice, one that was given before holds again as it was.
    """
    given = promise(report.category, is_urgent=report.is_urgent)
    time = _time(given, hours)

    def by(promised: datetime, span: timedelta, runs: Runs, most: datetime | None) -> datetime:
        counted = _after(time, span, runs, since=course.begun)
        if counted >= promised:
            return max(promised, min(counted, most or counted)) if is_chosen else promised
        sooner = time.after(now, span)
        if is_chosen and course.spell is not None:
            since, until = course.spell
            again = _after(time, span, runs, since=since)
            sooner = again if again > now or again <= until else sooner
        return min(promised, sooner)

    asked = ((_asked_since(course, given, time), now),)
    accept_by = by(report.accept_by, given.accept, asked, course.accept_most)
    resolve_by = by(report.resolve_by, given.resolve, course.runs, course.resolve_most)
    before = course.before
    asks_anew = (given.accept, given.around_the_clock) != (before.accept, before.around_the_clock)
    if accept_by > report.accept_by:
        report.accept_by, asks_anew = accept_by, False
    hasten(report, accept_by=accept_by, resolve_by=resolve_by, asks_anew=asks_anew, hours=hours, now=now)


def hasten(
    report: Report,
    *,
    accept_by: datetime,
    resolve_by: datetime,
    asks_anew: bool,
    is_raised: bool = False,
    hours: WorkTime,
    now: datetime,
) -> None:
    """Let these promises hold for a report at work whose clock runs, and count what is left of them from now on.

    ``asks_anew``: those who are asked to accept it have a fair time for that, as those whom it is passed on to.
    ``is_raised``: that the promise is broken has been dealt with.
    """
    given = promise(report.category, is_urgent=report.is_urgent)
    report.accept_by, report.resolve_by = accept_by, resolve_by
    left = _time(given, hours).between(now, resolve_by)
    report.resolve_from, report.resolve_used = now, max(0, ceil((given.resolve - left).total_seconds()))
    if report.status is Status.OPEN and asks_anew:
        report.phase_from, report.step = now, 0
    count = count_of(report, hours)
    passed = count.passed(now)
    if report.status is Status.OPEN:
        report.step = min(report.step, passed)
    elif passed < DEADLINE or is_raised or report.step >= DEADLINE:
        report.step = passed
    else:
        report.step = DEADLINE - 1
    _look_next(report, count, now=now)


def fix_by(report: Report, *, hours: WorkTime, now: datetime) -> datetime:
    """By when it is promised to be fixed; if its clock stands still: were it to go on now."""
    given = promise(report.category, is_urgent=report.is_urgent)
    left = given.resolve - _used(report)
    if report.paused_at is None or left <= timedelta():
        return report.resolve_by
    return _time(given, hours).after(now, left)


def advance(report: Report, *, hours: WorkTime, now: datetime) -> int:
    """Note that all the halves that have passed are dealt with; return how many there are since the last time."""
    count = count_of(report, hours)
    before, report.step = report.step, max(report.step, count.passed(now))
    _look_next(report, count, now=now)
    return report.step - before


def longest_wait(report: Report, *, now: datetime) -> timedelta:
    """How long the clock of an accepted report, which runs, may be stopped at a time."""
    limits = _read(_table()["waiting"])
    fit = {"usual": True, "urgent": report.is_urgent, "overdue": report.resolve_by <= now}
    longest: timedelta = min(limits[name] for name, fits in fit.items() if fits)
    return longest


def pause(report: Report, *, waiting_for: WaitingFor, until: datetime, hours: WorkTime, now: datetime) -> None:
    """Stop the count of an accepted report until then, or until `resume`."""
    count = count_of(report, hours)
    report.resolve_used = int((count.used + count.time.between(count.start, now)).total_seconds())
    report.resolve_from = report.paused_at = now
    report.waiting_for, report.waiting_until, report.next_at = waiting_for, until, until


def resume(report: Report, *, hours: WorkTime, now: datetime) -> None:
    """Let the count go on; a deadline that had passed before the pause stays as it was."""
    _end_pause(report, now=now)
    count = count_of(report, hours)
    if count.used < count.total:
        report.resolve_by = count.at(DEADLINE)
    _look_next(report, count, now=now)


HAVE_NONE = frozenset({Status.CLOSED, Status.REJECTED, Status.WITHDRAWN, Status.MERGED})
"""In these a report waits for nothing."""


def _end_pause(report: Report, *, now: datetime) -> None:
    if report.paused_at is not None:
        report.resolve_from = now
        report.paused_at = report.waiting_for = report.waiting_until = None


def _look_next(report: Report, count: Count, *, now: datetime) -> None:
    report.next_at = count.at(DEADLINE if report.status is Status.RESOLVED else report.step + 1)
    if report.status is Status.OPEN and now < report.accept_by < count.at(DEADLINE):
        report.next_at = min(report.next_at, report.accept_by)


def _asked_since(course: Course, given: Promise, time: WorkTime | AroundTheClock) -> datetime:
    """Since when somebody is to accept it: as `promise_acceptance` has it, had this always been promised."""
    asked = course.begun
    for opened in course.opened:
        asked = opened if time.after(asked, given.accept) <= opened else asked
    return asked


def _after(time: WorkTime | AroundTheClock, span: timedelta, runs: Runs, *, since: datetime) -> datetime:
    """When so much time has passed in these runs, of which the last goes on, from then on."""
    for start, end in runs[:-1]:
        passed = time.between(max(start, since), end)
        if passed >= span:
            return time.after(max(start, since), span)
        span -= passed
    return time.after(max(runs[-1][0], since), span)


def _used(report: Report) -> timedelta:
    return timedelta(seconds=report.resolve_used)


def _time(given: Promise, hours: WorkTime) -> WorkTime | AroundTheClock:
    return AroundTheClock() if given.around_the_clock else hours


@cache
def _table() -> dict[str, dict[str, Any]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _read(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of the file with its minutes as spans of time."""
    return {name: value if isinstance(value, bool) else timedelta(minutes=value) for name, value in entry.items()}
