"""What is shown of those who are brought in: teams, their tasks, and the calls of an emergency."""

from dataclasses import dataclass
from datetime import datetime

from storage.kinds import EventKind, Names
from storage.team_kinds import CallState, Rank, TaskState, TeamKind


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A team that may be brought in."""

    id: int
    code: str
    names: Names
    kind: TeamKind
    members: int = 0  # who can be reached


@dataclass(frozen=True, slots=True)
class NearGrid:
    """A neighbouring grid, whose officers may be brought in."""

    id: int
    code: str
    name: str
    community: str


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """What a team, or the officers of another grid, were asked to do for a report."""

    id: int
    names: Names  # of the team or grid
    kind: TeamKind | None  # None: of a grid
    state: TaskState
    given_at: datetime
    accepted_by: int | None
    accepted_name: str | None
    ended_at: datetime | None
    words: str | None


@dataclass(frozen=True, slots=True)
class AwaitedTask:
    """A task that nobody has taken for a while, in a list of what is overdue."""

    report_id: int
    task: TaskRecord
    is_given: bool  # by the person it is shown to, who leads the report; else he is asked to take it


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One person who was called to an emergency."""

    person_id: int
    name: str
    phone: str | None
    team: Names
    rank: Rank
    deputy_of: str | None  # the silent lead's name
    state: CallState
    called_at: datetime
    answered_at: datetime | None
    arrived_at: datetime | None
    pushes: int

    @property
    def is_silent(self) -> bool:
        """Whether the phone has rung again because there was no answer."""
        return self.state is CallState.CALLED and self.pushes > 1


@dataclass(frozen=True, slots=True)
class Note:
    """A line of an emergency's story: who did what; nobody: Warmgrid itself."""

    kind: EventKind
    at: datetime
    who: str | None
    called: tuple[str, ...] = ()  # who was called in it for the first time
    silent: tuple[str, ...] = ()  # who was called again


@dataclass(frozen=True, slots=True)
class EmergencyRecord:
    """An emergency with everybody who was called."""

    id: int
    begun_by: str
    begun_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    calls: tuple[CallRecord, ...]
    notes: tuple[Note, ...] = ()
    may_end: bool = False  # the person it is shown to
