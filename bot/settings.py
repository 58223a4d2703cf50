"""Settings: from the environment or `.env`; each is documented in `.env.example`."""

import errno
import hashlib
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.nearby import USUAL as USUAL_NEARNESS
from services.nearby import Nearness
from services.worktime import OFFICE_HOURS, Span, WorkTime
from storage.kinds import Language
from storage.store import parse_url

TELEGRAM_HOST = "api.telegram.org"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""Where Telegram posts to: https://core.telegram.org/bots/api#setwebhook"""
SQLITE_HEADER = b"SQLite format 3\0"


class SettingsProblem(Exception):
    """Settings are missing or wrong; the message names each and says what is expected."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError("expected the name of a time zone, such as Asia/Shanghai") from problem
    return name


def _database(url: str) -> str:
    parse_url(url)
    return url


def _http(url: str) -> str:
    expected = "expected an address that begins with http:// or https://"
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as problem:  # of the port
        raise ValueError(expected) from problem
    if url and not is_good:
        raise ValueError(expected)
    return url.rstrip("/")


def _token(token: str) -> str:
    if token and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
        raise ValueError("expected a token as BotFather gives it, such as 123456:ABC-DEF")
    return token


def _listen(place: str) -> str:
    host, _, port = place.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError("expected host:port, such as 0.0.0.0:8080")
    return place


def _secret(secret: str) -> str:
    if len(secret) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
        raise ValueError("expected at most 256 characters of A-Z, a-z, 0-9, _ and -")
    return secret


def _numbers(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _hours(value: object) -> object:
    """`8:30-12:00,14:00-18:00` as spans, in order and apart from each other."""
    if not isinstance(value, str):
        return value
    try:
        ends = [datetime.strptime(end.strip(), "%H:%M").time() for end in re.split("[-,]", value)]  # noqa: DTZ007
    except ValueError as problem:
        raise ValueError(_HOURS) from problem
    if len(ends) % 2 or ends != sorted(set(ends)):
        raise ValueError(_HOURS)
    return tuple(zip(ends[::2], ends[1::2], strict=True))


_HOURS = "expected office hours in order, such as 8:30-12:00,14:00-18:00"


class Settings(BaseSettings):
    """All settings of Warmgrid."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    bot_token: Annotated[str, AfterValidator(_token)] = ""
    telegram_api_url: Annotated[str, AfterValidator(_http)] = f"https://{TELEGRAM_HOST}"
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///var/warmgrid.db"
    media_dir: Path = Path("var/media")
    webhook_url: Annotated[str, AfterValidator(_http)] = ""
    webhook_secret: Annotated[str, AfterValidator(_secret)] = ""
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "0.0.0.0:8080"
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(default_factory=frozenset)
    default_language: Language = Language.ZH
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    office_hours: Annotated[tuple[Span, ...], NoDecode, BeforeValidator(_hours)] = OFFICE_HOURS
    duplicate_metres: Annotated[int, Field(ge=0, le=200)] = USUAL_NEARNESS.metres
    duplicate_hours: Annotated[int, Field(ge=1, le=720)] = USUAL_NEARNESS.hours
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("webhook_url")
    @classmethod
    def _telegram_reaches(cls, url: str, info: ValidationInfo) -> str:
        """Telegram itself posts to few places; a Bot API server of one's own to any."""
        if not url or urlsplit(info.data.get("telegram_api_url", "")).hostname != TELEGRAM_HOST:
            return url
        parts = urlsplit(url)
        if parts.scheme != "https" or (parts.port or 443) not in WEBHOOK_PORTS:
            raise ValueError("expected https:// and port 443, 80, 88 or 8443: Telegram posts to no other")
        return url

    @property
    def zone(self) -> ZoneInfo:
        """The county's zone."""
        return ZoneInfo(self.timezone)

    @property
    def worktime(self) -> WorkTime:
        """The county's working time."""
        return WorkTime(self.zone, self.office_hours)

    @property
    def nearness(self) -> Nearness:
        """What may be the same hazard."""
        return Nearness(self.duplicate_metres, self.duplicate_hours)

    @property
    def secret(self) -> str:
        """The webhook's secret; if none is set, one that all processes with this token agree on."""
        return self.webhook_secret or hashlib.sha256(f"webhook {self.bot_token}".encode()).hexdigest()

    def require_token(self) -> str:
        """The bot's token.

        Raises:
            SettingsProblem: there is none.
        """
        if not self.bot_token:
            raise SettingsProblem("BOT_TOKEN is missing: expected the token that BotFather gave for the bot")
        return self.bot_token

    def require_store(self) -> str:
        """The store's address; the folder of an SQLite file is made.

        Raises:
            SettingsProblem: there is no room for the file, or something else is there.
        """
        url = parse_url(self.database_url)
        if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:"):
            path = Path(url.database)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _check_store_file(path)
            except OSError as problem:
                raise SettingsProblem(
                    f"DATABASE_URL names {str(path)!r}: expected a file that can be written, "
                    f"in a folder that can be written ({problem.strerror or problem})"
                ) from problem
        return self.database_url

    def require_media(self) -> Path:
        """The folder of the photos; it is made.

        Raises:
            SettingsProblem: it cannot be made, or not be written.
        """
        try:
            self.media_dir.mkdir(parents=True, exist_ok=True)
            _check_writable(self.media_dir)
        except OSError as problem:
            raise SettingsProblem(
                f"MEDIA_DIR is {str(self.media_dir)!r}: expected a folder that can be written, or room to make one "
                f"({problem.strerror or problem})"
            ) from problem
        return self.media_dir


def _check_store_file(path: Path) -> None:
    """Refuse a path that SQLite cannot keep a store at, by an `OSError`. It writes files beside it, too."""
    _check_writable(path.parent)
    if not path.exists():
        return
    with path.open("rb") as file:  # a folder is refused here
        start = file.read(len(SQLITE_HEADER))
    if start and start != SQLITE_HEADER:
        raise OSError("something else than a store is there")
    _check_writable(path)


def _check_writable(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, f"{str(path)!r} cannot be written")


_SECRET = {"bot_token", "webhook_secret", "database_url"}
"""Their values are never shown: logs are read by many."""
_EXPECTED = {
    "admin_ids": "expected Telegram numbers with commas between them, such as 12345,67890",
    "default_language": "expected zh or en",
    "duplicate_metres": "expected metres from 0 (never ask) to 200",
    "duplicate_hours": "expected hours from 1 to 720",
    "log_level": "expected DEBUG, INFO, WARNING or ERROR",
}


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsProblem: one is wrong; each is named, with what is expected.
    """
    try:
        return Settings()
    except (UnicodeDecodeError, OSError) as problem:
        raise SettingsProblem(f".env cannot be read: expected text in UTF-8 ({problem})") from problem
    except ValidationError as problem:
        lines = []
        for error in problem.errors():
            name = str(error["loc"][0])
            expected = _EXPECTED.get(name) or error["msg"].removeprefix("Value error, ")
            was = "wrong" if name in _SECRET else repr(error["input"])
            lines.append(f"{name.upper()} is {was}: {expected}")
        raise SettingsProblem("\n".join(lines)) from problem
