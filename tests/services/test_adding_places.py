"""Adding and changing places in chat: what a form asks for, who may, what is refused, what others see of it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.errors import BadPlace, DomainError, NotAllowed, NoWords, OutsideCounty, WordsTooLong
from services.hours.errors import BadHours
from services.merchants.errors import BadNumber
from services.places import adding, catalogue, editing, stations
from services.places.errors import (
    NotAllSaid,
    NothingThere,
    NotKeeper,
    PlaceGone,
    UnknownPlace,
)
from services.places.form import MOST_PHOTOS, ORDER, Form, read
from storage.kinds import Deed, Language, Message, Role
from storage.place_records import PlaceRecord
from storage.places_kinds import PlaceField, Voice
from storage.schema import AuditLine, OutboxMessage, PersonRole, PlaceFacility, PlaceKeeper, PlacePhoto, ServicePlace
from tests import county
from tests.moment import NOW
from tests.services.place_forms import PHOTO, filled
from tests.services.scene import Scene

F = PlaceField


async def add(scene: Scene, form: Form | None = None, *, by: int | None = None) -> int:
    """Publish a place; its id."""
    by = by if by is not None else await scene.person("Admin", roles=(Role.ADMIN,))
    return await scene.do(adding.publish, person_id=by, form=form or filled())


async def seen(scene: Scene, place_id: int) -> PlaceRecord:
    return await scene.store.read(catalogue.read, place_id=place_id)


async def keep(scene: Scene, place_id: int, *, language: Language = Language.EN) -> int:
    """Somebody who keeps the place."""
    keeper = await scene.person("Keeper", roles=(Role.KEEPER,), language=language)

    def join(session: Session, **_: Any) -> None:
        session.add(PlaceKeeper(person_id=keeper, place_id=place_id, since=NOW))

    await scene.do(join)
    return keeper


def test_a_form_asks_for_one_thing_after_the_other_whatever_came_first() -> None:
    form = Form().with_photo(PHOTO, None)
    assert form.asks is F.POINT
    form = form.with_point(county.IN_A1, "")
    asked = []
    while form.asks is not None:
        asked.append(form.asks)
        if form.asks is F.FACILITIES:
            form = form.toggled("water").toggled("toilet").toggled("toilet").toggled("sauna")
            form = form.passed_over(F.FACILITIES)
        elif form.asks in (F.NAME_EN, F.ACCESS, F.PHONE):
            form = form.passed_over(form.asks)
        else:
            form = form.answered(form.asks, "x")
    assert asked == [F.KIND, F.NAME_ZH, F.NAME_EN, F.FACILITIES, F.HOURS, F.ACCESS, F.PHONE]
    assert form.has == {"water"}
    assert form.to_be_asked_again(F.FACILITIES).toggled("parking").passed_over(F.FACILITIES).asks is F.SPACES


def test_a_form_is_kept_as_json_and_comes_back_whole() -> None:
    form = filled().with_photo(("file-2", "unique-2"), "album")
    assert Form.of(json.loads(json.dumps(form.data()))) == form
    assert Form.of(json.loads(json.dumps(Form().data()))) == Form()


def test_what_a_place_must_have_is_not_passed_over() -> None:
    with pytest.raises(NothingThere):
        Form().passed_over(F.FACILITIES)
    for field in (F.POINT, F.KIND, F.NAME_ZH, F.HOURS, F.SPACES):
        with pytest.raises(NotAllSaid):
            Form().passed_over(field)
    many = Form()
    for number in range(MOST_PHOTOS + 5):
        many = many.with_photo((f"file-{number}", str(number)), "album")
    assert len(many.photos) == MOST_PHOTOS


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        (F.HOURS, "周一至周五 8-12", "Mo-Fr 08:00-12:00; Sa,Su off"),
        (F.SPACES, "１２", "12"),
        (F.SPACES, "五个", "5"),
        (F.SPACES, "5个", "5"),
        (F.SPACES, "十二个车位", "12"),
        (F.SPACES, "二十", "20"),
        (F.SPACES, "两个", "2"),
        (F.SPACES, "8 spaces", "8"),
        (F.NAME_ZH, " 花园\n小区 ", "花园 小区"),
        (F.PHONE, "199-0004-0001", "199-0004-0001"),
    ],
)
def test_answers_are_read_as_they_are_kept(field: PlaceField, text: str, kept: str) -> None:
    assert read(field, text) == kept


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        (F.HOURS, "22-", BadHours),
        (F.SPACES, "-1", BadNumber),
        (F.SPACES, "五六个", BadNumber),
        (F.SPACES, "十十", BadNumber),
        (F.SPACES, "个", BadNumber),
        (F.SPACES, "10001", BadNumber),
        (F.NAME_ZH, " \u200b ", NoWords),
        (F.NAME_EN, "x" * 121, WordsTooLong),
        (F.ACCESS, "x" * 301, WordsTooLong),
    ],
)
def test_answers_that_cannot_be_meant_are_refused(field: PlaceField, text: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        read(field, text)


async def test_a_new_place_is_found_from_then_on(scene: Scene) -> None:
    admin = await scene.person("Admin", roles=(Role.ADMIN,))
    form = filled().with_photo(("file-2", "unique-2"), None)
    found = await seen(scene, await add(scene, form, by=admin))
    assert (found.code, found.kind, found.spaces, found.hours) == ("CHAT-1", "compound", 4, "24/7")
    assert found.names == {Language.ZH: "花园小区", Language.EN: "Garden"}
    assert (found.point, found.address) == (county.IN_A1, dict.fromkeys(Language, "TownAlphaGrid A-01"))
    assert found.access == dict.fromkeys(Language, "Gate 2")
    assert (found.works, found.has_photo) == ({"parking", "water"}, True)
    assert (found.confirmed_at, found.confirmed_by) == (NOW, Voice.ADMIN)
    assert [one.id for one in await scene.store.read(catalogue.changed_since, version=0)] == [1]
    line = (await scene.rows(AuditLine))[-1]
    assert (line.deed, line.by_id, line.facts) == (Deed.PLACE_ADDED, admin, {"place": "CHAT-1", "name": "花园小区"})


async def test_a_keeper_adds_a_place_that_is_his_and_administrators_hear_of_it(scene: Scene) -> None:
    admin = await scene.person("Admin", roles=(Role.ADMIN,))
    keeper = await scene.person("Keeper", roles=(Role.KEEPER,))
    place = await add(scene, by=keeper)
    assert [one.id for one in await scene.store.read(editing.own, person_id=keeper)] == [place]
    found = await scene.store.read(editing.look, person_id=keeper, place_id=place)
    assert found.confirmed_by is Voice.KEEPER
    told = [one for one in await scene.rows(OutboxMessage) if one.message is Message.PLACE_ADDED]
    assert [(one.person_id, one.facts) for one in told] == [(admin, {"place": place})]


async def test_only_administrators_and_keepers_add_places_and_only_whole_ones(scene: Scene) -> None:
    for role in (Role.LEAD, Role.OFFICER, Role.DESK):
        with pytest.raises(NotAllowed):
            await add(scene, by=await scene.person(roles=(role,)))
    admin = await scene.person(roles=(Role.ADMIN,))
    for field in ORDER:
        if field not in (F.PHOTO, F.POINT):
            with pytest.raises(NotAllSaid):
                await add(scene, filled().to_be_asked_again(field), by=admin)
    with pytest.raises(NotAllSaid):
        await add(scene, filled(kind="spaceport"), by=admin)
    assert await scene.rows(ServicePlace) == []


async def test_a_code_that_a_file_has_used_is_not_used_again(scene: Scene) -> None:
    admin = await scene.person(roles=(Role.ADMIN,))
    first = await add(scene, by=admin)

    def imported(session: Session, **_: Any) -> None:
        session.get_one(ServicePlace, first).code = "CHAT-2"

    await scene.do(imported)
    assert (await seen(scene, await add(scene, by=admin))).code == "CHAT-2A"


async def test_places_that_are_nowhere_in_the_county_are_refused(scene: Scene) -> None:
    async def at(latitude: float, longitude: float) -> str:
        point = {"latitude": latitude, "longitude": longitude}
        return await scene.store.read(adding.address_at, within=scene.county, **point)

    assert await at(*county.IN_A1) == "TownAlphaGrid A-01"
    assert await at(*county.IN_GAP) == ""
    for point, error in (((0.0, 0.0), BadPlace), (county.OUTSIDE, OutsideCounty), ((18.0, 120.0), OutsideCounty)):
        with pytest.raises(error):
            await at(*point)


@pytest.mark.parametrize(
    ("field", "text", "now_is"),
    [
        (F.NAME_ZH, "新名", {"names": {Language.ZH: "新名", Language.EN: "Garden"}}),
        (F.NAME_EN, "New", {"names": {Language.ZH: "花园小区", Language.EN: "New"}}),
        (F.HOURS, "8-20", {"hours": "08:00-20:00"}),
        (F.ACCESS, "Gate 3", {"access": dict.fromkeys(Language, "Gate 3")}),
        (F.PHONE, "456", {"phone": "456"}),
        (F.ADDRESS, "New Street 1", {"address": dict.fromkeys(Language, "New Street 1")}),
        (F.SPACES, "9", {"spaces": 9}),
    ],
)
async def test_administrators_and_keepers_change_what_is_said(
    scene: Scene, field: PlaceField, text: str, now_is: dict[str, Any]
) -> None:
    place = await add(scene)
    keeper, other = await keep(scene, place), await keep(scene, await add(scene))
    before = await seen(scene, place)
    what = {"place_id": place, "field": field, "text": text, "language": Language.EN}
    for stranger in (other, await scene.person(roles=(Role.OFFICER,))):
        with pytest.raises(NotKeeper):
            await scene.do(editing.change, person_id=stranger, **what)
    assert await seen(scene, place) == before
    await scene.do(editing.change, person_id=keeper, **what)
    found = await seen(scene, place)
    assert {name: getattr(found, name) for name in now_is} == now_is
    assert found.version > before.version
    line = (await scene.rows(AuditLine))[-1]
    facts = {"place": "CHAT-1", "field": field.name.lower(), "text": read(field, text)}
    assert (line.deed, line.by_id, line.facts) == (Deed.PLACE_CHANGED, keeper, facts)


async def test_how_to_get_in_is_said_in_each_language_once_they_differ(scene: Scene) -> None:
    place, admin = await add(scene), await scene.person(roles=(Role.ADMIN,))

    def differ(session: Session, **_: Any) -> None:
        session.get_one(ServicePlace, place).access_zh = "二号门"

    await scene.do(differ)
    what = {"person_id": admin, "place_id": place, "field": F.ACCESS}
    await scene.do(editing.change, text="Gate 3", language=Language.EN, **what)
    assert (await seen(scene, place)).access == {Language.ZH: "二号门", Language.EN: "Gate 3"}
    await scene.do(editing.change, text="三号门", language=Language.ZH, **what)
    assert (await seen(scene, place)).access == {Language.ZH: "三号门", Language.EN: "Gate 3"}


async def test_what_cannot_be_read_changes_nothing(scene: Scene) -> None:
    place, admin = await add(scene), await scene.person(roles=(Role.ADMIN,))
    before = await seen(scene, place)
    who = {"person_id": admin, "place_id": place}
    for field, text, error in ((F.HOURS, "?", BadHours), (F.SPACES, "x", BadNumber), (F.KIND, "shop", NotAllSaid)):
        with pytest.raises(error):
            await scene.do(editing.change, field=field, text=text, language=Language.EN, **who)
    with pytest.raises(NotAllSaid):
        await scene.do(editing.set_kind, kind="spaceport", **who)
    with pytest.raises(NotAllSaid):
        await scene.do(editing.toggle, facility="sauna", **who)
    for point, error in (((0.0, 0.0), BadPlace), (county.OUTSIDE, OutsideCounty)):
        with pytest.raises(error):
            await scene.do(editing.move, latitude=point[0], longitude=point[1], within=scene.county, **who)
    assert await seen(scene, place) == before


async def test_kind_facilities_and_pin_are_changed(scene: Scene) -> None:
    place, admin = await add(scene), await scene.person(roles=(Role.ADMIN,))
    who = {"person_id": admin, "place_id": place}

    def live(session: Session, **_: Any) -> None:
        session.get_one(ServicePlace, place).free_spaces = 4
        session.get_one(PlaceFacility, (place, "water")).is_broken = True

    await scene.do(live)
    await scene.do(editing.set_kind, kind="station", **who)
    await scene.do(editing.toggle, facility="toilet", **who)
    await scene.do(editing.move, latitude=county.IN_B1[0], longitude=county.IN_B1[1], within=scene.county, **who)
    await scene.do(editing.change, field=F.SPACES, text="3", language=Language.EN, **who)
    found = await seen(scene, place)
    assert (found.kind, found.point, found.free_spaces) == ("station", county.IN_B1, 3)
    assert {one.code: one.is_broken for one in found.facilities} == {"water": True, "toilet": False, "parking": False}
    await scene.do(editing.toggle, facility="parking", **who)
    found = await seen(scene, place)
    assert (found.spaces, found.free_spaces, found.works) == (None, None, {"toilet"})
    await scene.do(editing.toggle, facility="toilet", **who)
    with pytest.raises(NothingThere):
        await scene.do(editing.toggle, facility="water", **who)
    await scene.do(editing.change, field=F.SPACES, text="2", language=Language.EN, **who)
    assert "parking" in (await seen(scene, place)).works


async def test_what_is_said_in_both_languages_takes_two_lines_whichever_is_first(scene: Scene) -> None:
    place, admin = await add(scene), await scene.person(roles=(Role.ADMIN,))
    who = {"person_id": admin, "place_id": place, "language": Language.EN}
    for field, text in ((F.ADDRESS, " 1 Fuqian  Street\n\n府前街1号"), (F.ACCESS, "走侧门\nSide door")):
        await scene.do(editing.change, field=field, text=text, **who)
    found = await seen(scene, place)
    assert found.address == {Language.ZH: "府前街1号", Language.EN: "1 Fuqian Street"}
    assert found.access == {Language.ZH: "走侧门", Language.EN: "Side door"}
    await scene.do(editing.change, field=F.ADDRESS, text="2 Fuqian Street", **who)
    assert (await seen(scene, place)).address == {Language.ZH: "府前街1号", Language.EN: "2 Fuqian Street"}
    form = replace(filled(), typed={**filled().typed, F.ACCESS: read(F.ACCESS, "Side door\n走侧门")})
    new = await scene.do(adding.publish, person_id=admin, form=form)
    assert (await seen(scene, new)).access == {Language.ZH: "走侧门", Language.EN: "Side door"}


async def test_photos_are_added_and_replaced(scene: Scene) -> None:
    place, admin = await add(scene), await scene.person(roles=(Role.ADMIN,))
    who = {"person_id": admin, "place_id": place}
    for number in range(2, MOST_PHOTOS + 3):
        await scene.do(editing.add_photo, photo=(f"file-{number}", f"unique-{number}"), **who)
    kept = [one.file_id for one in await scene.rows(PlacePhoto)]
    assert kept == [f"file-{number}" for number in range(3, MOST_PHOTOS + 3)]
    shown = await scene.store.read(stations.station, person_id=admin, place_id=place, now=NOW)
    assert [one.file_id for one in shown.photos] == kept
    before = await scene.store.read(catalogue.version)
    await scene.do(editing.add_photo, photo=("new", "new"), replaces=True, **who)
    assert [one.file_id for one in await scene.rows(PlacePhoto)] == ["new"]
    (changed,) = await scene.store.read(catalogue.changed_since, version=before)
    assert changed.has_photo


async def test_a_place_that_is_removed_is_nobodys_any_more(scene: Scene) -> None:
    place = await add(scene)
    keeper, second = await keep(scene, place), await keep(scene, place)
    admin = await scene.person(roles=(Role.ADMIN,))
    with pytest.raises(NotAllowed):
        await scene.do(editing.remove, person_id=keeper, place_id=place)
    gone = await scene.do(editing.remove, person_id=admin, place_id=place)
    assert gone[Language.EN] == "Garden"
    told = [one.person_id for one in await scene.rows(OutboxMessage) if one.message is Message.PLACE_REMOVED]
    assert told == [keeper, second]
    assert [one for one in await scene.rows(PersonRole) if one.role is Role.KEEPER] == []
    for step, what in (
        (editing.change, {"field": F.PHONE, "text": "1", "language": Language.EN}),
        (editing.toggle, {"facility": "water"}),
    ):
        with pytest.raises(PlaceGone):
            await scene.do(step, person_id=keeper, place_id=place, now=NOW + timedelta(minutes=1), **what)
    with pytest.raises(PlaceGone):
        await scene.do(editing.remove, person_id=admin, place_id=place)
    with pytest.raises(PlaceGone):
        await scene.store.read(editing.look, person_id=keeper, place_id=place)


async def test_places_are_looked_for_by_code_and_name_and_keepers_find_their_own(scene: Scene) -> None:
    admin = await scene.person(roles=(Role.ADMIN,))
    first = await add(scene, by=admin)
    second = await add(scene, filled(name_zh="100%小区", name_en="Percent_Court"), by=admin)
    keeper = await keep(scene, second)

    async def found(who: int, text: str) -> list[int]:
        return [one.id for one in await scene.store.read(editing.find, person_id=who, text=text)]

    assert await found(admin, "chat-1") == [first]
    assert await found(admin, " 小区 ") == [first, second]
    assert await found(admin, "GARDEN") == [first]
    assert await found(admin, "0%") == [second]
    assert await found(admin, "t_c") == [second]
    assert await found(keeper, "小区") == [second]
    assert [one.id for one in await scene.store.read(editing.own, person_id=keeper)] == [second]
    for who, text in ((admin, "nowhere"), (admin, "_ou"), (keeper, "chat-1"), (keeper, "garden")):
        with pytest.raises(UnknownPlace):
            await found(who, text)
