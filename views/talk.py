"""Questions, answers, and the prompts of dialogs that wait for something typed or sent."""

from storage.records import Me, ReportRecord, number
from views.actions import Answer
from views.card import Button, Card
from views.format import quote
from views.people import cancel
from views.texts import plain, say


def prompt(me: Me, what: str, report_id: int) -> Card:
    """Ask for what a dialog waits for: `resolve`, `reject`, `ask`, `answer`, `words`, `place`."""
    return Card(text=say(me.language, f"prompt-{what}", number=number(report_id)), rows=cancel(me.language))


def question(report: ReportRecord, me: Me, words: str) -> Card:
    """The officer asks the reporter."""
    answer = Button(plain(me.language, "button-answer"), Answer(report.id).pack())
    text = say(me.language, "told-question", number=number(report.id)) + quote(words, most=2500)
    return Card(text=text, rows=((answer,),))


def answer(report: ReportRecord, me: Me, words: str) -> Card:
    """The reporter's answer, for the officer."""
    return Card(text=say(me.language, "told-answer", number=number(report.id)) + quote(words, most=2500))


def done(me: Me, key: str, report_id: int) -> Card:
    """A dialog's short last word."""
    return Card(text=say(me.language, key, number=number(report_id)))
