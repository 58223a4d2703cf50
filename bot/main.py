"""Where the command `warmgrid` begins: what it imports, it imports while the garbage collector rests (`bot/running.py`)."""

from bot.running import loading


def main() -> None:
    """See `bot.cli.main`."""
    with loading():
        from bot import cli
    cli.main()
