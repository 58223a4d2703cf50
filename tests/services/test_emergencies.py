"""One command for emergencies: called at one moment, answered with a tap, called again when silent, on record."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from services import delivery, emergencies, emergency_calls, invites, presence, team_briefs
from services.errors import EmergencyGoesOn, EmergencyOver, NotAllowed, NotPossible, ReportEnded
from storage.kinds import EventKind, Message, OutboxState, Role, Urgency
from storage.outbox import Settlement
from storage.schema import EmergencyCall, OutboxMessage, Person, TeamMember
from storage.team_kinds import CallState, Rank, TeamKind
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.scene import Scene

FIRE = "着火了"
MINUTE = timedelta(minutes=1)
SOON = NOW + timedelta(seconds=1)


async def begin(scene: Scene, report: int, by: int, *, now: datetime = NOW) -> int:
    emergency = await scene.do(emergencies.begin, report_id=report, by=by, now=now)
    return int(emergency.id)


async def calls(scene: Scene) -> dict[int, EmergencyCall]:
    return {call.person_id: call for call in await scene.rows(EmergencyCall)}


async def states(scene: Scene) -> dict[int, CallState]:
    return {person: call.state for person, call in (await calls(scene)).items()}


async def rings(scene: Scene, *, since: int = 0) -> list[int]:
    """Whose phone was to ring, in order."""
    return [person for person, message in await scene.told(since=since) if message is Message.EMERGENCY]


async def tick(scene: Scene, now: datetime) -> None:
    while await scene.do(emergency_calls.tick, now=now):
        pass


async def test_all_teams_named_are_called_at_the_same_moment(scene: Scene) -> None:
    officer, rider, desk = await scene.officer(), await scene.person(), await scene.person(roles=(Role.DESK,))
    sun, qian, zhou, wu = [await member(scene, name) for name in ("Sun", "Qian", "Zhou", "Wu")]
    deputy = await member(scene, "Deputy")
    await team(scene, leads=[sun], deputies=[deputy])
    await team(scene, "MED", leads=[qian], kind=TeamKind.MEDICAL)
    await team(scene, "TOWN", leads=[zhou], kind=TeamKind.POLICE, town="Town")
    await team(scene, "FAR", leads=[wu], kind=TeamKind.POLICE, town="Elsewhere")  # another town's
    await team(scene, "ENF", leads=[wu], kind=TeamKind.ENFORCEMENT)  # not for a fire
    report = await scene.accepted(rider, officer, words=FIRE)
    said = await scene.last_said()
    await begin(scene, report, officer)
    rows = [row for row in await scene.outbox() if row.id > said and row.message is Message.EMERGENCY]
    assert {row.person_id for row in rows} == {sun, qian, zhou, officer, desk}
    assert {(row.due_at, row.made_at, row.urgency) for row in rows} == {(NOW, NOW, Urgency.URGENT)}
    assert await states(scene) == dict.fromkeys((sun, qian, zhou), CallState.CALLED)
    assert (await scene.story(report))[-1] is EventKind.EMERGENCY_BEGUN


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("电线裸露", {TeamKind.POWER, TeamKind.UTILITIES}),
        ("水管爆了", {TeamKind.WATER, TeamKind.UTILITIES}),
        ("井盖没了", {TeamKind.WATER, TeamKind.ROADS, TeamKind.UTILITIES}),
        ("燃气泄漏", {TeamKind.POWER, TeamKind.GAS, TeamKind.UTILITIES}),
        ("垃圾堆积", set[TeamKind]()),
    ],
)
async def test_of_power_water_gas_and_roads_those_are_called_that_fit(
    scene: Scene, words: str, called: set[TeamKind]
) -> None:
    utilities = (TeamKind.POWER, TeamKind.WATER, TeamKind.GAS, TeamKind.ROADS, TeamKind.UTILITIES)
    leads = {await member(scene, kind): kind for kind in utilities}
    for one, kind in leads.items():
        await team(scene, kind.upper(), leads=[one], kind=kind)
    await team(scene, "ENF", leads=[await member(scene)], kind=TeamKind.ENFORCEMENT)
    await team(scene, "FIRE", leads=[await member(scene)])
    await team(scene, "POLICE", leads=[await member(scene)], kind=TeamKind.POLICE)
    officer = await scene.officer()
    await begin(scene, await scene.accepted(await scene.person(), officer, words=words), officer)
    assert {leads[one] for one in await calls(scene) if one in leads} == called


async def test_who_is_silent_is_called_again_and_his_deputies_too(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    sun, qian, deputy, other = [await member(scene, name) for name in ("Sun", "Qian", "Deputy", "Other")]
    await team(scene, leads=[sun], deputies=[deputy])
    await team(scene, "MED", leads=[qian], deputies=[other], kind=TeamKind.MEDICAL)
    emergency = await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    await scene.deliver()
    await scene.do(emergencies.set_out, emergency_id=emergency, person_id=qian, now=NOW + MINUTE)
    said = await scene.last_said()
    await tick(scene, NOW + 2 * MINUTE - timedelta(seconds=1))
    assert await rings(scene, since=said) == []
    await tick(scene, NOW + 2 * MINUTE)
    assert await rings(scene, since=said) == [sun, deputy]
    await scene.deliver(now=NOW + 2 * MINUTE)
    told = await calls(scene)
    assert (told[sun].pushes, told[deputy].pushes, told[deputy].deputy_of) == (2, 1, sun)
    for after in (4, 6, 8, 10, 12):
        await tick(scene, NOW + after * MINUTE)
        await scene.deliver(now=NOW + after * MINUTE)
    told = await calls(scene)
    assert (told[sun].pushes, told[deputy].pushes) == (4, 4)  # and then no more
    assert (told[sun].push_again_at, told[deputy].push_again_at) == (None, None)
    assert other not in told


async def test_a_phone_that_has_not_even_got_the_call_does_not_get_two(scene: Scene) -> None:
    officer, rider, sun, deputy = await scene.officer(), await scene.person(), await member(scene), await member(scene)
    await team(scene, leads=[sun], deputies=[deputy])
    await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)  # nothing is delivered
    for after in (2, 4, 6):
        await tick(scene, NOW + after * MINUTE)
    assert (await rings(scene)).count(sun) == 1
    assert (await rings(scene)).count(deputy) == 1
    assert (await calls(scene))[sun].pushes == 1


async def test_after_a_long_stop_each_phone_rings_once(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    people = [await member(scene, f"Member {n}") for n in range(5)]
    deputy = await member(scene, "Deputy")
    await team(scene, leads=people, deputies=[deputy])
    await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    await scene.deliver()
    said = await scene.last_said()
    await tick(scene, NOW + timedelta(hours=3))
    assert sorted(await rings(scene, since=said)) == sorted([*people, deputy])


async def test_two_clocks_call_once(scene: Scene) -> None:
    officer, rider, sun, deputy = await scene.officer(), await scene.person(), await member(scene), await member(scene)
    await team(scene, leads=[sun], deputies=[deputy])
    report = await scene.accepted(rider, officer, words=FIRE)
    await begin(scene, report, officer)
    await scene.deliver()
    said = await scene.last_said()
    await asyncio.gather(*(scene.do(emergency_calls.tick, now=NOW + 2 * MINUTE) for _ in range(6)))
    assert sorted(await rings(scene, since=said)) == sorted([sun, deputy])
    assert (await scene.story(report)).count(EventKind.EMERGENCY_CALLED) == 1


async def test_a_round_of_calls_that_is_cut_short_leaves_nothing_and_happens_later(scene: Scene) -> None:
    officer, rider, sun, deputy = await scene.officer(), await scene.person(), await member(scene), await member(scene)
    await team(scene, leads=[sun], deputies=[deputy])
    report = await scene.accepted(rider, officer, words=FIRE)
    await begin(scene, report, officer)
    await scene.deliver()
    said = await scene.last_said()

    def killed(session: Session, *, now: datetime) -> None:
        assert emergency_calls.tick(session, now=now) == 1
        raise SystemError  # the transaction does not reach its commit

    with pytest.raises(SystemError):
        await scene.do(killed, now=NOW + 2 * MINUTE)
    assert await rings(scene, since=said) == []
    assert deputy not in await calls(scene)
    await tick(scene, NOW + 3 * MINUTE)
    assert sorted(await rings(scene, since=said)) == sorted([sun, deputy])


async def test_each_answer_edits_the_card_of_everybody_once(scene: Scene) -> None:
    officer, rider, desk = await scene.officer(), await scene.person(), await scene.person(roles=(Role.DESK,))
    sun, qian = await member(scene, "Sun"), await member(scene, "Qian")
    await team(scene, leads=[sun, qian])
    emergency = await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    await scene.deliver()
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(emergencies.set_out, emergency_id=emergency, person_id=sun, now=NOW + MINUTE)
    await scene.do(emergencies.arrive, emergency_id=emergency, person_id=qian, now=NOW + MINUTE)
    edits = [row for row in await scene.outbox() if row.id > said and row.message is Message.CARD]
    assert sorted(row.person_id for row in edits) == sorted([officer, desk, sun, qian])
    assert {(row.facts or {})["emergency"] for row in edits} == {emergency}
    record = await scene.store.read(team_briefs.emergency, emergency_id=emergency, person_id=sun)
    assert [(call.name, call.state) for call in record.calls] == [
        ("Sun", CallState.ON_WAY),
        ("Qian", CallState.ARRIVED),
    ]
    assert record.calls[1].arrived_at == record.calls[1].answered_at == NOW + MINUTE


async def test_who_answers_is_called_no_more_and_may_change_his_mind(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    sun, deputy = await member(scene, "Sun"), await member(scene, "Deputy")
    await team(scene, leads=[sun], deputies=[deputy])
    report = await scene.accepted(rider, officer, words=FIRE)
    emergency = await begin(scene, report, officer)
    await scene.deliver()
    one = {"emergency_id": emergency, "person_id": sun}
    said = await scene.last_said()
    await scene.do(emergencies.decline, **one, now=SOON)
    assert await rings(scene, since=said) == [deputy]  # at once
    await scene.do(emergencies.decline, **one, now=SOON)
    await scene.do(emergencies.set_out, **one, now=NOW + MINUTE)
    await scene.do(emergencies.set_out, **one, now=NOW + 2 * MINUTE)  # a double tap
    await scene.do(emergencies.arrive, **one, now=NOW + 9 * MINUTE)
    await scene.do(emergencies.arrive, **one, now=NOW + 10 * MINUTE)
    with pytest.raises(NotPossible):
        await scene.do(emergencies.decline, **one, now=NOW + 10 * MINUTE)
    call = (await calls(scene))[sun]
    assert (call.answered_at, call.arrived_at) == (NOW + MINUTE, NOW + 9 * MINUTE)
    said = await scene.last_said()
    await scene.deliver(now=NOW + 10 * MINUTE)
    await tick(scene, NOW + 11 * MINUTE)
    assert sun not in await rings(scene, since=said)
    story = await scene.story(report)
    assert [story.count(kind) for kind in (EventKind.EMERGENCY_ON_WAY, EventKind.EMERGENCY_ARRIVED)] == [1, 1]


async def test_who_cannot_be_reached_is_on_record_and_the_deputies_are_called_at_once(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    gone, qian = await member(scene, "Gone"), await member(scene, "Qian")
    first, second = await member(scene, "First"), await member(scene, "Second")
    await scene.do(presence.reachability, person_id=gone, is_reachable=False)
    await team(scene, leads=[gone], deputies=[first])
    await team(scene, "MED", leads=[qian], deputies=[second], kind=TeamKind.MEDICAL)
    await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    assert await states(scene) == {
        gone: CallState.UNREACHABLE,
        first: CallState.CALLED,
        qian: CallState.CALLED,
    }
    row = next(row for row in await scene.outbox() if (row.person_id, row.message) == (qian, Message.EMERGENCY))
    blocked = Settlement(row.id, OutboxState.DISCARDED, is_unreachable=True)
    await scene.do(delivery.settle, settlements=[blocked], now=SOON)
    assert (await states(scene))[qian] is CallState.UNREACHABLE
    assert {one: call.pushes for one, call in (await calls(scene)).items()} == {gone: 0, first: 1, qian: 0, second: 1}
    assert second in await rings(scene)


async def test_the_desk_may_begin_and_an_officer_only_with_what_was_offered_to_him(scene: Scene) -> None:
    officer, stranger, rider = await scene.officer(), await scene.officer("B-01"), await scene.person()
    desk, lead, sun = (
        await scene.person(roles=(Role.DESK,)),
        await scene.person(roles=(Role.LEAD,)),
        await member(scene),
    )
    await team(scene, leads=[sun])
    report = await scene.file(rider, words=FIRE)
    for person in (stranger, rider, sun, lead):
        with pytest.raises(NotAllowed):
            await begin(scene, report, person)
    emergency = await begin(scene, report, desk)
    for person in (desk, officer):
        with pytest.raises(EmergencyGoesOn):
            await begin(scene, report, person)
    one = {"emergency_id": emergency}
    for person in (stranger, rider, desk):
        for answer in (emergencies.set_out, emergencies.arrive, emergencies.decline):
            with pytest.raises(NotAllowed):
                await scene.do(answer, **one, person_id=person)
    for person in (stranger, rider, sun, lead):
        with pytest.raises(NotAllowed):
            await scene.do(emergencies.end, **one, by=person)
        with pytest.raises(NotAllowed):
            await scene.do(emergencies.send_record, **one, by=person)
    with pytest.raises(NotAllowed):
        await scene.do(emergencies.end, emergency_id=999, by=desk)
    assert await states(scene) == {sun: CallState.CALLED}


async def test_with_nobody_to_call_the_desk_and_all_administrators_are_told_and_it_is_on_record(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    desk, admin = await scene.person(roles=(Role.DESK,)), await scene.person(roles=(Role.ADMIN,))
    away = await member(scene, "Sun")
    await team(scene, leads=[away])
    await scene.store.write(lambda session: setattr(session.get_one(Person, away), "is_reachable", False))
    report = await scene.accepted(rider, officer, words=FIRE)
    said = await scene.last_said()
    emergency = await begin(scene, report, officer)
    assert await rings(scene, since=said) == [officer, desk, admin]
    assert await states(scene) == {away: CallState.UNREACHABLE}
    await scene.deliver()
    await tick(scene, NOW + 10 * MINUTE)
    assert await rings(scene, since=said) == [officer, desk, admin]
    said = await scene.last_said()
    await scene.do(emergencies.end, emergency_id=emergency, by=admin, now=NOW + 30 * MINUTE)
    told = [one for one in await scene.told(since=said) if one[1] is Message.EMERGENCY_RECORD]
    assert told == [(officer, Message.EMERGENCY_RECORD), (desk, Message.EMERGENCY_RECORD)]


async def test_found_out_later_that_nobody_comes_the_desk_and_administrators_are_told_and_hear_the_end(
    scene: Scene,
) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    admins = [await scene.person(roles=(Role.ADMIN,)) for _ in range(2)]
    sun, deputy = await member(scene, "Sun"), await member(scene, "Deputy")
    await team(scene, leads=[sun], deputies=[deputy])
    emergency = await begin(scene, await scene.accepted(await scene.person(), officer, words=FIRE), officer)
    await scene.deliver()
    await tick(scene, NOW + 2 * MINUTE)
    said = await scene.last_said()
    ringing = [row for row in await scene.outbox() if row.message is Message.EMERGENCY and row.id <= said]
    for one in (sun, deputy):
        assert await rings(scene, since=said) == []
        row = next(row for row in reversed(ringing) if row.person_id == one)
        blocked = Settlement(row.id, OutboxState.DISCARDED, is_unreachable=True)
        await scene.do(delivery.settle, settlements=[blocked], now=NOW + 2 * MINUTE)
    assert await rings(scene, since=said) == [officer, desk, *admins]
    assert set((await states(scene)).values()) == {CallState.UNREACHABLE}
    await scene.deliver(now=NOW + 3 * MINUTE)
    said = await scene.last_said()
    await scene.do(emergencies.end, emergency_id=emergency, by=admins[0], now=NOW + 30 * MINUTE)
    over = [person for person, message in await scene.told(since=said) if message is Message.EMERGENCY_OVER]
    assert over == [admins[1]], "who has ended it knows, and who commands gets the record"


async def test_who_blocks_the_bot_when_his_phone_rings_for_the_last_time_is_to_be_phoned(scene: Scene) -> None:
    officer, admin, sun = await scene.officer(), await scene.person(roles=(Role.ADMIN,)), await member(scene)
    await team(scene, leads=[sun])
    await begin(scene, await scene.accepted(await scene.person(), officer, words=FIRE), officer)
    for after in (2, 4, 6):
        await scene.deliver(now=NOW + after * MINUTE)
        await tick(scene, NOW + after * MINUTE)
    assert (await calls(scene))[sun].push_again_at is None
    said = await scene.last_said()
    (row,) = [one for one in await scene.outbox() if one.state is OutboxState.AVAILABLE and one.person_id == sun]
    blocked = Settlement(row.id, OutboxState.DISCARDED, is_unreachable=True)
    await scene.do(delivery.settle, settlements=[blocked], now=NOW + 7 * MINUTE)
    assert await states(scene) == {sun: CallState.UNREACHABLE}
    assert await rings(scene, since=said) == [officer, admin]


async def test_also_where_no_team_serves_the_place_one_may_begin_but_not_of_what_is_fixed(scene: Scene) -> None:
    officer, rider, admin = await scene.officer(), await scene.person(), await scene.person(roles=(Role.ADMIN,))
    report = await scene.accepted(rider, officer, words=FIRE)
    fixed = await scene.accepted(rider, officer, words=FIRE)
    await scene.resolve(fixed, officer)
    said = await scene.last_said()
    with pytest.raises(ReportEnded):
        await begin(scene, fixed, officer)
    await begin(scene, report, officer)
    assert await rings(scene, since=said) == [officer, admin]


async def test_at_the_end_all_hear_and_who_commands_gets_the_record(scene: Scene) -> None:
    officer, rider, desk = await scene.officer(), await scene.person(), await scene.person(roles=(Role.DESK,))
    sun, qian = await member(scene, "Sun"), await member(scene, "Qian")
    await team(scene, leads=[sun, qian])
    report = await scene.accepted(rider, officer, words=FIRE)
    emergency = await begin(scene, report, officer)
    await scene.deliver()
    await scene.do(emergencies.decline, emergency_id=emergency, person_id=qian, now=SOON)
    said = await scene.last_said()
    end = NOW + 30 * MINUTE
    with pytest.raises(NotPossible):
        await scene.do(emergencies.send_record, emergency_id=emergency, by=desk)
    await scene.do(emergencies.end, emergency_id=emergency, by=desk, now=end)
    told = [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    assert sorted(told) == sorted(
        [(sun, Message.EMERGENCY_OVER), (officer, Message.EMERGENCY_RECORD), (desk, Message.EMERGENCY_RECORD)]
    )
    await scene.deliver(now=end)
    assert await scene.do(emergency_calls.tick, now=end + timedelta(hours=1)) == 0
    late: list[Callable[[], Awaitable[object]]] = [
        lambda: scene.do(emergencies.set_out, emergency_id=emergency, person_id=sun, now=end),
        lambda: scene.do(emergencies.end, emergency_id=emergency, by=desk, now=end),
    ]
    for press in late:  # a card of yesterday
        with pytest.raises(EmergencyOver):
            await press()
    record = await scene.store.read(team_briefs.emergency, emergency_id=emergency, person_id=desk)
    kinds = [note.kind for note in record.notes]
    assert kinds == [EventKind.EMERGENCY_BEGUN, EventKind.EMERGENCY_DECLINED, EventKind.EMERGENCY_ENDED]
    assert record.notes[0].called == ("Sun", "Qian")
    await scene.do(emergencies.send_record, emergency_id=emergency, by=officer, now=end)
    await begin(scene, report, officer, now=end)  # it breaks out again


async def test_a_card_that_is_pushed_again_replaces_the_old_one(scene: Scene) -> None:
    officer, rider, sun = await scene.officer(), await scene.person(), await member(scene)
    await team(scene, leads=[sun])
    emergency = await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    first = next(row for row in await scene.deliver() if (row.person_id, row.message) == (sun, Message.EMERGENCY))
    await tick(scene, NOW + 2 * MINUTE)
    again = next(
        row
        for row in await scene.deliver(now=NOW + 2 * MINUTE)
        if (row.person_id, row.message) == (sun, Message.EMERGENCY)
    )
    assert (again.facts or {})["deletes"] == (first.sent or [])[-1]
    said = await scene.last_said()
    await scene.do(emergencies.set_out, emergency_id=emergency, person_id=sun, now=NOW + 3 * MINUTE)
    edits: list[OutboxMessage] = [row for row in await scene.outbox() if row.id > said and row.person_id == sun]
    assert [(row.facts or {})["edits"] for row in edits] == [(again.sent or [])[-1]]


async def test_an_imported_member_who_joins_keeps_his_place_and_what_is_on_record(scene: Scene) -> None:
    officer, rider, deputy, newcomer = (
        await scene.officer(),
        await scene.person(),
        await member(scene),
        await scene.person("Zhao"),
    )

    def imported(session: Session, *, now: datetime) -> int:
        person = Person(telegram_id=None, name="赵强", phone="199", language="zh", joined_at=now)
        session.add(person)
        session.flush()
        return person.id

    placeholder = await scene.do(imported)
    await team(scene, leads=[placeholder], deputies=[deputy])
    await begin(scene, await scene.accepted(rider, officer, words=FIRE), officer)
    assert (await states(scene))[placeholder] is CallState.UNREACHABLE
    await scene.do(invites.make, token="t", role=Role.MEMBER, team="fire")
    joined = await scene.do(invites.redeem, token="t", person_id=newcomer)
    assert (joined.role, joined.team) == (Role.MEMBER, {"zh": "FIRE队", "en": "FIRE team"})
    assert await states(scene) == {newcomer: CallState.UNREACHABLE, deputy: CallState.CALLED}
    ranks = {one.person_id: one.rank for one in await scene.rows(TeamMember)}
    assert ranks == {newcomer: Rank.LEAD, deputy: Rank.DEPUTY}
