"""The command line as whoever installs Warmgrid meets it: one clear message, the right exit code, no traceback."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, select

from bot.commands import bot_name
from bot.commands import invites as making
from bot.settings import Settings, SettingsProblem
from sandbox import Fault, Sandbox
from services.invites import LIFETIME
from storage.kinds import Role
from storage.schema import Grid, Invite
from storage.store import open_store
from tests import county
from tests.process import Process, until

WARMGRID = Path(sys.executable).with_name("warmgrid")


@dataclass
class Machine:
    """A folder with nothing in it, and Telegram."""

    folder: Path
    tg: Sandbox
    settings: dict[str, str]

    def start(self, *arguments: str, **settings: str) -> Process:
        """Start a command; settings replace what is usual, empty ones are left out."""
        return Process(*arguments, settings=self.settings | settings, folder=self.folder, log=self.folder / "log")

    async def run(self, *arguments: str, **settings: str) -> tuple[int, str]:
        """Exit code and words of a command."""
        return await self.start(*arguments, **settings).ends()


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    """With a token, and all else as it is by itself."""
    async with Sandbox() as tg:
        yield Machine(tmp_path, tg, {"BOT_TOKEN": tg.token, "TELEGRAM_API_URL": tg.url})


def clear(said: str) -> list[str]:
    """The lines; none of a traceback."""
    assert "Traceback" not in said, said
    return said.strip().splitlines()


# -- settings --


@pytest.mark.parametrize("command", [["run"], ["bot"], ["alerts"], ["invite", "admin"]])
async def test_without_a_token(machine: Machine, command: list[str]) -> None:
    code, said = await machine.run(*command, BOT_TOKEN="")
    assert code == 2
    assert clear(said) == ["BOT_TOKEN is missing: expected the token that BotFather gave for the bot"]


async def test_a_chinese_locale_is_spoken_to_in_chinese(machine: Machine) -> None:
    code, said = await machine.run("run", BOT_TOKEN="", LANG="zh_CN.UTF-8")
    assert code == 2
    assert clear(said) == ["没有填 BOT_TOKEN：请填 BotFather 给这个机器人的 token"]


@pytest.mark.parametrize("command", [["run"], ["alerts"], ["db", "upgrade"], ["invite", "admin"], ["replay"]])
async def test_a_misspelt_setting_in_the_file_is_refused(machine: Machine, command: list[str]) -> None:
    (machine.folder / ".env").write_text("WEBHOK_URL=https://bot.example.org\n")
    code, said = await machine.run(*command)
    assert code == 2
    assert clear(said) == [".env has WEBHOK_URL, which is no setting: did you mean WEBHOOK_URL?"]


async def test_all_wrong_settings_are_named(machine: Machine) -> None:
    wrong = {"TIMEZONE": "Mars", "WEBHOOK_LISTEN": "8080", "DATABASE_URL": "x", "ADMIN_IDS": "me", "LOG_LEVEL": "loud"}
    wrong |= {"OFFICE_HOURS": "9 to 5", "DUPLICATE_METRES": "far", "DUPLICATE_HOURS": "0"}
    code, said = await machine.run("run", **wrong)
    assert code == 2
    lines = clear(said)
    assert {line.split()[0] for line in lines} == set(wrong)
    assert all(": expected " in line for line in lines)


@pytest.mark.parametrize("command", [["run"], ["bot"], ["alerts"], ["invite", "admin"]])
async def test_a_token_that_telegram_does_not_know(machine: Machine, command: list[str]) -> None:
    code, said = await machine.run(*command, BOT_TOKEN="1:unknown")
    assert code == 2
    assert clear(said)[-1] == "BOT_TOKEN is refused by Telegram: expected the token that BotFather gave"
    assert "1:unknown" not in said


async def test_a_port_that_is_taken(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        code, said = await machine.run("run", WEBHOOK_URL=f"http://{place}", WEBHOOK_LISTEN=place, LOG_LEVEL="ERROR")
    assert code == 2
    assert clear(said)[-1].startswith(f"WEBHOOK_LISTEN is '{place}': expected a free host:port")


async def test_a_media_folder_that_is_a_file(machine: Machine) -> None:
    (machine.folder / "media").write_text("")
    code, said = await machine.run("run", MEDIA_DIR="media", LOG_LEVEL="ERROR")
    assert code == 2
    assert clear(said)[-1].startswith("MEDIA_DIR is 'media': expected a folder")


@pytest.mark.parametrize("path", ["folder", "notes.txt", "notes.txt/warmgrid.db", "/proc/none/warmgrid.db"])
@pytest.mark.parametrize("command", [["run"], ["alerts"], ["db", "upgrade"], ["invite", "admin"], ["replay", "E-2"]])
async def test_a_path_where_no_store_can_be(machine: Machine, command: list[str], path: str) -> None:
    (machine.folder / "notes.txt").write_text("no database, but long enough to be taken for one\n" * 50)
    (machine.folder / "folder").mkdir()
    code, said = await machine.run(*command, DATABASE_URL=f"sqlite+aiosqlite:///{path}", LOG_LEVEL="ERROR")
    assert code == 2
    assert clear(said)[-1].startswith(f"DATABASE_URL names '{path}': expected a file that can be written")


# -- the store --


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://nobody@127.0.0.1:1/none",
        "sqlite+aiosqlite:///file:missing.db?mode=ro&uri=true",
    ],
)
async def test_a_store_that_cannot_be_used(machine: Machine, url: str) -> None:
    for command in (["run"], ["db", "upgrade"]):
        code, said = await machine.run(*command, DATABASE_URL=url, LOG_LEVEL="ERROR")
        assert code == 1
        assert clear(said)[0].startswith("The store cannot be used: ")


async def test_upgrade_makes_an_embedded_store_and_may_be_run_again(machine: Machine) -> None:
    for _ in range(2):
        assert (await machine.run("db", "upgrade", BOT_TOKEN=""))[0] == 0
    store = await open_store(f"sqlite+aiosqlite:///{machine.folder}/var/warmgrid.db")
    assert await store.read(lambda session: session.scalars(select(Grid)).all()) == []
    await store.close()


async def test_postgres_is_upgraded_only_when_it_is_asked_for(machine: Machine, postgres_server: str) -> None:
    plain = make_url(postgres_server).set(drivername="postgresql").render_as_string(hide_password=False)
    operator = await asyncpg.connect(plain)
    await operator.execute("CREATE DATABASE fresh")
    url = make_url(postgres_server).set(database="fresh").render_as_string(hide_password=False)
    try:
        code, said = await machine.run("run", DATABASE_URL=url, LOG_LEVEL="ERROR")
        assert code == 1
        assert "run `warmgrid db upgrade` first" in clear(said)[0]
        for _ in range(2):
            assert (await machine.run("db", "upgrade", DATABASE_URL=url))[0] == 0
        running = machine.start("run", DATABASE_URL=url)
        await running.is_running()
        running.send(signal.SIGTERM)
        assert (await running.ends())[0] == 0
    finally:
        await operator.execute("DROP DATABASE fresh WITH (FORCE)")
        await operator.close()


# -- running --


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["run", "bot", "alerts"])
async def test_it_ends_when_it_is_told_to(machine: Machine, command: str, number: signal.Signals) -> None:
    running = machine.start(command)
    await running.is_running()
    running.send(number)
    code, said = await running.ends()
    assert code == 0
    clear(said)


async def test_telegram_may_be_out_of_reach_at_the_start(machine: Machine) -> None:
    for method in ("getMe", "deleteWebhook"):
        machine.tg.order(Fault(method, "html_502", times=2))
    running = machine.start("run")
    await running.is_running()
    rider = machine.tg.person(5001, language_code="en")
    rider.send_text("/start")
    await rider.wait_for("Are you a rider", timeout=30)
    running.send(signal.SIGTERM)
    assert (await running.ends())[0] == 0
    await machine.tg.settled()


async def test_the_installed_command_knows_its_commands(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        WARMGRID, "--help", cwd=tmp_path, stdout=asyncio.subprocess.PIPE, env={"COLUMNS": "200"}
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    for command in ("run", "bot", "alerts", "demo", "bench", "db", "import", "invite", "replay"):
        assert re.search(rf"\b{command}\b", out.decode())


# -- inviting --


async def test_an_invite_is_a_link_that_works_once(machine: Machine, sqlite_url: str) -> None:
    store = await open_store(sqlite_url)
    await store.write(county.build)
    code, said = await machine.run("invite", "officer", "--grid", "a-01", DATABASE_URL=sqlite_url, LOG_LEVEL="ERROR")
    assert code == 0
    link = clear(said)[-1]
    assert link.startswith(f"https://t.me/{machine.tg.bot_username}?start=")
    (invite,) = await store.read(lambda session: list(session.scalars(select(Invite))))
    assert invite.expires_at - invite.made_at == LIFETIME
    await store.close()

    running = machine.start("run", DATABASE_URL=sqlite_url)
    await running.is_running()
    officer, late = (machine.tg.person(number, language_code="en") for number in (7001, 7002))
    officer.send_text("/start " + link.partition("=")[2])
    await officer.wait_for("A-01")
    late.send_text("/start " + link.partition("=")[2])
    await late.wait_for("used")
    running.send(signal.SIGTERM)
    assert (await running.ends())[0] == 0


async def test_an_invite_for_what_there_is_not(machine: Machine) -> None:
    code, said = await machine.run("invite", "officer", "--grid", "Z-99", DEFAULT_LANGUAGE="en", LOG_LEVEL="ERROR")
    assert code == 1
    assert "Z-99" in clear(said)[-1]
    code, said = await machine.run("invite", "lead", "--town", "Nowhere", DEFAULT_LANGUAGE="en", LOG_LEVEL="ERROR")
    assert code == 1
    assert "Nowhere" in clear(said)[-1]
    nobody = "http://127.0.0.1:9"  # is not asked where there is no such place
    code, said = await machine.run("invite", "keeper", "--place", "W-999", TELEGRAM_API_URL=nobody, LANG="zh_CN.UTF-8")
    assert code == 1
    assert clear(said)[-1].startswith("没有“W-999”这个地方。")
    code, said = await machine.run("invite", "keeper", LANG="zh_CN.UTF-8")
    assert code == 2
    assert "邀请驿站管理员要说明哪里" in said
    code, said = await machine.run("invite", "lead")
    assert code == 2
    assert "--town" in " ".join(said.split())
    code, said = await machine.run("invite", "king")
    assert code == 2
    assert "king" in said


# -- the demo --


async def test_the_demo_starts_ends_and_goes_on(tmp_path: Path) -> None:
    first = await demo(tmp_path)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", first)
    folder = tmp_path / "var" / "demo"
    store = await open_store(f"sqlite+aiosqlite:///{folder}/warmgrid.db")
    grids = await store.read(lambda session: len(session.scalars(select(Grid.id)).all()))
    assert grids == 1424
    await store.close()
    assert await demo(tmp_path, forbidden="Loading")


async def demo(folder: Path, *, forbidden: str = "") -> str:
    """Start the demo, end it with Ctrl-C; the one address that it printed."""
    process = await asyncio.create_subprocess_exec(
        WARMGRID,
        *("demo", "--port", "0"),
        cwd=folder,
        env={},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    said: list[str] = []
    while not any("Ctrl-C" in line for line in said):
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line, "".join(said)
        said.append(line.decode())
    process.send_signal(signal.SIGINT)
    rest, _ = await process.communicate()
    assert process.returncode == 0
    words = "".join(said) + rest.decode()
    clear(words)
    assert not forbidden or forbidden not in words
    (address,) = re.findall(r"http://\S+", words)
    return str(address)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_when_told_to_though_telegram_cannot_be_reached(machine: Machine, number: signal.Signals) -> None:
    run = machine.start("run", TELEGRAM_API_URL="http://127.0.0.1:9")
    await until(lambda: "cannot reach Telegram" in run.said())
    run.send(number)
    code, said = await run.ends()
    assert code == 0
    clear(said)


async def test_a_link_is_not_waited_for_where_telegram_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setattr(bot_name, "PATIENCE", 0)
    nobody = "http://127.0.0.1:9"  # discard: nothing listens there
    settings = Settings(_env_file=None, bot_token="1:a", telegram_api_url=nobody, database_url=sqlite_url)
    with pytest.raises(SettingsProblem, match="TELEGRAM_API_URL"):
        await making.make_link(settings, token="t", role=Role.ADMIN)
    store = await open_store(sqlite_url)
    assert await store.read(lambda session: session.scalars(select(Invite)).all()) == []
    await store.close()
