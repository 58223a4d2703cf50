"""The cards that are shown somewhere already: they are edited to what is true now."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notices.clock import late_still, reminders_over
from services.notices.lists import struck
from services.notices.writing import edit, put, show_again, waiting_edits
from storage.kinds import EventKind, Message, Status
from storage.schema import Event, Report, ShownCard

LIVE = (Message.ALERT, Message.RECEIPT, Message.RESOLVED, Message.REJECTED, Message.TASK, Message.EMERGENCY)
"""What a `ShownCard` shows that is edited when the report changes."""


def changed(session: Session, report: Report, *, now: datetime) -> None:
    """Every card of the report that is shown somewhere is edited to what is true now; so is every list with it."""
    show_again(session, report, LIVE, now=now)
    reminders_over(session, report, now=now)
    late_still(session, report, now=now)
    struck(session, report, now=now)


def grew(session: Session, report: Report, *, now: datetime) -> None:
    """The timeline has a new line, or a picture more: it is edited where a reporter's card shows one."""
    if report.status is not Status.OPEN:
        show_again(session, report, [Message.RECEIPT, Message.RESOLVED], now=now)


def asked_about(session: Session, report: Report, *, now: datetime) -> None:
    """It ended, or goes on again: receipts that ask whether theirs is the same as this one ask no more, or again."""
    merged = select(Report.id).where(Report.merged_into_id == report.id)
    its = Report.maybe_same_id.in_([report.id, *session.scalars(merged)])
    for asking in session.scalars(select(Report).where(its, Report.status == Status.OPEN)).all():
        show_again(session, asking, [Message.RECEIPT], now=now)
    filed_beside(session, report, report.reporter_id, now=now)


def filed_beside(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """Likewise the receipts of what this person filed right after it, which offer to put them with it."""
    newer = select(Report, Event.facts).join(Event, (Event.report_id == Report.id) & (Event.kind == EventKind.FILED))
    its = (Report.reporter_id == person_id, Report.id > report.id, Report.status == Status.OPEN)
    for asking, facts in session.execute(newer.where(*its)).all():
        if (facts or {}).get("beside") == report.id:
            show_again(session, asking, [Message.RECEIPT], now=now)


def opened(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """The officer opened the report from his list: its card comes anew, and is live."""
    put(session, person_id, Message.CASE, report=report, now=now)


def shown_again(session: Session, shown: ShownCard, *, now: datetime) -> None:
    """One card is edited to what is true now."""
    waiting = waiting_edits(session, shown.report_id)
    if shown.message_id not in waiting.get(shown.person_id, {}):
        edit(session, shown, now=now)


def in_new_role(session: Session, person_id: int, *, now: datetime) -> None:
    """Somebody looks after others from now on: the cards of reports that he has show what he may see now."""
    his = select(ShownCard).where(ShownCard.person_id == person_id, ShownCard.shows == Message.ALERT)
    for shown in session.scalars(his.order_by(ShownCard.report_id)).all():
        shown_again(session, shown, now=now)


def replaced(session: Session, shown: ShownCard, *, now: datetime) -> None:
    """A newer card of the report is below this one, which is edited a last time: to say so."""
    waiting = waiting_edits(session, shown.report_id).get(shown.person_id, {}).get(shown.message_id)
    if waiting is None:
        edit(session, shown, now=now, is_replaced=True)
    else:
        waiting.facts = {**(waiting.facts or {}), "is_replaced": True}
