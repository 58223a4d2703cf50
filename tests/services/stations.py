"""Service places and their people, for tests of what is true there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from services.places import catalogue, faults, keepers, stations, visits
from services.places.faults import Begun
from storage.kinds import Message, Role
from storage.near_places import StationRecord
from storage.place_records import PlaceRecord
from storage.places_kinds import Wrong
from storage.schema import OutboxMessage, PlaceFacility, ServicePlace
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

FACILITIES = ("water", "charging", "parking")
ASKED = NOW + timedelta(minutes=20)
"""When who checked in at the beginning is asked."""


@dataclass
class Stations:
    """A scene with service places in it."""

    scene: Scene
    _numbers: Any = field(default_factory=lambda: count(1))

    async def place(self, *, facilities: Sequence[str] = FACILITIES, **said: Any) -> int:
        """A warm station in A-01, open from 8 to 20; its number."""
        return await self.scene.do(add_place, number=next(self._numbers), facilities=facilities, **said)

    async def keeper(self, *places: int, name: str = "Keeper") -> int:
        """Somebody who looks after these places."""
        person = await self.scene.person(name, roles=(Role.KEEPER,))
        for place in places:
            await self.scene.do(keepers.add, person_id=person, place_id=place)
        return person

    async def visit(self, person: int, place: int, *, now: datetime = NOW) -> None:
        """Somebody checks in."""
        await self.scene.do(visits.check_in, person_id=person, place_id=place, now=now)

    async def ask(self, *, now: datetime = ASKED) -> None:
        """The clock asks those who may be asked."""
        while await self.scene.do(visits.ask, now=now):
            pass

    async def says(
        self, person: int, visit: int, wrong: Wrong | None = None, *, now: datetime = ASKED, **what: Any
    ) -> None:
        """He answers whether it is still right."""
        await self.scene.do(visits.answer, person_id=person, visit_id=visit, wrong=wrong, now=now, **what)

    async def doubted(self, place: int, *wrong: Wrong, at: datetime = NOW, **what: Any) -> None:
        """Visitors, one after the other, say that this is not right."""
        for one in wrong:
            person = await self.scene.person("Visitor")
            await self.visit(person, place, now=at)
            await self.ask(now=at + (ASKED - NOW))
            visit = max(row.id for row in await self.visits() if row.person_id == person)
            await self.says(person, visit, one, **what)

    async def fault(self, person: int, place: int, facility: str = "charging", **what: Any) -> Begun:
        """Somebody reports that something is broken."""
        how = {"person_id": person, "place_id": place, "facility": facility, "county": self.scene.county}
        return await self.scene.do(faults.begin, **how, **what)

    # -- what the store says --

    async def now(self, place: int, *, to: int | None = None, now: datetime = NOW) -> StationRecord:
        """The place, as this person sees it; else as an administrator does."""
        person = to if to is not None else await self.scene.person("Admin", roles=(Role.ADMIN,))
        return await self.scene.store.read(stations.station, person_id=person, place_id=place, now=now)

    async def record(self, place: int) -> PlaceRecord:
        """The place as it is kept."""
        return await self.scene.store.read(catalogue.read, place_id=place)

    async def broken(self, place: int) -> dict[str, int | None]:
        """What is broken, and the report that says so."""
        return {one.code: one.report_id for one in (await self.record(place)).facilities if one.is_broken}

    async def visits(self) -> list[Any]:
        """Who is known to have been where."""
        from storage.schema import PlaceVisit

        return await self.scene.rows(PlaceVisit)

    async def messages(self, message: Message) -> list[OutboxMessage]:
        """All of this kind, the oldest first."""
        return [row for row in await self.scene.outbox() if row.message is message]

    async def told(self, message: Message) -> list[int]:
        """Who is told this."""
        return [row.person_id for row in await self.messages(message)]


def add_place(
    session: Session, *, number: int, facilities: Sequence[str] = FACILITIES, now: datetime, **said: Any
) -> int:
    """A warm station."""
    latitude, longitude = county.IN_A1
    usual: dict[str, Any] = {
        "code": f"S-{number:03}",
        "kind": "station",
        "name_zh": f"府前{number}号驿站",
        "name_en": f"Station {number} at Fuqian",
        "latitude": latitude,
        "longitude": longitude,
        "address": f"府前街{number}号",
        "hours": "08:00-20:00",
        "spaces": 5,
        "doubts": 0,
        "added_at": now,
        "version": 0,
    }
    place = ServicePlace(**usual | said)
    session.add(place)
    session.flush()
    session.add_all([PlaceFacility(place_id=place.id, facility=one) for one in facilities])
    catalogue.touch(session, place)
    return place.id


def remove_place(session: Session, *, place_id: int, now: datetime) -> None:
    """It is not there any more."""
    place = catalogue.lock(session, place_id)
    place.removed_at = now
    catalogue.touch(session, place)
