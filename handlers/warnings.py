"""Administrators warn riders of heat, cold, typhoon and flood: a form in one message, kept in the dialog."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, is_over, wait_for
from handlers.filters import Commanded, HasWords, IsWaiting, Pressed
from handlers.here import Here
from services.places import areas, warnings
from services.places.errors import WarnedLately, WarningFormOver
from services.places.warnings import EVERYWHERE, Wanted
from storage.places_kinds import WarningKind
from storage.records import Me
from storage.warning_records import Area
from storage.work import Work
from views import warnings as shown
from views.actions import (
    PickWarning,
    SendWarning,
    StopWarning,
    WarnElsewhere,
    WarnEverywhere,
    WarnUsualWords,
    WarnWithin,
)
from views.card import Card

router = Router(name="warnings")


@router.message(Commanded("warn"))
async def begin(message: Message, rest: str, me: Me, work: Work, here: Here) -> Answer:
    """Of what? And what is on its way."""
    going = await work.look(warnings.going_out, person_id=me.id)
    return Answer(say=(shown.choose(going, me, form=message.message_id, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(PickWarning))
async def pick(press: CallbackQuery, data: PickWarning, me: Me, work: Work, state: FSMContext) -> Answer:
    """Where?"""
    form = {"form": data.form, "kind": str(data.kind), "asked_in": _pressed(press)}
    await wait_for(state, Waiting.warn_where, now=work.now, **form)
    await work(warnings.check, person_id=me.id)
    return Answer(edit=shown.ask_where(me, form=data.form, kind=data.kind))


@router.callback_query(Pressed(WarnElsewhere))
async def elsewhere(press: CallbackQuery, data: WarnElsewhere, me: Me, work: Work, state: FSMContext) -> Answer:
    """Where? once more; the words stay."""
    form = await _form(state, data.form, work)
    await wait_for(state, Waiting.warn_where, now=work.now, **{**form, "asked_in": _pressed(press)})
    await work(warnings.check, person_id=me.id)
    return Answer(edit=shown.ask_where(me, form=data.form, kind=WarningKind(form["kind"])))


@router.callback_query(Pressed(WarnEverywhere))
async def everywhere(
    press: CallbackQuery, data: WarnEverywhere, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """The whole county."""
    form = {**await _form(state, data.form, work), **_where(EVERYWHERE)}
    return Answer(edit=await _preview(form, me, work, here, state, asked_in=_pressed(press)))


@router.message(IsWaiting(Waiting.warn_where), HasWords())
async def where(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Grids, a town, places."""
    area = await work.look(areas.read, text=message.text or "")
    form = {**await state.get_data(), **_where(area)}
    return Answer(asks=await _preview(form, me, work, here, state))


@router.callback_query(Pressed(WarnWithin))
async def within(press: CallbackQuery, data: WarnWithin, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """So near to the places."""
    form = {**await _form(state, data.form, work), "metres": areas.check_metres(data.metres)}
    return Answer(edit=await _preview(form, me, work, here, state, asked_in=_pressed(press)))


@router.message(IsWaiting(Waiting.warn_words), HasWords())
async def words(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """What it says, in the sender's own words."""
    form = {**await state.get_data(), "words": warnings.read_words(message.text or "")}
    return Answer(asks=await _preview(form, me, work, here, state))


@router.callback_query(Pressed(WarnUsualWords))
async def usual_words(
    press: CallbackQuery, data: WarnUsualWords, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """The catalogue's after all."""
    form = {**await _form(state, data.form, work), "words": ""}
    return Answer(edit=await _preview(form, me, work, here, state, asked_in=_pressed(press)))


@router.callback_query(Pressed(SendWarning))
async def send(press: CallbackQuery, data: SendWarning, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Once: the form is over with it. The same kind within the hour is asked about first."""
    form, message_id = await _form(state, data.form, work), _pressed(press)
    await state.clear()
    try:
        sent = await work(
            warnings.send,
            person_id=me.id,
            wanted=_wanted(form),
            message_id=message_id,
            is_again=data.is_again,
            county=here.county,
        )
    except WarnedLately:
        return Answer(edit=await _preview(form, me, work, here, state, asked_in=message_id, asks_again=True))
    return Answer(edit=shown.progress(sent, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(StopWarning))
async def stop(press: CallbackQuery, data: StopWarning, me: Me, work: Work, here: Here) -> Answer:
    """What has not gone out stays here."""
    one = await work(warnings.stop, warning_id=data.warning_id, person_id=me.id)
    return Answer(edit=shown.progress(one, me, now=work.now, zone=here.zone))


async def _preview(
    form: dict[str, Any],
    me: Me,
    work: Work,
    here: Here,
    state: FSMContext,
    *,
    asked_in: int | None = None,
    asks_again: bool = False,
) -> Card:
    """As it would go out now; the form waits for other words, or for a button."""
    asked = {"person_id": me.id, "wanted": _wanted(form), "county": here.county, "now": work.now}
    found = await work.look(warnings.preview, **asked)
    kept = {name: value for name, value in form.items() if name != "asked_in"}
    await wait_for(state, Waiting.warn_words, now=work.now, **kept, **({"asked_in": asked_in} if asked_in else {}))
    return shown.preview(found, me, form=form["form"], now=work.now, zone=here.zone, asks_again=asks_again)


async def _form(state: FSMContext, form: int, work: Work) -> dict[str, Any]:
    """What was filled in so far, if it is this one that is open.

    Raises:
        WarningFormOver: it is not.
    """
    data = await state.get_data()
    if data.get("form") != form or is_over(data, work.now):
        raise WarningFormOver
    return {name: value for name, value in data.items() if name != "since"}


def _wanted(form: dict[str, Any]) -> Wanted:
    if "grids" not in form:  # nobody has said where: no button of ours does that
        raise WarningFormOver
    area = Area(tuple(form["grids"]), tuple(form["places"]), form["metres"])
    return Wanted(WarningKind(form["kind"]), area, form.get("words", ""))


def _where(area: Area) -> dict[str, Any]:
    return {"grids": list(area.grid_codes), "places": list(area.place_ids), "metres": area.metres}


def _pressed(press: CallbackQuery) -> int:
    return press.message.message_id if press.message is not None else 0
