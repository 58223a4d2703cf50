"""The form of a new place, one message long: what is said so far, and what is asked next."""

from collections.abc import Sequence

from markupsafe import Markup

from storage.facilities import facilities
from storage.kinds import Role
from storage.place_records import FormRecord, KindRecord, NamedPlace
from storage.places_kinds import PlaceField
from storage.records import Brief, Me
from views.actions import AnswerForm, AskAgain, BeginPlace, EditPlace, HasFacility, PassOver, PublishPlace
from views.card import Button, Card, Rows, in_rows
from views.format import lines, on_button
from views.hours import in_words
from views.people import cancel
from views.texts import plain, say


def choose(found: Sequence[NamedPlace], me: Me) -> Card:
    """Which of these, or a new one?"""
    rows = in_rows(2, [Button(on_button(one.names[me.language]), EditPlace(one.id).pack()) for one in found])
    begin = Button(plain(me.language, "button-newplace"), BeginPlace().pack())
    own = "newplace-own" if found else "newplace-own-none"
    return Card(text=say(me.language, "newplace-choose" if Role.ADMIN in me.roles else own), rows=((begin,), *rows))


def form(found: FormRecord, me: Me) -> Card:
    """What is there, what is missing, and how to answer."""
    if found.asks is None:
        question, rows = say(me.language, "newplace-ready"), _ready(found, me)
    else:
        question, rows = say(me.language, f"newplace-ask-{found.asks}"), _ways(found, found.asks, me)
    return Card(text=lines(say(me.language, "newplace-title"), *_said(found, me)) + "\n\n" + question, rows=rows)


def removed(brief: Brief) -> Card:
    """To its keepers."""
    assert brief.named is not None
    return Card(text=say(brief.to.language, "told-place-removed", place=brief.named[brief.to.language]))


def added(brief: Brief) -> Card:
    """To administrators: a keeper did; what is not right can be changed at once."""
    assert brief.named is not None
    change = Button(plain(brief.to.language, "button-newplace-look"), EditPlace(brief.facts["place"]).pack())
    return Card(
        text=say(brief.to.language, "told-place-added", place=brief.named[brief.to.language]), rows=((change,),)
    )


def facilities_in_words(codes: Sequence[str], me: Me) -> Markup:
    """With their icons."""
    known = facilities()
    named = (f"{known[one].icon} {known[one].names[me.language]}" for one in codes if one in known)
    return say(me.language, "opening-list").join(named)


def kind_buttons(kinds: Sequence[KindRecord], me: Me, *, field: PlaceField = PlaceField.KIND) -> Rows:
    """One for each kind of the form."""
    named = ((on_button(one.names[me.language]), AnswerForm(field, one.code)) for one in kinds)
    return in_rows(2, [Button(name, action.pack()) for name, action in named])


def _said(found: FormRecord, me: Me) -> list[Markup | None]:
    def line(key: str, is_said: object, **facts: object) -> Markup | None:
        return say(me.language, f"newplace-line-{key}", **facts) if is_said else None

    names = Markup(" · ").join(Markup("<b>{}</b>").format(one) for one in (found.name_zh, found.name_en) if one)
    kind = found.kind
    return [
        line("point", found.has_point, address=found.address or "—"),
        line("photos", found.photos, count=found.photos),
        Markup("{} {}").format(kind.icon, kind.names[me.language]) if kind is not None else None,
        names or None,
        facilities_in_words(found.facilities, me) or None,
        line("hours", found.hours, hours=in_words(me.language, found.hours) if found.hours else ""),
        line("access", found.access, access=found.access),
        line("phone", found.phone, phone=found.phone),
        line("spaces", found.spaces is not None, count=found.spaces or 0),
    ]


def _ways(found: FormRecord, asked: PlaceField, me: Me) -> Rows:
    """The buttons of a question."""
    rows: list[tuple[Button, ...]] = []
    if asked is PlaceField.KIND:
        rows += kind_buttons(found.kinds, me)
    elif asked is PlaceField.HOURS:
        rows.append(
            tuple(
                Button(plain(me.language, f"button-hours-{one}"), AnswerForm(asked, one).pack())
                for one in ("all", "day")
            )
        )
    elif asked is PlaceField.FACILITIES:
        rows += in_rows(2, [_facility(code, code in found.facilities, me) for code in facilities()])
        if found.facilities:
            rows.append((Button(plain(me.language, "button-all-chosen"), PassOver(asked).pack()),))
    if found.is_optional:
        rows.append((Button(plain(me.language, "button-skip"), PassOver(asked).pack()),))
    return (*rows, *cancel(me.language))


def _facility(code: str, is_there: bool, me: Me) -> Button:
    return Button(facility_name(code, is_there, me), HasFacility(code).pack())


def facility_name(code: str, is_there: bool, me: Me) -> str:
    """On a button that adds it or takes it away: the tick stands where the icon was."""
    one = facilities()[code]
    return on_button(f"{'✓' if is_there else one.icon} {one.names[me.language]}")


def _ready(found: FormRecord, me: Me) -> Rows:
    """Publish it, or say one of these anew."""
    asked = [one for one in PlaceField if one not in (PlaceField.ADDRESS, PlaceField.PHOTOS)]
    asked = [one for one in asked if one is not PlaceField.SPACES or found.spaces is not None]
    again = [Button(plain(me.language, f"button-place-field-{one}"), AskAgain(one).pack()) for one in asked]
    publish = Button(plain(me.language, "button-publish"), PublishPlace().pack())
    return ((publish,), *in_rows(2, again), *cancel(me.language))
