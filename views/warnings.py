"""Warnings of heat, cold, typhoon and flood: the form, how far one is, and what a rider gets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Language
from storage.places_kinds import WarningKind
from storage.records import Brief, Me
from storage.warning_records import NamedArea, Shelter, WarningPreview, WarningRecord
from views import menu
from views.actions import (
    Cancel,
    PickWarning,
    SendWarning,
    StopWarning,
    WarnElsewhere,
    WarnEverywhere,
    WarnUsualWords,
    WarnWithin,
)
from views.card import Button, Card, Rows, in_rows
from views.format import apart, lines, moment, on_button, open_until, quote, shorten
from views.maps import navigate
from views.texts import plain, say

NAMED = 6
"""Grids, or places, that are named; of more it is said how many."""
NEAR = (500, 1000, 2000)
"""Metres that a button offers."""
MOST_NAME = 40
ICONS = {
    WarningKind.HEAT: "🥵",
    WarningKind.COLD: "🥶",
    WarningKind.TYPHOON: "🌀",
    WarningKind.FLOOD: "🌊",
}


def choose(going: Sequence[WarningRecord], me: Me, *, form: int, now: datetime, zone: ZoneInfo) -> Card:
    """Of what? And what is on its way just now, which any administrator may stop."""
    language = me.language
    kinds = [_button(_name(language, kind), PickWarning(form, kind).pack()) for kind in WarningKind]
    told = [_progress(one, language, now=now, zone=zone) for one in going]
    stops = [
        (_button(f"{_stop(one, language).text} {_name(language, one.kind)}", StopWarning(one.id).pack()),)
        for one in going
    ]
    text = Markup("\n\n").join([*told, say(language, "warning-which")])
    return Card(text=text, rows=(*stops, *in_rows(2, kinds)))


def ask_where(me: Me, *, form: int, kind: WarningKind) -> Card:
    """To whom? It is typed, but for the whole county."""
    language = me.language
    everywhere = Button(plain(language, "button-warn-everywhere"), WarnEverywhere(form).pack())
    text = lines(_title(language, kind), say(language, "warning-where"))
    return Card(text=text, rows=((everywhere,), (_cancel(language),)))


def preview(found: WarningPreview, me: Me, *, form: int, now: datetime, zone: ZoneInfo, asks_again: bool) -> Card:
    """What goes to whom. ``asks_again``: the same kind was sent a short while ago; is this meant?"""
    language = me.language
    before = None
    if found.before is not None:
        at = moment(language, found.before.made_at, now=now, zone=zone)
        facts = {"when": at, "name": found.before.by_name, "count": found.before.recipients}
        before = say(language, "warning-before-ask" if asks_again else "warning-before", **facts)
    parts = lines(
        _title(language, found.kind),
        say(language, "warning-goes-to", where=_where(found.where, language)),
        say(language, "warning-recipients", count=found.recipients) if found.recipients else None,
        None if found.recipients else say(language, "warning-nobody"),
        _open_there(found, language),
        before,
    )
    words = Markup().join(quote(one, most=MOST_WORDS) for one in _all_words(found))
    hint = say(language, "warning-type-words")
    return Card(text=lines(parts + words, hint), rows=_preview_rows(found, language, form=form, asks_again=asks_again))


MOST_WORDS = 1000


def progress(one: WarningRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """How far it is: sent, failed, left."""
    stop: Rows = ((_stop(one, me.language),),) if one.goes_out else ()
    return Card(text=_progress(one, me.language, now=now, zone=zone), rows=stop)


def brought_up(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """The same, in its sender's message."""
    assert brief.warning is not None
    return replace(progress(brief.warning, brief.to, now=now, zone=zone), edits=brief.facts["edits"])


def warned(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """To a rider: what is coming, what to do, where he can go. The numbers open the way there."""
    assert brief.warning is not None
    one, language = brief.warning, brief.to.language
    words = one.words or plain(language, f"warning-words-{one.kind}")
    title = say(language, "warning-title", icon=ICONS[one.kind], name=plain(language, f"warning-{one.kind}"))
    near = [_line(at, place, language, now=now, zone=zone) for at, place in enumerate(brief.shelters, start=1)]
    head = lines(title, say(language, "warning-said", when=moment(language, one.made_at, now=now, zone=zone)))
    text = Markup("{}\n\n{}").format(head, words)
    if near:
        text += Markup("\n\n") + lines(say(language, "warning-open-near"), *near)
    else:  # nothing is known to be near him: he can look for himself
        text += Markup("\n\n") + say(language, "warning-look", name=plain(language, menu.STATIONS))
    ways = [
        Button(str(at), url=navigate(language, place.latitude, place.longitude, place.names[language]))
        for at, place in enumerate(brief.shelters, start=1)
    ]
    return Card(text=text, rows=in_rows(5, ways))


def _line(at: int, place: Shelter, language: Language, *, now: datetime, zone: ZoneInfo) -> Markup:
    until = (
        say(language, "warning-open-until", when=open_until(language, place.until, now=now, zone=zone))
        if place.until is not None
        else say(language, "warning-open-always")
    )
    away = apart(language, place.metres or 0)
    name = shorten(place.names[language], most=MOST_NAME)
    return say(language, "warning-place", at=str(at), icon=place.icon, name=name, away=away, until=until)


def _progress(one: WarningRecord, language: Language, *, now: datetime, zone: ZoneInfo) -> Markup:
    when = moment(language, one.made_at, now=now, zone=zone)
    facts = {"sent": one.sent, "failed": one.failed, "left": one.left, "count": one.recipients}
    stopped = None
    if one.stopped_at is not None:
        at = moment(language, one.stopped_at, now=now, zone=zone)
        stopped = say(language, "warning-stopped", when=at, count=one.dropped)
    return lines(
        _title(language, one.kind),
        say(language, "warning-sent-by", when=when, name=one.by_name, where=_where(one.where, language)),
        say(language, "warning-progress", **facts),
        stopped,
        say(language, "warning-just-going") if one.stopped_at is not None and one.left else None,
        say(language, "warning-late", count=one.dropped) if one.stopped_at is None and one.dropped else None,
        say(language, "warning-done") if one.stopped_at is None and not one.left else None,
    )


def _all_words(found: WarningPreview) -> list[str]:
    """What is typed goes to all as it is; the usual words in each reader's language."""
    return [found.words] if found.words else [plain(one, f"warning-words-{found.kind}") for one in Language]


def _open_there(found: WarningPreview, language: Language) -> Markup:
    if not found.open_places:
        return say(language, "warning-none-open")
    if found.kind is WarningKind.FLOOD and not found.where.area.is_everywhere:
        return say(language, "warning-open-outside", count=found.open_places)
    names = [shorten(one.names[language], most=MOST_NAME) for one in found.shelters]
    more = say(language, "warning-more", count=found.open_places - len(names)) if found.open_places > len(names) else ""
    named = plain(language, "between").join(names)
    return say(language, "warning-open-there", count=found.open_places, names=named, more=more)


def _where(where: NamedArea, language: Language) -> Markup:
    area = where.area
    if area.is_everywhere:
        return say(language, "warning-everywhere")
    parts = []
    if area.grid_codes:
        parts.append(say(language, "warning-in-grids", names=_some(area.grid_codes, language)))
    if area.place_ids:
        names = [shorten(one[language], most=MOST_NAME) for one in where.places]
        away = apart(language, area.metres)
        parts.append(say(language, "warning-near-places", away=away, names=_some(names, language)))
    return Markup(plain(language, "warning-and")).join(parts)


def _some(names: Sequence[str], language: Language) -> Markup:
    shown = Markup.escape(plain(language, "between").join(names[:NAMED]))
    return shown + (say(language, "warning-more", count=len(names) - NAMED) if len(names) > NAMED else Markup())


def _preview_rows(found: WarningPreview, language: Language, *, form: int, asks_again: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if found.recipients:
        key = "button-warn-again" if asks_again else "button-warn-send"
        rows.append((Button(plain(language, key, count=found.recipients), SendWarning(form, asks_again).pack()),))
    if found.where.area.place_ids:
        near = [count for count in NEAR if count != found.where.area.metres]
        rows.append(tuple(_button(apart(language, one), WarnWithin(form, one).pack()) for one in near))
    change = [Button(plain(language, "button-warn-where"), WarnElsewhere(form).pack())]
    if found.words:
        change.append(Button(plain(language, "button-warn-usual"), WarnUsualWords(form).pack()))
    return (*rows, tuple(change), (_cancel(language),))


def _title(language: Language, kind: WarningKind) -> Markup:
    return Markup("<b>{}</b>").format(_name(language, kind))


def _name(language: Language, kind: WarningKind) -> str:
    return f"{ICONS[kind]} {plain(language, f'warning-{kind}')}"


def _button(text: str | Markup, action: str) -> Button:
    return Button(on_button(Markup(text).unescape() if isinstance(text, Markup) else text), action)


def _stop(one: WarningRecord, language: Language) -> Button:
    return Button(plain(language, "button-warn-stop"), StopWarning(one.id).pack())


def _cancel(language: Language) -> Button:
    return Button(plain(language, "button-cancel"), Cancel().pack())
