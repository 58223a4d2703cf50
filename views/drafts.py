"""The one message that says what a draft has and what is still missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Asking, PlaceSource
from storage.records import DraftRecord, Elsewhere, Me, NearReport, OldPicture, Suspended, number
from views import fairness, near
from views.actions import (
    AnotherOne,
    AskWith,
    FixOf,
    Join,
    NoPhoto,
    PlacesFromDraft,
    ReportHere,
    Same,
    StartOver,
    TakeAsAnswer,
    TakenElsewhere,
    UsePicture,
)
from views.card import Button, Card, Rows
from views.format import apart, lines, moment, quote
from views.texts import plain, say


def status(
    draft: DraftRecord, me: Me, *, now: datetime, zone: ZoneInfo, note: str | None = None, is_blue: bool = False
) -> Card:
    """What there is, what is missing, and the buttons that help. Edited as parts arrive.

    ``is_blue``: a place came out of the blue. What it is about is asked before anything is missing.
    """
    language = me.language
    if is_blue and not note and draft.asking is None and draft.suspended is None and draft.latitude is not None:
        return _ask_what(draft, me)
    parts = [say(language, note)] if note else []
    if draft.suspended is not None and draft.asking not in (Asking.JOIN, Asking.ANSWER):
        return _held(draft, draft.suspended, me, now=now, zone=zone)
    if draft.asking is Asking.JOIN and draft.join_report_id is not None:
        parts.append(say(language, "draft-join", number=number(draft.join_report_id)))
        if draft.file_at is not None:  # its words are urgent
            parts[:0] = [say(language, "draft-danger")]
            at = moment(language, draft.file_at, now=now, zone=zone)
            parts.append(say(language, "draft-joins-by-itself", number=number(draft.join_report_id), at=at))
    elif draft.asking is Asking.ANSWER and draft.join_report_id is not None:
        parts.append(say(language, "draft-answer", number=number(draft.join_report_id)))
    elif draft.asking in (Asking.DUPLICATE, Asking.FIX):
        parts += near.question(draft, me, now=now, zone=zone)
    elif draft.asking is Asking.ELSEWHERE and draft.elsewhere is not None:
        parts.append(_elsewhere(draft, draft.elsewhere, me, now=now, zone=zone))
    elif draft.asking is Asking.OLD_PICTURE and draft.old is not None:
        parts.append(_old(draft.old, me, is_one_of_many=draft.photos > 1, now=now, zone=zone))
    elif not note and not (draft.outside is not None and (draft.photos or draft.without_photo)):
        parts.append(_missing(draft, me))  # unless only the place is, and its line says so
    shows_gaps = draft.asking not in (Asking.JOIN, Asking.ANSWER)  # what is missing matters only to a new report
    if draft.photos or shows_gaps:
        parts.append(say(language, "draft-has-photo", count=draft.photos) if draft.photos else _no_photo(draft, me))
    if draft.latitude is not None or draft.outside is not None or shows_gaps:
        parts.append(_place(draft, me))
    if draft.old is not None and draft.asking is not Asking.OLD_PICTURE:
        when = moment(language, draft.old.taken_at, now=now, zone=zone)
        parts.append(say(language, "draft-old-told", when=when))
    if draft.files:
        parts.append(say(language, "draft-has-files", count=draft.files))
    if draft.may_ask:
        parts.append(say(language, "draft-may-ask"))
    if draft.reading:
        parts.append(say(language, "draft-reading"))
    return Card(text=lines(*parts) + quote(draft.words, most=200), rows=_rows(draft, me), edits=draft.status_message_id)


def still_so(me: Me, message_id: int) -> tuple[Button, ...]:
    """The answers to the question about an old picture, which was sent with this message."""
    yes = Button(plain(me.language, "button-still-so"), UsePicture(message_id, True).pack())
    return (yes, Button(plain(me.language, "button-leave-out"), UsePicture(message_id, False).pack()))


def taken_at(me: Me, place: Sequence[float] | None, grid: str | None) -> Markup | None:
    """Where an old picture says that it was taken."""
    return say(me.language, "draft-old-place", place=_where(place, grid)) if place is not None else None


def what_ended(draft: DraftRecord, me: Me, facts: dict[str, Any]) -> Markup | None:
    """The report that it asked about has ended, or goes on as another one, which it asks about now."""
    if facts.get("ended") is not None:
        return say(me.language, "draft-ended", number=number(facts["ended"]))
    if facts.get("goes_on") is not None and draft.join_report_id is not None:
        return near.goes_on(me, facts["goes_on"], draft.join_report_id)
    return None


def gone(me: Me) -> Card:
    """In place of the status message: nothing is left of the draft."""
    return Card(text=say(me.language, "draft-thrown-away"))


def joined(me: Me, report_id: int, *, note: str | None = None) -> Card:
    """In place of the status message: it was added to that report."""
    done = say(me.language, "joined-report", number=number(report_id))
    return Card(text=lines(done, say(me.language, note) if note else None))


def left_out(me: Me, report_id: int) -> Card:
    """In place of the question: the old picture was taken out of that report."""
    return Card(text=say(me.language, "picture-left-out", number=number(report_id)))


def _ask_what(draft: DraftRecord, me: Me) -> Card:
    """Where a hazard is, or from where somebody looks for a station: both are as likely."""
    here = Button(plain(me.language, "button-report-here"), ReportHere().pack())
    text = lines(say(me.language, "draft-what"), _place(draft, me))
    rows = ((here, _stations_here(me)), *_asks_about(draft, me), (_start_over(me),))
    return Card(text=text, rows=rows, edits=draft.status_message_id)


def _held(draft: DraftRecord, suspended: Suspended, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Nothing of this person's is filed now; what was sent is kept."""
    parts = [fairness.why_suspended(suspended, me, now=now, zone=zone), say(me.language, "suspended-kept")]
    if draft.photos:
        parts.append(say(me.language, "draft-has-photo", count=draft.photos))
    if draft.latitude is not None:
        parts.append(_place(draft, me))
    looks = ((_stations_here(me),),) if _is_place_alone(draft) else ()
    text = lines(*parts) + quote(draft.words, most=200)
    return Card(text=text, rows=(*looks, (_start_over(me),)), edits=draft.status_message_id)


def _old(old: OldPicture, me: Me, *, is_one_of_many: bool, now: datetime, zone: ZoneInfo) -> Markup:
    when = moment(me.language, old.taken_at, now=now, zone=zone)
    asked = say(me.language, "draft-old", when=when)
    if is_one_of_many and old.name:
        asked = say(me.language, "draft-old-named", name=old.name, when=when)
    return lines(asked, taken_at(me, old.place, old.grid))


def _elsewhere(draft: DraftRecord, other: Elsewhere, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What is asked, and what comes of it if nobody answers."""
    facts = {"count": other.count, "far": apart(me.language, other.metres), "place": _where(other.place, other.grid)}
    asked = say(me.language, "draft-elsewhere", **facts)
    if draft.file_at is None:
        return asked
    at = moment(me.language, draft.file_at, now=now, zone=zone)
    return lines(asked, say(me.language, "draft-elsewhere-stays", at=at))


def _is_place_alone(draft: DraftRecord) -> bool:
    """Whether a place was sent and nothing else: it may be where somebody looks for a station from."""
    has_more = draft.photos or draft.files or draft.reading or draft.words or draft.without_photo or draft.old
    return (draft.place_source or draft.outside) not in (None, PlaceSource.EXIF) and not has_more


def _stations_here(me: Me) -> Button:
    return Button(plain(me.language, "button-stations-here"), PlacesFromDraft().pack())


def _missing(draft: DraftRecord, me: Me) -> Markup:
    has_photo = draft.photos > 0 or draft.without_photo
    if not has_photo and draft.latitude is None:
        return say(me.language, "draft-needs-both")
    if not has_photo:
        return say(me.language, "draft-needs-photo")
    return say(me.language, "draft-needs-place") if draft.latitude is None else say(me.language, "draft-wait")


def _no_photo(draft: DraftRecord, me: Me) -> Markup:
    return say(me.language, "draft-without-photo" if draft.without_photo else "draft-no-photo-yet")


def _place(draft: DraftRecord, me: Me) -> Markup:
    if draft.outside is not None:
        return say(me.language, "draft-exif-outside" if draft.outside is PlaceSource.EXIF else "draft-place-outside")
    if draft.latitude is None or draft.longitude is None:
        return say(me.language, "draft-no-place-yet")
    where = _where((draft.latitude, draft.longitude), draft.grid)
    if draft.place_source is PlaceSource.EXIF:
        return say(me.language, "draft-place-exif", place=where)
    return say(me.language, "draft-has-place", name=draft.place_name or where)


def _where(place: Sequence[float], grid: str | None) -> str:
    """A place as it is said: the grid that it is in, or, in none, its degrees."""
    return grid or f"{place[0]:.5f}, {place[1]:.5f}"


def _same(one: NearReport, me: Me) -> Button:
    key = "button-join" if one.is_mine else "button-same"
    return Button(plain(me.language, key, number=number(one.report_id)), Same(one.report_id).pack())


def _fix_of(report_id: int, me: Me) -> tuple[Button, ...]:
    return (Button(plain(me.language, "button-fix-of", number=number(report_id)), FixOf(report_id).pack()),)


def _rows(draft: DraftRecord, me: Me) -> Rows:
    language = me.language
    rows: list[tuple[Button, ...]] = []
    new = Button(plain(language, "button-new-report"), Join(False).pack())
    if draft.asking is Asking.JOIN and draft.join_report_id is not None:
        name = plain(language, "button-join", number=number(draft.join_report_id))
        rows.append((Button(name, Join(True).pack()), new))
    elif draft.asking is Asking.ANSWER and draft.join_report_id is not None:
        name = plain(language, "button-answer-to", number=number(draft.join_report_id))
        rows += [(Button(name, TakeAsAnswer(draft.join_report_id).pack()),), (new,)]
    elif draft.asking in (Asking.DUPLICATE, Asking.FIX):
        rows += [_fix_of(one, me) for one in draft.fixes]
        rows += [(_same(one, me),) for one in draft.near]
        key = "button-another-one" if draft.near else "button-new-report"
        rows.append((Button(plain(language, key), AnotherOne().pack()),))
    elif draft.asking is Asking.ELSEWHERE and draft.elsewhere is not None:
        answers = (("button-second-report", True), ("button-same-report", False))
        first = draft.elsewhere.message_id
        rows.append(tuple(Button(plain(language, key), TakenElsewhere(first, is_it).pack()) for key, is_it in answers))
    elif draft.asking is Asking.OLD_PICTURE and draft.old is not None:
        rows.append(still_so(me, draft.old.message_id))
    elif not draft.photos and not draft.without_photo and not draft.reading:
        rows.append((Button(plain(language, "button-no-photo"), NoPhoto().pack()),))
    if _is_place_alone(draft):
        rows.append((_stations_here(me),))
    return (*rows, *_asks_about(draft, me), (_start_over(me),))


def _asks_about(draft: DraftRecord, me: Me) -> Rows:
    """What was sent may be meant for a reporter."""
    names = ((one, plain(me.language, "button-ask-about", number=number(one))) for one in draft.may_ask)
    return tuple((Button(name, AskWith(one).pack()),) for one, name in names)


def _start_over(me: Me) -> Button:
    return Button(plain(me.language, "button-start-over"), StartOver().pack())
