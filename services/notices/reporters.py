"""What who reported it hears of the officer's steps, and with him everybody who has this trouble."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notices.cards import shown_again
from services.notices.talk import said_over
from services.notices.writing import after_album, put, tell
from storage.kinds import Message
from storage.schema import Report, ShownCard

BEHIND_ALERT = timedelta(milliseconds=50)
"""The receipt lets the alert go first: a request that went just before would hold it up by the relay's pace."""


def filed(session: Session, report: Report, *, status_message_id: int | None, now: datetime) -> None:
    """The reporter gets the receipt in place of the draft's status message."""
    facts = {"deletes": status_message_id} if status_message_id else None
    put(session, report.reporter_id, Message.RECEIPT, report=report, facts=facts, now=now, due=now + BEHIND_ALERT)


def accepted(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears that an officer is at it."""
    tell(session, report, Message.ACCEPTED, now=now)


def reopened(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears that the officer who had it has not kept it."""
    tell(session, report, Message.REOPENED, now=now)


def resolved(session: Session, report: Report, *, has_album: bool, now: datetime) -> None:
    """Who may judge the fix sees before and after."""
    due = after_album(now) if has_album else now
    tell(session, report, Message.RESOLVED, now=now, due=due)


def rejected(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears why."""
    tell(session, report, Message.REJECTED, now=now)


def followed(
    session: Session, report: Report, person_id: int, *, status_message_id: int | None = None, now: datetime
) -> None:
    """Who follows the report gets its card, in place of the draft's status message."""
    facts = {"deletes": status_message_id} if status_message_id else None
    put(session, person_id, Message.RECEIPT, report=report, facts=facts, now=now)


def left(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """Who has no more to do with the report: the card says so, and is not edited again."""
    mine = select(ShownCard).where(
        ShownCard.report_id == report.id, ShownCard.person_id == person_id, ShownCard.shows == Message.RECEIPT
    )
    for shown in session.scalars(mine).all():
        shown_again(session, shown, now=now)
        session.delete(shown)
    said_over(session, report, [person_id], now=now)
    session.flush()
