"""The one place that puts Warmgrid together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User

import handlers
from bot.asking import PlainDispatcher
from bot.commands_menu import CommandMenu
from bot.fetching import Fetcher
from bot.intake import ALLOWED, Intake
from bot.making import Maker
from bot.middlewares.arrival import Arrival
from bot.middlewares.throttle import MOST, Throttle
from bot.nursery import Nursery, ended
from bot.polling import Polling
from bot.session import make_bot
from bot.settings import Settings, SettingsProblem
from bot.speaking import Speaker
from bot.time import Clock, utc_now
from bot.webhook import PATH, Webhook
from handlers.here import Here
from services import county, nearby, remap, worktime
from services.county import County
from services.places.index import Places
from storage.media import MediaFolder
from storage.store import Store, StoreUnavailable, open_store

T = TypeVar("T")
log = logging.getLogger(__name__)

CODES = 20
"""Drawn for each code at the till: the first that nobody shows just now is taken."""
MAP_SECONDS = 30
"""How often to look whether another process imported grids."""


@asynccontextmanager
async def serve(
    settings: Settings,
    *,
    receives: bool = True,
    pushes: bool = True,
    clock: Clock = utc_now,
    on_broken: Callable[[BaseException], None] | None = None,
) -> AsyncIterator[Store]:
    """All of it, or one half: the bot that receives, the alerts that push.

    ``on_broken`` is called when a part ends that nothing goes on without.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened(settings))
        nursery = await stack.enter_async_context(Nursery(on_broken))
        if not receives:
            await who_am_i(settings)
        if pushes:
            await stack.enter_async_context(pushing(settings, store, nursery, clock=clock))
        if receives:
            await stack.enter_async_context(receiving(settings, store, nursery, clock=clock))
        yield store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store, closed at the end."""
    store = await open_store(
        settings.database_url, info={worktime.KEY: settings.worktime, nearby.KEY: settings.nearness}
    )
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def receiving(
    settings: Settings, store: Store, nursery: Nursery, *, clock: Clock = utc_now
) -> AsyncIterator[None]:
    """The bot: receives updates (by webhook if `WEBHOOK_URL` is set, else by polling) and fetches what was sent."""
    async with talking(settings, store, nursery, clock=clock) as (bot, intake):
        if not settings.webhook_url:
            await insist(bot.delete_webhook)
            polling = nursery.start(Polling(bot, intake, nursery).run(), name="polling", is_vital=True)
            try:
                yield
            finally:
                await ended(polling)
            return
        webhook = Webhook(bot, intake, secret=settings.secret)
        try:
            await _open(webhook, settings.webhook_listen)
            await _point_telegram_at(bot, settings)
            yield
        finally:
            await webhook.stop()


@asynccontextmanager
async def talking(
    settings: Settings, store: Store, nursery: Nursery, *, clock: Clock = utc_now, most: int = MOST
) -> AsyncIterator[tuple[Bot, Intake]]:
    """The bot with all that handles an update, without a way in (`warmgrid replay` brings its own).

    ``most``: updates that are taken from a person in one minute.
    """
    bot = make_bot(settings.require_token(), settings.telegram_api_url)
    try:
        here = await _look_around(settings, store, bot)
        media = MediaFolder(settings.require_media())
        fetcher = Fetcher(bot, store, media, clock=clock, zone=settings.zone, county_of=lambda: here.county)
        here.media_came, here.look_at = fetcher.wake, fetcher.look_at
        menu = CommandMenu(bot, store)
        speaker = Speaker(bot, store, media, clock=clock)
        arrival = Arrival(
            store=store,
            clock=clock,
            speaker=speaker,
            here=here,
            throttle=Throttle(most=most),
            menu=menu,
            default_language=settings.default_language,
            admin_ids=settings.admin_ids,
        )
        dispatcher = PlainDispatcher(arrival)
        dispatcher.include_routers(*handlers.routers())
        work = (
            nursery.start(insist(menu.register), name="commands"),
            nursery.start(fetcher.run(), name="fetching", is_vital=True),
            nursery.start(_keep_map(store, here, clock), name="map"),
        )
        try:
            yield bot, Intake(bot, dispatcher, store, speaker, clock=clock, language=settings.default_language)
        finally:
            await ended(*work)
    finally:
        await bot.session.close()


@asynccontextmanager
async def pushing(settings: Settings, store: Store, nursery: Nursery, *, clock: Clock = utc_now) -> AsyncIterator[None]:
    """The alerts: delivers the outbox and runs the clock."""
    from alerts.app import Alerts

    alerts = Alerts(
        token=settings.require_token(),
        api_url=settings.telegram_api_url,
        store=store,
        media=MediaFolder(settings.require_media()),
        clock=clock,
        zone=settings.zone,
        nursery=nursery,
        make=Maker(),
    )
    alerts.start()
    try:
        yield
    finally:
        await alerts.stop()


async def who_am_i(settings: Settings) -> User:
    """The bot, as Telegram knows it, where nothing else is wanted of it.

    Raises:
        SettingsProblem: there is no token, or Telegram does not know it.
    """
    bot = make_bot(settings.require_token(), settings.telegram_api_url)
    try:
        return await greet(bot)
    finally:
        await bot.session.close()


async def greet(bot: Bot) -> User:
    """Who am I? Waits until Telegram can be reached.

    Raises:
        SettingsProblem: Telegram does not know the token.
    """
    try:
        return await insist(bot.me)
    except (TelegramUnauthorizedError, TelegramNotFound) as problem:  # a token of the wrong form is «not found»
        raise SettingsProblem(("setting-token-refused", {})) from problem


async def insist(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask Telegram, however long it takes to reach it.

    Raises:
        TelegramAPIError: it was reached, and refuses.
    """
    wait = 0.5
    while True:
        try:
            return await ask()
        except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter) as problem:
            log.warning("cannot reach Telegram, next try in %.1f s: %s", wait, problem)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30)


async def _open(webhook: Webhook, place: str) -> None:
    host, port = place.rsplit(":", 1)
    try:
        await webhook.start(host, int(port))
    except OSError as problem:
        facts = {"place": repr(place), "problem": str(problem)}
        raise SettingsProblem(("setting-listen-taken", facts)) from problem


async def _point_telegram_at(bot: Bot, settings: Settings) -> None:
    """Let updates be posted to our webhook."""

    def ask() -> Awaitable[bool]:
        return bot.set_webhook(
            settings.webhook_url + PATH,
            secret_token=settings.secret,
            allowed_updates=list(ALLOWED),
            max_connections=100,
        )

    try:
        await insist(ask)
    except TelegramBadRequest as problem:
        facts = {"url": repr(settings.webhook_url), "problem": problem.message}
        raise SettingsProblem(("setting-webhook-refused", facts)) from problem


async def _sees_nothing(file_id: str) -> None:
    """Before there is somebody who fetches."""


async def _look_around(settings: Settings, store: Store, bot: Bot) -> Here:
    me = await greet(bot)
    the_map = await store.read(county.load)
    assert the_map is not None
    places = Places()
    await store.read(places.refresh)
    return Here(
        county=the_map,
        places=places,
        zone=settings.zone,
        bot_username=me.username or "",
        media_came=lambda: None,
        look_at=_sees_nothing,
        new_token=lambda: secrets.token_hex(16),
        new_codes=lambda: tuple(f"{secrets.randbelow(1_000_000):06}" for _ in range(CODES)),
        make=Maker(bot),
    )


async def _keep_map(store: Store, here: Here, clock: Clock) -> None:
    """Look now and then whether the grids were imported anew; what waited for them goes on, also what did at the start.

    Not the import does so: a part that comes before the bot knows the new map would be left out.
    """
    gone_on: County | None = None
    while True:
        try:
            if gone_on is not here.county:
                await store.write(remap.look_again, county=here.county, now=clock())
                gone_on = here.county
            elif (newer := await store.read(county.load, unless=here.county.version)) is not None:
                log.info("the map has changed: %d grids", len(newer))
                here.county = newer
                continue
        except StoreUnavailable as problem:
            log.warning("cannot look after the map: %s", problem)
        await asyncio.sleep(MAP_SECONDS)
