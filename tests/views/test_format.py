"""Moments in the county's zone, long words cut well, links to maps."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.html import utf16_length
from storage.kinds import Language
from views.format import at_most, is_night, moment, open_until, quote, shorten
from views.maps import navigate

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
EN, ZH = Language.EN, Language.ZH


@pytest.mark.parametrize(
    ("at", "english", "chinese"),
    [
        (NOON, "12:00", "12:00"),
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "00:30", "00:30"),  # today in the county, yesterday in UTC
        (datetime(2026, 11, 22, 15, 30, tzinfo=UTC), "22 Nov 23:30", "11月22日 23:30"),
        (NOON + timedelta(days=1), "24 Nov 12:00", "11月24日 12:00"),
        (NOON - timedelta(days=2), "21 Nov 12:00", "11月21日 12:00"),
        (NOON - timedelta(days=365), "23 Nov 2025 12:00", "2025年11月23日 12:00"),
    ],
)
def test_a_moment_is_said_so_that_it_is_still_true_tomorrow(at: datetime, english: str, chinese: str) -> None:
    said = [moment(language, at, now=NOON.astimezone(UTC), zone=ZONE) for language in (EN, ZH)]
    assert said == [english, chinese]


def test_the_midnight_to_come_still_belongs_to_today() -> None:
    midnight = datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert open_until(EN, midnight, now=NOON, zone=ZONE) == "24:00"
    assert open_until(EN, midnight + timedelta(days=1), now=NOON, zone=ZONE) == "25 Nov 00:00"
    assert open_until(EN, midnight + timedelta(hours=2), now=NOON, zone=ZONE) == "24 Nov 02:00"


@given(
    st.floats(0, 3_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(list(Language)),
)
def test_every_moment_can_be_said_and_has_its_clock(at: datetime, language: Language) -> None:
    assert moment(language, at, now=NOON, zone=ZONE).endswith(f"{at.astimezone(ZONE):%H:%M}")


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (0, True), (6, True), (7, False), (12, False)])
def test_the_night_is_the_countys(hour: int, night: bool) -> None:
    assert is_night(NOON.replace(hour=hour).astimezone(UTC), ZONE) is night


# -- words --


@given(st.text(), st.integers(2, 50))
def test_words_are_cut_within_the_limit_and_only_if_they_must_be(words: str, most: int) -> None:
    short = shorten(words, most=most)
    assert utf16_length(short) <= most
    if utf16_length(words) <= most:
        assert short == words
    else:
        assert short.endswith("…")
        assert words.startswith(short[:-1])


def test_a_quote_escapes_and_no_words_are_no_quote() -> None:
    assert quote("<b>&").strip() == "<blockquote>&lt;b&gt;&amp;</blockquote>"
    assert quote(None) == quote("") == ""


# -- maps --


def test_amap_gets_the_place_in_gcj_02_and_others_in_wgs_84() -> None:
    """Tiananmen's flagpole: WGS-84 39.907375, 116.391349; on Chinese maps 39.908778, 116.397593."""
    amap = urlsplit(navigate(ZH, 39.907375, 116.391349, "D-000123"))
    query = parse_qs(amap.query)
    longitude, latitude, name = query["to"][0].split(",")
    assert (float(latitude), float(longitude)) == pytest.approx((39.908778, 116.397593), abs=2e-5)  # 2 m
    assert (amap.path, query["mode"], query["coordinate"], name) == ("/navigation", ["ride"], ["gaode"], "D-000123")
    english = urlsplit(navigate(EN, 39.907375, 116.391349, "D-000123"))
    assert (english.path, parse_qs(english.query)["to"]) == ("/directions", ["39.907375,116.391349"])


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_link_can_be_made_of_any_place(latitude: float, longitude: float) -> None:
    for language in Language:
        link = urlsplit(navigate(language, latitude, longitude, "D-1"))
        assert link.scheme == "https"
        assert "nan" not in link.query


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=1), "1 min"),
        (timedelta(minutes=14, seconds=58), "15 min"),
        (timedelta(minutes=60), "60 min"),
        (timedelta(minutes=61), "2 h"),
        (timedelta(hours=48), "48 h"),
        (timedelta(hours=49), "3 d"),
    ],
)
def test_what_is_left_is_a_bound_that_stays_true(span: timedelta, said: str) -> None:
    assert at_most(Language.EN, span) == said
