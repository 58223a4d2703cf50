"""«It broke again» is one tap: what the officer sees is what is known of the first time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from services import briefs, outgoing, reports
from services.parts import attachment_of
from storage import outbox
from storage.kinds import Language, Message, Stage
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_verdicts import fixed, press_again, say
from views import messages
from views.card import Card
from views.texts import say as text

ZONE = ZoneInfo("Asia/Shanghai")
LATER = NOW + timedelta(minutes=1)


async def shown(scene: Scene, message: Message, report: int) -> Card:
    """The one message of this kind about the report that is on its way."""
    claims = await scene.store.write(outbox.claim, now=LATER, most=1000)
    (claimed,) = [one for one in claims if one.message is message and one.report_id == report]
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=LATER)
    assert brief is not None
    card = messages.render(brief, now=LATER, zone=ZONE)
    assert card is not None
    return card


async def broken_again(scene: Scene) -> tuple[int, int]:
    """A report of what broke again; it and its reporter."""
    old, rider = await fixed(scene, await scene.officer(), words="water leak by the gate")
    await say(scene, old, rider)
    return await press_again(scene, old, rider), rider


async def test_the_alert_has_the_words_and_the_pictures_of_the_first_time(scene: Scene) -> None:
    report, rider = await broken_again(scene)
    alert = await shown(scene, Message.ALERT, report)
    assert "water leak by the gate" in alert.text
    assert [photo.stage for photo in alert.photos] == [Stage.BEFORE]
    mine = await scene.store.read(briefs.report_for, report_id=report, person_id=rider)
    assert (mine.words, mine.photos) == (None, ())  # those are not of this report


async def test_a_new_picture_is_shown_in_place_of_the_old_ones(scene: Scene) -> None:
    report, rider = await broken_again(scene)
    photo = attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW)
    await scene.do(reports.add, report_id=report, person_id=rider, attachment=photo)
    alert = await shown(scene, Message.ALERT, report)
    mine = await scene.store.read(briefs.report_for, report_id=report, person_id=rider)
    assert [one.file_id for one in alert.photos] == [one.file_id for one in mine.photos]


async def test_the_receipt_asks_for_a_picture_of_how_it_looks_now(scene: Scene) -> None:
    report, _ = await broken_again(scene)
    receipt = await shown(scene, Message.RECEIPT, report)
    assert text(Language.EN, "receipt-again-photo") in receipt.text
