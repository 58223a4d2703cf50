"""A person's phone in the hands of a test: what the bot says is named by its key in the catalogues, never quoted."""

import html
import re
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import Person
from sandbox.chats import Message
from storage.kinds import Language
from storage.records import number
from tests.belled import PATIENCE
from views.texts import plain, say

TAG = re.compile(r"<[^>]+>")


class Phone(Person):
    """A sandbox person who knows in which language the bot speaks to them."""

    def __init__(
        self, person: Person, language: Language, *, calm: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        super().__init__(person._world, person._chat)
        self.language = language
        self._calm = calm

    def words(self, key: str, **facts: Any) -> str:
        """The text under this key as it reads on the screen."""
        return html.unescape(TAG.sub("", say(self.language, key, **facts)))

    def button(self, key: str, **facts: Any) -> str:
        """The name of a button or key."""
        return plain(self.language, key, **facts)

    async def calm(self) -> None:
        """Wait until nothing more is on its way, to anybody (`Town.calm`)."""
        assert self._calm is not None
        await self._calm()

    @property
    def last(self) -> int:
        """The newest message, to be given as ``after``."""
        return max((message["message_id"] for message in self.messages), default=0)

    @property
    def said(self) -> list[str]:
        """What the bot's messages say now, oldest first."""
        return [str(message.get("text", message.get("caption", ""))) for message in self.from_bot]

    async def hears(self, key: str, *, after: int | None = None, **facts: Any) -> Message:
        """Wait until the bot says what is under this key; several facts may be left out of what `words` needs."""
        return await self.wait_for(self.words(key, **facts), timeout=PATIENCE, after=after)

    async def hears_filed(self, report: int = 1) -> Message:
        """Wait for the receipt of the report with this number."""
        return await self.hears("receipt-title", number=number(report))

    async def gets_alert(self, report: int = 1, *, urgent: bool = False, after: int | None = None) -> Message:
        """Wait for an officer's card."""
        return await self.hears("case-title-urgent" if urgent else "case-title", number=number(report), after=after)

    def push(self, message: Message, key: str, **facts: Any) -> str:
        """Press the button with the name under this key."""
        return self.press(message["message_id"], self.button(key, **facts))

    async def push_more(self, message: Message, key: str) -> None:
        """Press a button of a case's card that stands behind *More*."""
        self.push(self.current(message), "button-more")
        await self.until(lambda: self.button(key) in self.buttons(message))
        self.push(self.current(message), key)

    async def sees_toast(self, key: str, *, after: int = 0, **facts: Any) -> dict[str, Any]:
        """Wait for an answer to a pressed button; the first ``after`` toasts are left out."""
        wanted = self.words(key, **facts)[:200]

        def look() -> dict[str, Any] | None:
            return next((toast for toast in self.toasts[after:] if wanted in toast["text"]), None)

        try:
            return await self._chat.changed.wait_until(look, PATIENCE)
        except TimeoutError:
            raise TimeoutError(f"no toast {wanted!r} for {self!r}: {self.toasts}") from None

    async def until(self, is_so: Any) -> None:
        """Wait until something is true of this chat."""
        try:
            await self._chat.changed.wait_until(lambda: is_so() or None, PATIENCE)
        except TimeoutError:
            raise TimeoutError(f"it did not become so; the chat of {self!r}:\n{self.transcript()}") from None

    def current(self, message: Message) -> Message:
        """The message as it is now."""
        return self._chat.messages[message["message_id"]]

    def is_gone(self, message: Message) -> bool:
        """Whether the message was deleted."""
        return message["message_id"] not in self._chat.messages

    def buttons(self, message: Message) -> list[str]:
        """The names of the buttons under a message as it is now."""
        rows = self.current(message).get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]
