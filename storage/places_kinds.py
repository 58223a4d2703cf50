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
