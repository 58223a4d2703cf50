"""The routers behind their one middleware, with everything said kept to be looked at instead of sent."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from aiogram.types import CallbackQuery, Update

import handlers
from bot.asking import PlainDispatcher
from bot.commands_menu import CommandMenu
from bot.making import Maker
from bot.middlewares.arrival import Arrival
from bot.middlewares.throttle import Throttle
from bot.speaking import Speaker
from handlers.answer import Answer
from handlers.here import Here
from services import invites
from services.places.index import Places
from storage.kinds import Language, Role
from storage.media import MediaFolder
from storage.records import Me
from storage.schema import Person
from storage.store import Store
from tests import county
from tests.moment import NOW
from views.card import Card

ADMIN = 9001


class Listener(Speaker):
    """Keeps what would be said."""

    heard: list[Answer]

    async def say(self, answer: Answer, *, chat_id: int, person_id: int, press: CallbackQuery | None) -> None:
        """Hear it."""
        self.heard.append(answer)


class NoMenu(CommandMenu):
    """Telegram's menu of commands is another matter."""

    async def show(self, me: Me, **_: Any) -> None:
        """Show nothing."""


@dataclass
class Room:
    """People who send updates, and what they are answered."""

    store: Store
    bot: Bot
    dispatcher: PlainDispatcher
    listener: Listener
    now: datetime = NOW
    numbers: Any = field(default_factory=lambda: count(1))

    async def send(self, who: int, **content: Any) -> Answer:
        """A message of this person; what is answered."""
        message = {"message_id": next(self.numbers), "date": int(self.now.timestamp()), "chat": chat(who), **content}
        return await self._feed(message={**message, "from": user(who)})

    async def say(self, who: int, text: str) -> Answer:
        """Something typed."""
        return await self.send(who, text=text)

    async def photo(self, who: int, **content: Any) -> Answer:
        """A photo."""
        number = next(self.numbers)
        size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
        return await self.send(who, photo=[size], **content)

    async def pin(self, who: int, place: tuple[float, float] = county.IN_A1) -> Answer:
        """A place."""
        return await self.send(who, location={"latitude": place[0], "longitude": place[1]})

    async def press(self, who: int, data: str, *, under: Card | None = None) -> Answer:
        """A button with this data, under a message with the card's buttons."""
        rows = [
            [{"text": b.text, "callback_data": b.action or "-"} for b in row] for row in (under.rows if under else ())
        ]
        shown: dict[str, Any] = {"message_id": 5, "date": int(self.now.timestamp()), "chat": chat(who), "text": "x"}
        if rows:
            shown["reply_markup"] = {"inline_keyboard": rows}
        return await self._feed(
            callback_query={"id": "1", "from": user(who), "chat_instance": "1", "data": data, "message": shown}
        )

    async def officer(self, number: int, grid: str = "A-01") -> int:
        """Somebody who has joined by a link; the number again."""
        await self.store.write(invites.make, token=f"t{number}", role=Role.OFFICER, grids=[grid], now=self.now)
        await self.say(number, f"/start t{number}")
        return number

    async def report(self, who: int) -> int:
        """A report with a photo; its number."""
        from sqlalchemy import func, select

        from storage.schema import Report

        await self.photo(who)
        await self.press(who, "jn:0")
        await self.pin(who)
        return await self.store.read(lambda session: session.scalar(select(func.max(Report.id))) or 0)

    async def rows(self, table: Any) -> list[Any]:
        """All rows of a table."""
        from sqlalchemy import select

        return await self.store.read(lambda session: list(session.scalars(select(table))))

    async def person(self, number: int) -> Person:
        """What the store knows of a person."""
        return next(one for one in await self.rows(Person) if one.telegram_id == number)

    def travel(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by

    async def _feed(self, **content: Any) -> Answer:
        self.listener.heard = []
        update = Update.model_validate({"update_id": next(self.numbers), **content}, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update)
        assert len(self.listener.heard) <= 1
        return self.listener.heard[0] if self.listener.heard else Answer()


def chat(who: int) -> dict[str, Any]:
    return {"id": who, "type": "private", "first_name": "Wang"}


def user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": "Wang", "language_code": "en"}


def words_of(answer: Answer) -> str:
    """Everything that is said, in one text."""
    cards = [*answer.say, answer.asks, answer.edit, answer.status]
    return "\n".join([*(card.text for card in cards if card is not None), answer.toast or ""])


async def sees_nothing(file_id: str) -> None:
    """There is no Telegram to have an image file from."""


@pytest.fixture
async def room(store: Store, tmp_path: Path) -> AsyncIterator[Room]:
    """A room in the small county, at noon."""
    bot = Bot("1:nobody-is-called")
    listener = Listener(bot, store, MediaFolder(tmp_path), clock=lambda: made.now)
    listener.heard = []
    here = Here(
        county=await store.write(county.build),
        places=Places(),
        zone=ZoneInfo("Asia/Shanghai"),
        bot_username="warmgrid_bot",
        media_came=lambda: None,
        look_at=sees_nothing,
        new_token=lambda: "fresh-token",
        new_codes=lambda: ("123456",),
        make=Maker(),
    )
    arrival = Arrival(
        store=store,
        clock=lambda: made.now,
        speaker=listener,
        here=here,
        throttle=Throttle(),
        menu=NoMenu(bot, store),
        default_language=Language.ZH,
        admin_ids=frozenset({ADMIN}),
    )
    dispatcher = PlainDispatcher(arrival)
    dispatcher.include_routers(*handlers.routers())
    made = Room(store, bot, dispatcher, listener)
    yield made
    await bot.session.close()
