"""What an officer is asked and told when something is fixed: photo, place, reasons, other reports at the place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.kinds import Names
from storage.records import Me, number
from views import menu
from views.actions import AllFixed, AlsoFixed, DropWords, ProofWhy, ShowCase, UseKept
from views.card import Button, Card
from views.format import apart, lines, moment, quote
from views.people import cancel
from views.texts import plain, say

WHY_FAR = ("elsewhere", "place", "gps")


def ask_place(me: Me, report_id: int, *, words: str = "") -> Card:
    """The photo is here; where was that? ``words`` that were just written are shown as others will read them."""
    asks = say(me.language, "proof-place", number=number(report_id))
    return Card(text=lines(asks, _noted(me, words)), keyboard=menu.where(me))


def ask_photo_again(me: Me, report_id: int, *, words: str, instead_of: int | None) -> Card:
    """Words came instead of the photo: they go with it, unless he says otherwise. In place of the last question."""
    asks = say(me.language, "prompt-resolve-words", number=number(report_id))
    drop = Button(plain(me.language, "button-drop-words"), DropWords(report_id).pack())
    return Card(text=lines(asks, _noted(me, words)), rows=((drop,), *cancel(me.language)), deletes=instead_of)


def ask_photo(me: Me, report_id: int) -> Card:
    """The place is here; the photo is not."""
    return Card(text=say(me.language, "proof-photo", number=number(report_id)), rows=cancel(me.language))


def ask_why(me: Me, report_id: int, metres: int | None) -> Card:
    """Why not at the report's place (so far away), or why without a place? One tap, or words."""
    if metres is None:
        text = say(me.language, "proof-why-no-place", number=number(report_id))
    else:
        text = say(me.language, "proof-why-far", number=number(report_id), far=apart(me.language, metres))
    rows = tuple((Button(plain(me.language, f"why-proof-{why}"), ProofWhy(report_id, why).pack()),) for why in WHY_FAR)
    return Card(text=text, rows=(*rows, *cancel(me.language)))


def done(me: Me, report_id: int, metres: int | None = None) -> Card:
    """It is fixed; the main menu is back. ``metres`` from the report is the place that the picture itself has said."""
    text = say(me.language, "resolved-done", number=number(report_id))
    where = say(me.language, "proof-by-picture", far=apart(me.language, metres)) if metres is not None else None
    return Card(text=lines(text, where), keyboard=menu.keyboard(me))


def fixed(me: Me, report_id: int) -> Card:
    """In place of the question whether it is the fix."""
    return Card(text=say(me.language, "resolved-done", number=number(report_id)))


def kept(me: Me, report_id: int, names: Names) -> Card:
    """Others are at work on it still: what was sent is not lost."""
    text = say(me.language, "proof-kept", number=number(report_id), names=names[me.language])
    return Card(text=text, rows=((Button(number(report_id), ShowCase(report_id).pack()),),))


def or_kept(asked: Card, me: Me, report_id: int, *, at: datetime, now: datetime, zone: ZoneInfo) -> Card:
    """What asks for the photo; or the one that was kept, with its place?"""
    when = moment(me.language, at, now=now, zone=zone)
    use = Button(plain(me.language, "button-use-kept"), UseKept(report_id).pack())
    return replace(
        asked, text=lines(asked.text, say(me.language, "proof-or-kept", when=when)), rows=((use,), *asked.rows)
    )


def over(me: Me) -> Card:
    """A key of a question that waits for no answer any more; the main menu is back."""
    return Card(text=say(me.language, "proof-over"), keyboard=menu.keyboard(me))


def menu_back(me: Me) -> Card:
    """The officer wants to go on with nothing: the main menu is back."""
    return Card(text=say(me.language, "menu-back"), keyboard=menu.keyboard(me))


def also(me: Me, report_id: int, near: Sequence[tuple[int, int, str | None]], *, done: Sequence[int] = ()) -> Card:
    """Other reports at the place, with their metres, and category if it is another one; and those that are fixed now.

    One tap each; or all, of those of the same category.
    """
    parts = []
    if done:
        parts.append(say(me.language, "also-done", numbers=", ".join(number(one) for one in done)))
    if near:
        parts.append(say(me.language, "also-ask", number=number(report_id)))
        parts += [_other(me, one, kind) for one, _, kind in near if kind is not None]
    rows = [
        (
            Button(
                plain(me.language, "button-also", number=number(one), far=apart(me.language, metres)),
                AlsoFixed(report_id, one).pack(),
            ),
        )
        for one, metres, _ in near
    ]
    alike = sum(kind is None for _, _, kind in near)
    if alike > 1:
        everything = Button(plain(me.language, "button-also-all", count=alike), AllFixed(report_id).pack())
        rows.insert(alike, (everything,))
    return Card(text=Markup("\n").join(parts), rows=tuple(rows))


def _noted(me: Me, words: str) -> Markup | None:
    return say(me.language, "proof-words") + quote(words) if words else None


def _other(me: Me, report_id: int, code: str) -> Markup:
    """What a report at the place is, that is of another category."""
    kind = category(code)
    return say(me.language, "also-other", icon=kind.icon, number=number(report_id), category=kind.names[me.language])
