"""`warmgrid replay`: updates that were set aside, listed or tried again."""

from dataclasses import dataclass

from bot.app import opened, talking
from bot.intake import Intake, chat_of
from bot.nursery import Nursery
from bot.settings import Settings
from bot.time import utc_now
from storage import updates
from storage.schema import FailedUpdate
from storage.store import Store, StoreUnavailable

PROBLEM = 160
"""Characters of an error that are listed."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """An update that was tried again."""

    code: str
    problem: str | None  # why it failed again, and stays set aside


async def list_aside(settings: Settings) -> list[str]:
    """What is set aside, one a line: code, when (the county's time), whose chat, the error."""
    async with opened(settings) as store:
        return [_line(settings, one) for one in await store.read(updates.load_aside)]


async def replay_updates(settings: Settings, *, code: str | None) -> list[Replayed]:
    """Handle the update with this code, or all (oldest first), as if they had just come.

    Raises:
        StoreUnavailable: those that are not done stay set aside.
    """
    async with opened(settings) as store:
        aside = await store.read(updates.load_aside, code=code)
        if not aside:
            return []
        async with Nursery() as nursery, talking(settings, store, nursery, most=len(aside) + 1) as (_, intake):
            return [await _replay(store, intake, update) for update in aside]


async def _replay(store: Store, intake: Intake, update: FailedUpdate) -> Replayed:
    try:
        await intake.finish(await intake.replay(update.payload))
    except StoreUnavailable:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is said, and the update stays set aside
        return Replayed(update.code, f"{type(problem).__name__}: {problem}")
    await store.write(updates.replayed, update_id=update.update_id, now=utc_now())
    return Replayed(update.code, None)


def _line(settings: Settings, update: FailedUpdate) -> str:
    assert update.set_aside_at is not None
    when = update.set_aside_at.astimezone(settings.zone)
    problem = update.traceback.strip().rpartition("\n")[2][:PROBLEM]
    return f"{update.code}  {when:%Y-%m-%d %H:%M}  chat {chat_of(update.payload)}  {problem}"
