"""Every card in both languages fits, is valid, and has buttons that a phone can show."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice

import pytest

from sandbox import html
from sandbox.html import utf16_length
from services.merchants import programme
from storage.categories import all_categories
from storage.kinds import (
    Asking,
    AttachmentKind,
    EventKind,
    Language,
    Level,
    Message,
    OfferState,
    PlaceSource,
    Role,
    Stage,
    Status,
)
from storage.records import Brief, EventRecord, OldPicture, Photo, ReportRecord
from storage.team_kinds import TeamKind
from storage.team_records import TeamRecord
from tests.moment import NOW
from tests.views.showing import (
    HOSTILE,
    PLAIN,
    ZONE,
    all_cards,
    briefs,
    draft,
    event,
    events,
    in_each_status,
    me,
    report,
    usual_cards,
)
from views import actions, cases, drafts, emergency, menu, messages, paged, people, promises, reports
from views.card import CAPTION_LIMIT, TEXT_LIMIT, Button, Card
from views.texts import plain, say

LANGUAGES = list(Language)
ALL_ACTIONS = [one for one in vars(actions).values() if isinstance(one, type) and getattr(one, "prefix", "")]


def buttons(card: Card) -> Iterator[Button]:
    yield from (button for row in card.rows for button in row)


def width(text: str) -> int:
    """In twentieths of a button: a Chinese character or an icon takes two, a letter one."""
    shown = [c for c in text if unicodedata.category(c) not in ("Mn", "Cf")]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" or c > "\uffff" else 1 for c in shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [None, PLAIN, *HOSTILE], ids=["none", "plain", "tags", "emoji", "long", "rtl"])
def test_every_card_fits_and_is_valid_html(language: Language, words: str | None) -> None:
    parse = cache(html.parse)  # raises where Telegram would refuse it
    for name, card in all_cards(language, words):
        text, _ = parse(card.text)
        assert text.strip(), name
        assert utf16_length(text) <= TEXT_LIMIT, (name, utf16_length(text))
        if card.is_caption:
            assert utf16_length(text) <= CAPTION_LIMIT, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_people_are_shown_and_never_become_tags(language: Language) -> None:
    for one in islice(in_each_status(HOSTILE[0], name="<i>Li</i>"), 50):
        to = me(language)
        for card in (cases.card(one, to, now=NOW, zone=ZONE), reports.details(one, to, now=NOW, zone=ZONE)):
            text, entities = html.parse(card.text)
            assert HOSTILE[0] in text
            assert {entity["type"] for entity in entities} <= {"bold", "blockquote"}
            assert "italic" not in {entity["type"] for entity in entities}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_short_and_does_something(language: Language) -> None:
    shown = {button for _, card in usual_cards(language) for button in buttons(card)}
    assert len(shown) > 40
    for button in shown:
        assert 0 < width(button.text) <= 20, (button.text, width(button.text))
        assert (button.action is None) != (button.url is None), button
        if button.action is not None:
            parsed = [one.parse(button.action) for one in ALL_ACTIONS]
            assert sum(found is not None for found in parsed) == 1, button
        else:
            assert str(button.url).startswith("https://")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_keyboard_is_short(language: Language) -> None:
    for row in menu.keyboard(me(language)):
        assert len(row) <= 4
        for key in row:
            assert 0 < width(key.text) <= 20, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_of_at_most_three_buttons(language: Language) -> None:
    """But for stars, and numbers of one digit."""
    for name, card in usual_cards(language):
        for row in card.rows:
            are_small = all("⭐" in button.text or button.text.isdecimal() for button in row)
            assert len(row) <= (8 if are_small else 3), name


@pytest.mark.parametrize("offer", [OfferState.DECLINED, OfferState.CLOSED, OfferState.ACCEPTED])
@pytest.mark.parametrize("status", [Status.OPEN, Status.REJECTED, Status.WITHDRAWN])
def test_a_card_keeps_the_words_that_it_had(offer: OfferState, status: Status) -> None:
    one = report(words="beside the school", my_offer=offer, officer_id=2, officer_name="Li", status=status)
    assert "beside the school" in cases.card(one, me(Language.EN), now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_to_officers_has_no_reporter_in_it(language: Language) -> None:
    """The record has no name of the reporter at all; this holds it so."""
    assert not [field for field in report().__slots__ if "reporter" in field]


# -- what is offered in which status --


def offered(card: Card) -> set[str]:
    """The prefixes of the actions on a card."""
    return {str(button.action).split(":")[0] for button in buttons(card) if button.action}


@pytest.mark.parametrize("one", list(in_each_status()), ids=lambda one: f"{one.status}-{one.my_offer}-{one.officer_id}")
def test_an_officer_is_offered_only_what_is_possible(one: ReportRecord) -> None:
    card = cases.card(one, me(Language.EN, roles=frozenset({Role.OFFICER})), now=NOW, zone=ZONE)
    if one.status is Status.OPEN and one.my_offer is OfferState.OFFERED:
        assert offered(card) == {"ac", "nm", "dh"}
    elif one.status is Status.ACCEPTED and one.my_offer is OfferState.RAISED:
        assert offered(card) == ({"go", "ac", "dh"} if one.waiting_for is not None else {"ac", "dh"})
    elif one.status is Status.ACCEPTED and one.officer_id == 1:
        is_paused = one.waiting_for is not None
        assert offered(card) == {"rs", "as", "mo", "tbi", "emc"} | ({"go"} if is_paused else set())
        assert len(card.rows) == 3 + is_paused
        rest = cases.more(one, me(Language.EN, roles=frozenset({Role.OFFICER})), now=NOW, zone=ZONE)
        assert rest.text == card.text
        assert offered(rest) == {"rj", "nm", "dh", actions.BackToCase.prefix} | (set() if is_paused else {"wt"})
    else:
        assert offered(card) == set()


@pytest.mark.parametrize("role", Role)
def test_who_was_told_is_offered_to_those_who_look_after_the_officers(role: Role) -> None:
    card = cases.card(report(), me(Language.EN, roles=frozenset({role})), now=NOW, zone=ZONE)
    assert ("ww" in offered(card)) is (role in (Role.LEAD, Role.DESK, Role.ADMIN))
    for own in (reports.receipt, reports.details):  # as its reporter, whatever else he is
        assert "ww" not in offered(own(report(is_mine=True), me(Language.EN), now=NOW, zone=ZONE))


@pytest.mark.parametrize(
    ("status", "actions_there"),
    [
        (Status.OPEN, {"aw", "cc", "cp", "wd"}),
        (Status.ACCEPTED, {"aw"}),
        (Status.RESOLVED, set()),
        (Status.REJECTED, set()),
        (Status.WITHDRAWN, set()),
    ],
)
def test_a_reporter_is_offered_only_what_is_possible(status: Status, actions_there: set[str]) -> None:
    one = report(status=status, is_mine=True, officer_id=2, officer_name="Li")
    assert offered(reports.receipt(one, me(Language.EN), now=NOW, zone=ZONE)) == actions_there
    others = reports.receipt(report(status=status, is_mine=False), me(Language.EN), now=NOW, zone=ZONE)
    assert "aw" not in offered(others)


@pytest.mark.parametrize("language", list(Language))
def test_a_place_outside_is_named_beside_the_question_where_it_belongs(language: Language) -> None:
    for outside, key in ((PlaceSource.EXIF, "draft-exif-outside"), (PlaceSource.PIN, "draft-place-outside")):
        asked = draft(photos=1, asking=Asking.JOIN, join_report_id=123, outside=outside)
        card = drafts.status(asked, me(language), now=NOW, zone=ZONE)
        assert say(language, key) in card.text
        assert say(language, "draft-join", number="D-000123") in card.text
        for photos in (0, 1):
            gap = draft(photos=photos, without_photo=not photos, outside=outside)
            told = drafts.status(gap, me(language), now=NOW, zone=ZONE).text.splitlines()
            assert [line for line in told if "⬜" in line] == [say(language, key)] == told[-1:]
            assert say(language, "draft-needs-place") not in told


def test_a_draft_names_the_grid_and_only_in_none_the_degrees() -> None:
    placed = draft(photos=0, latitude=25.405, longitude=114.365, place_source=PlaceSource.PIN)
    for one, shown in ((replace(placed, grid="East Gate"), "East Gate"), (placed, "25.40500, 114.36500")):
        for source, key in ((PlaceSource.PIN, "draft-has-place"), (PlaceSource.EXIF, "draft-place-exif")):
            text = drafts.status(replace(one, place_source=source), me(Language.EN), now=NOW, zone=ZONE).text
            assert say(Language.EN, key, name=shown, place=shown) in text.splitlines()


def test_an_old_picture_is_asked_about_with_its_place() -> None:
    for grid, shown in (("East Gate", "East Gate"), (None, "25.40500, 114.36500")):
        old = OldPicture(9, None, NOW, (25.405, 114.365), grid)
        asked = draft(photos=1, asking=Asking.OLD_PICTURE, old=old)
        text = drafts.status(asked, me(Language.EN), now=NOW, zone=ZONE).text
        assert say(Language.EN, "draft-old-place", place=shown) in text


def test_a_question_stands_below_what_was_sent_last() -> None:
    old = OldPicture(9, None, NOW)
    for newest, is_above in ((4, False), (6, True)):
        state = draft(photos=1, asking=Asking.OLD_PICTURE, old=old, status_message_id=5, newest=newest)
        brief = Brief(to=me(Language.EN), message=Message.DRAFT, draft=state)
        shown = messages.render(brief, now=NOW, zone=ZONE)
        assert shown is not None
        assert (shown.edits, shown.deletes) == ((None, 5) if is_above else (5, None))


def test_of_several_pictures_the_old_one_is_named() -> None:
    for photos, is_named in ((1, False), (2, True)):
        old = OldPicture(9, "IMG_7.jpg", NOW)
        card = drafts.status(
            draft(photos=photos, asking=Asking.OLD_PICTURE, old=old), me(Language.EN), now=NOW, zone=ZONE
        )
        assert ("IMG_7.jpg" in card.text) is is_named


def test_an_alert_is_nothing_once_it_is_no_longer_offered() -> None:
    for one in in_each_status():
        card = dict(briefs(one, me(Language.EN)))[f"{Message.ALERT} alert"]
        assert (card is not None) == (one.status is Status.OPEN and one.my_offer is OfferState.OFFERED)


# -- who has it, and how pressing it is --


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_once_that_it_is_urgent_and_only_while_it_is(language: Language) -> None:
    word = {Language.ZH: "紧急", Language.EN: "urgent"}[language]
    for one in in_each_status():
        text = cases.card(one, me(language), now=NOW, zone=ZONE).text
        assert text.lower().count(word) == one.is_urgent, text
        assert text.startswith("🚨") == (one.is_urgent and one.ended_at is None)
    ended = report(is_urgent=True, status=Status.RESOLVED, ended_at=NOW, officer_name="Li")
    text = cases.card(ended, me(language), now=NOW, zone=ZONE).text
    assert (text.startswith("🚨"), text.lower().count(word)) == (False, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.RESOLVED, Status.REJECTED])
def test_whoever_holds_a_report_is_called_what_he_is(language: Language, status: Status) -> None:
    words = {
        Language.ZH: {Role.OFFICER: "网格员", Role.DESK: "县级值班台", Role.ADMIN: "管理员"},
        Language.EN: {Role.OFFICER: "grid officer", Role.DESK: "county desk", Role.ADMIN: "administrator"},
    }[language]
    for role, word in words.items():
        one = report(status=status, officer_id=2, officer_name="Li", officer_role=role)
        said = [cases.card(one, me(language), now=NOW, zone=ZONE).text]
        if status is Status.ACCEPTED:
            said += [
                reports.accepted(one, me(language)).text,
                str(promises.next_lines(one, me(language), now=NOW, zone=ZONE)),
            ]
        for text in said:
            assert "Li" in text
            assert [other for other in words.values() if other in text] == [word]


# -- sound --


@pytest.mark.parametrize(
    ("hour", "urgent", "silent"),
    [(12, False, False), (22, False, True), (6, False, True), (7, False, False), (3, True, False), (21, False, False)],
)
def test_urgent_alerts_ring_and_others_are_silent_at_night(hour: int, urgent: bool, silent: bool) -> None:
    now = datetime(2026, 11, 23, hour, 0, tzinfo=ZONE).astimezone(UTC)
    assert cases.alert(report(is_urgent=urgent), me(Language.ZH), now=now, zone=ZONE).is_silent is silent


# -- a long story --


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_timeline_shows_how_it_began_and_how_it_ended(language: Language) -> None:
    long = report(
        status=Status.REJECTED, officer_name="Li", events=(*events("x"), event(EventKind.REJECTED, why="none"))
    )
    short = report(events=events("x")[:4])
    text = reports.details(long, me(language), now=NOW, zone=ZONE).text
    assert text.count("\n") < 40
    assert "…" in text
    assert "…" not in reports.details(short, me(language), now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_of_an_album_are_one_line_of_the_timeline(language: Language) -> None:
    def added(seconds: int, *, by_reporter: bool = True) -> EventRecord:
        return EventRecord(EventKind.PHOTOS_ADDED, NOW + timedelta(seconds=seconds), by_reporter, {"kind": "photo"})

    def lines_of(*events: EventRecord) -> int:
        one = report(events=(event(EventKind.FILED), *events), is_mine=True)
        shown = reports.details(one, me(language), now=NOW, zone=ZONE).text
        return shown.count(say(language, "event-photos_added"))

    assert lines_of(added(1), added(1), added(2)) == 1
    assert lines_of(added(1), added(200)) == 2
    assert lines_of(added(1), added(2, by_reporter=False)) == 2
    assert lines_of(added(1), event(EventKind.ACCEPTED), added(2)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_told_that_a_place_is_wrong_is_told_how_to_choose_one(language: Language) -> None:
    for key in ("error-outside", "error-bad-place", "draft-place-outside", "draft-exif-outside"):
        assert "📎" in say(language, key), key


def taken(stage: Stage, many: int) -> tuple[Photo, ...]:
    return tuple(Photo(AttachmentKind.PHOTO, stage, f"{stage} {number}") for number in range(1, many + 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("before", "after", "shown", "said"),
    [
        (1, 1, (1, 1), ("1", "2")),
        (3, 2, (3, 2), ("1–3", "4–5")),
        (9, 1, (9, 1), ("1–9", "10")),
        (12, 1, (5, 1), ("1–5", "6")),
        (12, 7, (3, 7), ("1–3", "4–10")),
        (2, 12, (1, 9), ("1", "2–10")),
    ],
)
def test_before_and_after_are_one_album_that_says_which_are_which(
    language: Language, before: int, after: int, shown: tuple[int, int], said: tuple[str, str]
) -> None:
    pictures = taken(Stage.BEFORE, before) + taken(Stage.AFTER, after)
    one = report(status=Status.RESOLVED, photos=pictures, events=(event(EventKind.RESOLVED, words="pipe replaced"),))
    card = reports.resolved(one, me(language), now=NOW, zone=ZONE)
    assert card.photos == taken(Stage.BEFORE, shown[0]) + taken(Stage.AFTER, shown[1])
    assert set(card.labels) == {Stage.BEFORE, Stage.AFTER}
    assert say(language, "told-before-after", before=said[0], after=said[1]) in card.text
    assert (plain(language, "key-my-reports") in card.text) == (sum(shown) < before + after)
    assert "pipe replaced" in card.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_proof_of_what_was_reported_without_a_photo_needs_no_labels(language: Language) -> None:
    card = reports.resolved(
        report(status=Status.RESOLVED, photos=taken(Stage.AFTER, 1)), me(language), now=NOW, zone=ZONE
    )
    assert (card.is_caption, dict(card.labels)) == (True, {})
    assert plain(language, "label-after") not in card.text


def test_pictures_that_cannot_be_passed_on_take_no_place_beside_the_proof() -> None:
    unread = Photo(AttachmentKind.IMAGE_FILE, Stage.BEFORE, "not fetched")
    clip = Photo(AttachmentKind.VIDEO, Stage.BEFORE, "video")
    photos = (unread,) * 9 + (clip,) + taken(Stage.AFTER, 1)
    card = reports.resolved(report(status=Status.RESOLVED, photos=photos), me(Language.EN), now=NOW, zone=ZONE)
    assert card.photos == taken(Stage.AFTER, 1)


def test_a_card_says_the_kind_in_the_readers_language() -> None:
    for one in all_categories().values():
        for language in Language:
            text = cases.card(report(category=one.code), me(language), now=NOW, zone=ZONE).text
            assert f"{one.icon} {one.names[language]}" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", list(Level))
def test_a_receipt_says_with_whom_it_really_is(language: Language, level: Level) -> None:
    shown = reports.receipt(report(level=level, is_mine=True), me(language), now=NOW, zone=ZONE)
    assert say(language, f"level-{level}") in shown.text
    assert (say(language, "next-open") in shown.text) is (level is Level.PRIMARY)


def test_a_receipt_of_the_pictures_own_place_says_where_and_how_to_change_it() -> None:
    from storage.kinds import PlaceSource

    for language in Language:
        text = reports.receipt(report(place_source=PlaceSource.EXIF), me(language), now=NOW, zone=ZONE).text
        assert "25.40500, 114.36500" in text


def test_a_receipt_asks_one_question_at_a_time() -> None:
    belongs, same = "Belongs to D-000123", "The same as D-000124"
    for facts, question in (
        ({"may_join": 123}, belongs),
        ({"maybe_same_id": 124}, same),
        ({"may_join": 123, "maybe_same_id": 124}, belongs),
    ):
        shown = reports.receipt(report(is_mine=True, **facts), me(Language.EN), now=NOW, zone=ZONE)
        assert next(button.text for button in buttons(shown)) == question
        assert len([button for button in buttons(shown) if button.text in (belongs, same)]) == 1
        assert ("D-000124" in shown.text) is (question == same)


# -- by role --


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_officers_help_names_every_button_of_a_case(language: Language) -> None:
    told = people.help_text(me(language, roles=frozenset({Role.OFFICER})), programme.told()).text
    for key in ("accept", "not-mine", "resolve", "reject", "ask", "wait", "bring-in", "emergency", "more"):
        name = plain(language, f"button-{key}").partition(" ")[2]
        assert name in told, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_ask_who_has_not_said_what_he_is(language: Language) -> None:
    new = people.settings(me(language, roles=frozenset(), kind=None))
    assert "—" not in new.text
    assert say(language, "settings-no-kind") in new.text
    assert {"kd"} <= offered(new)


@pytest.mark.parametrize(
    ("roles", "keys", "commands"),
    [
        ((), {"report", "send-place", "my-reports", "settings", "help"}, {"report", "reports", "settings", "help"}),
        ((Role.MERCHANT,), {"my-shop"}, {"shop"}),
        ((Role.KEEPER,), {"my-station"}, {"station"}),
        ((Role.OFFICER,), {"my-cases", "duty"}, {"cases", "duty", "emergency", "tasks"}),
        ((Role.DESK,), {"my-cases", "stats"}, {"cases", "stats", "emergency"}),
        (
            (Role.ADMIN,),
            {"my-cases", "invite", "stats"},
            {"activity", "cases", "credit", "invite", "stats", "emergency", "audit", "lift", "place", "warn", "usage"},
        ),
        ((Role.LEAD,), {"my-cases", "stats"}, {"activity", "cases", "stats"}),
        ((Role.MEMBER,), set(), {"tasks"}),
        (
            tuple(Role),
            {"my-cases", "duty", "invite", "stats", "my-shop", "my-station"},
            {
                *("activity", "cases", "credit", "duty", "invite", "stats", "emergency", "tasks", "audit", "lift"),
                *("place", "shop", "station", "warn", "usage"),
            },
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_and_commands_are_those_of_the_role(
    roles: tuple[Role, ...], keys: set[str], commands: set[str], language: Language
) -> None:
    from views.texts import plain

    everybody = {"report", "send-place", "my-reports", "my-points", "stations", "shops", "settings", "help"}
    shown = {key.text for row in menu.keyboard(me(language, roles=frozenset(roles))) for key in row}
    assert shown == {plain(language, f"key-{name}") for name in keys | everybody}
    listed = menu.commands(language, frozenset(roles))
    of_all = {"report", "reports", "points", "stations", "shops", "settings", "help"}
    assert {name for name, _ in listed} == commands | of_all
    assert all(name.isascii() and name.islower() and 1 <= len(name) <= 32 for name, _ in listed)
    assert all(1 <= len(text) <= 256 for _, text in listed)


def test_one_key_sends_the_phones_own_place() -> None:
    keys = [key for row in menu.keyboard(me(Language.ZH, roles=frozenset())) for key in row]
    assert [key.asks_place for key in keys].count(True) == 1


def test_the_mark_of_the_commands_changes_with_language_and_roles() -> None:
    marks = {
        menu.mark(me(language, roles=frozenset(roles)))
        for language in Language
        for roles in ((), (Role.OFFICER,), (Role.ADMIN,), (Role.OFFICER, Role.ADMIN))
    }
    assert len(marks) == 8
    assert all(len(mark) <= 80 for mark in (*marks, menu.mark(me(Language.ZH))))  # the column's width


def test_the_live_card_of_a_receipt_follows_the_report() -> None:
    to = me(Language.EN)
    opened = messages.live_receipt(report(is_mine=True), to, now=NOW, zone=ZONE)
    ended = messages.live_receipt(
        report(is_mine=True, status=Status.RESOLVED, ended_at=NOW + timedelta(hours=1)), to, now=NOW, zone=ZONE
    )
    assert "wd" in offered(opened)
    assert "wd" not in offered(ended)
    assert (ended.photos, ended.pin) == ((), None)  # it is edited in place: a text


@pytest.mark.parametrize("language", list(Language))
def test_the_list_of_reports_says_on_its_buttons_how_each_stands_and_what_it_is(language: Language) -> None:
    page = [report(id=1, category="water_leak"), report(id=2, category="fire", status=Status.RESOLVED)]
    shown = paged.my_reports(page, me(language), at=0, pages=1, now=NOW, zone=ZONE)
    assert [button.text for row in shown.rows for button in row] == ["🕓 D-000001 💧", "✅ D-000002 🔥"]


@pytest.mark.parametrize("language", list(Language))
def test_the_details_of_what_is_fixed_have_the_officers_words(language: Language) -> None:
    told = {"events": (event(EventKind.RESOLVED, words="pipe <replaced>"),), "officer_name": "Li"}
    fixed = reports.details(report(status=Status.RESOLVED, **told), me(language), now=NOW, zone=ZONE)
    assert "pipe &lt;replaced&gt;" in fixed.text


def test_once_half_of_the_time_is_gone_an_officers_card_says_what_is_left() -> None:
    for offer, status, by in ((OfferState.OFFERED, Status.OPEN, "accept_by"), (None, Status.ACCEPTED, "resolve_by")):
        one = report(status=status, my_offer=offer, officer_id=1 if offer is None else None, officer_name="Li")
        one = replace(one, **{by: NOW + timedelta(minutes=15)}, waiting_for=None, is_half_gone=False)
        assert "15 min" not in cases.card(one, me(Language.EN), now=NOW, zone=ZONE).text
        shown = cases.card(replace(one, is_half_gone=True), me(Language.EN), now=NOW, zone=ZONE)
        assert "under 15 min left" in shown.text


def test_where_nobody_can_be_called_the_numbers_to_phone_stand_above_the_button() -> None:
    there = {actions.BackToCase.prefix, actions.BeginEmergency.prefix}
    for members in (0, 2):
        team = TeamRecord(1, "FIRE", dict.fromkeys(Language, "Fire brigade"), TeamKind.FIRE, members)
        shown = emergency.confirm(report(), me(Language.EN), [team])
        assert offered(shown) == there
        assert ("119" in shown.text) is (members == 0)
