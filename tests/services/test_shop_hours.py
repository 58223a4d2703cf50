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
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, kept: str) -> None:
    assert hours.tidy(typed) == kept == hours.tidy(kept)


@pytest.mark.parametrize(
    "typed", ["", "always", "25-26", "7", "7:61-9", "9-9", "1-2,3-4,5-6,7-8", "24-3", "七点到八点"]
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


def test_some_never_close() -> None:
    for clock in ("00:00", "12:00", "23:59"):
        now = datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")
        assert hours.is_open("00:00-24:00", now=now, zone=ZONE)
