"""The verdict on a fix: the reporter and the followers say whether it is one; a lead decides what stays disputed.

«Not fixed» by anybody reopens the report, twice at most; the third time the lead of the community decides. When all
have said «fixed», or nobody says anything for 72 hours (`services/escalation.py`), the report is closed.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import deadlines, dispatch, escalation, lifecycle, notices, people, worktime
from services.errors import AlreadyJudged, NotAllowed, NotPossible
from services.words import clean
from storage.kinds import EventKind, Role, Status
from storage.schema import Follower, Report, Verdict

MOST_REOPENED = 2
"""So often «not fixed» reopens a report; then a lead decides."""
AGAIN_WITHIN = timedelta(days=14)
"""So long after its end one may say that the same thing broke again."""
STARS = range(1, 6)


def judge(
    session: Session, *, report_id: int, person_id: int, is_fixed: bool, why: str | None = None, now: datetime
) -> Report:
    """Say whether the fix is one; ``why`` not (a code, or words).

    Raises:
        NotAllowed: the person neither reported nor follows it.
        AlreadyJudged: the person has judged this fix.
        NotPossible, ReportEnded: there is no fix to be judged (any more).
        NoWords, WordsTooLong: «not fixed» without a reason, or with too many words.
    """
    report = lifecycle.load(session, report_id)
    if person_id not in judges(session, report):
        raise NotAllowed(report_id=report_id)
    if _verdict(session, report, person_id) is not None:
        raise AlreadyJudged(report_id=report_id)
    if report.status is not Status.RESOLVED:
        lifecycle.require_alive(report)
        raise NotPossible(report_id=report_id)
    reason = None if is_fixed else clean(why or "", most=500)
    session.add(
        Verdict(
            report_id=report.id, person_id=person_id, round=report.reopened, is_fixed=is_fixed, why=reason, at=now
        )
    )
    session.flush()
    if is_fixed:
        _agree(session, report, person_id, now=now)
    else:
        assert reason is not None
        _object(session, report, person_id, reason, now=now)
    return report


def rate(session: Session, *, report_id: int, person_id: int, stars: int, now: datetime) -> None:
    """One to five stars for a fix that the person said is one; may be changed.

    Raises:
        NotPossible: other stars, or the person has not said «fixed».
    """
    report = lifecycle.load(session, report_id)
    verdict = _verdict(session, report, person_id)
    if stars not in STARS or verdict is None or not verdict.is_fixed:
        raise NotPossible(report_id=report_id)
    verdict.rating = stars


def decide(session: Session, *, report_id: int, lead_id: int, is_fixed: bool, words: str | None, now: datetime) -> Report:
    """The lead decides: closed, or back to work, with words if wanted.

    Raises:
        NotAllowed: it is for somebody else to decide, and the person is neither of the desk nor an administrator.
        NotPossible, ReportEnded: there is nothing to decide.
    """
    report = lifecycle.load(session, report_id)
    if report.status is not Status.REVIEW:
        lifecycle.require_alive(report)
        raise NotPossible(report_id=report_id)
    if report.responsible_id != lead_id and not people.has_role(session, lead_id, Role.DESK, Role.ADMIN):
        raise NotAllowed(report_id=report_id)
    facts = {"is_fixed": is_fixed, "words": clean(words, most=500) if words else None}
    if is_fixed:
        lifecycle.move(session, report, Status.CLOSED, kind=EventKind.DECIDED, by=lead_id, now=now, facts=facts)
    else:
        _back_to_work(session, report, EventKind.DECIDED, by=lead_id, facts=facts, now=now)
    notices.changed(session, report, now=now)
    notices.decided(session, report, judges(session, report), now=now)
    return report


def judges(session: Session, report: Report) -> list[int]:
    """Who may judge the fix: the reporter, and the followers in the order in which they joined."""
    followers = select(Follower.person_id).where(Follower.report_id == report.id).order_by(Follower.joined_at)
    return [report.reporter_id, *(one for one in session.scalars(followers) if one != report.reporter_id)]


def _agree(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    lifecycle.record(session, report, EventKind.JUDGED, by=person_id, now=now)
    said = select(Verdict.person_id).where(Verdict.report_id == report.id, Verdict.round == report.reopened)
    if set(judges(session, report)) <= set(session.scalars(said)):
        escalation.close(session, report, now=now)
    else:
        notices.changed(session, report, now=now)


def _object(session: Session, report: Report, person_id: int, why: str, *, now: datetime) -> None:
    facts = {"why": why}
    if report.reopened >= MOST_REOPENED:
        lifecycle.move(session, report, Status.REVIEW, kind=EventKind.REVIEWED, by=person_id, now=now, facts=facts)
        deciders = dispatch.deciders(session, report)
        report.responsible_id = deciders[0] if deciders else None
        notices.to_decide(session, report, deciders, now=now)
    else:
        report.reopened += 1
        _back_to_work(session, report, EventKind.REOPENED, by=person_id, facts=facts, now=now)
    notices.changed(session, report, now=now)


def _back_to_work(
    session: Session, report: Report, kind: EventKind, *, by: int, facts: dict[str, object], now: datetime
) -> None:
    """To the officer who fixed it, if the report is still his to fix; else to whom the grid now has."""
    deadlines.renew(report, hours=worktime.of(session), now=now)
    if report.officer_id is not None and report.status is Status.RESOLVED and dispatch.is_present(session, report):
        lifecycle.move(session, report, Status.ACCEPTED, kind=kind, by=by, now=now, facts=facts)
        report.responsible_id = report.officer_id
        notices.not_fixed(session, report, report.officer_id, now=now)
        return
    lifecycle.move(session, report, Status.OPEN, kind=kind, by=by, now=now, facts=facts)
    dispatch.release(session, report, now=now)
    dispatch.route(session, report, now=now)


def _verdict(session: Session, report: Report, person_id: int) -> Verdict | None:
    """What the person said of the present fix."""
    return session.scalar(
        select(Verdict).where(
            Verdict.report_id == report.id, Verdict.person_id == person_id, Verdict.round == report.reopened
        )
    )
