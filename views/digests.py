"""The digests in words, and the card that turns them on and off."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.evaluation_kinds import Digest, Dimension, Span
from storage.figures import DayDigest, WeekDigest
from storage.kinds import Language
from storage.records import Brief, Me
from views.actions import MyCases, SetDigest, ShowDigests, ShowSettings, ShowStats
from views.card import Button, Card
from views.format import lines
from views.paged import case_lines
from views.stats_words import share, summary, when_and_where
from views.texts import plain, say

IS = {Digest.DAY: "digests-day", Digest.WEEK: "digests-week"}
NOON = time(12)
"""Until then it is morning; after a standstill a digest may come later."""
SWITCH = {
    (Digest.DAY, True): "button-day-on",
    (Digest.DAY, False): "button-day-off",
    (Digest.WEEK, True): "button-week-on",
    (Digest.WEEK, False): "button-week-off",
}


def day(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """What an officer has before him, the most pressing in one line each. None: there is nothing to say, any more."""
    found, me = brief.digest, brief.to
    if not isinstance(found, DayDigest):
        return None
    off = switch(me.language, Digest.DAY, is_on=False)
    if not found.open:
        return Card(text=say(me.language, "digest-nothing"), rows=((off,),), is_silent=True)
    counts = say(me.language, "digest-counts", open=found.open, today=found.today, overdue=found.overdue)
    title = "digest-title" if now.astimezone(zone).time() < NOON else "digest-title-late"
    text = lines(say(me.language, title), counts, *case_lines(brief.cases, me, now=now, zone=zone))
    if found.open > len(brief.cases):
        text = lines(text, say(me.language, "and-more", count=found.open - len(brief.cases)))
    mine = Button(plain(me.language, "button-cases"), MyCases(0).pack())
    return Card(text=text, rows=((mine, off),))


def week(brief: Brief) -> Card | None:
    """How last week went in a lead's places. None: there is nothing to say."""
    found, language = brief.digest, brief.to.language
    if not isinstance(found, WeekDigest):
        return None
    head = lines(say(language, "digest-week-title"), when_and_where(language, found.period, found.places))
    parts = [summary(language, found.last) if found.last.number else say(language, "stats-none")]
    if found.last.number and found.before.number:
        shares = {"accepted": share(found.before.accepted), "resolved": share(found.before.resolved)}
        parts.append(say(language, "digest-week-before", **shares))
    parts.append(say(language, "digest-week-open", open=found.open, overdue=found.overdue))
    action = ShowStats(Dimension.GRID, Span.WEEK, found.period.first, 0)
    more = Button(plain(language, "button-stats"), action.pack())
    return Card(text=head + "\n\n" + lines(*parts), rows=((more, switch(language, Digest.WEEK, is_on=False)),))


def choice(me: Me, chosen: Mapping[Digest, bool]) -> Card:
    """What comes by itself, with a switch for each."""
    parts = [say(me.language, IS[digest], on=str(is_on).lower()) for digest, is_on in chosen.items()]
    rows = [(switch(me.language, digest, is_on=not is_on),) for digest, is_on in chosen.items()]
    back = Button(plain(me.language, "button-back"), ShowSettings().pack())
    return Card(text=say(me.language, "digests-title") + "\n\n" + Markup("\n\n").join(parts), rows=(*rows, (back,)))


def switch(language: Language, digest: Digest, *, is_on: bool) -> Button:
    """Turns the digest on or off."""
    return Button(plain(language, SWITCH[digest, is_on]), SetDigest(digest, is_on).pack())


def button(me: Me) -> Button:
    """In the settings."""
    return Button(plain(me.language, "button-digests"), ShowDigests().pack())
