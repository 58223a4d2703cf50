"""Who looks after a place: links that let people in, who may say what, and who looks after it no more."""

import pytest

from services import invites
from services.errors import InviteOwn, InviteUsed, NotAllowed
from services.places import keepers, lookup
from services.places.errors import NotKeeper, PlaceGone, UnknownPlace
from storage.kinds import Language, Message, Role
from storage.places_kinds import Voice
from storage.schema import AuditLine, Invite, PersonRole, PlaceKeeper
from tests import county
from tests.services.scene import Scene
from tests.services.stations import Stations, remove_place


@pytest.fixture
def places(scene: Scene) -> Stations:
    return Stations(scene)


async def invite(places: Stations, code: str, *, by: int | None = None, token: str = "link") -> str:
    made = {"token": token, "role": Role.KEEPER, "place": code, "by": by}
    await places.scene.do(invites.make, **made)
    return token


async def keeps(places: Stations) -> set[tuple[int, int]]:
    return {(row.person_id, row.place_id) for row in await places.scene.rows(PlaceKeeper)}


async def roles(places: Stations, person: int) -> set[Role]:
    return {row.role for row in await places.scene.rows(PersonRole) if row.person_id == person}


async def test_a_link_makes_somebody_the_keeper_of_a_place(places: Stations) -> None:
    place, admin = await places.place(), await places.scene.person(roles=(Role.ADMIN,))
    who = await places.scene.person("Chen")
    await invite(places, "s-001", by=admin)
    with pytest.raises(InviteOwn):
        await places.scene.do(invites.redeem, token="link", person_id=admin)
    joined = await places.scene.do(invites.redeem, token="link", person_id=who)
    assert joined.role is Role.KEEPER
    assert joined.place is not None
    assert joined.place[Language.ZH] == "府前1号驿站"
    assert Role.KEEPER in joined.me.roles
    assert await keeps(places) == {(who, place)}
    with pytest.raises(InviteUsed):
        await places.scene.do(invites.redeem, token="link", person_id=who)


async def test_a_place_has_several_keepers_and_a_keeper_several_places(places: Stations) -> None:
    first, second = await places.place(), await places.place()
    one, other = await places.keeper(first, second), await places.scene.person("Other")
    await invite(places, "S-001")
    await places.scene.do(invites.redeem, token="link", person_id=other)
    await invite(places, "S-001", token="once-more")
    await places.scene.do(invites.redeem, token="once-more", person_id=other)
    assert await keeps(places) == {(one, first), (one, second), (other, first)}
    assert await places.scene.store.read(keepers.kept_by, person_id=one) == [first, second]
    assert await places.scene.store.read(keepers.of, place_id=first) == [one, other]


async def test_only_administrators_and_its_keepers_make_links(places: Stations) -> None:
    place, elsewhere = await places.place(), await places.place()
    keeper, stranger = await places.keeper(place), await places.keeper(elsewhere)
    officer = await places.scene.officer("A-01")
    for who in (stranger, officer):
        with pytest.raises(NotAllowed):
            await invite(places, "S-001", by=who)
    assert await places.scene.rows(Invite) == []
    await invite(places, "S-001", by=keeper)
    with pytest.raises(UnknownPlace):
        await invite(places, "S-999", token="other")


async def test_a_link_to_a_place_that_was_removed_lets_nobody_in(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await invite(places, "S-001")
    await places.scene.do(remove_place, place_id=place)
    with pytest.raises(PlaceGone):
        await places.scene.do(invites.redeem, token="link", person_id=who)
    assert await keeps(places) == set()
    assert await roles(places, who) == set()
    with pytest.raises(UnknownPlace):
        await invite(places, "S-001", token="other")


async def test_an_imported_keeper_becomes_who_opens_the_link(places: Stations) -> None:
    place, elsewhere = await places.place(), await places.place()
    imported = await places.scene.officer("A-01", joined=False)
    for one in (place, elsewhere):
        await places.scene.do(keepers.add, person_id=imported, place_id=one)
    await invite(places, "S-001")
    who = await places.scene.person()
    await places.scene.do(invites.redeem, token="link", person_id=who)
    assert await keeps(places) == {(who, place), (who, elsewhere)}


async def test_a_place_is_found_by_its_code_or_a_part_of_its_name(places: Stations) -> None:
    first, second = await places.place(), await places.place(name_zh="南门_驿站", name_en="South Gate")

    async def found(text: str) -> list[int]:
        return [one.id for one in await places.scene.store.read(lookup.find, text=text)]

    assert await found(" s-001 ") == [first]
    assert await found("Ｓ－００１") == [first]
    assert await found("府前") == [first]
    assert await found("south g") == [second]
    assert await found("驿站") == [first, second]
    assert await found("_") == [second]
    for text in ("", "nowhere", "%"):
        with pytest.raises(UnknownPlace):
            await found(text)


async def test_who_may_say_what_is_true_of_a_place(places: Stations) -> None:
    place, removed = await places.place(), await places.place()
    other = await places.place(latitude=county.IN_B1[0], longitude=county.IN_B1[1])
    scene = places.scene
    people = {
        await places.keeper(place): Voice.KEEPER,
        await scene.person(roles=(Role.ADMIN,)): Voice.ADMIN,
        await scene.officer("A-01"): Voice.OFFICER,
        await scene.officer("B-01"): None,
        await places.keeper(other): None,
        await scene.person(): None,
    }
    for person, voice in people.items():
        assert await scene.store.read(keepers.voice_of, person_id=person, place_id=place) == voice
        if voice is None:
            with pytest.raises(NotKeeper):
                await scene.store.read(keepers.require, person_id=person, place_id=place)
    with pytest.raises(PlaceGone):
        await scene.store.read(keepers.require, person_id=next(iter(people)), place_id=removed + 100)


async def test_who_is_let_go_hears_it_and_without_a_place_is_no_keeper(places: Stations) -> None:
    first, second = await places.place(), await places.place()
    one, other = await places.keeper(first, second), await places.keeper(first)
    for place, is_left in ((first, True), (second, False)):
        by = other if place == first else await places.scene.person(roles=(Role.ADMIN,))
        for _ in range(2):
            await places.scene.do(keepers.remove, place_id=place, person_id=one, by=by)
        assert (Role.KEEPER in await roles(places, one)) is is_left
    assert await keeps(places) == {(other, first)}
    assert await places.told(Message.KEEPER_LEFT) == [one, one]
    assert [row.person_id for row in await places.scene.rows(AuditLine) if row.deed == "keeper_removed"] == [one, one]


async def test_nobody_else_lets_keepers_go_or_sees_who_they_are(places: Stations) -> None:
    place, elsewhere = await places.place(), await places.place()
    keeper = await places.keeper(place)
    for who in (await places.keeper(elsewhere), await places.scene.officer("A-01"), await places.scene.person()):
        with pytest.raises(NotKeeper):
            await places.scene.do(keepers.remove, place_id=place, person_id=keeper, by=who)
        with pytest.raises(NotKeeper):
            await places.scene.store.read(keepers.all_of, place_id=place, person_id=who)
    found = await places.scene.store.read(keepers.all_of, place_id=place, person_id=keeper)
    assert [(one.person_id, one.name) for one in found] == [(keeper, "Keeper")]
