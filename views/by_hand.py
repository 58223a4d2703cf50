"""Points that administrators give by hand: what is about to be given, what waits for a second one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.points_kinds import CreditState
from storage.points_records import CreditRecord
from storage.records import Brief, Me
from views.actions import Cancel, DecideCredit, GiveCredit
from views.card import Button, Card, Rows
from views.format import lines, moment, quote
from views.people import cancel
from views.texts import plain, say


def ask(me: Me) -> Card:
    """Whom, how many, what for?"""
    return Card(text=say(me.language, "prompt-credit"), rows=cancel(me.language))


def card(one: CreditRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """As it is now, with what this administrator may do."""
    title = "credit-title" if one.is_mine else "credit-title-by"
    text = say(me.language, title, points=one.amount, to=one.to, name=one.by_name) + quote(one.words)
    if one.state is CreditState.DRAFT:
        second = say(me.language, "credit-second") if one.needs_second else None
        give = Button(plain(me.language, "button-credit-give", points=one.amount), GiveCredit(one.id).pack())
        leave = Button(plain(me.language, "button-cancel"), Cancel().pack())
        return Card(text=lines(text, second), rows=((give, leave),))
    facts = {"by": moment(me.language, one.expires_at, now=now, zone=zone), "name": one.decided_by or ""}
    is_confirmed = one.state is CreditState.GIVEN and one.decided_by is not None
    key = "credit-confirmed" if is_confirmed else f"credit-{one.state}"
    return Card(text=lines(text, say(me.language, key, **facts)))


def asked(brief: Brief) -> Card | None:
    """To the other administrators; nothing, once it is settled."""
    one = _credit(brief)
    if one.state is not CreditState.WAITING:
        return None
    title = say(brief.to.language, "told-credit-asked", points=one.amount, to=one.to, name=one.by_name)
    return Card(text=title + quote(one.words), rows=_decisions(brief.to, one.id))


def over(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """What they were asked is settled."""
    return card(_credit(brief), brief.to, now=now, zone=zone)


def decided(brief: Brief) -> Card:
    """To who wanted to give it."""
    one = _credit(brief)
    facts = {"points": one.amount, "to": one.to, "decider": one.decided_by or ""}
    return Card(text=say(brief.to.language, f"told-credit-{one.state}", **facts))


def _credit(brief: Brief) -> CreditRecord:
    assert brief.credit is not None, f"{brief.message} without points by hand"
    return brief.credit


def _decisions(me: Me, credit_id: int) -> Rows:
    confirm = Button(plain(me.language, "button-credit-confirm"), DecideCredit(credit_id, True).pack())
    return ((confirm, Button(plain(me.language, "button-credit-refuse"), DecideCredit(credit_id, False).pack())),)
