"""`warmgrid invite`: a one-time link from the command line."""

from typing import Any

from bot.app import opened, who_am_i
from bot.settings import Settings
from bot.time import utc_now
from services import invites


async def make_link(settings: Settings, *, token: str, **what: Any) -> str:
    """Make the link; ``what`` is as `services.invites.make` takes it.

    Where imported people of that place or team have not joined, the link is meant for the first one.
    """
    username = (await who_am_i(settings)).username or ""
    async with opened(settings) as store:
        await store.write(invites.make, token=token, **what, now=utc_now())
    return invites.link(username, token)
