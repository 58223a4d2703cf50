"""People, what they may do, and how they are let in."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Language, Level, ReporterKind, Role
from storage.schema.base import Base, BigKey, Word


class Person(Base):
    """Somebody who talks to the bot, or an officer of an import who has yet to join (`telegram_id` is then empty)."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(200))  # as Telegram gives it
    known_as: Mapped[str | None] = mapped_column(String(200))  # an officer's name in the county's list; shown if there
    phone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[Language] = mapped_column(Word(Language))
    kind: Mapped[ReporterKind | None] = mapped_column(Word(ReporterKind))  # empty until chosen
    was_asked_kind: Mapped[bool] = mapped_column(default=False, server_default=false())
    team: Mapped[str | None] = mapped_column(String(80))  # a rider's
    platform: Mapped[str | None] = mapped_column(String(40))  # a rider's
    is_reachable: Mapped[bool] = mapped_column(default=True)  # False: blocked the bot or has no chat
    on_duty: Mapped[bool] = mapped_column(default=True)  # of an officer
    menu: Mapped[str | None] = mapped_column(String(80))  # the commands last shown to this person: language and roles
    joined_at: Mapped[datetime]


class PersonRole(Base):
    """A role that a person holds."""

    __tablename__ = "person_roles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(Word(Role), primary_key=True)
    granted_at: Mapped[datetime]

    __table_args__ = (Index("ix_person_roles_role", "role"),)


class Duty(Base):
    """An officer's place in a grid: primary, or deputy."""

    __tablename__ = "duties"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    grid_id: Mapped[int] = mapped_column(ForeignKey("grids.id"), primary_key=True, index=True)
    is_primary: Mapped[bool]


class Post(Base):
    """A lead's place on the ladder: of one community, or of a whole town."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    level: Mapped[Level] = mapped_column(Word(Level))  # LEAD or TOWN
    town: Mapped[str] = mapped_column(String(120))
    community: Mapped[str] = mapped_column(String(120), default="")  # empty: of the town

    __table_args__ = (
        UniqueConstraint("person_id", "town", "community"),
        Index("ix_posts_place", "town", "community"),
    )


class Invite(Base):
    """A one-time link that makes its first user an officer, administrator …. An officer's grids: `InviteGrid`."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))  # of a member's invite
    town: Mapped[str | None] = mapped_column(String(120))  # of a lead's invite
    community: Mapped[str | None] = mapped_column(String(120))  # the lead's; empty: the whole town
    merchant_id: Mapped[int | None] = mapped_column(ForeignKey("merchants.id"))  # of a merchant's invite
    place_id: Mapped[int | None] = mapped_column(ForeignKey("service_places.id"))  # of a keeper's invite
    is_primary: Mapped[bool] = mapped_column(
        default=True
    )  # or deputy, in all of the grids; of a team: its lead; of a shop: its owner
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the imported one it is meant for
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the command line
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class InviteGrid(Base):
    """A grid that whoever uses the invite will look after."""

    __tablename__ = "invite_grids"

    invite_id: Mapped[int] = mapped_column(ForeignKey("invites.id", ondelete="CASCADE"), primary_key=True)
    grid_id: Mapped[int] = mapped_column(ForeignKey("grids.id"), primary_key=True)
