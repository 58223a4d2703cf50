"""An officer's image file is a photo of the fix, and says itself where that was."""

from datetime import timedelta
from pathlib import Path

from storage.kinds import AttachmentKind, Status
from storage.schema import Attachment, Resolution
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.journeys.test_cases import status_of
from tests.journeys.test_image_files import photo_file

pytestmark = ON_SQLITE
SAMPLES = Path("sandbox/samples")
JUST_NOW = timedelta(0)
FAR = (25.409, 114.365)
"""Some 440 metres north of the report."""


async def asked_for_proof(town: Town, *, language: str = "zh") -> tuple[Phone, Phone]:
    """An officer who is asked for the photo of a fix; and the reporter."""
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    return officer, rider


@IN_BOTH_LANGUAGES
async def test_one_image_file_is_photo_and_place_and_the_place_is_shown(town: Town, language: str) -> None:
    officer, rider = await asked_for_proof(town, language=language)
    officer.send_document(photo_file(town, place=county.IN_A1, age=JUST_NOW), caption="all dry")
    done = await officer.hears("resolved-done", number="D-000001")
    assert officer.words("proof-by-picture", far="0 m" if language == "en" else "0 米") in done["text"]
    assert await status_of(town) is Status.RESOLVED
    fix = await town.store.read(lambda session: session.get_one(Resolution, 1))
    assert (round(fix.latitude or 0, 5), round(fix.longitude or 0, 5), fix.why_far) == (*county.IN_A1, None)
    told = await rider.hears("told-resolved", number="D-000001")
    assert "all dry" in told["text"]
    await town.calm()
    album = [m for m in rider.from_bot if "media_group_id" in m]
    assert [m["caption"] for m in album] == [rider.words("label-before"), rider.words("label-after")]
    uploads = [data for call in town.tg.calls_to("sendMediaGroup") for data in call.params["uploads"].values()]
    assert uploads
    assert all(b"Exif" not in upload.data for upload in uploads)


async def test_a_picture_from_elsewhere_asks_why_and_one_that_says_nothing_asks_where(town: Town) -> None:
    officer, _ = await asked_for_proof(town)
    officer.send_document(photo_file(town))
    await officer.hears("proof-place", number="D-000001")
    officer.send_document(photo_file(town, place=FAR, age=JUST_NOW))
    far = await officer.hears("proof-why-far", number="D-000001", far="443 米")
    officer.push(far, "why-proof-gps")
    await officer.hears("resolved-done", number="D-000001")
    assert await status_of(town) is Status.RESOLVED
    kinds = await town.store.read(lambda session: [one.kind for one in session.query(Attachment)])
    assert kinds.count(AttachmentKind.IMAGE_FILE) == 2


async def test_the_picture_of_the_hazard_is_asked_for_again_and_nothing_is_lost(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    rider.send_photo((SAMPLES / "water-leak.jpg").read_bytes())
    rider.send_location(*county.IN_A1)
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await officer.until(lambda: officer.button("button-resolve") in officer.buttons(card))
    await town.calm()
    await town.store.until(lambda: town.store.read(lambda session: session.get_one(Attachment, 1).picture_hash))
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_text("all dry")
    await officer.hears("prompt-resolve-words", number="D-000001")
    officer.send_document((SAMPLES / "water-leak.jpg").read_bytes())
    await officer.hears("error-same-as-before")
    assert await status_of(town) is Status.ACCEPTED
    officer.send_document((SAMPLES / "water-leak-fixed.jpg").read_bytes())
    await officer.hears("proof-place", number="D-000001")
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    assert "all dry" in (await rider.hears("told-resolved", number="D-000001"))["text"]


async def test_a_picture_from_before_shows_no_fix(town: Town) -> None:
    officer, _ = await asked_for_proof(town)
    officer.send_document(photo_file(town, place=county.IN_A1, age=timedelta(hours=5)))
    await officer.hears("error-picture-too-old")
    assert await status_of(town) is Status.ACCEPTED
    officer.send_document(photo_file(town, place=county.IN_A1, age=JUST_NOW))
    await officer.hears("resolved-done", number="D-000001")
