"""«Does it belong to that report?» is asked of a draft, and below a receipt; with the report the question ends.

Whoever adds a way for a report to end calls `ended`.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import county as land
from services import drafts, filing, notices
from services.drafts import OpenDraft
from storage.schema import Report


def ended(session: Session, report: Report, *, into: int | None = None, now: datetime) -> None:
    """Nobody works on it any more: what waits for an answer becomes what it would have been without that report.

    ``into`` is the report in which it goes on: that one is asked about instead.
    """
    session.flush()
    notices.asked_about(session, report, now=now)
    its = (Report.id == report.id) | (Report.merged_into_id == report.id)
    asked = session.execute(select(Report.id, Report.reporter_id).where(its)).all()
    people, ids = {row.reporter_id for row in asked}, {row.id for row in asked}
    for draft in drafts.load_asking(session, person_ids=people, report_ids=ids):
        if into is None:
            _end(session, draft, now=now)
        else:
            was, draft.join_report_id, draft.answers = draft.join_report_id, into, False
            drafts.write(session, draft)
            notices.draft_changed(session, draft.person_id, goes_on=was, now=now)


def left(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """The person has no more to do with it."""
    notices.filed_beside(session, report, person_id, now=now)
    for draft in drafts.load_asking(session, person_ids={person_id}, report_ids={report.id}):
        _end(session, draft, now=now)


def _end(session: Session, draft: OpenDraft, *, now: datetime) -> None:
    """A draft that nothing came to for long is left alone, as everywhere: its hazard may be gone."""
    county = land.load(session) if now - draft.changed_at <= drafts.STALE else None
    if county is not None:
        filing.forget_question(draft)
        filing.proceed_and_tell(session, draft, county=county, now=now)
