"""Reports shown a page at a time: one's own, and an officer's cases."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.kinds import Status
from storage.records import Me, ReportRecord, number
from views.actions import MyCases, MyReports, ShowCase, ShowReport
from views.actions.base import ToPage
from views.card import Button, Card, Rows, in_rows
from views.format import lines, moment
from views.promises import accept_by, due_by, resolve_by, stands
from views.report_lines import STATUS_ICONS
from views.texts import plain, say


def my_reports(page: list[ReportRecord], me: Me, *, at: int, pages: int, now: datetime, zone: ZoneInfo) -> Card:
    """Newest first, each with how it stands and by when what is promised; a tap shows the details."""
    if not page:
        return Card(text=say(me.language, "my-reports-none"))
    parts = [say(me.language, "my-reports-title")]
    for report in page:
        when = moment(me.language, report.filed_at, now=now, zone=zone)
        parts.append(
            say(
                me.language,
                "my-reports-line",
                icon=category(report.category).icon,
                number=number(report.id),
                category=category(report.category).names[me.language],
                status=Markup(STATUS_ICONS[report.status] + " ") + stands(report, me, now=now, zone=zone),
                when=when,
            )
            + (say(me.language, "my-reports-followed") if report.follows else Markup())
        )
    buttons = [Button(_name(report), ShowReport(report.id).pack()) for report in page]
    return Card(text=lines(*parts), rows=(*in_rows(2, buttons), *turn(me, MyReports, at=at, pages=pages)))


def _name(report: ReportRecord) -> str:
    """A report on a button: how it stands, its number, what it is about."""
    return f"{STATUS_ICONS[report.status]} {number(report.id)} {category(report.category).icon}"


def my_cases(page: list[ReportRecord], me: Me, *, at: int, pages: int, now: datetime, zone: ZoneInfo) -> Card:
    """Open ones, the most pressing first, and behind them those that wait."""
    if not page:
        return Card(text=say(me.language, "my-cases-none"))
    parts = [say(me.language, "my-cases-title"), *case_lines(page, me, now=now, zone=zone)]
    buttons = [Button(number(report.id), ShowCase(report.id).pack()) for report in page]
    return Card(text=lines(*parts), rows=(*in_rows(3, buttons), *turn(me, MyCases, at=at, pages=pages)))


def case_lines(page: Sequence[ReportRecord], me: Me, *, now: datetime, zone: ZoneInfo) -> list[Markup]:
    """A line each: what it is, and by when what is to be done; that the clock of the last ones stands still."""
    parts: list[Markup] = []
    are_paused = False
    for report in page:
        stands_as, by = _case(report, me, now=now, zone=zone)
        if report.waiting_for is not None and not are_paused:
            are_paused = True
            parts.append(say(me.language, "my-cases-paused"))
        parts.append(
            say(
                me.language,
                f"my-cases-line-{stands_as}",
                icon=category(report.category).icon,
                number=number(report.id),
                category=category(report.category).names[me.language],
                by=by,
            )
            + (say(me.language, "my-cases-affected", count=report.affected) if report.affected > 1 else Markup())
        )
    return parts


def _case(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> tuple[str, Markup]:
    """How a case stands with its officer, and the moment that matters: none is late while its clock stands still."""
    if report.waiting_for is not None and report.waiting_until is not None:
        return f"paused-{report.waiting_for}", moment(me.language, report.waiting_until, now=now, zone=zone)
    if (by := due_by(report)) < now or report.status is Status.REVIEW:
        return "late" if by < now else "review", moment(me.language, by, now=now, zone=zone)
    if report.status is Status.ACCEPTED:
        return "accepted", resolve_by(report, me, now=now, zone=zone)
    return "open", accept_by(report, me, now=now, zone=zone)


def pager(me: Me, *, at: int, pages: int, older: str, newer: str) -> Rows:
    """A row to turn pages, if there are several."""
    row = []
    if at > 0:
        row.append(Button(plain(me.language, "button-newer"), newer))
    if at + 1 < pages:
        row.append(Button(plain(me.language, "button-older"), older))
    return (tuple(row),) if row else ()


def turn(me: Me, to: type[ToPage], *, at: int, pages: int) -> Rows:
    """The same, of a list whose pages have nothing but a number."""
    return pager(me, at=at, pages=pages, older=to(at + 1).pack(), newer=to(max(0, at - 1)).pack())
