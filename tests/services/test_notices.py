"""For each event: who is told what, once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services import delivery, dispatch, intake, merging, notices, reports, talk, withdrawing
from services.cases import open_case
from services.errors import NoSuchReport
from services.talk import Said
from storage import outbox
from storage.kinds import Message, OutboxState, PlaceSource, Role, Urgency
from storage.outbox import Settlement
from storage.schema import Person, ShownCard
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

M = Message
SECOND = timedelta(seconds=1)


async def said_by(scene: Scene, step: Any, **arguments: Any) -> list[tuple[int, Message]]:
    """What a step makes Warmgrid say, when all that was said before has arrived."""
    await scene.deliver()
    before = await scene.last_said()
    await scene.do(step, **arguments)
    return sorted(await scene.told(since=before), key=lambda one: (one[1], one[0]))


async def test_a_filing_alerts_the_officers_and_gives_the_receipt(scene: Scene) -> None:
    rider, one, two = await scene.person(), await scene.officer(), await scene.officer()
    await scene.file(rider)
    assert sorted(await scene.told()) == sorted([(one, M.ALERT), (two, M.ALERT), (rider, M.RECEIPT)])


async def test_an_urgent_alert_goes_before_everything(scene: Scene) -> None:
    rider, _ = await scene.person(), await scene.officer()
    await scene.file(rider, words="着火了")
    assert {(row.message, row.urgency) for row in await scene.outbox()} == {
        (M.ALERT, Urgency.URGENT),
        (M.RECEIPT, Urgency.NORMAL),
    }


async def test_the_alert_of_an_album_waits_for_the_rest_of_it(scene: Scene) -> None:
    rider, _ = await scene.person(), await scene.officer()
    await scene.take(rider, scene.photo(media_group_id="g"), county.IN_A1)
    due = {row.message: row.due_at - row.made_at for row in await scene.outbox()}
    assert due == {M.ALERT: timedelta(milliseconds=600), M.RECEIPT: notices.BEHIND_ALERT}


async def test_each_step_tells_who_must_know_and_edits_the_cards(scene: Scene) -> None:
    rider, one, two = await scene.person(), await scene.officer(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    cards = sorted([(person, M.CARD) for person in (rider, one, two)])
    on = {"report_id": report}
    add: dict[str, Any] = {**on, "person_id": rider}

    assert await said_by(scene, reports.add, **add, words="more") == [*cards, (one, M.WORDS), (two, M.WORDS)]
    assert await said_by(scene, reports.change_category, **add, code="road") == cards
    accepted = await said_by(scene, dispatch.accept, **on, officer_id=one)
    assert accepted == [(rider, M.ACCEPTED), *cards]
    assert await said_by(scene, reports.add, **add, words="yet more") == [*cards, (one, M.WORDS)]
    asked = await said_by(scene, talk.ask, **on, officer_id=one, said=Said("Which door?"))
    assert asked == [(rider, M.CARD), (rider, M.QUESTION)]  # the timeline on the receipt grew
    answered = await said_by(scene, talk.answer, **add, said=Said("The red one."))
    assert answered == [(one, M.ANSWER), (rider, M.CARD)]
    rejected = await said_by(scene, dispatch.reject, **on, officer_id=one, why="none")
    over = [(person, M.CARD) for person in (rider, one)]  # the buttons of the question and of the answer go
    assert rejected == [*sorted([*cards, *over]), (rider, M.REJECTED)]


async def test_a_withdrawal_is_told_to_those_who_were_asked(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    said = await said_by(scene, withdrawing.withdraw, report_id=report, person_id=rider)
    assert said == [(rider, M.CARD), (officer, M.CARD), (officer, M.WITHDRAWN)]


async def test_a_resolution_shows_the_reporter_before_and_after_once(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    said = await scene.last_said()
    await scene.resolve(report, officer)
    assert await scene.told(since=said) == [(rider, M.RESOLVED)]  # no card was out yet


async def test_passing_on_alerts_the_next_and_edits_the_cards(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    deputy = await scene.officer(is_primary=False)
    report = await scene.file(rider)
    await scene.deliver()
    said = await said_by(scene, dispatch.decline, report_id=report, officer_id=officer, why="away")
    assert said == [(deputy, M.ALERT), (rider, M.CARD), (officer, M.CARD)]


async def test_a_place_in_another_grid_alerts_that_officer(scene: Scene) -> None:
    rider, first, second = await scene.person(), await scene.officer(), await scene.officer("B-01")
    report = await scene.file(rider)
    await scene.deliver()
    moved = dict(zip(("latitude", "longitude"), county.IN_B1, strict=True))
    said = await said_by(
        scene,
        reports.change_place,
        report_id=report,
        person_id=rider,
        **moved,
        source=PlaceSource.PIN,
        place_name=None,
        county=scene.county,
    )
    assert said == [(second, M.ALERT), (rider, M.CARD), (first, M.CARD)]


async def test_photos_and_words_of_a_waiting_alert_are_not_announced_again(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    said = await scene.last_said()
    await scene.take(rider, scene.photo(caption="and look here"))
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert await scene.told(since=said) == []
    await scene.deliver()
    await scene.take(rider, scene.photo())
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    await scene.take(rider, scene.photo())
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    news = [row for row in await scene.outbox() if row.message is M.PHOTOS]
    assert [(row.person_id, len((row.facts or {})["attachments"])) for row in news] == [(officer, 2)]  # one album
    assert (await scene.report(report)).words == "and look here"


async def test_a_photo_while_the_alert_is_on_its_way_is_announced(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.file(rider)
    await scene.store.write(outbox.claim, now=NOW, most=10)
    await scene.take(rider, scene.photo(caption="more"))
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert {(officer, M.PHOTOS), (officer, M.WORDS)} <= set(await scene.told())


# -- delivery --


async def shown(scene: Scene) -> set[tuple[int, int, str]]:
    return {(row.person_id, row.message_id, str(row.shows)) for row in await scene.rows(ShownCard)}


async def settle(scene: Scene, *settlements: Settlement) -> None:
    await scene.do(delivery.settle, settlements=settlements)


async def claim(scene: Scene, message: Message) -> int:
    """Claim everything; return the id of the one with this message."""
    claimed = await scene.store.write(outbox.claim, now=NOW + SECOND, most=100)
    return next(one.id for one in claimed if one.message is message)


async def test_a_delivered_alert_and_receipt_are_remembered_as_cards(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.file(rider)
    alert = await claim(scene, M.ALERT)
    await settle(scene, Settlement(alert, OutboxState.DELIVERED, sent=(1, 2, 3)))
    assert await shown(scene) == {(officer, 3, "alert")}  # the last part has the buttons
    receipt = next(row.id for row in await scene.outbox() if row.message is M.RECEIPT)
    await settle(scene, Settlement(receipt, OutboxState.DELIVERED, sent=(9,)))
    assert await shown(scene) == {(officer, 3, "alert"), (rider, 9, "receipt")}


async def test_an_alert_that_arrives_after_somebody_else_accepted_is_edited(scene: Scene) -> None:
    rider, first, late = await scene.person(), await scene.officer(), await scene.officer()
    report = await scene.file(rider)
    claimed = await scene.store.write(outbox.claim, now=NOW + SECOND, most=100)
    await scene.do(dispatch.accept, report_id=report, officer_id=first)
    said = await scene.last_said()
    alert = next(one.id for one in claimed if one.person_id == late)
    await settle(scene, Settlement(alert, OutboxState.DELIVERED, sent=(5,)))
    rows = [row for row in await scene.outbox() if row.id > said]
    assert [(row.person_id, row.message, row.facts) for row in rows] == [(late, M.CARD, {"edits": 5, "shows": "alert"})]


async def test_a_receipt_that_arrives_after_the_report_was_accepted_is_edited(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    receipt = await claim(scene, M.RECEIPT)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    said = await scene.last_said()
    await settle(scene, Settlement(receipt, OutboxState.DELIVERED, sent=(9,)))
    assert await scene.told(since=said) == [(rider, M.CARD)]


async def test_a_card_whose_message_is_gone_is_edited_no_more(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    await scene.do(reports.add, report_id=report, person_id=rider, words="more")
    claimed = await scene.store.write(outbox.claim, now=NOW + SECOND, most=100)
    card = next(one for one in claimed if one.message is M.CARD and one.person_id == officer)
    await settle(scene, Settlement(card.id, OutboxState.CANCELLED, is_gone=True))
    assert [person for person, _, _ in await shown(scene)] == [rider]
    said = await said_by(scene, reports.change_category, report_id=report, person_id=rider, code="road")
    assert said == [(rider, M.CARD)]


async def test_edits_of_a_card_that_wait_are_one(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    said = await scene.last_said()
    for words in ("one", "two", "three"):
        await scene.do(reports.add, report_id=report, person_id=rider, words=words)
    rows = [row for row in await scene.outbox() if row.id > said and row.message is M.CARD]
    assert sorted(row.person_id for row in rows) == [rider, officer]


async def test_an_edit_that_is_on_its_way_is_followed_by_another(scene: Scene) -> None:
    rider, _ = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    await scene.do(reports.add, report_id=report, person_id=rider, words="one")
    await scene.store.write(outbox.claim, now=NOW + SECOND, most=100)
    said = await scene.last_said()
    await scene.do(reports.add, report_id=report, person_id=rider, words="two")
    assert sum(message is M.CARD for _, message in await scene.told(since=said)) == 2


async def test_of_one_report_a_chat_has_one_live_card(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    (old,) = [message for person, message, _ in await shown(scene) if person == officer]
    await scene.do(open_case, report_id=report, person_id=officer)
    opened = (await scene.outbox())[-1]
    claimed = await scene.store.write(outbox.claim, now=NOW + SECOND, most=100)
    assert opened.id in [one.id for one in claimed]
    said = await scene.last_said()
    await settle(scene, Settlement(opened.id, OutboxState.DELIVERED, sent=(7, 8, 9)))
    assert {(message, shows) for person, message, shows in await shown(scene) if person == officer} == {(9, "alert")}
    rows = [row for row in await scene.outbox() if row.id > said]
    facts = {row.facts["edits"]: row.facts.get("is_replaced") for row in rows if row.facts is not None}
    assert facts == {old: True}
    said = await scene.last_said()
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    facts_then = [row.facts or {} for row in await scene.outbox() if row.id > said and row.person_id == officer]
    assert [each.get("edits") for each in facts_then] == [9]


async def test_an_edit_that_waits_says_that_a_newer_card_is_below(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    await scene.do(open_case, report_id=report, person_id=officer)
    opened = await claim(scene, M.CASE)
    await scene.do(reports.add, report_id=report, person_id=rider, words="more")
    before = [row.id for row in await scene.outbox() if row.person_id == officer and row.message is M.CARD]
    await settle(scene, Settlement(opened, OutboxState.DELIVERED, sent=(9,)))
    edits = [row for row in await scene.outbox() if row.person_id == officer and row.message is M.CARD]
    old = [row for row in edits if row.id in before]
    assert [(row.facts or {}).get("is_replaced") for row in old] == [True]
    assert [(row.facts or {})["edits"] for row in edits if row.id not in before] == [9]  # it came too late, too


async def test_nobody_opens_a_case_that_is_not_theirs(scene: Scene) -> None:
    rider, stranger = await scene.person(), await scene.officer("B-01")
    report = await scene.file(rider)
    said = await scene.last_said()
    with pytest.raises(NoSuchReport):
        await scene.do(open_case, report_id=report, person_id=stranger)
    assert await scene.told(since=said) == []


async def test_an_edit_in_place_changes_nothing_about_the_cards(scene: Scene) -> None:
    rider, _ = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    before = await shown(scene)
    await scene.do(reports.add, report_id=report, person_id=rider, words="more")
    await scene.deliver()
    assert await shown(scene) == before


async def test_who_cannot_be_reached_is_marked_and_the_report_passed_on(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    deputy = await scene.officer(is_primary=False)
    report = await scene.file(rider)
    alert = await claim(scene, M.ALERT)
    await settle(scene, Settlement(alert, OutboxState.DISCARDED, problem="403 blocked", is_unreachable=True))
    assert await scene.asked(report) == {deputy}
    people: Sequence[Person] = await scene.rows(Person)
    assert {person.id for person in people if not person.is_reachable} == {officer}


async def test_the_drafts_message_is_remembered(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo())

    def tell(session: Session, *, now: Any) -> None:
        from services import notices

        notices.draft_changed(session, rider, now=now)

    await scene.do(tell)
    await settle(scene, Settlement(await claim(scene, M.DRAFT), OutboxState.DELIVERED, sent=(42,)))
    draft = await scene.store.read(intake.look, person_id=rider)
    assert draft is not None
    assert draft.status_message_id == 42


async def test_a_message_that_is_no_more_is_settled_without_harm(scene: Scene) -> None:
    await settle(scene, Settlement(999, OutboxState.DELIVERED, sent=(1,)))


async def test_nobody_is_told_anything_twice_by_a_delivery(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.accepted(rider, officer)
    await scene.deliver()
    said = await scene.last_said()
    await scene.deliver(now=NOW + timedelta(minutes=5))
    await scene.deliver(now=NOW + timedelta(minutes=10))
    assert await scene.told(since=said) == []


@pytest.mark.parametrize("has_desk", [True, False])
async def test_the_desk_goes_before_the_administrators(scene: Scene, has_desk: bool) -> None:
    admin = await scene.person(roles=(Role.ADMIN,))
    desk = await scene.person(roles=(Role.DESK,)) if has_desk else admin
    await scene.file(await scene.person(), at=county.IN_GAP)
    assert [person for person, message in await scene.told() if message is M.ALERT] == [desk]


async def test_what_was_said_at_once_loses_its_buttons_with_the_report(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()

    async def note(report: int, person: int, message: int) -> bool:
        said = {"report_id": report, "person_id": person, "message_id": message}
        return await scene.store.write(delivery.remember_said, **said)

    async def edited(since: int) -> list[tuple[int, int]]:
        said = [(row.person_id, row.facts or {}) for row in await scene.outbox() if row.id > since]
        return [(person, facts["edits"]) for person, facts in said if facts.get("shows") == M.SAID]

    report = await scene.accepted(rider, officer)
    assert await note(report, rider, 5)
    assert await note(report, rider, 5)  # told again
    assert await note(report, officer, 6)
    since = await scene.last_said()
    await scene.officer(is_primary=False)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    assert await edited(since) == [(officer, 6)]  # who has no more to do with it
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
    assert await edited(since) == [(officer, 6), (rider, 5)]
    assert not await note(report, rider, 7)


async def test_so_does_what_was_said_of_one_that_was_merged_or_is_followed_no_more(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    one, other = await scene.accepted(first, officer), await scene.accepted(second, officer)
    for report, person, message in ((one, first, 5), (other, second, 6)):
        said = {"report_id": report, "person_id": person, "message_id": message}
        assert await scene.store.write(delivery.remember_said, **said)
    await scene.do(merging.merge, report_id=other, into_id=one, officer_id=officer)
    assert {row.shows for row in await scene.rows(ShownCard)} == {M.SAID}
    await scene.resolve(one, officer)
    assert await scene.rows(ShownCard) == []
