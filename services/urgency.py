"""A report turns out to be urgent after it was filed: by words that are added, or by another one that goes on in it.

From then on it is promised as what is urgent, and whoever has it, or is asked about it, hears that loudly. Nothing that
is added or put together makes a report less urgent, or promises it later; its reporter's choice of a category may.
"""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services import deadlines, lifecycle, notices, offering, worktime
from storage import categories
from storage.kinds import EventKind, Status
from storage.schema import Report


def heard(session: Session, report: Report, words: str, *, now: datetime) -> None:
    """These words were added to the report, which is locked; it may have had no room for them.

    While nobody has accepted it, a category that was not recognised is guessed again.
    """
    if report.status not in lifecycle.ACTIVE:
        return
    said = f"{report.words or ''}\n{words}"
    unknown = report.category == categories.OTHER and not report.category_chosen
    code = categories.guess(said) if unknown else report.category
    urgent = report.is_urgent or categories.is_urgent(code, said)
    known = code if report.status is Status.OPEN else report.category
    change(session, report, known, is_urgent=urgent, by=None, now=now)


def change(session: Session, report: Report, code: str, *, is_urgent: bool, by: int | None, now: datetime) -> None:
    """The report, which is locked and at work, is of this category and urgency from now on; ``by`` whoever chose it."""
    was, was_urgent = report.category, report.is_urgent
    if (was, was_urgent) == (code, is_urgent):
        return
    if is_urgent and not was_urgent:
        _end_wait(session, report, now=now)
    before, hours = deadlines.promise(was, is_urgent=was_urgent), worktime.of(session)
    report.category, report.is_urgent = code, is_urgent
    deadlines.recount(report, before, may_be_later=by is not None, hours=hours, now=now)
    if was != code:
        facts = {"from": was, "to": code}
        lifecycle.record(session, report, EventKind.CATEGORY_CHANGED, by=by, now=now, facts=facts)
    if is_urgent and not was_urgent:
        lifecycle.record(session, report, EventKind.BECAME_URGENT, by=None, now=now)
        notices.became_urgent(session, report, offering.alerted(session, report), now=now)


def took_in(session: Session, report: Report) -> bool:
    """Whether something urgent was merged into the report."""
    its = exists().where(Report.merged_into_id == report.id, Report.is_urgent)
    return bool(session.scalar(select(its)))


def _end_wait(session: Session, report: Report, *, now: datetime) -> None:
    """What is urgent now does not go on waiting; its officer may wait anew."""
    if report.paused_at is None:
        return
    facts = {"for": str(report.waiting_for)}
    deadlines.resume(report, hours=worktime.of(session), now=now)
    lifecycle.record(session, report, EventKind.RESUMED, by=None, now=now, facts=facts)
