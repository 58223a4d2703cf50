"""What a reporter does with a report that is filed: add to it, change it, take it back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import followers, lifecycle, nearby, notices, offering, urgency
from services.county import County, check_place
from services.errors import NotAllowed, NotPossible, OutsideCounty, TooManyPhotos
from services.parts import MOST_PHOTOS
from services.words import append, clean, clean_caption
from storage.categories import all_categories, is_urgent
from storage.kinds import PICTURES, AttachmentKind, EventKind, MediaState, PlaceSource, Stage
from storage.schema import Attachment, Report

PAGE = 6
"""Reports on one page of a list: a screen of a small phone."""


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

    Words may make it urgent; while nobody has accepted, a category that was not recognised is guessed again.

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
    urgency.heard(session, report, words, now=now)
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
    urgent = is_urgent(code, report.words) or urgency.took_in(session, report)
    urgency.change(session, report, code, is_urgent=urgent, by=person_id, now=now)
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
        Attachment.report_id == report.id,
        Attachment.kind.in_(PICTURES),
        Attachment.stage.in_((Stage.BEFORE, Stage.AFTER)),
    )
    return session.scalar(held) or 0


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
