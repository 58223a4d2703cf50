"""The whole house over real HTTP: sandbox, bot and alerts in one event loop."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import serve
from bot.settings import Settings
from bot.time import utc_now
from sandbox import Sandbox
from services import invites
from storage.kinds import Role
from storage.store import Store
from tests import county

ADMIN = 9001


@dataclass
class Town:
    """What a journey needs: people with phones, the store behind, links to let officers in."""

    tg: Sandbox
    store: Store
    settings: Settings
    tokens: list[str] = field(default_factory=list)

    def rider(self, number: int = 5001, language: str = "en") -> Any:
        return self.tg.person(number, first_name="Wang", language_code=language)

    async def officer(
        self, number: int, *, grid: str = "A-01", is_primary: bool = True, language: str = "en", name: str = "Li"
    ) -> Any:
        """Somebody who has joined by an invite link."""
        person = self.tg.person(number, first_name=name, language_code=language)
        token = f"token-{number}-{grid}"
        await self.store.write(
            invites.make, token=token, role=Role.OFFICER, grid_code=grid, is_primary=is_primary, now=utc_now()
        )
        person.send_text(f"/start {token}")
        await person.wait_for(lambda m: "grid officer" in str(m.get("text")) or "网格员" in str(m.get("text")))
        return person


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
async def town(settings: Settings) -> AsyncIterator[Town]:
    """A running house with the small county."""
    async with Sandbox(port=0) as tg:
        settings.bot_token, settings.telegram_api_url = tg.token, tg.url
        from storage.store import open_store

        first = await open_store(settings.database_url)
        await first.write(county.build)
        await first.close()
        async with serve(settings) as store:
            yield Town(tg, store, settings)
