"""Reading the audit log. Who holds a role is named; who only reports is a number, as everywhere."""

from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from services import people
from services.reports import PAGE
from storage.kinds import Role
from storage.records import AuditRecord
from storage.schema import AuditLine, Person, PersonRole

_by, _about = aliased(Person), aliased(Person)


def _named(person: type[Person]) -> Any:
    """The name of who holds a role, or is of the county's list; of all others nothing."""
    has_role = select(PersonRole.person_id).where(PersonRole.person_id == person.id).exists()
    return case((has_role | person.phone.is_not(None), func.coalesce(person.known_as, person.name)))


_LINES = (
    select(AuditLine, _named(_by).label("by_name"), _named(_about).label("about_name"))
    .outerjoin(_by, _by.id == AuditLine.by_id)
    .outerjoin(_about, _about.id == AuditLine.person_id)
    .order_by(AuditLine.id.desc())
)


def page(session: Session, *, person_id: int, page: int) -> tuple[list[AuditRecord], int]:
    """One page for an administrator, newest first, and how many pages there are; beyond the last one is the last.

    Raises:
        NotAllowed: the person is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    pages = max(1, -(-(session.scalar(select(func.count(AuditLine.id))) or 0) // PAGE))
    page = min(page, pages - 1)
    return _read(session, _LINES.limit(PAGE).offset(page * PAGE)), pages


def everything(session: Session) -> list[AuditRecord]:
    """All of it, newest first, for the command line."""
    return _read(session, _LINES)


def _read(session: Session, chosen: Select[*tuple[Any, ...]]) -> list[AuditRecord]:
    return [_record(row) for row in session.execute(chosen)]


def _record(row: Row[*tuple[Any, ...]]) -> AuditRecord:
    line = row.AuditLine
    return AuditRecord(
        id=line.id,
        at=line.at,
        deed=line.deed,
        by_id=line.by_id,
        by_name=row.by_name,
        person_id=line.person_id,
        person_name=row.about_name,
        report_id=line.report_id,
        facts=line.facts or {},
    )
