"""What is read out of the store to be shown: plain frozen records, so that views need no database.

`services/` fills them, `views/` turns them into cards.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from storage.figures import DayDigest, WeekDigest
from storage.kinds import (
    Asking,
    AttachmentKind,
    Deed,
    EventKind,
    Language,
    Level,
    MediaState,
    Message,
    Names,
    OfferState,
    PlaceSource,
    ReporterKind,
    Role,
    Stage,
    Status,
    WaitingFor,
)
from storage.merchant_records import RedemptionRecord, RiderRecord, SettlementRecord
from storage.near_places import NearPlaces, StationRecord
from storage.points_records import CreditRecord
from storage.team_records import AwaitedTask, EmergencyRecord, TaskRecord
from storage.warning_records import Shelter, WarningRecord


@dataclass(frozen=True, slots=True)
class Me:
    """The person that an update comes from."""

    id: int
    telegram_id: int
    name: str
    language: Language
    kind: ReporterKind | None = None  # None: has not said yet
    team: str | None = None
    platform: str | None = None
    roles: frozenset[Role] = frozenset()
    on_duty: bool = True
    is_reachable: bool = True
    menu: str | None = None  # the commands last shown: see `views/menu.py`


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture (or a video or voice message) as it can be passed on."""

    kind: AttachmentKind
    stage: Stage
    file_id: str
    media_state: MediaState = MediaState.WAITING
    media_hash: str | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it goes into an album.

        Image files carry EXIF: they are passed on as a cleaned copy only, which can be made once they are stored.
        """
        if self.kind is AttachmentKind.IMAGE_FILE:
            return self.media_state is MediaState.STORED and self.media_hash is not None
        return self.kind is AttachmentKind.PHOTO

    @property
    def is_clip(self) -> bool:
        """Whether it is a video or voice message, which goes alone."""
        return self.kind in (AttachmentKind.VIDEO, AttachmentKind.VOICE)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One line of a timeline."""

    kind: EventKind
    at: datetime
    by_reporter: bool
    facts: dict[str, Any]
    report_id: int | None = None  # its own number: of a report that was merged, it is not that of the timeline
    is_mine: bool = False  # it was done by the person it is shown to
    by_clock: bool = False  # by nobody: the time for something was over


AGAIN_WITHIN = timedelta(days=14)
"""So long after its end one may say that the same thing broke again."""


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """What the person it is shown to said of the present fix."""

    is_fixed: bool
    rating: int | None  # one to five stars


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report as people see it. The reporter is not in it."""

    id: int
    status: Status
    category: str
    is_urgent: bool
    words: str | None
    latitude: float
    longitude: float
    place_source: PlaceSource
    place_name: str | None
    grid_code: str | None
    grid_name: str | None
    community: str | None
    level: Level
    officer_id: int | None
    officer_name: str | None
    officer_role: Role | None  # as what the officer holds it: of a grid, of the desk, or an administrator
    filed_at: datetime
    accept_by: datetime
    resolve_by: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    accept_spans_closed: bool = False  # the promise to accept it counts office hours, and is longer for that
    resolve_spans_closed: bool = False  # that to fix it
    is_half_gone: bool = False  # of the time to accept it, or to fix it
    is_at_top: bool = False  # its deadline has passed, and there was nobody above to raise it to
    waiting_for: WaitingFor | None = None
    waiting_until: datetime | None = None
    photos: tuple[Photo, ...] = ()
    events: tuple[EventRecord, ...] = ()
    is_mine: bool = False  # the person it is shown to reported it
    follows: bool = False  # the person it is shown to has the same trouble
    round: int = 0  # of the verdict: how often the report has been reopened
    my_verdict: VerdictRecord | None = None
    judge_by: datetime | None = None  # while the fix may be judged: until when
    is_to_decide: bool = False  # by the person it is shown to
    affected: int = 1  # people: the reporter and the followers
    follows_id: int | None = None  # the report of what broke again
    first_words: str | None = None  # that were said of that one
    earlier: tuple[tuple[int, bool], ...] = ()  # the times that it broke before, the latest first; had he a part in it?
    again_id: int | None = None  # the newest report that says so of this one
    again_goes_on: bool = False  # that one is not over
    may_follow_again: bool = False  # nor has the person it is shown to any part in it
    my_offer: OfferState | None = None  # of the person it is shown to
    my_level: Level | None = None  # at which he was asked
    may_join: int | None = None  # a report of the same person that it was filed beside: it may belong to that one
    tasks: tuple[TaskRecord, ...] = ()  # of those who were brought in
    emergency_id: int | None = None  # the one that goes on
    decider: Level | Role | None = None  # of a disputed one: who is to decide, an administrator where he stands in
    decide_by: datetime | None = None  # of a disputed one: by when a lead has to decide
    answer_by: datetime | None = None  # of an open one: by when those who are asked now have to accept or pass it on
    merged_into_id: int | None = None  # in which it goes on
    came_as: int | None = None  # the number that goes on as this one: asked for, or of whom it is shown to
    maybe_same_id: int | None = None  # an open one that its reporter may say it is the same as


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """One person who was asked about a report, and what became of the alerts."""

    name: str
    level: Level
    asked_at: datetime
    delivered_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None
    passed_on: bool  # that was the answer
    pushes: int  # alerts that reached the phone
    waits: bool  # one is on its way
    is_lost: bool  # one could not be delivered
    in_list: bool  # there was no alert of its own, but a list of what is overdue


@dataclass(frozen=True, slots=True)
class Suspended:
    """Nothing of a person's is filed for a while."""

    id: int
    until: datetime
    reports: tuple[int, ...]  # were found false
    phone: str  # of the county desk


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One line of the audit log. Only who holds a role has a name in it."""

    id: int
    at: datetime
    deed: Deed
    by_id: int | None  # None: Warmgrid itself, or the command line
    by_name: str | None
    person_id: int | None
    person_name: str | None
    report_id: int | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NearReport:
    """An open report near a place, as somebody may see it who has not reported it. Whose it is, is not in it."""

    report_id: int
    category: str
    metres: int
    filed_at: datetime
    is_mine: bool = False  # the person it is shown to reported it
    photo: Photo | None = None  # one that can be passed on


@dataclass(frozen=True, slots=True)
class OldPicture:
    """A picture that was taken long before it was sent, and is asked about."""

    message_id: int
    name: str | None  # of the file
    taken_at: datetime
    place: tuple[float, float] | None = None  # latitude and longitude that it carries
    grid: str | None = None  # the name of the grid that this is in


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Pictures of a draft that were taken at another place than it is about."""

    message_id: int  # with which the first of them was sent
    count: int
    metres: int  # between the two places
    place: tuple[float, float]  # latitude and longitude, of the first
    grid: str | None = None  # the name of the grid that this is in


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What a draft has, and what it still needs."""

    photos: int
    files: int  # image files, voice messages, videos
    reading: int  # image files whose place and time are not read yet
    words: str | None
    latitude: float | None
    longitude: float | None
    place_source: PlaceSource | None
    place_name: str | None
    outside: PlaceSource | None  # how a place outside the county was given, if that is all there is
    without_photo: bool
    asking: Asking | None
    join_report_id: int | None
    old: OldPicture | None  # the first one, whatever is asked now
    status_message_id: int | None
    may_ask: tuple[int, ...] = ()  # reports that its sender holds: it may be meant for their reporters
    suspended: Suspended | None = None  # then it is kept and not filed
    near: tuple[NearReport, ...] = ()  # the first ones that it may be the same as: asked about
    fixes: tuple[int, ...] = ()  # reports that its sender has there: it may be the fix of one
    elsewhere: Elsewhere | None = None  # pictures that are asked about
    file_at: datetime | None = None  # when it is filed by itself, if what is asked is not answered
    grid: str | None = None  # the name of the grid that its place is in
    newest: int | None = None  # the message of its newest file


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is needed to put one outbox message into words."""

    to: Me
    message: Message
    facts: dict[str, Any] = field(default_factory=dict)
    report: ReportRecord | None = None
    draft: DraftRecord | None = None
    task: TaskRecord | None = None
    emergency: EmergencyRecord | None = None
    cases: tuple[ReportRecord, ...] = ()  # of a list: the first ones
    many: int = 0  # how many the list has in all
    tasks: tuple[AwaitedTask, ...] = ()  # of a list
    digest: DayDigest | WeekDigest | None = None
    done: frozenset[int] = frozenset()  # of a list that was sent: those in it that are done with
    redemption: RedemptionRecord | None = None
    settled: tuple[SettlementRecord, ...] = ()  # a shop's month, or that of all shops
    named: Names | None = None  # a shop, or a person
    warning: WarningRecord | None = None
    shelters: tuple[Shelter, ...] = ()  # open places near who is warned
    station: StationRecord | None = None  # a service place
    around: NearPlaces | None = None  # service places near where the person is
    credit: CreditRecord | None = None  # points by hand
    rider: RiderRecord | None = None


def number(report_id: int) -> str:
    """The number that people say: `D-000123`."""
    return f"D-{report_id:06d}"
