"""What an officer sent without *Resolve* was the fix of his report: proof at once, or kept while others are at work.

What is kept stands with the report (`Stage.KEPT`, of which no card shows anything), and is offered when he resolves it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services import drafts, lifecycle, proofs, reports, same_picture
from services.drafts import OpenDraft
from services.errors import NoProof, NothingToAdd, PictureTooOld, TasksOpen
from services.may_be_fix import is_too_old
from services.parts import Outcome
from services.proofs import Proof, Standing
from storage.kinds import PICTURES, EventKind, MediaState, Stage
from storage.schema import Attachment, Event, Report

MOST = 10
"""Pictures of one proof: an album of Telegram's."""


def say_fix(session: Session, *, person_id: int, report_id: int, now: datetime) -> Outcome:
    """What the draft has is the proof that this report is fixed; while others are at work on it, it is kept.

    Raises:
        NothingToAdd: there is no draft that asks (any more).
        NoProof, SameAsBefore, PictureTooOld: it has no picture that can be shown; it is one of the hazard, or from
            before anybody had the report.
        TooFar, and what else `proofs.resolve` raises.
    """
    draft = drafts.load(session, person_id, report_id=report_id)
    if draft is None or draft.file_at is None or draft.latitude is None or draft.longitude is None:
        raise NothingToAdd
    blocked = None
    try:
        proofs.check(session, report_id=report_id, officer_id=person_id, now=now)
    except TasksOpen as problem:
        blocked = problem.facts["names"]
    report = session.get_one(Report, report_id)
    pictures = _take(session, draft, report)
    place = Standing(draft.latitude, draft.longitude)
    if blocked is None:
        proof = Proof(pictures, draft.words, place)
        proofs.resolve(session, report_id=report_id, officer_id=person_id, proof=proof, now=now)
    else:
        facts = {"place": [place.latitude, place.longitude], "words": draft.words}
        lifecycle.record(session, report, EventKind.PROOF_KEPT, by=person_id, now=now, facts=facts)
    session.flush()
    drafts.end(session, draft)
    return Outcome(fixed=report_id, blocked=blocked)


def kept_at(session: Session, *, report_id: int, officer_id: int) -> datetime | None:
    """Since when there is a proof of this officer that waits for others to be done; None: there is none."""
    found = _kept(session, report_id, officer_id)
    return found[0].at if found is not None else None


def use(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """What was kept is the proof.

    Raises:
        NothingToAdd: nothing is kept.
        What `proofs.resolve` raises.
    """
    proofs.check(session, report_id=report_id, officer_id=officer_id, now=now)
    found = _kept(session, report_id, officer_id)
    if found is None:
        raise NothingToAdd
    event, pictures = found
    facts = event.facts or {}
    proof = Proof(pictures, facts.get("words"), Standing(*facts["place"]))
    proofs.resolve(session, report_id=report_id, officer_id=officer_id, proof=proof, now=now)


def put_away_old(session: Session, report: Report) -> None:
    """The report, which is locked, is about to go on in another one: what was kept for a fix that was made, or by who
    lost the report meanwhile, does not go along as proof.
    """
    its = select(Attachment.person_id).where(Attachment.report_id == report.id, Attachment.stage == Stage.KEPT)
    for officer_id in session.scalars(its.distinct()).all():
        _put_away_old(session, report.id, officer_id)


def _take(session: Session, draft: OpenDraft, report: Report) -> list[Attachment]:
    """The draft's files are the report's: pictures that can be shown are proof, the rest is shown nowhere, also what is
    read later.
    """
    files = drafts.files(session, draft)
    pictures = [one for one in files if _can_be_shown(one)][:MOST]
    if not pictures:
        raise NoProof
    if any(is_too_old(one.taken_at, report.accepted_at) for one in pictures):
        raise PictureTooOld
    for one in pictures:
        same_picture.refuse_before(
            session, report_id=report.id, file_unique_id=one.file_unique_id, picture_hash=one.picture_hash
        )
    _put_away_old(session, report.id, draft.person_id)
    for one in files:
        one.report_id, one.draft_id, one.stage = report.id, None, Stage.KEPT
    return pictures


def _can_be_shown(one: Attachment) -> bool:
    is_there = one.media_state is not MediaState.BAD and reports.can_be_passed_on(one)
    return one.kind in PICTURES and is_there and not one.is_doubtful


def _kept(session: Session, report_id: int, officer_id: int) -> tuple[Event, Sequence[Attachment]] | None:
    """The newest that he has kept for the next fix, and the pictures of all that he has: of an album, also those that
    came later.
    """
    event = _current(session, report_id, officer_id)
    if event is None:
        return None
    since = session.get_one(Report, event.report_id).accepted_at
    found = session.scalars(_pictures(report_id, officer_id)).all()
    pictures = [one for one in found if _can_be_shown(one) and not is_too_old(one.taken_at, since)][-MOST:]
    return (event, pictures) if pictures else None


def _current(session: Session, report_id: int, officer_id: int) -> Event | None:
    """The newest time that he has kept something since he has the report (or one that goes on in it, and as that one)
    and it was last fixed.
    """
    its = (Report.id == report_id) | (Report.merged_into_id == report_id)
    since = {one.id: _since(session, one) for one in session.scalars(select(Report).where(its)).all()}
    fix = proofs.latest(session, report_id)
    chosen = select(Event).where(Event.report_id.in_(since), Event.kind == EventKind.PROOF_KEPT)
    for event in session.scalars(chosen.where(Event.by_id == officer_id).order_by(Event.id.desc())).all():
        if event.at >= since[event.report_id] and (fix is None or event.at >= fix.at):
            return event
    return None


def _since(session: Session, report: Report) -> datetime:
    fix = proofs.latest(session, report.id)
    return max(at for at in (report.accepted_at, fix.at if fix else None, report.filed_at) if at is not None)


def _pictures(report_id: int, officer_id: int) -> Select[Attachment]:
    its = select(Attachment).where(Attachment.report_id == report_id, Attachment.person_id == officer_id)
    return its.where(Attachment.stage == Stage.KEPT).order_by(Attachment.message_id)


def _put_away_old(session: Session, report_id: int, officer_id: int) -> None:
    """What he kept for an earlier fix, or when he had the report before, is shown nowhere any more."""
    if _current(session, report_id, officer_id) is None:
        for one in session.scalars(_pictures(report_id, officer_id)).all():
            one.stage = Stage.TALK
