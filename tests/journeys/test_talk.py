"""Reporter and holder speak through the bot: words, photos, voice, both ways, until the report is over."""

import json

from storage.kinds import AttachmentKind, Stage
from storage.schema import Attachment, Draft
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Message, Phone
from tests.pictures import jpeg

NUMBER = "D-000001"
ROLE = {"role": "officer"}


async def asked(rider: Phone, officer: Phone, words: str = "Which door?") -> Message:
    """A question about an accepted report; returns it as the reporter sees it."""
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-ask")
    await officer.hears("prompt-ask", number=NUMBER)
    officer.send_text(words)
    await officer.hears("asked-done", number=NUMBER)
    return await rider.hears("told-question", number=NUMBER, **ROLE)


async def test_photos_and_voice_go_both_ways_without_names(town: Town) -> None:
    officer, rider = await town.officer(7001, name="Li"), town.rider(5001, name="Wang Qiang")
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-ask")
    await officer.hears("prompt-ask", number=NUMBER)
    before = rider.last
    officer.send_photo(jpeg("green"), caption="Is it <this> one?")
    question = await rider.hears("told-question", number=NUMBER, **ROLE)
    assert "Is it <this> one?" in question["text"]
    assert [m for m in rider.from_bot if m["message_id"] > before and m.get("photo")]

    rider.push(question, "button-answer")
    await rider.hears("prompt-answer", number=NUMBER)
    rider.send_voice(b"yes")
    done = await rider.hears("answered-done", number=NUMBER)
    answer = await officer.hears("told-answer-shown", number=NUMBER)
    assert [m for m in officer.from_bot if m.get("voice")]
    rider.push(done, "button-say-more")  # the talk goes on
    await rider.hears("prompt-answer", number=NUMBER, after=done["message_id"])
    rider.send_album([jpeg("red"), jpeg("blue")], caption="both")
    again = await officer.hears("told-answer", number=NUMBER)
    assert "both" in again["text"]
    await town.calm()
    shown = [m for m in officer.from_bot if m["message_id"] > answer["message_id"] and m.get("photo")]
    assert len(shown) == 2
    assert rider.said.count(rider.words("answered-done", number=NUMBER)) == 2  # once for the album
    officer.push(again, "button-reply")
    await officer.hears("prompt-ask", number=NUMBER, after=again["message_id"])
    officer.send_voice(b"thanks")
    await rider.hears("told-question-shown", number=NUMBER, **ROLE)
    assert [m for m in rider.from_bot if m.get("voice")]

    rows = await town.store.read(lambda session: session.query(Attachment).filter_by(stage=Stage.TALK).all())
    assert sorted(row.kind for row in rows) == sorted(3 * [AttachmentKind.PHOTO] + 2 * [AttachmentKind.VOICE])
    heard = json.dumps([{**m, "chat": None} for m in officer.from_bot], ensure_ascii=False)
    assert not [secret for secret in ("Wang", "Qiang", "5001") if secret in heard]
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    rider.press(page["message_id"], NUMBER)
    line = rider.words("event-asked", **ROLE) + rider.words("event-said", words="Is it <this> one?")
    shown_line = await rider.wait_for(line)
    assert "📷" in shown_line["text"]
    assert "🎤" in shown_line["text"]


@IN_BOTH_LANGUAGES
async def test_an_answer_without_pressing_is_offered_to_be_one(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    await asked(rider, officer)
    rider.send_text("The <red> one")
    status = await rider.hears("draft-answer", number=NUMBER)
    rider.send_photo(jpeg("red"))
    await rider.until(lambda: rider.words("draft-has-photo", count=1) in rider.current(status)["text"])
    assert rider.button("button-new-report") in rider.buttons(status)
    rider.push(rider.current(status), "button-answer-to", number=NUMBER)
    answer = await officer.hears("told-answer", number=NUMBER)
    assert "The <red> one" in answer["text"]
    await rider.until(lambda: rider.words("answered-done", number=NUMBER) in rider.current(status)["text"])
    assert await town.count(Draft) == 0


async def test_what_is_offered_as_an_answer_may_be_a_new_report(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await asked(rider, officer)
    rider.send_photo(jpeg("black"), caption="another leak")
    status = await rider.hears("draft-answer", number=NUMBER)
    rider.push(status, "button-new-report")
    await rider.until(lambda: rider.words("draft-needs-place") in rider.current(status)["text"])
    rider.send_location(*county.IN_A1)
    await rider.hears_filed(2)
    await town.calm()
    assert officer.words("told-answer", number=NUMBER) not in officer.said


async def test_a_reply_to_the_question_is_the_answer(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    question = await asked(rider, officer)
    await town.calm()  # it is written down which message it became
    rider.send_text("The third floor", reply_to=question["message_id"])
    await rider.hears("answered-done", number=NUMBER)
    answer = await officer.hears("told-answer", number=NUMBER)
    assert "The third floor" in answer["text"]
    await town.calm()
    officer.send_text("Left or right?", reply_to=answer["message_id"])
    await officer.hears("asked-done", number=NUMBER, after=answer["message_id"])
    again = await rider.hears("told-question", number=NUMBER, after=question["message_id"], **ROLE)
    assert "Left or right?" in again["text"]
    assert await town.count(Draft) == 0


@IN_BOTH_LANGUAGES
async def test_the_talk_is_closed_with_the_report_and_says_so(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    question = await asked(rider, officer)
    card = await officer.gets_alert()
    officer.press(card["message_id"], data="rf:1:none")
    await rider.hears("told-rejected", number=NUMBER, why=rider.words("why-reject-none"))
    rider.press(question["message_id"], data="an:1")  # just before the button goes
    await rider.sees_toast("error-talk-over", number=NUMBER)
    await town.calm()
    assert rider.buttons(question) == []
    assert rider.current(question)["text"] == question["text"]
    rider.send_text("too late", reply_to=question["message_id"])
    await rider.hears("error-talk-over", number=NUMBER)
    officer.press(card["message_id"], data="as:1")
    await officer.sees_toast("error-talk-over", number=NUMBER)


async def test_what_was_said_offers_no_more_once_the_report_is_over(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await filed(rider)
    rider.press((await rider.hears_filed())["message_id"], data="aw:1")
    await rider.hears("prompt-words", number=NUMBER)
    rider.send_text("ring at the gate")
    added = await rider.hears("words-added", number=NUMBER)
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await officer.until(lambda: officer.button("button-ask") in officer.buttons(card))
    await town.calm()
    officer.push(card, "button-ask")
    await officer.hears("prompt-ask", number=NUMBER)
    officer.send_text("Which door?")
    passed_on = await officer.hears("asked-done", number=NUMBER)
    await rider.hears("told-question", number=NUMBER, **ROLE)
    rider.send_text("The red one")
    status = await rider.hears("draft-answer", number=NUMBER)
    rider.push(status, "button-answer-to", number=NUMBER)
    await rider.until(lambda: rider.buttons(status) == [rider.button("button-say-more")])
    await town.calm()
    assert rider.buttons(added) == [rider.button("button-add-more")]
    officer.press(card["message_id"], data="rf:1:none")
    await rider.hears("told-rejected", number=NUMBER, why=rider.words("why-reject-none"))
    await town.calm()
    for phone, message in ((rider, added), (officer, passed_on), (rider, status)):
        assert phone.buttons(message) == [], phone.transcript()
        assert phone.current(message)["text"]


async def test_nobody_hears_while_it_is_passed_on(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await town.officer(7002, is_primary=False)
    question = await asked(rider, officer)
    card = await officer.gets_alert()
    officer.press(card["message_id"], data="dc:1:away")
    await rider.hears("told-reopened", number=NUMBER, level=rider.words("level-deputy"))
    rider.push(question, "button-answer")
    await rider.sees_toast("error-nobody-to-answer", number=NUMBER)


async def test_photos_and_voice_are_added_before_and_after_somebody_accepts(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    receipt = await filed(rider)
    card = await officer.gets_alert()
    rider.push(receipt, "button-add-words")
    await rider.hears("prompt-words", number=NUMBER)
    rider.send_photo(jpeg("yellow"), caption="from the <side>")
    added = await rider.hears("words-added", number=NUMBER)
    await officer.hears("told-photos", number=NUMBER)
    words = await officer.hears("told-words", number=NUMBER)
    assert "from the <side>" in words["text"]
    officer.push(card, "button-accept")
    await rider.hears("told-accepted", number=NUMBER, name="Li", **ROLE)
    rider.push(added, "button-add-more")
    await rider.hears("prompt-words", number=NUMBER, after=added["message_id"])
    rider.send_voice(b"it hisses")
    await officer.hears("told-recording", number=NUMBER)
    assert await town.count(Draft) == 0


async def test_the_card_from_the_list_is_live_and_the_older_one_points_to_it(town: Town) -> None:
    first, second = await town.officer(7001), await town.officer(7002, name="Chen")
    rider = town.rider()
    await filed(rider)
    old = await first.gets_alert()
    theirs = await second.gets_alert()
    first.send_text("/cases")
    page = await first.hears("my-cases-title")
    first.press(page["message_id"], NUMBER)
    new = await first.gets_alert(after=page["message_id"])
    await first.until(lambda: first.words("case-replaced", number=NUMBER) in first.current(old)["text"])
    assert first.buttons(old) == []
    second.push(theirs, "button-accept")
    await first.until(lambda: first.words("case-taken", name="Chen", **ROLE) in first.current(new)["text"])
    assert first.buttons(new) == []
    assert first.words("case-replaced", number=NUMBER) in first.current(old)["text"]


@ON_SQLITE
@IN_BOTH_LANGUAGES
async def test_the_desk_and_an_administrator_are_called_what_they_are(town: Town, language: str) -> None:
    admin, rider = town.admin(language), town.rider(language=language)
    admin.send_text("/start")
    await admin.hears("first-admin")
    await filed(rider, place=county.IN_GAP)
    card = await admin.gets_alert()
    admin.push(card, "button-accept")
    await rider.hears("told-accepted", number=NUMBER, name="Admin", role="admin")
    await town.desk(language=language)
    admin.push(await admin.gets_alert(), "button-ask")
    await admin.hears("prompt-ask", number=NUMBER)
    admin.send_text("Where?")
    await rider.hears("told-question", number=NUMBER, role="admin")
    officer = town.rider(5002, language=language)
    await filed(officer, 2, place=(county.IN_GAP[0] + 0.001, county.IN_GAP[1]))
    desk = Phone(town.tg.person(8001, first_name="Desk"), rider.language)
    desk.push(await desk.gets_alert(2), "button-accept")
    await officer.hears("told-accepted", number="D-000002", name="Desk", role="desk")
