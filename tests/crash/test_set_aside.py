"""An update that cannot be handled: set aside, the person told, the rest goes on, handled later by `warmgrid replay`.

What makes the handler fail is a row that somebody damaged by hand.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.settings import Settings
from storage.schema import Attachment, FailedUpdate, Report
from storage.store import Store
from storage.updates import code_of
from tests import county
from tests.journeys.conftest import Town, running_town, settings
from tests.pictures import jpeg
from tests.process import Process

__all__ = ["settings"]  # the fixture

RIDER = 5001


@pytest.fixture
async def town(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """The house, quick to try again."""
    monkeypatch.setattr("bot.intake.FIRST_WAIT", 0.01)
    async with running_town(settings) as made:
        yield made


async def set_language(store: Store, language: str) -> None:
    """As an operator might, by hand."""
    change = text("UPDATE people SET language = :language WHERE telegram_id = :rider")

    def write(session: Session) -> None:
        session.execute(change, {"language": language, "rider": RIDER})

    await store.write(write)


async def replay(town: Town, folder: Path, code: str) -> tuple[int, str]:
    """Exit code and words of `warmgrid replay`."""
    given = {
        "BOT_TOKEN": town.settings.bot_token,
        "TELEGRAM_API_URL": town.settings.telegram_api_url,
        "DATABASE_URL": town.settings.database_url,
        "MEDIA_DIR": str(town.settings.media_dir),
    }
    process = Process("replay", code, settings=given, folder=folder, log=folder / f"replay-{code}.log")
    return await process.ends()


async def test_a_damaged_row_holds_up_nobody_else_and_nothing_is_lost(town: Town, tmp_path: Path) -> None:
    rider, other = town.rider(RIDER), town.rider(5002)
    rider.send_text("/start")
    await rider.hears("ask-kind")
    await town.tg.settled()
    await set_language(town.store, "klingon")

    rider.send_photo(jpeg(), caption="water leak")
    number, raw = town.tg.last_update_id, town.tg.pending_updates[-1]
    other.send_photo(jpeg())
    other.send_location(*county.IN_A1)
    await other.hears_filed(1)
    await rider.hears("error-set-aside", code=code_of(number))
    await town.tg.settled()
    (failed,) = await town.store.read(lambda session: list(session.scalars(select(FailedUpdate))))
    assert (failed.attempts, failed.payload) == (3, raw)
    assert "klingon" in failed.traceback

    code, said = await replay(town, tmp_path, code_of(number))
    assert (code, "failed again" in said, "Traceback" in said) == (1, True, False), said
    await set_language(town.store, "en")
    code, said = await replay(town, tmp_path, code_of(number).lower())
    assert code == 0, said
    await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    await rider.hears_filed(2)

    code, said = await replay(town, tmp_path, code_of(number))
    assert code == 0, said
    assert await town.count(Report) == 2
    assert await town.count(Attachment) == 2


async def test_a_code_that_nothing_has(town: Town, tmp_path: Path) -> None:
    code, said = await replay(town, tmp_path, "E-NONE")
    assert (code, said.strip()) == (1, "Nothing is set aside under E-NONE.")


async def test_updates_of_no_known_shape_stop_nothing(town: Town) -> None:
    rider = town.rider(RIDER)
    updates = town.tg._world.updates  # no person can send these
    updates.allowed = None
    for kind, payload in [
        ("message", {}),
        ("message", {"message_id": 1, "text": "from nobody"}),
        ("callback_query", {"id": "1", "data": "ac:1"}),
        ("poll_of_the_future", {"anything": [1, 2, 3]}),
    ]:
        updates.add(kind, RIDER, payload)
    rider.send_text("/start")
    await rider.hears("ask-kind")
    await town.tg.settled()
    assert len(rider.from_bot) == 2, "of what makes no sense nobody is told"
