"""Questions, answers, and the prompts of dialogs that wait for something typed or sent."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.kinds import Role, Status
from storage.records import Me, ReportRecord, number
from views.actions import AddWords, Answer, Ask, OnReport
from views.card import Button, Card, Pin
from views.format import lines, quote
from views.people import cancel
from views.promises import resolve_by
from views.texts import plain, say


def prompt(me: Me, what: str, report_id: int) -> Card:
    """Ask for what a dialog waits for: `resolve`, `reject`, `ask`, `answer`, `words`, `place`."""
    return Card(text=say(me.language, f"prompt-{what}", number=number(report_id)), rows=cancel(me.language))


def question(report: ReportRecord, me: Me, facts: dict[str, Any]) -> Card:
    """What the holder says, for the reporter; ``facts`` as `services/talk.py` has them."""
    key = "told-question" if facts.get("words") else "told-question-shown"
    (reply,) = to_answer(report, me)
    return _line(report, me, facts, key, reply)


def to_answer(report: ReportRecord, me: Me) -> tuple[Button]:
    """The row of who is asked."""
    return (Button(plain(me.language, "button-answer"), Answer(report.id).pack()),)


def answer(report: ReportRecord, me: Me, facts: dict[str, Any], *, now: datetime, zone: ZoneInfo) -> Card:
    """What the reporter says, for the holder; and by when to fix it, if the clock stood still for that."""
    key = "told-answer" if facts.get("words") else "told-answer-shown"
    card = _line(report, me, facts, key, Button(plain(me.language, "button-reply"), Ask(report.id).pack()))
    if not facts.get("goes_on") or report.status is not Status.ACCEPTED or report.waiting_for is not None:
        return card
    by = resolve_by(report, me, now=now, zone=zone)
    return replace(card, text=lines(card.text, say(me.language, "told-answer-goes-on", by=by)))


def done(me: Me, key: str, report_id: int) -> Card:
    """A dialog's short last word."""
    return Card(text=say(me.language, key, number=number(report_id)))


def asked(me: Me, report_id: int) -> Card:
    """The holder's words are on their way; there may be more to say."""
    return _said(me, "asked-done", "button-say-more", Ask(report_id))


def answered(me: Me, report_id: int) -> Card:
    """The reporter's words are on their way; there may be more to say."""
    return _said(me, "answered-done", "button-say-more", Answer(report_id))


def added(me: Me, report_id: int) -> Card:
    """Words or a picture are with the report; there may be more to add."""
    return _said(me, "words-added", "button-add-more", AddWords(report_id))


def _line(report: ReportRecord, me: Me, facts: dict[str, Any], key: str, reply: Button) -> Card:
    role = str(facts.get("role", Role.OFFICER))
    text = say(me.language, key, number=number(report.id), role=role) + quote(facts.get("words"), most=2500)
    return Card(
        text=text,
        photos=report.photos if "attachments" in facts else (),  # else they are the report's own
        pin=Pin(*facts["place"]) if "place" in facts else None,
        rows=((reply,),) if report.ended_at is None else (),
    )


def _said(me: Me, key: str, more: str, action: OnReport) -> Card:
    card = done(me, key, action.report_id)
    return Card(text=card.text, rows=((Button(plain(me.language, more), action.pack()),),))
