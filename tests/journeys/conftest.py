"""The whole house over real HTTP: sandbox, bot and alerts in one event loop.

Journeys run on both backends unless a file says ``pytestmark = ON_SQLITE`` (`tests/journeys/backends.py`).
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.app import serve
from bot.settings import Settings
from bot.time import utc_now
from sandbox import Sandbox
from services import invites
from storage.kinds import Language, OutboxState, Role
from storage.schema import HandledUpdate, OutboxMessage
from storage.store import open_store
from tests import county
from tests.belled import Belled, open_belled
from tests.journeys.phone import Phone

ADMIN = 9001
CODES = {Language.EN: "en", Language.ZH: "zh-hans"}
"""Languages as Telegram names them."""


class Clock:
    """The real time, moved on as far as a test wants."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead

    def travel(self, by: timedelta) -> None:
        """Let time pass."""
        self.ahead += by

    def go_to(self, clock: time, settings: Settings) -> None:
        """Let time pass until the county's clocks next show this."""
        here = self().astimezone(settings.zone)
        there = datetime.combine(here.date(), clock, settings.zone)
        self.travel((there if there > here else there + timedelta(days=1)) - here)


@dataclass
class Town:
    """What a journey needs: people with phones, the store behind, links to let officers in."""

    tg: Sandbox
    settings: Settings
    clock: Clock = field(default_factory=Clock)
    _house: AsyncExitStack = field(default_factory=AsyncExitStack)
    _store: Belled | None = None

    @property
    def store(self) -> Belled:
        """The running house's."""
        assert self._store is not None, "the house is closed"
        return self._store

    async def open(self) -> None:
        """Start the bot and the alerts."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.app.open_store", open_belled)
            store = await self._house.enter_async_context(serve(self.settings, clock=self.clock))
        assert isinstance(store, Belled)
        self._store = store

    async def close(self) -> None:
        """End them, as Ctrl-C does."""
        await self._house.aclose()
        self._store = None

    def person(self, number: int, language: str = "en", *, name: str = "Zhou") -> Phone:
        """Somebody with a phone in this language."""
        spoken = Language(language)
        return Phone(self.tg.person(number, first_name=name, language_code=CODES[spoken]), spoken, calm=self.calm)

    def rider(self, number: int = 5001, language: str = "en", *, name: str = "Wang") -> Phone:
        """Somebody who reports."""
        return self.person(number, language, name=name)

    def admin(self, language: str = "en") -> Phone:
        """The administrator that the settings name."""
        return self.person(ADMIN, language, name="Admin")

    async def officer(
        self,
        number: int,
        *,
        grid: str | None = "A-01",
        is_primary: bool = True,
        language: str = "en",
        name: str = "Li",
        role: Role = Role.OFFICER,
    ) -> Phone:
        """Somebody who has joined by an invite link."""
        person = self.person(number, language, name=name)
        token = f"token-{number}-{grid}"
        await self.store.write(
            invites.make, token=token, role=role, grids=[grid] if grid else (), is_primary=is_primary, now=self.clock()
        )
        person.send_text(f"/start {token}")
        await person.hears(f"joined-{role}", name=name)
        return person

    async def desk(self, number: int = 8001, language: str = "en") -> Phone:
        """Somebody of the county desk."""
        return await self.officer(number, grid=None, language=language, name="Desk", role=Role.DESK)

    async def calm(self) -> None:
        """Wait until every update is handled and everything in the outbox is said or given up."""
        await self.tg.settled()
        await self.store.until(lambda: self.store.read(_is_all_said))

    async def count(self, table: type) -> int:
        """How many rows a table has."""
        found: int = await self.store.read(_count, table=table)
        return found

    async def handled(self) -> int:
        """How many updates took effect."""
        return await self.count(HandledUpdate)


def _is_all_said(session: Session) -> bool:
    waits = or_(OutboxMessage.state == OutboxState.AVAILABLE, OutboxMessage.state == OutboxState.CLAIMED)
    return session.scalar(select(OutboxMessage.id).where(waits).limit(1)) is None


def _count(session: Session, *, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@asynccontextmanager
async def running_town(settings: Settings, *, shared: Clock | None = None) -> AsyncIterator[Town]:
    """A running house with the small county; with ``shared``, time travels for Telegram, too, which dates messages."""
    clock, telegrams = shared or Clock(), {"clock": lambda: shared().timestamp()} if shared else {}
    async with Sandbox(port=0, **telegrams) as tg:
        settings.bot_token, settings.telegram_api_url = tg.token, tg.url
        first = await open_store(settings.database_url)
        await first.write(county.build)
        await first.close()
        town = Town(tg, settings, clock)
        await town.open()
        try:
            yield town
        finally:
            await town.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a bot that speaks to a sandbox yet to be started."""
    return Settings(
        _env_file=None,
        bot_token="1:unset",
        database_url=database_url,
        media_dir=tmp_path / "media",
        admin_ids=frozenset({ADMIN}),
        default_language="zh",
    )


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chats that take messages faster than Telegram's one a second: `tests/alerts/test_pace.py` tests the pace."""
    monkeypatch.setattr("alerts.pace.INTERVAL", 0.02)


@pytest.fixture
def series(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test sends in a row is one series, however busy the machine is: the draft's message stays."""
    monkeypatch.setattr("services.intake.BURST", timedelta(minutes=1))


@pytest.fixture
async def town(settings: Settings, brisk: None, series: None) -> AsyncIterator[Town]:
    """A running house with the small county."""
    async with running_town(settings) as made:
        yield made
