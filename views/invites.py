"""Invites: choosing what for, the link, and the welcome of who used it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Names, Role
from storage.records import Me
from storage.team_kinds import Rank
from storage.team_records import TeamRecord
from views import menu
from views.actions import InviteAs, InviteLead, InviteMember, InviteRank, InviteTo, InviteTown
from views.card import Button, Card, in_rows
from views.format import lines, moment, on_button
from views.people import cancel, duty_line
from views.texts import plain, say

Grids = Sequence[tuple[str, str, bool]]
"""Of each, code, name and whether as primary."""
MOST_GRIDS = 8
"""Grids that are named one by one."""
INVITABLE = (Role.OFFICER, Role.DESK, Role.LEAD, Role.ADMIN, Role.MEMBER, Role.MERCHANT, Role.KEEPER)
MOST_TEAMS = 60
"""Buttons that choose a team."""


def choose(me: Me) -> Card:
    """Whom to invite?"""
    buttons = [Button(plain(me.language, f"role-{role}"), InviteAs(role).pack()) for role in INVITABLE]
    return Card(text=say(me.language, "invite-choose"), rows=in_rows(3, buttons))


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


def ask_shop(me: Me) -> Card:
    """Of which shop?"""
    return Card(text=say(me.language, "invite-shop"), rows=cancel(me.language))


def choose_town(me: Me, towns: list[tuple[int, str]]) -> Card:
    """Of which town? ``towns`` as `services.posts.towns` gives them."""
    buttons = [Button(on_button(name), InviteTown(id_).pack()) for id_, name in towns[:MOST_TEAMS]]
    rows = in_rows(2, buttons)
    return Card(text=say(me.language, "invite-town" if towns else "invite-no-town"), rows=rows)


def choose_community(me: Me, town: str, communities: list[tuple[int, str]]) -> Card:
    """Of the whole town, or of which community?"""
    buttons = [Button(on_button(name), InviteLead(id_, False).pack()) for id_, name in communities[:MOST_TEAMS]]
    rows = in_rows(2, buttons)
    whole = Button(plain(me.language, "button-whole-town"), InviteLead(communities[0][0], True).pack())
    return Card(text=say(me.language, "invite-community", town=town), rows=((whole,), *rows))


def choose_team(me: Me, teams: list[TeamRecord]) -> Card:
    """Of which team?"""
    buttons = [Button(on_button(one.names[me.language]), InviteTo(one.id).pack()) for one in teams[:MOST_TEAMS]]
    rows = in_rows(2, buttons)
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
    grids: Grids,
    team: str | None,
    land: str | None,
    is_primary: bool,
    meant_for: str | None,
    expires_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> Card:
    """The one-time link, to be passed on, with all that it gives."""
    title = say(me.language, "invite-title", role=plain(me.language, f"role-{role}"))
    if grids or team is not None:
        ranks = ("primary", "deputy") if grids else ("rank-lead", "rank-deputy")
        who = plain(me.language, f"role-{role}") + (f" {team}" if team is not None else "")
        title = say(me.language, "invite-title-ranked", role=who, rank=plain(me.language, ranks[not is_primary]))
    elif land is not None:
        title = say(me.language, "invite-title", role=f"{plain(me.language, f'role-{role}')} · {land}")
    until = moment(me.language, expires_at, now=now, zone=zone)
    whose = say(me.language, "invite-meant-for", name=meant_for) if meant_for is not None else None
    return Card(text=lines(title, whose, *_listed(me, grids), say(me.language, "invite-link", url=url, until=until)))


def joined(
    me: Me,
    *,
    role: Role,
    grids: Grids,
    team: Names | None = None,
    shop: Names | None = None,
    place: Names | None = None,
    lands: tuple[str, ...] = (),
) -> Card:
    """Welcome, with what to do first, and the new keyboard."""
    parts = [say(me.language, f"joined-{role}", name=me.name), *_listed(me, grids)]
    if team is not None:
        parts.append(say(me.language, "joined-team", team=team[me.language]))
    if shop is not None:
        parts.append(say(me.language, "joined-shop", shop=shop[me.language]))
    if place is not None:
        parts.append(say(me.language, "joined-place", place=place[me.language]))
    if lands and role is Role.LEAD:
        parts.append(say(me.language, "joined-lands", lands=", ".join(lands)))
    return Card(text=lines(*parts) + "\n\n" + say(me.language, f"first-{role}"), keyboard=menu.keyboard(me))


def _listed(me: Me, grids: Grids) -> list[Markup]:
    """A line each; of many, the first."""
    named = [duty_line(me, *one) for one in grids[:MOST_GRIDS]]
    if len(grids) > MOST_GRIDS:
        named.append(say(me.language, "and-more", count=len(grids) - MOST_GRIDS))
    return named
