"""The same picture sent twice: found by how it looks (a perceptual hash), however it was scaled or compressed since.

Two hashes of 64 bits that differ in at most four of them agree in at least one of five parts (`PictureBand`): so an
index finds every picture that may be the same, and few others.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlalchemy.orm import Session

from services import lifecycle, notices
from services.errors import SameAsBefore
from storage.kinds import EventKind, Stage, Status
from storage.prepared import Prepared
from storage.schema import Attachment, Event, PictureBand, Report, Resolution, ResolvedReport

DIFFERS = 4
"""Bits by which two pictures of the same may differ: another size or quality takes one or two."""
WITHIN = timedelta(days=30)
"""For how long a picture is looked for."""
BITS, BANDS = 13, DIFFERS + 1
"""Of one part (the last has the 12 that are left), and how many parts there are."""

_band, _attachment = PictureBand.__table__.c, Attachment.__table__.c
_ELSEWHERE = Prepared(  # pictures of other reports and drafts that may be the same, those of reports first
    select(_attachment.id, _attachment.picture_hash, _attachment.report_id.is_(None).label("is_draft"))
    .distinct()
    .join(PictureBand.__table__, _band.attachment_id == _attachment.id)
    .where(
        _band.band.in_([bindparam(f"band_{at}", type_=_band.band.type) for at in range(BANDS)]),
        _band.added_at >= bindparam("since"),
        _band.picture_hash == _attachment.picture_hash,  # else the number is another picture's by now
        _attachment.id != bindparam("own"),
        or_(
            _attachment.draft_id.is_distinct_from(bindparam("draft", type_=_attachment.draft_id.type)),
            _attachment.report_id.is_distinct_from(bindparam("report", type_=_attachment.report_id.type)),
        ),
    )
    .order_by("is_draft", _attachment.id)
)
_KEEP = Prepared(insert(PictureBand.__table__))  # type: ignore[arg-type]


def keep(session: Session, attachment: Attachment, picture_hash: str, *, now: datetime) -> None:
    """A picture of a hazard was fetched and looks like this: note which earlier one is the same, if one is.

    Its report says so at once; a draft's, as soon as it is filed (`note`). One of a fix is looked for only among those
    of the hazard that it is to be the fix of.
    """
    if attachment.resolution_id is not None:
        _note_fix(session, attachment, picture_hash, now=now)
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


def refuse_before(session: Session, *, report_id: int, file_unique_id: str, picture_hash: str | None) -> None:
    """A picture is to show the fix: it must not be one of the hazard. ``picture_hash`` is None while it is not fetched.

    Raises:
        SameAsBefore: it is.
    """
    chosen = select(Attachment.file_unique_id, Attachment.picture_hash)
    for before in session.execute(chosen.where(Attachment.report_id == report_id, Attachment.stage == Stage.BEFORE)):
        looks_so = picture_hash and before.picture_hash and looks_alike(before.picture_hash, picture_hash)
        if looks_so or before.file_unique_id == file_unique_id:
            raise SameAsBefore


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


def _note_fix(session: Session, attachment: Attachment, picture_hash: str, *, now: datetime) -> None:
    """Each report whose hazard looks just like its fix says so, once, to who judges it.

    That is, like all pictures of the fix: with one that differs, or is not compared (yet), there is nothing to say.
    """
    fix = select(Resolution.id).where(Resolution.id == attachment.resolution_id)
    session.execute(fix.with_for_update(key_share=True))  # of two that come at once, the later sees both
    attachment.picture_hash = picture_hash
    session.flush()
    shown = select(Attachment.picture_hash).where(
        Attachment.resolution_id == attachment.resolution_id, Attachment.stage == Stage.AFTER
    )
    afters = session.scalars(shown).all()
    fixed = select(ResolvedReport.report_id).where(ResolvedReport.resolution_id == attachment.resolution_id)
    hazards = select(Attachment.report_id, Attachment.picture_hash).where(
        Attachment.report_id.in_(fixed), Attachment.stage == Stage.BEFORE, Attachment.picture_hash.is_not(None)
    )
    befores = session.execute(hazards).all()
    alike = [
        {one.report_id for one in befores if after is not None and looks_alike(one.picture_hash, after)}
        for after in afters
    ]
    same = set.intersection(*alike)
    for report in session.scalars(select(Report).where(Report.id.in_(same)).order_by(Report.id)).all():
        facts = {"fix": attachment.resolution_id}
        said = select(Event.facts).where(Event.report_id == report.id, Event.kind == EventKind.FIX_LOOKS_SAME)
        if facts not in session.scalars(said).all():
            lifecycle.record(session, report, EventKind.FIX_LOOKS_SAME, by=None, now=now, facts=facts)
            notices.changed(session, report, now=now)


def _earlier(session: Session, attachment: Attachment, picture_hash: str, *, now: datetime) -> int | None:
    """The first attachment of another report (or draft) with this picture."""
    parts = {f"band_{at}": band for at, band in enumerate(bands(picture_hash))}
    own = {"own": attachment.id, "draft": attachment.draft_id, "report": attachment.report_id}
    rows = _ELSEWHERE.all(session, since=now - WITHIN, **own, **parts)
    return next((row.id for row in rows if looks_alike(row.picture_hash, picture_hash)), None)


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
