"""An update that cannot be handled: set aside, the person told, the rest goes on, handled later by `warmgrid replay`.

What makes the handler fail is a row that somebody damaged by hand.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.middlewares.throttle import MOST
from bot.settings import Settings
from bot.time import utc_now
from storage import updates
from storage.schema import Attachment, Draft, FailedUpdate, Report
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


async def replay(town: Town, folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and words of `warmgrid replay`."""
    given = {
        "BOT_TOKEN": town.settings.bot_token,
        "TELEGRAM_API_URL": town.settings.telegram_api_url,
        "DATABASE_URL": town.settings.database_url,
        "MEDIA_DIR": str(town.settings.media_dir),
    }
    log = folder / "replay.log"
    log.unlink(missing_ok=True)
    return await Process("replay", *arguments, settings=given, folder=folder, log=log).ends()


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
    assert (code, said.strip()) == (1, f"Nothing is set aside under {code_of(number)}.")
    assert await town.count(Report) == 2
    assert await town.count(Attachment) == 2


async def test_what_is_set_aside_is_listed_and_all_of_it_tried_again(town: Town, tmp_path: Path) -> None:
    assert await replay(town, tmp_path) == (0, "Nothing is set aside.\n")
    assert await replay(town, tmp_path, "--all") == (0, "Nothing is set aside.\n")
    rider = town.rider(RIDER)
    rider.send_text("/start")
    await rider.hears("ask-kind")
    await town.tg.settled()
    await set_language(town.store, "klingon")
    codes = []
    for send in (lambda: rider.send_photo(jpeg(), caption="water leak"), lambda: rider.send_location(*county.IN_A1)):
        send()
        codes.append(code_of(town.tg.last_update_id))
        await town.tg.settled()

    code, said = await replay(town, tmp_path)
    assert code == 0, said
    lines = said.splitlines()
    assert [line.split()[0] for line in lines[:2]] == codes
    assert all(
        re.search(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d  chat {RIDER}  \w+Error: .*klingon", line) for line in lines[:2]
    )
    assert "warmgrid replay CODE" in lines[-1]
    assert "warmgrid replay --all" in lines[-1]

    code, said = await replay(town, tmp_path, "--all")
    assert (code, [line.split(":")[0] for line in said.splitlines()]) == (1, [f"{one} failed again" for one in codes])
    await set_language(town.store, "en")
    assert await replay(town, tmp_path, "--all") == (0, f"{codes[0]} is done.\n{codes[1]} is done.\n")
    await rider.hears_filed(1)
    code, said = await replay(town, tmp_path, codes[0], "--all")
    assert (code, "not both" in said) == (2, True)


async def test_however_many_of_one_person_are_tried_again_all_take_effect(town: Town, tmp_path: Path) -> None:
    rider = town.rider(RIDER)
    rider.send_text("first")
    raw = town.tg.pending_updates[-1]
    await rider.hears("draft-needs-both")
    await town.tg.settled()

    def set_aside(session: Session) -> None:
        for number in range(1, MOST + 2):
            message = {**raw["message"], "message_id": 1000 + number, "text": f"line {number}"}
            again = {"update_id": raw["update_id"] + number, "message": message}
            for _ in range(updates.ATTEMPTS):
                updates.failed(session, update_id=again["update_id"], payload=again, traceback="", now=utc_now())

    await town.store.write(set_aside)
    code, said = await replay(town, tmp_path, "--all")
    assert (code, said.count("is done")) == (0, MOST + 1), said
    (words,) = await town.store.read(lambda session: list(session.scalars(select(Draft.words))))
    assert words.splitlines() == ["first", *(f"line {number}" for number in range(1, MOST + 2))]


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
