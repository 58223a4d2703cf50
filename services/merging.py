"""Two reports of the same hazard become one: what the one has moves along, who has it too, and both numbers go on.

What was merged into a report that is merged itself is moved on with it: a merged report is always one step away from
the one in which it goes on (`lifecycle.load_going_on`).
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import (
    asking,
    audit,
    dispatch,
    emergencies,
    followers,
    kept_proofs,
    lifecycle,
    nearby,
    notices,
    offering,
    open_tasks,
    questions,
    reports,
    urgency,
)
from services.errors import GoesOn, NoSuchReport, NotAllowed, NotPossible, SameReport
from services.nearby import MERGED_METRES
from services.parts import MOST_PHOTOS
from services.places import faults
from services.words import append
from storage.kinds import Deed, EventKind, Level, OfferState, Role, Stage, Status
from storage.records import NearReport, number
from storage.schema import Attachment, Grid, Offer, PersonRole, Post, Report

LISTED = 8
"""Reports to choose from: a screen of buttons."""


def choices(session: Session, *, report_id: int, officer_id: int) -> tuple[NearReport, ...]:
    """The open reports that this one may be merged into: those of its category, then all others, the nearest first.

    Raises:
        NoSuchReport: there is none.
        NotAllowed: it is not for this person to merge it.
        ReportEnded, GoesOn: nobody works on it any more.
    """
    report = session.get(Report, report_id)
    if report is None:
        raise NoSuchReport(report_id=report_id)
    _require_may(session, report, officer_id)
    lifecycle.require_alive(report)
    here = (report.latitude, report.longitude)
    found = nearby.open_ones(session, here, category=report.category, metres=MERGED_METRES)
    others = [one for one in found if one.report_id != report.id]
    return asking.described(session, others[:LISTED], person_id=officer_id)


def merge(session: Session, *, report_id: int, into_id: int, officer_id: int, now: datetime) -> Report:
    """Let the one report go on in the other; if that one was merged itself, in the one where it goes on.

    Raises:
        NotAllowed: it is not for this person to merge it.
        GoesOn: it was merged before.
        SameReport: the other one is itself, or goes on in it.
        ReportEnded: nobody works on one of them any more.
        NotPossible: they are not near each other.
    """
    report, target = _load_both(session, report_id, into_id)
    _require_may(session, report, officer_id)
    _require_possible(report, target)
    unite(session, report, target, by=officer_id, now=now)
    return target


def merge_own(session: Session, *, report_id: int, into_id: int, person_id: int, now: datetime) -> Report:
    """«The same as …», said below the receipt: the reporter's own new report goes on in the one it was asked about.

    Raises:
        NotAllowed: it is somebody else's, or was not asked about that one.
        TooLateToChange: an officer is on the way.
        GoesOn, SameReport, ReportEnded, NotPossible: as `merge`.
    """
    report, target = _load_both(session, report_id, into_id)
    if report.reporter_id != person_id:
        raise NotAllowed(report_id=report_id)
    if report.merged_into_id is None and report.maybe_same_id != into_id:
        raise NotAllowed(report_id=report_id)
    lifecycle.require_open_to_change(report)
    _require_possible(report, target, is_near=True)
    unite(session, report, target, by=person_id, now=now)
    return target


def _load_both(session: Session, report_id: int, into_id: int) -> tuple[Report, Report]:
    """Both, locked in the order of their numbers, so that two who merge them crosswise do not wait for each other."""
    goes_on = session.scalar(select(Report.merged_into_id).where(Report.id == into_id))
    target_id = into_id if goes_on is None else goes_on
    if target_id == report_id:
        raise SameReport(number=number(report_id))
    found = {one: lifecycle.load(session, one) for one in sorted((report_id, target_id))}
    return found[report_id], found[target_id]


def _require_may(session: Session, report: Report, officer_id: int) -> None:
    """Who holds it or is asked to take it, the leads of its place, the desk, administrators."""
    offer = session.get(Offer, (report.id, officer_id))
    is_asked = offer is not None and offer.state in (OfferState.OFFERED, OfferState.RAISED)
    was_asked = offer is not None and report.merged_into_id is not None  # and is told where it went
    if report.officer_id == officer_id or is_asked or was_asked:
        return
    roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == officer_id)))
    if roles & {Role.DESK, Role.ADMIN} or (Role.LEAD in roles and _leads(session, report, officer_id)):
        return
    raise NotAllowed(report_id=report.id)


def _leads(session: Session, report: Report, person_id: int) -> bool:
    grid = session.get(Grid, report.grid_id) if report.grid_id is not None else None
    posts = session.scalars(select(Post).where(Post.person_id == person_id))
    return grid is not None and any(
        post.town == grid.town and (post.level is Level.TOWN or post.community == grid.community) for post in posts
    )


def _require_possible(report: Report, target: Report, *, is_near: bool = False) -> None:
    if report.merged_into_id is not None:
        raise GoesOn(number=number(report.id), into=number(report.merged_into_id))
    lifecycle.require_alive(report)
    lifecycle.require_alive(target)
    here, there = (report.latitude, report.longitude), (target.latitude, target.longitude)
    if not (is_near or nearby.are_near(here, there)):
        raise NotPossible(report_id=report.id)


def unite(session: Session, report: Report, target: Report, *, by: int, now: datetime) -> None:
    """Let the one, which is locked like the other, go on in that; whoever calls it has seen that it may.

    Pictures, words, promises, followers, the reporter and who is at work move along. Events are shown in both timelines
    (`briefs`).
    """
    asked, concerned = offering.alerted(session, report), followers.who_hears(session, report)
    _move_holder(session, report, target, now=now)
    _move_pictures(session, report, target, asked, now=now)
    before = session.scalars(select(Report).where(Report.merged_into_id == report.id).order_by(Report.id)).all()
    for one in before:
        one.merged_into_id = target.id
    if report.words and report.words != target.words:
        _move_words(session, report, target, asked, now=now)
        urgency.heard(session, target, report.words, now=now)
    urgency.take_in(session, report, target, now=now)
    offering.close_offers(session, report, now=now)
    open_tasks.move_to(session, report, target, now=now)
    facts = {"into": target.id}
    lifecycle.move(session, report, Status.MERGED, kind=EventKind.MERGED, by=by, now=now, facts=facts)
    report.merged_into_id = target.id
    if target.follows_id is None:  # what broke again has its times before under the number that goes on
        target.follows_id, report.follows_id = report.follows_id, None
    joined = _move_people(session, report, target)
    emergencies.move_to(session, report, target, now=now)
    faults.move_to(session, report, target, now=now)
    lifecycle.record(session, target, EventKind.TOOK_IN, by=by, now=now, facts={"from": report.id})
    audit.note(session, Deed.MERGED, by=by, person_id=report.reporter_id, report_id=report.id, facts=facts, now=now)
    for one in (*before, report, target):
        notices.changed(session, one, now=now)
    questions.ended(session, report, into=target.id, now=now)
    for person_id in joined:
        notices.followed(session, target, person_id, now=now)
    told = {*asked, *concerned} - {*joined, by}
    notices.merged(session, report, sorted(told), now=now)


def _move_holder(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """Who has accepted the one has the other, too, where nobody has accepted that: he is on the way already."""
    if report.status is not Status.ACCEPTED or target.status is not Status.OPEN:
        return
    assert report.officer_id is not None
    held = session.get_one(Offer, (report.id, report.officer_id))
    offering.offer(session, target, held.level, [held.person_id], state=OfferState.OFFERED, now=now)
    dispatch.accept(session, report_id=target.id, officer_id=held.person_id, now=now)
    target.accepted_at = report.accepted_at  # what he has taken since is of its fix, too


def _move_pictures(session: Session, report: Report, target: Report, asked: list[int], *, now: datetime) -> None:
    """All but what was said in the talk is the other report's; who is to know of that and has not seen the pictures
    gets as many as a report takes.
    """
    kept_proofs.put_away_old(session, report)
    session.flush()
    room = MOST_PHOTOS - reports.count_pictures(session, target)
    its = select(Attachment).where(Attachment.report_id == report.id, Attachment.stage != Stage.TALK)
    files = session.scalars(its.order_by(Attachment.message_id)).all()
    for file in files:
        file.report_id = target.id
    session.flush()
    people = _unaware(session, report, target, asked)
    seen = [one for one in files if one.stage is Stage.BEFORE and reports.can_be_passed_on(one) and not one.is_doubtful]
    for file in seen[: max(0, room)]:
        notices.photos_added(session, target, people, file, now=now)


def _move_words(session: Session, report: Report, target: Report, asked: list[int], *, now: datetime) -> None:
    assert report.words is not None
    target.words = append(target.words, report.words, most=len(target.words or "") + len(report.words) + 1)
    people = _unaware(session, report, target, asked)
    notices.words_added(session, target, people, words=report.words, by=report.reporter_id, now=now)


def _unaware(session: Session, report: Report, target: Report, asked: list[int]) -> list[int]:
    """Who is to know of the one in which it goes on, and was not told of it."""
    knowing = {one for one in asked if not notices.is_to_be_alerted(session, report, one)}
    return [one for one in offering.alerted(session, target) if one not in knowing]


def _move_people(session: Session, report: Report, target: Report) -> list[int]:
    """Let all who have the one trouble follow the one in which it goes on, as from when they came; return who neither
    followed nor reported that before.
    """
    people = followers.since(session, report)
    for person_id in followers.of(session, report):
        followers.remove(session, report, person_id)
    return [one for one, came in people.items() if followers.add(session, target, one, now=came)]
