"""Everything that can be shown, in every status and with the most awkward words: what the tests of views look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from services.merchants import programme
from services.points.alarm import Trouble
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
from storage.records import (
    Brief,
    DraftRecord,
    EventRecord,
    Me,
    NearReport,
    OldPicture,
    Photo,
    ReportRecord,
    ToldRecord,
    VerdictRecord,
)
from storage.team_kinds import CallState, Rank, TaskState, TeamKind
from storage.team_records import AwaitedTask, CallRecord, EmergencyRecord, NearGrid, Note, TaskRecord, TeamRecord
from tests.moment import NOW
from tests.views.figures import DIGESTS, stats_cards
from tests.views.near_cards import near_cards
from tests.views.place_cards import place_cards
from tests.views.points_cards import OF_CREDIT, points_cards
from tests.views.shop_cards import OF_RIDERS, in_each_state, named, sheet, shop_cards
from tests.views.station_cards import station_cards
from tests.views.warning_cards import warning_cards
from views import (
    cases,
    drafts,
    emergency,
    invites,
    late_lists,
    messages,
    near,
    paged,
    people,
    proofs,
    reports,
    talk,
    together,
    told,
    verdicts,
    waits,
)
from views.card import Card
from views.kept import pack
from views.promises import due_by

ZONE = ZoneInfo("Asia/Shanghai")
OF_SHOPS = (
    *(Message.CODE, Message.CODE_OVER, Message.CODE_GONE, Message.SPENT, Message.TOOK, Message.UNDONE),
    *(Message.CODES_GUESSED, Message.SHOP_REMOVED, Message.SHOP_OVERWRITTEN, Message.SETTLED, Message.SETTLED_ALL),
    *(Message.SHOP_BACK, Message.PLACE_REMOVED, Message.PLACE_ADDED),
)
OF_PLACES = (Message.WARNING, Message.WARNING_PROGRESS)
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
    return first + tuple(event(kind, words=words) for kind in EventKind if kind not in {e.kind for e in first}) * 12


WRONG = [{"trouble": trouble, "person": 1_000_000} for trouble in Trouble] + [
    {"trouble": Trouble.BOOKS, "shop": "M-001", "zh": "第1小吃店" * 20, "en": "Snack bar " * 12},
    {"trouble": Trouble.RECORD},
]
"""What an audit has found, as administrators are told."""


def briefs(one: ReportRecord, to: Me) -> Iterator[tuple[str, Card | None]]:
    """Every outbox message about the report."""
    facts = {"words": one.words or PLAIN, "edits": 5, "deletes": 6, "name": (one.words or "x.jpg")[:200]}
    facts |= {"attachments": [1], "place": [25.4, 114.3], "role": "desk"}
    facts |= {"card": pack(cases.alert(one, to, now=NOW, zone=ZONE)), "until": (NOW + LONG).isoformat()}
    facts |= {"message_id": 7, "taken_at": (NOW - LONG).isoformat()}
    facts |= {"is_false": True, "id": 1, "reports": [1, 2, 3], "phone": "12345"}
    facts |= {"earned": {"report": 20, "answer": 2}, "paid": 3, "limit": "own", "other": "D-000001"}
    facts |= {"balance": 1_000_000, "owed": 7, "taken": 22, "wrong": 5, "minutes": 10}
    facts |= {"link": "https://t.me/bot?start=t_1", "month": "2026-11", "is_mine": one.is_mine}
    facts |= {"columns": ["hours", "phone", "about_zh", "category", "removed"], "items": [["奶茶", "Milk tea"]] * 30}
    facts |= {"points": 5, "from": (NOW + LONG).isoformat(), "count": 9, "lines": WRONG, "more": 9}
    for message in sorted(set(Message) - {*OF_CREDIT, *OF_RIDERS}):
        for shows in ("receipt", "alert", "resolved") if message is Message.CARD else ("alert",):
            late = (one,) if one.status in (Status.OPEN, Status.ACCEPTED, Status.REVIEW) else ()
            digest, shown = DIGESTS.get(message), {**facts, "shows": shows}
            if message is Message.LATE:
                shown["by"] = due_by(one).isoformat()
            waits = tuple(
                AwaitedTask(one.id, task(name=one.place_name or "Fire"), is_given) for is_given in (True, False)
            )
            about: dict[str, Any] = {"cases": late, "many": 20, "tasks": waits * 3, "digest": digest}
            if message is Message.PLACE_ADDED:
                shown = {**facts, "place": 128}
            brief = Brief(to, message, shown, one, draft(), task(), an_emergency(), **about)
            if message in OF_PLACES:
                continue  # with `warning_cards`
            if message in OF_SHOPS:
                brief = replace(brief, settled=(sheet(one.words),), named=named(one.words))
                for code in in_each_state(one.words):
                    yield (
                        f"{message} {code.state}",
                        messages.render(replace(brief, redemption=code), now=NOW, zone=ZONE),
                    )
                continue
            yield f"{message} {shows}", messages.render(brief, now=NOW, zone=ZONE)
    if one.status in (Status.OPEN, Status.ACCEPTED):
        late_list = Brief(to, Message.LATE, {"late": [[one.id, NOW.isoformat()]]}, cases=(one,) * 8, many=20)
        yield "list of what is late", messages.render(late_list, now=NOW, zone=ZONE)
        past = replace(one, accept_by=NOW - LONG, resolve_by=NOW - LONG)
        for waiting_for in (None, *WaitingFor):
            waits_for = replace(past, waiting_for=waiting_for, waiting_until=NOW + LONG if waiting_for else None)
            yield f"late, {waiting_for}", late_lists.late_alone(waits_for, to, now=NOW, zone=ZONE)
    done = (one, replace(one, id=124))
    for shows, is_done in product(("overdue", "late"), (frozenset({124}), frozenset({one.id, 124}))):
        kept = Brief(to, Message.CARD, {"list": 1, "edits": 5, "shows": shows}, cases=done, many=2, done=is_done)
        yield f"list of what is {shows} that is kept", messages.render(kept, now=NOW, zone=ZONE)


def task(state: TaskState = TaskState.OFFERED, *, name: str = "Fire brigade", **facts: Any) -> TaskRecord:
    """A team's task."""
    names = dict.fromkeys(Language, name)
    usual: dict[str, Any] = {"accepted_by": None, "accepted_name": None, "ended_at": None, "words": None}
    return TaskRecord(id=7, names=names, kind=TeamKind.FIRE, state=state, given_at=NOW, **{**usual, **facts})


def call(state: CallState = CallState.CALLED, *, person_id: int = 1, name: str = "Sun", **facts: Any) -> CallRecord:
    """Somebody who was called just now."""
    usual: dict[str, Any] = {
        "phone": "199-0001-0001",
        "team": dict.fromkeys(Language, "Fire brigade"),
        "rank": Rank.LEAD,
        "deputy_of": None,
        "called_at": NOW,
        "answered_at": None,
        "arrived_at": None,
        "pushes": 1,
    }
    return CallRecord(person_id=person_id, name=name, state=state, **{**usual, **facts})


def an_emergency(*calls: CallRecord, **facts: Any) -> EmergencyRecord:
    """One that goes on, to which these people were called."""
    notes = tuple(
        Note(kind, NOW, "Li", called=("Sun",), silent=("Qian",)) for kind in EventKind if kind.startswith("emergency_")
    )
    usual: dict[str, Any] = {"begun_by": "Li", "begun_at": NOW, "ended_by": None, "ended_at": None, "notes": notes}
    return EmergencyRecord(id=9, calls=calls or (call(),), **{**usual, **facts})


def draft(**facts: Any) -> DraftRecord:
    """An empty draft."""
    empty = dict.fromkeys(DraftRecord.__slots__)
    known: dict[str, Any] = {"photos": 0, "files": 0, "reading": 0, "without_photo": False, "may_ask": (), "near": ()}
    return DraftRecord(**{**empty, **known, **facts})


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
            fixes=(123, 124, 125) if asking is Asking.FIX or (asking is Asking.DUPLICATE and place) else (),
            near=(near_one(is_mine=bool(place)), near_one(), near_one()) if asking is Asking.DUPLICATE else (),
            file_at=NOW + timedelta(minutes=2) if asking in (Asking.DUPLICATE, Asking.FIX) else None,
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
    picture = near.picture(asked, to, now=NOW, zone=ZONE)
    assert picture is not None
    yield "picture of one nearby", picture
    for found in ((), (near_one(),) * 8):
        yield "merge into which?", near.choices(one, found, to, now=NOW, zone=ZONE)
    yield "merge with another kind?", near.confirm(one, near_one(), to)
    for shared in shared_reports(words):
        named = f"{shared.status} follows={shared.follows} merged={shared.merged_into_id}"
        yield f"shared case {named}", cases.card(shared, to, **at)
        yield f"shared details {named}", reports.details(shared, to, **at)
        yield f"shared card {named}", messages.live_receipt(shared, to, **at)
        yield from ((f"{what} {named}", card) for what, card in briefs(shared, to) if card is not None)
    yield "gone", drafts.gone(to)
    yield "it was the fix", proofs.fixed(to, 123)
    yield "fix kept", proofs.kept(to, 123, dict.fromkeys(Language, one.place_name or "Fire brigade (Sun)"))
    yield "fix or kept", proofs.or_kept(proofs.ask_photo(to, 123), to, 123, at=NOW - LONG, **at)
    yield "joined", drafts.joined(to, 123, note="error-outside")
    yield "left out", drafts.left_out(to, 123)
    for page in ([], [one] * 6):
        yield "my reports", paged.my_reports(page, to, at=1, pages=3, **at)
        yield "my cases", paged.my_cases(page, to, at=1, pages=3, **at)
    yield from fix_cards(words, to)
    yield from points_cards(words, to)
    yield "categories", reports.categories(one, to)
    yield "may belong", reports.receipt(report(words=words, is_mine=True, may_join=123), to, **at)
    put_away = report(is_mine=True, status=Status.WITHDRAWN, events=(event(EventKind.WITHDRAWN, into=123),))
    yield "put with another", reports.details(put_away, to, **at)
    yield "told that it is put with another", cases.withdrawn(put_away, to)
    yield "may ask", drafts.status(draft(photos=1, may_ask=(123, 124), words=words), to, **at)
    yield "withdraw?", reports.confirm_withdraw(one, to)
    yield "replaced", cases.replaced(one, to)
    yield "asked", talk.asked(to, 123)
    yield "answered", talk.answered(to, 123)
    yield "added", talk.added(to, 123)
    yield "why not mine?", cases.why_not_mine(one, to, goes_to=Level.DESK)
    yield "why reject?", cases.why_reject(one, to)
    yield "wait?", waits.for_whom(one, to, longest=timedelta(days=30), tomorrow=timedelta(hours=21))
    for whom in WaitingFor:
        yield f"wait for {whom} until when?", waits.until_when(one, to, whom)
    yield "waits, and for what?", waits.what_for(replace(one, waiting_until=NOW + LONG), to, **at)
    yield "waits", waits.done(replace(one, waiting_until=NOW + LONG), to, **at)
    for many in (0, 1, 60):
        yield f"who was told, {many}", told.ledger(one, told_people(words, many), to, **at)
    for what in PROMPTS:
        yield f"prompt {what}", talk.prompt(to, what, 123)
    yield from people_cards(to, words)
    yield from stats_cards(to, words)
    yield from together_cards(one, to, words)
    yield from emergency_cards(one, to, words)
    yield from shop_cards(to, words)
    yield from place_cards(to, words)
    yield from warning_cards(to, words)
    yield from station_cards(to, words)
    yield from near_cards(to, words)


@cache
def usual_cards(language: Language) -> tuple[tuple[str, Card], ...]:
    """All cards with plain words, made once: it takes seconds."""
    return tuple(all_cards(language))


def told_people(words: str | None, many: int) -> list[ToldRecord]:
    """So many of everything that may have become of an alert, at each level."""
    moments = (None, NOW - LONG)
    kinds = product(Level, moments, moments, moments, (True, False), (True, False), (True, False))
    return [
        ToldRecord((words or "Li")[:128], level, NOW - LONG, delivered, opened, answered, lost, 3, waits, lost, in_list)
        for level, delivered, opened, answered, waits, lost, in_list in kinds
    ][::3][:many]


def fix_cards(words: str | None, to: Me) -> Iterator[tuple[str, Card]]:
    """What is asked and said about a fix: of the officer, of who judges it, of the lead."""
    at: Any = {"now": NOW, "zone": ZONE}
    verdicts_said = (None, VerdictRecord(True, None), VerdictRecord(True, 4), VerdictRecord(False, None))
    why = (words or "still")[:500]
    fixes = (
        {"metres": 7},
        {"metres": 1234, "why": why},
        {"why": "gps"},
    )
    for status, said, fix, mine in product(FIXED, verdicts_said, fixes, (True, False)):
        one = report(
            status=status,
            words=words,
            is_mine=mine,
            follows=not mine,
            my_verdict=said,
            judge_by=NOW + LONG if status is Status.RESOLVED else None,
            ended_at=NOW if status is Status.CLOSED else None,
            is_to_decide=status is Status.REVIEW,
            round=2,
            affected=50,
            follows_id=7,
            again_id=8 if said and said.rating else None,
            again_goes_on=bool(said and said.rating),
            officer_id=1,
            officer_name="Li",
            officer_role=Role.OFFICER,
            events=(*(event(EventKind.REOPENED, why=why) for _ in range(3)), event(EventKind.RESOLVED, **fix)),
        )
        named = f"{status} {said} {fix.get('metres')} {mine}"
        yield f"fix {named}", reports.resolved(one, to, **at)
        yield f"case of fix {named}", cases.card(one, to, **at)
        yield f"details of fix {named}", reports.details(one, to, **at)
        yield f"objected {named}", verdicts.objected(one, to, **at)
        yield f"why not {named}", verdicts.why_not(one, to)
        yield f"decided {named}", verdicts.decided(one, to, {"is_fixed": mine, "words": words}, now=NOW)
    for metres in (None, 20, 1234, 20_015_000):
        yield "why far?", proofs.ask_why(to, 123, metres)
    yield "place?", proofs.ask_place(to, 123, words=words)
    yield "photo, with these words?", proofs.ask_photo_again(to, 123, words=words, instead_of=None)
    yield "photo?", proofs.ask_photo(to, 123)
    yield "fixed", proofs.done(to, 123)
    yield "fixed where the picture was taken", proofs.done(to, 123, 99)
    yield "over", proofs.over(to)
    yield "menu", proofs.menu_back(to)
    yield (
        "also?",
        proofs.also(
            to,
            123,
            [(123456 + number, number * 12, "fire_exit" if number > 4 else None) for number in range(8)],
            done=range(1, 9),
        ),
    )
    yield "also done", proofs.also(to, 123, [], done=[4])


FIXED = (Status.OPEN, Status.ACCEPTED, Status.RESOLVED, Status.REVIEW, Status.CLOSED)
PROMPTS = ("resolve", "resolve-words", "resolve-photo-only", "ask", "answer", "words", "place")


def together_cards(one: ReportRecord, to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Choosing helpers, their tasks in every state, and what the lead hears."""
    name = (words or "Fire brigade")[:120]
    teams = [TeamRecord(id_, f"T-{id_}", dict.fromkeys(Language, name), TeamKind.FIRE, 2) for id_ in range(30)]
    states = [
        task(state, name=name, accepted_by=by, accepted_name=name, words=(words or "")[:500] or None)
        for state, by in product(TaskState, (1, 2))
    ]
    for status, emergency_id in product((Status.OPEN, Status.ACCEPTED, Status.CLOSED), (None, 9)):
        led = replace(one, status=status, officer_id=1, officer_name=name, emergency_id=emergency_id)
        full = replace(led, tasks=tuple(states * 2))
        yield f"case with tasks {status}", cases.card(full, to, now=NOW, zone=ZONE)
        grids = [NearGrid(id_, f"A-{id_:02}", name, name) for id_ in range(6)]
        for fit, shows_all in ((0, False), (4, False), (4, True)):
            card = together.choose(full, to, teams[:fit], grids, others=teams[fit:], shows_all=shows_all)
            yield f"whom, of {fit}? {shows_all}", card
        for state in states:
            named = f"{status} {state.state} by {state.accepted_by}"
            yield f"task {named}", together.task(led, state, to, now=NOW, zone=ZONE)
            yield f"task's alert {named}", together.alert(led, state, to, now=NOW, zone=ZONE)
            if state.state in (TaskState.ACCEPTED, TaskState.DECLINED, TaskState.DONE):
                yield f"news {named}", together.news(led, state, to)
            if state.state in (TaskState.OFFERED, TaskState.ACCEPTED):
                yield f"silent {named}", together.silent(led, state, to)
            yield f"off {named}", together.off(led, state, to)
    yield "why drop?", together.why_drop(123, states[0], to)
    yield "why not help?", together.why_decline(states[0], to)
    yield "what was done?", together.ask_words(123, states[0], to)
    yield "my tasks", together.my_tasks([(123, task(state)) for state in (TaskState.OFFERED, TaskState.ACCEPTED)], to)
    yield "no tasks", together.my_tasks([], to)
    yield "which team?", invites.choose_team(to, teams)
    yield "no team", invites.choose_team(to, [])
    for towns in ([], [(1, (words or PLAIN)[:120]), (2, "青梅镇")]):
        yield "which town?", invites.choose_town(to, towns)
    yield "which community?", invites.choose_community(to, (words or PLAIN)[:120], [(1, (words or PLAIN)[:120])])
    yield "which rank?", invites.choose_rank(to, 1)
    yield "joined a team", invites.joined(to, role=Role.MEMBER, grids=(), team=dict.fromkeys(Language, name))


def emergency_cards(one: ReportRecord, to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """The shared live card, of few and of very many, and what leads there."""
    name = (words or "Sun")[:200]
    teams = [TeamRecord(id_, f"T-{id_}", dict.fromkeys(Language, name[:120]), TeamKind.FIRE, 2) for id_ in range(30)]
    many = [
        call(state, person_id=at, name=name, deputy_of=deputy_of, pushes=3, team=dict.fromkeys(Language, f"{at}{name}"))
        for at, (state, deputy_of, _) in enumerate(product(CallState, (None, name), range(20)), start=2)
    ]
    for state, may_end, ended in product(CallState, (True, False), (None, NOW + LONG)):
        ours = call(state, name=name, answered_at=NOW, arrived_at=NOW, phone=None)
        for others in ([], many):
            going_on = an_emergency(
                ours, *others, may_end=may_end, ended_at=ended, ended_by=name if ended else None, begun_by=name
            )
            named = f"{state} may_end={may_end} ended={bool(ended)} of {len(going_on.calls)}"
            yield f"emergency {named}", emergency.live(one, going_on, to, now=NOW, zone=ZONE)
            yield f"emergency's alert {named}", emergency.alert(one, going_on, to, now=NOW, zone=ZONE)
            yield f"over? {named}", emergency.confirm_end(123, going_on, to)
    for into in (None, 999_999):
        ended = an_emergency(ended_at=NOW + LONG)
        yield f"over by itself {into}", emergency.live(replace(one, merged_into_id=into), ended, to, now=NOW, zone=ZONE)
    out = [call(CallState.UNREACHABLE, person_id=at, name=name, team=dict.fromkeys(Language, name)) for at in range(90)]
    yield "to be phoned", emergency.phones(999_999, an_emergency(*out), to)
    yield "watching", emergency.alert(one, an_emergency(call(person_id=2)), to, now=NOW, zone=ZONE)
    yield "over", emergency.over(one, to)
    yield "which?", emergency.which([one] * 6, to)
    yield "none", emergency.which([], to)
    yield "call them?", emergency.confirm(one, to, teams)
    yield "nobody to call", emergency.confirm(one, to, [])


def people_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Welcome, settings, duty, help, invites: for each role and kind."""
    grids = [(f"A-{number:02}", (words or "Grid")[:120], number % 2 == 0) for number in range(30)]
    held: list[tuple[Role, ...]] = [(), *((role,) for role in Role), tuple(Role)]
    for roles, kind, on_duty in product(held, (None, *ReporterKind), (True, False)):
        one = replace(to, roles=frozenset(roles), kind=kind, on_duty=on_duty)
        for said in people.greeting(one):
            yield "welcome", said
        yield "language chosen", people.language_chosen(one)
        yield "settings", people.settings(one)
        yield "help", people.help_text(one, programme.told())
        yield "no use of a file", people.no_use_of_file(one, one.name + ".xlsx")
        yield "duty", people.duty(one, grids if on_duty else [])
        yield "ready", people.ready(one)
        yield "kind chosen", people.kind_chosen(one)
        yield "team chosen", people.team_chosen(one, edits=5)
    yield "kind?", people.ask_kind(to)
    yield "platform?", people.ask_platform(to)
    yield "team?", people.ask_team(to)
    yield "privacy", people.privacy(to)
    yield "invite whom?", invites.choose(to)
    for towns in ([], [(1, (words or PLAIN)[:120]), (2, "青梅镇")]):
        yield "which town?", invites.choose_town(to, towns)
    yield "which community?", invites.choose_community(to, (words or PLAIN)[:120], [(1, (words or PLAIN)[:120])])
    yield "which rank?", invites.ask_rank(to)
    yield "which grid?", invites.ask_grid(to, is_primary=False)
    for role in invites.INVITABLE:
        link: Any = {"url": "https://t.me/warmgrid_bot?start=abc", "role": role, "now": NOW, "zone": ZONE}
        link |= {"is_primary": True, "team": "FIRE-01" if role is Role.MEMBER else None}
        link |= {"land": (words or PLAIN)[:120] if role is Role.LEAD else None}
        for meant_for in (None, (words or PLAIN)[:60]):
            link |= {"meant_for": meant_for, "expires_at": NOW + timedelta(days=7)}
            yield "link", invites.link(to, **link, grids=grids)
        lands = ((words or PLAIN)[:120],) if role is Role.LEAD else ()
        yield "joined", invites.joined(to, role=role, grids=grids, lands=lands)
