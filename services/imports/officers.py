"""Take the officers and their duties from a file. An officer who is there already (by phone) is brought up to date.

What the file says of an officer's grids replaces what the store had. Officers whom the file does not have are kept with
their duties and named among the remarks; only where the file makes somebody else primary of their grid, they become
its deputy, as a grid has one primary.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from services import audit
from services.imports.officer_rows import Duties, OfficerReader, OfficerRow
from services.imports.results import Imported, Progress, Remark, refuse_or_skip, require_columns
from storage.kinds import Deed, Language, Role
from storage.schema import Duty, Grid, Person, PersonRole
from storage.tables import Table

COLUMNS = ("name", "phone", "grid")


def import_officers(
    session: Session, table: Table, *, skip_bad: bool, language: Language, now: datetime, progress: Progress
) -> Imported:
    """Add and update officers; all rows or none, unless bad ones are to be skipped.

    Args:
        session: the transaction.
        table: columns `name`, `phone`, `grid` and, if wanted, `duty` (else primary), `community`, `language`.
        skip_bad: take the good rows although there are bad ones.
        language: of officers whose row names none.
        now: when new officers were let in.
        progress: told after each row.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of officers.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
    """
    require_columns(table, COLUMNS)
    steps = len(table.rows) + 1
    reader = OfficerReader(session)
    for done, line in enumerate(table.rows, start=1):
        reader.read(line)
        progress(done, steps)
    skipped = refuse_or_skip(reader.bad, skip_bad=skip_bad)

    before = _Standing(session)
    fresh = _add(session, [row for row in reader.good if row.phone not in before.people], language=language, now=now)
    people = before.people | fresh
    rows = {people[row.phone].id: row for row in reader.good}
    changed = {id_: row for id_, row in rows.items() if before.differs(people[row.phone], row)}
    for row in changed.values():
        person = people[row.phone]
        person.name, person.language = _called(person, row)
    _grant(session, changed.keys() - before.officers, now=now)
    demoted = _demote(session, before, grids=reader.primaries.keys(), except_for=rows.keys())
    _replace_duties(session, changed)
    progress(steps, steps)
    facts: dict[str, Any] = {"added": len(fresh), "updated": len(changed) - len(fresh)}
    facts["people"] = sorted(changed.keys() - before.officers)  # who is an officer since
    audit.note(session, Deed.OFFICERS_IMPORTED, by=None, facts=facts, now=now)
    return Imported(
        added=len(fresh),
        updated=len(changed) - len(fresh),
        unchanged=len(rows) - len(changed),
        skipped=skipped,
        remarks=_remarks(session, before, in_file=reader.phones.keys(), demoted=demoted),
    )


WITHOUT_PRIMARY = (
    select(Grid.code)
    .where(Grid.removed_at.is_(None), Grid.id.not_in(select(Duty.grid_id).where(Duty.is_primary)))
    .order_by(Grid.code)
)


class _Standing:
    """What the store has before the import."""

    def __init__(self, session: Session) -> None:
        by_phone = select(Person).where(Person.phone.is_not(None)).order_by(Person.id.desc())  # the first of two wins
        self.people = {str(person.phone): person for person in session.scalars(by_phone)}
        self.officers = set(session.scalars(select(PersonRole.person_id).where(PersonRole.role == Role.OFFICER)))
        self.duties: dict[int, Duties] = defaultdict(dict)
        for person_id, grid_id, is_primary in session.execute(select(Duty.person_id, Duty.grid_id, Duty.is_primary)):
            self.duties[person_id][grid_id] = is_primary

    def differs(self, person: Person, row: OfficerRow) -> bool:
        """Whether the row says anything new of the person."""
        return (
            person.id not in self.officers
            or (person.name, person.language) != _called(person, row)
            or self.duties.get(person.id, {}) != row.duties
        )


def _called(person: Person, row: OfficerRow) -> tuple[str, Language]:
    """Name and language: who has joined goes by those of the chat, and no longer by the file's."""
    if person.telegram_id is not None:
        return person.name, person.language
    return row.name, row.language or person.language


def _add(session: Session, rows: Iterable[OfficerRow], *, language: Language, now: datetime) -> dict[str, Person]:
    people = {
        row.phone: Person(name=row.name, phone=row.phone, language=row.language or language, joined_at=now)
        for row in rows
    }
    session.add_all(people.values())
    session.flush()
    return people


def _grant(session: Session, person_ids: Iterable[int], *, now: datetime) -> None:
    roles = [{"person_id": id_, "role": Role.OFFICER, "granted_at": now} for id_ in sorted(person_ids)]
    if roles:
        session.execute(insert(PersonRole), roles)


def _replace_duties(session: Session, rows: Mapping[int, OfficerRow]) -> None:
    session.execute(delete(Duty).where(Duty.person_id.in_(rows)))
    duties = [
        {"person_id": person_id, "grid_id": grid_id, "is_primary": is_primary}
        for person_id, row in rows.items()
        for grid_id, is_primary in row.duties.items()
    ]
    if duties:
        session.execute(insert(Duty), duties)


def _demote(session: Session, before: _Standing, *, grids: Set[int], except_for: Set[int]) -> list[str]:
    """Make everybody else who is primary of these grids a deputy of them; say who."""
    keys = [
        {"person_id": person_id, "grid_id": grid_id, "is_primary": False}
        for person_id, duties in before.duties.items()
        for grid_id, is_primary in duties.items()
        if is_primary and grid_id in grids and person_id not in except_for
    ]
    if not keys:
        return []
    session.execute(update(Duty), keys)
    who = select(Person.name).where(Person.id.in_({key["person_id"] for key in keys})).order_by(Person.name)
    return list(session.scalars(who))


def _remarks(session: Session, before: _Standing, *, in_file: Set[str], demoted: list[str]) -> dict[Remark, list[str]]:
    kept = [
        person.name for phone, person in before.people.items() if person.id in before.officers and phone not in in_file
    ]
    remarks = {
        Remark.OFFICERS_KEPT: sorted(kept),
        Remark.NOW_DEPUTY: demoted,
        Remark.NO_PRIMARY: list(session.scalars(WITHOUT_PRIMARY)),
    }
    return {remark: about for remark, about in remarks.items() if about}
