"""What somebody has said of a place that is yet to be added: kept in the dialog, so that a restart loses nothing."""

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from services.hours import opening
from services.merchants.typed import counted
from services.places.errors import NotAllSaid, NothingThere
from services.words import clean
from storage.facilities import PARKING, facilities
from storage.places_kinds import PlaceField

ORDER = tuple(one for one in PlaceField if one not in (PlaceField.ADDRESS, PlaceField.PHOTOS))
"""In which it is asked; a place and a photo may come in any order, and at any time."""
OPTIONAL = frozenset({PlaceField.PHOTO, PlaceField.NAME_EN, PlaceField.ACCESS, PlaceField.PHONE})
"""What may be passed over."""
MOST_PHOTOS = 10
MOST_SPACES = 10_000
HOURS = {"all": "24/7", "day": "08:00-20:00"}
"""Those that have a button, by what stands in its data."""
_LONGEST = {
    PlaceField.NAME_ZH: 120,
    PlaceField.NAME_EN: 120,
    PlaceField.ACCESS: 300,
    PlaceField.PHONE: 40,
    PlaceField.ADDRESS: 200,
}
IN_BOTH = frozenset({PlaceField.ACCESS, PlaceField.ADDRESS})
"""What may be said in Chinese and in English."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
TYPED = frozenset({*_LONGEST, PlaceField.HOURS, PlaceField.SPACES})
"""What is answered with words."""

Photo = tuple[str, str]
"""`file_id` and `file_unique_id`."""


def read(asked: PlaceField, text: str) -> str:
    """What was typed, as it is kept; of what may be said in both languages, two lines, the Chinese one first.

    Raises:
        NoWords, WordsTooLong, BadHours, BadNumber: it cannot be that.
    """
    if asked is PlaceField.HOURS:
        return opening.tidy(text)
    if asked is PlaceField.SPACES:
        return str(counted(text, most=MOST_SPACES))
    if asked in IN_BOTH:
        return "\n".join(_lines(text, most=_LONGEST[asked]))
    return " ".join(clean(text, most=_LONGEST[asked]).split())


def _lines(text: str, *, most: int) -> list[str]:
    """One line; or two, if there is one in each language: the Chinese one first."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    if len(lines) != 2:
        return [" ".join(clean(text, most=most).split())]
    return sorted((clean(line, most=most) for line in lines), key=lambda line: _CHINESE.search(line) is None)


@dataclass(frozen=True, slots=True)
class Form:
    """What is said so far."""

    point: tuple[float, float] | None = None  # latitude, longitude
    address: str = ""
    photos: tuple[Photo, ...] = ()
    album: str | None = None  # of the last photo: what belongs together is answered once
    has: frozenset[str] = frozenset()  # facilities
    typed: dict[PlaceField, str] = field(default_factory=dict)  # and the kind
    done: frozenset[PlaceField] = frozenset()  # answered, or passed over

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """From the dialog's data."""
        point = data.get("point")
        return cls(
            point=(point[0], point[1]) if point else None,
            address=data.get("address", ""),
            photos=tuple((one[0], one[1]) for one in data.get("photos", ())),
            album=data.get("album"),
            has=frozenset(data.get("has", ())),
            typed={PlaceField(name): value for name, value in data.get("typed", {}).items()},
            done=frozenset(map(PlaceField, data.get("done", ()))),
        )

    def data(self) -> dict[str, Any]:
        """As the dialog keeps it."""
        return {**asdict(self), "has": sorted(self.has), "done": sorted(self.done)}

    @property
    def asks(self) -> PlaceField | None:
        """What is to be asked next; None: all is said."""
        return next((one for one in ORDER if one not in self.done and self._is_of_use(one)), None)

    def _is_of_use(self, one: PlaceField) -> bool:
        return one is not PlaceField.SPACES or PARKING in self.has

    def answered(self, asked: PlaceField, value: str) -> "Form":
        """With what was typed, or chosen."""
        return replace(self, typed={**self.typed, asked: value}, done=self.done | {asked})

    def passed_over(self, asked: PlaceField) -> "Form":
        """Without an answer to this.

        Raises:
            NotAllSaid: a place must have it.
            NothingThere: no facility was chosen.
        """
        if asked is PlaceField.FACILITIES and not self.has:
            raise NothingThere
        if asked not in OPTIONAL | {PlaceField.FACILITIES}:
            raise NotAllSaid
        return replace(self, done=self.done | {asked})

    def to_be_asked_again(self, asked: PlaceField) -> "Form":
        """Whoever sees that something is not right says it anew."""
        return replace(self, done=self.done - {asked})

    def with_point(self, point: tuple[float, float], address: str) -> "Form":
        """At this place."""
        return replace(self, point=point, address=address, done=self.done | {PlaceField.POINT})

    def with_photo(self, photo: Photo, album: str | None) -> "Form":
        """And this photo; the last ones of very many are left out."""
        photos = (*self.photos, photo)[:MOST_PHOTOS]
        return replace(self, photos=photos, album=album, done=self.done | {PlaceField.PHOTO})

    def toggled(self, facility: str) -> "Form":
        """With this facility, or without it."""
        return replace(self, has=self.has ^ {facility}) if facility in facilities() else self
