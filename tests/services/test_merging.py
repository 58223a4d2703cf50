"""Two reports of the same hazard become one, and nothing that either had is lost."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from services import briefs, dispatch, escalation, followers, following, merging, notices, reports, talk, withdrawing
from services.errors import DomainError, GoesOn, NotAllowed, NotPossible, ReportEnded, SameReport
from storage.kinds import EventKind, Message, Role, Status
from storage.schema import Attachment, Base, Follower, OutboxMessage, Person, Report
from tests import county
from tests.moment import NOW
from tests.services import filed
from tests.services.scene import Scene
from tests.services.test_following import follows, heard

BESIDE = (25.4062, 114.365)
"""Some 130 metres away: too far to be asked about, near enough to be merged."""


async def merge(scene: Scene, report: int, into: int, officer: int) -> Report:
    return await scene.do(merging.merge, report_id=report, into_id=into, officer_id=officer)


async def two(scene: Scene) -> tuple[int, int, int, int, int]:
    """Two reporters, the officer who is asked about both reports, and these."""
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    kept = await scene.file(first, words="water leak")
    return first, second, officer, kept, await scene.file(second, words="burst pipe", at=BESIDE)


async def test_the_open_reports_within_200_metres_can_be_chosen(scene: Scene) -> None:
    _, rider, officer, kept, report = await two(scene)
    await scene.file(rider, at=county.IN_A2)
    found = await scene.store.read(merging.choices, report_id=report, officer_id=officer)
    assert [(one.report_id, one.metres) for one in found] == [(kept, 133)]


async def test_those_of_its_category_can_be_chosen_first_however_many_others_are_nearer(scene: Scene) -> None:
    _, _, officer, kept, report = await two(scene)
    for _ in range(merging.LISTED):
        await scene.file(await scene.person(), words="a tree on the road", at=BESIDE)
    found = await scene.store.read(merging.choices, report_id=report, officer_id=officer)
    assert (len(found), found[0].report_id) == (merging.LISTED, kept)


async def test_pictures_words_followers_and_the_reporter_move_along(scene: Scene) -> None:
    first, second, officer, kept, report = await two(scene)
    third = await follows(scene, report, words="burst pipe", at=BESIDE)
    await merge(scene, report, kept, officer)
    merged, target = await scene.report(report), await scene.report(kept)
    assert (merged.status, merged.merged_into_id, merged.next_at) == (Status.MERGED, kept, None)
    assert (target.affected, target.words) == (3, "water leak\nburst pipe\nburst pipe")
    assert {one.report_id for one in await scene.rows(Attachment)} == {kept}
    assert {(one.report_id, one.person_id) for one in await scene.rows(Follower)} == {(kept, second), (kept, third)}
    assert await scene.asked(report) == set()
    seen = await scene.store.read(briefs.describe, report_id=kept, person_id=first)
    assert [event.kind for event in seen.events].count(EventKind.FILED) == 2, "what happened is in one timeline"
    assert seen.events[-1].kind is EventKind.TOOK_IN


async def test_those_who_came_first_come_first_whichever_they_came_to(scene: Scene) -> None:
    rider, officer, minute = await scene.person(), await scene.officer(), timedelta(minutes=1)
    report = await scene.file(rider, words="burst pipe", at=BESIDE)
    early = await follows(scene, report, words="burst pipe", at=BESIDE, now=NOW + minute)
    kept = await scene.file(await scene.person(), words="water leak", now=NOW + 2 * minute)
    late = await follows(scene, kept, words="water leak", now=NOW + 3 * minute)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW + 4 * minute)
    target = await scene.report(kept)
    assert await scene.store.read(followers.of, report=target) == [rider, early, late]


async def test_who_has_the_one_that_goes_on_gets_pictures_and_words_that_he_has_not_seen(scene: Scene) -> None:
    first, second = await scene.person(), await scene.person()
    officer, other, desk = await scene.officer(), await scene.officer(), await scene.person(roles=(Role.DESK,))
    kept = await scene.accepted(first, officer, words="water leak")
    report = await scene.accepted(second, other, words="burst pipe" + "!" * 4000, at=BESIDE)
    await scene.deliver()
    said = await scene.last_said()
    await merge(scene, report, kept, desk)
    told = [row for row in await scene.outbox(after=said) if row.person_id == officer and row.report_id == kept]
    (pictures,), (words,) = (
        [row.facts for row in told if row.message is one] for one in (Message.PHOTOS, Message.WORDS)
    )
    assert (pictures["attachments"], pictures["by_another"]) == ([2], True)
    assert words["words"].startswith("burst pipe")
    assert len((await scene.report(kept)).words or "") == 4000 + len("water leak\nburst pipe"), "nothing is cut off"


async def test_both_numbers_keep_working(scene: Scene) -> None:
    _, second, officer, kept, report = await two(scene)
    await merge(scene, report, kept, officer)
    for person in (second, officer):
        record = await scene.store.read(briefs.report_for, report_id=report, person_id=person)
        assert (record.id, record.came_as) == (kept, report)
    await scene.do(reports.add, report_id=report, person_id=second, words="more")
    assert ((await scene.report(kept)).words or "").endswith("\nmore")


async def test_an_answer_to_what_was_asked_before_reaches_who_has_it_now(scene: Scene) -> None:
    _, second, officer, kept, report = await two(scene)
    for one in (kept, report):
        await scene.do(dispatch.accept, report_id=one, officer_id=officer)
    await scene.do(talk.ask, report_id=report, officer_id=officer, said=talk.Said("where exactly?"))
    await merge(scene, report, kept, officer)
    await scene.do(talk.answer, report_id=report, person_id=second, said=talk.Said("at the gate"))
    answers = [row for row in await scene.outbox() if row.message is Message.ANSWER]
    assert [(row.person_id, row.report_id) for row in answers] == [(officer, kept)]


async def test_everybody_hears_what_becomes_of_it_once(scene: Scene) -> None:
    first, second, officer, kept, report = await two(scene)
    third = await follows(scene, report, words="burst pipe", at=BESIDE)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer)
    await scene.resolve(kept, officer)
    while await scene.do(escalation.tick, now=NOW + timedelta(hours=73)):
        pass
    steps = [Message.ACCEPTED, Message.RESOLVED, Message.CLOSED]
    assert await heard(scene, first, second, third) == [steps, steps, steps]


async def test_whoever_was_asked_about_it_is_told_and_its_card_is_closed(scene: Scene) -> None:
    _, second, officer, kept, report = await two(scene)
    other = await scene.officer()
    await scene.deliver()
    said = await scene.last_said()
    await merge(scene, report, kept, officer)
    told = await scene.told(since=said)
    assert (second, Message.RECEIPT) in told, "the card of the one in which his goes on"
    assert (officer, Message.CARD) in told
    assert (officer, Message.MERGED) not in told, "he did it himself"
    assert (other, Message.MERGED) not in told, "he never had to do with it"


async def test_a_merged_one_cannot_be_merged_again(scene: Scene) -> None:
    _, rider, officer, kept, report = await two(scene)
    third = await scene.file(rider, words="a tree on the road", at=BESIDE)
    await merge(scene, report, kept, officer)
    with pytest.raises(GoesOn):
        await merge(scene, report, third, officer)
    with pytest.raises(GoesOn):  # pressed twice
        await merge(scene, report, kept, officer)


async def test_into_a_merged_one_means_into_the_one_in_which_it_goes_on(scene: Scene) -> None:
    _, rider, officer, kept, report = await two(scene)
    third = await scene.file(rider, words="a tree on the road", at=BESIDE)
    await merge(scene, report, kept, officer)
    assert (await merge(scene, third, report, officer)).id == kept


async def test_what_was_merged_before_moves_on(scene: Scene) -> None:
    _, rider, officer, kept, report = await two(scene)
    third = await scene.file(rider, words="a tree on the road", at=BESIDE)
    await merge(scene, report, third, officer)
    await merge(scene, third, kept, officer)
    assert (await scene.report(report)).merged_into_id == kept
    record = await scene.store.read(briefs.report_for, report_id=report, person_id=rider)
    assert (record.id, record.came_as) == (kept, report)


async def test_the_cards_of_what_was_merged_before_say_as_which_one_it_goes_on_now(scene: Scene) -> None:
    officer = await scene.officer()
    last, kept, first = [await scene.file(await scene.person(), words="water leak", at=BESIDE) for _ in range(3)]
    await scene.deliver()
    await merge(scene, first, kept, officer)
    await scene.deliver()
    said = await scene.last_said()
    await merge(scene, kept, last, officer)
    edits = [row for row in await scene.outbox(after=said) if row.message is Message.CARD and row.report_id == first]
    assert {row.person_id for row in edits} == {officer, (await scene.report(first)).reporter_id}


async def test_a_circle_is_refused(scene: Scene) -> None:
    _, _, officer, kept, report = await two(scene)
    with pytest.raises(SameReport):
        await merge(scene, kept, kept, officer)
    await merge(scene, report, kept, officer)
    with pytest.raises(SameReport):
        await merge(scene, kept, report, officer)
    assert (await scene.report(kept)).status is Status.OPEN


async def test_crosswise_at_the_same_moment_one_remains(scene: Scene) -> None:
    _, _, officer, kept, report = await two(scene)
    done = await asyncio.gather(
        merge(scene, report, kept, officer), merge(scene, kept, report, officer), return_exceptions=True
    )
    assert sum(isinstance(one, DomainError) for one in done) == 1
    rows = [await scene.report(one) for one in (kept, report)]
    assert sorted(str(row.status) for row in rows) == ["merged", "open"]


async def test_who_has_nothing_to_do_with_it_may_not(scene: Scene) -> None:
    first, _, _, kept, report = await two(scene)
    elsewhere, lead = await scene.officer("B-01"), await scene.person(roles=(Role.LEAD,))
    for person in (first, elsewhere, lead):
        with pytest.raises(NotAllowed):
            await merge(scene, report, kept, person)
        with pytest.raises(NotAllowed):
            await scene.store.read(merging.choices, report_id=report, officer_id=person)
    assert (await merge(scene, report, kept, await scene.person(roles=(Role.DESK,)))).id == kept


async def test_far_ones_and_ended_ones_are_refused(scene: Scene) -> None:
    _, rider, officer, kept, report = await two(scene)
    far = await scene.file(rider, at=county.IN_A2)
    with pytest.raises(NotPossible):
        await merge(scene, report, far, officer)
    await scene.do(dispatch.accept, report_id=kept, officer_id=officer)
    await scene.resolve(kept, officer)
    with pytest.raises(ReportEnded):
        await merge(scene, report, kept, officer)
    assert (await scene.report(report)).status is Status.OPEN


async def filed_by_itself(scene: Scene) -> tuple[int, int, int]:
    """A report that nobody answered the question about: its reporter, it, the one that was asked about."""
    kept, rider = await scene.file(await scene.person()), await scene.person()
    await scene.take(rider, scene.photo(), county.IN_A1)
    await scene.do(following.file_unanswered, now=NOW + timedelta(minutes=2))
    return rider, kept + 1, kept


async def test_the_reporter_may_say_so_below_the_receipt(scene: Scene) -> None:
    rider, report, kept = await filed_by_itself(scene)
    await scene.do(merging.merge_own, report_id=report, into_id=kept, person_id=rider)
    target = await scene.report(kept)
    assert (target.affected, (await scene.report(report)).merged_into_id) == (2, kept)
    with pytest.raises(GoesOn):  # pressed twice
        await scene.do(merging.merge_own, report_id=report, into_id=kept, person_id=rider)


async def test_below_the_receipt_only_what_was_asked_about_can_be_said(scene: Scene) -> None:
    rider, report, kept = await filed_by_itself(scene)
    beside = await scene.file(await scene.person(), words="a tree on the road")
    for person, into in ((rider, beside), (await scene.person(), kept)):
        with pytest.raises(NotAllowed):
            await scene.do(merging.merge_own, report_id=report, into_id=into, person_id=person)


class Reports:
    """Three reports beside each other in memory, and five people."""

    def __init__(self) -> None:
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(self.engine)
        with Session(self.engine) as session, session.begin():
            people = [Person(telegram_id=n, name="P", language="en", joined_at=NOW) for n in range(1, 7)]
            session.add_all(people)
            session.flush()
            county.build(session)
            session.add_all([filed.report(reporter_id=number) for number in (1, 2, 3)])

    def step(self, what: str, report: int, other: int) -> None:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            steps: dict[str, Any] = {
                "join": lambda: following.followers.add(
                    session, following.lifecycle.load_going_on(session, report), other, now=NOW
                ),
                "leave": lambda: following.leave(session, report_id=report, person_id=other, now=NOW),
                "withdraw": lambda: withdrawing.withdraw(session, report_id=report, person_id=other, now=NOW),
                "merge": lambda: self._merge(session, report, (other - 1) % 3 + 1),
            }
            try:
                with session.begin_nested():
                    steps[what]()
            except DomainError:
                return

    def _merge(self, session: Session, report: int, into: int) -> None:
        row = session.get_one(Report, report)
        row.officer_id = 6
        session.flush()
        merging.merge(session, report_id=report, into_id=into, officer_id=6, now=NOW)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["join", "join", "leave", "withdraw", "merge", "merge"]),
            st.integers(1, 3),
            st.integers(1, 5),
        ),
        max_size=14,
    )
)
def test_whatever_people_did_before_each_who_is_owed_it_hears_it_exactly_once(did: list[tuple[str, int, int]]) -> None:
    town = Reports()
    for what, report, person in did:
        town.step(what, report, person)
    with Session(town.engine) as session, session.begin():
        for row in session.scalars(select(Report)).all():
            following_it = set(session.scalars(select(Follower.person_id).where(Follower.report_id == row.id)))
            assert row.reporter_id not in following_it
            if row.status is Status.MERGED:
                assert following_it == set()
                assert session.get_one(Report, row.merged_into_id).status is not Status.MERGED
                continue
            assert row.affected == 1 + len(following_it)
            if row.status is Status.OPEN:
                notices.accepted(session, row, now=NOW)
                owed = {row.reporter_id, *following_it}
                told = session.scalars(
                    select(OutboxMessage.person_id).where(
                        OutboxMessage.report_id == row.id, OutboxMessage.message == Message.ACCEPTED
                    )
                )
                assert Counter(told) == Counter(owed)
    town.engine.dispose()
