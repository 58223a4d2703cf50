"""A question and its answer go through the bot: neither side learns who the other is."""

from zoneinfo import ZoneInfo

import pytest

from services import briefs, talk
from services.errors import NotAllowed, NotPossible, NoWords, ReportEnded, WordsTooLong
from storage import outbox
from storage.kinds import EventKind, Message
from tests.moment import NOW
from tests.services.scene import Scene
from views import messages

RIDER, OFFICER = "Wang Rider", "Li Officer"


async def test_a_question_and_its_answer_reach_the_other_side(scene: Scene) -> None:
    rider, officer = await scene.person(RIDER), await scene.officer(name=OFFICER)
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, words="Which door?")
    await scene.do(talk.answer, report_id=report, person_id=rider, words=" The red one. ")
    said = [(row.person_id, row.message, row.facts) for row in (await scene.outbox())[-2:]]
    assert said == [
        (rider, Message.QUESTION, {"words": "Which door?"}),
        (officer, Message.ANSWER, {"words": "The red one."}),
    ]
    assert (await scene.story(report))[-2:] == [EventKind.ASKED, EventKind.ANSWERED]


async def test_no_text_of_theirs_names_the_other(scene: Scene) -> None:
    """Whatever an officer is told never names the reporter; a question does not name the officer."""
    rider, officer = await scene.person(RIDER), await scene.officer(name=OFFICER)
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, words="Which door?")
    await scene.do(talk.answer, report_id=report, person_id=rider, words="The red one.")
    await scene.resolve(report, officer)
    texts: dict[int, list[str]] = {rider: [], officer: []}
    for claimed in await scene.store.write(outbox.claim, now=NOW, most=100):
        brief = await scene.store.read(briefs.load, claimed=claimed, now=NOW)
        assert brief is not None
        card = messages.render(brief, now=NOW, zone=ZoneInfo("Asia/Shanghai"))
        if card is not None:
            texts[claimed.person_id].append(card.text)
            if claimed.message is Message.QUESTION:
                assert OFFICER not in card.text
    assert texts[officer]
    assert not [text for text in texts[officer] if RIDER in text]


async def test_only_the_holder_asks_and_only_the_reporter_answers(scene: Scene) -> None:
    rider, officer, other = await scene.person(), await scene.officer(), await scene.officer()
    report = await scene.file(rider)
    with pytest.raises(NotAllowed):  # not accepted yet
        await scene.do(talk.ask, report_id=report, officer_id=officer, words="?")
    with pytest.raises(NotPossible):  # nobody has it
        await scene.do(talk.answer, report_id=report, person_id=rider, words="!")
    from services import dispatch

    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    with pytest.raises(NotAllowed):
        await scene.do(talk.ask, report_id=report, officer_id=other, words="?")
    with pytest.raises(NotAllowed):
        await scene.do(talk.answer, report_id=report, person_id=officer, words="!")


async def test_a_question_is_words(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    for words, problem in (("\u200b", NoWords), ("x" * 4097, WordsTooLong)):
        with pytest.raises(problem):
            await scene.do(talk.ask, report_id=report, officer_id=officer, words=words)


async def test_nothing_is_asked_about_a_report_that_is_over(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    await scene.resolve(report, officer)
    with pytest.raises(ReportEnded):
        await scene.do(talk.ask, report_id=report, officer_id=officer, words="?")
