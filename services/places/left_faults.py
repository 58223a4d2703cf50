"""What a visitor called broken before he put the phone away: a report, too, without the photo that he was asked for.

Until then it stands in his dialog alone. Once it is filed the dialog waits on, so that a photo that comes late goes to
that report. Report or place are locked first, the dialog last, as by an update that answers at the same moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import county as land
from services import lifecycle, one_by_one
from services.county import County
from services.errors import DomainError
from services.places import catalogue, faults
from storage import conversations
from storage.conversations import DialogKey
from storage.schema import Person

DIALOG = "Waiting:fault_photo"
"""The dialog that waits for the photo, and perhaps words."""
PATIENCE = timedelta(minutes=10)
"""How long after his last word; the dialog itself waits longer."""
IS_LEFT = "files_itself"
"""In the dialog's data: what it has is not filed yet, and will be."""
SINCE = "since"


@dataclass(frozen=True, slots=True)
class _Left:
    key: DialogKey
    data: dict[str, Any]


def file(session: Session, *, now: datetime) -> int:
    """File one that was left; return how many there were: a job of the clock. One alone, as it locks a place."""
    waiting = [_Left(key, data) for key, data in conversations.waiting(session, state=DIALOG)]
    due = [one for one in waiting if one.data.get(IS_LEFT) and _since(one) <= now - PATIENCE][:1]
    if not due:
        return 0
    county = land.load(session)
    assert county is not None

    def put_off(one: _Left) -> None:
        later = now - PATIENCE + one_by_one.AFTER_A_FAILURE
        conversations.put(session, key=one.key, state=DIALOG, data={**one.data, SINCE: later.isoformat()})

    return one_by_one.handle(
        session, due, lambda one: _file(session, one, county, now=now), put_off=put_off, name=lambda one: f"{one.key}"
    )


def _file(session: Session, one: _Left, county: County, *, now: datetime) -> None:
    what: dict[str, Any] = {name: one.data[name] for name in ("place_id", "facility")}
    person_id = session.scalar(select(Person.id).where(Person.telegram_id == one.key.user_id))
    try:
        other = faults.known(session, **what, county=county)
        if other is not None:
            lifecycle.load_going_on(session, other)
        else:
            catalogue.lock(session, what["place_id"])
        if _take(session, one) and person_id is not None:
            what |= {"words": one.data.get("words"), "county": county}
            faults.begin(session, person_id=person_id, **what, now=now)
    except DomainError:  # the place is gone, he may report nothing, or he has part in that report already
        _take(session, one)


def _take(session: Session, one: _Left) -> bool:
    """Whether the dialog is as it was, and this transaction files what it has."""
    left = {name: value for name, value in one.data.items() if name not in (IS_LEFT, "words")}
    return conversations.change(session, key=one.key, state=DIALOG, data=one.data, to=left)


def _since(one: _Left) -> datetime:
    return datetime.fromisoformat(one.data[SINCE])
