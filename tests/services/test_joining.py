"""To which report a part belongs: albums and their stragglers, and the question within two minutes of a filing."""

from datetime import datetime, timedelta

import pytest

from services import following, intake, pictures, proofs, withdrawing, words
from services.errors import NothingToAdd, TooManyPhotos
from services.parts import MOST_PHOTOS, Outcome, attachment_of
from services.proofs import Proof
from storage.kinds import Asking, Message, PlaceSource, Stage
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

SECOND = timedelta(seconds=1)


# -- albums --


@pytest.mark.parametrize("after", [1, 30, 60])
async def test_a_straggler_of_an_album_joins_the_report(scene: Scene, after: int) -> None:
    rider, officer = await scene.person(), await scene.officer()
    first = await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g", caption="leak"))
    assert first.filed is not None
    later = await scene.take(rider, scene.photo(media_group_id="g"), now=NOW + after * SECOND)
    assert later.joined == first.filed
    assert later.draft is None
    assert await scene.rows(Draft) == []
    assert {row.report_id for row in await scene.rows(Attachment)} == {first.filed}
    assert (officer, Message.PHOTOS) not in await scene.told()  # the alert that shows it is still to go out


async def test_a_straggler_after_a_minute_is_asked_about(scene: Scene) -> None:
    rider = await scene.person()
    first = await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g"))
    later = await scene.take(rider, scene.photo(media_group_id="g"), now=NOW + 61 * SECOND)
    assert later.joined is None
    assert later.draft is not None
    assert (later.draft.asking, later.draft.join_report_id) == (Asking.JOIN, first.filed)


async def test_a_straggler_soon_after_the_filing_joins_however_long_the_place_took(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo(media_group_id="g"))
    filing = NOW + timedelta(seconds=50)
    filed = (await scene.take(rider, county.IN_A1, now=filing)).filed
    late = filing + timedelta(seconds=60)
    assert (await scene.take(rider, scene.photo(media_group_id="g"), now=late)).joined == filed
    other = await scene.person()
    await scene.take(other, scene.photo(media_group_id="h"))
    await scene.take(other, county.IN_A2, now=filing)
    assert (await scene.take(other, scene.photo(media_group_id="h"), now=late + timedelta(seconds=1))).joined is None


async def test_a_stragglers_caption_becomes_words(scene: Scene) -> None:
    rider = await scene.person()
    filed = (await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g"))).filed
    await scene.take(rider, scene.photo(media_group_id="g", caption="着火了"))
    assert filed is not None
    report = await scene.report(filed)
    assert (report.words, report.category, report.is_urgent) == ("着火了", "fire", True)


async def test_whatever_comes_between_an_album_is_one_report(scene: Scene) -> None:
    rider, group = await scene.person(), {"media_group_id": "g"}
    one, two, three = (scene.photo(**group) for _ in range(3))
    filed = (await scene.take(rider, one, "a leak", two, county.IN_A1)).filed
    assert (await scene.take(rider, three)).joined == filed
    assert len(await scene.rows(Report)) == 1


async def test_an_album_of_somebody_else_with_the_same_id_is_another(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g"))
    outcome = await scene.take(other, scene.photo(media_group_id="g"))
    assert (outcome.joined, outcome.filed) == (None, None)


async def test_the_twenty_first_straggler_is_refused(scene: Scene) -> None:
    rider = await scene.person()
    album = [scene.photo(media_group_id="g") for _ in range(MOST_PHOTOS + 1)]
    await scene.take(rider, county.IN_A1, *album[:-1])
    with pytest.raises(TooManyPhotos):
        await scene.take(rider, album[-1])


async def test_more_photos_of_the_proof_reach_the_reporter_with_it(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    proof = attachment_of(officer, scene.photo(media_group_id="p"), stage=Stage.AFTER, now=NOW)
    given = Proof([proof], None, None, "gps")
    await scene.do(proofs.resolve, report_id=report, officer_id=officer, proof=given)
    said = await scene.last_said()
    assert (await scene.take(officer, scene.photo(media_group_id="p"))).joined == report
    after = [row for row in await scene.rows(Attachment) if row.stage is Stage.AFTER]
    assert {row.report_id for row in after} == {report}
    assert await scene.told(since=said) == []  # the message with before and after waits for it


# -- add to the report of a moment ago, or a new one --


@pytest.mark.parametrize("part", ["photo", "place", "words"])
async def test_a_part_within_two_minutes_asks_where_it_belongs(scene: Scene, part: str) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    sent = {"photo": scene.photo(), "place": county.IN_A2, "words": "more"}[part]
    outcome = await scene.take(rider, sent, now=NOW + timedelta(minutes=2))
    assert outcome.draft is not None
    assert (outcome.draft.asking, outcome.draft.join_report_id) == (Asking.JOIN, report)


async def test_after_two_minutes_nothing_is_asked(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    outcome = await scene.take(rider, "more", now=NOW + timedelta(minutes=2, seconds=1))
    assert outcome.draft is not None
    assert outcome.draft.asking is None


async def test_nothing_is_asked_after_a_withdrawal(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider)
    outcome = await scene.take(rider, "more")
    assert outcome.draft is not None
    assert outcome.draft.asking is None


async def join(scene: Scene, rider: int, joins: bool) -> Outcome:
    return await scene.do(intake.answer_join, person_id=rider, joins=joins, county=scene.county)


async def test_add_to_it_adds_photos_words_and_place(scene: Scene) -> None:
    rider, first, second = await scene.person(), await scene.officer(), await scene.officer("B-01")
    report = await scene.file(rider, words="leak")
    await scene.deliver()
    await scene.take(rider, scene.photo(caption="worse now"))
    assert (await join(scene, rider, True)).joined == report
    assert await scene.rows(Draft) == []
    row = await scene.report(report)
    assert row.words == "leak\nworse now"
    assert {one.report_id for one in await scene.rows(Attachment)} == {report}
    assert {(first, Message.PHOTOS), (first, Message.WORDS)} <= set(await scene.told())
    await scene.take(rider, county.IN_B1)
    assert (await join(scene, rider, True)).joined == report
    assert await scene.asked(report) == {second}


async def test_a_new_report_goes_on_as_a_draft_or_is_filed(scene: Scene) -> None:
    rider = await scene.person()
    first = await scene.file(rider)
    await scene.take(rider, scene.photo())
    outcome = await join(scene, rider, False)
    assert outcome.draft is not None
    assert outcome.draft.asking is None
    second = (await scene.take(rider, county.IN_A2)).filed
    assert second not in (None, first)


async def test_photo_and_place_are_a_report_of_their_own_without_an_answer(scene: Scene) -> None:
    rider = await scene.person()
    first = await scene.file(rider)
    second = (await scene.take(rider, scene.photo(), county.IN_A2)).filed
    assert second not in (None, first)


async def test_too_many_photos_to_add_leave_the_draft_and_the_question(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, *(scene.photo() for _ in range(MOST_PHOTOS)), county.IN_A1)
    await scene.take(rider, scene.photo())
    with pytest.raises(TooManyPhotos):
        await join(scene, rider, True)
    draft = await scene.store.read(intake.look, person_id=rider)
    assert draft is not None
    assert (draft.photos, draft.asking) == (1, Asking.JOIN)


async def test_an_answer_to_no_question_changes_nothing(scene: Scene) -> None:
    rider = await scene.person()
    with pytest.raises(NothingToAdd):
        await join(scene, rider, True)
    await scene.take(rider, scene.photo())
    with pytest.raises(NothingToAdd):
        await join(scene, rider, False)
    with pytest.raises(NothingToAdd):
        await scene.do(pictures.answer, person_id=rider, message_id=101, uses=True, county=scene.county)


async def test_a_draft_of_yesterday_does_not_lend_its_place_to_a_photo_of_today(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1)
    outcome = await scene.take(rider, scene.photo(), now=NOW + timedelta(hours=13))
    assert outcome.filed is None
    assert outcome.draft is not None
    assert outcome.draft.latitude is None


async def test_a_place_outside_alone_asks_nothing_and_stays_to_be_corrected(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    outcome = await scene.take(rider, county.OUTSIDE)
    assert outcome.draft is not None
    assert (outcome.draft.asking, outcome.draft.outside) == (None, PlaceSource.PIN)
    with pytest.raises(NothingToAdd):
        await join(scene, rider, True)
    outcome = await scene.take(rider, county.IN_B1)
    assert outcome.draft is not None
    assert (outcome.draft.asking, outcome.draft.outside) == (Asking.JOIN, None)
    assert (await join(scene, rider, True)).joined == report
    assert (await scene.report(report)).longitude == county.IN_B1[1]


async def test_a_place_outside_joins_nothing_and_that_is_said(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    outcome = await scene.take(rider, "by the bridge", county.OUTSIDE)
    assert outcome.draft is not None
    assert (outcome.draft.asking, outcome.draft.outside) == (Asking.JOIN, PlaceSource.PIN)
    outcome = await join(scene, rider, True)
    assert (outcome.joined, outcome.note) == (report, "error-outside")
    row = await scene.report(report)
    assert (row.words, row.longitude) == ("by the bridge", county.IN_A1[1])


# -- urgent words soon after a filing --

DANGER = "The pipe has burst and somebody is hurt"


async def wait_out(scene: Scene, *, now: datetime) -> int:
    return await scene.do(following.file_unanswered, now=now)


async def test_urgent_words_soon_after_a_filing_go_to_that_report_by_themselves(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="water leak")
    kept = (await scene.take(rider, DANGER, now=NOW + 20 * SECOND)).draft
    assert kept is not None
    assert (kept.asking, kept.join_report_id, kept.file_at) == (Asking.JOIN, report, NOW + 50 * SECOND)
    seen = await scene.store.read(lambda session: intake.look(session, person_id=rider, now=NOW + 21 * SECOND))
    assert (seen.asking, seen.file_at) == (Asking.JOIN, NOW + 50 * SECOND)
    assert await wait_out(scene, now=NOW + 49 * SECOND) == 0
    await scene.deliver(now=NOW + 49 * SECOND)
    said = await scene.last_said()
    assert await wait_out(scene, now=NOW + 50 * SECOND) == 1
    row = await scene.report(report)
    assert DANGER in (row.words or "")
    assert row.is_urgent
    assert await scene.rows(Draft) == []
    told = await scene.told(since=said)
    assert (rider, Message.JOINED) in told
    assert officer in [person for person, _ in told]
    assert await wait_out(scene, now=NOW + 60 * SECOND) == 0


async def test_what_is_not_urgent_or_has_a_place_of_its_own_waits_for_the_answer(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    for person, parts in ((rider, ["It is by the gate"]), (other, [DANGER, county.IN_B1])):
        await scene.file(person, words="water leak", at=county.IN_A1 if person == rider else county.IN_A2)
        outcome = await scene.take(person, *parts, now=NOW + 20 * SECOND)
        assert outcome.draft is not None
        assert (outcome.draft.asking, outcome.draft.file_at) == (Asking.JOIN, None)
    assert await wait_out(scene, now=NOW + 300 * SECOND) == 0


@pytest.mark.parametrize("joins", [True, False])
async def test_an_answer_to_urgent_words_counts_and_nothing_happens_twice(scene: Scene, joins: bool) -> None:
    rider = await scene.person()
    report = await scene.file(rider, words="water leak")
    await scene.take(rider, DANGER, now=NOW + 20 * SECOND)
    answer = {"person_id": rider, "joins": joins, "county": scene.county}
    await scene.do(intake.answer_join, **answer, now=NOW + 30 * SECOND)
    assert await wait_out(scene, now=NOW + 50 * SECOND) == 0
    assert (DANGER in ((await scene.report(report)).words or "")) == joins
    assert len(await scene.rows(Draft)) == (not joins)


async def test_urgent_words_for_which_there_is_no_room_or_whose_report_ended_are_kept(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    full = await scene.file(rider, words="water leak")
    await scene.store.write(lambda session: setattr(session.get_one(Report, full), "words", "x" * 4 * words.MOST))
    ended = await scene.file(other, words="water leak", at=county.IN_A2)
    for person in (rider, other):
        await scene.take(person, DANGER, now=NOW + 20 * SECOND)
    await scene.do(withdrawing.withdraw, report_id=ended, person_id=other, now=NOW + 30 * SECOND)
    await wait_out(scene, now=NOW + 50 * SECOND)
    assert [(row.words, row.file_at) for row in await scene.rows(Draft)] == [(DANGER, None)] * 2


async def test_a_late_press_of_the_same_while_urgent_words_wait_is_no_trouble(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    near = await scene.file(other, words="water leak")
    await scene.file(rider, words="water leak")
    await scene.take(rider, DANGER, now=NOW + 20 * SECOND)
    with pytest.raises(NothingToAdd):
        await scene.do(following.same, person_id=rider, report_id=near, county=scene.county, now=NOW + 30 * SECOND)
