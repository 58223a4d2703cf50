"""Bringing others in, and their tasks."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action, OnReport


@dataclass(frozen=True, slots=True)
class OnTask(Action):
    """An action on one task."""

    task_id: int


@dataclass(frozen=True, slots=True)
class TaskForReason(OnTask):
    """Likewise, for this reason."""

    why: str


class BringIn(OnReport):
    """Show who can be brought in."""

    prefix = "tbi"


class BringInMore(OnReport):
    """Show all who can be brought in."""

    prefix = "tbm"


@dataclass(frozen=True, slots=True)
class AskTeam(OnReport):
    """Bring in this team."""

    prefix: ClassVar[str] = "tbt"
    team_id: int


@dataclass(frozen=True, slots=True)
class AskGrid(OnReport):
    """Bring in the officers of this grid."""

    prefix: ClassVar[str] = "tbg"
    grid_id: int


class DropTask(OnTask):
    """Ask why the task is no longer needed."""

    prefix = "tdr"


class DropTaskFor(TaskForReason):
    """Drop it, for this reason."""

    prefix = "tdf"


class AcceptTask(OnTask):
    """Take the task on."""

    prefix = "tac"


class DeclineTask(OnTask):
    """Ask why it cannot be done."""

    prefix = "tdc"


class DeclineTaskFor(TaskForReason):
    """Decline it, for this reason."""

    prefix = "tdw"


class FinishTask(OnTask):
    """Begin to say that it is done."""

    prefix = "tdo"


class FinishTaskNow(OnTask):
    """It is done; no words."""

    prefix = "tfi"


class ShowTask(OnTask):
    """The task's card."""

    prefix = "tsh"
