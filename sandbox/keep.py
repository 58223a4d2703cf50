"""Keeps the sandbox's world on disk, so that a restart finds everything: one SQLite file, and a folder of files.

Things are JSON by kind and key. A process may be killed at any moment: what one request changed is one
transaction, and a file is renamed into place before the row that names it is committed. There is no fsync: it guards
against a killed process, not against a power cut.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol


class Keep(Protocol):
    """Where the world is kept."""

    def put(self, kind: str, key: int | str, thing: Any) -> None:
        """Write or overwrite a thing (by the next ``commit``)."""

    def drop(self, kind: str, key: int | str) -> None:
        """Remove a thing."""

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """All things of a kind as (key, thing), in the order they were first written."""

    def put_file(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""

    def read_file(self, name: str) -> bytes:
        """A file's bytes."""

    def commit(self) -> None:
        """Make everything since the last commit lasting, all of it or nothing."""

    def close(self) -> None:
        """End."""


class InMemory:
    """Keeps nothing: the world lives as long as the process."""

    def put(self, kind: str, key: int | str, thing: Any) -> None:
        """Nothing to do."""

    def drop(self, kind: str, key: int | str) -> None:
        """Nothing to do."""

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """There is nothing."""
        return iter(())

    def put_file(self, name: str, data: bytes) -> None:
        """Nothing to do."""

    def read_file(self, name: str) -> bytes:
        """There are none."""
        raise FileNotFoundError(name)

    def commit(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class OnDisk:
    """Keeps the world in a folder."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "sandbox.db")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS thing (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,"
            " body TEXT NOT NULL, UNIQUE (kind, key))"
        )
        self._db.commit()

    def put(self, kind: str, key: int | str, thing: Any) -> None:
        """Write or overwrite a thing."""
        self._db.execute(
            "INSERT INTO thing (kind, key, body) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, str(key), json.dumps(thing, ensure_ascii=False)),
        )

    def drop(self, kind: str, key: int | str) -> None:
        """Remove a thing."""
        self._db.execute("DELETE FROM thing WHERE kind = ? AND key = ?", (kind, str(key)))

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """All things of a kind."""
        rows = self._db.execute("SELECT key, body FROM thing WHERE kind = ? ORDER BY place", (kind,))
        return ((key, json.loads(body)) for key, body in rows.fetchall())

    def put_file(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        unfinished = self._files / f".{name}.part"
        unfinished.write_bytes(data)
        unfinished.replace(self._files / name)

    def read_file(self, name: str) -> bytes:
        """A file's bytes."""
        return (self._files / name).read_bytes()

    def commit(self) -> None:
        """Make everything since the last commit lasting."""
        if self._db.in_transaction:
            self._db.commit()

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._db.close()


def keep_in(folder: Path | None) -> Keep:
    """On disk when there is a folder, else in memory."""
    return OnDisk(folder) if folder else InMemory()
