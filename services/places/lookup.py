"""Which place is meant: what people type is its code, its name, or a part of that."""

import unicodedata
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from services.places.errors import UnknownPlace, WarningAmbiguous
from storage.kinds import Language
from storage.place_records import NamedPlace
from storage.schema import ServicePlace

MOST = 10
"""Places to choose from; what is found beyond is one more, which says that there are more."""
LONGEST = 120


def find(session: Session, *, text: str, among: ColumnElement[bool] | None = None) -> list[NamedPlace]:
    """The place with this code; else those that are called so; else those with this in a name. Of these ``among``.

    Raises:
        UnknownPlace: there is none; ``text`` is what was looked for.
    """
    found = next(filter(None, ways(session, text=text, among=among)), [])
    if not found:
        raise UnknownPlace(text=text.strip()[:40])
    return found


def ways(session: Session, *, text: str, among: ColumnElement[bool] | None = None) -> Iterator[list[NamedPlace]]:
    """Those with this code; those that are called so; those with this in a name. Nothing, if nothing was typed."""
    wanted = _folded(text)
    if not wanted:
        return
    names = func.lower(ServicePlace.name_zh), func.lower(ServicePlace.name_en)
    its = among if among is not None else true()
    yield some(session, its & (func.lower(ServicePlace.code) == wanted))
    yield some(session, its & or_(*(name == wanted for name in names)))
    yield some(session, its & or_(*(name.contains(wanted, autoescape=True) for name in names)))


def one(session: Session, *, text: str) -> NamedPlace:
    """The only one.

    Raises:
        UnknownPlace: there is none.
        WarningAmbiguous: there are several; ``names`` has codes.
    """
    found = find(session, text=text)
    if len(found) > 1:
        codes = ", ".join(one.code for one in found[:MOST])
        raise WarningAmbiguous(text=text.strip()[:40], names=codes if len(found) <= MOST else f"{codes} …")
    return found[0]


def by_code(session: Session, code: str | None) -> ServicePlace:
    """The place with exactly this code, in any case.

    Raises:
        UnknownPlace: there is none (any more).
    """
    return by_codes(session, [code or ""])[0]


def by_codes(session: Session, codes: Sequence[str]) -> list[ServicePlace]:
    """The places with exactly these codes, in any case, in this order.

    Raises:
        UnknownPlace: one is not there (any more); ``text`` is its code.
    """
    wanted = [_folded(code) for code in codes]
    found = session.scalars(
        select(ServicePlace).where(func.lower(ServicePlace.code).in_(wanted), ServicePlace.removed_at.is_(None))
    )
    known = {place.code.lower(): place for place in found}
    for code, asked in zip(codes, wanted, strict=True):
        if asked not in known:
            raise UnknownPlace(text=code.strip()[:40])
    return [known[asked] for asked in wanted]


def some(session: Session, which: ColumnElement[bool]) -> list[NamedPlace]:
    """Those that are there; of very many the first, and one more than can be chosen from."""
    chosen = select(ServicePlace.id, ServicePlace.code, ServicePlace.name_zh, ServicePlace.name_en)
    there = chosen.where(which, ServicePlace.removed_at.is_(None)).order_by(ServicePlace.id).limit(MOST + 1)
    return [
        NamedPlace(row.id, row.code, {Language.ZH: row.name_zh, Language.EN: row.name_en})
        for row in session.execute(there)
    ]


def _folded(text: str) -> str:
    """Full-width signs as half-width, capitals as small letters, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())[:LONGEST]
