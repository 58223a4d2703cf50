"""The same picture sent twice: found by how it looks (a perceptual hash), however it was scaled or compressed since.

Two hashes of 64 bits that differ in at most four of them agree in at least one of five parts (`PictureBand`): so an
index finds every picture that may be the same, and few others.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from services import lifecycle, notices
from storage.kinds import EventKind, Stage, Status
from storage.prepared import Prepared
from storage.schema import Attachment, Event, PictureBand, Report

DIFFERS = 4
"""Bits by which two pictures of the same may differ: another size or quality takes one or two."""
WITHIN = timedelta(days=30)
"""For how long a picture is looked for."""
BITS, BANDS = 13, DIFFERS + 1
"""Of one part (the last has the 12 that are left), and how many parts there are."""

_band = PictureBand.__table__.c
_ALIKE = Prepared(
    select(_band.attachment_id, _band.picture_hash).where(
        _band.band.in_([bindparam(f"band_{at}", type_=_band.band.type) for at in range(BANDS)]),
        _band.added_at >= bindparam("since"),
    )
)
_KEEP = Prepared(insert(PictureBand.__table__))  # type: ignore[arg-type]


def keep(session: Session, attachment: Attachment, picture_hash: str, *, now: datetime) -> None:
    """A picture of a hazard was fetched and looks like this: note which earlier one is the same, if one is.

    Its report says so at once; a draft's, as soon as it is filed (`note`).
    """
    if attachment.stage is not Stage.BEFORE:
        return
    attachment.picture_hash = picture_hash
    attachment.same_as_id = _earlier(session, attachment, picture_hash, now=now)
    rows = [
        {"band": band, "picture_hash": picture_hash, "attachment_id": attachment.id, "added_at": now}
        for band in bands(picture_hash)
    ]
    _KEEP.run_all(session, rows)
    session.flush()
    if attachment.report_id is not None and attachment.same_as_id is not None:
        note(session, session.get_one(Report, attachment.report_id), same_as_id=attachment.same_as_id, now=now)


def note(session: Session, report: Report, *, same_as_id: int, now: datetime) -> None:
    """The report has a picture that an earlier attachment shows, too: its officer sees of which report, once.

    Its reporter, if that one is his own and open, is offered to say that both are the same.
    """
    other = _report_of(session, same_as_id)
    if other is None or other.id == report.id or _is_noted(session, report, other):
        return
    facts = {"report": other.id}
    lifecycle.record(session, report, EventKind.SAME_PICTURE, by=None, now=now, facts=facts)
    is_own = other.reporter_id == report.reporter_id and other.status in lifecycle.ACTIVE
    if is_own and report.status is Status.OPEN and report.maybe_same_id is None:
        report.maybe_same_id = other.id
    notices.changed(session, report, now=now)


def forget(session: Session, *, now: datetime) -> None:
    """Nothing is looked for so long: a job of the clock."""
    session.execute(delete(PictureBand).where(PictureBand.added_at < now - WITHIN))


def bands(picture_hash: str) -> list[int]:
    """The parts of a hash (16 hexadecimal digits), each told apart from the others by which one it is."""
    bits = int(picture_hash, 16)
    return [(at << BITS) | (bits >> (at * BITS)) & ((1 << BITS) - 1) for at in range(BANDS)]


def looks_alike(one: str, other: str) -> bool:
    """Whether two hashes are of the same picture."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= DIFFERS


def _earlier(session: Session, attachment: Attachment, picture_hash: str, *, now: datetime) -> int | None:
    """The first attachment of another report (or draft) with this picture."""
    parts = {f"band_{at}": band for at, band in enumerate(bands(picture_hash))}
    rows = _ALIKE.all(session, since=now - WITHIN, **parts)
    alike = {row.attachment_id: row.picture_hash for row in rows if looks_alike(row.picture_hash, picture_hash)}
    chosen = select(Attachment).where(Attachment.id.in_(alike), Attachment.id != attachment.id).order_by(Attachment.id)
    found = [one for one in session.scalars(chosen) if _is_elsewhere(one, attachment, alike[one.id])]
    return next((one.id for one in _filed_first(found)), None)


def _is_elsewhere(one: Attachment, attachment: Attachment, picture_hash: str) -> bool:
    """Whether the number still is that picture's, and not of the same report or draft."""
    is_beside = (one.draft_id, one.report_id) == (attachment.draft_id, attachment.report_id)
    return one.picture_hash == picture_hash and not is_beside


def _filed_first(found: Sequence[Attachment]) -> list[Attachment]:
    return sorted(found, key=lambda one: (one.report_id is None, one.id))


def _report_of(session: Session, attachment_id: int) -> Report | None:
    """The report that has the attachment; of a merged one, the one in which it goes on."""
    attachment = session.get(Attachment, attachment_id)
    report = session.get(Report, attachment.report_id) if attachment and attachment.report_id is not None else None
    if report is None or report.merged_into_id is None:
        return report
    return session.get(Report, report.merged_into_id)


def _is_noted(session: Session, report: Report, other: Report) -> bool:
    noted = select(Event.facts).where(Event.report_id == report.id, Event.kind == EventKind.SAME_PICTURE)
    return any((facts or {}).get("report") == other.id for facts in session.scalars(noted))
