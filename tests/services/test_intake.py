"""A report put together from parts in any order."""

from datetime import timedelta
from itertools import permutations

import pytest

from services import drafts, intake
from services.errors import FileTooLarge, NothingToAdd, NoWords, TooManyPhotos, WordsTooLong
from services.parts import MOST_BYTES, MOST_PHOTOS, Place
from storage.kinds import Asking, AttachmentKind, EventKind, Message, PlaceSource, Status
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.services.scene import Scene, pin

SECOND = timedelta(seconds=1)
NAN = float("nan")


@pytest.mark.parametrize("order", list(permutations(("photo", "place", "words"))))
async def test_parts_come_in_any_order(scene: Scene, order: tuple[str, ...]) -> None:
    rider = await scene.person()
    parts = {"photo": scene.photo(), "place": county.IN_A1, "words": "water leak"}
    outcomes = [await scene.take(rider, parts[name]) for name in order]
    filed = [outcome.filed for outcome in outcomes if outcome.filed]
    assert len(filed) == 1
    report = await scene.report(filed[0])
    if order[-1] != "words":  # words that come last find it filed already
        assert (report.words, report.category) == ("water leak", "water_leak")
        assert await scene.rows(Draft) == []
    else:
        assert outcomes[-1].draft is not None
        assert outcomes[-1].draft.asking is Asking.JOIN


async def test_the_caption_is_the_words_and_photos_keep_the_order_of_sending(scene: Scene) -> None:
    rider = await scene.person()
    first, second = scene.photo(caption="pothole"), scene.photo()
    outcome = await scene.take(rider, second, first, county.IN_A1)
    assert outcome.filed is not None
    assert (await scene.report(outcome.filed)).words == "pothole"
    rows = sorted(await scene.rows(Attachment), key=lambda row: row.message_id)
    assert [row.file_id for row in rows] == [first.file_id, second.file_id]
    assert {row.report_id for row in rows} == {outcome.filed}


async def test_no_photo_is_one_tap(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.IN_A1)
    outcome = await scene.do(intake.without_photo, person_id=rider, county=scene.county)
    assert outcome.filed is not None
    assert await scene.rows(Attachment) == []


async def test_no_photo_and_a_place_still_to_come(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, "broken lamp")
    assert (await scene.do(intake.without_photo, person_id=rider, county=scene.county)).filed is None
    assert (await scene.take(rider, county.IN_A1)).filed is not None


async def test_no_photo_without_a_draft_changes_nothing(scene: Scene) -> None:
    with pytest.raises(NothingToAdd):
        await scene.do(intake.without_photo, person_id=await scene.person(), county=scene.county)


async def test_a_voice_message_alone_is_no_photo_but_is_kept(scene: Scene) -> None:
    rider = await scene.person()
    voice, video = scene.photo(kind=AttachmentKind.VOICE), scene.photo(kind=AttachmentKind.VIDEO)
    outcome = await scene.take(rider, voice, video, county.IN_A1)
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.files) == (0, 2)
    filed = (await scene.take(rider, scene.photo())).filed
    assert {row.report_id for row in await scene.rows(Attachment)} == {filed}


async def test_the_button_opens_an_empty_draft(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    draft = await scene.do(intake.begin, person_id=rider, county=scene.county)
    assert (draft.photos, draft.latitude, draft.asking) == (0, None, None)  # it is a new one: nothing to ask


async def test_start_over_forgets_everything(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo(), "words")
    await scene.do(intake.discard, person_id=rider)
    assert (await scene.rows(Draft), await scene.rows(Attachment)) == ([], [])
    await scene.do(intake.discard, person_id=rider)  # twice does no harm


async def test_drafts_of_two_people_do_not_mix(scene: Scene) -> None:
    one, two = await scene.person(), await scene.person()
    await scene.take(one, scene.photo())
    assert (await scene.take(two, county.IN_A1)).filed is None
    assert (await scene.take(one, county.IN_A2)).filed is not None


# -- places --


@pytest.mark.parametrize(
    "place", [(NAN, 114.3), (25.4, NAN), (float("inf"), 0.0), (0.0, 0.0), (91.0, 114.3), (25.4, 180.5)]
)
async def test_a_place_that_cannot_be_is_refused_and_the_draft_kept(scene: Scene, place: tuple[float, float]) -> None:
    rider = await scene.person()
    outcome = await scene.take(rider, scene.photo(caption="a hole"), place)
    assert (outcome.filed, outcome.note) == (None, "error-bad-place")
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.words, outcome.draft.latitude) == (1, "a hole", None)


async def test_a_place_outside_is_not_filed_and_the_draft_is_kept(scene: Scene) -> None:
    rider = await scene.person()
    outcome = await scene.take(rider, scene.photo(), county.OUTSIDE)
    assert outcome.draft is not None
    assert (outcome.draft.latitude, outcome.draft.outside) == (None, PlaceSource.PIN)
    assert await scene.rows(Report) == []
    assert (await scene.take(rider, county.IN_A1)).filed is not None


async def test_a_place_outside_does_not_push_out_a_good_one(scene: Scene) -> None:
    rider = await scene.person()
    assert (await scene.take(rider, county.IN_A1, county.OUTSIDE)).note == "error-outside"
    filed = (await scene.take(rider, scene.photo())).filed
    assert filed is not None
    assert (await scene.report(filed)).latitude == county.IN_A1[0]


async def test_the_lower_code_has_the_border(scene: Scene) -> None:
    primary, _ = await scene.officer("A-01"), await scene.officer("A-02")
    assert await scene.asked(await scene.file(await scene.person(), at=county.ON_BORDER_A1_A2)) == {primary}


async def test_a_venue_keeps_its_name_and_source(scene: Scene) -> None:
    rider = await scene.person()
    venue = Place(*county.IN_A1, PlaceSource.VENUE, "East\u202e Gate,\n Road\x00 1")
    filed = (await scene.take(rider, scene.photo(), venue)).filed
    assert filed is not None
    report = await scene.report(filed)
    assert (report.place_source, report.place_name) == (PlaceSource.VENUE, "East Gate, Road 1")


# -- words --


async def test_four_thousand_characters_are_kept(scene: Scene) -> None:
    rider, words = await scene.person(), "长" * 4000
    filed = (await scene.take(rider, words, scene.photo(), county.IN_A1)).filed
    assert filed is not None
    assert (await scene.report(filed)).words == words


async def test_too_many_words_are_refused_and_the_draft_is_as_before(scene: Scene) -> None:
    rider = await scene.person()
    with pytest.raises(WordsTooLong):
        await scene.take(rider, "x" * 4097)
    for _ in range(4):
        await scene.take(rider, "y" * 4000)
    with pytest.raises(WordsTooLong):
        await scene.take(rider, "z" * 4000)
    draft = await scene.store.read(intake.look, person_id=rider)
    assert draft is not None
    assert draft.words == "\n".join(["y" * 4000] * 4)


@pytest.mark.parametrize("words", [" ", "\n\t ", "\u3000", "\u200b\u200d", "\x00\x07", "\u202e\u2066"])
async def test_words_of_nothing_are_refused_and_open_no_draft(scene: Scene, words: str) -> None:
    with pytest.raises(NoWords):
        await scene.take(await scene.person(), words)
    assert await scene.rows(Draft) == []


async def test_a_caption_of_nothing_leaves_a_photo(scene: Scene) -> None:
    outcome = await scene.take(await scene.person(), scene.photo(caption=" \u202e"))
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.words) == (1, None)


async def test_control_characters_go_and_emoji_and_tags_stay(scene: Scene) -> None:
    outcome = await scene.take(await scene.person(), "\u202eevil\x00 <b>&amp; 👨\u200d👩\u200d👧 e\u0301")
    assert outcome.draft is not None
    assert outcome.draft.words == "evil <b>&amp; 👨\u200d👩\u200d👧 é"


# -- too much --


async def test_the_twenty_first_photo_is_refused_and_the_others_stay(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, *(scene.photo() for _ in range(MOST_PHOTOS)))
    with pytest.raises(TooManyPhotos):
        await scene.take(rider, scene.photo())
    outcome = await scene.take(rider, county.IN_A1)
    assert outcome.filed is not None
    assert len(await scene.rows(Attachment)) == MOST_PHOTOS


async def test_an_image_file_over_20_mb_is_refused_before_a_draft_is_opened(scene: Scene) -> None:
    with pytest.raises(FileTooLarge):
        await scene.take(await scene.person(), scene.image(size=MOST_BYTES + 1))
    assert await scene.rows(Draft) == []


async def test_an_image_file_of_20_mb_is_taken(scene: Scene) -> None:
    outcome = await scene.take(await scene.person(), scene.image(size=MOST_BYTES))
    assert outcome.draft is not None
    assert (outcome.draft.photos, outcome.draft.reading) == (1, 1)


async def test_a_filed_report_has_its_first_events_and_its_receipt(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.take(rider, scene.photo())
    await scene.store.write(drafts.remember_status_message, person_id=rider, message_id=77)
    filed = (await scene.take(rider, pin(county.IN_A1))).filed
    assert filed is not None
    assert await scene.story(filed) == [EventKind.FILED, EventKind.ROUTED]
    assert (await scene.report(filed)).status is Status.OPEN
    assert await scene.told() == [(officer, Message.ALERT), (rider, Message.RECEIPT)]
    assert [row.facts for row in await scene.outbox() if row.message is Message.RECEIPT] == [{"deletes": 77}]
