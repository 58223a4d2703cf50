"""Welcome, privacy, settings, help."""

from markupsafe import Markup

from storage.categories import OTHER, guess
from storage.kinds import Language, ReporterKind, Role
from storage.merchant_records import TillRules
from storage.records import Me
from views import digests, menu
from views.actions import (
    Cancel,
    ChooseKind,
    ChooseLanguage,
    ChoosePlatform,
    SetDuty,
    ShowPrivacy,
    ShowSettings,
    Skip,
    WasHazard,
)
from views.card import Button, Card, Rows, in_rows
from views.format import lines, shorten
from views.texts import plain, say

PLATFORMS = ("meituan", "eleme", "jd", "sf", "post", "other")


def greeting(me: Me) -> tuple[Card, ...]:
    """The first words: what this is, or what to do first in one's role; the privacy notice; and the main menu."""
    if not me.roles:
        text = say(me.language, "welcome", name=me.name) + "\n\n" + say(me.language, "privacy-short")
        return (Card(text=text, keyboard=menu.keyboard(me)),)
    welcome = say(me.language, "welcome-role", name=me.name, roles=_roles(me))
    first = [say(me.language, f"first-{role}") for role in Role if role in me.roles]
    return Card(text=welcome + "\n\n" + lines(*first), keyboard=menu.keyboard(me)), privacy_note(me)


def privacy_note(me: Me) -> Card:
    """What is kept of those who handle reports, or of a shop's or place's people, with a button to the long notice."""
    alone = {frozenset({Role.MERCHANT}): "privacy-short-shop", frozenset({Role.KEEPER}): "privacy-short-keeper"}
    key = alone.get(me.roles, "privacy-short-role")
    return Card(text=say(me.language, key), rows=(_privacy_button(me),))


def is_unknown(me: Me) -> bool:
    """Whether the person has not said what he is, and has no role that says it."""
    return me.kind is None and not me.roles


def ask_kind(me: Me, key: str = "ask-kind") -> Card:
    """Resident or rider?"""
    kinds = tuple(
        Button(plain(me.language, f"kind-{kind}"), ChooseKind(kind).pack())
        for kind in (ReporterKind.RIDER, ReporterKind.RESIDENT)
    )
    return Card(text=say(me.language, key), rows=(kinds, _privacy_button(me)))


def kind_chosen(me: Me) -> Card:
    """What the person said he is, in place of the question."""
    return Card(text=say(me.language, "kind-chosen", kind=_kind(me)))


def team_chosen(me: Me, *, edits: int | None) -> Card:
    """What the person said he is and rides for, in place of the question that this message asked.

    Where the name has a hazard's word in it, one tap makes a report of it.
    """
    text = say(me.language, "team-chosen", kind=_kind(me), team=me.team) if me.team else kind_chosen(me).text
    rows = ((Button(plain(me.language, "button-was-hazard"), WasHazard().pack()),),) if guess(me.team) != OTHER else ()
    return Card(text=text, rows=rows, edits=edits)


def ask_platform(me: Me) -> Card:
    """Which platform does the rider ride for? May be skipped."""
    buttons = [Button(plain(me.language, f"platform-{name}"), ChoosePlatform(name).pack()) for name in PLATFORMS]
    rows = in_rows(3, buttons)
    return Card(text=say(me.language, "ask-platform"), rows=(*rows, skip(me.language)))


def ask_team(me: Me, *, is_asked: bool = False) -> Card:
    """Which team? May be skipped. ``is_asked``: the administrators are asked whether he rides."""
    more = say(me.language, "rider-asked") if is_asked else None
    return Card(text=lines(say(me.language, "ask-team"), more), rows=(skip(me.language),))


def ready(me: Me) -> Card:
    """All set: how to begin."""
    return Card(text=say(me.language, "ready"), keyboard=menu.keyboard(me))


def language_chosen(me: Me) -> Card:
    """The other language from now on, also on the main menu."""
    return Card(text=say(me.language, "language-chosen"), keyboard=menu.keyboard(me))


def settings(me: Me) -> Card:
    """What the person chose, and buttons to choose anew."""
    parts = [say(me.language, "settings-title")]
    if me.roles:
        parts.append(say(me.language, "settings-role", roles=_roles(me)))
    if me.kind:
        parts.append(say(me.language, "settings-kind", kind=_kind(me)))
    elif not me.roles:
        parts.append(say(me.language, "settings-no-kind"))
    if me.kind is ReporterKind.RIDER:
        platform = plain(me.language, f"platform-{me.platform}") if me.platform in PLATFORMS else me.platform or "—"
        parts.append(say(me.language, "settings-rider", platform=platform, team=me.team or "—"))
    if Role.OFFICER in me.roles:
        parts.append(say(me.language, "settings-duty", on=str(me.on_duty).lower()))
    languages = tuple(
        Button(
            ("● " if language is me.language else "") + plain(language, "language-name"),
            ChooseLanguage(language).pack(),
        )
        for language in Language
    )
    kinds = tuple(
        Button(("● " if kind is me.kind else "") + plain(me.language, f"kind-{kind}"), ChooseKind(kind).pack())
        for kind in (ReporterKind.RIDER, ReporterKind.RESIDENT)
    )
    rows: list[tuple[Button, ...]] = [languages, kinds]
    if Role.OFFICER in me.roles:
        rows.append((duty_button(me),))
    if me.roles & {Role.OFFICER, Role.LEAD}:
        rows.append((digests.button(me),))
    rows.append(_privacy_button(me))
    return Card(text=lines(*parts), rows=tuple(rows))


def duty(me: Me, grids: list[tuple[str, str, bool]]) -> Card:
    """On or off duty, and the officer's grids."""
    parts = [say(me.language, "duty-on" if me.on_duty else "duty-off")]
    parts += [duty_line(me, *one) for one in grids[:12]]
    if len(grids) > 12:
        parts.append(say(me.language, "and-more", count=len(grids) - 12))
    if not grids:
        parts.append(say(me.language, "duty-no-grid"))
    return Card(text=lines(*parts), rows=((duty_button(me),),))


def duty_line(me: Me, code: str, name: str, is_primary: bool) -> Markup:
    """One of an officer's grids, and as what he has it."""
    rank = plain(me.language, "primary" if is_primary else "deputy")
    return say(me.language, "duty-grid", code=code, name=name, rank=rank)


def duty_button(me: Me) -> Button:
    """The switch."""
    return Button(plain(me.language, "button-go-off" if me.on_duty else "button-go-on"), SetDuty(not me.on_duty).pack())


def privacy(me: Me) -> Card:
    """The long notice."""
    return Card(
        text=say(me.language, "privacy-long"),
        rows=((Button(plain(me.language, "button-settings"), ShowSettings().pack()),),),
    )


def help_text(me: Me, till: TillRules) -> Card:
    """How it works, by role."""
    parts = [say(me.language, "help-reporter"), say(me.language, "help-shops", code=till.code)]
    if Role.MERCHANT in me.roles:
        parts.append(say(me.language, "help-merchant", undo=till.undo))
    if Role.KEEPER in me.roles:
        parts.append(say(me.language, "help-keeper"))
    if me.roles & {Role.OFFICER, Role.DESK}:
        parts.append(say(me.language, "help-officer"))
    if Role.LEAD in me.roles:
        parts.append(say(me.language, "help-lead"))
    if Role.MEMBER in me.roles:
        parts.append(say(me.language, "help-member"))
    if me.roles & {Role.OFFICER, Role.DESK, Role.ADMIN}:
        parts.append(say(me.language, "help-emergency"))
    if Role.ADMIN in me.roles:
        parts.append(say(me.language, "help-admin"))
    text = parts[0]
    for part in parts[1:]:
        text = text + "\n\n" + part
    return Card(text=text, keyboard=menu.keyboard(me))


def skip(language: Language) -> tuple[Button, ...]:
    """A row to leave a question unanswered."""
    return (Button(plain(language, "button-skip"), Skip().pack()),)


def no_use_of_file(me: Me, name: str | None) -> Card:
    """What can be sent instead; to who may think that lists are imported so, how they are."""
    named = shorten(name, most=60) if name else plain(me.language, "what-document")
    lists = say(me.language, "error-unsupported-lists") if Role.ADMIN in me.roles else None
    return Card(text=lines(say(me.language, "error-unsupported-file", name=named), lists))


def cancel(language: Language) -> Rows:
    """A row to end a dialog."""
    return ((Button(plain(language, "button-cancel"), Cancel().pack()),),)


def _privacy_button(me: Me) -> tuple[Button, ...]:
    return (Button(plain(me.language, "button-privacy"), ShowPrivacy().pack()),)


def _roles(me: Me) -> str:
    """What the person is besides a reporter."""
    names = [plain(me.language, f"role-{role}") for role in Role if role in me.roles]
    return plain(me.language, "between").join(names)


def _kind(me: Me) -> str:
    return plain(me.language, f"kind-{me.kind}") if me.kind else "—"
