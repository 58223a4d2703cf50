"""Take the leads of communities and towns from a file. A lead is told by his phone; a row a post.

What the file says of a lead's posts replaces what the store had. Leads whom the file does not have are kept with their
posts and named among the remarks.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import people, posts
from services.imports.officer_rows import normal_phone
from services.imports.results import BadRow, Imported, Progress, Reason, Remark, refuse_or_skip, require_columns
from services.imports.values import Unfit, one_of, refuse_extra, text
from services.posts import Land
from storage.kinds import Language, Role
from storage.schema import Person, PersonRole, Post
from storage.tables import Row, Table

COLUMNS = ("name", "phone", "town")


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A row that can be taken."""

    name: str
    phone: str
    land: Land
    language: Language | None


def import_leads(
    session: Session, table: Table, *, skip_bad: bool, language: Language, now: datetime, progress: Progress
) -> Imported:
    """Add and update leads; all rows or none, unless bad ones are to be skipped. What is counted is leads.

    Args:
        session: the transaction.
        table: a row a post: columns `name`, `phone`, `town` and, if wanted, `community` (else the whole town),
            `language`.
        skip_bad: take the good rows although there are bad ones.
        language: of leads whose row names none.
        now: when new leads were let in.
        progress: told after each row.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of leads.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
    """
    require_columns(table, COLUMNS)
    steps = len(table.rows) + 1
    rows: dict[str, list[LeadRow]] = defaultdict(list)
    bad: list[BadRow] = []
    lands = posts.lands(session)
    for done, line in enumerate(table.rows, start=1):
        try:
            read = _read(line, lands)
            rows[read.phone].append(read)
        except Unfit as unfit:
            bad.append(unfit.at(line.number))
        progress(done, steps)
    skipped = refuse_or_skip(bad, skip_bad=skip_bad)
    known = _people(session)
    kept = _names_of_leads(session, except_for=rows)
    added = updated = 0
    for phone, his in rows.items():
        person = known.get(phone)
        if person is None:
            person = Person(name=his[0].name, phone=phone, language=his[0].language or language, joined_at=now)
            session.add(person)
            session.flush()
            added += 1
            _settle(session, person, his, now=now)
        elif _settle(session, person, his, now=now):
            updated += 1
    progress(steps, steps)
    remarks = {Remark.LEADS_KEPT: kept} if kept else {}
    return Imported(added, updated, len(rows) - added - updated, skipped, remarks)


def _read(row: Row, lands: Set[Land]) -> LeadRow:
    refuse_extra(row)
    land = Land(text(row, "town", most=120), row.values.get("community", "").strip())
    if land not in lands:
        raise Unfit(Reason.UNKNOWN_PLACE, place=land.name)
    language = row.values.get("language", "")
    return LeadRow(
        text(row, "name", most=200),
        normal_phone(text(row, "phone", most=40)),
        land,
        Language(one_of(Language, language, column="language")) if language else None,
    )


def _people(session: Session) -> dict[str, Person]:
    by_phone = select(Person).where(Person.phone.is_not(None)).order_by(Person.id.desc())  # the first of two wins
    return {str(person.phone): person for person in session.scalars(by_phone)}


def _names_of_leads(session: Session, *, except_for: Iterable[str]) -> list[str]:
    left_out = Person.phone.is_(None) | Person.phone.not_in(list(except_for))
    held = select(Person.name).where(Person.id.in_(select(Post.person_id)), left_out).order_by(Person.name)
    return list(session.scalars(held))


def _settle(session: Session, person: Person, rows: list[LeadRow], *, now: datetime) -> bool:
    """Make the person's posts those of the file; whether there was anything new. Who has joined keeps his name."""
    before = (person.name, person.language, set(posts.of(session, person_id=person.id)))
    if person.telegram_id is None:
        person.name, person.language = rows[0].name, rows[0].language or person.language
    wanted = {row.land for row in rows}
    is_new = (person.name, person.language, wanted) != before
    for land in sorted(before[2] - wanted):
        posts.take(session, person_id=person.id, land=land, now=now)
    for land in sorted(wanted - before[2]):
        posts.add(session, person_id=person.id, land=land, now=now)
    if session.get(PersonRole, (person.id, Role.LEAD)) is None:
        people.grant(session, person_id=person.id, role=Role.LEAD, now=now)
        is_new = True
    session.flush()
    return is_new
