"""The question of a complete draft: is it the same as an open report nearby? Nobody answers: it is filed by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import nearby
from services.drafts import OpenDraft
from services.nearby import Near
from storage.categories import is_urgent
from storage.kinds import AttachmentKind, MediaState, Stage
from storage.records import NearReport, Photo
from storage.schema import Attachment, Report

SHOWN = 3
"""Reports that one card asks about."""
WAIT, WAIT_URGENT = timedelta(minutes=2), timedelta(seconds=30)
"""How long the question waits for its answer."""


def about(session: Session, draft: OpenDraft, *, category: str, now: datetime) -> tuple[NearReport, ...]:
    """The open reports that the draft, which has a place, may be the same as; the nearest ones, nearest first."""
    if draft.latitude is None or draft.longitude is None:
        return ()
    place = (draft.latitude, draft.longitude)
    found = nearby.same_kind(session, place, category=category, now=now)
    found = [one for one in found if one.report_id != draft.not_same_id]
    return described(session, found[:SHOWN], person_id=draft.person_id) if found else ()


def described(session: Session, found: Sequence[Near], *, person_id: int) -> tuple[NearReport, ...]:
    """As the person may see them: each with one picture that can be passed on."""
    ids = [one.report_id for one in found]
    pictures = _pictures(session, ids)
    rows = session.execute(select(Report.id, Report.category, Report.filed_at).where(Report.id.in_(ids)))
    known = {row.id: row for row in rows}
    return tuple(
        NearReport(
            one.report_id,
            known[one.report_id].category,
            one.metres,
            known[one.report_id].filed_at,
            is_mine=one.reporter_id == person_id,
            photo=pictures.get(one.report_id),
        )
        for one in found
    )


def patience(category: str, words: str | None) -> timedelta:
    """How long the question waits, by the urgency of what was sent."""
    return WAIT_URGENT if is_urgent(category, words) else WAIT


def _pictures(session: Session, report_ids: Sequence[int]) -> dict[int | None, Photo]:
    """The first picture of each, as far as it may be seen by others."""
    is_ready = (Attachment.kind == AttachmentKind.PHOTO) | (Attachment.media_state == MediaState.STORED)
    chosen = select(Attachment).where(
        Attachment.report_id.in_(report_ids),
        Attachment.kind.in_((AttachmentKind.PHOTO, AttachmentKind.IMAGE_FILE)),
        Attachment.stage == Stage.BEFORE,
        Attachment.media_state != MediaState.BAD,
        ~Attachment.is_doubtful,
        is_ready,
    )
    found: dict[int | None, Photo] = {}
    for one in session.scalars(chosen.order_by(Attachment.id.desc())):
        found[one.report_id] = Photo(one.kind, one.stage, one.file_id, one.media_state, one.media_hash)
    return found
