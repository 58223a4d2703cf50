"""Take the places where people rest, drink, charge and park from a file, a place a row, told by its code.

What the file says of a place replaces what the store had, but for what is true just now: states, free spaces, and what
is broken of that which it still has. Places that the file does not have are kept and named among the remarks, or, with
`replace`, removed; those that somebody added in chat stay, as no file knows them.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit
from services.imports.place_rows import SAID, Pictures, PlaceReader, PlaceRow
from services.imports.results import Imported, Progress, Remark, refuse_or_skip, require_columns
from services.places import catalogue, removing
from services.places.systems import MapSystem
from storage.kinds import Deed, Language
from storage.place_records import Names
from storage.places_kinds import PlaceState, Voice
from storage.schema import PlaceFacility, PlaceKind, PlacePhoto, ServicePlace
from storage.tables import Counted, Table

COLUMNS = ("code", "name_zh", "kind", "address", "hours")
COORDINATES = ("latitude", "longitude")
"""Of a file that is no GeoJSON."""
NONE: Pictures = {}


def import_places(
    session: Session,
    table: Table,
    *,
    skip_bad: bool,
    replace: bool = False,
    system: MapSystem | None = None,
    pictures: Pictures = NONE,
    now: datetime,
    progress: Progress,
) -> Imported:
    """Add and update places; all rows or none, unless bad ones are to be skipped.

    Args:
        session: the transaction.
        table: columns `COLUMNS` and, but for points of a GeoJSON, `COORDINATES`; if wanted, `name_en`, `kind_zh`,
            `kind_en` (of a kind that is new), `system`, `access_zh`, `access_en`, `phone`, `facilities` (codes or
            names, divided by commas), `spaces`, `grid`, `address_en`, `photos` (names of `pictures`, divided by `;`).
        skip_bad: take the good rows although there are bad ones.
        replace: remove the places that the file does not have.
        system: of coordinates whose row names none; None: WGS-84, and doubtful ones are asked about.
        pictures: that rows name, kept in the media folder.
        now: when.
        progress: told after each row.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of places.
        NoGrids: there is no map yet to hold them against.
        SystemInQuestion: its rows fit better in another system, and nobody has said which they are in.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
    """
    require_columns(table, COLUMNS if table.counted is Counted.FEATURE else (*COLUMNS, *COORDINATES))
    steps = len(table.rows) + 1
    stored = session.scalars(select(ServicePlace).order_by(ServicePlace.id).with_for_update(key_share=True)).all()
    before = {place.code: place for place in stored}
    reader = PlaceReader(session, system=system, pictures=pictures)
    for done, line in enumerate(table.rows, start=1):
        reader.read(line)
        progress(done, steps)
    reader.refuse_other_system()
    skipped = refuse_or_skip(reader.bad, skip_bad=skip_bad)

    changed = _name_kinds(session, reader.kinds, stored)
    has, photos = _facilities(session), _photos(session)
    added = _add(session, [row for row in reader.places.values() if row.code not in before], now=now)
    updated: list[ServicePlace] = []
    for row in reader.places.values():
        place = before.get(row.code)
        if place is None:
            continue
        equipped = _equip(session, place.id, has.get(place.id, {}), row.facilities)
        if _update(place, row, now=now) | equipped | _show(session, place.id, photos[place.id], row.photos, now=now):
            catalogue.confirm(place, by=Voice.IMPORT, now=now)
            updated.append(place)
    others = [place for place in stored if place.removed_at is None and not _is_named(place, reader)]
    remarks = _others(session, others, replace=replace, now=now)
    gone = others if replace else []
    if touched := [*added, *updated, *(place for place in gone if place.removed_at), *changed]:
        catalogue.touch(session, *touched)
    progress(steps, steps)
    removed = len(remarks.get(Remark.PLACES_REMOVED, ()))
    facts = {"added": len(added), "updated": len(updated), "removed": removed}
    audit.note(session, Deed.PLACES_IMPORTED, by=None, facts=facts, now=now)
    elsewhere = sorted(row.code for row in reader.places.values() if row.is_elsewhere)
    remarks |= {Remark.PLACES_ELSEWHERE: elsewhere} if elsewhere else {}
    return Imported(len(added), len(updated), len(reader.places) - len(added) - len(updated), skipped, remarks)


def _is_named(place: ServicePlace, reader: PlaceReader) -> bool:
    return place.code in reader.places or place.code in reader.untouched


def _add(session: Session, rows: Iterable[PlaceRow], *, now: datetime) -> list[ServicePlace]:
    """All at once: each by itself would be a way to the database and back."""
    added = [(row, ServicePlace(code=row.code, added_at=now, version=0, **_said(row))) for row in rows]
    for _, place in added:
        catalogue.confirm(place, by=Voice.IMPORT, now=now)
        session.add(place)
    session.flush()
    session.add_all(
        PlaceFacility(place_id=place.id, facility=one) for row, place in added for one in sorted(row.facilities)
    )
    for row, place in added:
        _show(session, place.id, [], row.photos, now=now)
    return [place for _, place in added]


def _said(row: PlaceRow) -> dict[str, Any]:
    return {column: getattr(row, column) for column in SAID}


def _update(place: ServicePlace, row: PlaceRow, *, now: datetime) -> bool:
    """Bring the place up to date, also one that was removed; whether there was anything new."""
    changes = {column: value for column, value in _said(row).items() if getattr(place, column) != value}
    if place.removed_at is not None:  # what was true then is not known to be so now
        changes |= {"removed_at": None, "state": PlaceState.AS_ITS_HOURS, "state_until": None, "free_spaces": None}
    for column, value in changes.items():
        setattr(place, column, value)
    if place.free_spaces is not None and (place.spaces is None or place.free_spaces > place.spaces):
        place.free_spaces = place.spaces
    return bool(changes)


def _facilities(session: Session) -> dict[int, dict[str, PlaceFacility]]:
    found: dict[int, dict[str, PlaceFacility]] = {}
    for one in session.scalars(select(PlaceFacility)):
        found.setdefault(one.place_id, {})[one.facility] = one
    return found


def _equip(session: Session, place_id: int, before: dict[str, PlaceFacility], wanted: frozenset[str]) -> bool:
    """What the place has becomes what the file says; whether there was anything new."""
    if before.keys() == wanted:
        return False
    for facility, row in before.items():
        if facility not in wanted:
            session.delete(row)
    session.add_all(PlaceFacility(place_id=place_id, facility=one) for one in sorted(wanted - before.keys()))
    return True


def _photos(session: Session) -> defaultdict[int, list[PlacePhoto]]:
    found: defaultdict[int, list[PlacePhoto]] = defaultdict(list)
    for one in session.scalars(select(PlacePhoto).order_by(PlacePhoto.id)):
        found[one.place_id].append(one)
    return found


def _show(session: Session, place_id: int, before: list[PlacePhoto], wanted: tuple[str, ...], *, now: datetime) -> bool:
    """The photos that the file names are shown, unless somebody has sent better ones in chat; whether that is new."""
    is_from_chat = any(one.media_hash is None for one in before)
    if not wanted or is_from_chat or tuple(one.media_hash for one in before) == wanted:
        return False
    for one in before:
        session.delete(one)
    session.flush()
    for media_hash in wanted:
        session.add(PlacePhoto(place_id=place_id, media_hash=media_hash, added_at=now))
        session.flush()  # in this order: the first one is shown
    return True


def _name_kinds(session: Session, named: dict[str, Names], places: Iterable[ServicePlace]) -> list[ServicePlace]:
    """Kinds that the file brings along are known from now on; the places of those that have other names now."""
    renamed = set()
    for code, names in named.items():
        zh, en = names[Language.ZH], names[Language.EN]
        known = session.get(PlaceKind, code)
        if known is None:
            session.add(PlaceKind(code=code, name_zh=zh, name_en=en))
        elif (known.name_zh, known.name_en) != (zh, en):
            known.name_zh, known.name_en = zh, en
            renamed.add(code)
    return [place for place in places if place.kind in renamed]


def _others(session: Session, others: list[ServicePlace], *, replace: bool, now: datetime) -> dict[Remark, list[str]]:
    """What becomes of the places that the file does not have."""
    going = [place for place in others if replace and place.added_by is None]
    for place in going:
        removing.remove(session, place, by=None, now=now)
    kept = Remark.CHAT_PLACES_KEPT if replace else Remark.PLACES_KEPT
    said = {
        Remark.PLACES_REMOVED: sorted(place.code for place in going),
        kept: sorted(place.code for place in others if place not in going),
    }
    return {remark: codes for remark, codes in said.items() if codes}
