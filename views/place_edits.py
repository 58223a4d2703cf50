"""A place to who may change it: all that is said of it, and a button for each."""

from collections.abc import Sequence

from markupsafe import Markup

from storage.facilities import facilities
from storage.kinds import Role
from storage.place_records import KindRecord, Names, PlaceRecord
from storage.places_kinds import PlaceField
from storage.records import Me
from views.actions import (
    AskRemovePlace,
    EditPlace,
    EditPlaceField,
    RemovePlace,
    SetPlaceHours,
    SetPlaceKind,
    ShowHere,
    ToggleFacility,
)
from views.card import Button, Card, Rows, in_rows
from views.format import lines, on_button
from views.hours import in_words
from views.place_form import facilities_in_words, facility_name
from views.place_lines import title
from views.texts import plain, say


def edit(place: PlaceRecord, me: Me) -> Card:
    """What is said of it, in both languages where it is said twice, and what can be changed."""
    fields = [
        Button(plain(me.language, f"button-place-field-{one}"), EditPlaceField(place.id, one).pack())
        for one in PlaceField
    ]
    away = Button(plain(me.language, "button-remove-place"), AskRemovePlace(place.id).pack())
    last = ((away,),) if Role.ADMIN in me.roles else ()
    back = Button(plain(me.language, "button-back"), ShowHere(place.id).pack())
    text = _about(place, me) + "\n\n" + say(me.language, "newplace-edit-how")
    return Card(text=text, rows=(*in_rows(2, fields), *last, (back,)))


def ask(place: PlaceRecord, me: Me, field: PlaceField) -> Card:
    """What is the new one?"""
    rows: Rows = ()
    if field is PlaceField.HOURS:
        rows = (
            tuple(
                Button(plain(me.language, f"button-hours-{one}"), SetPlaceHours(place.id, one).pack())
                for one in ("all", "day")
            ),
        )
    question = say(me.language, f"newplace-ask-{field}")
    return Card(text=lines(title(place, me), question), rows=(*rows, *_back(place, me)))


def choose_kind(place: PlaceRecord, kinds: Sequence[KindRecord], me: Me) -> Card:
    """Which?"""
    buttons = [Button(on_button(one.names[me.language]), SetPlaceKind(place.id, one.code).pack()) for one in kinds]
    question = say(me.language, f"newplace-ask-{PlaceField.KIND}")
    return Card(text=lines(title(place, me), question), rows=(*in_rows(2, buttons), *_back(place, me)))


def choose_facilities(place: PlaceRecord, me: Me) -> Card:
    """All that can be there, each to be tapped."""
    there = {one.code for one in place.facilities}
    buttons = [
        Button(facility_name(code, code in there, me), ToggleFacility(place.id, code).pack()) for code in facilities()
    ]
    question = say(me.language, "newplace-edit-facilities")
    return Card(text=lines(title(place, me), question), rows=(*in_rows(2, buttons), *_back(place, me)))


def ask_remove(place: PlaceRecord, me: Me) -> Card:
    """Really?"""
    away = Button(plain(me.language, "button-remove-place-now"), RemovePlace(place.id).pack())
    text = say(me.language, "newplace-ask-remove", place=place.names[me.language])
    return Card(text=text, rows=((away,), *_back(place, me)))


def removed(names: Names, me: Me) -> Card:
    """It is gone."""
    return Card(text=say(me.language, "newplace-removed", place=names[me.language]))


def _about(place: PlaceRecord, me: Me) -> Markup:
    names = Markup(" · ").join(dict.fromkeys(Markup("<b>{}</b>").format(one) for one in place.names.values()))
    access, address = in_both(place.access), in_both(place.address)
    said = [one.code for one in place.facilities]
    return lines(
        Markup("{} {}").format(place.icon, names),
        say(me.language, "newplace-line-code", kind=place.kind_names[me.language], code=place.code),
        say(me.language, "newplace-line-point", address=address or "—"),
        facilities_in_words(said, me),
        say(me.language, "newplace-line-hours", hours=in_words(me.language, place.hours)),
        say(me.language, "newplace-line-access", access=access) if access else None,
        say(me.language, "newplace-line-phone", phone=place.phone) if place.phone else None,
        say(me.language, "newplace-line-spaces", count=place.spaces) if place.spaces is not None else None,
        None if place.has_photo else say(me.language, "newplace-line-no-photo"),
    )


def in_both(names: Names) -> Markup:
    """What is said in both languages; once, where it is the same."""
    return Markup(" · ").join(dict.fromkeys(Markup.escape(one) for one in names.values() if one))


def _back(place: PlaceRecord, me: Me) -> Rows:
    return ((Button(plain(me.language, "button-back"), EditPlace(place.id).pack()),),)
