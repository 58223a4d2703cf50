"""Evaluation: what is counted, what a lead sees, how groups are ranked, what is behind a figure."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services import dispatch, escalation, evaluation, merging, verdicts, waiting
from services.errors import NoPost, NotAllowed, NotPossible
from services.withdrawing import withdraw
from storage.evaluation_kinds import Dimension, Figure, Span
from storage.figures import EVERYTHING, GONE, NOTHING, Evaluation, Period, Rating, Share, Times
from storage.kinds import Role, Status, WaitingFor
from storage.schema import Verdict
from tests.moment import NOW
from tests.services.filed import HOUR, MINUTE, fixed, post, put
from tests.services.scene import Scene
from tests.services.test_verdicts import dispute

MONDAY = date(2026, 11, 23)
WEEK = Period.around(MONDAY, Span.WEEK)
FIRE = "着火了"


async def desk(scene: Scene) -> int:
    return await scene.person("Desk", roles=(Role.DESK,))


async def look(
    scene: Scene,
    person: int,
    dimension: Dimension | None = Dimension.GRID,
    *,
    period: Period = WEEK,
    now: datetime = NOW + timedelta(days=3),
) -> Evaluation:
    """What this person sees of the week, when all deadlines are over."""
    return await scene.do(evaluation.evaluate, person_id=person, dimension=dimension, period=period, now=now)


# -- what a report adds --


async def test_what_was_kept_is_written_down_when_it_happens(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.file(rider, words=FIRE)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 5 * MINUTE)
    await scene.resolve(report, officer, now=NOW + 121 * MINUTE)
    row = await scene.report(report)
    assert (row.accept_seconds, row.accepted_on_time) == (300, True)
    assert (row.resolve_seconds, row.resolved_on_time) == (121 * 60, False)


async def test_the_first_acceptance_counts_by_the_promise_that_held_then(scene: Scene) -> None:
    officer, deputy, rider = await scene.officer(), await scene.officer(is_primary=False), await scene.person()
    report = await scene.file(rider, words=FIRE)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 6 * MINUTE)
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away", now=NOW + 20 * MINUTE)
    assert (await scene.report(report)).accept_by == NOW + 25 * MINUTE  # renewed: by it the first would be on time
    await scene.do(dispatch.accept, report_id=report, officer_id=deputy, now=NOW + 21 * MINUTE)
    row = await scene.report(report)
    assert (row.accept_seconds, row.accepted_on_time) == (360, False)


async def test_a_fix_while_the_clock_stands_still_is_as_early_as_the_moment_it_was_stopped(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, words=FIRE)
    await scene.do(
        waiting.wait_for,
        report_id=report,
        officer_id=officer,
        waiting_for=WaitingFor.THIRD_PARTY,
        until=NOW + 10 * HOUR,
        now=NOW + HOUR,
    )
    await scene.resolve(report, officer, now=NOW + 9 * HOUR)
    row = await scene.report(report)
    assert (row.resolve_seconds, row.resolved_on_time) == (9 * 3600, True)


# -- what is counted --


async def test_each_figure_counts_what_it_says(scene: Scene) -> None:
    viewer = await desk(scene)
    late = {"accepted_on_time": False, "resolved_on_time": False}
    await scene.store.write(
        put,
        rows=[
            fixed(10, 60),
            fixed(20, 120),
            fixed(90, 3000, **late),
            {**fixed(30, 200), "status": Status.RESOLVED, "reopened": 2},
            {"status": Status.OPEN},  # nobody has accepted, and both times are over
            {"status": Status.OPEN, "accept_by": NOW + timedelta(days=9), "resolve_by": NOW + timedelta(days=9)},
            {"status": Status.ACCEPTED, "accept_seconds": 60, "accepted_on_time": True},  # not fixed in time
            {"status": Status.REJECTED, "accept_seconds": 120, "accepted_on_time": True},
            {"status": Status.WITHDRAWN},
            {"status": Status.MERGED, "accept_seconds": 1, "accepted_on_time": True},
        ],
    )
    total = (await look(scene, viewer)).total
    assert total.number == 10
    assert total.accepted == Share(5, 7)
    assert total.resolved == Share(3, 6)
    assert total.to_accept == Times(10 * 60, 90 * 60, 6)  # 1, 2, 10, 20, 30, 90: the third and the sixth
    assert total.to_resolve == Times(120 * 60, 3000 * 60, 4)
    assert total.reopened == 2
    assert total.rating is None


async def test_what_was_taken_back_before_anybody_accepted_is_no_report_that_nobody_accepted(scene: Scene) -> None:
    viewer = await desk(scene)
    gone = [{"status": Status.WITHDRAWN}, {"status": Status.MERGED}]
    ids = await scene.store.write(put, rows=[{"status": Status.OPEN}, *gone])
    found = await look(scene, viewer, Dimension.OFFICER)
    assert {group.key: group.figures.number for group in found.groups} == {NOTHING: 1, GONE: 2}
    assert all(group.rank is None for group in found.groups)
    for key, reports in ((NOTHING, ids[:1]), (GONE, ids[:0:-1])):
        asked: Any = {"dimension": Dimension.OFFICER, "key": key, "figure": Figure.NUMBER, "period": WEEK, "page": 0}
        behind = await scene.do(evaluation.behind, person_id=viewer, **asked)
        assert [line.id for line in behind.lines] == reports
    with pytest.raises(NotPossible):
        await scene.do(evaluation.evaluate_group, person_id=viewer, dimension=Dimension.GRID, key=GONE, period=WEEK)


async def test_a_clock_that_stands_still_makes_nothing_late(scene: Scene) -> None:
    viewer = await desk(scene)
    waiting_for = {"status": Status.ACCEPTED, "accept_seconds": 1, "accepted_on_time": True}
    await scene.store.write(
        put,
        rows=[
            {**waiting_for, "paused_at": NOW + HOUR},
            {**waiting_for, "paused_at": NOW + 25 * HOUR},  # its time was over before
        ],
    )
    assert (await look(scene, viewer)).total.resolved == Share(0, 1)


async def test_a_report_belongs_to_the_day_on_which_it_was_filed_in_the_county(scene: Scene) -> None:
    viewer = await desk(scene)
    midnight = NOW.replace(hour=16)  # 00:00 of the 24th in the county
    await scene.store.write(put, rows=[{"filed_at": midnight - MINUTE}, {"filed_at": midnight}])
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        assert (await look(scene, viewer, period=Period.around(day, Span.DAY))).total.number == 1
    assert (await look(scene, viewer, period=Period.around(MONDAY, Span.MONTH))).total.number == 2
    assert (await look(scene, viewer, period=WEEK.before())).total.number == 0


@pytest.mark.parametrize(
    ("span", "first", "last", "before"),
    [
        (Span.DAY, date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 30)),
        (Span.WEEK, date(2026, 12, 28), date(2027, 1, 3), date(2026, 12, 21)),
        (Span.MONTH, date(2026, 12, 1), date(2026, 12, 31), date(2026, 11, 1)),
    ],
)
def test_periods_follow_each_other(span: Span, first: date, last: date, before: date) -> None:
    period = Period.around(date(2026, 12, 31), span)
    assert (period.first, period.last) == (first, last)
    assert period.before().first == before
    assert period.before().after() == period == period.after().before()


@pytest.mark.parametrize(("kept", "of", "percent"), [(0, 0, None), (0, 9, 0), (999, 1000, 99), (1, 999, 1), (2, 3, 67)])
def test_a_share_is_never_rounded_to_all_or_none(kept: int, of: int, percent: int | None) -> None:
    assert Share(kept, of).percent == percent


async def test_a_broken_promise_counts_once_for_who_had_it_when_it_broke(scene: Scene) -> None:
    """It is passed on, taken over, and goes on in another: who gets it then did not break it, and may keep the next."""
    viewer, rider = await desk(scene), await scene.person()
    officer, deputy = await scene.officer(name="Li"), await scene.officer(name="Ma", is_primary=False)
    slow, passed_on, merged = [await scene.file(rider, words=FIRE) for _ in range(3)]
    kept = await scene.file(rider, words=FIRE, now=NOW + 3 * HOUR)
    for one in (passed_on, merged):
        await scene.do(dispatch.accept, report_id=one, officer_id=officer, now=NOW + MINUTE)
    while await scene.do(escalation.tick, now=NOW + 5 * MINUTE):
        pass  # to accept the slow one is raised to the deputy, at the very moment
    await scene.do(dispatch.accept, report_id=slow, officer_id=deputy, now=NOW + 6 * MINUTE)
    await scene.resolve(slow, deputy, now=NOW + 2 * HOUR)
    late = NOW + 3 * HOUR
    for one in (passed_on, kept):
        await scene.do(dispatch.decline, report_id=one, officer_id=officer, why="away", now=late)
        await scene.do(dispatch.accept, report_id=one, officer_id=deputy, now=late)
    into = {"into_id": kept, "officer_id": officer}
    await scene.do(merging.merge, report_id=merged, **into, now=late + MINUTE)
    for one in (passed_on, kept):
        await scene.resolve(one, deputy, now=late + HOUR)
    assert (await scene.report(kept)).resolve_by == NOW + 2 * HOUR, "broken, but not by him"

    found = await look(scene, viewer, Dimension.OFFICER)
    his = {group.name: (group.figures.accepted, group.figures.resolved) for group in found.groups}
    assert his == {"Li": (Share(1, 2), Share(0, 2)), "Ma": (Share(1, 1), Share(1, 1))}
    assert (found.total.accepted, found.total.resolved) == (Share(2, 3), Share(1, 3))
    whole = await scene.do(evaluation.whole, person_id=viewer, period=WEEK, now=NOW + timedelta(days=3))
    listed = [(line.id, line.resolve_of) for line in whole.lines if line.resolved_on_time is False]
    assert listed == [(merged, "Li"), (passed_on, "Li")]
    asked: dict[str, Any] = {"dimension": Dimension.OFFICER, "figure": Figure.RESOLVED_LATE, "period": WEEK, "page": 0}
    for person, lines in ((officer, [passed_on, merged]), (deputy, [])):
        behind = await scene.do(evaluation.behind, person_id=viewer, key=str(person), **asked)
        assert sorted(line.id for line in behind.lines) == sorted(lines)
        group = {"person_id": viewer, "dimension": Dimension.OFFICER, "key": str(person), "period": WEEK}
        one = await scene.do(evaluation.evaluate_group, **group)
        assert one.figures in [group.figures for group in found.groups]


# -- groups --


async def test_groups_by_each_dimension(scene: Scene) -> None:
    viewer, officer = await desk(scene), await scene.officer(name="Li")
    await scene.store.write(
        put,
        rows=[
            {**fixed(5, 50), "officer_id": officer},
            {"grid": "A-02"},
            {"grid": "B-01", "category": "fire"},
            {"grid": None},
        ],
    )

    async def groups(dimension: Dimension) -> dict[str, int]:
        return {group.name: group.figures.number for group in (await look(scene, viewer, dimension)).groups}

    assert await groups(Dimension.GRID) == {"A-01 Grid A-01": 1, "A-02 Grid A-02": 1, "B-01 Grid B-01": 1, "": 1}
    assert await groups(Dimension.COMMUNITY) == {"Alpha": 2, "Beta": 1, "": 1}
    assert await groups(Dimension.OFFICER) == {"Li": 1, "": 3}
    assert await groups(Dimension.CATEGORY) == {"water_leak": 3, "fire": 1}


async def test_who_had_a_report_last_keeps_it_when_it_goes_back_to_be_accepted_anew(scene: Scene) -> None:
    viewer, officer = await desk(scene), await scene.officer(name="Li")
    lead = await scene.lead("A-01")
    failed, _ = await dispute(scene, officer)
    await scene.do(verdicts.decide, report_id=failed, lead_id=lead, is_fixed=False)
    rider = await scene.person()
    left = await scene.accepted(rider, officer)
    await scene.do(dispatch.decline, report_id=left, officer_id=officer, why="away")
    await scene.do(withdraw, report_id=left, person_id=rider)
    assert (await scene.report(failed)).officer_id is (await scene.report(left)).officer_id is None
    (group,) = (await look(scene, viewer, Dimension.OFFICER)).groups
    assert (group.name, group.figures.number, group.figures.reopened) == ("Li", 2, 3)
    asked = {"person_id": viewer, "dimension": Dimension.OFFICER, "period": WEEK, "page": 0}
    behind = await scene.do(evaluation.behind, **asked, key=group.key, figure=Figure.REOPENED)
    assert [(line.id, line.officer) for line in behind.lines] == [(failed, "Li")]


async def test_groups_are_ranked_by_promises_kept_and_small_ones_are_not(scene: Scene) -> None:
    viewer = await desk(scene)
    late = {"accepted_on_time": False}
    await scene.store.write(
        put,
        rows=[
            *[{**fixed(5, 50), "grid": "A-01"}] * 4,
            *[{"status": Status.WITHDRAWN, "grid": "A-01"}] * 3,  # seven, of which four count
            *[{**fixed(5, 50), "grid": "A-02"}] * 5,
            *[{**fixed(5, 50), "grid": "B-02"}] * 6,
            *[{**fixed(5, 50, **late), "grid": "B-01"}] * 5,
            *[{**fixed(5, 50), "grid": None}] * 5,
        ],
    )
    told = [(one.name[:4], one.rank, one.figures.is_small) for one in (await look(scene, viewer)).groups]
    assert told == [
        ("B-02", 1, False),
        ("A-02", 1, False),
        ("B-01", 3, False),
        ("A-01", None, True),
        ("", None, False),
    ]


# -- who sees what --


async def test_a_lead_sees_his_communities_and_nothing_else(scene: Scene) -> None:
    lead = await scene.person("Lead", roles=(Role.LEAD,))
    await scene.store.write(put, rows=[{"grid": code} for code in ("A-01", "A-02", "B-01", None)])
    with pytest.raises(NoPost):
        await look(scene, lead)
    await scene.do(post, person_id=lead, community="Alpha")
    seen = await look(scene, lead)
    assert (seen.total.number, seen.places) == (2, ("Alpha",))
    group = {"person_id": lead, "dimension": Dimension.COMMUNITY, "period": WEEK}
    elsewhere = str((await scene.report(3)).grid_id)
    assert (await scene.do(evaluation.evaluate_group, **group, key=elsewhere)).figures.number == 0
    assert (await scene.do(evaluation.behind, **group, key=elsewhere, figure=Figure.NUMBER, page=0)).lines == ()
    await scene.do(post, person_id=lead)
    assert (await look(scene, lead)).total.number == 3
    await scene.do(post, person_id=lead, town="Elsewhere")
    assert (await look(scene, lead)).total.number == 3


@pytest.mark.parametrize("roles", [(), (Role.OFFICER,)])
async def test_others_see_nothing(scene: Scene, roles: tuple[Role, ...]) -> None:
    person = await scene.person(roles=roles)
    with pytest.raises(NotAllowed):
        await look(scene, person)


async def test_what_suits_whom(scene: Scene) -> None:
    lead, viewer = await scene.person(roles=(Role.LEAD,)), await desk(scene)
    await scene.do(post, person_id=lead, community="Alpha")
    assert (await look(scene, lead, None)).dimension is Dimension.GRID
    assert (await look(scene, viewer, None)).dimension is Dimension.COMMUNITY


# -- what is behind a figure --


async def test_each_figure_opens_to_its_reports_the_worst_first(scene: Scene) -> None:
    viewer = await desk(scene)
    late = {"accepted_on_time": False, "resolved_on_time": False}
    await scene.store.write(
        put,
        rows=[
            fixed(10, 60),
            {**fixed(90, 3000, **late), "reopened": 1},
            {**fixed(20, 120), "reopened": 3},
            {"status": Status.OPEN},
            {"status": Status.WITHDRAWN},
        ],
    )

    async def behind(figure: Figure, key: str = EVERYTHING, dimension: Dimension = Dimension.GRID) -> list[int]:
        found = await scene.do(
            evaluation.behind,
            person_id=viewer,
            dimension=dimension,
            key=key,
            figure=figure,
            period=WEEK,
            page=0,
            now=NOW + timedelta(days=3),
        )
        return [line.id for line in found.lines]

    assert await behind(Figure.NUMBER) == [5, 4, 3, 2, 1]
    assert await behind(Figure.ACCEPTED) == [2, 3, 1]
    assert set(await behind(Figure.ACCEPTED_LATE)) == {2, 4}
    assert await behind(Figure.RESOLVED) == [2, 3, 1]
    assert set(await behind(Figure.RESOLVED_LATE)) == {2, 4}
    assert await behind(Figure.REOPENED) == [3, 2]
    assert await behind(Figure.RATED) == []
    assert await behind(Figure.NUMBER, "fire", Dimension.CATEGORY) == []
    assert await behind(Figure.NUMBER, NOTHING, Dimension.OFFICER) == [4, 3, 2, 1]
    assert await behind(Figure.NUMBER, NOTHING) == []


async def test_the_reports_behind_a_figure_have_pages(scene: Scene) -> None:
    viewer = await desk(scene)
    await scene.store.write(put, rows=[{}] * (evaluation.PAGE + 1))
    asked: dict[str, Any] = {"person_id": viewer, "dimension": Dimension.GRID, "key": EVERYTHING, "period": WEEK}
    first = await scene.do(evaluation.behind, **asked, figure=Figure.NUMBER, page=0)
    assert (len(first.lines), first.page, first.pages) == (evaluation.PAGE, 0, 2)
    beyond = await scene.do(evaluation.behind, **asked, figure=Figure.NUMBER, page=9)
    assert ([line.id for line in beyond.lines], beyond.page) == ([1], 1)


@pytest.mark.parametrize("key", ["x", "-1", "१", "9" * 20])
@pytest.mark.parametrize("dimension", [Dimension.GRID, Dimension.COMMUNITY, Dimension.OFFICER])
async def test_a_forged_key_is_refused(scene: Scene, key: str, dimension: Dimension) -> None:
    viewer = await desk(scene)
    with pytest.raises(NotPossible):
        await scene.do(evaluation.evaluate_group, person_id=viewer, dimension=dimension, key=key, period=WEEK)


async def test_stars_and_reopenings_are_added_up_of_fixes_that_stand(scene: Scene) -> None:
    viewer = await desk(scene)
    await scene.store.write(put, rows=[fixed(1, 1), {**fixed(1, 1), "reopened": 1}, {**fixed(1, 1), "grid": "A-02"}])
    people = [await scene.person() for _ in range(2)]
    given = ((1, 0, 5, 0), (1, 1, 2, 0), (2, 0, 4, 1), (2, 1, 1, 0), (2, 1, None, 1))

    def rate(session: Session, *, now: datetime) -> None:
        for report, who, stars, fix in given:
            session.add(
                Verdict(report_id=report, person_id=people[who], rating=stars, round=fix, is_fixed=True, at=now)
            )

    await scene.do(rate)
    seen = await look(scene, viewer)
    assert seen.total.rating == Rating(11, 3)
    assert {one.name[:4]: one.figures.rating for one in seen.groups} == {"A-01": Rating(11, 3), "A-02": None}
    asked: dict[str, Any] = {"person_id": viewer, "dimension": Dimension.GRID, "key": EVERYTHING, "period": WEEK}
    found = await scene.do(evaluation.behind, **asked, figure=Figure.RATED, page=0)
    assert [line.id for line in found.lines] == [1, 2]
