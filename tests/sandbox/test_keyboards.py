"""Buttons under messages and the keyboard below the chat."""

from typing import Any

import pytest

from sandbox import Person
from tests.sandbox.conftest import Api


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        (inline({"text": "x"}), "Text buttons are unallowed in the inline keyboard"),
        (inline({"text": "x", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "callback_data": "中" * 22}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "callback_data": "a", "url": "https://a.b"}), "more than one action"),
        (inline({"text": "x", "url": "not a link"}), "Wrong HTTP URL"),
        (inline({"text": " ", "callback_data": "a"}), "button text is empty"),
        (inline(*[{"text": "x", "callback_data": "a"}] * 101), "REPLY_MARKUP_TOO_LONG"),
        (inline({"text": "x", "callback_data": "a", "style": "pink"}), "style"),
        ({"keyboard": [[{"text": ""}]]}, "button text is empty"),
    ],
)
async def test_a_bad_keyboard_is_refused(api: Api, rider: Person, markup: dict[str, Any], says: str):
    assert says in await api.refusal("sendMessage", chat_id=5001, text="x", reply_markup=markup)
    assert rider.from_bot == []


async def test_callback_data_may_have_64_bytes_and_a_keyboard_100_buttons(api: Api, rider: Person):
    buttons = [{"text": str(number), "callback_data": "x" * 64} for number in range(100)]
    message = await api("sendMessage", chat_id=5001, text="x", reply_markup=inline(*buttons))
    assert len(message["reply_markup"]["inline_keyboard"]) == 100


async def test_a_reply_keyboard_stays_until_it_is_removed(api: Api, rider: Person):
    rows = [[{"text": "Report"}, {"text": "Here", "request_location": True}], [{"text": "Settings"}]]
    message = await api("sendMessage", chat_id=5001, text="Hello", reply_markup={"keyboard": rows})
    assert "reply_markup" not in message
    await api("sendMessage", chat_id=5001, text="more")
    assert rider.keyboard == [["Report", "Here"], ["Settings"]]
    assert rider.tap("Report")["text"] == "Report"
    with pytest.raises(LookupError):
        rider.tap("Fly")
    await api("sendMessage", chat_id=5001, text="x", reply_markup={"remove_keyboard": True})
    assert rider.keyboard is None


async def test_a_press_is_an_update_that_is_answered_once(api: Api, rider: Person):
    message = await api(
        "sendMessage", chat_id=5001, text="x", reply_markup=inline({"text": "Go", "callback_data": "g"})
    )
    query_id = rider.press(message["message_id"], "Go")
    query = (await api("getUpdates"))[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "g", 5001)
    assert query["message"]["message_id"] == message["message_id"]
    await api("answerCallbackQuery", callback_query_id=query_id, text="Done", show_alert=True)
    assert rider.toasts == [{"text": "Done", "show_alert": True, "query_id": query_id}]
    again = await api.refusal("answerCallbackQuery", callback_query_id=query_id)
    assert again == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_press_can_be_answered_for_a_quarter_of_an_hour(api: Api, rider: Person, clock: Any):
    message = await api("sendMessage", chat_id=5001, text="x")
    query_id = rider.press(message["message_id"], data="forged")
    clock.now += 15 * 60 + 1
    assert "query is too old" in await api.refusal("answerCallbackQuery", callback_query_id=query_id)
    assert "query is too old" in await api.refusal("answerCallbackQuery", callback_query_id="made up")


async def test_a_button_that_is_not_there_cannot_be_pressed(api: Api, rider: Person):
    message = await api("sendMessage", chat_id=5001, text="x")
    with pytest.raises(LookupError, match="no button 'Go'"):
        rider.press(message["message_id"], "Go")
