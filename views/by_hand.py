"""Points that administrators give by hand: what is about to be given, what waits for a second one."""

from datetime import datetime
from typing import Any
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
    text = say(me.language, "credit-title", points=one.amount, to=one.to) + quote(one.words)
    if one.state is CreditState.DRAFT:
        second = say(me.language, "credit-second") if one.needs_second else None
        give = Button(plain(me.language, "button-credit-give", points=one.amount), GiveCredit(one.id).pack())
        leave = Button(plain(me.language, "button-cancel"), Cancel().pack())
        return Card(text=lines(text, second), rows=((give, leave),))
    facts = {"by": moment(me.language, one.expires_at, now=now, zone=zone), "name": one.decided_by or ""}
    return Card(text=lines(text, say(me.language, f"credit-{one.state}", **facts)))


def asked(brief: Brief) -> Card:
    """To the other administrators."""
    facts = brief.facts
    title = say(brief.to.language, "told-credit-asked", **_said(facts))
    return Card(text=title + quote(facts["words"]), rows=_decisions(brief.to, facts["credit"]))


def decided(brief: Brief) -> Card:
    """To who wanted to give it."""
    facts = brief.facts
    key = f"told-credit-{CreditState(facts['became'])}"
    return Card(text=say(brief.to.language, key, decider=facts["decided_by"] or "", **_said(facts)))


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    return {"points": facts["amount"], "to": facts["to"], "name": facts["asker"]}


def _decisions(me: Me, credit_id: int) -> Rows:
    confirm = Button(plain(me.language, "button-credit-confirm"), DecideCredit(credit_id, True).pack())
    return ((confirm, Button(plain(me.language, "button-credit-refuse"), DecideCredit(credit_id, False).pack())),)
