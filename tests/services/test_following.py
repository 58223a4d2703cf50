"""Is it the same? «The same», «Another one», no answer; following, and hearing what becomes of it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from services import (
    briefs,
    delivery,
    dispatch,
    escalation,
    fairness,
    following,
    intake,
    lists,
    merging,
    proofs,
    reports,
    verdicts,
    withdrawing,
)
from services.errors import FollowsAlready, NotFollowing, NothingToAdd, NotPossible, TooManyPhotos
from services.filing import ENDED
from services.parts import MOST_PHOTOS, Outcome, attachment_of
from services.proofs import Proof, Standing
from storage import outbox
from storage.kinds import Asking, EventKind, Message, OutboxState, Role, Stage, Status
from storage.outbox import Settlement
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, Follower, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

HERE, BESIDE, ACROSS = county.IN_A1, (25.4052, 114.365), (25.4055, 114.365)
"""Some 22 and 55 metres apart from the first."""
PROGRESS = {Message.ACCEPTED, Message.RESOLVED, Message.REJECTED, Message.CLOSED, Message.LATE}


async def asks(scene: Scene, person: int, *, words: str | None = None, at: Any = BESIDE, now: Any = NOW) -> DraftRecord:
    """Somebody sends what may be the same; what the draft asks."""
    outcome = await scene.take(person, scene.photo(caption=words), at, now=now)
    assert outcome.draft is not None
    return outcome.draft


async def same(scene: Scene, person: int, report: int, *, now: Any = NOW) -> Outcome:
    return await scene.do(following.same, person_id=person, report_id=report, county=scene.county, now=now)


async def follows(scene: Scene, report: int, **how: Any) -> int:
    """Somebody who said that it is the same."""
    person = await scene.person()
    await asks(scene, person, **how)
    await same(scene, person, report, now=how.get("now", NOW))
    return person


async def heard(scene: Scene, *people: int) -> list[list[Message]]:
    """What each was told of the progress."""
    told = await scene.told()
    return [[message for to, message in told if to == person and message in PROGRESS] for person in people]


async def test_before_it_is_filed_open_reports_of_the_same_kind_nearby_are_shown(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    report = await scene.file(first, words="water leak")
    later = NOW + timedelta(minutes=5)
    state = await asks(scene, second, words="water leak", now=later)
    assert state.asking is Asking.DUPLICATE
    (near,) = state.near
    assert (near.report_id, near.metres, near.filed_at, near.is_mine) == (report, 22, NOW, False)
    assert near.photo is not None
    assert state.file_at == later + timedelta(minutes=2)
    assert len(await scene.rows(Report)) == 1


@pytest.mark.parametrize(("words", "at"), [("a tree on the road", BESIDE), ("water leak", ACROSS)])
async def test_another_kind_or_farther_away_asks_nothing(scene: Scene, words: str, at: Any) -> None:
    await scene.file(await scene.person(), words="water leak")
    outcome = await scene.take(await scene.person(), scene.photo(caption=words), at)
    assert outcome.filed is not None


async def test_another_one_files(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    await scene.file(first)
    await asks(scene, second)
    outcome = await scene.do(following.another, person_id=second, county=scene.county)
    assert outcome.filed == 2
    assert (await scene.report(2)).reporter_id == second
    with pytest.raises(NothingToAdd):  # pressed twice
        await scene.do(following.another, person_id=second, county=scene.county)


async def test_the_same_adds_what_was_sent_and_the_person_follows(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    report = await scene.file(first, words="water leak")
    await scene.deliver()
    await asks(scene, second, words="water leak at the back door")
    said = await scene.last_said()
    assert (await same(scene, second, report)).followed == report
    row = await scene.report(report)
    assert (row.affected, row.words) == (2, "water leak\nwater leak at the back door")
    assert [one.report_id for one in await scene.rows(Attachment)] == [report, report]
    assert await scene.rows(Draft) == []
    assert (await scene.story(report))[-1] is EventKind.FOLLOWED
    told = await scene.told(since=said)
    assert {(second, Message.RECEIPT), (officer, Message.PHOTOS), (officer, Message.WORDS)} <= set(told)
    assert all(
        row.facts["by_another"] for row in await scene.outbox() if row.message in (Message.PHOTOS, Message.WORDS)
    )


async def test_a_follower_sees_no_words_of_others_and_nobody_sees_who_follows(scene: Scene) -> None:
    first, officer = await scene.person(), await scene.officer()
    report = await scene.file(first, words="water leak")
    second = await follows(scene, report, words="water leak")
    record = await scene.store.read(briefs.report_for, report_id=report, person_id=second)
    assert (record.follows, record.is_mine, record.affected) == (True, False, 2)
    asked = await scene.store.read(briefs.report_for, report_id=report, person_id=officer)
    assert second not in [value for event in asked.events for value in event.facts.values()]
    found, _ = await scene.store.read(lists.my_reports, person_id=second, page=0)
    assert [(one.id, one.follows) for one in found] == [(report, True)]


async def test_pressed_twice_it_is_said_once(scene: Scene) -> None:
    report = await scene.file(await scene.person())
    second = await follows(scene, report)
    with pytest.raises(FollowsAlready):
        await same(scene, second, report)
    assert (await scene.report(report)).affected == 2


async def test_a_stale_card_of_who_has_nothing_open_changes_nothing(scene: Scene) -> None:
    report = await scene.file(await scene.person())
    stranger = await scene.person()
    with pytest.raises(NothingToAdd):
        await same(scene, stranger, report)


async def test_a_forged_button_for_a_report_elsewhere_is_refused(scene: Scene) -> None:
    await scene.file(await scene.person())
    elsewhere = await scene.file(await scene.person(), at=county.IN_B1)
    second = await scene.person()
    await asks(scene, second)
    with pytest.raises(NotPossible):
        await same(scene, second, elsewhere)
    assert (await scene.do(following.another, person_id=second, county=scene.county)).filed is not None


async def test_the_other_one_ended_meanwhile_and_nothing_is_lost(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    report = await scene.accepted(first, officer)
    await asks(scene, second)
    await scene.resolve(report, officer)
    outcome = await same(scene, second, report)
    assert outcome.note == ENDED
    assert outcome.filed is not None
    assert (await scene.report(outcome.filed)).reporter_id == second
    assert (await scene.report(report)).affected == 1


async def test_to_ones_own_it_is_added_and_its_place_stays(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    later = NOW + timedelta(minutes=30)
    state = await asks(scene, rider, now=later)
    assert [one.is_mine for one in state.near] == [True]
    outcome = await same(scene, rider, report, now=later)
    assert outcome.joined == report
    row = await scene.report(report)
    assert (row.affected, row.latitude) == (1, HERE[0])
    assert [one.report_id for one in await scene.rows(Attachment)] == [report, report]


async def test_what_was_just_said_to_be_another_is_not_asked_about_again(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider)
    await scene.take(rider, scene.photo())
    await scene.do(intake.answer_join, person_id=rider, joins=False, county=scene.county)
    assert (await scene.take(rider, HERE)).filed == 2


async def test_what_comes_while_it_is_asked_joins_the_draft(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    report = await scene.file(first)
    state = await asks(scene, second)
    outcome = await scene.take(second, scene.photo(), "still there", now=NOW + timedelta(seconds=20))
    assert outcome.draft is not None
    assert not outcome.asks, "its picture is above already"
    assert (outcome.draft.photos, outcome.draft.words, outcome.draft.file_at) == (2, "still there", state.file_at)
    await same(scene, second, report)
    assert len([one for one in await scene.rows(Attachment) if one.report_id == report]) == 3


async def test_words_that_make_it_another_kind_file_it_at_once(scene: Scene) -> None:
    await scene.file(await scene.person())
    second = await scene.person()
    await asks(scene, second)
    assert (await scene.take(second, "water leak")).filed == 2


@pytest.mark.parametrize(("words", "seconds"), [(None, 120), ("着火了", 30)])
async def test_unanswered_it_is_filed_by_itself_once(scene: Scene, words: str | None, seconds: int) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    report = await scene.file(first, words=words)
    await asks(scene, second, words=words)
    before, due = NOW + timedelta(seconds=seconds - 1), NOW + timedelta(seconds=seconds)
    assert await scene.do(following.file_unanswered, now=before) == 0
    two_clocks = [scene.do(following.file_unanswered, now=due) for _ in range(2)]
    assert sorted(await asyncio.gather(*two_clocks)) == [0, 1]
    filed = await scene.report(2)
    assert (filed.reporter_id, filed.maybe_same_id, len(await scene.rows(Report))) == (second, report, 2)
    assert (officer, Message.ALERT) in await scene.told()
    record = await scene.store.read(briefs.describe, report_id=2, person_id=second)
    assert record.maybe_same_id == report, "the receipt goes on asking"


DUE = NOW + timedelta(minutes=2)


async def still_asks(scene: Scene, person: int) -> int | None:
    """The report that the person's receipt asks about, when all is said."""
    while await scene.deliver(now=DUE + timedelta(hours=1)):
        pass
    return (await scene.store.read(briefs.describe, report_id=2, person_id=person)).maybe_same_id


async def edits_of(scene: Scene, person: int, step: Any, **arguments: Any) -> int:
    """How often the person's cards are edited by what somebody does."""
    since = await scene.last_said()
    await scene.do(step, now=DUE + timedelta(minutes=1), **arguments)
    return (await scene.told(since=since)).count((person, Message.CARD))


async def test_a_receipt_asks_as_long_as_the_other_goes_on(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    desk = await scene.person(roles=[Role.DESK])
    report = await scene.accepted(first, officer)
    await asks(scene, second)
    await scene.do(following.file_unanswered, now=DUE)
    assert await still_asks(scene, second) == report

    proof = Proof([attachment_of(officer, scene.photo(), stage=Stage.AFTER, now=DUE)], None, Standing(*HERE))
    assert await edits_of(scene, second, proofs.resolve, report_id=report, officer_id=officer, proof=proof) == 1
    assert await still_asks(scene, second) is None
    judged = {"report_id": report, "person_id": first, "fix": 0, "why": "still"}
    assert await edits_of(scene, second, verdicts.not_fixed, **judged) == 1
    assert await still_asks(scene, second) == report
    assert await edits_of(scene, second, fairness.mark_false, report_id=report, officer_id=officer, why="not so") == 1
    assert await still_asks(scene, second) is None
    await scene.do(fairness.dispute, report_id=report, person_id=first, words="it is", now=DUE)
    assert await edits_of(scene, second, fairness.decide_dispute, report_id=report, person_id=desk, is_false=False) == 1
    assert await still_asks(scene, second) == report


async def test_a_receipt_asks_no_more_when_that_ends_in_which_the_other_goes_on(scene: Scene) -> None:
    first, second, desk = await scene.person(), await scene.person(), await scene.person(roles=[Role.DESK])
    report = await scene.file(first)
    await asks(scene, second)
    await scene.do(following.file_unanswered, now=DUE)
    into = await scene.file(first, at=ACROSS, now=DUE)
    await scene.do(merging.merge, report_id=report, into_id=into, officer_id=desk)
    assert await still_asks(scene, second) == report
    assert await edits_of(scene, second, withdrawing.withdraw, report_id=into, person_id=first) == 1
    assert await still_asks(scene, second) is None


async def test_a_receipt_does_not_ask_whether_it_is_the_same_as_itself(scene: Scene) -> None:
    first, second, desk = await scene.person(), await scene.person(), await scene.person(roles=[Role.DESK])
    report = await scene.file(first)
    await asks(scene, second)
    await scene.do(following.file_unanswered, now=DUE)
    await scene.do(merging.merge, report_id=report, into_id=2, officer_id=desk)
    assert await still_asks(scene, second) is None


async def test_a_receipt_that_was_on_its_way_when_the_other_ended_is_edited(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    report = await scene.file(first)
    await asks(scene, second)
    await scene.do(following.file_unanswered, now=DUE)
    later = DUE + timedelta(seconds=1)
    on_its_way = await scene.store.write(outbox.claim, now=later, most=1000)
    assert await edits_of(scene, second, withdrawing.withdraw, report_id=report, person_id=first) == 0
    arrived = [Settlement(one.id, OutboxState.DELIVERED, sent=(one.id,)) for one in on_its_way]
    assert await edits_of(scene, second, delivery.settle, settlements=arrived) == 1


async def test_everybody_who_has_the_trouble_hears_each_step_once(scene: Scene) -> None:
    first, officer = await scene.person(), await scene.officer()
    report = await scene.file(first)
    second, third = await follows(scene, report), await follows(scene, report)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await scene.resolve(report, officer)
    after = NOW + timedelta(hours=73)
    while await scene.do(escalation.tick, now=after):
        pass
    steps = [Message.ACCEPTED, Message.RESOLVED, Message.CLOSED]
    assert await heard(scene, first, second, third) == [steps, steps, steps]


async def test_who_leaves_hears_no_more_and_the_others_do(scene: Scene) -> None:
    first, officer = await scene.person(), await scene.officer()
    report = await scene.file(first)
    second, third = await follows(scene, report), await follows(scene, report)
    await scene.do(following.leave, report_id=report, person_id=second)
    with pytest.raises(NotFollowing):
        await scene.do(following.leave, report_id=report, person_id=second)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    assert await heard(scene, first, second, third) == [[Message.ACCEPTED], [], [Message.ACCEPTED]]
    assert (await scene.report(report)).affected == 2


async def test_who_withdraws_takes_only_himself_out(scene: Scene) -> None:
    first, officer = await scene.person(), await scene.officer()
    report = await scene.file(first)
    second, third = await follows(scene, report), await follows(scene, report)
    await scene.do(withdrawing.withdraw, report_id=report, person_id=first)
    row = await scene.report(report)
    assert (row.status, row.reporter_id, row.affected) == (Status.OPEN, second, 2)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    assert await heard(scene, first, second, third) == [[], [Message.ACCEPTED], [Message.ACCEPTED]]


async def test_of_fifty_who_press_at_once_all_follow(scene: Scene) -> None:
    report = await scene.file(await scene.person())
    people = [await scene.person() for _ in range(50)]
    for person in people:
        await asks(scene, person)
    await asyncio.gather(*(same(scene, person, report) for person in people))
    row = await scene.report(report)
    assert row.affected == 51
    assert {one.person_id for one in await scene.rows(Follower)} == set(people)
    assert len([one for one in await scene.rows(Attachment) if one.report_id == report]) == 51, "none is lost"


async def test_the_same_and_resolved_at_the_same_moment(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    report = await scene.accepted(first, officer)
    await asks(scene, second)
    outcome, _ = await asyncio.gather(same(scene, second, report), scene.resolve(report, officer))
    mine, theirs = await heard(scene, second, first)
    assert theirs.count(Message.RESOLVED) == 1
    if outcome.followed is not None:
        assert mine == [Message.RESOLVED]
    else:
        assert outcome.filed is not None
        assert mine == []


async def test_a_case_that_many_have_is_higher_in_the_officers_list(scene: Scene) -> None:
    officer, first = await scene.officer(), await scene.person()
    alone = await scene.file(first, at=(25.401, 114.362))
    crowded = await scene.file(await scene.person(), now=NOW + timedelta(minutes=20))
    found, _ = await scene.store.read(lists.my_cases, person_id=officer, page=0)
    assert [one.id for one in found] == [alone, crowded]
    await follows(scene, crowded, now=NOW + timedelta(minutes=20))
    found, _ = await scene.store.read(lists.my_cases, person_id=officer, page=0)
    assert [(one.id, one.affected) for one in found] == [(crowded, 2), (alone, 1)]


async def test_a_follower_may_add_words(scene: Scene) -> None:
    first, officer = await scene.person(), await scene.officer()
    report = await scene.file(first)
    second = await follows(scene, report)
    await scene.deliver()
    await scene.do(reports.add, report_id=report, person_id=second, words="it is worse now")
    words = [row for row in await scene.outbox() if row.message is Message.WORDS]
    assert [(row.person_id, row.facts) for row in words] == [
        (officer, {"words": "it is worse now", "by_another": True})
    ]
    assert (await scene.report(report)).words == "it is worse now"


async def test_a_full_report_takes_a_follower_all_the_same(scene: Scene) -> None:
    first = await scene.person()
    report = await scene.file(first)
    for _ in range(MOST_PHOTOS - 1):
        await scene.take(first, replace(scene.photo()))
        await scene.do(intake.answer_join, person_id=first, joins=True, county=scene.county)
    await scene.take(first, scene.photo())
    with pytest.raises(TooManyPhotos):
        await scene.do(intake.answer_join, person_id=first, joins=True, county=scene.county)
    await follows(scene, report)
    assert (await scene.report(report)).affected == 2


async def test_a_draft_that_cannot_be_filed_holds_up_no_other(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    first, second, third = [await scene.person() for _ in range(3)]
    await scene.file(first)
    await asks(scene, second)
    await asks(scene, third)

    def break_it(session: Session, *, now: datetime) -> None:
        session.execute(
            update(Draft).where(Draft.person_id == second).values(place_source=None)
        )  # a place from nowhere

    await scene.do(break_it)
    assert await scene.do(following.file_unanswered, now=DUE) == 2
    assert [report.reporter_id for report in await scene.rows(Report)] == [first, third]
    assert "the clock cannot handle draft" in caplog.text
    assert await scene.do(following.file_unanswered, now=DUE) == 0
    assert await scene.do(following.file_unanswered, now=DUE + timedelta(minutes=1)) == 1
