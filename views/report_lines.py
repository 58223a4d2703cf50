"""Lines that the cards of a report share, whoever reads them."""

from typing import Any

from markupsafe import Markup

from storage.categories import category
from storage.kinds import EventKind, Role, Stage, Status, WaitingFor
from storage.records import Me, Photo, ReportRecord, number
from views.actions import ShowCase, ShowReport
from views.card import Button, Rows
from views.format import shorten
from views.texts import has, plain, say

MOST_EARLIER = 4
"""Of what broke time and again, so many reports are named, each with a button that opens it."""
STATUS_ICONS = {
    Status.OPEN: "🕓",
    Status.ACCEPTED: "🛠",
    Status.RESOLVED: "✅",
    Status.REVIEW: "⚖️",
    Status.CLOSED: "✅",
    Status.MERGED: "🔗",
    Status.REJECTED: "🚫",
    Status.WITHDRAWN: "↩️",
}


def kind_line(report: ReportRecord, me: Me, *, says_urgent: bool = True) -> Markup:
    """Icon, category, urgency (unless that is said elsewhere)."""
    one = category(report.category)
    key = "line-category-urgent" if report.is_urgent and says_urgent else "line-category"
    return say(me.language, key, icon=one.icon, category=one.names[me.language])


def follows_line(report: ReportRecord, me: Me) -> Markup | None:
    """The reports of what broke again, if this is one; of a long story, the latest."""
    if report.follows_id is None:
        return None
    times = [one for one, _ in report.earlier] or [report.follows_id]
    numbers = " · ".join(number(one) for one in times[:MOST_EARLIER])
    return say(me.language, "line-follows", numbers=numbers, count=len(times))


def opens_earlier(report: ReportRecord, show: type[ShowCase | ShowReport]) -> Rows:
    """A button for each of them; a reporter sees those only that he had a part in."""
    shown = [one for one, is_his in report.earlier[:MOST_EARLIER] if is_his or show is ShowCase]
    buttons = [Button(number(one), show(one).pack()) for one in shown]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def grid_line(report: ReportRecord, me: Me) -> Markup:
    """The grid, or the county desk."""
    if report.grid_code is None:
        return say(me.language, "line-no-grid")
    return say(me.language, "line-grid", code=report.grid_code, name=report.grid_name or "")


def affected_lines(report: ReportRecord, me: Me) -> list[Markup]:
    """How many people have this trouble, if it is more than one."""
    return [say(me.language, "line-affected", count=report.affected)] if report.affected > 1 else []


def holder(report: ReportRecord) -> dict[str, str]:
    """Who holds it, and as what: facts of the texts that say `{ holder }`."""
    return {"name": report.officer_name or "", "role": str(report.officer_role or Role.OFFICER)}


def when_late(key: str, report: ReportRecord, me: Me) -> tuple[str, dict[str, Any]]:
    """The key and facts of a text that says of something late whom it was raised to; or that nobody is above."""
    level = say(me.language, f"level-{report.level}")
    return (f"{key}-top" if report.is_at_top else key), {"level": level, **holder(report)}


def was_asked(report: ReportRecord) -> bool:
    """Whether who has it has asked its reporter anything."""
    began = [one.at for one in report.events if one.kind in (EventKind.ACCEPTED, EventKind.TAKEN_OVER)]
    since = max(began, default=report.filed_at)
    return any(one.kind is EventKind.ASKED and one.at >= since for one in report.events)


def waits_for(report: ReportRecord) -> WaitingFor | None:
    """Whom the officer waits for, as the reporter or a follower is told: it is not a follower's answer."""
    is_other = report.waiting_for is not None and report.follows
    return WaitingFor.THIRD_PARTY if is_other else report.waiting_for


def joined_to(report: ReportRecord) -> int | None:
    """The report that it turned out to belong to, if it was withdrawn for that."""
    return next((e.facts.get("into") for e in report.events if e.kind is EventKind.WITHDRAWN), None)


def why_rejected(report: ReportRecord, me: Me) -> str:
    """The reason, with the officer's words if it is that the report is false."""
    event = next((one for one in reversed(report.events) if one.kind is EventKind.REJECTED), None)
    return why_of(event.facts, me) if event is not None else ""


def why_of(facts: dict[str, Any], me: Me, *, most: int = 500) -> str:
    """Likewise of one event; ``most`` UTF-16 units of words."""
    why = reason(me, "reject", str(facts.get("why", "")))
    if "words" not in facts:
        return why
    return plain(me.language, "why-in-words", why=why, words=shorten(str(facts["words"]), most=most))


def reason(me: Me, family: str, why: str) -> str:
    """A reason's code in words; words stay as they are."""
    key = f"why-{family}-{why}"
    return plain(me.language, key) if has(me.language, key) else why


def labels(photos: tuple[Photo, ...], me: Me) -> dict[Stage, str]:
    """Words for pictures of both stages; where there is one only, they would say nothing."""
    if len({photo.stage for photo in photos}) < 2:
        return {}
    return {stage: plain(me.language, f"label-{stage}") for stage in (Stage.BEFORE, Stage.AFTER)}
