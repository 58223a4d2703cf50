"""On what it was measured, without saying where."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("aiogram", "aiohttp", "python-telegram-bot", "SQLAlchemy", "aiosqlite", "shapely", "uvloop")


def describe() -> str:
    """Cores, system, Python, libraries, and how busy the machine was."""
    parts = [
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.machine()}",
        f"{platform.python_implementation()} {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{name} {found}" for name in LIBRARIES if (found := _version(name))),
    ]
    if hasattr(os, "getloadavg"):
        parts.append(f"load before the start {os.getloadavg()[0]:.1f}")
    return ", ".join(parts)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
