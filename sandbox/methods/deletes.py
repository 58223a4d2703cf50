"""Deleting, copying and forwarding."""

from __future__ import annotations

from typing import Any

from sandbox import entities
from sandbox.chats import Chat, Message
from sandbox.methods.registry import method
from sandbox.methods.sending import deliver
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.world import World

DELETABLE_FOR = 48 * 3600  # seconds
MOST_AT_ONCE = 100
NOT_COPIED = ("message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message", "media_group_id")
WITH_CAPTION = ("photo", "video", "document", "voice")


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Take a message away."""
    chat = world.reachable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, message):
        raise bad_request("message can't be deleted for everyone")
    world.delete_message(chat, message["message_id"])
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    """Take several away; those that are not there are passed over."""
    chat = world.reachable(params["chat_id"])
    if not 1 <= len(params["message_ids"]) <= MOST_AT_ONCE:
        raise bad_request("message identifiers are not specified or too many")
    for message_id in dict.fromkeys(params["message_ids"]):
        message = chat.messages.get(message_id)
        if message and _deletable(world, message):
            world.delete_message(chat, message_id)
    return True


@method("copyMessage")
def copy_message(world: World, params: Params) -> dict[str, int]:
    """Send the same once more, as if it were new."""
    chat, source = _source(world, params, "message to copy not found")
    content = {name: part for name, part in source.items() if name not in NOT_COPIED}
    for origin in ("forward_origin", "has_protected_content"):
        content.pop(origin, None)
    if "caption" in params and any(kind in content for kind in WITH_CAPTION):
        content = {name: part for name, part in content.items() if name not in ("caption", "caption_entities")}
        content |= entities.caption_of(params)
    return {"message_id": deliver(world, params, content, chat)["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Any:
    """Pass a message on, with where it came from."""
    chat, source = _source(world, params, "message to forward not found")
    content = {name: part for name, part in source.items() if name not in NOT_COPIED}
    origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    return deliver(world, params, {"forward_origin": origin, **content}, chat)


def _source(world: World, params: Params, not_found: str) -> tuple[Chat, Message]:
    chat = world.reachable(params["chat_id"])
    source = world.chat(params["from_chat_id"]).messages.get(params["message_id"])
    if source is None:
        raise bad_request(not_found)
    if source.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return chat, source


def _deletable(world: World, message: Message) -> bool:
    return bool(world.clock() - message["date"] <= DELETABLE_FOR)
