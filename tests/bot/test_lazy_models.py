"""aiogram's models, built when they are first used, are what they would be had aiogram built them all at its import."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.lazy_models import import_aiogram

ROOT = Path(__file__).parents[2]


async def seen(how: str) -> tuple[dict[str, Any], str]:
    """What `tests/bot/aiogram_seen.py` sees in a process of its own, and its log."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.aiogram_seen", how),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    found, log = await process.communicate()
    assert process.returncode == 0, log.decode()
    return json.loads(found), log.decode()


async def test_every_model_is_what_it_would_be_had_aiogram_built_it() -> None:
    (lazily, log), (at_once, _) = await asyncio.gather(seen("lazily"), seen("at-once"))
    assert log == ""
    assert lazily["whole at first"] < 20 < 400 < at_once["whole at first"]
    assert lazily["samples"] == at_once["samples"]
    assert lazily["models"].keys() == at_once["models"].keys()
    for name, model in at_once["models"].items():
        assert lazily["models"][name] == model, name


async def test_where_building_cannot_be_put_off_aiogram_is_imported_as_it_is() -> None:
    in_vain, log = await seen("in-vain")
    assert "built at once" in log
    assert in_vain["whole at first"] > 400


def test_other_models_are_built_when_they_are_defined() -> None:
    import_aiogram()

    class Ours(BaseModel):
        number: int

    assert Ours.__pydantic_complete__
    assert "defer_build" not in BaseModel.model_config
