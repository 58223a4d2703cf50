"""Merchants, who works there, what they give for points, what was redeemed, and what was settled.

Prices of items are in points; money is in fen.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.points_kinds import Mealtime, RedemptionState, RiderState, ShopKind
from storage.schema.base import Base, BigKey, Word

_OPEN = text("state = 'open'")
_USED = text("mealtime IS NOT NULL AND state IN ('open', 'taken')")


class Merchant(Base):
    """A shop that takes points."""

    __tablename__ = "merchants"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ShopKind] = mapped_column(Word(ShopKind))
    address: Mapped[str] = mapped_column(String(200))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    hours: Mapped[str] = mapped_column(String(60))  # as `services/hours/opening.py` writes them
    phone: Mapped[str] = mapped_column(String(40))
    about_zh: Mapped[str] = mapped_column(String(300))  # what they offer
    about_en: Mapped[str] = mapped_column(String(300))
    meals: Mapped[int]  # riders' meals a day; 0: none
    meal_zh: Mapped[str] = mapped_column(String(120))  # what is on the plate
    meal_en: Mapped[str] = mapped_column(String(120))
    fen_a_point: Mapped[int]  # the agreed rate
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # what the last list said of it
    removed_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("meals >= 0 AND fen_a_point >= 0", name="sane"),)


class MerchantStaff(Base):
    """Somebody who takes points at a shop; its owners also change what it offers, and invite."""

    __tablename__ = "merchant_staff"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"), primary_key=True, index=True)
    is_owner: Mapped[bool]
    since: Mapped[datetime]


class Item(Base):
    """What a shop gives for points, beside any amount."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))  # its own in the shop
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    price: Mapped[int]
    stock: Mapped[int | None]  # pieces that are there, those put aside with them; empty: enough
    held: Mapped[int] = mapped_column(default=0)  # pieces put aside for codes that are shown
    limit_each: Mapped[int | None]  # pieces that one person may have in all
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # what the last list said of it
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("price > 0 AND held >= 0 AND (stock IS NULL OR held <= stock)", name="sane"),
        Index("ix_items_code", "merchant_id", "code", unique=True),
    )


class Redemption(Base):
    """A code at the till: what it is for, and what became of it."""

    __tablename__ = "redemptions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)  # in the picture
    code: Mapped[str] = mapped_column(String(6))  # to be typed
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    points: Mapped[int]  # 0: a meal
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("holds.id"), unique=True)
    day: Mapped[date | None]  # of a meal, the county's
    mealtime: Mapped[Mealtime | None] = mapped_column(Word(Mealtime))
    cash: Mapped[int | None]  # what the rider pays for it, in fen
    subsidy: Mapped[int | None]
    discount: Mapped[int | None]
    state: Mapped[RedemptionState] = mapped_column(Word(RedemptionState))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # taken, or over without
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    month: Mapped[str | None] = mapped_column(String(7))  # in which it is settled: 2026-11
    fen_a_point: Mapped[int | None]  # the shop's rate when it took the points; empty: not taken, or a meal
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_month: Mapped[str | None] = mapped_column(String(7))  # a later one, where the first was closed
    picture_id: Mapped[int | None]  # the messages that show it
    message_id: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("(hold_id IS NULL) = (points = 0) AND (mealtime IS NULL) = (points > 0)", name="one_kind"),
        Index("ix_redemptions_code", "code", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_redemptions_one", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_redemptions_due", "expires_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "ix_redemptions_right",
            "person_id",
            "day",
            "mealtime",
            unique=True,
            sqlite_where=_USED,
            postgresql_where=_USED,
        ),
        Index("ix_redemptions_month", "merchant_id", "month"),
        Index("ix_redemptions_meals", "merchant_id", "day"),
        Index("ix_redemptions_item", "item_id", "person_id"),
    )


class Rider(Base):
    """Somebody who says that he rides, and what an administrator says of it (`services/merchants/riders.py`)."""

    __tablename__ = "riders"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[RiderState] = mapped_column(Word(RiderState))
    since: Mapped[datetime]  # he has said so
    asked_at: Mapped[datetime]  # the administrators, last
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the county knew it


class WrongCodes(Base):
    """How often somebody has typed a wrong code lately."""

    __tablename__ = "wrong_codes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
    paused_until: Mapped[datetime | None]


class LastPlace(Base):
    """Where somebody was last; forgotten after a day (`services/whereabouts.py`)."""

    __tablename__ = "last_places"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime]


class MerchantMonth(Base):
    """A shop's month that is closed: nothing of it changes any more."""

    __tablename__ = "merchant_months"

    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  # 2026-11
    closed_at: Mapped[datetime]
    points: Mapped[int]
    fen_a_point: Mapped[int]  # the rate; of several, the highest
    worth: Mapped[int] = mapped_column(server_default=text("0"))  # of the points, each at its own rate, in fen
    meals: Mapped[int]
    subsidy: Mapped[int]  # fen
    undone: Mapped[int]  # how many were given back
    transfer_id: Mapped[int | None] = mapped_column(ForeignKey("transfers.id"))  # empty: there was nothing to pay
