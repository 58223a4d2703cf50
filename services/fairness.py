"""Reports that are called false: the reporter may dispute it once, a lead decides, and what follows from it.

The officer who has a report may call it false; what is fixed already, who looks after the officers may.
A report counts as false when a lead says so, or when its reporter has not objected in time. So many of them in so
many days (`data/fairness.toml`) suspend the reporter for a while (`services/suspensions.py`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import (
    audit,
    deadlines,
    dispatch,
    drafts,
    filing,
    lifecycle,
    notices,
    offering,
    people,
    reports,
    suspensions,
    told,
    urgency,
    worktime,
)
from services import county as land
from services.county import County
from services.errors import AlreadyDecided, FoundTrue, NotAllowed, TooLateToDispute
from services.places import faults
from services.points import earning
from services.words import clean
from storage.kinds import Deed, EventKind, MarkState, Role, Stage, Status
from storage.records import Suspended
from storage.schema import Attachment, Event, FalseMark, Offer, PersonRole, Report, Suspension

MOST_WORDS = 500
AFTERWARDS = (Status.RESOLVED, Status.CLOSED)
"""What was fixed may turn out to have been false."""
AT_ONCE = 50
"""Marks, or suspensions that are over, that one tick settles."""
OLD_NEWS = timedelta(days=1)


def mark_false(session: Session, *, report_id: int, officer_id: int, why: str, now: datetime) -> Report:
    """«Not true»: end the officer's own report for this reason, or one that was fixed, and let the reporter object.

    Raises:
        NotAllowed, NotPossible, ReportEnded: it is not this officer's report, or nobody works on it any more and he
            does not look after those who do.
        NoWords, WordsTooLong: the reason is empty or too long.
        FoundTrue: a lead has decided before that it is true.
    """
    report = _require_to_mark(session, report_id=report_id, officer_id=officer_id)
    words, until = clean(why, most=MOST_WORDS), now + suspensions.rules().dispute_within
    session.add(
        FalseMark(
            report_id=report_id,
            person_id=report.reporter_id,
            by_id=officer_id,
            why=words,
            at=now,
            dispute_by=until,
            state=MarkState.MARKED,
        )
    )
    facts = {"why": dispatch.FALSE, "words": words, "dispute_by": until.isoformat()}
    if report.status in AFTERWARDS:
        facts["after"] = str(report.status)
    dispatch.turn_down(session, report, facts, by=officer_id, now=now)
    _note(session, Deed.MARKED_FALSE, report, by=officer_id, words=words, now=now)
    return report


def check_mark(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """Whether this officer may call the report false: raises what `mark_false` would."""
    _require_to_mark(session, report_id=report_id, officer_id=officer_id)


def dispute(
    session: Session,
    *,
    report_id: int,
    person_id: int,
    words: str,
    photos: Sequence[Attachment] = (),
    now: datetime,
) -> Report:
    """«That is wrong»: a lead decides. Pictures (not yet in the session) may show it.

    Where there is nobody to decide but who is concerned, the reporter is believed.

    Raises:
        NotAllowed: it is somebody else's report.
        TooLateToDispute: it was not called false, that was disputed before, or the time is over.
        NoWords, WordsTooLong, TooManyPhotos: nothing readable, or too much.
    """
    report, mark = _require_to_dispute(session, report_id=report_id, person_id=person_id, now=now)
    said = clean(words, most=MOST_WORDS)
    reports.require_room(session, report, photos)
    for one in photos:
        one.report_id, one.stage = report.id, Stage.BEFORE
        session.add(one)
    mark.state = MarkState.DISPUTED
    urgency.objected(session, report, said, now=now)
    facts = {"what": dispatch.FALSE, "words": said}
    lifecycle.move(session, report, Status.REVIEW, kind=EventKind.DISPUTED, by=person_id, now=now, facts=facts)
    _note(session, Deed.DISPUTED, report, by=person_id, words=said, now=now)
    session.flush()
    asked = offering.ask_to_decide(session, report, now=now)
    notices.changed(session, report, now=now)
    if asked:
        notices.disputed(session, report, mark.by_id, now=now)
    else:
        _clear(session, report, mark, by=None, now=now)
    return report


def check_dispute(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """Whether the reporter may object: raises what `dispute` would."""
    _require_to_dispute(session, report_id=report_id, person_id=person_id, now=now)


def decide_dispute(session: Session, *, report_id: int, person_id: int, is_false: bool, now: datetime) -> Report:
    """Say whether a report that was called false is; if not, it goes back to the people of its grid.

    Raises:
        NotAllowed: the person was not asked, or is concerned: the reporter, or the officer who called it false.
        AlreadyDecided: there is nothing (left) to decide.
    """
    report = lifecycle.load(session, report_id)
    mark = _latest(session, report_id)
    if mark is None or person_id in (report.reporter_id, mark.by_id) or not _may_decide(session, report, person_id):
        raise NotAllowed(report_id=report_id)
    if mark.state is not MarkState.DISPUTED or report.status is not Status.REVIEW:
        raise AlreadyDecided(report_id=report_id)
    lapsed = [one for one in offering.lapsed(session, report) if one != person_id]
    if is_false:
        _uphold(session, report, mark, by=person_id, now=now)
    else:
        _clear(session, report, mark, by=person_id, now=now)
    notices.decided_by_others(session, report, lapsed, {"is_false": is_false}, now=now)
    return report


def tick(session: Session, *, now: datetime) -> int:
    """What nobody disputed in time counts; return how many there were. One a transaction: it takes back points of
    several people, for whom others wait as well.
    """
    due = session.execute(
        select(FalseMark, Report)
        .join(Report, Report.id == FalseMark.report_id)
        .where(FalseMark.state == MarkState.MARKED, FalseMark.dispute_by <= now)
        .order_by(FalseMark.dispute_by)
        .limit(1)
        .with_for_update(of=(Report, FalseMark), skip_locked=True)
    ).all()
    for mark, report in due:
        _note(session, Deed.UNDISPUTED, report, by=None, now=now)
        _confirm(session, mark, now=now)
        notices.changed(session, report, now=now)
    return len(due)


def suspended(session: Session, *, person_id: int, now: datetime) -> list[Suspended]:
    """The suspensions that hold, for an administrator to lift.

    Raises:
        NotAllowed: the person is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    holds = (Suspension.until > now, Suspension.lifted_at.is_(None))
    found = session.scalars(select(Suspension).where(*holds).order_by(Suspension.id))
    return [Suspended(one.id, one.until, tuple(one.reports), suspensions.rules().phone) for one in found]


def lift(session: Session, *, suspension_id: int, person_id: int, county: County, now: datetime) -> None:
    """Let the suspended person report again; what he has sent meanwhile goes on its way.

    Raises:
        NotAllowed: the person is no administrator.
        AlreadyDecided: it is over.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    one = session.get(Suspension, suspension_id, with_for_update=True)
    if one is None or one.lifted_at is not None or one.until <= now:
        raise AlreadyDecided
    one.lifted_at = now
    facts = {"reports": one.reports}
    audit.note(session, Deed.LIFTED, by=person_id, person_id=one.person_id, facts=facts, now=now)
    _may_report_again(session, one.person_id, is_over=False, county=county, now=now)


def end_suspensions(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Say once that a suspension's time is over, and let go on what was sent meanwhile; return how many there were.

    Of one that ended over a day ago (the process stood still) nothing is said.
    """
    over = session.scalars(
        select(Suspension)
        .where(Suspension.lifted_at.is_(None), Suspension.until <= now)
        .order_by(Suspension.until)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    county = land.load(session) if over else None
    for one in over:
        one.lifted_at = now
        audit.note(session, Deed.SUSPENSION_OVER, by=None, person_id=one.person_id, now=now)
        if now - one.until <= OLD_NEWS:
            _may_report_again(session, one.person_id, is_over=True, county=county, now=now)
    return len(over)


def _may_report_again(session: Session, person_id: int, *, is_over: bool, county: County | None, now: datetime) -> None:
    """Unless another suspension holds: it is said, and what was sent lately goes on its way."""
    session.flush()
    if suspensions.current(session, person_id, now=now) is not None:
        return
    draft = drafts.load(session, person_id)
    goes_on = draft is not None and now - draft.changed_at <= drafts.STALE
    notices.lifted(session, person_id, is_over=is_over, goes_on=goes_on, now=now)
    if draft is not None and goes_on and county is not None:
        filing.proceed_and_tell(session, draft, county=county, now=now)


def _uphold(session: Session, report: Report, mark: FalseMark, *, by: int, now: datetime) -> None:
    lifecycle.move(session, report, Status.REJECTED, kind=EventKind.UPHELD, by=by, now=now)
    offering.close_offers(session, report, now=now)
    _note(session, Deed.UPHELD, report, by=by, now=now)
    notices.changed(session, report, now=now)
    notices.dispute_decided(session, report, mark.by_id, is_false=True, now=now)
    _confirm(session, mark, now=now)


def _clear(session: Session, report: Report, mark: FalseMark, *, by: int | None, now: datetime) -> None:
    mark.state, mark.settled_at = MarkState.CLEARED, now
    if _was_fixed(session, report):
        _stays_fixed(session, report, mark, by=by, now=now)
        return
    deadlines.renew(report, hours=worktime.of(session), now=now)
    lifecycle.move(session, report, Status.OPEN, kind=EventKind.CLEARED, by=by, now=now)
    report.officer_id = report.accepted_at = None
    offering.close_offers(session, report, now=now)
    session.flush()
    faults.again(session, report.id, report.id, now=now)
    _note(session, Deed.CLEARED, report, by=by, now=now)
    offering.pass_on(session, report, now=now)
    notices.changed(session, report, now=now)
    notices.asked_about(session, report, now=now)
    notices.dispute_decided(session, report, mark.by_id, is_false=False, now=now)


def _was_fixed(session: Session, report: Report) -> bool:
    """Whether it was called false when it was fixed already."""
    marked = select(Event.from_status).where(Event.report_id == report.id, Event.kind == EventKind.REJECTED)
    return session.scalar(marked.order_by(Event.id.desc()).limit(1)) in AFTERWARDS


def _stays_fixed(session: Session, report: Report, mark: FalseMark, *, by: int | None, now: datetime) -> None:
    """It was true, and there is nothing left to do but to give what was not given yet."""
    lifecycle.move(session, report, Status.CLOSED, kind=EventKind.CLEARED, by=by, now=now)
    offering.close_offers(session, report, now=now)
    session.flush()
    _note(session, Deed.CLEARED, report, by=by, now=now)
    notices.changed(session, report, now=now)
    notices.dispute_decided(session, report, mark.by_id, is_false=False, now=now)
    earning.confirmed(session, report, now=now)


def _confirm(session: Session, mark: FalseMark, *, now: datetime) -> None:
    """It counts; the last of so many suspends."""
    mark.state, mark.settled_at = MarkState.CONFIRMED, now
    session.flush()
    earning.found_false(session, mark.report_id, by=mark.by_id, now=now)
    rules, last = suspensions.rules(), suspensions.began_last(session, mark.person_id)
    since = now - rules.within if last is None else max(last, now - rules.within)
    false = session.scalars(
        select(FalseMark.report_id)
        .where(
            FalseMark.person_id == mark.person_id,
            FalseMark.state == MarkState.CONFIRMED,
            FalseMark.settled_at > since,
        )
        .order_by(FalseMark.id)
    ).all()
    if len(false) >= rules.reports:
        suspensions.begin(session, mark.person_id, reports=false, now=now)


def _require_to_mark(session: Session, *, report_id: int, officer_id: int) -> Report:
    report = lifecycle.load(session, report_id)
    is_own = report.reporter_id == officer_id
    looks_after = not is_own and told.oversees(session, report_id=report_id, person_id=officer_id)
    if report.status not in AFTERWARDS or not looks_after:
        dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    mark = _latest(session, report_id)
    if mark is not None and mark.state is MarkState.CLEARED:
        raise FoundTrue(report_id=report_id)
    return report


def _require_to_dispute(session: Session, *, report_id: int, person_id: int, now: datetime) -> tuple[Report, FalseMark]:
    report = reports.require_mine(session, report_id=report_id, person_id=person_id)
    mark = _latest(session, report_id)
    if report.status is not Status.REJECTED or mark is None or mark.state is not MarkState.MARKED:
        raise TooLateToDispute(report_id=report_id)
    if mark.dispute_by <= now:
        raise TooLateToDispute(report_id=report_id)
    return report, mark


def _may_decide(session: Session, report: Report, person_id: int) -> bool:
    """Who was asked at one of the levels that decide may, and any administrator."""
    offer = session.get(Offer, (report.id, person_id))
    if offer is not None and offer.level in offering.DECIDE:
        return True
    return session.get(PersonRole, (person_id, Role.ADMIN)) is not None


def _latest(session: Session, report_id: int) -> FalseMark | None:
    """What was last said of the report; nobody else can settle it meanwhile."""
    marks = select(FalseMark).where(FalseMark.report_id == report_id).order_by(FalseMark.id.desc()).limit(1)
    return session.scalar(marks.with_for_update())


def _note(
    session: Session, deed: Deed, report: Report, *, by: int | None, now: datetime, words: str | None = None
) -> None:
    facts = {"words": words} if words else None
    audit.note(session, deed, by=by, person_id=report.reporter_id, report_id=report.id, facts=facts, now=now)
