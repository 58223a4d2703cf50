"""The parts of a report in every order, with the bot ended and started between any two: one report with all of it.

So it is with *No photo* tapped at any moment, also where a photo came, is still to come, or the report is filed.
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.settings import Settings
from services import intake
from services.errors import NothingToAdd
from services.parts import File, Part, Place, Words
from storage.kinds import AttachmentKind, PlaceSource
from storage.schema import Attachment, Draft, Person, Report
from storage.store import open_store
from tests import county
from tests.journeys.conftest import Town, running_town, settings
from tests.journeys.phone import Phone
from tests.moment import NOW
from tests.pictures import jpeg
from tests.services.scene import Scene
from views.actions import NoPhoto

__all__ = ["settings"]  # the fixture

ALBUMS = (1, 2, 3)
WORDS = "the pipe at the gate is broken"
CAPTION = "since this morning"
PLACE = "place"
NO_PHOTO = "no photo"
TAPPED = (1, 2)
"""Photos of those during which *No photo* is tapped."""


def found(session: Session) -> dict[int, list[tuple[int, str, list[str]]]]:
    """Every reporter's reports by Telegram number: the report's id, its words, its photos as they are shown."""
    reports: dict[int, list[tuple[int, str, list[str]]]] = {}
    for report, number in session.execute(
        select(Report, Person.telegram_id).join(Person, Person.id == Report.reporter_id)
    ):
        order = select(Attachment.file_unique_id).where(Attachment.report_id == report.id)
        photos = list(session.scalars(order.order_by(Attachment.message_id)))
        reports.setdefault(number, []).append((report.id, report.words or "", photos))
    return reports


def drafts(session: Session) -> list[tuple[int, int | None]]:
    """Who still has a draft, and which report it asks about."""
    chosen = select(Person.telegram_id, Draft.join_report_id).join(Person, Person.id == Draft.person_id)
    return [(row[0], row[1]) for row in session.execute(chosen)]


def place_of(number: int) -> tuple[float, float]:
    """A place of one's own, too far from the others' to be asked whether it is the same."""
    row, column = divmod(number, 30)
    return county.SOUTH + 0.0005 + row * 0.0009, county.WEST + 0.0005 + column * 0.0009


# -- the rules alone: every order in which the parts can possibly arrive --


def parts(photos: int) -> list[Any]:
    """An album of so many photos (one is no album), the sender's place, words."""
    group = "album" if photos > 1 else None
    album = [
        File(AttachmentKind.PHOTO, n, f"f{n}", f"u{n}", group, CAPTION if n == 1 else None)
        for n in range(1, photos + 1)
    ]
    return [*album, PLACE, Words(WORDS)]


def is_photo(part: Any) -> bool:
    """Whether it is one of the album's."""
    return isinstance(part, File)


def tapped(order: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The order with *No photo* tapped at each moment."""
    return [(*order[:at], NO_PHOTO, *order[at:]) for at in range(len(order) + 1)]


async def put(scene: Scene, person: int, part: Any, number: int, *, now: datetime) -> None:
    """Take the part, or the tap; a tap on what is no draft (any more) says so and changes nothing."""
    if part is NO_PHOTO:
        with suppress(NothingToAdd):
            await scene.do(intake.without_photo, person_id=person, county=scene.county, now=now)
        return
    await scene.do(intake.take, person_id=person, part=part_of(part, number), county=scene.county, now=now)


def part_of(part: Any, number: int) -> Part:
    """The part; the place is the sender's own."""
    return Place(*place_of(number), PlaceSource.PIN) if part is PLACE else part


async def test_the_rules_take_every_order(database_url: str) -> None:
    orders = [order for photos in ALBUMS for order in permutations(parts(photos))]
    orders += [one for photos in TAPPED for order in permutations(parts(photos)) for one in tapped(order)]
    store = await open_store(database_url)
    scene = Scene(store, await store.write(county.build))
    people = [await scene.person() for _ in orders]
    for step in range(max(map(len, orders))):
        now = NOW + timedelta(seconds=step)
        await asyncio.gather(
            *(
                put(scene, person, order[step], at, now=now)
                for at, (person, order) in enumerate(zip(people, orders, strict=True))
                if step < len(order)
            )
        )
        await scene.store.close()
        scene.store = await open_store(database_url)
    asking = {number for number, _ in await scene.store.read(drafts)}
    numbers = await scene.store.read(lambda session: dict(session.execute(select(Person.id, Person.telegram_id)).all()))
    for person in people:
        if numbers[person] in asking:
            joined = await scene.do(intake.answer_join, person_id=person, joins=True, county=scene.county, now=now)
            assert joined.joined is not None
    reports = await scene.store.read(found)
    assert await scene.store.read(drafts) == []
    await scene.store.close()
    for person, order in zip(people, orders, strict=True):
        ((_, words, photos),) = reports[numbers[person]]
        assert sorted(words.split("\n")) == [CAPTION, WORDS], order
        assert photos == [f"u{n}" for n, _ in enumerate(filter(is_photo, order), start=1)], order


# -- the whole house: an album's photos have their numbers in the order in which they are sent --


def kinds(photos: int) -> list[tuple[str, ...]]:
    """The orders that a person can send them in."""
    return sorted(set(permutations(["photo"] * photos + ["place", "words"])))


class Sender:
    """A person who sends a report's parts in one order."""

    def __init__(self, phone: Phone, order: tuple[str, ...], number: int) -> None:
        self.phone, self.order, self.place = phone, order, place_of(number)
        self.album = phone.new_album_id() if order.count("photo") > 1 else None
        self.photos: list[str] = []

    async def send(self, step: int) -> None:
        """The next part, if there is one more; what is tapped is under the bot's newest message."""
        kind = self.order[step] if step < len(self.order) else None
        if kind == "photo":
            caption = CAPTION if not self.photos else None
            sent: dict[str, Any] = self.phone.send_photo(jpeg(), caption=caption, media_group_id=self.album)
            self.photos.append(sent["photo"][-1]["file_unique_id"])
        elif kind == "place":
            self.phone.send_location(*self.place)
        elif kind == "words":
            self.phone.send_text(WORDS)
        elif kind == NO_PHOTO:
            await self.phone.until(lambda: self.phone.from_bot)
            self.phone.press(self.phone.from_bot[-1]["message_id"], data=NoPhoto().pack())


async def test_the_house_takes_every_order_with_a_restart_after_each_part(settings: Settings) -> None:
    async with running_town(settings) as town:
        orders = [order for photos in ALBUMS for order in kinds(photos)]
        orders += [one for order in kinds(1) for one in tapped(order)[1:]]  # before all there is no button
        senders = [Sender(town.rider(5001 + n), order, n) for n, order in enumerate(orders)]
        for step in range(max(map(len, orders))):
            for sender in senders:
                await sender.send(step)
            if step % 2:  # else they are cut off in the middle of it
                await town.tg.settled()
            await restart(town)
        await town.tg.settled()
        for number, report in await town.store.read(drafts):
            rider = town.rider(number)
            question = await rider.hears("draft-join", number=f"D-{report:06d}")
            rider.push(question, "button-join", number=f"D-{report:06d}")
        await town.tg.settled()
        assert await town.store.read(drafts) == []
        reports = await town.store.read(found)
    for sender in senders:
        ((_, words, photos),) = reports[sender.phone.id]
        assert sorted(words.split("\n")) == [CAPTION, WORDS], sender.order
        assert photos == sender.photos, sender.order


async def restart(town: Town) -> None:
    """End the bot and the alerts, and start them again."""
    await town.close()
    await town.open()
