"""A town whose bot is a process that can be killed, while Telegram lives on in the test."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.time import utc_now
from sandbox import Fault, Sandbox
from services import invites
from storage.kinds import Message, OutboxState, Role
from storage.schema import Attachment, Draft, Event, OutboxMessage, Report
from storage.store import Store, open_store
from tests import county
from tests.process import Process, until, until_it

UNSETTLED = (OutboxState.AVAILABLE, OutboxState.CLAIMED)


@dataclass
class Town:
    """Telegram, the store, and the process between them."""

    tg: Sandbox
    store: Store
    url: str
    folder: Path
    settings: dict[str, str]
    rider: Any
    officer: Any
    process: Process | None = None

    async def start(self, command: str = "run") -> None:
        """Start the bot with or without the alerts, or these alone."""
        self.process = Process(command, settings=self.settings, folder=self.folder, log=self.folder / "log")
        await self.process.is_running()
        if command != "alerts" and "WEBHOOK_URL" not in self.settings:
            await self.tg.polled()

    async def kill(self) -> None:
        """Kill it."""
        assert self.process is not None
        await self.process.kill()
        self.tg._world.updates.end_poll(None)  # Telegram sees that nobody listens any more

    def by_webhook(self) -> None:
        """Let updates come by webhook from the next start on."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.settings |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}

    async def officer_joins(self) -> None:
        """The officer of grid A-01 opens the invite link."""
        await self.store.write(invites.make, token="link", role=Role.OFFICER, grids=["A-01"], now=utc_now())
        self.officer.send_text("/start link")
        await self.officer.wait_for("grid officer", timeout=30)
        await self.tg.settled()

    def hold(self, method: str, *, chat: Any = None, seconds: float = 600.0) -> Fault:
        """The next request of this kind is not answered."""
        fault = Fault(method, "slow", seconds=seconds, chat_id=chat.id if chat else None)
        self.tg.order(fault)
        return fault

    async def held(self, fault: Fault) -> None:
        """Wait until that request is made."""
        await until(lambda: fault.times <= 0)

    async def count(self, what: Any, *where: Any) -> int:
        """How many rows there are."""

        def ask(session: Session) -> int:
            return session.scalar(select(func.count()).select_from(what).where(*where)) or 0

        return await self.store.read(ask)

    async def counts(self, number: int, what: Any, *where: Any) -> None:
        """Wait until there are so many rows."""

        async def are_there() -> bool:
            return await self.count(what, *where) == number

        await until_it(are_there)

    async def leases_lapse(self) -> None:
        """The time passes for which a dead relay's claims are respected."""

        def lapse(session: Session) -> None:
            claimed = update(OutboxMessage).where(OutboxMessage.state == OutboxState.CLAIMED)
            session.execute(claimed.values(lease_until=utc_now() - timedelta(seconds=1)))

        await self.store.write(lapse)

    def alerts(self) -> list[dict[str, Any]]:
        """The cards of reports in the officer's chat."""
        return [one for one in self.officer.from_bot if "D-" in str(one.get("text")) and "reply_markup" in one]

    async def all_went_well(self) -> None:
        """Exactly one report; the officer alerted, the reporter told; nothing left over anywhere."""
        await self.rider.wait_for("Filed: D-", timeout=30)
        await self.officer.wait_for(lambda message: message in self.alerts(), timeout=30)
        await self.tg.settled()
        await self.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
        assert await self.count(Report) == 1
        assert await self.count(Event, Event.kind == "filed") == 1
        assert await self.count(Attachment, Attachment.report_id.is_not(None)) == 1
        assert await self.count(Draft) == 0
        assert await self.count(OutboxMessage, OutboxMessage.message == Message.ALERT) == 1
        assert await self.count(OutboxMessage, OutboxMessage.message == Message.RECEIPT) == 1


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The small county; the process is yet to be started."""
    store = await open_store(database_url)
    await store.write(county.build)
    async with Sandbox(port=0) as tg:
        settings = {
            "BOT_TOKEN": tg.token,
            "TELEGRAM_API_URL": tg.url,
            "DATABASE_URL": database_url,
            "MEDIA_DIR": str(tmp_path / "media"),
        }
        rider = tg.person(5001, first_name="Wang", language_code="en")
        officer = tg.person(7001, first_name="Li", language_code="en")
        made = Town(tg, store, database_url, tmp_path, settings, rider, officer)
        yield made
        if made.process is not None:
            await made.process.kill()
            print(made.process.said())  # shown when the test fails
    await store.close()
