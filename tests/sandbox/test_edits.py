"""Editing, deleting, copying, forwarding and pinning."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import Person
from tests.sandbox.conftest import Api

BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_an_edit_changes_the_text_and_drops_the_buttons_not_named(api: Api, rider: Person):
    sent = await api("sendMessage", chat_id=5001, text="one", reply_markup=BUTTON)
    edited = await api("editMessageText", chat_id=5001, message_id=sent["message_id"], text="two")
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert rider.messages == [edited]
    assert sent["text"] == "one"


async def test_an_edit_of_the_buttons_alone_is_not_seen(api: Api, rider: Person):
    sent = await api("sendMessage", chat_id=5001, text="one", reply_markup=BUTTON)
    bare = await api("editMessageReplyMarkup", chat_id=5001, message_id=sent["message_id"])
    assert "reply_markup" not in bare
    assert "edit_date" not in bare
    said = await api("editMessageText", chat_id=5001, message_id=sent["message_id"], text="two", reply_markup=BUTTON)
    assert await api("editMessageReplyMarkup", chat_id=5001, message_id=sent["message_id"]) == {
        **{name: part for name, part in said.items() if name != "reply_markup"},
    }


async def test_the_same_again_is_not_modified(api: Api, rider: Person):
    sent = await api("sendMessage", chat_id=5001, text="<b>x</b>", parse_mode="HTML", reply_markup=BUTTON)
    same = {"chat_id": 5001, "message_id": sent["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    assert (await api.refusal("editMessageText", **same, reply_markup=BUTTON)) == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    assert "reply_markup" not in await api("editMessageText", **same)
    assert "not modified" in await api.refusal("editMessageText", **same)


@pytest.mark.parametrize(
    ("method", "more", "says"),
    [
        ("editMessageText", {"text": "x"}, "message to edit not found"),
        ("editMessageCaption", {"caption": "x"}, "message to edit not found"),
        ("editMessageReplyMarkup", {}, "message to edit not found"),
        ("deleteMessage", {}, "message to delete not found"),
        ("pinChatMessage", {}, "message to pin not found"),
        ("copyMessage", {"from_chat_id": 5001}, "message to copy not found"),
        ("forwardMessage", {"from_chat_id": 5001}, "message to forward not found"),
    ],
)
async def test_a_message_that_is_not_there(api: Api, rider: Person, method: str, more: dict[str, Any], says: str):
    assert await api.refusal(method, chat_id=5001, message_id=999, **more) == f"Bad Request: {says}"


async def test_only_the_bots_own_messages_without_a_reply_keyboard_can_be_edited(api: Api, rider: Person):
    theirs = rider.send_text("mine")
    fixed = await api("sendMessage", chat_id=5001, text="x", reply_markup={"keyboard": [[{"text": "a"}]]})
    for message in (theirs, fixed):
        refusal = await api.refusal("editMessageText", chat_id=5001, message_id=message["message_id"], text="y")
        assert refusal == "Bad Request: message can't be edited"


async def test_text_caption_and_media_edits_fit_the_message(api: Api, rider: Person, jpeg: Callable[..., bytes]):
    picture = rider.send_photo(jpeg())["photo"][-1]["file_id"]
    photo = await api("sendPhoto", chat_id=5001, photo=picture, caption="before")
    text = await api("sendMessage", chat_id=5001, text="x")
    of_photo = {"chat_id": 5001, "message_id": photo["message_id"]}
    of_text = {"chat_id": 5001, "message_id": text["message_id"]}
    assert "there is no text in the message to edit" in await api.refusal("editMessageText", **of_photo, text="y")
    assert "there is no caption" in await api.refusal("editMessageCaption", **of_text, caption="y")
    assert (await api("editMessageCaption", **of_photo, caption="after"))["caption"] == "after"
    assert "caption" not in await api("editMessageCaption", **of_photo)
    other = rider.send_photo(jpeg(colour="red"))["photo"]
    media = {"type": "photo", "media": other[0]["file_id"], "caption": "<i>new</i>", "parse_mode": "HTML"}
    edited = await api("editMessageMedia", **of_photo, media=media)
    assert edited["photo"] == other
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]


async def test_a_live_location_moves_and_stops(api: Api, rider: Person):
    sent = await api("sendLocation", chat_id=5001, latitude=25.4, longitude=114.3, live_period=900)
    it = {"chat_id": 5001, "message_id": sent["message_id"]}
    moved = await api("editMessageLiveLocation", **it, latitude=25.5, longitude=114.4)
    assert moved["location"] == {"latitude": 25.5, "longitude": 114.4, "live_period": 900}
    await api("stopMessageLiveLocation", **it)
    assert "no live location" in await api.refusal("editMessageLiveLocation", **it, latitude=1, longitude=1)


async def test_messages_are_deleted_for_two_days(api: Api, rider: Person, clock: Any):
    first, second, third = [rider.send_text(text)["message_id"] for text in "abc"]
    await api("deleteMessage", chat_id=5001, message_id=first)
    await api("deleteMessages", chat_id=5001, message_ids=[second, 999])
    clock.now += 48 * 3600 + 1
    assert "can't be deleted" in await api.refusal("deleteMessage", chat_id=5001, message_id=third)
    assert [message["text"] for message in rider.messages] == ["c"]


async def test_a_copy_hides_where_it_came_from_and_a_forward_says_it(api: Api, tg: Any, rider: Person):
    officer = tg.person(5002, first_name="Li")
    source = rider.send_text("help")
    where = {"chat_id": 5002, "from_chat_id": 5001, "message_id": source["message_id"]}
    copied = await api("copyMessage", **where)
    forwarded = await api("forwardMessage", **where)
    assert officer.from_bot[0]["message_id"] == copied["message_id"]
    assert "forward_origin" not in officer.from_bot[0]
    assert forwarded["forward_origin"]["sender_user"]["id"] == 5001
    assert [message["text"] for message in officer.messages] == ["help", "help"]


async def test_the_last_pinned_message_is_shown(api: Api, rider: Person):
    messages = [await api("sendMessage", chat_id=5001, text=text) for text in "ab"]
    for message in messages:
        await api("pinChatMessage", chat_id=5001, message_id=message["message_id"])
    assert (await api("getChat", chat_id=5001))["pinned_message"]["text"] == "b"
    await api("unpinChatMessage", chat_id=5001)
    assert (await api("getChat", chat_id=5001))["pinned_message"]["text"] == "a"
    await api("deleteMessage", chat_id=5001, message_id=messages[0]["message_id"])
    assert "pinned_message" not in await api("getChat", chat_id=5001)
