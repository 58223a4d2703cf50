"""What is known of chats and their members, and what is pinned in them."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat
from sandbox.methods.registry import method
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.world import World


@method("getChat")
def get_chat(world: World, params: Params) -> dict[str, Any]:
    """A chat, with what every full description must hold."""
    chat = world.chat(params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full = {
        **chat.as_chat,
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    return full


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    """The person, or the bot, in a private chat."""
    chat = world.chat(params["chat_id"])
    if params["user_id"] == chat.id:
        return {"status": "member", "user": chat.user}
    if params["user_id"] == world.bot["id"]:
        if chat.blocked:
            return {"status": "kicked", "user": world.bot, "until_date": 0}
        return {"status": "member", "user": world.bot}
    raise bad_request("user not found")


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message."""
    chat = world.reachable(params["chat_id"])
    if params["message_id"] not in chat.messages:
        raise bad_request("message to pin not found")
    if params["message_id"] not in chat.pinned:
        _pin(world, chat, [*chat.pinned, params["message_id"]])
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin a message, or the last one that was pinned."""
    chat = world.reachable(params["chat_id"])
    message_id = params.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    _pin(world, chat, [one for one in chat.pinned if one != message_id])
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """Unpin everything."""
    _pin(world, world.reachable(params["chat_id"]), [])
    return True


def _pin(world: World, chat: Chat, pinned: list[int]) -> None:
    chat.pinned = pinned
    world.changed_person(chat)
