"""The form of a new place, and a place that is changed, with the most awkward words."""

from collections.abc import Iterator
from dataclasses import replace

from storage.facilities import facilities, kinds
from storage.kinds import Language, Role
from storage.place_records import FacilityRecord, FormRecord, KindRecord, NamedPlace, PlaceRecord
from storage.places_kinds import PlaceField, PlaceState
from storage.records import Me
from tests.moment import NOW
from tests.views.shop_cards import named
from views import place_edits, place_form
from views.card import Card

LONG_HOURS = "Mo-Fr 08:30-12:00,14:00-18:00; Sa,Su off; PH off; " + "; ".join(
    f"2026 Feb {day} 09:00-12:00" for day in range(10, 22)
)
KINDS = tuple(KindRecord(one.code, one.names, one.icon) for one in kinds().values())


def place(words: str | None = None) -> PlaceRecord:
    """A place with everything."""
    return PlaceRecord(
        id=128,
        code="CHAT-128",
        kind="compound",
        kind_names=KINDS[2].names,
        icon=KINDS[2].icon,
        names=named(words),
        latitude=25.4,
        longitude=114.36,
        address=dict.fromkeys(Language, (words or "府前街1号")[:200]),
        access=dict.fromkeys(Language, (words or "Side door")[:300]),
        hours=LONG_HOURS,
        phone=(words or "12345")[:40],
        spaces=6,
        free_spaces=2,
        free_at=None,
        free_by=None,
        state=PlaceState.AS_ITS_HOURS,
        state_until=None,
        state_at=None,
        state_by=None,
        confirmed_at=NOW,
        confirmed_by=None,
        doubts=0,
        facilities=tuple(map(FacilityRecord, facilities())),
        version=1,
    )


def form(words: str | None = None) -> FormRecord:
    """A form in which all is said."""
    one = place(words)
    return FormRecord(
        asks=None,
        is_optional=False,
        kinds=KINDS,
        kind=KINDS[2],
        name_zh=one.names[Language.ZH],
        name_en=one.names[Language.EN],
        address=one.address[Language.ZH],
        has_point=True,
        photos=10,
        facilities=tuple(facilities()),
        hours=one.hours,
        access=one.access[Language.ZH],
        phone=one.phone,
        spaces=10_000,
    )


def place_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """All of them."""
    one, filled = place(words), form(words)
    for roles in (frozenset({Role.KEEPER}), frozenset({Role.ADMIN})):
        for many in (0, 10):
            found = [NamedPlace(number, f"S-{number}", one.names) for number in range(many)]
            yield f"which of {many} places?", place_form.choose(found, replace(to, roles=roles))
    yield "form", place_form.form(filled, to)
    for field in PlaceField:
        yield f"form asks {field}", place_form.form(replace(filled, asks=field, is_optional=True), to)
        yield f"change {field}", place_edits.ask(one, to, field)
    yield "a place to change", place_edits.edit(one, to)
    yield "which kind of place?", place_edits.choose_kind(one, KINDS, to)
    yield "which facilities?", place_edits.choose_facilities(one, to)
    yield "remove a place?", place_edits.ask_remove(one, to)
    yield "a place was removed", place_edits.removed(one.names, to)
