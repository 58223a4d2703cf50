"""Proof of a fix: a photo, and where the officer stood. One fix may be of several reports at one place.

The place is within reach of the report, or the officer says why it is not: both stand in the timeline, and are shown
to who decides when the fix is disputed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services import dispatch, distance, lifecycle, notices, offering, open_tasks, questions
from services.county import check_place
from services.distance import REACH
from services.errors import AlreadyFixed, NoProof, NotPossible, PictureTooOld, ProofTooOld, TooFar
from services.may_be_fix import CAMERA_CLOCKS, is_too_old
from services.words import clean, clean_caption
from storage.kinds import EventKind, Stage, Status
from storage.schema import Attachment, Report, Resolution, ResolvedReport, Task

MOST_BLUR = 200
"""Metres of a phone's own doubt about its place that count for the officer: beyond, it knows as good as nothing."""
ONE_GO = timedelta(hours=1)
"""So long after a fix its proof may be said to be of other reports at the place, too."""
MOST_TOGETHER = 8
"""Reports that may be said to be fixed in the same go: as many as buttons are easily read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the officer stands: WGS-84 degrees, and how sure the phone is, in metres."""

    latitude: float
    longitude: float
    accuracy: int = 0

    @property
    def point(self) -> distance.Point:
        """Latitude and longitude."""
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Proof:
    """What an officer shows of a fix."""

    photos: Sequence[Attachment]  # not in the session yet
    words: str | None = None
    place: Standing | None = None
    why_far: str | None = None  # a code of `views/proofs.py`, or words: why the place is not within reach, or not given


@dataclass(frozen=True, slots=True)
class Near:
    """Another report that the officer has at the same place."""

    report_id: int
    metres: int
    other: str | None = None  # its category, if that is another one


@dataclass(frozen=True, slots=True)
class Taken:
    """Where an officer's picture was taken, as it says itself, and how many metres from the report that is."""

    place: Standing
    metres: int


def taken(
    session: Session, *, report_id: int, place: distance.Point | None, taken_at: datetime | None, now: datetime
) -> Taken | None:
    """The place of an officer's picture counts as his own, if it says that it was taken since he has the report.

    Raises:
        PictureTooOld: it was taken before anybody accepted, and shows no fix.
    """
    report = session.get_one(Report, report_id)
    if taken_at is None or report.accepted_at is None:
        return None
    if is_too_old(taken_at, report.accepted_at):
        raise PictureTooOld
    since = max(report.accepted_at, report.resolve_from)  # of a report that came back, since then
    if place is None or not since - CAMERA_CLOCKS <= taken_at <= now + CAMERA_CLOCKS:
        return None
    here = Standing(*place)
    metres = measure(report, here)
    assert metres is not None
    return Taken(here, round(metres))


def going_on(session: Session, *, report_id: int) -> int:
    """The report, or that in which it goes on: what was sent as its proof is of that one."""
    return session.get_one(Report, report_id).merged_into_id or report_id


def resolve(session: Session, *, report_id: int, officer_id: int, proof: Proof, now: datetime) -> Report:
    """Note that it is fixed.

    Raises:
        NotAllowed: it is not this officer's report; who has it, or fixed it, is said to whom it was offered.
        AlreadyFixed, NotPossible, ReportEnded: its status does not allow it.
        TasksOpen: not all who were brought in are done.
        NoProof: there is no photo.
        TooFar: the place is out of reach, or not given, and there is no reason.
        BadPlace, NoWords, WordsTooLong: no place on Earth; a reason that is empty or too long.
    """
    report = _to_fix(session, report_id, officer_id)
    if not proof.photos:
        raise NoProof
    metres = measure(report, proof.place)
    if not is_within_reach(proof.place, metres) and not proof.why_far:
        raise TooFar(metres=_shown(metres))
    why = clean(proof.why_far, most=500) if proof.why_far and not is_within_reach(proof.place, metres) else None
    fix = _fix(session, proof, officer_id=officer_id, why=why, now=now)
    for photo in proof.photos:
        photo.report_id, photo.resolution_id, photo.stage = report.id, fix.id, Stage.AFTER
        session.add(photo)
    has_album = any(photo.media_group_id is not None for photo in proof.photos)
    _resolved(session, report, fix, metres, has_album=has_album, now=now)
    return report


def check(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """Whether this officer may say that it is fixed: raises what `resolve` would."""
    _to_fix(session, report_id, officer_id)


def far(session: Session, *, report_id: int, place: Standing) -> int | None:
    """How many metres from the report the place is that is out of reach; None: it is within.

    Raises:
        BadPlace: it is no place on Earth.
    """
    report = session.get_one(Report, report_id)
    metres = measure(report, place)
    return None if is_within_reach(place, metres) else _shown(metres)


def near(session: Session, *, report_id: int, officer_id: int) -> list[Near]:
    """The officer's other accepted reports within reach of this one, those of its category first, then the nearest.

    What somebody who was brought in is still working on is not among them, nor what is out of reach of where he stood
    when he fixed this one, unless he said why he was not at the place, nor what was filed after that.
    """
    report, fix = session.get(Report, report_id), latest(session, report_id)
    if report is None:
        return []
    here = (report.latitude, report.longitude)
    others = session.scalars(
        select(Report).where(
            Report.officer_id == officer_id,
            Report.status == Status.ACCEPTED,
            Report.id != report_id,
            ~exists().where(Task.report_id == Report.id, Task.state.in_(open_tasks.OPEN)),
        )
    )
    found = sorted(
        (one.category != report.category, distance.metres(here, (one.latitude, one.longitude)), one.id, one.category)
        for one in others
        if _is_proved(one, fix)
    )
    return [
        Near(one, round(metres), category if is_other else None)
        for is_other, metres, one, category in found
        if metres <= REACH
    ][:MOST_TOGETHER]


def also(
    session: Session, *, report_id: int, officer_id: int, others: Sequence[int] | None, now: datetime
) -> list[int]:
    """The proof of a fix is of these other reports, too (None: of all of its kind that are near); return which.

    Raises:
        NotAllowed: the first report is not this officer's fix, or one of the others is not his.
        ProofTooOld: the fix was made too long ago.
        AlreadyFixed, NotPossible, ReportEnded: one of the others is not to be fixed, or not at the same place.
        TasksOpen: somebody is still at work on one of the others.
    """
    chosen = others
    if chosen is None:
        chosen = [one.report_id for one in near(session, report_id=report_id, officer_id=officer_id) if not one.other]
    lifecycle.hold(session, [report_id, *chosen])
    first = _own_fix(session, report_id, officer_id)
    fix = latest(session, report_id)
    if fix is None or fix.by_id != officer_id or first.status is not Status.RESOLVED:
        raise NotPossible(report_id=report_id, status=first.status)
    if now - fix.at > ONE_GO:
        raise ProofTooOld
    near_by = [one.report_id for one in near(session, report_id=report_id, officer_id=officer_id)]
    if others is None:  # as they are now, when nobody else can change them
        chosen = [one for one in chosen if one in near_by]
    for one in sorted(chosen):
        report = _to_fix(session, one, officer_id)
        if one not in near_by:
            raise NotPossible(report_id=one)
        _resolved(session, report, fix, measure(report, _place_of(fix)), has_album=False, now=now)
    return sorted(chosen)


def latest(session: Session, report_id: int) -> Resolution | None:
    """The newest fix of a report."""
    return session.scalar(
        select(Resolution)
        .join(ResolvedReport, ResolvedReport.resolution_id == Resolution.id)
        .where(ResolvedReport.report_id == report_id)
        .order_by(Resolution.id.desc())
        .limit(1)
    )


def measure(report: Report, place: Standing | None) -> float | None:
    """Metres from the place to the report; None without a place.

    Raises:
        BadPlace: it is no place on Earth.
    """
    if place is None:
        return None
    check_place(place.latitude, place.longitude)
    return distance.metres(place.point, (report.latitude, report.longitude))


def is_within_reach(place: Standing | None, metres: float | None) -> bool:
    """Whether the officer may well stand at the report: what the phone is unsure of counts for him."""
    return place is not None and metres is not None and metres - min(place.accuracy, MOST_BLUR) <= REACH


def _to_fix(session: Session, report_id: int, officer_id: int) -> Report:
    report = _own_fix(session, report_id, officer_id)
    if report.status in lifecycle.FIXED:
        raise AlreadyFixed(report_id=report_id)
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    open_tasks.require_none(session, report)
    return report


def _own_fix(session: Session, report_id: int, officer_id: int) -> Report:
    return dispatch.load_own(session, report_id=report_id, officer_id=officer_id)


def _fix(session: Session, proof: Proof, *, officer_id: int, why: str | None, now: datetime) -> Resolution:
    place = proof.place
    fix = Resolution(
        by_id=officer_id,
        words=clean_caption(proof.words),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        accuracy=place.accuracy if place else None,
        why_far=why,
        at=now,
    )
    session.add(fix)
    session.flush()
    return fix


def _is_proved(report: Report, fix: Resolution | None) -> bool:
    """Whether the proof of another report's fix would do for this one, which was filed before that."""
    if fix is None:
        return True
    if report.filed_at > fix.at:
        return False
    if fix.why_far is not None:
        return True
    place = _place_of(fix)
    return is_within_reach(place, measure(report, place))


def _place_of(fix: Resolution) -> Standing | None:
    if fix.latitude is None or fix.longitude is None:
        return None
    return Standing(fix.latitude, fix.longitude, fix.accuracy or 0)


def _resolved(
    session: Session, report: Report, fix: Resolution, apart: float | None, *, has_album: bool, now: datetime
) -> None:
    """The fix is of this report; ``apart`` is how far from it the officer stood, in metres."""
    metres = _shown(apart)
    facts = {"words": fix.words, "metres": metres, "why": fix.why_far}
    said = {name: fact for name, fact in facts.items() if fact is not None}
    lifecycle.move(session, report, Status.RESOLVED, kind=EventKind.RESOLVED, by=fix.by_id, now=now, facts=said)
    session.add(ResolvedReport(resolution_id=fix.id, report_id=report.id, metres=metres))
    offering.close_offers(session, report, now=now)
    session.flush()
    notices.changed(session, report, now=now)
    questions.ended(session, report, now=now)
    notices.talk_over(session, report, [fix.by_id, report.reporter_id], now=now)
    notices.resolved(session, report, has_album=has_album, now=now)


def _shown(metres: float | None) -> int | None:
    return None if metres is None else round(metres)
