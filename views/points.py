"""Points: what one has, what every change was for, how to earn; what was earned, and what was taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.merchant_records import Bought, PurchaseRecord
from storage.points_kinds import Reason
from storage.points_records import EarningRules, Lapse, PointsChange, PointsRecord
from storage.records import Brief, Me, number
from views import till
from views.actions import HowToEarn, OpenPoints, ShowBoard, ShowLapses, ShowPoints, ShowReport, ShowShops
from views.card import Button, Card, Rows
from views.format import calendar_day, lines, moment, shorten
from views.paged import pager
from views.texts import plain, say

WORDS = 60
"""UTF-16 units of a reason in words that a line shows."""


def overview(found: PointsRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """What one has; below, the changes, each with a button that opens what it was for."""
    standing = [
        say(me.language, "points-balance", points=found.balance),
        say(me.language, "points-held", points=found.held) if found.held else None,
        say(me.language, "points-owed", points=found.owed) if found.owed else None,
        *_lapses(found.lapses, me, zone=zone),
    ]
    told = [_line(one, me, at=at, now=now, zone=zone) for at, one in enumerate(found.changes, start=1)]
    text = lines(say(me.language, "points-title"), *standing) + "\n\n"
    buttons = [_opens(one, at=at, page=found.page) for at, one in enumerate(found.changes, start=1)]
    opens = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    turn = pager(
        me,
        at=found.page,
        pages=found.pages,
        older=ShowPoints(found.page + 1).pack(),
        newer=ShowPoints(max(0, found.page - 1)).pack(),
    )
    board = Button(plain(me.language, "button-board"), ShowBoard(0, 0).pack())
    spend = Button(plain(me.language, "button-where-to-spend"), ShowShops(0).pack())
    earn = (Button(plain(me.language, "button-how-to-earn"), HowToEarn().pack()), board)
    all_lapses = ((Button(plain(me.language, "button-all-lapses"), ShowLapses().pack()),),) if found.lapses_more else ()
    rows = (*opens, *turn, *all_lapses, (spend,), earn)
    return Card(text=text + (lines(*told) or say(me.language, "points-none")), rows=rows)


def change(
    one: PointsChange, bought: PurchaseRecord | None, me: Me, *, page: int, now: datetime, zone: ZoneInfo
) -> Card:
    """One change that was for no report, with all its words; at a shop, what it was for and what became of it."""
    paid = say(me.language, "points-paid", points=one.paid) if one.paid else None
    if bought is not None:
        return Card(text=lines(*till.purchase(bought, me, now=now, zone=zone), paid), rows=_to_points(me, page))
    when = moment(me.language, one.at, now=now, zone=zone)
    text = say(me.language, "points-line", when=when, amount=_signed(one.amount), what=_what(one, me, most=500))
    return Card(text=lines(text, paid), rows=_to_points(me, page))


def lapses(found: Sequence[Lapse], me: Me, *, zone: ZoneInfo) -> Card:
    """Month by month."""
    told = _lapses(found, me, zone=zone) or [say(me.language, "points-lapse-none")]
    return Card(text=lines(say(me.language, "points-lapse-title"), *told), rows=_to_points(me))


def how_to_earn(rules: EarningRules, me: Me) -> Card:
    """The rules."""
    facts = {name: getattr(rules, name) for name in rules.__dataclass_fields__}
    text = lines(say(me.language, "points-how", **facts), say(me.language, "points-number", number=f"P-{me.id}"))
    return Card(text=text, rows=_to_points(me))


def earned(brief: Brief) -> Card:
    """What for, how much, what he has; and why it is less than he may have thought."""
    me, facts = brief.to, brief.facts
    total = sum(facts["earned"].values())
    title = say(me.language, "told-points-earned", points=total) if total else say(me.language, "told-points-none")
    parts = [
        say(me.language, "points-part", what=what, points=points)
        for reason, points in facts["earned"].items()
        if (what := _reason(me, reason, number=_number(brief), words=facts.get("words")))
    ]
    paid = say(me.language, "points-paid", points=facts["paid"]) if facts["paid"] else None
    return Card(text=lines(title, *parts, _limit(me, facts), paid, *_standing(me, facts)), rows=_to_points(me))


def taken(brief: Brief) -> Card:
    """The report was found false."""
    me, facts = brief.to, brief.facts
    title = say(me.language, "told-points-taken", points=facts["taken"], number=_number(brief))
    return Card(text=lines(title, *_standing(me, facts)), rows=_to_points(me))


def lapses_soon(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """A month before. None: it is too late to spend them."""
    me, first = brief.to, datetime.fromisoformat(brief.facts["from"])
    if first <= now:
        return None
    day = calendar_day(me.language, first.astimezone(zone).date())
    return Card(text=say(me.language, "told-points-lapse", points=brief.facts["points"], day=day), rows=_to_points(me))


def ledger_wrong(brief: Brief) -> Card:
    """To administrators: what is wrong, with whom or with which shop, and what to do."""
    me, facts = brief.to, brief.facts
    told = [_trouble(one, me) for one in facts.get("kinds", ())]
    title = say(me.language, "told-ledger-wrong", count=facts["count"])
    return Card(text=lines(title, *told, say(me.language, "ledger-wrong-do")))


def _trouble(one: dict[str, Any], me: Me) -> Markup:
    """One sort of trouble: how often, and with whom first."""
    whom = plain(me.language, "between").join(_whom(who, me) for who in one["whom"])
    who = plain(me.language, "ledger-whom-more", who=whom) if one["has_more"] else whom
    return say(me.language, f"ledger-wrong-{one['trouble']}", count=one["count"], who=who)


def _whom(one: dict[str, Any], me: Me) -> str:
    if "person" in one:
        return plain(me.language, "ledger-whom-person", number=f"P-{one['person']}")
    if "shop" in one:
        return plain(me.language, "ledger-whom-shop", code=one["shop"], name=one[me.language])
    return plain(me.language, "ledger-whom-common")


def _line(one: PointsChange, me: Me, *, at: int, now: datetime, zone: ZoneInfo) -> Markup:
    when = moment(me.language, one.at, now=now, zone=zone)
    what = _what(one, me, most=WORDS)
    line = say(me.language, "points-line", when=when, amount=_signed(one.amount), what=what)
    paid = say(me.language, "points-line-paid", points=one.paid) if one.paid else ""
    return Markup("{}. {}{}").format(at, line, paid)


def _what(one: PointsChange, me: Me, *, most: int) -> Markup:
    words = shorten(_at(one.bought, me) if one.bought is not None else one.words or "", most=most)
    if one.is_aside:
        return say(me.language, "points-aside", words=words)
    named = number(one.report_id) if one.report_id is not None else ""
    return _reason(me, one.reason, number=named, words=words)


def _at(bought: Bought, me: Me) -> str:
    item = f" · {bought.item[me.language]}" if bought.item is not None else ""
    return bought.shop[me.language] + item


def _reason(me: Me, reason: str, *, number: str, words: str | None) -> Markup:
    if not words and reason == Reason.CREDIT:
        return say(me.language, "points-reason-gift")
    return say(me.language, f"points-reason-{Reason(reason)}", number=number, words=words or "")


def _opens(one: PointsChange, *, at: int, page: int) -> Button:
    action = ShowReport(one.report_id) if one.report_id is not None else OpenPoints(one.id, page)
    return Button(str(at), action.pack())


def _signed(amount: int) -> str:
    return f"+{amount}" if amount >= 0 else f"−{-amount}"


def _lapses(found: Sequence[Lapse], me: Me, *, zone: ZoneInfo) -> list[Markup]:
    return [
        say(
            me.language,
            "points-lapse",
            points=one.points,
            day=calendar_day(me.language, one.at.astimezone(zone).date()),
        )
        for one in found
    ]


def _number(brief: Brief) -> str:
    return number(brief.report.id) if brief.report is not None else ""


def _limit(me: Me, facts: dict[str, Any]) -> Markup | None:
    if "limit" not in facts:
        return None
    return say(me.language, f"points-limit-{facts['limit']}", most=facts.get("most", 0), number=facts.get("other", ""))


def _standing(me: Me, facts: dict[str, Any]) -> tuple[Markup, ...]:
    has = say(me.language, "points-balance", points=facts["balance"])
    return (has, say(me.language, "points-owed", points=facts["owed"])) if facts["owed"] else (has,)


def _to_points(me: Me, page: int = 0) -> Rows:
    return ((Button(plain(me.language, "button-my-points"), ShowPoints(page).pack()),),)
