"""Images sent as files: the place and time they carry are used or asked about, never trusted silently."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import briefs, drafts, intake, pictures, reports
from services.county import County, grid_in_store
from services.errors import NothingToAdd
from services.parts import File, Outcome, attachment_of
from storage.kinds import Asking, EventKind, Language, MediaState, Message, PlaceSource, Stage
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.moment import NOW
from tests.services.image_read import Seen, read
from tests.services.scene import Scene
from tests.views.showing import ZONE, me
from views import drafts as drafts_shown
from views.format import moment
from views.texts import say

NEAR_A1 = (county.IN_A1[0], county.IN_A1[1] + 0.0009)  # 90 m from it
OLD = NOW - timedelta(hours=25)
FRESH = NOW - timedelta(hours=23)


SEEN = Seen(county.IN_A1, FRESH)


async def draft(scene: Scene, person: int) -> DraftRecord:
    found = await scene.store.read(intake.look, person_id=person)
    assert found is not None
    return found


async def answer(scene: Scene, person: int, uses: bool, *, message_id: int | None = None) -> Outcome:
    """The answer about this picture, or about the one that the draft asks about."""
    if message_id is None:
        old = (await draft(scene, person)).old
        assert old is not None
        message_id = old.message_id
    return await scene.do(pictures.answer, person_id=person, message_id=message_id, uses=uses, county=scene.county)


async def only_report(scene: Scene) -> Report:
    (report,) = await scene.rows(Report)
    return report


async def test_a_place_inside_files_the_report_and_is_shown_as_the_pictures(scene: Scene) -> None:
    rider = await scene.person()
    outcome = await scene.take(rider, scene.image(caption="leak"))
    assert outcome.draft is not None
    assert outcome.draft.reading == 1
    await read(scene, Seen(county.IN_A1, FRESH))
    report = await only_report(scene)
    assert (report.latitude, report.longitude, report.place_source) == (*county.IN_A1, PlaceSource.EXIF)
    assert (rider, Message.RECEIPT) in await scene.told()


async def test_a_place_outside_is_asked_about_and_not_used(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.OUTSIDE, FRESH))
    found = await draft(scene, rider)
    assert (found.outside, found.latitude) == (PlaceSource.EXIF, None)
    assert await scene.told() == [(rider, Message.DRAFT)]
    assert (await scene.take(rider, county.IN_A1)).filed is not None
    assert (await only_report(scene)).place_source is PlaceSource.PIN


async def test_an_old_picture_is_asked_about_with_the_grid_it_was_taken_in(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_B1, OLD))
    found = await draft(scene, rider)
    assert found.old is not None
    assert (found.old.place, found.old.grid) == (county.IN_B1, "Grid B-01")
    outcome = await scene.take(rider, county.IN_A2)
    assert outcome.draft is not None
    assert outcome.draft.old is not None
    assert (outcome.draft.grid, outcome.draft.old.grid) == ("Grid A-02", "Grid B-01")
    report = await scene.file(await scene.person(), at=county.IN_A1)
    for place, grid in ((county.IN_A2, "Grid A-02"), (county.OUTSIDE, None), (None, None)):
        sender = (await scene.report(report)).reporter_id
        add = {"report_id": report, "person_id": sender}
        attachment = attachment_of(sender, scene.image(), stage=Stage.BEFORE, now=NOW)
        await scene.do(reports.add, **add, attachment=attachment)
        await read(scene, Seen(place, OLD))
        asked = (await scene.outbox())[-1]
        assert asked.facts is not None
        assert (asked.message, asked.facts.get("grid")) == (Message.PICTURE_OLD, grid)
        assert asked.facts.get("place") == (list(place) if place else None)


async def test_who_has_no_map_finds_the_same_grid(scene: Scene) -> None:
    for place in (county.IN_A1, county.ON_BORDER_A1_A2, county.IN_GAP, county.OUTSIDE, county.IN_B1):
        found = await scene.store.read(grid_in_store, latitude=place[0], longitude=place[1])
        assert found == scene.county.grid_at(*place)


async def test_a_picture_without_place_or_time_leaves_the_place_missing(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen())
    found = await draft(scene, rider)
    assert (found.outside, found.latitude, found.reading) == (None, None, 0)


async def test_a_place_that_cannot_be_counts_as_none(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen((0.0, 0.0)))
    assert (await draft(scene, rider)).outside is None


async def test_a_place_that_was_sent_beats_the_pictures(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, NEAR_A1, scene.image())
    await read(scene, Seen(county.IN_A1, FRESH))
    report = await only_report(scene)
    assert (report.longitude, report.place_source) == (NEAR_A1[1], PlaceSource.PIN)


async def test_an_old_picture_is_asked_about_even_with_a_place(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, Seen(None, OLD))
    found = await draft(scene, rider)
    assert found.old is not None
    assert (found.asking, found.old.taken_at) == (Asking.OLD_PICTURE, OLD)
    assert (await scene.take(rider, "really")).filed is None  # nothing but the answer files it
    assert (await answer(scene, rider, uses=True)).filed is not None


async def test_an_old_picture_that_still_holds_gives_its_place(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_A1, OLD))
    assert (await draft(scene, rider)).latitude is None
    assert (await answer(scene, rider, uses=True)).filed is not None
    assert (await only_report(scene)).place_source is PlaceSource.EXIF


async def test_an_old_picture_that_is_left_out_is_gone_with_its_place(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image(caption="leak"))
    await read(scene, Seen(county.IN_A1, OLD))
    outcome = await answer(scene, rider, uses=False)
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.latitude, outcome.draft.words) == (0, None, "leak")
    assert await scene.rows(Attachment) == []


async def test_an_old_picture_from_outside_is_asked_about_twice(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.OUTSIDE, OLD))
    assert (await draft(scene, rider)).asking is Asking.OLD_PICTURE
    outcome = await answer(scene, rider, uses=True)
    assert outcome.draft is not None
    assert (outcome.draft.latitude, outcome.draft.outside) == (None, PlaceSource.EXIF)  # and then it is asked for


async def test_an_old_picture_waits_for_the_question_that_was_asked_first(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_A2, OLD))
    found = await draft(scene, rider)
    assert (found.asking, found.latitude) == (Asking.JOIN, None)
    assert len(await scene.rows(Report)) == 1  # never filed from an old picture silently
    outcome = await scene.do(intake.answer_join, person_id=rider, joins=False, county=scene.county)
    assert outcome.draft is not None
    assert outcome.draft.asking is Asking.OLD_PICTURE
    filed = (await answer(scene, rider, uses=True)).filed
    assert filed is not None
    assert (await scene.report(filed)).latitude == county.IN_A2[0]


@pytest.mark.parametrize("language", list(Language))
async def test_while_another_question_comes_first_one_reads_that_a_picture_is_old(
    scene: Scene, language: Language
) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(None, OLD))
    found = await draft(scene, rider)
    assert found.asking is Asking.JOIN
    told = drafts_shown.status(found, me(language), now=NOW, zone=ZONE).text
    assert say(language, "draft-old-told", when=moment(language, OLD, now=NOW, zone=ZONE)) in told


@pytest.mark.parametrize("uses", [True, False])
async def test_an_old_picture_joins_a_report_only_after_it_was_asked_about(scene: Scene, uses: bool) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    await scene.take(rider, scene.image(caption="more"))
    await read(scene, Seen(None, OLD))
    outcome = await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert outcome.joined is None
    assert outcome.draft is not None
    assert outcome.draft.asking is Asking.OLD_PICTURE
    assert (await answer(scene, rider, uses)).joined == report
    assert (await scene.report(report)).words == "more"
    assert len([file for file in await scene.rows(Attachment) if file.report_id == report]) == 1 + uses
    assert await scene.rows(Draft) == []


async def test_a_file_that_cannot_be_read_yet_holds_nothing_up(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    assert await scene.rows(Report) == []
    await read(scene, state=MediaState.WAITING)
    assert (await only_report(scene)).place_source is PlaceSource.PIN


async def test_a_file_that_is_no_picture_does_not_count_and_is_named(scene: Scene) -> None:
    for state, place in ((MediaState.BAD, county.IN_A1), (MediaState.GONE, county.IN_A2)):
        rider = await scene.person()
        await scene.take(rider, place, scene.image())
        said = await scene.last_said()
        await read(scene, state=state)
        found = await draft(scene, rider)
        assert (found.photos, found.latitude) == (0, place[0])
        assert await scene.told(since=said) == [(rider, Message.PICTURE_BAD), (rider, Message.DRAFT)]
        facts: Any = (await scene.outbox())[-2].facts
        assert facts == {"name": "IMG_1.jpg"}
        await scene.take(rider, scene.photo())
    assert len(await scene.rows(Report)) == 2
    assert not [row for row in await scene.rows(Attachment) if row.media_state is not MediaState.WAITING]


async def test_one_good_photo_beside_a_bad_file_is_enough(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, state=MediaState.BAD)
    assert (await scene.take(rider, scene.photo())).filed is not None
    assert len(await scene.rows(Attachment)) == 1


async def test_a_bad_file_of_a_report_is_a_line_of_its_timeline(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.take(rider, scene.image())
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    await scene.deliver()
    said = await scene.last_said()
    await read(scene, state=MediaState.BAD)
    assert (await scene.story(report))[-1] is EventKind.PHOTO_BAD
    assert await scene.told(since=said) == [(rider, Message.PICTURE_BAD)]
    assert (officer, Message.PHOTOS) not in await scene.told()


async def test_an_image_file_of_a_report_is_passed_on_once_it_is_read(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.file(rider)
    await scene.deliver()
    await scene.take(rider, scene.image())
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert (officer, Message.PHOTOS) not in await scene.told()
    await read(scene, Seen(county.OUTSIDE, FRESH))
    assert (officer, Message.PHOTOS) in await scene.told()


async def test_a_picture_read_after_the_draft_was_thrown_away_changes_nothing(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())

    def late(session: Session, *, county: County, now: datetime) -> None:
        file = session.scalars(select(Attachment)).one()
        intake.discard(session, person_id=rider, now=now)
        pictures.read(session, attachment=file, picture=SEEN, county=county, now=now)

    await scene.do(late, county=scene.county)
    assert (await scene.rows(Report), await scene.told()) == ([], [])


# -- several pictures: each has its own time and place --


async def test_only_the_old_picture_is_left_out(scene: Scene) -> None:
    rider, fresh, old = await scene.person(), scene.image(), scene.image()
    await scene.take(rider, fresh, old)
    await read(scene, Seen(county.IN_A1, OLD), file=old)
    await read(scene, Seen(None, FRESH), file=fresh)
    found = await draft(scene, rider)
    assert (found.photos, found.asking, found.latitude) == (2, Asking.OLD_PICTURE, None)
    outcome = await answer(scene, rider, uses=False)
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.latitude, outcome.draft.asking) == (1, None, None)
    assert [row.message_id for row in await scene.rows(Attachment)] == [fresh.message_id]


@pytest.mark.parametrize("uses", [True, False])
async def test_the_place_of_a_fresh_picture_stays_whatever_is_said_of_the_old_one(scene: Scene, uses: bool) -> None:
    rider, fresh, old = await scene.person(), scene.image(), scene.image()
    await scene.take(rider, fresh, old)
    await read(scene, Seen(NEAR_A1, OLD), file=old)
    await read(scene, Seen(county.IN_A1, FRESH), file=fresh)
    assert (await draft(scene, rider)).latitude == county.IN_A1[0]
    assert (await answer(scene, rider, uses)).filed is not None
    assert (await only_report(scene)).longitude == county.IN_A1[1]
    assert len(await scene.rows(Attachment)) == 1 + uses


async def test_every_old_picture_is_asked_about_and_no_answer_is_for_another(scene: Scene) -> None:
    rider, first, second = await scene.person(), scene.image(), scene.image()
    await scene.take(rider, county.IN_A1, first, second)
    await read(scene, Seen(None, OLD), file=first)
    await read(scene, Seen(None, OLD), file=second)
    assert (await answer(scene, rider, uses=True)).filed is None
    with pytest.raises(NothingToAdd):  # pressed twice
        await answer(scene, rider, uses=True, message_id=first.message_id)
    old = (await draft(scene, rider)).old
    assert old is not None
    assert (old.message_id, old.name) == (second.message_id, "IMG_1.jpg")
    assert (await answer(scene, rider, uses=False)).filed is not None
    assert [row.message_id for row in await scene.rows(Attachment)] == [first.message_id]


async def test_a_draft_that_had_nothing_but_the_old_picture_is_over_with_it(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.IN_A1, OLD))
    await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert await answer(scene, rider, uses=False) == Outcome()
    assert await scene.rows(Draft) == []


async def test_a_picture_that_was_fetched_late_is_not_old_for_that(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    now = NOW + timedelta(days=2)
    await read(scene, Seen(None, FRESH), now=now)
    assert (await draft(scene, rider)).asking is None


async def test_a_bad_file_ends_the_draft_that_had_nothing_else(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.image())
    await scene.store.write(drafts.remember_status_message, person_id=rider, message_id=77)
    said = await scene.last_said()
    await read(scene, state=MediaState.BAD)
    assert await scene.rows(Draft) == []
    assert await scene.told(since=said) == [(rider, Message.PICTURE_BAD)]
    assert (await scene.outbox())[-1].facts == {"name": "IMG_1.jpg", "deletes": 77}
    with pytest.raises(NothingToAdd):  # the buttons of a moment ago
        await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)


async def test_that_its_place_is_outside_is_seen_beside_the_question_where_it_belongs(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.image())
    await read(scene, Seen(county.OUTSIDE, FRESH))
    found = await draft(scene, rider)
    assert (found.asking, found.outside) == (Asking.JOIN, PlaceSource.EXIF)
    outcome = await scene.do(intake.answer_join, person_id=rider, joins=False, county=scene.county)
    assert outcome.draft is not None
    assert (outcome.draft.asking, outcome.draft.outside) == (None, PlaceSource.EXIF)


# -- of a report that is filed already --


async def old_straggler(scene: Scene, rider: int) -> tuple[int, File]:
    """A report, and an old picture of its album that came later and is read by now; all is delivered before."""
    filed = (await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g"))).filed
    assert filed is not None
    await scene.deliver()
    late = scene.image(media_group_id="g")
    assert (await scene.take(rider, late)).joined == filed
    await read(scene, Seen(None, OLD), file=late)
    return filed, late


async def test_an_old_straggler_is_seen_by_nobody_before_its_sender_was_asked(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report, late = await old_straggler(scene, rider)
    assert (await scene.told())[-1] == (rider, Message.PICTURE_OLD)
    facts: Any = (await scene.outbox())[-1].facts
    assert facts == {"message_id": late.message_id, "taken_at": OLD.isoformat()}
    assert (officer, Message.PHOTOS) not in await scene.told()
    for person in (rider, officer):
        seen = await scene.store.read(briefs.report_for, report_id=report, person_id=person)
        assert len(seen.photos) == 1


async def test_an_old_straggler_that_still_holds_is_passed_on(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report, late = await old_straggler(scene, rider)
    assert (await answer(scene, rider, uses=True, message_id=late.message_id)).joined == report
    assert (officer, Message.PHOTOS) in await scene.told()
    seen = await scene.store.read(briefs.report_for, report_id=report, person_id=officer)
    assert len(seen.photos) == 2
    with pytest.raises(NothingToAdd):
        await answer(scene, rider, uses=False, message_id=late.message_id)


async def test_an_old_straggler_may_be_left_out(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report, late = await old_straggler(scene, rider)
    with pytest.raises(NothingToAdd):
        await answer(scene, officer, uses=True, message_id=late.message_id)  # it is not his
    assert (await answer(scene, rider, uses=False, message_id=late.message_id)).left_out_of == report
    assert (await scene.story(report))[-1] is EventKind.PHOTO_LEFT_OUT
    assert len(await scene.rows(Attachment)) == 1
    assert (officer, Message.PHOTOS) not in await scene.told()


async def test_an_old_picture_that_is_read_after_the_filing_is_asked_about(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, state=MediaState.WAITING)
    assert len(await scene.rows(Report)) == 1
    await read(scene, Seen(None, OLD))
    assert (await scene.told())[-1] == (rider, Message.PICTURE_OLD)
