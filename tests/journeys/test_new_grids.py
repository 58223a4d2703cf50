"""Grids are imported while people wait for them: with the bot running, or before it is started again."""

import pytest

from storage.schema import Report
from storage.store import open_store
from tests import county
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg


@pytest.fixture
def quick_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that looks at the map more often."""
    monkeypatch.setattr("bot.app.MAP_SECONDS", 0.05)


async def waiting(town: Town) -> Phone:
    """A rider who has sent a photo, and a place where there is no grid yet."""
    rider = town.rider()
    rider.send_photo(jpeg(), caption="leak")
    rider.send_location(*county.OUTSIDE)
    await rider.hears("draft-place-outside")
    await town.calm()
    assert await town.count(Report) == 0
    return rider


async def test_what_lay_outside_is_filed_when_the_map_reaches_there(quick_map: None, town: Town) -> None:
    rider = await waiting(town)
    await town.store.write(county.grow)
    assert "C-02" in (await rider.hears_filed())["text"]
    rider.send_photo(jpeg("blue"))
    rider.send_location(*county.OUTSIDE)
    await rider.hears_filed(2)  # the bot has the new map itself


async def test_so_it_is_when_the_grids_came_while_the_bot_was_not_running(town: Town) -> None:
    rider = await waiting(town)
    await town.close()
    store = await open_store(town.settings.database_url)
    await store.write(county.grow)
    await store.close()
    await town.open()
    assert "C-02" in (await rider.hears_filed())["text"]
