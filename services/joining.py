"""Adding to a report that is filed already: the rest of an album, and what was sent soon after."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services import drafts, lifecycle, notices, reports, talk
from services.county import County
from services.drafts import OpenDraft
from services.errors import NotPossible, TalkOver
from services.parts import File, attachment_of
from services.talk import Said
from services.words import clean_caption
from storage.kinds import EventKind, PlaceSource, Stage, Status
from storage.records import number
from storage.schema import Attachment, Event, Report

STRAGGLER_WITHIN = timedelta(seconds=60)
"""How long after another part, or after the filing, a part of an album still joins the report of the others."""


def straggler(session: Session, person_id: int, file: File, *, now: datetime) -> int | None:
    """Add a part of an album to the report that the rest is in; return the report, None if there is none.

    Raises:
        TooManyPhotos: the report is full.
    """
    sibling = _sibling(session, person_id, file, now=now)
    if sibling is None or sibling.report_id is None:
        return None
    report = lifecycle.load_going_on(session, sibling.report_id)
    attachment = attachment_of(person_id, file, stage=sibling.stage, now=now)
    if sibling.stage is Stage.TALK:
        talk.join_album(session, report, attachment, now=now)
        return report.id
    attachment.resolution_id = sibling.resolution_id
    reports.require_room(session, report, [attachment])
    reports.add_attachment(session, report, attachment, now=now)
    words = clean_caption(file.caption)
    if words and sibling.stage is Stage.BEFORE:
        reports.append_words(session, report, words, by=person_id, now=now)
    return report.id


def join(
    session: Session, draft: OpenDraft, report: Report, *, county: County, now: datetime, moves: bool = True
) -> None:
    """Everything that the draft has goes to the report; a place that is not the person's own word does not move it.

    Nor does any where the draft was said to be of the same hazard (``moves``).

    Raises:
        TooManyPhotos: the report would have too many.
        TooLateToChange: the draft has a place, and the report is accepted.
    """
    _add(session, report, drafts.files(session, draft), draft.words, by=draft.person_id, now=now)
    if moves and report.reporter_id == draft.person_id:
        _move(session, draft, report, county=county, now=now)
    drafts.end(session, draft)


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
        _add(session, older, files.all(), report.words, by=person_id, now=now)
    lifecycle.record(session, older, EventKind.JOINED, by=person_id, now=now, facts={"from": report.id})
    notices.grew(session, older, now=now)
    reports.take_back(session, report, into=older.id, now=now)
    return older.id


def _filed(session: Session, report_id: int) -> dict[str, Any]:
    """What the event of the filing says."""
    event = select(Event.facts).where(Event.report_id == report_id, Event.kind == EventKind.FILED)
    return session.scalar(event) or {}


def _add(
    session: Session, report: Report, files: Sequence[Attachment], words: str | None, *, by: int, now: datetime
) -> None:
    reports.require_room(session, report, files)
    for file in files:
        reports.add_attachment(session, report, file, now=now)
    if words:
        reports.append_words(session, report, words, by=by, now=now)


def _move(session: Session, draft: OpenDraft, report: Report, *, county: County, now: datetime) -> None:
    if draft.place_source in (None, PlaceSource.EXIF) or draft.is_outside:
        return
    assert draft.latitude is not None
    assert draft.longitude is not None
    assert draft.place_source is not None
    reports.change_place(
        session,
        report_id=report.id,
        person_id=draft.person_id,
        latitude=draft.latitude,
        longitude=draft.longitude,
        source=draft.place_source,
        place_name=draft.place_name,
        county=county,
        now=now,
    )


def _sibling(session: Session, person_id: int, file: File, *, now: datetime) -> Attachment | None:
    if file.media_group_id is None:
        return None
    since = now - STRAGGLER_WITHIN
    return session.scalar(
        select(Attachment)
        .join(Report, Report.id == Attachment.report_id)
        .where(
            Attachment.person_id == person_id,
            Attachment.media_group_id == file.media_group_id,
            or_(Attachment.added_at >= since, Report.filed_at >= since),
        )
        .order_by(Attachment.id.desc())
        .limit(1)
    )
