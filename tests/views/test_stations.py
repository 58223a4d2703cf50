"""What a place's card says: with when and by whom, and no more buttons than there is to say."""

from datetime import timedelta

import pytest

from storage.kinds import Language, Message
from storage.near_places import PlaceNow
from storage.place_records import FacilityRecord
from storage.places_kinds import Freshness, PlaceState, Voice
from storage.records import Brief
from tests.moment import NOW
from tests.views.showing import ZONE, me
from tests.views.station_cards import record, station
from views import keepers, messages, places, visits
from views.actions import (
    AskFacilities,
    AskFree,
    ChangeStation,
    CheckIn,
    EditPlace,
    GetPoster,
    SayFree,
    SettleDoubt,
    ShowKeepers,
)
from views.card import Card


def shown(card: Card) -> set[str]:
    return {str(button.action).partition(":")[0] for row in card.rows for button in row}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (Language.ZH, "🛠 坏了：🔌 充电（12:05 管理员说） · D-000007"),
        (Language.EN, "🛠 Not working: 🔌 Charging (12:05, keeper) · D-000007"),
    ],
)
def test_each_word_says_when_and_by_whom(language: Language, line: str) -> None:
    broken = FacilityRecord("charging", True, NOW + timedelta(minutes=5), Voice.KEEPER, 7)
    found = station(place=record(facilities=(broken,)))
    for card in (
        keepers.station(found, me(language), now=NOW, zone=ZONE),
        places.place(found, me(language), now=NOW, zone=ZONE),
    ):
        assert line in card.text.splitlines()


@pytest.mark.parametrize(
    ("language", "state", "until", "line"),
    [
        (Language.ZH, PlaceState.CLOSED, 2, "⛔ 暂停开放，14:00 开门（12:00 网格员说）"),
        (Language.ZH, PlaceState.CLOSED, None, "⛔ 暂停开放，何时开另行通知（12:00 网格员说）"),
        (Language.EN, PlaceState.FULL, 2, "🟠 full, perhaps until 14:00 (12:00, grid officer)"),
    ],
)
def test_closed_or_full_stands_in_place_of_its_hours(
    language: Language, state: PlaceState, until: int | None, line: str
) -> None:
    ends = NOW + timedelta(hours=until) if until is not None else None
    place = record(state=state, state_at=NOW, state_by=Voice.OFFICER, state_until=ends)
    is_full = state is PlaceState.FULL
    said = PlaceNow(is_full, is_full=is_full, is_closed=not is_full, until=ends)
    text = keepers.station(station(place=place, now=said), me(language), now=NOW, zone=ZONE).text
    assert line in text.splitlines()
    assert "🟢" not in text
    alone = {"freshness": Freshness.FRESH, "last_word": (NOW, Voice.OFFICER)}
    once = keepers.station(station(place=place, now=said, **alone), me(language), now=NOW, zone=ZONE).text
    assert "✅" not in once  # it has just been said who said so, and when
    later = alone | {"last_word": (NOW + timedelta(minutes=5), Voice.OFFICER)}
    assert "✅" in keepers.station(station(place=place, now=said, **later), me(language), now=NOW, zone=ZONE).text
    over = keepers.station(station(place=place), me(language), now=NOW, zone=ZONE).text
    assert line not in over.splitlines()
    assert "🟢" in over


def test_only_what_the_place_has_can_be_said_of_it() -> None:
    to = me(Language.EN)
    assert {AskFacilities.prefix, AskFree.prefix} <= shown(keepers.station(station(), to, now=NOW, zone=ZONE))
    bare = station(place=record(facilities=(), spaces=None))
    assert not {AskFacilities.prefix, AskFree.prefix} & shown(keepers.station(bare, to, now=NOW, zone=ZONE))
    officer = keepers.station(station(voice=Voice.OFFICER), to, now=NOW, zone=ZONE)
    assert not {ShowKeepers.prefix, EditPlace.prefix, GetPoster.prefix} & shown(officer)
    for voice in (Voice.KEEPER, Voice.ADMIN):
        card = keepers.station(station(voice=voice), to, now=NOW, zone=ZONE)
        assert {ShowKeepers.prefix, EditPlace.prefix, GetPoster.prefix} <= shown(card)


@pytest.mark.parametrize(("spaces", "numbers"), [(0, [0]), (3, [0, 1, 2, 3]), (27, [*range(21), 25, 27])])
def test_free_spaces_are_said_with_one_number(spaces: int, numbers: list[int]) -> None:
    card = keepers.ask_free(station(place=record(spaces=spaces)), me(Language.EN))
    pressed = [SayFree.parse(button.action) for row in card.rows[:-1] for button in row]
    assert [one.free for one in pressed if one is not None] == numbers


def test_who_may_say_what_is_true_does_it_from_the_place_itself() -> None:
    to = me(Language.EN)
    by_keeper = {ChangeStation.prefix, EditPlace.prefix, GetPoster.prefix}
    assert by_keeper <= shown(places.place(station(), to, now=NOW, zone=ZONE))
    officer = shown(places.place(station(voice=Voice.OFFICER), to, now=NOW, zone=ZONE))
    assert officer & by_keeper == {ChangeStation.prefix}
    visitor = places.place(station(voice=None), to, now=NOW, zone=ZONE)
    assert not by_keeper & shown(visitor)
    assert CheckIn.prefix in shown(visitor)
    after = places.place(station(voice=None), to, now=NOW, zone=ZONE, checked_in=NOW)
    assert CheckIn.prefix not in shown(after)


def test_what_is_settled_asks_nothing_and_what_is_over_is_not_said() -> None:
    to, facts = me(Language.EN), {"station": 128, "edits": 5, "facility": "charging", "fault": 7, "visit": 9}

    def rendered(message: Message, **how: object) -> Card | None:
        found = station(**how) if how.get("place", True) else None
        return messages.render(Brief(to, message, facts, station=found), now=NOW, zone=ZONE)

    asked = rendered(Message.PLACE_DOUBTED)
    assert asked is not None
    assert SettleDoubt.prefix in shown(asked)
    settled = rendered(Message.PLACE_SETTLED, freshness=Freshness.FRESH)
    assert settled is not None
    assert settled.edits == 5
    assert SettleDoubt.prefix not in shown(settled)
    assert rendered(Message.PLACE_DOUBTED, freshness=Freshness.FRESH) is None
    assert rendered(Message.PLACE_DOUBTED, voice=None) is None  # no keeper any more
    works = record(facilities=(FacilityRecord("charging"),))
    assert rendered(Message.PLACE_FAULT, place=works) is None
    assert rendered(Message.KEEPER_LEFT) is None  # he was invited again
    for message in (Message.PLACE_DOUBTED, Message.PLACE_SETTLED, Message.PLACE_FAULT, Message.STILL_RIGHT):
        assert rendered(message, place=None) is None


def test_nobody_is_asked_whether_a_rest_is_broken() -> None:
    found = station(place=record(facilities=(FacilityRecord("rest"), FacilityRecord("charging"))))
    visitor = {str(one.action) for row in visits.ask_fault(found, me(Language.EN)).rows for one in row}
    wrong = {str(one.action) for row in visits.ask_wrong_facility(found, me(Language.EN), 1).rows for one in row}
    keeper = {str(one.action) for row in keepers.ask_facilities(found, me(Language.EN)).rows for one in row}
    for actions in (visitor, wrong, keeper):
        assert any("charging" in one for one in actions)
        assert not any("rest" in one for one in actions)
    only = station(place=record(facilities=(FacilityRecord("rest"),)))
    assert AskFacilities.prefix not in shown(keepers.station(only, me(Language.EN), now=NOW, zone=ZONE))
