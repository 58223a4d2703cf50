"""What happened before promptness was written down is taken from events and promises, on both databases."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import config
from tests.storage.test_migrations import empty_url

BEFORE = "0005"

__all__ = ["empty_url"]


def on(url: str, fn: Callable[[Connection], Any]) -> Any:
    async def run() -> Any:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            result = await connection.run_sync(fn)
        await engine.dispose()
        return result

    return asyncio.run(run())


def migrated(connection: Connection, to: str) -> None:
    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, to)


REPORT = (
    "INSERT INTO reports (id, reporter_id, status, category, category_chosen, is_urgent, latitude, longitude, "
    "place_source, level, filed_at, accept_by, resolve_by, phase_from, resolve_from, resolve_used, step, resolved_at) "
    "VALUES ({id}, 1, '{status}', 'other', false, false, 25, 114, 'pin', 'primary', '2026-11-23 04:00:00.500000{z}', "
    "'2026-11-23 04:30:00.000000{z}', '2026-11-24 04:00:00.000000{z}', '2026-11-23 04:00:00.000000{z}', "
    "'2026-11-23 04:00:00.000000{z}', 0, 0, {resolved})"
)
EVENT = (
    "INSERT INTO events (report_id, kind, by_id, at) VALUES ({id}, 'accepted', {by}, '2026-11-23 {clock}.500000{z}')"
)


def old(connection: Connection) -> None:
    zone = "+00" if connection.dialect.name == "postgresql" else ""
    migrated(connection, BEFORE)
    connection.execute(
        text(
            "INSERT INTO people (id, name, language, is_reachable, on_duty, joined_at) "
            f"VALUES (1, 'Wang', 'en', true, true, '2026-11-23 04:00:00.000000{zone}'), "
            f"(2, 'Li', 'en', true, true, '2026-11-23 04:00:00.000000{zone}')"
        )
    )
    late = f"'2026-11-24 05:00:00.500000{zone}'"
    reports = (1, "open", "NULL"), (2, "accepted", late), (3, "closed", late), (4, "closed", late)
    for number, status, resolved in reports:
        connection.execute(text(REPORT.format(id=number, status=status, resolved=resolved, z=zone)))
    for number, by, clock in ((2, 1, "05:00:00"), (2, 2, "04:10:00"), (3, 2, "04:40:00"), (4, 1, "04:10:00")):
        connection.execute(text(EVENT.format(id=number, by=by, clock=clock, z=zone)))


def merge(connection: Connection) -> None:
    """One goes on in another; the promise of both is the same, as the sooner holds."""
    migrated(connection, "0015")
    connection.execute(text("UPDATE reports SET merged_into_id = 4 WHERE id = 3"))


def test_old_reports_get_what_their_events_say(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        Path(make_url(empty_url).database or "").parent.mkdir(exist_ok=True)
    on(empty_url, old)
    on(empty_url, merge)
    on(empty_url, lambda connection: migrated(connection, "head"))
    columns = "accept_seconds, accepted_on_time, accept_of_id, resolve_seconds, resolved_on_time, resolve_of_id"
    rows = on(empty_url, lambda c: c.execute(text(f"SELECT {columns} FROM reports ORDER BY id")).all())
    assert [tuple(row) for row in rows] == [
        (None, None, None, None, None, None),
        (600, True, 1, None, None, None),  # who stands first in the timeline
        (2400, False, 2, 25 * 3600, False, 2),
        (600, None, None, 25 * 3600, None, None),  # with what was merged into it; there it counts
    ]
