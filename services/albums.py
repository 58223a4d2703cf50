"""The rest of an album: it goes to the report that its first pictures are in."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services import lifecycle, reports, talk
from services.parts import File, attachment_of
from services.words import clean_caption
from storage.kinds import Stage
from storage.schema import Attachment, Report

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
        talk.join_album(session, report, attachment, caption=file.caption, now=now)
        return report.id
    if sibling.stage is Stage.KEPT:
        attachment.report_id = report.id
        session.add(attachment)
        return report.id
    attachment.resolution_id = sibling.resolution_id
    reports.require_room(session, report, [attachment])
    reports.add_attachment(session, report, attachment, now=now)
    words = clean_caption(file.caption)
    if words and sibling.stage is Stage.BEFORE:
        reports.append_words(session, report, words, by=person_id, now=now)
    return report.id


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
