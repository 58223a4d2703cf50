"""The evaluation: `/stats`, its groups, the reports behind a figure, the chart and the file."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.filters import Pressed, Tapped
from handlers.here import Here
from services import evaluation
from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.records import Me
from storage.work import Work
from views import menu, stats, stats_chart, stats_file
from views.actions import ChooseStats, DrawStats, OpenFigure, OpenGroup, ShowStats, StatsFile

router = Router(name="stats")


@router.message(Tapped(menu.STATS, "stats"))
async def this_week(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """The week that is going on, as suits the person."""
    period = Period.now(Span.WEEK, now=work.now, zone=here.zone)
    found = await work.look(evaluation.evaluate, person_id=me.id, dimension=None, period=period, now=work.now)
    return Answer(say=(stats.stats(found, me, page=0, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(ShowStats))
async def show(press: CallbackQuery, data: ShowStats, me: Me, work: Work, here: Here) -> Answer:
    """Another page, period or dimension, in place."""
    period = Period.around(data.day, data.span)
    asked = {"person_id": me.id, "dimension": data.dimension, "period": period, "now": work.now}
    found = await work.look(evaluation.evaluate, **asked)
    return Answer(edit=stats.stats(found, me, page=data.page, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ChooseStats))
async def choose(press: CallbackQuery, data: ChooseStats, me: Me, work: Work, here: Here) -> Answer:
    """By what, and of which period, in place."""
    period = Period.around(data.day, data.span)
    return Answer(edit=stats.choice(me, dimension=data.dimension, period=period, now=work.now, zone=here.zone))


@router.callback_query(Pressed(OpenGroup))
async def open_group(press: CallbackQuery, data: OpenGroup, me: Me, work: Work) -> Answer:
    """All figures of one group, in place."""
    period = Period.around(data.day, data.span)
    asked = {"person_id": me.id, "dimension": data.dimension, "period": period, "now": work.now}
    found = await work.look(evaluation.evaluate_group, key=data.key, **asked)
    return Answer(edit=stats.group(found, me, dimension=data.dimension, period=period))


@router.callback_query(Pressed(OpenFigure))
async def open_figure(press: CallbackQuery, data: OpenFigure, me: Me, work: Work, here: Here) -> Answer:
    """The reports behind a figure, in place."""
    asked: dict[str, Any] = {
        "dimension": data.dimension,
        "period": Period.around(data.day, data.span),
        "key": data.key,
        "figure": data.figure,
        "now": work.now,
    }
    found = await work.look(evaluation.behind, person_id=me.id, page=data.page, **asked)
    return Answer(edit=stats.behind(found, me, zone=here.zone, **asked))


@router.callback_query(Pressed(DrawStats))
async def draw(press: CallbackQuery, data: DrawStats, me: Me, work: Work, here: Here) -> Answer:
    """The chart."""
    period = Period.around(data.day, data.span)
    asked = {"person_id": me.id, "dimension": data.dimension, "period": period, "now": work.now}
    found = await work.look(evaluation.evaluate, **asked)
    drawn = await here.make(stats_chart.chart(found, me), chat_id=press.from_user.id)
    return Answer(say=(stats.picture(found, me, drawn),))


@router.callback_query(Pressed(StatsFile))
async def send_file(press: CallbackQuery, data: StatsFile, me: Me, work: Work, here: Here) -> Answer:
    """The Excel file."""
    period = Period.around(data.day, data.span)
    found = await work.look(evaluation.whole, person_id=me.id, period=period, now=work.now)
    book = stats_file.workbook(found, me.language, zone=here.zone)
    written = await here.make(book, chat_id=press.from_user.id)
    return Answer(say=(stats.file(found, me, written),))
