"""What each dialog is waiting for: read with the arrival of an update, changed in the transaction of its effect."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.schema import Conversation

ASKED_IN = "asked_in"
"""In the data of a dialog: the message that asks for what it waits for."""

_PUT = {
    dialect: (statement := insert(Conversation.__table__)).on_conflict_do_update(  # type: ignore[arg-type]
        index_elements=["chat_id", "user_id", "destiny"],
        set_={"state": statement.excluded.state, "data": statement.excluded.data},
    )
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True, slots=True)
class DialogKey:
    """Whose dialog it is, and which one."""

    chat_id: int
    user_id: int
    destiny: str = "default"


def put(session: Session, *, key: DialogKey, state: str | None, data: dict[str, Any]) -> None:
    """Remember the dialog; one without state and data is forgotten."""
    if state is None and not data:
        session.execute(
            delete(Conversation).where(
                Conversation.chat_id == key.chat_id,
                Conversation.user_id == key.user_id,
                Conversation.destiny == key.destiny,
            )
        )
        return
    connection = session.connection()
    connection.execute(
        _PUT[connection.dialect.name],
        {"chat_id": key.chat_id, "user_id": key.user_id, "destiny": key.destiny, "state": state, "data": data},
    )


def get(session: Session, *, key: DialogKey) -> tuple[str | None, dict[str, Any]]:
    """State and data of the dialog."""
    row = session.get(Conversation, (key.chat_id, key.user_id, key.destiny))
    return (row.state, dict(row.data)) if row else (None, {})


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
