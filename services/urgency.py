"""A report turns out to be urgent after it was filed: by words that are added, or by another one that goes on in it.

From then on it is promised as what is urgent, and whoever has it, or is asked about it, hears that loudly. Nothing that
is added or put together makes a report less urgent, or promises it later; its reporter's choice of a category may.
"""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services import courses, deadlines, lifecycle, notices, offering, promptness, worktime
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


def objected(session: Session, report: Report, words: str, *, now: datetime) -> None:
    """With these words it is disputed that the report, which is locked, is fixed, or false: what follows is promised
    as what is urgent if they say so. To be called before its promises are given anew.
    """
    if not report.is_urgent and categories.is_urgent(report.category, words):
        report.is_urgent = True
        lifecycle.record(session, report, EventKind.BECAME_URGENT, by=None, now=now)


def change(session: Session, report: Report, code: str, *, is_urgent: bool, by: int | None, now: datetime) -> None:
    """The report, which is locked and at work, is of this category and urgency from now on; ``by`` whoever chose it."""
    was, was_urgent = report.category, report.is_urgent
    if (was, was_urgent) == (code, is_urgent):
        return
    promptness.note_broken(report, now=now)
    waited = is_urgent and not was_urgent and _end_wait(session, report, now=now)
    course = courses.of(session, report, deadlines.promise(code, is_urgent=is_urgent), now=now)
    report.category, report.is_urgent = code, is_urgent
    deadlines.recount(report, course, is_chosen=by is not None, hours=worktime.of(session), now=now)
    if was != code:
        facts = {"from": was, "to": code, "was_urgent": was_urgent}
        lifecycle.record(session, report, EventKind.CATEGORY_CHANGED, by=by, now=now, facts=facts)
    if is_urgent and not was_urgent:
        lifecycle.record(session, report, EventKind.BECAME_URGENT, by=None, now=now)
        notices.became_urgent(session, report, offering.alerted(session, report), waited=waited, now=now)


def take_in(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """The report is about to go on in the other; both are locked. Nobody who has the trouble may lose by that.

    What goes on is urgent if either was; of both promises the sooner holds, also a broken one, and those whom that was
    raised to have what goes on. By when the one was to be accepted says nothing of what somebody has accepted: that it
    was broken is that one's alone (`promptness`). Who has the other one hears of a wait that ends, or of less time.
    """
    for one in (report, target):
        promptness.note_broken(one, now=now)
    hours = worktime.of(session)
    own, waited = deadlines.fix_by(target, hours=hours, now=now), target.paused_at is not None
    if report.paused_at is not None:
        deadlines.resume(report, hours=hours, now=now)
    if report.is_urgent and not target.is_urgent:
        change(session, target, target.category, is_urgent=True, by=None, now=now)
    _keep_sooner(session, report, target, now=now)
    has_ended = waited and target.paused_at is None
    if target.status is Status.ACCEPTED and (has_ended or target.resolve_by < own):
        notices.took_in(session, target, report, waited=has_ended, now=now)


def took_in(session: Session, report: Report) -> bool:
    """Whether something urgent was merged into the report."""
    its = exists().where(Report.merged_into_id == report.id, Report.is_urgent)
    return bool(session.scalar(select(its)))


def _keep_sooner(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """Of both promises the sooner holds from now on, and those whom a broken one was raised to have it."""
    hours = worktime.of(session)
    both_open = report.status is target.status is Status.OPEN
    accept_by = min(target.accept_by, report.accept_by) if both_open else target.accept_by
    own, others = deadlines.fix_by(target, hours=hours, now=now), report.resolve_by
    is_late = others <= now or (both_open and report.accept_by <= now)
    reached = _raise_along(session, report, target, now=now) if is_late else []
    if accept_by == target.accept_by and others >= own:
        return
    _end_wait(session, target, now=now)
    promptness.took_over(report, target, accept=accept_by < target.accept_by, resolve=others < target.resolve_by)
    deadlines.hasten(
        target,
        accept_by=accept_by,
        resolve_by=min(target.resolve_by, others),
        asks_anew=accept_by < target.accept_by,
        is_raised=bool(reached),
        hours=hours,
        now=now,
    )


def _raise_along(session: Session, report: Report, target: Report, *, now: datetime) -> list[int]:
    """Whom a late report was raised to, above where the other one is; they are asked about that, too."""
    if offering.height(report.level) <= offering.height(target.level):
        return []
    reached = offering.asked_above(session, report, target)
    if reached:
        offering.raise_to(session, target, report.level, reached, now=now)
        notices.raised(session, target, reached, now=now)
    return reached


def _end_wait(session: Session, report: Report, *, now: datetime) -> bool:
    """What is urgent now does not go on waiting; its officer may wait anew. Whether it waited."""
    if report.paused_at is None:
        return False
    facts = {"for": str(report.waiting_for)}
    deadlines.resume(report, hours=worktime.of(session), now=now)
    lifecycle.record(session, report, EventKind.RESUMED, by=None, now=now, facts=facts)
    return True
