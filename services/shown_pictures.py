"""Which pictures of a report are shown, and in which order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from storage.kinds import MediaState, Message, OutboxState, Stage
from storage.outbox import Claimed
from storage.records import Photo, ReportRecord
from storage.schema import Attachment, OutboxMessage, ResolvedReport

_SHOWN = (Attachment.media_state != MediaState.BAD, ~Attachment.is_doubtful)
"""Which pictures may be seen: no file that is none, no old one before its sender has said that it is still so."""


def of_reports(session: Session, report_ids: Sequence[int]) -> dict[int | None, list[Attachment]]:
    """By report: before, then after, each in the order of sending. After is the newest fix, which others may share.

    The same file sent twice, by whomever, is shown once before and once after.
    """
    fixes = _reports_of_fixes(session, report_ids)
    chosen = select(Attachment).where(
        or_(
            Attachment.report_id.in_(report_ids) & (Attachment.stage == Stage.BEFORE),
            Attachment.report_id.in_(report_ids)
            & Attachment.resolution_id.is_(None)
            & (Attachment.stage == Stage.AFTER),
            Attachment.resolution_id.in_(fixes),
        ),
        *_SHOWN,
    )
    found: dict[int | None, list[Attachment]] = defaultdict(list)
    for photo in session.scalars(chosen.order_by(Attachment.stage.desc(), Attachment.message_id)):
        for report_id in fixes.get(photo.resolution_id, [photo.report_id]):
            if not any(_is_same_file(one, photo) for one in found[report_id]):
                found[report_id].append(photo)
    return found


def record(photo: Attachment) -> Photo:
    """The picture as a view shows it."""
    return Photo(photo.kind, photo.stage, photo.file_id, photo.media_state, photo.media_hash)


def only(session: Session, report: ReportRecord, ids: list[int]) -> ReportRecord:
    """The report with these pictures alone."""
    photos = session.scalars(select(Attachment).where(Attachment.id.in_(ids), *_SHOWN).order_by(Attachment.message_id))
    return replace(report, photos=tuple(record(photo) for photo in photos))


def of_the_first_time(session: Session, report_id: int) -> tuple[Photo, ...]:
    """How it looked the first time: shown as long as there is no picture of how it broke again."""
    found = of_reports(session, [report_id])[report_id]
    return tuple(record(photo) for photo in found if photo.stage is Stage.BEFORE)


def but_told_later(session: Session, report: ReportRecord, claimed: Claimed) -> ReportRecord:
    """The report without the pictures that came when this message was on its way: a later one shows them.

    That one is written in the transaction of its pictures, so it is looked for after them: who sees a picture sees it.
    """
    later = select(OutboxMessage.facts).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id == claimed.person_id,
        OutboxMessage.message == Message.PHOTOS,
        OutboxMessage.id > claimed.id,
        OutboxMessage.state != OutboxState.DISCARDED,
    )
    ids = [one for facts in session.scalars(later) for one in (facts or {})["attachments"]]
    if not ids:
        return report
    told = set(session.scalars(select(Attachment.file_id).where(Attachment.id.in_(ids))))
    return replace(report, photos=tuple(photo for photo in report.photos if photo.file_id not in told))


def _is_same_file(one: Attachment, other: Attachment) -> bool:
    return one.media_hash is not None and (one.stage, one.media_hash) == (other.stage, other.media_hash)


def _reports_of_fixes(session: Session, report_ids: Sequence[int]) -> dict[int | None, list[int | None]]:
    """The newest fix of each report that has one, with those of the reports that it is of."""
    newest = (
        select(ResolvedReport.report_id, func.max(ResolvedReport.resolution_id))
        .where(ResolvedReport.report_id.in_(report_ids))
        .group_by(ResolvedReport.report_id)
    )
    found: dict[int | None, list[int | None]] = defaultdict(list)
    for report_id, fix in session.execute(newest):
        found[fix].append(report_id)
    return found
