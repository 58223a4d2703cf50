"""Every setting that is wrong is named, with what is expected; nothing secret is repeated."""

import logging
import re
from datetime import time
from pathlib import Path

import pytest

from bot.settings import LOCALE, Settings, SettingsProblem, load_settings, spoken
from storage.kinds import Language

WRONG = [
    ("BOT_TOKEN", "letmein", "such as 123456:ABC-DEF"),
    ("BOT_TOKEN", "987654:", "such as 123456:ABC-DEF"),
    ("BOT_TOKEN", "123456:two words", "such as 123456:ABC-DEF"),
    ("BOT_TOKEN", "\u0661\u0662:abc", "such as 123456:ABC-DEF"),
    ("TELEGRAM_API_URL", "api.telegram.org", "begins with http:// or https://"),
    ("TELEGRAM_API_URL", "https://", "begins with http:// or https://"),
    ("TELEGRAM_API_URL", "http://localhost:port", "begins with http:// or https://"),
    ("DATABASE_URL", "warmgrid.db", "expected sqlite+aiosqlite:///"),
    ("DATABASE_URL", "sqlite:///warmgrid.db", "expected sqlite+aiosqlite:///"),
    ("DATABASE_URL", "sqlite+aiosqlite://?timeout=3", "expected sqlite+aiosqlite:///path/to/file.db"),
    ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "expected sqlite+aiosqlite:///path/to/file.db"),
    ("DATABASE_URL", "sqlite+aiosqlite:///warmgrid.db?timeout=soon", "such as ?timeout=15"),
    ("DATABASE_URL", "sqlite+aiosqlite:///warmgrid.db?timeout=-1", "such as ?timeout=15"),
    ("DATABASE_URL", "mysql://host/name", "postgresql+asyncpg://user@host/name"),
    ("WEBHOOK_URL", "bot.example.org", "begins with http:// or https://"),
    ("WEBHOOK_URL", "http://bot.example.org", "expected https:// and port 443, 80, 88 or 8443"),
    ("WEBHOOK_URL", "http://bot.example.org:80", "expected https:// and port 443, 80, 88 or 8443"),
    ("WEBHOOK_URL", "https://bot.example.org:8080", "expected https:// and port 443, 80, 88 or 8443"),
    ("WEBHOOK_SECRET", "two words", "characters of A-Z"),
    ("WEBHOOK_SECRET", "x" * 257, "at most 256 characters"),
    ("WEBHOOK_LISTEN", "8080", "such as 0.0.0.0:8080"),
    ("WEBHOOK_LISTEN", "0.0.0.0:http", "such as 0.0.0.0:8080"),
    ("WEBHOOK_LISTEN", "0.0.0.0:65536", "such as 0.0.0.0:8080"),
    ("ADMIN_IDS", "12345,me", "such as 12345,67890"),
    ("DEFAULT_LANGUAGE", "fr", "expected zh or en"),
    ("TIMEZONE", "Asia/Dayu", "such as Asia/Shanghai"),
    ("OFFICE_HOURS", "9 to 5", "such as 8:30-12:00,14:00-18:00"),
    ("OFFICE_HOURS", "8:30-12:00,14:00", "such as 8:30-12:00,14:00-18:00"),
    ("OFFICE_HOURS", "14:00-18:00,8:30-12:00", "such as 8:30-12:00,14:00-18:00"),
    ("OFFICE_HOURS", "18:00-08:00", "such as 8:30-12:00,14:00-18:00"),
    ("OFFICE_HOURS", "9:00-9:00", "such as 8:30-12:00,14:00-18:00"),
    ("DUPLICATE_METRES", "201", "from 0 (never ask) to 200"),
    ("DUPLICATE_HOURS", "0", "from 1 to 720"),
    ("TIMEZONE", "../../etc/passwd", "such as Asia/Shanghai"),
    ("LOG_LEVEL", "loud", "expected DEBUG, INFO, WARNING or ERROR"),
]
SECRET = ("BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without `.env`, and nothing set in the environment."""
    for name in (*Settings.model_fields, *LOCALE):
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_value_is_named_with_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    (line,) = str(problem.value).splitlines()
    (chinese,) = problem.value.words(Language.ZH).splitlines()
    assert line.startswith(f"{name} is ")
    assert re.match(rf"{name} (现在是 .+|不对)：(应为|最多) ?", chinese)
    assert expected in line
    assert (value in line) == (name not in SECRET and name != "ADMIN_IDS")


def test_all_that_is_wrong_is_named_at_once(folder: Path) -> None:
    (folder / ".env").write_text("BOT_TOKEN=x\nTIMEZONE=Mars\nADMIN_IDS=1,two,three\nDEFAULT_LANGUAGE=en\n")
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    named = [line.split()[0] for line in str(problem.value).splitlines()]
    assert named == ["BOT_TOKEN", "ADMIN_IDS", "ADMIN_IDS", "TIMEZONE"]


def test_a_password_in_an_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://warmgrid:hunter2@host/name")
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    assert "hunter2" not in str(problem.value)


@pytest.mark.parametrize(
    "url", ["https://bot.example.org", *(f"https://bot.example.org:{port}" for port in (80, 8443))]
)
def test_where_telegram_posts_to(url: str) -> None:
    assert Settings(_env_file=None, webhook_url=url).webhook_url == url


def test_a_server_of_ones_own_posts_anywhere() -> None:
    own = Settings(_env_file=None, telegram_api_url="http://localhost:8081", webhook_url="http://localhost:8080")
    assert own.webhook_url == "http://localhost:8080"


def read_only(*_: object) -> bool:
    """As a disk that was mounted so; whoever runs the tests as root may write wherever else."""
    return False


@pytest.mark.parametrize("url", ["sqlite+aiosqlite:///here/warmgrid.db", "sqlite+aiosqlite:///new.db"])
def test_a_store_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr("os.access", read_only)
    with pytest.raises(SettingsProblem, match=r"DATABASE_URL names '.*\.db': expected a file that can be written"):
        Settings(_env_file=None, database_url=url).require_store()


def test_a_media_folder_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", read_only)
    with pytest.raises(SettingsProblem, match="MEDIA_DIR is 'var/media': expected a folder that can be written"):
        Settings(_env_file=None).require_media()


@pytest.mark.parametrize(
    "url", ["postgresql+asyncpg://u@host/name", "sqlite+aiosqlite:///file:none/x.db?mode=ro&uri=true"]
)
def test_what_is_no_path_is_tried_by_opening_it(folder: Path, url: str) -> None:
    assert Settings(_env_file=None, database_url=url).require_store() == url
    assert list(folder.iterdir()) == []


def test_room_for_the_store_and_the_photos_is_made(folder: Path) -> None:
    settings = Settings(_env_file=None)
    assert settings.require_store() == settings.database_url
    assert settings.require_media().is_dir()
    (folder / "var" / "warmgrid.db").touch()  # what SQLite makes first
    settings.require_store()


def test_a_missing_token_is_named_by_who_needs_it() -> None:
    with pytest.raises(SettingsProblem, match="BOT_TOKEN is missing: expected the token that BotFather gave"):
        load_settings().require_token()


def test_what_is_left_empty_is_not_set(folder: Path) -> None:
    (folder / ".env").write_text("".join(f"{name.upper()}=\n" for name in Settings.model_fields))
    assert load_settings() == Settings(_env_file=None)


def test_values_of_the_file_and_of_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text(
        "BOT_TOKEN=1:abc\nADMIN_IDS= 12, 34 ,\nDEFAULT_LANGUAGE=en\nTELEGRAM_API_URL=http://localhost:8081/\nOTHER=1\n"
    )
    monkeypatch.setenv("DEFAULT_LANGUAGE", "zh")
    settings = load_settings()
    assert settings.admin_ids == {12, 34}
    assert settings.default_language is Language.ZH
    assert settings.telegram_api_url == "http://localhost:8081"
    assert settings.require_token() == "1:abc"


def test_office_hours_and_nearness_are_as_the_county_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = load_settings()
    assert usual.worktime.spans == ((time(8, 30), time(12)), (time(14), time(18)))
    assert (usual.nearness.metres, usual.nearness.hours) == (50, 72)
    for name, value in {"OFFICE_HOURS": "9:00-17:00", "DUPLICATE_METRES": "0", "DUPLICATE_HOURS": "24"}.items():
        monkeypatch.setenv(name, value)
    own = load_settings()
    assert own.worktime.spans == ((time(9), time(17)),)
    assert (own.nearness.metres, own.nearness.hours) == (0, 24)


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsProblem, match=r"\.env cannot be read: expected text in UTF-8"):
        load_settings()


def test_processes_with_one_token_agree_on_a_secret() -> None:
    one, same, other = (Settings(_env_file=None, bot_token=token) for token in ("1:a", "1:a", "1:b"))
    assert one.secret == same.secret != other.secret
    assert Settings(_env_file=None, bot_token="1:a", webhook_secret="mine").secret == "mine"


# -- names that are misspelt --


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("BOT_TOKN", "BOT_TOKEN"),
        ("WEBHOK_URL", "WEBHOOK_URL"),
        ("admin_id", "ADMIN_IDS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("TIME_ZONE", "TIMEZONE"),
        ("DEFAULT_LANGAUGE", "DEFAULT_LANGUAGE"),
    ],
)
def test_a_misspelt_name_in_the_file_is_named_with_the_one_that_is_meant(folder: Path, given: str, meant: str) -> None:
    (folder / ".env").write_text(f"LOG_LEVEL=loud\n{given}=1\n")
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    misspelt, wrong = str(problem.value).splitlines()
    assert misspelt == f".env has {given.upper()}, which is no setting: did you mean {meant}?"
    assert wrong.startswith("LOG_LEVEL is 'loud'")


def test_other_names_in_the_file_are_somebody_elses(folder: Path) -> None:
    others = ("POSTGRES_DB", "DATABASE_URL_TEST", "TZ", "LANG", "LOGO", "WEBHOOK_PORT", "COMPOSE_PROJECT_NAME")
    (folder / ".env").write_text("".join(f"{name}=1\n" for name in others) + "BOT_TOKN=\n")
    assert load_settings() == Settings(_env_file=None)


def test_a_name_like_one_that_is_set_means_something_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("TIME_ZONE=1\nTIMEZONE=Asia/Urumqi\nLOGLEVEL=1\n")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    assert load_settings().timezone == "Asia/Urumqi"


def test_a_misspelt_name_in_the_environment_which_others_share_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("BOT_TOKN", "1:abc")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    with caplog.at_level(logging.WARNING):
        assert load_settings().bot_token == ""
    assert caplog.messages == [
        "The environment has BOT_TOKN, which is no setting and does nothing: did you mean BOT_TOKEN?"
    ]


# -- the command line's language --


@pytest.mark.parametrize(
    ("locale", "default", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "en", Language.ZH),
        ({"LANG": "en_US.UTF-8"}, "zh", Language.EN),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "zh", Language.EN),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "en", Language.ZH),
        ({"LANG": "C.UTF-8"}, "en", Language.EN),
        ({"LANG": "C.UTF-8"}, "", Language.ZH),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh", Language.ZH),
        ({}, "en", Language.EN),
    ],
)
def test_the_command_line_speaks_as_the_locale_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], default: str, expected: Language
) -> None:
    (folder / ".env").write_text(f"DEFAULT_LANGUAGE={default}\nLOG_LEVEL=loud\n")
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert spoken() is expected
