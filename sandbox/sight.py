"""What a person sees in their chat with the bot, and waiting until they see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.chats import Chat, Message
from sandbox.world import World

NAMED_KINDS = ("sticker", "contact", "photo", "document", "video", "voice", "venue", "location")

Predicate = Callable[[Message], Any]


class Sight:
    """A person's chat as it looks to them."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat

    def __repr__(self) -> str:
        """Who it is, for failing tests."""
        return f"Person({self.id}, {self._chat.first_name!r})"

    @property
    def id(self) -> int:
        """The person's id, which is the chat's too."""
        return self._chat.id

    @property
    def first_name(self) -> str:
        """The first name as it is now."""
        return self._chat.first_name

    @property
    def language_code(self) -> str | None:
        """The language of their Telegram."""
        return self._chat.language_code

    @property
    def messages(self) -> list[Message]:
        """The chat as it looks now, oldest first."""
        return list(self._chat.messages.values())

    @property
    def from_bot(self) -> list[Message]:
        """What the bot wrote, of what is still there."""
        return [message for message in self._chat.messages.values() if message["from"]["is_bot"]]

    @property
    def toasts(self) -> list[dict[str, Any]]:
        """The answers to pressed buttons, also those that show nothing."""
        return self._chat.toasts

    @property
    def keyboard(self) -> list[list[str]] | None:
        """The texts of the reply keyboard in force."""
        if self._chat.keyboard is None:
            return None
        return [[button["text"] for button in row] for row in self._chat.keyboard["keyboard"]]

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The bot's commands as this person's menu lists them."""
        return self._world.profile.commands_for(self.id, self.language_code)

    async def wait_for(self, what: str | Predicate, *, timeout: float = 30.0, after: int | None = None) -> Message:
        """The first message of the bot that holds the text, or for which the predicate is true.

        Edits count. ``after`` leaves out that message and all before it.

        Raises:
            TimeoutError: with the chat as it looked then.
        """
        fits = _says(what) if isinstance(what, str) else what

        def look() -> Message | None:
            return next((one for one in self.from_bot if one["message_id"] > (after or 0) and fits(one)), None)

        try:
            return await self._chat.changed.wait_until(look, timeout)
        except TimeoutError:
            raise TimeoutError(f"{what!r} was not said to {self!r} within {timeout} s:\n{self.transcript()}") from None

    async def wait_for_toast(self, fragment: str, *, timeout: float = 30.0) -> dict[str, Any]:
        """The first answer to a pressed button that holds the text.

        Raises:
            TimeoutError: with the answers that there were.
        """

        def look() -> dict[str, Any] | None:
            return next((toast for toast in self.toasts if fragment in toast["text"]), None)

        try:
            return await self._chat.changed.wait_until(look, timeout)
        except TimeoutError:
            raise TimeoutError(f"no toast {fragment!r} for {self!r} within {timeout} s: {self.toasts}") from None

    def transcript(self) -> str:
        """The chat in words, a line a message."""
        return "\n".join(_line(message) for message in self.messages) or "(nothing was said)"


def _says(fragment: str) -> Predicate:
    return lambda message: fragment in str(message.get("text", message.get("caption", "")))


def _line(message: Message) -> str:
    who = "bot" if message["from"]["is_bot"] else message["from"]["first_name"]
    kind = next((f"[{one}] " for one in NAMED_KINDS if one in message), "")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button["text"] for row in rows for button in row]
    words = message.get("text", message.get("caption", ""))
    return f"{message['message_id']:>5} {who}: {kind}{words} {buttons or ''}".rstrip()
