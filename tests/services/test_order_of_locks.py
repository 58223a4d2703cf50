"""Whoever changes a report locks it first, then what belongs to it: nobody waits crosswise. (On SQLite one writes.)"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Session

from services import (
    delivery,
    dispatch,
    following,
    intake,
    ledger,
    media,
    merging,
    pictures,
    proofs,
    reports,
    tasks,
    withdrawing,
)
from services.errors import DomainError
from services.parts import attachment_of
from storage import outbox
from storage.kinds import AttachmentKind, OutboxState, Stage
from storage.media import Picture
from storage.outbox import Settlement
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.crossing import Unit, cross_everywhere
from tests.services.scene import Scene
from tests.services.test_tasks import give

FIRE = "着火了"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def never_wait_crosswise(engine: AsyncEngine, one: Unit, other: Unit) -> None:
    """Wherever the one stands when the other begins, in both orders."""
    for first, second in ((one, other), (other, one)):
        await cross_everywhere(engine, first, second)


async def test_accepting_a_task_and_pushing_it_again(scene: Scene, engine: AsyncEngine) -> None:
    officer, sun, _ = await scene.officer(), await member(scene), await member(scene, "Qian")
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.deliver(now=NOW)
    now = NOW + 3 * MINUTE
    accept = partial(tasks.accept, task_id=task, person_id=sun, now=now)
    await never_wait_crosswise(engine, accept, partial(ledger.push_again, now=now))


async def test_accepting_a_report_and_pushing_it_again(scene: Scene, engine: AsyncEngine) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW)
    now = NOW + 3 * MINUTE
    accept = partial(dispatch.accept, report_id=report, officer_id=officer, now=now)
    await never_wait_crosswise(engine, accept, partial(ledger.push_again, now=now))


async def test_accepting_a_report_while_its_alert_is_settled(scene: Scene, engine: AsyncEngine) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    claimed = await scene.store.write(outbox.claim, now=NOW, most=10)
    settlements = [Settlement(one.id, OutboxState.DELIVERED, sent=(70 + one.id,)) for one in claimed]
    accept = partial(dispatch.accept, report_id=report, officer_id=officer, now=NOW)
    await never_wait_crosswise(engine, accept, partial(delivery.settle, settlements=settlements, now=NOW))


async def test_one_proof_of_several_reports_while_their_messages_are_settled(scene: Scene, engine: AsyncEngine) -> None:
    officer, rider = await scene.officer(), await scene.person()
    lower, higher = [await scene.accepted(rider, officer, words="路灯不亮") for _ in range(2)]
    await scene.deliver(now=NOW)
    await scene.resolve(higher, officer)
    claimed = await scene.store.write(outbox.claim, now=NOW + MINUTE, most=10)
    settlements = [Settlement(one.id, OutboxState.DELIVERED, sent=(70 + one.id,)) for one in claimed]
    assert higher in {one.report_id for one in claimed}
    await scene.do(reports.add, report_id=lower, person_id=rider, words="really", now=NOW)
    more = await scene.store.write(outbox.claim, now=NOW + MINUTE, most=10)
    settlements += [Settlement(one.id, OutboxState.DELIVERED, sent=(70 + one.id,)) for one in more]
    also = partial(proofs.also, report_id=higher, officer_id=officer, others=None, now=NOW + MINUTE)
    settle = partial(delivery.settle, settlements=settlements, now=NOW + MINUTE)
    await never_wait_crosswise(engine, also, settle)


async def test_adding_to_a_report_while_it_is_withdrawn(scene: Scene, engine: AsyncEngine) -> None:
    """The draft asks whether it belongs to the report: that question ends with the report."""
    rider = await scene.person()
    report = await scene.file(rider)
    await scene.take(rider, scene.photo(), now=NOW + MINUTE)
    now = NOW + MINUTE
    withdraw = partial(withdrawing.withdraw, report_id=report, person_id=rider, now=now)
    joins = partial(intake.answer_join, person_id=rider, joins=True, county=scene.county, now=now)
    await never_wait_crosswise(engine, _if_it_can(joins), _if_it_can(withdraw))


async def test_what_goes_to_a_report_by_itself_while_that_is_withdrawn(scene: Scene, engine: AsyncEngine) -> None:
    rider, now = await scene.person(), NOW + MINUTE
    report = await scene.file(rider)
    await scene.take(rider, FIRE, now=NOW)
    withdraw = partial(withdrawing.withdraw, report_id=report, person_id=rider, now=now)
    await never_wait_crosswise(engine, partial(following.file_unanswered, now=now), withdraw)


async def test_adding_to_what_was_merged_while_that_goes_on_in_another(scene: Scene, engine: AsyncEngine) -> None:
    officer, rider = await scene.officer(), await scene.person()
    first, second, third = [await scene.accepted(rider, officer, words="路灯不亮") for _ in range(3)]
    await scene.do(merging.merge, report_id=first, into_id=second, officer_id=officer)
    add = partial(reports.add, report_id=first, person_id=rider, words="more", now=NOW)
    merge = partial(merging.merge, report_id=second, into_id=third, officer_id=officer, now=NOW)
    await never_wait_crosswise(engine, _if_it_can(add), merge)


async def test_reading_a_picture_that_may_belong_to_what_is_withdrawn(scene: Scene, engine: AsyncEngine) -> None:
    rider, now = await scene.person(), NOW + MINUTE
    report = await scene.file(rider)
    await scene.take(rider, scene.image(), now=now)
    stored = await read_by(scene, Picture("JPEG", 9, 9))
    withdraw = partial(withdrawing.withdraw, report_id=report, person_id=rider, now=now)
    await never_wait_crosswise(engine, stored, withdraw)


async def test_leaving_out_an_old_picture_of_what_is_just_being_merged(scene: Scene, engine: AsyncEngine) -> None:
    officer, rider = await scene.officer(), await scene.person()
    kept, report = [await scene.accepted(rider, officer, words="路灯不亮") for _ in range(2)]
    image = attachment_of(rider, scene.image(), stage=Stage.BEFORE, now=NOW)
    message = image.message_id
    await scene.do(reports.add, report_id=report, person_id=rider, attachment=image)
    await scene.store.write(await read_by(scene, Picture("JPEG", 9, 9, taken_at=NOW - 2000 * MINUTE)))
    asked = {"person_id": rider, "message_id": message, "uses": False, "county": scene.county, "now": NOW}
    merge = partial(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW)
    await never_wait_crosswise(engine, partial(pictures.answer, **asked), merge)


async def read_by(scene: Scene, picture: Picture) -> Unit:
    """The image file that was just sent has been fetched, and this was read from it."""
    wanted, *_ = await scene.do(media.claim, most=9, now=NOW + MINUTE)  # image files come first
    assert wanted.kind is AttachmentKind.IMAGE_FILE
    return partial(media.stored, wanted=wanted, media_hash="ab", picture=picture, county=scene.county, now=NOW + MINUTE)


def _if_it_can(unit: Unit) -> Unit:
    """Whoever comes second may be refused."""

    def attempt(session: Session) -> None:
        with suppress(DomainError):
            unit(session)

    return attempt
