"""Servers in processes of their own: started, paused while another is measured, looked at, ended."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WARMGRID = ("-c", "from bot.main import main; main()")


class ServerFailed(Exception):
    """A server that was to be measured did not come up, or ended; the message is the end of its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A process that serves."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def cpu_seconds(self) -> float | None:
        """Processor time that it has used; None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float | None:
        """Resident memory; None where the system does not tell."""
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS")), None)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It gets no processor meanwhile (where the system can do that)."""
        if not hasattr(signal, "SIGSTOP"):
            yield
            return
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    async def listens(self, port: int, *, seconds: float = 180.0) -> None:
        """Wait until it takes connections.

        Raises:
            ServerFailed: it does not.
        """
        for _ in range(int(seconds / 0.05)):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                if self.process.returncode is not None:
                    break
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
        raise ServerFailed(self.tail)

    @property
    def tail(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


@asynccontextmanager
async def started(name: str, *command: str, folder: Path, settings: dict[str, str]) -> AsyncIterator[Server]:
    """Run Python with these arguments in ``folder`` (so that no `.env` is found), ended with SIGTERM."""
    log = folder / f"{name}.log"
    surroundings = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=surroundings, stdout=file, stderr=file
        )
    try:
        yield Server(process, log)
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(30):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def warmgrid_settings(folder: Path, *, token: str, api: str, store: str, port: int | None = None) -> dict[str, str]:
    """All settings of a Warmgrid that is measured; with ``port``: by webhook."""
    return {
        "BOT_TOKEN": token,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": store,
        "MEDIA_DIR": str(folder / f"media-{token.partition(':')[0]}"),
        "WEBHOOK_URL": "" if port is None else f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": "bench",
        "WEBHOOK_LISTEN": f"127.0.0.1:{port or 0}",
        "ADMIN_IDS": "",
        "DEFAULT_LANGUAGE": "zh",
        "DUPLICATE_METRES": "1",  # every report is a new one, and looked for all the same
        "TIMEZONE": "Asia/Shanghai",
        "LOG_LEVEL": "WARNING",
    }


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
