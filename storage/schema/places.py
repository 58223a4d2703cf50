"""Service places: where people rest, drink, charge and park; who keeps them, who was there lately, who was warned.

Places on the map are WGS-84 degrees.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.places_kinds import PlaceState, VisitAnswer, Voice, WarningKind, Wrong
from storage.schema.base import Base, BigKey, Word

_TO_ASK = text("asked_at IS NULL AND ask_at IS NOT NULL")
_AT_WORK = text("fixed_at IS NULL")
_GOES_OUT = text("ended_at IS NULL")


class ServicePlace(Base):
    """A warm station, friendly shop, friendly compound, neighbour centre …. Whoever changes a row, or what belongs to
    it, gives it the next `version` (`services/places/catalogue.touch`): by it others see what is new.
    """

    __tablename__ = "service_places"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(40))  # of `data/places.toml`, or of `place_kinds`
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    address: Mapped[str] = mapped_column(String(200))
    address_en: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    access_zh: Mapped[str] = mapped_column(String(300), default="")  # how to get in
    access_en: Mapped[str] = mapped_column(String(300), default="")
    hours: Mapped[str] = mapped_column(String(400))  # as `services/hours/opening.py` writes them
    phone: Mapped[str] = mapped_column(String(40), default="")
    spaces: Mapped[int | None]  # for parking; empty: not counted
    free_spaces: Mapped[int | None]
    free_at: Mapped[datetime | None]  # when that was said
    free_by: Mapped[Voice | None] = mapped_column(Word(Voice))
    state: Mapped[PlaceState] = mapped_column(Word(PlaceState), default=PlaceState.AS_ITS_HOURS)
    state_until: Mapped[datetime | None]  # from then on, as its hours; empty: until somebody says otherwise
    state_at: Mapped[datetime | None]
    state_by: Mapped[Voice | None] = mapped_column(Word(Voice))
    confirmed_at: Mapped[datetime | None]  # when somebody said that all of it is right
    confirmed_by: Mapped[Voice | None] = mapped_column(Word(Voice))
    doubts: Mapped[int] = mapped_column(default=0)  # contradictions since then
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: an import
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(index=True)

    __table_args__ = (
        CheckConstraint(
            "doubts >= 0 AND (spaces IS NULL OR spaces >= 0) AND (free_spaces IS NULL OR free_spaces >= 0)",
            name="sane",
        ),
    )


class PlaceFacility(Base):
    """Something that a place has."""

    __tablename__ = "place_facilities"

    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), primary_key=True)
    facility: Mapped[str] = mapped_column(String(40), primary_key=True)  # of `data/places.toml`
    is_broken: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_at: Mapped[datetime | None]  # when it was said to be broken, or to work again
    changed_by: Mapped[Voice | None] = mapped_column(Word(Voice))


class PlaceFault(Base):
    """A report that says that something of a place is broken. Until its end the place shows it.

    A report into which others were merged may be about several facilities.
    """

    __tablename__ = "place_faults"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), primary_key=True)
    facility: Mapped[str] = mapped_column(String(40), primary_key=True)
    fixed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_place_faults_place", "place_id", "facility", sqlite_where=_AT_WORK, postgresql_where=_AT_WORK),
    )


class PlaceDoubt(Base):
    """What a visitor says is not right, since somebody last said that all is. Neither who it was nor when is kept: by
    the mark, which many share, a visitor's second word is known not to be another visitor's.
    """

    __tablename__ = "place_doubts"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), index=True)
    what: Mapped[Wrong] = mapped_column(Word(Wrong))
    facility: Mapped[str | None] = mapped_column(String(40))  # of one that is broken
    words: Mapped[str | None] = mapped_column(String(200))
    mark: Mapped[int]  # of `services/places/doubts.MARKS`


class PlacePhoto(Base):
    """A photo of a place, which Telegram has or, where a file brought it, the media folder; the first one is shown."""

    __tablename__ = "place_photos"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), index=True)
    file_id: Mapped[str | None] = mapped_column(String(200))
    file_unique_id: Mapped[str | None] = mapped_column(String(64))
    media_hash: Mapped[str | None] = mapped_column(String(64))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: an import
    added_at: Mapped[datetime]


class PlaceKeeper(Base):
    """Somebody who looks after a place, and says what is true of it."""

    __tablename__ = "place_keepers"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class PlaceKind(Base):
    """A kind of place that an import named and `data/places.toml` does not have."""

    __tablename__ = "place_kinds"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))


class PlacesVersion(Base):
    """The version of the last change to any place: one row."""

    __tablename__ = "places_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class PlaceVisit(Base):
    """Somebody checked in. Forgotten after a day: only `PlaceUsage` is kept.

    Its number is never given again, as buttons and the ledger of points name it.
    """

    __tablename__ = "place_visits"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    ask_at: Mapped[datetime | None]  # when to ask whether all is right; empty: not to be asked
    asked_at: Mapped[datetime | None]
    answer: Mapped[VisitAnswer | None] = mapped_column(Word(VisitAnswer))
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_place_visits_person", "person_id", "at"),
        Index("ix_place_visits_ask", "ask_at", sqlite_where=_TO_ASK, postgresql_where=_TO_ASK),
        {"sqlite_autoincrement": True},
    )


class PlaceUsage(Base):
    """How many checked in at a place in one hour of the county's clocks."""

    __tablename__ = "place_usage"

    place_id: Mapped[int] = mapped_column(ForeignKey("service_places.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class LiveCard(Base):
    """A card of near places that follows a live location."""

    __tablename__ = "live_cards"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    location_id: Mapped[int]  # the message with the live location
    card_id: Mapped[int]  # the message with the card
    wanted: Mapped[str] = mapped_column(String(64), default="")  # the filters, as buttons carry them
    edited_at: Mapped[datetime]
    until: Mapped[datetime]


class PlaceWarning(Base):
    """A notice of heat, cold, typhoon or flood to riders, with the places that are open."""

    __tablename__ = "place_warnings"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    kind: Mapped[WarningKind] = mapped_column(Word(WarningKind))
    words: Mapped[str] = mapped_column(String(1000))
    grid_codes: Mapped[list[str]] = mapped_column(JSON)
    place_ids: Mapped[list[int]]  # near which; with no grids and no places: the whole county
    metres: Mapped[int]  # how near
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # all of it is sent, or was stopped
    recipients: Mapped[int]
    shown: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))  # what the progress line last said

    __table_args__ = (Index("ix_place_warnings_open", "id", sqlite_where=_GOES_OUT, postgresql_where=_GOES_OUT),)
