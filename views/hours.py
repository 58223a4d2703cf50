"""When a place or a shop is open, in words: what is kept has OpenStreetMap's notation (`services/hours/opening.py`)."""

import re
from datetime import datetime

from markupsafe import Markup

from storage.hour_words import WEEKDAYS
from storage.kinds import Language
from views.format import calendar_day
from views.texts import say

DATE = r"\d{4} [A-Z][a-z]{2} \d{2}"
DATES = re.compile(rf"({DATE})(?:-({DATE}))?")
DAYS = "|".join(WEEKDAYS)
RUN = re.compile(rf"({DAYS})-({DAYS})")


def in_words(language: Language, hours: str) -> Markup:
    """`Mo-Fr 08:30-18:00; Sa,Su off` as `Mon–Fri 08:30–18:00; Sat, Sun closed`."""
    if hours == "24/7":
        return say(language, "opening-always")
    return say(language, "opening-between").join(_rule(language, rule) for rule in hours.split("; "))


def _rule(language: Language, rule: str) -> Markup:
    days, _, spans = rule.rpartition(" ")
    said = say(language, "opening-off") if spans == "off" else _spans(language, spans)
    if not days:
        return said
    return say(language, "opening-rule", days=_days(language, days), spans=said)


def _spans(language: Language, spans: str) -> Markup:
    listed = spans.replace("00:00-24:00", str(say(language, "opening-all-day"))).replace("-", "–")
    return say(language, "opening-list").join(listed.split(","))


def _days(language: Language, days: str) -> Markup:
    found = DATES.fullmatch(days)
    if found is not None:
        first, last = (_date(language, one) if one else None for one in found.groups())
        return first if last is None else say(language, "opening-from-to", first=first, last=last)  # type: ignore[return-value]
    return say(language, "opening-list").join(_some(language, part) for part in days.split(","))


def _some(language: Language, part: str) -> Markup:
    run = RUN.fullmatch(part)
    if run is None:
        return say(language, f"opening-{part.lower()}")
    first, last = (say(language, f"opening-{day.lower()}") for day in run.groups())
    return say(language, "opening-from-to", first=first, last=last)


def _date(language: Language, text: str) -> Markup:
    return calendar_day(language, datetime.strptime(text, "%Y %b %d").date())  # noqa: DTZ007 - a day has no zone
