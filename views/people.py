"""Welcome, privacy, settings, help."""

from storage.kinds import Language, ReporterKind, Role
from storage.records import Me
from views import digests, menu
from views.actions import Cancel, ChooseKind, ChooseLanguage, ChoosePlatform, SetDuty, ShowPrivacy, ShowSettings, Skip
from views.card import Button, Card, Rows
from views.format import lines
from views.texts import plain, say

PLATFORMS = ("meituan", "eleme", "jd", "sf", "post", "other")


def welcome(me: Me) -> Card:
    """The first words: what this is, the privacy notice, and the main menu."""
    text = say(me.language, "welcome", name=me.name) + "\n\n" + say(me.language, "privacy-short")
    return Card(text=text, keyboard=menu.keyboard(me))


def is_unknown(me: Me) -> bool:
    """Whether the person has not said what he is, and has no role that says it."""
    return me.kind is None and not me.roles


def ask_kind(me: Me, key: str = "ask-kind") -> Card:
    """Resident or rider?"""
    kinds = tuple(
        Button(plain(me.language, f"kind-{kind}"), ChooseKind(kind).pack())
        for kind in (ReporterKind.RIDER, ReporterKind.RESIDENT)
    )
    privacy = (Button(plain(me.language, "button-privacy"), ShowPrivacy().pack()),)
    return Card(text=say(me.language, key), rows=(kinds, privacy))


def kind_chosen(me: Me) -> Card:
    """What the person said he is, in place of the question."""
    return Card(text=say(me.language, "kind-chosen", kind=_kind(me)))


def team_chosen(me: Me, *, edits: int | None) -> Card:
    """What the person said he is and rides for, in place of the question that this message asked."""
    text = say(me.language, "team-chosen", kind=_kind(me), team=me.team) if me.team else kind_chosen(me).text
    return Card(text=text, edits=edits)


def ask_platform(me: Me) -> Card:
    """Which platform does the rider ride for? May be skipped."""
    buttons = [Button(plain(me.language, f"platform-{name}"), ChoosePlatform(name).pack()) for name in PLATFORMS]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    return Card(text=say(me.language, "ask-platform"), rows=(*rows, skip(me.language)))


def ask_team(me: Me) -> Card:
    """Which team? May be skipped."""
    return Card(text=say(me.language, "ask-team"), rows=(skip(me.language),))


def ready(me: Me) -> Card:
    """All set: how to begin."""
    return Card(text=say(me.language, "ready"), keyboard=menu.keyboard(me))


def settings(me: Me) -> Card:
    """What the person chose, and buttons to choose anew."""
    parts = [say(me.language, "settings-title"), say(me.language, "settings-kind", kind=_kind(me))]
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
    rows.append((Button(plain(me.language, "button-privacy"), ShowPrivacy().pack()),))
    return Card(text=lines(*parts), rows=tuple(rows))


def duty(me: Me, grids: list[tuple[str, str, bool]]) -> Card:
    """On or off duty, and the officer's grids."""
    parts = [say(me.language, "duty-on" if me.on_duty else "duty-off")]
    parts += [
        say(me.language, "duty-grid", code=code, name=name, rank=plain(me.language, "primary" if first else "deputy"))
        for code, name, first in grids[:12]
    ]
    if len(grids) > 12:
        parts.append(say(me.language, "and-more", count=len(grids) - 12))
    if not grids:
        parts.append(say(me.language, "duty-no-grid"))
    return Card(text=lines(*parts), rows=((duty_button(me),),))


def duty_button(me: Me) -> Button:
    """The switch."""
    return Button(plain(me.language, "button-go-off" if me.on_duty else "button-go-on"), SetDuty(not me.on_duty).pack())


def privacy(me: Me) -> Card:
    """The long notice."""
    return Card(
        text=say(me.language, "privacy-long"),
        rows=((Button(plain(me.language, "button-settings"), ShowSettings().pack()),),),
    )


def help_text(me: Me) -> Card:
    """How it works, by role."""
    parts = [say(me.language, "help-reporter")]
    if me.roles & {Role.OFFICER, Role.DESK}:
        parts.append(say(me.language, "help-officer"))
    if Role.ADMIN in me.roles:
        parts.append(say(me.language, "help-admin"))
    text = parts[0]
    for part in parts[1:]:
        text = text + "\n\n" + part
    return Card(text=text, keyboard=menu.keyboard(me))


def skip(language: Language) -> tuple[Button, ...]:
    """A row to leave a question unanswered."""
    return (Button(plain(language, "button-skip"), Skip().pack()),)


def cancel(language: Language) -> Rows:
    """A row to end a dialog."""
    return ((Button(plain(language, "button-cancel"), Cancel().pack()),),)


def _kind(me: Me) -> str:
    return plain(me.language, f"kind-{me.kind}") if me.kind else "—"
