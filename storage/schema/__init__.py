"""The tables of the shared store, a family a file."""

from storage.schema.base import Base
from storage.schema.grids import Grid
from storage.schema.people import Duty, Invite, Person, PersonRole, Post
from storage.schema.reports import Attachment, Draft, Event, Offer, Report, ShownCard
from storage.schema.teams import Emergency, EmergencyCall, Task, Team, TeamMember
from storage.schema.traffic import Conversation, FailedUpdate, HandledUpdate, OutboxMessage

__all__ = [
    "Attachment",
    "Base",
    "Conversation",
    "Draft",
    "Duty",
    "Emergency",
    "EmergencyCall",
    "Event",
    "FailedUpdate",
    "Grid",
    "HandledUpdate",
    "Invite",
    "Offer",
    "OutboxMessage",
    "Person",
    "PersonRole",
    "Post",
    "Report",
    "ShownCard",
    "Task",
    "Team",
    "TeamMember",
]
