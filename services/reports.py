"""What a reporter does with a report: file it, add to it, change it, take it back, look at it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from services import (
    deadlines,
    drafts,
    emergencies,
    followers,
    ladder,
    lifecycle,
    nearby,
    notices,
    offering,
    open_tasks,
    worktime,
)
from services.county import County, GridRef, check_place
from services.drafts import OpenDraft
from services.errors import NotAllowed, NotPossible, OutsideCounty, TooManyPhotos
from services.parts import MOST_PHOTOS
from services.words import append, clean, clean_caption
from storage.categories import OTHER, all_categories, guess, is_urgent
from storage.kinds import PICTURES, AttachmentKind, EventKind, MediaState, PlaceSource, Stage, Status
from storage.prepared import Prepared
from storage.schema import Attachment, Report

PAGE = 6
"""Reports on one page of a list: a screen of a small phone."""

_report, _attachment = Report.__table__.c, Attachment.__table__.c
_LATEST = Prepared(
    select(_report.id, _report.filed_at)
    .where(
        _report.reporter_id == bindparam("person_id"),
        _report.filed_at >= bindparam("since"),
        or_(_report.status == Status.OPEN, _report.status == Status.ACCEPTED),
    )
    .order_by(_report.id.desc())
    .limit(1)
)
_STATUS = Prepared(select(_report.status).where(_report.id == bindparam("report_id")))
_TAKE_PHOTOS = Prepared(
    update(Attachment.__table__)  # type: ignore[arg-type]
    .where(_attachment.draft_id == bindparam("draft"))
    .values(draft_id=None, report_id=bindparam("report"))
)
_FILE = Prepared(insert(Report.__table__))  # type: ignore[arg-type]
_PLACE = ("latitude", "longitude", "place_source", "place_name")
_USUAL = {"category_chosen": False, "status": Status.OPEN, "maybe_same_id": None, "reopened": 0, "affected": 1}
"""Of a report that is filed, unless it is said otherwise."""


def file(
    session: Session,
    draft: OpenDraft,
    *,
    code: str,
    photos: int,
    has_album: bool,
    maybe_same_id: int | None = None,
    county: County,
    now: datetime,
) -> int:
    """Make a report of a complete draft, bring it to whoever can act, let the reporter have the receipt; its number.

    ``code`` is the category's; ``photos`` is how many the draft has; ``has_album`` whether more may follow at once;
    ``maybe_same_id`` an open report that the receipt asks about.
    """
    assert draft.latitude is not None
    assert draft.longitude is not None
    assert draft.place_source is not None
    place: dict[str, Any] = {name: getattr(draft, name) for name in _PLACE} | {"maybe_same_id": maybe_same_id}
    grid = county.grid_at(draft.latitude, draft.longitude)
    report, people = _begin(session, draft.person_id, grid, code=code, words=draft.words, place=place, now=now)
    _TAKE_PHOTOS.run(session, draft=draft.id, report=report.id)
    facts = {"grid": grid.code if grid else None, "category": code, "photos": photos} | _beside(session, draft)
    _filed(session, report, facts, now=now)
    offering.ask(session, report, people, now=now, has_album=has_album)
    notices.filed(session, report, status_message_id=draft.status_message_id, now=now)
    drafts.end(session, draft)
    return report.id


def file_again(session: Session, old: Report, *, person_id: int, county: County, now: datetime) -> int:
    """Make a report of what broke again, of the same kind and at the same place; pictures and words are to come.

    Its number.
    """
    place = {name: getattr(old, name) for name in _PLACE}
    grid = county.grid_at(old.latitude, old.longitude)
    kind = {"category_chosen": old.category_chosen, "follows_id": old.id}
    report, people = _begin(session, person_id, grid, code=old.category, words=None, place=place | kind, now=now)
    facts = {"grid": grid.code if grid else None, "category": old.category, "photos": 0, "follows": old.id}
    _filed(session, report, facts, now=now)
    offering.ask(session, report, people, now=now)
    notices.filed(session, report, status_message_id=None, now=now)
    return report.id


def add_attachment(session: Session, report: Report, attachment: Attachment, *, now: datetime) -> None:
    """Add a picture (voice, video) to a report: those who were alerted get it, too."""
    attachment.report_id, attachment.draft_id = report.id, None
    session.add(attachment)
    session.flush()
    facts = {"kind": attachment.kind}
    lifecycle.record(session, report, EventKind.PHOTOS_ADDED, by=attachment.person_id, now=now, facts=facts)
    notices.grew(session, report, now=now)
    if can_be_passed_on(attachment):
        notices.photos_added(session, report, who_sees(session, report, attachment), attachment, now=now)


def can_be_passed_on(attachment: Attachment) -> bool:
    """An image file can be once it is here and is a picture (`intake.picture_read`); all else at once."""
    return attachment.kind is not AttachmentKind.IMAGE_FILE or attachment.media_state is MediaState.STORED


def who_sees(session: Session, report: Report, attachment: Attachment) -> list[int]:
    """To whom a picture is passed on: who may judge the fix sees the proof, those who were alerted see the rest."""
    return (
        followers.who_hears(session, report) if attachment.stage is Stage.AFTER else offering.alerted(session, report)
    )


def add(
    session: Session,
    *,
    report_id: int,
    person_id: int,
    words: str | None = None,
    attachment: Attachment | None = None,
    now: datetime,
) -> Report:
    """Add words, a picture or a recording (not yet in the session) to a report of one's own, or that one follows.

    As long as it is not over.

    While nobody has accepted, a category that was not recognised is guessed again, and words may make it urgent.

    Raises:
        NoWords, WordsTooLong: nothing readable and no picture, or too much.
        TooManyPhotos: it has as many as it takes.
        NotAllowed, ReportEnded: it is not the person's trouble, or its life is over.
    """
    report = _concerning(session, report_id, person_id)
    lifecycle.require_alive(report)
    said = clean(words or "") if attachment is None else clean_caption(words)
    if attachment is not None:
        require_room(session, report, [attachment])
        add_attachment(session, report, attachment, now=now)
    if said is not None:
        append_words(session, report, said, by=person_id, now=now)
    return report


def append_words(session: Session, report: Report, words: str, *, by: int, now: datetime) -> None:
    """Put clean words below those that the report has, and tell those who were alerted."""
    report.words = append(report.words, words)
    lifecycle.record(session, report, EventKind.WORDS_ADDED, by=by, now=now, facts={"words": words})
    notices.words_added(session, report, offering.alerted(session, report), words=words, by=by, now=now)
    if report.status is Status.OPEN:
        unknown = report.category == OTHER and not report.category_chosen
        _categorise(session, report, guess(report.words) if unknown else report.category, by=None, now=now)
    notices.changed(session, report, now=now)


def change_category(session: Session, *, report_id: int, person_id: int, code: str, now: datetime) -> Report:
    """Choose the category of one's own report, while nobody has accepted it.

    Raises:
        NotPossible: there is no such category.
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    report = _mine(session, report_id, person_id)
    lifecycle.require_open_to_change(report)
    if code not in all_categories():
        raise NotPossible(report_id=report_id)
    report.category_chosen = True
    _categorise(session, report, code, by=person_id, now=now)
    notices.changed(session, report, now=now)
    return report


def change_place(
    session: Session,
    *,
    report_id: int,
    person_id: int,
    latitude: float,
    longitude: float,
    source: PlaceSource,
    place_name: str | None,
    county: County,
    now: datetime,
) -> Report:
    """Correct the place of one's own report, while nobody has accepted it; in another grid it goes to that officer.

    Raises:
        BadPlace, OutsideCounty: the place cannot be.
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    report = _mine(session, report_id, person_id)
    lifecycle.require_open_to_change(report)
    check_place(latitude, longitude)
    if not county.contains(latitude, longitude):
        raise OutsideCounty
    grid = county.grid_at(latitude, longitude)
    before = report.grid_id
    report.latitude, report.longitude = latitude, longitude
    report.cell = nearby.cell_of((latitude, longitude))
    report.place_source, report.place_name = source, place_name
    report.grid_id = grid.id if grid else None
    facts = {"grid": grid.code if grid else None}
    lifecycle.record(session, report, EventKind.PLACE_CHANGED, by=person_id, now=now, facts=facts)
    if report.grid_id != before:
        offering.route_anew(session, report, now=now)
    else:
        notices.moved(session, report, offering.alerted(session, report), now=now)
    notices.changed(session, report, now=now)
    return report


def withdraw(session: Session, *, report_id: int, person_id: int, now: datetime) -> Report:
    """Take one's own report back, while nobody has accepted it. Where others follow it, it goes on for them.

    Raises:
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    report = _mine(session, report_id, person_id)
    take_back(session, report, now=now)
    return report


def take_back(session: Session, report: Report, *, now: datetime, into: int | None = None) -> None:
    """Withdraw it, and tell those who were alerted; ``into`` is the report that it turned out to belong to.

    Raises:
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    lifecycle.require_open_to_change(report)
    by = report.reporter_id
    if followers.hand_on(session, report):
        lifecycle.record(session, report, EventKind.HANDED_ON, by=by, now=now)
        notices.left(session, report, by, now=now)
        notices.changed(session, report, now=now)
        return
    people = offering.alerted(session, report)
    facts = {"into": into} if into is not None else None
    lifecycle.move(session, report, Status.WITHDRAWN, kind=EventKind.WITHDRAWN, by=by, now=now, facts=facts)
    offering.close_offers(session, report, now=now)
    open_tasks.drop_all(session, report, by=by, now=now)
    if into is None:
        emergencies.end_with(session, report, now=now)
    else:
        emergencies.move_to(session, report, session.get_one(Report, into), now=now)
    notices.changed(session, report, now=now)
    notices.asked_about(session, report, now=now)
    notices.talk_over(session, report, (), now=now)
    notices.withdrawn(session, report, people, now=now)


def require_concerned(session: Session, *, report_id: int, person_id: int) -> Report:
    """Read a report of one's own, or that one follows, to add to it.

    Raises:
        NotAllowed: it is somebody else's.
    """
    return _concerning(session, report_id, person_id)


def require_mine(session: Session, *, report_id: int, person_id: int) -> Report:
    """Read one's own report to change it.

    Raises:
        NotAllowed: it is somebody else's.
    """
    return _mine(session, report_id, person_id)


def check_open(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """Whether the reporter may still change it.

    Raises:
        NotAllowed, TooLateToChange, ReportEnded: no.
    """
    lifecycle.require_open_to_change(_mine(session, report_id, person_id))


def check_alive(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """Whether the person may still add to it.

    Raises:
        NotAllowed, ReportEnded: no.
    """
    lifecycle.require_alive(_concerning(session, report_id, person_id))


def latest(session: Session, *, person_id: int, since: datetime) -> tuple[int, datetime] | None:
    """The person's newest report, and when it was filed, if that was after ``since`` and it is still alive."""
    row = _LATEST.first(session, person_id=person_id, since=since)
    return None if row is None else (row.id, row.filed_at)


def require_room(session: Session, report: Report, more: Sequence[Attachment]) -> None:
    """Refuse pictures beyond what a report takes.

    Raises:
        TooManyPhotos: it would have too many.
    """
    pictures = sum(one.kind in PICTURES for one in more)
    if pictures and pictures + count_pictures(session, report) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)


def count_pictures(session: Session, report: Report) -> int:
    """How many pictures of its own the report has."""
    held = select(func.count(Attachment.id)).where(
        Attachment.report_id == report.id, Attachment.kind.in_(PICTURES), Attachment.stage != Stage.TALK
    )
    return session.scalar(held) or 0


def _begin(
    session: Session,
    reporter_id: int,
    grid: GridRef | None,
    *,
    code: str,
    words: str | None,
    place: dict[str, Any],  # and what else is not as usual
    now: datetime,
) -> tuple[Report, list[int]]:
    """A new report, and whom it is for.

    It is in the store and not in the session, where it would take eight times as long, and carries no more than what
    tells people of it; whoever goes on with it loads it.
    """
    urgent = is_urgent(code, words)
    level, people = ladder.first(session, grid.id if grid else None)
    values = {
        "reporter_id": reporter_id,
        "grid_id": grid.id if grid else None,
        "category": code,
        "words": words,
        "is_urgent": urgent,
        "level": level,
        "responsible_id": people[0] if people else None,
        "cell": nearby.cell_of((place["latitude"], place["longitude"])),
        "filed_at": now,
        **deadlines.at_filing(code, is_urgent=urgent, hours=worktime.of(session), now=now),
        **_USUAL,
        **place,
    }
    report_id = _FILE.add(session, **values)
    return Report(id=report_id, reporter_id=reporter_id, is_urgent=urgent, level=level), people


def _filed(session: Session, report: Report, facts: dict[str, Any], *, now: datetime) -> None:
    by = report.reporter_id
    lifecycle.record(session, report, EventKind.FILED, by=by, now=now, facts=facts, after=Status.OPEN)


def _beside(session: Session, draft: OpenDraft) -> dict[str, Any]:
    """The living report that the draft asked about, if it was filed without an answer; the receipt asks once more."""
    if draft.join_report_id is None or _STATUS.scalar(session, report_id=draft.join_report_id) not in lifecycle.ACTIVE:
        return {}
    return {"beside": draft.join_report_id, "answers": draft.answers}


def _concerning(session: Session, report_id: int, person_id: int) -> Report:
    """To add to it; what is added to one that was merged belongs to the one in which it goes on."""
    report = lifecycle.load_going_on(session, report_id)
    if report.reporter_id != person_id and not followers.is_one(session, report, person_id):
        raise NotAllowed(report_id=report_id)
    return report


def _mine(session: Session, report_id: int, person_id: int) -> Report:
    report = lifecycle.load(session, report_id)
    if report.reporter_id != person_id:
        raise NotAllowed(report_id=report_id)
    return report


def _categorise(session: Session, report: Report, code: str, *, by: int | None, now: datetime) -> None:
    """Also one that stays what it is may be urgent by what was added to its words."""
    was, was_urgent = report.category, report.is_urgent
    report.category, report.is_urgent = code, is_urgent(code, report.words)
    if (was, was_urgent) == (report.category, report.is_urgent):
        return
    deadlines.recount(report, hours=worktime.of(session), now=now)
    if was != code:
        facts = {"from": was, "to": code}
        lifecycle.record(session, report, EventKind.CATEGORY_CHANGED, by=by, now=now, facts=facts)
    if report.is_urgent and not was_urgent:
        notices.became_urgent(session, report, offering.alerted(session, report), now=now)
