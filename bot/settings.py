"""Settings: from the environment or `.env`; each is documented in `.env.example`."""

import errno
import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot import setting_values
from services.nearby import USUAL as USUAL_NEARNESS
from services.nearby import Nearness
from services.worktime import OFFICE_HOURS, Span, WorkTime
from storage.kinds import Language
from storage.store import parse_url
from views.texts import plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

log = logging.getLogger(__name__)

TELEGRAM_HOST = "api.telegram.org"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""Where Telegram posts to: https://core.telegram.org/bots/api#setwebhook"""
SQLITE_HEADER = b"SQLite format 3\0"
LIKENESS = 0.85
"""Of two names (difflib's ratio), from which one is taken for the other misspelt: one letter in seven."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set counts: https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html"""

Problem = tuple[str, dict[str, Any]]
"""The key of a text and its facts; a fact named `expected` is a key itself."""


class SettingsProblem(Exception):
    """Settings are missing or wrong; each is named, with what is expected."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self._problems = problems

    def words(self, language: Language) -> str:
        """One line each."""
        return "\n".join(_say(language, *problem) for problem in self._problems)

    def __str__(self) -> str:
        """In English."""
        return self.words(Language.EN)


def _say(language: Language, key: str, facts: dict[str, Any]) -> str:
    said = {name: plain(language, fact) if name == "expected" else fact for name, fact in facts.items()}
    return plain(language, key, **said)


class Settings(BaseSettings):
    """All settings of Warmgrid."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    bot_token: Annotated[str, AfterValidator(setting_values.token)] = ""
    telegram_api_url: Annotated[str, AfterValidator(setting_values.http)] = f"https://{TELEGRAM_HOST}"
    database_url: Annotated[str, AfterValidator(setting_values.database)] = "sqlite+aiosqlite:///var/warmgrid.db"
    media_dir: Path = Path("var/media")
    webhook_url: Annotated[str, AfterValidator(setting_values.http)] = ""
    webhook_secret: Annotated[str, AfterValidator(setting_values.secret)] = ""
    webhook_listen: Annotated[str, AfterValidator(setting_values.listen)] = "0.0.0.0:8080"
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(setting_values.numbers)] = Field(
        default_factory=frozenset
    )
    default_language: Language = Language.ZH
    timezone: Annotated[str, AfterValidator(setting_values.zone)] = "Asia/Shanghai"
    office_hours: Annotated[tuple[Span, ...], NoDecode, BeforeValidator(setting_values.hours)] = OFFICE_HOURS
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
            raise ValueError("setting-expected-webhook")
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
            raise SettingsProblem(("setting-token-missing", {}))
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
                facts = {"path": repr(str(path)), "problem": problem.strerror or str(problem)}
                raise SettingsProblem(("setting-store-not-writable", facts)) from problem
        return self.database_url

    def require_known_store(self) -> str:
        """The address of a store that is there: who only looks at it begins none where a name is wrong.

        Raises:
            SettingsProblem: there is no such file, or something else is there.
        """
        url = parse_url(self.database_url)
        is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:")
        if is_file and not Path(url.database or "").exists():
            raise SettingsProblem(("setting-no-store", {"path": repr(url.database)}))
        return self.require_store()

    def require_media(self) -> Path:
        """The folder of the photos; it is made.

        Raises:
            SettingsProblem: it cannot be made, or not be written.
        """
        try:
            self.media_dir.mkdir(parents=True, exist_ok=True)
            _check_writable(self.media_dir)
        except OSError as problem:
            facts = {"path": repr(str(self.media_dir)), "problem": problem.strerror or str(problem)}
            raise SettingsProblem(("setting-media-not-writable", facts)) from problem
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
    "admin_ids": "setting-expected-numbers",
    "default_language": "setting-expected-language",
    "duplicate_metres": "setting-expected-metres",
    "duplicate_hours": "setting-expected-hours-back",
    "log_level": "setting-expected-log-level",
}
"""Of those that pydantic checks by itself."""


def load_settings() -> Settings:
    """Read the settings.

    In `.env` a name that looks like one of ours misspelt is a problem. The environment is shared with all there is, so
    there it is a warning.

    Raises:
        SettingsProblem: one is wrong; each is named, with what is expected.
    """
    try:
        in_file = _in_file()
        problems = [("setting-misspelt", {"given": given, "meant": meant}) for given, meant in _misspelt(in_file)]
        problems += _wrong()
    except (UnicodeDecodeError, OSError) as problem:
        raise SettingsProblem(("setting-file-unreadable", {"problem": str(problem)})) from problem
    if problems:
        raise SettingsProblem(*problems)
    for given, meant in _misspelt(os.environ):
        log.warning("%s", plain(spoken(), "setting-misspelt-outside", given=given, meant=meant))
    return Settings()


def spoken() -> Language:
    """The command line's language: the locale's; where that names none, `DEFAULT_LANGUAGE`."""
    locale = next(filter(None, map(os.environ.get, LOCALE)), "").partition(".")[0].upper()
    if locale.startswith("ZH"):
        return Language.ZH
    if locale not in ("", "C", "POSIX"):
        return Language.EN
    return Language.EN if _given("DEFAULT_LANGUAGE") == Language.EN.value else Language.ZH


def _in_file() -> dict[str, str]:
    """What `.env` sets."""
    found = DotEnvSettingsSource(Settings).env_vars
    return {name.upper(): value for name, value in found.items() if value}


def _given(name: str) -> str | None:
    try:
        return os.environ.get(name) or _in_file().get(name)
    except (UnicodeDecodeError, OSError):
        return None


def _misspelt(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Which are no settings, and which setting each seems to mean; not if that one is set: then it is another thing."""
    known = {name.upper() for name in Settings.model_fields}
    for name, value in names.items():
        if value and name.upper() not in known:
            for meant in get_close_matches(name.upper(), known, n=1, cutoff=LIKENESS):
                if _given(meant) is None:
                    yield name, meant


def _wrong() -> list[Problem]:
    """Values that cannot be used."""
    try:
        Settings()
    except ValidationError as problem:
        return [_named(error) for error in problem.errors()]
    return []


def _named(error: "ErrorDetails") -> Problem:
    name = str(error["loc"][0])
    facts = {"name": name.upper(), "expected": _EXPECTED.get(name) or error["msg"].removeprefix("Value error, ")}
    return ("setting-wrong", facts) if name in _SECRET else ("setting-is", facts | {"value": repr(error["input"])})
