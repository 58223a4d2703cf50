"""Two rules at once on one report: the store lets one of them be first, whichever; the other hears why not.

Each pair meets in many reports at the same time, half of them with the other one ahead.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from services import dispatch, escalation, reports, withdrawing
from services.errors import (
    AlreadyAccepted,
    AlreadyYours,
    DomainError,
    FixedByAnother,
    HasAnother,
    NotAllowed,
    NotOffered,
    ReportEnded,
    TooLateToChange,
)
from storage.kinds import EventKind, PlaceSource, Status
from storage.store import Store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

REPORTS = 16


@dataclass
class Case:
    """One report, who sent it and who may act on it."""

    scene: Scene
    report: int
    reporter: int
    first: int
    second: int


Step = Callable[[Case], Awaitable[object]]


async def accept(case: Case) -> None:
    await case.scene.do(dispatch.accept, report_id=case.report, officer_id=case.first)


async def accept_as_second(case: Case) -> None:
    await case.scene.do(dispatch.accept, report_id=case.report, officer_id=case.second)


async def decline(case: Case) -> None:
    await case.scene.do(dispatch.decline, report_id=case.report, officer_id=case.first, why="grid")


async def withdraw(case: Case) -> None:
    await case.scene.do(withdrawing.withdraw, report_id=case.report, person_id=case.reporter)


async def resolve(case: Case) -> None:
    await case.scene.resolve(case.report, case.first)


async def resolve_as_second(case: Case) -> None:
    await case.scene.resolve(case.report, case.second)


async def reject(case: Case) -> None:
    await case.scene.do(dispatch.reject, report_id=case.report, officer_id=case.first, why="none")


async def clock(case: Case) -> None:
    """The time to accept is over: it is raised to whoever is next."""
    await case.scene.do(escalation.tick, now=NOW + timedelta(hours=3))


async def move(case: Case) -> None:
    await case.scene.do(
        reports.change_place,
        report_id=case.report,
        person_id=case.reporter,
        latitude=county.IN_B1[0],
        longitude=county.IN_B1[1],
        source=PlaceSource.PIN,
        place_name=None,
        county=case.scene.county,
    )


OPEN = [
    pytest.param(accept, accept_as_second, (AlreadyAccepted,), id="accept-accept"),
    pytest.param(accept, accept, (AlreadyYours,), id="accept-twice"),
    pytest.param(accept, withdraw, (ReportEnded, TooLateToChange), id="accept-withdraw"),
    pytest.param(accept_as_second, decline, (NotOffered,), id="accept-not-mine"),
    pytest.param(accept, decline, (NotOffered,), id="accept-not-mine-by-the-same"),
    pytest.param(accept, move, (NotOffered, TooLateToChange), id="accept-move"),
    pytest.param(accept, clock, (), id="accept-clock"),
    pytest.param(decline, clock, (NotOffered,), id="not-mine-clock"),
    pytest.param(withdraw, withdraw, (ReportEnded,), id="withdraw-twice"),
    pytest.param(decline, decline, (NotOffered,), id="not-mine-twice"),
]
ACCEPTED = [
    pytest.param(resolve, resolve, (ReportEnded,), id="resolve-twice"),
    pytest.param(resolve, reject, (ReportEnded,), id="resolve-reject"),
    pytest.param(resolve, resolve_as_second, (HasAnother, FixedByAnother), id="resolve-by-two"),
    pytest.param(resolve, accept_as_second, (AlreadyAccepted, FixedByAnother), id="resolve-accept"),
    pytest.param(resolve, decline, (ReportEnded, NotAllowed), id="resolve-not-mine"),
]


@pytest.fixture
async def scene(store: Store) -> Scene:
    """The small county."""
    return Scene(store, await store.write(county.build))


async def cases(scene: Scene) -> list[Case]:
    """Reports of as many reporters, all offered to the same two officers."""
    first, second = await scene.officer(name="Li"), await scene.officer(name="Zhao")
    await scene.officer("B-01", name="Qian")

    async def make() -> Case:
        reporter = await scene.person()
        return Case(scene, await scene.file(reporter), reporter, first, second)

    return list(await asyncio.gather(*(make() for _ in range(REPORTS))))


async def race(pair: tuple[Step, Step], made: list[Case]) -> list[list[object]]:
    """Both steps on every report, all at once; what came of each, by report."""
    ahead = [pair if at % 2 else pair[::-1] for at in range(len(made))]
    steps = [step(case) for case, steps in zip(made, ahead, strict=True) for step in steps]
    ended = await asyncio.gather(*steps, return_exceptions=True)
    strange = [one for one in ended if isinstance(one, BaseException) and not isinstance(one, DomainError)]
    assert strange == []
    return [ended[at : at + 2] for at in range(0, len(ended), 2)]


async def check(case: Case) -> None:
    """The timeline is one unbroken line of changes that ends at the present status; nobody is asked in vain."""
    report, timeline = await case.scene.report(case.report), await case.scene.events(case.report)
    changes = [event for event in timeline if event.to_status is not None]
    assert [event.from_status for event in changes[1:]] == [event.to_status for event in changes[:-1]]
    assert changes[-1].to_status == report.status
    assert (report.officer_id is not None) == (report.status in (Status.ACCEPTED, Status.RESOLVED, Status.REJECTED))
    asked = await case.scene.asked(case.report)
    assert bool(asked) == (report.status is Status.OPEN)


@pytest.mark.parametrize(("one", "other", "refusals"), OPEN)
async def test_on_an_open_report(scene: Scene, one: Step, other: Step, refusals: tuple[type, ...]) -> None:
    made = await cases(scene)
    for case, ended in zip(made, await race((one, other), made), strict=True):
        refused = [problem for problem in ended if problem is not None]
        assert all(isinstance(problem, refusals) for problem in refused)
        assert len(refused) <= 1
        await check(case)
        story = await scene.story(case.report)
        assert story.count(EventKind.ACCEPTED) + story.count(EventKind.WITHDRAWN) <= 1


@pytest.mark.parametrize(("one", "other", "refusals"), ACCEPTED)
async def test_on_an_accepted_report(scene: Scene, one: Step, other: Step, refusals: tuple[type, ...]) -> None:
    made = await cases(scene)
    await asyncio.gather(*(accept(case) for case in made))
    for case, ended in zip(made, await race((one, other), made), strict=True):
        (refused,) = [problem for problem in ended if problem is not None]
        assert isinstance(refused, refusals)
        await check(case)
        story = await scene.story(case.report)
        assert story.count(EventKind.RESOLVED) + story.count(EventKind.REJECTED) + story.count(EventKind.DECLINED) == 1
