"""What is broken at a place becomes a report like any other, and the place shows it until that has ended.

Whoever adds a way for a report to end calls `end_with`, or `move_to` where it goes on as another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import followers, following, joining, lifecycle, new_reports, notices, suspensions
from services.county import County
from services.drafts import OpenDraft
from services.errors import FollowsAlready, ReportsNothing
from services.parts import File, attachment_of
from services.places import catalogue, doubts, keepers, states
from services.places.errors import PlaceGone, PlaceOutside
from services.words import append, clean_caption
from storage.categories import guess, is_urgent
from storage.facilities import broken, facilities
from storage.kinds import PlaceSource, Stage, Status
from storage.places_kinds import Voice
from storage.records import number
from storage.schema import Attachment, PlaceFacility, PlaceFault, Report, ServicePlace

CATEGORY = "facility"
"""Of `data/categories.toml`."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The report, and whether it is a new one: else the person follows it, or has reported it himself."""

    report_id: int
    is_new: bool


def known(session: Session, *, place_id: int, facility: str, county: County) -> int | None:
    """The report that goes on about this, if there is one: what may be reported there.

    Raises:
        PlaceGone, NoSuchFacility, PlaceOutside: as `begin` says.
    """
    place = session.get(ServicePlace, place_id)
    if place is None or place.removed_at is not None:
        raise PlaceGone
    _require(session, place, facility, county)
    return _going_on(session, place_id, facility)


def begin(
    session: Session,
    *,
    person_id: int,
    place_id: int,
    facility: str,
    photo: File | None = None,
    words: str | None = None,
    county: County,
    now: datetime,
) -> Begun:
    """Report that something of the place is broken; where a report says so already, follow that one.

    Raises:
        PlaceGone: the place is not there any more.
        NoSuchFacility: it has no such thing.
        PlaceOutside: it lies outside of the county.
        ReportsNothing: the person is suspended; following goes on.
        FollowsAlready: he has part in that report already, and sent nothing more.
        WordsTooLong: they do not fit.
    """
    said = append(clean_caption(words), clean_caption(photo.caption if photo is not None else None))
    other = known(session, place_id=place_id, facility=facility, county=county)
    if other is not None:  # reports are locked before places
        return _follow(session, other, person_id, photo, said, now=now)
    place = catalogue.lock(session, place_id)
    _require(session, place, facility, county)
    other = _going_on(session, place_id, facility)
    if other is not None:  # somebody was a moment earlier
        return _follow(session, other, person_id, photo, said, now=now)
    held = suspensions.current(session, person_id, now=now)
    if held is not None:
        raise ReportsNothing(phone=held.phone)
    report_id = _file(session, place, facility, person_id, photo, said, county=county, now=now)
    voice = keepers.voice_of(session, person_id=person_id, place_id=place_id)
    _break(session, place, facility, report_id, by=voice or Voice.VISITOR, now=now)
    if voice is not None:  # he has looked, as `states.say_facility` has it
        doubts.end(session, place, now=now)
    told = [one for one in keepers.of(session, place_id) if one != person_id]
    notices.place_fault(session, told, place_id=place_id, facility=facility, report_id=report_id, now=now)
    return Begun(report_id, is_new=True)


def say_broken(
    session: Session, *, person_id: int, place_id: int, facility: str, county: County, now: datetime
) -> Begun:
    """Who looks after the place says that something is broken: the place shows it at once, and a report is made.

    Where a report goes on about this already, the place shows that one again.

    Raises:
        NotKeeper: as `keepers.require` says.
        PlaceGone, NoSuchFacility, PlaceOutside, ReportsNothing: as `begin` says.
    """
    keepers.require(session, person_id=person_id, place_id=place_id)
    other = known(session, place_id=place_id, facility=facility, county=county)
    if other is None:
        return begin(session, person_id=person_id, place_id=place_id, facility=facility, county=county, now=now)
    lifecycle.load_going_on(session, other)  # reports are locked before places
    states.say_facility(session, person_id=person_id, place_id=place_id, facility=facility, works=False, now=now)
    again(session, other, other, now=now)
    return Begun(other, is_new=False)


def end_with(session: Session, report: Report, *, now: datetime) -> None:
    """The report, which is locked, has ended: the place shows it no more.

    What is closed is fixed, and what visitors said of it is over. What was withdrawn or rejected was only somebody's
    word: where a keeper says that it is broken, it stays so.
    """
    faults = _open_faults(session, report.id)
    places = catalogue.lock_all(session, [fault.place_id for fault in faults])
    for fault in faults:
        fault.fixed_at = now
        session.flush()
        one = session.get(PlaceFacility, (fault.place_id, fault.facility))
        if one is None:
            continue
        is_over = not _is_open(session, fault)
        is_fixed = report.status is Status.CLOSED or one.changed_by is Voice.VISITOR
        if one.is_broken and is_fixed and is_over:
            one.is_broken, one.changed_at, one.changed_by = False, now, Voice.OFFICER
        if report.status is Status.CLOSED and is_over:
            doubts.fixed(session, places[fault.place_id], fault.facility, now=now)
        catalogue.touch(session, places[fault.place_id])


def move_to(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """The report goes on as another one, and so does what it is about."""
    faults = _open_faults(session, report.id)
    places = catalogue.lock_all(session, [fault.place_id for fault in faults])
    for fault in faults:
        fault.fixed_at = now
        _point_at(session, target.id, fault.place_id, fault.facility)
        catalogue.touch(session, places[fault.place_id])


def again(session: Session, old_id: int, report_id: int, *, now: datetime) -> None:
    """The report ``old_id`` goes on, or what it was about broke again, as ``report_id``: the place shows it again."""
    of_old = select(PlaceFault).where(PlaceFault.report_id == old_id).order_by(PlaceFault.place_id)
    faults = session.scalars(of_old).all()
    places = catalogue.lock_all(session, [fault.place_id for fault in faults])
    for fault in faults:
        place, one = places[fault.place_id], session.get(PlaceFacility, (fault.place_id, fault.facility))
        if one is not None and place.removed_at is None:
            _break(session, place, fault.facility, report_id, by=Voice.VISITOR, now=now)


def _require(session: Session, place: ServicePlace, facility: str, county: County) -> None:
    catalogue.require_facility(session, place.id, facility)
    if not county.contains(place.latitude, place.longitude):
        raise PlaceOutside


def _going_on(session: Session, place_id: int, facility: str) -> int | None:
    """The report about this that somebody works on, or should; also one of which a keeper says that it is fixed."""
    its = (PlaceFault.place_id == place_id, PlaceFault.facility == facility, Report.status.in_(lifecycle.ACTIVE))
    chosen = select(Report.id).join(PlaceFault, PlaceFault.report_id == Report.id).where(*its)
    return session.scalar(chosen.order_by(Report.id).limit(1))


def _open_faults(session: Session, report_id: int) -> Sequence[PlaceFault]:
    chosen = select(PlaceFault).where(PlaceFault.report_id == report_id, PlaceFault.fixed_at.is_(None))
    return session.scalars(chosen.order_by(PlaceFault.place_id, PlaceFault.facility)).all()


def _is_open(session: Session, fault: PlaceFault) -> bool:
    """Whether another report says that the same is broken."""
    its = (PlaceFault.place_id == fault.place_id, PlaceFault.facility == fault.facility, PlaceFault.fixed_at.is_(None))
    return session.scalar(select(PlaceFault.report_id).where(*its).limit(1)) is not None


def _file(
    session: Session,
    place: ServicePlace,
    facility: str,
    person_id: int,
    photo: File | None,
    said: str | None,
    *,
    county: County,
    now: datetime,
) -> int:
    """By the one way in which reports are made. Its words begin with what is broken, in both languages: an officer
    and a reporter may speak different ones.
    """
    draft = OpenDraft(person_id, opened_at=now, changed_at=now, without_photo=photo is None)
    draft.latitude, draft.longitude = place.latitude, place.longitude
    draft.place_source, draft.place_name = PlaceSource.VENUE, _in_both(place.name_zh, place.name_en)
    draft.words = append(_in_both(*broken(facility)), said)
    code = _category(facility, said)
    has_album = photo is not None and photo.media_group_id is not None
    filed = new_reports.file(
        session, draft, code=code, photos=int(photo is not None), has_album=has_album, county=county, now=now
    )
    if photo is not None:
        session.add(_attached(person_id, photo, filed, now=now))
        session.flush()
    return filed


def _category(facility: str, said: str | None) -> str:
    """A charger on fire is a fire; one whose socket is dead is no exposed wire."""
    words = (said or "").lower()
    known = facilities().get(facility)
    for part in known.parts if known is not None else ():
        words = words.replace(part, " ")
    hazard = guess(words)
    return hazard if is_urgent(hazard, words) else CATEGORY


def _break(session: Session, place: ServicePlace, facility: str, report_id: int, *, by: Voice, now: datetime) -> None:
    """The place, which is locked, shows it; where it was broken before, who said so stands."""
    _point_at(session, report_id, place.id, facility)
    one = session.get_one(PlaceFacility, (place.id, facility))
    if not one.is_broken:
        one.is_broken, one.changed_at, one.changed_by = True, now, by
    catalogue.touch(session, place)


def _point_at(session: Session, report_id: int, place_id: int, facility: str) -> None:
    fault = session.get(PlaceFault, (report_id, place_id, facility))
    if fault is None:
        session.add(PlaceFault(report_id=report_id, place_id=place_id, facility=facility))
    else:
        fault.fixed_at = None
    session.flush()


def _follow(
    session: Session, report_id: int, person_id: int, photo: File | None, said: str | None, *, now: datetime
) -> Begun:
    """What was sent goes to that report; a keeper who had said that it works again was wrong, or it broke again."""
    report = lifecycle.load_going_on(session, report_id)
    is_mine = report.reporter_id == person_id
    if not (photo or said) and (is_mine or followers.is_one(session, report, person_id)):
        raise FollowsAlready(number=number(report.id))
    again(session, report.id, report.id, now=now)
    files = [_attached(person_id, photo, report.id, now=now)] if photo is not None else []
    if is_mine:
        joining.add(session, report, files, said, by=person_id, now=now)
    else:
        session.add_all(files)
        session.flush()
        following.follow(session, report, person_id, files=files, words=said, now=now)
    return Begun(report.id, is_new=False)


def _attached(person_id: int, photo: File, report_id: int, *, now: datetime) -> Attachment:
    made = attachment_of(person_id, photo, stage=Stage.BEFORE, now=now)
    made.report_id = report_id
    return made


def _in_both(*names: str) -> str:
    return " · ".join(dict.fromkeys(names))
