"""One-time links."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services import invites
from services.errors import InviteExpired, InviteOwn, InviteUnknown, InviteUsed, NoSuchGrid, NotAllowed
from services.merchants import staff
from storage.kinds import Message, Role
from storage.schema import Duty, Grid, Invite, Merchant, Person, PersonRole
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.shops import Market


async def link(scene: Scene, token: str = "t", role: Role = Role.OFFICER, **how: Any) -> str:
    """A link by the command line, for the grid A-01 unless said otherwise."""
    how = {"grids": ["A-01"] if role is Role.OFFICER else (), **how}
    await scene.do(invites.make, token=token, role=role, **how)
    return token


async def duties(scene: Scene, person: int) -> dict[str, bool]:
    """Whether he is primary, by grid."""
    chosen = select(Grid.code, Duty.is_primary).join(Duty).where(Duty.person_id == person)
    return await scene.store.read(lambda session: {row.code: row.is_primary for row in session.execute(chosen)})


async def roles(scene: Scene, person: int) -> set[Role]:
    return {row.role for row in await scene.rows(PersonRole) if row.person_id == person}


async def test_a_link_makes_an_officer_of_a_grid(scene: Scene) -> None:
    person = await scene.person()
    joined = await scene.do(invites.redeem, token=await link(scene, grids=[" a-01 "]), person_id=person)
    assert (joined.role, joined.grids, joined.me.roles) == (
        Role.OFFICER,
        (("A-01", "Grid A-01", True),),
        frozenset({Role.OFFICER}),
    )
    assert await duties(scene, person) == {"A-01": True}


@pytest.mark.parametrize("role", [Role.DESK, Role.LEAD, Role.ADMIN])
async def test_a_link_for_another_role_needs_no_grid(scene: Scene, role: Role) -> None:
    person = await scene.person()
    joined = await scene.do(invites.redeem, token=await link(scene, role=role), person_id=person)
    assert (joined.role, joined.grids) == (role, ())
    assert (await roles(scene, person), await duties(scene, person)) == ({role}, {})


async def test_a_link_works_once(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    token = await link(scene)
    await scene.do(invites.redeem, token=token, person_id=first)
    for person in (first, second):
        with pytest.raises(InviteUsed):
            await scene.do(invites.redeem, token=token, person_id=person)
    assert await roles(scene, second) == set()


async def test_of_many_who_open_a_link_at_once_one_gets_in(scene: Scene) -> None:
    people = [await scene.person() for _ in range(10)]
    token = await link(scene)
    results = await asyncio.gather(
        *(scene.do(invites.redeem, token=token, person_id=one) for one in people), return_exceptions=True
    )
    assert sum(isinstance(result, InviteUsed) for result in results) == 9
    assert len(await scene.rows(PersonRole)) == 1


async def test_a_link_works_for_seven_days(scene: Scene) -> None:
    person = await scene.person()
    await link(scene, "old")
    with pytest.raises(InviteExpired):
        await scene.do(invites.redeem, token="old", person_id=person, now=NOW + timedelta(days=7))
    await scene.do(invites.redeem, token="old", person_id=person, now=NOW + timedelta(days=7, seconds=-1))


@pytest.mark.parametrize("token", ["nonsense", "", "x" * 4000, "\0", "\u7801", "link "])
async def test_an_unknown_link_says_so(scene: Scene, token: str) -> None:
    await scene.do(invites.make, token="link", role=Role.DESK)
    with pytest.raises(InviteUnknown):
        await scene.do(invites.redeem, token=token, person_id=await scene.person())


async def test_only_administrators_make_links_in_chat(scene: Scene) -> None:
    officer, admin = await scene.officer(), await scene.person(roles=(Role.ADMIN,))
    with pytest.raises(NotAllowed):
        await link(scene, by=officer)
    await link(scene, by=admin)
    (invite,) = await scene.rows(Invite)
    assert (invite.made_by, invite.expires_at) == (admin, NOW + timedelta(days=7))


async def test_a_link_for_an_unknown_grid_is_not_made(scene: Scene) -> None:
    with pytest.raises(NoSuchGrid) as refusal:
        await link(scene, grids=["X-99"])
    assert refusal.value.facts["code"] == "X-99"
    assert await scene.rows(Invite) == []


async def test_who_uses_it_takes_over_the_imported_officers_duties(scene: Scene) -> None:
    imported = await scene.officer("A-01", name="Chen Jing", joined=False)

    def more(session: Any, *, now: Any) -> None:
        person = session.get_one(Person, imported)
        person.phone = "13800000000"
        grid = session.scalar(select(Grid.id).where(Grid.code == "B-01"))
        session.add(Duty(person_id=imported, grid_id=grid, is_primary=False))

    await scene.do(more)
    token, person = await link(scene), await scene.person("Jing")
    joined = await scene.do(invites.redeem, token=token, person_id=person)
    assert [code for code, _, _ in joined.grids] == ["A-01", "B-01"]
    assert await duties(scene, person) == {"A-01": True, "B-01": False}
    people = await scene.rows(Person)
    assert [(one.id, one.phone, one.known_as) for one in people] == [(person, "13800000000", "Chen Jing")]


async def test_a_link_says_for_whom_it_is_and_all_that_it_gives(scene: Scene) -> None:
    imported = await scene.officer("A-02", name="Chen Jing", joined=False)

    def more(session: Any, *, now: Any) -> None:
        grid = session.scalar(select(Grid.id).where(Grid.code == "B-01"))
        session.add(Duty(person_id=imported, grid_id=grid, is_primary=False))

    await scene.do(more)
    made = await scene.do(invites.make_named, token="t", role=Role.OFFICER, grids=["A-02"])
    assert made.meant_for == "Chen Jing"
    assert made.grids == (("A-02", "Grid A-02", True), ("B-01", "Grid B-01", False))
    other = await scene.do(invites.make_named, token="u", role=Role.OFFICER, grids=["B-01", "A-01"], is_primary=False)
    assert (other.meant_for, other.grids) == (None, (("A-01", "Grid A-01", False), ("B-01", "Grid B-01", False)))


async def test_a_second_link_for_the_grid_is_meant_for_nobody_who_is_expected_already(scene: Scene) -> None:
    await scene.officer("A-01", joined=False)
    first, second = await link(scene, "one"), await link(scene, "two")
    one, two = await scene.person(), await scene.person()
    await scene.do(invites.redeem, token=second, person_id=two)
    await scene.do(invites.redeem, token=first, person_id=one)
    assert (await duties(scene, one), await duties(scene, two)) == ({"A-01": True}, {"A-01": True})
    assert {row.id for row in await scene.rows(Person)} == {one, two}


async def test_a_deputys_link_does_not_take_the_primarys_place(scene: Scene) -> None:
    imported = await scene.officer("A-01", joined=False)
    person = await scene.person()
    await scene.do(invites.redeem, token=await link(scene, is_primary=False), person_id=person)
    assert (await duties(scene, person), await duties(scene, imported)) == ({"A-01": False}, {"A-01": True})


async def test_an_officer_may_get_a_second_grid_and_is_on_duty_then(scene: Scene) -> None:
    officer = await scene.officer("A-01", on_duty=False)
    joined = await scene.do(invites.redeem, token=await link(scene, grids=["A-02"]), person_id=officer)
    assert [code for code, _, _ in joined.grids] == ["A-01", "A-02"]
    assert joined.me.on_duty  # the welcome says so


async def test_a_link_may_be_for_several_grids(scene: Scene) -> None:
    person = await scene.person()
    token = await link(scene, grids=["b-01", " A-01", "B-01"], is_primary=False)
    joined = await scene.do(invites.redeem, token=token, person_id=person)
    assert [code for code, _, _ in joined.grids] == ["A-01", "B-01"]
    assert await duties(scene, person) == {"A-01": False, "B-01": False}


async def test_of_several_grids_each_must_be_known(scene: Scene) -> None:
    with pytest.raises(NoSuchGrid) as refusal:
        await link(scene, grids=["A-01", "X-99"])
    assert refusal.value.facts["code"] == "X-99"


@pytest.mark.parametrize(("grids", "is_primary"), [(["A-01", "B-01"], True), (["A-01"], False)])
async def test_a_link_for_several_grids_or_a_deputy_gives_just_what_it_says(
    scene: Scene, grids: list[str], is_primary: bool
) -> None:
    imported = await scene.officer("A-01", joined=False, is_primary=is_primary)
    person = await scene.person()
    await scene.do(invites.redeem, token=await link(scene, grids=grids, is_primary=is_primary), person_id=person)
    assert await duties(scene, person) == dict.fromkeys(grids, is_primary)
    assert {row.id for row in await scene.rows(Person)} == {imported, person}


async def test_who_made_a_link_does_not_use_it_up(scene: Scene) -> None:
    admin, person = await scene.person(roles=(Role.ADMIN,)), await scene.person()
    token = await link(scene, by=admin)
    with pytest.raises(InviteOwn):
        await scene.do(invites.redeem, token=token, person_id=admin)
    await scene.do(invites.redeem, token=token, person_id=person)
    assert await duties(scene, person) == {"A-01": True}


async def test_who_joins_gets_the_reports_that_waited_for_somebody(scene: Scene) -> None:
    report = await scene.file(await scene.person(), at=county.IN_A1)
    person = await scene.person()
    joined = await scene.do(invites.redeem, token=await link(scene), person_id=person)
    assert joined.rescued == 1
    assert await scene.asked(report) == {person}


async def test_who_looks_after_others_from_now_on_sees_so_on_the_cards_he_has(scene: Scene) -> None:
    officer = await scene.officer("A-01")
    await scene.file(await scene.person(), at=county.IN_A1)
    await scene.deliver()
    before = await scene.last_said()
    await scene.do(invites.redeem, token=await link(scene, "member", Role.OFFICER, grids=["A-02"]), person_id=officer)
    assert await scene.told(since=before) == []
    await scene.do(invites.redeem, token=await link(scene, "lead", Role.LEAD), person_id=officer)
    assert await scene.told(since=before) == [(officer, Message.CARD)]


def test_a_link_opens_the_bot() -> None:
    assert invites.link("warmgrid_bot", "abc") == "https://t.me/warmgrid_bot?start=abc"


async def test_who_is_let_go_of_a_shop_lets_nobody_in_any_more(scene: Scene) -> None:
    market = Market(scene)
    boss, other, friend = await market.merchant(), await market.merchant("Other"), await market.person()
    shop = await market.shop(owner=boss)
    await scene.do(staff.add, person_id=other, merchant_id=shop, is_owner=True)
    (row,) = await scene.rows(Merchant)
    for token, by in (("of-other", other), ("of-boss", boss)):
        await scene.do(invites.make, token=token, role=Role.MERCHANT, shop=row.code, by=by)
    await scene.do(staff.remove, merchant_id=shop, person_id=other, by=boss)
    with pytest.raises(InviteExpired):
        await scene.do(invites.redeem, token="of-other", person_id=friend)
    await scene.do(invites.redeem, token="of-boss", person_id=friend)
