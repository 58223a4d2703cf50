"""What is said goes through the bot: neither side learns who the other is."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from services import briefs, delivery, dispatch, escalation, intake, media, outgoing, reports, talk
from services.errors import (
    BadPlace,
    NobodyToAnswer,
    NotAllowed,
    NothingToAdd,
    NoWords,
    QuestionOver,
    TalkOver,
    WordsTooLong,
)
from services.lately import ANSWER_WITHIN
from services.parts import Outcome, attachment_of
from services.talk import Said
from storage import outbox
from storage.kinds import Asking, AttachmentKind, EventKind, MediaState, Message, OutboxState, Role, Stage
from storage.media import Picture
from storage.outbox import Settlement
from storage.schema import Attachment, Draft
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from views import messages

RIDER, OFFICER = "Wang Rider", "Li Officer"
ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


def sent(scene: Scene, who: int, *, caption: str | None = None, **how: Any) -> Said:
    """A file that was just sent, as something said."""
    file = scene.photo(**how)
    return Said(caption, (attachment_of(who, file, stage=Stage.TALK, now=NOW),))


async def lines(scene: Scene) -> list[tuple[int, Message, dict[str, Any]]]:
    """What is passed on, to whom."""
    return [(row.person_id, row.message, row.facts or {}) for row in await scene.outbox() if row.message in talk.LINES]


async def test_a_question_and_its_answer_reach_the_other_side(scene: Scene) -> None:
    rider, officer = await scene.person(RIDER), await scene.officer(name=OFFICER)
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("Which door?"))
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said(" The red one. "))
    assert await lines(scene) == [
        (rider, Message.QUESTION, {"role": "officer", "words": "Which door?"}),
        (officer, Message.ANSWER, {"role": "officer", "words": "The red one."}),
    ]
    assert (await scene.story(report))[-2:] == [EventKind.ASKED, EventKind.ANSWERED]


@pytest.mark.parametrize("kind", [AttachmentKind.PHOTO, AttachmentKind.VOICE, AttachmentKind.VIDEO])
async def test_photos_and_recordings_are_passed_on_both_ways_and_kept(scene: Scene, kind: AttachmentKind) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(
        talk.ask, report_id=report, officer_id=officer, said=sent(scene, officer, kind=kind, caption="this?")
    )
    await scene.do(talk.answer, report_id=report, person_id=rider, said=sent(scene, rider, kind=kind))
    kept = [row for row in await scene.rows(Attachment) if row.stage is Stage.TALK]
    assert [(row.report_id, row.person_id, row.media_state) for row in kept] == [
        (report, officer, MediaState.WAITING),  # to be fetched, as everything that is sent
        (report, rider, MediaState.WAITING),
    ]
    facts = [said[2] for said in await lines(scene)]
    assert facts == [
        {"role": "officer", "words": "this?", "attachments": [kept[0].id]},
        {"role": "officer", "attachments": [kept[1].id]},
    ]
    told = [event.facts for event in (await scene.events(report))[-2:]]
    assert [facts["kinds"] for facts in told if facts] == [[str(kind)], [str(kind)]]
    for row in [row for row in await scene.outbox() if row.message in talk.LINES]:
        card = await rendered(scene, row.id)
        assert [photo.file_id for photo in card.photos] == [kept[0 if row.person_id == rider else 1].file_id]


async def rendered(scene: Scene, row_id: int) -> Any:
    """A message of the outbox in words, which nothing is done about."""
    claimed = await scene.store.write(outbox.claim, now=NOW + MINUTE, most=100)
    back = [Settlement(one.id, OutboxState.AVAILABLE) for one in claimed]
    await scene.do(delivery.settle, settlements=back)
    brief = await scene.store.read(outgoing.load, claimed=next(one for one in claimed if one.id == row_id), now=NOW)
    assert brief is not None
    return messages.render(brief, now=NOW, zone=ZONE)


async def test_a_place_is_an_answer_too(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said(place=county.IN_A2))
    assert (await lines(scene))[-1][2] == {"role": "officer", "place": list(county.IN_A2)}
    with pytest.raises(BadPlace):
        await scene.do(talk.answer, report_id=report, person_id=rider, said=Said(place=(0.0, 0.0)))


async def test_what_was_said_is_no_picture_of_the_report(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=sent(scene, officer))
    record = await scene.store.read(briefs.describe, report_id=report, person_id=rider)
    assert [photo.stage for photo in record.photos] == [Stage.BEFORE]
    await scene.do(
        reports.add,
        report_id=report,
        person_id=rider,
        attachment=attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW),
    )
    many = [scene.photo() for _ in range(reports.MOST_PHOTOS - 2)]
    for photo in many:
        more = attachment_of(rider, photo, stage=Stage.BEFORE, now=NOW)
        await scene.do(reports.add, report_id=report, person_id=rider, attachment=more)


async def test_an_album_is_one_answer(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    first = await scene.do(
        talk.answer, report_id=report, person_id=rider, said=sent(scene, rider, media_group_id="g", caption="both")
    )
    second = await scene.do(talk.answer, report_id=report, person_id=rider, said=sent(scene, rider, media_group_id="g"))
    straggler = await scene.take(rider, scene.photo(media_group_id="g"))  # no dialog waits for it any more
    assert (first, second, straggler) == (True, False, Outcome(joined=report))
    ((to, message, facts),) = await lines(scene)
    assert (to, message, len(facts["attachments"])) == (officer, Message.ANSWER, 3)
    assert (await scene.story(report)).count(EventKind.ANSWERED) == 1
    assert await scene.rows(Draft) == []


async def test_from_whom_it_is_taken_over_has_nothing_more_to_say(scene: Scene) -> None:
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report, late = await scene.accepted(rider, officer, words="着火了"), NOW + 121 * MINUTE
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("The red one."))
    await scene.deliver(now=NOW + MINUTE)
    (line,) = [row for row in await scene.outbox() if row.message is Message.ANSWER]
    for _ in range(2):
        await scene.do(escalation.tick, now=late)
    await scene.do(dispatch.accept, report_id=report, officer_id=deputy, now=late)
    facts = [row.facts for row in await scene.outbox() if (row.person_id, row.message) == (officer, Message.CARD)]
    assert {"edits": (line.sent or [0])[-1], "shows": str(Message.ANSWER)} in facts, "its button goes"


async def test_words_below_a_later_picture_of_an_album_are_passed_on_too(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    for caption in ("here", "and there"):
        album = sent(scene, rider, media_group_id="g", caption=caption)
        await scene.do(talk.answer, report_id=report, person_id=rider, said=album)
    await scene.take(rider, scene.photo(media_group_id="g", caption="and behind"))
    assert [facts["words"] for _, _, facts in await lines(scene)] == ["here", "and there", "and behind"]


async def test_an_image_file_is_passed_on_once_it_was_read(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    image = attachment_of(rider, scene.image(), stage=Stage.TALK, now=NOW)
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said(None, (image,)))
    assert await lines(scene) == []
    wanted = next(one for one in await scene.do(media.claim, most=9) if one.kind is AttachmentKind.IMAGE_FILE)
    picture = Picture("JPEG", 9, 9, place=county.IN_B1)
    await scene.do(media.stored, wanted=wanted, media_hash="ab", picture=picture, county=scene.county)
    assert await lines(scene) == [(officer, Message.ANSWER, {"role": "officer", "attachments": [wanted.attachment_id]})]


async def test_one_that_is_read_when_another_has_the_report_is_still_a_question(scene: Scene) -> None:
    rider, officer, deputy = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report, late = await scene.accepted(rider, officer, words="着火了"), NOW + 121 * MINUTE
    image = attachment_of(officer, scene.image(), stage=Stage.TALK, now=NOW)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said(None, (image,)))
    wanted = next(one for one in await scene.do(media.claim, most=9) if one.kind is AttachmentKind.IMAGE_FILE)
    for _ in range(2):
        await scene.do(escalation.tick, now=late)
    await scene.do(dispatch.accept, report_id=report, officer_id=deputy, now=late)
    known = {"wanted": wanted, "media_hash": "ab", "picture": Picture("JPEG", 9, 9), "county": scene.county}
    await scene.do(media.stored, **known, now=late)
    assert [(person, message) for person, message, _ in await lines(scene)] == [(rider, Message.QUESTION)]


async def test_an_old_picture_that_is_the_answer_is_passed_on_all_the_same(scene: Scene) -> None:
    rider, officer, report = await asked(scene)
    later = NOW + 11 * MINUTE
    await scene.take(rider, scene.image(), now=later)
    wanted = next(
        one for one in await scene.do(media.claim, most=9, now=later) if one.kind is AttachmentKind.IMAGE_FILE
    )
    picture = Picture("JPEG", 9, 9, taken_at=NOW - 60 * 24 * MINUTE)
    known = {"wanted": wanted, "media_hash": "ab", "picture": picture, "county": scene.county}
    await scene.do(media.stored, **known, now=later)
    await scene.do(intake.take_as_answer, person_id=rider, report_id=report, now=later)
    told = [row for row in await scene.outbox() if row.message is Message.ANSWER]
    assert [row.person_id for row in told] == [officer]
    shown = await scene.store.read(
        lambda session: [
            row.is_doubtful
            for row in session.scalars(select(Attachment).where(Attachment.kind == AttachmentKind.IMAGE_FILE))
        ]
    )
    assert shown == [False]  # a doubtful one is shown to nobody


async def test_it_is_said_as_what_somebody_holds_it(scene: Scene) -> None:
    rider, desk = await scene.person(), await scene.person(roles=(Role.DESK,))
    report = await scene.accepted(rider, desk, at=county.IN_GAP)
    await scene.do(talk.ask, report_id=report, officer_id=desk, said=Said("Where?"))
    ((_, _, facts),) = await lines(scene)
    assert facts["role"] == "desk"


async def test_no_text_of_theirs_names_the_other(scene: Scene) -> None:
    """Whatever an officer is told never names the reporter; a question does not name the officer."""
    rider, officer = await scene.person(RIDER), await scene.officer(name=OFFICER)
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("Which door?"))
    await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("The red one."))
    await scene.resolve(report, officer)
    texts: dict[int, list[str]] = {rider: [], officer: []}
    for claimed in await scene.store.write(outbox.claim, now=NOW, most=100):
        brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW)
        assert brief is not None
        card = messages.render(brief, now=NOW, zone=ZONE)
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
        await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("?"))
    with pytest.raises(NobodyToAnswer):  # nobody has it
        await scene.do(talk.answer, report_id=report, person_id=rider, said=Said("!"))
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    with pytest.raises(NotAllowed):
        await scene.do(talk.ask, report_id=report, officer_id=other, said=Said("?"))
    with pytest.raises(NotAllowed):
        await scene.do(talk.answer, report_id=report, person_id=officer, said=Said("!"))


async def test_a_question_is_words(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    for words, problem in (("\u200b", NoWords), ("x" * 4097, WordsTooLong)):
        with pytest.raises(problem):
            await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said(words))


async def test_the_talk_ends_with_the_report(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("Which door?"))
    await scene.resolve(report, officer)
    for who, step in ((officer, talk.ask), (rider, talk.answer)):
        me = {"officer_id": who} if step is talk.ask else {"person_id": who}
        with pytest.raises(TalkOver):
            await scene.do(step, report_id=report, **me, said=Said("?"))
    assert (await scene.take(rider, "another leak")).draft is not None
    (draft,) = await scene.rows(Draft)
    assert not draft.answers


# -- without pressing a button --


async def asked(scene: Scene) -> tuple[int, int, int]:
    """A report whose holder has asked something ten minutes after it was filed: reporter, holder, report."""
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=Said("?"), now=NOW + 10 * MINUTE)
    return rider, officer, report


async def test_what_comes_after_a_question_may_be_its_answer(scene: Scene) -> None:
    rider, officer, report = await asked(scene)
    later = NOW + 11 * MINUTE
    for part in ("The red one", scene.photo(caption="this"), scene.photo(kind=AttachmentKind.VOICE)):
        draft = (await scene.take(rider, part, now=later)).draft
        assert draft is not None
        assert (draft.asking, draft.join_report_id) == (Asking.ANSWER, report)
    done = await scene.do(intake.take_as_answer, person_id=rider, report_id=report, now=later)
    assert done == Outcome(answered=report)
    to, message, facts = (await lines(scene))[-1]
    assert (to, message, facts["words"], len(facts["attachments"])) == (officer, Message.ANSWER, "The red one\nthis", 2)
    assert await scene.rows(Draft) == []
    assert not [row for row in await scene.rows(Attachment) if row.draft_id is not None]


async def test_or_a_new_report(scene: Scene) -> None:
    rider, _, report = await asked(scene)
    later = NOW + 11 * MINUTE
    await scene.take(rider, scene.photo(), now=later)
    await scene.do(intake.answer_join, person_id=rider, joins=False, county=scene.county, now=later)
    filed = (await scene.take(rider, county.IN_A1, now=later)).filed
    assert filed not in (None, report)
    assert [message for _, message, _ in await lines(scene)] == [Message.QUESTION]


async def test_it_is_offered_for_half_an_hour(scene: Scene) -> None:
    rider, _, _ = await asked(scene)
    draft = (await scene.take(rider, "late", now=NOW + 10 * MINUTE + ANSWER_WITHIN + MINUTE)).draft
    assert draft is not None
    assert draft.asking is None


async def test_what_was_last_is_asked_about(scene: Scene) -> None:
    rider, _, report = await asked(scene)
    await scene.take(rider, scene.photo(), now=NOW + 11 * MINUTE)
    second = (await scene.take(rider, county.IN_A2, now=NOW + 11 * MINUTE)).filed
    draft = (await scene.take(rider, "more", now=NOW + 12 * MINUTE)).draft
    assert draft is not None
    assert (draft.asking, draft.join_report_id) == (Asking.JOIN, second)
    with pytest.raises(NothingToAdd):  # a button of another question
        await scene.do(intake.take_as_answer, person_id=rider, report_id=report, now=NOW + 12 * MINUTE)


async def test_an_answer_that_comes_too_late_stays_in_the_draft(scene: Scene) -> None:
    rider, officer, report = await asked(scene)
    await scene.take(rider, "the red one", now=NOW + 11 * MINUTE)
    await scene.resolve(report, officer, now=NOW + 12 * MINUTE)
    with pytest.raises(QuestionOver):
        await scene.do(intake.take_as_answer, person_id=rider, report_id=report, now=NOW + 13 * MINUTE)
    assert [draft.words for draft in await scene.rows(Draft)] == ["the red one"]


async def test_a_message_of_the_talk_is_known_by_its_number(scene: Scene) -> None:
    rider, officer, report = await asked(scene)
    question = next(row.id for row in await scene.outbox() if row.message is Message.QUESTION)
    await scene.store.write(outbox.claim, now=NOW + 11 * MINUTE, most=100)
    await scene.do(delivery.settle, settlements=[Settlement(question, OutboxState.DELIVERED, sent=(71, 72))])
    for message_id, known in ((71, (report, Message.QUESTION)), (72, (report, Message.QUESTION)), (73, None)):
        assert await scene.store.read(talk.replied_to, person_id=rider, message_id=message_id) == known
    assert await scene.store.read(talk.replied_to, person_id=officer, message_id=71) is None
    said = await scene.last_said()
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="none")
    edits = [row.facts for row in await scene.outbox() if row.id > said and row.message is Message.CARD]
    over = [facts for facts in edits if facts and facts["edits"] in (71, 72)]
    assert over == [{"edits": 72, "shows": "question"}]  # its buttons go; what was said stays as it is
