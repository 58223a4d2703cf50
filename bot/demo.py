"""`warmgrid demo`: everything on one's own machine, in one process, without a token or a network."""

import asyncio
import secrets
import shutil
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.orm import Session

from bot.app import opened, serve
from bot.nursery import Nursery
from bot.running import Stop, run, set_up_log
from bot.settings import Settings, SettingsProblem, spoken
from bot.time import Clock, told_by
from sandbox import Sandbox
from services import invites, people
from services.imports import pictures
from services.imports.grids import import_grids
from services.imports.leads import import_leads
from services.imports.merchants import import_merchants
from services.imports.officers import import_officers
from services.imports.places import import_places
from services.imports.teams import import_teams
from services.merchants import listing, riders
from services.parts import Place
from services.places import catalogue
from services.places.errors import UnknownPlace
from services.points import purse
from services.points.ledger import About
from services.posts import Land
from storage.kinds import Language, PlaceSource, Role
from storage.media import MediaFolder
from storage.migrate import upgrade
from storage.points_kinds import Reason
from storage.store import Store
from storage.tables import read_table
from views.texts import plain

DATA = Path(__file__).parent.parent / "data"
COUNTY = DATA / "sample-county"
ZONE = "Asia/Shanghai"
LOOK_SECONDS = 0.1
"""How often to look whether the sandbox's clock is fast, and what is then due."""
LABEL_SECONDS = 1.0
"""How often to look what those have become who were added on the page."""
FOLDER = Path("var/demo")
"""What a demo leaves for the next one: the store, the pictures, the chats."""


def run_demo(*, port: int, fresh: bool, folder: Path = FOLDER) -> None:
    """Start all of it and print one address; Ctrl-C ends it."""
    set_up_log("WARNING")
    if fresh and folder.exists():
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SettingsProblem(("demo-no-folder", {"folder": str(folder)})) from problem
    run(_until_stopped(port, folder))


async def _until_stopped(port: int, folder: Path) -> None:
    stop = Stop()
    with stop.heeded():
        async with demo(port=port, folder=folder, on_broken=stop.broken) as sandbox:
            language = spoken()
            typer.echo(f"\n  {plain(language, 'demo-address')}  {sandbox.url}/\n\n  {plain(language, 'demo-end-it')}")
            await stop.wait()
    typer.echo(f"\n{plain(language, 'demo-has-ended')}")
    if stop.problem is not None:
        raise stop.problem


@asynccontextmanager
async def demo(
    *, port: int, folder: Path, on_broken: Callable[[BaseException], None] | None = None
) -> AsyncIterator[Sandbox]:
    """The whole house around a sandbox; on the first start it loads the sample county and lets everybody in.

    Raises:
        SettingsProblem: the port is taken.
    """
    cast = tomllib.loads((DATA / "demo.toml").read_text(encoding="utf-8"))["people"]
    cast = [one for one in cast if "place" not in one or (COUNTY / "places.csv").exists()]
    phones = [{name: person[name] for name in ("id", "first_name", "language_code", "label")} for person in cast]
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(
            port=port,
            data_dir=folder / "telegram",
            county=COUNTY / "grids.geojson",
            zone=ZONE,
            people=phones,
        )
        try:
            await stack.enter_async_context(sandbox)
        except OSError as problem:
            raise SettingsProblem(("demo-port-taken", {"port": str(port)})) from problem
        settings, clock = _settings(sandbox, folder, cast), told_by(sandbox.now)
        if not await _is_loaded(settings):
            typer.echo(plain(spoken(), "demo-loading"))
            await _load(settings, clock, cast)
        await _add_places(settings, clock)
        store = await stack.enter_async_context(serve(settings, clock=clock, on_broken=on_broken))
        nursery = await stack.enter_async_context(Nursery(on_broken))
        nursery.start(_keep_up(sandbox, store, clock), name="faster time")
        nursery.start(_label_guests(sandbox, store, {one["id"] for one in cast}), name="labels")
        await _greet(sandbox, store, cast, now=clock())
        yield sandbox


async def _keep_up(sandbox: Sandbox, store: Store, clock: Clock) -> None:
    """While the sandbox's clock is fast, run the jobs as often by that clock as they are due by it."""
    from alerts.clock import JOBS, run_once

    next_at = {job: clock() + job.every for job in JOBS}
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        for job in JOBS:
            if sandbox.speed > 1 and next_at[job] <= clock():
                next_at[job] = clock() + job.every
                await run_once(job, store=store, clock=clock)


async def _label_guests(sandbox: Sandbox, store: Store, cast: set[int]) -> None:
    """Whom a visitor of the page has added is called there what he has become."""
    while True:
        await asyncio.sleep(LABEL_SECONDS)
        guests = [one.id for one in sandbox.people if one.id not in cast]
        found = await store.read(people.standings, telegram_ids=guests) if guests else {}
        for telegram_id, (kind, roles) in found.items():
            keys = [f"role-{role}" for role in Role if role in roles] or ([f"kind-{kind}"] if kind else [])
            said = {str(one): plain(one, "between").join(plain(one, key) for key in keys) for one in Language}
            sandbox.label(telegram_id, said if keys else None)


def _settings(sandbox: Sandbox, folder: Path, cast: list[dict[str, Any]]) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=sandbox.token,
        telegram_api_url=sandbox.url,
        database_url=f"sqlite+aiosqlite:///{folder / 'warmgrid.db'}",
        media_dir=folder / "media",
        webhook_url="",
        webhook_secret="",
        admin_ids=frozenset(person["id"] for person in cast if person.get("role") == "admin"),
        default_language=Language.ZH,
        timezone=ZONE,
    )


async def _is_loaded(settings: Settings) -> bool:
    upgrade(settings.require_store())
    async with opened(settings) as store:
        return await store.read(people.count) > 0


async def _load(settings: Settings, clock: Clock, cast: list[dict[str, Any]]) -> None:
    async with opened(settings) as store:
        grids = read_table(COUNTY / "grids.geojson")
        await store.write(import_grids, table=grids, skip_bad=False, progress=_quiet)
        said = {"language": settings.default_language, "now": clock(), "skip_bad": False, "progress": _quiet}
        for name, rule in (("officers", import_officers), ("leads", import_leads), ("teams", import_teams)):
            await store.write(rule, table=read_table(COUNTY / f"{name}.csv"), **said)
        del said["language"]
        await store.write(import_merchants, table=read_table(COUNTY / "merchants.csv"), **said)
        await store.write(_give_points, cast=cast, now=clock())


async def _add_places(settings: Settings, clock: Clock) -> None:
    """Those of the sample county, also for the store of a demo that is older than they are."""
    async with opened(settings) as store:
        if await store.read(catalogue.version) == 0:
            table = read_table(COUNTY / "places.csv")
            shown = pictures.keep(table, COUNTY, lambda: MediaFolder(settings.require_media()))
            said = {"now": clock(), "skip_bad": False, "progress": _quiet}
            await store.write(import_places, table=table, pictures=shown, **said)


async def _greet(sandbox: Sandbox, store: Store, cast: list[dict[str, Any]], *, now: datetime) -> None:
    """Everybody who has not done so opens the bot: who has a role by an invite, the others by `/start`."""
    for one in cast:
        person = sandbox.person(one["id"])
        if person.messages:
            continue
        words = "/start"
        if one.get("role") in (Role.OFFICER, Role.LEAD, Role.MEMBER, Role.MERCHANT, Role.KEEPER):
            token, grids = secrets.token_hex(16), [one["grid"]] if "grid" in one else []
            land = Land(one["town"], one["community"]) if "town" in one else None
            joins = {"team": one.get("team"), "shop": one.get("shop"), "place": one.get("place"), "land": land}
            what = {"role": Role(one["role"]), "grids": grids, **joins}
            try:
                await store.write(invites.make, token=token, now=now, **what)
            except UnknownPlace:  # of a demo whose store is older than its places
                continue
            words = f"/start {token}"
        person.send_text(words)


def _give_points(session: Session, *, cast: list[dict[str, Any]], now: datetime) -> None:
    """Something to spend, for who has not earned anything yet, and a place from where shops are near."""
    for one in cast:
        if "points" in one:
            known = people.arrive(
                session,
                telegram_id=one["id"],
                name=one["first_name"],
                language_code=one["language_code"],
                default_language=Language.ZH,
                admin_ids=frozenset(),
                update_id=0,
                now=now,
            )
            about = About(Reason.CREDIT, known.me.id)
            if one.get("rides"):
                riders.know(session, person_id=known.me.id, now=now)
            purse.earn(session, known.me.id, one["points"], key=f"demo:{one['id']}", about=about, now=now)
            latitude, longitude = one["looks_from"]
            place = Place(latitude, longitude, PlaceSource.PIN)
            listing.look_from(session, person_id=known.me.id, place=place, now=now)


def _quiet(done: int, of: int) -> None:
    """Half a second needs no progress bar."""
