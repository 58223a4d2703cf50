"""Warnings of heat, cold, typhoon and flood: an administrator writes to the riders who are there.

All copies are written in one transaction, with the warning itself: so it goes out whole, and once. From then on the
outbox has them, and the relay sends them behind all that is meant for one person. Each is put into words when it goes,
with what is then open near its reader; what was stopped, or comes too late to be of use, is not said any more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.county import County
from services.places import areas, shelters
from services.places.errors import NobodyToWarn, WarnedLately, WarningOver
from services.words import clean
from storage.facilities import limits, warn_limits
from storage.kinds import Deed, OutboxState, Role
from storage.places_kinds import WarningKind
from storage.schema import LastPlace, OutboxMessage, Person, PersonRole, PlaceWarning
from storage.warning_records import Area, NamedArea, Shelter, WarningPreview, WarningRecord

MOST_WORDS = 1000
EVERYWHERE = Area()
LEFT = (OutboxState.AVAILABLE, OutboxState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an administrator is about to send."""

    kind: WarningKind
    area: Area = EVERYWHERE
    words: str = ""  # empty: those of the catalogue, in each reader's language


def check(session: Session, *, person_id: int, now: datetime) -> None:
    """Whether the person may warn.

    Raises:
        NotAllowed: he is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)


def going_out(session: Session, *, person_id: int) -> list[WarningRecord]:
    """Those that are on their way just now, whoever sent them.

    Raises:
        NotAllowed: the person is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    open_ones = select(PlaceWarning).where(PlaceWarning.ended_at.is_(None)).order_by(PlaceWarning.id)
    return [one for one in (_record(session, row) for row in session.scalars(open_ones)) if one.goes_out]


def read_words(text: str) -> str:
    """What was typed in place of the usual words.

    Raises:
        NoWords, WordsTooLong: it is empty or too long.
    """
    return clean(text, most=MOST_WORDS)


def preview(session: Session, *, person_id: int, wanted: Wanted, county: County, now: datetime) -> WarningPreview:
    """What would be sent, to how many; what is open there.

    Raises:
        NotAllowed: the person is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    opened = shelters.everywhere(session, now=now)
    if _leads_out(wanted.kind, wanted.area):
        reached = areas.reached(session, wanted.area)
        found = [one for one in opened if not reached((one.latitude, one.longitude))]
    else:
        lies_in = areas.inside(session, wanted.area, county=county)
        found = [one for one in opened if lies_in((one.latitude, one.longitude))]
    return WarningPreview(
        kind=wanted.kind,
        words=wanted.words,
        where=areas.named(session, wanted.area),
        recipients=len(areas.riders(session, wanted.area, county=county, now=now)),
        shelters=tuple(found[: warn_limits().shown]),
        open_places=len(found),
        before=_lately(session, wanted.kind, now=now),
    )


def send(
    session: Session,
    *,
    person_id: int,
    wanted: Wanted,
    message_id: int,
    is_again: bool,
    county: County,
    now: datetime,
) -> WarningRecord:
    """Write it to everybody who is there now. ``message_id``: where its sender sees how far it is.

    Raises:
        NotAllowed: the person is no administrator.
        WarnedLately: the same kind was sent within the hour, and ``is_again`` does not say that this is meant.
        NobodyToWarn: no rider is there.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    _in_turn(session)
    if not is_again and _lately(session, wanted.kind, now=now) is not None:
        raise WarnedLately
    found = areas.riders(session, wanted.area, county=county, now=now)
    if not found:
        raise NobodyToWarn
    one = PlaceWarning(
        kind=wanted.kind,
        words=wanted.words,
        grid_codes=list(wanted.area.grid_codes),
        place_ids=list(wanted.area.place_ids),
        metres=wanted.area.metres,
        made_by=person_id,
        made_at=now,
        recipients=len(found),
        shown={"message": message_id, **_figures(0, 0, len(found))},
    )
    session.add(one)
    session.flush()
    notices.warned(session, found, one.id, now=now)
    _note(session, Deed.WARNING_SENT, one, by=person_id, now=now)
    return _record(session, one)


def stop(session: Session, *, warning_id: int, person_id: int, now: datetime) -> WarningRecord:
    """What has not gone out does not go out any more; any administrator may say so.

    Raises:
        NotAllowed: the person is no administrator.
        WarningOver: there is nothing left of it.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    one = session.get(PlaceWarning, warning_id, with_for_update=True, populate_existing=True)
    if one is None or one.stopped_at is not None or one.ended_at is not None or not _count(session, one.id)["left"]:
        raise WarningOver
    one.stopped_at = now
    session.flush()
    notices.warning_stopped(session, one.id, now=now)
    _note(session, Deed.WARNING_STOPPED, one, by=person_id, now=now)
    return _record(session, one)


def tick(session: Session, *, now: datetime) -> int:
    """The sender of each that goes out sees how far it is, where that has changed; return how many go out."""
    going = session.scalars(
        select(PlaceWarning)
        .where(PlaceWarning.ended_at.is_(None))
        .order_by(PlaceWarning.id)
        .with_for_update(skip_locked=True)
    ).all()
    for one in going:
        counts, shown = _count(session, one.id), one.shown or {}
        if {**shown, **counts} != shown:
            message_id = shown.get("message", 0)
            if message_id and not notices.warning_progress(session, one.made_by, one.id, message_id, now=now):
                continue
            one.shown = {**shown, **counts}
        if not counts["left"]:
            one.ended_at = now
    return len(going)


def forget(session: Session, *, now: datetime) -> int:
    """Who got a warning says who was where: a day after its end only the counts are kept. Returns how many are gone."""
    over = select(PlaceWarning.id).where(PlaceWarning.ended_at <= now - limits().visits_kept)
    return notices.warnings_forgotten(session, over)


def load(session: Session, warning_id: int) -> WarningRecord:
    """One, and what has become of its copies."""
    return _record(session, session.get_one(PlaceWarning, warning_id))


def copy(session: Session, warning_id: int) -> WarningRecord:
    """One as its readers see it: without counting, as there are as many copies as readers."""
    return _record(session, session.get_one(PlaceWarning, warning_id), is_copy=True)


def is_of_use(session: Session, warning_id: int, *, now: datetime) -> bool:
    """Whether a copy should still be said: it was not stopped, and does not come hours too late."""
    one = session.get_one(PlaceWarning, warning_id)
    return one.stopped_at is None and now <= one.made_at + warn_limits().valid


def near_reader(session: Session, warning_id: int, *, person_id: int, now: datetime) -> tuple[Shelter, ...]:
    """What is open near where he last said he is; nothing, if that was long ago. From a flood, out of its reach."""
    here = session.get(LastPlace, person_id)
    if here is None or here.at <= now - warn_limits().seen:
        return ()
    one = session.get_one(PlaceWarning, warning_id)
    area = Area(tuple(one.grid_codes), tuple(one.place_ids), one.metres)
    unsafe = areas.reached(session, area) if _leads_out(one.kind, area) else None
    return shelters.near(session, (here.latitude, here.longitude), is_unsafe=unsafe, now=now)


def _leads_out(kind: WarningKind, area: Area) -> bool:
    """Whether riders are to leave the area. Of the whole county they cannot; heat is borne best in the nearest room."""
    return kind is WarningKind.FLOOD and not area.is_everywhere


def _in_turn(session: Session) -> None:
    """Two administrators who send at the same time do so one after the other: the second sees what the first sent."""
    admins = select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN).order_by(PersonRole.person_id)
    session.execute(admins.with_for_update()).all()


def _lately(session: Session, kind: WarningKind, *, now: datetime) -> WarningRecord | None:
    """The last one of this kind, if it was sent a short while ago."""
    lately = PlaceWarning.kind == kind, PlaceWarning.made_at > now - warn_limits().again
    found = session.scalars(select(PlaceWarning).where(*lately).order_by(PlaceWarning.id.desc()).limit(1)).first()
    return _record(session, found) if found is not None else None


def _counts(session: Session, one: PlaceWarning) -> dict[str, int]:
    """What became of its copies; of one that is over as it was then, as they are forgotten."""
    if one.ended_at is None:
        return _count(session, one.id)
    shown = one.shown or {}
    return _figures(shown.get("sent", 0), shown.get("failed", 0), shown.get("left", 0))


def _count(session: Session, warning_id: int) -> dict[str, int]:
    states = select(OutboxMessage.state, func.count()).where(OutboxMessage.warning_id == warning_id)
    found: Counter[OutboxState] = Counter()
    found.update({row[0]: row[1] for row in session.execute(states.group_by(OutboxMessage.state))})
    left = sum(found[state] for state in LEFT)
    return _figures(found[OutboxState.DELIVERED], found[OutboxState.DISCARDED], left)


def _figures(sent: int, failed: int, left: int) -> dict[str, int]:
    return {"sent": sent, "failed": failed, "left": left}


def _note(session: Session, deed: Deed, one: PlaceWarning, *, by: int, now: datetime) -> None:
    facts: dict[str, Any] = {"warning": one.id, "kind": str(one.kind), "recipients": one.recipients}
    more: dict[str, Sequence[Any] | str] = {"grids": one.grid_codes, "places": one.place_ids, "words": one.words}
    audit.note(session, deed, by=by, facts=facts | {name: value for name, value in more.items() if value}, now=now)


def _record(session: Session, one: PlaceWarning, *, is_copy: bool = False) -> WarningRecord:
    by = session.get_one(Person, one.made_by)
    area = Area(tuple(one.grid_codes), tuple(one.place_ids), one.metres)
    counts = _figures(0, 0, one.recipients) if is_copy else _counts(session, one)
    return WarningRecord(
        id=one.id,
        kind=one.kind,
        words=one.words,
        where=NamedArea(area) if is_copy else areas.named(session, area),
        by_id=one.made_by,
        by_name=by.known_as or by.name,
        made_at=one.made_at,
        recipients=one.recipients,
        stopped_at=one.stopped_at,
        **counts,
    )
