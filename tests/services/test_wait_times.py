"""Until when: as people write it, in both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services import wait_times
from services.errors import BadTime, TimeOver

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3 days", "11-27 12:00"),
        ("3天", "11-27 12:00"),
        ("三天后", "11-27 12:00"),
        ("２小时", "11-24 14:00"),
        ("两个小时", "11-24 14:00"),
        ("in 2 hours", "11-24 14:00"),
        ("90 min", "11-24 13:30"),
        ("半小时", "11-24 12:30"),
        ("半天", "11-25 00:00"),
        ("一周", "12-01 12:00"),
        ("2 weeks", "12-08 12:00"),
        ("15:30", "11-24 15:30"),
        ("15：30", "11-24 15:30"),
        ("9:00", "11-25 09:00"),
        ("9点", "11-25 09:00"),
        ("下午3点", "11-24 15:00"),
        ("下午三点半", "11-24 15:30"),
        ("晚上8点一刻", "11-24 20:15"),
        ("3pm", "11-24 15:00"),
        ("3:30 p.m.", "11-24 15:30"),
        ("12 am", "11-25 00:00"),
        ("明天", "11-25 09:00"),
        ("明天9点", "11-25 09:00"),
        ("明早八点", "11-25 08:00"),
        ("明天下午2点半前", "11-25 14:30"),
        ("tomorrow", "11-25 09:00"),
        ("tomorrow at 9", "11-25 09:00"),
        ("until tomorrow 10:15", "11-25 10:15"),
        ("后天中午", "11-26 12:00"),
        ("今晚8点", "11-24 20:00"),
        ("12-03", "12-03 09:00"),
        ("12/3 15:30", "12-03 15:30"),
        ("12月3日", "12-03 09:00"),
        ("12月3号下午3点", "12-03 15:00"),
        ("十二月三日下午三点", "12-03 15:00"),
        ("3 Dec", "12-03 09:00"),
        ("Dec 3rd 5pm", "12-03 17:00"),
        ("3 December 2026 at 10:00", "12-03 10:00"),
        ("2026-12-03 15:30", "12-03 15:30"),
        ("30号", "11-30 09:00"),
        ("周五", "11-27 09:00"),
        ("星期二下午4点", "12-01 16:00"),
        ("Friday 4pm", "11-27 16:00"),
        ("on Monday", "11-30 09:00"),
        ("周日", "11-29 09:00"),
    ],
)
def test_what_people_write(text: str, at: str) -> None:
    assert wait_times.parse(text, now=NOW, zone=ZONE) == datetime.fromisoformat(f"2026-{at}").replace(tzinfo=ZONE)


def test_a_day_that_is_over_this_year_is_the_next_years() -> None:
    assert wait_times.parse("3月1日", now=NOW, zone=ZONE) == datetime(2027, 3, 1, 9, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "soon", "尽快", "3", "25:00", "12:75", "13-40", "2月30日", "0-0", "tomorrow maybe", "3 days ago",
     "明天后天", "9" * 40, "等" * 100, "15:30 15:31", "-3 days", "²", "3月1日 " + "1" * 50, "99点"],
)  # fmt: skip
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(BadTime):
        wait_times.parse(text, now=NOW, zone=ZONE)


@pytest.mark.parametrize("text", ["2025-12-03", "今天9点", "today 11:59", "0 days", "0小时"])
def test_what_is_over(text: str) -> None:
    with pytest.raises(TimeOver):
        wait_times.parse(text, now=NOW, zone=ZONE)


def test_tomorrow_is_the_countys() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=ZONE)
    assert wait_times.tomorrow(now=late, zone=ZONE) == datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
