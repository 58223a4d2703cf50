"""How much service places are used, in chat: of all, or of one, within a week or a month."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.records import Me
from storage.usage_records import UsageRecord
from views.actions import EVERY_PLACE, ChooseUsagePlace, DrawUsage, ShowUsage, UsageFile
from views.card import Button, Card, Made, Rows
from views.format import lines, shorten
from views.people import cancel
from views.stats_words import days
from views.texts import plain, say
from views.usage_chart import name_of

SHOWN = 5
"""Places that are named."""
MOST_NAME = 40
SPANS = {Span.WEEK: "button-week", Span.MONTH: "button-month"}


def usage(found: UsageRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The sums, the busiest hour, the places that are used most."""
    language, busiest = me.language, found.busiest
    title = say(language, "usage-heading")
    if found.place is not None:
        name = shorten(name_of(found.place.names, language), most=MOST_NAME)
        title = say(language, "usage-heading-place", name=name, code=found.place.code)
    parts = [title, days(language, found.period)]
    if busiest is None:
        return Card(text=lines(*parts, say(language, "usage-none")), rows=_rows(found, me, now=now, zone=zone))
    weekday, hour = busiest
    at = {"weekday": plain(language, f"weekday-{weekday + 1}"), "start": f"{hour}:00", "end": f"{hour + 1}:00"}
    parts += [say(language, "usage-total", count=found.total), say(language, "usage-busiest", **at)]
    if found.place is None:
        parts.append(say(language, "usage-most"))
        parts += [
            say(language, "usage-line", name=shorten(name_of(one.names, language), most=MOST_NAME), count=one.count)
            for one in found.places[:SHOWN]
        ]
    return Card(text=lines(*parts), rows=_rows(found, me, now=now, zone=zone))


def ask_place(me: Me) -> Card:
    """Of which place?"""
    return Card(text=say(me.language, "usage-which"), rows=cancel(me.language))


def picture(found: UsageRecord, me: Me, data: bytes) -> Card:
    """The chart."""
    return Card(text=_caption(found, me), made=Made("usage.png", data, is_picture=True))


def file(found: UsageRecord, me: Me, data: bytes) -> Card:
    """The Excel file."""
    name = f"usage-{found.period.first}-{found.period.last}.xlsx"
    return Card(text=_caption(found, me), made=Made(name, data))


def _caption(found: UsageRecord, me: Me) -> str:
    return say(me.language, "usage-caption", days=days(me.language, found.period), count=found.total)


def _rows(found: UsageRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Rows:
    language, period = me.language, found.period
    span = period.span or Span.WEEK
    of = found.place.place_id if found.place is not None else EVERY_PLACE
    rows: list[tuple[Button, ...]] = []
    if found.total:
        rows.append(
            (
                Button(plain(language, "button-chart"), DrawUsage(of, span, period.first).pack()),
                Button(plain(language, "button-excel"), UsageFile(of, span, period.first).pack()),
            )
        )
    turn = [_show(me, "button-earlier", of, period.before())]
    if period.last < now.astimezone(zone).date():
        turn.append(_show(me, "button-later", of, period.after()))
    other = Span.MONTH if span is Span.WEEK else Span.WEEK
    turn.append(_show(me, SPANS[other], of, Period.around(period.first, other)))
    rows.append(tuple(turn))
    places = [Button(plain(language, "button-usage-place"), ChooseUsagePlace(of, span, period.first).pack())]
    if found.place is not None:
        places.append(_show(me, "button-usage-all", EVERY_PLACE, period))
    return (*rows, tuple(places))


def _show(me: Me, key: str, of: int, period: Period) -> Button:
    assert period.span is not None
    return Button(plain(me.language, key), ShowUsage(of, period.span, period.first).pack())
