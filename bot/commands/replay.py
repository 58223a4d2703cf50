"""`warmgrid replay`: an update that was set aside, tried again."""

from bot.app import opened, talking
from bot.nursery import Nursery
from bot.settings import Settings
from bot.time import utc_now
from storage import updates


async def replay_update(settings: Settings, *, code: str) -> str:
    """Handle the update as if it had just come; returns what became of it.

    Raises:
        TryAgain, StoreUnavailable: it failed again; it stays set aside.
    """
    async with opened(settings) as store:
        found = await store.read(updates.load_failed, code=code)
        if found is None:
            return f"Nothing is set aside under {code}."
        async with Nursery() as nursery, talking(settings, store, nursery) as (_, intake):
            await intake.finish(await intake.replay(found.payload))
        await store.write(updates.replayed, update_id=found.update_id, now=utc_now())
    return f"{code} is done."
