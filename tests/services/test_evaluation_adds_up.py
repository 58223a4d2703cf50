"""Whatever the reports are, the figures are what one gets by counting on one's fingers."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from services import evaluation, worktime
from services.evaluation import EVERYONE
from storage.evaluation_kinds import Dimension, Span
from storage.figures import NOTHING, Evaluation, Figures, Period, Share, Times
from storage.kinds import EventKind, Language, Status
from storage.schema import Base, Event, Grid, Person, Report
from storage.store import open_store
from tests import county
from tests.moment import NOW
from tests.services.filed import put

T = TypeVar("T")
Run = Callable[..., Any]
THEN = NOW + timedelta(hours=40)
WEEK = Period.around(NOW.date(), Span.WEEK)
OUT = (Status.WITHDRAWN, Status.MERGED)

moments = st.integers(-100, 100).map(lambda hours: NOW + timedelta(hours=hours))
taken = st.one_of(
    st.fixed_dictionaries({"accept_seconds": st.none(), "accepted_on_time": st.none()}),
    st.fixed_dictionaries({"accept_seconds": st.integers(0, 10**6), "accepted_on_time": st.booleans()}),
)
fixes = st.one_of(
    st.fixed_dictionaries({"resolve_seconds": st.none(), "resolved_on_time": st.none()}),
    st.fixed_dictionaries({"resolve_seconds": st.integers(0, 10**6), "resolved_on_time": st.booleans()}),
)
facts = st.fixed_dictionaries(
    {
        "grid": st.sampled_from(["A-01", "A-02", "B-01", None]),
        "status": st.sampled_from(list(Status)),
        "filed_at": moments,
        "accept_by": moments,
        "resolve_by": moments,
        "paused_at": st.none() | moments,
        "reopened": st.integers(0, 2),
    }
)
reports = st.lists(st.tuples(facts, taken, fixes).map(lambda parts: parts[0] | parts[1] | parts[2]), max_size=25)


def kept(of: list[Report], promise: str) -> Share:
    """One by one, in words."""
    yes = no = 0
    for one in of:
        on_time = one.accepted_on_time if promise == "accept" else one.resolved_on_time
        no += one.status is Status.MERGED and on_time is False  # broken before it was merged
        if one.status in OUT or (promise == "resolve" and one.status is Status.REJECTED):
            continue
        by = one.accept_by if promise == "accept" else one.resolve_by
        seconds = one.accept_seconds if promise == "accept" else one.resolve_seconds
        looked_at = (one.paused_at or THEN) if promise == "resolve" else THEN
        is_over = seconds is None and one.status in (Status.OPEN, Status.ACCEPTED) and by < looked_at
        yes += on_time is True
        no += on_time is False or is_over
    return Share(yes, yes + no)


def times(of: list[Report], promise: str) -> Times | None:
    """The smallest time that so many did not exceed."""
    out = OUT if promise == "accept" else (*OUT, Status.REJECTED)
    taken = [getattr(one, f"{promise}_seconds") for one in of if one.status not in out]
    sorted_ = sorted(seconds for seconds in taken if seconds is not None)
    if not sorted_:
        return None
    p50, p90 = (sorted_[ceil(len(sorted_) * percent / 100) - 1] for percent in (50, 90))
    return Times(p50, p90, len(sorted_))


def counted(of: list[Report], reopened: dict[int, int]) -> Figures:
    return Figures(
        number=len(of),
        accepted=kept(of, "accept"),
        resolved=kept(of, "resolve"),
        to_accept=times(of, "accept"),
        to_resolve=times(of, "resolve"),
        reopened=sum(reopened.get(one.id, 0) for one in of),
    )


def prepare(session: Session) -> None:
    county.build(session)
    session.add(Person(name="Wang", language=Language.EN, joined_at=NOW))


def both_ways(session: Session, *, rows: list[dict[str, Any]], dimension: Dimension) -> tuple[Evaluation, Any, Any]:
    """What the service says, and what is counted by hand: in all, and by group."""
    session.execute(delete(Event))
    session.execute(delete(Report))
    put(session, rows)
    session.expire_all()
    said = evaluation.evaluate_scope(session, EVERYONE, dimension=dimension, period=WEEK, now=THEN)
    start, end = WEEK.bounds(worktime.of(session).zone)
    seen = [one for one in session.scalars(select(Report)) if start <= one.filed_at < end]
    grids = {grid.id: grid for grid in session.scalars(select(Grid))}
    events = session.scalars(select(Event.report_id).where(Event.kind == EventKind.REOPENED)).all()
    reopened = {one.id: events.count(one.id) for one in seen}

    def name(one: Report) -> str:
        grid = grids.get(one.grid_id or 0)
        if grid is None:
            return NOTHING
        return f"{grid.code} {grid.name}" if dimension is Dimension.GRID else grid.community

    by_name: dict[str, list[Report]] = {}
    for one in seen:
        by_name.setdefault(name(one), []).append(one)
    return said, counted(seen, reopened), {name: counted(of, reopened) for name, of in by_name.items()}


def agree(run: Run, *, most: int) -> None:
    @settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(reports, st.sampled_from([Dimension.GRID, Dimension.COMMUNITY]))
    def check(rows: list[dict[str, Any]], dimension: Dimension) -> None:
        said, total, by_name = run(both_ways, rows=rows, dimension=dimension)
        assert said.total == total
        assert {group.name: group.figures for group in said.groups} == by_name
        ranks = [group.rank for group in said.groups if group.rank is not None]
        assert ranks == sorted(ranks)

    check()


def test_the_figures_are_what_one_counts_by_hand() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)

    def run(fn: Callable[..., T], **arguments: Any) -> T:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return fn(session, **arguments)

    run(prepare)
    agree(run, most=150)
    engine.dispose()


def test_the_figures_are_what_one_counts_by_hand_on_postgresql(postgres_url: str) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(open_store(postgres_url))

        def run(fn: Callable[..., T], **arguments: Any) -> T:
            return runner.run(store.write(fn, **arguments))

        run(prepare)
        agree(run, most=30)
        runner.run(store.close())
