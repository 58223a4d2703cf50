"""A list of what is overdue, or late, stays true: what is done with is struck out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services import delivery, dispatch, escalation, outgoing, reports, withdrawing
from storage import outbox
from storage.kinds import Message, OutboxState, Role
from storage.outbox import Settlement
from storage.schema import ShownCard
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import FIRE, HOUR, MINUTE
from views import messages
from views.card import Card

LATER = NOW + 20 * MINUTE


@dataclass
class Phones:
    """What everybody's chats show: each message by person and id, edited as it is."""

    scene: Scene
    shown: dict[tuple[int, int], Card] = field(default_factory=dict)
    edits: int = 0

    async def deliver(self, *, now: datetime) -> None:
        """All that is due is put into words and arrives."""
        settled = []
        for one in await self.scene.store.write(outbox.claim, now=now, most=1000):
            brief = await self.scene.store.read(outgoing.load, claimed=one, now=now)
            card = messages.render(brief, now=now, zone=ZoneInfo("Asia/Shanghai")) if brief is not None else None
            if card is None:
                settled.append(Settlement(one.id, OutboxState.CANCELLED))
                continue
            at = card.edits or 10_000 + one.id
            self.edits += "list" in one.facts
            self.shown[one.person_id, at] = card
            settled.append(Settlement(one.id, OutboxState.DELIVERED, sent=(at,), names=card.names))
        await self.scene.do(delivery.settle, settlements=settled, now=now)

    async def lists(self, person: int, message: Message) -> list[Card]:
        """The person's lists of this kind as they are, oldest first."""
        rows = [row for row in await self.scene.outbox() if row.person_id == person and row.message is message]
        return [self.shown[person, row.sent[-1]] for row in rows if row.report_id is None and row.sent]


def buttons(card: Card) -> list[str]:
    """What can be pressed."""
    return [button.text for row in card.rows for button in row]


def number(report: int) -> str:
    """As it is said."""
    return f"D-{report:06d}"


async def overdue(scene: Scene, many: int = 3) -> tuple[Phones, int, list[int], list[int]]:
    """The desk and the riders have lists of these, as the process stood still: phones, desk, riders, reports."""
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    found = [await scene.file(rider, words=FIRE) for _ in range(many)]
    phones = Phones(scene)
    await scene.do(escalation.tick, now=LATER)
    await phones.deliver(now=LATER + MINUTE)
    return phones, desk, [rider], found


async def test_what_is_accepted_is_struck_out_by_one_edit_and_its_button_goes(scene: Scene) -> None:
    phones, desk, (rider,), (one, two, three) = await overdue(scene)
    (before,) = await phones.lists(desk, Message.OVERDUE)
    assert buttons(before) == [number(one), number(two), number(three)]
    now = LATER + 2 * MINUTE
    await scene.do(dispatch.accept, report_id=two, officer_id=desk, now=now)
    await phones.deliver(now=now)
    assert phones.edits == 2  # the desk's and the rider's
    (after,) = await phones.lists(desk, Message.OVERDUE)
    assert buttons(after) == [number(one), number(three)]
    assert f"<s><b>{number(two)}</b> Fire or smoke</s> · 🛠 being worked on" in after.text
    assert "Overdue: 2" in after.text
    (told,) = await phones.lists(rider, Message.LATE)
    assert buttons(told) == [number(one), number(three)]


async def test_other_changes_edit_no_list(scene: Scene) -> None:
    phones, desk, (rider,), (one, *_) = await overdue(scene)
    now = LATER + 2 * MINUTE
    await scene.do(reports.add, report_id=one, person_id=rider, words="it burns still", now=now)
    await scene.do(dispatch.accept, report_id=one, officer_id=desk, now=now)
    await phones.deliver(now=now)
    assert phones.edits == 2
    await scene.resolve(one, desk, now=now + MINUTE)
    await phones.deliver(now=now + MINUTE)
    assert phones.edits == 2  # it was struck out before


async def test_several_that_are_done_with_at_once_are_one_edit_and_at_the_end_it_says_so(scene: Scene) -> None:
    phones, desk, (rider,), found = await overdue(scene)
    now = LATER + 2 * MINUTE
    for one in found:
        await scene.do(dispatch.accept, report_id=one, officer_id=desk, now=now)
    await phones.deliver(now=now)
    assert phones.edits == 2
    for person, message in ((desk, Message.OVERDUE), (rider, Message.LATE)):
        (after,) = await phones.lists(person, message)
        assert "Nothing is left of this list" in after.text
        assert after.rows == ()
    assert [one for one in await scene.rows(ShownCard) if one.shows in (Message.OVERDUE, Message.LATE)] == []


async def test_what_is_done_with_while_the_list_is_on_its_way_is_struck_out_then(scene: Scene) -> None:
    desk, rider = await scene.person(roles=(Role.DESK,)), await scene.person()
    one, two = [await scene.file(rider, words=FIRE) for _ in range(2)]
    phones, now = Phones(scene), LATER + MINUTE
    await scene.do(escalation.tick, now=LATER)
    (claimed,) = [
        row
        for row in await scene.store.write(outbox.claim, now=now, most=100)
        if (row.person_id, row.message) == (desk, Message.OVERDUE)
    ]
    await scene.do(dispatch.accept, report_id=one, officer_id=desk, now=now)
    settled = Settlement(claimed.id, OutboxState.DELIVERED, sent=(77,), names=(one, two))
    await scene.do(delivery.settle, settlements=[settled], now=now)
    await phones.deliver(now=now + MINUTE)
    assert buttons(phones.shown[desk, 77]) == [number(two)]


async def test_a_new_list_takes_the_place_of_the_one_before(scene: Scene) -> None:
    phones, desk, _, found = await overdue(scene, 2)
    await scene.do(escalation.tick, now=LATER + 5 * MINUTE)
    await phones.deliver(now=LATER + 2 * HOUR)
    await phones.deliver(now=LATER + 2 * HOUR)
    older, newer = await phones.lists(desk, Message.OVERDUE)
    assert (older.text, older.rows) == ("⬇️ There is a newer list below.", ())
    assert buttons(newer) == [number(one) for one in found]
    before = phones.edits
    await scene.do(dispatch.accept, report_id=found[0], officer_id=desk, now=LATER + 3 * HOUR)
    await phones.deliver(now=LATER + 3 * HOUR)
    assert phones.edits == before + 2  # this one, and the rider's


@pytest.mark.parametrize("how", ["taken back", "passed on"])
async def test_so_is_what_is_over_or_with_others(scene: Scene, how: str) -> None:
    phones, desk, (rider,), (one, two) = await overdue(scene, 2)
    now = LATER + 2 * MINUTE
    if how == "taken back":
        await scene.do(withdrawing.withdraw, report_id=one, person_id=rider, now=now)
    else:
        await scene.person(roles=(Role.DESK,))
        await scene.do(dispatch.decline, report_id=one, officer_id=desk, why="other", now=now)
    await phones.deliver(now=now)
    (after,) = await phones.lists(desk, Message.OVERDUE)
    assert buttons(after) == [number(two)]
    assert ("withdrawn" if how == "taken back" else "with others now") in after.text


async def test_what_is_accepted_and_still_late_says_so_in_its_line(scene: Scene) -> None:
    phones, desk, (rider,), (one, two) = await overdue(scene, 2)
    now = LATER + 3 * HOUR
    await scene.do(dispatch.accept, report_id=one, officer_id=desk, now=now)
    await phones.deliver(now=now)
    for person, message, line in (
        (desk, Message.OVERDUE, "Fire or smoke · to be fixed by 14:00"),
        (rider, Message.LATE, "Fire or smoke · not fixed by 14:00"),
    ):
        (after,) = await phones.lists(person, message)
        assert line in after.text
        assert buttons(after) == [number(one), number(two)]
    assert phones.edits == 2


@pytest.mark.parametrize("is_list", [False, True])
async def test_what_a_reporter_was_told_says_whom_it_is_with_now(scene: Scene, is_list: bool) -> None:
    for person in (scene.officer(), scene.officer(is_primary=False), scene.lead("A-01")):
        await person
    await scene.person(roles=(Role.DESK,))
    rider, phones = await scene.person(), Phones(scene)
    for _ in range(1 + is_list):
        await scene.file(rider, words=FIRE)
    said: list[str] = []
    for minutes in (8, 10, 12.5, 15) if is_list else (2.5, 5, 7.5, 10, 12.5, 15):
        now = NOW + minutes * MINUTE
        await scene.do(escalation.tick, now=now)
        for _ in range(3):
            await phones.deliver(now=now + MINUTE / 3)
        said += [card.text for (who, _), card in phones.shown.items() if who == rider and "Sorry" in card.text]
    levels = ["the community lead", "the county desk", "the county desk", "the county desk"]
    levels = levels if is_list else ["the deputies", *levels]
    assert len(said) == len(levels)
    assert [level for level, text in zip(levels, said, strict=True) if f"now with {level}" not in text] == []
    told = [row.facts or {} for row in await scene.outbox() if row.person_id == rider]
    assert len([facts for facts in told if facts.get("shows") == Message.LATE]) == len(set(levels)) - 1


@pytest.mark.parametrize("ends", ["raised", "accepted"])
async def test_the_one_late_report_after_a_standstill_says_whom_it_is_with_now(scene: Scene, ends: str) -> None:
    officer = await scene.officer()
    await scene.officer(is_primary=False)
    await scene.lead("A-01")
    await scene.person(roles=(Role.DESK,))
    rider, phones = await scene.person(), Phones(scene)
    report, now = await scene.file(rider, words=FIRE), NOW + 8 * MINUTE
    await scene.do(escalation.tick, now=now)  # the halves before were missed
    await phones.deliver(now=now + MINUTE)
    (told,) = await phones.lists(rider, Message.LATE)
    assert "It is now with the community lead" in told.text
    now = NOW + 10 * MINUTE
    if ends == "raised":
        await scene.do(escalation.tick, now=now)
    else:
        await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=now)
    await phones.deliver(now=now + MINUTE)
    (told,) = await phones.lists(rider, Message.LATE)
    if ends == "raised":
        assert "Sorry: nobody accepted" in told.text
        assert "It is now with the county desk" in told.text
    else:
        assert told.text == f"<s><b>{number(report)}</b> Fire or smoke</s> · 🛠 being worked on"
    assert told.rows == ()


async def test_what_is_on_its_way_to_a_reporter_while_the_report_is_raised_is_edited_then(scene: Scene) -> None:
    for person in (scene.officer(), scene.officer(is_primary=False), scene.lead("A-01")):
        await person
    rider = await scene.person()
    await scene.file(rider, words=FIRE)
    await scene.do(escalation.tick, now=NOW + 5 * MINUTE)
    claims = await scene.store.write(outbox.claim, now=NOW + 5 * MINUTE, most=100)
    await scene.do(escalation.tick, now=NOW + 7.5 * MINUTE)
    (told,) = [one for one in claims if one.message is Message.LATE]
    arrived = [Settlement(told.id, OutboxState.DELIVERED, sent=(77,))]
    await scene.do(delivery.settle, settlements=arrived, now=NOW + 8 * MINUTE)
    assert [(row.facts or {}).get("edits") for row in await scene.outbox() if row.person_id == rider][-1] == 77


async def test_a_list_that_was_deleted_is_edited_no_more(scene: Scene) -> None:
    _, desk, _, (one, two) = await overdue(scene, 2)
    for at, report in enumerate((one, two)):
        now = LATER + (2 + at) * MINUTE
        await scene.do(dispatch.accept, report_id=report, officer_id=desk, now=now)
        claims = await scene.store.write(outbox.claim, now=now, most=100)
        lists = [claimed for claimed in claims if "list" in claimed.facts]
        assert len(lists) == (2 if at == 0 else 0)
        gone = [Settlement(claimed.id, OutboxState.CANCELLED, is_gone=True) for claimed in lists]
        await scene.do(delivery.settle, settlements=gone, now=now)
