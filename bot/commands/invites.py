"""`warmgrid invite`: a one-time link from the command line."""

from collections.abc import Sequence

from bot.app import greet, opened
from bot.session import make_bot
from bot.settings import Settings
from bot.time import utc_now
from services import invites
from storage.kinds import Role


async def make_link(
    settings: Settings, *, token: str, role: Role, grids: Sequence[str], team: str | None, is_primary: bool
) -> str:
    """Make the link. Where imported people of the grid or team have not joined, it is meant for the first one."""
    bot = make_bot(settings.require_token(), settings.telegram_api_url)
    try:
        username = (await greet(bot)).username or ""
    finally:
        await bot.session.close()
    async with opened(settings) as store:
        await store.write(
            invites.make, token=token, role=role, grids=grids, team=team, is_primary=is_primary, now=utc_now()
        )
    return invites.link(username, token)
