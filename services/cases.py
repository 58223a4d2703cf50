"""What an officer opens from the list of cases."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import briefs, notices
from storage.schema import Report


def open_case(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """Let the person have the live card of a report anew, with its pictures and place.

    Raises:
        NoSuchReport: there is none, or the person may not see it.
    """
    briefs.report_for(session, report_id=report_id, person_id=person_id)
    notices.opened(session, session.get_one(Report, report_id), person_id, now=now)
