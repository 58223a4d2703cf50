"""What the bot says of itself: its commands, by scope and language, its names and the menu button."""

from __future__ import annotations

from typing import Any

from sandbox.keep import Keep

Commands = list[dict[str, Any]]
Scope = tuple[str, ...]  # ("default",), ("all_private_chats",), ("chat", "5001") …

DEFAULT: Scope = ("default",)


class Profile:
    """The bot's profile, as the Bot API's set… methods leave it."""

    def __init__(self, keep: Keep, *, name: str) -> None:
        self._keep = keep
        self._bot_name = name
        self._commands: dict[str, Commands] = dict(keep.load("commands"))
        self._words: dict[str, str] = dict(keep.load("words"))
        self._menu: dict[str, dict[str, Any]] = dict(keep.load("menu"))

    def set_commands(self, scope: Scope, language: str, commands: Commands) -> None:
        """Register commands; none at all takes away what was registered."""
        key = _key(*scope, language)
        if commands:
            self._commands[key] = commands
            self._keep.put("commands", key, commands)
        else:
            self._commands.pop(key, None)
            self._keep.drop("commands", key)

    def commands(self, scope: Scope, language: str) -> Commands:
        """Exactly what was registered there."""
        return self._commands.get(_key(*scope, language), [])

    def commands_for(self, chat_id: int, language: str | None) -> Commands:
        """What a person sees: the narrowest scope first, in each their language before the general one."""
        spoken = (language or "").partition("-")[0]
        for scope in (("chat", str(chat_id)), ("all_private_chats",), DEFAULT):
            for one in dict.fromkeys((spoken, "")):
                if found := self.commands(scope, one):
                    return found
        return []

    def set_word(self, what: str, language: str, text: str) -> None:
        """The name, description or short description in a language; empty takes it away."""
        key = _key(what, language)
        if text:
            self._words[key] = text
            self._keep.put("words", key, text)
        else:
            self._words.pop(key, None)
            self._keep.drop("words", key)

    def word(self, what: str, language: str) -> str:
        """What was set, in the language or else in general."""
        general = self._bot_name if what == "name" else ""
        return self._words.get(_key(what, language)) or self._words.get(_key(what, "")) or general

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """The button beside the text field, of one chat or of all."""
        self._menu[str(chat_id)] = button
        self._keep.put("menu", str(chat_id), button)

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        """The button that a chat shows."""
        return self._menu.get(str(chat_id)) or self._menu.get("None") or {"type": "commands"}


def _key(*parts: str) -> str:
    return " ".join(parts)
