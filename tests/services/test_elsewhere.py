"""A picture that was taken at another place than its draft is about joins it only when its sender said so."""

from datetime import timedelta

import pytest

from services import following, intake, pictures
from services.errors import QuestionOver
from services.parts import File, Outcome
from storage.kinds import Asking, Language, PlaceSource
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.moment import NOW
from tests.services.image_read import Seen, read
from tests.services.scene import Here, Scene
from tests.views.showing import ZONE, me
from views import drafts
from views.texts import plain

MINUTE = timedelta(minutes=1)


def east(place: Here, metres: int) -> Here:
    """So far from there, nearly."""
    return (place[0], place[1] + metres / 100_600)


async def draft_of(scene: Scene, rider: int) -> DraftRecord | None:
    return await scene.store.read(intake.look, person_id=rider)


async def asked(scene: Scene, rider: int, *, files: int = 1) -> list[File]:
    """A pin, and pictures that were taken a kilometre away."""
    sent = [scene.image() for _ in range(files)]
    await scene.take(rider, county.IN_A1, *sent)
    for one in sent:
        await read(scene, Seen(county.IN_A2, NOW), file=one)
    return sent


async def answer(scene: Scene, rider: int, file: File, is_second: bool) -> Outcome:
    which = {"message_id": file.message_id, "is_second": is_second}
    return await scene.do(pictures.answer_elsewhere, person_id=rider, county=scene.county, **which)


async def places(scene: Scene) -> list[tuple[Here, int]]:
    """Of each report: where it is, and how many pictures it has."""
    files = await scene.rows(Attachment)
    return [
        ((one.latitude, one.longitude), sum(file.report_id == one.id for file in files))
        for one in await scene.rows(Report)
    ]


@pytest.mark.parametrize(("metres", "is_asked"), [(95, False), (105, True)])
async def test_it_is_asked_about_beyond_a_hundred_metres(scene: Scene, metres: int, is_asked: bool) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, Seen(east(county.IN_A1, metres), NOW))
    assert len(await scene.rows(Report)) == (0 if is_asked else 1)
    draft = await draft_of(scene, rider)
    assert (draft is not None and draft.asking is Asking.ELSEWHERE) is is_asked


async def test_so_is_one_that_is_far_from_the_other_pictures(scene: Scene) -> None:
    rider, one, other = await scene.person(), scene.image(), scene.image()
    await scene.take(rider, one, other)
    await read(scene, Seen(county.IN_A1, NOW), file=one)
    await read(scene, Seen(county.IN_A2, NOW), file=other)
    draft = await draft_of(scene, rider)
    assert draft is not None
    assert draft.elsewhere is not None
    assert (draft.asking, draft.elsewhere.message_id, draft.elsewhere.count) == (
        *(Asking.ELSEWHERE, other.message_id, 1),
    )
    assert 990 < draft.elsewhere.metres < 1020


async def test_a_second_report_has_the_picture_and_its_place_and_the_rest_goes_on(scene: Scene) -> None:
    rider, one, other = await scene.person(), scene.image(), scene.image()
    await scene.take(rider, "a leak", one, other)
    await read(scene, Seen(county.IN_A1, NOW), file=one)
    await read(scene, Seen(county.IN_A2, NOW), file=other)
    outcome = await answer(scene, rider, other, is_second=True)
    assert outcome.filed is not None
    assert await places(scene) == [(county.IN_A2, 1), (county.IN_A1, 1)]
    second, first = await scene.rows(Report)
    assert (second.place_source, second.words, first.words) == (PlaceSource.EXIF, None, "a leak")
    assert await scene.rows(Draft) == []


async def test_what_is_left_without_a_picture_stays_a_draft(scene: Scene) -> None:
    rider = await scene.person()
    (sent,) = await asked(scene, rider)
    outcome = await answer(scene, rider, sent, is_second=True)
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.asking, outcome.draft.longitude) == (0, None, county.IN_A1[1])
    assert await places(scene) == [(county.IN_A2, 1)]


async def test_the_same_report_has_all_of_them(scene: Scene) -> None:
    rider = await scene.person()
    first, _ = await asked(scene, rider, files=2)
    assert (await answer(scene, rider, first, is_second=False)).filed is not None
    assert await places(scene) == [(county.IN_A1, 2)]


async def test_the_answer_holds_while_another_question_waits(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    await scene.file(other)
    (sent,) = await asked(scene, rider)
    outcome = await answer(scene, rider, sent, is_second=False)
    assert outcome.draft is not None
    assert outcome.draft.asking is Asking.DUPLICATE
    again = (await scene.take(rider, "please hurry")).draft
    assert again is not None
    assert again.asking is Asking.DUPLICATE


async def test_without_an_answer_it_is_filed_with_what_was_sent(scene: Scene) -> None:
    rider = await scene.person()
    await asked(scene, rider)
    assert await scene.do(following.file_unanswered, now=NOW + 2 * MINUTE - timedelta(seconds=1)) == 0
    assert await scene.do(following.file_unanswered, now=NOW + 2 * MINUTE) == 1
    assert await places(scene) == [(county.IN_A1, 1)]


async def test_a_place_outside_the_county_is_no_second_report(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1, scene.image())
    await read(scene, Seen(county.OUTSIDE, NOW))
    assert await places(scene) == [(county.IN_A1, 1)]


@pytest.mark.parametrize("is_second", [True, False])
async def test_a_second_press_changes_nothing(scene: Scene, is_second: bool) -> None:
    rider = await scene.person()
    (sent,) = await asked(scene, rider)
    await answer(scene, rider, sent, is_second=is_second)
    before = await places(scene)
    for pressed in (True, False):
        with pytest.raises(QuestionOver):
            await answer(scene, rider, sent, is_second=pressed)
    assert await places(scene) == before


@pytest.mark.parametrize("language", list(Language))
async def test_the_question_says_how_far_and_what_comes_of_no_answer(scene: Scene, language: Language) -> None:
    rider = await scene.person()
    await asked(scene, rider)
    draft = await draft_of(scene, rider)
    assert draft is not None
    card = drafts.status(draft, me(language), now=NOW, zone=ZONE)
    assert draft.elsewhere is not None
    assert draft.elsewhere.grid is not None
    assert draft.elsewhere.grid in card.text
    assert "1.0" in card.text
    assert "12:02" in card.text
    names = [button.text for button in card.rows[0]]
    assert names == [plain(language, "button-second-report"), plain(language, "button-same-report")]
