"""The draft that a person has open: read once, changed in memory, written once.

Every part of every report passes here, so it is done by prepared statements and not by the ORM. Whoever changes a
draft calls `write`, or `end` when it has become a report or was thrown away.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.kinds import PlaceSource
from storage.prepared import Prepared
from storage.schema import Attachment, Draft, Report

STALE = timedelta(hours=12)
"""A draft that nothing came to for so long is begun anew: today's photo must not be filed at last month's place."""


@dataclass(slots=True)
class OpenDraft:
    """A row of `storage.schema.Draft`, which says what each column means."""

    person_id: int
    opened_at: datetime
    changed_at: datetime
    id: int | None = None  # not written yet
    words: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_source: PlaceSource | None = None
    place_name: str | None = None
    is_outside: bool = False
    without_photo: bool = False
    join_report_id: int | None = None
    joins: bool = False
    answers: bool = False
    not_same_id: int | None = None
    is_another: bool = False
    file_at: datetime | None = None
    status_message_id: int | None = None
    ended_id: int | None = None  # not written: the report that it asked about, which ended just now
    written: dict[str, Any] | None = None  # what this unit of work has put into the store


_c = Draft.__table__.c
_CHANGING = (
    *("words", "latitude", "longitude", "place_source", "place_name", "is_outside"),
    *("without_photo", "join_report_id", "joins", "answers", "changed_at"),
    *("not_same_id", "is_another", "file_at"),
)
"""All but who and when, and the message that shows it: that is noted while the draft may be changing."""

_COLUMNS = [_c[field.name] for field in fields(OpenDraft) if field.name in _c]
_READ = select(*_COLUMNS).where(_c.person_id == bindparam("person"))
_LOOK, _LOCK = Prepared(_READ), Prepared(_READ.with_for_update())
_ASKS = Prepared(select(_c.join_report_id).where(_c.person_id == bindparam("person")))
_NEW = {name: bindparam(f"new_{name}", type_=_c[name].type) for name in _CHANGING}
_OPEN = Prepared(
    insert(Draft.__table__).values(  # type: ignore[arg-type]
        person_id=bindparam("person"), opened_at=bindparam("opened", type_=_c.opened_at.type), **_NEW
    )
)
_CHANGE = Prepared(update(Draft.__table__).where(_c.id == bindparam("draft")).values(_NEW))  # type: ignore[arg-type]
_END = Prepared(delete(Draft.__table__).where(_c.id == bindparam("draft")))  # type: ignore[arg-type]
_SHOWN = Prepared(select(_c.status_message_id).where(_c.person_id == bindparam("person")).with_for_update())
_SHOW = Prepared(
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(_c.person_id == bindparam("person"))
    .values(status_message_id=bindparam("message"))
)


def look(session: Session, person_id: int) -> OpenDraft | None:
    """The person's draft, to be looked at."""
    row = _LOOK.first(session, person=person_id)
    return None if row is None else OpenDraft(*row)


def load(session: Session, person_id: int, *, report_id: int | None = None) -> OpenDraft | None:
    """The person's draft, to be changed: nobody else can change it meanwhile, nor the report that it asks about, or
    ``report_id``. These are locked first: so does who ends one of them, and then looks at the drafts that ask about it.
    """
    if session.get_bind().dialect.name == "postgresql":  # on SQLite one writes
        asked = {_ASKS.scalar(session, person=person_id), report_id} - {None}
        if asked:
            session.execute(_reports(asked).with_for_update(of=Report))
    row = _LOCK.first(session, person=person_id)
    return None if row is None else OpenDraft(*row)


def load_outside(session: Session, *, since: datetime) -> list[OpenDraft]:
    """The drafts with a place outside the county that something came to since then, to be changed."""
    chosen = select(*_COLUMNS).where(_c.is_outside, _c.changed_at >= since).order_by(_c.id).with_for_update()
    return [OpenDraft(*row) for row in session.execute(chosen)]


def load_unanswered(session: Session, *, now: datetime, most: int) -> list[OpenDraft]:
    """The drafts that have asked about reports nearby for long enough, to be filed; those in other hands are left, and
    those that ask about a report that is.
    """
    due = select(_c.id, _c.join_report_id).where(_c.file_at <= now).order_by(_c.file_at).limit(most)
    found = session.execute(due).all()
    if not found:
        return []
    asked = _reports({row.join_report_id for row in found} - {None}).with_for_update(of=Report, skip_locked=True)
    held = session.scalars(asked).all()
    its = (_c.join_report_id.is_(None)) | _c.join_report_id.in_(held)
    chosen = select(*_COLUMNS).where(_c.id.in_([row.id for row in found]), its, _c.file_at <= now)
    rows = session.execute(chosen.order_by(_c.file_at).with_for_update(skip_locked=True))
    return [OpenDraft(*row) for row in rows]


def load_asking(session: Session, *, person_ids: Collection[int], report_ids: Collection[int]) -> list[OpenDraft]:
    """The drafts of these people that ask whether they belong to one of these reports, to be changed."""
    chosen = select(*_COLUMNS).where(_c.person_id.in_(person_ids), _c.join_report_id.in_(report_ids))
    return [OpenDraft(*row) for row in session.execute(chosen.order_by(_c.id).with_for_update())]


def write(session: Session, draft: OpenDraft) -> None:
    """Put it into the store as it is now."""
    values = {f"new_{name}": getattr(draft, name) for name in _CHANGING}
    if draft.id is None:
        draft.id = _OPEN.add(session, person=draft.person_id, opened=draft.opened_at, **values)
    elif values != draft.written:
        _CHANGE.run(session, draft=draft.id, **values)
    draft.written = values


def put_off(session: Session, draft: OpenDraft, *, until: datetime) -> None:
    """It is to be filed by itself only then, whatever it was changed to in memory."""
    session.execute(update(Draft).where(Draft.id == draft.id).values(file_at=until))


def end(session: Session, draft: OpenDraft) -> None:
    """It is no draft any more; nothing points at it."""
    _END.run(session, draft=draft.id)


def throw_away(session: Session, draft: OpenDraft) -> None:
    """End it, and what was sent for it goes, too."""
    for file in files(session, draft):
        session.delete(file)
    session.flush()
    end(session, draft)


def files(session: Session, draft: OpenDraft) -> list[Attachment]:
    """What was sent for it, in order."""
    return list(
        session.scalars(select(Attachment).where(Attachment.draft_id == draft.id).order_by(Attachment.message_id))
    )


def remember_status_message(
    session: Session, *, person_id: int, message_id: int, instead_of: int | None = None
) -> int | None:
    """Note which message shows the draft, so that it can be edited; return the one that is to go, if there is one.

    ``instead_of`` showed it when this one was written. Where yet another does by now, that one is newer and this one
    is to go; and so it is where the draft was filed or thrown away meanwhile.
    """
    before = _SHOWN.first(session, person=person_id)
    if before is None or before[0] not in (None, instead_of, message_id):
        return message_id
    return _show(session, person_id, message_id, instead_of=before[0])


def replace_status_message(session: Session, *, person_id: int, message_id: int) -> int | None:
    """Note which message shows the draft, whatever did before; return that one, if it is another."""
    before = _SHOWN.first(session, person=person_id)
    return None if before is None else _show(session, person_id, message_id, instead_of=before[0])


def _reports(ids: Collection[int | None]) -> Select[int]:
    """These reports, and those in which they go on, by number."""
    goes_on = select(Report.merged_into_id).where(Report.id.in_(ids))
    return select(Report.id).where(Report.id.in_(ids) | Report.id.in_(goes_on)).order_by(Report.id)


def _show(session: Session, person_id: int, message_id: int, *, instead_of: int | None) -> int | None:
    _SHOW.run(session, person=person_id, message=message_id)
    return instead_of if instead_of != message_id else None
