"""People, reports and outbox rows in the store, and waiting for what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.kinds import Language, Level, Message, OutboxState, PlaceSource, Status, Urgency
from storage.schema import OutboxMessage, Person, Report
from storage.store import Store, mark_outbox
from tests.belled import Belled
from tests.moment import NOW


def add_people(session: Session, *, many: int) -> list[int]:
    """People with the chats 5001, 5002 …; their ids."""
    people = [
        Person(telegram_id=5001 + number, name=f"P{number}", language=Language.EN, joined_at=NOW)
        for number in range(many)
    ]
    session.add_all(people)
    session.flush()
    return [person.id for person in people]


def add_report(session: Session, *, reporter: int) -> int:
    report = Report(
        reporter_id=reporter,
        status=Status.OPEN,
        category="water_leak",
        is_urgent=False,
        latitude=25.4,
        longitude=114.36,
        place_source=PlaceSource.PIN,
        level=Level.PRIMARY,
        filed_at=NOW,
        accept_by=NOW,
        resolve_by=NOW,
        phase_from=NOW,
        resolve_from=NOW,
    )
    session.add(report)
    session.flush()
    return report.id


@dataclass
class Say:
    """A row for the outbox."""

    to: int
    text: str = ""
    report: int | None = None
    urgency: Urgency = Urgency.NORMAL
    due_at: datetime = NOW
    message: Message = Message.WORDS
    facts: dict[str, Any] = field(default_factory=dict)
    state: OutboxState = OutboxState.AVAILABLE
    lease_until: datetime | None = None


def put(session: Session, *, says: list[Say]) -> list[int]:
    """Write rows; their ids, in their order."""
    rows = [
        OutboxMessage(
            person_id=say.to,
            message=say.message,
            report_id=say.report,
            facts={"text": say.text, **say.facts},
            urgency=say.urgency,
            state=say.state,
            lease_until=say.lease_until,
            due_at=say.due_at,
            made_at=min(say.due_at, NOW),
        )
        for say in says
    ]
    for row in rows:
        session.add(row)
        session.flush()
    mark_outbox(session, min(say.due_at for say in says))
    return [row.id for row in rows]


def look(session: Session) -> list[OutboxMessage]:
    """The outbox, as it is on disk."""
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


async def states(store: Store) -> list[str]:
    return [row.state.value for row in await store.read(look)]


async def until_states(store: Belled, *expected: str) -> None:
    """Wait until the outbox's rows are in these states."""
    seen: list[str] = []

    async def are_there() -> bool:
        seen[:] = await states(store)
        return seen == list(expected)

    try:
        await store.until(are_there)
    except TimeoutError:
        raise AssertionError(f"expected {expected}, the outbox has {seen}") from None


async def until_problem(store: Belled, row_id: int) -> OutboxMessage:
    """Wait until an attempt of this row has failed and it is back in the queue; the row."""
    return await until_row(
        store, lambda row: row.id == row_id and row.state is OutboxState.AVAILABLE and row.problem is not None
    )


async def until_row(store: Belled, is_it: Callable[[OutboxMessage], bool]) -> OutboxMessage:
    """Wait until there is such a row; the row."""
    found: list[OutboxMessage] = []

    async def is_there() -> bool:
        found[:] = filter(is_it, await store.read(look))
        return bool(found)

    await store.until(is_there)
    return found[0]
