"""When a shop is open."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.merchants import hours
from services.merchants.errors import BadHours

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7-21", "07:00-21:00"),
        ("07:00 – 21:30", "07:00-21:30"),
        ("6:30-13:30，17：00—1:30", "06:30-13:30,17:00-01:30"),
        ("8点到20点", "08:00-20:00"),
        ("0-24", "00:00-24:00"),
        ("９:00~18:00、19-20", "09:00-18:00,19:00-20:00"),
        ("早上8点到晚上8点", "08:00-20:00"),
        ("早上八点半至晚上十点", "08:30-22:00"),
        ("每天 8:00-20:00", "08:00-20:00"),
        ("8:00-20:00 每天", "08:00-20:00"),
        ("周一至周日8时到20时30分", "08:00-20:30"),
        ("营业时间：早8晚10", "08:00-22:00"),
        ("早九晚六", "09:00-18:00"),
        ("从7点一刻到21点三刻", "07:15-21:45"),
        ("上午9点到12点，下午2点到6点", "09:00-12:00,14:00-18:00"),
        ("晚上6点到2点", "18:00-02:00"),
        ("下午5点到凌晨1点", "17:00-01:00"),
        ("中午11点到下午2点和晚上5点到晚上12点", "11:00-14:00,17:00-24:00"),
        ("晚上12点到早上6点", "00:00-06:00"),
        ("七点到二十一点", "07:00-21:00"),
        ("9am-8pm", "09:00-20:00"),
        ("Open 9 a.m. to 8:30 p.m.", "09:00-20:30"),
        ("12pm - 12am", "12:00-24:00"),
        ("daily 7.30-21.00", "07:30-21:00"),
        ("0830-2000", "08:30-20:00"),
        ("8：00——20：00", "08:00-20:00"),
        ("18:00到次日2:00", "18:00-02:00"),
        ("18-2", "18:00-02:00"),
        ("24小时", "00:00-24:00"),
        ("24 小时营业", "00:00-24:00"),
        ("全天", "00:00-24:00"),
        ("Open 24 hours", "00:00-24:00"),
        ("24/7", "00:00-24:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, kept: str) -> None:
    assert hours.tidy(typed) == kept == hours.tidy(kept)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "whenever",
            "25-26",
            "7",
            "7:61-9",
            "9-9",
            "1-2,3-4,5-6,7-8",
            "24-3",
            "早上八点",
            "每天",
            "八十八点到九点",
        ),
        *("周一到周五 8-20", "8-20 except Monday", "8-20-22", "一二三点到四点", "8点到8点", "-", "8-20 25"),
        *("9-6", "9 to 5", "0860-2000", "24小时 8-20"),
    ],
)
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(BadHours):
        hours.tidy(typed)


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("06:59", False), ("07:00", True), ("13:59", True), ("14:00", False), ("23:00", True), ("01:29", True)],
)
def test_open_is_by_the_countys_clocks_also_past_midnight(clock: str, is_open: bool) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
    assert hours.is_open("07:00-14:00,17:00-01:30", now=now, zone=ZONE) is is_open


@pytest.mark.parametrize(
    ("clock", "opens"),
    [
        ("06:59", "2026-11-23T07:00"),
        ("07:00", None),
        ("14:00", "2026-11-23T17:00"),
        ("23:00", None),
        ("01:30", "2026-11-23T07:00"),
    ],
)
def test_what_is_closed_says_when_it_opens(clock: str, opens: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
    then = datetime.fromisoformat(f"{opens}:00+08:00") if opens is not None else None
    assert hours.opens_at("17:00-01:30,07:00-14:00", now=now, zone=ZONE) == then


def test_after_the_last_span_it_opens_on_the_next_day() -> None:
    now = datetime.fromisoformat("2026-11-30T21:00:00+08:00")
    assert hours.opens_at("07:00-21:00", now=now, zone=ZONE) == datetime.fromisoformat("2026-12-01T07:00:00+08:00")


def test_some_never_close() -> None:
    for clock in ("00:00", "12:00", "23:59"):
        now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
        assert hours.is_open("00:00-24:00", now=now, zone=ZONE)
