"""Invites: choosing what for, the link, and the welcome of who used it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Role
from storage.records import Me
from views import menu
from views.actions import InviteAs, InviteRank
from views.card import Button, Card
from views.format import lines, moment
from views.people import cancel
from views.texts import plain, say

Grids = Sequence[tuple[str, str]]
"""Code and name of each."""
MOST_GRIDS = 8
"""Grids that are named one by one."""
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
    grids: Grids,
    is_primary: bool,
    expires_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> Card:
    """The one-time link, to be passed on."""
    title = say(me.language, "invite-title", role=plain(me.language, f"role-{role}"))
    if grids:
        rank = plain(me.language, "primary" if is_primary else "deputy")
        title = say(me.language, "invite-title-ranked", role=plain(me.language, f"role-{role}"), rank=rank)
    until = moment(me.language, expires_at, now=now, zone=zone)
    return Card(text=lines(title, *_listed(me, grids), say(me.language, "invite-link", url=url, until=until)))


def joined(me: Me, *, role: Role, grids: Grids) -> Card:
    """Welcome, with what to do first, and the new keyboard."""
    parts = [say(me.language, f"joined-{role}", name=me.name), *_listed(me, grids)]
    return Card(text=lines(*parts) + "\n\n" + say(me.language, f"first-{role}"), keyboard=menu.keyboard(me))


def _listed(me: Me, grids: Grids) -> list[Markup]:
    """A line each; of many, the first."""
    named = [say(me.language, "line-grid", code=code, name=name) for code, name in grids[:MOST_GRIDS]]
    if len(grids) > MOST_GRIDS:
        named.append(say(me.language, "and-more", count=len(grids) - MOST_GRIDS))
    return named
