"""What reporter and holder say to each other about a report, through the bot; neither learns who the other is.

Words, pictures, recordings and places, both ways, from the moment somebody holds the report until it is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import dispatch, escalation, lifecycle, notices, reports, urgency
from services.county import check_place
from services.errors import NobodyToAnswer, NotAllowed, TalkOver
from services.words import clean, clean_caption
from storage.kinds import EventKind, Message, Stage, WaitingFor
from storage.records import number
from storage.schema import Attachment, Report, ShownCard

ASK = (Message.QUESTION, Message.PAUSED)
"""What asks the reporter: a reply to it is an answer."""
LINES = (*ASK, Message.ANSWER)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody says. Words beside something else are its caption."""

    words: str | None = None
    attachments: Sequence[Attachment] = ()
    place: tuple[float, float] | None = None  # latitude and longitude, WGS-84 degrees


def ask(session: Session, *, report_id: int, officer_id: int, said: Said, now: datetime) -> bool:
    """Pass on to the reporter what the holder says; False if it only adds to an album that is being passed on.

    Raises:
        NotAllowed, NobodyToAnswer, TalkOver: it is not his, or it is over.
        NoWords, WordsTooLong, BadPlace: nothing readable, too much, or no place on Earth.
    """
    report = _held(session, report_id, officer_id)
    return _say(session, report, EventKind.ASKED, by=officer_id, said=said, now=now)


def answer(session: Session, *, report_id: int, person_id: int, said: Said, now: datetime) -> bool:
    """Pass on to the holder what the reporter says; False if it only adds to an album that is being passed on.

    The clock goes on if it stood still for this answer; a follower's is not the one that is waited for. Words may make
    the report urgent, as those that are added to it.

    Raises:
        NotAllowed: it is somebody else's report.
        NobodyToAnswer, TalkOver: nobody holds it, or it is over.
        NoWords, WordsTooLong, BadPlace: nothing readable, too much, or no place on Earth.
    """
    report = _mine(session, report_id, person_id)
    return _say(session, report, EventKind.ANSWERED, by=person_id, said=said, now=now)


def check_ask(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """Whether this officer may say something to the reporter: raises what `ask` would."""
    _held(session, report_id, officer_id)


def check_answer(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """Whether the reporter may say something to the holder: raises what `answer` would."""
    _mine(session, report_id, person_id)


def replied_to(session: Session, *, person_id: int, message_id: int) -> tuple[int, Message] | None:
    """The report and kind of what the other side said in this message of the person's chat; None: it said nothing.

    That the officer waits is said by him, too, and that a late report waits for its reporter.
    """
    shown = session.scalar(
        select(ShownCard).where(
            ShownCard.person_id == person_id, ShownCard.message_id == message_id, ShownCard.shows.in_(LINES)
        )
    )
    return (shown.report_id, shown.shows) if shown is not None else None


def join_album(
    session: Session, report: Report, attachment: Attachment, *, caption: str | None = None, now: datetime
) -> None:
    """One more picture of an album whose first is in the talk; with words of its own it is said by itself.

    Raises:
        NobodyToAnswer, TalkOver: nobody holds the report any more, or it is over.
    """
    _require_open(report)
    if clean_caption(caption) is not None:
        by = attachment.person_id
        kind = EventKind.ASKED if by == report.officer_id else EventKind.ANSWERED
        _pass_on(session, report, kind, by=by, said=Said(caption, (attachment,)), now=now)
        return
    attachment.report_id, attachment.stage = report.id, Stage.TALK
    session.add(attachment)
    session.flush()
    if reports.can_be_passed_on(attachment):
        pass_on_picture(session, report, attachment, now=now)


def pass_on_picture(session: Session, report: Report, attachment: Attachment, *, now: datetime) -> None:
    """A picture that came later, or could not be passed on before it was read."""
    notices.more_was_said(session, report, attachment, role=dispatch.holder_role(session, report), now=now)


def _say(session: Session, report: Report, kind: EventKind, *, by: int, said: Said, now: datetime) -> bool:
    if len(said.attachments) == 1 and _has_sibling(session, report, said.attachments[0]):
        join_album(session, report, said.attachments[0], caption=said.words, now=now)
        return False
    _pass_on(session, report, kind, by=by, said=said, now=now)
    return True


def _pass_on(session: Session, report: Report, kind: EventKind, *, by: int, said: Said, now: datetime) -> None:
    attachments, facts = list(said.attachments), _facts(session, report, said)
    for one in attachments:
        one.report_id, one.draft_id, one.stage = report.id, None, Stage.TALK
        one.is_doubtful = False  # what is said in a talk may be as old as it likes
        session.add(one)
    session.flush()
    kinds = {"kinds": [str(one.kind) for one in attachments]} if attachments else {}
    lifecycle.record(session, report, kind, by=by, now=now, facts=facts | kinds)
    is_awaited = report.waiting_for is WaitingFor.REPORTER and by == report.reporter_id
    if kind is EventKind.ANSWERED and is_awaited:
        facts["goes_on"] = True
        escalation.go_on(session, report, by=by, now=now)
    ready = [one.id for one in attachments if reports.can_be_passed_on(one)]
    if ready or "words" in facts or "place" in facts:
        tell = notices.question if kind is EventKind.ASKED else notices.answer
        has_album = any(one.media_group_id is not None for one in attachments)
        tell(session, report, facts | ({"attachments": ready} if ready else {}), has_album=has_album, now=now)
    if kind is EventKind.ANSWERED and "words" in facts:
        urgency.heard(session, report, facts["words"], now=now)
    notices.grew(session, report, now=now)


def _facts(session: Session, report: Report, said: Said) -> dict[str, Any]:
    """As what the holder has it, the words, the place."""
    facts: dict[str, Any] = {"role": str(dispatch.holder_role(session, report))}
    is_more = bool(said.attachments) or said.place is not None
    words = clean_caption(said.words) if is_more else clean(said.words or "")
    if words is not None:
        facts["words"] = words
    if said.place is not None:
        check_place(*said.place)
        facts["place"] = list(said.place)
    return facts


def _has_sibling(session: Session, report: Report, attachment: Attachment) -> bool:
    if attachment.media_group_id is None:
        return False
    sibling = select(Attachment.id).where(
        Attachment.person_id == attachment.person_id,
        Attachment.media_group_id == attachment.media_group_id,
        Attachment.report_id == report.id,
        Attachment.stage == Stage.TALK,
    )
    return session.scalar(sibling.limit(1)) is not None


def _held(session: Session, report_id: int, officer_id: int) -> Report:
    report = lifecycle.load(session, report_id)
    if report.officer_id != officer_id:
        raise NotAllowed(report_id=report_id)
    _require_open(report)
    return report


def _mine(session: Session, report_id: int, person_id: int) -> Report:
    report = reports.require_concerned(session, report_id=report_id, person_id=person_id)
    _require_open(report)
    return report


def _require_open(report: Report) -> None:
    if report.status not in lifecycle.ACTIVE:
        raise TalkOver(number=number(report.id))
    if report.officer_id is None:
        raise NobodyToAnswer(number=number(report.id))
