"""Invites: choosing what for, the link, and the welcome of who used it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.kinds import Role
from storage.records import Me
from views import menu
from views.actions import InviteAs
from views.card import Button, Card
from views.format import lines, moment
from views.people import cancel
from views.texts import plain, say

INVITABLE = (Role.OFFICER, Role.DESK, Role.LEAD, Role.ADMIN)


def choose(me: Me) -> Card:
    """Whom to invite?"""
    buttons = [Button(plain(me.language, f"role-{role}"), InviteAs(role).pack()) for role in INVITABLE]
    return Card(text=say(me.language, "invite-choose"), rows=(tuple(buttons[:2]), tuple(buttons[2:])))


def ask_grid(me: Me) -> Card:
    """Of which grid?"""
    return Card(text=say(me.language, "invite-grid"), rows=cancel(me.language))


def link(
    me: Me, *, url: str, role: Role, grid: str | None, expires_at: datetime, now: datetime, zone: ZoneInfo
) -> Card:
    """The one-time link, to be passed on."""
    name = plain(me.language, f"role-{role}")
    text = say(
        me.language,
        "invite-link",
        role=f"{name} · {grid}" if grid else name,
        url=url,
        until=moment(me.language, expires_at, now=now, zone=zone),
    )
    return Card(text=text)


def joined(me: Me, *, role: Role, grids: tuple[str, ...]) -> Card:
    """Welcome, with the privacy notice and the new keyboard."""
    shown = ", ".join(grids[:8]) + ("…" if len(grids) > 8 else "")
    parts = [say(me.language, f"joined-{role}", name=me.name)]
    if grids:
        parts.append(say(me.language, "joined-grids", grids=shown))
    return Card(text=lines(*parts) + "\n\n" + say(me.language, "privacy-short"), keyboard=menu.keyboard(me))
