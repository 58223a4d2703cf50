"""What must hold after any sequence of steps, read through a session of its own."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from services import briefs, deadlines, lifecycle, notices, offering, people, worktime
from storage import categories
from storage.kinds import EventKind, Level, Message, OfferState, OutboxState, Role, Status
from storage.outbox import LEASE
from storage.records import Brief
from storage.schema import (
    Attachment,
    Duty,
    Event,
    Grid,
    Offer,
    OutboxMessage,
    Person,
    PersonRole,
    Report,
    ShownCard,
    Verdict,
)
from tests.moment import NOW
from views import messages
from views.card import Card

T = TypeVar("T")
Past = dict[int, list[tuple[Any, ...]]]
"""All events of each report, as they were."""


def of_each_report(session: Session, table: type[T]) -> defaultdict[int | None, list[T]]:
    """The rows by the report that they belong to, oldest first, read in one go."""
    rows: defaultdict[int | None, list[T]] = defaultdict(list)
    for row in session.scalars(select(table).order_by(*inspect(table).primary_key)):
        rows[row.report_id].append(row)  # type: ignore[attr-defined]
    return rows


def every_report_is_somewhere(session: Session) -> None:
    """Ended, held by exactly one officer, offered to somebody reachable, or with the desk as there is nobody at all."""
    all_offers, all_events = of_each_report(session, Offer), of_each_report(session, Event)
    everybody = {person.id: person for person in session.scalars(select(Person))}
    for report in session.scalars(select(Report)):
        offers, events = all_offers[report.id], all_events[report.id]
        asked = {offer.person_id for offer in offers if offer.state is OfferState.OFFERED}
        holders = [offer.person_id for offer in offers if offer.state is OfferState.ACCEPTED]
        assert (report.next_at is None) is (report.status in lifecycle.OVER)
        if report.status in lifecycle.OVER:
            assert not asked
            assert report.ended_at is not None
            assert report.responsible_id is None
        elif report.status is Status.RESOLVED:
            assert not asked
            assert report.responsible_id == report.officer_id
        elif report.status is Status.REVIEW:
            assert not asked
            deciders = {offer.person_id for offer in offers if offer.state is OfferState.RAISED}
            concerned = {report.reporter_id, report.officer_id}
            assert not deciders & concerned
            assert report.responsible_id in (deciders or {report.officer_id, *_could_decide(session), None})
            if report.responsible_id is None:
                assert _could_decide(session) - concerned <= {
                    o.person_id for o in offers if o.state is OfferState.DECLINED
                }
        elif report.status is Status.ACCEPTED:
            assert holders == [report.officer_id] == [report.responsible_id]
            assert not asked
        elif asked:
            latest = max(at for at, event in enumerate(events) if event.kind is EventKind.ROUTED)
            raised = [event for event in events[latest:] if event.kind is EventKind.RAISED]
            chosen = [events[latest], *raised]
            # nobody is left over from an earlier choice
            assert asked <= {person for event in chosen for person in (event.facts or {})["people"]}
            assert report.officer_id is None
            assert report.responsible_id in asked
            passed_on = {event.by_id for event in events if event.kind is EventKind.DECLINED}
            assert not asked & passed_on  # it never comes back to who passed it on
            assert any(everybody[person].is_reachable for person in asked)
        else:
            out = {offer.person_id for offer in offers if offer.state is OfferState.DECLINED}
            assert report.level is Level.DESK
            assert _could_be_asked(session, report) <= out


def _could_decide(session: Session) -> set[int]:
    """Of the desk, and administrators: who can always be asked."""
    holders = select(PersonRole.person_id).where(PersonRole.role.in_((Role.DESK, Role.ADMIN)))
    reachable = select(Person.id).where(Person.is_reachable, Person.id.in_(holders))
    return set(session.scalars(reachable))


def _could_be_asked(session: Session, report: Report) -> set[int]:
    """Everybody at any step who is joined, reachable and (but for desk and administrators) on duty."""
    grid = session.get(Grid, report.grid_id) if report.grid_id is not None else None
    always = session.scalars(select(PersonRole.person_id).where(PersonRole.role.in_((Role.DESK, Role.ADMIN))))
    near = select(Duty.person_id).join(Grid, Duty.grid_id == Grid.id)
    nearby = session.scalars(near.where(Grid.community == grid.community)) if grid is not None else ()
    found, around = set(always), set(nearby)
    reachable = session.scalars(select(Person).where(Person.telegram_id.is_not(None), Person.is_reachable))
    return {one.id for one in reachable if one.id in found or (one.on_duty and one.id in around)}


def every_history_is_a_path(session: Session, *, past: Past) -> Past:
    """The moving events form a path of the table that ends where the report is; what was there is unchanged."""
    columns = [column.name for column in Event.__table__.columns]
    histories: Past = {}
    all_events = of_each_report(session, Event)
    for report in session.scalars(select(Report)):
        events = all_events[report.id]
        status: Status | None = None
        for event in events:
            if event.to_status is None:
                continue
            assert event.from_status == status
            assert status is None or event.to_status in lifecycle.ALLOWED[status]
            status = event.to_status
        assert events[0].kind is EventKind.FILED
        assert status is report.status
        history = [tuple(getattr(event, name) for name in columns) for event in events]
        assert history[: len(past.get(report.id, []))] == past.get(report.id, [])
        histories[report.id] = history
    assert histories.keys() >= past.keys()
    return histories


def the_clock_looks_in_time(session: Session, *, now: datetime) -> None:
    """`next_at` is the next half of what is promised, or the end of a wait; what counts ends when it was promised.

    What was said of it to be urgent is promised so.
    """
    hours = worktime.of(session)
    for report in session.scalars(select(Report).where(Report.next_at.is_not(None))):
        assert report.is_urgent or not categories.is_urgent(report.category, report.words), report.id
        if report.paused_at is not None:
            assert report.next_at == report.waiting_until
            continue
        count = deadlines.count_of(report, hours)
        halves = deadlines.DEADLINE if report.status is Status.RESOLVED else report.step + 1
        looks = {count.at(halves)}
        if report.status is Status.OPEN and report.accept_by < count.at(halves):
            looks.add(report.accept_by)
            if now < report.accept_by:
                looks = {report.accept_by}
        assert report.next_at in looks or report.next_at <= now, (report.id, report.status, report.next_at, looks)
        if report.status is Status.ACCEPTED and count.used < count.total:
            assert report.resolve_by == count.at(deadlines.DEADLINE), report.id


@dataclass(frozen=True)
class Promised:
    """What a report at work is, and by when it was promised."""

    is_urgent: bool
    accept_by: datetime | None  # while nobody has accepted
    fix_by: datetime
    level: Level
    asked: dict[int, Level]  # who may take it, or take it over, and of which level he is
    known: set[int]  # who has had to do with it
    is_late: bool


Promises = dict[int, Promised]


def promised(session: Session, *, now: datetime) -> Promises:
    """Of all reports at work."""
    hours, offers = worktime.of(session), of_each_report(session, Offer)
    asked = (OfferState.OFFERED, OfferState.RAISED)
    return {
        report.id: Promised(
            is_urgent=report.is_urgent,
            accept_by=report.accept_by if report.status is Status.OPEN else None,
            fix_by=deadlines.fix_by(report, hours=hours, now=now),
            level=report.level,
            asked={one.person_id: one.level for one in offers[report.id] if one.state in asked},
            known={one.person_id for one in offers[report.id] if one.state is not OfferState.CLOSED},
            is_late=notices.is_late(report, now=now),
        )
        for report in session.scalars(select(Report).where(Report.status.in_(lifecycle.ACTIVE)))
    }


def nobody_loses(session: Session, *, before: Promises, now: datetime) -> None:
    """What is added or put together makes nothing less urgent, promised later, or asked of a lower level."""
    after = promised(session, now=now)
    for number, was in before.items():
        into = session.get_one(Report, number).merged_into_id
        left = after[into or number]
        assert left.is_urgent >= was.is_urgent, number
        assert left.fix_by <= was.fix_by, (number, was, left)
        if was.accept_by is not None and left.accept_by is not None:
            assert left.accept_by <= was.accept_by, (number, was, left)
        if into is None:
            has_been_accepted = was.accept_by is not None and left.accept_by is None  # by who had what it took in
            assert has_been_accepted or offering.height(left.level) >= offering.height(was.level), (number, was, left)
            continue
        there = before[into]
        assert was.accept_by is not None or left.accept_by is None, (number, "nobody has it any more")
        if was.fix_by > now and there.accept_by is None:
            # by when the other one was to be accepted says nothing of what somebody has accepted
            assert (left.fix_by <= now) is (there.fix_by <= now), (number, was, left)
            assert left.level is there.level, (number, was, left)
        elif was.is_late:
            for person, level in was.asked.items():
                if offering.height(level) > offering.height(there.level) and person not in there.known:
                    assert person in left.asked, (number, was, left)
                    assert offering.height(left.level) >= offering.height(level), (number, was, left)


SHOW_THE_CASE = (Message.ALERT, Message.RAISED, Message.OVERDUE)
"""By one of these somebody learns that he may accept."""
TOLD = {
    EventKind.FILED: Message.RECEIPT,
    EventKind.RESOLVED: Message.RESOLVED,
    EventKind.REJECTED: Message.REJECTED,
}
"""What the reporter is told of each event, once."""


def who_is_owed_a_message_has_it(session: Session) -> None:
    """The reporter of each step, whoever is asked of the alert, once; what is said is passed on; no photo is lost."""
    rows, all_events = of_each_report(session, OutboxMessage), of_each_report(session, Event)
    offers = of_each_report(session, Offer)
    for report in session.scalars(select(Report)):
        mine, events = rows[report.id], all_events[report.id]
        happened = Counter(event.kind for event in events)
        to_reporter = Counter(row.message for row in mine if row.person_id == report.reporter_id)
        if not happened[EventKind.HANDED_ON]:  # else the reporter of now came later than the first of these
            for event, message in TOLD.items():
                assert to_reporter[message] == happened[event], (report.id, event)
            assert to_reporter[Message.ACCEPTED] == happened[EventKind.ACCEPTED] + happened[EventKind.TAKEN_OVER]
            assert to_reporter[Message.DECIDED] == _decided(events)
        _fixes_are_judged(session, report, events, mine)
        said = Counter(row.message for row in mine)
        assert said[Message.QUESTION] >= happened[EventKind.ASKED]  # a picture that comes late is one more
        assert said[Message.ANSWER] >= happened[EventKind.ANSWERED]
        asked = [offer for offer in offers[report.id] if offer.state is OfferState.OFFERED]
        for offer in asked:
            shown = [row for row in (*mine, *rows[None]) if row.message in SHOW_THE_CASE]
            alerts = [row for row in shown if row.person_id == offer.person_id]
            assert any(_tells_of(row, offer) for row in alerts), (report.id, offer.person_id)
    assert all(
        attachment.draft_id is not None or attachment.report_id is not None
        for attachment in session.scalars(select(Attachment))
    )


def _tells_of(row: OutboxMessage, offer: Offer) -> bool:
    """Whether the message says that there is this offer; a list of what is overdue is read when it goes out."""
    if row.state is OutboxState.DISCARDED:
        return False
    read_at = row.lease_until - LEASE if row.lease_until is not None else row.settled_at  # it is on its way, or out
    waits = row.state is OutboxState.AVAILABLE or (read_at or row.made_at) >= offer.offered_at
    return row.made_at >= offer.offered_at or (row.message is Message.OVERDUE and waits)


def _decided(events: list[Event]) -> int:
    """How often somebody decided about the report."""
    decisions = [event for event in events if event.kind in (EventKind.DECIDED, EventKind.REOPENED)]
    return sum(event.kind is EventKind.DECIDED or bool((event.facts or {}).get("decided")) for event in decisions)


def _fixes_are_judged(session: Session, report: Report, events: list[Event], mine: list[OutboxMessage]) -> None:
    """A reopening is counted, and somebody was told; whoever was silent hears that it is closed; one report follows."""
    assert sum(event.kind is EventKind.REOPENED for event in events) == report.reopened
    told = Counter(row.message for row in mine)
    for event in events:
        if event.kind is EventKind.REOPENED and event.to_status is Status.ACCEPTED:
            assert told[Message.NOT_FIXED]
        if event.kind is EventKind.CLOSED:
            said = select(Verdict.person_id).where(Verdict.report_id == report.id, Verdict.round == report.reopened)
            heard = {row.person_id for row in mine if row.message is Message.CLOSED}
            assert report.reporter_id in {*session.scalars(said), *heard}
    later = select(Report.id).where(Report.follows_id == report.id, Report.status.not_in(lifecycle.OVER))
    assert len(session.scalars(later).all()) <= 1


def a_chat_has_one_live_card_of_a_report(session: Session) -> None:
    """The older ones say that there is a newer one."""
    live = select(ShownCard).where(ShownCard.shows.in_(notices.LIVE))
    cards = Counter((card.person_id, card.report_id, card.shows) for card in session.scalars(live))
    assert not [card for card, many in cards.items() if many > 1]


def screens_are_true(session: Session, *, screens: dict[tuple[int, int], Card]) -> None:
    """When everything is delivered, every card says what is true now; but for who could not be reached with it."""
    for shown in session.scalars(select(ShownCard).where(ShownCard.shows.in_(notices.LIVE))):
        offer = session.get(Offer, (shown.report_id, shown.person_id))
        if offer is not None and offer.state is OfferState.UNREACHABLE:
            continue
        brief = Brief(
            to=people.load_me(session, person_id=shown.person_id),
            message=Message.CARD,
            facts={"edits": shown.message_id, "shows": str(shown.shows)},
            report=briefs.describe(session, report_id=shown.report_id, person_id=shown.person_id),
        )
        now_true = messages.render(brief, now=NOW, zone=ZoneInfo("Asia/Shanghai"))
        screen = screens[shown.person_id, shown.message_id]
        assert now_true is not None
        assert (screen.text, screen.rows) == (now_true.text, now_true.rows), shown.shows
