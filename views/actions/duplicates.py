"""Reports of the same hazard: following and merging."""

from dataclasses import dataclass

from views.actions.base import Action, OnReport


@dataclass(frozen=True, slots=True)
class Into(OnReport):
    """An action on one report and the one that it goes on as."""

    into_id: int


class Same(OnReport):
    """What the draft has is of the same hazard as this report."""

    prefix = "sa"


class AnotherOne(Action):
    """The draft is of another hazard than those nearby."""

    prefix = "dn"


class Unfollow(OnReport):
    """Hear no more of the report."""

    prefix = "df"


class MergeOwn(Into):
    """One's own new report is of the same hazard as the other one."""

    prefix = "do"


class ChooseMerge(OnReport):
    """Show the reports that it may be merged into."""

    prefix = "dh"


class AskMerge(Into):
    """Into that one, for good: is it meant?"""

    prefix = "dk"


class MergeAtOnce(Into):
    """The same, of a list that is in chats from the time when it was not asked."""

    prefix = "dm"


class Merge(Into):
    """It is meant: merge the report into the other one."""

    prefix = "dy"
