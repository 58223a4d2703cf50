"""Image files say where and when they were taken: that is used, or asked about; never trusted silently.

What was read is kept with the picture. One that was old when it was sent is doubtful until its sender has said that it
is still so: till then it files nothing, gives no place, and is shown to nobody.
"""

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services import draft_contents, drafts, filing, lifecycle, notices, reports, talk
from services.county import County, check_place
from services.errors import BadPlace, NothingToAdd, QuestionOver
from services.parts import Outcome
from storage.kinds import EventKind, Stage
from storage.schema import Attachment, Report

OLD = timedelta(hours=24)
"""A picture taken longer before it was sent is asked about."""


class Picture(Protocol):
    """What was read from an image file: `storage.media.Picture`."""

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude, if the picture carries them."""

    @property
    def taken_at(self) -> datetime | None:
        """When it was taken, if it says so."""


def read(session: Session, *, attachment: Attachment, picture: Picture, county: County, now: datetime) -> None:
    """An image file was fetched and read."""
    _note(attachment, picture)
    session.flush()
    if attachment.report_id is not None:
        _read_late(session, attachment, county=county, now=now)
        return
    draft = drafts.load(session, attachment.person_id)
    if draft is not None:
        draft.changed_at = now
        filing.proceed_and_tell(session, draft, county=county, now=now)


def unread(session: Session, *, attachment: Attachment, county: County, now: datetime) -> None:
    """An image file could not be fetched yet: the draft no longer waits for what it may carry."""
    session.flush()
    draft = drafts.load(session, attachment.person_id) if attachment.draft_id is not None else None
    if draft is not None:
        filing.proceed_and_tell(session, draft, county=county, now=now)


def bad(session: Session, *, attachment: Attachment, county: County, now: datetime) -> None:
    """A file that was sent as a picture is none, or can no longer be had: it does not count, and one is told.

    A draft that has nothing else is over, and its message goes.
    """
    session.flush()
    person_id, name = attachment.person_id, attachment.file_name
    if attachment.report_id is not None:
        report = session.get_one(Report, attachment.report_id)
        lifecycle.record(session, report, EventKind.PHOTO_BAD, by=None, now=now, facts={"name": name})
        notices.picture_bad(session, person_id, name=name, report=report, now=now)
        return
    draft = drafts.load(session, person_id)
    if draft is None or not draft_contents.is_empty(session, draft):
        notices.picture_bad(session, person_id, name=name, now=now)
        if draft is not None:
            filing.proceed_and_tell(session, draft, county=county, now=now)
    else:
        notices.picture_bad(session, person_id, name=name, deletes=draft.status_message_id, now=now)
        drafts.throw_away(session, draft)


def answer(session: Session, *, person_id: int, message_id: int, uses: bool, county: County, now: datetime) -> Outcome:
    """The answer about the old picture that was sent with this message: it is still so, or it is left out.

    Raises:
        NothingToAdd: that picture is not asked about (any more).
    """
    its = Attachment.person_id == person_id, Attachment.message_id == message_id, Attachment.is_doubtful
    report_id = session.scalar(select(Attachment.report_id).where(*its))
    draft = drafts.load(session, person_id, report_id=report_id)  # before the files, as everywhere
    picture = session.scalar(select(Attachment).where(*its).with_for_update())
    if picture is None:
        raise NothingToAdd
    if uses:
        picture.is_doubtful = False
    else:
        session.delete(picture)
    session.flush()
    if picture.report_id is not None:
        return _answer_late(session, picture, uses=uses, now=now)
    assert draft is not None
    draft.changed_at = now
    if not uses and draft_contents.is_empty(session, draft):
        drafts.throw_away(session, draft)
        return Outcome()
    return filing.proceed(session, draft, county=county, now=now)


def answer_elsewhere(
    session: Session, *, person_id: int, message_id: int, is_second: bool, county: County, now: datetime
) -> Outcome:
    """The answer about pictures that were taken at another place: a report of their own there, or of the same hazard.

    What the draft has otherwise goes on as if they had not been sent, or their own place were not known.

    Raises:
        QuestionOver: the picture that was sent with this message is not asked about (any more).
    """
    draft = drafts.load(session, person_id)
    found = filing.pictures_elsewhere(session, draft, county) if draft is not None else None
    if draft is None or found is None or found[0].message_id != message_id:
        raise QuestionOver
    other, ids = found
    if is_second:
        filing.file_second(session, draft, ids=ids, place=other.place, county=county, now=now)
    else:
        session.execute(update(Attachment).where(Attachment.id.in_(ids)).values(latitude=None, longitude=None))
    draft.changed_at, draft.file_at = now, None
    if draft_contents.is_empty(session, draft):
        drafts.throw_away(session, draft)
        return Outcome()
    return filing.proceed(session, draft, county=county, now=now)


def _note(attachment: Attachment, picture: Picture) -> None:
    """Keep what the picture says, as far as it can be."""
    attachment.taken_at = picture.taken_at
    is_old = picture.taken_at is not None and attachment.added_at - picture.taken_at > OLD
    attachment.is_doubtful = is_old and attachment.stage not in (Stage.TALK, Stage.KEPT)
    if picture.place is not None:
        try:
            check_place(*picture.place)
        except BadPlace:
            return
        attachment.latitude, attachment.longitude = picture.place


def _read_late(session: Session, picture: Attachment, *, county: County, now: datetime) -> None:
    """Of a report: it is passed on, or asked about first."""
    report = session.get_one(Report, picture.report_id)
    if picture.stage is Stage.TALK:
        talk.pass_on_picture(session, report, picture, now=now)
    elif picture.stage is Stage.KEPT:
        return
    elif picture.is_doubtful:
        grid = None
        if picture.latitude is not None and picture.longitude is not None:
            grid = county.grid_at(picture.latitude, picture.longitude)
        notices.picture_old(session, report, picture, grid=grid.name if grid is not None else None, now=now)
    else:
        notices.photos_added(session, report, reports.who_sees(session, report, picture), picture, now=now)


def _answer_late(session: Session, picture: Attachment, *, uses: bool, now: datetime) -> Outcome:
    assert picture.report_id is not None
    report = lifecycle.load(session, picture.report_id)
    if uses:
        notices.photos_added(session, report, reports.who_sees(session, report, picture), picture, now=now)
        return Outcome(joined=report.id)
    lifecycle.record(session, report, EventKind.PHOTO_LEFT_OUT, by=picture.person_id, now=now)
    notices.grew(session, report, now=now)
    return Outcome(left_out_of=report.id)
