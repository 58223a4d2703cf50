"""Everything that can be shown, in every status and with the most awkward words: what the tests of views look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from storage.kinds import (
    Asking,
    AttachmentKind,
    EventKind,
    Language,
    Level,
    Message,
    OfferState,
    PlaceSource,
    ReporterKind,
    Role,
    Stage,
    Status,
    WaitingFor,
)
from storage.records import Brief, DraftRecord, EventRecord, Me, NearReport, OldPicture, Photo, ReportRecord
from tests.moment import NOW
from tests.views.figures import DIGESTS, stats_cards
from views import cases, drafts, invites, messages, near, people, reports, talk
from views.card import Card
from views.kept import pack

ZONE = ZoneInfo("Asia/Shanghai")
LONG = timedelta(days=400)
PLAIN = "water leak"
HOSTILE = (
    "<b>bold</b> & <a href='x'>\"quoted\"</a> &amp; &lt;",
    "🔥" * 4000,
    "长" * 4096,
    "\u05e9\u05dc\u05d5\u05dd\n" * 300,
)


def me(language: Language, **facts: Any) -> Me:
    """An officer who is also an administrator, so that everything is shown."""
    roles = frozenset(Role)
    return Me(**{"id": 1, "telegram_id": 7, "name": "Wang", "language": language, "roles": roles, **facts})


def report(**facts: Any) -> ReportRecord:
    """An open report, offered to whom it is shown."""
    usual: dict[str, Any] = {
        "id": 123,
        "status": Status.OPEN,
        "category": "water_leak",
        "is_urgent": False,
        "words": PLAIN,
        "latitude": 25.405,
        "longitude": 114.365,
        "place_source": PlaceSource.PIN,
        "place_name": None,
        "grid_code": "A-01",
        "grid_name": "Grid A-01",
        "community": "Alpha",
        "level": Level.PRIMARY,
        "officer_id": None,
        "officer_name": None,
        "officer_role": None,
        "filed_at": NOW,
        "accept_by": NOW + timedelta(minutes=30),
        "resolve_by": NOW + timedelta(hours=24),
        "accepted_at": None,
        "ended_at": None,
        "photos": (Photo(AttachmentKind.PHOTO, Stage.BEFORE, "f1"), Photo(AttachmentKind.PHOTO, Stage.AFTER, "f2")),
        "events": (event(EventKind.FILED), event(EventKind.ROUTED, level="primary")),
    }
    return ReportRecord(**{**usual, **facts})


def event(kind: EventKind, **facts: Any) -> EventRecord:
    """Something that has just happened."""
    return EventRecord(kind, NOW, by_reporter=False, facts=facts)


def in_each_status(words: str | None = PLAIN, *, name: str = "Li") -> Iterator[ReportRecord]:
    """The report in each status, mine and not mine, held by me and by another, on time and late."""
    offers = (None, OfferState.OFFERED, OfferState.DECLINED, OfferState.RAISED)
    for status, mine, offer, officer, late in product(Status, (True, False), offers, (1, 2), (timedelta(), LONG)):
        held = status not in (Status.OPEN, Status.WITHDRAWN, Status.MERGED)
        waits = WaitingFor.REPORTER if status is Status.ACCEPTED and mine and not late else None
        yield report(
            status=status,
            is_mine=mine,
            my_offer=offer,
            words=words,
            officer_id=officer if held else None,
            officer_name=name if held else None,
            officer_role=(Role.DESK if late else Role.OFFICER) if held else None,
            is_urgent=mine,
            place_name=(words or "")[:300] or None,
            place_source=PlaceSource.EXIF if late else PlaceSource.VENUE,
            grid_code=None if late else "A-01",
            level=Level.DESK if late else Level.PRIMARY,
            accept_by=NOW - late,
            resolve_by=NOW - late,
            waiting_for=waits,
            waiting_until=NOW + LONG if waits else None,
            events=events(words or ""),
        )


def events(words: str) -> tuple[EventRecord, ...]:
    """One event of each kind, and of those that may come often, very many."""
    first = (
        event(EventKind.FILED),
        *(event(EventKind.ROUTED, level=str(level)) for level in Level),
        event(EventKind.REJECTED, why=words[:500]),
        event(EventKind.RESOLVED, words=words or None),
        *(event(EventKind.CATEGORY_CHANGED, to="fire_exit") for _ in range(3)),
    )
    return first + tuple(event(kind, words=words) for kind in EventKind if kind not in {e.kind for e in first}) * 40


def briefs(one: ReportRecord, to: Me) -> Iterator[tuple[str, Card | None]]:
    """Every outbox message about the report."""
    facts = {"words": one.words or PLAIN, "edits": 5, "deletes": 6, "name": (one.words or "x.jpg")[:200]}
    facts |= {"attachments": [1], "place": [25.4, 114.3], "role": "desk"}
    facts |= {"card": pack(cases.alert(one, to, now=NOW, zone=ZONE)), "until": (NOW + LONG).isoformat()}
    facts |= {"message_id": 7, "taken_at": (NOW - LONG).isoformat()}
    for message in Message:
        for shows in ("receipt", "alert"):
            late = (one,) if one.status in (Status.OPEN, Status.ACCEPTED, Status.REVIEW) else ()
            digest = DIGESTS.get(message)
            brief = Brief(to, message, {**facts, "shows": shows}, one, draft(), late, 20, digest)
            yield f"{message} {shows}", messages.render(brief, now=NOW, zone=ZONE)


def draft(**facts: Any) -> DraftRecord:
    """An empty draft."""
    empty = dict.fromkeys(DraftRecord.__slots__)
    return DraftRecord(**{**empty, "photos": 0, "files": 0, "reading": 0, "without_photo": False, "near": (), **facts})


def near_one(**facts: Any) -> NearReport:
    """An open report a few steps away."""
    usual = {"report_id": 124, "category": "fire_exit", "metres": 42, "filed_at": NOW - timedelta(hours=5)}
    return NearReport(**{**usual, "photo": Photo(AttachmentKind.PHOTO, Stage.BEFORE, "f3"), **facts})


def shared_reports(words: str | None) -> Iterator[ReportRecord]:
    """Followed, with many affected, goes on as another, stands for another, may be the same as another."""
    for status in Status:
        merged = 7 if status is Status.MERGED else None
        many: dict[str, Any] = {"affected": 999_999, "words": words, "events": events(words or ""), "status": status}
        yield report(**many, follows=True, merged_into_id=merged)
        yield report(**many, is_mine=True, came_as=999_999, maybe_same_id=999_998, merged_into_id=merged)


def drafts_of_all_kinds(words: str | None) -> Iterator[DraftRecord]:
    """With and without each part, and with each question."""
    for photos, place, asking, without in product((0, 1, 3), (None, 25.4), (None, *Asking), (True, False)):
        outside = (PlaceSource.PIN if photos else PlaceSource.EXIF) if place is None and without else None
        yield draft(
            photos=photos,
            latitude=place,
            longitude=place,
            place_source=PlaceSource.EXIF if photos == 1 else PlaceSource.PIN,
            place_name=words[:300] if words and photos == 3 else None,
            asking=asking,
            join_report_id=123 if asking in (Asking.JOIN, Asking.ANSWER) else None,
            old=OldPicture(9, words[:200] if words else None, NOW - LONG) if asking is Asking.OLD_PICTURE else None,
            near=(near_one(is_mine=bool(place)), near_one(), near_one()) if asking is Asking.DUPLICATE else (),
            file_at=NOW + timedelta(minutes=2) if asking is Asking.DUPLICATE else None,
            outside=outside,
            without_photo=without,
            files=photos,
            reading=int(without),
            words=words,
        )


def all_cards(language: Language, words: str | None = PLAIN) -> Iterator[tuple[str, Card]]:
    """Every card that anybody can be shown, with a name to find it by."""
    to = me(
        language,
        name=(words or "Wang")[:200],
        team=words[:80] if words else None,
        platform="meituan",
        kind=ReporterKind.RIDER,
    )
    at: Any = {"now": NOW, "zone": ZONE}
    for one in in_each_status(words, name=(words or "Li")[:128]):
        named = f"{one.status} mine={one.is_mine} {one.my_offer} by {one.officer_id}"
        yield f"case {named}", cases.card(one, to, **at)
        yield f"alert {named}", cases.alert(one, to, **at)
        yield f"details {named}", reports.details(one, to, **at)
        yield f"receipt {named}", reports.receipt(one, to, **at)
        if one.my_offer is None and one.officer_id in (None, 1):
            yield from ((f"{what} {named}", card) for what, card in briefs(one, to) if card is not None)
    one = report(words=words)
    for number, note in product(range(2), (None, "error-outside", "error-bad-place")):
        for state in drafts_of_all_kinds(words):
            shown = replace(state, status_message_id=number or None)
            yield f"draft {state.asking} {note}", drafts.status(shown, to, **at, note=note)
    asked = draft(near=(near_one(),))
    picture = near.picture(asked, to, now=NOW)
    assert picture is not None
    yield "picture of one nearby", picture
    for found in ((), (near_one(),) * 8):
        yield "merge into which?", near.choices(one, found, to, now=NOW)
    for shared in shared_reports(words):
        named = f"{shared.status} follows={shared.follows} merged={shared.merged_into_id}"
        yield f"shared case {named}", cases.card(shared, to, **at)
        yield f"shared details {named}", reports.details(shared, to, **at)
        yield f"shared card {named}", messages.live_receipt(shared, to, **at)
        yield from ((f"{what} {named}", card) for what, card in briefs(shared, to) if card is not None)
    yield "gone", drafts.gone(to)
    yield "joined", drafts.joined(to, 123, note="error-outside")
    yield "left out", drafts.left_out(to, 123)
    for page in ([], [one] * 6):
        yield "my reports", reports.my_reports(page, to, at=1, pages=3, **at)
        yield "my cases", cases.my_cases(page, to, at=1, pages=3, **at)
    yield "categories", reports.categories(one, to)
    yield "withdraw?", reports.confirm_withdraw(one, to)
    yield "replaced", cases.replaced(one, to)
    yield "asked", talk.asked(to, 123)
    yield "answered", talk.answered(to, 123)
    yield "added", talk.added(to, 123)
    yield "why not mine?", cases.why_not_mine(one, to)
    yield "why reject?", cases.why_reject(one, to)
    for what in PROMPTS:
        yield f"prompt {what}", talk.prompt(to, what, 123)
    yield from people_cards(to, words)
    yield from stats_cards(to, words)


PROMPTS = ("resolve", "resolve-words", "resolve-photo-only", "ask", "answer", "words", "place")


def people_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Welcome, settings, duty, help, invites: for each role and kind."""
    grids = [(f"A-{number:02}", (words or "Grid")[:120], number % 2 == 0) for number in range(30)]
    held: list[tuple[Role, ...]] = [(), *((role,) for role in Role), tuple(Role)]
    for roles, kind, on_duty in product(held, (None, *ReporterKind), (True, False)):
        one = replace(to, roles=frozenset(roles), kind=kind, on_duty=on_duty)
        yield "welcome", people.welcome(one)
        yield "settings", people.settings(one)
        yield "help", people.help_text(one)
        yield "duty", people.duty(one, grids if on_duty else [])
        yield "ready", people.ready(one)
        yield "kind chosen", people.kind_chosen(one)
        yield "team chosen", people.team_chosen(one, edits=5)
    yield "kind?", people.ask_kind(to)
    yield "platform?", people.ask_platform(to)
    yield "team?", people.ask_team(to)
    yield "privacy", people.privacy(to)
    yield "invite whom?", invites.choose(to)
    yield "which rank?", invites.ask_rank(to)
    yield "which grid?", invites.ask_grid(to, is_primary=False)
    for role in invites.INVITABLE:
        link: Any = {"url": "https://t.me/warmgrid_bot?start=abc", "role": role, "now": NOW, "zone": ZONE}
        link |= {"is_primary": True}
        yield "link", invites.link(to, **link, grids=[code for code, _, _ in grids], expires_at=NOW + timedelta(days=7))
        yield "joined", invites.joined(to, role=role, grids=tuple(code for code, _, _ in grids))
