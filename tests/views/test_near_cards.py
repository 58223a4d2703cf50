"""Stations: what stands on their cards, and what their buttons ask for."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import prcoords
import pytest

from services import distance
from storage.facilities import facilities, kinds
from storage.kinds import Language, PlaceSource, ReporterKind
from storage.near_places import Answered, NearPlaces, Wanted, mark
from storage.place_records import FacilityRecord
from tests.moment import NOW
from tests.views.near_cards import KINDS, ZONE, found, in_each_state, near
from tests.views.showing import draft, me
from views import drafts, places, stations
from views.actions import LIMIT, ChoosePlaces, OpenPlace, PlacesFromDraft, ShowPlaces
from views.card import Card
from views.maps import baidu, navigate
from views.place_lines import NO_BREAK
from views.texts import plain

EVERYTHING = Wanted(frozenset(kinds()), frozenset(facilities()), is_open=False, is_all_day=True)


def page(of: NearPlaces, language: Language = Language.EN, **who: object) -> Card:
    return stations.page(of, me(language, **who), now=NOW, zone=ZONE)


def shows(card: Card) -> list[ShowPlaces]:
    actions = [ShowPlaces.parse(button.action) for row in card.rows for button in row]
    return [one for one in actions if one is not None]


def test_what_is_wanted_goes_through_a_button_and_back() -> None:
    for wanted in (
        Wanted(),
        EVERYTHING,
        Wanted(facilities=frozenset({"water"})),
        Wanted(frozenset({"shop"}), is_open=False),
    ):
        packed = wanted.pack()
        assert Wanted.unpack(packed, kinds=kinds()) == wanted
        assert len(ShowPlaces(99, packed).pack().encode()) <= LIMIT
        assert ":" not in packed
    assert Wanted.unpack("", kinds=kinds()) == Wanted()


def test_what_is_not_known_any_more_is_left_out() -> None:
    imported = Wanted(frozenset({"library", "shop"})).pack()
    assert Wanted.unpack(imported, kinds=kinds()).kinds == {"shop"}
    for nonsense in ("-", "x", "o-zzzzzz-1", "----", "oed-" + "é" * 20):
        Wanted.unpack(nonsense, kinds=kinds())


def test_no_two_kinds_or_facilities_have_one_mark() -> None:
    for codes in (kinds(), facilities()):
        assert len({mark(code) for code in codes}) == len(codes)


def test_each_filter_is_one_tap_there_and_one_back() -> None:
    first = page(found(near()))
    for asked in shows(first):
        again = page(found(near(), wanted=Wanted.unpack(asked.wanted, kinds=kinds())))
        assert Wanted().pack() in [one.wanted for one in shows(again)]
    assert len({one.wanted for one in shows(first)}) == 2 + len(stations.QUICK)
    ticked = page(found(near(), wanted=EVERYTHING, has_more=True))
    names = [button.text for row in ticked.rows for button in row]
    assert sum(name.startswith("✓") for name in names) == 1 + len(stations.QUICK)
    assert ShowPlaces(1, EVERYTHING.pack()) in shows(ticked)


def test_all_that_there_is_can_be_asked_for() -> None:
    card = stations.choose(found(wanted=Wanted()), me(Language.EN))
    asked = [ChoosePlaces.parse(button.action) for row in card.rows for button in row]
    wanted = [Wanted.unpack(one.wanted, kinds=kinds()) for one in asked if one is not None]
    assert frozenset().union(*(one.facilities for one in wanted)) == set(facilities())
    assert frozenset().union(*(one.kinds for one in wanted)) == {kind.code for kind in KINDS}
    assert shows(card) == [ShowPlaces(0, Wanted().pack())]


@pytest.mark.parametrize("language", Language)
def test_a_line_says_how_far_what_is_there_until_when_and_how_fresh(language: Language) -> None:
    text = page(found(near(number=7)), language, kind=ReporterKind.RIDER).text
    for words in ("1.2", "20:00", "09:00", "🔌", "🚻"):
        assert words in text
    assert "🚰" not in text, "it is broken"
    assert OpenPlace(7).pack() in [
        button.action for row in page(found(near(number=7)), language).rows for button in row
    ]


MOST_LINES = 14
"""With more, and the rows of keys, the first of five is out of sight on a phone of 390 × 844 with the keyboard open."""


@pytest.mark.parametrize("language", Language)
def test_each_icon_is_named_and_the_first_place_is_in_sight(language: Language) -> None:
    wanted = Wanted(facilities=frozenset({"microwave"}))
    card = page(found(near(), near(number=2), wanted=wanted, page=1, has_more=True), language)
    said = [card.text, *(button.text for row in card.rows for button in row)]
    for code, one in facilities().items():
        is_shown = code in (*stations.QUICK, "microwave")
        assert (f"{one.icon} {one.names[language]}" in " ".join(said)) is is_shown, code
        assert is_shown or one.icon not in card.text
    five = page(found(*(near(number=number, spaces=None) for number in range(5)), has_more=True), language)
    assert len(five.rows) <= stations.MOST_ROWS
    assert five.text.count("\n") < MOST_LINES
    few = (FacilityRecord("water"), FacilityRecord("toilet"))
    assert (
        f" · {''.join(facilities()[one.code].icon for one in few)} · "
        in page(found(near(facilities=few)), language).text
    )


@pytest.mark.parametrize(("kind", "minutes"), [(ReporterKind.RIDER, 5), (ReporterKind.RESIDENT, 17), (None, 17)])
def test_riders_ride_and_others_walk(kind: ReporterKind | None, minutes: int) -> None:
    assert str(minutes) in stations.way(1234.5, me(Language.EN, kind=kind)).split()
    assert "1" in stations.way(0.0, me(Language.EN, kind=kind)).split()


def test_a_long_way_is_told_in_hours() -> None:
    ride = stations.way(49_200, me(Language.ZH, kind=ReporterKind.RIDER))
    assert "骑 3 小时 17 分钟" in ride.replace(NO_BREAK, " ")


@pytest.mark.parametrize("language", Language)
def test_no_filter_is_cut_short(language: Language) -> None:
    card = stations.choose(found(wanted=EVERYTHING), me(language))
    assert not [key.text for row in card.rows for key in row if "…" in key.text]


@pytest.mark.parametrize("language", Language)
def test_every_answer_says_what_it_is(language: Language) -> None:
    titles = {page(found(answered=answered), language).text.split("\n")[0] for answered in Answered}
    titles.add(page(found(near(), wanted=Wanted(is_open=False)), language).text.split("\n")[0])
    assert len(titles) == len(Answered) + 1


@pytest.mark.parametrize("language", Language)
def test_a_place_is_shown_with_its_photo_and_as_a_venue(language: Language) -> None:
    one = near()
    card = places.place(one, me(language), now=NOW, zone=ZONE)
    assert [(photo.file_id, photo.media_hash) for photo in card.photos] == [("photo-of-it", None), ("", "a1" * 32)]
    assert all(photo.is_picture for photo in card.photos)
    assert card.pin is not None
    assert (card.pin.title, card.pin.address) == ("Station 1", "府前街1号")
    assert (
        plain(
            language,
            "place-broken-said",
            what=f"🚰 {facilities()['water'].names[language]}",
            at="12:00",
            by=plain(language, "voice-admin"),
        )
        in card.text
    )
    assert plain(language, "place-free", free=3, spaces=10, at="12:00", by=plain(language, "voice-keeper")) in card.text
    for state in in_each_state():
        shown = places.place(state, me(language), now=NOW, zone=ZONE)
        assert shown.pin is not None
        assert shown.pin.address, "Telegram takes no venue without one"


def test_chinese_have_two_maps_with_the_shifted_place_and_others_one() -> None:
    at, name = (25.405, 114.365), "驿站 1"
    ways = {button.url for button in places.place(near(), me(Language.ZH), now=NOW, zone=ZONE).rows[1]}
    assert {urlsplit(str(one)).hostname for one in ways} == {"uri.amap.com", "api.map.baidu.com"}
    (only,) = places.place(near(), me(Language.EN), now=NOW, zone=ZONE).rows[1]
    assert urlsplit(str(only.url)).hostname == "www.openstreetmap.org"
    way = urlsplit(baidu(*at, "驿站|1"))
    assert way.path == "/direction", "a way, not a pin"
    asked = parse_qs(way.query)
    spot, named = asked["destination"][0].split("|")
    latitude, longitude = map(float, spot.removeprefix("latlng:").split(","))
    assert (asked["mode"], asked["coord_type"], asked["output"]) == (["riding"], ["gcj02"], ["html"])
    assert named == f"name:{name}"
    assert distance.metres(at, (latitude, longitude)) > 100
    back = prcoords.gcj_wgs_bored(prcoords.Coords(latitude, longitude), check_china=False)
    assert distance.metres(at, (back.lat, back.lon)) < 1
    amap = parse_qs(urlsplit(navigate(Language.ZH, *at, "驿站,1")).query)["to"][0]
    assert amap == f"{longitude:.6f},{latitude:.6f},{name}"


def test_who_walks_is_shown_the_way_on_foot_and_who_rides_the_one_for_riding() -> None:
    def modes(kind: ReporterKind | None) -> list[str]:
        to = (me(language, kind=kind) for language in Language)
        ways = (button.url for one in to for button in places.place(near(), one, now=NOW, zone=ZONE).rows[1])
        asked = [parse_qs(urlsplit(str(url)).query) for url in ways]
        return [(one.get("mode") or one["engine"])[0] for one in asked]

    assert modes(None) == ["walk", "walking", "fossgis_osrm_foot"]
    assert modes(ReporterKind.RIDER) == ["ride", "riding", "fossgis_osrm_bike"]


@pytest.mark.parametrize("language", Language)
def test_a_place_sent_alone_offers_stations_and_anything_more_does_not(language: Language) -> None:
    to = me(language)

    def offers(**facts: object) -> bool:
        card = drafts.status(draft(**facts), to, now=NOW, zone=ZONE)
        return PlacesFromDraft().pack() in [button.action for row in card.rows for button in row]

    pin = {"latitude": 25.4, "longitude": 114.4, "place_source": PlaceSource.PIN, "photos": 0, "words": None}
    assert offers(**pin)
    assert offers(**pin | {"latitude": None, "longitude": None, "place_source": None, "outside": PlaceSource.LIVE})
    for more in ({"photos": 1}, {"words": "积水"}, {"files": 1}, {"reading": 1}, {"without_photo": True}):
        assert not offers(**pin | more)
    assert not offers(**pin | {"place_source": PlaceSource.EXIF})
    assert not offers(photos=0, words=None, latitude=None, longitude=None, place_source=None)


def test_a_facility_that_the_file_does_not_have_any_more_is_named_by_its_code() -> None:
    one = near()
    gone = replace(one, place=replace(one.place, facilities=(FacilityRecord("sauna", is_broken=True),)))
    assert "sauna" in places.place(gone, me(Language.EN), now=NOW, zone=ZONE).text
    assert "sauna" not in page(found(gone)).text
