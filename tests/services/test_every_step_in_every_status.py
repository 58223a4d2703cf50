"""Every step that people can take, at every point of a report's life: it leads where this table says, or is refused.

What is refused has a sentence in both languages and leaves everything as it was.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import again, dispatch, fairness, lifecycle, merging, presence, proofs, reports, talk, verdicts, waiting
from services.errors import DomainError
from services.parts import attachment_of
from services.proofs import Proof, Standing
from services.talk import Said
from storage.kinds import Language, PlaceSource, Stage, Status, WaitingFor
from storage.schema import Event, OutboxMessage, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from views.errors import toast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPEN, ACCEPTED, RESOLVED, REVIEW, REJECTED, CLOSED, WITHDRAWN, MERGED = (
    *(Status.OPEN, Status.ACCEPTED, Status.RESOLVED, Status.REVIEW),
    *(Status.REJECTED, Status.CLOSED, Status.WITHDRAWN, Status.MERGED),
)


@dataclass
class People:
    """Who acts: a report's officer and his deputy, its reporter, a lead; and another report beside it."""

    scene: Scene
    officer: int
    deputy: int
    rider: int
    lead: int
    other: int

    async def do(self, fn: Callable[..., Any], report: int, **who: Any) -> None:
        await self.scene.do(fn, report_id=report, now=who.pop("now", NOW + HOUR), **who)

    def proof(self) -> Proof:
        photo = attachment_of(self.officer, self.scene.photo(), stage=Stage.AFTER, now=NOW)
        return Proof([photo], None, Standing(*county.IN_A1))


@pytest.fixture
async def people(scene: Scene) -> People:
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    beside = await scene.file(await scene.person(), words="water leak")
    return People(scene, officer, deputy, await scene.person(), await lead(scene), beside)


Step = Callable[[People, int], Awaitable[None]]


def by_officer(fn: Callable[..., Any], **arguments: Any) -> Step:
    return lambda it, report: it.do(fn, report, officer_id=it.officer, **arguments)


def by_rider(fn: Callable[..., Any], **arguments: Any) -> Step:
    return lambda it, report: it.do(fn, report, person_id=it.rider, **arguments)


async def fix_of(it: People, report: int) -> int:
    return (await it.scene.report(report)).reopened


async def fixed(it: People, report: int) -> None:
    await it.do(verdicts.fixed, report, person_id=it.rider, fix=await fix_of(it, report))


async def not_fixed(it: People, report: int) -> None:
    await it.do(verdicts.not_fixed, report, person_id=it.rider, fix=await fix_of(it, report), why="still")


HERE = dict(zip(("latitude", "longitude"), county.IN_A1, strict=True))
STEPS: dict[str, tuple[Step, dict[str, Status]]] = {
    "accept": (by_officer(dispatch.accept), {"open": ACCEPTED}),
    "not mine": (by_officer(dispatch.decline, why="away"), {"open": OPEN, "accepted": OPEN, "reopened": OPEN}),
    "resolve": (
        lambda it, report: it.do(proofs.resolve, report, officer_id=it.officer, proof=it.proof()),
        {"accepted": RESOLVED, "reopened": RESOLVED},
    ),
    "reject": (by_officer(dispatch.reject, why="none"), {"accepted": REJECTED, "reopened": REJECTED}),
    "call false": (by_officer(fairness.mark_false, why="nothing"), {"accepted": REJECTED, "reopened": REJECTED}),
    "wait": (
        by_officer(waiting.wait_for, waiting_for=WaitingFor.REPORTER, until=NOW + DAY),
        {"accepted": ACCEPTED, "reopened": ACCEPTED},
    ),
    "ask": (by_officer(talk.ask, said=Said("Where?")), {"accepted": ACCEPTED, "reopened": ACCEPTED}),
    "merge": (
        lambda it, report: it.do(merging.merge, report, officer_id=it.officer, into_id=it.other),
        {"open": MERGED, "accepted": MERGED, "reopened": MERGED},
    ),
    "withdraw": (by_rider(reports.withdraw), {"open": WITHDRAWN}),
    "category": (by_rider(reports.change_category, code="fire"), {"open": OPEN}),
    "place": (
        lambda it, report: it.do(
            reports.change_place,
            report,
            person_id=it.rider,
            **HERE,
            source=PlaceSource.PIN,
            place_name=None,
            county=it.scene.county,
        ),
        {"open": OPEN},
    ),
    "words": (by_rider(reports.add, words="more"), {"open": OPEN, "accepted": ACCEPTED, "reopened": ACCEPTED}),
    "answer": (by_rider(talk.answer, said=Said("There.")), {"accepted": ACCEPTED, "reopened": ACCEPTED}),
    "object": (by_rider(fairness.dispute, words="It is there."), {"called false": REVIEW}),
    "fixed": (fixed, {"resolved": CLOSED, "for the third time": CLOSED, "whose officer left": CLOSED}),
    "not fixed": (
        not_fixed,
        {"resolved": ACCEPTED, "for the third time": REVIEW, "whose officer left": OPEN},
    ),
    "stars": (by_rider(verdicts.rate, stars=5), {"closed": CLOSED}),
    "again": (
        lambda it, report: it.do(again.say_again, report, person_id=it.rider, county=it.scene.county),
        {"closed": CLOSED},
    ),
    "lead: it is fixed": (
        lambda it, report: it.do(verdicts.decide, report, lead_id=it.lead, is_fixed=True),
        {"disputed fix": CLOSED},
    ),
    "lead: it is not": (
        lambda it, report: it.do(verdicts.decide, report, lead_id=it.lead, is_fixed=False),
        {"disputed fix": OPEN},
    ),
    "lead: it was false after all": (
        lambda it, report: it.do(fairness.mark_false, report, officer_id=it.lead, why="nothing"),
        dict.fromkeys(("resolved", "for the third time", "whose officer left", "closed"), REJECTED),
    ),
    "lead: it was false": (
        lambda it, report: it.do(fairness.decide_dispute, report, person_id=it.lead, is_false=True),
        {"disputed as false": REJECTED},
    ),
    "lead: it is true": (
        lambda it, report: it.do(fairness.decide_dispute, report, person_id=it.lead, is_false=False),
        {"disputed as false": OPEN},
    ),
}
"""Each step, and from which point of a report's life it leads where; from all others it is refused."""


async def after(it: People, report: int, *steps: str) -> None:
    for step in steps:
        await STEPS[step][0](it, report)


LIVES: dict[str, tuple[str, ...]] = {
    "open": (),
    "accepted": ("accept",),
    "resolved": ("accept", "resolve"),
    "reopened": ("accept", "resolve", "not fixed"),
    "for the third time": ("accept", *("resolve", "not fixed") * 2, "resolve"),
    "disputed fix": ("accept", *("resolve", "not fixed") * 3),
    "closed": ("accept", "resolve", "fixed"),
    "rejected": ("accept", "reject"),
    "called false": ("accept", "call false"),
    "disputed as false": ("accept", "call false", "object"),
    "found false": ("accept", "call false", "object", "lead: it was false"),
    "withdrawn": ("withdraw",),
    "whose officer left": ("accept", "resolve"),
}
"""How a report comes to each point of its life."""


async def lived(it: People, point: str) -> int:
    """A new report, of somebody new, at this point."""
    it.rider = await it.scene.person()
    report = await it.scene.file(it.rider, words="water leak")
    await after(it, report, *LIVES[point])
    if point == "whose officer left":
        await it.scene.do(presence.reachability, person_id=it.officer, is_reachable=False)
    return report


async def refusal(step: Awaitable[None]) -> DomainError | None:
    """Why a step is refused; None: it is not."""
    try:
        await step
    except DomainError as error:
        return error
    return None


async def everything(scene: Scene, report: int) -> list[Any]:
    """What would show that something happened."""

    def read(session: Session) -> list[Any]:
        row = session.get_one(Report, report)
        many = [session.scalar(select(func.count()).select_from(table)) for table in (Report, Event, OutboxMessage)]
        return [{column.name: getattr(row, column.name) for column in Report.__table__.columns}, many]

    return await scene.store.read(read)


@pytest.mark.parametrize("point", LIVES)
async def test_each_step_leads_where_the_table_says_or_is_refused_in_words(people: People, point: str) -> None:
    for name, (step, leads) in STEPS.items():
        report = await lived(people, point)
        if point in leads:
            await step(people, report)
            assert (await people.scene.report(report)).status is leads[point], name
        else:
            before = await everything(people.scene, report)
            error = await refusal(step(people, report))
            assert error is not None, name
            assert await everything(people.scene, report) == before, name
            assert all(toast(language, error.key, error.facts) for language in Language), name
        if point == "whose officer left":
            await people.scene.do(presence.reachability, person_id=people.officer, is_reachable=True)


async def test_a_merged_report_refuses_what_is_an_officers_and_names_the_one_in_which_it_goes_on(
    people: People,
) -> None:
    for name in ("accept", "not mine", "resolve", "reject", "call false", "wait", "merge", "withdraw", "category"):
        report = await lived(people, "open")
        await after(people, report, "merge")
        before = await everything(people.scene, report)
        error = await refusal(after(people, report, name))
        assert error is not None, name
        assert error.key in ("error-goes-on", "error-not-allowed"), name
        assert await everything(people.scene, report) == before, name


def test_every_change_that_the_table_of_the_lifecycle_allows_is_a_step_of_somebody() -> None:
    """What no step leads to would be a way that nobody can take, and is not tried here."""
    at = {
        "open": OPEN,
        "accepted": ACCEPTED,
        "reopened": ACCEPTED,
        "resolved": RESOLVED,
        "for the third time": RESOLVED,
        "whose officer left": RESOLVED,
        "disputed fix": REVIEW,
        "disputed as false": REVIEW,
        "closed": CLOSED,
        "called false": REJECTED,
    }
    walked = {(at[point], to) for _, leads in STEPS.values() for point, to in leads.items() if at[point] is not to}
    assert walked == {(before, to) for before, follow in lifecycle.ALLOWED.items() for to in follow}
