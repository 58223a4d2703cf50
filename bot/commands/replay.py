"""`warmgrid replay`: an update that was set aside, tried again."""

from bot.app import opened, talking
from bot.nursery import Nursery
from bot.settings import Settings
from bot.time import utc_now
from storage import updates
from storage.store import StoreUnavailable


class CannotReplay(Exception):
    """There is no such update, or it failed again and stays set aside; the text says which."""


async def replay_update(settings: Settings, *, code: str) -> str:
    """Handle the update as if it had just come; returns what became of it.

    Raises:
        CannotReplay, StoreUnavailable: it has no effect yet.
    """
    async with opened(settings) as store:
        found = await store.read(updates.load_failed, code=code)
        if found is None:
            raise CannotReplay(f"Nothing is set aside under {code}.")
        async with Nursery() as nursery, talking(settings, store, nursery) as (_, intake):
            try:
                await intake.finish(await intake.replay(found.payload))
            except StoreUnavailable:
                raise
            except Exception as problem:
                raise CannotReplay(f"{code} failed again: {type(problem).__name__}: {problem}") from problem
        await store.write(updates.replayed, update_id=found.update_id, now=utc_now())
    return f"{code} is done."
