"""The tables of the shared store, a family a file."""

from storage.schema.base import Base
from storage.schema.digests import DigestRound, SilencedDigest
from storage.schema.fairness import AuditLine, FalseMark, Suspension
from storage.schema.giving import Activity, Attendance, BoardName, Credit
from storage.schema.grids import Grid, MapVersion
from storage.schema.merchants import (
    Item,
    LastPlace,
    Merchant,
    MerchantMonth,
    MerchantStaff,
    Redemption,
    WrongCodes,
)
from storage.schema.outcomes import Follower, Resolution, ResolvedReport, Verdict
from storage.schema.people import Duty, Invite, InviteGrid, Person, PersonRole, Post
from storage.schema.places import (
    LiveCard,
    PlaceDoubt,
    PlaceFacility,
    PlaceFault,
    PlaceKeeper,
    PlaceKind,
    PlacePhoto,
    PlacesVersion,
    PlaceUsage,
    PlaceVisit,
    PlaceWarning,
    ServicePlace,
)
from storage.schema.points import Account, Entry, Hold, Lot, LotUse, PointsAudit, Transfer
from storage.schema.reports import Attachment, Draft, Event, Offer, PictureBand, Report, ShownCard
from storage.schema.teams import Emergency, EmergencyCall, Task, Team, TeamMember
from storage.schema.traffic import Conversation, FailedUpdate, HandledUpdate, OutboxMessage

__all__ = [
    "Account",
    "Activity",
    "Attachment",
    "Attendance",
    "AuditLine",
    "Base",
    "BoardName",
    "Conversation",
    "Credit",
    "DigestRound",
    "Draft",
    "Duty",
    "Emergency",
    "EmergencyCall",
    "Entry",
    "Event",
    "FailedUpdate",
    "FalseMark",
    "Follower",
    "Grid",
    "HandledUpdate",
    "Hold",
    "Invite",
    "InviteGrid",
    "Item",
    "LastPlace",
    "LiveCard",
    "Lot",
    "LotUse",
    "MapVersion",
    "Merchant",
    "MerchantMonth",
    "MerchantStaff",
    "Offer",
    "OutboxMessage",
    "Person",
    "PersonRole",
    "PictureBand",
    "PlaceDoubt",
    "PlaceFacility",
    "PlaceFault",
    "PlaceKeeper",
    "PlaceKind",
    "PlacePhoto",
    "PlaceUsage",
    "PlaceVisit",
    "PlaceWarning",
    "PlacesVersion",
    "PointsAudit",
    "Post",
    "Redemption",
    "Report",
    "Resolution",
    "ResolvedReport",
    "ServicePlace",
    "ShownCard",
    "SilencedDigest",
    "Suspension",
    "Task",
    "Team",
    "TeamMember",
    "Transfer",
    "Verdict",
    "WrongCodes",
]
