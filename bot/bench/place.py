"""Where the bench works: a folder of its own on a real disk, with the store of the sample county ready to be copied."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.time import utc_now
from services.imports.grids import import_grids
from services.imports.officers import import_officers
from storage.kinds import Language, ReporterKind
from storage.migrate import upgrade
from storage.schema import Grid, Person
from storage.store import open_store
from storage.tables import read_table

COUNTY = Path(__file__).parents[2] / "data" / "sample-county"
FIRST_RIDER = 5_000_000_000
FIRST_OFFICER = 7_000_000_000
"""Telegram ids; those of real people have ten digits, too."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and what is in it."""

    folder: Path
    spots: tuple[tuple[float, float], ...]  # latitude, longitude: one in each grid

    def store(self, name: str) -> str:
        """The address of a fresh store of the sample county: everybody has a chat with the bot."""
        path = self.folder / f"{name}.db"
        shutil.copyfile(self.folder / "county.db", path)
        return address(path)


def address(path: Path) -> str:
    """The `DATABASE_URL` of a file."""
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def prepared(*, riders: int, parent: Path = Path("var")) -> Iterator[Place]:
    """Make it, and remove it at the end."""
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent, ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        url = address(folder / "county.db")
        upgrade(url)
        yield Place(folder, asyncio.run(_fill(url, riders=riders)))


async def _fill(url: str, *, riders: int) -> tuple[tuple[float, float], ...]:
    grids, officers = read_table(COUNTY / "grids.geojson"), read_table(COUNTY / "officers.csv")
    options: dict[str, Any] = {"skip_bad": False, "progress": lambda done, of: None}
    store = await open_store(url)
    try:
        await store.write(import_grids, table=grids, **options)
        await store.write(import_officers, table=officers, language=Language.ZH, now=utc_now(), **options)
        return await store.write(_settle, riders=riders)
    finally:
        await store.close()


def _settle(session: Session, *, riders: int) -> tuple[tuple[float, float], ...]:
    """Officers have joined, riders have said who they are; return a place in each grid."""
    session.execute(update(Person).values(telegram_id=FIRST_OFFICER + Person.id))
    people = [
        {
            "telegram_id": FIRST_RIDER + number,
            "name": f"Rider {number}",
            "language": Language.ZH if number % 2 else Language.EN,
            "kind": ReporterKind.RIDER,
            "is_reachable": True,
            "on_duty": True,
            "joined_at": utc_now(),
        }
        for number in range(riders)
    ]
    session.execute(insert(Person), people)
    inside = [shapely.point_on_surface(shapely.from_wkb(outline)) for outline in session.scalars(select(Grid.outline))]
    return tuple((point.y, point.x) for point in inside)
