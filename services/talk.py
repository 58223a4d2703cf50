"""A question from the officer to the reporter, and the answer; neither learns who the other is."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import dispatch, lifecycle, notices, reports
from services.errors import NotPossible
from services.words import clean
from storage.kinds import EventKind
from storage.schema import Report


def ask(session: Session, *, report_id: int, officer_id: int, words: str, now: datetime) -> Report:
    """Pass the officer's question on to the reporter.

    Raises:
        NotAllowed, NotPossible, ReportEnded: it is not his, or it is over.
        NoWords, WordsTooLong: nothing readable, or too much.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    words = clean(words)
    lifecycle.record(session, report, EventKind.ASKED, by=officer_id, now=now, facts={"words": words})
    notices.question(session, report, words=words, now=now)
    return report


def answer(session: Session, *, report_id: int, person_id: int, words: str, now: datetime) -> Report:
    """Pass the reporter's answer on to the officer who has the report.

    Raises:
        NotAllowed: it is somebody else's report.
        NotPossible: no officer has it any more.
        NoWords, WordsTooLong: nothing readable, or too much.
    """
    report = reports.require_mine(session, report_id=report_id, person_id=person_id)
    if report.officer_id is None:
        raise NotPossible(report_id=report_id, status=report.status)
    words = clean(words)
    lifecycle.record(session, report, EventKind.ANSWERED, by=person_id, now=now, facts={"words": words})
    notices.answer(session, report, report.officer_id, words=words, now=now)
    return report
