"""What all sending methods share: whom to, in reply to what, with which keyboard."""

from __future__ import annotations

from typing import Any

from sandbox import markup as keyboards
from sandbox.chats import Chat, Message
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.world import World


def deliver(world: World, params: Params, content: dict[str, Any], chat: Chat | None = None) -> Message:
    """Put a message of the bot into the chat that the request names."""
    chat = chat or world.reachable(params["chat_id"])
    markup = params.get("reply_markup")
    keyboards.check(markup)
    whole = {**in_reply(world, chat, params), **content}
    if params.get("protect_content"):
        whole["has_protected_content"] = True
    if inline := keyboards.inline(markup):
        whole["reply_markup"] = inline
    is_part_of_message = markup is None or "inline_keyboard" in markup
    return world.said_by_bot(chat, whole, None if is_part_of_message else markup)


def in_reply(world: World, chat: Chat, params: Params) -> dict[str, Any]:
    """The message that is replied to, without the one that it replied to in turn."""
    reply = params.get("reply_parameters")
    if not reply:
        return {}
    if "message_id" not in reply:
        raise bad_request("message identifier is not specified")
    where = world.chat(reply["chat_id"]) if "chat_id" in reply else chat
    if found := where.messages.get(reply["message_id"]):
        return {"reply_to_message": {name: part for name, part in found.items() if name != "reply_to_message"}}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")
