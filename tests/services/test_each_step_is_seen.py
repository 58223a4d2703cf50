"""What each step of time and of waiting says, and to whom: messages, and the cards that change in whose chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from services import dispatch, escalation, fairness, followers, verdicts, waiting
from services.lifecycle import load
from storage.kinds import Message, WaitingFor
from tests.moment import NOW
from tests.services.scene import Scene

FIRE = "着火了"
MINUTE = timedelta(minutes=1)
ALL_CARDS = {("officer", "card"), ("rider", "card"), ("follower", "card")}


@dataclass
class Case:
    """An urgent report with two people who have the trouble, and the officers of its grid."""

    scene: Scene
    report: int
    people: dict[int, str]
    officer: int
    deputy: int
    rider: int

    async def news(self, step: Callable[["Case"], Awaitable[object]]) -> set[tuple[str, str]]:
        """What the step gives to be said, once all that was to be said before has arrived."""
        await self.arrived()
        since = await self.scene.last_said()
        await step(self)
        return {(self.people[person], str(message)) for person, message in await self.scene.told(since=since)}

    async def arrived(self) -> None:
        """Everything has been delivered, long before anything else is due."""
        while await self.scene.deliver(now=NOW + timedelta(days=1)):
            pass

    async def tick(self, minutes: float) -> None:
        await self.scene.do(escalation.tick, now=NOW + minutes * MINUTE)

    async def accept(self, officer: int | None = None, *, minutes: float = 1) -> None:
        who = officer or self.officer
        await self.scene.do(dispatch.accept, report_id=self.report, officer_id=who, now=NOW + minutes * MINUTE)

    async def wait(self, whom: WaitingFor) -> None:
        await self.scene.do(
            waiting.wait_for,
            report_id=self.report,
            officer_id=self.officer,
            waiting_for=whom,
            until=NOW + 300 * MINUTE,
            now=NOW + 30 * MINUTE,
        )


@pytest.fixture
async def case(scene: Scene) -> Case:
    """Filed a moment ago."""
    officer, deputy = await scene.officer(), await scene.officer(is_primary=False)
    rider, follower = await scene.person(), await scene.person()
    report = await scene.file(rider, words=FIRE)

    def follow(session: Session, *, now: object) -> None:
        followers.add(session, load(session, report), follower, now=NOW)
        from services import notices

        notices.followed(session, load(session, report), follower, now=NOW)

    await scene.do(follow)
    named = {officer: "officer", deputy: "deputy", rider: "rider", follower: "follower"}
    return Case(scene, report, named, officer, deputy, rider)


async def test_at_half_the_time_the_officer_is_reminded_and_every_card_counts_down(case: Case) -> None:
    assert await case.news(lambda it: it.tick(2.5)) == {("officer", "reminder"), *ALL_CARDS}


async def test_at_the_deadline_the_next_is_asked_the_earlier_ones_card_changes_and_all_hear_that_it_is_late(
    case: Case,
) -> None:
    await case.tick(2.5)
    told = {("deputy", "raised"), ("officer", "reminder"), ("rider", "late"), ("follower", "late")}
    assert await case.news(lambda it: it.tick(5)) == told | ALL_CARDS


async def test_who_takes_over_is_named_to_all_and_the_card_of_who_had_it_changes(case: Case) -> None:
    await case.accept()
    await case.tick(60)
    await case.tick(120)
    told = {("officer", "taken_over"), ("rider", "accepted"), ("follower", "accepted"), ("deputy", "card")}
    assert await case.news(lambda it: it.accept(it.deputy, minutes=121)) == told | ALL_CARDS


@pytest.mark.parametrize("whom", WaitingFor)
async def test_a_wait_is_said_to_all_who_have_the_trouble_but_that_an_answer_is_awaited_to_its_reporter_alone(
    case: Case, whom: WaitingFor
) -> None:
    await case.accept()
    told = {("rider", "paused"), *ALL_CARDS} | ({("follower", "paused")} if whom is WaitingFor.THIRD_PARTY else set())
    assert await case.news(lambda it: it.wait(whom)) == told


async def test_when_a_wait_ends_by_itself_the_officer_hears_and_every_card_changes(case: Case) -> None:
    await case.accept()
    await case.wait(WaitingFor.THIRD_PARTY)
    assert await case.news(lambda it: it.tick(300)) == {("officer", "wait_over"), *ALL_CARDS}


async def test_a_wait_that_ends_elsewhere_than_was_said_counts_from_the_new_end(case: Case) -> None:
    await case.accept()
    await case.wait(WaitingFor.THIRD_PARTY)  # 90 of 120 minutes are left
    later = {"waiting_for": WaitingFor.REPORTER, "until": NOW + 400 * MINUTE, "now": NOW + 200 * MINUTE}
    await case.scene.do(waiting.wait_for, report_id=case.report, officer_id=case.officer, **later)
    await case.tick(300)
    assert (await case.scene.report(case.report)).waiting_for is WaitingFor.REPORTER
    await case.tick(400)
    assert (await case.scene.report(case.report)).resolve_by == NOW + 490 * MINUTE


@pytest.mark.parametrize("is_false", [True, False])
async def test_why_it_is_no_case_is_said_to_all_who_have_the_trouble(case: Case, is_false: bool) -> None:
    await case.accept()

    async def reject(it: Case) -> None:
        end = fairness.mark_false if is_false else dispatch.reject
        await it.scene.do(end, report_id=it.report, officer_id=it.officer, why="nothing there")

    assert await case.news(reject) == {("rider", "rejected"), ("follower", "rejected"), *ALL_CARDS}


async def test_what_the_lead_decides_is_said_to_all_who_have_the_trouble(case: Case) -> None:
    await case.accept()
    for fix in range(verdicts.MOST_REOPENED + 1):
        await case.scene.resolve(case.report, case.officer, now=NOW + 2 * MINUTE)
        said = {"report_id": case.report, "person_id": case.rider, "fix": fix, "why": "still"}
        await case.scene.do(verdicts.not_fixed, **said, now=NOW + 3 * MINUTE)
    boss = await case.scene.person("Boss", roles=())
    case.people[boss] = "boss"

    async def decide(it: Case) -> None:
        from services import people
        from storage.kinds import Role

        await it.scene.do(people.grant, person_id=boss, role=Role.ADMIN)
        await it.scene.do(verdicts.decide, report_id=it.report, lead_id=boss, is_fixed=True)

    told = await case.news(decide)
    assert {("rider", "decided"), ("follower", "decided"), ("officer", str(Message.VERDICT))} <= told
