"""`warmgrid invite`: a one-time link from the command line."""

from typing import Any

from bot.app import opened
from bot.commands.bot_name import bot_name
from bot.settings import Settings
from bot.time import utc_now
from services import invites
from storage.kinds import Role


async def make_link(settings: Settings, *, token: str, role: Role, is_primary: bool = True, **of: Any) -> str:
    """Make the link; ``of`` says what for, as `services.invites.meant` takes it.

    Where imported people of that place or team have not joined, the link is meant for the first one.

    Raises:
        SettingsProblem: Telegram cannot be reached, or does not know the token; no invite is made.
        DomainError: there is no such grid, team and so on; Telegram is not asked.
    """
    async with opened(settings) as store:
        await store.read(invites.meant, role=role, **of)
        username = await bot_name(settings)
        await store.write(invites.make, token=token, role=role, is_primary=is_primary, **of, now=utc_now())
    return invites.link(username, token)
