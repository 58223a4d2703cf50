"""The verdict on a fix: fixed, not fixed, silence, the lead's decision, stars, and that it broke again."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services import (
    again,
    briefs,
    dispatch,
    duty,
    escalation,
    fairness,
    outgoing,
    presence,
    reports,
    verdicts,
    withdrawing,
)
from services.errors import (
    AlreadyDecided,
    AlreadyJudged,
    BackAtWork,
    Disputed,
    NewerFix,
    NotAllowed,
    NotPossible,
    NoWords,
    ReportEnded,
    TooLateForAgain,
    TooManyPhotos,
    VerdictOver,
)
from services.parts import MOST_PHOTOS, attachment_of
from storage import outbox
from storage.kinds import EventKind, Language, Level, Message, OfferState, Role, Stage, Status
from storage.records import Me
from storage.schema import Attachment, Duty, Follower, Grid, Report, Verdict
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from views import promises
from views import verdicts as shown
from views.texts import plain

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SILENCE = timedelta(hours=72)


async def fixed(scene: Scene, officer: int, **how: Any) -> tuple[int, int]:
    """A report that the officer has fixed; it and its reporter."""
    rider = await scene.person()
    report = await scene.accepted(rider, officer, **how)
    await scene.resolve(report, officer)
    return report, rider


async def follow(scene: Scene, report: int, many: int = 1) -> list[int]:
    """So many more have the same trouble."""
    people = [await scene.person(f"Follower {number}") for number in range(many)]

    def join(session: Session, *, now: Any) -> None:
        session.add_all(Follower(report_id=report, person_id=one, joined_at=now) for one in people)
        session.get_one(Report, report).affected += many

    await scene.do(join)
    return people


async def say(scene: Scene, report: int, person: int, why: str | None = None, *, fix: int = 0, **how: Any) -> None:
    """Fixed; or not, and why."""
    who: dict[str, Any] = {"report_id": report, "person_id": person, "fix": fix, **how}
    await (scene.do(verdicts.not_fixed, **who, why=why) if why else scene.do(verdicts.fixed, **who))


async def status(scene: Scene, report: int) -> Status:
    return (await scene.report(report)).status


async def heard(scene: Scene, message: Message, *, since: int = 0) -> list[int]:
    """Who is told this."""
    return [person for person, told in await scene.told(since=since) if told is message]


async def test_the_reporter_and_each_follower_are_asked_and_all_must_say_so(scene: Scene) -> None:
    officer = await scene.officer()
    rider = await scene.person()
    report = await scene.accepted(rider, officer)
    followers = await follow(scene, report, 2)
    await scene.resolve(report, officer)
    assert await heard(scene, Message.RESOLVED) == [rider, *followers]
    for person in followers:
        await say(scene, report, person)
        assert await status(scene, report) is Status.RESOLVED
    await say(scene, report, rider, now=NOW + HOUR)
    row = await scene.report(report)
    assert (row.status, row.ended_at, row.responsible_id, row.next_at) == (Status.CLOSED, NOW + HOUR, None, None)
    assert (await scene.story(report))[-4:] == [EventKind.JUDGED] * 3 + [EventKind.CLOSED]
    assert await heard(scene, Message.CLOSED) == []  # each has said so: his card says the rest
    assert set(await heard(scene, Message.VERDICT)) == {officer}


async def test_silence_closes_and_only_who_was_silent_is_told(scene: Scene) -> None:
    report, rider = await fixed(scene, await scene.officer())
    (follower,) = await follow(scene, report)
    await say(scene, report, follower)
    assert await scene.do(escalation.tick, now=NOW + SILENCE - HOUR) == 0
    await scene.do(escalation.tick, now=NOW + SILENCE)
    assert await status(scene, report) is Status.CLOSED
    assert await heard(scene, Message.CLOSED) == [rider]


@pytest.mark.parametrize("who", ["reporter", "follower"])
async def test_not_fixed_by_anybody_gives_it_back_to_the_officer_with_a_new_promise(scene: Scene, who: str) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    (follower,) = await follow(scene, report)
    await say(scene, report, rider if who == "reporter" else follower, "partly", now=NOW + DAY)
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.responsible_id, row.reopened) == (Status.ACCEPTED, officer, officer, 1)
    assert row.resolve_by > NOW + DAY
    assert row.next_at is not None
    assert row.resolve_seconds is None  # a fix that did not hold does not count
    last = (await scene.events(report))[-1]
    assert (last.kind, last.facts) == (EventKind.REOPENED, {"why": "partly"})
    assert await heard(scene, Message.NOT_FIXED) == [officer]
    await scene.resolve(report, officer, now=NOW + 2 * DAY)
    assert await heard(scene, Message.RESOLVED) == [rider, rider, follower]
    await say(scene, report, rider, fix=1)  # of the new fix each may say something anew
    await say(scene, report, follower, fix=1)
    assert await status(scene, report) is Status.CLOSED


async def test_words_and_a_photo_go_onto_the_report_and_to_the_officer(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    (follower,) = await follow(scene, report)
    await scene.deliver()
    said = await scene.last_said()
    photo = attachment_of(follower, scene.photo(), stage=Stage.BEFORE, now=NOW)
    with pytest.raises(NoWords):
        await scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=0, why=" ")
    shown = {"report_id": report, "person_id": follower, "fix": 0, "why": None}
    await scene.do(verdicts.not_fixed, **shown, photo=photo)
    added = [row for row in await scene.rows(Attachment) if row.person_id == follower]
    assert [(row.report_id, row.stage) for row in added] == [(report, Stage.BEFORE)]
    assert await heard(scene, Message.PHOTOS, since=said) == [officer]
    assert [verdict.why for verdict in await scene.rows(Verdict)] == [verdicts.SHOWN]
    await scene.do(reports.add, report_id=report, person_id=follower, words="left of the gate")
    assert await heard(scene, Message.WORDS) == [officer]


async def test_a_full_report_takes_no_photo_more_and_nothing_is_said_then(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)

    def fill(session: Session, *, now: Any) -> None:
        session.add_all(_photo_of(report, rider, scene) for _ in range(MOST_PHOTOS))

    await scene.do(fill)
    photo = attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW)
    with pytest.raises(TooManyPhotos):
        await scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=0, why="still", photo=photo)
    assert await status(scene, report) is Status.RESOLVED
    await say(scene, report, rider, "still")
    assert await status(scene, report) is Status.ACCEPTED


def _photo_of(report: int, rider: int, scene: Scene) -> Attachment:
    photo = attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW)
    photo.report_id = report
    return photo


async def gone(scene: Scene, officer: int, how: str) -> None:
    """The officer is not there any more."""
    if how == "another grid":

        def move(session: Session, *, now: Any) -> None:
            away = session.scalars(select(Grid).where(Grid.code == "B-01")).one()
            session.execute(update(Duty).where(Duty.person_id == officer).values(grid_id=away.id))

        await scene.do(move)
    elif how == "off duty":
        await scene.do(duty.switch, person_id=officer, on_duty=False)
    else:
        await scene.do(presence.reachability, person_id=officer, is_reachable=False)


@pytest.mark.parametrize("how", ["off duty", "unreachable", "another grid"])
async def test_a_reopened_report_whose_officer_has_left_goes_to_the_grids_present_one(scene: Scene, how: str) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    present = await scene.officer(name="Zhao")
    await gone(scene, officer, how)
    said = await scene.last_said()
    await say(scene, report, rider, "still")
    row = await scene.report(report)
    assert (row.status, row.officer_id, row.responsible_id) == (Status.OPEN, None, present)
    assert await scene.asked(report) == {present}
    assert await heard(scene, Message.ALERT, since=said) == [present]
    assert await heard(scene, Message.VERDICT, since=said) == [officer]
    await scene.do(dispatch.accept, report_id=report, officer_id=present)
    assert await heard(scene, Message.ACCEPTED, since=said) == [rider]


async def dispute(scene: Scene, officer: int) -> tuple[int, int]:
    """A report of which the reporter says for the third time that it is not fixed."""
    report, rider = await fixed(scene, officer)
    for number in range(verdicts.MOST_REOPENED):
        await say(scene, report, rider, "still", fix=number)
        await scene.resolve(report, officer)
    await say(scene, report, rider, "worse", fix=verdicts.MOST_REOPENED)
    return report, rider


async def test_the_third_time_the_lead_of_the_community_decides(scene: Scene) -> None:
    officer, community, town = await scene.officer(), await lead(scene), await lead(scene, community="")
    report, rider = await dispute(scene, officer)
    row = await scene.report(report)
    assert (row.status, row.level, row.responsible_id) == (Status.REVIEW, Level.LEAD, community)
    assert row.next_at is not None
    assert await heard(scene, Message.RAISED) == [community]
    with pytest.raises(Disputed):
        await say(scene, report, (await follow(scene, report))[0], fix=2)
    for stranger in (town, officer, rider):
        with pytest.raises(NotAllowed):
            await scene.do(verdicts.decide, report_id=report, lead_id=stranger, is_fixed=True)
    await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=True, words="seen it")
    row = await scene.report(report)
    assert (row.status, row.responsible_id, row.next_at) == (Status.CLOSED, None, None)
    assert rider in await heard(scene, Message.DECIDED)
    with pytest.raises(AlreadyDecided):
        await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=False)


@pytest.mark.parametrize("who", ["lead", "town", "desk", "admin", "nobody"])
async def test_who_waits_reads_with_whom_the_decision_is(scene: Scene, who: str) -> None:
    officer = await scene.officer()
    if who in ("lead", "town"):
        await lead(scene, **({"community": ""} if who == "town" else {}))
    elif who in ("desk", "admin"):
        await scene.person(roles=[Role(who)])
    report, rider = await dispute(scene, officer)
    assert await decides(scene, report, rider) == ("desk" if who == "nobody" else who)


async def test_the_decision_is_with_whom_it_was_raised_to(scene: Scene) -> None:
    officer, _, _ = await scene.officer(), await lead(scene), await scene.person(roles=[Role.ADMIN])
    report, rider = await dispute(scene, officer)
    assert await decides(scene, report, rider) == "lead"
    due = (await scene.report(report)).next_at
    while (await scene.report(report)).level is Level.LEAD:
        assert due is not None
        await scene.do(escalation.tick, now=due)
        due = (await scene.report(report)).next_at
    assert await decides(scene, report, rider) == "admin"


async def decides(scene: Scene, report: int, rider: int) -> str:
    """With whom the decision is, as its reporter reads it."""
    asked = {"report_id": report, "person_id": rider}
    record = await scene.store.read(lambda session: briefs.describe(session, **asked))
    me = Me(rider, 1, "Wang", Language.EN)
    text = str(shown.state(record, me, now=NOW, zone=ZoneInfo("Asia/Shanghai")))
    assert text in str(promises.next_lines(record, me, now=NOW, zone=ZoneInfo("Asia/Shanghai")))
    return next(who for who in ("lead", "town", "desk", "admin") if plain(Language.EN, f"level-{who}") in text)


async def test_what_one_says_is_not_fixed_all_others_who_have_the_trouble_hear_once(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    report, rider = await fixed(scene, officer)
    one, other = await follow(scene, report, 2)
    told = {"since": await scene.last_said()}
    await say(scene, report, one, "still")  # back to work
    assert await heard(scene, Message.OBJECTED, **told) == [rider, other]
    await scene.resolve(report, officer)
    await say(scene, report, rider, "still", fix=1)
    assert await heard(scene, Message.OBJECTED, **told) == [rider, other, one, other]
    await scene.resolve(report, officer)
    told = {"since": await scene.last_said()}
    await say(scene, report, other, "still", fix=2)  # the third time: to a lead
    assert await status(scene, report) is Status.REVIEW
    assert await heard(scene, Message.OBJECTED, **told) == [rider, one]
    await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=False)
    assert await heard(scene, Message.DECIDED, **told) == [rider, one, other]  # who said so, too
    assert await heard(scene, Message.OBJECTED, **told) == [rider, one]


async def test_sent_back_to_work_by_the_lead_it_goes_to_the_grid_and_may_be_judged_anew(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    report, rider = await dispute(scene, officer)
    await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=False)
    row = await scene.report(report)
    assert (row.status, row.reopened, row.officer_id, row.responsible_id) == (Status.OPEN, 3, None, officer)
    assert await heard(scene, Message.DECIDED) == [rider]
    assert (await scene.offers(report))[community] == OfferState.CLOSED
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await scene.resolve(report, officer)
    await say(scene, report, rider, "still", fix=3)  # and once more it is the lead's
    assert (await scene.report(report)).responsible_id == community
    assert (await scene.story(report)).count(EventKind.REOPENED) == 3


@pytest.mark.parametrize("there", ["town", "desk", "admin", "officer"])
async def test_without_a_lead_the_next_above_decides_and_who_fixed_it_only_if_he_is_alone(
    scene: Scene, there: str
) -> None:
    people = {"town": lambda: lead(scene, community=""), "desk": lambda: scene.person(roles=(Role.DESK,))}
    if there == "officer":
        decider = officer = await scene.person(roles=(Role.ADMIN,))
    else:
        officer = await scene.officer()
        decider = await people.get(there, lambda: scene.person(roles=(Role.ADMIN,)))()
    report, _ = await dispute(scene, officer)
    assert (await scene.report(report)).responsible_id == decider
    await scene.do(verdicts.decide, report_id=report, lead_id=decider, is_fixed=True)
    assert await status(scene, report) is Status.CLOSED


async def test_a_decision_that_nobody_takes_is_raised_and_one_that_nobody_can_take_waits_for_somebody(
    scene: Scene,
) -> None:
    officer, community, town = await scene.officer(), await lead(scene), await lead(scene, community="")
    report, _ = await dispute(scene, officer)
    await scene.do(escalation.tick, now=NOW + 10 * DAY)
    assert (await scene.report(report)).responsible_id == town
    assert {community, town} <= set(await heard(scene, Message.OVERDUE))
    for claimed in await scene.store.write(outbox.claim, now=NOW + 11 * DAY, most=100):
        if claimed.message is Message.OVERDUE:
            brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW + 11 * DAY)
            assert [one.id for one in brief.cases] == [report]
    for person in (community, town):
        await scene.do(presence.reachability, person_id=person, is_reachable=False)
    assert (await scene.report(report)).responsible_id is None
    await scene.do(presence.reachability, person_id=town, is_reachable=True)
    assert (await scene.report(report)).responsible_id == town


# -- presses that come too late, or twice --


async def test_each_press_that_means_nothing_any_more_has_its_sentence(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    (follower,) = await follow(scene, report)

    async def refused(why: type[Exception], person: int = rider, *, fix: int = 0) -> None:
        before = (await scene.story(report), await scene.told(), len(await scene.rows(Verdict)))
        for reason in (None, "still"):
            with pytest.raises(why):
                await say(scene, report, person, reason, fix=fix)
        assert (await scene.story(report), await scene.told(), len(await scene.rows(Verdict))) == before

    await refused(NotAllowed, officer)
    await say(scene, report, rider)
    await refused(AlreadyJudged)
    await say(scene, report, follower, "still")
    await refused(BackAtWork)
    await scene.resolve(report, officer)
    await refused(NewerFix)  # yesterday's card
    await say(scene, report, rider, fix=1)
    await say(scene, report, follower, fix=1)
    await refused(AlreadyJudged, fix=1)
    (late,) = await follow(scene, report)
    await refused(VerdictOver, late, fix=1)
    await scene.do(fairness.mark_false, report_id=report, officer_id=await lead(scene), why="nothing there")
    await refused(ReportEnded, late, fix=1)  # nor is it said that it may have broken again


async def test_of_fifty_verdicts_at_once_none_is_lost_and_it_is_closed_once(scene: Scene) -> None:
    report, rider = await fixed(scene, await scene.officer())
    people = [rider, *await follow(scene, report, 49)]
    await asyncio.gather(*(say(scene, report, person) for person in people))
    assert len(await scene.rows(Verdict)) == 50
    assert await status(scene, report) is Status.CLOSED
    assert (await scene.story(report)).count(EventKind.CLOSED) == 1


async def test_of_fifty_who_say_not_fixed_at_once_one_reopens_it_and_the_others_hear_so(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    people = [rider, *await follow(scene, report, 49)]
    ends = await asyncio.gather(*(say(scene, report, one, "still") for one in people), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["BackAtWork"] * 49 + ["NoneType"]
    assert ((await scene.report(report)).reopened, await heard(scene, Message.NOT_FIXED)) == (1, [officer])


# -- stars --


async def test_stars_may_be_given_to_what_one_called_fixed_and_changed(scene: Scene) -> None:
    report, rider = await fixed(scene, await scene.officer())
    (follower,) = await follow(scene, report)
    rate: Callable[[int, int], Any] = lambda who, stars: scene.do(  # noqa: E731
        verdicts.rate, report_id=report, person_id=who, stars=stars
    )
    with pytest.raises(NotPossible):
        await rate(rider, 5)
    await say(scene, report, rider)
    await rate(rider, 5)
    await rate(rider, 2)
    for stars in (0, 6):
        with pytest.raises(NotPossible):
            await rate(rider, stars)
    with pytest.raises(NotPossible):
        await rate(follower, 5)
    assert [row.rating for row in await scene.rows(Verdict)] == [2]
    await say(scene, report, follower, "still")
    with pytest.raises(NotPossible):  # that fix was none
        await rate(rider, 5)


# -- it broke again --


async def close(scene: Scene) -> tuple[int, int, int]:
    """A report that was closed; its officer and reporter."""
    officer = await scene.officer()
    report, rider = await fixed(scene, officer, words="water leak")
    await say(scene, report, rider)
    return report, officer, rider


async def press_again(scene: Scene, report: int, person: int, **how: Any) -> int:
    new: int = await scene.do(again.say_again, report_id=report, person_id=person, county=scene.county, **how)
    return new


async def test_it_broke_again_files_a_linked_report_of_the_same_kind_at_the_same_place_once(scene: Scene) -> None:
    report, officer, rider = await close(scene)
    said = await scene.last_said()
    new = await press_again(scene, report, rider, now=NOW + 14 * DAY)
    assert await press_again(scene, report, rider, now=NOW + 20 * DAY) == new
    old, row = await scene.report(report), await scene.report(new)
    assert (row.follows_id, row.reporter_id, row.category) == (report, rider, old.category)
    assert (row.latitude, row.longitude, row.grid_id) == (old.latitude, old.longitude, old.grid_id)
    assert (row.status, row.responsible_id, row.words) == (Status.OPEN, officer, None)
    assert (old.status, row.filed_at) == (Status.CLOSED, NOW + 14 * DAY)
    assert (await scene.events(report))[-1].facts == {"report": new}
    assert (await scene.events(new))[0].kind is EventKind.FILED
    assert [one for one in await scene.rows(Attachment) if one.report_id == new] == []
    assert await heard(scene, Message.ALERT, since=said) == [officer]
    assert await heard(scene, Message.RECEIPT, since=said) == [rider]


async def test_a_second_who_says_so_follows_the_new_report(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    (follower,) = await follow(scene, report)
    await say(scene, report, rider)
    await say(scene, report, follower)
    new = await press_again(scene, report, rider)
    assert [await press_again(scene, report, follower) for _ in range(2)] == [new, new]
    assert (await scene.report(new)).affected == 2
    assert len(await scene.rows(Report)) == 2
    assert sorted(await heard(scene, Message.RECEIPT)) == [rider, rider, follower]


async def test_that_it_broke_again_is_for_all_who_had_it_to_join_while_they_have_not(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    people = [rider, *await follow(scene, report, 2)]
    for person in people:
        await say(scene, report, person)

    async def may_press() -> list[list[str]]:
        found = []
        for person in people:
            record = await scene.store.read(briefs.report_for, report_id=report, person_id=person)
            me = Me(id=person, telegram_id=person, name="", language=Language.EN, roles=frozenset())
            found.append([button.text for row in shown.rows(record, me, now=NOW) for button in row][5:])
        return found

    again, too = (plain(Language.EN, key) for key in ("button-again", "button-again-too"))
    assert await may_press() == [[again]] * 3
    new = await press_again(scene, report, rider)
    assert await may_press() == [[], [too], [too]]
    await press_again(scene, report, people[1])
    assert await may_press() == [[], [], [too]]
    await scene.do(dispatch.accept, report_id=new, officer_id=officer)
    await scene.do(dispatch.reject, report_id=new, officer_id=officer, why="done")
    assert await may_press() == [[again]] * 3


async def test_once_that_is_over_too_it_broke_again_files_one_more_and_never_names_what_nobody_works_on(
    scene: Scene,
) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    (other,) = await follow(scene, report)
    for person in (rider, other):
        await say(scene, report, person)
    second = await press_again(scene, report, rider)
    await scene.do(withdrawing.withdraw, report_id=second, person_id=rider)
    third = await press_again(scene, report, other)  # under a message from before
    await scene.do(dispatch.accept, report_id=third, officer_id=officer)
    await scene.resolve(third, officer)
    await say(scene, third, other)
    fourth = await press_again(scene, report, rider, now=NOW + 14 * DAY)
    assert [await press_again(scene, one, other) for one in (report, third, report)] == [fourth] * 3
    rows = [await scene.report(one) for one in (second, third, fourth)]
    assert [row.status for row in rows] == [Status.WITHDRAWN, Status.CLOSED, Status.OPEN]
    assert [row.follows_id for row in rows] == [report, report, third]
    assert [row.reporter_id for row in rows] == [rider, other, rider]


async def test_again_is_for_who_had_the_trouble_for_what_is_closed_and_for_two_weeks(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    with pytest.raises(NotPossible):
        await press_again(scene, report, rider)
    await say(scene, report, rider)
    with pytest.raises(NotAllowed):
        await press_again(scene, report, officer)
    with pytest.raises(TooLateForAgain):
        await press_again(scene, report, rider, now=NOW + 14 * DAY + HOUR)
    assert len(await scene.rows(Report)) == 1


async def test_the_officer_hears_of_the_first_who_confirms_and_with_the_last_that_it_is_closed(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    told = []
    for person in [rider, *await follow(scene, report, 3)]:
        since = await scene.last_said()
        await say(scene, report, person)
        told.append(await heard(scene, Message.VERDICT, since=since))
        await scene.deliver()
    assert told == [[officer], [], [], [officer]]


async def test_the_officer_hears_once_however_many_verdicts_wait_to_be_told(scene: Scene) -> None:
    officer = await scene.officer()
    report, _ = await fixed(scene, officer)
    for person in await follow(scene, report, 3):
        await say(scene, report, person)
    assert [row.urgency for row in await scene.outbox() if row.message is Message.VERDICT] == ["2-low"]
