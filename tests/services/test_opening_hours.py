"""When a place or a shop is open: what people write is read, and each minute is as a simple model says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.hours.errors import BadHours, HoursByFestival, HoursTooLong, LoneTime
from services.hours.opening import MOST, Openness, openness, tidy
from services.hours.reading import read
from storage.hour_words import WEEKDAYS

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
DAY = 24 * 60
LUNAR_NEW_YEAR = date(2026, 2, 16)  # a Monday; holidays are 15 to 23 February, make-up days the 14th and the 28th


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("8-20", "08:00-20:00"),
        ("8:30～18:00", "08:30-18:00"),
        ("8：30—18：00", "08:30-18:00"),
        ("8.30-18.00", "08:30-18:00"),
        ("0830-1800", "08:30-18:00"),
        ("营业时间：07:00-22:00", "07:00-22:00"),
        ("daily 7:00-23:00", "07:00-23:00"),
        ("10:00-26:00", "10:00-02:00"),
        ("22:00-30:00", "22:00-06:00"),
        ("法定节假日 10:00-16:00；平时 8:00-20:00", "08:00-20:00; PH 10:00-16:00"),
        ("24小时（周日除外）", "Mo-Sa 00:00-24:00; Su off"),
        ("24小时", "24/7"),
        ("全天", "24/7"),
        ("24 hours", "24/7"),
        ("00:00-24:00", "24/7"),
        ("24/7", "24/7"),
        ("22:00-06:00", "22:00-06:00"),
        ("每天 6:00-次日1:00", "06:00-01:00"),
        ("18:00-24:00", "18:00-24:00"),
        ("8:00-0:00", "08:00-24:00"),
        ("10am-12am", "10:00-24:00"),
        ("晚上6点到凌晨2点", "18:00-02:00"),
        ("早8点至晚10点", "08:00-22:00"),
        ("8点半到下午5点", "08:30-17:00"),
        ("上午8点-12点 下午2点-6点", "08:00-12:00,14:00-18:00"),
        ("8am-12pm, 2pm-6.30 p.m.", "08:00-12:00,14:00-18:30"),
        ("9-5", "09:00-17:00"),
        ("8-8", "08:00-20:00"),
        ("9-1pm", "09:00-13:00"),
        ("1-5pm", "13:00-17:00"),
        ("周一至周五 8:30-12:00,14:00-18:00，周末休息", "Mo-Fr 08:30-12:00,14:00-18:00; Sa,Su off"),
        ("Mon-Fri 8am-6pm, Sat 9-1", "Mo-Fr 08:00-18:00; Sa 09:00-13:00; Su off"),
        ("Mon–Thu 8:00–17:30 and Fri 8:00–12:00", "Mo-Th 08:00-17:30; Fr 08:00-12:00; Sa,Su off"),
        ("9-5 Mon-Fri, 10-2 Sat", "Mo-Fr 09:00-17:00; Sa 10:00-14:00; Su off"),
        ("Mon-Sat 9-5, closed Sunday", "Mo-Sa 09:00-17:00; Su off"),
        ("周一闭馆，9:00-17:00", "Mo off; Tu-Su 09:00-17:00"),
        ("周一、三、五 8-12", "Mo,We,Fr 08:00-12:00; Tu,Th,Sa,Su off"),
        ("周六日 9:00-12:00", "Mo-Fr off; Sa,Su 09:00-12:00"),
        ("Fr-Mo 10-18", "Mo,Fr-Su 10:00-18:00; Tu-Th off"),
        ("8:00-20:00，节假日休息", "08:00-20:00; PH off"),
        ("全年无休 6:00-24:00", "06:00-24:00"),
        ("8-20，节假日照常", "08:00-20:00"),
        ("工作日 9:00-17:30，节假日 10:00-16:00", "Sa,Su 10:00-16:00; WD 09:00-17:30; PH 10:00-16:00"),
        ("Working days 9-17", "WD 09:00-17:00"),
        ("周五8-12，其他8-20", "Mo-Th,Sa,Su 08:00-20:00; Fr 08:00-12:00"),
        ("8-20；2026年2月16日至23日休息", "08:00-20:00; 2026 Feb 16-2026 Feb 23 off"),
        ("8-20; 2026-10-01 10-16; 16 Feb 2026 closed", "08:00-20:00; 2026 Feb 16 off; 2026 Oct 01 10:00-16:00"),
        (
            "Mo-Fr 08:30-18:00; Sa,Su off; PH off; 2026 Feb 16-2026 Feb 23 off",
            "Mo-Fr 08:30-18:00; Sa,Su off; PH off; 2026 Feb 16-2026 Feb 23 off",
        ),
        ("春节休息；8:00-20:00", "08:00-20:00; SF off"),
        ("8:00-20:00, closed at Spring Festival", "08:00-20:00; SF off"),
        ("24小时（春节除外）", "00:00-24:00; SF off"),
        ("8-20，国庆节、中秋节 10:00-16:00，春节期间放假", "08:00-20:00; ND 10:00-16:00; MA 10:00-16:00; SF off"),
        (
            "Mo-Fr 9-17, public holidays closed, National Day 10-12",
            "Mo-Fr 09:00-17:00; Sa,Su off; PH off; ND 10:00-12:00",
        ),
        ("8-20, Labour Day and New Year's Day closed", "08:00-20:00; LD off; NY off"),
        # as shopkeepers write them
        ("7-21", "07:00-21:00"),
        ("07:00 – 21:30", "07:00-21:30"),
        ("6:30-13:30，17：00—1:30", "06:30-13:30,17:00-01:30"),
        ("07:00-14:00,17:00-01:30", "07:00-14:00,17:00-01:30"),
        ("8点到20点", "08:00-20:00"),
        ("8点整到20点钟", "08:00-20:00"),
        ("0-24", "24/7"),
        ("９:00~18:00、19-20", "09:00-18:00,19:00-20:00"),
        ("早上8点到晚上8点", "08:00-20:00"),
        ("早上八点半至晚上十点", "08:30-22:00"),
        ("八點到二十點零五分", "08:00-20:05"),
        ("八点十五到二十点三十分", "08:15-20:30"),
        ("8:00-20:00 每天", "08:00-20:00"),
        ("周一至周日8时到20时30分", "08:00-20:30"),
        ("营业时间：早8晚10", "08:00-22:00"),
        ("早九晚六", "09:00-18:00"),
        ("从7点一刻到21点三刻", "07:15-21:45"),
        ("上午8点到上午12点", "08:00-12:00"),
        ("下午2点到6点", "14:00-18:00"),
        ("晚上6点到2点", "18:00-02:00"),
        ("晚上6点到晚上2点", "18:00-02:00"),
        ("下午5点到凌晨1点", "17:00-01:00"),
        ("下午5点到半夜12点", "17:00-24:00"),
        ("中午11点到下午2点和晚上5点到晚上12点", "11:00-14:00,17:00-24:00"),
        ("中午12点到晚上9点", "12:00-21:00"),
        ("晚上12点到早上6点", "00:00-06:00"),
        ("七点到二十一点", "07:00-21:00"),
        ("两点到十点", "02:00-10:00"),
        ("9am-8pm", "09:00-20:00"),
        ("Open 9 a.m. to 8:30 p.m.", "09:00-20:30"),
        ("12am - 6am", "00:00-06:00"),
        ("12pm - 12am", "12:00-24:00"),
        ("8：00——20：00", "08:00-20:00"),
        ("18:00到次日2:00", "18:00-02:00"),
        ("18-2", "18:00-02:00"),
        ("9 to 5", "09:00-17:00"),
        ("24 小时营业", "24/7"),
        ("全天24小时", "24/7"),
        ("Open 24 hours", "24/7"),
        # a numeral is a weekday, but with the word for hours behind it
        ("周五八点到十点，周六、日十点到十二点", "Mo-Th off; Fr 08:00-10:00; Sa,Su 10:00-12:00"),
        ("周一二点到五点", "Mo 02:00-05:00; Tu-Su off"),
        ("周一至周五 8点到18点 六日休息", "Mo-Fr 08:00-18:00; Sa,Su off"),
        # overlapping ones are taken together, the later rule for the same day holds
        ("8:00-12:00,11:00-15:00", "08:00-15:00"),
        ("8:00-12:00,12:00-15:00", "08:00-15:00"),
        ("周一至周五 8-12；周一至周五 14-18", "Mo-Fr 08:00-12:00,14:00-18:00; Sa,Su off"),
        ("每天 8-20；周日 9-17", "Mo-Sa 08:00-20:00; Su 09:00-17:00"),
        ("20:00-08:00,08:00-20:00", "08:00-20:00,20:00-08:00"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, kept: str) -> None:
    assert tidy(text) == kept
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "whenever",
            "8",
            "8-",
            "-20",
            "25-26",
            "8:60-9",
            "24:00-06:00",
            "2:00-26:00",
            "10:00-31:00",
            "10-26",
            "8:00-8:00",
            "周一",
            "休息",
            "closed",
        ),
        *(
            "节假日休息",
            "Mo-Su off",
            "8-20 每天，周日 9-17",
            "2026年2月30日 8-20",
            "2月16日 8-20",
            "8-20 sale",
            "8-20, 月",
        ),
        *(
            "7",
            "7:61-9",
            "24-3",
            "早上八点",
            "每天",
            "八十八点到九点",
            "一二三点到四点",
            "周五、六八点到九点",
            "零十点到九点",
        ),
        *("8-20 except Monday", "8-20-22", "-", "--", "8-20 25", "0860-2000", "24小时 8-20", "8-20，全天"),
        *("2026 Feb 23-2026 Feb 16 8-20", "Mo 8-20 9-", "周一 周二 8-20 周三", "６" * 500, "8-20\u202e"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_said_again(text: str) -> None:
    with pytest.raises(BadHours) as problem:
        tidy(text)
    assert 0 < len(str(problem.value.facts["text"])) <= 61


def test_hours_that_fill_a_book_are_refused() -> None:
    many = "8-20; " + "; ".join(f"2026-{month:02}-{day:02} 9-17" for month in range(1, 13) for day in (1, 11))
    with pytest.raises(HoursTooLong) as problem:
        tidy(many)
    assert problem.value.facts["length"] > problem.value.facts["most"] == MOST


def test_what_is_kept_counts_and_not_how_it_was_written() -> None:
    assert tidy("每天早上八点三十分到晚上八点三十分", most=11) == "08:30-20:30"
    with pytest.raises(HoursTooLong):
        tidy("8-12,14-20", most=11)


spans = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(
        lambda one: (one[0], min(one[0] + one[1], 2 * DAY - 1))
    ),
    max_size=3,
).map(lambda drawn: [(begin, end) for begin, end in drawn if end - begin < DAY and end != begin + DAY])
days = st.integers(-12, 12).map(lambda ahead: LUNAR_NEW_YEAR + timedelta(days=ahead))
HOLIDAYS = {date(2026, 2, day) for day in range(15, 24)}
MADE_UP = {date(2026, 2, 14), date(2026, 2, 28)}


@dataclass(frozen=True)
class Drawn:
    """Hours as somebody might want them, and a model that knows no more than the calendar of that February."""

    weekdays: list[tuple[frozenset[int], list[tuple[int, int]]]]
    work: list[tuple[int, int]] | None
    holiday: list[tuple[int, int]] | None
    festival: list[tuple[int, int]] | None
    dates: list[tuple[date, date, list[tuple[int, int]]]]

    def text(self) -> str:
        """As OpenStreetMap writes it."""
        rules = [
            f"{','.join(WEEKDAYS[day] for day in sorted(chosen))} {written(drawn)}" for chosen, drawn in self.weekdays
        ]
        rules += [f"WD {written(self.work)}"] if self.work is not None else []
        rules += [f"PH {written(self.holiday)}"] if self.holiday is not None else []
        rules += [f"SF {written(self.festival)}"] if self.festival is not None else []
        rules += [f"{first} - {last} {written(drawn)}" for first, last, drawn in self.dates]
        return "; ".join(rules)

    def on(self, day: date) -> list[tuple[int, int]]:
        """The spans that begin on a day."""
        fitting = [one for one in self.dates if one[0] <= day <= one[1]]
        if fitting:
            return min(fitting, key=lambda one: (one[1] - one[0], -one[0].toordinal()))[2]
        if day in HOLIDAYS and self.festival is not None:
            return self.festival
        if day in HOLIDAYS and self.holiday is not None:
            return self.holiday
        works = day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)
        if works and self.work is not None:
            return self.work
        return next((drawn for chosen, drawn in reversed(self.weekdays) if day.weekday() in chosen), [])

    def minutes(self, first: date, many: int) -> list[bool]:
        """Minute by minute from the first day on: whether any span covers it."""
        covered = [False] * (many * DAY)
        for day in range(-1, many):
            for begin, end in self.on(first + timedelta(days=day)):
                for minute in range(max(0, day * DAY + begin), min(len(covered), day * DAY + end)):
                    covered[minute] = True
        return covered

    def ever_opens(self) -> bool:
        """Some rule that is not overruled on every weekday has spans."""
        week = [next((drawn for chosen, drawn in reversed(self.weekdays) if day in chosen), []) for day in range(7)]
        return any([*week, self.work, self.holiday, self.festival, *(drawn for _, _, drawn in self.dates)])


@st.composite
def wishes(draw: st.DrawFn) -> Drawn:
    """Any of it; no two rules name the very same days, which would be taken together."""
    chosen = st.sets(st.integers(0, 6), min_size=1).map(frozenset)
    weekdays = draw(st.lists(st.tuples(chosen, spans), min_size=1, max_size=3, unique_by=lambda one: one[0]))
    stretch = st.tuples(days, days, spans).map(lambda one: (min(one[:2]), max(one[:2]), one[2]))
    dates = draw(st.lists(stretch, max_size=2, unique_by=lambda one: one[:2]))
    return Drawn(weekdays, *(draw(st.none() | spans) for _ in range(3)), dates)


def written(drawn: list[tuple[int, int]]) -> str:
    """Some spans as text."""
    return ",".join(f"{clock(begin)}-{clock(end)}" for begin, end in drawn) or "off"


def clock(minutes: int) -> str:
    """24:00 is the end of the day, 25:30 is written 01:30."""
    at = minutes if minutes <= DAY else minutes - DAY
    return f"{at // 60:02}:{at % 60:02}"


@settings(max_examples=60, deadline=None)
@given(wish=wishes(), first=days)
def test_each_minute_is_as_the_model_says_and_so_is_the_next_change(wish: Drawn, first: date) -> None:
    if not wish.ever_opens():
        with pytest.raises(BadHours):
            tidy(wish.text())
        return
    kept = tidy(wish.text())
    assert tidy(kept) == kept
    assert read(kept) == read(wish.text())
    truth = wish.minutes(first, many=4)
    midnight = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    changes = [at for at in range(1, len(truth)) if truth[at] is not truth[at - 1]]
    for at in {0, 1, 777, 3 * DAY, *(at + by for at in changes[:12] for by in (-1, 0))}:
        following = next((one for one in changes if one > at), None)
        for aside in (timedelta(), timedelta(seconds=59)):
            found = openness(kept, now=(midnight + at * MINUTE + aside).astimezone(UTC), zone=ZONE)
            assert found.is_open is truth[at]
            if following is not None:
                assert found.until == midnight + following * MINUTE
            else:
                assert found.until is None or found.until >= midnight + len(truth) * MINUTE


def at(text: str) -> datetime:
    """A moment of the county's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("kept", "now", "is_open", "until"),
    [
        ("24/7", "2026-11-26 03:00", True, None),
        ("22:00-06:00", "2026-11-26 05:59", True, "2026-11-26 06:00"),
        ("22:00-06:00", "2026-11-26 06:00", False, "2026-11-26 22:00"),
        ("18:00-24:00", "2026-11-26 23:59", True, "2026-11-27 00:00"),
        ("07:00-14:00,17:00-01:30", "2026-11-26 06:59", False, "2026-11-26 07:00"),
        ("07:00-14:00,17:00-01:30", "2026-11-26 07:00", True, "2026-11-26 14:00"),
        ("07:00-14:00,17:00-01:30", "2026-11-26 14:00", False, "2026-11-26 17:00"),
        ("17:00-01:30,07:00-14:00", "2026-11-26 23:00", True, "2026-11-27 01:30"),
        ("17:00-01:30,07:00-14:00", "2026-11-26 01:29", True, "2026-11-26 01:30"),
        ("17:00-01:30,07:00-14:00", "2026-11-26 01:30", False, "2026-11-26 07:00"),
        ("07:00-21:00", "2026-11-30 21:00", False, "2026-12-01 07:00"),
        ("00:00-24:00", "2026-11-26 23:59", True, None),
        # a night span belongs to its evening, also before a holiday
        ("22:00-06:00; PH off", "2026-10-01 05:00", True, "2026-10-01 06:00"),
        ("22:00-06:00; PH off", "2026-10-01 23:00", False, "2026-10-08 22:00"),
        ("Mo-Fr 08:00-18:00; Sa,Su off; PH off", "2026-02-13 18:00", False, "2026-02-24 08:00"),
        # the make-up Saturday is a Saturday where weekdays are said, and a working day where these are
        ("Mo-Fr 08:00-18:00; Sa,Su off; PH off", "2026-02-14 12:00", False, "2026-02-24 08:00"),
        ("WD 08:00-18:00", "2026-02-14 12:00", True, "2026-02-14 18:00"),
        ("WD 08:00-18:00", "2026-02-16 12:00", False, "2026-02-24 08:00"),
        ("Mo-Fr 08:00-18:00; Sa,Su off", "2026-02-16 12:00", True, "2026-02-16 18:00"),
        # a festival is all of its holiday, and of the other one that falls together with it; `PH` is all others
        ("08:00-20:00; SF off", "2026-02-14 20:00", False, "2026-02-24 08:00"),
        ("08:00-20:00; PH 10:00-12:00; SF off", "2026-04-05 12:00", False, "2026-04-06 10:00"),
        ("08:00-20:00; MA off", "2025-09-30 20:00", False, "2025-10-09 08:00"),
        ("22:00-06:00; ND off", "2026-10-01 05:00", True, "2026-10-01 06:00"),
        ("00:00-24:00; 2027 Mar 01 off", "2026-11-26 12:00", True, "2027-03-01 00:00"),
        ("2026 Feb 16-2026 Feb 18 08:00-12:00", "2026-02-18 12:00", False, None),
        ("08:00-20:00,20:00-08:00", "2026-11-26 12:00", True, None),
    ],
)
def test_it_says_until_when_it_stays_so(kept: str, now: str, is_open: bool, until: str | None) -> None:
    assert openness(kept, now=at(now), zone=ZONE) == Openness(is_open, at(until) if until is not None else None)


def test_where_the_calendar_is_not_known_yet_working_days_are_weekdays() -> None:
    assert openness("WD 08:00-18:00; PH off; ND off", now=at("2045-10-02 09:00"), zone=ZONE).is_open is True


def test_hours_that_cannot_be_read_are_of_what_is_closed(caplog: pytest.LogCaptureFixture) -> None:
    assert openness("mostly, they say", now=at("2026-11-26 12:00"), zone=ZONE) == Openness(False, None)
    assert "mostly, they say" in caplog.text


clocks = st.integers(0, DAY - 1)


@given(
    kept=st.lists(st.tuples(clocks, st.integers(0, DAY)).filter(lambda one: one[0] != one[1]), min_size=1, max_size=3)
)
def test_all_that_shops_kept_before_says_the_same(kept: list[tuple[int, int]]) -> None:
    text = ",".join(f"{clock(begin)}-{clock(end)}" for begin, end in kept)
    plan = read(text)
    covered = {minute % DAY for begin, end in kept for minute in range(begin, end if end > begin else end + DAY)}
    assert plan.is_weekly
    assert {minute % DAY for begin, end in plan.weekdays[0] for minute in range(begin, end)} == covered


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *(("24:00", LoneTime), ("8点", LoneTime), ("8:30", LoneTime), ("9am", LoneTime)),
        *(("除夕休息；8:00-20:00", HoursByFestival), ("8:00-18:00，正月初一休息", HoursByFestival)),
        ("8:00-20:00, closed on New Year's Eve", HoursByFestival),
        ("8:00-20:00 maybe", BadHours),
    ],
)
def test_what_is_wrong_is_said_where_it_can_be(text: str, wrong: type[BadHours]) -> None:
    with pytest.raises(BadHours) as problem:
        tidy(text)
    assert type(problem.value) is wrong
