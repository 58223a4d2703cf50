"""How long a report took, and whether what was promised was kept: written down when it happens.

The promise may be another one later (passed on, reopened, another category); what was kept or broken stays so. An
evaluation of many reports then only adds up columns (`services/evaluation/`).
"""

from datetime import datetime

from storage.kinds import Status
from storage.schema import Report

AT_WORK = (Status.OPEN, Status.ACCEPTED)


def note(report: Report, *, now: datetime) -> None:
    """The report has just come to its present status, and its deadlines are still those of the one before.

    The first acceptance counts; who passes a report on does not undo it. The last fix counts: one that did not hold
    is forgotten. Of a report whose clock stands still, the fix is as early as the moment at which it was stopped. What
    was late when it was merged into another one stays late for whoever had it: nobody mends that by putting it away.
    """
    if report.status is Status.MERGED:
        _note_broken(report, now=now)
    if report.status is Status.ACCEPTED and report.accept_seconds is None:
        report.accept_seconds = _since_filing(report, now)
        report.accepted_on_time = now <= report.accept_by
    if report.status is Status.RESOLVED:
        report.resolve_seconds = _since_filing(report, now)
        report.resolved_on_time = (report.paused_at or now) <= report.resolve_by
    elif report.status in AT_WORK:
        report.resolve_seconds = report.resolved_on_time = None


def _note_broken(report: Report, *, now: datetime) -> None:
    """The promises that had passed when the report went on in another one."""
    if report.accept_seconds is None and report.accept_by < now:
        report.accepted_on_time = False
    if report.resolve_by < (report.paused_at or now):
        report.resolved_on_time = False


def _since_filing(report: Report, now: datetime) -> int:
    """Whole seconds by the clock on the wall; none if the machine's was set back."""
    return max(0, int((now - report.filed_at).total_seconds()))
