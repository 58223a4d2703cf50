"""Photos, files, videos, voice, and albums of them."""

from __future__ import annotations

from typing import Any

from sandbox import entities
from sandbox.methods.registry import method
from sandbox.methods.sending import deliver, in_reply
from sandbox.parameters import UPLOADS, Params, Upload
from sandbox.refusals import bad_request
from sandbox.world import World

FIRST, MOST = 2, 10  # pictures in an album
ATTACHED = "attach://"


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Any:
    """Send a picture."""
    return _send(world, params, "photo")


@method("sendDocument")
def send_document(world: World, params: Params) -> Any:
    """Send a file as it is."""
    return _send(world, params, "document")


@method("sendVideo")
def send_video(world: World, params: Params) -> Any:
    """Send a video."""
    return _send(world, params, "video")


@method("sendVoice")
def send_voice(world: World, params: Params) -> Any:
    """Send a voice message."""
    return _send(world, params, "voice")


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> Any:
    """Send an album: a message each, one ``media_group_id``."""
    chat = world.reachable(params["chat_id"])
    media = params["media"]
    if len(media) < FIRST:
        raise bad_request("an album needs 2 to 10 items (there are no messages to send)")
    if len(media) > MOST:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in media}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    in_reply(world, chat, params)  # everything is looked at before anything is sent
    contents = [content_of(world, params, item) for item in media]
    group = str(14_000_000_000_000_000 + world.count("album") * 8)
    return [deliver(world, params, {"media_group_id": group, **content}, chat) for content in contents]


def content_of(world: World, params: Params, item: dict[str, Any]) -> dict[str, Any]:
    """A message's content from an ``InputMedia``."""
    kind = item["type"]
    caption = entities.caption_of(item)
    given = {**item, kind: item["media"]}
    return {kind: _media(world, params, given, kind), **caption, **_flags(item, kind)}


def _send(world: World, params: Params, kind: str) -> Any:
    chat = world.reachable(params["chat_id"])
    caption = entities.caption_of(params)
    content = {kind: _media(world, params, params, kind), **caption, **_flags(params, kind)}
    return deliver(world, params, content, chat)


def _flags(given: Params, kind: str) -> dict[str, bool]:
    flags = {}
    if given.get("has_spoiler") and kind != "document":
        flags["has_media_spoiler"] = True
    if given.get("show_caption_above_media"):
        flags["show_caption_above_media"] = True
    return flags


def _media(world: World, params: Params, given: Params, kind: str) -> Any:
    """What a message holds under ``kind``, from an upload or from the id of a file that Telegram has."""
    source = given[kind]
    if isinstance(source, str) and source.startswith(ATTACHED):
        name = source.removeprefix(ATTACHED)
        source = params[UPLOADS].get(name)
        if source is None:
            raise bad_request(f'the file "{name}" named by attach:// is not in the request')
    if isinstance(source, Upload):
        return _stored(world, given, kind, source)
    if "://" in source:
        raise bad_request("wrong HTTP URL specified: the sandbox fetches nothing from elsewhere")
    if not source:
        raise bad_request(f"there is no {kind} in the request")
    known = world.files.by_id(source)
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
    return known.content


def _stored(world: World, given: Params, kind: str, upload: Upload) -> Any:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return world.files.add_photo(upload.data)
    about: dict[str, Any] = {}
    if kind == "video":
        about = {"width": 1280, "height": 720, "duration": 0}
    elif kind == "voice":
        about = {"duration": 0}
    about = {name: given.get(name, value) for name, value in about.items()}
    return world.files.add(kind, upload.data, filename=upload.filename, mime_type=upload.mime_type, **about)
