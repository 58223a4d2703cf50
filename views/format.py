"""Moments, distances, long words: put so that a phone's screen shows them well."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from storage.kinds import Language
from views.texts import say


def moment(language: Language, at: datetime, *, now: datetime, zone: ZoneInfo) -> Markup:
    """A moment that stays true in a chat: `14:05`, on another day `3 Nov 14:05`, in another year `3 Nov 2025 14:05`.

    No "yesterday" or "5 min ago": what is sent today is read tomorrow, too.
    """
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return Markup.escape(clock)
    if local.year == today.year:
        return say(language, "time-date", day=local.day, month=say(language, f"month-{local.month}"), clock=clock)
    return say(
        language,
        "time-date-year",
        day=local.day,
        month=say(language, f"month-{local.month}"),
        year=str(local.year),
        clock=clock,
    )


def open_until(language: Language, at: datetime, *, now: datetime, zone: ZoneInfo) -> Markup:
    """The moment when something closes. The midnight to come still belongs to today: `24:00`."""
    local = at.astimezone(zone)
    is_midnight = local.time() == time() and local.date() - now.astimezone(zone).date() == timedelta(days=1)
    return Markup("24:00") if is_midnight else moment(language, at, now=now, zone=zone)


def brief_moment(language: Language, at: datetime, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Where there is little room: `14:05`, on another day the day alone, `3 Nov`."""
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return Markup.escape(f"{local:%H:%M}")
    return say(language, "time-day-brief", day=local.day, month=say(language, f"month-{local.month}"))


def calendar_day(language: Language, day: date) -> Markup:
    """A day with its year: `23 Nov 2026`."""
    return say(language, "time-day", day=day.day, month=say(language, f"month-{day.month}"), year=str(day.year))


def lasting(language: Language, seconds: int) -> Markup:
    """How long something took, in its two largest units: `25 min`, `3 h 10 min`, `2 d 4 h`."""
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    units = [
        say(language, "lasting-days", days=days) if days else None,
        say(language, "lasting-hours", hours=hours) if hours else None,
        say(language, "lasting-minutes", minutes=minutes) if minutes and not days else None,
    ]
    return Markup(" ").join(unit for unit in units if unit) or say(language, "lasting-less")


def at_most(language: Language, span: timedelta) -> Markup:
    """A bound that stays true while time goes on: whole minutes up to an hour, hours up to two days, then days."""
    minutes = max(1, -(-span // timedelta(minutes=1)))
    hours = -(-minutes // 60)
    if minutes <= 60:
        return say(language, "lasting-minutes", minutes=minutes)
    if hours <= 48:
        return say(language, "lasting-hours", hours=hours)
    return say(language, "lasting-days", days=-(-hours // 24))


def apart(language: Language, metres: int) -> Markup:
    """How far two places are from each other: `20 m`, `1.2 km`."""
    if metres < 1000:
        return say(language, "apart-metres", count=metres)
    return say(language, "apart-kilometres", count=f"{metres / 1000:.1f}" if metres < 100_000 else str(metres // 1000))


def is_night(now: datetime, zone: ZoneInfo) -> bool:
    """From 22 to 7 o'clock: what is not urgent comes without a sound."""
    hour = now.astimezone(zone).hour
    return hour >= 22 or hour < 7


def quote(words: str | None, *, most: int = 600) -> Markup:
    """Words of a person as a quote on a line of its own, cut at ``most`` UTF-16 units; empty if there are none."""
    if not words:
        return Markup()
    return Markup("\n<blockquote>{}</blockquote>").format(shorten(words, most=most))


def shorten(words: str, *, most: int) -> str:
    """The beginning of the words, with an ellipsis if something was cut."""
    used = fits = 0
    for at, character in enumerate(words):
        used += 2 if ord(character) > 0xFFFF else 1
        if used < most:
            fits = at + 1
        elif used > most:
            return words[:fits].rstrip() + "…"
    return words


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that are there, each on a line of its own; parts that are not Markup are escaped."""
    return joined("\n", parts)


def beside(*parts: str | Markup | None) -> Markup:
    """Likewise in one line."""
    return joined(" · ", parts)


def joined(between: str, parts: Iterable[str | Markup | None]) -> Markup:
    """Likewise with this between them: Markup's own `join` escapes once more what is Markup already."""
    return Markup(between.join([part if isinstance(part, Markup) else escape(part) for part in parts if part]))


def _columns(character: str) -> int:
    if character == "\ufe0f":  # only says that what is before it is an icon
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or character > "\uffff" else 1


def on_button(text: str, *, most: int = 20) -> str:
    """As much of the text as fits on a button: a Chinese character or an icon takes two of ``most``, a letter one."""
    used, kept = 0, ""
    for character in text:
        used += _columns(character)
        if used > most:
            return kept[:-1].rstrip() + "…"
        kept += character
    return kept
