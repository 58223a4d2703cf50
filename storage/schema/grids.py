"""The county's grids, and how often they were changed."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import GridKind
from storage.schema.base import Base, BigKey, Word


class Grid(Base):
    """One grid: a polygon that one primary officer looks after. Of the map only while it is not removed."""

    __tablename__ = "grids"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[GridKind] = mapped_column(Word(GridKind))
    community: Mapped[str] = mapped_column(String(120), index=True)
    town: Mapped[str] = mapped_column(String(120))
    households: Mapped[int]
    outline: Mapped[bytes] = mapped_column(
        LargeBinary
    )  # WKB polygon or multipolygon, longitude before latitude, WGS-84
    removed_at: Mapped[datetime | None]  # by a new map; the row stays for the reports that were of it


class MapVersion(Base):
    """One row: who has the map in memory sees by it that grids were changed, without reading them."""

    __tablename__ = "map_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
