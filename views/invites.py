"""Invites: choosing what for, the link, and the welcome of who used it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.kinds import Rank, Role
from storage.records import Me, Names, TeamRecord
from views import menu
from views.actions import InviteAs, InviteLead, InviteMember, InviteRank, InviteTo, InviteTown
from views.card import Button, Card
from views.format import lines, moment, on_button
from views.people import cancel
from views.texts import plain, say

INVITABLE = (Role.OFFICER, Role.DESK, Role.LEAD, Role.ADMIN, Role.MEMBER)
MOST_TEAMS = 60
"""Buttons that choose a team."""


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


def choose_town(me: Me, towns: list[tuple[int, str]]) -> Card:
    """Of which town? ``towns`` as `services.posts.towns` gives them."""
    buttons = [Button(on_button(name), InviteTown(id_).pack()) for id_, name in towns[:MOST_TEAMS]]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Card(text=say(me.language, "invite-town" if towns else "invite-no-town"), rows=rows)


def choose_community(me: Me, town: str, communities: list[tuple[int, str]]) -> Card:
    """Of the whole town, or of which community?"""
    buttons = [Button(on_button(name), InviteLead(id_, False).pack()) for id_, name in communities[:MOST_TEAMS]]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    whole = Button(plain(me.language, "button-whole-town"), InviteLead(communities[0][0], True).pack())
    return Card(text=say(me.language, "invite-community", town=town), rows=((whole,), *rows))


def choose_team(me: Me, teams: list[TeamRecord]) -> Card:
    """Of which team?"""
    buttons = [Button(on_button(one.names[me.language]), InviteTo(one.id).pack()) for one in teams[:MOST_TEAMS]]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Card(text=say(me.language, "invite-team" if teams else "invite-no-team"), rows=rows)


def choose_rank(me: Me, team_id: int) -> Card:
    """The team's lead, or a deputy?"""
    ranks = [Button(plain(me.language, f"rank-{rank}"), InviteMember(team_id, rank).pack()) for rank in Rank]
    return Card(text=say(me.language, "invite-team-rank"), rows=(tuple(ranks),))


def link(
    me: Me,
    *,
    url: str,
    role: Role,
    grids: Sequence[str],
    team: str | None,
    land: str | None,
    is_primary: bool,
    expires_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> Card:
    """The one-time link, to be passed on."""
    what = plain(me.language, f"role-{role}")
    if grids:
        what += f" · {_listed(grids)} ({plain(me.language, 'primary' if is_primary else 'deputy')})"
    elif land is not None:
        what += f" · {land}"
    elif team is not None:
        what += f" · {team} ({plain(me.language, 'rank-lead' if is_primary else 'rank-deputy')})"
    text = say(
        me.language,
        "invite-link",
        role=what,
        url=url,
        until=moment(me.language, expires_at, now=now, zone=zone),
    )
    return Card(text=text)


def joined(
    me: Me, *, role: Role, grids: tuple[str, ...], team: Names | None = None, lands: tuple[str, ...] = ()
) -> Card:
    """Welcome, with the privacy notice and the new keyboard."""
    parts = [say(me.language, f"joined-{role}", name=me.name)]
    if grids:
        parts.append(say(me.language, "joined-grids", grids=_listed(grids)))
    if team is not None:
        parts.append(say(me.language, "joined-team", team=team[me.language]))
    if lands and role is Role.LEAD:
        parts.append(say(me.language, "joined-lands", lands=_listed(lands)))
    return Card(text=lines(*parts) + "\n\n" + say(me.language, "privacy-short"), keyboard=menu.keyboard(me))


def _listed(grids: Sequence[str]) -> str:
    return ", ".join(grids[:8]) + ("…" if len(grids) > 8 else "")
