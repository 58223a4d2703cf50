"""Each alert: queued, delivered, opened, answered; what was delivered and not opened is pushed again."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from services import delivery, dispatch, escalation, ledger, outgoing, people
from services.errors import NoSuchReport, NotAllowed
from services.told import who_was_told
from storage import outbox
from storage.kinds import Language, Message, OutboxState, Role
from storage.outbox import Claimed, Settlement
from storage.schema import OutboxMessage, Person, ShownCard
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead, run_until
from views import messages
from views.card import Card

FIRE = "着火了"
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def alerts(scene: Scene) -> list[OutboxMessage]:
    return [row for row in await scene.outbox() if row.message is Message.ALERT]


async def test_the_four_times_of_an_alert_are_in_the_ledger(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW + SECOND)
    await scene.do(ledger.opened, report_id=report, person_id=officer, now=NOW + 20 * SECOND)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 30 * SECOND)
    (row,) = await alerts(scene)
    assert (row.made_at, row.settled_at) == (NOW, NOW + SECOND)
    assert (row.opened_at, row.answered_at) == (NOW + 20 * SECOND, NOW + 30 * SECOND)
    assert row.push_again_at is None


async def test_not_mine_is_an_answer_too(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW + SECOND)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=NOW + 30 * SECOND)
    row = next(one for one in await alerts(scene) if one.person_id == officer)
    assert (row.opened_at, row.answered_at, row.push_again_at) == (NOW + 30 * SECOND, NOW + 30 * SECOND, None)


async def test_an_urgent_alert_that_is_not_opened_is_pushed_three_times(scene: Scene) -> None:
    officer = await scene.officer()
    await scene.file(await scene.person(), words=FIRE)
    now, pushed = NOW, []
    while now < NOW + 20 * MINUTE:
        await scene.deliver(now=now)
        now += MINUTE / 2
        await scene.do(ledger.push_again, now=now)
        pushed = await alerts(scene)
    assert [(row.person_id, row.pushes) for row in pushed] == [(officer, 1), (officer, 2), (officer, 3)]
    assert [(row.made_at - NOW) / MINUTE for row in pushed] == [0, 2, 4]


async def shown(scene: Scene, row: OutboxMessage, *, now: datetime) -> Card:
    """How it is sent."""
    said = (row.id, row.person_id, 1, row.message, row.report_id, row.facts or {}, row.urgency, row.made_at, 0, ())
    brief = await scene.store.read(outgoing.load, claimed=Claimed(*said), now=now)
    card = messages.render(brief, now=now, zone=ZoneInfo("Asia/Shanghai"))
    assert card is not None
    return card


async def reach(scene: Scene, ids: tuple[int, ...], *, now: datetime) -> None:
    """What is due reaches its people, each as so many messages."""
    claimed = await scene.store.write(outbox.claim, now=now, most=10)
    out = [Settlement(one.id, OutboxState.DELIVERED, sent=(*ids, 100 + one.id)) for one in claimed]
    await scene.do(delivery.settle, settlements=out, now=now)


async def live_cards(scene: Scene, officer: int) -> list[int]:
    return [one.message_id for one in await scene.rows(ShownCard) if one.person_id == officer]


async def test_what_is_pushed_again_takes_the_place_of_the_earlier_pictures_place_and_card(scene: Scene) -> None:
    officer = await scene.officer()
    await scene.file(await scene.person(), words=FIRE)
    replaced: list[Any] = []
    for number, minute in enumerate((0, 2, 4)):
        now = NOW + minute * MINUTE
        await scene.do(ledger.push_again, now=now)
        row = (await alerts(scene))[-1]
        card = await shown(scene, row, now=now)
        assert (card.replaces, card.replies_to) == (tuple(replaced), None)
        assert (len(card.photos), card.pin is None) == (1, False)
        await reach(scene, (10 + number, 20 + number), now=now)
        replaced = [10 + number, 20 + number, 100 + row.id]
        assert await live_cards(scene, officer) == replaced[-1:]
    assert Message.CARD not in [message for person, message in await scene.told() if person == officer]


async def test_what_is_too_old_to_be_deleted_is_replied_to_by_a_card_alone(scene: Scene) -> None:
    officer, friday = await scene.officer(), NOW + 4 * DAY + 5 * HOUR  # at five
    await scene.file(await scene.person(), words="water leak", now=friday + 50 * MINUTE)
    await reach(scene, (10, 20), now=friday + 55 * MINUTE)
    pushed: list[tuple[Any, ...]] = []
    for minute in (36, 47):  # after eight, on Monday
        now = friday + 2 * DAY + 15 * HOUR + minute * MINUTE
        await scene.do(ledger.push_again, now=now)
        card = await shown(scene, (await alerts(scene))[-1], now=now)
        pushed.append((card.replies_to, card.replaces, card.photos, card.pin))
        await reach(scene, (), now=now)
    first, again, _ = await alerts(scene)
    assert pushed == [(10, (), (), None), (10, (100 + again.id,), (), None)]
    (edit,) = [row for row in await scene.outbox() if row.message is Message.CARD and row.person_id == officer]
    assert edit.facts == {"edits": 100 + first.id, "shows": "alert", "is_replaced": True}


async def test_what_was_raised_is_pushed_again_as_well(scene: Scene) -> None:
    await scene.officer()
    community = await lead(scene)
    await scene.file(await scene.person(), words=FIRE)
    await run_until(scene, NOW + 5 * MINUTE)
    await scene.deliver(now=NOW + 5 * MINUTE)
    said = await scene.last_said()
    await scene.do(ledger.push_again, now=NOW + 7 * MINUTE - SECOND)
    assert (community, Message.RAISED) not in await scene.told(since=said)
    await scene.do(ledger.push_again, now=NOW + 7 * MINUTE)
    assert (await scene.told(since=said)).count((community, Message.RAISED)) == 1
    first, again = [row for row in await scene.outbox() if row.message is Message.RAISED]
    assert (await shown(scene, again, now=NOW + 7 * MINUTE)).replaces == tuple(first.sent or ())


async def test_what_is_not_urgent_is_pushed_again_in_working_time(scene: Scene) -> None:
    await scene.officer()
    await scene.file(await scene.person(), words="water leak")
    await scene.deliver(now=NOW + SECOND)  # noon: the county rests until two
    assert await scene.do(ledger.push_again, now=NOW + 2 * HOUR + 9 * MINUTE) == 0
    assert await scene.do(ledger.push_again, now=NOW + 2 * HOUR + 10 * MINUTE) == 1
    assert len(await alerts(scene)) == 2


async def test_who_opened_it_or_is_no_longer_asked_is_left_in_peace(scene: Scene) -> None:
    one, two, reporter = await scene.officer(), await scene.officer(), await scene.person()
    opened = await scene.file(reporter, words=FIRE)
    taken = await scene.file(reporter, words=FIRE)
    await scene.deliver(now=NOW + SECOND)
    for officer in (one, two):
        await scene.do(ledger.opened, report_id=opened, person_id=officer, now=NOW + SECOND)
    await scene.do(dispatch.accept, report_id=taken, officer_id=one, now=NOW + SECOND)
    before = len(await alerts(scene))
    await scene.do(ledger.push_again, now=NOW + 4 * MINUTE)
    assert len(await alerts(scene)) == before


async def test_after_a_long_stop_what_is_overdue_is_in_one_list(scene: Scene) -> None:
    officer, reporter = await scene.officer(), await scene.person()
    for number in range(3):
        await scene.file(reporter, words=FIRE, now=NOW + number * SECOND)
    await scene.deliver(now=NOW + 5 * SECOND)
    while await scene.do(ledger.push_again, now=NOW + 3 * HOUR) or await scene.do(escalation.tick, now=NOW + 3 * HOUR):
        pass
    told = [message for person, message in await scene.told() if person == officer]
    assert told.count(Message.ALERT) == 3
    assert told.count(Message.OVERDUE) == 1


async def test_after_a_long_stop_what_was_raised_and_not_opened_is_in_the_list_too(scene: Scene) -> None:
    await scene.officer()
    community, reporter = await lead(scene), await scene.person()
    for number in range(3):
        await scene.file(reporter, words=FIRE, now=NOW + number * SECOND)
    await run_until(scene, NOW + 6 * MINUTE)
    said = await scene.last_said()
    while await scene.do(ledger.push_again, now=NOW + 3 * HOUR) or await scene.do(escalation.tick, now=NOW + 3 * HOUR):
        pass
    told = [message for person, message in await scene.told(since=said) if person == community]
    assert [message for message in told if message is not Message.CARD] == [Message.OVERDUE]


async def test_a_press_on_any_button_of_the_report_opens_it(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW + SECOND)
    number = next(person.telegram_id for person in await scene.rows(Person) if person.id == officer)
    await scene.do(
        people.arrive,
        telegram_id=number,
        name="Li",
        language_code="en",
        default_language=Language.EN,
        admin_ids=frozenset(),
        update_id=7,
        pressed=report,
        now=NOW + MINUTE,
    )
    (row,) = await alerts(scene)
    assert row.opened_at == NOW + MINUTE
    assert row.state is OutboxState.DELIVERED


async def test_a_lead_sees_who_was_told_and_what_became_of_it(scene: Scene) -> None:
    officer, deputy = await scene.officer(name="Li"), await scene.officer(name="Zhao", is_primary=False)
    lead, desk = await scene.lead("A-01", name="Chen"), await scene.person("Desk", roles=(Role.DESK,))
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW + SECOND)
    await scene.do(ledger.opened, report_id=report, person_id=officer, now=NOW + 2 * MINUTE)
    await scene.do(escalation.tick, now=NOW + 5 * MINUTE)
    looked = {"report_id": report, "person_id": lead}
    _, told = await scene.store.read(who_was_told, **looked)
    assert [(one.name, one.level, one.waits) for one in told] == [("Li", "primary", False), ("Zhao", "deputy", True)]
    await scene.deliver(now=NOW + 6 * MINUTE)
    await scene.do(ledger.push_again, now=NOW + 8 * MINUTE)
    await scene.deliver(now=NOW + 8 * MINUTE)
    await scene.do(dispatch.decline, report_id=report, officer_id=deputy, why="grid", now=NOW + 9 * MINUTE)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 10 * MINUTE)
    for person in (lead, desk):
        _, (li, zhao, *_) = await scene.store.read(who_was_told, report_id=report, person_id=person)
        assert (li.delivered_at, li.opened_at, li.answered_at) == (NOW + SECOND, NOW + 2 * MINUTE, NOW + 10 * MINUTE)
        assert (zhao.delivered_at, zhao.pushes, zhao.passed_on) == (NOW + 6 * MINUTE, 2, True)
        assert (zhao.opened_at, zhao.answered_at) == (NOW + 9 * MINUTE, NOW + 9 * MINUTE)


async def test_who_was_told_is_for_nobody_else(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.file(rider, words=FIRE)
    follower, other_lead = await scene.person(), await scene.lead("B-01")
    for person, refusal in ((rider, NotAllowed), (officer, NotAllowed), (follower, NoSuchReport)):
        with pytest.raises(refusal):
            await scene.store.read(who_was_told, report_id=report, person_id=person)
    with pytest.raises(NoSuchReport):
        await scene.store.read(who_was_told, report_id=report, person_id=other_lead)
    own = await scene.file(other_lead, words=FIRE, now=NOW + HOUR)
    with pytest.raises(NotAllowed):  # of another community, which he does not lead
        await scene.store.read(who_was_told, report_id=own, person_id=other_lead)


async def test_whom_nothing_reached_and_whom_a_list_told(scene: Scene) -> None:
    officer, _ = await scene.officer(name="Li"), await scene.officer(name="Zhao", is_primary=False)
    desk = await scene.person("Desk", roles=(Role.DESK,))
    report = await scene.file(await scene.person(), words=FIRE)
    claimed = await scene.store.write(outbox.claim, now=NOW, most=10)
    (alert,) = [one.id for one in claimed if one.message is Message.ALERT]
    blocked = Settlement(alert, OutboxState.DISCARDED, is_unreachable=True)
    await scene.do(delivery.settle, settlements=[blocked], now=NOW + SECOND)
    await scene.do(escalation.tick, now=NOW + HOUR)
    _, told = await scene.store.read(who_was_told, report_id=report, person_id=desk)
    assert [(one.name, one.is_lost, one.in_list) for one in told] == [
        ("Li", True, False),
        ("Zhao", False, False),
        ("Desk", False, True),
    ]
    assert officer not in await scene.asked(report)


async def test_an_alert_that_cannot_be_pushed_again_holds_up_no_other(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    officer, reporter = await scene.officer(), await scene.person()
    broken, good = await scene.file(reporter, words=FIRE), await scene.file(reporter, words=FIRE, now=NOW + SECOND)
    await scene.deliver(now=NOW + 2 * SECOND)
    first, _ = await alerts(scene)

    def break_it(session: Session, *, now: datetime) -> None:
        session.get_one(OutboxMessage, first.id).message = Message.TASK  # of no task

    await scene.do(break_it)
    due, said = NOW + 3 * MINUTE, await scene.last_said()
    assert await scene.do(ledger.push_again, now=due) == 2
    assert [(row.person_id, row.report_id) for row in await scene.outbox(after=said)] == [(officer, good)]
    assert f"the clock cannot handle alert {first.id} about report {broken}" in caplog.text
    assert await scene.do(ledger.push_again, now=due) == 0
    assert await scene.do(ledger.push_again, now=due + MINUTE) == 1
