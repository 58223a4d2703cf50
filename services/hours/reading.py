"""Reads when something is open, as people and files write it, into a `Plan`.

The text becomes tokens; tokens become groups, each of which says days, spans, «closed» or «as usual»; groups become
rules, whether the days stand before the spans or behind them. What says two things of the same days is taken together
where both are spans; else the later one holds. What cannot be understood to its last sign is refused.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.hours.clocks import Clock, Unread
from services.hours.errors import BadHours, HoursByFestival, LoneTime
from services.hours.plan import ALL_DAY, DAY, Dates, Plan, Spans
from services.hours.tokens import ALL_WEEK, Selector, Token, tokens
from services.worktime import FESTIVALS
from storage.hour_words import hour_words

NOON, SMALL = 12 * 60, 5 * 60
"""Minutes. At night an earlier hour than the small one is of the night that follows, at noon of the afternoon."""
_LONE = re.compile(r"\d{1,2}\s*(?:[:点點时]\s*(?:\d{2}|半)?分?|[ap]m)")
"""One time, and no other."""
SHOWN = 60
"""Characters of what cannot be read that are said again."""


@dataclass(slots=True)
class Group:
    """Tokens of one kind in a row."""

    kind: str  # days, spans, closed, as_usual
    days: list[Selector] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    is_all_day: bool = False  # said with a word


def read(text: str) -> Plan:
    """What somebody wrote.

    Raises:
        BadHours: it cannot be understood, or it would never be open.
    """
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    try:
        plan = _plan(_rules(_groups(list(tokens(plain)))))
    except (Unread, ValueError) as problem:
        raise _why(plain)(text=_shown(text)) from problem
    if not plan.ever_opens:
        raise BadHours(text=_shown(text))
    return plan


def _why(plain: str) -> type[BadHours]:
    """What is wrong with it, where that can be said."""
    if any(one in plain for one in hour_words().lunar):
        return HoursByFestival
    return LoneTime if _LONE.fullmatch(plain) else BadHours


def _shown(text: str) -> str:
    one_line = " ".join(text.split()) or "—"
    return one_line if len(one_line) <= SHOWN else one_line[: SHOWN - 1] + "…"


def _groups(tokens: list[Token]) -> list[Group]:
    """Ranges are resolved, and what says nothing is left out."""
    groups: list[Group] = []
    waiting: list[Token] = [token for token in tokens if token[0] != "passed_over"]
    while waiting:
        kind, value = waiting.pop(0)
        if kind in ("weekday", "days"):
            _into(groups, "days").days += _days(kind, value, waiting)
        elif kind == "all_day":
            _into(groups, "spans").spans += ALL_DAY
            groups[-1].is_all_day = True
        elif kind in ("closed", "as_usual"):
            _into(groups, kind)
        elif kind in ("time", "half"):
            _into(groups, "spans").spans.append(_span([(kind, value), *waiting], waiting))
        else:
            raise Unread(kind)
    if any(group.is_all_day and set(group.spans) != set(ALL_DAY) for group in groups):
        raise Unread("all day, and other spans")
    return groups


def _into(groups: list[Group], kind: str) -> Group:
    if not groups or groups[-1].kind != kind:
        groups.append(Group(kind))
    return groups[-1]


def _days(kind: str, value: object, waiting: list[Token]) -> list[Selector]:
    if kind == "days":
        assert isinstance(value, list)
        return value
    assert isinstance(value, int)
    if [token[0] for token in waiting[:2]] != ["to", "weekday"]:
        return [frozenset({value})]
    last = waiting[1][1]
    assert isinstance(last, int)
    del waiting[:2]
    return [frozenset((value + step) % 7 for step in range((last - value) % 7 + 1))]


def _span(tokens: list[Token], waiting: list[Token]) -> tuple[int, int]:
    """From … until; takes the tokens of it away from those that wait."""
    begin = _take_clock(tokens)
    if not tokens or tokens[0][0] not in ("to", "half"):  # «早8晚10»
        raise Unread("to")
    while tokens and tokens[0][0] == "to":
        tokens.pop(0)
    is_next_day = bool(tokens) and tokens[0][0] == "next_day"
    if is_next_day:
        tokens.pop(0)
    end = _take_clock(tokens)
    waiting[:] = tokens
    return _resolved(begin, end, is_next_day=is_next_day)


def _take_clock(tokens: list[Token]) -> Clock:
    """A time, and the half of the day before it or behind it."""
    half = tokens.pop(0)[1] if tokens and tokens[0][0] == "half" else None
    if not tokens or tokens[0][0] != "time":
        raise Unread("time")
    found = tokens.pop(0)[1]
    assert isinstance(found, Clock)
    if half is None and tokens and tokens[0][0] == "half_behind":
        return Clock(found.minutes, found.is_bare, str(tokens.pop(0)[1]), is_behind=True)
    return Clock(found.minutes, found.is_bare, str(half) if half is not None else None)


def _resolved(begin: Clock, end: Clock, *, is_next_day: bool) -> tuple[int, int]:
    """In minutes from the day's midnight: 9–1 is until one in the afternoon, 22:00–6:00 until the next morning."""
    first, last = _on_24(begin), _on_24(end)
    if end.half is None and not is_next_day and last <= NOON:
        both_are_bare = begin.half is None and begin.is_bare and begin.minutes <= NOON and end.is_bare
        if (both_are_bare or begin.half is not None) and last <= first < last + NOON and last > 0:
            last += NOON
    elif end.is_behind and begin.half is None and begin.minutes < NOON and first + NOON < last:
        first += NOON  # «1-5pm»
    if last == 0:
        last = DAY
    if last > DAY and (is_next_day or end.half is not None):
        raise Unread("past midnight twice")
    if first >= DAY or first == last or last - first > DAY or (last - first == DAY and first):
        raise Unread("no span")
    if last < first:
        last += DAY
    if is_next_day and last <= DAY:
        raise Unread("longer than a day")
    return first, last


def _on_24(clock: Clock) -> int:
    """In minutes from midnight; twelve at night is the midnight."""
    at, is_twelve = clock.minutes, clock.minutes // 60 == 12
    match clock.half:
        case "am" | "night" if is_twelve:
            return at - NOON
        case "noon" if at < SMALL:
            return at + NOON
        case "night" if SMALL <= at < NOON:
            return at + NOON
        case "pm" if at < NOON:
            return at + NOON
    return at


Rule = tuple[list[Selector], Spans]


def _rules(groups: list[Group]) -> list[Rule]:
    """Each with its days: those before it, or, where it was written the other way about, those behind it."""
    kinds = [group.kind for group in groups]
    spans_first = kinds[:1] == ["spans"] and kinds == ["spans", "days"] * (len(kinds) // 2)
    rules: list[Rule] = []
    waiting = list(groups)
    while waiting:
        group = waiting.pop(0)
        if group.kind == "days":
            if not waiting or waiting[0].kind == "days" or (ALL_WEEK in group.days and len(group.days) > 1):
                raise Unread("days alone, or every day and one more")
            _add(rules, group.days, waiting.pop(0))
        elif group.kind == "spans" and not spans_first:
            if any(spans for _, spans in rules):
                raise Unread("spans alone")
            _add(rules, ["rest"], group)  # «周一闭馆，9:00-17:00»
        elif waiting and waiting[0].kind == "days":
            _add(rules, waiting.pop(0).days, group)
        elif group.kind != "as_usual":
            raise Unread("closed alone")
    return rules


def _add(rules: list[Rule], days: list[Selector], said: Group) -> None:
    if said.kind == "as_usual":
        return
    rule = days, _merged(said.spans)
    if days == ["rest"]:
        rules.insert(0, ([ALL_WEEK], rule[1]))
    elif "rest" in days:
        raise Unread("the rest, and more")
    else:
        rules.append(rule)


def _plan(rules: list[Rule]) -> Plan:
    said = _by_selector(rules)
    weekdays: list[Spans] = [()] * 7
    named: set[int] = set()
    for selector, spans in said.items():
        if isinstance(selector, frozenset):
            named |= selector
            for day in selector:
                weekdays[day] = spans
    workdays, loosely = said.get("working"), said.get("holidays")
    if workdays is not None and loosely is not None and not named & {5, 6}:
        weekdays[5] = weekdays[6] = loosely  # beside working days, «节假日» are all others
    holidays = said.get("public", loosely)
    dates: Dates = tuple((*one, spans) for one, spans in said.items() if isinstance(one, tuple))
    if len(dates) > 1:  # what is shorter comes later, and so holds
        dates = tuple(sorted(dates, key=lambda one: ((one[0] - one[1]).days, one[0])))
    festivals = tuple((one, spans) for one, spans in said.items() if isinstance(one, str) and one in FESTIVALS)
    return Plan(tuple(weekdays), workdays, holidays, festivals, dates)


def _by_selector(rules: list[Rule]) -> dict[Selector, Spans]:
    """In the order in which they were said last."""
    said: dict[Selector, Spans] = {}
    for days, spans in rules:
        weekdays = frozenset[int]().union(*(one for one in days if isinstance(one, frozenset)))
        others = [one for one in days if not isinstance(one, frozenset)]
        for selector in dict.fromkeys([*([weekdays] if weekdays else []), *others]):
            before = said.pop(selector, ())
            said[selector] = _merged([*before, *spans]) if before and spans else spans
    return said


def _merged(spans: Sequence[tuple[int, int]]) -> Spans:
    """In order, those that overlap or touch as one, unless that would be longer than a day."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(set(spans)):
        if merged and begin <= merged[-1][1] and _fits(merged[-1][0], max(end, merged[-1][1])):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return tuple(merged)


def _fits(begin: int, end: int) -> bool:
    return end - begin < DAY or (begin, end) == ALL_DAY[0]
