"""What an officer sent without *Resolve* was the fix of his report: proof at once, or kept while others are at work.

What is kept stands with the report (`Stage.KEPT`, of which no card shows anything), and is offered when he resolves it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import drafts, lifecycle, proofs, reports, same_picture
from services.drafts import OpenDraft
from services.errors import NoProof, NothingToAdd, TasksOpen
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
        NoProof, SameAsBefore: it has no picture that can be shown; it is one of the hazard.
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
    pictures = _take(session, draft, report_id)
    place = Standing(draft.latitude, draft.longitude)
    if blocked is None:
        proof = Proof(pictures, draft.words, place)
        proofs.resolve(session, report_id=report_id, officer_id=person_id, proof=proof, now=now)
    else:
        facts = {"place": [place.latitude, place.longitude], "words": draft.words}
        report = session.get_one(Report, report_id)
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


def _take(session: Session, draft: OpenDraft, report_id: int) -> list[Attachment]:
    """The draft's files are the report's: pictures that can be shown are proof, the rest is shown nowhere."""
    files = drafts.files(session, draft)
    pictures = [one for one in files if _can_be_shown(one)][:MOST]
    if not pictures:
        raise NoProof
    for one in pictures:
        same_picture.refuse_before(
            session, report_id=report_id, file_unique_id=one.file_unique_id, picture_hash=one.picture_hash
        )
    for one in files:
        one.report_id, one.draft_id = report_id, None
        one.stage = Stage.KEPT if one in pictures else Stage.TALK
    return pictures


def _can_be_shown(one: Attachment) -> bool:
    is_there = one.media_state is not MediaState.BAD and reports.can_be_passed_on(one)
    return one.kind in PICTURES and is_there and not one.is_doubtful


def _kept(session: Session, report_id: int, officer_id: int) -> tuple[Event, Sequence[Attachment]] | None:
    """The newest that he has kept since he has the report and it was last fixed, and its pictures."""
    report, fix = session.get_one(Report, report_id), proofs.latest(session, report_id)
    since = max(at for at in (report.accepted_at, fix.at if fix else None, report.filed_at) if at is not None)
    event = session.scalar(
        select(Event)
        .where(Event.report_id == report_id, Event.kind == EventKind.PROOF_KEPT)
        .where(Event.by_id == officer_id, Event.at >= since)
        .order_by(Event.id.desc())
        .limit(1)
    )
    its = select(Attachment).where(Attachment.report_id == report_id, Attachment.person_id == officer_id)
    pictures = session.scalars(its.where(Attachment.stage == Stage.KEPT).order_by(Attachment.message_id)).all()
    return (event, pictures) if event is not None and pictures else None
