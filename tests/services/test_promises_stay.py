"""Who passes a report on moves no promise: the reporter hears when it is broken; a fair time to look."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from services import briefs, dispatch, escalation
from services.people import load_me
from storage.kinds import Message, Role
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import FIRE, MINUTE, lead, run_until
from views import cases

ZONE = ZoneInfo("Asia/Shanghai")


async def test_the_reporter_hears_at_the_promise_though_who_is_asked_now_has_some_time_left(scene: Scene) -> None:
    """Four officers pass it on, one after the other: the promise of the first minute stays."""
    officers = [await scene.officer(is_primary=at == 0) for at in range(2)]
    officers += [await scene.officer("A-02"), await lead(scene)]
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    report = await scene.file(rider, words=FIRE)
    told = []
    for at, officer in enumerate(officers):
        now = NOW + at * 2 * MINUTE
        told += await run_until(scene, now + timedelta(minutes=1, seconds=30), since=now)
        passed_on = now + timedelta(minutes=1, seconds=45)
        await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=passed_on)
    told += await run_until(scene, NOW + 11 * MINUTE, since=NOW + 8 * MINUTE)
    assert [(at, person) for at, person, message in told if message is Message.LATE] == [(5.0, rider)]
    assert [person for _, person, message in told if message is Message.REMINDER][-1] == desk
    await scene.do(dispatch.accept, report_id=report, officer_id=desk, now=NOW + 11 * MINUTE)
    row = await scene.report(report)
    assert (row.accept_by, row.accepted_on_time) == (NOW + 5 * MINUTE, False)


async def test_whom_it_was_passed_on_to_late_hears_both_times_and_gets_no_list(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    community, rider = await lead(scene), await scene.person()
    report = await scene.file(rider, words=FIRE)
    await scene.deliver()
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=NOW + 4 * MINUTE)
    said = await scene.last_said()
    now = NOW + 5 * MINUTE
    await scene.do(escalation.tick, now=now)
    assert [one for one in await scene.told(since=said) if one[1] is not Message.CARD] == [(rider, Message.LATE)]
    shown = await scene.store.read(briefs.describe, report_id=report, person_id=deputy)
    card = cases.card(shown, await scene.store.read(load_me, person_id=deputy), now=now + MINUTE / 6, zone=ZONE)
    assert "promised by 12:05: <b>late</b>. Please accept by <b>12:06</b>" in card.text
    for _ in range(2):
        await scene.do(escalation.tick, now=NOW + timedelta(minutes=6, seconds=30))
    late = [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    assert late == [(rider, Message.LATE), (community, Message.RAISED)]
