"""The till: the code that a resident shows, what the shop sees of it, and both receipts."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.merchant_records import PurchaseRecord, RedemptionRecord, Wrong
from storage.points_kinds import RedemptionState
from storage.records import Brief, Me
from views import menu, qr
from views.actions import CancelCode, GiveBack, KeepTaken, OpenShop, ShowLately, ShowPoints, TakeCode, UndoCode
from views.card import Button, Card, Made, Rows
from views.format import lines, moment
from views.shops import yuan
from views.texts import plain, say

FILE = "code.png"


def code(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The picture, the six digits, and what they are for. None: it is over already."""
    found, me = _of(brief), brief.to
    if found.state is not RedemptionState.OPEN or found.expires_at <= now:
        return over(brief, now=now, zone=zone)
    text = lines(
        say(me.language, "code-title", shop=found.shop[me.language]),
        what(found, me),
        say(me.language, "code-digits", code=spaced(found.code)),
        say(me.language, "code-until", until=moment(me.language, found.expires_at, now=now, zone=zone)),
    )
    back = Button(plain(me.language, "button-cancel-code"), CancelCode(found.id).pack())
    return Card(text=text, made=Made(FILE, qr.picture(brief.facts["link"]), is_picture=True), rows=((back,),))


def over(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """In place of the code, or of the receipt: what became of it. The picture goes."""
    if brief.facts.get("is_receipt"):
        return replace(undone(brief, now=now, zone=zone), edits=brief.facts["edits"])
    found, me = _of(brief), brief.to
    if found.state is RedemptionState.OPEN and found.expires_at > now:
        return None
    key = "removed" if found.is_shop_removed and found.state is RedemptionState.CANCELLED else _end(found)
    text = lines(
        say(me.language, "code-title", shop=found.shop[me.language]),
        what(found, me),
        say(me.language, f"code-over-{key}"),
        _cash_back(found, me) if key == "undone" else None,
    )
    again = Button(plain(me.language, "button-shop-again"), OpenShop(found.shop_id).pack())
    rows = () if key in ("taken", "undone", "removed") else ((again,),)
    return Card(text=text, rows=rows, edits=brief.facts.get("edits"), deletes=brief.facts.get("deletes"))


def spent(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The resident's receipt, in place of the code. None: it is given back, which another message says."""
    found, me = _of(brief), brief.to
    if found.state is RedemptionState.UNDONE:
        return None
    text = lines(
        say(me.language, "spent-title", shop=found.shop[me.language]),
        what(found, me),
        _receipt(found.ended_at, found, me, now=now, zone=zone),
        say(me.language, "points-balance", points=found.balance) if found.points else None,
    )
    return Card(text=text, rows=_mine(found, me), replaces=_code_in(found))


def took(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The shop's receipt, in place of what *Take* stood under. None: it is given back, which another message says."""
    found = _of(brief)
    if found.state is RedemptionState.UNDONE:
        return None
    return replace(receipt(found, brief.to, now=now, zone=zone), edits=brief.facts.get("edits"))


def receipt(found: RedemptionRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """What the shop has of it, with which it can give back for a while."""
    if found.state is RedemptionState.UNDONE:
        return given_back(found, me, now=now, zone=zone)
    if found.state is not RedemptionState.TAKEN:
        return not_taken(found, me, why="error-code-expired")
    until = found.undo_until
    may_undo = until is not None and until > now
    text = lines(
        say(me.language, "took-title", shop=found.shop[me.language], who=found.initials),
        what(found, me, to_shop=True),
        _receipt(found.ended_at, found, me, now=now, zone=zone),
        say(me.language, "took-balance", points=found.shop_balance) if found.points else None,
        say(me.language, "took-undo", until=_when(until, me, now=now, zone=zone)) if may_undo else None,
    )
    undo = Button(plain(me.language, "button-undo"), UndoCode(found.id, False).pack())
    return Card(text=text, rows=((undo,),) if may_undo else ())


def undone(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """To both: it is given back, in place of the receipt."""
    found, me, facts = _of(brief), brief.to, brief.facts
    before = tuple(facts.get("replaces", ()))
    if not (facts.get("is_mine") or facts.get("is_receipt")):
        return replace(given_back(found, me, now=now, zone=zone), edits=facts.get("edits"), replaces=before)
    text = lines(
        say(me.language, "undone-title", shop=found.shop[me.language]),
        what(found, me),
        _receipt(found.undone_at, found, me, now=now, zone=zone),
        _cash_back(found, me),
        say(me.language, "points-balance", points=found.balance) if found.points else None,
    )
    return Card(text=text, rows=_mine(found, me), replaces=(*_code_in(found), *before))


def waiting(found: RedemptionRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """To the shop: how much, what for, and one button. No name: initials."""
    text = lines(
        say(me.language, "take-title", shop=found.shop[me.language], who=found.initials),
        what(found, me, to_shop=True),
        say(me.language, "code-until", until=moment(me.language, found.expires_at, now=now, zone=zone)),
    )
    return Card(text=text, rows=((Button(plain(me.language, "button-take"), TakeCode(found.id).pack()),),))


def not_taken(found: RedemptionRecord, me: Me, *, why: str) -> Card:
    """In place of that, where it was over before the button was pressed."""
    title = say(me.language, "take-title", shop=found.shop[me.language], who=found.initials)
    return Card(text=lines(title, what(found, me, to_shop=True), say(me.language, why)))


def ask_undo(found: RedemptionRecord, me: Me, *, is_listed: bool) -> Card:
    """Really? In place of the receipt, or of the list."""
    text = lines(
        say(me.language, "ask-undo", who=found.initials),
        what(found, me, to_shop=True),
        _cash_back(found, me, to_shop=True),
    )
    keeps = ShowLately(found.shop_id) if is_listed else KeepTaken(found.id)
    yes = Button(plain(me.language, "button-undo"), GiveBack(found.id, is_listed).pack())
    return Card(text=text, rows=((yes, Button(plain(me.language, "button-keep-taken"), keeps.pack())),))


def given_back(found: RedemptionRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """To the shop."""
    text = lines(
        say(me.language, "undone-shop", shop=found.shop[me.language], who=found.initials),
        what(found, me, to_shop=True),
        _receipt(found.undone_at, found, me, now=now, zone=zone),
        _cash_back(found, me, to_shop=True),
    )
    return Card(text=text)


def wrong(found: Wrong, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """No such code; how many tries are left, or until when one has to wait."""
    if found.until is None:
        return Card(text=say(me.language, "code-wrong", code=spaced(found.code), left=found.left))
    until = moment(me.language, found.until, now=now, zone=zone)
    return Card(text=say(me.language, "code-wrong-pause", minutes=found.minutes, until=until))


def loose(found: RedemptionRecord | None, me: Me, *, is_code: bool, now: datetime, zone: ZoneInfo) -> Card:
    """To who works at no shop and sends digits alone: what they are for; and the code that he shows, if he does."""
    if found is None:
        return Card(text=say(me.language, "loose-code" if is_code else "loose-digit"))
    facts = {"code": spaced(found.code), "shop": found.shop[me.language], "what": what(found, me)}
    until = moment(me.language, found.expires_at, now=now, zone=zone)
    return Card(text=lines(say(me.language, "loose-shown"), say(me.language, "loose-state", until=until, **facts)))


def guessed(brief: Brief) -> Card:
    """To the owners: somebody of theirs typed many wrong codes."""
    assert brief.named is not None
    facts = {"wrong": brief.facts["wrong"], "minutes": brief.facts["minutes"]}
    if "shops" in brief.facts:
        facts["shops"] = brief.facts["shops"]
        name = brief.named[brief.to.language]
        return Card(text=say(brief.to.language, "told-codes-guessed-admin", name=name, **facts))
    return Card(text=say(brief.to.language, "told-codes-guessed", name=brief.named[brief.to.language], **facts))


def removed(brief: Brief) -> Card:
    """To the shop's people; whose last one it was has another keyboard now."""
    return _of_shop(brief, "told-shop-removed", "told-shop-removed-last")


def back(brief: Brief) -> Card:
    """It takes points again; likewise."""
    return _of_shop(brief, "told-shop-back", "told-shop-back-first")


def _of_shop(brief: Brief, key: str, with_role: str) -> Card:
    assert brief.named is not None
    me, changes_role = brief.to, brief.facts.get("changes_role", False)
    more = say(me.language, with_role) if changes_role else None
    text = lines(say(me.language, key, shop=brief.named[me.language]), more)
    return Card(text=text, keyboard=menu.keyboard(me) if changes_role else None)


def what(found: RedemptionRecord, me: Me, *, to_shop: bool = False) -> Markup:
    """What it is for: points, an item, or a meal with who pays how much."""
    if found.price is not None and found.mealtime is not None:
        facts = {
            "mealtime": plain(me.language, f"mealtime-{found.mealtime}"),
            "meal": (found.meal or {}).get(me.language, ""),
            "yuan": yuan(found.price.rider),
            "whole": yuan(found.price.whole),
            "subsidy": yuan(found.price.subsidy),
            "discount": yuan(found.price.discount),
        }
        return say(me.language, "what-meal-shop" if to_shop else "what-meal", **facts)
    if found.item is not None:
        return say(me.language, "what-item", name=found.item[me.language], points=found.points)
    return say(me.language, "what-points", points=found.points)


def purchase(bought: PurchaseRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> tuple[Markup, ...]:
    """What somebody paid for, where, the receipt's number, who of the shop took it, and what became of it."""
    found = bought.redemption
    end = _end(found)
    told = [say(me.language, "code-title", shop=found.shop[me.language]), what(found, me)]
    for at, is_owner, key in (
        (found.ended_at, bought.taken_by_owner, "bought-taken"),
        (found.undone_at, bought.undone_by_owner, "bought-undone"),
    ):
        if is_owner is not None:
            who = plain(me.language, "bought-by-owner" if is_owner else "bought-by-staff")
            when = _when(at, me, now=now, zone=zone)
            told.append(say(me.language, key, when=when, who=who, number=found.id))
    if bought.taken_by_owner is None and found.state is RedemptionState.OPEN and found.expires_at > now:
        told.append(say(me.language, "code-until", until=moment(me.language, found.expires_at, now=now, zone=zone)))
    elif bought.taken_by_owner is None:
        told.append(say(me.language, f"code-over-{end}"))
    return tuple(told)


def spaced(code: str) -> str:
    """Six digits as one reads them out: `123 456`."""
    return f"{code[:3]} {code[3:]}"


def _mine(found: RedemptionRecord, me: Me) -> Rows:
    return ((Button(plain(me.language, "button-my-points"), ShowPoints(0).pack()),),) if found.points else ()


def _code_in(found: RedemptionRecord) -> tuple[int, ...]:
    """The messages that show the code."""
    return tuple(one for one in (found.picture_id, found.message_id) if one is not None)


def _receipt(at: datetime | None, found: RedemptionRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    return say(me.language, "receipt-when", when=_when(at, me, now=now, zone=zone), number=found.id)


def _cash_back(found: RedemptionRecord, me: Me, *, to_shop: bool = False) -> Markup | None:
    """A meal is paid in cash, and that does not come back by itself."""
    if found.price is None:
        return None
    return say(me.language, "cash-back-shop" if to_shop else "cash-back", yuan=yuan(found.price.rider))


def _end(found: RedemptionRecord) -> str:
    return "expired" if found.state is RedemptionState.OPEN else str(found.state)


def _when(at: datetime | None, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    return moment(me.language, at, now=now, zone=zone) if at is not None else Markup()


def _of(brief: Brief) -> RedemptionRecord:
    assert brief.redemption is not None, f"{brief.message} without a redemption"
    return brief.redemption
