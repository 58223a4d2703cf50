"""Images sent as files: the place and time they carry are used or asked about, never trusted silently."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import intake
from services.county import County
from services.intake import Outcome
from storage.kinds import Asking, EventKind, MediaState, Message, PlaceSource
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

OLD = NOW - timedelta(hours=25)
FRESH = NOW - timedelta(hours=23)


@dataclass(frozen=True)
class Seen:
    """What was read from a file."""

    place: tuple[float, float] | None = None
    taken_at: datetime | None = None


def _read(session: Session, *, state: MediaState, picture: Seen | None, county: County, now: datetime) -> None:
    """The newest file was fetched (or not)."""
    file = session.scalars(select(Attachment).order_by(Attachment.id.desc())).first()
    assert file is not None
    file.media_state = state
    if picture is not None:
        intake.picture_read(session, attachment=file, picture=picture, county=county, now=now)
    elif state is MediaState.WAITING:
        file.fetch_attempts = 1
        intake.picture_unread(session, attachment=file, county=county, now=now)
    else:
        intake.picture_bad(session, attachment=file, county=county, now=now)


SEEN = Seen(county.IN_A1, FRESH)


async def read(scene: Scene, picture: Seen | None = None, *, state: MediaState = MediaState.STORED) -> None:
    await scene.do(_read, state=state, picture=picture, county=scene.county)


async def draft(scene: Scene, person: int) -> DraftRecord:
    found = await scene.store.read(intake.look, person_id=person)
    assert found is not None
    return found


async def answer(scene: Scene, person: int, uses: bool) -> Outcome:
    return await scene.do(intake.answer_picture, person_id=person, uses=uses, county=scene.county)


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
    assert (found.asking, found.latitude) == (Asking.EXIF_OUTSIDE, None)
    assert await scene.told() == [(rider, Message.DRAFT)]
    assert (await scene.take(rider, county.IN_A1)).filed is not None
    assert (await only_report(scene)).place_source is PlaceSource.PIN


async def test_a_picture_without_place_or_time_leaves_the_place_missing(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen())
    found = await draft(scene, rider)
    assert (found.asking, found.latitude, found.reading) == (None, None, 0)


async def test_a_place_that_cannot_be_counts_as_none(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())
    await read(scene, Seen((0.0, 0.0)))
    assert (await draft(scene, rider)).asking is None


async def test_a_place_that_was_sent_beats_the_pictures(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A2, scene.image())
    await read(scene, Seen(county.IN_A1, FRESH))
    report = await only_report(scene)
    assert (report.latitude, report.place_source) == (county.IN_A2[0], PlaceSource.PIN)


async def test_an_old_picture_is_asked_about_even_with_a_place(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, Seen(None, OLD))
    found = await draft(scene, rider)
    assert (found.asking, found.taken_at) == (Asking.EXIF_OLD, OLD)
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
    assert (await draft(scene, rider)).asking is Asking.EXIF_OLD
    outcome = await answer(scene, rider, uses=True)
    assert outcome.draft is not None
    assert outcome.draft.latitude is None  # and then the place is asked for


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
    assert (outcome.draft.asking, outcome.draft.taken_at) == (Asking.EXIF_OLD, OLD)
    filed = (await answer(scene, rider, uses=True)).filed
    assert filed is not None
    assert (await scene.report(filed)).latitude == county.IN_A2[0]


@pytest.mark.parametrize("uses", [True, False])
async def test_an_old_picture_joins_a_report_only_after_it_was_asked_about(scene: Scene, uses: bool) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    await scene.take(rider, scene.image(caption="more"))
    await read(scene, Seen(None, OLD))
    outcome = await scene.do(intake.answer_join, person_id=rider, joins=True, county=scene.county)
    assert outcome.joined is None
    assert outcome.draft is not None
    assert outcome.draft.asking is Asking.EXIF_OLD
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
    for state in (MediaState.BAD, MediaState.GONE):
        rider = await scene.person()
        await scene.take(rider, county.IN_A1, scene.image())
        said = await scene.last_said()
        await read(scene, state=state)
        found = await draft(scene, rider)
        assert (found.photos, found.latitude) == (0, county.IN_A1[0])
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
    await read(scene, Seen(county.OUTSIDE, OLD))
    assert (officer, Message.PHOTOS) in await scene.told()


async def test_a_picture_read_after_the_draft_was_thrown_away_changes_nothing(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.image())

    def late(session: Session, *, county: County, now: datetime) -> None:
        file = session.scalars(select(Attachment)).one()
        intake.discard(session, person_id=rider, now=now)
        intake.picture_read(session, attachment=file, picture=SEEN, county=county, now=now)

    await scene.do(late, county=scene.county)
    assert (await scene.rows(Report), await scene.told()) == ([], [])
