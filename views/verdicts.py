"""The verdict on a fix: what one is asked, what one has said, and what the officer hears of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import EventKind, OfferState, Status
from storage.records import AGAIN_WITHIN, Me, ReportRecord, number
from views.actions import AddWords, Again, Fixed, NotFixed, NotFixedFor, Rate, ShowVerdict
from views.card import Button, Card, Rows
from views.format import lines, moment, quote, shorten
from views.texts import has, plain, say

WHY_NOT = ("still", "partly", "place", "worse")
STARS = range(1, 6)
TOLD = 60
"""UTF-16 units of a reason in words that a line shows."""
MOST_REASONS = 3
DECISIONS = (EventKind.DECIDED, EventKind.UPHELD, EventKind.CLEARED)
"""Of a lead; to send it back to work is one, too."""
BACK_AT_WORK = (Status.OPEN, Status.ACCEPTED)


def rows(report: ReportRecord, me: Me, *, now: datetime) -> Rows:
    """What this person may say of the fix now; nothing, if he neither reported nor follows it."""
    if not (report.is_mine or report.follows):
        return ()
    if report.status in BACK_AT_WORK:
        return ((Button(plain(me.language, "button-add-words"), AddWords(report.id).pack()),),)
    if report.status is Status.RESOLVED and report.my_verdict is None:
        yes = Button(plain(me.language, "button-fixed"), Fixed(report.id, report.round).pack())
        no = Button(plain(me.language, "button-not-fixed"), NotFixed(report.id, report.round).pack())
        return ((yes, no),)
    return (*_stars(report), *_again(report, me, now=now))


def state(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What became of the fix, and what this person said of it."""
    language = me.language
    if report.status in BACK_AT_WORK:
        return say(language, "verdict-back-to-work")
    if report.status is Status.REVIEW:
        return say(language, "next-review", level=decider(report, me))
    parts: list[Markup | None] = [say(language, "next-closed") if report.status is Status.CLOSED else None]
    said = report.my_verdict
    if said is not None and said.is_fixed:
        rated = say(language, "verdict-stars", stars=said.rating) if said.rating else say(language, "verdict-rate")
        parts += [say(language, "verdict-fixed"), rated]
    elif report.judge_by is not None:
        parts.append(say(language, "verdict-ask", by=moment(language, report.judge_by, now=now, zone=zone)))
    if report.again_id is not None:
        parts.append(say(language, "verdict-again", number=number(report.again_id)))
    return lines(*parts)


def decider(report: ReportRecord, me: Me) -> Markup:
    """With whom the decision really is."""
    return say(me.language, f"level-{report.decider or report.level}")


def why_not(report: ReportRecord, me: Me) -> Card:
    """Why is it not fixed? One tap, or words, or a photo."""
    buttons = [
        Button(plain(me.language, f"why-not-fixed-{why}"), NotFixedFor(report.id, report.round, why).pack())
        for why in WHY_NOT
    ]
    back = (Button(plain(me.language, "button-back"), ShowVerdict(report.id).pack()),)
    text = say(me.language, "ask-why-not-fixed", number=number(report.id))
    return Card(text=text, rows=(tuple(buttons[:2]), tuple(buttons[2:]), back))


def objected(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """What was said is with whoever acts on it."""
    text = say(me.language, "verdict-objected", number=number(report.id))
    return Card(text=lines(text, state(report, me, now=now, zone=zone)), rows=rows(report, me, now=now))


def objected_by_another(report: ReportRecord, me: Me) -> Card | None:
    """To all others who may judge the fix; why is not theirs to know. None: something else is true by now."""
    if report.status is not Status.REVIEW and report.status not in BACK_AT_WORK:
        return None
    key = "told-objected-review" if report.status is Status.REVIEW else "told-objected"
    return Card(text=say(me.language, key, number=number(report.id)))


def heard(report: ReportRecord, me: Me, facts: dict[str, Any]) -> Card | None:
    """To the officer who fixed it: what is said of it. None: something else is true by now."""
    if facts.get("is_fixed"):
        if report.status not in (Status.RESOLVED, Status.CLOSED):
            return None
        return Card(text=say(me.language, f"told-verdict-{report.status}", number=number(report.id)), is_silent=True)
    if report.status is Status.REVIEW:
        text = say(me.language, "told-verdict-review", number=number(report.id))
    elif report.status in BACK_AT_WORK and report.officer_id != me.id and report.my_offer is not OfferState.OFFERED:
        text = say(me.language, "told-verdict-others", number=number(report.id))
    else:
        return None
    return Card(text=lines(text, *objections(report, me)), is_silent=True)


def decided(report: ReportRecord, me: Me, facts: dict[str, Any], *, now: datetime) -> Card:
    """To who may judge the fix, and to who had to decide and let it be: what was decided."""
    if "by_others" in facts:
        said = "fixed" if facts.get("is_fixed") else "back"
        return Card(text=say(me.language, f"told-decided-by-others-{said}", number=number(report.id)), is_silent=True)
    key = "told-decided-fixed" if facts.get("is_fixed") else "told-decided-back"
    text = say(me.language, key, number=number(report.id)) + quote(facts.get("words"))
    return Card(text=text, rows=_again(report, me, now=now))


def my_decision(report: ReportRecord, me: Me) -> Markup | None:
    """What the person it is shown to decided, as lead, of the fix or of what was called false; until that is over."""
    for event in reversed(report.events):
        if event.kind in (EventKind.REVIEWED, EventKind.DISPUTED, EventKind.RESOLVED):
            return None
        is_decision = event.kind in DECISIONS or (event.kind is EventKind.REOPENED and event.facts.get("decided"))
        if is_decision and event.is_mine:
            return say(me.language, f"case-you-decided-{event.kind}")
    return None


def objections(report: ReportRecord, me: Me) -> Iterator[Markup]:
    """Why it was not fixed, as it was said: the latest ones."""
    kinds = (EventKind.REOPENED, EventKind.REVIEWED)
    said = [str(event.facts["why"]) for event in report.events if event.kind in kinds and event.facts.get("why")]
    for why in said[-MOST_REASONS:]:
        yield say(me.language, "line-not-fixed", why=reason(me, why))


def reason(me: Me, why: str) -> str:
    """A reason's code in words; of long words the beginning."""
    key = f"why-not-fixed-{why}"
    return plain(me.language, key) if has(me.language, key) else shorten(" ".join(why.split()), most=TOLD)


def _stars(report: ReportRecord) -> Rows:
    """Five in one row, once the person has said that it is fixed."""
    is_rated = report.my_verdict is not None and report.my_verdict.is_fixed
    if not is_rated or report.status not in (Status.RESOLVED, Status.CLOSED):
        return ()
    return (tuple(Button(f"{stars} ⭐", Rate(report.id, stars).pack()) for stars in STARS),)


def _again(report: ReportRecord, me: Me, *, now: datetime) -> Rows:
    """It broke again, for two weeks; while somebody is to act on that, whoever has that trouble, too, joins it."""
    is_over = report.status is not Status.CLOSED or report.ended_at is None or now - report.ended_at > AGAIN_WITHIN
    is_said = report.again_goes_on
    if is_over or (is_said and not report.may_follow_again) or not (report.is_mine or report.follows):
        return ()
    key = "button-again-too" if is_said else "button-again"
    return ((Button(plain(me.language, key), Again(report.id).pack()),),)
