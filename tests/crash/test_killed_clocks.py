"""Two clocks on one store, killed at a commit and between two steps: each step is taken once, and everybody told."""

import signal
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.time import utc_now
from services import dispatch
from services.county import load
from storage.kinds import EventKind, Message, OutboxState, Role
from storage.schema import Event, OutboxMessage, Report
from tests.crash.conftest import UNSETTLED, Town
from tests.crash.holding import before_the_commit, before_the_handler
from tests.process import Process
from tests.services.scene import Scene

FIRE = "着火了"
REPORTS = 3
STEPS = (EventKind.REMINDED, EventKind.RAISED, EventKind.RAISED, EventKind.RAISED)
"""To the officer, then to the deputy, the lead and the desk."""


@dataclass
class Ladder:
    """Reports that nobody accepts, and two processes that look after their time."""

    town: Town
    scene: Scene
    rider: int
    told: list[int]
    """Who hears of each step."""
    other: Process
    """The second clock; the first is the town's."""

    async def step_is_due(self) -> None:
        """The time passes until the next step: the count of every report began so much longer ago."""
        await self._step_is_due_in(timedelta())

    async def no_step_is_due(self) -> None:
        """Half of the time to accept is two and a half minutes: on a machine with much else to do a test takes longer,
        and no step is to be due but when the test says so.
        """
        await self.town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
        await self._step_is_due_in(timedelta(hours=1))

    async def _step_is_due_in(self, wait: timedelta) -> None:
        def age(session: Session) -> None:
            due = utc_now() + wait
            for report in session.scalars(select(Report)):
                assert report.next_at is not None
                earlier = report.next_at - due
                report.phase_from -= earlier
                report.accept_by -= earlier
                report.next_at = due
                for row in session.scalars(select(OutboxMessage).where(OutboxMessage.report_id == report.id)):
                    if "by" in (row.facts or {}):  # it is the same promise still
                        row.facts = {**(row.facts or {}), "by": report.accept_by.isoformat()}

        await self.town.store.write(age)

    async def nothing_rings_again(self) -> None:
        """Who pushes again holds the reports while it waits for the outbox, and nobody could let their time pass."""
        await self.town.store.write(lambda session: session.execute(update(OutboxMessage).values(push_again_at=None)))

    async def is_taken(self, many: int) -> None:
        """Wait until so many steps were taken with every report."""
        await self.town.counts(many * REPORTS, Event, Event.kind.in_(set(STEPS)))

    async def all_were_taken_once(self, many: int) -> None:
        """Of so many steps: one event for each report, one message for who hears of it, and it has arrived."""
        await self.town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
        for report in await self.scene.rows(Report):
            story = await self.scene.events(report.id)
            assert [event.kind for event in story if event.kind in STEPS] == list(STEPS[:many])
        rows = [row for row in await self.scene.outbox() if row.message in (Message.REMINDER, Message.RAISED)]
        lapsed = [row.person_id for row in rows if "by" in (row.facts or {})]
        assert lapsed == ([self.told[0]] * REPORTS if many > 1 else [])
        first = Counter(row.person_id for row in rows if row.pushes == 1 and "by" not in (row.facts or {}))
        assert first == dict.fromkeys(self.told[:many], REPORTS)
        late = [row for row in await self.scene.outbox() if row.message is Message.LATE]
        assert [row.person_id for row in late] == [self.rider] * REPORTS
        assert {row.state for row in (*rows, *late)} == {OutboxState.DELIVERED}


def another(town: Town) -> Process:
    """One more process that pushes alerts and runs the clock."""
    return Process("alerts", settings=town.settings, folder=town.folder, log=town.folder / "other-log")


@pytest.fixture
async def ladder(town: Town) -> AsyncIterator[Ladder]:
    """All who are asked, one after the other, have a chat; three urgent reports wait; two clocks run."""
    land = await town.store.read(load)
    assert land is not None
    scene = Scene(town.store, land)
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    lead, desk = await scene.lead("A-01"), await scene.person("Desk", roles=(Role.DESK,))
    rider = await scene.person()
    for number in range(101, 106):
        town.tg.person(number, first_name="Somebody", language_code="en")
    for _ in range(REPORTS):
        await scene.file(rider, words=FIRE, now=utc_now())
    await town.start("alerts")
    made = Ladder(town, scene, rider, [officer, deputy, lead, desk], another(town))
    try:
        await made.other.is_running()
        await made.no_step_is_due()
        yield made
    finally:
        await made.other.kill()


async def test_at_the_commit_of_a_step(ladder: Ladder) -> None:
    town = ladder.town
    for taken in range(2):
        await ladder.no_step_is_due()  # and nothing is on its way: who settles it would hang instead of the step
        await ladder.nothing_rings_again()
        async with before_the_commit(town.url) as stuck:
            async with before_the_handler(town.url):  # who is stopped in the middle of a transaction holds up the rest
                ladder.other.freeze()
            await ladder.step_is_due()
            await stuck()
            await town.kill()
        assert await town.count(Event, Event.kind.in_(set(STEPS))) == taken * REPORTS
        ladder.other.send(signal.SIGCONT)
        await town.start("alerts")
        await ladder.is_taken(taken + 1)
    await ladder.all_were_taken_once(2)


async def test_a_promise_that_breaks_behind_who_passed_it_on_is_told_once(ladder: Ladder) -> None:
    """Killed between the officer's no and the promise, and at the commit of the moment in which it is broken."""
    town, scene = ladder.town, ladder.scene
    officer, deputy = ladder.told[:2]
    reports = [report.id for report in await scene.rows(Report)]

    def pass_on_late(session: Session) -> None:
        now = utc_now()
        for report in session.scalars(select(Report)):
            report.phase_from -= report.accept_by - now - timedelta(minutes=1)
            report.accept_by = now + timedelta(minutes=1)
            dispatch.decline(session, report_id=report.id, officer_id=officer, why="away", now=now)

    await town.kill()
    await town.store.write(pass_on_late)
    await town.start("alerts")
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
    await ladder.nothing_rings_again()
    async with before_the_commit(town.url) as stuck:
        async with before_the_handler(town.url):
            ladder.other.freeze()
        await ladder.step_is_due()
        await stuck()
        await town.kill()
    assert await town.count(OutboxMessage, OutboxMessage.message == Message.LATE) == 0
    ladder.other.send(signal.SIGCONT)
    await town.start("alerts")
    await town.counts(REPORTS, OutboxMessage, OutboxMessage.message == Message.LATE)
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
    rows = await scene.outbox()
    assert [row.person_id for row in rows if row.message is Message.LATE] == [ladder.rider] * REPORTS
    assert not [row for row in rows if row.message is Message.REMINDER]
    assert await town.count(Event, Event.kind.in_(set(STEPS))) == 0  # the deputy has some time left
    for report in reports:
        assert await scene.asked(report) == {deputy}
        row = await scene.report(report)
        assert row.next_at is not None
        assert row.next_at > row.accept_by


async def test_between_two_steps(ladder: Ladder) -> None:
    town = ladder.town
    for taken in range(len(STEPS)):
        await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
        await ladder.step_is_due()
        await ladder.is_taken(taken + 1)
        if taken % 2:
            await ladder.other.kill()
            ladder.other = another(town)
        else:
            await town.kill()
            await town.start("alerts")
    await ladder.all_were_taken_once(len(STEPS))
    for number in range(101, 105):
        chat = town.tg.person(number)
        assert any("D-" in str(message.get("text")) for message in chat.from_bot)
