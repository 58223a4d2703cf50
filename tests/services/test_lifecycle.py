"""The table of what may follow what, and the door that every change goes through."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services import dispatch, lifecycle, reports, withdrawing
from services.errors import DomainError, NoSuchReport, NotPossible, ReportEnded, TooLateToChange
from storage.kinds import EventKind, Status
from storage.schema import Event, Report
from tests.moment import NOW
from tests.services.scene import Scene

PATHS = [(before, after) for before in Status for after in Status]
KINDS = {
    Status.OPEN: EventKind.DECLINED,
    Status.ACCEPTED: EventKind.ACCEPTED,
    Status.RESOLVED: EventKind.RESOLVED,
    Status.REVIEW: EventKind.DECLINED,
    Status.CLOSED: EventKind.CLOSED,
    Status.MERGED: EventKind.CLOSED,
    Status.REJECTED: EventKind.REJECTED,
    Status.WITHDRAWN: EventKind.WITHDRAWN,
}


def move(session: Session, *, report_id: int, before: Status, after: Status, **_: Any) -> None:
    report = lifecycle.load(session, report_id)
    report.status = before
    session.flush()
    lifecycle.move(session, report, after, kind=KINDS[after], by=report.reporter_id, now=NOW, facts={"why": "so"})


@pytest.mark.parametrize(("before", "after"), PATHS)
async def test_a_status_follows_only_where_the_table_says_so(scene: Scene, before: Status, after: Status) -> None:
    report_id = await scene.file(await scene.person())
    told = await scene.story(report_id)
    if after in lifecycle.ALLOWED[before]:
        await scene.do(move, report_id=report_id, before=before, after=after)
        report, event = await scene.report(report_id), (await scene.events(report_id))[-1]
        assert report.status is after
        assert (report.ended_at == NOW) is (after in lifecycle.OVER)
        assert (report.next_at is None) is (after in lifecycle.OVER)
        assert (event.kind, event.from_status, event.to_status, event.at) == (KINDS[after], before, after, NOW)
        assert event.by_id == report.reporter_id
        assert event.facts == {"why": "so"}
    else:
        expected = ReportEnded if before not in lifecycle.ACTIVE else NotPossible
        with pytest.raises(expected):
            await scene.do(move, report_id=report_id, before=before, after=after)
        assert await scene.story(report_id) == told
        assert (await scene.report(report_id)).status is Status.OPEN


def test_every_status_has_its_line_and_all_lead_to_an_end() -> None:
    assert set(lifecycle.ALLOWED) == set(Status)
    assert {status for status, following in lifecycle.ALLOWED.items() if not following} < lifecycle.OVER
    assert not lifecycle.OVER & lifecycle.ACTIVE


async def test_a_report_that_is_not_there_is_named(scene: Scene) -> None:
    with pytest.raises(NoSuchReport):
        await scene.do(move, report_id=99, before=Status.OPEN, after=Status.ACCEPTED)


async def test_events_are_appended_and_never_edited(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="water leak")
    seen: list[tuple[Any, ...]] = []
    steps: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (reports.add, {"person_id": rider, "words": "at the gate"}),
        (reports.change_category, {"person_id": rider, "code": "fire"}),
        (dispatch.accept, {"officer_id": officer}),
        (dispatch.reject, {"officer_id": officer, "why": "none"}),
    ]
    for step, arguments in steps:
        await scene.do(step, report_id=report, **arguments)
        now_there = [_all_of(event) for event in await scene.events(report)]
        assert now_there[: len(seen)] == seen
        assert len(now_there) > len(seen)
        seen = now_there


async def test_the_reporter_changes_an_open_report_only(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.accepted(rider, officer)
    changes: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (withdrawing.withdraw, {}),
        (reports.change_category, {"code": "fire"}),
        (reports.check_open, {}),
    ]
    for change, arguments in changes:
        with pytest.raises(TooLateToChange):
            await scene.do(change, report_id=report, person_id=rider, **arguments)
    await scene.do(reports.add, report_id=report, person_id=rider, words="more")  # this still works
    await scene.resolve(report, officer)
    more: tuple[Callable[..., Any], dict[str, Any]] = (reports.add, {"words": "more"})
    for change, arguments in [*changes, more, (reports.check_alive, {})]:
        with pytest.raises(ReportEnded):
            await scene.do(change, report_id=report, person_id=rider, **arguments)


async def test_a_failed_step_leaves_no_event_and_no_message(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider)
    before = (await scene.story(report), await scene.told())
    with pytest.raises(DomainError):
        await scene.resolve(report, officer)
    assert (await scene.story(report), await scene.told()) == before


def _all_of(event: Event) -> tuple[Any, ...]:
    return tuple(getattr(event, column.name) for column in Event.__table__.columns)


async def test_nobody_but_the_lifecycle_writes_a_status(scene: Scene) -> None:
    """A status set past the door would leave no event: every report's status is that of its last moving event."""
    rider, officer = await scene.person(), await scene.officer()
    ids = [await scene.file(rider, now=NOW) for _ in range(3)]
    await scene.do(withdrawing.withdraw, report_id=ids[0], person_id=rider)
    await scene.do(dispatch.accept, report_id=ids[1], officer_id=officer)
    for report in await scene.rows(Report):
        moves = [event.to_status for event in await scene.events(report.id) if event.to_status]
        assert moves[-1] == report.status
