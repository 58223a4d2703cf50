"""Putting a report together from parts that come in any order.

A person has at most one draft. As soon as it has a picture (or the word that there is none) and a place, it is filed:
there is no confirmation step. The draft is the state of the conversation: a restart between two parts loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from services import drafts, lifecycle, notices, reports, talk
from services.county import County, check_place
from services.drafts import OpenDraft
from services.errors import BadPlace, FileTooLarge, NothingToAdd, TooManyPhotos
from services.reports import MOST_PHOTOS, PICTURES
from services.talk import Said
from services.words import append, clean, clean_caption, clean_name
from storage.kinds import Asking, AttachmentKind, EventKind, MediaState, PlaceSource, Stage
from storage.prepared import Prepared
from storage.records import DraftRecord
from storage.schema import Attachment, Report

JOIN_WITHIN = timedelta(minutes=2)
"""How long after a filing a new part may belong to that report."""
STRAGGLER_WITHIN = timedelta(seconds=60)
"""How late a part of an album still joins the report of the others."""
STALE = timedelta(hours=12)
"""A draft that nothing came to for so long is begun anew: today's photo must not be filed at last month's place."""
OLD = timedelta(hours=24)
"""A picture taken longer ago is asked about."""
MOST_BYTES = 20_000_000
"""What a bot may download: https://core.telegram.org/bots/api#getfile says 20 MB."""
OF_A_REPORT = (Asking.JOIN, Asking.ANSWER)
"""What may be asked of a new draft: whether it belongs to a report that there is."""

_File = Row[*tuple[Any, ...]]
"""What `_FILES` says of one attachment of a draft."""

_attachment = Attachment.__table__.c
_FILES = Prepared(  # in the order in which they were sent
    select(
        _attachment.id,
        _attachment.kind,
        _attachment.media_group_id,
        _attachment.media_state,
        _attachment.fetch_attempts,
        _attachment.added_at,
    )
    .where(_attachment.draft_id == bindparam("draft_id"))
    .order_by(_attachment.message_id)
)
_PUT_FILE = Prepared(insert(Attachment.__table__))  # type: ignore[arg-type]
_LOSE_FILE = Prepared(delete(Attachment.__table__).where(_attachment.id == bindparam("lost")))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class File:
    """A picture, voice message or video, as Telegram names it."""

    kind: AttachmentKind
    message_id: int
    file_id: str
    file_unique_id: str
    media_group_id: str | None = None
    caption: str | None = None
    name: str | None = None
    size: int | None = None  # bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A place, WGS-84 degrees."""

    latitude: float
    longitude: float
    source: PlaceSource
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed."""

    text: str


Part = File | Place | Words


class Picture(Protocol):
    """What was read from an image file: `storage.media.Picture`."""

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude, if the picture carries them."""

    @property
    def taken_at(self) -> datetime | None:
        """When it was taken, if it says so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part."""

    filed: int | None = None  # the report that is now filed; the receipt is on its way
    joined: int | None = None  # the report that the part went to
    answered: int | None = None  # the report whose holder it was passed on to
    draft: DraftRecord | None = None  # the draft as it is now, if it is not complete
    note: str | None = None  # the key of a sentence about this part, such as «outside the county»


def take(session: Session, *, person_id: int, part: Part, county: County, now: datetime) -> Outcome:
    """Take one part: it joins its album's report, completes the draft, or waits in the draft for the rest.

    Raises:
        NoWords, WordsTooLong: nothing readable, or too much.
        FileTooLarge: an image file that a bot cannot download.
        TooManyPhotos: the draft or report is full.
    """
    if isinstance(part, File):
        joined = _join_album(session, person_id, part, now=now)
        if joined is not None:
            return Outcome(joined=joined)
    words = clean(part.text) if isinstance(part, Words) else None  # before a draft is opened for nothing
    draft = _open(session, person_id, now=now)
    note, draft.changed_at = None, now
    if isinstance(part, File):
        _put_file(session, draft, part, now=now)
    elif isinstance(part, Place):
        note = _put_place(draft, part, county)
    else:
        draft.words = append(draft.words, words)
    return replace(_file_if_complete(session, draft, county=county, now=now), note=note)


def without_photo(session: Session, *, person_id: int, county: County, now: datetime) -> Outcome:
    """«No photo»: a place alone will do."""
    draft = _require(session, person_id)
    draft.without_photo, draft.changed_at = True, now
    return _file_if_complete(session, draft, county=county, now=now)


def answer_join(session: Session, *, person_id: int, joins: bool, county: County, now: datetime) -> Outcome:
    """The answer to «add to that report (or answer what was asked about it), or a new one?».

    Raises:
        NothingToAdd: there is no draft that asks this.
    """
    draft = _require(session, person_id)
    can_be = (Asking.JOIN,) if joins else OF_A_REPORT
    if draft.asking not in can_be or draft.join_report_id is None:
        raise NothingToAdd
    report = lifecycle.load(session, draft.join_report_id)
    draft.asking = Asking.EXIF_OLD if draft.taken_at is not None else None  # that was still to be asked
    joins = joins and report.status in lifecycle.ACTIVE
    if not joins:
        draft.join_report_id = None
    if not joins or draft.asking is not None:
        return _file_if_complete(session, draft, county=county, now=now)
    return _join(session, draft, report, county=county, now=now)


def take_as_answer(session: Session, *, person_id: int, report_id: int, now: datetime) -> Outcome:
    """What the draft has is what the reporter answers to who holds the report.

    Raises:
        NothingToAdd: there is no draft that asks this.
        NobodyToAnswer, TalkOver: nobody holds the report any more, or it is over.
    """
    draft = _require(session, person_id)
    if draft.asking is not Asking.ANSWER or draft.join_report_id != report_id:
        raise NothingToAdd
    place = None
    if draft.latitude is not None and draft.longitude is not None and draft.place_source is not PlaceSource.EXIF:
        place = draft.latitude, draft.longitude
    said = Said(words=draft.words, attachments=_files(session, draft), place=place)
    talk.answer(session, report_id=report_id, person_id=person_id, said=said, now=now)
    session.flush()
    drafts.end(session, draft)
    return Outcome(answered=report_id)


def _join(session: Session, draft: OpenDraft, report: Report, *, county: County, now: datetime) -> Outcome:
    """Everything that the draft has goes to the report."""
    files = _files(session, draft)
    reports.require_room(session, report, files)
    for file in files:
        reports.add_attachment(session, report, file, now=now)
    if draft.words:
        reports.append_words(session, report, draft.words, now=now)
    is_pinned = draft.place_source not in (None, PlaceSource.EXIF)  # one more picture does not move the report
    if is_pinned and draft.latitude is not None and draft.longitude is not None:
        assert draft.place_source is not None
        reports.change_place(
            session,
            report_id=report.id,
            person_id=draft.person_id,
            latitude=draft.latitude,
            longitude=draft.longitude,
            source=draft.place_source,
            place_name=draft.place_name,
            county=county,
            now=now,
        )
    drafts.end(session, draft)
    return Outcome(joined=report.id)


def answer_picture(session: Session, *, person_id: int, uses: bool, county: County, now: datetime) -> Outcome:
    """The answer to a question about a picture's own time and place: use it as it is, or leave the picture out.

    Raises:
        NothingToAdd: there is no draft that asks.
    """
    draft = _require(session, person_id)
    if draft.asking is not Asking.EXIF_OLD:
        raise NothingToAdd
    if uses:
        if draft.latitude is None and draft.asked_latitude is not None and draft.asked_longitude is not None:
            _put_place(draft, Place(draft.asked_latitude, draft.asked_longitude, PlaceSource.EXIF), county)
    else:
        for file in _files(session, draft):
            if file.kind is AttachmentKind.IMAGE_FILE:
                session.delete(file)
    draft.asking = draft.asked_latitude = draft.asked_longitude = draft.taken_at = None
    draft.changed_at = now
    session.flush()
    if draft.join_report_id is not None:
        report = lifecycle.load(session, draft.join_report_id)
        draft.join_report_id = None
        if report.status in lifecycle.ACTIVE and (draft.words or _files(session, draft)):
            return _join(session, draft, report, county=county, now=now)
    return _file_if_complete(session, draft, county=county, now=now)


def discard(session: Session, *, person_id: int, now: datetime) -> None:
    """Throw the draft away: «start over»."""
    draft = drafts.load(session, person_id)
    if draft is not None:
        _throw_away(session, draft)


def begin(session: Session, *, person_id: int, now: datetime) -> DraftRecord:
    """Open a draft by the button, or look at the one that is open."""
    draft = _open(session, person_id, now=now, asks=False)
    if draft.id is None:
        drafts.write(session, draft)
    return _record(draft, _glance(session, draft))


def look(session: Session, *, person_id: int) -> DraftRecord | None:
    """The person's draft, if there is one."""
    draft = drafts.look(session, person_id)
    return None if draft is None else _record(draft, _glance(session, draft))


def remember_status_message(
    session: Session, *, person_id: int, message_id: int, instead_of: int | None = None
) -> int | None:
    """Note which message shows the draft, so that it can be edited; return the one that is to go, if there is one.

    ``instead_of`` showed it when this one was written. Where yet another does by now, that one is newer and this one
    is to go; and so it is where the draft was filed or thrown away meanwhile.
    """
    before = drafts.shown_in(session, person_id)
    if before is None or before[0] not in (None, instead_of, message_id):
        return message_id
    drafts.show_in(session, person_id, message_id)
    return before[0] if before[0] != message_id else None


def replace_status_message(session: Session, *, person_id: int, message_id: int) -> int | None:
    """Note which message shows the draft, whatever did before; return that one, if it is another."""
    before = drafts.shown_in(session, person_id)
    if before is None:
        return None
    drafts.show_in(session, person_id, message_id)
    return before[0] if before[0] != message_id else None


def picture_read(session: Session, *, attachment: Attachment, picture: Picture, county: County, now: datetime) -> None:
    """An image file was fetched and read: its place and time are used, or asked about; never trusted silently."""
    if attachment.report_id is not None:
        report = session.get_one(Report, attachment.report_id)
        if attachment.stage is Stage.TALK:
            talk.pass_on_picture(session, report, attachment, now=now)
        else:
            people = reports.who_sees(session, report, attachment)
            notices.photos_added(session, report, people, attachment, now=now)
        return
    draft = drafts.load(session, attachment.person_id)
    if draft is None:
        return
    place = picture.place
    if place is not None and draft.latitude is None:
        try:
            check_place(*place)
            inside = county.contains(*place)
        except BadPlace:
            inside, place = False, None
        if place is not None and not inside:
            draft.asking = draft.asking or Asking.EXIF_OUTSIDE
            place = None
    else:
        place = None
    if picture.taken_at is not None and now - picture.taken_at > OLD:
        draft.taken_at = picture.taken_at
        if draft.asking not in OF_A_REPORT:  # one question at a time
            draft.asking = Asking.EXIF_OLD
        if place is not None:
            draft.asked_latitude, draft.asked_longitude = place
    elif place is not None:
        _put_place(draft, Place(*place, PlaceSource.EXIF), county)
    draft.changed_at = now
    _file_or_tell(session, draft, county=county, now=now)


def picture_unread(session: Session, *, attachment: Attachment, county: County, now: datetime) -> None:
    """An image file could not be fetched yet: the draft no longer waits for what it may carry."""
    draft = drafts.load(session, attachment.person_id) if attachment.draft_id is not None else None
    if draft is not None:
        _file_or_tell(session, draft, county=county, now=now)


def picture_bad(session: Session, *, attachment: Attachment, county: County, now: datetime) -> None:
    """A file that was sent as a picture is none, or can no longer be had: it does not count, and one is told."""
    report = session.get_one(Report, attachment.report_id) if attachment.report_id is not None else None
    if report is not None:
        lifecycle.record(session, report, EventKind.PHOTO_BAD, by=None, now=now, facts={"name": attachment.file_name})
    notices.picture_bad(session, attachment.person_id, name=attachment.file_name, report=report, now=now)
    draft = drafts.load(session, attachment.person_id) if attachment.draft_id is not None else None
    if draft is not None:
        _file_or_tell(session, draft, county=county, now=now)


def _record(draft: OpenDraft, files: Sequence[_File]) -> DraftRecord:
    good = [file for file in files if not _is_lost(file)]
    return DraftRecord(
        photos=sum(file.kind in PICTURES for file in good),
        files=sum(file.kind not in PICTURES for file in good),
        reading=sum(_is_unread(file) for file in good),
        words=draft.words,
        latitude=draft.latitude,
        longitude=draft.longitude,
        place_source=draft.place_source,
        place_name=draft.place_name,
        without_photo=draft.without_photo,
        asking=draft.asking,
        join_report_id=draft.join_report_id,
        status_message_id=draft.status_message_id,
        taken_at=draft.taken_at,
    )


def attachment_of(person_id: int, file: File, *, stage: Stage, now: datetime) -> Attachment:
    """A row for a file; not in the session yet, and of no draft or report.

    Raises:
        FileTooLarge: an image file that a bot cannot download.
    """
    return Attachment(**_row_of(person_id, file, stage=stage, now=now))


def _row_of(person_id: int, file: File, *, stage: Stage, now: datetime) -> dict[str, Any]:
    if file.kind is AttachmentKind.IMAGE_FILE and (file.size or 0) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // 1_000_000)
    return {
        "person_id": person_id,
        "kind": file.kind,
        "stage": stage,
        "message_id": file.message_id,
        "media_group_id": file.media_group_id,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_name": clean_name(file.name) if file.name else None,
        "file_size": file.size,
        "added_at": now,
        "media_state": MediaState.WAITING,
        "fetch_attempts": 0,
        "fetch_at": now,
    }


def _file_or_tell(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> None:
    person_id = draft.person_id
    session.flush()  # what became of the file
    if _file_if_complete(session, draft, county=county, now=now).filed is None:
        notices.draft_changed(session, person_id, now=now)


def _file_if_complete(session: Session, draft: OpenDraft, *, county: County, now: datetime) -> Outcome:
    files = _glance(session, draft)
    state = _record(draft, files)
    has_picture = state.photos > 0 or state.without_photo
    # whether an old picture may be used; and a place that only a picture knows does not settle which report it is of
    is_asking = state.taken_at is not None or (state.asking in OF_A_REPORT and state.place_source is PlaceSource.EXIF)
    if not has_picture or state.latitude is None or state.reading or is_asking:
        drafts.write(session, draft)
        return Outcome(draft=state)
    lost = [{"lost": file.id} for file in files if _is_lost(file)]
    _LOSE_FILE.run_all(session, lost)
    has_album = any(file.media_group_id and now - file.added_at < notices.ALBUM_WAIT for file in files)
    photos = len(files) - len(lost)
    report = reports.file(session, draft, photos=photos, has_album=has_album, county=county, now=now)
    return Outcome(filed=report.id)


def _require(session: Session, person_id: int) -> OpenDraft:
    draft = drafts.load(session, person_id)
    if draft is None:
        raise NothingToAdd
    return draft


def _open(session: Session, person_id: int, *, now: datetime, asks: bool = True) -> OpenDraft:
    """The person's draft; a new one (not written yet) asks whether it belongs to a report of a moment ago."""
    draft = drafts.load(session, person_id)
    if draft is not None and now - draft.changed_at > STALE:
        _throw_away(session, draft)
        draft = None
    if draft is None:
        asking, report_id = _what_to_ask(session, person_id, now=now) if asks else (None, None)
        draft = OpenDraft(person_id, opened_at=now, changed_at=now, asking=asking, join_report_id=report_id)
    return draft


def _what_to_ask(session: Session, person_id: int, *, now: datetime) -> tuple[Asking | None, int | None]:
    """Whatever was last: the person filed a report, or was asked about one."""
    filed = reports.latest(session, person_id=person_id, since=now - JOIN_WITHIN)
    asked = talk.latest_question(session, person_id=person_id, now=now)
    if asked is not None and (filed is None or asked[1] >= filed[1]):
        return Asking.ANSWER, asked[0]
    return (None, None) if filed is None else (Asking.JOIN, filed[0])


def _throw_away(session: Session, draft: OpenDraft) -> None:
    for file in _files(session, draft):
        session.delete(file)
    session.flush()
    drafts.end(session, draft)


def _files(session: Session, draft: OpenDraft) -> list[Attachment]:
    """In the order in which they were sent."""
    return list(
        session.scalars(select(Attachment).where(Attachment.draft_id == draft.id).order_by(Attachment.message_id))
    )


def _glance(session: Session, draft: OpenDraft) -> Sequence[_File]:
    """What decides about the draft's files: a look that costs less than `_files`."""
    if draft.id is None:
        return ()
    return _FILES.all(session, draft_id=draft.id)


def _is_lost(file: _File) -> bool:
    """No picture at all, or an image file that can no longer be had (only its copy could have been passed on)."""
    is_gone = file.media_state is MediaState.GONE and file.kind is AttachmentKind.IMAGE_FILE
    return file.media_state is MediaState.BAD or is_gone


def _is_unread(file: _File) -> bool:
    waiting = file.media_state is MediaState.WAITING and file.fetch_attempts == 0
    return waiting and file.kind is AttachmentKind.IMAGE_FILE


def _put_file(session: Session, draft: OpenDraft, file: File, *, now: datetime) -> None:
    draft.words = append(draft.words, clean_caption(file.caption))
    if len(_glance(session, draft)) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    if draft.id is None:
        drafts.write(session, draft)
    row = _row_of(draft.person_id, file, stage=Stage.BEFORE, now=now)
    _PUT_FILE.run(session, **row, draft_id=draft.id)


def _put_place(draft: OpenDraft, place: Place, county: County) -> str | None:
    """Put the place in; return the key of what is wrong with it, if it cannot be."""
    try:
        check_place(place.latitude, place.longitude)
    except BadPlace as problem:
        return problem.key
    if not county.contains(place.latitude, place.longitude):
        return "error-outside"
    draft.latitude, draft.longitude = place.latitude, place.longitude
    draft.place_source = place.source
    draft.place_name = clean_name(place.name, most=300) if place.name else None
    if draft.asking is Asking.EXIF_OUTSIDE:
        draft.asking = None
    return None


def _join_album(session: Session, person_id: int, file: File, *, now: datetime) -> int | None:
    """Add a straggler to the report that the rest of its album is in; return the report."""
    if file.media_group_id is None:
        return None
    sibling = session.scalar(
        select(Attachment)
        .where(
            Attachment.person_id == person_id,
            Attachment.media_group_id == file.media_group_id,
            Attachment.report_id.is_not(None),
            Attachment.added_at >= now - STRAGGLER_WITHIN,
        )
        .order_by(Attachment.id.desc())
        .limit(1)
    )
    if sibling is None or sibling.report_id is None:
        return None
    report = lifecycle.load(session, sibling.report_id)
    attachment = attachment_of(person_id, file, stage=sibling.stage, now=now)
    if sibling.stage is Stage.TALK:
        talk.join_album(session, report, attachment, now=now)
        return report.id
    reports.require_room(session, report, [attachment])
    reports.add_attachment(session, report, attachment, now=now)
    words = clean_caption(file.caption)
    if words and sibling.stage is Stage.BEFORE:
        reports.append_words(session, report, words, now=now)
    return report.id
