"""What the bot is called: commands that make links to it ask Telegram, and give up soon."""

import asyncio

from bot.app import who_am_i
from bot.settings import Settings, SettingsProblem

PATIENCE = 15
"""Seconds to wait for Telegram."""


async def bot_name(settings: Settings, *, otherwise: str = "setting-nobody-answers") -> str:
    """As in t.me/NAME. ``otherwise``: the key of what is said if Telegram does not answer.

    Raises:
        SettingsProblem: Telegram cannot be reached, or does not know the token.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return (await who_am_i(settings)).username or ""
    except TimeoutError as problem:
        raise SettingsProblem((otherwise, {"url": repr(settings.telegram_api_url)})) from problem
