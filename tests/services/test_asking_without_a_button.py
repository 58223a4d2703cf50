"""What an officer sends after *Accept* without pressing *Ask reporter*, and the buttons of a talk that is over."""

from datetime import timedelta

import pytest

from services import dispatch, intake, talk
from services.errors import NotAllowed, NothingToAdd, TalkOver
from services.talk import Said
from storage.kinds import EventKind, Message, ReporterKind, Stage
from storage.schema import Attachment, Draft, Person
from tests.moment import NOW
from tests.services.scene import Scene

MINUTE = timedelta(minutes=1)


async def may_ask(scene: Scene, officer: int, minutes: int = 0) -> tuple[int, ...]:
    """About which reports the draft with a photo of the officer may ask."""
    draft = (await scene.take(officer, scene.photo(), now=NOW + minutes * MINUTE)).draft
    assert draft is not None
    return draft.may_ask


async def test_the_draft_offers_the_latest_two_of_his_cases(scene: Scene) -> None:
    rider, officer, other = await scene.person(), await scene.officer(), await scene.officer()
    first, second, third = [await scene.accepted(rider, officer) for _ in range(3)]
    await scene.accepted(rider, other)
    assert await may_ask(scene, officer) == (third, second)
    assert first not in await may_ask(scene, officer)
    assert await may_ask(scene, rider) == ()


async def test_for_half_an_hour_after_he_accepted_or_anything_was_said(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    assert await may_ask(scene, officer, 30) == (report,)
    assert await may_ask(scene, officer, 31) == ()
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("Here"), now=NOW + 31 * MINUTE)
    assert await may_ask(scene, officer, 61) == (report,)


async def test_one_tap_passes_it_on_to_the_reporter(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.take(officer, scene.photo(caption="Is it this one?"))
    await scene.do(intake.take_as_question, person_id=officer, report_id=report)
    (line,) = [row for row in await scene.outbox() if row.message is Message.QUESTION]
    assert line.person_id == rider
    assert line.facts is not None
    assert line.facts["words"] == "Is it this one?"
    assert [row.stage for row in await scene.rows(Attachment)] == [Stage.BEFORE, Stage.TALK]
    assert await scene.rows(Draft) == []
    with pytest.raises(NothingToAdd):  # pressed twice
        await scene.do(intake.take_as_question, person_id=officer, report_id=report)


async def test_nobody_speaks_about_what_he_does_not_hold(scene: Scene) -> None:
    rider, officer, other = await scene.person(), await scene.officer(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.take(other, "Hello")
    with pytest.raises(NotAllowed):
        await scene.do(intake.take_as_question, person_id=other, report_id=report)
    await scene.take(officer, "Which door?")
    await scene.resolve(report, officer)
    with pytest.raises(TalkOver):
        await scene.do(intake.take_as_question, person_id=officer, report_id=report)
    assert EventKind.ASKED not in await scene.story(report)


@pytest.mark.parametrize("end", ["resolved", "rejected", "passed on"])
async def test_the_buttons_of_the_talk_go_with_it(scene: Scene, end: str) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.officer(is_primary=False)
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("Which door?"))
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("The left"))
    lines = [row for row in await scene.deliver() if row.message in talk.LINES]
    if end == "resolved":
        await scene.resolve(report, officer)
    else:
        do = dispatch.reject if end == "rejected" else dispatch.decline
        await scene.do(do, report_id=report, officer_id=officer, why="other")
    edits = [
        (row.person_id, (row.facts or {})["edits"])
        for row in await scene.outbox()
        if row.message is Message.CARD and (row.facts or {})["shows"] in talk.LINES
    ]
    gone = [row for row in lines if end != "passed on" or row.person_id == officer]
    assert sorted(edits) == sorted((row.person_id, row.sent[-1]) for row in gone if row.sent)


async def test_a_hazard_that_was_taken_for_a_team_becomes_a_draft_with_one_tap(scene: Scene) -> None:
    rider = await scene.person(kind=ReporterKind.RIDER)

    async def team(name: str | None) -> None:
        def note(session: object, *, now: object) -> None:
            from sqlalchemy.orm import Session

            assert isinstance(session, Session)
            session.get_one(Person, rider).team = name

        await scene.do(note)

    await team("Fire station")
    outcome = await scene.do(intake.take_team, person_id=rider, county=scene.county)
    assert outcome.draft is not None
    assert outcome.draft.words == "Fire station"
    for name in (None, "East gate"):  # pressed twice, or the name is another by now
        await team(name)
        with pytest.raises(NothingToAdd):
            await scene.do(intake.take_team, person_id=rider, county=scene.county)
