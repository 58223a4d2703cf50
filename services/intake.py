"""Putting a report together from parts that come in any order.

A person has at most one draft. As soon as it has a picture (or the word that there is none) and a place, it is filed:
there is no confirmation step. The draft is the state of the conversation: a restart between two parts loses nothing.
What follows from a change is in `services/filing.py`, what image files say of themselves in `services/pictures.py`.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services import albums, draft_contents, draft_places, drafts, filing, lately, new_reports, talk
from services.county import County, grid_in_store
from services.drafts import OpenDraft
from services.errors import NothingToAdd, QuestionOver, TooManyPhotos
from services.merchants import riders
from services.parts import MOST_PHOTOS, File, Outcome, Part, Place, Words, row_of
from services.talk import Said
from services.words import append, clean, clean_caption
from storage.categories import OTHER, guess
from storage.kinds import Asking, PlaceSource, Stage
from storage.prepared import Prepared
from storage.records import DraftRecord
from storage.schema import Attachment

JOIN_WITHIN = timedelta(minutes=2)
"""How long after a filing a new part may belong to that report."""
BURST = timedelta(seconds=4)
"""Parts that follow each other more closely are one series: the draft is shown in one place meanwhile."""

_PUT_FILE = Prepared(insert(Attachment.__table__))  # type: ignore[arg-type]


def take(session: Session, *, person_id: int, part: Part, county: County, now: datetime) -> Outcome:
    """Take one part: it joins its album's report, completes the draft, or waits in the draft for the rest.

    Raises:
        NoWords, WordsTooLong: nothing readable, or too much.
        FileTooLarge: an image file that a bot cannot download.
        TooManyPhotos: the draft or report is full.
    """
    if isinstance(part, File):
        joined = albums.straggler(session, person_id, part, now=now)
        if joined is not None:
            return Outcome(joined=joined)
    words = clean(part.text) if isinstance(part, Words) else None  # before a draft is opened for nothing
    draft = _open(session, person_id, now=now)
    is_quick = draft.id is not None and now - draft.changed_at < BURST
    is_blue = isinstance(part, Place) and _has_nothing_else(session, draft)
    note, draft.changed_at = None, now
    if isinstance(part, File):
        _put_file(session, draft, part, now=now)
    elif isinstance(part, Place):
        note = draft_places.put_place(draft, part, county)
    else:
        draft.words = append(draft.words, words)
    outcome = filing.proceed(session, draft, county=county, now=now)
    return replace(outcome, note=note, is_quick=is_quick, is_blue=is_blue)


def without_photo(session: Session, *, person_id: int, county: County, now: datetime) -> Outcome:
    """«No photo»: a place alone will do.

    Raises:
        NothingToAdd: there is no draft.
    """
    draft = _require(session, person_id)
    draft.without_photo, draft.changed_at = True, now
    return filing.proceed(session, draft, county=county, now=now)


def answer_join(session: Session, *, person_id: int, joins: bool, county: County, now: datetime) -> Outcome:
    """The answer to «add to that report (or answer what was asked about it), or a new one?».

    A place outside the county joins nothing, and that is said.

    Raises:
        QuestionOver: there is no draft that asks (any more).
        TooManyPhotos: the report would have too many.
        TooLateToChange: the draft has a place, and an officer is already on the way.
    """
    draft = drafts.load(session, person_id)
    can_be = (Asking.JOIN,) if joins else draft_contents.OF_A_REPORT
    if draft is None or filing.look(session, draft).asking not in can_be:
        raise QuestionOver
    draft.joins = joins
    if not joins:
        draft.not_same_id, draft.join_report_id, draft.answers = draft.join_report_id, None, False
    outcome = filing.proceed(session, draft, county=county, now=now)
    is_wrong_pin = draft.is_outside and draft.place_source is not PlaceSource.EXIF
    return replace(outcome, note="error-outside") if outcome.joined and is_wrong_pin else outcome


def take_as_answer(session: Session, *, person_id: int, report_id: int, now: datetime) -> Outcome:
    """What the draft has is what the reporter answers to who holds the report.

    Raises:
        QuestionOver: there is no draft that asks this (any more).
        NobodyToAnswer, TalkOver: nobody holds the report any more, or it is over.
    """
    draft = drafts.load(session, person_id)
    is_asked = draft is not None and filing.look(session, draft).asking is Asking.ANSWER
    if draft is None or not is_asked or draft.join_report_id != report_id:
        raise QuestionOver
    said = _said(session, draft)
    talk.answer(session, report_id=report_id, person_id=person_id, said=said, now=now)
    session.flush()
    drafts.end(session, draft)
    return Outcome(answered=report_id)


def take_as_question(session: Session, *, person_id: int, report_id: int, now: datetime) -> None:
    """What the draft has is what the holder of the report says to its reporter.

    Raises:
        NothingToAdd: there is no draft, or nothing in it.
        NotAllowed, NobodyToAnswer, TalkOver: the report is not his, or it is over.
    """
    draft = _require(session, person_id, report_id=report_id)
    if draft_contents.is_empty(session, draft):
        raise NothingToAdd
    talk.ask(session, report_id=report_id, officer_id=person_id, said=_said(session, draft), now=now)
    session.flush()
    drafts.end(session, draft)


def take_team(session: Session, *, person_id: int, county: County, now: datetime) -> Outcome:
    """What was taken for the name of a rider's team was a hazard: it becomes part of a report.

    Raises:
        NothingToAdd: the name of the team is not one that may be a hazard.
    """
    team = riders.forget_team(session, person_id=person_id, now=now)
    if team is None or guess(team) == OTHER:
        raise NothingToAdd
    return take(session, person_id=person_id, part=Words(team), county=county, now=now)


def discard(session: Session, *, person_id: int, now: datetime) -> None:
    """Throw the draft away: «start over»."""
    draft = drafts.load(session, person_id)
    if draft is not None:
        drafts.throw_away(session, draft)


def begin(session: Session, *, person_id: int, county: County, now: datetime) -> DraftRecord:
    """Open a draft by the button, or look at the one that is open."""
    draft = _open(session, person_id, now=now, asks=False)
    if draft.id is None:
        drafts.write(session, draft)
    return draft_contents.named(filing.look(session, draft, now=now), county.grid_at)


def look(session: Session, *, person_id: int, now: datetime | None = None) -> DraftRecord | None:
    """The person's draft, if there is one; given ``now``, also whether the person is suspended."""
    draft = drafts.look(session, person_id)
    if draft is None:
        return None
    return draft_contents.named(filing.look(session, draft, now=now), partial(grid_in_store, session))


def may_belong(session: Session, *, person_id: int, is_answer: bool, now: datetime) -> bool:
    """Whether what the person sends now may be part of something: a draft, an answer, a report of a moment ago, a talk.

    What says so little that it can only be an answer (``is_answer``) is part of the first two alone.
    """
    draft = drafts.look(session, person_id)
    if draft is not None and now - draft.changed_at <= drafts.STALE:
        return True
    report, is_asked = _what_to_ask(session, person_id, now=now)
    if is_answer or is_asked:
        return is_asked
    return report is not None or bool(lately.cases(session, person_id=person_id, now=now))


def is_free(session: Session, *, person_id: int, now: datetime) -> bool:
    """Whether words may be no part of anything: no draft is open, and nothing was filed, asked or accepted so lately
    that they may be about that.
    """
    draft = drafts.look(session, person_id)
    if draft is not None and now - draft.changed_at <= drafts.STALE:
        return False
    about, _ = _what_to_ask(session, person_id, now=now)
    return about is None and not lately.cases(session, person_id=person_id, now=now)


def _has_nothing_else(session: Session, draft: OpenDraft) -> bool:
    """Whether it is a new one, or has a place and nothing besides; one that was begun by the key is a report."""
    return draft.id is None or draft_contents.has_only_place(session, draft)


def _said(session: Session, draft: OpenDraft) -> Said:
    """All that it has; a place that only a picture knows is not said."""
    place = None
    if draft.latitude is not None and draft.longitude is not None and draft.place_source is not PlaceSource.EXIF:
        place = draft.latitude, draft.longitude
    return Said(words=draft.words, attachments=drafts.files(session, draft), place=place)


def _require(session: Session, person_id: int, *, report_id: int | None = None) -> OpenDraft:
    draft = drafts.load(session, person_id, report_id=report_id)
    if draft is None:
        raise NothingToAdd
    return draft


def _open(session: Session, person_id: int, *, now: datetime, asks: bool = True) -> OpenDraft:
    """The person's draft; a new one (not written yet) asks whether it belongs to a report of a moment ago."""
    draft = drafts.load(session, person_id)
    if draft is not None and now - draft.changed_at > drafts.STALE:
        drafts.throw_away(session, draft)
        draft = None
    if draft is None:
        draft = OpenDraft(person_id, opened_at=now, changed_at=now)
        if asks:
            draft.join_report_id, draft.answers = _what_to_ask(session, person_id, now=now)
    return draft


def _what_to_ask(session: Session, person_id: int, *, now: datetime) -> tuple[int | None, bool]:
    """Whatever was last: the person filed a report, or was asked about one. The second: whether he was asked."""
    filed = new_reports.latest(session, person_id=person_id, since=now - JOIN_WITHIN)
    asked = lately.question(session, person_id=person_id, now=now)
    if asked is not None and (filed is None or asked[1] >= filed[1]):
        return asked[0], True
    return (None if filed is None else filed[0]), False


def _put_file(session: Session, draft: OpenDraft, file: File, *, now: datetime) -> None:
    draft.words = append(draft.words, clean_caption(file.caption))
    if draft_contents.count_files(session, draft) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    if draft.id is None:
        drafts.write(session, draft)
    row = row_of(draft.person_id, file, stage=Stage.BEFORE, now=now)
    _PUT_FILE.run(session, **row, draft_id=draft.id)
