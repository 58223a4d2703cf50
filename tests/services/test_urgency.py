"""A report of a kind that is not urgent may be so by its words: a leak can wait, a burst pipe cannot."""

from datetime import timedelta

from services import asking, briefs, dispatch, escalation, fairness, reports, talk, verdicts, waiting
from services.people import load_me
from services.talk import Said
from storage.kinds import EventKind, Level, Message, Role, Urgency, WaitingFor
from storage.records import Brief
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import run_until
from tests.services.test_following import follows
from tests.views.showing import ZONE
from views import messages

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


async def test_words_make_a_report_urgent_whose_kind_is_not(scene: Scene) -> None:
    rider = await scene.person()
    burst = await scene.report(await scene.file(rider, words="水管爆了"))
    leak = await scene.report(await scene.file(rider, words="水管漏水", at=county.IN_A2))
    assert burst.category == leak.category == "water_leak"
    assert (burst.is_urgent, leak.is_urgent) == (True, False)
    assert burst.accept_by < leak.accept_by


async def test_words_that_come_later_ring_and_shorten_the_time(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="水管漏水")
    await scene.deliver()
    before, said = await scene.report(report), await scene.last_said()
    for words in ("在学校门口", "现在爆裂了，往外喷", "喷得很高"):
        await scene.do(reports.add, report_id=report, person_id=rider, words=words)
    after = await scene.report(report)
    assert (after.category, after.is_urgent) == ("water_leak", True)
    assert after.accept_by < before.accept_by
    assert after.resolve_by < before.resolve_by
    rows = [row for row in await scene.outbox() if row.id > said and row.message is Message.ALERT]
    assert [(row.person_id, str(row.urgency)) for row in rows] == [(officer, "0-urgent")]  # once
    assert EventKind.CATEGORY_CHANGED not in await scene.story(report)


async def test_what_becomes_urgent_at_night_is_not_late_the_same_second(scene: Scene) -> None:
    """Filed at ten, promised for the next morning; at eleven it bursts."""
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    filed, burst = NOW + 10 * HOUR, NOW + 11 * HOUR
    report = await scene.file(rider, words="水管漏水", now=filed)
    await scene.deliver(now=filed)
    await scene.do(reports.add, report_id=report, person_id=rider, words="现在爆裂了", now=burst)
    assert EventKind.BECAME_URGENT in await scene.story(report)
    await scene.deliver(now=burst)
    said = await scene.last_said()
    await scene.do(escalation.tick, now=burst + 5 * SECOND)
    assert (await scene.report(report)).step == 0
    assert await scene.told(since=said) == []
    await scene.do(escalation.tick, now=burst + 150 * SECOND)
    assert (officer, Message.REMINDER) in await scene.told(since=said)
    assert not {Message.OVERDUE, Message.LATE} & {message for _, message in await scene.told(since=said)}
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=burst + 180 * SECOND)
    row = await scene.report(report)
    assert (row.accepted_on_time, row.accept_by, row.resolve_by) == (True, burst + 300 * SECOND, burst + 2 * HOUR)
    assert deputy not in [person for person, _ in await scene.told()]


async def test_nobody_acts_on_it_and_it_is_raised_as_what_is_urgent(scene: Scene) -> None:
    """Overdue as what can wait, when it becomes urgent: it goes on from there, in steps and not in one list."""
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    desk, now = await scene.person(roles=(Role.DESK,)), NOW + 3 * HOUR
    report = await scene.file(rider, words="水管漏水")
    await run_until(scene, now)
    before = await scene.report(report)
    assert before.level is Level.DESK
    said = await scene.last_said()
    await scene.do(reports.add, report_id=report, person_id=rider, words="现在爆裂了", now=now)
    rung = [row.person_id for row in await scene.outbox(after=said) if row.urgency is Urgency.URGENT]
    assert sorted(rung) == sorted([officer, deputy, desk])
    told = await run_until(scene, now + 5 * MINUTE, since=now)
    after = await scene.report(report)
    assert (after.accept_by, after.level) == (before.accept_by, before.level)
    assert Message.LATE not in [message for _, _, message in told], "that was said before"


async def test_the_same_hides_nothing_urgent_in_what_can_wait(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="水管漏水")
    await scene.deliver()
    said, now = await scene.last_said(), NOW + HOUR
    await follows(scene, report, words="水管爆了", now=now)
    row = await scene.report(report)
    assert row.is_urgent
    assert row.accept_by <= now + 5 * MINUTE
    rows = [one for one in await scene.outbox(after=said) if one.message is Message.ALERT]
    assert [(one.person_id, one.urgency) for one in rows] == [(officer, Urgency.URGENT)]


async def test_urgent_words_for_which_there_is_no_room_make_it_urgent_all_the_same(scene: Scene) -> None:
    rider, much = await scene.person(), "，很多水" * 1000
    report = await scene.file(rider, words="水管漏水" + much)
    for _ in range(3):
        await scene.do(reports.add, report_id=report, person_id=rider, words=much)
    await follows(scene, report, words="水管爆了" + much)
    row = await scene.report(report)
    assert "爆" not in (row.words or "")
    assert row.is_urgent


async def test_after_it_was_accepted_words_make_it_urgent_and_the_holder_is_told_loudly(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer, words="水管漏水")
    await scene.deliver()
    said, now = await scene.last_said(), NOW + HOUR
    await scene.do(reports.add, report_id=report, person_id=rider, words="现在爆裂了", now=now)
    row = await scene.report(report)
    assert (row.is_urgent, row.officer_id, row.resolve_by) == (True, officer, now + 2 * HOUR)
    assert (row.step, row.next_at, row.accepted_on_time) == (0, now + HOUR, True)
    loud = [one for one in await scene.outbox(after=said) if one.urgency is Urgency.URGENT]
    assert [(one.person_id, one.message) for one in loud] == [(officer, Message.REMINDER)]
    shown = await scene.store.read(briefs.describe, report_id=report, person_id=officer)
    me = await scene.store.read(load_me, person_id=officer)
    card = messages.render(Brief(me, Message.REMINDER, loud[0].facts, report=shown), now=now, zone=ZONE)
    assert card is not None
    assert "has become <b>urgent</b>. Please fix it by 15:00." in card.text
    assert (card.is_silent, bool(card.rows)) == (False, True)


async def test_what_becomes_urgent_does_not_go_on_waiting(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer, words="水管漏水")
    waits = {"waiting_for": WaitingFor.THIRD_PARTY, "until": NOW + timedelta(days=2)}
    await scene.do(waiting.wait_for, report_id=report, officer_id=officer, **waits)
    now = NOW + 5 * HOUR
    await scene.do(reports.add, report_id=report, person_id=rider, words="现在爆裂了", now=now)
    row = await scene.report(report)
    assert (row.paused_at, row.waiting_for, row.resolve_by) == (None, None, now + 2 * HOUR)
    assert (await scene.story(report))[-2:] == [EventKind.RESUMED, EventKind.BECAME_URGENT]


async def test_what_is_said_in_the_talk_makes_it_urgent_as_what_is_added_does(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer, words="水管漏水")
    waits = {"waiting_for": WaitingFor.REPORTER, "until": NOW + timedelta(days=1)}
    await scene.do(waiting.wait_for, report_id=report, officer_id=officer, **waits)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("爆裂了吗？"))
    assert not (await scene.report(report)).is_urgent, "those are the officer's words"
    said, now = await scene.last_said(), NOW + HOUR
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("现在爆裂了"), now=now)
    row = await scene.report(report)
    assert (row.is_urgent, row.paused_at, row.resolve_by) == (True, None, now + 2 * HOUR)
    told = [(one.person_id, one.message, one.urgency) for one in await scene.outbox(after=said)]
    assert (officer, Message.REMINDER, Urgency.URGENT) in told


async def test_who_objects_with_urgent_words_is_promised_what_is_urgent(scene: Scene) -> None:
    rider, officer, lead = await scene.person(), await scene.officer(), await scene.lead("A-01")
    unfixed, rejected = [await scene.accepted(rider, officer, words="水管漏水") for _ in range(2)]
    await scene.resolve(unfixed, officer)
    await scene.do(fairness.mark_false, report_id=rejected, officer_id=officer, why="nothing there")
    said, now, words = await scene.last_said(), NOW + HOUR, "现在爆裂了"
    await scene.do(verdicts.not_fixed, report_id=unfixed, person_id=rider, fix=0, why=words, now=now)
    await scene.do(fairness.dispute, report_id=rejected, person_id=rider, words=words, now=now)
    assert (await scene.report(unfixed)).resolve_by == now + 2 * HOUR
    assert (await scene.report(rejected)).next_at == now + HOUR / 2
    loud = [(one.person_id, one.message) for one in await scene.outbox(after=said) if one.urgency is Urgency.URGENT]
    assert loud == [(officer, Message.NOT_FIXED), (lead, Message.RAISED)]


async def test_no_words_give_a_report_more_time(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider, words="那边")
    before = await scene.report(report)
    await scene.do(reports.add, report_id=report, person_id=rider, words="路面坑洼")
    after = await scene.report(report)
    assert (before.category, after.category) == ("other", "road")
    assert after.resolve_by == before.resolve_by


async def test_a_category_that_was_chosen_stays_and_is_urgent_by_the_words_all_the_same(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider, words="水管爆了")
    for code, is_urgent in (("rubbish", False), ("water_leak", True)):
        await scene.do(reports.change_category, report_id=report, person_id=rider, code=code)
        assert (await scene.report(report)).is_urgent is is_urgent
    await scene.do(reports.add, report_id=report, person_id=rider, words="全是垃圾")
    assert (await scene.report(report)).category == "water_leak"


def test_a_question_about_something_urgent_waits_for_a_shorter_time() -> None:
    assert asking.patience("water_leak", "水管漏水") == asking.WAIT
    assert asking.patience("water_leak", "水管爆了") == asking.WAIT_URGENT
