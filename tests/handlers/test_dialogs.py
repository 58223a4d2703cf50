"""What a dialog waits for, and when it is over."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from handlers.answer import Answer
from handlers.dialogs import LIFETIME, Waiting
from services import county as maps
from services import media
from storage.kinds import Language, Message, Stage, Status
from storage.media import Picture
from storage.schema import Attachment, Conversation, Draft, Invite, InviteGrid, Report, ShownCard
from tests import county
from tests.handlers.conftest import ADMIN, Room, words_of
from views.menu import KEYS
from views.texts import plain
from views.texts import say as text_of

RIDER, OFFICER, OTHER = 11, 21, 22


async def waits_for(room: Room, who: int) -> Any:
    """The state of the person's dialog."""
    return next((row.state for row in await room.rows(Conversation) if row.chat_id == who), None)


async def the_report(room: Room, number: int) -> Report:
    return next(one for one in await room.rows(Report) if one.id == number)


async def accepted(room: Room) -> int:
    """A report that the officer has accepted."""
    await room.officer(OFFICER)
    report = await room.report(RIDER)
    await room.press(OFFICER, f"ac:{report}")
    return report


async def test_a_fix_needs_a_photo_words_first_are_kept(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"rs:{report}")
    assert await waits_for(room, OFFICER) == Waiting.proof.state
    assert "photo of the fix" in words_of(await room.say(OFFICER, "new pipe"))
    assert "photo of the fix" in words_of(await room.send(OFFICER, voice=voice()))
    assert "your place" in words_of(await room.photo(OFFICER, caption="tested"))
    assert await waits_for(room, OFFICER) == Waiting.proof.state
    assert "is fixed" in words_of(await room.pin(OFFICER))
    row = await the_report(room, report)
    assert row.status is Status.RESOLVED
    assert await waits_for(room, OFFICER) is None


def voice() -> dict[str, Any]:
    return {"file_id": "v", "file_unique_id": "v", "duration": 1}


async def test_an_image_file_that_cannot_be_seen_is_no_proof(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"rs:{report}")
    document = {"file_id": "d", "file_unique_id": "d", "file_name": "a.jpg", "mime_type": "image/jpeg"}
    assert "that is no picture" in words_of(await room.send(OFFICER, document=document))
    assert (await the_report(room, report)).status is Status.ACCEPTED
    assert await room.rows(Draft) == []


@pytest.mark.parametrize("button", ["rs", "rj", "as"])
async def test_only_the_holder_begins(room: Room, button: str) -> None:
    report = await accepted(room)
    await room.officer(OTHER)
    answer = await room.press(OTHER, f"{button}:{report}")
    assert answer.is_alert
    assert await waits_for(room, OTHER) is None


async def test_back_from_a_rejection_asks_for_no_reason_any_more(room: Room) -> None:
    report = await accepted(room)
    asked = (await room.press(OFFICER, f"rj:{report}")).edit
    assert asked is not None
    answer = await room.press(OFFICER, f"ca:{report}", under=asked)
    assert answer.edit is not None
    assert await waits_for(room, OFFICER) is None
    await room.say(OFFICER, "there is a hole in the road")
    assert (await the_report(room, report)).status is Status.ACCEPTED
    assert len(await room.rows(Draft)) == 1


async def test_a_rejection_in_words_of_ones_own(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"rj:{report}")
    await room.say(OFFICER, "It is on private ground")
    assert (await the_report(room, report)).status is Status.REJECTED
    assert await waits_for(room, OFFICER) is None


async def test_who_passes_a_report_on_is_asked_nothing_more_about_it(room: Room) -> None:
    report = await accepted(room)
    await room.officer(OTHER)
    await room.press(OFFICER, f"rs:{report}")
    await room.press(OFFICER, f"dc:{report}:away")
    assert await waits_for(room, OFFICER) is None
    answer = await room.photo(OFFICER)
    assert answer.status is not None  # the photo begins a report of his own


async def test_after_half_an_hour_a_photo_is_no_proof_of_yesterdays(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"rs:{report}")
    room.travel(LIFETIME + timedelta(seconds=1))
    answer = await room.photo(OFFICER)
    assert answer.status is not None
    assert (await the_report(room, report)).status is Status.ACCEPTED
    assert await waits_for(room, OFFICER) is None


async def test_within_half_an_hour_it_still_waits(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"rs:{report}")
    room.travel(LIFETIME)
    await room.photo(OFFICER)
    room.travel(LIFETIME)
    await room.pin(OFFICER)
    assert (await the_report(room, report)).status is Status.RESOLVED


async def test_words_that_come_too_late_end_the_dialog_and_the_next_ones_are_a_report(room: Room) -> None:
    await room.officer(OFFICER)
    report = await room.report(RIDER)
    await room.press(RIDER, f"aw:{report}")
    await room.press(OFFICER, f"ac:{report}")
    await room.press(OFFICER, f"rf:{report}:none")
    assert text_of(Language.EN, "error-report-ended") in words_of(await room.say(RIDER, "more"))
    assert await waits_for(room, RIDER) is None
    assert (await room.say(RIDER, "a new hole")).status is not None


async def test_a_wrong_place_may_be_sent_again(room: Room) -> None:
    report = await room.report(RIDER)
    await room.press(RIDER, f"cp:{report}")
    assert "outside the county" in words_of(await room.pin(RIDER, county.OUTSIDE))
    assert await waits_for(room, RIDER) == Waiting.place.state
    await room.pin(RIDER, county.IN_A2)
    assert (await the_report(room, report)).latitude == county.IN_A2[0]
    assert await waits_for(room, RIDER) is None
    assert await room.rows(Draft) == []


async def test_a_place_that_comes_too_late_ends_the_dialog(room: Room) -> None:
    await room.officer(OFFICER)
    report = await room.report(RIDER)
    await room.press(RIDER, f"cp:{report}")
    await room.press(OFFICER, f"ac:{report}")
    assert "cannot be changed" in words_of(await room.pin(RIDER, county.IN_A2))
    assert await waits_for(room, RIDER) is None


async def test_cancel_ends_it(room: Room) -> None:
    report = await room.report(RIDER)
    await room.press(RIDER, f"aw:{report}")
    await room.press(RIDER, "cx")
    assert await waits_for(room, RIDER) is None


async def test_a_question_and_its_answer(room: Room) -> None:
    report = await accepted(room)
    await room.press(OFFICER, f"as:{report}")
    assert "Passed on" in words_of(await room.say(OFFICER, "Which door?"))
    await room.press(RIDER, f"an:{report}")
    assert "Passed on" in words_of(await room.say(RIDER, "The red one."))
    assert (await waits_for(room, OFFICER), await waits_for(room, RIDER)) == (None, None)


async def shown_in(room: Room, who: int, report: int, message_id: int, shows: Message) -> dict[str, Any]:
    """The other side's words became this message; it, as a reply quotes it."""
    person = (await room.person(who)).id

    def note(session: Session) -> None:
        session.add(ShownCard(person_id=person, report_id=report, message_id=message_id, shows=shows))

    await room.store.write(note)
    return {"message_id": message_id, "date": 1, "chat": {"id": who, "type": "private"}, "text": "?"}


async def test_a_reply_is_part_of_the_talk_whatever_a_dialog_waits_for(room: Room) -> None:
    report = await accepted(room)
    question = await shown_in(room, RIDER, report, 901, Message.QUESTION)
    answer = await shown_in(room, OFFICER, report, 902, Message.ANSWER)
    assert "Passed on" in words_of(await room.photo(RIDER, reply_to_message=question))
    assert "Passed on" in words_of(await room.send(RIDER, voice=voice(), reply_to_message=question))
    await room.press(OFFICER, f"rs:{report}")
    assert "Passed on" in words_of(await room.photo(OFFICER, reply_to_message=answer))
    assert await waits_for(room, OFFICER) == Waiting.proof.state
    assert (await the_report(room, report)).status is Status.ACCEPTED  # no proof
    assert [row.stage for row in await room.rows(Attachment)].count(Stage.TALK) == 3
    assert await room.rows(Draft) == []


async def test_a_reply_to_anything_else_is_a_part_like_any_other(room: Room) -> None:
    report = await accepted(room)
    question = await shown_in(room, RIDER, report, 901, Message.QUESTION)
    assert (await room.say(RIDER, "/help")).say
    answer = await room.photo(RIDER, reply_to_message={**question, "message_id": 5})
    assert answer.status is not None


async def test_a_place_may_be_the_answer(room: Room) -> None:
    report = await accepted(room)
    await room.press(RIDER, f"an:{report}")
    assert "Passed on" in words_of(await room.pin(RIDER, county.IN_A2))
    assert await room.rows(Draft) == []


async def test_a_riders_first_minute(room: Room) -> None:
    answer = await room.say(RIDER, "/start")
    assert "Privacy" in words_of(answer)
    assert answer.say[0].keyboard is not None
    await room.press(RIDER, "kd:rider")
    await room.press(RIDER, "pf:meituan")
    assert await waits_for(room, RIDER) == Waiting.team.state
    await room.say(RIDER, "East gate")
    row = await room.person(RIDER)
    assert (row.kind, row.platform, row.team) == ("rider", "meituan", "East gate")


async def test_an_administrator_makes_a_link_and_a_wrong_code_may_be_sent_again(room: Room) -> None:
    await room.press(ADMIN, "iv:officer")
    await room.press(ADMIN, "ir:0")
    assert "There is no grid" in words_of(await room.say(ADMIN, "X-1"))
    assert "no words" in words_of(await room.say(ADMIN, " , "))
    answer = await room.say(ADMIN, " a-01,b-01 ")
    assert "https://t.me/warmgrid_bot?start=fresh-token" in words_of(answer)
    for words in ("Grid officer (deputy)", "A-01 Grid A-01", "B-01 Grid B-01"):
        assert words in words_of(answer)
    (invite,) = await room.rows(Invite)
    assert not invite.is_primary
    assert len(await room.rows(InviteGrid)) == 2


async def test_nobody_else_chooses_a_rank(room: Room) -> None:
    assert (await room.press(RIDER, "ir:1")).is_alert
    assert await waits_for(room, RIDER) is None


@pytest.mark.parametrize("role", ["officer", "desk", "lead", "admin"])
async def test_nobody_else_makes_a_link(room: Room, role: str) -> None:
    answer = await room.press(RIDER, f"iv:{role}")
    assert answer.is_alert
    assert (await room.rows(Invite), await waits_for(room, RIDER)) == ([], None)
    assert words_of(await room.say(RIDER, "/invite"))


# -- buttons that mean nothing --

FORGED = [
    "iv:king",
    "ir:2",
    "ta:x",
    "lg:tlh",
    "kd:x",
    "du:01",
    "ac:x",
    "ac:1:2",
    "nonsense",
    "",
    "sc:1",
    "jn:2",
    "mr:-1",
    "dc:1",
]


async def test_a_forged_button_changes_nothing_and_is_answered(room: Room) -> None:
    for data in FORGED:
        assert (await room.press(RIDER, data)).toast, data
    assert (await room.rows(Conversation), await room.rows(Draft)) == ([], [])


async def test_a_button_of_somebody_elses_report_tells_nothing(room: Room) -> None:
    for report in (await room.report(RIDER), 999):
        for button in ("ac", "nm", "rs", "rj", "as", "ca", "an", "sr", "aw", "cc", "cp", "wd", "wy", "rc", "ta"):
            answer = await room.press(OTHER, f"{button}:{report}")
            assert answer.is_alert
            assert answer.toast
            assert (answer.edit, answer.say) == (None, ())
    assert await waits_for(room, OTHER) is None


async def test_a_button_out_of_date_is_answered(room: Room) -> None:
    for data in ("np", "so", "jn:1", "up:1", "up:1:1", "sk", "cx", "st", "pv", "mr:999", "mc:999", "du:1"):
        assert words_of(await room.press(OTHER, data)).strip(), data


async def test_a_page_beyond_the_end_shows_the_last(room: Room) -> None:
    report = await room.report(RIDER)
    answer: Answer = await room.press(RIDER, "mr:7")
    assert f"D-{report:06d}" in words_of(answer)
    assert answer.edit is not None
    assert not [button for row in answer.edit.rows for button in row if str(button.action).startswith("mr:")]


# -- everything is part of a report --


async def test_unknown_kinds_are_named_and_the_draft_stays(room: Room) -> None:
    await room.photo(RIDER)
    sticker = {"file_id": "s", "file_unique_id": "s", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    answer = await room.send(RIDER, sticker={**sticker, "type": "regular"})
    assert "a sticker" in words_of(answer)
    assert len(await room.rows(Attachment)) == 1


async def test_an_unknown_command_is_named_and_is_no_report(room: Room) -> None:
    assert "/nonsense" in words_of(await room.say(RIDER, "/nonsense"))
    assert await room.rows(Draft) == []


async def test_a_key_of_the_menu_is_a_key_in_either_language_and_never_words(room: Room) -> None:
    for key in KEYS:
        if key != "key-report":
            for spoken in Language:
                await room.say(RIDER, plain(spoken, key))
    assert not [draft for draft in await room.rows(Draft) if draft.words]


async def test_a_venue_and_a_live_location_are_places(room: Room) -> None:
    place = {"latitude": county.IN_A1[0], "longitude": county.IN_A1[1]}
    venue = {"location": place, "title": "East gate", "address": "Road 1"}
    await room.send(RIDER, venue=venue, location=place)
    (draft,) = await room.rows(Draft)
    assert (draft.place_source, draft.place_name) == ("venue", "East gate, Road 1")
    await room.send(OTHER, location={**place, "live_period": 900})
    assert {row.place_source for row in await room.rows(Draft)} == {"venue", "live"}


async def test_the_same_update_twice_takes_effect_once(room: Room) -> None:
    room.numbers = iter([1, 2, 3, 4, 5, 4, 6, 7, 8, 9])
    await room.say(RIDER, "leak")
    await room.say(RIDER, "gone")
    (draft,) = await room.rows(Draft)
    assert draft.words == "leak\ngone"


# -- a hazard while the bot asks for something else --


async def asked_for_team(room: Room) -> None:
    """A rider who was just asked for his team, in message 5."""
    await room.press(RIDER, "kd:rider")
    await room.press(RIDER, "pf:meituan")


async def team(room: Room) -> str | None:
    return (await room.person(RIDER)).team


async def test_the_question_for_the_team_goes_with_its_answer(room: Room) -> None:
    await asked_for_team(room)
    answer = await room.say(RIDER, "East gate")
    assert answer.edit is not None
    assert (answer.edit.edits, answer.edit.rows) == (5, ())
    assert "East gate" in answer.edit.text


@pytest.mark.parametrize("words", ["A pipe has burst", "着火了", "Here\nby the school", "x" * 41])
async def test_words_that_name_no_team_are_a_report(room: Room, words: str) -> None:
    await asked_for_team(room)
    answer = await room.say(RIDER, words)
    assert answer.status is not None
    assert answer.edit is not None
    assert (answer.edit.edits, answer.edit.rows) == (5, ())
    assert [draft.words for draft in await room.rows(Draft)] == [words]
    assert (await team(room), await waits_for(room, RIDER)) == (None, None)


@pytest.mark.parametrize("part", ["photo", "place", "voice"])
async def test_what_is_no_words_at_all_begins_a_report_and_ends_the_question_for_the_team(
    room: Room, part: str
) -> None:
    await asked_for_team(room)
    send = {"photo": room.photo, "place": room.pin, "voice": lambda who: room.send(who, voice=voice())}[part]
    answer = await send(RIDER)
    assert answer.status is not None
    assert answer.edit is not None
    assert answer.edit.edits == 5
    await room.say(RIDER, "East gate")
    assert [draft.words for draft in await room.rows(Draft)] == ["East gate"]
    assert await team(room) is None


async def test_who_presses_start_is_asked_there_and_not_again_behind_the_receipt(room: Room) -> None:
    await room.say(RIDER, "/start")
    assert (await room.person(RIDER)).was_asked_kind
    await room.photo(OTHER)
    assert not (await room.person(OTHER)).was_asked_kind


async def test_nothing_left_of_a_draft_is_said_in_place_of_the_question(room: Room) -> None:
    document = {"file_id": "d", "file_unique_id": "d", "file_name": "a.jpg", "mime_type": "image/jpeg"}
    await room.send(RIDER, document=document)
    message_id = await doubt(room)
    answer = await room.press(RIDER, f"up:{message_id}:0")
    assert answer.edit is not None
    assert text_of(Language.EN, "draft-thrown-away") in answer.edit.text
    assert await room.rows(Draft) == []
    assert (await room.press(RIDER, f"up:{message_id}:0")).is_alert


async def doubt(room: Room) -> int:
    """The only image file turns out to be old; returns its message."""
    picture = Picture("JPEG", 9, 9, taken_at=room.now - timedelta(days=2))
    (wanted,) = await room.store.write(media.claim, now=room.now, most=1)
    here: dict[str, Any] = {"county": await room.store.read(maps.load), "now": room.now}
    await room.store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, **here)
    (row,) = await room.rows(Attachment)
    assert row.is_doubtful
    return int(row.message_id)
