"""The bot's own card: who it is, its commands, names and menu button."""

from __future__ import annotations

import re
from typing import Any

from sandbox.methods.registry import Run, method
from sandbox.parameters import Params
from sandbox.profile import DEFAULT, Scope
from sandbox.refusals import bad_request
from sandbox.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
LIMITS = {"name": 64, "description": 512, "short_description": 120}  # characters


@method("getMe")
def get_me(world: World, params: Params) -> dict[str, Any]:
    """Who the bot is."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    """Register the commands that the menu lists."""
    commands = params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bare = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    return _register(world, params, bare)


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    """Take the commands of a scope and language away."""
    return _register(world, params, [])


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[dict[str, Any]]:
    """The commands of exactly that scope and language."""
    return world.profile.commands(_scope(world, params), params.get("language_code", ""))


def _register(world: World, params: Params, commands: list[dict[str, Any]]) -> bool:
    language = params.get("language_code", "")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("BOT_COMMANDS_LANGUAGE_CODE_INVALID: a language is two letters of ISO 639-1")
    scope = _scope(world, params)
    world.profile.set_commands(scope, language, commands)
    for chat in world.chats.values():
        if scope[0] != "chat" or scope[1] == str(chat.id):
            world.events.say("person", person=world.person_view(chat))
    return True


def _scope(world: World, params: Params) -> Scope:
    scope = params.get("scope")
    if scope is None:
        return DEFAULT
    if "chat_id" in scope:
        return (scope["type"], str(world.chat(scope["chat_id"]).id))
    return (scope["type"],)


def _words(what: str) -> tuple[Run, Run]:
    def set_word(world: World, params: Params) -> bool:
        text = params.get(what, "")
        if len(text) > LIMITS[what]:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        world.profile.set_word(what, params.get("language_code", ""), text)
        return True

    def get_word(world: World, params: Params) -> dict[str, str]:
        return {what: world.profile.word(what, params.get("language_code", ""))}

    return set_word, get_word


for _what, _title in (("name", "Name"), ("description", "Description"), ("short_description", "ShortDescription")):
    _set, _get = _words(_what)
    method(f"setMy{_title}")(_set)
    method(f"getMy{_title}")(_get)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    """The button beside the text field."""
    if "chat_id" in params:
        world.chat(params["chat_id"])
    world.profile.set_menu_button(params.get("chat_id"), params.get("menu_button", {"type": "default"}))
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> dict[str, Any]:
    """That button, as it is now."""
    return world.profile.menu_button(params.get("chat_id"))


@method("logOut")
@method("close")
def leave_server(world: World, params: Params) -> bool:
    """Nothing to leave here: there is one server."""
    return True
