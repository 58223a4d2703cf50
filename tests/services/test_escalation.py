"""Nobody has to chase: the ladder minute by minute, pauses, silence, a process that was stopped."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from services import briefs, delivery, dispatch, escalation, lists, notices, outgoing, people, presence, waiting
from services.errors import AlreadyAccepted, NotAllowed, NotPossible
from services.withdrawing import withdraw
from storage import outbox
from storage.kinds import EventKind, Level, Message, OfferState, OutboxState, Role, Status, Urgency, WaitingFor
from storage.outbox import Settlement
from storage.records import Brief
from storage.schema import OutboxMessage, Post, Report
from tests.moment import NOW
from tests.services.scene import Scene
from tests.views.showing import ZONE
from views import cases, messages
from views.card import Card

FIRE, LEAK = "着火了", "water leak"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def lead(scene: Scene, *, community: str = "Alpha") -> int:
    """The lead of a community; of the whole town if none is named."""
    person = await scene.person("Lead", roles=(Role.LEAD,))

    def post(session: Session, *, now: datetime) -> None:
        level = Level.LEAD if community else Level.TOWN
        session.add(Post(person_id=person, level=level, town="Town", community=community))

    await scene.do(post)
    return person


async def run_until(scene: Scene, end: datetime, *, since: datetime = NOW) -> list[tuple[float, int, Message]]:
    """Let the clock tick each half minute; who was told what, and after how many minutes. Cards that change are not."""
    told, said = [], await scene.last_said()
    now = since
    while now < end:
        await scene.deliver(now=now)
        now += MINUTE / 2
        while await scene.do(escalation.tick, now=now):
            pass
        for row in await scene.outbox(after=said):
            said = row.id
            if row.message is not Message.CARD:
                told.append(((now - NOW) / MINUTE, row.person_id, row.message))
    return told


async def test_an_urgent_report_climbs_the_ladder_until_somebody_accepts(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    neighbour = await scene.officer("A-02")
    community, town = await lead(scene), await lead(scene, community="")
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    report = await scene.file(rider, words=FIRE)
    told = await run_until(scene, NOW + timedelta(minutes=12, seconds=30))
    assert told == [
        (2.5, officer, Message.REMINDER),
        (5.0, deputy, Message.RAISED),
        (5.0, officer, Message.REMINDER),
        (5.0, rider, Message.LATE),
        (7.5, community, Message.RAISED),
        (10.0, town, Message.RAISED),
        (12.5, desk, Message.RAISED),
    ]
    assert await scene.asked(report) == {officer, deputy, community, town, desk}
    assert neighbour not in await scene.offers(report)
    row = await scene.report(report)
    assert (row.level, row.responsible_id, row.step) == (Level.DESK, desk, 5)
    await scene.do(dispatch.accept, report_id=report, officer_id=town, now=NOW + 13 * MINUTE)
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.responsible_id) == (Status.ACCEPTED, town, town)
    assert row.next_at == NOW + HOUR  # half of the time to fix it


async def test_a_clock_that_comes_late_tells_everybody_to_whom_it_raises_a_report(scene: Scene) -> None:
    await scene.officer()
    deputy, community = await scene.officer(is_primary=False), await lead(scene)
    await scene.file(await scene.person(), words=FIRE)
    await scene.do(escalation.tick, now=NOW + timedelta(minutes=2, seconds=30))
    said = await scene.last_said()
    await scene.do(escalation.tick, now=NOW + timedelta(minutes=9, seconds=48))
    raised = [person for person, message in await scene.told(since=said) if message is Message.RAISED]
    assert raised == [deputy, community]


async def test_so_does_one_that_stood_still_while_somebody_had_the_report(scene: Scene) -> None:
    officer, deputy, community = await scene.officer(), await scene.officer(is_primary=False), await lead(scene)
    await scene.accepted(await scene.person(), officer, words=FIRE)
    await scene.do(escalation.tick, now=NOW + HOUR)
    said = await scene.last_said()
    await scene.do(escalation.tick, now=NOW + 3 * HOUR)
    listed = [person for person, message in await scene.told(since=said) if message is Message.OVERDUE]
    assert sorted(listed) == sorted([officer, deputy, community])


async def test_at_the_top_the_desk_gets_a_list_and_not_a_message_for_each_half(scene: Scene) -> None:
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    await scene.file(rider, words=FIRE)
    told = await run_until(scene, NOW + HOUR)
    assert told == [
        (2.5, desk, Message.REMINDER),
        (5.0, desk, Message.OVERDUE),
        (5.0, rider, Message.LATE),
        *((7.5 + n * 10, desk, Message.OVERDUE) for n in range(6)),
    ]
    listed = [row for row in await scene.outbox() if row.message is Message.OVERDUE]
    assert all(one.urgency is Urgency.URGENT for one in listed)
    for before, after in pairwise(listed):
        assert after.due_at == before.settled_at + 10 * MINUTE


async def test_what_is_not_urgent_waits_an_hour_for_the_next_list_unless_something_urgent_joins_it(
    scene: Scene,
) -> None:
    desk, rider, now = await scene.person(roles=(Role.DESK,)), await scene.person(), NOW + 3 * HOUR
    await scene.file(rider, words=LEAK)
    await scene.do(escalation.tick, now=now)
    while await scene.deliver(now=now + MINUTE):
        pass
    await scene.do(notices.overdue, people=[desk], now=now + 2 * MINUTE)
    listed = [row for row in await scene.outbox() if row.message is Message.OVERDUE]
    assert [row.due_at for row in listed[1:]] == [now + MINUTE + HOUR]
    await scene.file(rider, words=FIRE, now=now)
    for minutes in (2.5, 5):
        await scene.do(escalation.tick, now=now + minutes * MINUTE)
    listed = [row for row in await scene.outbox() if row.message is Message.OVERDUE]
    assert [(row.due_at, row.urgency) for row in listed[1:]] == [(now + 11 * MINUTE, Urgency.URGENT)]


async def test_at_the_top_no_card_is_edited_to_what_it_says_already(scene: Scene) -> None:
    desk = await scene.person(roles=(Role.DESK,))
    await scene.file(await scene.person(), words=FIRE)
    await run_until(scene, NOW + 6 * MINUTE)
    said = await scene.last_said()
    assert (desk, Message.CARD) in await scene.told()
    await run_until(scene, NOW + HOUR, since=NOW + 6 * MINUTE)
    assert [one for one in await scene.told(since=said) if one[1] is Message.CARD] == []


async def test_a_normal_report_waits_for_the_office_to_open(scene: Scene) -> None:
    """Noon to two o'clock is the county's break: 30 minutes end at half past two."""
    officer, deputy, rider = await scene.officer(), await scene.officer(is_primary=False), await scene.person()
    await scene.file(rider, words=LEAK)
    told = await run_until(scene, NOW + timedelta(hours=2, minutes=30))
    assert told == [
        (135.0, officer, Message.REMINDER),
        (150.0, deputy, Message.RAISED),
        (150.0, officer, Message.REMINDER),
        (150.0, rider, Message.LATE),
    ]


async def test_the_ladder_rests_over_the_spring_festival_and_works_on_a_make_up_sunday(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    rider = await scene.person()
    for filed, reminded, raised in (
        ("2026-02-14 17:50", "2026-02-24 08:35", "2026-02-24 08:50"),  # a Saturday that is worked, then nine days off
        ("2026-09-19 10:00", "2026-09-20 08:45", "2026-09-20 09:00"),  # a Sunday that is worked for National Day
    ):
        report = await scene.file(rider, words=LEAK, now=here(filed))
        await scene.deliver(now=here(filed) + MINUTE)
        for now, message, person in ((reminded, Message.REMINDER, officer), (raised, Message.RAISED, deputy)):
            said = await scene.last_said()
            assert await scene.do(escalation.tick, now=here(now) - MINUTE / 60) == 0
            assert await scene.do(escalation.tick, now=here(now)) == 1
            assert (person, message) in await scene.told(since=said)
        await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=here(raised))
        await scene.resolve(report, officer, now=here(raised))
        while await scene.do(escalation.tick, now=here(raised) + timedelta(days=4)):
            pass


def here(text: str) -> datetime:
    """A moment by the county's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


async def test_who_has_passed_it_on_is_not_asked_again_as_what_else_he_is(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()

    def post(session: Session, *, now: datetime) -> None:
        session.add(Post(person_id=officer, level=Level.LEAD, town="Town", community="Alpha"))

    await scene.do(post)
    report = await scene.file(rider, words=FIRE)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    told = await run_until(scene, NOW + 5 * MINUTE)
    assert told[-4:] == [
        (2.5, deputy, Message.REMINDER),
        (5.0, desk, Message.RAISED),
        (5.0, deputy, Message.REMINDER),
        (5.0, rider, Message.LATE),
    ]


async def test_what_is_not_fixed_in_time_is_raised_and_may_be_taken_over(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    community, rider = await lead(scene), await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    told = await run_until(scene, NOW + 3 * HOUR)
    assert told == [
        (60.0, officer, Message.REMINDER),
        (120.0, deputy, Message.RAISED),
        (120.0, officer, Message.REMINDER),
        (120.0, rider, Message.LATE),
        (180.0, community, Message.RAISED),
    ]
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.responsible_id, row.level) == (
        Status.ACCEPTED,
        officer,
        officer,
        Level.LEAD,
    )
    said = await scene.last_said()
    await scene.do(dispatch.accept, report_id=report, officer_id=community, now=NOW + 3 * HOUR)
    row = await scene.report(report)
    assert (row.officer_id, row.responsible_id) == (community, community)
    seen = await scene.store.read(briefs.report_for, report_id=report, person_id=community)
    assert (seen.my_level, seen.level) == (Level.LEAD, Level.LEAD)
    assert (await scene.offers(report))[officer] == OfferState.CLOSED
    assert {(officer, Message.TAKEN_OVER), (rider, Message.ACCEPTED)} <= set(await scene.told(since=said))
    assert (await scene.story(report))[-1] is EventKind.TAKEN_OVER
    await scene.resolve(report, community, now=NOW + 4 * HOUR)
    assert set((await scene.offers(report)).values()) == {OfferState.ACCEPTED, OfferState.CLOSED}


async def test_who_has_a_report_hears_that_it_is_late_and_who_was_told(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer(is_primary=False)
    await scene.accepted(await scene.person(), officer, words=FIRE)
    await scene.do(escalation.tick, now=NOW + HOUR)
    await scene.deliver(now=NOW + HOUR)
    await scene.do(escalation.tick, now=NOW + 2 * HOUR)
    at = NOW + 2 * HOUR + MINUTE
    (claimed,) = [
        one
        for one in await scene.store.write(outbox.claim, now=at, most=100)
        if (one.person_id, one.message) == (officer, Message.REMINDER)
    ]
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=at)
    card = messages.render(brief, now=at, zone=ZoneInfo("Asia/Shanghai"))
    assert card is not None
    assert "overdue" in card.text
    assert "raised to the deputies" in card.text
    assert card.rows


async def test_reminders_lose_their_buttons_once_it_is_done_or_another_has_it(scene: Scene) -> None:
    officer, other = await scene.officer(), await scene.officer()
    deputy, rider = await scene.officer(is_primary=False), await scene.person()
    report = await scene.file(rider, words=FIRE)
    await run_until(scene, NOW + 3 * MINUTE)
    await scene.deliver(now=NOW + 3 * MINUTE)
    await scene.do(dispatch.decline, report_id=report, officer_id=other, why="away", now=NOW + 3 * MINUTE)
    assert await over(scene) == [(other, "open")]
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 4 * MINUTE)
    assert await over(scene) == [(officer, "open"), (other, "open")]
    await run_until(scene, NOW + 3 * HOUR, since=NOW + 4 * MINUTE)
    await scene.do(dispatch.accept, report_id=report, officer_id=deputy, now=NOW + 3 * HOUR)
    everything = [(officer, "accepted"), (officer, "accepted"), (officer, "open"), (other, "open")]
    assert await over(scene) == everything
    await scene.resolve(report, deputy, now=NOW + 3 * HOUR)
    assert await over(scene) == everything  # each once


async def test_a_reminder_on_its_way_while_the_report_is_accepted_has_no_buttons_either(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver()
    await scene.do(escalation.tick, now=NOW + 3 * MINUTE)
    on_its_way = await scene.store.write(outbox.claim, now=NOW + 3 * MINUTE, most=10)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 3 * MINUTE)
    assert await over(scene) == []
    settlements = [
        Settlement(one.id, OutboxState.DELIVERED, sent=(one.facts.get("edits") or 10_000 + one.id,))
        for one in on_its_way
    ]
    await scene.do(delivery.settle, settlements=settlements, now=NOW + 4 * MINUTE)
    assert await over(scene) == [(officer, "open")]
    at = NOW + 5 * MINUTE
    for claimed in await scene.store.write(outbox.claim, now=at, most=100):
        if claimed.facts.get("shows") == Message.REMINDER:
            brief = await scene.store.read(outgoing.load, claimed=claimed, now=at)
            card = messages.render(brief, now=at, zone=ZoneInfo("Asia/Shanghai"))
            assert card is not None
            assert (card.rows, card.keeps_text) == ((), True)


async def over(scene: Scene) -> list[tuple[int, str]]:
    """Whose reminders of what lose their buttons."""
    rows = await scene.outbox()
    said = {row.sent[-1]: row for row in rows if row.message is Message.REMINDER and row.sent}
    edits = [row.facts for row in rows if row.facts and row.facts.get("shows") == Message.REMINDER]
    edited = [said[facts["edits"]] for facts in edits if "by" not in facts]
    return sorted((row.person_id, row.facts["status"]) for row in edited)


async def test_reminders_of_an_older_step_change_with_the_card(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer(is_primary=False)
    await lead(scene)
    await scene.file(await scene.person(), words=FIRE)
    await run_until(scene, NOW + 5 * MINUTE)
    await scene.deliver(now=NOW + 5 * MINUTE)
    half, late = [row for row in await scene.outbox() if (row.person_id, row.message) == (officer, Message.REMINDER)]
    assert await over(scene) == [(officer, "open")]  # all of the time has passed
    assert (half.facts or {})["is_over"]
    assert await reread(scene, late, now=NOW + 6 * MINUTE) == []
    await scene.do(escalation.tick, now=NOW + 7.5 * MINUTE)
    (card,) = await reread(scene, late, now=NOW + 8 * MINUTE)
    assert "raised to the community lead" in card.text
    assert card.rows
    assert not card.keeps_text
    assert await reread(scene, late, now=NOW + 9 * MINUTE) == []  # once


async def reread(scene: Scene, late: OutboxMessage, *, now: datetime) -> list[Card]:
    """What a reminder is made to say now; all that is due arrives."""
    found = []
    for claimed in await scene.store.write(outbox.claim, now=now, most=100):
        edits = claimed.facts.get("edits")
        if claimed.facts.get("shows") == Message.REMINDER and edits == late.sent[-1]:
            brief = await scene.store.read(outgoing.load, claimed=claimed, now=now)
            card = messages.render(brief, now=now, zone=ZoneInfo("Asia/Shanghai"))
            assert card is not None
            found.append(card)
        settled = Settlement(claimed.id, OutboxState.DELIVERED, sent=(edits or 10_000 + claimed.id,))
        await scene.do(delivery.settle, settlements=[settled], now=now)
    return found


async def test_a_lead_finds_among_his_cases_what_was_raised_to_him(scene: Scene) -> None:
    officer, community, rider = await scene.officer(), await lead(scene), await scene.person()
    held = await scene.accepted(rider, officer, words=FIRE)
    waiting = await scene.file(rider, words=FIRE)
    await run_until(scene, NOW + 2 * HOUR)
    assert set(await scene.store.read(lists.cases_in_order, person_id=community)) == {held, waiting}
    await scene.do(dispatch.accept, report_id=waiting, officer_id=officer, now=NOW + 2 * HOUR)
    await scene.resolve(held, officer, now=NOW + 2 * HOUR)
    assert await scene.store.read(lists.cases_in_order, person_id=community) == []


async def test_waiting_stops_the_clock_and_is_seen(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    until = NOW + 5 * HOUR
    await scene.do(
        waiting.wait_for,
        report_id=report,
        officer_id=officer,
        waiting_for=WaitingFor.THIRD_PARTY,
        until=until,
        now=NOW + 30 * MINUTE,
    )
    told = await run_until(scene, NOW + 7 * HOUR, since=NOW + 30 * MINUTE)
    assert told == [
        (300.0, officer, Message.WAIT_OVER),
        (330.0, officer, Message.REMINDER),
        (390.0, officer, Message.OVERDUE),
        (390.0, rider, Message.LATE),
    ]
    story = await scene.story(report)
    assert story.index(EventKind.PAUSED) < story.index(EventKind.RESUMED)


async def test_who_waits_may_go_on_sooner(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    wait = {"report_id": report, "officer_id": officer}
    until = NOW + 5 * HOUR
    await scene.do(waiting.wait_for, **wait, waiting_for=WaitingFor.REPORTER, until=until, now=NOW)
    said = await scene.last_said()
    await scene.do(waiting.go_on, **wait, now=NOW + HOUR)
    row = await scene.report(report)
    assert (row.paused_at, row.resolve_by) == (None, NOW + 3 * HOUR)
    assert Message.WAIT_OVER not in {message for _, message in await scene.told(since=said)}
    with pytest.raises(NotPossible):
        await scene.do(waiting.go_on, **wait, now=NOW + HOUR)


@pytest.mark.parametrize("until", [NOW, NOW - HOUR])
async def test_a_wait_ends_in_the_future(scene: Scene, until: datetime) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    wait: dict[str, Any] = {"report_id": report, "waiting_for": WaitingFor.REPORTER}
    with pytest.raises(NotPossible):
        await scene.do(waiting.wait_for, **wait, officer_id=officer, until=until)
    with pytest.raises(NotAllowed):
        await scene.do(waiting.wait_for, **wait, officer_id=rider, until=NOW + HOUR)


async def test_silence_for_72_hours_closes(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    await scene.resolve(report, officer, now=NOW + HOUR)
    assert await scene.do(escalation.tick, now=NOW + timedelta(hours=72, minutes=59)) == 0
    said = await scene.last_said()
    assert await scene.do(escalation.tick, now=NOW + timedelta(hours=73)) == 1
    row = await scene.report(report)
    assert (row.status, row.next_at, row.responsible_id) == (Status.CLOSED, None, None)
    assert (rider, Message.CLOSED) in await scene.told(since=said)


async def test_a_card_on_its_way_while_the_promise_is_broken_is_brought_up_to_date(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.file(rider, words=FIRE)
    on_its_way = await scene.store.write(outbox.claim, now=NOW, most=10)
    await scene.do(escalation.tick, now=NOW + HOUR)  # there is nobody to raise it to
    settlements = [Settlement(one.id, OutboxState.DELIVERED, sent=(one.id,)) for one in on_its_way]
    await scene.do(delivery.settle, settlements=settlements, now=NOW + HOUR)
    assert (officer, Message.CARD) in await scene.told()
    assert (await scene.story(report)).count(EventKind.REMINDED) == 1


async def test_after_a_long_stop_each_person_gets_one_list(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    community, desk, rider = await lead(scene), await scene.person(roles=(Role.DESK,)), await scene.person()
    reports = [await scene.file(rider, words=FIRE, now=NOW + n * MINUTE) for n in range(5)]
    said = await scene.last_said()
    while await scene.do(escalation.tick, now=NOW + 3 * HOUR, most=2):
        pass
    told = [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    listed = [person for person, message in told if message is Message.OVERDUE]
    assert sorted(listed) == sorted([officer, deputy, community, desk])
    assert [one for one in told if one[1] is not Message.OVERDUE] == [(rider, Message.LATE)]
    for report in reports:
        assert (await scene.report(report)).level is Level.DESK


async def test_two_clocks_take_each_step_once(scene: Scene) -> None:
    import asyncio

    officer, rider = await scene.officer(), await scene.person()
    reports = [await scene.file(rider, words=FIRE, now=NOW + n * MINUTE / 60) for n in range(6)]
    await scene.deliver(now=NOW + MINUTE)
    due = NOW + timedelta(minutes=2, seconds=40)
    await asyncio.gather(*(scene.do(escalation.tick, now=due, most=3) for _ in range(6)))
    for report in reports:
        assert (await scene.story(report)).count(EventKind.REMINDED) == 1
    told = await scene.told()
    assert told.count((officer, Message.REMINDER)) == len(reports)


async def test_a_clock_set_back_does_nothing(scene: Scene) -> None:
    await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.do(escalation.tick, now=NOW + 3 * MINUTE)
    before = await scene.story(report)
    assert await scene.do(escalation.tick, now=NOW - HOUR) == 0
    assert await scene.story(report) == before


async def test_a_report_that_cannot_be_handled_holds_up_no_other(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.officer()
    rider = await scene.person()
    broken, good = await scene.file(rider, words=FIRE), await scene.file(rider, words=FIRE, now=NOW + MINUTE)

    def break_it(session: Session, *, now: datetime) -> None:
        session.get_one(Report, broken).status = Status.CLOSED  # without an end of its deadlines

    await scene.do(break_it)
    assert await scene.do(escalation.tick, now=NOW + 4 * MINUTE) == 2
    assert EventKind.REMINDED in await scene.story(good)
    assert (await scene.report(broken)).next_at == NOW + 5 * MINUTE
    assert f"the clock cannot handle report {broken}" in caplog.text


async def test_a_clock_set_back_fires_nothing_twice_and_loses_nothing(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    community, rider = await lead(scene), await scene.person()
    report = await scene.file(rider, words=FIRE)
    told = await run_until(scene, NOW + 5 * MINUTE)
    assert told == [
        (2.5, officer, Message.REMINDER),
        (5.0, deputy, Message.RAISED),
        (5.0, officer, Message.REMINDER),
        (5.0, rider, Message.LATE),
    ]
    before = (await scene.report(report)).next_at
    again = await run_until(scene, NOW + 7 * MINUTE, since=NOW - HOUR)  # the machine's clock was an hour ahead
    assert again == []
    assert (await scene.report(report)).next_at == before
    assert await run_until(scene, NOW + 8 * MINUTE, since=NOW + 7 * MINUTE) == [(7.5, community, Message.RAISED)]


async def test_who_is_asked_while_the_process_stood_still_hears_of_it_although_he_had_a_list(scene: Scene) -> None:
    await scene.officer()
    desk, rider, other = await scene.person(roles=(Role.DESK,)), await scene.person(), await scene.person()
    await scene.file(rider, words=FIRE)
    await scene.do(escalation.tick, now=NOW + 20 * MINUTE)
    await scene.deliver(now=NOW + 21 * MINUTE)
    second = await scene.file(other, words=FIRE, now=NOW + 22 * MINUTE)
    said = await scene.last_said()
    await scene.do(escalation.tick, now=NOW + 45 * MINUTE)
    assert desk in await scene.asked(second)
    assert (desk, Message.OVERDUE) in await scene.told(since=said)


async def test_who_has_a_report_that_was_raised_above_him_is_still_called_what_he_is(scene: Scene) -> None:
    officer, late = await scene.officer(name="Li"), await scene.officer(name="Zhao")
    await lead(scene)
    rider = await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    await run_until(scene, NOW + 3 * HOUR, since=NOW + 119 * MINUTE)
    assert (await scene.report(report)).level is Level.LEAD
    assert (await scene.store.read(briefs.describe, report_id=report, person_id=rider)).officer_role is Role.OFFICER
    with pytest.raises(AlreadyAccepted) as refused:
        await scene.do(dispatch.accept, report_id=report, officer_id=late, now=NOW + 3 * HOUR)
    assert refused.value.facts == {"name": "Li", "role": Role.OFFICER}


async def test_after_a_long_stop_a_reporter_gets_one_list_of_what_is_still_late(scene: Scene) -> None:
    await scene.officer()
    await scene.person(roles=(Role.DESK,))
    rider, other = await scene.person(), await scene.person()
    mine = [await scene.file(rider, words=FIRE, now=NOW + n * MINUTE) for n in range(3)]
    alone = await scene.file(other, words=FIRE, now=NOW + 3 * MINUTE)
    stop = NOW + 3 * HOUR
    while await scene.do(escalation.tick, now=stop, most=2):
        pass
    await scene.do(withdraw, report_id=mine[1], person_id=rider, now=stop)
    said = {}
    for claimed in await scene.store.write(outbox.claim, now=stop + MINUTE, most=100):
        if claimed.message is Message.LATE:
            brief = await scene.store.read(outgoing.load, claimed=claimed, now=stop + MINUTE)
            said[claimed.person_id] = [one.id for one in brief.cases]
    assert said == {rider: [mine[0], mine[2]], other: [alone]}
    since = await scene.last_said()
    await run_until(scene, stop + 5 * MINUTE, since=stop + MINUTE)  # said once for each promise
    assert Message.LATE not in {message for _, message in await scene.told(since=since)}


async def _blocks(scene: Scene, person: int, *, now: datetime) -> None:
    await scene.do(presence.reachability, person_id=person, is_reachable=False, now=now)


async def test_what_was_raised_to_whom_nothing_reaches_is_raised_further_at_once(scene: Scene) -> None:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    community, desk, rider = await lead(scene), await scene.person(roles=(Role.DESK,)), await scene.person()
    report = await scene.file(rider, words=FIRE)
    told = await run_until(scene, NOW + 5 * MINUTE)
    assert (5.0, deputy, Message.RAISED) in told
    await _blocks(scene, deputy, now=NOW + 5 * MINUTE)
    told = await run_until(scene, NOW + 8 * MINUTE, since=NOW + 5 * MINUTE)
    assert [one for one in told if one[2] is Message.RAISED] == [
        (5.5, community, Message.RAISED),
        (7.5, desk, Message.RAISED),
    ]
    assert await scene.asked(report) == {officer, community, desk}
    assert (await scene.report(report)).responsible_id == desk


async def test_what_is_not_fixed_goes_past_a_lead_whom_nothing_reaches(scene: Scene) -> None:
    officer = await scene.officer()
    community, town, rider = await lead(scene), await lead(scene, community=""), await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    told = await run_until(scene, NOW + 2 * HOUR)
    assert (120.0, community, Message.RAISED) in told
    await _blocks(scene, community, now=NOW + 2 * HOUR)
    told = await run_until(scene, NOW + 2 * HOUR + MINUTE, since=NOW + 2 * HOUR)
    assert [one for one in told if one[2] is not Message.OVERDUE] == [(120.5, town, Message.RAISED)]
    assert (await scene.offers(report)) == {officer: "accepted", community: "unreachable", town: "raised"}


async def test_administrators_stand_in_for_a_desk_that_nothing_reaches(scene: Scene) -> None:
    officer = await scene.officer()
    desk, admin = await scene.person(roles=(Role.DESK,)), await scene.person(roles=(Role.ADMIN,))
    report = await scene.file(await scene.person(), words=FIRE)
    assert (5.0, desk, Message.RAISED) in await run_until(scene, NOW + 5 * MINUTE)
    await _blocks(scene, desk, now=NOW + 5 * MINUTE)
    told = await run_until(scene, NOW + 6 * MINUTE, since=NOW + 5 * MINUTE)
    assert [one for one in told if one[2] is Message.RAISED] == [(5.5, admin, Message.RAISED)]
    assert await scene.asked(report) == {officer, admin}


async def test_at_each_step_the_cards_of_all_who_were_asked_before_change(scene: Scene) -> None:
    asked = [await scene.officer(), await scene.officer(is_primary=False), await lead(scene)]
    asked += [await lead(scene, community=""), await scene.person(roles=(Role.DESK,))]
    await scene.file(await scene.person(), words=FIRE)
    for step, minutes in enumerate((2.5, 5, 7.5, 10, 12.5)):
        while await scene.deliver(now=NOW + minutes * MINUTE - MINUTE / 60):
            pass
        said = await scene.last_said()
        await scene.do(escalation.tick, now=NOW + minutes * MINUTE)
        changed = {person for person, message in await scene.told(since=said) if message is Message.CARD}
        assert changed & set(asked) == set(asked[: max(step, 1)])


async def late_words(scene: Scene, report: int, rider: int, officer: int, *, now: datetime) -> tuple[str, str]:
    """What the reporter was told of it, and what the officer's card says."""
    at: dict[str, Any] = {"now": now, "zone": ZONE}
    told = next(row for row in await scene.outbox() if row.message is Message.LATE)
    record = await scene.store.read(briefs.describe, report_id=report, person_id=rider)
    to = await scene.store.read(people.load_me, person_id=rider)
    said = messages.render(Brief(to=to, message=told.message, facts=told.facts or {}, report=record), **at)
    assert said is not None
    his = await scene.store.read(briefs.describe, report_id=report, person_id=officer)
    card = cases.card(his, await scene.store.read(people.load_me, person_id=officer), **at)
    return said.text, card.text


@pytest.mark.parametrize("has_lead", [True, False])
async def test_with_nobody_above_it_is_said_to_stay_with_who_has_it(scene: Scene, has_lead: bool) -> None:
    officer, rider = await scene.officer(name="Li"), await scene.person()
    if has_lead:
        await lead(scene)
    report = await scene.accepted(rider, officer, words=FIRE)
    later = NOW + 2 * HOUR
    for step in (NOW + HOUR, later):
        await scene.do(escalation.tick, now=step)
    told, card = await late_words(scene, report, rider, officer, now=later + MINUTE)
    assert ("raised" in told, "raised" in card) == (has_lead, has_lead)
    assert ("stays with grid officer Li" in told, "stays with you" in card) == (not has_lead, not has_lead)


async def test_what_nobody_accepts_is_said_to_be_at_the_last_level(scene: Scene) -> None:
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    report = await scene.file(rider, words=FIRE)
    later = NOW + 5 * MINUTE
    for step in (NOW + 2.5 * MINUTE, later):
        await scene.do(escalation.tick, now=step)
    told, card = await late_words(scene, report, rider, desk, now=later + MINUTE)
    for text in (told, card):
        assert "with the county desk, the last level" in text
