"""What became of a report, a line an event: for its reporter and who follows it."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.kinds import AttachmentKind, EventKind, Level, Role
from storage.records import EventRecord, Me, ReportRecord, number
from views import fixes, verdicts
from views.format import moment, shorten
from views.report_lines import why_of
from views.texts import has, say

TIMELINE = 20
"""Lines of a timeline: more would not fit into a message."""
ONE_ALBUM = timedelta(seconds=60)
"""Pictures that follow each other more closely stand in one line: as late as a part of an album may come."""
TOLD = 60
"""UTF-16 units of what was said that a line of the timeline shows."""
KIND_ICONS = {
    AttachmentKind.PHOTO: "📷",
    AttachmentKind.IMAGE_FILE: "📷",
    AttachmentKind.VIDEO: "🎬",
    AttachmentKind.VOICE: "🎤",
}
_OF_THE_TALK = (EventKind.ASKED, EventKind.ANSWERED)


def timeline(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> list[Markup]:
    """One line an event; of a long story, how it began and its latest lines."""
    shown = [event for event in _events_for(report) if has(me.language, _event_key(event))]
    skipped = len(shown) - TIMELINE
    if skipped <= 1:
        return [_event_line(event, me, now=now, zone=zone) for event in shown]
    first, *latest = (_event_line(event, me, now=now, zone=zone) for event in (shown[0], *shown[1 + skipped :]))
    return [first, say(me.language, "details-more", count=skipped), *latest]


def _events_for(report: ReportRecord) -> list[EventRecord]:
    """Those that the person may see: the talk about a report is its reporter's and its holder's.

    The pictures of an album come one by one, and are one line.
    """
    seen = [event for event in report.events if not (report.follows and event.kind in _OF_THE_TALK)]
    return [event for before, event in pairwise([None, *seen]) if event and not _is_of_one_album(before, event)]


def _is_of_one_album(before: EventRecord | None, event: EventRecord) -> bool:
    if before is None or not before.kind is event.kind is EventKind.PHOTOS_ADDED:
        return False
    return before.by_reporter == event.by_reporter and event.at - before.at < ONE_ALBUM


def _event_key(event: EventRecord) -> str:
    """The key of what a timeline says of it; there is no text of what a reporter need not see."""
    if event.kind is EventKind.ROUTED:
        return f"event-routed-{event.facts.get('level', Level.PRIMARY)}"
    if event.kind is EventKind.PAUSED:
        return f"event-paused-{event.facts.get('for')}"
    if event.kind is EventKind.WITHDRAWN and event.facts.get("into"):
        return "event-withdrawn-joined"
    if event.kind is EventKind.REJECTED and "after" in event.facts:
        return "event-rejected-later"
    if event.kind is EventKind.REOPENED and event.facts.get("decided"):
        return "event-reopened-decided"
    if event.kind is EventKind.REOPENED and event.facts.get("why"):
        return "event-reopened-why"
    return f"event-{event.kind}"


def _event_line(event: EventRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """One line of the timeline."""
    facts: dict[str, Any] = {}
    if event.kind is EventKind.RAISED:
        facts = {"level": say(me.language, f"level-{event.facts.get('level', Level.PRIMARY)}")}
    elif event.kind is EventKind.REJECTED:
        facts = {"why": why_of(event.facts, me, most=TOLD)}
    elif event.kind is EventKind.CATEGORY_CHANGED:
        facts = {"category": category(str(event.facts.get("to", ""))).names[me.language]}
    elif event.kind is EventKind.WITHDRAWN and event.facts.get("into"):
        facts = {"number": number(event.facts["into"])}
    elif event.kind is EventKind.JOINED:
        facts = {"number": number(event.facts.get("from", 0))}
    elif event.kind in (EventKind.MERGED, EventKind.TOOK_IN, EventKind.SAME_PICTURE):
        facts = {"number": number(next((v for v in event.facts.values() if isinstance(v, int)), 0))}
    elif event.kind in (EventKind.ACCEPTED, EventKind.ASKED):
        facts = {"role": str(event.facts.get("role", Role.OFFICER))}
    elif event.kind in (EventKind.REOPENED, EventKind.REVIEWED):
        facts = {"why": verdicts.reason(me, str(event.facts.get("why", "")))}
    elif event.kind is EventKind.AGAIN:
        facts = {"number": number(int(event.facts.get("report", 0)))}
    what = say(me.language, _event_key(event), **facts)
    if event.kind is EventKind.RESOLVED and (proof := fixes.of_event(event.facts, me)) is not None:
        what = what + " · " + proof
    if event.kind in (EventKind.ASKED, EventKind.ANSWERED):
        what = what + _said(event, me)
    return say(me.language, "event-line", when=moment(me.language, event.at, now=now, zone=zone), what=what)


def _said(event: EventRecord, me: Me) -> Markup:
    """The beginning of what was said, and an icon for each picture, recording or place."""
    words = str(event.facts.get("words", ""))
    quoted = say(me.language, "event-said", words=shorten(" ".join(words.split()), most=TOLD)) if words else Markup()
    icons = "".join(KIND_ICONS[AttachmentKind(kind)] for kind in event.facts.get("kinds", ()))[:10]
    shown = icons + ("📍" if "place" in event.facts else "")
    return quoted + (" " + shown if shown else "")
