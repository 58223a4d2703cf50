"""The clock: what Warmgrid does by itself from time to time, on python-telegram-bot's `JobQueue`.

To add a job, add a line to `JOBS`: how often, and a unit of work `(session, *, now)`. It runs in one transaction; a
failure is logged and touches neither the other jobs nor the next run. With several processes on one store each runs
every job: a unit must be one that does no harm twice.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.ext import JobQueue

from alerts.timing import Clock
from services import digests, emergency_calls, escalation, fairness, following, ledger, same_picture, whereabouts
from services.merchants import till
from services.places import left_faults, visits, warnings
from services.points import by_hand
from services.points import clock as points
from storage import updates
from storage.store import Store, StoreUnavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something periodic."""

    name: str
    every: timedelta
    unit: Callable[..., Any]  # (session, *, now)
    in_batches: bool = False  # it returns how much it did, and runs again at once until that is nothing
    look: Callable[..., Any] | None = None  # a read before it; what it finds is its ``found``, if it is not None


JOBS: tuple[Job, ...] = (
    Job("take the steps that are due", timedelta(seconds=5), escalation.tick, in_batches=True),
    Job("call again who is silent", timedelta(seconds=5), emergency_calls.tick, in_batches=True),
    Job("push again what is not opened", timedelta(seconds=10), ledger.push_again, in_batches=True),
    Job("confirm what nobody disputed", timedelta(minutes=1), fairness.tick, in_batches=True),
    Job("say that a suspension is over", timedelta(minutes=1), fairness.end_suspensions, in_batches=True),
    Job("file what asked and got no answer", timedelta(seconds=5), following.file_unanswered, in_batches=True),
    Job("file what was left without its photo", timedelta(seconds=20), left_faults.file, in_batches=True),
    Job("forget old pictures", timedelta(hours=1), same_picture.forget),
    Job("write the digests", timedelta(minutes=1), digests.tick),
    Job("end codes that nobody took", timedelta(seconds=2), till.expire, in_batches=True),
    Job("give back points that nobody took", timedelta(seconds=5), points.release, in_batches=True),
    Job("let old points lapse", timedelta(minutes=1), points.lapse, in_batches=True),
    Job("end what nobody confirmed", timedelta(minutes=1), by_hand.expire, in_batches=True),
    Job("say what points lapse soon", timedelta(minutes=10), points.announce, in_batches=True),
    Job("look at the ledger of points", timedelta(minutes=5), points.note, look=points.look),
    Job("say how far warnings are", timedelta(seconds=3), warnings.tick),
    Job("forget who was warned", timedelta(hours=1), warnings.forget),
    Job("ask visitors whether it is still right", timedelta(seconds=20), visits.ask, in_batches=True),
    Job("forget who was where", timedelta(minutes=10), visits.forget),
    Job("forget where people were last", timedelta(minutes=10), whereabouts.forget),
    Job("forget handled updates", timedelta(hours=1), updates.prune),
)


def wind(queue: JobQueue[Any], *, store: Store, clock: Clock, jobs: Sequence[Job] = JOBS) -> None:
    """Put the jobs into the queue; each runs first when its time has passed once."""
    for job in jobs:

        async def run(_: Any, job: Job = job) -> None:
            await run_once(job, store=store, clock=clock)

        # What could not run in time (a machine that slept) runs once, late, rather than not at all or many times.
        options = {"coalesce": True, "misfire_grace_time": None}
        queue.run_repeating(run, interval=job.every, name=job.name, job_kwargs=options)


async def run_once(job: Job, *, store: Store, clock: Clock) -> None:
    """Run a job now; its failure is a line in the log."""
    try:
        more: dict[str, Any] = {}
        if job.look is not None:
            more["found"] = await store.read(job.look, now=clock())
            if more["found"] is None:
                return
        while (result := await store.write(job.unit, now=clock(), **more)) and job.in_batches:
            pass
    except StoreUnavailable as problem:
        log.warning("job %r waits for its next time: the store is unavailable: %s", job.name, problem)
    except Exception:
        log.exception("job %r failed", job.name)
    else:
        log.debug("job %r: %s", job.name, result)
