"""What each dialog is waiting for: read with the arrival of an update, changed in the transaction of its effect."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.schema import Conversation

ASKED_IN = "asked_in"
"""In the data of a dialog: the message that asks for what it waits for."""

_c = Conversation.__table__.c
_THIS = (
    _c.chat_id == bindparam("chat_id"),
    _c.user_id == bindparam("user_id"),
    _c.destiny == bindparam("destiny"),
)
_ON_SQLITE, _ON_POSTGRESQL = (
    (statement := insert(Conversation.__table__)).on_conflict_do_update(  # type: ignore[arg-type]
        index_elements=["chat_id", "user_id", "destiny"],
        set_={"state": statement.excluded.state, "data": statement.excluded.data},
    )
    for insert in (sqlite.insert, postgresql.insert)
)
_PUT = Prepared(_ON_SQLITE, postgresql=_ON_POSTGRESQL)
_FORGET = Prepared(delete(Conversation.__table__).where(*_THIS))  # type: ignore[arg-type]
_IN_STATE = (
    select(_c.chat_id, _c.user_id, _c.destiny, _c.data)
    .where(_c.state == bindparam("state"))
    .order_by(_c.chat_id, _c.user_id, _c.destiny)
)
_GET = Prepared(select(_c.state, _c.data).where(*_THIS))


@dataclass(frozen=True, slots=True)
class DialogKey:
    """Whose dialog it is, and which one."""

    chat_id: int
    user_id: int
    destiny: str = "default"


def put(session: Session, *, key: DialogKey, state: str | None, data: dict[str, Any]) -> None:
    """Remember the dialog; one without state and data is forgotten."""
    whose = {"chat_id": key.chat_id, "user_id": key.user_id, "destiny": key.destiny}
    if state is None and not data:
        _FORGET.run(session, **whose)
    else:
        _PUT.run(session, **whose, state=state, data=data)


def get(session: Session, *, key: DialogKey) -> tuple[str | None, dict[str, Any]]:
    """State and data of the dialog."""
    row = _GET.first(session, chat_id=key.chat_id, user_id=key.user_id, destiny=key.destiny)
    return (row.state, dict(row.data)) if row is not None else (None, {})


def waiting(session: Session, *, state: str) -> list[tuple[DialogKey, dict[str, Any]]]:
    """All dialogs in this state, with their data."""
    rows = session.execute(_IN_STATE, {"state": state}).all()
    return [(DialogKey(row.chat_id, row.user_id, row.destiny), dict(row.data)) for row in rows]


def change(session: Session, *, key: DialogKey, state: str, data: dict[str, Any], to: dict[str, Any]) -> bool:
    """Put other data into a dialog if it is still in this state and has these; return whether it was."""
    found = session.get(Conversation, (key.chat_id, key.user_id, key.destiny), with_for_update=True)
    if found is None or (found.state, found.data) != (state, data):
        return False
    found.data = to
    session.flush()
    return True


def note_asked_in(session: Session, *, key: DialogKey, message_id: int) -> int | None:
    """Note which message asks for what the dialog waits for; return the one whose buttons are to go, if there is one.

    That is an earlier one of the same dialog, or this one where the dialog is over already.
    """
    state, data = get(session, key=key)
    if state is None:
        return message_id
    before: int | None = data.get(ASKED_IN)
    put(session, key=key, state=state, data={**data, ASKED_IN: message_id})
    return before if before != message_id else None
