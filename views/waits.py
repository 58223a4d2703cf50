"""Stopping the clock of a case: for whom, and until when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.kinds import OfferState, Status, WaitingFor
from storage.records import Me, ReportRecord, number
from views import cases
from views.actions import AskWait, AskWaitTime, NothingToAsk, ShowCase, WaitFor
from views.card import Button, Card
from views.format import is_night, lines, moment
from views.report_lines import was_asked
from views.texts import plain, say

TOMORROW = 0
"""Of the hours: until nine o'clock of the next day."""
HOURS = (2, TOMORROW, 24, 72, 168, 720)


def for_whom(report: ReportRecord, me: Me, *, longest: timedelta, tomorrow: timedelta) -> Card:
    """For whom, and until when? One tap says both; only what this report may wait for (``longest``) is offered.

    ``tomorrow`` is how long it takes until then.
    """

    def button(whom: WaitingFor, hours: int) -> Button:
        span = f"hours-{hours}" if hours else "tomorrow"
        words = plain(me.language, f"button-wait-{whom}", span=plain(me.language, f"wait-{span}"))
        return Button(words, WaitFor(report.id, whom, hours).pack())

    fit = [hours for hours in HOURS if (timedelta(hours=hours) if hours else tomorrow) <= longest]
    rows = tuple(tuple(button(whom, hours) for whom in WaitingFor) for hours in fit)
    other = tuple(
        Button(plain(me.language, f"button-wait-other-{whom}"), AskWaitTime(report.id, whom).pack())
        for whom in WaitingFor
    )
    back = (Button(plain(me.language, "button-back"), ShowCase(report.id).pack()),)
    return Card(text=say(me.language, "ask-wait", number=number(report.id)), rows=(*rows, other, back))


def until_when(report: ReportRecord, me: Me, whom: WaitingFor) -> Card:
    """Until when, in words?"""
    back = (Button(plain(me.language, "button-back"), AskWait(report.id).pack()),)
    return Card(text=say(me.language, f"ask-wait-until-{whom}", number=number(report.id)), rows=(back,))


def must_ask(report: ReportRecord, whom: WaitingFor) -> bool:
    """Whether the reporter could not know what is waited for: he was never asked anything."""
    return whom is WaitingFor.REPORTER and not was_asked(report)


def what_for(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """It waits for the reporter; for what? What comes next goes to him as the question."""
    until = moment(me.language, report.waiting_until or now, now=now, zone=zone)
    skip = Button(plain(me.language, "button-nothing-to-ask"), NothingToAsk(report.id).pack())
    return Card(text=say(me.language, "ask-wait-what-for", number=number(report.id), until=until), rows=((skip,),))


def done(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Until when he said; or that it waits no more."""
    if report.waiting_for is None:
        return Card(text=say(me.language, "waits-no-more", number=number(report.id)))
    until = moment(me.language, report.waiting_until or now, now=now, zone=zone)
    return Card(text=say(me.language, "waits-done", number=number(report.id), until=until))


def waits(report: ReportRecord, me: Me, *, until: datetime, now: datetime, zone: ZoneInfo) -> Card | None:
    """To whom it was raised: its officer waits although it is overdue. None: he does not, any more, or till then."""
    is_raised = report.status is Status.ACCEPTED and report.my_offer is OfferState.RAISED
    if not is_raised or report.waiting_until != until:
        return None
    facts = {
        "name": report.officer_name or "",
        "by": moment(me.language, report.resolve_by, now=now, zone=zone),
        "until": moment(me.language, until, now=now, zone=zone),
    }
    text = say(me.language, f"case-raised-{report.waiting_for}", **facts)
    rows = cases.card(report, me, now=now, zone=zone).rows
    head = say(me.language, "told-overdue-waits", number=number(report.id))
    return Card(text=lines(head, text), rows=rows, is_silent=not report.is_urgent and is_night(now, zone))
