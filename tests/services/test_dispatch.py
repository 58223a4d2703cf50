"""Whom a report is offered to, and what they do about it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from services import briefs, dispatch, duty, presence, reports, withdrawing, worktime
from services.errors import (
    AlreadyAccepted,
    AlreadyYours,
    LastInLine,
    NotAllowed,
    NotOffered,
    NotPossible,
    NoWords,
    ReportEnded,
)
from storage.kinds import EventKind, Level, Message, PlaceSource, Role, Status
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

# -- the ladder --


async def test_the_primary_on_duty_is_asked_first(scene: Scene) -> None:
    primary = await scene.officer()
    await scene.officer(is_primary=False)
    await scene.officer("A-02")
    await scene.person(roles=(Role.DESK,))
    report = await scene.file(await scene.person())
    assert await scene.asked(report) == {primary}
    assert await scene.routed(report) == {"level": "primary", "people": [primary], "nobody_at": []}


async def test_all_primaries_of_a_grid_are_asked_at_once(scene: Scene) -> None:
    both = {await scene.officer(), await scene.officer()}
    assert await scene.asked(await scene.file(await scene.person())) == both


@pytest.mark.parametrize("absence", ["off duty", "unreachable", "not joined"])
async def test_who_cannot_take_it_is_passed_over(scene: Scene, absence: str) -> None:
    primary = await scene.officer(on_duty=absence != "off duty", joined=absence != "not joined")
    if absence == "unreachable":
        await scene.do(presence.reachability, person_id=primary, is_reachable=False)
    deputy = await scene.officer(is_primary=False)
    report = await scene.file(await scene.person())
    assert await scene.asked(report) == {deputy}
    assert await scene.routed(report) == {"level": "deputy", "people": [deputy], "nobody_at": ["primary"]}


async def test_without_deputies_the_community_is_asked_then_the_desk_then_the_administrators(scene: Scene) -> None:
    neighbour = await scene.officer("A-02")
    await scene.officer("B-01")  # of another community
    admin, desk = await scene.person(roles=(Role.ADMIN,)), await scene.person(roles=(Role.DESK,))
    report = await scene.file(await scene.person())
    assert await scene.asked(report) == {neighbour}
    steps = []
    for person in (neighbour, desk, admin):
        steps.append(((await scene.report(report)).level, await scene.asked(report)))
        if person is not admin:
            await scene.do(dispatch.decline, report_id=report, officer_id=person, why="away")
    assert steps == [(Level.COMMUNITY, {neighbour}), (Level.DESK, {desk}), (Level.DESK, {admin})]
    assert (await scene.routed(report))["nobody_at"] == ["primary", "deputy", "community", "lead", "town"]


async def test_a_place_in_no_grid_goes_to_the_desk(scene: Scene) -> None:
    await scene.officer()
    desk = await scene.person(roles=(Role.DESK,))
    report = await scene.file(await scene.person(), at=county.IN_GAP)
    assert (await scene.report(report)).grid_id is None
    assert await scene.asked(report) == {desk}


async def test_a_lead_without_a_post_is_not_asked(scene: Scene) -> None:
    await scene.person(roles=(Role.LEAD,))
    report = await scene.file(await scene.person())
    assert await scene.asked(report) == set()
    assert await scene.routed(report) == {
        "level": "desk",
        "people": [],
        "nobody_at": ["primary", "deputy", "community", "lead", "town", "desk"],
    }


async def test_communities_of_the_same_name_in_two_towns_are_two(scene: Scene) -> None:
    def rename(session: object, *, now: object) -> None:
        from sqlalchemy import update
        from sqlalchemy.orm import Session

        from storage.schema import Grid

        assert isinstance(session, Session)
        session.execute(update(Grid).where(Grid.code == "B-01").values(community="Alpha", town="Far away"))

    await scene.do(rename)
    await scene.officer("B-01")
    assert await scene.asked(await scene.file(await scene.person())) == set()


# -- Accept --


async def test_the_first_officer_to_accept_gets_the_report(scene: Scene) -> None:
    first, second = await scene.officer(name="Li"), await scene.officer(name="Chen")
    report = await scene.file(await scene.person())
    later = NOW + timedelta(minutes=1)
    await scene.do(dispatch.accept, report_id=report, officer_id=first, now=later)
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.accepted_at) == (Status.ACCEPTED, first, later)
    assert await scene.offers(report) == {first: "accepted", second: "closed"}
    with pytest.raises(AlreadyAccepted) as refusal:
        await scene.do(dispatch.accept, report_id=report, officer_id=second)
    assert refusal.value.facts["name"] == "Li"
    with pytest.raises(AlreadyYours):
        await scene.do(dispatch.accept, report_id=report, officer_id=first)


async def test_of_fifty_who_accept_at_once_one_wins(scene: Scene) -> None:
    officers = [await scene.officer() for _ in range(50)]
    report = await scene.file(await scene.person())
    results = await asyncio.gather(
        *(scene.do(dispatch.accept, report_id=report, officer_id=one) for one in officers), return_exceptions=True
    )
    assert sum(isinstance(result, AlreadyAccepted) for result in results) == 49
    assert (await scene.story(report)).count(EventKind.ACCEPTED) == 1
    assert [m for _, m in await scene.told()].count(Message.ACCEPTED) == 1


async def test_who_was_not_asked_cannot_accept_and_learns_nothing(scene: Scene) -> None:
    officer, stranger = await scene.officer(), await scene.officer("B-01")
    report = await scene.file(await scene.person())
    for _ in ("open", "accepted"):
        with pytest.raises(NotOffered):
            await scene.do(dispatch.accept, report_id=report, officer_id=stranger)
        if _ == "open":
            await scene.do(dispatch.accept, report_id=report, officer_id=officer)


async def test_a_withdrawn_report_cannot_be_accepted(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
    with pytest.raises(ReportEnded):
        await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    with pytest.raises(ReportEnded):
        await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="grid")


# -- Not mine --


async def test_not_mine_passes_on_when_nobody_else_is_asked(scene: Scene) -> None:
    first, second = await scene.officer(), await scene.officer()
    deputy = await scene.officer(is_primary=False)
    report = await scene.file(await scene.person())
    await scene.do(dispatch.decline, report_id=report, officer_id=first, why="grid")
    assert await scene.asked(report) == {second}  # still asked: no need to go further
    await scene.do(dispatch.decline, report_id=report, officer_id=second, why="away")
    assert await scene.asked(report) == {deputy}
    declined = [e for e in await scene.events(report) if e.kind is EventKind.DECLINED]
    assert [(e.by_id, e.facts) for e in declined] == [(first, {"why": "grid"}), (second, {"why": "away"})]


async def test_not_mine_by_the_holder_opens_it_again_for_the_others(scene: Scene) -> None:
    holder, other = await scene.officer(), await scene.officer()
    report = await scene.accepted(await scene.person(), holder)
    await scene.do(dispatch.decline, report_id=report, officer_id=holder, why="duty")
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.accepted_at) == (Status.OPEN, None, None)
    assert await scene.asked(report) == {other}


async def test_what_was_passed_on_never_comes_back_to_the_same_person(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    neighbour = await scene.officer("A-02")
    desk = await scene.person(roles=(Role.DESK,))
    report = await scene.file(rider)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    assert await scene.asked(report) == {neighbour}
    await scene.do(presence.reachability, person_id=neighbour, is_reachable=False)
    assert await scene.asked(report) == {desk}
    await scene.do(reports.change_place, report_id=report, person_id=rider, **place(county.IN_A2), county=scene.county)
    assert officer not in await scene.asked(report)
    with pytest.raises(NotOffered):
        await scene.do(dispatch.accept, report_id=report, officer_id=officer)


async def test_the_last_in_line_cannot_pass_it_on(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person())
    with pytest.raises(LastInLine):
        await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="grid")
    assert await scene.asked(report) == {officer}
    assert EventKind.DECLINED not in await scene.story(report)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    with pytest.raises(LastInLine):
        await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="grid")
    assert (await scene.report(report)).officer_id == officer


async def test_who_would_pass_it_on_learns_before_where_it_would_go(scene: Scene) -> None:
    first, second = await scene.officer(), await scene.officer()
    report = await scene.file(await scene.person())

    async def next_of(person: int) -> Level:
        return await scene.store.read(dispatch.next_in_line, report_id=report, person_id=person)

    assert await next_of(first) is Level.PRIMARY, "the other one is still asked"
    await scene.do(dispatch.accept, report_id=report, officer_id=first)
    with pytest.raises(NotOffered):
        await next_of(second)
    assert await next_of(first) is Level.PRIMARY
    await scene.do(dispatch.decline, report_id=report, officer_id=first, why="away")
    with pytest.raises(LastInLine):
        await next_of(second)
    deputy = await scene.officer(is_primary=False)
    assert await next_of(second) is Level.DEPUTY
    await scene.do(presence.reachability, person_id=deputy, is_reachable=False)
    desk = await scene.person(roles=(Role.DESK,))
    assert await next_of(second) is Level.DESK
    for stranger in (desk, deputy):
        with pytest.raises(NotOffered):
            await next_of(stranger)
    await scene.do(dispatch.accept, report_id=report, officer_id=second)
    await scene.resolve(report, second)
    with pytest.raises(ReportEnded):
        await next_of(second)


async def test_a_stranger_cannot_pass_it_on(scene: Scene) -> None:
    await scene.officer()
    report = await scene.file(await scene.person())
    with pytest.raises(NotOffered):
        await scene.do(dispatch.decline, report_id=report, officer_id=await scene.officer("B-01"), why="grid")


# -- Resolve, Reject --


async def test_only_the_holder_resolves_or_rejects(scene: Scene) -> None:
    holder, other = await scene.officer(), await scene.officer()
    report = await scene.accepted(await scene.person(), holder)
    with pytest.raises(NotAllowed):
        await scene.resolve(report, other)
    with pytest.raises(NotAllowed):
        await scene.do(dispatch.reject, report_id=report, officer_id=other, why="none")
    with pytest.raises(NotAllowed):
        await scene.do(dispatch.check_own, report_id=report, officer_id=other)
    await scene.resolve(report, holder, words="pipe replaced")
    event = (await scene.events(report))[-1]
    assert (event.kind, event.by_id, event.facts) == (
        EventKind.RESOLVED,
        holder,
        {"words": "pipe replaced", "metres": 0},
    )
    with pytest.raises(ReportEnded):
        await scene.do(dispatch.reject, report_id=report, officer_id=holder, why="none")
    with pytest.raises(ReportEnded):
        await scene.do(dispatch.check_own, report_id=report, officer_id=holder)


async def test_a_rejection_needs_a_reason(scene: Scene) -> None:
    holder = await scene.officer()
    report = await scene.accepted(await scene.person(), holder)
    with pytest.raises(NoWords):
        await scene.do(dispatch.reject, report_id=report, officer_id=holder, why=" \u200b ")
    await scene.do(dispatch.reject, report_id=report, officer_id=holder, why="It is on private ground.")
    assert (await scene.report(report)).status is Status.REJECTED
    assert (await scene.events(report))[-1].facts == {"why": "It is on private ground."}


async def test_who_has_only_been_asked_must_accept_before_he_resolves(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person())
    with pytest.raises(NotAllowed):
        await scene.resolve(report, officer)


async def test_a_holder_who_passed_it_on_no_longer_resolves_it(scene: Scene) -> None:
    holder, _ = await scene.officer(), await scene.officer()
    report = await scene.accepted(await scene.person(), holder)
    await scene.do(dispatch.decline, report_id=report, officer_id=holder, why="away")
    with pytest.raises((NotAllowed, NotPossible)):
        await scene.resolve(report, holder)


# -- who can be reached --


async def test_who_blocks_the_bot_is_passed_over_and_the_next_is_asked(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    report = await scene.file(await scene.person())
    await scene.do(presence.reachability, person_id=officer, is_reachable=False)
    assert await scene.offers(report) == {officer: "unreachable", deputy: "offered"}
    assert [e.facts for e in await scene.events(report) if e.kind is EventKind.UNREACHABLE] == [{"person": officer}]


async def test_who_was_unreachable_may_be_asked_again(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person())
    await scene.do(presence.reachability, person_id=officer, is_reachable=False)
    assert await scene.asked(report) == set()
    await scene.do(presence.reachability, person_id=officer, is_reachable=True)
    assert await scene.asked(report) == {officer}


async def test_a_report_that_waits_for_anybody_is_not_chosen_for_again_in_vain(scene: Scene) -> None:
    report = await scene.file(await scene.person(), at=county.IN_B1)
    before = await scene.story(report)
    assert await scene.do(presence.rescue) == 0
    assert await scene.story(report) == before
    officer = await scene.officer("B-01")
    assert await scene.do(presence.rescue) == 1
    assert await scene.asked(report) == {officer}
    assert await scene.do(presence.rescue) == 0


async def test_an_accepted_report_whose_holder_is_unreachable_goes_to_the_next_and_the_reporter_hears(
    scene: Scene,
) -> None:
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report = await scene.accepted(rider, officer)
    await scene.do(presence.reachability, person_id=officer, is_reachable=False)
    row = await scene.report(report)
    assert (row.status, row.officer_id) == (Status.OPEN, None)
    assert await scene.asked(report) == {deputy}
    assert (rider, Message.REOPENED) in await scene.told()


async def test_who_gives_an_accepted_report_back_is_not_the_last_the_reporter_hears_of(scene: Scene) -> None:
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report = await scene.accepted(rider, officer)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    assert await scene.asked(report) == {deputy}
    assert (rider, Message.REOPENED) in await scene.told()


async def test_not_my_grid_is_forgotten_when_the_report_moves_to_another_grid(scene: Scene) -> None:
    rider, officer, other = await scene.person(), await scene.officer(), await scene.officer("B-01")
    report = await scene.file(rider)
    await scene.person(roles=(Role.DESK,))
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="grid")
    for at, asked in ((county.IN_B1, other), (county.IN_A1, officer)):
        await scene.do(reports.change_place, report_id=report, person_id=rider, **place(at), county=scene.county)
        assert await scene.asked(report) == {asked}


async def test_a_category_that_there_is_not_changes_nothing(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider, words="fire")
    with pytest.raises(NotPossible):
        await scene.do(reports.change_category, report_id=report, person_id=rider, code="electric_wire")
    row = await scene.report(report)
    assert (row.category, row.category_chosen) == ("fire", False)


# -- changes by the reporter --


def place(at: tuple[float, float]) -> dict[str, object]:
    return {"latitude": at[0], "longitude": at[1], "source": PlaceSource.PIN, "place_name": None}


async def test_a_place_in_another_grid_goes_to_that_officer(scene: Scene) -> None:
    rider, first, second = await scene.person(), await scene.officer(), await scene.officer("B-01")
    report = await scene.file(rider)
    said = await scene.last_said()
    await scene.do(reports.change_place, report_id=report, person_id=rider, **place(county.IN_B1), county=scene.county)
    assert await scene.offers(report) == {first: "closed", second: "offered"}
    assert (second, Message.ALERT) in await scene.told(since=said)
    assert (await scene.story(report))[-2:] == [EventKind.PLACE_CHANGED, EventKind.ROUTED]


async def test_a_place_in_the_same_grid_stays_with_its_officer(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    near = (county.IN_A1[0] + 0.001, county.IN_A1[1])
    await scene.do(reports.change_place, report_id=report, person_id=rider, **place(near), county=scene.county)
    assert await scene.asked(report) == {officer}
    assert (await scene.story(report))[-1] is EventKind.PLACE_CHANGED
    assert (await scene.report(report)).latitude == pytest.approx(near[0])


async def test_a_category_that_becomes_urgent_rings_and_shortens_the_time(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    before, said = await scene.report(report), await scene.last_said()
    await scene.do(reports.change_category, report_id=report, person_id=rider, code="fire")
    after = await scene.report(report)
    assert (before.is_urgent, after.is_urgent) == (False, True)
    assert after.accept_by < before.accept_by
    assert after.resolve_by < before.resolve_by
    rows = [row for row in await scene.outbox() if row.id > said]
    rings = [(row.person_id, str(row.urgency)) for row in rows if row.message is Message.ALERT]
    assert rings == [(officer, "0-urgent")]
    await scene.do(reports.change_category, report_id=report, person_id=rider, code="exposed_wire")
    assert len([m for _, m in await scene.told(since=said) if m is Message.ALERT]) == 1  # urgent before: no new ring


async def test_an_alert_that_waits_becomes_urgent_itself(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.do(reports.change_category, report_id=report, person_id=rider, code="fire")
    alerts = [(row.person_id, str(row.urgency)) for row in await scene.outbox() if row.message is Message.ALERT]
    assert alerts == [(officer, "0-urgent")]


async def test_who_goes_off_duty_leaves_no_report_behind_unless_there_is_nobody_else(scene: Scene) -> None:
    officer, reporter = await scene.officer(), await scene.person()
    report = await scene.file(reporter)
    await scene.do(duty.switch, person_id=officer, on_duty=False)
    assert await scene.asked(report) == {officer}  # better with somebody off duty than with nobody
    await scene.do(duty.switch, person_id=officer, on_duty=True)
    deputy = await scene.officer(is_primary=False)
    await scene.do(duty.switch, person_id=officer, on_duty=False)
    assert await scene.asked(report) == {deputy}


async def test_the_card_of_who_goes_off_duty_says_that_others_are_asked(scene: Scene) -> None:
    officer, _, reporter = await scene.officer(), await scene.officer(), await scene.person()
    await scene.file(reporter)
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(duty.switch, person_id=officer, on_duty=False)
    assert (officer, Message.CARD) in await scene.told(since=said)


# -- by when --


def promised(start: datetime, minutes: int) -> datetime:
    """So many minutes later; what is not urgent, in working time."""
    span = timedelta(minutes=minutes)
    return start + span if minutes == 5 else worktime.USUAL.after(start, span)


@pytest.mark.parametrize(("words", "minutes"), [("leak", 30), ("着火了", 5)])
@pytest.mark.parametrize("how", ["declined", "given back", "unreachable", "off duty"])
async def test_the_first_promise_stays_whoever_passes_it_on(scene: Scene, words: str, minutes: int, how: str) -> None:
    rider, officer = await scene.person(), await scene.officer()
    deputy = await scene.officer(is_primary=False)
    report = await scene.file(rider, words=words)
    before = await scene.report(report)
    assert before.accept_by == promised(NOW, minutes)
    later = NOW + timedelta(minutes=20)
    if how == "given back":
        await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    if how == "unreachable":
        await scene.do(presence.reachability, person_id=officer, is_reachable=False, now=later)
    elif how == "off duty":
        await scene.do(duty.switch, person_id=officer, on_duty=False, now=later)
    else:
        await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=later)
    assert await scene.asked(report) == {deputy}
    after = await scene.report(report)
    is_over = how == "given back" and minutes == 5  # that promise was kept long ago: another one is given
    assert after.accept_by == (promised(later, minutes) if is_over else before.accept_by)
    assert later < after.next_at < promised(later, minutes)  # they are reminded within a time of their own
    assert after.resolve_by == before.resolve_by


async def test_who_is_still_asked_gets_no_more_time_by_anothers_no(scene: Scene) -> None:
    rider, one, _ = await scene.person(), await scene.officer(), await scene.officer()
    report = await scene.file(rider)
    await scene.do(dispatch.decline, report_id=report, officer_id=one, why="away", now=NOW + timedelta(minutes=20))
    assert (await scene.report(report)).accept_by == promised(NOW, 30)


async def test_a_category_that_turns_urgent_is_promised_from_then_on_though_it_was_passed_on(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.officer(is_primary=False)
    report = await scene.file(rider)
    later = NOW + timedelta(minutes=20)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=later)
    await scene.do(reports.change_category, report_id=report, person_id=rider, code="fire", now=later)
    row = await scene.report(report)
    assert (row.accept_by, row.next_at) == (later + timedelta(minutes=5), later + timedelta(seconds=150))
    await scene.do(reports.change_category, report_id=report, person_id=rider, code="road", now=later)
    assert (await scene.report(report)).accept_by == promised(NOW, 30)


# -- as what --


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DESK, Role.ADMIN])
async def test_it_is_known_as_what_somebody_holds_it(scene: Scene, role: Role) -> None:
    rider, late = await scene.person(), await scene.officer("B-01")
    holder = await scene.officer() if role is Role.OFFICER else await scene.person("Zhao", roles=(role,))
    report = await scene.accepted(rider, holder, at=county.IN_A1 if role is Role.OFFICER else county.IN_GAP)
    record = await scene.store.read(briefs.describe, report_id=report, person_id=late)
    assert record.officer_role is role
    (accepted,) = [event for event in await scene.events(report) if event.kind is EventKind.ACCEPTED]
    assert accepted.facts == {"role": role}
