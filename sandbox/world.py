"""All that the sandbox knows, and the few ways in which it changes.

Each change is kept, shown to the pages, and rung to those who wait in tests; what a person does becomes an update.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sandbox.chats import Chat, Markup, Message
from sandbox.events import Events
from sandbox.files import Files
from sandbox.keep import Keep
from sandbox.profile import Profile
from sandbox.refusals import bad_request, forbidden
from sandbox.updates import Updates

QUERY_LIFETIME = 15 * 60  # seconds in which a pressed button can be answered
QUERIES_KEPT = 10_000

Clock = Callable[[], float]


class World:
    """The chats, files, updates and the bot's profile."""

    def __init__(self, *, bot: dict[str, Any], keep: Keep, clock: Clock) -> None:
        self.bot = bot
        self.keep = keep
        self.clock = clock
        # Numbered from the time on, so that a page of an earlier run is not taken for one of this.
        self.events = Events(first_id=int(clock()) * 1000)
        self.files = Files(keep)
        self.updates = Updates(keep, first_id=int(clock()))
        self.profile = Profile(keep, name=bot["first_name"])
        counts: dict[str, int] = dict(keep.load("count"))
        self._counts = {"message": 0, "query": 0, "album": 0} | counts
        self.chats: dict[int, Chat] = {chat["id"]: Chat(**chat) for _, chat in keep.load("chat")}
        for _, message in keep.load("message"):
            self.chats[message["chat"]["id"]].messages[message["message_id"]] = message
        # When each button was pressed and by whom, until it is answered.
        self._queries = OrderedDict((key, (int(one[0]), int(one[1]))) for key, one in keep.load("query"))

    # People

    def chat(self, chat_id: int | str) -> Chat:
        """The chat that a request names.

        Raises:
            Refused: there is no such chat.
        """
        if isinstance(chat_id, str):
            named = [chat for chat in self.chats.values() if chat.username == chat_id.removeprefix("@")]
            if named and chat_id.startswith("@"):
                return named[0]
        elif found := self.chats.get(chat_id):
            return found
        raise bad_request("chat not found")

    def reachable(self, chat_id: int | str) -> Chat:
        """The chat, if the bot may write to it.

        Raises:
            Refused: there is no such chat, or the person is gone or has blocked the bot.
        """
        chat = self.chat(chat_id)
        if chat.deleted:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def add_chat(self, chat: Chat) -> Chat:
        """A new person."""
        self.chats[chat.id] = chat
        self.changed_person(chat)
        return chat

    def changed_person(self, chat: Chat) -> None:
        """Keep and show what is new about a person."""
        self.keep.put("chat", chat.id, chat.stored())
        self.events.say("person", person=self.person_view(chat))
        chat.changed.ring()

    def person_view(self, chat: Chat) -> dict[str, Any]:
        """A person as the page lists them, without the messages."""
        return {
            "id": chat.id,
            "first_name": chat.first_name,
            "last_name": chat.last_name,
            "username": chat.username,
            "language_code": chat.language_code,
            "label": chat.label,
            "blocked": chat.blocked,
            "deleted": chat.deleted,
            "keyboard": chat.keyboard,
            "pinned": list(chat.pinned),
            "commands": self.profile.commands_for(chat.id, chat.language_code),
        }

    # Messages

    def said_by_person(self, chat: Chat, content: dict[str, Any]) -> Message:
        """A person's message, and its update."""
        message = self._new_message(chat, chat.user, content)
        self.updates.add("message", chat.id, message)
        return message

    def said_by_bot(self, chat: Chat, content: dict[str, Any], markup: Markup | None = None) -> Message:
        """A message of the bot; ``markup`` is a keyboard that is not part of it."""
        message = self._new_message(chat, self.bot, content)
        if markup is not None:
            chat.fixed.append(message["message_id"])
            self.set_keyboard(chat, markup)
        return message

    def _new_message(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        number = self.count("message")
        message = {
            "message_id": number,
            "from": sender,
            "chat": chat.as_chat,
            "date": int(self.clock()),
            **content,
        }
        chat.messages[number] = message
        self.keep.put("message", number, message)
        self.events.say("message", chat_id=chat.id, message=message)
        chat.changed.ring()
        return message

    def replace_message(self, chat: Chat, message: Message) -> Message:
        """An edit: ``message`` takes the place of the one with its id."""
        chat.messages[message["message_id"]] = message
        self.keep.put("message", message["message_id"], message)
        self.events.say("edited", chat_id=chat.id, message=message)
        chat.changed.ring()
        return message

    def delete_message(self, chat: Chat, message_id: int) -> None:
        """A message disappears."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
            self.keep.put("chat", chat.id, chat.stored())
        self.keep.drop("message", message_id)
        self.events.say("deleted", chat_id=chat.id, message_id=message_id)
        chat.changed.ring()

    def set_keyboard(self, chat: Chat, markup: Markup) -> None:
        """Put up a reply keyboard, or take it away."""
        if "keyboard" in markup:
            chat.keyboard = markup
        elif "remove_keyboard" in markup:
            chat.keyboard = None
        self.keep.put("chat", chat.id, chat.stored())
        self.events.say("keyboard", chat_id=chat.id, keyboard=chat.keyboard)

    # Buttons

    def pressed(self, chat: Chat, message: Message, data: str) -> str:
        """A person presses a button under a message; returns the query's id."""
        number = self.count("query")
        query_id = str(int.from_bytes(hashlib.sha256(f"{chat.id} {number}".encode()).digest()[:7], "big"))
        self._queries[query_id] = (chat.id, int(self.clock()))
        if len(self._queries) > QUERIES_KEPT:
            oldest, _ = self._queries.popitem(last=False)
            self.keep.drop("query", oldest)
        self.keep.put("query", query_id, self._queries[query_id])
        query = {
            "id": query_id,
            "from": chat.user,
            "message": message,
            "chat_instance": str(-chat.id * 7919),
            "data": data,
        }
        self.updates.add("callback_query", chat.id, query)
        return query_id

    def answered(self, query_id: str, *, text: str, show_alert: bool, url: str | None) -> None:
        """The bot answers a press, once.

        Raises:
            Refused: nobody pressed that, it was answered, or it is too long ago.
        """
        chat_id, pressed_at = self._queries.pop(query_id, (0, 0))
        self.keep.drop("query", query_id)
        if self.clock() - pressed_at > QUERY_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        chat = self.chats[chat_id]
        chat.toasts.append({"text": text, "show_alert": show_alert, "query_id": query_id})
        self.events.say("answered", chat_id=chat_id, query_id=query_id, **({"url": url} if url else {}))
        if text:
            self.events.say("toast", chat_id=chat_id, query_id=query_id, text=text, show_alert=show_alert)
        chat.changed.ring()

    def count(self, what: str) -> int:
        """The next number of its kind, from 1."""
        self._counts[what] += 1
        self.keep.put("count", what, self._counts[what])
        return self._counts[what]
