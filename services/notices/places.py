"""What is said of service places."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from services.notices.writing import put
from storage.kinds import Message


def place_removed(session: Session, keepers: Iterable[int], *, place_id: int, now: datetime) -> None:
    """Its keepers hear that it is not in the list any more."""
    for person_id in keepers:
        put(session, person_id, Message.PLACE_REMOVED, facts={"place": place_id}, now=now)
