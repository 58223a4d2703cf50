"""The arithmetic of deadlines: halves, pauses, passing on, other promises."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import deadlines
from services.deadlines import Course
from services.worktime import WorkTime
from storage.categories import all_categories
from storage.kinds import Status, WaitingFor
from storage.schema import Report

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = WorkTime(ZONE)
HALF_HOUR = timedelta(minutes=30)


def at(text: str) -> datetime:
    """A moment of Tuesday, 24 November 2026 (`HH:MM`), or of another day of the county's."""
    return datetime.fromisoformat(text if "-" in text else f"2026-11-24 {text}").replace(tzinfo=ZONE)


def filed(moment: datetime, *, category: str = "water_leak", is_urgent: bool = False, **columns: Any) -> Report:
    """A report that was filed then."""
    promised = deadlines.at_filing(category, is_urgent=is_urgent, hours=HOURS, now=moment)
    filed = {"category": category, "is_urgent": is_urgent, "status": Status.OPEN, "filed_at": moment}
    return Report(**{**filed, **promised, **columns})


def to(report: Report, status: Status, moment: datetime) -> Report:
    """The report comes to that status."""
    report.status = status
    deadlines.begin(report, hours=HOURS, now=moment)
    return report


def test_an_urgent_report_is_promised_around_the_clock() -> None:
    report = filed(at("23:58"), category="fire", is_urgent=True)
    assert report.accept_by == at("2026-11-25 00:03")
    assert report.resolve_by == at("2026-11-25 01:58")
    assert report.next_at == at("2026-11-25 00:00:30")


def test_a_normal_report_is_promised_in_working_time() -> None:
    report = filed(at("17:50"))
    assert report.accept_by == at("2026-11-25 08:50")
    assert report.resolve_by == at("2026-11-27 18:00") + timedelta(days=3, hours=-8, minutes=-10)
    assert report.next_at == at("2026-11-25 08:35")


def test_every_category_has_a_promise_and_no_line_of_the_table_is_for_nothing() -> None:
    for code in all_categories():
        for is_urgent in (True, False):
            promise = deadlines.promise(code, is_urgent=is_urgent)
            assert timedelta() < promise.accept < promise.resolve
    assert set(deadlines._table()) <= set(all_categories()) | {"normal", "urgent", "waiting"}


@pytest.mark.parametrize("code", all_categories())
def test_what_is_urgent_has_the_urgent_promise_whatever_its_category(code: str) -> None:
    """A road that has caved in is not mended at leisure."""
    given = deadlines.promise(code, is_urgent=True)
    assert (given.accept, given.resolve) == (timedelta(minutes=5), timedelta(hours=2))
    assert given.around_the_clock


def test_a_category_may_name_an_urgent_promise_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {**deadlines._table(), "road": {"resolve": 2250, "urgent": {"resolve": 180}}}
    monkeypatch.setattr(deadlines, "_table", lambda: table)
    urgent, usual = (deadlines.promise.__wrapped__("road", is_urgent=is_urgent) for is_urgent in (True, False))
    assert (urgent.accept, urgent.resolve) == (timedelta(minutes=5), timedelta(hours=3))
    assert (usual.resolve, usual.around_the_clock) == (timedelta(minutes=2250), False)


@pytest.mark.parametrize(
    ("moment", "step", "next_at"),
    [("09:14", 0, "09:15"), ("09:15", 1, "09:30"), ("09:29", 1, "09:30"), ("09:30", 2, "09:45"), ("11:00", 8, "11:15")],
)
def test_each_half_of_the_time_is_dealt_with_once(moment: str, step: int, next_at: str) -> None:
    report = filed(at("09:00"))
    assert deadlines.advance(report, hours=HOURS, now=at(moment)) == step
    assert (report.step, report.next_at) == (step, at(next_at))
    assert deadlines.advance(report, hours=HOURS, now=at(moment)) == 0


def test_a_clock_set_back_undoes_no_step() -> None:
    report = filed(at("09:00"))
    deadlines.advance(report, hours=HOURS, now=at("09:31"))
    assert deadlines.advance(report, hours=HOURS, now=at("09:02")) == 0
    assert (report.step, report.next_at) == (2, at("09:45"))


def test_who_accepts_late_is_not_raised_at_once() -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("10:10"))
    assert (report.resolve_by, report.step, report.next_at) == (at("11:00"), 1, at("11:00"))
    late = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("11:30"))
    assert (late.resolve_by, late.step, late.next_at) == (at("11:00"), 2, at("12:00"))


@pytest.mark.parametrize(
    ("passed_on", "looks"),
    [
        ("09:01", ("09:03", "09:05", "09:07")),  # what is left of the promise, in halves
        ("09:04", ("09:05", "09:05:15", "09:06:30")),  # at least half of the usual time; the promise is looked at, too
        ("09:20", ("09:21:15", "09:22:30", "09:23:45")),
    ],
)
def test_passing_on_renews_no_promise_but_gives_a_fair_time_to_look(passed_on: str, looks: tuple[str, ...]) -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.OPEN, at(passed_on))
    assert (report.accept_by, report.resolve_by, report.step) == (at("09:05"), at("11:00"), 0)
    for look in looks:
        assert report.next_at == at(look)
        deadlines.advance(report, hours=HOURS, now=at(look))


def test_in_working_time_they_have_what_is_left_of_the_promise_by_the_same_clock() -> None:
    report = to(filed(at("11:45")), Status.OPEN, at("11:50"))
    assert (report.accept_by, report.next_at) == (at("14:15"), at("14:02:30"))


@pytest.mark.parametrize(("given_back", "by"), [("09:02", "09:05"), ("09:40", "09:45")])
def test_what_was_accepted_is_promised_anew_where_that_promise_has_passed(given_back: str, by: str) -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("09:01"))
    deadlines.promise_acceptance(report, hours=HOURS, now=at(given_back))
    to(report, Status.OPEN, at(given_back))
    assert (report.accept_by, report.resolve_by) == (at(by), at("11:00"))


def test_a_pause_stops_the_clock() -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("09:01"))
    deadlines.pause(report, waiting_for=WaitingFor.THIRD_PARTY, until=at("12:00"), hours=HOURS, now=at("09:30"))
    assert (report.waiting_for, report.next_at) == (WaitingFor.THIRD_PARTY, at("12:00"))
    deadlines.resume(report, hours=HOURS, now=at("11:00"))
    assert report.resolve_by == at("12:30")
    assert report.next_at == at("11:30")  # the first half: 30 of its 60 minutes were used
    assert report.paused_at is report.waiting_for is report.waiting_until is None


def test_a_pause_ends_with_the_status() -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("09:01"))
    deadlines.pause(report, waiting_for=WaitingFor.REPORTER, until=at("12:00"), hours=HOURS, now=at("09:30"))
    to(report, Status.OPEN, at("10:00"))
    to(report, Status.ACCEPTED, at("10:02"))
    assert report.resolve_by == at("11:30")
    assert report.paused_at is None


def since_filing(report: Report, moment: datetime) -> Course:
    """It was always of one kind, and nobody has waited."""
    before = deadlines.promise(report.category, is_urgent=report.is_urgent)
    return Course(before, report.filed_at, opened=(), runs=((report.filed_at, moment),), spell=None)


def recount(report: Report, moment: datetime, *, category: str = "water_leak", is_urgent: bool = True) -> Report:
    """It is of another kind from then on, by words."""
    course = since_filing(report, moment)
    report.category, report.is_urgent = category, is_urgent
    deadlines.recount(report, course, is_chosen=False, hours=HOURS, now=moment)
    return report


def test_what_becomes_urgent_is_promised_from_the_moment_at_which_that_is_known() -> None:
    """Filed at night, the office opens in the morning: nothing is late by words that came an hour later."""
    report = recount(filed(at("22:00")), at("23:00"))
    assert (report.accept_by, report.resolve_by) == (at("23:05"), at("2026-11-25 01:00"))
    assert (report.step, report.next_at) == (0, at("23:02:30"))
    assert deadlines.advance(report, hours=HOURS, now=at("23:00:05")) == 0
    to(report, Status.ACCEPTED, at("23:04"))
    assert (report.resolve_by, report.step, report.next_at) == (at("2026-11-25 01:00"), 0, at("2026-11-25 00:00"))


def test_no_promise_becomes_later_by_that() -> None:
    soon = recount(filed(at("09:00")), at("09:28"))
    assert (soon.accept_by, soon.resolve_by) == (at("09:30"), at("11:28"))
    broken = filed(at("09:00"))
    deadlines.advance(broken, hours=HOURS, now=at("11:00"))
    recount(broken, at("11:00"))
    assert (broken.accept_by, broken.resolve_by) == (at("09:30"), at("13:00"))
    assert (broken.step, broken.next_at) == (0, at("11:01:15")), "who is asked has a fair time; no step for the past"


@pytest.mark.parametrize(
    ("moment", "by", "next_at"),
    [
        ("09:01", "11:01", "10:01"),
        ("2026-11-27 09:45", "2026-11-27 10:30", "2026-11-27 10:30"),  # half of the time is over: the deadline is next
        ("2026-11-27 11:00", "2026-11-27 10:30", "2026-11-27 12:00"),  # broken before, and dealt with
    ],
)
def test_so_is_the_fix_of_what_is_accepted(moment: str, by: str, next_at: str) -> None:
    report = to(filed(at("09:00")), Status.ACCEPTED, at("09:00"))
    assert report.resolve_by == at("2026-11-27 10:30")
    deadlines.advance(report, hours=HOURS, now=at(moment))
    recount(report, at(moment))
    assert (report.resolve_by, report.next_at) == (at(by), at(next_at))


def test_a_kind_that_is_given_more_time_has_it_only_by_choice() -> None:
    usual = filed(at("09:00")).resolve_by
    assert recount(filed(at("09:00")), at("09:01"), category="road", is_urgent=False).resolve_by == usual
    chosen = filed(at("09:00"), category="road", resolve_by=usual)
    deadlines.recount(chosen, since_filing(chosen, at("09:02")), is_chosen=True, hours=HOURS, now=at("09:02"))
    assert chosen.resolve_by == filed(at("09:00"), category="road").resolve_by
    assert (chosen.accept_by, chosen.next_at) == (at("09:30"), at("09:15"))


def test_the_fix_may_be_judged_for_72_hours_and_a_dispute_decided_within_a_working_day() -> None:
    report = to(filed(at("09:00")), Status.ACCEPTED, at("09:01"))
    to(report, Status.RESOLVED, at("10:00"))
    assert report.next_at == at("2026-11-27 10:00")
    to(report, Status.REVIEW, at("17:00"))
    assert report.next_at == at("2026-11-25 11:15")
    to(report, Status.CLOSED, at("17:30"))
    assert report.next_at is None


def test_a_dispute_of_what_is_urgent_is_decided_within_an_hour_around_the_clock() -> None:
    report = to(filed(at("17:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("17:01"))
    to(report, Status.RESOLVED, at("18:00"))
    to(report, Status.REVIEW, at("22:00"))
    assert report.next_at == at("22:30")
    assert deadlines.advance(report, hours=HOURS, now=at("23:00")) == deadlines.DEADLINE
    assert report.next_at == at("23:30")


def test_a_reopened_report_is_promised_anew() -> None:
    report = to(filed(at("09:00"), category="fire", is_urgent=True), Status.ACCEPTED, at("09:01"))
    to(report, Status.RESOLVED, at("10:00"))
    deadlines.renew(report, hours=HOURS, now=at("15:00"))
    to(report, Status.ACCEPTED, at("15:00"))
    assert (report.resolve_by, report.next_at) == (at("17:00"), at("16:00"))


SECONDS = st.integers(0, 10 * 24 * 3600)


@given(st.booleans(), SECONDS, SECONDS, SECONDS)
def test_a_pause_moves_the_deadline_by_its_own_length(is_urgent: bool, before: int, length: int, start: int) -> None:
    """What is left of the time when the pause begins is what is left when it ends."""
    begin = at("09:00") + timedelta(seconds=start)
    report = to(filed(begin, is_urgent=is_urgent), Status.ACCEPTED, begin)
    paused, resumed = begin + timedelta(seconds=before), begin + timedelta(seconds=before + length)
    count = deadlines.count_of(report, HOURS)
    left = count.total - count.time.between(begin, paused)
    deadlines.pause(report, waiting_for=WaitingFor.REPORTER, until=resumed, hours=HOURS, now=paused)
    deadlines.resume(report, hours=HOURS, now=resumed)
    if left > timedelta():
        assert count.time.between(resumed, report.resolve_by) == left
    else:
        assert report.resolve_by <= resumed
