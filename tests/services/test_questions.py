"""The question whether a draft belongs to a report ends with that report; nothing that was sent is lost."""

from datetime import timedelta

import pytest

from services import briefs, dispatch, fairness, folding, intake, merging, talk, withdrawing
from services.errors import QuestionOver
from services.parts import Outcome
from services.talk import Said
from storage.kinds import Asking, EventKind, Message
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, OutboxMessage, Report
from tests import county
from tests.moment import NOW
from tests.services.image_read import Seen, read
from tests.services.scene import Scene

WAYS = ["withdrawn", "rejected", "false", "resolved"]


async def end(scene: Scene, how: str, report: int, rider: int, officer: int) -> None:
    """The report ends, in this way."""
    if how == "withdrawn":
        await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
        return
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    if how == "resolved":
        await scene.resolve(report, officer)
    elif how == "false":
        await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="nothing there")
    else:
        await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="private")


async def draft_of(scene: Scene, rider: int) -> DraftRecord | None:
    return await scene.store.read(intake.look, person_id=rider)


async def drafts_told(scene: Scene) -> list[OutboxMessage]:
    """What the bot says of drafts by itself."""
    return [row for row in await scene.outbox() if row.message is Message.DRAFT]


async def answer(scene: Scene, rider: int, joins: bool) -> Outcome:
    return await scene.do(intake.answer_join, person_id=rider, joins=joins, county=scene.county)


@pytest.mark.parametrize("how", WAYS)
async def test_what_is_incomplete_stays_a_draft_without_the_question(scene: Scene, how: str) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.take(rider, scene.photo())
    await end(scene, how, report, rider, officer)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert (draft.photos, draft.asking, draft.join_report_id) == (1, None, None)
    (told,) = await drafts_told(scene)
    assert (told.person_id, told.facts) == (rider, {"ended": report})


@pytest.mark.parametrize("how", WAYS)
async def test_what_is_complete_is_filed_and_its_receipt_says_why(scene: Scene, how: str) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_A2, NOW))
    assert len(await scene.rows(Report)) == 1  # a place that only the picture knows settles nothing
    await end(scene, how, report, rider, officer)
    assert await scene.rows(Draft) == []
    newer = (await scene.rows(Report))[-1]
    assert (newer.latitude, newer.longitude) == county.IN_A2
    (filed, *_) = await scene.events(newer.id)
    assert (filed.kind, (filed.facts or {}).get("ended")) == (EventKind.FILED, report)
    assert [row.report_id for row in await scene.rows(Attachment)][1] == newer.id
    receipts = [row for row in await scene.outbox() if row.message is Message.RECEIPT]
    assert [row.report_id for row in receipts] == [report, newer.id]


@pytest.mark.parametrize("joins", [True, False])
async def test_the_old_button_says_that_the_question_is_over(scene: Scene, joins: bool) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    await scene.take(rider, scene.photo(caption="more"))
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
    for _ in range(2):
        with pytest.raises(QuestionOver):
            await answer(scene, rider, joins)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert (draft.photos, draft.words) == (1, "more")


async def test_in_one_that_was_merged_the_question_is_about_where_it_goes_on(scene: Scene) -> None:
    rider, other, officer = await scene.person(), await scene.person(), await scene.officer()
    older = await scene.file(other)
    report = await scene.file(rider)
    await scene.take(rider, scene.photo())
    await scene.do(merging.merge, report_id=report, into_id=older, officer_id=officer)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert (draft.asking, draft.join_report_id) == (Asking.JOIN, older)
    assert [row.facts for row in await drafts_told(scene)] == [{"goes_on": report}]
    assert (await answer(scene, rider, True)).joined == older


async def test_in_one_that_was_put_with_an_older_one_it_is_about_that(scene: Scene) -> None:
    rider = await scene.person()
    older = await scene.file(rider)
    newer = (await scene.take(rider, scene.photo(), county.IN_A2)).filed
    assert newer is not None
    await scene.take(rider, "on the left")
    await scene.do(folding.fold, report_id=newer, person_id=rider)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert (draft.asking, draft.join_report_id) == (Asking.JOIN, older)
    assert (await answer(scene, rider, True)).joined == older


async def test_and_ends_with_that_one(scene: Scene) -> None:
    rider, other, officer = await scene.person(), await scene.person(), await scene.officer()
    older = await scene.file(other)
    report = await scene.file(rider)
    await scene.take(rider, scene.photo())
    await scene.do(merging.merge, report_id=report, into_id=older, officer_id=officer)
    await scene.do(dispatch.accept, report_id=older, officer_id=officer)
    await scene.resolve(older, officer)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert draft.asking is None
    assert [row.facts for row in await drafts_told(scene)] == [{"goes_on": report}, {"ended": older}]


async def test_who_leaves_a_report_to_its_followers_is_asked_about_it_no_more(scene: Scene) -> None:
    rider, other, officer = await scene.person(), await scene.person(), await scene.officer()
    report = await scene.file(rider)
    newer = await scene.file(other)
    await scene.do(merging.merge, report_id=newer, into_id=report, officer_id=officer)
    await scene.take(rider, scene.photo())
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert draft.asking is None


async def test_an_answer_to_a_question_about_what_ended_becomes_a_draft(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("Which floor?"))
    outcome = await scene.take(rider, "the third")
    assert outcome.draft is not None
    assert outcome.draft.asking is Asking.ANSWER
    await scene.resolve(report, officer)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert (draft.asking, draft.words) == (None, "the third")
    with pytest.raises(QuestionOver):
        await scene.do(intake.take_as_answer, person_id=rider, report_id=report)


async def test_a_draft_that_was_left_alone_for_long_is_left_alone(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_A2, NOW))
    told = len(await drafts_told(scene))
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await scene.resolve(report, officer, now=NOW + timedelta(hours=13))
    assert len(await scene.rows(Report)) == 1
    assert len(await drafts_told(scene)) == told
    outcome = await answer(scene, rider, True)
    assert outcome.joined is None
    assert outcome.note == "note-same-ended"


@pytest.mark.parametrize("how", WAYS)
async def test_the_receipts_offer_to_put_it_with_another_goes_with_that_one(scene: Scene, how: str) -> None:
    rider, officer = await scene.person(), await scene.officer()
    older = await scene.file(rider)
    newer = (await scene.take(rider, scene.photo(), county.IN_A2)).filed
    assert newer is not None
    await scene.deliver()
    assert (await scene.store.read(briefs.describe, report_id=newer, person_id=rider)).may_join == older
    said = await scene.last_said()
    await end(scene, how, older, rider, officer)
    assert (await scene.store.read(briefs.describe, report_id=newer, person_id=rider)).may_join is None
    edits = [row for row in await scene.outbox() if row.id > said and row.message is Message.CARD]
    assert newer in {row.report_id for row in edits if row.person_id == rider}
