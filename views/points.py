"""Points: what was earned and why, what was taken back."""

from typing import Any

from markupsafe import Markup

from storage.records import Brief, Me, number
from views.card import Card
from views.format import lines
from views.texts import say


def earned(brief: Brief) -> Card:
    """What for, how much, what he has; and why it is less than he may have thought."""
    me, facts = brief.to, brief.facts
    total = sum(facts["earned"].values())
    title = say(me.language, "told-points-earned", points=total) if total else say(me.language, "told-points-none")
    parts = [
        say(me.language, "points-part", what=what(me, reason, brief), points=points)
        for reason, points in facts["earned"].items()
    ]
    paid = say(me.language, "points-paid", points=facts["paid"]) if facts["paid"] else None
    return Card(text=lines(title, *parts, _limit(me, facts), paid, *_standing(me, facts)))


def taken(brief: Brief) -> Card:
    """The report was found false."""
    me, facts = brief.to, brief.facts
    title = say(me.language, "told-points-taken", points=facts["taken"], number=_number(brief))
    return Card(text=lines(title, *_standing(me, facts)))


def what(me: Me, reason: str, brief: Brief) -> Markup:
    """What it was for."""
    return say(me.language, f"points-reason-{reason}", number=_number(brief), words=brief.facts.get("words") or "")


def _number(brief: Brief) -> str:
    return number(brief.report.id) if brief.report is not None else ""


def _limit(me: Me, facts: dict[str, Any]) -> Markup | None:
    if "limit" not in facts:
        return None
    return say(me.language, f"points-limit-{facts['limit']}", most=facts.get("most", 0), number=facts.get("other", ""))


def _standing(me: Me, facts: dict[str, Any]) -> tuple[Markup, ...]:
    has = say(me.language, "points-balance", points=facts["balance"])
    return (has, say(me.language, "points-owed", points=facts["owed"])) if facts["owed"] else (has,)
