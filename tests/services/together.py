"""Stories in which people work together, too: tasks, emergencies, merging, and a new map while all that goes on.

What must hold besides `promises.py`: nobody is called to what is over, nobody works on it, whoever is owed a word has
it, and each card in a chat says what is true.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import shapely
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import county as land
from services import (
    dispatch,
    emergencies,
    emergency_calls,
    fairness,
    ledger,
    lifecycle,
    merging,
    notices,
    outgoing,
    presence,
    remap,
    tasks,
)
from services.errors import DomainError
from services.imports.grids import import_grids
from services.imports.removal import Replace
from services.open_tasks import OPEN
from storage.kinds import Deed, EventKind, Message, OfferState, OutboxState, Role, Status
from storage.outbox import Claimed, Settlement
from storage.schema import (
    AuditLine,
    Emergency,
    EmergencyCall,
    Event,
    Offer,
    OutboxMessage,
    PersonRole,
    Report,
    ShownCard,
    Suspension,
    Task,
    Team,
    TeamMember,
)
from storage.team_kinds import CallState, Rank, TaskState, TeamKind
from tests import county
from tests.moment import NOW
from tests.services.import_rows import grid_row, no_progress, table
from tests.services.story import ZONE, Story
from views import messages
from views.card import Card

TEAMS = (("FIRE", TeamKind.FIRE, 2), ("MED", TeamKind.MEDICAL, 1), ("UTIL", TeamKind.UTILITIES, 1))
"""Code, kind, and how many are of it: the first is its lead, the others are deputies."""
NEWS = {EventKind.TASK_ACCEPTED, EventKind.TASK_DECLINED, EventKind.TASK_DONE}
"""Of these the lead of a report hears."""


class Together(Story):
    """As `Story`, with teams."""

    @initialize()
    def teams_are_there(self) -> None:
        self.members: list[int] = []

    @rule()
    def somebody_works_together(self) -> None:
        if not self.members:
            self._gather()
        acts = (
            self._report,
            self._case_moves,
            self._fix_is_judged,
            self._emergency_begins,
            self._somebody_called_answers,
            self._emergency_ends,
            self._task_is_given,
            self._task_goes_on,
            self._reports_are_merged,
            self._raised_one_is_taken,
            self._somebody_cannot_be_reached,
            self._map_is_replaced,
            self._clocks,
        )
        for act in self.dice.choices(acts, (2, 5, 3, 3, 4, 1, 3, 5, 3, 2, 2, 1, 2), k=3):
            act()

    def _gather(self) -> None:
        number = 40
        for code, kind, many in TEAMS:
            people = [self.run(self._person, number=number + at) for at in range(many)]
            self.run(_add_team, code=code, kind=kind, people=people)
            self.members += people
            number += many
        for who in range(len(self.staff)):
            if self.dice.random() < 0.7:
                self._join(who)

    def _somebody_in_command(self) -> int:
        """Often the desk or an administrator, who may do most things."""
        person: int = self.dice.choice((*self.staff, *self.staff[-3:-1] * 4))
        return person

    # -- emergencies --

    def _emergency_begins(self) -> None:
        reports = self.run(_some, chosen=select(Report.id).where(Report.status.in_(lifecycle.ACTIVE)))
        if reports:
            self.step(emergencies.begin, report_id=self.dice.choice(reports), by=self._somebody_in_command())

    def _somebody_called_answers(self) -> None:
        calls = self.run(_some, chosen=select(EmergencyCall.emergency_id, EmergencyCall.person_id))
        if calls:
            emergency, person = self.dice.choice(calls[-8:])
            answer = self.dice.choice((emergencies.set_out, emergencies.arrive, emergencies.decline))
            self.step(answer, emergency_id=emergency, person_id=person)

    def _emergency_ends(self) -> None:
        going_on = self.run(_some, chosen=select(Emergency.id, Emergency.begun_by))
        if going_on:
            emergency, by = self.dice.choice(going_on)
            self.step(emergencies.end, emergency_id=emergency, by=self.dice.choice((by, *self.staff)))

    # -- tasks --

    def _task_is_given(self) -> None:
        held = self.run(_some, chosen=select(Report.id, Report.officer_id).where(Report.status == Status.ACCEPTED))
        if not held:
            return
        report, officer = self.dice.choice(held)
        mine = {"report_id": report, "officer_id": officer}
        if self.dice.random() < 0.7:
            self.step(tasks.give_team, **mine, team_id=self.dice.randint(1, len(TEAMS)))
        else:
            self.step(tasks.give_grid, **mine, grid_id=self.dice.randint(1, 4))

    def _task_goes_on(self) -> None:
        given = self.run(_some, chosen=select(Task.id, Task.accepted_by, Task.given_by).order_by(Task.id))
        if not given:
            return
        task, holder, lead = self.dice.choice(given[-4:])
        who = holder or self.dice.choice((*self.members, *self.staff))
        steps: tuple[tuple[Callable[..., Any], dict[str, Any]], ...] = (
            (tasks.accept, {"person_id": self.dice.choice((*self.members, *self.staff))}),
            (tasks.accept, {"person_id": self.dice.choice(self.members)}),
            (tasks.finish, {"person_id": who, "words": self.dice.choice((None, "done"))}),
            (tasks.decline, {"person_id": who, "why": "busy"}),
            (tasks.drop, {"officer_id": lead, "why": "not needed"}),
        )
        step, arguments = self.dice.choice(steps)
        self.step(step, task_id=task, **arguments)

    # -- what changes under their feet --

    def _reports_are_merged(self) -> None:
        alive = self.run(_some, chosen=select(Report.id).where(Report.status.in_(lifecycle.ACTIVE)))
        if len(alive) > 1:
            one, other = self.dice.sample(alive, 2)
            self.step(merging.merge, report_id=one, into_id=other, officer_id=self._somebody_in_command())

    def _raised_one_is_taken(self) -> None:
        raised = select(Offer.person_id, Offer.report_id).where(Offer.state == OfferState.RAISED)
        found = self.run(_some, chosen=raised)
        if found:
            person, report = self.dice.choice(found)
            self.step(dispatch.accept, report_id=report, officer_id=person)

    def _somebody_cannot_be_reached(self) -> None:
        who, is_reachable = self.dice.choice((*self.members, *self.staff)), self.dice.random() < 0.6
        self.step(presence.reachability, person_id=who, is_reachable=is_reachable)
        if not is_reachable:
            self.step(emergency_calls.unreachable, person_id=who)

    def _map_is_replaced(self) -> None:
        """By one with fewer grids, or all of them; what is open moves, if it is said where to."""
        codes = list(county.outlines())
        kept = sorted(self.dice.sample(codes, self.dice.choice((3, 4, 4))))
        moves = {code: kept[0] for code in codes if code not in kept and self.dice.random() < 0.7}
        rows = [_row(at, code) for at, code in enumerate(kept, start=1)]
        how = Replace(moves, now=self.now)
        try:
            self.run(import_grids, table=table(*rows), skip_bad=False, progress=no_progress, replace=how)
        except DomainError:
            return
        found = self.run(land.load)
        assert found is not None
        self.county = found
        self.step(remap.look_again, county=self.county)

    def _clocks(self) -> None:
        self.now += timedelta(minutes=self.dice.choice((1, 3, 3, 60)))
        for job in (emergency_calls.tick, ledger.push_again, fairness.end_suspensions):
            while self.run(job, now=self.now):
                pass

    # -- the relay: every card counts --

    def _arrived(self, claimed: Claimed, card: Card | None) -> Settlement:
        settlement = super()._arrived(claimed, card)
        if card is not None and settlement.state is OutboxState.DELIVERED:
            self.screens[claimed.person_id, settlement.sent[-1]] = card
        return settlement

    def _deliver_everything(self) -> None:
        for _ in range(20):
            self._messages_arrive()
            self._take_messages_to_send(1000)
            if not self.on_its_way:
                break
            self.now += timedelta(seconds=1)
        self.run(screens_are_true, screens=self.screens)

    # -- what must hold at any time --

    @invariant()
    def who_is_owed_a_message_has_it(self) -> None:
        """Looked at when nothing is on its way: what a list says was decided when it was taken to be sent."""
        if not self.on_its_way:
            super().who_is_owed_a_message_has_it()

    @invariant()
    def nobody_is_called_to_what_is_over(self) -> None:
        self.run(nobody_is_called_to_what_is_over)

    @invariant()
    def nobody_works_on_what_is_over(self) -> None:
        self.run(nobody_works_on_what_is_over)

    @invariant()
    def who_judges_hears_of_each_objection(self) -> None:
        self.run(who_judges_hears_of_each_objection)

    @invariant()
    def each_deed_is_noted_once(self) -> None:
        self.run(each_deed_is_noted_once)


def _some(session: Session, *, chosen: Any) -> list[Any]:
    """Rows, or values where a row is one."""
    return [row[0] if len(row) == 1 else tuple(row) for row in session.execute(chosen)]


def _add_team(session: Session, *, code: str, kind: TeamKind, people: list[int]) -> None:
    team = Team(code=code, name_zh=code, name_en=code, kind=kind, town="")
    session.add(team)
    session.flush()
    for at, person in enumerate(people):
        session.add(TeamMember(person_id=person, team_id=team.id, rank=Rank.DEPUTY if at else Rank.LEAD))
        session.add(PersonRole(person_id=person, role=Role.MEMBER, granted_at=NOW))


def _row(number: int, code: str) -> Any:
    community, outline = county.outlines()[code]
    shape = shapely.geometry.mapping(outline)
    return grid_row(number, code, shape, name=f"Grid {code}", community=community, town="Town", kind="urban")


def nobody_is_called_to_what_is_over(session: Session) -> None:
    """A report has one emergency at most, as long as it is not over; who was called has the card, at its end a word."""
    going_on = Counter(session.scalars(select(Emergency.report_id).where(Emergency.ended_at.is_(None))))
    assert set(going_on.values()) <= {1}
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.message == Message.EMERGENCY)).all()
    rung = {(row.person_id, (row.facts or {})["emergency"]) for row in rows}
    records = session.scalars(select(OutboxMessage).where(OutboxMessage.message == Message.EMERGENCY_RECORD)).all()
    for one in session.scalars(select(Emergency)):
        calls = session.scalars(select(EmergencyCall).where(EmergencyCall.emergency_id == one.id)).all()
        report = session.get_one(Report, one.report_id)
        if one.ended_at is None:
            assert report.status not in lifecycle.OVER, report.status
            called = {call.person_id for call in calls if call.state is CallState.CALLED}
            assert {(person, one.id) for person in called} <= rung
            waiting = {call.person_id for call in calls if call.push_again_at is not None}
            assert waiting <= {call.person_id for call in calls if call.state is CallState.CALLED}
        else:
            assert not [call for call in calls if call.push_again_at is not None]
            assert (one.begun_by, one.id) in {(row.person_id, (row.facts or {})["emergency"]) for row in records}


def nobody_works_on_what_is_over(session: Session) -> None:
    """Only what somebody works on has open tasks; who gave one hears what becomes of it."""
    for task in session.scalars(select(Task).where(Task.state.in_(OPEN))):
        report = session.get_one(Report, task.report_id)
        assert report.status in lifecycle.ACTIVE, (task.id, report.status)
        assert (task.accepted_by is None) is (task.state is TaskState.OFFERED)
    happened = Counter(kind for kind in session.scalars(select(Event.kind)) if kind in NEWS)
    news = session.scalars(select(OutboxMessage.id).where(OutboxMessage.message == Message.TASK_NEWS)).all()
    assert len(news) == happened.total()


def who_judges_hears_of_each_objection(session: Session) -> None:
    """The reporter hears once of each time that somebody else says it is not fixed, and never of his own."""
    kinds = (EventKind.REOPENED, EventKind.REVIEWED)
    for report in session.scalars(select(Report)):
        events = session.scalars(select(Event).where(Event.report_id == report.id)).all()
        if any(event.kind is EventKind.HANDED_ON for event in events):
            continue
        objections = [event for event in events if event.kind in kinds and not (event.facts or {}).get("decided")]
        told = select(OutboxMessage.id).where(
            OutboxMessage.report_id == report.id,
            OutboxMessage.person_id == report.reporter_id,
            OutboxMessage.message == Message.OBJECTED,
        )
        by_others = [event for event in objections if event.by_id != report.reporter_id]
        assert len(session.scalars(told).all()) == len(by_others), report.id


def each_deed_is_noted_once(session: Session) -> None:
    """Each report that was merged, and each suspension that is over."""
    noted = Counter(session.scalars(select(AuditLine.deed)))
    merged = session.scalars(select(Report.id).where(Report.status == Status.MERGED)).all()
    assert noted[Deed.MERGED] == len(merged)
    over = session.scalars(select(Suspension.id).where(Suspension.lifted_at.is_not(None))).all()
    assert noted[Deed.LIFTED] + noted[Deed.SUSPENSION_OVER] == len(over)


def screens_are_true(session: Session, *, screens: dict[tuple[int, int], Card]) -> None:
    """When everything is delivered, every live card says what is true now; but for who could not be reached with it."""
    for shown in session.scalars(select(ShownCard).where(ShownCard.shows.in_(notices.LIVE))):
        offer = session.get(Offer, (shown.report_id, shown.person_id))
        if offer is not None and offer.state is OfferState.UNREACHABLE:
            continue
        facts: dict[str, Any] = {"edits": shown.message_id, "shows": str(shown.shows)}
        if shown.shows in notices.ABOUT:
            facts[notices.ABOUT[shown.shows]] = shown.about_id
        about = shown.report_id, facts, "1-normal", NOW
        claimed = Claimed(0, shown.person_id, 1, Message.CARD, *about, attempts=0, sent=())  # type: ignore[arg-type]
        brief = outgoing.load(session, claimed=claimed, now=NOW)
        assert brief is not None
        now_true = messages.render(brief, now=NOW, zone=ZONE)
        screen = screens[shown.person_id, shown.message_id]
        assert now_true is not None
        assert (screen.text, screen.rows) == (now_true.text, now_true.rows), shown.shows
