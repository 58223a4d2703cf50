"""Read the rows of a file of places, and hold them against each other, the map and the kinds there are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from services.hours import opening
from services.hours.errors import BadHours
from services.imports.place_spots import Spots
from services.imports.results import BadRow, Reason
from services.imports.values import Unfit, code, maybe_number, maybe_text, refuse_extra, text
from services.places import catalogue
from services.places.form import MOST_PHOTOS
from services.places.systems import MapSystem
from storage.facilities import PARKING, Named, facilities, kinds
from storage.kinds import Language
from storage.place_records import Names
from storage.tables import Row

BETWEEN = re.compile(r"[,;、，；/|]+")
KIND_CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")
MOST_SPACES = 10_000


Pictures = Mapping[str, str | Reason]
"""By the name that a row gives: the hash of the picture in the media folder, or why there is none."""


def named_pictures(row: Row) -> list[str]:
    """The files that a row names as its photos."""
    return [name.strip() for name in re.split("[;；]", row.values.get("photos", "")) if name.strip()]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as the file has it."""

    number: int = field(compare=False)
    code: str
    kind: str
    name_zh: str
    name_en: str
    latitude: float
    longitude: float
    address: str
    address_en: str
    access_zh: str
    access_en: str
    hours: str
    phone: str
    spaces: int | None
    facilities: frozenset[str]
    photos: tuple[str, ...]  # their hashes; none: nothing is said of them
    is_elsewhere: bool = field(compare=False)


SAID = (
    *("kind", "name_zh", "name_en", "latitude", "longitude", "address", "address_en"),
    *("access_zh", "access_en", "hours", "phone", "spaces"),
)
"""The columns of the store that a file says."""


class PlaceReader:
    """Reads row by row."""

    def __init__(self, session: Session, *, system: MapSystem | None, pictures: Pictures) -> None:
        self._pictures = pictures
        self.places: dict[str, PlaceRow] = {}
        self.bad: list[BadRow] = []
        self.untouched: set[str] = set()  # codes that bad rows name: they stay as they are
        self.kinds: dict[str, Names] = {}  # that the file names and `data/places.toml` does not
        self._spots = Spots(session, system=system)
        self._known = catalogue.names_of_kinds(session)
        self._kinds = _by_name(kinds()) | {_plain(n): c for c, names in self._known.items() for n in names.values()}
        self._facilities = _by_name(facilities())
        self._named_in: dict[str, int] = {}  # the row that names a kind

    def read(self, row: Row) -> None:
        """Add the row's place, or the row to the bad ones."""
        try:
            self._read(row)
        except Unfit as unfit:
            self.bad.append(unfit.at(row.number))
            self.untouched.add(row.values.get("code", "").strip().upper())

    def refuse_other_system(self) -> None:
        """Refuse the file where its coordinates are likely those of another system.

        Raises:
            SystemInQuestion: they are.
        """
        self._spots.refuse_other_system()

    def _read(self, row: Row) -> None:
        refuse_extra(row)
        found = self._place(row)
        seen = self.places.setdefault(found.code, found)
        if seen is not found:
            raise Unfit(Reason.CODE_TWICE, code=found.code, number=seen.number)

    def _place(self, row: Row) -> PlaceRow:
        name = text(row, "name_zh", most=120)
        address = text(row, "address", most=200)
        access = maybe_text(row, "access_zh", most=300)
        has, spaces = self._has(row), maybe_number(row, "spaces", most=MOST_SPACES)
        shown = code(row, "code")
        spot = self._spots.read(row, address=address)
        return PlaceRow(
            number=row.number,
            code=shown,
            name_zh=name,
            name_en=maybe_text(row, "name_en", most=120) or name,
            latitude=spot.latitude,
            longitude=spot.longitude,
            address=address,
            address_en=maybe_text(row, "address_en", most=200) or address,
            access_zh=access,
            access_en=maybe_text(row, "access_en", most=300) or access,
            hours=_hours(row),
            phone=maybe_text(row, "phone", most=40),
            spaces=spaces,
            facilities=has | {PARKING} if spaces else has,
            photos=self._photos(row),
            is_elsewhere=spot.is_elsewhere,
            kind=self._kind(row),
        )

    def _photos(self, row: Row) -> tuple[str, ...]:
        """The hashes of its pictures, in order, each once."""
        found: dict[str, None] = {}
        for name in named_pictures(row):
            kept = self._pictures.get(name, Reason.NO_PICTURE)
            if isinstance(kept, Reason):
                raise Unfit(kept, value=name[:80])
            found[kept] = None
        if len(found) > MOST_PHOTOS:
            raise Unfit(Reason.MANY_PICTURES, most=MOST_PHOTOS)
        return tuple(found)

    def _kind(self, row: Row) -> str:
        """Its code. One that the file brings along has names in both languages."""
        value = text(row, "kind", most=40)
        names = {Language(one): maybe_text(row, f"kind_{one}", most=60) for one in ("zh", "en")}
        known = self._kinds.get(_plain(value))
        if known in kinds() or (known is not None and not all(names.values())):
            assert known is not None
            return known
        kind = known or value.lower()
        if KIND_CODE.fullmatch(kind) is None or not all(names.values()):
            listed = ", ".join(self._known | self.kinds)
            raise Unfit(Reason.UNKNOWN_KIND, value=value, allowed=listed)
        if self.kinds.setdefault(kind, names) != names:
            raise Unfit(Reason.KIND_DIFFERS, value=kind, number=self._named_in[kind])
        self._named_in.setdefault(kind, row.number)
        return kind

    def _has(self, row: Row) -> frozenset[str]:
        found = set()
        for value in BETWEEN.split(maybe_text(row, "facilities", most=400)):
            if not value.strip():
                continue
            facility = self._facilities.get(_plain(value))
            if facility is None:
                raise Unfit(Reason.UNKNOWN_FACILITY, value=value.strip(), allowed=", ".join(facilities()))
            found.add(facility)
        return frozenset(found)


def _hours(row: Row) -> str:
    value = text(row, "hours", most=400)
    try:
        return opening.tidy(value)
    except BadHours as problem:
        raise Unfit(Reason.BAD_HOURS, value=value[:60]) from problem


def _by_name(those: dict[str, Named]) -> dict[str, str]:
    """Codes by what people write: the names, the code, and the words by which they are asked for."""
    found = {_plain(name): one.code for one in those.values() for name in (one.code, *one.names.values())}
    for one in those.values():
        for word in one.words:
            found.setdefault(_plain(word), one.code)
    return found


def _plain(name: str) -> str:
    return name.strip().casefold().replace("_", " ")
