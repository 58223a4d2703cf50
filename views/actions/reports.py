"""What people do with their own reports."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import OnReport, ToPage


class MyReports(ToPage):
    """A page of one's own reports."""

    prefix = "mr"


class ShowReport(OnReport):
    """A report with pictures and timeline."""

    prefix = "sr"


class AddWords(OnReport):
    """Begin to add words."""

    prefix = "aw"


class ChangeCategory(OnReport):
    """Show the categories."""

    prefix = "cc"


@dataclass(frozen=True, slots=True)
class SetCategory(OnReport):
    """Choose a category."""

    prefix: ClassVar[str] = "sc"
    code: str


class ChangePlace(OnReport):
    """Begin to correct the place."""

    prefix = "cp"


class Withdraw(OnReport):
    """Ask whether to take it back."""

    prefix = "wd"


class WithdrawNow(OnReport):
    """Take it back."""

    prefix = "wy"


class Belongs(OnReport):
    """It belongs to the report that it was filed beside."""

    prefix = "bl"


class Receipt(OnReport):
    """Back to the receipt."""

    prefix = "rc"
