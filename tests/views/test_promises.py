"""What a citizen reads of the promise and of a report nearby: by when, with whom it is when late, who is waited for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.kinds import EventKind, Language, Level, Message, OfferState, Status, WaitingFor
from storage.records import Brief, ReportRecord
from tests.moment import NOW
from tests.views.showing import ZONE, draft, event, me, near_one, report
from views import cases, clock, messages, near, paged, reports, talk
from views.format import moment
from views.texts import say

LANGUAGES = list(Language)
SOON, LATER = NOW + timedelta(minutes=20), NOW + timedelta(days=2)
BEFORE = NOW - timedelta(minutes=20)
HELD: dict[str, Any] = {"status": Status.ACCEPTED, "officer_id": 2, "officer_name": "Li"}


def shown(one: ReportRecord, language: Language) -> tuple[str, str]:
    """The receipt, and what *My reports* opens."""
    return (
        messages.live_receipt(one, me(language), now=NOW, zone=ZONE).text,
        reports.details(one, me(language), now=NOW, zone=ZONE).text,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_that_spans_a_night_says_that_office_hours_count(language: Language) -> None:
    mark = say(language, "promise-by-office-hours", by="").strip()
    at: dict[str, Any] = {"now": NOW, "zone": ZONE}
    usual: dict[str, Any] = {"is_mine": True, "accept_by": SOON, "resolve_by": LATER}
    fix = report(**usual, resolve_spans_closed=True)
    both = replace(fix, accept_spans_closed=True)
    held = replace(fix, status=Status.ACCEPTED, officer_id=1, officer_name="Li")
    for one, times in ((report(**usual), 0), (fix, 1), (both, 1), (held, 1)):
        assert [text.count(mark) for text in shown(one, language)] == [times] * 2
        in_list = paged.my_reports([one], me(language), at=0, pages=1, **at).text
        assert in_list.count(mark) == (one in (both, held))
        card = cases.card(replace(one, is_mine=False, my_offer=OfferState.OFFERED), me(language), **at).text
        assert card.count(mark) == (one in (both, held))
    late = replace(held, resolve_by=BEFORE)
    assert mark not in shown(late, language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_holds_it_reads_that_office_hours_count_wherever_he_is_told_the_moment(language: Language) -> None:
    mark = say(language, "promise-by-office-hours", by="").strip()
    to, at = me(language), {"now": NOW, "zone": ZONE}
    one = report(**{**HELD, "officer_id": to.id}, resolve_by=LATER, resolve_spans_closed=True)
    texts = [paged.my_cases([one], to, at=0, pages=1, **at).text]
    for card in (
        cases.not_fixed(one, to, **at),
        clock.wait_over(one, to, {}, **at),
        talk.answer(one, to, {"words": "yes", "goes_on": True}, **at),
    ):
        assert card is not None
        texts.append(card.text)
    assert [text.count(mark) for text in texts] == [1] * len(texts)


def test_no_space_stands_behind_a_full_width_bracket() -> None:
    to, at = me(Language.ZH), {"now": NOW, "zone": ZONE}
    spans: dict[str, Any] = {"accept_spans_closed": True, "resolve_spans_closed": True}
    one = report(is_mine=True, accept_by=SOON, resolve_by=LATER, **spans)
    held = replace(one, **{**HELD, "officer_id": to.id})
    for text in (
        *shown(one, Language.ZH),
        *shown(held, Language.ZH),
        paged.my_reports([one, held], to, pages=1, **{**at, "at": 0}).text,
        paged.my_cases([one, held], to, pages=1, **{**at, "at": 0}).text,
        cases.card(replace(one, my_offer=OfferState.OFFERED), to, **at).text,
    ):
        assert "（按工作时间）" in text
        assert "） " not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whose", ["is_mine", "follows"])
def test_receipt_and_my_reports_say_by_when_it_is_accepted_and_fixed(language: Language, whose: str) -> None:
    def at(when: Any) -> Any:
        return say(language, "promise-by", by=moment(language, when, now=NOW, zone=ZONE))

    one = report(**{whose: True}, accept_by=SOON, resolve_by=LATER)
    held = report(**{whose: True}, **HELD, accept_by=BEFORE, resolve_by=LATER)
    for text in shown(one, language):
        assert say(language, "promise-open", by=at(SOON), fixed=at(LATER)) in text
    for text in shown(held, language):
        assert say(language, "promise-accepted", by=at(LATER)) in text


WAITS: dict[str, Any] = {**HELD, "is_mine": True, "waiting_until": LATER}
IN_THE_LIST = [
    ({"accept_by": SOON}, "🕓 to be accepted before 12:20", "🕓 等待接单 · 12:20 前接单"),
    ({"accept_by": BEFORE}, "🕓 waiting to be accepted · ⚠️ late", "🕓 等待接单 · ⚠️ 超时"),
    ({**HELD, "resolve_by": LATER}, "🛠 being worked on · before 25 Nov 12:00", "🛠 处理中 · 11月25日 12:00 前处理"),
    ({**HELD, "resolve_by": BEFORE}, "🛠 being worked on · ⚠️ late", "🛠 处理中 · ⚠️ 超时"),
    ({**WAITS, "waiting_for": WaitingFor.REPORTER}, "🛠 being worked on · ⏸ answer needed", "🛠 处理中 · ⏸ 等您回复"),
    (
        {**WAITS, "waiting_for": WaitingFor.THIRD_PARTY},
        "🛠 being worked on · ⏸ until 25 Nov 12:00",
        "🛠 处理中 · ⏸ 等到 11月25日 12:00",
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("facts", "english", "chinese"), IN_THE_LIST)
def test_a_line_of_my_reports_says_by_when_in_few_words(
    language: Language, facts: dict[str, Any], english: str, chinese: str
) -> None:
    shown = paged.my_reports([report(**facts)], me(language), at=0, pages=1, now=NOW, zone=ZONE).text
    assert shown.splitlines()[-1].strip() == (english if language is Language.EN else chinese)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_what_is_over_promises_nothing(language: Language) -> None:
    one = report(status=Status.RESOLVED, accept_by=BEFORE, resolve_by=BEFORE)
    shown = paged.my_reports([one], me(language), at=0, pages=1, now=NOW, zone=ZONE).text
    assert shown.splitlines()[-1].strip() == f"✅ {say(language, 'status-resolved')}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", Level)
def test_when_it_is_late_they_say_so_and_with_whom_it_is(language: Language, level: Level) -> None:
    by, whom = moment(language, BEFORE, now=NOW, zone=ZONE), say(language, f"level-{level}")
    one = report(is_mine=True, accept_by=BEFORE, resolve_by=LATER, level=level)
    held = report(is_mine=True, **HELD, accept_by=BEFORE, resolve_by=BEFORE, level=level)
    for late, key in ((one, "accept"), (held, "resolve")):
        for text in shown(late, language):
            assert say(language, f"promise-{key}-late", by=by, level=whom) in text
        told = messages.render(Brief(me(language), Message.LATE, {"by": BEFORE.isoformat()}, late), now=NOW, zone=ZONE)
        assert told is not None
        assert str(whom) in told.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_that_are_late_one_message_has_a_line_and_a_button_each(language: Language) -> None:
    two = (report(accept_by=BEFORE), report(id=124, **HELD, resolve_by=BEFORE, level=Level.TOWN))
    told = messages.render(Brief(me(language), Message.LATE, {"late": []}, cases=two, many=11), now=NOW, zone=ZONE)
    assert told is not None
    assert [button.text for row in told.rows for button in row] == ["D-000123", "D-000124"]
    for part in (say(language, "late-title", count=11), say(language, "late-more", count=9)):
        assert str(part) in told.text
    assert str(say(language, "level-town")) in told.text
    alone = messages.render(Brief(me(language), Message.LATE, {"late": []}, cases=two[:1], many=1), now=NOW, zone=ZONE)
    assert alone is not None
    assert alone.text == messages.late_lists.late_alone(two[0], me(language), now=NOW, zone=ZONE).text  # type: ignore[union-attr]
    nothing = Brief(me(language), Message.LATE, {"late": []})
    assert messages.render(nothing, now=NOW, zone=ZONE) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("whose", "whom", "said"),
    [
        ("is_mine", WaitingFor.REPORTER, "reporter"),
        ("is_mine", WaitingFor.THIRD_PARTY, "third_party"),
        ("follows", WaitingFor.REPORTER, "third_party"),
    ],
)
def test_while_the_clock_stands_still_they_say_for_whom_and_until_when(
    language: Language, whose: str, whom: WaitingFor, said: str
) -> None:
    paused = report(**{whose: True}, **HELD, resolve_by=BEFORE, waiting_for=whom, waiting_until=LATER)
    for text in shown(paused, language):
        assert say(language, f"promise-paused-{said}", by=moment(language, LATER, now=NOW, zone=ZONE)) in text


# -- nearby, and the same picture --


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_nearby_is_shown_with_its_picture_its_distance_and_its_age(language: Language) -> None:
    one = near_one(metres=42)
    asks = draft(near=(near_one(photo=None, metres=7), one), file_at=NOW + timedelta(minutes=2))
    card = near.picture(asks, me(language), now=NOW, zone=ZONE)
    assert card is not None
    assert card.photos == (one.photo,)
    when = str(moment(language, one.filed_at, now=NOW, zone=ZONE))
    assert "42" in card.text
    assert when in card.text
    said = "\n".join(near.question(asks, me(language), now=NOW, zone=ZONE))
    assert all(part in said for part in ("42", "7", when, str(moment(language, asks.file_at, now=NOW, zone=ZONE))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_reads_how_many_are_affected_and_which_report_has_the_same_picture(language: Language) -> None:
    one = report(my_offer=OfferState.OFFERED, affected=7, events=(event(EventKind.SAME_PICTURE, report=99),))
    text = cases.card(one, me(language), now=NOW, zone=ZONE).text
    assert say(language, "line-affected", count=7) in text
    assert say(language, "case-same-picture", number="D-000099") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_who_took_it_over_reads_that_it_was_raised_to_her(language: Language) -> None:
    hers = report(**{**HELD, "officer_id": 1, "resolve_by": BEFORE, "level": Level.LEAD, "my_level": Level.LEAD})
    by = moment(language, BEFORE, now=NOW, zone=ZONE)
    for one, level in ((hers, "level-you"), (replace(hers, level=Level.TOWN), "level-town")):
        text = cases.card(one, me(language), now=NOW, zone=ZONE).text
        assert say(language, "case-resolve-late", by=by, level=say(language, level)) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", list(WaitingFor))
@pytest.mark.parametrize("due", [BEFORE, SOON])
def test_a_case_that_waits_is_listed_as_such_and_not_as_late(language: Language, whom: WaitingFor, due: Any) -> None:
    one = report(**HELD, resolve_by=due, waiting_for=whom, waiting_until=LATER)
    _, line = paged.case_lines([one], me(language), now=NOW, zone=ZONE)
    assert line.startswith("⏸")
    assert moment(language, LATER, now=NOW, zone=ZONE) in line
    assert moment(language, due, now=NOW, zone=ZONE) not in line


def test_no_space_follows_a_full_width_bracket() -> None:
    one = report(**HELD, is_mine=True, accept_by=BEFORE, resolve_by=LATER, resolve_spans_closed=True)
    for text in shown(one, Language.ZH):
        assert "（按工作时间）前处理好" in text
