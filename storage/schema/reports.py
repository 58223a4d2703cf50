"""Drafts, reports, what is attached to them, and what happened to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import (
    AttachmentKind,
    EventKind,
    Level,
    MediaState,
    Message,
    OfferState,
    PlaceSource,
    Stage,
    Status,
    WaitingFor,
)
from storage.schema.base import Base, BigKey, Word

_ASKS = text("maybe_same_id IS NOT NULL")
_IN_REVIEW = text(f"status = '{Status.REVIEW}'")


class Draft(Base):
    """A report that is being put together: one open draft a person. Emptied when it is filed or thrown away."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    words: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place_source: Mapped[PlaceSource | None] = mapped_column(Word(PlaceSource))
    place_name: Mapped[str | None] = mapped_column(String(300))  # a venue's title and address
    is_outside: Mapped[bool] = mapped_column(default=False, server_default=false())  # the place: shown, not used
    without_photo: Mapped[bool] = mapped_column(default=False)  # the person said so
    join_report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # the report asked about
    joins: Mapped[bool] = mapped_column(default=False, server_default=false())  # it is to be added to that one
    answers: Mapped[bool] = mapped_column(default=False, server_default=false())  # its holder has asked something
    not_same_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # is another than this: was said
    is_another: Mapped[bool] = mapped_column(default=False, server_default=false())  # than those nearby: was said
    file_at: Mapped[datetime | None] = mapped_column(index=True)  # the question about those nearby: filed by itself
    status_message_id: Mapped[int | None]  # the one message that says what is missing
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Report(Base):
    """A hazard that was filed. Its number for people is `D-` and the id in six digits."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grids.id"))  # empty: in the county but in no grid
    status: Mapped[Status] = mapped_column(Word(Status))
    category: Mapped[str] = mapped_column(String(40))  # a code of data/categories.toml
    category_chosen: Mapped[bool] = mapped_column(default=False)  # by a person, not guessed from the words
    is_urgent: Mapped[bool]
    words: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float]
    longitude: Mapped[float]
    place_source: Mapped[PlaceSource] = mapped_column(Word(PlaceSource))
    place_name: Mapped[str | None] = mapped_column(String(300))
    cell: Mapped[int | None] = mapped_column(BigInteger)  # of the place: `services/nearby.py`
    maybe_same_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # asked about, not answered
    level: Mapped[Level] = mapped_column(Word(Level))  # whom it is offered to now
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who accepted it
    filed_at: Mapped[datetime]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the one person who is to act next
    accept_by: Mapped[datetime]
    resolve_by: Mapped[datetime]
    # These two are never empty; SQLite cannot add such a column to a table that others point at.
    phase_from: Mapped[datetime] = mapped_column(nullable=True)  # when the count of the present status began
    resolve_from: Mapped[datetime] = mapped_column(nullable=True)  # that of the fix; after a pause, when it went on
    resolve_used: Mapped[int] = mapped_column(default=0, server_default="0")  # seconds that had passed before that
    step: Mapped[int] = mapped_column(default=0, server_default="0")  # halves of the present count that were dealt with
    next_at: Mapped[datetime | None]  # when the clock looks at it next; empty: its life is over
    paused_at: Mapped[datetime | None]
    waiting_for: Mapped[WaitingFor | None] = mapped_column(Word(WaitingFor))
    waiting_until: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # closed, rejected, withdrawn or merged
    accept_seconds: Mapped[int | None]  # from filing to the first acceptance
    accepted_on_time: Mapped[bool | None]  # by the promise that held then; False also where nobody has accepted yet
    accept_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whom that counts for
    accept_counts: Mapped[bool] = mapped_column(default=True, server_default=true())  # else in one merged into it
    resolve_seconds: Mapped[int | None]  # from filing to the fix that stands
    resolved_on_time: Mapped[bool | None]  # likewise
    resolve_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    resolve_counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    reopened: Mapped[int] = mapped_column(default=0, server_default="0")  # how often a fix was not one
    affected: Mapped[int] = mapped_column(default=1, server_default="1")  # people: the reporter and the followers
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), index=True)  # in which it goes on
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), index=True)  # what broke again

    __table_args__ = (
        Index("ix_reports_next", "next_at"),
        Index("ix_reports_filed", "filed_at"),
        Index("ix_reports_reporter", "reporter_id", "id"),
        Index("ix_reports_officer", "officer_id", "status", "resolve_by"),
        Index("ix_reports_grid", "grid_id", "status"),
        Index("ix_reports_near", "cell", "status", "category", "filed_at"),
        Index("ix_reports_maybe_same", "maybe_same_id", sqlite_where=_ASKS, postgresql_where=_ASKS),
        Index("ix_reports_review", "responsible_id", sqlite_where=_IN_REVIEW, postgresql_where=_IN_REVIEW),
    )


class Attachment(Base):
    """A picture, video or voice message of a draft or of a report; pictures are in the order of `message_id`."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolutions.id"), index=True)  # the fix it proves
    kind: Mapped[AttachmentKind] = mapped_column(Word(AttachmentKind))
    stage: Mapped[Stage] = mapped_column(Word(Stage))
    message_id: Mapped[int]
    media_group_id: Mapped[str | None] = mapped_column(String(64))
    file_id: Mapped[str] = mapped_column(String(200))
    file_unique_id: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_size: Mapped[int | None]  # bytes, as Telegram says
    added_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]  # what an image file says of itself, once it is read
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    is_doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())  # old; may it be used?
    media_state: Mapped[MediaState] = mapped_column(Word(MediaState))
    media_hash: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the bytes: the name in the media folder
    picture_hash: Mapped[str | None] = mapped_column(String(16))  # how it looks: `services/same_picture.py`
    same_as_id: Mapped[int | None] = mapped_column(BigKey)  # the attachment with the same picture; may be gone
    fetch_attempts: Mapped[int] = mapped_column(default=0)
    fetch_at: Mapped[datetime]  # when to (try to) fetch it

    __table_args__ = (
        UniqueConstraint("person_id", "message_id"),
        Index("ix_attachments_report", "report_id", "message_id"),
        Index("ix_attachments_group", "person_id", "media_group_id"),
        Index("ix_attachments_fetch", "media_state", "fetch_at"),
    )


class PictureBand(Base):
    """A part of a picture's hash: pictures that look the same share one. Kept for as long as it is looked for."""

    __tablename__ = "picture_bands"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    band: Mapped[int]  # which part of the hash, and its bits
    picture_hash: Mapped[str] = mapped_column(String(16))
    attachment_id: Mapped[int] = mapped_column(BigKey)  # may be gone, or of another picture by now
    added_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_picture_bands_band", "band", "added_at"),
        Index("ix_picture_bands_added", "added_at"),
    )


class Event(Base):
    """One line of a report's timeline; only ever added."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: Warmgrid itself
    from_status: Mapped[Status | None] = mapped_column(Word(Status))
    to_status: Mapped[Status | None] = mapped_column(Word(Status))
    facts: Mapped[dict[str, Any] | None]  # why and what: reason, words, level, chosen people
    at: Mapped[datetime]


class Offer(Base):
    """A report offered to one person, and what that person did about it."""

    __tablename__ = "offers"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(Word(Level))
    state: Mapped[OfferState] = mapped_column(Word(OfferState))
    why: Mapped[str | None] = mapped_column(String(40))  # of a declined one: the reason's code
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_offers_person", "person_id", "state"),)


class ShownCard(Base):
    """A message in somebody's chat that shows a report: its live card, edited when the report changes, or what the
    other side said about it, which may be replied to, or what was answered at once, with a button to say more.
    """

    __tablename__ = "shown_cards"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, index=True)
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shows: Mapped[Message] = mapped_column(Word(Message))  # live: `notices.LIVE`; of the talk: `talk.LINES`, SAID
    about_id: Mapped[int | None] = mapped_column(BigKey)  # the task or emergency that it shows, if it shows one
