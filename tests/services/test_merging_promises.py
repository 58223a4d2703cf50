"""What was promised, and to whom it was raised, is not put away by merging: nobody who has the trouble loses by it."""

from datetime import timedelta
from typing import Any

import pytest

from services import briefs, dispatch, escalation, evaluation, folding, merging, reports, waiting
from services.people import load_me
from storage.evaluation_kinds import Dimension
from storage.figures import Period, Share, Span
from storage.kinds import EventKind, Level, Message, OfferState, Role, Status, Urgency, WaitingFor
from storage.records import Brief, number
from storage.schema import Report
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead, run_until
from tests.services.test_merging_people import BESIDE
from tests.views.showing import ZONE
from views import messages

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEAK, FIRE = "water leak", "着火了"


async def file(scene: Scene, words: str, **how: Any) -> int:
    return await scene.file(await scene.person(), words=words, **how)


async def merge(scene: Scene, report: int, into: int, officer: int, *, now: Any = NOW) -> Report:
    await scene.do(merging.merge, report_id=report, into_id=into, officer_id=officer, now=now)
    return await scene.report(into)


async def test_what_goes_on_is_urgent_if_either_was_and_rings(scene: Scene) -> None:
    officer = await scene.officer()
    kept, report = await file(scene, LEAK), await file(scene, FIRE, at=BESIDE, now=NOW + MINUTE)
    await scene.deliver(now=NOW + MINUTE)
    said, now = await scene.last_said(), NOW + 2 * MINUTE
    promised = await scene.report(report)
    row = await merge(scene, report, kept, officer, now=now)
    assert (row.is_urgent, row.category) == (True, "water_leak")
    assert (row.accept_by, row.resolve_by) == (promised.accept_by, promised.resolve_by)
    assert EventKind.BECAME_URGENT in await scene.story(kept)
    rung = [(one.person_id, one.message) for one in await scene.outbox(after=said) if one.urgency is Urgency.URGENT]
    assert rung == [(officer, Message.ALERT)]
    rider = row.reporter_id
    await scene.do(reports.add, report_id=kept, person_id=rider, words="by the gate", now=now)
    await scene.do(reports.change_category, report_id=kept, person_id=rider, code="rubbish", now=now)
    assert (await scene.report(kept)).is_urgent, "the other one has not gone away"


async def test_into_what_somebody_has_the_holder_is_told_loudly(scene: Scene) -> None:
    officer = await scene.officer()
    kept, report = await file(scene, LEAK), await file(scene, FIRE, at=BESIDE)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer)
    said = await scene.last_said()
    row = await merge(scene, report, kept, officer, now=NOW + MINUTE)
    assert (row.is_urgent, row.resolve_by, row.next_at) == (True, NOW + 2 * HOUR, NOW + HOUR)
    rung = [(one.person_id, one.message) for one in await scene.outbox(after=said) if one.urgency is Urgency.URGENT]
    assert rung == [(officer, Message.REMINDER)]


async def test_what_is_urgent_stays_so_and_its_promise_too(scene: Scene) -> None:
    officer = await scene.officer()
    kept, report = await file(scene, FIRE), await file(scene, LEAK, at=BESIDE)
    before = await scene.report(kept)
    row = await merge(scene, report, kept, officer, now=NOW + MINUTE)
    assert (row.is_urgent, row.accept_by, row.resolve_by) == (True, before.accept_by, before.resolve_by)
    assert (row.step, row.next_at) == (before.step, before.next_at)


async def overdue(scene: Scene) -> tuple[int, int, int]:
    """Its officer let it be late, it was raised; and beside it somebody reports the same. The desk looks on."""
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    report = await file(scene, LEAK)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    for days in range(1, 11):
        while await scene.do(escalation.tick, now=NOW + days * DAY):
            pass
    assert (await scene.report(report)).level is Level.DESK
    return officer, desk, report


async def test_a_broken_promise_is_not_forgotten(scene: Scene) -> None:
    officer, desk, report = await overdue(scene)
    now = NOW + 10 * DAY
    before, kept = await scene.report(report), await file(scene, LEAK, at=BESIDE, now=now)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=now)
    row = await merge(scene, report, kept, officer, now=now + MINUTE)
    assert row.resolve_by == before.resolve_by
    assert row.level is Level.DESK
    assert (await scene.offers(kept))[desk] == OfferState.RAISED
    assert (desk, Message.RAISED) in await scene.told()
    (told,) = [one for one in await scene.outbox() if "took_in" in (one.facts or {})]
    await scene.deliver(now=now + MINUTE)
    edited = [(one.facts or {}).get("edits") for one in await scene.outbox() if one.message is Message.CARD]
    assert (told.person_id, 10_000 + told.id in edited) == (officer, False), "what is late already keeps its buttons"
    said = await scene.last_said()
    assert await scene.do(escalation.tick, now=now + 2 * MINUTE) == 0, "all that was said already"
    assert await scene.told(since=said) == []
    await scene.resolve(kept, officer, now=now + HOUR)
    assert [(await scene.report(one)).resolved_on_time for one in (report, kept)] == [False, None], "it counts once"


async def test_in_what_nobody_has_accepted_it_is_asked_of_those_it_was_raised_to(scene: Scene) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    community = await lead(scene)
    report = await file(scene, LEAK)
    now = NOW + 4 * HOUR
    await run_until(scene, now)
    before, kept = await scene.report(report), await file(scene, LEAK, at=BESIDE, now=now)
    assert before.level is Level.DESK
    row = await merge(scene, report, kept, officer, now=now)
    assert (row.accept_by, row.level, row.responsible_id) == (before.accept_by, Level.DESK, desk)
    assert await scene.asked(kept) == {officer, community, desk}
    assert (row.step, row.status) == (0, Status.OPEN)
    await scene.do(dispatch.accept, report_id=kept, officer_id=desk, now=now)
    rows = [await scene.report(one) for one in (report, kept)]
    assert [(row.accepted_on_time, row.accept_of_id) for row in rows] == [(False, officer), (None, None)]


async def test_that_nobody_accepted_the_one_does_not_make_late_what_somebody_accepted_in_time(scene: Scene) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    report, now = await file(scene, LEAK), NOW + 4 * HOUR
    await run_until(scene, now)
    assert (await scene.report(report)).level is Level.DESK
    kept = await file(scene, LEAK, at=BESIDE, now=now)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=now)
    before, said = await scene.report(kept), await scene.last_said()
    row = await merge(scene, report, kept, desk, now=now + MINUTE)
    assert (row.level, row.accept_by) == (before.level, before.accept_by)
    assert row.resolve_by == (await scene.report(report)).resolve_by < before.resolve_by
    assert desk not in await scene.offers(kept)
    await run_until(scene, now + 10 * MINUTE)
    told = {message for _, message in await scene.told(since=said)}
    assert not told & {Message.RAISED, Message.LATE, Message.OVERDUE}
    assert ((await scene.report(report)).accepted_on_time, row.accepted_on_time) == (False, True)


@pytest.mark.parametrize("words", [LEAK, FIRE])
async def test_who_has_it_hears_once_that_it_waits_no_more_and_is_to_be_fixed_sooner(scene: Scene, words: str) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    report = await file(scene, words, now=NOW + 3 * HOUR if words == FIRE else NOW)
    kept = await file(scene, LEAK, at=BESIDE, now=NOW + 3 * HOUR)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=NOW + 3 * HOUR)
    waits: dict[str, Any] = {"waiting_for": WaitingFor.THIRD_PARTY, "until": NOW + 2 * DAY}
    await scene.do(waiting.wait_for, report_id=kept, officer_id=officer, **waits, now=NOW + 3 * HOUR)
    await scene.deliver(now=NOW + 3 * HOUR + MINUTE)
    said, now = await scene.last_said(), NOW + 4 * HOUR
    row = await merge(scene, report, kept, desk, now=now)
    assert row.paused_at is None
    (told,) = [
        one
        for one in await scene.outbox(after=said)
        if one.person_id == officer and one.report_id == kept and one.message is not Message.CARD
    ]
    assert told.message is Message.REMINDER
    shown = await scene.store.read(briefs.describe, report_id=kept, person_id=officer)
    card = messages.render(
        Brief(await scene.store.read(load_me, person_id=officer), told.message, told.facts, report=shown),
        now=now,
        zone=ZONE,
    )
    assert card is not None
    expected = (
        "has become <b>urgent</b>" if words == FIRE else f"<b>{number(report)}</b> goes on in <b>{number(kept)}</b>"
    )
    assert expected in card.text
    assert f"{row.resolve_by.astimezone(ZONE):%H:%M}" in card.text
    assert "does not wait any more" in card.text
    assert bool(card.rows)
    assert (officer, Message.CARD) in await scene.told(since=said)


@pytest.mark.parametrize("is_stale", [False, True], ids=["at once", "in a list"])
async def test_of_one_broken_promise_everybody_hears_once(scene: Scene, is_stale: bool) -> None:
    """Merged, and put with an older one by its reporter: whoever heard of the one hears nothing of the other."""
    await scene.officer()
    desk, now = await scene.person(roles=(Role.DESK,)), NOW + 4 * HOUR
    report = await file(scene, LEAK)
    await (scene.do(escalation.tick, now=now) if is_stale else run_until(scene, now))
    await scene.deliver(now=now)
    kept = await file(scene, LEAK, at=BESIDE, now=now)
    newcomer = (await scene.report(kept)).reporter_id
    await merge(scene, report, kept, desk, now=now)
    said = await scene.last_said()
    await run_until(scene, now + HOUR, since=now)
    late = [one.person_id for one in await scene.outbox(after=said) if one.message is Message.LATE]
    assert late == [newcomer]


async def test_who_heard_that_his_time_is_over_does_not_hear_it_of_the_other_one(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer(is_primary=False)
    await scene.person(roles=(Role.DESK,))
    report, now = await file(scene, FIRE), NOW + 2 * HOUR + MINUTE
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await run_until(scene, now, since=NOW + 2 * HOUR - MINUTE)
    kept = await file(scene, FIRE, at=BESIDE, now=now)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=now)
    await merge(scene, report, kept, officer, now=now)
    await run_until(scene, now + HOUR + MINUTE, since=now + HOUR - MINUTE)
    assert (await scene.report(kept)).level is Level.DESK
    over = [one for one in await scene.outbox() if one.message is Message.REMINDER and "by" in (one.facts or {})]
    assert [(one.person_id, one.report_id) for one in over if one.person_id == officer] == [(officer, report)]
    (said,) = [one for one in await scene.outbox() if (one.message, one.report_id) == (Message.LATE, report)]
    assert "desk" in (said.facts or {})["level"]
    edits = [
        (one.person_id, one.report_id) for one in await scene.outbox() if (one.facts or {}).get("edits") in said.sent
    ]
    assert edits[-1] == (said.person_id, kept), "what was told of the one says with whom the other one is now"


async def test_one_that_was_broken_and_not_raised_yet_is_raised_at_the_next_look(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    report = await file(scene, FIRE)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    now = NOW + 2 * HOUR + MINUTE
    kept = await file(scene, FIRE, at=BESIDE, now=now)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=now)
    row = await merge(scene, report, kept, officer, now=now)
    assert (row.resolve_by, row.next_at) == (NOW + 2 * HOUR, now)
    await scene.do(escalation.tick, now=now + MINUTE / 10)
    row = await scene.report(kept)
    assert (row.level, row.next_at) == (Level.DEPUTY, now + HOUR)
    assert (deputy, Message.RAISED) in await scene.told()


async def test_a_wait_ends_for_what_is_promised_sooner_and_goes_on_for_what_is_not(scene: Scene) -> None:
    officer = await scene.officer()
    kept, report, third = [await file(scene, LEAK, now=NOW + at * HOUR) for at in (3, 0, 4)]
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer, now=NOW + 5 * HOUR)
    waits: dict[str, Any] = {"waiting_for": WaitingFor.THIRD_PARTY, "until": NOW + 2 * DAY}
    await scene.do(waiting.wait_for, report_id=kept, officer_id=officer, **waits, now=NOW + 5 * HOUR)
    later = NOW + 5 * HOUR + MINUTE
    row = await merge(scene, third, kept, officer, now=later)
    assert row.next_at == NOW + 2 * DAY
    sooner = (await scene.report(report)).resolve_by
    row = await merge(scene, report, kept, officer, now=NOW + DAY)
    assert (row.paused_at, row.resolve_by) == (None, sooner)


async def test_what_was_late_when_it_was_merged_is_late_for_whoever_had_it(scene: Scene) -> None:
    officer, desk, report = await overdue(scene)
    now = NOW + 10 * DAY
    kept = await file(scene, LEAK, at=BESIDE, now=now)
    await merge(scene, report, kept, officer, now=now)
    period = Period.around(NOW.date(), Span.WEEK)
    asked: dict[str, Any] = {"dimension": Dimension.OFFICER, "period": period}
    found = await scene.do(evaluation.evaluate, person_id=desk, **asked, now=now)
    (his,) = [group.figures for group in found.groups if group.key == str(officer)]
    assert (his.resolved, his.accepted) == (Share(0, 1), Share(0, 0))


async def test_what_was_merged_in_time_counts_in_nothing(scene: Scene) -> None:
    officer, kept = await scene.officer(), await file(scene, LEAK)
    report = await file(scene, LEAK, at=BESIDE)
    await merge(scene, report, kept, officer, now=NOW + MINUTE)
    row = await scene.report(report)
    assert (row.accepted_on_time, row.resolved_on_time) == (None, None)


@pytest.mark.parametrize("words", [LEAK, FIRE])
async def test_what_is_put_with_an_older_one_by_its_reporter_loses_nothing_either(scene: Scene, words: str) -> None:
    rider = await scene.person()
    older = await scene.file(rider, words=LEAK)
    outcome = await scene.take(rider, scene.photo(caption=words), BESIDE, now=NOW + MINUTE)
    assert outcome.filed is not None
    await scene.do(folding.fold, report_id=outcome.filed, person_id=rider, now=NOW + 2 * MINUTE)
    assert (await scene.report(older)).is_urgent is (words == FIRE)
