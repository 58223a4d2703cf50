"""The alerts, put together: a python-telegram-bot application without an updater, the relay, and the clock.

It only sends. Updates are received by aiogram alone: a second poller would get 409.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from secrets import SystemRandom
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, JobQueue
from telegram.request import HTTPXRequest

from alerts import clock as clockwork
from alerts.delivery import Delivery, Load, Make, Render
from alerts.limiter import Limiter
from alerts.order import Settle
from alerts.pace import AT_ONCE, Pace
from alerts.relay import Relay
from alerts.sender import Pictures, Sender
from alerts.timing import Clock, LoopTiming, Nursery, Timing, wait
from services import delivery, outgoing
from services.places.index import Places
from storage.store import Store
from views import messages

log = logging.getLogger(__name__)

CONNECT_SECONDS, ANSWER_SECONDS, UPLOAD_SECONDS = 5.0, 15.0, 60.0
"""Telegram answers late rather than not at all, and a request given up too early is sent twice."""
START_SECONDS, LONGEST_START_SECONDS = 1.0, 30.0
"""Waits between two attempts to greet Telegram at the start: doubling, up to this."""

CHANCE = SystemRandom().random


def application(*, token: str, api_url: str, limiter: Limiter) -> Application[Any, Any, Any, Any, Any, JobQueue[Any]]:
    """A python-telegram-bot application that sends and keeps time, and receives nothing."""
    request = HTTPXRequest(
        connection_pool_size=2 * AT_ONCE,
        connect_timeout=CONNECT_SECONDS,
        pool_timeout=ANSWER_SECONDS,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        media_write_timeout=UPLOAD_SECONDS,
    )
    builder = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
    # Updates are never fetched: sharing the request saves a second connection pool with certificates of its own.
    return builder.request(request).get_updates_request(request).rate_limiter(limiter).updater(None).build()


class Alerts:
    """Delivers the outbox and runs the clock, in the background: `start`, and at the end `stop`."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        store: Store,
        media: Pictures,
        clock: Clock,
        zone: ZoneInfo,
        nursery: Nursery,
        make: Make,
        load: Load | None = None,
        render: Render = messages.render,
        settle: Settle = delivery.settle,
        timing: Timing | None = None,
        chance: Callable[[], float] = CHANCE,
    ) -> None:
        """Put it together; nothing is sent yet.

        Args:
            token: the bot's, from BotFather.
            api_url: of the Bot API server, without `/bot`.
            store: the shared store, open.
            media: the folder with the pictures.
            clock: gives the present moment.
            zone: the county's, for the times in texts.
            nursery: where the background work runs.
            make: makes the files that messages bring along.
            load: reads what a message is about; left out: `services.outgoing.load`.
            render: puts it into words.
            settle: writes down what became of it.
            timing: how time passes; the event loop's unless a test moves it by hand.
            chance: for the length of waits.
        """
        self._timing = timing or LoopTiming(clock)
        self._pace = Pace(self._timing)
        self._application = application(token=token, api_url=api_url, limiter=Limiter(self._pace))
        deliver = Delivery(
            store=store,
            sender=Sender(self._application.bot, pace=self._pace, pictures=media),
            load=load or partial(outgoing.load, places=Places()),
            render=render,
            make=make,
            clock=clock,
            zone=zone,
            chance=chance,
        ).deliver
        self._relay = Relay(
            store=store, deliver=deliver, settle=settle, pace=self._pace, timing=self._timing, nursery=nursery
        )
        self._nursery = nursery
        self._running: asyncio.Task[Any] | None = None
        assert self._application.job_queue is not None
        clockwork.wind(self._application.job_queue, store=store, clock=clock)

    def start(self) -> None:
        """Begin; does not wait for Telegram, which may be out of reach for a while."""
        self._running = self._nursery.start(self._run(), name="alerts", is_vital=True)

    async def stop(self) -> None:
        """Finish what is being sent, settle it, and end all connections."""
        await self._relay.stop()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        await self._application.bot.shutdown()  # the above does nothing when Telegram was never reached

    async def _run(self) -> None:
        await self._greet()
        await self._application.start()
        log.info("alerts are running")
        await self._relay.run()

    async def _greet(self) -> None:
        """Make contact with Telegram, however long that takes."""
        seconds = START_SECONDS
        while True:
            try:
                return await self._application.initialize()
            except TelegramError as problem:
                why = "it refuses the token" if isinstance(problem, InvalidToken) else problem  # which names the token
                log.warning("alerts cannot reach Telegram, next try in %.0f s: %s", seconds, why)
            over = asyncio.Event()
            await wait(self._timing, over, seconds)
            seconds = min(seconds * 2, LONGEST_START_SECONDS)
