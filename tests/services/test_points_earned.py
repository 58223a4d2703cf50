"""What is earned: for a fix that is confirmed, by whom, how much at most, how it is told, and that it is taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from services import dispatch, escalation, fairness, merging, talk, verdicts
from services.points import earning, ledger, purse
from services.points.accounts import Name, owed
from services.points.accounts import purse as purse_of
from services.points.earning import Limit
from services.points.ledger import About
from services.verdicts import MOST_REOPENED
from storage.kinds import Message, Status
from storage.points_kinds import Reason
from storage.schema import Transfer
from tests import county
from tests.moment import NOW
from tests.services import bare_ledger
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from tests.services.test_verdicts import SILENCE, fixed, follow, say

RULES = earning.rules()
DAY = timedelta(days=1)
FAR = (county.IN_A1[0] + 0.00065, county.IN_A1[1])
"""Some 72 m from where reports usually are."""


async def has(scene: Scene, person: int) -> int:
    """What somebody can spend."""
    return await balance(scene, purse_of(person))


async def balance(scene: Scene, name: Name) -> int:
    """What an account has."""
    return await scene.store.read(ledger.balance, name=name)


async def heard(scene: Scene, person: int, message: Message = Message.POINTS_EARNED) -> list[dict[str, Any]]:
    """What somebody is told of his points."""
    return [row.facts or {} for row in await scene.outbox() if (row.person_id, row.message) == (person, message)]


async def closed(scene: Scene, officer: int, rider: int, *, now: datetime = NOW, **how: Any) -> int:
    """A report whose fix its reporter confirms."""
    report = await scene.file(rider, now=now, **how)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=now)
    await scene.resolve(report, officer, now=now)
    await say(scene, report, rider, now=now)
    return report


async def spend(scene: Scene, person: int, amount: int, *, key: str = "hold") -> None:
    """At a shop that has it now."""
    later = NOW + timedelta(minutes=5)
    await scene.do(purse.put_aside, person_id=person, amount=amount, key=key, lapses_at=later)


@pytest.mark.parametrize(("words", "amount"), [(None, RULES.report), ("着火了", RULES.urgent_report)])
async def test_a_confirmed_fix_brings_its_reporter_points_and_a_word(
    scene: Scene, words: str | None, amount: int
) -> None:
    rider = await scene.person()
    report = await closed(scene, await scene.officer(), rider, words=words)
    assert await has(scene, rider) == amount
    (told,) = await heard(scene, rider)
    assert (told["earned"], told["balance"], told["owed"]) == ({"report": amount}, amount, 0)
    assert [(row.reason, row.report_id) for row in await scene.rows(Transfer)] == [(Reason.REPORT, report)]
    assert await scene.store.read(bare_ledger.wrong) == []


async def test_nothing_is_earned_before_the_fix_is_confirmed(scene: Scene) -> None:
    _, rider = await fixed(scene, await scene.officer())
    assert (await has(scene, rider), await heard(scene, rider)) == (0, [])


async def test_silence_confirms_a_fix_too(scene: Scene) -> None:
    report, rider = await fixed(scene, await scene.officer())
    await scene.do(escalation.tick, now=NOW + SILENCE)
    assert (await scene.report(report)).status is Status.CLOSED
    assert await has(scene, rider) == RULES.report


@pytest.mark.parametrize("is_fixed", [True, False])
async def test_what_a_lead_decides_confirms_it(scene: Scene, is_fixed: bool) -> None:
    officer, chen = await scene.officer(), await lead(scene)
    report, rider = await fixed(scene, officer)
    for fix in range(MOST_REOPENED + 1):
        await say(scene, report, rider, "still there", fix=fix)
        if fix < MOST_REOPENED:
            await scene.resolve(report, officer)
    assert await has(scene, rider) == 0
    await scene.do(verdicts.decide, report_id=report, lead_id=chen, is_fixed=is_fixed)
    assert await has(scene, rider) == (RULES.report if is_fixed else 0)


async def test_the_first_followers_earn_a_little_and_no_more_than_so_many(scene: Scene) -> None:
    report, rider = await fixed(scene, await scene.officer())
    people = await follow(scene, report, RULES.followers + 1)
    await scene.do(escalation.tick, now=NOW + SILENCE)
    earned = [await has(scene, one) for one in sorted(people)]
    assert earned == [RULES.follower] * RULES.followers + [0]
    assert await has(scene, rider) == RULES.report
    assert (await heard(scene, people[0]))[0]["earned"] == {"follower": RULES.follower}
    assert await heard(scene, people[-1]) == []


async def test_who_fixed_it_himself_earns_nothing(scene: Scene) -> None:
    officer = await scene.officer()
    await closed(scene, officer, officer)
    assert (await has(scene, officer), await heard(scene, officer)) == (0, [])


async def test_an_answer_that_helped_to_fix_it_is_told_with_the_rest(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=talk.Said(words="which side?"))
    for words in ("the left one", "near the door"):
        await scene.do(talk.answer, report_id=report, person_id=rider, said=talk.Said(words=words))
    await scene.resolve(report, officer)
    await say(scene, report, rider)
    (told,) = await heard(scene, rider)
    assert told["earned"] == {"report": RULES.report, "answer": RULES.answer}
    assert told["balance"] == RULES.report + RULES.answer


async def test_a_day_gives_no_more_than_so_much(scene: Scene) -> None:
    rider = await scene.person()
    whole = RULES.person_day // RULES.activity_hour
    await help_out(scene, rider, hours=whole - 1)
    await closed(scene, await scene.officer(), rider)
    assert await has(scene, rider) == RULES.person_day
    told = (await heard(scene, rider))[-1]
    assert (told["earned"], told["limit"]) == ({"report": RULES.activity_hour}, Limit.DAY)
    await help_out(scene, rider, key="more")
    told = (await heard(scene, rider))[-1]
    assert (told["earned"], told["limit"]) == ({}, Limit.DAY)
    await help_out(scene, rider, key="tomorrow", now=NOW + DAY)
    assert await has(scene, rider) == RULES.person_day + RULES.activity_hour


async def test_a_place_gives_no_more_than_so_much_whoever_reports_it(scene: Scene) -> None:
    officer = await scene.officer()
    many = RULES.place // RULES.urgent_report
    people: Sequence[int] = [await scene.person(f"Rider {one}") for one in range(many + 2)]
    for one in people[:-1]:
        await closed(scene, officer, one, words="着火了")
    assert [await has(scene, one) for one in people[:-1]] == [RULES.urgent_report] * many + [0]
    assert (await heard(scene, people[-2]))[0]["limit"] == Limit.PLACE
    await closed(scene, officer, people[-1], words="着火了", at=FAR)
    assert await has(scene, people[-1]) == RULES.urgent_report
    await closed(scene, officer, people[-2], words="着火了", now=NOW + timedelta(days=RULES.place_days) + DAY)
    assert await has(scene, people[-2]) == RULES.urgent_report


async def test_the_same_thing_reported_twice_by_one_person_counts_once(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    first = await closed(scene, officer, rider)
    await closed(scene, officer, rider)
    assert await has(scene, rider) == RULES.report
    told = (await heard(scene, rider))[-1]
    assert (told["earned"], told["limit"], told["other"]) == ({}, Limit.OWN, f"D-{first:06d}")
    await closed(scene, officer, rider, at=FAR)
    assert await has(scene, rider) == 2 * RULES.report


async def test_one_that_was_merged_into_ones_own_brings_nothing_more(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    first, second = await scene.accepted(rider, officer), await scene.accepted(rider, officer)
    await scene.do(merging.merge, report_id=second, into_id=first, officer_id=officer)
    await scene.resolve(first, officer)
    await say(scene, first, rider)
    assert await has(scene, rider) == RULES.report


async def test_what_a_false_report_brought_is_taken_back_and_the_rest_is_owed(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    about = About(Reason.REPORT, rider, report_id=report)
    await scene.do(purse.earn, person_id=rider, amount=10, key="before", about=about)
    await spend(scene, rider, 4)
    await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="nothing there")
    assert await has(scene, rider) == 6
    await scene.do(fairness.tick, now=NOW + timedelta(days=4))
    assert (await has(scene, rider), await balance(scene, owed(rider))) == (0, -4)
    assert await heard(scene, rider, Message.POINTS_TAKEN) == [{"taken": 10, "balance": 0, "owed": 4}]
    await closed(scene, officer, rider, now=NOW + timedelta(days=5))
    told = (await heard(scene, rider))[-1]
    assert (told["paid"], told["balance"], told["owed"]) == (4, RULES.report - 4, 0)
    assert await scene.store.read(bare_ledger.wrong) == []


async def test_hours_of_an_activity_are_given_once(scene: Scene) -> None:
    rider = await scene.person()
    for _ in range(2):
        await help_out(scene, rider, hours=2)
    assert await has(scene, rider) == 2 * RULES.activity_hour
    (told,) = await heard(scene, rider)
    assert told["words"] == "clean-up"


async def help_out(scene: Scene, person: int, *, hours: int = 1, key: str = "clean-up", now: datetime = NOW) -> None:
    """Hours of an activity."""
    await scene.do(
        earning.for_hours, person_id=person, hours=hours, key=f"{key}:{person}", words="clean-up", by=None, now=now
    )


async def test_nothing_comes_of_a_report_that_was_withdrawn_or_rejected(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="private")
    assert (await scene.report(report)).status is Status.REJECTED
    assert await scene.rows(Transfer) == []
