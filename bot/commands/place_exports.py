"""`warmgrid export posters|usage`: what is printed for service places, and how much they are used."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.exports import File, First, Last, begin, keep
from bot.lazy_models import import_aiogram
from bot.settings import Settings, load_settings
from bot.time import utc_now
from services import invites
from services.places import posters, stations, usage
from services.places.errors import NoPlaces
from storage.figures import Period
from storage.kinds import Language
from storage.migrate import prepare
from storage.place_records import PlaceRecord
from storage.store import open_store
from storage.usage_records import UsageRecord
from views import usage_file
from views.making import make
from views.posters import Poster, Posters
from views.texts import plain


def add_to(app: typer.Typer) -> None:
    """Put the commands into `warmgrid export`."""
    app.command(name="posters")(export_posters)
    app.command(name="usage")(export_usage)


def export_posters(
    file: Annotated[Path, typer.Argument(help="Ends in .pdf; one that is there is written anew.", show_default=False)],
    place: Annotated[list[str] | None, typer.Option(help="The code of a place; may be given again.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="The code of a kind, such as station; likewise.")] = None,
    bot: Annotated[
        str | None,
        typer.Option(help="The bot's name, as in t.me/NAME; without: Telegram is asked.", show_default=False),
    ] = None,
) -> None:
    """Posters of service places (PDF, A5, a page each) with the code that opens the bot there; without options: all."""
    settings = load_settings()
    language = settings.default_language
    if file.suffix.lower() != ".pdf":
        raise typer.BadParameter(plain(language, "export-not-pdf"))
    prepare(settings.require_known_store())
    found = asyncio.run(_chosen(settings, place or (), kind or ()))
    if not found:
        raise NoPlaces
    name = bot.strip().lstrip("@") if bot else asyncio.run(_asked_of_telegram(settings))
    wanted = tuple(
        Poster(one.code, one.names, one.kind_names, invites.link(name, stations.link_of(one.id))) for one in found
    )
    keep(file, make(Posters(wanted, utc_now())), language)
    typer.echo(plain(language, "export-posters-done", file=str(file), count=len(wanted)))


def export_usage(file: File, first: First, last: Last) -> None:
    """How often people checked in at service places, by place, weekday and hour."""
    settings, language, period = begin(file, first, last)
    found = asyncio.run(_usage(settings, period))
    keep(file, make(usage_file.workbook(found, language)), language)
    typer.echo(_done(language, file, found.total))


def _done(language: Language, file: Path, count: int) -> str:
    return plain(language, "export-usage-done", file=str(file), count=count)


async def _asked_of_telegram(settings: Settings) -> str:
    import_aiogram()
    from bot.commands.bot_name import bot_name

    return await bot_name(settings, otherwise="setting-nobody-answers-posters")


async def _chosen(
    settings: Settings, codes: "list[str] | tuple[str, ...]", kinds: "list[str] | tuple[str, ...]"
) -> list[PlaceRecord]:
    store = await open_store(settings.database_url)
    try:
        return await store.read(posters.chosen, codes=codes, kinds=kinds)
    finally:
        await store.close()


async def _usage(settings: Settings, period: Period) -> UsageRecord:
    store = await open_store(settings.database_url)
    try:
        return await store.read(usage.everything, period=period)
    finally:
        await store.close()
