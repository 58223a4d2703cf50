"""A photo and a place from who has a report right there: its fix, or a new report? Nothing of it is lost."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from services import dispatch, following, kept_proofs, may_be_fix, merging, proofs, tasks, verdicts
from services.drafts import OpenDraft
from services.errors import NotAllowed, NothingToAdd, PictureTooOld, SameAsBefore
from services.parts import Outcome
from storage.kinds import Asking, AttachmentKind, EventKind, MediaState, Message, PlaceSource, Stage, Status
from storage.schema import Attachment, Draft, Report
from tests import county
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.image_read import Seen, read
from tests.services.scene import Scene

MINUTE = timedelta(minutes=1)
LATER = NOW + 10 * MINUTE
NORTH = (county.IN_A1[0] + 0.0008, county.IN_A1[1])  # some 89 metres
FAR = (county.IN_A1[0] + 0.0012, county.IN_A1[1])  # some 133


async def held(scene: Scene) -> tuple[int, int]:
    """An officer and his report."""
    officer = await scene.officer()
    return officer, await scene.accepted(await scene.person(), officer, words="water leak")


async def sends(scene: Scene, person: int, *, at: Any = NORTH, words: str | None = None, now: Any = LATER) -> Outcome:
    return await scene.take(person, scene.photo(caption=words), at, now=now)


async def says_fix(scene: Scene, officer: int, report: int, *, now: Any = LATER) -> Outcome:
    return await scene.do(kept_proofs.say_fix, person_id=officer, report_id=report, now=now)


async def test_who_has_a_report_right_there_is_asked_and_one_tap_is_the_proof(scene: Scene) -> None:
    officer, report = await held(scene)
    asked = (await sends(scene, officer, words="New seal.")).draft
    assert asked is not None
    assert (asked.asking, asked.fixes, asked.file_at) == (Asking.FIX, (report,), LATER + 2 * MINUTE)
    assert (await says_fix(scene, officer, report)).blocked is None
    assert (await scene.report(report)).status is Status.RESOLVED
    resolved = (await scene.events(report))[-1]
    assert (resolved.kind, resolved.facts) == (EventKind.RESOLVED, {"words": "New seal.", "metres": 89})
    assert [one.stage for one in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.AFTER]
    assert (len(await scene.rows(Report)), await scene.rows(Draft)) == (1, [])
    with pytest.raises(NothingToAdd):  # pressed twice
        await says_fix(scene, officer, report)


async def test_a_new_report_is_one_tap_too_and_without_an_answer_it_is_filed(scene: Scene) -> None:
    officer, report = await held(scene)
    await sends(scene, officer)
    filed = await scene.do(following.another, person_id=officer, county=scene.county, now=LATER)
    assert filed.filed == report + 1
    await sends(scene, officer, now=LATER + 5 * MINUTE)
    assert await scene.do(following.file_unanswered, now=LATER + 7 * MINUTE) == 1
    assert [one.status for one in await scene.rows(Report)] == [Status.ACCEPTED, Status.OPEN, Status.OPEN]


@pytest.mark.parametrize("who", ["another officer", "a resident", "too far"])
async def test_of_nobody_else_it_is_asked(scene: Scene, who: str) -> None:
    officer, _ = await held(scene)
    if who == "another officer":
        officer = await scene.officer()
    elif who == "a resident":
        officer = await scene.person()
    assert (await sends(scene, officer, at=FAR if who == "too far" else NORTH)).filed is not None


@pytest.mark.parametrize(
    ("source", "taken_at", "is_asked"),
    [
        (PlaceSource.PIN, None, True),
        (PlaceSource.PIN, NOW - 6 * MINUTE, False),  # it was accepted at NOW
        (PlaceSource.EXIF, NOW - 4 * MINUTE, True),  # a camera's clock may be wrong
        (PlaceSource.EXIF, None, False),  # the place may be of any time
    ],
)
async def test_a_picture_from_before_he_had_it_is_no_fix(
    scene: Scene, source: PlaceSource, taken_at: Any, is_asked: bool
) -> None:
    officer, report = await held(scene)
    draft = OpenDraft(officer, opened_at=LATER, changed_at=LATER, place_source=source)
    draft.latitude, draft.longitude = NORTH
    file: Any = SimpleNamespace(kind=AttachmentKind.IMAGE_FILE, taken_at=taken_at)
    asked = await scene.store.read(may_be_fix.about, draft=draft, files=[file])
    assert asked == ((report,) if is_asked else ())


async def test_what_blocks_the_fix_is_said_and_the_proof_is_kept_until_all_are_done(scene: Scene) -> None:
    officer, report = await held(scene)
    sun = await member(scene)
    fire = await team(scene, leads=[sun])
    task = (await scene.do(tasks.give_team, report_id=report, officer_id=officer, team_id=fire)).id
    await sends(scene, officer, words="New seal.")
    blocked = (await says_fix(scene, officer, report)).blocked
    assert blocked is not None
    assert "FIRE team" in set(blocked.values())
    assert ((await scene.report(report)).status, await scene.rows(Draft)) == (Status.ACCEPTED, [])
    assert [one.stage for one in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.KEPT]
    mine: dict[str, Any] = {"report_id": report, "officer_id": officer}
    assert await scene.store.read(kept_proofs.kept_at, **mine) == LATER
    await scene.do(tasks.accept, task_id=task, person_id=sun)
    await scene.do(tasks.finish, task_id=task, person_id=sun, words="done")
    later = LATER + 60 * MINUTE
    await scene.do(proofs.check, **mine, now=later)
    await scene.do(kept_proofs.use, **mine, now=later)
    assert (await scene.report(report)).status is Status.RESOLVED
    assert (await scene.events(report))[-1].facts == {"words": "New seal.", "metres": 89}
    assert [one.stage for one in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.AFTER]
    assert await scene.store.read(kept_proofs.kept_at, **mine) is None
    assert [message for _, message in await scene.told()].count(Message.RESOLVED) == 1


async def test_a_picture_beside_the_proof_that_is_read_later_is_no_question_to_the_reporter(scene: Scene) -> None:
    officer, report = await held(scene)
    image = scene.image()
    await scene.take(officer, image, now=LATER)
    await read(scene, file=image, state=MediaState.WAITING, now=LATER)  # it cannot be fetched yet
    await sends(scene, officer)
    await says_fix(scene, officer, report)
    said = await scene.last_said()
    await read(scene, Seen(), file=image, now=LATER + MINUTE)
    assert await scene.told(since=said) == []
    assert [one.stage for one in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.KEPT, Stage.AFTER]


async def keeps(scene: Scene, officer: int, report: int, *, now: Any = LATER) -> None:
    """A team is brought in, and until it is done the proof that the officer sends is kept."""
    sun = await member(scene)
    crew = await team(scene, f"TEAM {sun}", leads=[sun])
    task = (await scene.do(tasks.give_team, report_id=report, officer_id=officer, team_id=crew, now=now)).id
    await sends(scene, officer, now=now)
    assert (await says_fix(scene, officer, report, now=now)).blocked is not None
    await scene.do(tasks.accept, task_id=task, person_id=sun, now=now)
    await scene.do(tasks.finish, task_id=task, person_id=sun, words="done", now=now)


async def proof_of(scene: Scene, report: int) -> list[int]:
    """By number, the pictures of the fix, in order."""
    return [one.id for one in await scene.rows(Attachment) if (one.report_id, one.stage) == (report, Stage.AFTER)]


async def test_what_is_kept_goes_along_when_the_report_is_merged(scene: Scene) -> None:
    officer, report = await held(scene)
    await keeps(scene, officer, report)
    kept_in = await scene.accepted(await scene.person(), officer, words="a tree on the road", at=FAR)
    await scene.do(merging.merge, report_id=report, into_id=kept_in, officer_id=officer, now=LATER)
    mine: dict[str, Any] = {"report_id": kept_in, "officer_id": officer}
    assert await scene.store.read(kept_proofs.kept_at, **mine) == LATER
    await scene.do(kept_proofs.use, **mine, now=LATER + MINUTE)
    assert (await scene.report(kept_in)).status is Status.RESOLVED
    assert len(await proof_of(scene, kept_in)) == 1


@pytest.mark.parametrize("merges", [False, True])
async def test_what_was_kept_for_an_earlier_fix_is_no_proof_of_a_later_one(scene: Scene, merges: bool) -> None:
    officer, report = await held(scene)
    await keeps(scene, officer, report)
    await scene.resolve(report, officer, now=LATER + MINUTE)
    fixed = await proof_of(scene, report)
    rider = (await scene.report(report)).reporter_id
    again = LATER + 60 * MINUTE
    await scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=0, why="same", now=again)
    mine: dict[str, Any] = {"report_id": report, "officer_id": officer}
    if merges:
        mine["report_id"] = await scene.accepted(
            await scene.person(), officer, words="a tree on the road", at=FAR, now=again
        )
        await scene.do(merging.merge, report_id=report, into_id=mine["report_id"], officer_id=officer, now=again)
    assert await scene.store.read(kept_proofs.kept_at, **mine) is None
    await keeps(scene, officer, mine["report_id"], now=again + MINUTE)
    await scene.do(kept_proofs.use, **mine, now=again + 2 * MINUTE)
    assert len(set(await proof_of(scene, mine["report_id"])) - set(fixed)) == 1


async def test_a_picture_from_before_the_report_is_refused_as_its_fix(scene: Scene) -> None:
    officer, report = await held(scene)
    await sends(scene, officer)

    def says(session: Any, *, taken_at: Any, now: Any) -> None:
        session.scalars(select(Attachment).where(Attachment.person_id == officer)).one().taken_at = taken_at

    await scene.do(says, taken_at=NOW - 6 * MINUTE)
    with pytest.raises(PictureTooOld):
        await says_fix(scene, officer, report)
    assert len(await scene.rows(Draft)) == 1
    await scene.do(says, taken_at=NOW - 4 * MINUTE)
    assert (await says_fix(scene, officer, report)).fixed == report


async def test_what_another_has_by_now_or_shows_the_hazard_is_no_proof_and_stays_in_the_draft(scene: Scene) -> None:
    officer, report = await held(scene)
    hazard = (await scene.rows(Attachment))[0]
    await scene.take(officer, scene.photo(), NORTH, now=LATER)

    def make(session: Any, *, looks: str, now: Any) -> None:
        session.get_one(Attachment, hazard.id + 1).file_unique_id = looks

    await scene.do(make, looks=hazard.file_unique_id)
    with pytest.raises(SameAsBefore):
        await says_fix(scene, officer, report)
    await scene.do(make, looks="another")
    await scene.officer()
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="other", now=LATER)
    with pytest.raises(NotAllowed):
        await says_fix(scene, officer, report)
    assert len(await scene.rows(Draft)) == 1
    assert await scene.do(following.file_unanswered, now=LATER + 2 * MINUTE) == 1
