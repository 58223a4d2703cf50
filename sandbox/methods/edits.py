"""Changes to messages that the bot has sent."""

from __future__ import annotations

from typing import Any

from sandbox import entities
from sandbox import markup as keyboards
from sandbox.chats import Chat, Message
from sandbox.methods.media import content_of
from sandbox.methods.messages import location_of
from sandbox.methods.registry import method
from sandbox.parameters import Params, missing
from sandbox.refusals import bad_request
from sandbox.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MEDIA = ("photo", "video", "document", "voice")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@method("editMessageText")
def edit_text(world: World, params: Params) -> Message:
    """Say it otherwise."""
    chat, old = _own(world, params)
    content = entities.text_of(params)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return _put(world, chat, params, _without(old, "text", "entities", "link_preview_options") | content)


@method("editMessageCaption")
def edit_caption(world: World, params: Params) -> Message:
    """Other words under a picture or file."""
    chat, old = _own(world, params)
    caption = entities.caption_of(params)
    if not any(kind in old for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    if params.get("show_caption_above_media"):
        caption["show_caption_above_media"] = True
    return _put(world, chat, params, _without(old, *CAPTION) | caption)


@method("editMessageMedia")
def edit_media(world: World, params: Params) -> Message:
    """Another picture or file in its place; a text may become one too."""
    chat, old = _own(world, params)
    kind = params["media"]["type"]
    if not any(one in old for one in (*MEDIA, "text")):
        raise bad_request("there is no media in the message to edit")
    if "media_group_id" in old and kind == "document" and "document" not in old:
        raise bad_request("can't change media type in the album")
    content = content_of(world, params, params["media"])
    rest = _without(old, *MEDIA, *CAPTION, "text", "entities", "link_preview_options", "has_media_spoiler")
    return _put(world, chat, params, rest | content)


@method("editMessageReplyMarkup")
def edit_markup(world: World, params: Params) -> Message:
    """Other buttons under it, or none; what it says is as it was, so it does not say «edited»."""
    chat, old = _own(world, params)
    return _put(world, chat, params, dict(old), is_seen=False)


@method("editMessageLiveLocation")
def edit_live_location(world: World, params: Params) -> Message:
    """Move a live location."""
    chat, old = _live(world, params)
    live_period = params.get("live_period", old["location"]["live_period"])
    return _put(world, chat, params, old | {"location": {**location_of(params), "live_period": live_period}})


@method("stopMessageLiveLocation")
def stop_live_location(world: World, params: Params) -> Message:
    """Leave a live location where it is."""
    chat, old = _live(world, params)
    return _put(world, chat, params, old | {"location": _without(old["location"], "live_period", "heading")})


def _own(world: World, params: Params) -> tuple[Chat, Message]:
    """The message to edit, which must be one that the bot may edit."""
    for name in ("chat_id", "message_id"):
        if name not in params:
            raise missing(name)
    keyboards.check(params.get("reply_markup"))
    chat = world.reachable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message["from"]["is_bot"] or message["message_id"] in chat.fixed or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _live(world: World, params: Params) -> tuple[Chat, Message]:
    chat, old = _own(world, params)
    location = old.get("location", {})
    if "live_period" not in location:
        raise bad_request("there is no live location in the message to edit")
    if old["date"] + location["live_period"] < world.clock():
        raise bad_request("message can't be edited")
    return chat, old


def _put(world: World, chat: Chat, params: Params, new: dict[str, Any], *, is_seen: bool = True) -> Message:
    """The buttons are replaced with every edit: none given, none left. ``is_seen``: the message says «edited»."""
    old = chat.messages[new["message_id"]]
    new.pop("reply_markup", None)
    if inline := keyboards.inline(params.get("reply_markup")):
        new["reply_markup"] = inline
    if new == old:
        raise bad_request(NOT_MODIFIED)
    if is_seen:
        new["edit_date"] = int(world.clock())
    return world.replace_message(chat, new)


def _without(message: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: part for name, part in message.items() if name not in names}
