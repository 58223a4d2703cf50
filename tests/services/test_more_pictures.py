"""Pictures that come when others of the report are on their way already: each is shown once."""

from datetime import datetime, timedelta

from services import delivery, outgoing, reports
from services.cases import open_case
from services.parts import attachment_of
from storage import outbox
from storage.kinds import Message, OutboxState, Stage
from storage.outbox import Claimed, Settlement
from storage.schema import Attachment
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

M = Message
SECOND = timedelta(seconds=1)


async def shown(scene: Scene, *messages: Claimed) -> list[list[str]]:
    """The pictures that each of these messages shows."""
    briefs_of = [await scene.store.read(outgoing.load, claimed=one, now=NOW) for one in messages]
    return [[photo.file_id for photo in one.report.photos] for one in briefs_of if one and one.report]


async def taken(scene: Scene, person: int, *, now: datetime) -> list[Claimed]:
    """What a relay takes on for the person."""
    return [one for one in await scene.store.write(outbox.claim, now=now, most=1000) if one.person_id == person]


def picture(scene: Scene, person: int) -> Attachment:
    """A photo to be added."""
    return attachment_of(person, scene.photo(), stage=Stage.BEFORE, now=NOW)


async def test_a_picture_that_comes_while_the_alert_is_on_its_way_is_shown_once(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.take(rider, scene.photo(media_group_id="g"), county.IN_A1)
    (alert,) = await taken(scene, officer, now=NOW + SECOND)
    await scene.take(rider, scene.photo(media_group_id="g"))
    (more,) = await taken(scene, officer, now=NOW + 2 * SECOND)
    assert (alert.message, more.message) == (M.ALERT, M.PHOTOS)
    (first,), (second,) = await shown(scene, alert, more)
    assert first != second

    again = await taken(scene, officer, now=NOW + 60 * SECOND)  # the relay died before it sent anything
    assert [one.id for one in again] == [alert.id, more.id]
    assert await shown(scene, *again) == [[first], [second]]


async def test_a_picture_that_never_arrived_by_itself_is_in_the_alert(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.take(rider, scene.photo(media_group_id="g"), county.IN_A1)
    (alert,) = await taken(scene, officer, now=NOW + SECOND)
    await scene.take(rider, scene.photo(media_group_id="g"))
    (more,) = await taken(scene, officer, now=NOW + 2 * SECOND)
    given_up = Settlement(more.id, OutboxState.DISCARDED)
    await scene.do(delivery.settle, settlements=[given_up])
    assert [len(one) for one in await shown(scene, alert)] == [2]


async def test_a_later_card_shows_all_pictures(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    await scene.deliver()
    await scene.do(reports.add, report_id=report, person_id=rider, attachment=picture(scene, rider))
    await scene.do(open_case, report_id=report, person_id=officer)
    found = await taken(scene, officer, now=NOW + 60 * SECOND)
    case = next(one for one in found if one.message is M.CASE)
    await scene.do(reports.add, report_id=report, person_id=rider, attachment=picture(scene, rider))
    assert [len(one) for one in await shown(scene, case)] == [2], "but for the one that came since"
