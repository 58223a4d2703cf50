"""Warnings, posters and usage of places, in every state and with the most awkward words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.kinds import Language, Message
from storage.place_records import Names
from storage.places_kinds import WarningKind
from storage.records import Brief, Me
from storage.usage_records import PlaceCount, UsageRecord
from storage.warning_records import Area, NamedArea, Shelter, WarningPreview, WarningRecord
from tests.moment import NOW
from views import messages, posters, usage, warnings
from views.card import Card
from views.posters import Poster

ZONE = ZoneInfo("Asia/Shanghai")
AT: dict[str, Any] = {"now": NOW, "zone": ZONE}
FORM = 2**31 - 1
EVERYWHERE = NamedArea(Area())


def names(words: str | None) -> Names:
    """The longest that a column takes."""
    return dict.fromkeys(Language, (words or "Library Station")[:120])


def areas(words: str | None) -> Iterator[NamedArea]:
    """The whole county; few and many grids and places."""
    yield EVERYWHERE
    for many in (1, 40):
        codes = tuple(f"DY-{at:03}-01" for at in range(many))
        yield NamedArea(Area(grid_codes=codes))
        yield NamedArea(Area(codes, tuple(range(many)), 50_000), (names(words),) * many)


def shelters(words: str | None) -> tuple[Shelter, ...]:
    """Five, one of which never closes."""
    one = Shelter(1, names(words), "🏠", 25.4, 114.36, NOW + timedelta(hours=3), 480)
    return (replace(one, until=None, metres=12_345), *(one,) * 4)


def record(**changes: Any) -> WarningRecord:
    """Half of it is out."""
    usual = {"id": 123, "kind": WarningKind.HEAT, "words": "", "where": EVERYWHERE, "by_id": 1, "by_name": "Chen"}
    usual |= {"made_at": NOW, "recipients": 5000, "sent": 3000, "failed": 12, "left": 1988, "stopped_at": None}
    return WarningRecord(**{**usual, **changes})


def records(words: str | None) -> Iterator[WarningRecord]:
    """Beginning, done, stopped, late; everywhere and in many places."""
    said = {"by_name": (words or "Chen")[:200], "words": (words or "")[:1000]}
    yield from (record(kind=kind, **said) for kind in WarningKind)
    yield from (record(where=where, **said) for where in areas(words))
    yield record(sent=5000, failed=0, left=0, **said)
    yield record(left=0, **said)
    for left in (0, 12):
        yield record(stopped_at=NOW, left=left, **said)


def warning_briefs(to: Me, words: str | None) -> Iterator[tuple[str, Card | None]]:
    """What the outbox says of them."""
    for at, one in enumerate(records(words)):
        for near in ((), shelters(words)):
            brief = Brief(to, Message.WARNING, {"warning": 123}, warning=one, shelters=near)
            yield f"warning {at} of {len(near)}", messages.render(brief, **AT)
        edit = Brief(to, Message.WARNING_PROGRESS, {"warning": 123, "edits": 5}, warning=one)
        yield f"progress {at}", messages.render(edit, **AT)


def warning_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """All of them."""
    yield from ((name, card) for name, card in warning_briefs(to, words) if card is not None)
    yield "warn of what?", warnings.choose([], to, form=FORM, **AT)
    yield "one goes out", warnings.choose([record(by_name=(words or "Chen")[:200])], to, form=FORM, **AT)
    yield "warn whom?", warnings.ask_where(to, form=FORM, kind=WarningKind.FLOOD)
    for where in areas(words):
        for many, before in ((0, None), (5000, record(by_name=(words or "Chen")[:200]))):
            found = WarningPreview(
                kind=WarningKind.TYPHOON,
                words=(words or "")[:1000],
                where=where,
                recipients=many,
                shelters=shelters(words) if many else (),
                open_places=9999 if many else 0,
                before=before,
            )
            for asks_again in (False, True):
                named = f"preview {where.area} {many} {asks_again}"
                yield named, warnings.preview(found, to, form=FORM, asks_again=asks_again, **AT)
    poster = Poster("S-1", names(words), names(words), "https://t.me/warmgrid_bot?start=p_1")
    yield "poster", posters.sent(poster, to, b"%PDF")
    yield from usage_cards(to, words)


def counted(words: str | None, count: int = 9, *, place_id: int = 1) -> PlaceCount:
    """A place where so many check in on Tuesdays at eight."""
    week = tuple(tuple(count if (day, hour) == (1, 8) else 0 for hour in range(24)) for day in range(7))
    return PlaceCount(place_id, f"S-{place_id}", names(words), names(words), count, week)


def usage_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Of all and of one, of nobody and of many, in weeks and months."""
    for span in (Span.WEEK, Span.MONTH):
        period = Period.around(NOW.date(), span)
        many = tuple(counted(words, 10**6, place_id=at) for at in range(1, 20))
        for places in ((), many):
            for place in (None, counted(words, 0), counted(words, 10**6, place_id=FORM)):
                found = UsageRecord(period, places, place)
                yield f"usage {span} {len(places)} {place is None}", usage.usage(found, to, **AT)
        found = UsageRecord(period, many)
        yield "picture of usage", usage.picture(found, to, b"png")
        yield "file of usage", usage.file(found, to, b"xlsx")
    yield "usage of which?", usage.ask_place(to)
