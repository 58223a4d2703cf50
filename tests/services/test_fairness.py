"""Reports that are called false: told why, disputed once, decided by a lead; three suspend; all of it is noted."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services import again, audit_log, dispatch, escalation, fairness, following, intake, suspensions, talk, verdicts
from services.errors import (
    AlreadyDecided,
    FoundTrue,
    NotAllowed,
    NoWords,
    ReportEnded,
    ReportsNothing,
    TooLateToDispute,
)
from services.parts import attachment_of
from services.points import accounts, ledger, purse
from services.points.ledger import About
from storage.kinds import Deed, EventKind, Level, MarkState, Message, Role, Stage, Status
from storage.points_kinds import Reason
from storage.schema import AuditLine, Draft, FalseMark, Report, Suspension
from tests import county
from tests.moment import NOW
from tests.services import bare_ledger
from tests.services.scene import Scene
from tests.services.test_escalation import lead

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RULES = suspensions.rules()


async def marked(scene: Scene, rider: int, officer: int, *, now: object = NOW) -> int:
    """A report that the officer calls false."""
    report = await scene.file(rider, words="着火了", now=now)  # type: ignore[arg-type]
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=now)
    await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="nothing there", now=now)
    return report


async def deeds(scene: Scene) -> list[Deed]:
    """What the audit log says was done with reports and reporters, oldest first."""
    of_people = (Deed.ROLE_GRANTED, Deed.INVITE_MADE, Deed.INVITE_USED)
    return [line.deed for line in await scene.rows(AuditLine) if line.deed not in of_people]


async def test_the_reporter_is_told_why_and_may_object_once(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    report = await marked(scene, rider, officer)
    facts = (await scene.events(report))[-1].facts or {}
    assert (facts["why"], facts["words"]) == ("false", "nothing there")
    assert (rider, Message.REJECTED) in await scene.told()
    said = await scene.last_said()
    photo = attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes", photos=[photo])
    row = await scene.report(report)
    assert (row.status, row.responsible_id, row.level) == (Status.REVIEW, chen, Level.LEAD)
    assert (chen, Message.RAISED) in await scene.told(since=said)
    await scene.do(fairness.decide_dispute, report_id=report, person_id=chen, is_false=True)
    assert (await scene.report(report)).status is Status.REJECTED
    assert (rider, Message.DISPUTE_DECIDED) in await scene.told(since=said)
    with pytest.raises(TooLateToDispute):
        await scene.do(fairness.dispute, report_id=report, person_id=rider, words="but it does")
    with pytest.raises(AlreadyDecided):
        await scene.do(fairness.decide_dispute, report_id=report, person_id=chen, is_false=False)
    assert await deeds(scene) == [Deed.MARKED_FALSE, Deed.DISPUTED, Deed.UPHELD]


async def test_what_the_lead_finds_true_goes_back_to_the_grid_and_counts_no_more(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    report = await marked(scene, rider, officer)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes", now=NOW + DAY)
    said = await scene.last_said()
    await scene.do(fairness.decide_dispute, report_id=report, person_id=chen, is_false=False, now=NOW + DAY)
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.level) == (Status.OPEN, None, Level.PRIMARY)
    assert row.resolve_by > NOW + DAY  # its promise begins anew
    assert await scene.asked(report) == {officer}
    assert {(officer, Message.ALERT), (rider, Message.DISPUTE_DECIDED)} <= set(await scene.told(since=said))
    assert [mark.state for mark in await scene.rows(FalseMark)] == [MarkState.CLEARED]
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + DAY)
    with pytest.raises(FoundTrue):
        await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="still", now=NOW + DAY)
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="done", now=NOW + DAY)


async def test_nobody_decides_about_himself(scene: Scene) -> None:
    chen, rider = await lead(scene), await scene.person()
    officer, town = await scene.officer(), await lead(scene, community="")
    mine = await marked(scene, chen, officer)  # the lead reported it himself: the town decides
    await scene.do(fairness.dispute, report_id=mine, person_id=chen, words="it smokes")
    assert (await scene.report(mine)).responsible_id == town
    for person in (chen, officer, rider):
        with pytest.raises(NotAllowed):
            await scene.do(fairness.decide_dispute, report_id=mine, person_id=person, is_false=False)


async def closed(scene: Scene, rider: int, officer: int) -> int:
    """A report whose fix was confirmed: it has brought its points."""
    report = await scene.accepted(rider, officer)
    await scene.resolve(report, officer)
    await scene.do(verdicts.fixed, report_id=report, person_id=rider, fix=0)
    return report


async def points(scene: Scene, person: int) -> tuple[int, int]:
    """What somebody can spend, and what he owes."""
    names = accounts.purse(person), accounts.owed(person)
    has, owes = [await scene.store.read(ledger.balance, name=name) for name in names]
    return has, -owes


async def test_what_was_fixed_and_is_found_false_afterwards_loses_its_points_when_nobody_objects(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    report = await closed(scene, rider, officer)
    assert await points(scene, rider) == (10, 0)
    spent = {"key": "till", "lapses_at": NOW + DAY}
    await scene.do(purse.put_aside, person_id=rider, amount=7, **spent)
    said = await scene.last_said()
    await scene.do(fairness.mark_false, report_id=report, officer_id=chen, why="an old picture")
    assert (await scene.report(report)).status is Status.REJECTED
    assert [what for who, what in await scene.told(since=said) if who == rider].count(Message.REJECTED) == 1
    assert (await scene.events(report))[-1].from_status is Status.CLOSED
    assert await points(scene, rider) == (3, 0)  # until then he may object
    late = NOW + RULES.dispute_within
    assert await scene.do(fairness.tick, now=late) == 1
    assert await scene.do(fairness.tick, now=late) == 0
    assert await points(scene, rider) == (0, 7)
    assert [what for who, what in await scene.told(since=said) if who == rider].count(Message.POINTS_TAKEN) == 1
    assert await deeds(scene) == [Deed.MARKED_FALSE, Deed.UNDISPUTED]
    await scene.do(purse.earn, person_id=rider, amount=9, key="more", about=About(Reason.CREDIT), now=late)
    assert await points(scene, rider) == (2, 0)
    assert await scene.store.read(bare_ledger.wrong) == []


async def test_what_was_fixed_and_is_found_true_stays_fixed_and_keeps_its_points(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    town = await lead(scene, community="")
    report = await closed(scene, rider, officer)
    await scene.do(fairness.mark_false, report_id=report, officer_id=chen, why="an old picture")
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it was there")
    assert (await scene.report(report)).responsible_id == town  # not who called it false
    with pytest.raises(NotAllowed):
        await scene.do(fairness.decide_dispute, report_id=report, person_id=chen, is_false=True)
    await scene.do(fairness.decide_dispute, report_id=report, person_id=town, is_false=False)
    row = await scene.report(report)
    assert (row.status, row.officer_id) == (Status.CLOSED, officer)
    assert await points(scene, rider) == (10, 0)
    with pytest.raises(FoundTrue):
        await scene.do(fairness.mark_false, report_id=report, officer_id=chen, why="all the same")


async def test_what_is_found_true_before_its_fix_was_judged_brings_its_points(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    report = await scene.accepted(rider, officer)
    await scene.resolve(report, officer)
    await scene.do(fairness.mark_false, report_id=report, officer_id=chen, why="an old picture")
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it was there")
    assert (await scene.report(report)).status is Status.CLOSED  # there is nobody else to decide
    assert await points(scene, rider) == (10, 0)


async def test_only_who_looks_after_the_officers_finds_false_what_was_fixed(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    elsewhere = await lead(scene, community="Elsewhere")
    report = await closed(scene, rider, officer)
    for person in (officer, rider, elsewhere):
        with pytest.raises((NotAllowed, ReportEnded)):
            await scene.do(fairness.mark_false, report_id=report, officer_id=person, why="no")
    own = await closed(scene, chen, officer)
    with pytest.raises(NotAllowed):
        await scene.do(fairness.mark_false, report_id=own, officer_id=chen, why="no")
    for role in (Role.DESK, Role.ADMIN):
        person = await scene.person(roles=(role,))
        await scene.do(fairness.check_mark, report_id=report, officer_id=person)


async def test_with_nobody_to_decide_the_reporter_is_believed(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await marked(scene, rider, officer)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes")
    assert (await scene.report(report)).status is Status.OPEN
    assert EventKind.CLEARED in await scene.story(report)


async def test_a_decision_that_takes_too_long_is_reminded_of_and_raised(scene: Scene) -> None:
    officer, rider, chen = await scene.officer(), await scene.person(), await lead(scene)
    town = await lead(scene, community="")
    report = await marked(scene, rider, officer)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes")
    told: list[tuple[int, Message]] = []
    for _ in range(2):  # at half of a working day, and at its end
        due = (await scene.report(report)).next_at
        assert due is not None
        said = await scene.last_said()
        await scene.deliver(now=due)
        await scene.do(escalation.tick, now=due)
        told += [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    assert told[0] == (chen, Message.REMINDER)
    assert (town, Message.RAISED) in told
    assert officer not in {person for person, _ in told}
    await scene.do(fairness.decide_dispute, report_id=report, person_id=town, is_false=True, now=NOW + DAY)


async def test_silence_confirms_and_the_third_false_one_suspends_for_a_week(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    marks = [await marked(scene, rider, officer, now=NOW + DAY * day) for day in range(3)]
    for day in range(2):
        await scene.do(fairness.tick, now=NOW + DAY * day + RULES.dispute_within)
    assert not await scene.rows(Suspension)
    end = NOW + DAY * 2 + RULES.dispute_within
    with pytest.raises(TooLateToDispute):
        await scene.do(fairness.dispute, report_id=marks[2], person_id=rider, words="no", now=end)
    assert await scene.do(fairness.tick, now=end) == 1
    assert await scene.do(fairness.tick, now=end) == 0
    (one,) = await scene.rows(Suspension)
    assert (one.person_id, one.until, one.reports) == (rider, end + RULES.lasts, marks)
    assert (rider, Message.SUSPENDED) in await scene.told()
    assert await deeds(scene) == [Deed.MARKED_FALSE] * 3 + [Deed.UNDISPUTED] * 3 + [Deed.SUSPENDED]


async def test_what_led_to_a_suspension_leads_to_no_other(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    await suspended(scene, rider, officer)
    later = NOW + RULES.lasts + DAY * 4
    await marked(scene, rider, officer, now=later)
    await scene.do(fairness.tick, now=later + RULES.dispute_within)
    assert len(await scene.rows(Suspension)) == 1


async def test_false_ones_of_long_ago_count_no_more(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    for begin in (NOW, NOW + DAY, NOW + RULES.within + DAY):
        await marked(scene, rider, officer, now=begin)
        await scene.do(fairness.tick, now=begin + RULES.dispute_within)
    assert not await scene.rows(Suspension)


async def suspended(scene: Scene, rider: int, officer: int) -> None:
    """Three false ones at once; the week begins three days later."""
    for _ in range(RULES.reports):
        await marked(scene, rider, officer)
    while await scene.do(fairness.tick, now=NOW + RULES.dispute_within):
        pass


async def test_while_suspended_what_is_sent_is_kept_and_not_filed(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    held = await scene.accepted(rider, officer, words="an open one")
    await suspended(scene, rider, officer)
    now = NOW + RULES.dispute_within + DAY
    outcome = await scene.take(rider, scene.photo(), county.IN_A1, now=now)
    assert outcome.filed is None
    assert outcome.draft is not None
    assert outcome.draft.suspended is not None
    assert outcome.draft.suspended.until == NOW + RULES.dispute_within + RULES.lasts
    assert (outcome.draft.photos, outcome.draft.latitude) == (1, county.IN_A1[0])
    await scene.do(talk.ask, report_id=held, officer_id=officer, said=talk.Said("where?"), now=now)
    await scene.do(talk.answer, report_id=held, person_id=rider, said=talk.Said("left"), now=now)
    after = NOW + RULES.dispute_within + RULES.lasts
    assert (await scene.take(rider, "here", now=after)).draft is not None  # days old: begun anew
    assert (await scene.take(rider, scene.photo(), county.IN_A1, now=after)).filed is not None


async def test_a_question_that_nobody_answers_files_nothing_of_who_was_suspended_meanwhile(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    for _ in range(RULES.reports):
        await marked(scene, rider, officer)
    end = NOW + RULES.dispute_within
    await scene.file(await scene.person(), words="water leak", now=end - MINUTE)
    asked = await scene.take(rider, scene.photo(caption="water leak"), county.IN_A1, now=end - MINUTE)
    assert asked.draft is not None
    assert asked.draft.near
    while await scene.do(fairness.tick, now=end):
        pass
    reports = len(await scene.rows(Report))
    assert await scene.do(following.file_unanswered, now=end + 5 * MINUTE) == 1
    assert len(await scene.rows(Report)) == reports
    (held,) = await scene.rows(Draft)
    assert (held.person_id, held.words) == (rider, "water leak")


async def test_while_suspended_nothing_is_filed_as_broken_again_either(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    old = await scene.accepted(rider, officer)
    await scene.resolve(old, officer)
    await scene.do(verdicts.fixed, report_id=old, person_id=rider, fix=0)
    await suspended(scene, rider, officer)
    (held,), reports = await scene.rows(Suspension), len(await scene.rows(Report))
    broken = {"report_id": old, "person_id": rider, "county": scene.county}
    with pytest.raises(ReportsNothing) as refused:
        await scene.do(again.say_again, **broken, now=held.until - DAY)
    assert refused.value.facts == {"phone": RULES.phone}
    assert len(await scene.rows(Report)) == reports
    new = await scene.do(again.say_again, **broken, now=held.until)
    assert (await scene.report(new)).follows_id == old


def test_the_rules_of_the_file_are_three_in_thirty_days_for_a_week() -> None:
    assert (RULES.reports, RULES.within, RULES.lasts) == (3, 30 * DAY, 7 * DAY)


async def test_an_administrator_lifts_it_and_what_was_sent_is_filed(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    admin = await scene.person(roles=(Role.ADMIN,))
    await suspended(scene, rider, officer)
    now = NOW + RULES.dispute_within + DAY
    await scene.take(rider, scene.photo(), county.IN_A1, now=now)
    with pytest.raises(NotAllowed):
        await scene.store.read(fairness.suspended, person_id=officer, now=now)
    (one,) = await scene.store.read(fairness.suspended, person_id=admin, now=now)
    lift = {"suspension_id": one.id, "county": scene.county, "now": now}
    with pytest.raises(NotAllowed):
        await scene.do(fairness.lift, person_id=rider, **lift)
    await scene.do(fairness.lift, person_id=admin, **lift)
    assert (rider, Message.LIFTED) in await scene.told()
    assert (rider, Message.RECEIPT) in (await scene.told())[-3:]
    assert await scene.store.read(intake.look, person_id=rider) is None
    with pytest.raises(AlreadyDecided):
        await scene.do(fairness.lift, person_id=admin, **lift)
    assert (await deeds(scene))[-1] is Deed.LIFTED


async def test_when_its_time_is_over_it_is_said_once_and_what_was_sent_is_filed(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    await suspended(scene, rider, officer)
    end = NOW + RULES.dispute_within + RULES.lasts
    await scene.take(rider, scene.photo(), county.IN_A1, now=end - DAY / 24)
    assert await scene.do(fairness.end_suspensions, now=end - DAY / 24) == 0
    said = await scene.last_said()
    both = [scene.do(fairness.end_suspensions, now=end) for _ in range(2)]  # two clocks
    assert sum(await asyncio.gather(*both)) == 1
    assert await scene.do(fairness.end_suspensions, now=end + DAY) == 0
    told = await scene.told(since=said)
    assert told.count((rider, Message.LIFTED)) == 1
    assert (rider, Message.RECEIPT) in told
    (line,) = [row for row in await scene.outbox() if row.message is Message.LIFTED]
    assert line.facts == {"is_over": True, "goes_on": True}
    assert (await deeds(scene))[-1] is Deed.SUSPENSION_OVER


async def test_nothing_is_said_of_a_suspension_that_was_lifted_or_ended_long_ago(scene: Scene) -> None:
    officer, rider, other = await scene.officer(), await scene.person(), await scene.person()
    admin = await scene.person(roles=(Role.ADMIN,))
    await suspended(scene, rider, officer)
    await suspended(scene, other, officer)
    end = NOW + RULES.dispute_within + RULES.lasts
    (one, _) = await scene.rows(Suspension)
    await scene.do(
        fairness.lift, suspension_id=one.id, person_id=admin, county=scene.county, now=NOW + RULES.dispute_within
    )
    assert await scene.do(fairness.end_suspensions, now=end + DAY * 2) == 1  # the other's
    assert [row.person_id for row in await scene.outbox() if row.message is Message.LIFTED] == [one.person_id]


async def test_only_who_has_the_report_calls_it_false_and_says_why(scene: Scene) -> None:
    officer, rider, other = await scene.officer(), await scene.person(), await scene.officer("A-02")
    report = await scene.accepted(rider, officer)
    with pytest.raises(NotAllowed):
        await scene.do(fairness.mark_false, report_id=report, officer_id=other, why="x")
    with pytest.raises(NoWords):
        await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="  ")
    with pytest.raises(NoWords):
        await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="false")
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="done")
    with pytest.raises(TooLateToDispute):  # another reason cannot be disputed
        await scene.do(fairness.dispute, report_id=report, person_id=rider, words="no")
    with pytest.raises(NotAllowed):
        await scene.do(fairness.dispute, report_id=report, person_id=other, words="no")


@pytest.mark.parametrize("change", ["UPDATE audit SET deed = 'lifted'", "DELETE FROM audit"])
async def test_the_database_refuses_to_change_the_audit_log(scene: Scene, change: str) -> None:
    officer, rider = await scene.officer(), await scene.person()
    await marked(scene, rider, officer)
    before = await deeds(scene)

    def meddle(session: Session, *, now: object) -> None:
        session.execute(text(change))

    with pytest.raises(DBAPIError, match="only grows"):
        await scene.do(meddle)
    assert await deeds(scene) == before


async def test_the_audit_log_names_who_holds_a_role_and_nobody_else(scene: Scene) -> None:
    officer, rider = await scene.officer(name="Li"), await scene.person("Wang")
    admin = await scene.person("Admin", roles=(Role.ADMIN,))
    await marked(scene, rider, officer)
    with pytest.raises(NotAllowed):
        await scene.store.read(audit_log.page, person_id=officer, page=0)
    found, pages = await scene.store.read(audit_log.page, person_id=admin, page=5)
    assert pages == 1
    assert (found[0].deed, found[0].by_name, found[0].person_name) == (Deed.MARKED_FALSE, "Li", None)
    assert found == await scene.store.read(audit_log.everything)


def test_nothing_in_the_code_touches_the_audit_log_but_who_writes_and_who_reads_it() -> None:
    root = Path(__file__).parents[2]
    rooms = ("alerts", "bot", "handlers", "services", "storage", "views")
    files = [path for room in rooms for path in (root / room).rglob("*.py") if "migrations" not in path.parts]
    naming = {path.relative_to(root).as_posix() for path in files if "AuditLine" in path.read_text(encoding="utf-8")}
    schema = {"storage/schema/__init__.py", "storage/schema/fairness.py"}
    assert naming == {"services/audit.py", "services/audit_log.py", *schema}
