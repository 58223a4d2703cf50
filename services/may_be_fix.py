"""A photo and a place from somebody who has a report right there: the proof of its fix, or a new report?

Asked of the draft like reports nearby (`services/asking.py`); if nobody answers it is filed by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services import distance
from services.draft_contents import File
from services.drafts import OpenDraft
from storage.kinds import PICTURES, PlaceSource, Status
from storage.prepared import Prepared
from storage.schema import Report

CAMERA_CLOCKS = timedelta(minutes=5)
"""By how much a camera's clock may be wrong."""
MOST = 3
"""Reports that it may be the fix of."""

_report = Report.__table__.c
_HELD = Prepared(
    select(_report.id, _report.latitude, _report.longitude, _report.accepted_at).where(
        _report.officer_id == bindparam("person_id"), _report.status == Status.ACCEPTED
    )
)


def about(session: Session, draft: OpenDraft, files: Sequence[File]) -> tuple[int, ...]:
    """What the person has within reach of the place, and may have taken these files' pictures of; the nearest first."""
    pictures = [file for file in files if file.kind in PICTURES]
    if not pictures or draft.latitude is None or draft.longitude is None:
        return ()
    here, is_by_picture = (draft.latitude, draft.longitude), draft.place_source is PlaceSource.EXIF
    found = sorted(
        (distance.metres(here, (one.latitude, one.longitude)), one.id)
        for one in _HELD.all(session, person_id=draft.person_id)
        if all(_is_since(file.taken_at, one.accepted_at, must_say=is_by_picture) for file in pictures)
    )
    return tuple(report_id for metres, report_id in found if metres <= distance.REACH)[:MOST]


def is_too_old(taken_at: datetime | None, accepted_at: datetime | None) -> bool:
    """Whether a picture says that it was taken before somebody had the report: it shows no fix of it."""
    return taken_at is not None and accepted_at is not None and taken_at < accepted_at - CAMERA_CLOCKS


def _is_since(taken_at: datetime | None, accepted_at: datetime | None, *, must_say: bool) -> bool:
    """Whether a picture can show a fix; ``must_say``: only one that says when it was taken."""
    is_said = taken_at is not None and accepted_at is not None
    return not is_too_old(taken_at, accepted_at) and (is_said or not must_say)
