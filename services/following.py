"""«The same», «Another one», and following a report that somebody else sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from services import county as land
from services import (
    distance,
    drafts,
    filing,
    followers,
    joining,
    lifecycle,
    nearby,
    notices,
    offering,
    one_by_one,
    reports,
    urgency,
)
from services.county import County
from services.drafts import OpenDraft
from services.errors import FollowsAlready, NotFollowing, NothingToAdd, NotPossible, WordsTooLong
from services.parts import MOST_PHOTOS, Outcome
from services.words import append
from storage.kinds import EventKind
from storage.records import number
from storage.schema import Attachment, Report

AT_ONCE = 50
"""Drafts that one tick files, in one transaction."""


def same(session: Session, *, person_id: int, report_id: int, county: County, now: datetime) -> Outcome:
    """«The same»: what the draft has goes to that report, and the person follows it; to one's own it is only added.

    If that report ended meanwhile, the draft goes on as if it had not been there, and that is said.

    Raises:
        NothingToAdd: there is no draft that asks (any more).
        FollowsAlready: it was said before.
        NotPossible: the report is not near.
    """
    draft = drafts.load(session, person_id, report_id=report_id)
    report = lifecycle.load_going_on(session, report_id)
    if draft is None or draft.file_at is None or draft.latitude is None:
        if report.reporter_id == person_id or followers.is_one(session, report, person_id):
            raise FollowsAlready(number=number(report.id))
        raise NothingToAdd
    _require_near(session, draft, report)
    draft.changed_at = now
    if report.status not in lifecycle.ACTIVE:
        return replace(filing.proceed(session, draft, county=county, now=now), note=filing.ENDED)
    if report.reporter_id == person_id:
        joining.join(session, draft, report, county=county, now=now, moves=False)
        return Outcome(joined=report.id)
    _join(session, draft, report, now=now)
    return Outcome(followed=report.id)


def another(session: Session, *, person_id: int, county: County, now: datetime) -> Outcome:
    """«Another one»: the draft is filed.

    Raises:
        NothingToAdd: there is no draft that asks (any more).
    """
    draft = drafts.load(session, person_id)
    if draft is None or draft.file_at is None:
        raise NothingToAdd
    draft.is_another, draft.changed_at = True, now
    return filing.proceed(session, draft, county=county, now=now)


def leave(session: Session, *, report_id: int, person_id: int, now: datetime) -> Report:
    """Follow it no more; what was added stays.

    Raises:
        NotFollowing: the person does not.
    """
    report = lifecycle.load_going_on(session, report_id)
    if not followers.remove(session, report, person_id):
        raise NotFollowing(number=number(report.id))
    lifecycle.record(session, report, EventKind.UNFOLLOWED, by=person_id, now=now)
    notices.left(session, report, person_id, now=now)
    notices.changed(session, report, now=now)
    return report


def file_unanswered(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """File the drafts whose question was not answered in time; return how many there were: a job of the clock.

    One that cannot be filed holds up no other: it is tried again a minute later.
    """
    waiting = drafts.load_unanswered(session, now=now, most=most)
    if not waiting:
        return 0
    county = land.load(session)
    assert county is not None

    def file(draft: OpenDraft) -> None:
        filing.file_unanswered(session, draft, county=county, now=now)

    def put_off(draft: OpenDraft) -> None:
        drafts.put_off(session, draft, until=now + one_by_one.AFTER_A_FAILURE)

    return one_by_one.handle(session, waiting, file, put_off=put_off, name=lambda draft: f"draft {draft.id}")


def _require_near(session: Session, draft: OpenDraft, report: Report) -> None:
    assert draft.latitude is not None
    assert draft.longitude is not None
    here, there = (draft.latitude, draft.longitude), (report.latitude, report.longitude)
    # one that was merged lies where it was merged into
    if distance.metres(here, there) > max(nearby.of(session).metres, nearby.MERGED_METRES):
        raise NotPossible(report_id=report.id)


def follow(
    session: Session,
    report: Report,
    person_id: int,
    *,
    files: Sequence[Attachment],
    words: str | None,
    status_message_id: int | None = None,
    now: datetime,
) -> None:
    """Somebody else has the same trouble: what he sent goes to the report, which is locked.

    More pictures than a report takes are kept, but not pushed.
    """
    people, room = offering.alerted(session, report), MOST_PHOTOS - reports.count_pictures(session, report)
    for file in files:
        file.report_id, file.draft_id = report.id, None
    session.flush()
    is_new = followers.add(session, report, person_id, now=now)
    facts = {"photos": len(files), "words": words}
    kind = EventKind.FOLLOWED if is_new else EventKind.WORDS_ADDED if words else EventKind.PHOTOS_ADDED
    lifecycle.record(session, report, kind, by=person_id, now=now, facts=facts)
    for file in files[: max(0, room)]:
        if reports.can_be_passed_on(file):
            notices.photos_added(session, report, people, file, now=now)
    if words:
        _add_words(report, words)
        notices.words_added(session, report, people, words=words, by=person_id, now=now)
        urgency.heard(session, report, words, now=now)
    notices.followed(session, report, person_id, status_message_id=status_message_id, now=now)
    notices.changed(session, report, now=now)


def _join(session: Session, draft: OpenDraft, report: Report, *, now: datetime) -> None:
    """The draft is over: what it has is the report's."""
    files, status = drafts.files(session, draft), draft.status_message_id
    follow(session, report, draft.person_id, files=files, words=draft.words, status_message_id=status, now=now)
    drafts.end(session, draft)


def _add_words(report: Report, words: str) -> None:
    """Where there is no more room below the others', they stand in the timeline alone."""
    try:
        report.words = append(report.words, words)
    except WordsTooLong:
        return
