"""Where the command `warmgrid` begins: the garbage collector rests from the first import on (`bot/running.py`)."""

from bot.running import loading


def main() -> None:
    """See `bot.cli.main`."""
    with loading():
        from bot import cli
    cli.main()
