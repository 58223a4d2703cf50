"""Moments, distances, long words: put so that a phone's screen shows them well."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from storage.kinds import Language
from views.texts import say


def moment(language: Language, at: datetime, *, now: datetime, zone: ZoneInfo) -> Markup:
    """A moment as one says it today: `14:05`, `yesterday 14:05`, `3 Nov 14:05`."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return Markup.escape(clock)
    if local.date() == today - timedelta(days=1):
        return say(language, "time-yesterday", clock=clock)
    if local.date() == today + timedelta(days=1):
        return say(language, "time-tomorrow", clock=clock)
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


def ago(language: Language, at: datetime, *, now: datetime) -> Markup:
    """How long ago: minutes up to an hour, hours up to two days, then days."""
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 1:
        return say(language, "ago-now")
    if minutes < 60:
        return say(language, "ago-minutes", count=minutes)
    if minutes < 48 * 60:
        return say(language, "ago-hours", count=minutes // 60)
    return say(language, "ago-days", count=minutes // (24 * 60))


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
    return Markup("\n").join(escape(part) for part in parts if part)
