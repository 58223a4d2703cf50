"""What an outbox message is about, read at the moment when it is put into words."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import briefs, digests, intake, lists, shown_pictures, team_briefs
from services.merchants import listing, redemptions, riders, settlement
from services.people import load_me
from services.places import catalogue, find, live, stations, visits, warnings
from services.places.errors import PlaceGone
from services.places.index import Places
from services.points import by_hand
from storage.kinds import Language, Message
from storage.near_places import NearPlaces, StationRecord
from storage.outbox import Claimed
from storage.points_records import CreditRecord
from storage.records import Brief, ReportRecord
from storage.schema import Emergency, OutboxMessage, Report, ShownCard, Task
from storage.team_records import AwaitedTask, EmergencyRecord

_TO_OFFICERS = (Message.ALERT, Message.CASE, Message.RAISED)
"""What shows a report to who may act, with its pictures."""


def load(session: Session, *, claimed: Claimed, now: datetime, places: Places | None = None) -> Brief | None:
    """All that is needed to put an outbox message into words; None: there is nothing left to say.

    ``places``: those in memory, for cards that follow somebody; left out: they are read.
    """
    if claimed.telegram_id is None:
        return None
    if claimed.message is Message.WARNING and not warnings.is_of_use(session, claimed.facts["warning"], now=now):
        return None
    report, about = None, _about(session, claimed)
    if about is not None:
        report = briefs.describe(session, report_id=about, person_id=claimed.person_id)
        if "attachments" in claimed.facts:
            report = shown_pictures.only(session, report, claimed.facts["attachments"])
        elif report.photos and not claimed.message.is_edit:
            report = shown_pictures.but_told_later(session, report, claimed)
        elif report.follows_id is not None and claimed.message in _TO_OFFICERS:
            report = replace(report, photos=shown_pictures.of_the_first_time(session, report.follows_id))
    late, many = _late(session, claimed, now=now)
    done: frozenset[int] = frozenset()
    if "list" in claimed.facts:
        late, many, done = _sent_list(session, claimed, now=now)
    if claimed.message is Message.DAY_DIGEST:
        late = tuple(lists.my_cases(session, person_id=claimed.person_id, page=0)[0])
    draft = intake.look(session, person_id=claimed.person_id, now=now) if claimed.message is Message.DRAFT else None
    return Brief(
        to=load_me(session, person_id=claimed.person_id),
        message=claimed.message,
        facts=claimed.facts,
        report=report,
        draft=draft,
        task=team_briefs.task(session, task_id=claimed.facts["task"]) if "task" in claimed.facts else None,
        emergency=_emergency(session, claimed),
        cases=late,
        many=many,
        done=done,
        tasks=_awaited(session, claimed, now=now),
        digest=digests.load(session, claimed, now=now),
        station=_station(session, claimed, now=now),
        around=_around(session, claimed, places=places, now=now),
        credit=_credit(session, claimed, now=now),
        rider=riders.load(session, rider_id=claimed.facts["rider"]) if "rider" in claimed.facts else None,
        **_of_shops(session, claimed),
        **_of_warnings(session, claimed, now=now),
    )


def _of_warnings(session: Session, claimed: Claimed, *, now: datetime) -> dict[str, Any]:
    """A warning; to who gets it, with what is open near him."""
    if "warning" not in claimed.facts:
        return {}
    warning_id = claimed.facts["warning"]
    if claimed.message is not Message.WARNING:
        return {"warning": warnings.load(session, warning_id)}
    near = warnings.near_reader(session, warning_id, person_id=claimed.person_id, now=now)
    return {"warning": warnings.copy(session, warning_id), "shelters": near}


def _station(session: Session, claimed: Claimed, *, now: datetime) -> StationRecord | None:
    """The place that a message is about; a visit knows its place only for a day."""
    place_id = claimed.facts.get("station")
    if claimed.message is Message.STILL_RIGHT:
        place_id = visits.place_of(session, visit_id=claimed.facts["visit"], person_id=claimed.person_id)
    if place_id is None:
        return None
    try:
        return stations.station(session, person_id=claimed.person_id, place_id=place_id, now=now)
    except PlaceGone:
        return None


def _around(session: Session, claimed: Claimed, *, places: Places | None, now: datetime) -> NearPlaces | None:
    """What is near where somebody is, as the card that follows him shows it; None: it does so no more."""
    if claimed.message is not Message.LIVE_PLACES:
        return None
    person_id = claimed.person_id
    card = live.follows(session, person_id=person_id, card_id=claimed.facts["edits"])
    if card is None:
        return None
    places = places if places is not None else Places()
    places.refresh(session)
    last = find.near_last(session, places=places, person_id=person_id, wanted=card.wanted, page=card.page, now=now)
    return last.found if last is not None else None


def _of_shops(session: Session, claimed: Claimed) -> dict[str, Any]:
    """What is about a shop: a redemption, a month's sheet, the shop, somebody of it."""
    facts = claimed.facts
    found: dict[str, Any] = {}
    if "redemption" in facts:
        found["redemption"] = redemptions.load(session, facts["redemption"])
    if claimed.message is Message.SETTLED:
        found["settled"] = (settlement.sheet(session, merchant_id=facts["shop"], month=facts["month"]),)
    elif claimed.message is Message.SETTLED_ALL:
        found["settled"] = tuple(settlement.everything(session, month=facts["month"]))
    elif claimed.message in (Message.SHOP_REMOVED, Message.SHOP_BACK, Message.SHOP_OVERWRITTEN):
        found["named"] = listing.names(session, merchant_id=facts["shop"])
    elif claimed.message in (Message.PLACE_REMOVED, Message.PLACE_ADDED):
        found["named"] = catalogue.names(session, place_id=facts["place"])
    elif claimed.message is Message.CODES_GUESSED:
        found["named"] = dict.fromkeys(Language, load_me(session, person_id=facts["person"]).name)
    return found


def _credit(session: Session, claimed: Claimed, *, now: datetime) -> CreditRecord | None:
    if "credit" not in claimed.facts:
        return None
    return by_hand.load(session, credit_id=claimed.facts["credit"], person_id=claimed.person_id, now=now)


def _about(session: Session, claimed: Claimed) -> int | None:
    """The report's number; that of an emergency, or of a task, may have moved since it was written."""
    moves = session.get(Emergency, claimed.facts["emergency"]) if "emergency" in claimed.facts else None
    task = session.get(Task, claimed.facts["task"]) if "task" in claimed.facts else None
    found = moves or task
    return claimed.report_id if found is None else found.report_id


def _emergency(session: Session, claimed: Claimed) -> EmergencyRecord | None:
    if "emergency" not in claimed.facts:
        return None
    return team_briefs.emergency(session, emergency_id=claimed.facts["emergency"], person_id=claimed.person_id)


def _sent_list(
    session: Session, claimed: Claimed, *, now: datetime
) -> tuple[tuple[ReportRecord, ...], int, frozenset[int]]:
    """A list that is out: what it names, how many are overdue besides and still, and which of its own are done with."""
    row = session.get_one(OutboxMessage, claimed.facts["list"])
    names = (row.facts or {})["names"]
    on = ShownCard.about_id == row.id, ShownCard.person_id == claimed.person_id, ShownCard.shows == row.message
    left = set(session.scalars(select(ShownCard.report_id).where(*on)))
    named = briefs.ROWS.where(Report.id.in_(names))
    records = {one.id: one for one in briefs.describe_all(session, named, person_id=claimed.person_id)}
    many = len(left)
    if row.message is Message.OVERDUE:
        overdue = lists.overdue_ids(session, claimed.person_id, now=now)
        many += len(set(overdue) - set(names))
    return tuple(records[one] for one in names), many, frozenset(set(names) - left)


def _awaited(session: Session, claimed: Claimed, *, now: datetime) -> tuple[AwaitedTask, ...]:
    """Tasks that nobody takes, of a list of what is overdue that is sent or brought up to date."""
    is_list = Message.OVERDUE in (claimed.message, claimed.facts.get("shows"))
    return team_briefs.awaited(session, person_id=claimed.person_id, now=now) if is_list else ()


def _late(session: Session, claimed: Claimed, *, now: datetime) -> tuple[tuple[ReportRecord, ...], int]:
    """What the list says that is about to be sent: what is overdue with an officer, or late of a reporter's reports."""
    if claimed.message is Message.OVERDUE:
        return lists.overdue(session, claimed.person_id, now=now)
    if claimed.message is not Message.LATE or "late" not in claimed.facts:
        return (), 0
    return lists.late(session, claimed.person_id, {report_id for report_id, _ in claimed.facts["late"]}, now=now)
