"""What a reporter sees of a report: the receipt, the list, the details with the timeline."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import all_categories, category
from storage.kinds import AttachmentKind, EventKind, Level, PlaceSource, Role, Stage, Status, WaitingFor
from storage.records import EventRecord, Me, Photo, ReportRecord, number
from views import disputes, fixes, near, verdicts
from views.actions import (
    AddWords,
    Belongs,
    ChangeCategory,
    ChangePlace,
    MergeOwn,
    MyReports,
    Receipt,
    SetCategory,
    ShowReport,
    Unfollow,
    Withdraw,
    WithdrawNow,
)
from views.card import ALBUM_LIMIT, Button, Card, Pin, Rows
from views.format import lines, moment, quote, shorten
from views.texts import has, plain, say

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
MOST_BEFORE = 5
"""Pictures from before in an album that cannot take all: beside them the proof must be found at a glance."""
_OF_THE_TALK = (EventKind.ASKED, EventKind.ANSWERED)
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


def receipt(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Filed: the number, where it went, and what may still be changed."""
    title = "receipt-title" if report.is_mine else "receipt-follows"
    parts: list[Markup | None] = [
        near.goes_on(me, report.came_as, report.id) if report.came_as is not None else None,
        say(me.language, title, number=number(report.id)),
        follows_line(report, me),
        kind_line(report, me),
        grid_line(report, me),
    ]
    parts += affected_lines(report, me)
    if report.place_source is PlaceSource.EXIF:
        parts.append(say(me.language, "receipt-place-exif", place=f"{report.latitude:.5f}, {report.longitude:.5f}"))
    if report.is_mine and report.follows_id is not None and not report.photos:
        parts.append(say(me.language, "receipt-again-photo"))
    if report.is_mine and (same := _asks_same(report)) is not None:
        parts.append(say(me.language, "receipt-maybe-same", number=number(same)))
    text = lines(*parts) + quote(_words(report), most=300) + "\n" + next_lines(report, me, now=now, zone=zone)
    return Card(text=text, rows=receipt_rows(report, me))


def left(report: ReportRecord, me: Me) -> Card:
    """In place of the card of somebody who has no more to do with the report."""
    return Card(text=say(me.language, "receipt-left", number=number(report.id)))


def affected_lines(report: ReportRecord, me: Me) -> list[Markup]:
    """How many people have this trouble, if it is more than one."""
    return [say(me.language, "line-affected", count=report.affected)] if report.affected > 1 else []


def _words(report: ReportRecord) -> str | None:
    """What was said, for who said it: who only follows the report has no need of it."""
    return None if report.follows else report.words


def categories(report: ReportRecord, me: Me) -> Card:
    """Choose the category: one tap."""
    buttons = [
        Button(f"{one.icon} {one.names[me.language]}", SetCategory(report.id, one.code).pack())
        for one in all_categories().values()
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (Button(plain(me.language, "button-back"), Receipt(report.id).pack()),)
    return Card(text=say(me.language, "choose-category", number=number(report.id)), rows=(*rows, back))


def confirm_withdraw(report: ReportRecord, me: Me) -> Card:
    """Really?"""
    yes = Button(plain(me.language, "button-withdraw-yes"), WithdrawNow(report.id).pack())
    no = Button(plain(me.language, "button-keep"), Receipt(report.id).pack())
    return Card(text=say(me.language, "confirm-withdraw", number=number(report.id)), rows=((yes, no),))


def my_reports(page: list[ReportRecord], me: Me, *, at: int, pages: int, now: datetime, zone: ZoneInfo) -> Card:
    """Newest first, each with how it stands and by when what is promised; a tap shows the details."""
    if not page:
        return Card(text=say(me.language, "my-reports-none"))
    parts = [say(me.language, "my-reports-title")]
    for report in page:
        when = moment(me.language, report.filed_at, now=now, zone=zone)
        parts.append(
            say(
                me.language,
                "my-reports-line",
                icon=category(report.category).icon,
                number=number(report.id),
                category=category(report.category).names[me.language],
                status=Markup(STATUS_ICONS[report.status] + " ") + _stands(report, me, now=now, zone=zone),
                when=when,
            )
            + (say(me.language, "my-reports-followed") if report.follows else Markup())
        )
    buttons = [Button(_name(report), ShowReport(report.id).pack()) for report in page]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    turn = pager(me, at=at, pages=pages, older=MyReports(at + 1).pack(), newer=MyReports(max(0, at - 1)).pack())
    return Card(text=lines(*parts), rows=(*rows, *turn))


def _name(report: ReportRecord) -> str:
    """A report on a button: how it stands, its number, what it is about."""
    return f"{STATUS_ICONS[report.status]} {number(report.id)} {category(report.category).icon}"


def details(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Pictures, place, timeline, what happens next, and the buttons that the status allows."""
    parts = [
        near.goes_on(me, report.came_as, report.id) if report.came_as is not None else None,
        say(
            me.language,
            "details-title",
            number=number(report.id),
            status=f"{STATUS_ICONS[report.status]} {plain(me.language, f'status-{report.status}')}",
        ),
        follows_line(report, me),
        kind_line(report, me),
        grid_line(report, me),
        *affected_lines(report, me),
    ]
    told = _timeline(report, me, now=now, zone=zone)
    text = (
        lines(*parts)
        + quote(_words(report))
        + "\n"
        + lines(*told)
        + "\n\n"
        + next_lines(report, me, now=now, zone=zone)
    )
    if (said := _said_of_fix(report)) is not None:
        text = text + "\n" + say(me.language, "details-fix", **holder(report)) + quote(said)
    return Card(
        text=text,
        photos=report.photos,
        labels=labels(report.photos, me),
        pin=Pin(report.latitude, report.longitude),
        rows=receipt_rows(report, me)
        or disputes.rows(report, me, now=now)
        or (*verdicts.rows(report, me, now=now), *to_the_list(me)),
    )


def accepted(report: ReportRecord, me: Me) -> Card:
    """An officer is at it."""
    return Card(text=say(me.language, "told-accepted", number=number(report.id), **holder(report)))


def reopened(report: ReportRecord, me: Me) -> Card:
    """Who had it passed it on: to whom?"""
    level = say(me.language, f"level-{report.level}")
    return Card(text=say(me.language, "told-reopened", number=number(report.id), level=level))


def resolved(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Before and after, in one album; the text below it says which are which, and so does each that is opened.

    It asks for the verdict, and says what became of it.
    """
    state, rows = verdicts.state(report, me, now=now, zone=zone), verdicts.rows(report, me, now=now)
    if report.status not in (Status.RESOLVED, Status.CLOSED):
        title = say(me.language, "told-was-resolved", number=number(report.id))
        return Card(text=lines(title, state), rows=rows)
    said = _said_of_fix(report)
    before, after, is_all = _side_by_side(report.photos)
    parts: list[Markup | None] = [say(me.language, "told-resolved", number=number(report.id))]
    if before and after:
        facts = {"before": _places(before, first=1), "after": _places(after, first=len(before) + 1)}
        parts.append(say(me.language, "told-before-after", **facts))
    if not is_all:
        parts.append(say(me.language, "told-more-photos", name=plain(me.language, "key-my-reports")))
    clips = (photo for photo in report.photos if photo.stage is Stage.AFTER and photo.is_clip)
    photos = (*before, *after, *clips)
    parts += [fixes.place_of_proof(report, me), fixes.looks_same(report, me)]
    text = lines(lines(*parts) + quote(said, most=600), state)
    return Card(text=text, photos=photos, labels=labels(photos, me), rows=rows)


def _said_of_fix(report: ReportRecord) -> str | None:
    """What the officer said of the fix, if he said something."""
    return next((e.facts.get("words") for e in reversed(report.events) if e.kind is EventKind.RESOLVED), None)


def rejected(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Why it is no case; if it is said to be false, with the button to object."""
    key = "told-rejected-later" if disputes.was_fixed(report) else "told-rejected"
    text = say(me.language, key, number=number(report.id), why=why_rejected(report, me))
    return Card(
        text=lines(text, disputes.may_object(report, me, now=now, zone=zone)), rows=disputes.rows(report, me, now=now)
    )


def why_rejected(report: ReportRecord, me: Me) -> str:
    """The reason, with the officer's words if it is that the report is false."""
    event = next((one for one in reversed(report.events) if one.kind is EventKind.REJECTED), None)
    return _why(event.facts, me) if event is not None else ""


def _why(facts: dict[str, Any], me: Me, *, most: int = 500) -> str:
    why = reason(me, "reject", str(facts.get("why", "")))
    if "words" not in facts:
        return why
    return plain(me.language, "why-in-words", why=why, words=shorten(str(facts["words"]), most=most))


def holder(report: ReportRecord) -> dict[str, str]:
    """Who holds it, and as what: facts of the texts that say `{ holder }`."""
    return {"name": report.officer_name or "", "role": str(report.officer_role or Role.OFFICER)}


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


def next_lines(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What happens next, and by when, honestly."""
    if report.merged_into_id is not None:
        return near.goes_on(me, report.id, report.merged_into_id)
    key, facts = f"next-{report.status}", holder(report)
    if report.status is Status.OPEN and report.level is not Level.PRIMARY:
        key, facts = "next-open-with", {"level": say(me.language, f"level-{report.level}")}
    if (older := joined_to(report)) is not None:
        return say(me.language, "next-joined", number=number(older))
    promise = _promise_line(report, me, now=now, zone=zone)
    return lines(say(me.language, key, **facts), promise, disputes.may_object(report, me, now=now, zone=zone))


def _promise(report: ReportRecord, *, now: datetime) -> tuple[str, datetime] | None:
    """What is promised next, and by when; that it has passed; or whom the officer waits for, and until when."""
    if report.waiting_for is not None and report.waiting_until is not None:
        waiting_for = WaitingFor.THIRD_PARTY if report.follows else report.waiting_for  # not for this person's answer
        return f"paused-{waiting_for}", report.waiting_until
    if report.status is Status.OPEN:
        return "accept-late" if report.accept_by < now else "open", report.accept_by
    if report.status is Status.ACCEPTED:
        return "resolve-late" if report.resolve_by < now else "accepted", report.resolve_by
    return None


def _promise_line(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """By when it is to be accepted and fixed; when that has passed, with whom it is now; whom the officer waits for."""
    if (promise := _promise(report, now=now)) is None:
        return None
    by, fixed = (moment(me.language, at, now=now, zone=zone) for at in (promise[1], report.resolve_by))
    level = say(me.language, f"level-{report.level}")
    return say(me.language, f"promise-{promise[0]}", by=by, fixed=fixed, level=level)


def _stands(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """How it stands, in the words of the list: with what is promised, in as few as a line of a phone bears."""
    if (promise := _promise(report, now=now)) is None:
        return say(me.language, f"status-{report.status}")
    return say(me.language, f"my-reports-{promise[0]}", by=moment(me.language, promise[1], now=now, zone=zone))


def joined_to(report: ReportRecord) -> int | None:
    """The report that it turned out to belong to, if it was withdrawn for that."""
    return next((e.facts.get("into") for e in report.events if e.kind is EventKind.WITHDRAWN), None)


def reason(me: Me, family: str, why: str) -> str:
    """A reason's code in words; words stay as they are."""
    key = f"why-{family}-{why}"
    return plain(me.language, key) if has(me.language, key) else why


def pager(me: Me, *, at: int, pages: int, older: str, newer: str) -> Rows:
    """A row to turn pages, if there are several."""
    row = []
    if at > 0:
        row.append(Button(plain(me.language, "button-newer"), newer))
    if at + 1 < pages:
        row.append(Button(plain(me.language, "button-older"), older))
    return (tuple(row),) if row else ()


def _side_by_side(photos: tuple[Photo, ...]) -> tuple[list[Photo], list[Photo], bool]:
    """The pictures from before and after that one album takes, and whether these are all."""
    before = [photo for photo in photos if photo.is_picture and photo.stage is Stage.BEFORE]
    after = [photo for photo in photos if photo.is_picture and photo.stage is Stage.AFTER]
    if len(before) + len(after) <= ALBUM_LIMIT:
        return before, after, True
    room = max(1, min(MOST_BEFORE, ALBUM_LIMIT - len(after)))
    before = before[:room]
    return before, after[: ALBUM_LIMIT - len(before)], False


def _places(photos: list[Photo], *, first: int) -> str:
    """Where they are in the album: «1», «2-4»."""
    last = first + len(photos) - 1
    return str(first) if first == last else f"{first}–{last}"


def labels(photos: tuple[Photo, ...], me: Me) -> dict[Stage, str]:
    """Words for pictures of both stages; where there is one only, they would say nothing."""
    if len({photo.stage for photo in photos}) < 2:
        return {}
    return {stage: plain(me.language, f"label-{stage}") for stage in (Stage.BEFORE, Stage.AFTER)}


def to_the_list(me: Me) -> Rows:
    """A button to all of one's reports."""
    return ((Button(plain(me.language, "button-my-reports"), MyReports(0).pack()),),)


def _asks_same(report: ReportRecord) -> int | None:
    """One question at a time: whether it belongs to the reporter's own report of a moment ago comes first."""
    return report.maybe_same_id if report.may_join is None else None


def receipt_rows(report: ReportRecord, me: Me) -> Rows:
    """What a reporter may do while somebody is to act."""
    if report.merged_into_id is not None:
        into = plain(me.language, "button-open", number=number(report.merged_into_id))
        return ((Button(into, ShowReport(report.merged_into_id).pack()),),)
    if not (report.is_mine or report.follows) or report.status not in (Status.OPEN, Status.ACCEPTED):
        return ()
    words = Button(plain(me.language, "button-add-words"), AddWords(report.id).pack())
    if not report.is_mine:
        return ((words,), (Button(plain(me.language, "button-unfollow"), Unfollow(report.id).pack()),))
    if report.status is Status.ACCEPTED:
        return ((words,),)
    kind = Button(plain(me.language, "button-change-category"), ChangeCategory(report.id).pack())
    place = Button(plain(me.language, "button-change-place"), ChangePlace(report.id).pack())
    back = Button(plain(me.language, "button-withdraw"), Withdraw(report.id).pack())
    rows: Rows = ((words, kind), (place, back))
    if (other := _asks_same(report)) is not None:
        same = plain(me.language, "button-same", number=number(other))
        rows = ((Button(same, MergeOwn(report.id, other).pack()),), *rows)
    if report.may_join is not None:
        name = plain(me.language, "button-belongs", number=number(report.may_join))
        rows = ((Button(name, Belongs(report.id).pack()),), *rows)
    return rows


def _timeline(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> list[Markup]:
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
        facts = {"why": _why(event.facts, me, most=TOLD)}
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
