"""A report that was filed beside an older one turns out to belong to it: one tap puts it there."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import joining, lifecycle, notices, reports, talk, withdrawing
from services.errors import NotPossible, TalkOver
from services.talk import Said
from storage.kinds import EventKind, PlaceSource, Status
from storage.records import number
from storage.schema import Attachment, Event


def fold(session: Session, *, report_id: int, person_id: int, now: datetime) -> int:
    """The report was filed beside an older one and belongs to that: it goes there, and is withdrawn; return the older.

    Pictures and words are added, or, where the holder of the older one had asked something, are the answer.

    Raises:
        NotAllowed: it is somebody else's.
        NotPossible: it was not filed beside another one.
        TooLateToChange, ReportEnded: an officer has it, or it is over.
        TalkOver: the older one is over.
        TooManyPhotos: the older one would have too many.
    """
    filed = _filed(session, report_id)
    if "beside" not in filed:
        raise NotPossible(report_id=report_id)
    older = reports.require_mine(session, report_id=filed["beside"], person_id=person_id)  # locked first: lower number
    report = reports.require_mine(session, report_id=report_id, person_id=person_id)
    lifecycle.require_open_to_change(report)
    if older.status not in lifecycle.ACTIVE:
        raise TalkOver(number=number(older.id))
    files = session.scalars(select(Attachment).where(Attachment.report_id == report.id).order_by(Attachment.message_id))
    if filed["answers"] and older.status is Status.ACCEPTED:
        place = (report.latitude, report.longitude) if report.place_source is not PlaceSource.EXIF else None
        said = Said(words=report.words, attachments=files.all(), place=place)
        talk.answer(session, report_id=older.id, person_id=person_id, said=said, now=now)
    else:
        joining.add(session, older, files.all(), report.words, by=person_id, now=now)
    lifecycle.record(session, older, EventKind.JOINED, by=person_id, now=now, facts={"from": report.id})
    notices.grew(session, older, now=now)
    withdrawing.take_back(session, report, into=older.id, now=now)
    return older.id


def _filed(session: Session, report_id: int) -> dict[str, Any]:
    """What the event of the filing says."""
    event = select(Event.facts).where(Event.report_id == report_id, Event.kind == EventKind.FILED)
    return session.scalar(event) or {}
