"""Who an update comes from, and what people choose."""

from datetime import timedelta
from typing import Any

import pytest

from services import duty, people, presence, team_names
from services.errors import NotAllowed, NotRegistered, NoWords, WordsTooLong
from services.people import Arrival
from storage import conversations, updates
from storage.categories import OTHER, guess
from storage.conversations import DialogKey
from storage.kinds import Language, Message, ReporterKind, Role
from storage.schema import Person
from tests.moment import NOW
from tests.services.scene import Scene


async def arrive(scene: Scene, number: int = 7, **changes: Any) -> Arrival:
    """An update of the person with this Telegram number."""
    facts: dict[str, Any] = {
        "name": "Wang",
        "language_code": "zh-hans",
        "default_language": Language.ZH,
        "admin_ids": frozenset({9001}),
        "update_id": 1,
    }
    return await scene.do(people.arrive, telegram_id=number, **{**facts, **changes})


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *[(code, Language.ZH) for code in ("zh", "zh-hans", "zh-Hant", "ZH-TW", None, "")],
        *[(code, Language.EN) for code in ("en", "en-GB", "de", "za")],
    ],
)
def test_the_language_is_that_of_the_phone(code: str | None, language: Language) -> None:
    assert people.language_of(code, Language.ZH) is language


async def test_a_new_person_is_made_once(scene: Scene) -> None:
    first, second = await arrive(scene), await arrive(scene, update_id=2)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.me.id == second.me.id
    assert first.me.language is Language.ZH
    (row,) = await scene.rows(Person)
    assert (row.name, row.joined_at, row.is_reachable, row.on_duty) == ("Wang", NOW, True, True)


async def test_many_first_updates_at_once_make_one_person(scene: Scene) -> None:
    import asyncio

    arrivals = await asyncio.gather(*(arrive(scene, update_id=number) for number in range(10)))
    assert len({arrival.me.id for arrival in arrivals}) == 1
    assert len(await scene.rows(Person)) == 1


@pytest.mark.parametrize(("name", "kept"), [("Li", "Li"), ("\u202eevil\x00\n name", "evil name"), ("\u2060", "—")])
async def test_a_new_name_is_taken_over_clean(scene: Scene, name: str, kept: str) -> None:
    await arrive(scene)
    assert (await arrive(scene, name=name)).me.name == kept
    assert (await scene.rows(Person))[0].name == kept


async def test_a_chosen_language_stays_whatever_the_phone_says(scene: Scene) -> None:
    me = (await arrive(scene)).me
    await scene.do(people.choose_language, person_id=me.id, language=Language.EN)
    assert (await arrive(scene)).me.language is Language.EN


async def test_who_writes_is_reachable_again_and_gets_what_waited(scene: Scene) -> None:
    officer = await scene.officer()
    number = (await scene.rows(Person))[0].telegram_id
    await scene.do(presence.reachability, person_id=officer, is_reachable=False)
    report = await scene.file(await scene.person())
    assert await scene.asked(report) == set()
    assert (await arrive(scene, number)).me.is_reachable
    assert await scene.asked(report) == {officer}


async def test_an_administrator_of_the_settings_is_one_from_the_first_update_on(scene: Scene) -> None:
    report = await scene.file(await scene.person())
    me = (await arrive(scene, 9001)).me
    assert Role.ADMIN in me.roles
    assert await scene.asked(report) == {me.id}  # nobody could be asked before
    assert (await arrive(scene, 9001, admin_ids=frozenset())).me.roles == {Role.ADMIN}


async def test_an_update_that_took_effect_is_known(scene: Scene) -> None:
    await scene.store.write(updates.mark, update_id=5, now=NOW)
    assert [(await arrive(scene, update_id=number)).is_handled for number in (5, 6)] == [True, False]


async def test_the_dialog_comes_with_the_arrival(scene: Scene) -> None:
    assert ((await arrive(scene)).state, (await arrive(scene)).data) == (None, {})
    await scene.store.write(conversations.put, key=DialogKey(7, 7), state="Waiting:words", data={"report_id": 3})
    arrival = await arrive(scene)
    assert (arrival.state, arrival.data) == ("Waiting:words", {"report_id": 3})


async def test_a_rider_says_platform_and_team_and_a_resident_neither(scene: Scene) -> None:
    person = await scene.person()
    await scene.do(people.choose_kind, person_id=person, kind=ReporterKind.RIDER)
    await scene.do(people.choose_platform, person_id=person, platform="meituan")
    me = await scene.do(people.choose_team, person_id=person, team=" East <b>\u202e ")
    assert (me.kind, me.platform, me.team) == (ReporterKind.RIDER, "meituan", "East <b>")
    me = await scene.do(people.choose_kind, person_id=person, kind=ReporterKind.RESIDENT)
    assert (me.kind, me.platform, me.team) == (ReporterKind.RESIDENT, None, None)


@pytest.mark.parametrize(("team", "problem"), [(" ", NoWords), ("x" * 81, WordsTooLong)])
async def test_a_teams_name_is_words(scene: Scene, team: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        await scene.do(people.choose_team, person_id=await scene.person(), team=team)


async def test_a_role_is_checked_and_given_once(scene: Scene) -> None:
    person = await scene.person()
    with pytest.raises(NotAllowed):
        await scene.do(people.check_role, person_id=person, role=Role.ADMIN)
    for _ in range(2):
        await scene.do(people.grant, person_id=person, role=Role.ADMIN)
    await scene.do(people.check_role, person_id=person, role=Role.ADMIN)


async def test_the_commands_that_were_shown_are_remembered(scene: Scene) -> None:
    me = (await arrive(scene)).me
    await scene.store.write(people.remember_menu, person_id=me.id, menu="zh")
    assert (await arrive(scene)).me.menu == "zh"
    assert await scene.store.read(people.count) == 1


# -- duty --


async def test_only_officers_go_on_duty(scene: Scene) -> None:
    with pytest.raises(NotRegistered):
        await scene.do(duty.switch, person_id=await scene.person(roles=(Role.ADMIN,)), on_duty=True)


async def test_off_duty_reports_go_to_others_and_on_duty_they_come_again(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    me = await scene.do(duty.switch, person_id=officer, on_duty=False)
    assert not me.on_duty
    report = await scene.file(rider)
    assert await scene.asked(report) == set()
    await scene.do(duty.switch, person_id=officer, on_duty=True)
    assert await scene.asked(report) == {officer}


async def test_an_officers_grids_are_listed_the_primary_ones_first(scene: Scene) -> None:
    from services import invites

    officer = await scene.officer("B-01", is_primary=False)
    for token, grid in (("a", "B-02"), ("b", "A-02")):
        await scene.do(invites.make, token=token, role=Role.OFFICER, grids=[grid])
        await scene.do(invites.redeem, token=token, person_id=officer)
    listed = await scene.store.read(duty.grids_of, person_id=officer)
    assert [(code, first) for code, _, first in listed] == [("A-02", True), ("B-02", True), ("B-01", False)]


# -- who begins with a photo --


async def test_what_one_is_is_asked_once_and_only_behind_the_first_receipt(scene: Scene) -> None:
    rider = await scene.person(kind=None)
    await scene.file(rider)
    assert (rider, Message.ASK_KIND) not in await scene.told()
    await scene.deliver()
    assert (await scene.told())[-1] == (rider, Message.ASK_KIND)
    await scene.file(rider, now=NOW + timedelta(hours=1))
    await scene.deliver(now=NOW + timedelta(hours=1, seconds=1))
    assert (await scene.told()).count((rider, Message.ASK_KIND)) == 1


async def test_who_has_said_it_or_has_a_role_or_saw_the_question_at_the_start_is_not_asked(scene: Scene) -> None:
    starter = await scene.person(kind=None)
    await scene.do(people.note_asked_kind, person_id=starter)
    for person in (await scene.person(), await scene.person(roles=(Role.LEAD,), kind=None), starter):
        await scene.file(person)
    await scene.deliver()
    assert Message.ASK_KIND not in {message for _, message in await scene.told()}


@pytest.mark.parametrize("name", ["Station 3", "东门站", "East gate & co", "x" * people.MOST_TEAM])
def test_what_may_name_a_team(name: str) -> None:
    assert team_names.may_name_team(name)


@pytest.mark.parametrize(
    "name", ["大树底下站", "路灯火锅外卖队", "Fire Station team", "Tree Hub", "大树外卖", "老蛇配送", "火灾救援队"]
)
def test_a_team_may_have_a_hazards_word_in_its_name(name: str) -> None:
    assert guess(name) != OTHER
    assert team_names.may_name_team(name)


@pytest.mark.parametrize(
    "words",
    [
        *("burst pipe", "东门着火了", "加油站着火", "there is a fire near the station", "a tree fell"),
        *("大树倒下来", "路灯不亮", "水管爆了", "垃圾", "大树", "东门火灾", "井盖外卖", "大树" * 7),
    ],
)
def test_a_hazard_is_no_team(words: str) -> None:
    assert not team_names.may_name_team(words)


@pytest.mark.parametrize("words", ["one\ntwo", "x" * (people.MOST_TEAM + 1)])
def test_what_is_long_or_has_lines_is_no_team(words: str) -> None:
    assert not team_names.may_name_team(words)
