"""The verdict on a fix: the reporter and the followers say whether it is one; a lead decides what stays disputed.

«Not fixed» by anybody reopens the report, twice at most; the third time the lead of the community decides. When all
have said «fixed», or nobody says anything for 72 hours (`services/escalation.py`), the report is closed.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import (
    deadlines,
    emergencies,
    escalation,
    followers,
    lifecycle,
    notices,
    offering,
    people,
    reports,
    urgency,
    worktime,
)
from services.errors import (
    AlreadyDecided,
    AlreadyJudged,
    BackAtWork,
    Disputed,
    GoesOn,
    NewerFix,
    NotAllowed,
    NotPossible,
    ReportEnded,
    VerdictOver,
)
from services.places import faults
from services.points import earning
from services.words import clean
from storage.kinds import EventKind, OfferState, Role, Status
from storage.records import number
from storage.schema import Attachment, Offer, Report, Verdict

MOST_REOPENED = 2
"""So often «not fixed» reopens a report; then a lead decides."""
SHOWN = "shown"
"""The reason of «not fixed» that is a photo without words."""
STARS = range(1, 6)


def fixed(session: Session, *, report_id: int, person_id: int, fix: int, now: datetime) -> Report:
    """Say that it is fixed. When all have said so, the report is closed.

    ``fix`` names the fix: how often the report had been reopened when it was made.

    Raises:
        NotAllowed: the person neither reported nor follows it.
        GoesOn: it was reopened, and merged into another one since.
        AlreadyJudged, NewerFix, BackAtWork, Disputed, VerdictOver, ReportEnded: he cannot judge such a fix (any more).
    """
    report = check(session, report_id=report_id, person_id=person_id, fix=fix, now=now)
    _note(session, report, person_id, why=None, now=now)
    lifecycle.record(session, report, EventKind.JUDGED, by=person_id, now=now)
    said = select(Verdict.person_id).where(Verdict.report_id == report.id, Verdict.round == report.reopened)
    have_said = set(session.scalars(said))
    is_last = set(followers.who_hears(session, report)) <= have_said
    if is_last or len(have_said) == 1:  # the officer hears of the first, and with the last that it is closed
        _tell_officer(session, report, is_fixed=True, now=now)
    if is_last:
        escalation.close(session, report, by=person_id, now=now)
    else:
        notices.changed(session, report, now=now)
    return report


def not_fixed(
    session: Session,
    *,
    report_id: int,
    person_id: int,
    fix: int,
    why: str | None,
    photo: Attachment | None = None,
    now: datetime,
) -> Report:
    """Say that it is not fixed: why (a code of `views/verdicts.py`, or words), or a photo that shows it.

    It goes back to work, or, if it did so twice already, to a lead.

    Raises:
        NoWords, WordsTooLong: there is neither reason nor photo, or too many words.
        NotAllowed, AlreadyJudged, NewerFix, BackAtWork, Disputed, VerdictOver: see `fixed`.
        TooManyPhotos: the report has as many as it takes.
    """
    report = check(session, report_id=report_id, person_id=person_id, fix=fix, now=now)
    reason = SHOWN if photo is not None and not why else clean(why or "", most=500)
    if photo is not None:
        reports.require_room(session, report, [photo])
    _note(session, report, person_id, why=reason, now=now)
    urgency.objected(session, report, reason, now=now)
    if _times_reopened(session, report) >= MOST_REOPENED:
        _dispute(session, report, by=person_id, why=reason, now=now)
    else:
        _back_to_work(session, report, by=person_id, facts={"why": reason}, now=now)
    notices.objected(session, report, person_id, now=now)
    if photo is not None:
        reports.add_attachment(session, report, photo, now=now)
    notices.changed(session, report, now=now)
    return report


def rate(session: Session, *, report_id: int, person_id: int, stars: int, now: datetime) -> Report:
    """One to five stars for a fix that the person said is one; may be changed.

    Raises:
        NotPossible: other stars, or the person has not said «fixed» of the fix that stands.
    """
    report = lifecycle.load(session, report_id)
    verdict = _verdict(session, report, person_id)
    stands = report.status in (Status.RESOLVED, Status.CLOSED)
    if stars not in STARS or verdict is None or not verdict.is_fixed or not stands:
        raise NotPossible(report_id=report_id)
    verdict.rating = stars
    session.flush()
    notices.changed(session, report, now=now)
    return report


def decide(
    session: Session, *, report_id: int, lead_id: int, is_fixed: bool, words: str | None = None, now: datetime
) -> Report:
    """The lead decides: closed, or back to work; in words if wanted.

    Raises:
        NotAllowed: it is for somebody else to decide, and the person is neither of the desk nor an administrator.
        AlreadyDecided: there is nothing to decide (any more).
    """
    report = lifecycle.load(session, report_id)
    if not may_decide(session, report, lead_id):
        raise NotAllowed(report_id=report_id)
    if report.status is not Status.REVIEW or offering.is_called_false(session, report):
        raise AlreadyDecided(report_id=report_id)
    said = clean(words, most=500) if words else None
    facts: dict[str, object] = {"words": said} if said else {}
    lapsed = [one for one in offering.lapsed(session, report) if one != lead_id]
    if is_fixed:
        earning.hold_place(session, report)
        lifecycle.move(session, report, Status.CLOSED, kind=EventKind.DECIDED, by=lead_id, now=now, facts=facts)
        offering.close_offers(session, report, now=now)
        emergencies.end_with(session, report, now=now)
        faults.end_with(session, report, now=now)
        _tell_officer(session, report, is_fixed=True, now=now)
    else:
        _back_to_work(session, report, by=lead_id, facts={**facts, "decided": True}, now=now)
    notices.changed(session, report, now=now)
    notices.decided(session, report, is_fixed=is_fixed, words=said, now=now)
    notices.decided_by_others(session, report, lapsed, {"is_fixed": is_fixed}, now=now)
    if is_fixed:
        earning.confirmed(session, report, now=now)
    return report


def may_decide(session: Session, report: Report, person_id: int) -> bool:
    """Whether the person is (or was) asked to decide, or is of the desk or an administrator."""
    offer = session.get(Offer, (report.id, person_id))
    is_asked = report.responsible_id == person_id and report.status is Status.REVIEW
    was_asked = offer is not None and (offer.state is OfferState.RAISED or report.status is not Status.REVIEW)
    return is_asked or was_asked or people.has_any(session, person_id, Role.DESK, Role.ADMIN)


def check(session: Session, *, report_id: int, person_id: int, fix: int, now: datetime) -> Report:
    """Whether this person may judge this fix; the report.

    Raises:
        NotAllowed, GoesOn, AlreadyJudged, NewerFix, BackAtWork, Disputed, VerdictOver, ReportEnded: see `fixed`.
    """
    report = lifecycle.load(session, report_id)
    its = report if report.merged_into_id is None else session.get_one(Report, report.merged_into_id)
    if person_id not in followers.who_hears(session, its):
        raise NotAllowed(report_id=report_id)
    if its is not report:
        raise GoesOn(number=number(report_id), into=number(its.id))
    if report.status in (Status.REJECTED, Status.WITHDRAWN):  # and not closed: it cannot have broken again
        raise ReportEnded(report_id=report_id, status=report.status)
    if report.status in lifecycle.ACTIVE:
        raise BackAtWork(number=number(report_id))
    if fix != report.reopened:
        raise NewerFix(number=number(report_id))
    if _verdict(session, report, person_id) is not None:
        raise AlreadyJudged(report_id=report_id)
    if report.status is Status.REVIEW:
        raise Disputed(number=number(report_id))
    if report.status is not Status.RESOLVED:
        raise VerdictOver(number=number(report_id))
    return report


def _times_reopened(session: Session, report: Report) -> int:
    """How often a fix was not one, also under the number of one that goes on in it."""
    merged = select(func.max(Report.reopened)).where(Report.merged_into_id == report.id)
    return report.reopened + (session.scalar(merged) or 0)


def _note(session: Session, report: Report, person_id: int, *, why: str | None, now: datetime) -> None:
    said = {"round": report.reopened, "is_fixed": why is None, "why": why}
    session.add(Verdict(report_id=report.id, person_id=person_id, at=now, **said))
    session.flush()


def _dispute(session: Session, report: Report, *, by: int, why: str, now: datetime) -> None:
    facts = {"why": why}
    lifecycle.move(session, report, Status.REVIEW, kind=EventKind.REVIEWED, by=by, now=now, facts=facts)
    offering.ask_to_decide(session, report, now=now)
    _tell_officer(session, report, is_fixed=False, now=now)


def _back_to_work(session: Session, report: Report, *, by: int, facts: dict[str, object], now: datetime) -> None:
    """To the officer who fixed it, if he is there; else, and when a lead decided, to whom the grid now has."""
    report.reopened += 1
    deadlines.renew(report, hours=worktime.of(session), now=now)
    kind = EventKind.REOPENED
    if report.status is Status.RESOLVED and report.officer_id is not None and offering.is_present(session, report):
        lifecycle.move(session, report, Status.ACCEPTED, kind=kind, by=by, now=now, facts=facts)
        offering.keep(session, report)
        notices.asked_about(session, report, now=now)
        notices.not_fixed(session, report, report.officer_id, now=now)
        return
    before = report.officer_id
    lifecycle.move(session, report, Status.OPEN, kind=kind, by=by, now=now, facts=facts)
    offering.release(session, report, now=now)
    offering.route(session, report, now=now)
    if before is not None and before not in offering.alerted(session, report):  # else the alert says it
        notices.judged(session, report, before, is_fixed=False, now=now)
    notices.asked_about(session, report, now=now)


def _tell_officer(session: Session, report: Report, *, is_fixed: bool, now: datetime) -> None:
    if report.officer_id is not None:
        notices.judged(session, report, report.officer_id, is_fixed=is_fixed, now=now)


def _verdict(session: Session, report: Report, person_id: int) -> Verdict | None:
    """What the person said of the present fix."""
    return session.scalar(
        select(Verdict).where(
            Verdict.report_id == report.id, Verdict.person_id == person_id, Verdict.round == report.reopened
        )
    )
