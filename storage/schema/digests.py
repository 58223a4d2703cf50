"""The digests: which went out last, and who does not want them."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.evaluation_kinds import Digest
from storage.schema.base import Base, Word


class DigestRound(Base):
    """The last time that a digest was written to everybody: two clocks write each once."""

    __tablename__ = "digest_rounds"

    digest: Mapped[Digest] = mapped_column(Word(Digest), primary_key=True)
    day: Mapped[date]  # the county's day; of a weekly one, the Monday


class SilencedDigest(Base):
    """A digest that a person has turned off."""

    __tablename__ = "silenced_digests"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(Word(Digest), primary_key=True)
