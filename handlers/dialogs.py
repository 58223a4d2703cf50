"""Dialogs that wait for something typed or sent. A dialog that nobody went on with for half an hour is over.

A photo of a new hazard must never end up as the proof of yesterday's: hence the time limit.
"""

from datetime import datetime, timedelta
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

LIFETIME = timedelta(minutes=30)


class Waiting(StatesGroup):
    """What the next message is."""

    proof = State()  # the photo of the fix
    proof_reason = State()  # why it was not taken at the report's place
    objection = State()  # why the fix is none
    reject_reason = State()
    question = State()
    answer = State()
    words = State()
    place = State()
    team = State()
    invite_grid = State()
    invite_shop = State()
    task_words = State()  # what was done
    false_reason = State()
    dispute = State()
    shop_place = State()  # from where shops are looked for
    station_place = State()  # from where stations are looked for
    shop_amount = State()  # points to pay
    invite_place = State()  # whose keeper is invited
    fault_photo = State()  # of what is broken at a place
    visit_words = State()  # what is not right there
    shop_field = State()  # what an owner changes of his shop
    activity = State()  # its name, then its hours
    credit = State()  # whom, how many points, what for
    board_name = State()
    new_place = State()  # the next thing that its form asks for
    place_field = State()  # what is changed of a place
    until = State()  # when the officer waits
    warn_where = State()  # to whom a warning goes
    warn_words = State()  # what it says, in place of what is shown
    usage_place = State()  # of which place one wants to know how much it is used


async def wait_for(state: FSMContext, what: State, *, now: datetime, **data: Any) -> None:
    """Begin a dialog (committed with the update's effect)."""
    await state.set_state(what)
    await state.set_data({**data, "since": now.isoformat()})


def is_over(data: dict[str, Any], now: datetime) -> bool:
    """Whether the dialog has waited too long."""
    since = data.get("since")
    return since is None or now - datetime.fromisoformat(since) > LIFETIME
