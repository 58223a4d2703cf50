"""Who may see a report, and the lists of reports and cases."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from services import briefs, dispatch, lists, merging, outgoing, reports, waiting, withdrawing
from services.errors import NoSuchReport
from services.people import load_me
from services.reports import PAGE
from storage import outbox
from storage.kinds import MediaState, Message, OfferState, Role, Stage, WaitingFor
from storage.records import ReportRecord, number
from storage.schema import Attachment
from storage.store import Store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from views import paged
from views.texts import say

MINUTE = timedelta(minutes=1)


async def seen(scene: Scene, report: int, person: int) -> ReportRecord:
    return await scene.store.read(briefs.report_for, report_id=report, person_id=person)


async def mine(scene: Scene, person: int, page: int = 0) -> tuple[list[int], int]:
    found, pages = await scene.store.read(lists.my_reports, person_id=person, page=page)
    return [report.id for report in found], pages


async def cases(scene: Scene, person: int, page: int = 0) -> tuple[list[int], int]:
    found, pages = await scene.store.read(lists.my_cases, person_id=person, page=page)
    return [report.id for report in found], pages


@pytest.mark.parametrize(("list_of", "most"), [(lists.my_reports, 6), (lists.my_cases, 9)])
async def test_a_long_list_takes_no_more_queries_than_a_short_one(
    scene: Scene, list_of: Callable[..., Any], most: int
) -> None:
    def queries(session: Session, *, person: int) -> int:
        asked: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *facts: asked.append(facts[2]))
        list_of(session, person_id=person, page=0)
        return len(asked)

    counts = []
    for reports_of_one in (1, PAGE):
        rider, officer = await scene.person(), await scene.officer("A-01" if reports_of_one == 1 else "B-01")
        for _ in range(reports_of_one):
            await scene.file(rider, at=county.IN_A1 if reports_of_one == 1 else county.IN_B1)
        who = rider if list_of is lists.my_reports else officer
        counts.append(await scene.store.read(queries, person=who))
    assert counts == [most, most]


async def test_the_reporter_the_officers_asked_and_the_county_see_a_report(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    county_people = [await scene.person(roles=(role,)) for role in (Role.ADMIN, Role.DESK)]
    report = await scene.file(rider)
    record = await seen(scene, report, rider)
    assert (record.is_mine, record.my_offer) == (True, None)
    record = await seen(scene, report, officer)
    assert (record.is_mine, record.my_offer, record.grid_code) == (False, OfferState.OFFERED, "A-01")
    for person in county_people:
        assert (await seen(scene, report, person)).my_offer is None


async def test_who_is_asked_no_more_keeps_the_words_he_saw_and_sees_none_that_are_new(scene: Scene) -> None:
    rider, first, second = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report = await scene.file(rider, words="by the gate")

    async def add(words: str, minutes: int, person: int = rider) -> None:
        now = NOW + minutes * MINUTE
        await scene.do(reports.add, report_id=report, person_id=person, words=words, now=now)

    async def read(person: int) -> str | None:
        return (await seen(scene, report, person)).words

    await add("by the gate", 1)
    await scene.do(dispatch.decline, report_id=report, officer_id=first, why="away", now=NOW + 2 * MINUTE)
    await add("ring at\nnumber 5", 3)
    await add("by the gate", 4)
    old, new = "by the gate\nby the gate", "by the gate\nby the gate\nring at\nnumber 5\nby the gate"
    assert [await read(one) for one in (first, second, rider)] == [old, new, new]
    await scene.do(withdrawing.withdraw, report_id=report, person_id=rider, now=NOW + 5 * MINUTE)
    assert [await read(one) for one in (first, second, rider)] == [old, new, new]


async def test_who_passed_it_on_before_anything_was_said_sees_nothing(scene: Scene) -> None:
    rider, first, _ = await scene.person(), await scene.officer(), await scene.officer(is_primary=False)
    report = await scene.file(rider)
    await scene.do(dispatch.decline, report_id=report, officer_id=first, why="away", now=NOW + MINUTE)
    await scene.do(reports.add, report_id=report, person_id=rider, words="at number 5", now=NOW + 2 * MINUTE)
    assert (await seen(scene, report, first)).words is None


async def test_a_lead_sees_the_reports_of_the_own_community_alone(scene: Scene) -> None:
    rider = await scene.person()
    near, far, landless = await scene.lead("A-02"), await scene.lead("B-01"), await scene.lead(None)
    report, in_the_gap = await scene.file(rider), await scene.file(rider, at=county.IN_GAP)
    assert (await seen(scene, report, near)).grid_code == "A-01"
    for lead, other in ((far, report), (landless, report), (near, in_the_gap)):
        with pytest.raises(NoSuchReport):
            await seen(scene, other, lead)


async def test_others_do_not_see_it_and_do_not_learn_whether_it_is_there(scene: Scene) -> None:
    report = await scene.file(await scene.person())
    for person in (await scene.person(), await scene.officer("B-01")):
        with pytest.raises(NoSuchReport):
            await seen(scene, report, person)
    with pytest.raises(NoSuchReport):
        await seen(scene, report + 1, await scene.person(roles=(Role.ADMIN,)))


async def test_who_passed_it_on_still_sees_the_card_he_had(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer()
    report = await scene.file(await scene.person())
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    assert (await seen(scene, report, officer)).my_offer is OfferState.DECLINED


async def test_pictures_are_before_then_after_and_bad_ones_are_left_out(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    await scene.resolve(report, officer)
    extra = await scene.take(rider, scene.photo())
    assert extra.draft is not None

    def spoil(session: object, *, now: object) -> None:
        from sqlalchemy import update
        from sqlalchemy.orm import Session

        assert isinstance(session, Session)
        session.execute(
            update(Attachment)
            .where(Attachment.draft_id.is_not(None))
            .values(report_id=report, media_state=MediaState.BAD)
        )

    await scene.do(spoil)
    stages = [photo.stage for photo in (await seen(scene, report, rider)).photos]
    assert stages == [Stage.BEFORE, Stage.AFTER]


async def test_the_same_file_is_shown_once_before_and_once_after(scene: Scene) -> None:
    first, second, officer = await scene.person(), await scene.person(), await scene.officer()
    into = await scene.file(first)
    merged = await scene.file(second)
    another = await scene.file(await scene.person())
    for report in (merged, another):
        await scene.do(merging.merge, report_id=report, into_id=into, officer_id=officer)
    await scene.do(dispatch.accept, report_id=into, officer_id=officer)
    await scene.resolve(into, officer)
    ids = [one.id for one in await scene.rows(Attachment)]

    def fetched(session: Session, *, now: object) -> None:
        for one, media_hash in zip(ids, ("same", "same", None, "same"), strict=True):
            session.get_one(Attachment, one).media_hash = media_hash

    assert len((await seen(scene, into, officer)).photos) == 4
    await scene.do(fetched)
    shown = (await seen(scene, into, officer)).photos
    assert [(one.stage, one.media_hash) for one in shown] == [
        (Stage.BEFORE, "same"),
        (Stage.BEFORE, None),
        (Stage.AFTER, "same"),
    ]


async def test_my_reports_are_the_newest_first_and_paged(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    assert await mine(scene, rider) == ([], 1)
    ids = [await scene.file(rider, now=NOW + n * MINUTE) for n in range(PAGE + 2)]
    await scene.file(other)
    newest = ids[::-1]
    assert await mine(scene, rider) == (newest[:PAGE], 2)
    assert await mine(scene, rider, 1) == (newest[PAGE:], 2)


@pytest.mark.parametrize("page", [2, 10**15 - 1])
async def test_a_page_beyond_the_end_is_the_last(scene: Scene, page: int) -> None:
    rider, officer = await scene.person(), await scene.officer()
    assert await mine(scene, rider, page) == ([], 1)
    ids = [await scene.file(rider, now=NOW + n * MINUTE) for n in range(PAGE + 1)]
    assert await mine(scene, rider, page) == ([ids[0]], 2)
    assert await cases(scene, officer, page) == ([ids[-1]], 2)


async def test_my_cases_are_mine_or_offered_and_open_the_oldest_deadline_first(scene: Scene) -> None:
    rider, officer, other = await scene.person(), await scene.officer(), await scene.officer()
    late = await scene.file(rider, now=NOW - timedelta(hours=2))  # to be accepted 1.5 hours ago
    held = await scene.accepted(rider, officer, now=NOW - timedelta(hours=1))  # 23 hours left
    urgent = await scene.file(rider, words="着火了", now=NOW)
    theirs = await scene.accepted(rider, other)
    elsewhere = await scene.file(rider, at=county.IN_B1)
    gone = await scene.file(rider)
    await scene.do(withdrawing.withdraw, report_id=gone, person_id=rider)
    assert await cases(scene, officer) == ([late, urgent, held], 1)
    assert theirs in (await cases(scene, other))[0]
    assert elsewhere not in (await cases(scene, officer))[0]
    await scene.resolve(held, officer)
    await scene.do(dispatch.decline, report_id=late, officer_id=officer, why="away")
    assert await cases(scene, officer) == ([urgent], 1)


async def test_cases_whose_clock_stands_still_come_last_by_when_it_goes_on(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    later, sooner, runs = [await scene.accepted(rider, officer, now=NOW - n * MINUTE) for n in (9, 8, 7)]
    for report, hours in ((later, 5), (sooner, 2)):
        wait = {"report_id": report, "officer_id": officer, "waiting_for": WaitingFor.THIRD_PARTY}
        await scene.do(waiting.wait_for, **wait, until=NOW + timedelta(hours=hours))
    open_one = await scene.file(rider)
    assert await cases(scene, officer) == ([open_one, runs, sooner, later], 1)
    page, _ = await scene.store.read(lists.my_cases, person_id=officer, page=0)
    me = await scene.store.read(load_me, person_id=officer)
    said = paged.my_cases(page, me, at=0, pages=1, now=NOW, zone=ZoneInfo("Asia/Shanghai")).text.split("\n")
    head = say(me.language, "my-cases-paused")
    assert [number(one) in line for one, line in zip((open_one, runs), said[1:3], strict=True)] == [True, True]
    assert (said[3], number(sooner) in said[4], number(later) in said[5]) == (head, True, True)
    await scene.do(waiting.go_on, report_id=later, officer_id=officer)
    assert await cases(scene, officer) == ([open_one, later, runs, sooner], 1)


@pytest.mark.parametrize("look", [lists.cases_in_order, partial(lists.overdue, now=NOW)])
async def test_cases_are_found_by_indexes_however_many_reports_there_are(store: Store, look: Any) -> None:
    def plan(session: Session) -> str:
        asked: list[tuple[str, Any]] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *facts: asked.append((facts[2], facts[3])))
        look(session, person_id=1)
        looks = tuple(asked)
        is_postgres = connection.dialect.name == "postgresql"
        if is_postgres:  # a small table is read whole, unless that is forbidden
            session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN" if is_postgres else "EXPLAIN QUERY PLAN"
        lines = [
            row for statement, values in looks for row in connection.exec_driver_sql(f"{explain} {statement}", values)
        ]
        return "\n".join(row[-1] for row in lines)

    said = await store.read(plan)
    assert "ix_reports_officer" in said
    assert "ix_offers_person" in said
    assert "ix_reports_review" in said
    assert "SCAN " not in said
    assert "Seq Scan" not in said


# -- briefs of outbox messages --


async def test_a_brief_has_what_its_message_is_about(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="leak")
    claimed = {one.message: one for one in await scene.store.write(outbox.claim, now=NOW, most=10)}
    alert = await scene.store.read(outgoing.load, claimed=claimed[Message.ALERT], now=NOW)
    assert alert is not None
    assert alert.report is not None
    assert (alert.to.id, alert.report.id, alert.report.words, alert.draft) == (officer, report, "leak", None)


async def test_news_of_photos_shows_these_photos_alone(scene: Scene) -> None:
    rider, _ = await scene.person(), await scene.officer()
    await scene.take(rider, county.IN_A1, scene.photo(media_group_id="g"))
    await scene.deliver()
    late = scene.photo(media_group_id="g")
    await scene.take(rider, late)
    (claimed,) = await scene.store.write(outbox.claim, now=NOW + MINUTE, most=10)
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW)
    assert brief is not None
    assert brief.report is not None
    assert [photo.file_id for photo in brief.report.photos] == [late.file_id]


async def test_there_is_nothing_to_say_to_who_has_no_chat(scene: Scene) -> None:
    officer = await scene.officer(joined=False)

    def tell(session: object, *, now: object) -> None:
        from datetime import datetime

        from sqlalchemy.orm import Session

        from services import notices

        assert isinstance(session, Session)
        assert isinstance(now, datetime)
        notices.draft_changed(session, officer, now=now)

    await scene.do(tell)
    (claimed,) = await scene.store.write(outbox.claim, now=NOW, most=10)
    assert await scene.store.read(outgoing.load, claimed=claimed, now=NOW) is None


@pytest.mark.parametrize(
    ("words", "at", "spans"),
    [
        ("leak", "10:00", (False, True)),  # a day and a half of office hours
        ("leak", "11:45", (True, True)),  # nobody works at noon
        ("leak", "20:00", (True, True)),
        ("着火了", "20:00", (False, False)),  # urgent: around the clock
    ],
)
async def test_one_is_told_which_promises_span_closed_hours(
    scene: Scene, words: str, at: str, spans: tuple[bool, bool]
) -> None:
    rider = await scene.person()
    filed = datetime.combine(NOW.date(), time.fromisoformat(at), ZoneInfo("Asia/Shanghai"))
    report = await scene.file(rider, words=words, now=filed.astimezone(UTC))
    record = await scene.store.read(briefs.describe, report_id=report, person_id=rider)
    assert (record.accept_spans_closed, record.resolve_spans_closed) == spans
