"""Lines that the cards of a report share, whoever reads them."""

from typing import Any

from markupsafe import Markup

from storage.categories import category
from storage.kinds import EventKind, Role, Stage, Status
from storage.records import Me, Photo, ReportRecord, number
from views.format import shorten
from views.texts import has, plain, say

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
    """The report of what broke again, if this is one."""
    return say(me.language, "line-follows", number=number(report.follows_id)) if report.follows_id else None


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
