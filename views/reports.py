"""What a reporter sees of a report: the receipt, the details, and what is told when something happens to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import all_categories
from storage.kinds import EventKind, PlaceSource, Stage, Status
from storage.records import Me, Photo, ReportRecord, number
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
from views.format import lines, quote
from views.promises import next_lines
from views.report_lines import (
    STATUS_ICONS,
    affected_lines,
    follows_line,
    grid_line,
    holder,
    kind_line,
    labels,
    why_rejected,
)
from views.texts import plain, say
from views.timeline import timeline

MOST_BEFORE = 5
"""Pictures from before in an album that cannot take all: beside them the proof must be found at a glance."""


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
    told = timeline(report, me, now=now, zone=zone)
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
