"""Those who are brought in: choosing them, their tasks, and what the lead hears."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Status
from storage.records import Me, ReportRecord, number
from storage.team_kinds import TaskState
from storage.team_records import AwaitedTask, NearGrid, TaskRecord, TeamRecord
from views.actions import (
    AcceptTask,
    AskGrid,
    AskTeam,
    BackToCase,
    BringInMore,
    DeclineTask,
    DeclineTaskFor,
    DropTask,
    DropTaskFor,
    FinishTask,
    FinishTaskNow,
    Resolve,
    ShowCase,
    ShowTask,
)
from views.card import Button, Card, Pin, Rows, in_rows
from views.format import is_night, lines, on_button, quote, shorten
from views.maps import navigate
from views.people import cancel
from views.report_lines import grid_line, kind_line, reason
from views.texts import plain, say

WHY_DECLINE_TASK = ("busy", "far", "not-ours", "other")
WHY_DROP_TASK = ("not-needed", "no-answer", "others-do-it", "by-mistake")
SHOWN = 8
"""Tasks that a card lists."""
MOST_TEAMS = 24
"""Buttons that choose a team."""
FIRST_GRIDS = 2
"""Neighbouring grids that are shown at once."""
WORKED_ON = (Status.OPEN, Status.ACCEPTED)


def choose(
    report: ReportRecord,
    me: Me,
    fitting: list[TeamRecord],
    grids: list[NearGrid],
    *,
    others: list[TeamRecord],
    shows_all: bool = False,
) -> Card:
    """Whom to bring in? One tap asks; who has been asked can be dropped.

    First the teams that fit and the nearest grids; ``others``, and all grids, behind one more tap, or where none fits.
    ``grids`` are the neighbouring ones: what does not fit on their buttons stands in a line of the same number.
    """
    asked = [task for task in report.tasks if task.state in (TaskState.OFFERED, TaskState.ACCEPTED)][:SHOWN]
    busy = {task.names[me.language] for task in asked}
    fit, left = ([one for one in teams if one.names[me.language] not in busy] for teams in (fitting, others))
    has_more = not shows_all and bool(fit) and bool(left or grids[FIRST_GRIDS:])
    teams, near = (fit, grids[:FIRST_GRIDS]) if has_more else ([*fit, *left], grids)
    some = [Button(on_button(one.names[me.language]), AskTeam(report.id, one.id).pack()) for one in teams[:MOST_TEAMS]]
    beside = [
        Button(on_button(f"🧩 {at} {one.name}"), AskGrid(report.id, one.id).pack()) for at, one in enumerate(near, 1)
    ]
    drop = [Button(on_button(f"❌ {task.names[me.language]}"), DropTask(task.id).pack()) for task in asked]
    more = [Button(plain(me.language, "button-bring-in-more"), BringInMore(report.id).pack())] if has_more else []
    back = Button(plain(me.language, "button-back"), BackToCase(report.id).pack())
    where = [_grid(at, one, me) for at, one in enumerate(near, 1)]
    text = lines(say(me.language, "bring-in-whom", number=number(report.id)), *where, *lines_of(report, me))
    return Card(text=text, rows=(*in_rows(2, some), *in_rows(2, beside), *in_rows(2, drop), (*more, back)))


def _grid(at: int, grid: NearGrid, me: Me) -> Markup:
    named = {"name": shorten(grid.name, most=60), "community": shorten(grid.community, most=60)}
    return say(me.language, "bring-in-grid", at=str(at), code=grid.code, **named)


def why_drop(report_id: int, task: TaskRecord, me: Me) -> Card:
    """Why is it no longer needed? One tap."""
    buttons = [
        Button(plain(me.language, f"why-drop-task-{code}"), DropTaskFor(task.id, code).pack()) for code in WHY_DROP_TASK
    ]
    back = Button(plain(me.language, "button-back"), BackToCase(report_id).pack())
    return Card(text=say(me.language, "ask-why-drop-task", name=_name(task, me)), rows=(*in_rows(2, buttons), (back,)))


def alert(report: ReportRecord, task: TaskRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Pictures, place and the task's card; rings as the report's own alert does."""
    shown = _card(report, task, me)
    return Card(
        text=shown.text,
        photos=report.photos,
        pin=Pin(report.latitude, report.longitude),
        rows=shown.rows,
        is_silent=not report.is_urgent and is_night(now, zone),
    )


def task(report: ReportRecord, task: TaskRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The task as who was asked sees it, with what he may do now."""
    return _card(report, task, me)


def why_decline(task: TaskRecord, me: Me) -> Card:
    """Why can it not be done? One tap."""
    buttons = [
        Button(plain(me.language, f"why-decline-task-{code}"), DeclineTaskFor(task.id, code).pack())
        for code in WHY_DECLINE_TASK
    ]
    back = Button(plain(me.language, "button-back"), ShowTask(task.id).pack())
    return Card(
        text=say(me.language, "ask-why-decline-task", name=_name(task, me)), rows=(*in_rows(2, buttons), (back,))
    )


def ask_words(report_id: int, task: TaskRecord, me: Me) -> Card:
    """What was done? Typed, or nothing to say."""
    done = Button(plain(me.language, "button-task-done-now"), FinishTaskNow(task.id).pack())
    back = Button(plain(me.language, "button-back"), ShowTask(task.id).pack())
    return Card(text=say(me.language, "prompt-task-done", number=number(report_id)), rows=((done,), (back,)))


def ask_words_only(report_id: int, task: TaskRecord, me: Me) -> Card:
    """A picture or recording came instead."""
    done = Button(plain(me.language, "button-task-done-now"), FinishTaskNow(task.id).pack())
    text = say(me.language, "prompt-task-words-only", number=number(report_id))
    return Card(text=text, rows=((done,), *cancel(me.language)))


def my_tasks(tasks: list[tuple[int, TaskRecord]], me: Me) -> Card:
    """The open tasks, oldest first."""
    if not tasks:
        return Card(text=say(me.language, "my-tasks-none"))
    told = [
        say(me.language, f"my-tasks-line-{one.state}", number=number(report_id), name=_name(one, me))
        for report_id, one in tasks
    ]
    buttons = [Button(number(report_id), ShowTask(one.id).pack()) for report_id, one in tasks]
    return Card(text=lines(say(me.language, "my-tasks-title"), *told), rows=in_rows(3, buttons))


def news(report: ReportRecord, task: TaskRecord, me: Me) -> Card:
    """To the lead: what became of a task; when all are done, the fix can be reported."""
    facts = {"number": number(report.id), "name": _name(task, me), "who": shorten(task.accepted_name or "", most=60)}
    text = say(me.language, f"told-task-{task.state}", **facts, why=_why(task, me))
    if task.state is TaskState.DONE:
        text += quote(task.words)
    is_mine = report.status is Status.ACCEPTED and report.officer_id == me.id
    if task.state is not TaskState.DONE or not is_mine or _open(report):
        return Card(text=text)
    resolve = Button(plain(me.language, "button-resolve"), Resolve(report.id).pack())
    return Card(text=lines(text, say(me.language, "told-tasks-all-done")), rows=((resolve,),))


def silent(report: ReportRecord, task: TaskRecord, me: Me) -> Card:
    """To the lead: nobody takes it, or who has it cannot be reached; he may drop it."""
    facts = {"number": number(report.id), "name": _name(task, me), "who": shorten(task.accepted_name or "", most=60)}
    text = say(me.language, f"told-task-silent-{task.state}", **facts)
    return Card(text=text, rows=((Button(plain(me.language, "button-task-drop"), DropTask(task.id).pack()),),))


def awaited(one: AwaitedTask, me: Me) -> Markup:
    """A line of a list of what is overdue: nobody has taken it."""
    key = "overdue-line-task-given" if one.is_given else "overdue-line-task"
    return say(me.language, key, number=number(one.report_id), name=_name(one.task, me))


def to_awaited(one: AwaitedTask) -> Button:
    """To the task; its lead goes to the report, where he may drop it or ask others."""
    action = ShowCase(one.report_id) if one.is_given else ShowTask(one.task.id)
    return Button(f"🤝 {number(one.report_id)}", action.pack())


def off(report: ReportRecord, task: TaskRecord, me: Me) -> Card:
    """To who had accepted: it is no longer needed."""
    key = "told-task-off-why" if task.words else "told-task-off"
    return Card(text=say(me.language, key, number=number(report.id), name=_name(task, me), why=_why(task, me)))


def lines_of(report: ReportRecord, me: Me) -> list[Markup]:
    """One line a task, and that an emergency goes on."""
    shown = [task for task in report.tasks if task.state is not TaskState.DROPPED][-SHOWN:]
    told = [
        say(
            me.language,
            f"task-line-{task.state}",
            name=_name(task, me),
            who=shorten(task.accepted_name or "", most=40),
            why=_why(task, me),
        )
        for task in shown
    ]
    return [*told, *([say(me.language, "case-emergency")] if report.emergency_id is not None else [])]


def _card(report: ReportRecord, task: TaskRecord, me: Me) -> Card:
    language = me.language
    text = lines(
        say(language, "task-title-urgent" if report.is_urgent else "task-title", number=number(report.id)),
        kind_line(report, me),
        grid_line(report, me),
        say(language, "case-place", name=report.place_name) if report.place_name else None,
        say(language, "task-for", name=_name(task, me)),
        say(language, "task-lead", name=shorten(report.officer_name, most=60)) if report.officer_name else None,
    )
    return Card(
        text=text + quote(report.words, most=2000) + "\n" + _state(report, task, me), rows=_rows(report, task, me)
    )


def _state(report: ReportRecord, task: TaskRecord, me: Me) -> Markup:
    if task.state is TaskState.ACCEPTED and report.status in WORKED_ON:
        mine = task.accepted_by == me.id
        key = "task-yours" if mine else "task-taken"
        return say(me.language, key, name=shorten(task.accepted_name or "", most=60))
    if task.state is TaskState.OFFERED and report.status not in WORKED_ON:
        return say(me.language, "task-dropped")
    return say(me.language, f"task-{task.state}")


def _rows(report: ReportRecord, task: TaskRecord, me: Me) -> Rows:
    language = me.language
    if report.status not in WORKED_ON:
        return ()
    route = Button(
        plain(language, "button-navigate"),
        url=navigate(language, report.latitude, report.longitude, number(report.id)),
    )
    cannot = Button(plain(language, "button-task-decline"), DeclineTask(task.id).pack())
    if task.state is TaskState.OFFERED:
        return ((Button(plain(language, "button-accept"), AcceptTask(task.id).pack()),), (cannot, route))
    if task.state is TaskState.ACCEPTED and task.accepted_by == me.id:
        return ((Button(plain(language, "button-task-done"), FinishTask(task.id).pack()),), (cannot, route))
    return ()


def _open(report: ReportRecord) -> bool:
    return any(task.state in (TaskState.OFFERED, TaskState.ACCEPTED) for task in report.tasks)


def _name(task: TaskRecord, me: Me) -> str:
    return shorten(task.names[me.language], most=60)


def _why(task: TaskRecord, me: Me) -> str:
    family = "decline-task" if task.state is TaskState.DECLINED else "drop-task"
    return shorten(reason(me, family, task.words or ""), most=80)
