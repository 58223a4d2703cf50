"""The small county with people in it: what tests of the rules are told with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import dispatch, following, intake, people, posts, proofs
from services.county import County
from services.parts import File, Outcome, Place, Words, attachment_of
from services.posts import Land
from services.proofs import Proof, Standing
from storage import outbox
from storage.kinds import (
    Asking,
    AttachmentKind,
    EventKind,
    Language,
    Message,
    OutboxState,
    PlaceSource,
    ReporterKind,
    Role,
    Stage,
)
from storage.outbox import Settlement
from storage.schema import Base, Duty, Event, Grid, Offer, OutboxMessage, Person, Report
from storage.store import Store
from tests import county
from tests.moment import NOW

T = TypeVar("T")
Here = tuple[float, float]


@dataclass
class Scene:
    """People who file and handle reports, at moments that a test chooses."""

    store: Store
    county: County
    _numbers: Any = field(default_factory=lambda: count(101))

    async def do(self, fn: Callable[..., T], *, now: datetime = NOW, **arguments: Any) -> T:
        """One unit of work."""
        return await self.store.write(fn, now=now, **arguments)

    # -- people --

    async def person(
        self,
        name: str = "Wang",
        *,
        roles: Sequence[Role] = (),
        language: Language = Language.EN,
        kind: ReporterKind | None = ReporterKind.RESIDENT,
    ) -> int:
        """Somebody who talks to the bot."""
        number = next(self._numbers)
        return await self.store.write(_add, name=name, number=number, roles=roles, language=language, kind=kind)

    async def officer(
        self,
        grid: str = "A-01",
        *,
        name: str = "Li",
        is_primary: bool = True,
        on_duty: bool = True,
        joined: bool = True,
    ) -> int:
        """An officer of a grid; one who has not joined is of an import."""
        number = next(self._numbers) if joined else None
        officer: int = await self.store.write(
            _add, name=name, number=number, roles=(Role.OFFICER,), grid=grid, is_primary=is_primary, on_duty=on_duty
        )
        return officer

    async def lead(self, grid: str | None, *, name: str = "Zhao") -> int:
        """The lead of the community that the grid is in; without one, of none."""
        lead = await self.person(name=name, roles=(Role.LEAD,))
        if grid is not None:
            land = Land("Town", county.outlines()[grid][0])
            await self.do(posts.add, person_id=lead, land=land)
        return lead

    # -- reports --

    def photo(self, **changes: Any) -> File:
        """A photo that was just sent."""
        return file(next(self._numbers), **changes)

    def image(self, **changes: Any) -> File:
        """An image that was just sent as a file."""
        return file(next(self._numbers), kind=AttachmentKind.IMAGE_FILE, name="IMG_1.jpg", **changes)

    async def take(self, person: int, *parts: Any, now: datetime = NOW) -> Outcome:
        """Parts of a report, one after the other; a string is words, a pair a pin. What became of the last."""
        outcome = Outcome()
        for part in parts:
            outcome = await self.do(intake.take, person_id=person, part=as_part(part), county=self.county, now=now)
        return outcome

    async def file(
        self, reporter: int, *, at: Here = county.IN_A1, words: str | None = None, now: datetime = NOW
    ) -> int:
        """A report with a photo, filed."""
        outcome = await self.take(reporter, self.photo(caption=words), now=now)
        if outcome.draft is not None and outcome.draft.asking is not None:
            await self.do(intake.answer_join, person_id=reporter, joins=False, county=self.county, now=now)
        outcome = await self.take(reporter, at, now=now)
        if outcome.draft is not None and outcome.draft.asking is Asking.DUPLICATE:
            outcome = await self.do(following.another, person_id=reporter, county=self.county, now=now)
        assert outcome.filed is not None
        return outcome.filed

    async def accepted(self, reporter: int, officer: int, **how: Any) -> int:
        """A report that the officer has accepted."""
        report = await self.file(reporter, **how)
        await self.do(dispatch.accept, report_id=report, officer_id=officer)
        return report

    async def resolve(
        self, report: int, officer: int, *, words: str | None = None, at: Here | None = None, now: datetime = NOW
    ) -> None:
        """It is fixed; here is the proof, from the report's own place if no other is said."""
        if at is None:
            where = await self.report(report)
            at = (where.latitude, where.longitude)
        photo = attachment_of(officer, self.photo(), stage=Stage.AFTER, now=now)
        proof = Proof([photo], words, Standing(*at))
        await self.do(proofs.resolve, report_id=report, officer_id=officer, proof=proof, now=now)

    # -- what the store says, through a session of its own --

    async def report(self, report_id: int) -> Report:
        return await self.store.read(lambda session: session.get_one(Report, report_id))

    async def events(self, report_id: int) -> list[Event]:
        chosen = select(Event).where(Event.report_id == report_id).order_by(Event.id)
        return await self.store.read(lambda session: list(session.scalars(chosen)))

    async def story(self, report_id: int) -> list[EventKind]:
        """What happened, in order."""
        return [event.kind for event in await self.events(report_id)]

    async def routed(self, report_id: int) -> dict[str, Any]:
        """The facts of the last choice of whom to ask."""
        return [e.facts or {} for e in await self.events(report_id) if e.kind is EventKind.ROUTED][-1]

    async def offers(self, report_id: int) -> dict[int, str]:
        """State of the offer, by person."""
        chosen = select(Offer).where(Offer.report_id == report_id)
        return await self.store.read(lambda s: {o.person_id: str(o.state) for o in s.scalars(chosen)})

    async def asked(self, report_id: int) -> set[int]:
        """Who could accept now."""
        return {person for person, state in (await self.offers(report_id)).items() if state == "offered"}

    async def told(self, *, since: int = 0) -> list[tuple[int, Message]]:
        """Who is to be told what: all outbox messages, oldest first."""
        return [(row.person_id, row.message) for row in await self.outbox(after=since)]

    async def outbox(self, *, after: int = 0) -> list[OutboxMessage]:
        """All messages, or those that are newer than this one, the oldest first."""
        newer = select(OutboxMessage).where(OutboxMessage.id > after).order_by(OutboxMessage.id)
        return await self.store.read(lambda session: list(session.scalars(newer)))

    async def last_said(self) -> int:
        """The id of the newest outbox message."""
        return await self.store.read(lambda session: session.scalar(select(func.max(OutboxMessage.id)))) or 0

    async def rows(self, table: type[Base]) -> list[Any]:
        """All rows of a table."""
        order = list(table.__table__.primary_key)
        return await self.store.read(lambda session: list(session.scalars(select(table).order_by(*order))))

    async def deliver(self, *, now: datetime = NOW + timedelta(seconds=1)) -> list[OutboxMessage]:
        """All that is due reaches its people; the message ids are 10,000 and the outbox id. Returns what went out."""
        from services import delivery

        claimed = await self.store.write(outbox.claim, now=now, most=1000)
        settlements = [
            Settlement(one.id, OutboxState.DELIVERED, sent=(one.facts.get("edits") or 10_000 + one.id,))
            for one in claimed
        ]
        await self.do(delivery.settle, settlements=settlements, now=now)
        ids = {one.id for one in claimed}
        return [row for row in await self.outbox() if row.id in ids] if ids else []


def file(message_id: int, *, kind: AttachmentKind = AttachmentKind.PHOTO, **changes: Any) -> File:
    """A file as Telegram names it."""
    return File(kind=kind, message_id=message_id, file_id=f"f{message_id}", file_unique_id=f"u{message_id}", **changes)


def pin(place: Here) -> Place:
    """A place chosen on the map."""
    return Place(place[0], place[1], PlaceSource.PIN)


def as_part(part: Any) -> Any:
    """A string is words, a pair is a pin."""
    if isinstance(part, str):
        return Words(part)
    return pin(part) if isinstance(part, tuple) else part


def _add(
    session: Session,
    *,
    name: str,
    number: int | None,
    roles: Sequence[Role],
    language: Language = Language.EN,
    kind: ReporterKind | None = None,
    grid: str | None = None,
    is_primary: bool = True,
    on_duty: bool = True,
) -> int:
    person = Person(telegram_id=number, name=name, language=language, kind=kind, on_duty=on_duty, joined_at=NOW)
    session.add(person)
    session.flush()
    for role in roles:
        people.grant(session, person_id=person.id, role=role, now=NOW)
    if grid is not None:
        grid_id = session.scalar(select(Grid.id).where(Grid.code == grid))
        assert grid_id is not None
        session.add(Duty(person_id=person.id, grid_id=grid_id, is_primary=is_primary))
    return person.id
