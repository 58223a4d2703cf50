"""A report that was filed beside an older one turns out to belong to it: one tap puts it there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import joining, lifecycle, merging, nearby, notices, reports, talk, withdrawing
from services.errors import NotPossible, TalkOver
from services.talk import Said
from storage.kinds import EventKind, PlaceSource, Status
from storage.records import number
from storage.schema import Attachment, Event, Report


def fold(session: Session, *, report_id: int, person_id: int, now: datetime) -> int:
    """The report was filed beside an older one and belongs to that: it goes there, and is withdrawn; return the older.

    Pictures and words are added, or, where the holder of the older one had asked something, are the answer. Where
    others follow it, it is merged into the older one with all that they sent: nobody is left with an empty report.

    Raises:
        NotAllowed: it is somebody else's.
        NotPossible: it was not filed beside another one; or others follow it, and it is not near that one.
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
    is_answer = filed["answers"] and older.status is Status.ACCEPTED
    if report.affected > 1:
        _with_the_others(session, report, older, is_answer=is_answer, now=now)
        return older.id
    files = _files(session, report)
    if is_answer:
        _answer(session, report, older, files, words=report.words, now=now)
    else:
        joining.add(session, older, files, report.words, by=person_id, now=now)
    lifecycle.record(session, older, EventKind.JOINED, by=person_id, now=now, facts={"from": report.id})
    notices.grew(session, older, now=now)
    withdrawing.take_back(session, report, into=older.id, now=now)
    return older.id


def _with_the_others(session: Session, report: Report, older: Report, *, is_answer: bool, now: datetime) -> None:
    """They follow the older one from now on. What the reporter himself sent is the answer, if one was awaited; the
    words of all are one text, which goes to the older one.
    """
    if not nearby.are_near((report.latitude, report.longitude), (older.latitude, older.longitude)):
        raise NotPossible(report_id=report.id)
    if is_answer:
        own = [one for one in _files(session, report) if one.person_id == report.reporter_id]
        _answer(session, report, older, own, words=None, now=now)
    merging.unite(session, report, older, by=report.reporter_id, now=now)


def _answer(
    session: Session, report: Report, older: Report, files: Sequence[Attachment], *, words: str | None, now: datetime
) -> None:
    place = (report.latitude, report.longitude) if report.place_source is not PlaceSource.EXIF else None
    said = Said(words=words, attachments=files, place=place)
    talk.answer(session, report_id=older.id, person_id=report.reporter_id, said=said, now=now)


def _files(session: Session, report: Report) -> Sequence[Attachment]:
    its = select(Attachment).where(Attachment.report_id == report.id)
    return session.scalars(its.order_by(Attachment.message_id)).all()


def _filed(session: Session, report_id: int) -> dict[str, Any]:
    """What the event of the filing says."""
    event = select(Event.facts).where(Event.report_id == report_id, Event.kind == EventKind.FILED)
    return session.scalar(event) or {}
