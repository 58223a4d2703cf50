"""The closed sets of words of service places (of all else: `storage/kinds.py`). Kinds of places and facilities are not
closed: they are codes of `data/places.toml` (`storage/facilities.py`).
"""

from enum import StrEnum


class PlaceState(StrEnum):
    """What somebody who is there says of a place, beyond its hours."""

    AS_ITS_HOURS = "as_its_hours"  # nothing out of the ordinary
    CLOSED = "closed"
    FULL = "full"


class Voice(StrEnum):
    """In what capacity somebody says something of a place: this is shown, not who it was."""

    KEEPER = "keeper"
    VISITOR = "visitor"
    OFFICER = "officer"
    ADMIN = "admin"
    IMPORT = "import"


class VisitAnswer(StrEnum):
    """What a visitor says to «still right?»."""

    RIGHT = "right"
    WRONG = "wrong"


class Wrong(StrEnum):
    """What a visitor says is not right. Short enough for buttons' data, as those that follow."""

    CLOSED = "closed"
    FULL = "full"
    BROKEN = "broken"  # a facility
    OPEN = "open"  # although it is said to be closed
    ROOM = "room"  # although it is said to be full
    WORKS = "works"  # a facility that is said to be broken
    OTHER = "other"  # in words


class ClosedUntil(StrEnum):
    """For how long a keeper says that a place is closed. Short, as they stand in buttons' data."""

    TODAY = "t"  # until midnight, by the county's clocks
    HOURS = "h"  # until it next opens by its hours
    SAID = "s"  # until somebody says otherwise


class Freshness(StrEnum):
    """How far what is said of a place can be relied on (`services/places/freshness.py`)."""

    FRESH = "fresh"
    OLD = "old"  # nobody has said lately that it is right
    DOUBTFUL = "doubtful"  # visitors say that it is not


class WarningKind(StrEnum):
    """What riders are warned of."""

    HEAT = "heat"
    COLD = "cold"
    TYPHOON = "typhoon"
    FLOOD = "flood"


class PlaceField(StrEnum):
    """What is asked of a place, in this order. Short, as they stand in buttons' data."""

    POINT = "po"
    PHOTO = "ph"
    KIND = "ki"
    NAME_ZH = "nz"
    NAME_EN = "ne"
    FACILITIES = "fa"
    HOURS = "ho"
    ACCESS = "ac"  # how to get in
    PHONE = "te"
    SPACES = "sp"  # for parking
    ADDRESS = "ad"  # asked when it is changed; of a new place it follows from where it is
    PHOTOS = "pp"  # others in place of all that there are
