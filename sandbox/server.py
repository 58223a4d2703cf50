"""The sandbox as a whole: starts, offers its people and faults to tests, and ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from sandbox import page_files
from sandbox.bot_api import BotApi, Call
from sandbox.chats import Chat
from sandbox.faults import Fault
from sandbox.hands import Hands
from sandbox.keep import keep_in
from sandbox.nursery import Nursery
from sandbox.page_api import PageApi
from sandbox.person import Person
from sandbox.webhook import Delivery
from sandbox.world import World

TOKEN = "424242:sandbox-AAE_this_token_opens_nothing"
BOT = {"id": 424242, "is_bot": True, "first_name": "Warmgrid", "username": "warmgrid_bot"}
LARGEST_REQUEST = 50 * 1024 * 1024 + 64 * 1024  # a file of 50 MB and what is around it


class Sandbox:
    """Telegram on one's own machine.

    Use as ``async with Sandbox() as tg``; everything runs in the event loop that it is entered in.
    ``people`` are keyword arguments of ``person``, ``id`` among them. ``zone`` names the one in which the page shows
    its clock (else the viewer's own); that may be made to go faster, and ``now`` is what it shows.
    """

    never_started = 999_000_001  # the id of a chat that nobody ever opened

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        data_dir: Path | str | None = None,
        county: Path | str | None = None,
        zone: str | None = None,
        people: Iterable[Mapping[str, Any]] = (),
        clock: Callable[[], float] = time.time,  # noqa: TID251 (Telegram has a clock of its own)
    ) -> None:
        self.host = host
        self.port = port
        self.token = TOKEN
        self._county = Path(county) if county else None
        self._first_people = tuple(people)
        keep = keep_in(Path(data_dir) if data_dir else None)
        self._hands = Hands(clock, keep)
        self._world = World(bot=BOT, keep=keep, clock=self._hands)
        self._api = BotApi(self._world, TOKEN, webhook_changed=self._webhook_changed)
        self._delivery = Delivery(self._world.updates, self._api.execute, clock=clock)
        self._page = PageApi(self, self._world, self._api.faults, self._hands, county=self._county, zone=zone)
        self._nursery = Nursery()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Start listening; the port is known from here on."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes([*self._api.routes(), *self._page.routes(), *page_files.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port).start()
        self.port = self._runner.addresses[0][1]
        for person in self._first_people:
            about = dict(person)
            self.person(about.pop("id"), **about)
        await self._delivery.restart()
        self._nursery.start(self._hands.beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the door, then end what runs."""
        self._world.updates.end_poll(None)
        self._world.events.end()
        await self._delivery.stop()
        await self._nursery.stop()
        if self._runner:
            await self._runner.cleanup()
        self._hands.stop()
        self._world.keep.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}:{self.port}"

    @property
    def bot_username(self) -> str:
        """The bot's name in links."""
        return str(self._world.bot["username"])

    # Time

    def now(self) -> float:
        """The moment that its clock shows: seconds since 1970."""
        return self._hands()

    @property
    def speed(self) -> int:
        """How many seconds pass in one."""
        return self._hands.speed

    # People

    def person(
        self,
        person_id: int,
        *,
        first_name: str = "Person",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
        label: dict[str, str] | None = None,
    ) -> Person:
        """A person by their id, created when they are new (else they stay as they are)."""
        chat = self._world.chats.get(person_id)
        if chat is None:
            chat = self._world.add_chat(
                Chat(
                    id=person_id,
                    first_name=first_name,
                    last_name=last_name,
                    username=username,
                    language_code=language_code,
                    label=label,
                )
            )
            self._world.keep.commit()
        return Person(self._world, chat)

    def label(self, person_id: int, label: dict[str, str] | None) -> None:
        """Say on the page who a person is, by language; None: a guest."""
        chat = self._world.chats[person_id]
        if chat.label != label:
            chat.label = label
            self._world.changed_person(chat)
            self._world.keep.commit()

    @property
    def people(self) -> list[Person]:
        """All people there are."""
        return [Person(self._world, chat) for chat in self._world.chats.values()]

    # What the bot asked, and what goes wrong

    @property
    def calls(self) -> list[Call]:
        """The bot's requests, oldest first (the last 100,000)."""
        return list(self._api.calls)

    def calls_to(self, method: str) -> list[Call]:
        """The bot's requests to one method."""
        return [call for call in self._api.calls if call.method.lower() == method.lower()]

    async def called(self, method: str, *, times: int = 1, timeout: float = 30.0) -> list[Call]:
        """Wait until the bot has made that many requests to a method, and return them.

        Raises:
            TimeoutError: it made fewer.
        """

        def look() -> list[Call] | None:
            calls = self.calls_to(method)
            return calls if len(calls) >= times else None

        return await self._api.called.wait_until(look, timeout)

    def order(self, fault: Fault) -> None:
        """Let something go wrong."""
        self._api.faults.order(fault)

    def clear_faults(self) -> None:
        """Let nothing more go wrong."""
        self._api.faults.clear()

    # Updates

    @property
    def pending_updates(self) -> list[dict[str, Any]]:
        """What the bot has not confirmed."""
        return [
            {"update_id": update.update_id, update.kind: update.payload}
            for update in self._world.updates.pending.values()
        ]

    @property
    def last_update_id(self) -> int:
        """The id of the newest update."""
        return self._world.updates.last_id

    def redeliver(self, update_id: int) -> None:
        """Send an old update again, under the same id, as Telegram does when it did not hear the answer."""
        self._world.updates.redeliver(update_id)
        self._world.keep.commit()

    async def settled(self, *, timeout: float = 30.0) -> None:
        """Wait until the bot has confirmed all updates that there are now.

        Raises:
            TimeoutError: some were left, which it names.
        """
        updates = self._world.updates
        waited_for = set(updates.pending)

        def look() -> bool | None:
            return waited_for.isdisjoint(updates.pending) or None

        try:
            await updates.confirmed.wait_until(look, timeout)
        except TimeoutError:
            left = [updates.pending[one].payload for one in sorted(waited_for & updates.pending.keys())]
            raise TimeoutError(f"{len(left)} updates not confirmed within {timeout} s: {left[:5]}") from None

    async def polled(self, *, timeout: float = 30.0) -> None:
        """Wait until the bot waits for updates in a long poll."""
        updates = self._world.updates
        await updates.polled.wait_until(lambda: updates.is_polled or None, timeout)

    def _webhook_changed(self) -> None:
        self._nursery.start(self._delivery.restart())
