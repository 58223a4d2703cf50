"""How long a report took, and whether what was promised was kept: written down when it happens.

The promise may be another one later (passed on, reopened, another category); what was kept or broken stays so, and
counts once: for who kept it, or was responsible for the report when it broke. An evaluation of many reports then only
adds up columns (`services/evaluation/`).
"""

from datetime import datetime

from storage.kinds import Status
from storage.schema import Report

AT_WORK = (Status.OPEN, Status.ACCEPTED)


def note(report: Report, *, before: Status, now: datetime) -> None:
    """The report has just come to its present status, and its deadlines are still those of the one ``before``.

    The first acceptance counts; who passes a report on does not undo it. The last fix counts: one that did not hold
    is forgotten. What is broken by now was noted by `note_broken`.
    """
    if report.status is Status.ACCEPTED and report.accept_seconds is None:
        report.accept_seconds = _since_filing(report, now)
        if report.accept_counts and report.accepted_on_time is None:
            report.accepted_on_time, report.accept_of_id = True, report.officer_id
    if report.status is Status.RESOLVED:
        report.resolve_seconds = _since_filing(report, now)
        if report.resolve_counts and report.resolved_on_time is None:
            report.resolved_on_time, report.resolve_of_id = True, report.officer_id
    elif report.status in AT_WORK and before not in AT_WORK:
        report.resolve_seconds = report.resolved_on_time = report.resolve_of_id = None
        report.resolve_counts = True


def note_broken(report: Report, *, now: datetime, is_over: bool = False) -> None:
    """What is broken by now counts for who is responsible now. To be called before that is another person, or the
    report is promised anew.

    A clock that stands still breaks nothing after the moment at which it was stopped. ``is_over``: what ends at this
    very moment is broken, too, as others are told of it.
    """
    if report.status not in AT_WORK:
        return
    is_due = report.accepted_on_time is None and report.accept_seconds is None and report.accept_counts
    if is_due and _has_passed(report.accept_by, now, is_over=is_over):
        report.accepted_on_time, report.accept_of_id = False, report.responsible_id
    is_due = report.resolved_on_time is None and report.resolve_counts
    if is_due and _has_passed(report.resolve_by, report.paused_at or now, is_over=is_over):
        report.resolved_on_time, report.resolve_of_id = False, report.responsible_id


def took_over(report: Report, target: Report, *, accept: bool, resolve: bool) -> None:
    """The other report is promised from now on what this one was, which goes on in it: of each promise, whether.

    What is broken of that counts in this one, for whoever had it, and not once more in the other.
    """
    if accept and target.accepted_on_time is None:
        target.accept_counts = report.accept_counts and report.accepted_on_time is not False
    if resolve and target.resolved_on_time is None:
        target.resolve_counts = report.resolve_counts and report.resolved_on_time is not False


def _has_passed(by: datetime, now: datetime, *, is_over: bool) -> bool:
    return by < now or (is_over and by == now)


def _since_filing(report: Report, now: datetime) -> int:
    """Whole seconds by the clock on the wall; none if the machine's was set back."""
    return max(0, int((now - report.filed_at).total_seconds()))
