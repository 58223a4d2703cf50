"""Working time: office hours, weekends, the Spring Festival, make-up working days, unknown years."""

import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.worktime import AroundTheClock, WorkTime, chinese_workday, public_holiday

ZONE = ZoneInfo("Asia/Shanghai")
COUNTY = WorkTime(ZONE)
HALF_HOUR, DAY_OF_WORK = timedelta(minutes=30), timedelta(hours=7, minutes=30)


def at(text: str) -> datetime:
    """A moment of the county's time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-24 09:00", HALF_HOUR, "2026-11-24 09:30"),
        ("2026-11-24 07:00", HALF_HOUR, "2026-11-24 09:00"),  # before the office opens
        ("2026-11-24 11:45", HALF_HOUR, "2026-11-24 14:15"),  # over the noon break
        ("2026-11-24 11:30", HALF_HOUR, "2026-11-24 12:00"),  # to the very end of the morning
        ("2026-11-24 12:30", HALF_HOUR, "2026-11-24 14:30"),
        ("2026-11-24 18:00", HALF_HOUR, "2026-11-25 09:00"),  # the office has just closed
        ("2026-11-27 17:50", HALF_HOUR, "2026-11-30 08:50"),  # Friday evening to Monday
        ("2026-11-24 08:30", DAY_OF_WORK * 3, "2026-11-26 18:00"),
        (
            "2026-02-14 17:45",
            HALF_HOUR,
            "2026-02-24 08:45",
        ),  # Saturday is worked, then the Spring Festival, 15th to 23rd
        ("2026-02-16 10:00", HALF_HOUR, "2026-02-24 09:00"),
        ("2026-02-27 17:45", HALF_HOUR, "2026-02-28 08:45"),  # the make-up Saturday after it
        (
            "2026-09-19 10:00",
            HALF_HOUR,
            "2026-09-20 09:00",
        ),  # a Saturday, and its Sunday that is worked for National Day
        ("2025-12-31 17:45", HALF_HOUR, "2026-01-04 08:45"),  # New Year, and the Sunday that is worked for it
    ],
)
def test_after(start: str, span: timedelta, end: str) -> None:
    assert COUNTY.after(at(start), span) == at(end)


def test_an_empty_span_ends_where_it_begins() -> None:
    assert COUNTY.after(at("2026-02-16 10:00"), timedelta()) == at("2026-02-16 10:00")


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2026-11-24 09:00", "2026-11-24 15:00", timedelta(hours=4)),
        ("2026-11-24 12:10", "2026-11-24 13:50", timedelta()),
        ("2026-02-14 17:00", "2026-02-24 09:00", timedelta(hours=1, minutes=30)),
        ("2026-11-24 15:00", "2026-11-24 09:00", timedelta()),  # a clock set back
    ],
)
def test_between(start: str, end: str, span: timedelta) -> None:
    assert COUNTY.between(at(start), at(end)) == span


MOMENTS = st.integers(0, 4 * 365 * 24 * 3600).map(
    lambda second: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
SPANS = st.timedeltas(timedelta(seconds=1), timedelta(hours=60))


@given(MOMENTS, SPANS)
def test_what_comes_after_a_span_lies_that_span_away(start: datetime, span: timedelta) -> None:
    assert COUNTY.between(start, COUNTY.after(start, span)) == span


@given(MOMENTS, SPANS, SPANS)
def test_two_spans_one_after_the_other_are_their_sum(start: datetime, one: timedelta, two: timedelta) -> None:
    assert COUNTY.after(COUNTY.after(start, one), two) == COUNTY.after(start, one + two)


@given(MOMENTS, SPANS, SPANS)
def test_time_that_never_stops(start: datetime, one: timedelta, two: timedelta) -> None:
    clock = AroundTheClock()
    assert clock.after(start, one) == start + one
    assert clock.between(start, start + two) == two


def test_a_year_that_is_not_known_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for day in (date(2091, 1, number) for number in range(1, 8)):
            assert chinese_workday(day) is (day.strftime("%a") not in ("Sat", "Sun"))
    assert [record.message for record in caplog.records] == [
        "the working calendar of 2091 is not known yet: Monday to Friday are taken as working days"
    ]


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        ("2026-02-15", True),  # a Sunday of the Spring Festival
        ("2026-02-23", True),  # its last day
        ("2026-02-14", False),  # a make-up Saturday
        ("2026-03-01", False),  # a Sunday like any other
        ("2026-11-24", False),
        ("2045-10-01", False),  # not known yet
    ],
)
def test_public_holidays_are_those_of_the_state_council(day: str, is_holiday: bool) -> None:
    assert public_holiday(date.fromisoformat(day)) is is_holiday
