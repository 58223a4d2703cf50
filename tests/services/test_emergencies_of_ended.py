"""A report with an emergency ends, or goes on in another: nobody is called to what is over, nobody is forgotten."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from services import (
    briefs,
    delivery,
    dispatch,
    emergencies,
    emergency_calls,
    escalation,
    fairness,
    folding,
    merging,
    outgoing,
    people,
    team_briefs,
    verdicts,
    withdrawing,
)
from services.errors import EmergencyOver
from storage import outbox
from storage.kinds import EventKind, Language, Message, OutboxState, Role
from storage.outbox import Claimed, Settlement
from storage.schema import Emergency, EmergencyCall, OutboxMessage, ShownCard
from storage.team_kinds import CallState, TeamKind
from storage.team_records import EmergencyRecord
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.crossing import overlap
from tests.services.scene import Scene
from tests.services.test_emergencies import FIRE, MINUTE, begin, rings, tick
from tests.services.test_folding import filed_beside
from views import emergency as views
from views import messages
from views.texts import say

ZONE = ZoneInfo("Asia/Shanghai")
BESIDE = (25.4062, 114.365)
LATER = NOW + 3 * MINUTE


async def going_on(scene: Scene) -> list[int]:
    """The reports that have an emergency."""
    return [one.report_id for one in await scene.rows(Emergency) if one.ended_at is None]


async def record(scene: Scene, emergency: int, person: int) -> EmergencyRecord:
    return await scene.store.read(team_briefs.emergency, emergency_id=emergency, person_id=person)


async def card(scene: Scene, row: OutboxMessage) -> str:
    """What this message says, to its reader."""
    about = row.report_id, row.facts or {}, row.urgency, row.made_at
    claimed = Claimed(row.id, row.person_id, 1, row.message, *about, attempts=0, sent=())
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=LATER)
    assert brief is not None
    shown = messages.render(brief, now=LATER, zone=ZONE)
    assert shown is not None
    return str(shown.text)


@pytest.mark.parametrize("end", ["withdrawn", "rejected", "called false", "closed by all", "closed by silence"])
async def test_an_emergency_ends_with_its_report_and_nobody_is_called_any_more(scene: Scene, end: str) -> None:
    officer, rider, desk = await scene.officer(), await scene.person(), await scene.person(roles=(Role.DESK,))
    sun = await member(scene)
    await team(scene, leads=[sun], deputies=[await member(scene, "Deputy")])
    report = await scene.file(rider, words=FIRE)
    if end != "withdrawn":
        await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    emergency = await begin(scene, report, desk)
    await scene.deliver()
    case = {"report_id": report, "officer_id": officer}
    if "closed" in end:
        await scene.resolve(report, officer)
        assert await going_on(scene) == [report], "until all agree that it is fixed"
    said = await scene.last_said()
    match end:
        case "withdrawn":
            await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
        case "rejected":
            await scene.do(dispatch.reject, **case, why="none")
        case "called false":
            await scene.do(fairness.mark_false, **case, why="no fire")
        case "closed by all":
            await scene.do(verdicts.fixed, report_id=report, person_id=rider, fix=0)
        case _:
            await scene.do(escalation.tick, now=NOW + timedelta(hours=72))
    assert await going_on(scene) == []
    told = await scene.told(since=said)
    assert (sun, Message.EMERGENCY_OVER) in told
    assert told.count((desk, Message.EMERGENCY_RECORD)) == 1
    await tick(scene, LATER)
    assert await rings(scene, since=said) == []
    with pytest.raises(EmergencyOver):
        await scene.do(emergencies.set_out, emergency_id=emergency, person_id=sun)
    seen = await record(scene, emergency, sun)
    described = await scene.store.read(briefs.describe, report_id=report, person_id=sun)
    me = await scene.store.read(people.load_me, person_id=sun)
    live = views.live(described, seen, me, now=LATER, zone=ZONE)
    assert say(Language.EN, "emergency-ended-with", when="X").split("X")[0] in live.text
    assert live.rows == ()
    assert seen.ended_by is None, "who reported it stays unknown"
    assert (seen.notes[-1].kind, seen.notes[-1].who) == (EventKind.EMERGENCY_ENDED, None)


async def test_what_is_fixed_rings_no_phone_and_what_is_not_rings_again(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    sun, deputy = await member(scene), await member(scene, "Deputy")
    await team(scene, leads=[sun], deputies=[deputy])
    report = await scene.accepted(rider, officer, words=FIRE)
    emergency = await begin(scene, report, officer)
    await scene.deliver()
    await scene.resolve(report, officer)
    said = await scene.last_said()
    await tick(scene, LATER)
    await scene.do(emergencies.decline, emergency_id=emergency, person_id=sun)
    assert await rings(scene, since=said) == [], "nobody is sent to what is fixed"
    await scene.do(emergencies.set_out, emergency_id=emergency, person_id=sun)
    await scene.do(emergencies.arrive, emergency_id=emergency, person_id=sun)
    await scene.do(emergencies.end, emergency_id=emergency, by=officer)
    assert (sun, Message.EMERGENCY_OVER) in await scene.told(since=said)


async def test_merged_its_emergency_goes_on_in_the_other_with_card_and_calls(scene: Scene) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    holder = await scene.officer(name="Zhou")
    sun, qian = await member(scene), await member(scene, "Qian")
    await team(scene, leads=[sun])
    await team(scene, "MED", leads=[qian], kind=TeamKind.MEDICAL)
    kept = await scene.accepted(await scene.person(), holder, words="water leak", at=BESIDE)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    emergency = await begin(scene, report, officer)
    await scene.do(emergencies.set_out, emergency_id=emergency, person_id=qian)
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    assert await going_on(scene) == [kept]
    assert {one.report_id for one in await scene.rows(ShownCard) if one.shows is Message.EMERGENCY} == {kept}
    edits = [row for row in await scene.outbox() if row.id > said and (row.facts or {}).get("emergency")]
    assert {row.person_id for row in edits if row.message is Message.CARD} == {officer, desk, sun, qian}
    assert [row.person_id for row in edits if row.message is Message.EMERGENCY] == [holder], "he commands now"
    assert {f"D-{kept:06}" in await card(scene, row) for row in edits} == {True}
    await scene.deliver()
    said = await scene.last_said()
    await tick(scene, LATER)  # who is silent is called again, to where it goes on
    assert await rings(scene, since=said) == [sun]
    await scene.do(emergencies.arrive, emergency_id=emergency, person_id=sun, now=LATER)
    assert {row.report_id for row in await scene.outbox() if row.id > said} == {kept}
    seen = await record(scene, emergency, holder)
    kinds = [note.kind for note in seen.notes]
    assert kinds[:2] == [EventKind.EMERGENCY_BEGUN, EventKind.EMERGENCY_ON_WAY], "the record has all of it"
    assert kinds[-1] is EventKind.EMERGENCY_ARRIVED
    await scene.do(emergencies.end, emergency_id=emergency, by=holder, now=LATER)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # on SQLite one writes
async def test_who_answers_while_it_is_merged_answers_for_the_one_in_which_it_goes_on(
    scene: Scene, database_url: str
) -> None:
    officer, sun, deputy = await scene.officer(), await member(scene), await member(scene, "Qian")
    await team(scene, leads=[sun], deputies=[deputy])
    kept = await scene.accepted(await scene.person(), officer, words="water leak", at=BESIDE)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    emergency = await begin(scene, report, officer)
    await scene.deliver()
    said = await scene.last_said()
    merge = partial(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW)
    decline = partial(emergencies.decline, emergency_id=emergency, person_id=sun, now=NOW)
    engine = create_async_engine(database_url)
    await overlap(engine, merge, decline)
    await engine.dispose()
    assert await rings(scene, since=said) == [deputy]
    edits = [row for row in await scene.outbox(after=said) if (row.facts or {}).get("emergency") == emergency]
    assert {row.report_id for row in edits} == {kept}


async def test_a_call_on_its_way_while_reports_are_merged_arrives_as_the_others_card(scene: Scene) -> None:
    officer, sun = await scene.officer(), await member(scene)
    await team(scene, leads=[sun])
    kept = await scene.accepted(await scene.person(), officer, words="water leak", at=BESIDE)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    await begin(scene, report, officer)
    claimed = await scene.store.write(outbox.claim, now=LATER, most=1000)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=LATER)
    (call,) = [row for row in await scene.outbox() if row.message is Message.EMERGENCY and row.person_id == sun]
    assert f"D-{kept:06}" in await card(scene, call)
    arrived = [Settlement(one.id, OutboxState.DELIVERED, sent=(10_000 + one.id,)) for one in claimed]
    await scene.do(delivery.settle, settlements=arrived, now=LATER)
    assert {one.report_id for one in await scene.rows(ShownCard) if one.shows is Message.EMERGENCY} == {kept}
    said = await scene.last_said()
    await tick(scene, LATER)
    assert await rings(scene, since=said) == [sun]


async def test_of_two_emergencies_that_become_one_everybody_who_comes_is_on_one_card(scene: Scene) -> None:
    officer = await scene.officer()
    sun, qian, wu = [await member(scene, name) for name in ("Sun", "Qian", "Wu")]
    await team(scene, leads=[sun])
    kept = await scene.accepted(await scene.person(), officer, words=FIRE, at=BESIDE)
    first = await begin(scene, kept, officer)
    await team(scene, "MED", leads=[qian, wu], kind=TeamKind.MEDICAL)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    second = await begin(scene, report, officer)
    await scene.do(emergencies.arrive, emergency_id=second, person_id=sun)  # there; of the first he said nothing
    await scene.do(emergencies.decline, emergency_id=second, person_id=wu)
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    assert await going_on(scene) == [kept]
    calls = [one for one in await scene.rows(EmergencyCall) if one.emergency_id == first]
    assert {one.person_id: one.state for one in calls} == {
        sun: CallState.ARRIVED,
        qian: CallState.CALLED,
        wu: CallState.DECLINED,
    }
    assert await rings(scene, since=said) == [qian], "his card is that one now"
    assert Message.EMERGENCY_OVER not in {message for _, message in await scene.told(since=said)}
    old = await record(scene, second, officer)
    described = await scene.store.read(briefs.describe, report_id=report, person_id=qian)
    me = await scene.store.read(people.load_me, person_id=qian)
    assert f"It goes on in D-{kept:06}" in views.live(described, old, me, now=LATER, zone=ZONE).text
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(emergency_calls.tick, now=LATER)
    assert await rings(scene, since=said) == [qian], "once, and not for both"


async def test_who_is_called_by_a_merge_has_two_minutes_before_his_phone_rings_again(scene: Scene) -> None:
    officer, sun, qian = await scene.officer(), await member(scene), await member(scene, "Qian")
    await team(scene, leads=[sun])
    kept = await scene.accepted(await scene.person(), officer, words=FIRE, at=BESIDE)
    await begin(scene, kept, officer)
    await team(scene, "MED", leads=[qian], kind=TeamKind.MEDICAL)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    await begin(scene, report, officer)
    await scene.deliver()
    said, merged = await scene.last_said(), NOW + timedelta(seconds=110)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=merged)
    await scene.deliver(now=merged)
    await tick(scene, NOW + timedelta(minutes=2))
    assert (await rings(scene, since=said)).count(qian) == 1
    await tick(scene, merged + timedelta(minutes=2))
    assert (await rings(scene, since=said)).count(qian) == 2


async def test_an_emergency_of_what_belongs_to_an_older_one_goes_there(scene: Scene) -> None:
    rider, desk, sun = await scene.person(), await scene.person(roles=(Role.DESK,)), await member(scene)
    await team(scene, leads=[sun])
    older = await scene.file(rider, words="leak")
    newer = await filed_beside(scene, rider, words=FIRE)
    emergency = await begin(scene, newer, desk)
    await scene.do(folding.fold, report_id=newer, person_id=rider)
    assert await going_on(scene) == [older]
    notes = (await record(scene, emergency, desk)).notes
    assert [note.kind for note in notes] == [EventKind.EMERGENCY_BEGUN]


async def test_begun_anew_before_the_first_call_has_gone_out_everybody_is_called_to_that_one(scene: Scene) -> None:
    officer, sun = await scene.officer(), await member(scene)
    await team(scene, leads=[sun])
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    first = await begin(scene, report, officer)
    await scene.do(emergencies.end, emergency_id=first, by=officer)
    second = await begin(scene, report, officer)
    calls = [row for row in await scene.outbox() if row.message is Message.EMERGENCY]
    assert {(row.person_id, (row.facts or {})["emergency"]) for row in calls} == {(sun, second), (officer, second)}
    assert len(calls) == 2, "each phone rings once"
