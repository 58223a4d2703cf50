"""`warmgrid invite`: a one-time link from the command line."""

import asyncio
from typing import Any

from bot.app import opened, who_am_i
from bot.settings import Settings, SettingsProblem
from bot.time import utc_now
from services import invites

PATIENCE = 15
"""Seconds to wait for Telegram, which has to say what the bot is called."""


async def make_link(settings: Settings, *, token: str, **what: Any) -> str:
    """Make the link; ``what`` is as `services.invites.make` takes it.

    Where imported people of that place or team have not joined, the link is meant for the first one.

    Raises:
        SettingsProblem: Telegram cannot be reached, or does not know the token; no invite is made.
    """
    username = await _bot_name(settings)
    async with opened(settings) as store:
        await store.write(invites.make, token=token, **what, now=utc_now())
    return invites.link(username, token)


async def _bot_name(settings: Settings) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return (await who_am_i(settings)).username or ""
    except TimeoutError as problem:
        facts = {"url": repr(settings.telegram_api_url)}
        raise SettingsProblem(("setting-nobody-answers", facts)) from problem
