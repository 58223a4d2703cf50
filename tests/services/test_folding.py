"""A report that was filed beside an older one turns out to belong to it: one tap puts it there."""

from datetime import timedelta

import pytest

from services import briefs, delivery, dispatch, folding, talk, withdrawing
from services.errors import NotAllowed, NotPossible, ReportEnded, TalkOver, TooLateToChange, TooManyPhotos
from services.parts import MOST_PHOTOS
from services.talk import Said
from storage import outbox
from storage.kinds import EventKind, Message, OutboxState, Stage, Status
from storage.outbox import Settlement
from storage.schema import Attachment
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_following import follows
from tests.services.test_merging_people import BESIDE

MINUTE = timedelta(minutes=1)


async def filed_beside(scene: Scene, rider: int, words: str | None = "more of it") -> int:
    """A second report right after the first, which answers no question."""
    filed = (await scene.take(rider, scene.photo(caption=words), county.IN_A2)).filed
    assert filed is not None
    return filed


async def fold(scene: Scene, report: int, rider: int) -> int:
    return await scene.do(folding.fold, report_id=report, person_id=rider)


async def offered(scene: Scene, report: int, person: int) -> int | None:
    """Which report the receipt says that it may belong to."""
    return (await scene.store.read(briefs.describe, report_id=report, person_id=person)).may_join


async def test_photos_and_words_go_to_the_older_one_and_the_new_one_is_withdrawn(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    older = await scene.file(rider, words="leak")
    newer = await filed_beside(scene, rider)
    await scene.deliver()
    assert await offered(scene, newer, rider) == older
    assert await offered(scene, newer, officer) is None
    said = await scene.last_said()
    assert await fold(scene, newer, rider) == older
    assert (await scene.report(older)).words == "leak\nmore of it"
    assert {row.report_id for row in await scene.rows(Attachment)} == {older}
    assert (await scene.report(newer)).status is Status.WITHDRAWN
    assert await scene.asked(newer) == set()
    assert (await scene.story(older))[-3:] == [EventKind.PHOTOS_ADDED, EventKind.WORDS_ADDED, EventKind.JOINED]
    assert (await scene.events(newer))[-1].facts == {"into": older}
    told = await scene.told(since=said)
    assert {(officer, Message.PHOTOS), (officer, Message.WORDS), (officer, Message.WITHDRAWN)} <= set(told)
    assert {(rider, Message.CARD), (officer, Message.CARD)} <= set(told)


async def test_it_is_the_answer_where_the_officer_had_asked(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    older = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=older, officer_id=officer, said=Said("Which door?"), now=NOW + MINUTE)
    newer = (await scene.take(rider, scene.photo(caption="this one"), county.IN_A2, now=NOW + 2 * MINUTE)).filed
    assert newer is not None
    await fold(scene, newer, rider)
    (answer,) = [row for row in await scene.outbox() if row.message is Message.ANSWER]
    assert (answer.person_id, answer.report_id) == (officer, older)
    assert answer.facts is not None
    assert (answer.facts["words"], answer.facts["place"]) == ("this one", list(county.IN_A2))
    assert [row.stage for row in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.TALK]
    assert (await scene.report(older)).words is None


async def test_an_answer_to_who_passed_it_on_meanwhile_is_added(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.officer(is_primary=False)
    older = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=older, officer_id=officer, said=Said("Which door?"))
    newer = await filed_beside(scene, rider)
    await scene.do(dispatch.decline, report_id=older, officer_id=officer, why="away")
    await fold(scene, newer, rider)
    assert (await scene.report(older)).words == "more of it"


@pytest.mark.parametrize("is_answer", [False, True])
async def test_who_follows_it_goes_along_with_all_that_was_sent(scene: Scene, is_answer: bool) -> None:
    rider, officer = await scene.person(), await scene.officer()
    older = await scene.accepted(rider, officer, words="water leak")
    if is_answer:
        await scene.do(talk.ask, report_id=older, officer_id=officer, said=Said("Which door?"))
    newer = (await scene.take(rider, scene.photo(caption="water leak"), BESIDE, now=NOW + MINUTE)).filed
    assert newer is not None
    follower = await follows(scene, newer, words="water leak here, too", at=BESIDE, now=NOW + MINUTE)
    assert await offered(scene, newer, rider) == older
    while await scene.deliver(now=NOW + 2 * MINUTE):
        pass
    said = await scene.last_said()
    assert await fold(scene, newer, rider) == older
    assert (await scene.report(newer)).merged_into_id == older
    target = await scene.report(older)
    assert (target.affected, "here, too" in (target.words or "")) == (2, True)
    pictures = [(row.person_id, row.stage) for row in await scene.rows(Attachment) if row.report_id == older]
    assert pictures == [
        (rider, Stage.BEFORE),
        (rider, Stage.TALK if is_answer else Stage.BEFORE),
        (follower, Stage.BEFORE),
    ]
    seen = await scene.store.read(briefs.report_for, report_id=newer, person_id=follower)
    assert (seen.id, seen.follows, len(seen.photos)) == (older, True, 2 if is_answer else 3)
    told = await scene.told(since=said)
    assert ((officer, Message.ANSWER) in told) is is_answer
    assert {(follower, Message.RECEIPT), (officer, Message.CARD)} <= set(told)


async def test_with_others_who_follow_it_elsewhere_it_stays_as_it_is(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider, words="water leak")
    newer = await filed_beside(scene, rider, words="water leak")
    await follows(scene, newer, words="water leak", at=county.IN_A2)
    assert await offered(scene, newer, rider) is None
    with pytest.raises(NotPossible):
        await fold(scene, newer, rider)
    assert len([row for row in await scene.rows(Attachment) if row.report_id == newer]) == 2


async def test_pressed_twice_it_happens_once(scene: Scene) -> None:
    rider = await scene.person()
    older = await scene.file(rider)
    newer = await filed_beside(scene, rider)
    await fold(scene, newer, rider)
    with pytest.raises(ReportEnded):
        await fold(scene, newer, rider)
    assert (await scene.story(older)).count(EventKind.JOINED) == 1


async def test_not_when_somebody_has_the_new_one_or_the_older_is_over(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    older = await scene.file(rider)
    newer = await filed_beside(scene, rider)
    await scene.do(dispatch.accept, report_id=newer, officer_id=officer)
    with pytest.raises(TooLateToChange):
        await fold(scene, newer, rider)
    third = await filed_beside(scene, rider, words="leak")  # of another kind, beside the second
    await scene.resolve(newer, officer)
    with pytest.raises(TalkOver):
        await fold(scene, third, rider)
    assert (await scene.report(older)).words is None
    assert (await scene.report(third)).status is Status.OPEN


async def test_nothing_is_offered_beside_what_was_over_when_it_was_filed(scene: Scene) -> None:
    rider = await scene.person()
    older = await scene.file(rider)
    await scene.take(rider, scene.photo())
    await scene.do(withdrawing.withdraw, report_id=older, person_id=rider)
    newer = (await scene.take(rider, county.IN_A1)).filed
    assert newer is not None
    assert await offered(scene, newer, rider) is None


async def test_a_receipt_that_was_on_its_way_when_the_older_one_ended_offers_nothing_either(scene: Scene) -> None:
    rider = await scene.person()
    older = await scene.file(rider)
    newer = await filed_beside(scene, rider)
    on_its_way = await scene.store.write(outbox.claim, now=NOW + MINUTE, most=100)
    await scene.do(withdrawing.withdraw, report_id=older, person_id=rider, now=NOW + MINUTE)
    said = await scene.last_said()
    arrived = [Settlement(one.id, OutboxState.DELIVERED, sent=(one.id,)) for one in on_its_way]
    await scene.do(delivery.settle, settlements=arrived, now=NOW + MINUTE)
    edits = [(row.person_id, row.report_id) for row in await scene.outbox(after=said) if row.message is Message.CARD]
    assert (rider, newer) in edits


async def test_nobody_else_may_and_only_what_was_filed_beside_another(scene: Scene) -> None:
    rider, stranger = await scene.person(), await scene.person()
    older = await scene.file(rider)
    newer = await filed_beside(scene, rider)
    with pytest.raises(NotAllowed):
        await fold(scene, newer, stranger)
    for one in (older, await scene.file(rider), 10**6):  # the second was said to be a new one
        with pytest.raises(NotPossible):
            await fold(scene, one, rider)


async def test_not_when_the_older_one_is_full(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, *(scene.photo() for _ in range(MOST_PHOTOS)), county.IN_A1)
    newer = await filed_beside(scene, rider)
    with pytest.raises(TooManyPhotos):
        await fold(scene, newer, rider)
    assert (await scene.report(newer)).status is Status.OPEN


async def test_what_was_withdrawn_first_stays_withdrawn(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    newer = await filed_beside(scene, rider)
    await scene.do(withdrawing.withdraw, report_id=newer, person_id=rider)
    with pytest.raises(ReportEnded):
        await fold(scene, newer, rider)
