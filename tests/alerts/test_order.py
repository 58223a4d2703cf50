"""Which messages may be claimed, on both backends."""

from datetime import timedelta

from sqlalchemy.orm import Session

from alerts.order import Turn, turn
from storage import outbox
from storage.kinds import Message, OutboxState, Urgency
from storage.outbox import NOBODY, Settlement
from storage.store import Store
from tests.alerts.rows import Say, add_people, add_report, look, put
from tests.moment import NOW

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(hours=8)


def take(
    session: Session, *, most: int = 50, ours: tuple[int, ...] = (), settlements: tuple[Settlement, ...] = ()
) -> Turn:
    return turn(
        session,
        settle=outbox.settle,
        settlements=settlements,
        renew=ours,
        ours=ours,
        full=NOBODY,
        most=most,
        now=NOW,
    )


async def ids_taken(store: Store, *, ours: tuple[int, ...] = (), settlements: tuple[Settlement, ...] = ()) -> list[int]:
    result = await store.write(take, ours=ours, settlements=settlements)
    return [claimed.id for claimed in result.claimed]


async def test_a_later_one_waits_for_the_earlier_one_that_is_snoozed(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report = await store.write(add_report, reporter=officer)
    await store.write(put, says=[Say(officer, "first", report, due_at=LATER), Say(officer, "second", report)])
    assert await ids_taken(store) == []
    _, second = await store.read(look)
    assert (second.state, second.due_at, second.attempts) == (OutboxState.AVAILABLE, LATER, 0)


async def test_a_later_one_waits_while_another_relay_has_the_earlier_one(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report = await store.write(add_report, reporter=officer)
    says = [
        Say(officer, "first", report, state=OutboxState.CLAIMED, lease_until=NOW + SECOND * 30),
        Say(officer, "second", report),
    ]
    first, second = await store.write(put, says=says)
    assert await ids_taken(store) == []
    assert (await store.read(look))[1].due_at == NOW + SECOND
    delivered = Settlement(first, OutboxState.DELIVERED)
    due_now = Settlement(second, OutboxState.AVAILABLE, due_at=NOW)
    await store.write(outbox.claim, now=NOW + SECOND)
    assert await ids_taken(store, settlements=(delivered, due_now)) == [second]


async def test_an_urgent_one_waits_only_for_urgent_ones(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report, other = [await store.write(add_report, reporter=officer) for _ in range(2)]
    says = [
        Say(officer, "words", report, due_at=LATER),
        Say(officer, "fire", report, Urgency.URGENT),
        Say(officer, "smoke", other, Urgency.URGENT, due_at=LATER),
        Say(officer, "more smoke", other, Urgency.URGENT),
    ]
    _, fire, _, _ = await store.write(put, says=says)
    assert await ids_taken(store) == [fire]


async def test_messages_and_edits_do_not_wait_for_each_other(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report = await store.write(add_report, reporter=officer)
    says = [
        Say(officer, "edit", report, Urgency.LOW, due_at=LATER, message=Message.CARD),
        Say(officer, "alert", report),
        Say(officer, "another edit", report, Urgency.LOW, message=Message.CARD),
        Say(officer, "later", report, due_at=LATER),
        Say(officer, "latest", report),
    ]
    _, alert, _, _, _ = await store.write(put, says=says)
    assert await ids_taken(store) == [alert]


async def test_reports_and_people_do_not_wait_for_each_other(store: Store) -> None:
    officer, colleague = await store.write(add_people, many=2)
    report, other = [await store.write(add_report, reporter=officer) for _ in range(2)]
    says = [
        Say(officer, "snoozed", report, due_at=LATER),
        Say(officer, "another report", other),
        Say(colleague, "another person", report),
        Say(officer, "no report"),
        Say(officer, "no report either"),
    ]
    ids = await store.write(put, says=says)
    assert await ids_taken(store) == ids[1:]


async def test_those_in_hand_are_kept_in_order_by_their_lane(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report = await store.write(add_report, reporter=officer)
    says = [Say(officer, text, report) for text in ("one", "two", "three")]
    one, two, three = await store.write(put, says=says)
    result = await store.write(take, most=1)
    assert [claimed.id for claimed in result.claimed] == [one]
    assert result.is_full
    assert await ids_taken(store, ours=(one,)) == [two, three]


async def test_one_in_hand_whose_lease_lapsed_is_never_handed_back(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    report = await store.write(add_report, reporter=officer)
    says = [
        Say(officer, "first", report, due_at=LATER),
        Say(officer, "second", report, state=OutboxState.CLAIMED, lease_until=NOW - SECOND),
    ]
    _, second = await store.write(put, says=says)
    result = await store.write(turn_without_renewal, ours=(second,))
    assert [claimed.id for claimed in result.claimed] == [second]


def turn_without_renewal(session: Session, *, ours: tuple[int, ...]) -> Turn:
    return turn(session, settle=outbox.settle, settlements=(), renew=(), ours=ours, full=NOBODY, most=50, now=NOW)


async def test_the_next_due_moment_is_told(store: Store) -> None:
    (officer,) = await store.write(add_people, many=1)
    assert (await store.write(take)).next_due is None
    await store.write(put, says=[Say(officer, "later", due_at=LATER)])
    assert (await store.write(take)).next_due == LATER
