"""``python -m sandbox``: the sandbox alone, for a bot of any kind."""

from __future__ import annotations

import argparse
import asyncio
import logging
from pathlib import Path

from sandbox.server import Sandbox


async def run(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    async with Sandbox(
        port=options.port, host=options.host, data_dir=options.data, county=options.county, zone=options.zone
    ) as tg:
        if not tg.people:
            tg.person(5001, first_name="Wang Qiang")
        print(f"TELEGRAM_API_URL={tg.url}\nBOT_TOKEN={tg.token}\nThe chats: {tg.url}/", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Telegram on one's own machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free one")
    parser.add_argument("--county", type=Path, help="GeoJSON of the grids, for the page's map")
    parser.add_argument("--zone", help="time zone of the page's times, such as Asia/Shanghai; else the browser's own")
    parser.add_argument("--data", type=Path, help="folder that keeps chats and files over a restart")
    logging.basicConfig(level=logging.INFO)
    try:
        asyncio.run(run(parser.parse_args()))
    except KeyboardInterrupt:
        print("The sandbox has ended.")


if __name__ == "__main__":
    main()
