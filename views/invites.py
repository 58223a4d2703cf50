"""Invites: choosing what for, the link, and the welcome of who used it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.kinds import Role
from storage.records import Me
from views import menu
from views.actions import InviteAs, InviteRank
from views.card import Button, Card
from views.format import lines, moment
from views.people import cancel
from views.texts import plain, say

INVITABLE = (Role.OFFICER, Role.DESK, Role.LEAD, Role.ADMIN)


def choose(me: Me) -> Card:
    """Whom to invite?"""
    buttons = [Button(plain(me.language, f"role-{role}"), InviteAs(role).pack()) for role in INVITABLE]
    return Card(text=say(me.language, "invite-choose"), rows=(tuple(buttons[:2]), tuple(buttons[2:])))


def ask_rank(me: Me) -> Card:
    """As primary, or as deputy?"""
    ranks = (
        Button(plain(me.language, "button-primary"), InviteRank(True).pack()),
        Button(plain(me.language, "button-deputy"), InviteRank(False).pack()),
    )
    return Card(text=say(me.language, "invite-rank"), rows=(ranks, *cancel(me.language)))


def ask_grid(me: Me, *, is_primary: bool) -> Card:
    """Of which grids?"""
    rank = plain(me.language, "primary" if is_primary else "deputy")
    return Card(text=say(me.language, "invite-grid", rank=rank), rows=cancel(me.language))


def link(
    me: Me,
    *,
    url: str,
    role: Role,
    grids: Sequence[str],
    is_primary: bool,
    expires_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> Card:
    """The one-time link, to be passed on."""
    name = plain(me.language, f"role-{role}")
    rank = plain(me.language, "primary" if is_primary else "deputy")
    text = say(
        me.language,
        "invite-link",
        role=f"{name} · {_listed(grids)} ({rank})" if grids else name,
        url=url,
        until=moment(me.language, expires_at, now=now, zone=zone),
    )
    return Card(text=text)


def joined(me: Me, *, role: Role, grids: tuple[str, ...]) -> Card:
    """Welcome, with the privacy notice and the new keyboard."""
    parts = [say(me.language, f"joined-{role}", name=me.name)]
    if grids:
        parts.append(say(me.language, "joined-grids", grids=_listed(grids)))
    return Card(text=lines(*parts) + "\n\n" + say(me.language, "privacy-short"), keyboard=menu.keyboard(me))


def _listed(grids: Sequence[str]) -> str:
    return ", ".join(grids[:8]) + ("…" if len(grids) > 8 else "")
