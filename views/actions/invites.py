"""Invites, and for whom."""

from dataclasses import dataclass
from typing import ClassVar

from storage.kinds import Role
from storage.team_kinds import Rank
from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class InviteAs(Action):
    """Make an invite for this role."""

    prefix: ClassVar[str] = "iv"
    role: Role


@dataclass(frozen=True, slots=True)
class InviteRank(Action):
    """Of an officer to be invited: primary, or deputy."""

    prefix: ClassVar[str] = "ir"
    is_primary: bool


@dataclass(frozen=True, slots=True)
class InviteTown(Action):
    """Of a lead to be invited: the town of this grid; the whole of it, or which community?"""

    prefix: ClassVar[str] = "it"
    grid_id: int


@dataclass(frozen=True, slots=True)
class InviteLead(Action):
    """Make an invite for the lead of this grid's town, or community."""

    prefix: ClassVar[str] = "il"
    grid_id: int
    is_town: bool


@dataclass(frozen=True, slots=True)
class InviteTo(Action):
    """Ask whether a team's lead or a deputy is to be invited."""

    prefix: ClassVar[str] = "ivt"
    team_id: int


@dataclass(frozen=True, slots=True)
class InviteMember(Action):
    """Make an invite for a member of this team."""

    prefix: ClassVar[str] = "ivm"
    team_id: int
    rank: Rank
