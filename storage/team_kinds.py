"""The closed sets of words of teams, tasks and emergencies (of all else: `storage/kinds.py`)."""

from enum import StrEnum


class TeamKind(StrEnum):
    """What a team is called in for; `data/emergencies.toml` says which kinds an emergency calls."""

    FIRE = "fire"
    POLICE = "police"
    MEDICAL = "medical"
    RESCUE = "rescue"  # militia, flood and mountain rescue
    ENFORCEMENT = "enforcement"
    POWER = "power"
    WATER = "water"  # supply and drains
    GAS = "gas"
    ROADS = "roads"
    UTILITIES = "utilities"  # all four of these in one hand


class Rank(StrEnum):
    """A member's place in a team."""

    LEAD = "lead"  # called at once
    DEPUTY = "deputy"  # called when a lead is silent


class TaskState(StrEnum):
    """How far those who were brought in are with their part."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"
    DROPPED = "dropped"  # by the lead, or with the report


class CallState(StrEnum):
    """What one person who was called to an emergency has answered."""

    CALLED = "called"
    ON_WAY = "on_way"
    ARRIVED = "arrived"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"  # has not joined, or blocked the bot: only the telephone is left
