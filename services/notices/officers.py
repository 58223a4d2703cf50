"""What officers hear of a report that they are asked about, or have."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from services.notices.writing import after_album, and_attachment, find_waiting, put, urgency_of
from storage.kinds import Message, Stage, Status, Urgency
from storage.schema import Attachment, OutboxMessage, Report


def offered(session: Session, report: Report, people: Iterable[int], *, has_album: bool, now: datetime) -> None:
    """Each of these people gets the alert."""
    urgency = urgency_of(report)
    due = after_album(now) if has_album else now
    for person_id in people:
        put(session, person_id, Message.ALERT, report=report, urgency=urgency, now=now, due=due)


def became_urgent(
    session: Session, report: Report, people: Iterable[int], *, waited: bool = False, now: datetime
) -> None:
    """The alert rings: the one that has not gone out yet, or one more; who has accepted it is told what holds now.

    Also that it does not wait any more, as it did (``waited``).
    """
    for person_id in people:
        if report.status is not Status.OPEN:
            facts = {"status": str(report.status), "urgent": True, "waited": waited}
            put(session, person_id, Message.REMINDER, report=report, facts=facts, urgency=Urgency.URGENT, now=now)
            continue
        waiting = find_waiting(session, report, person_id, Message.ALERT)
        if waiting is not None:
            waiting.urgency = Urgency.URGENT
        else:
            offered(session, report, [person_id], has_album=False, now=now)


def moved(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Its place was corrected: those who were alerted get the new pin, unless their alert has not gone out yet."""
    unaware = [one for one in people if find_waiting(session, report, one, Message.ALERT) is None]
    offered(session, report, unaware, has_album=False, now=now)


def words_added(session: Session, report: Report, people: Iterable[int], *, words: str, by: int, now: datetime) -> None:
    """Those who were alerted get the new words, unless the alert that shows them has not gone out yet."""
    for person_id in people:
        if find_waiting(session, report, person_id, Message.ALERT) is None:
            facts = {"words": words, **_by_another(report, by)}
            put(session, person_id, Message.WORDS, report=report, facts=facts, now=now)


def photos_added(
    session: Session, report: Report, people: Iterable[int], attachment: Attachment, *, now: datetime
) -> None:
    """Those who were alerted get the picture, unless the message that shows it has not gone out yet.

    Pictures that follow each other closely go out as one album.
    """
    shows = Message.RESOLVED if attachment.stage is Stage.AFTER else Message.ALERT
    another = {} if attachment.stage is Stage.AFTER else _by_another(report, attachment.person_id)
    for person_id in people:
        waiting = find_waiting(session, report, person_id, shows, Message.PHOTOS)
        is_others = waiting is not None and waiting.message is Message.PHOTOS and not _is_by(waiting, another)
        if waiting is None or waiting.sent or is_others:
            facts = {"attachments": [attachment.id], **another}
            put(session, person_id, Message.PHOTOS, report=report, facts=facts, now=now, due=after_album(now))
        elif waiting.message is Message.PHOTOS:
            waiting.facts = and_attachment(waiting.facts, attachment)


def withdrawn(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Those who were alerted hear that it is off; whose alert has not gone out yet gets neither."""
    for person_id in people:
        if find_waiting(session, report, person_id, Message.ALERT) is None:
            put(session, person_id, Message.WITHDRAWN, report=report, urgency=Urgency.LOW, now=now)


def is_to_be_alerted(session: Session, report: Report, person_id: int) -> bool:
    """Whether the alert that shows it to the person has not gone out yet."""
    return find_waiting(session, report, person_id, Message.ALERT) is not None


def merged(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Whoever had to do with the report hears as which one it goes on; whose alert has not gone out gets neither."""
    for person_id in people:
        if find_waiting(session, report, person_id, Message.ALERT) is None:
            put(session, person_id, Message.MERGED, report=report, urgency=Urgency.LOW, now=now)


def took_in(session: Session, report: Report, other: Report, *, waited: bool, now: datetime) -> None:
    """Who has the report hears that the other one goes on in it, by when it is to be fixed now, and whether its wait
    has ended; unless he is just being told that it has become urgent.
    """
    assert report.officer_id is not None
    told = find_waiting(session, report, report.officer_id, Message.REMINDER)
    if told is not None and (told.facts or {}).get("urgent"):
        return
    facts = {"status": str(report.status), "took_in": other.id, "waited": waited}
    put(session, report.officer_id, Message.REMINDER, report=report, facts=facts, urgency=urgency_of(report), now=now)


def taken_over(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer who had it hears that somebody else has it now."""
    put(session, officer_id, Message.TAKEN_OVER, report=report, now=now)


def _by_another(report: Report, person_id: int) -> dict[str, bool]:
    """Facts of what is added: whether by somebody else than the reporter. By whom, is nobody's business."""
    return {} if person_id == report.reporter_id else {"by_another": True}


def _is_by(waiting: OutboxMessage, another: dict[str, bool]) -> bool:
    return bool((waiting.facts or {}).get("by_another")) == bool(another)
