"""Who is told what: the only place that writes to the outbox.

Each function belongs to one event of a report's life. It writes *what* is to be said; the words are made when the
message is sent (`views/messages.py`), from what is then true, in the language the person then has.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.orm import Session

from services import followers
from storage.kinds import Digest, Message, OfferState, OutboxState, Role, Stage, Status, Urgency, WaitingFor
from storage.prepared import Prepared
from storage.schema import Attachment, Offer, OutboxMessage, Person, Report, ShownCard, Task, Verdict
from storage.store import mark_outbox

ALBUM_WAIT = timedelta(milliseconds=600)
"""The parts of an album arrive one by one: what shows it waits this long for the rest."""
LIST_WAIT, LIST_AGAIN = timedelta(seconds=10), timedelta(hours=1)
"""A list of what is overdue waits for what else is found in the same round; the next one comes an hour later."""
LIVE = (Message.ALERT, Message.RECEIPT, Message.RESOLVED, Message.TASK, Message.EMERGENCY)
"""What a `ShownCard` shows that is edited when the report changes."""
BEHIND_ALERT = timedelta(milliseconds=50)
"""The receipt lets the alert go first: a request that went just before would hold it up by the relay's pace."""
OF_USE = timedelta(minutes=10)
"""For how long a direct answer is worth giving: by then whoever asked has asked again, or gone."""
ABOUT = {Message.TASK: "task", Message.EMERGENCY: "emergency"}
"""Cards that show more than the report: the fact that says which one."""

_PUT = Prepared(insert(OutboxMessage.__table__))  # type: ignore[arg-type]


def filed(session: Session, report: Report, *, status_message_id: int | None, now: datetime) -> None:
    """The reporter gets the receipt in place of the draft's status message."""
    facts = {"deletes": status_message_id} if status_message_id else None
    _put(session, report.reporter_id, Message.RECEIPT, report=report, facts=facts, now=now, due=now + BEHIND_ALERT)


def offered(session: Session, report: Report, people: Iterable[int], *, has_album: bool, now: datetime) -> None:
    """Each of these people gets the alert."""
    urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
    due = now + ALBUM_WAIT if has_album else now
    for person_id in people:
        _put(session, person_id, Message.ALERT, report=report, urgency=urgency, now=now, due=due)


def became_urgent(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """The alert rings: the one that has not gone out yet, or one more."""
    for person_id in people:
        waiting = _waiting(session, report, person_id, Message.ALERT)
        if waiting is not None:
            waiting.urgency = Urgency.URGENT
        else:
            offered(session, report, [person_id], has_album=False, now=now)


def moved(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Its place was corrected: those who were alerted get the new pin, unless their alert has not gone out yet."""
    unaware = [one for one in people if _waiting(session, report, one, Message.ALERT) is None]
    offered(session, report, unaware, has_album=False, now=now)


def changed(session: Session, report: Report, *, now: datetime) -> None:
    """Every card of the report that is shown somewhere is edited to what is true now."""
    _show_again(session, report, LIVE, now=now)
    reminders_over(session, report, now=now)


def grew(session: Session, report: Report, *, now: datetime) -> None:
    """The timeline has a new line, or a picture more: it is edited where a reporter's card shows one."""
    if report.status is not Status.OPEN:
        _show_again(session, report, [Message.RECEIPT, Message.RESOLVED], now=now)


def asked_about(session: Session, report: Report, *, now: datetime) -> None:
    """It ended, or goes on again: receipts that ask whether theirs is the same as this one ask no more, or again."""
    merged = select(Report.id).where(Report.merged_into_id == report.id)
    its = Report.maybe_same_id.in_([report.id, *session.scalars(merged)])
    for asking in session.scalars(select(Report).where(its, Report.status == Status.OPEN)).all():
        _show_again(session, asking, [Message.RECEIPT], now=now)


def opened(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """The officer opened the report from his list: its card comes anew, and is live."""
    _put(session, person_id, Message.CASE, report=report, now=now)


def shown_again(session: Session, shown: ShownCard, *, now: datetime) -> None:
    """One card is edited to what is true now."""
    waiting = _waiting_edits(session, shown.report_id)
    if shown.message_id not in waiting.get(shown.person_id, {}):
        _edit(session, shown, now=now)


def replaced(session: Session, shown: ShownCard, *, now: datetime) -> None:
    """A newer card of the report is below this one, which is edited a last time: to say so."""
    waiting = _waiting_edits(session, shown.report_id).get(shown.person_id, {}).get(shown.message_id)
    if waiting is None:
        _edit(session, shown, now=now, is_replaced=True)
    else:
        waiting.facts = {**(waiting.facts or {}), "is_replaced": True}


def accepted(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears that an officer is at it."""
    _tell(session, report, Message.ACCEPTED, now=now)


def reopened(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears that the officer who had it has not kept it."""
    _tell(session, report, Message.REOPENED, now=now)


def resolved(session: Session, report: Report, *, has_album: bool, now: datetime) -> None:
    """Who may judge the fix sees before and after."""
    due = now + ALBUM_WAIT if has_album else now
    _tell(session, report, Message.RESOLVED, now=now, due=due)


def rejected(session: Session, report: Report, *, now: datetime) -> None:
    """The reporter hears why."""
    _tell(session, report, Message.REJECTED, now=now)


def withdrawn(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Those who were alerted hear that it is off; whose alert has not gone out yet gets neither."""
    for person_id in people:
        if _waiting(session, report, person_id, Message.ALERT) is None:
            _put(session, person_id, Message.WITHDRAWN, report=report, urgency=Urgency.LOW, now=now)


def words_added(session: Session, report: Report, people: Iterable[int], *, words: str, by: int, now: datetime) -> None:
    """Those who were alerted get the new words, unless the alert that shows them has not gone out yet."""
    for person_id in people:
        if _waiting(session, report, person_id, Message.ALERT) is None:
            facts = {"words": words, **_by_another(report, by)}
            _put(session, person_id, Message.WORDS, report=report, facts=facts, now=now)


def photos_added(
    session: Session, report: Report, people: Iterable[int], attachment: Attachment, *, now: datetime
) -> None:
    """Those who were alerted get the picture, unless the message that shows it has not gone out yet.

    Pictures that follow each other closely go out as one album.
    """
    shows = Message.RESOLVED if attachment.stage is Stage.AFTER else Message.ALERT
    another = {} if attachment.stage is Stage.AFTER else _by_another(report, attachment.person_id)
    for person_id in people:
        waiting = _waiting(session, report, person_id, shows, Message.PHOTOS)
        is_others = waiting is not None and waiting.message is Message.PHOTOS and not _is_by(waiting, another)
        if waiting is None or waiting.sent or is_others:
            facts = {"attachments": [attachment.id], **another}
            _put(session, person_id, Message.PHOTOS, report=report, facts=facts, now=now, due=now + ALBUM_WAIT)
        elif waiting.message is Message.PHOTOS:
            waiting.facts = _and_attachment(waiting.facts, attachment)


def followed(
    session: Session,
    report: Report,
    person_id: int,
    *,
    status_message_id: int | None = None,
    now: datetime,
) -> None:
    """Who follows the report gets its card, in place of the draft's status message."""
    facts = {"deletes": status_message_id} if status_message_id else None
    _put(session, person_id, Message.RECEIPT, report=report, facts=facts, now=now)


def left(session: Session, report: Report, person_id: int, *, now: datetime) -> None:
    """Who has no more to do with the report: the card says so, and is not edited again."""
    mine = select(ShownCard).where(
        ShownCard.report_id == report.id, ShownCard.person_id == person_id, ShownCard.shows == Message.RECEIPT
    )
    for shown in session.scalars(mine).all():
        shown_again(session, shown, now=now)
        session.delete(shown)
    _said_over(session, report, [person_id], now=now)
    session.flush()


def merged(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Whoever had to do with the report hears as which one it goes on; whose alert has not gone out gets neither."""
    for person_id in people:
        if _waiting(session, report, person_id, Message.ALERT) is None:
            _put(session, person_id, Message.MERGED, report=report, urgency=Urgency.LOW, now=now)


def question(session: Session, report: Report, facts: dict[str, Any], *, has_album: bool, now: datetime) -> None:
    """What the holder says, to the reporter; ``facts`` as `services/talk.py` has them."""
    due = now + ALBUM_WAIT if has_album else now
    _put(session, report.reporter_id, Message.QUESTION, report=report, facts=facts, now=now, due=due)


def answer(session: Session, report: Report, facts: dict[str, Any], *, has_album: bool, now: datetime) -> None:
    """What the reporter says, to who holds the report."""
    assert report.officer_id is not None
    due = now + ALBUM_WAIT if has_album else now
    _put(session, report.officer_id, Message.ANSWER, report=report, facts=facts, now=now, due=due)


def more_was_said(session: Session, report: Report, attachment: Attachment, *, role: Role, now: datetime) -> None:
    """One more picture of an album of the talk, or one that could not be passed on at first."""
    by_reporter = attachment.person_id == report.reporter_id or attachment.person_id != report.officer_id
    to = report.officer_id if by_reporter else report.reporter_id
    if to is None:
        return
    message = Message.ANSWER if by_reporter else Message.QUESTION
    waiting = _waiting(session, report, to, message)
    if waiting is not None and not waiting.sent and (waiting.facts or {}).get("attachments"):
        waiting.facts = _and_attachment(waiting.facts, attachment)
    else:
        facts = {"role": str(role), "attachments": [attachment.id]}
        _put(session, to, message, report=report, facts=facts, now=now, due=now + ALBUM_WAIT)


def reminded(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Half of the time has passed: who is asked, or at it, is told so."""
    urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
    for person_id in people:
        if _waiting(session, report, person_id, Message.ALERT) is None:
            facts = {"status": str(report.status)}
            _put(session, person_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def reminders_over(session: Session, report: Report, *, now: datetime) -> None:
    """The buttons go under reminders of what is done, or no longer asked of that person."""
    reminders = select(OutboxMessage).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.message == Message.REMINDER,
        OutboxMessage.state == OutboxState.DELIVERED,
    )
    rows = session.scalars(reminders.order_by(OutboxMessage.id)).all()
    if not rows:
        return
    states = (OfferState.OFFERED, OfferState.RAISED)
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state.in_(states))
    people = {*session.scalars(asked), report.officer_id, report.responsible_id}
    for row in rows:
        facts = row.facts or {}
        is_asked = facts.get("status", report.status) == report.status and row.person_id in people
        if row.sent and not is_asked and "is_over" not in facts:
            line_over(session, report, row, row.sent[-1], now=now)
            row.facts = {**facts, "is_over": True}


def late_with_holder(session: Session, report: Report, *, now: datetime) -> None:
    """Who has the report hears, once for each promise, that it was not kept and that others were told."""
    by = report.resolve_by.isoformat()
    said = select(OutboxMessage.facts).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id == report.officer_id,
        OutboxMessage.message == Message.REMINDER,
    )
    heard = {(facts or {}).get("by") for facts in session.scalars(said)}
    if report.officer_id is not None and by not in heard:
        urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
        facts = {"status": str(report.status), "by": by}
        _put(session, report.officer_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def raised(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """The next level gets the report with what has happened so far."""
    urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
    for person_id in people:
        _put(session, person_id, Message.RAISED, report=report, urgency=urgency, now=now)


def pushed_again(session: Session, report: Report, row: OutboxMessage, *, now: datetime) -> None:
    """What was delivered but not opened goes out once more."""
    again: dict[str, Any] = {"facts": row.facts, "urgency": row.urgency, "pushes": row.pushes + 1}
    _put(session, row.person_id, row.message, report=report, now=now, **again)


def overdue(session: Session, people: Iterable[int], *, now: datetime, is_new: bool = False) -> None:
    """Each gets one list of all that is overdue, however many steps led to it; the next one an hour after it came.

    Who is asked just now (``is_new``) learns of it by this list alone: that one does not wait for the hour.
    """
    for person_id in set(people):
        latest = session.scalars(
            lists_of(person_id, Message.OVERDUE).order_by(OutboxMessage.id.desc()).limit(1)
        ).first()
        if latest is None or (is_new and latest.state is not OutboxState.AVAILABLE):
            _put(session, person_id, Message.OVERDUE, now=now, due=now + LIST_WAIT)
        elif latest.state is not OutboxState.AVAILABLE:  # else the one that waits will say this, too
            came = latest.settled_at or now  # not when it was due: it may have waited out a standstill
            due = max(now + LIST_WAIT, came + LIST_AGAIN)
            _put(session, person_id, Message.OVERDUE, now=now, due=due)


def lists_of(person_id: int, message: Message) -> Select[OutboxMessage]:
    """The lists of this kind that a person was sent, or will be: by an index of what is about no single report."""
    return select(OutboxMessage).where(
        OutboxMessage.report_id.is_(None), OutboxMessage.person_id == person_id, OutboxMessage.message == message
    )


def late(session: Session, report: Report, *, now: datetime, is_stale: bool = False) -> None:
    """The reporter hears, once for each promise, that it was not kept, and who has been told.

    What should have been said longer ago (``is_stale``) is one list a person, however many reports are late.
    """
    by, people = _promise(report).isoformat(), followers.who_hears(session, report)
    in_a_list = OutboxMessage.report_id.is_(None) & OutboxMessage.person_id.in_(people)
    said = session.execute(
        select(OutboxMessage.person_id, OutboxMessage.facts).where(
            OutboxMessage.message == Message.LATE, in_a_list | (OutboxMessage.report_id == report.id)
        )
    )
    heard = {one for one, told in said if told == {"by": by} or [report.id, by] in (told or {}).get("late", ())}
    for person_id in people:
        if person_id not in heard and is_stale:
            _list_as_late(session, report, person_id, by=by, now=now)
        elif person_id not in heard:
            _put(session, person_id, Message.LATE, report=report, facts={"by": by}, now=now)


def paused(session: Session, report: Report, *, now: datetime) -> None:
    """It is said whom the officer waits for, and until when: that an answer is awaited, to its reporter alone."""
    if report.waiting_for is WaitingFor.REPORTER:
        _put(session, report.reporter_id, Message.PAUSED, report=report, now=now)
    else:
        _tell(session, report, Message.PAUSED, now=now)


def wait_over(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer hears that the clock goes on."""
    _put(session, officer_id, Message.WAIT_OVER, report=report, now=now)


def taken_over(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer who had it hears that somebody else has it now."""
    _put(session, officer_id, Message.TAKEN_OVER, report=report, now=now)


def closed(session: Session, report: Report, *, now: datetime) -> None:
    """Who has said nothing of the fix hears that the report is closed; all others' cards say so."""
    judged = select(Verdict.person_id).where(Verdict.report_id == report.id, Verdict.round == report.reopened)
    have_judged = set(session.scalars(judged))
    for person_id in followers.who_hears(session, report):
        if person_id not in have_judged:
            _put(session, person_id, Message.CLOSED, report=report, urgency=Urgency.LOW, now=now)


def not_fixed(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer has it again, and hears why."""
    urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
    _put(session, officer_id, Message.NOT_FIXED, report=report, urgency=urgency, now=now)


def objected(session: Session, report: Report, by: int, *, now: datetime) -> None:
    """All others who may judge the fix hear that somebody says it is none, and who acts on that."""
    for person_id in followers.who_hears(session, report):
        if person_id != by:
            _put(session, person_id, Message.OBJECTED, report=report, now=now)


def judged(session: Session, report: Report, officer_id: int, *, is_fixed: bool, now: datetime) -> None:
    """Who fixed it hears what is said of it; what waits to be sent already stands for the same."""
    facts = {"is_fixed": is_fixed}
    waiting = _waiting(session, report, officer_id, Message.VERDICT)
    if waiting is None or waiting.facts != facts:
        _put(session, officer_id, Message.VERDICT, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def decided(session: Session, report: Report, *, is_fixed: bool, words: str | None, now: datetime) -> None:
    """Who may judge the fix hears what was decided about it."""
    facts: dict[str, Any] = {"is_fixed": is_fixed, "words": words}
    for person_id in followers.who_hears(session, report):
        _put(session, person_id, Message.DECIDED, report=report, facts=facts, now=now)


def disputed(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """Who called it false hears what the reporter says to that."""
    _put(session, officer_id, Message.DISPUTED, report=report, urgency=Urgency.LOW, now=now)


def dispute_decided(session: Session, report: Report, officer_id: int, *, is_false: bool, now: datetime) -> None:
    """All who have the trouble hear what was decided, as does the officer who called it false; not who is asked anew:
    the alert says it.
    """
    hear = dict.fromkeys([*followers.who_hears(session, report), officer_id])
    asked = _waiting(session, report, officer_id, Message.ALERT)
    for person_id in hear:
        if asked is None or person_id != officer_id:
            _put(session, person_id, Message.DISPUTE_DECIDED, report=report, facts={"is_false": is_false}, now=now)


def suspended(session: Session, person_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears why nothing of his is filed, and until when; ``facts`` as `services/suspensions.py` has them."""
    _put(session, person_id, Message.SUSPENDED, facts=facts, now=now)


def lifted(session: Session, person_id: int, *, is_over: bool, goes_on: bool, now: datetime) -> None:
    """The person may report again: by an administrator, or as the time is over; what was sent lately ``goes_on``."""
    _put(session, person_id, Message.LIFTED, facts={"is_over": is_over, "goes_on": goes_on}, now=now)


def points_earned(
    session: Session, person_id: int, report: Report | None, facts: dict[str, Any], *, now: datetime
) -> None:
    """The person hears what he has earned, for what, and what he has; ``facts`` as `services/points/earning.py` has."""
    _put(session, person_id, Message.POINTS_EARNED, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def points_taken(session: Session, person_id: int, report_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears what was taken back, as the report was found false; ``facts`` as for `points_earned`."""
    report = session.get_one(Report, report_id)
    _put(session, person_id, Message.POINTS_TAKEN, report=report, facts=facts, now=now)


def points_lapse(session: Session, person_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears what is going to lapse; ``facts`` as `services/points/clock.py` has them."""
    _put(session, person_id, Message.POINTS_LAPSE, facts=facts, urgency=Urgency.LOW, now=now)


def ledger_wrong(session: Session, people: Iterable[int], facts: dict[str, Any], *, now: datetime) -> None:
    """Each hears that the ledger of points does not add up; ``facts`` as `services/points/clock.py` has them."""
    for person_id in people:
        _put(session, person_id, Message.LEDGER_WRONG, facts=facts, now=now)


def digest(session: Session, which: Digest, people: Iterable[int], *, day: date, now: datetime) -> None:
    """Each gets the digest of this day; a weekly one's is the Monday."""
    message = {Digest.DAY: Message.DAY_DIGEST, Digest.WEEK: Message.WEEK_DIGEST}[which]
    for person_id in people:
        _put(session, person_id, message, facts={"day": day.isoformat()}, urgency=Urgency.LOW, now=now)


def talk_over(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """These people have nothing more to say about the report: the buttons under what they were told go."""
    said = select(OutboxMessage).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id.in_(people),
        OutboxMessage.message.in_((Message.QUESTION, Message.ANSWER)),
        OutboxMessage.state == OutboxState.DELIVERED,
    )
    for line in session.scalars(said.order_by(OutboxMessage.id)).all():
        if line.sent:
            line_over(session, report, line, line.sent[-1], now=now)
    _said_over(session, report, people, now=now)


def _said_over(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Likewise under what was said at once (`delivery.remember_said`): once the report is over, everybody's."""
    merged = select(Report.id).where(Report.merged_into_id == report.id)
    of_it = or_(ShownCard.report_id == report.id, ShownCard.report_id.in_(merged))
    said = select(ShownCard).where(of_it, ShownCard.shows == Message.SAID)
    if report.status in (Status.OPEN, Status.ACCEPTED):
        said = said.where(ShownCard.person_id.in_(people))
    for shown in session.scalars(said).all():
        _edit(session, shown, now=now)
        session.delete(shown)


def line_over(session: Session, report: Report, line: OutboxMessage, message_id: int, *, now: datetime) -> None:
    """The same for one line of the talk, or a reminder, which has its buttons in this message."""
    facts = {"edits": message_id, "shows": str(line.message)}
    _put(session, line.person_id, Message.CARD, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def task_given(session: Session, report: Report, task_id: int, people: Iterable[int], *, now: datetime) -> None:
    """Each of these people is asked to help."""
    urgency = Urgency.URGENT if report.is_urgent else Urgency.NORMAL
    for person_id in people:
        _put(session, person_id, Message.TASK, report=report, facts={"task": task_id}, urgency=urgency, now=now)


def task_news(session: Session, report: Report, person_id: int, task: Task, *, now: datetime) -> None:
    """The lead hears what became of a task."""
    facts = {"task": task.id, "state": str(task.state)}
    _put(session, person_id, Message.TASK_NEWS, report=report, facts=facts, now=now)


def task_silent(session: Session, report: Report, person_id: int, task_id: int, *, now: datetime) -> None:
    """The lead hears, once of each task, that nobody takes it, or that nobody who could can be reached."""
    if not any((row.facts or {})["task"] == task_id for row in _about(session, report, Message.TASK_SILENT)):
        _put(session, person_id, Message.TASK_SILENT, report=report, facts={"task": task_id}, now=now)


def asked_for(session: Session, report: Report, task_id: int) -> set[int]:
    """Who was asked to do the task."""
    rows = _about(session, report, Message.TASK)
    return {row.person_id for row in rows if (row.facts or {})["task"] == task_id}


def _about(session: Session, report: Report, message: Message) -> Sequence[OutboxMessage]:
    return session.scalars(
        select(OutboxMessage).where(OutboxMessage.report_id == report.id, OutboxMessage.message == message)
    ).all()


def task_off(session: Session, report: Report, person_id: int, task_id: int, *, now: datetime) -> None:
    """Who had accepted a task hears that it is no longer needed."""
    _put(session, person_id, Message.TASK_OFF, report=report, facts={"task": task_id}, now=now)


def rung(session: Session, report: Report, emergency_id: int, person_id: int) -> int:
    """How often the person's phone has rung for the emergency: what did not get there does not count."""
    rows = _about(session, report, Message.EMERGENCY)
    its = [row for row in rows if row.person_id == person_id and (row.facts or {})["emergency"] == emergency_id]
    return sum(row.state is OutboxState.DELIVERED for row in its)


def emergency_called(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> list[int]:
    """These people's phones ring, at the same moment; a card that was there goes. Who is still to get the last one is
    left out; the others are returned.
    """
    rung = []
    for person_id in people:
        waiting = _waiting(session, report, person_id, Message.EMERGENCY)
        if waiting is not None:
            if (waiting.facts or {})["emergency"] != emergency_id:  # of one that ended before anybody got it
                waiting.facts = {**(waiting.facts or {}), "emergency": emergency_id}
                rung.append(person_id)
            continue
        shown = session.scalars(_emergency_cards(report).where(ShownCard.person_id == person_id)).first()
        facts = {"emergency": emergency_id} | ({"deletes": shown.message_id} if shown is not None else {})
        _put(session, person_id, Message.EMERGENCY, report=report, facts=facts, urgency=Urgency.URGENT, now=now)
        rung.append(person_id)
    return rung


def emergency_changed(session: Session, report: Report, *, now: datetime, except_for: Container[int] = ()) -> None:
    """The shared card is edited in every chat where it is, once however many answers came in meanwhile; except for
    those who are just getting a new one.
    """
    waiting = _waiting_edits(session, report.id)
    for shown in session.scalars(_emergency_cards(report)).all():
        if shown.message_id not in waiting.get(shown.person_id, {}) and shown.person_id not in except_for:
            _edit(session, shown, now=now)


def emergency_moved(session: Session, report: Report, target: Report) -> None:
    """The emergency is the other report's now: so are its cards, those on their way, too."""
    its = OutboxMessage.report_id == report.id, OutboxMessage.message == Message.EMERGENCY
    session.execute(update(OutboxMessage).where(*its).values(report_id=target.id))
    for shown in session.scalars(_emergency_cards(report)).all():
        shown.report_id = target.id
    session.flush()


def emergency_over(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> None:
    """Those who were called, and had not said that they cannot come, hear that it is over."""
    for person_id in people:
        facts = {"emergency": emergency_id}
        _put(session, person_id, Message.EMERGENCY_OVER, report=report, facts=facts, now=now)


def emergency_record(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> None:
    """Each of these people gets the record for the file."""
    for person_id in people:
        facts = {"emergency": emergency_id}
        _put(session, person_id, Message.EMERGENCY_RECORD, report=report, facts=facts, now=now)


def draft_changed(session: Session, person_id: int, *, now: datetime, deletes: int | None = None) -> None:
    """The person sees what the draft has and needs, when that changed by something other than his own message."""
    _put(session, person_id, Message.DRAFT, facts={"deletes": deletes} if deletes else None, now=now)


def draft_unseen(session: Session, *, person_id: int, deletes: int | None, due: datetime, now: datetime) -> None:
    """The draft could not be shown after the person's own message; what waits already shows it as it then is."""
    waiting = OutboxMessage.state == OutboxState.AVAILABLE
    same = select(OutboxMessage.id).where(OutboxMessage.person_id == person_id, OutboxMessage.message == Message.DRAFT)
    if deletes is not None or session.scalar(same.where(waiting)) is None:
        facts = {"deletes": deletes} if deletes else None
        _put(session, person_id, Message.DRAFT, facts=facts, now=now, due=due)


def put_off(session: Session, *, telegram_id: int, card: dict[str, Any], due: datetime, now: datetime) -> None:
    """A direct answer could not be given; said too late it would be of no use.

    ``card`` is what `views/kept.py` makes of it.
    """
    person_id = session.scalar(select(Person.id).where(Person.telegram_id == telegram_id))
    if person_id is not None:
        facts = {"card": card, "until": (now + OF_USE).isoformat()}
        _put(session, person_id, Message.SAID, facts=facts, now=now, due=due)


def picture_bad(
    session: Session,
    person_id: int,
    *,
    name: str | None,
    now: datetime,
    report: Report | None = None,
    deletes: int | None = None,
) -> None:
    """A file that was sent as a picture is none; ``deletes`` shows the draft that is over with it."""
    facts = {"name": name, "deletes": deletes} if deletes else {"name": name}
    _put(session, person_id, Message.PICTURE_BAD, report=report, facts=facts, now=now)
    if report is not None:
        grew(session, report, now=now)


def picture_old(session: Session, report: Report, picture: Attachment, *, grid: str | None, now: datetime) -> None:
    """Its sender is asked whether it is still so; until then nobody sees the picture. ``grid``: where it was taken."""
    assert picture.taken_at is not None
    facts: dict[str, Any] = {"message_id": picture.message_id, "taken_at": picture.taken_at.isoformat()}
    if picture.latitude is not None:
        facts |= {"place": [picture.latitude, picture.longitude], "grid": grid}
    _put(session, picture.person_id, Message.PICTURE_OLD, report=report, facts=facts, now=now)


def ask_kind(session: Session, person_id: int, *, now: datetime) -> None:
    """Who began with a photo is asked what he is, when the first report is out of the way."""
    _put(session, person_id, Message.ASK_KIND, urgency=Urgency.LOW, now=now)


def _emergency_cards(report: Report) -> Select[ShownCard]:
    return select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows == Message.EMERGENCY)


def is_late(report: Report, *, now: datetime) -> bool:
    """Whether the promise that holds now has passed."""
    return _promise(report) <= now


def _tell(
    session: Session,
    report: Report,
    message: Message,
    *,
    now: datetime,
    urgency: Urgency = Urgency.NORMAL,
    due: datetime | None = None,
) -> None:
    """Everybody who has this trouble hears it, each once."""
    for person_id in followers.who_hears(session, report):
        _put(session, person_id, message, report=report, urgency=urgency, now=now, due=due)


def _list_as_late(session: Session, report: Report, person_id: int, *, by: str, now: datetime) -> None:
    """Add it to the list that waits, or begin one."""
    is_list = (OutboxMessage.message == Message.LATE) & OutboxMessage.report_id.is_(None)
    waits = is_list & (OutboxMessage.person_id == person_id) & (OutboxMessage.state == OutboxState.AVAILABLE)
    waiting = session.scalars(select(OutboxMessage).where(waits).limit(1).with_for_update(skip_locked=True)).first()
    if waiting is None:
        _put(session, person_id, Message.LATE, facts={"late": [[report.id, by]]}, now=now, due=now + LIST_WAIT)
    else:
        waiting.facts = {"late": [*(waiting.facts or {})["late"], [report.id, by]]}
        session.flush()


def _by_another(report: Report, person_id: int) -> dict[str, bool]:
    """Facts of what is added: whether by somebody else than the reporter. By whom, is nobody's business."""
    return {} if person_id == report.reporter_id else {"by_another": True}


def _is_by(waiting: OutboxMessage, another: dict[str, bool]) -> bool:
    return bool((waiting.facts or {}).get("by_another")) == bool(another)


def _promise(report: Report) -> datetime:
    return report.accept_by if report.status is Status.OPEN else report.resolve_by


def _waiting(session: Session, report: Report, person_id: int, *messages: Message) -> OutboxMessage | None:
    """The first of these messages to the person that no relay has taken yet; none will before this transaction ends."""
    return session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.report_id == report.id,
            OutboxMessage.message.in_(messages),
            OutboxMessage.state == OutboxState.AVAILABLE,
        )
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    ).first()


def _and_attachment(facts: dict[str, Any] | None, attachment: Attachment) -> dict[str, Any]:
    facts = facts or {}
    return {**facts, "attachments": [*facts.get("attachments", []), attachment.id]}


def _show_again(session: Session, report: Report, shows: Sequence[Message], *, now: datetime) -> None:
    cards = session.scalars(select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows.in_(shows))).all()
    waiting = _waiting_edits(session, report.id) if cards else {}
    for shown in cards:
        if shown.message_id not in waiting.get(shown.person_id, {}):
            _edit(session, shown, now=now)


def _waiting_edits(session: Session, report_id: int) -> dict[int, dict[int, OutboxMessage]]:
    """By person and message: the edits of the report's cards that no relay has taken yet.

    Each will say what is true when it is sent, so there is no need for another one.
    """
    found: dict[int, dict[int, OutboxMessage]] = {}
    for row in session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.report_id == report_id,
            OutboxMessage.message == Message.CARD,
            OutboxMessage.state == OutboxState.AVAILABLE,
        )
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    ):
        found.setdefault(row.person_id, {})[(row.facts or {})["edits"]] = row
    return found


def _edit(session: Session, shown: ShownCard, *, now: datetime, is_replaced: bool = False) -> None:
    report = session.get_one(Report, shown.report_id)
    facts: dict[str, Any] = {"edits": shown.message_id, "shows": str(shown.shows)}
    if shown.shows in ABOUT:
        facts[ABOUT[shown.shows]] = shown.about_id
    if is_replaced:
        facts["is_replaced"] = True
    urgency = Urgency.NORMAL if shown.shows is Message.EMERGENCY else Urgency.LOW
    _put(session, shown.person_id, Message.CARD, report=report, facts=facts, urgency=urgency, now=now)


def _put(
    session: Session,
    person_id: int,
    message: Message,
    *,
    now: datetime,
    report: Report | None = None,
    facts: dict[str, Any] | None = None,
    urgency: Urgency = Urgency.NORMAL,
    due: datetime | None = None,
    pushes: int = 1,
) -> None:
    _PUT.run(
        session,
        person_id=person_id,
        message=message,
        report_id=report.id if report is not None else None,
        facts=facts,
        urgency=urgency,
        state=OutboxState.AVAILABLE,
        due_at=due or now,
        made_at=now,
        attempts=0,
        pushes=pushes,
    )
    mark_outbox(session, due or now)
