"""The shared card of an emergency: who answered what, and whom only a telephone reaches."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.kinds import AttachmentKind, Language, Stage
from storage.records import Photo
from storage.team_kinds import CallState, Rank, TeamKind
from storage.team_records import TeamRecord
from tests.moment import NOW
from tests.views.showing import ZONE, an_emergency, call, me, report
from views import emergency
from views.actions import ListPhones
from views.record import Record, page
from views.texts import plain, say

OTHERS = dict.fromkeys(Language, "Police")
OF_EACH = tuple(call(state, person_id=at) for at, state in enumerate(CallState) if state is not CallState.UNREACHABLE)
OF_EACH += tuple(call(CallState.UNREACHABLE, person_id=at, team=OTHERS) for at in (8, 9))


@pytest.mark.parametrize("language", list(Language))
def test_who_cannot_be_reached_is_not_called_silent_but_to_be_phoned(language: Language) -> None:
    shown = emergency.live(report(), an_emergency(*OF_EACH, may_end=True), me(language), now=NOW, zone=ZONE).text
    assert plain(language, "emergency-summary", arrived=1, coming=1, silent=1) in shown
    called = len(OF_EACH) - 2
    assert plain(language, "emergency-called", called=called, phone=2) in shown
    assert "☎️ Sun 199-0001-0001" in shown


@pytest.mark.parametrize("language", list(Language))
def test_who_begins_it_hears_at_once_how_many_must_be_phoned(language: Language) -> None:
    most_have_not_joined = [call(person_id=1), *[call(CallState.UNREACHABLE, person_id=at) for at in range(2, 9)]]
    toast = emergency.begun(an_emergency(*most_have_not_joined, may_end=True), me(language))
    assert re.findall(r"\d+", toast) == ["1", "7"]
    assert re.findall(r"\d+", emergency.begun(an_emergency(call(), may_end=True), me(language))) == ["1"]


@pytest.mark.parametrize("language", list(Language))
def test_before_the_call_one_reads_which_teams_it_reaches_and_which_must_be_phoned(language: Language) -> None:
    teams = [
        TeamRecord(at, name, dict.fromkeys(Language, name), TeamKind.FIRE, members)
        for at, (name, members) in enumerate([("Power", 0), ("Fire", 2), ("Gas", 0)])
    ]
    text = emergency.confirm(report(), me(language), teams).text
    *_, called, phoned = text.split("\n")
    assert called == say(language, "emergency-would-call", name="Fire", count=2)
    to_phone = say(language, "emergency-would-phone", teams=plain(language, "between").join(["Power", "Gas"]))
    assert phoned == to_phone
    nobody = emergency.confirm(report(), me(language), [teams[0], teams[2]])
    assert nobody.text.endswith(to_phone)
    assert say(language, "emergency-would-nobody") in nobody.text
    assert nobody.rows[0][0].text == plain(language, "button-emergency-begin")


@pytest.mark.parametrize("language", list(Language))
def test_where_no_message_reaches_anybody_the_card_says_to_phone_and_the_record_can_be_made(language: Language) -> None:
    out = [call(CallState.UNREACHABLE, person_id=at, phone=f"199-{at}") for at in range(2)]
    for calls, numbers in ((out, ["0", "1"]), ([], [])):
        going_on = replace(an_emergency(may_end=True), calls=tuple(calls))
        shown = emergency.live(report(), going_on, me(language), now=NOW, zone=ZONE).text
        assert say(language, "emergency-nobody") in shown
        assert re.findall(r"199-(\d)", shown) == numbers
    some = emergency.live(report(), an_emergency(*out, call(), may_end=True), me(language), now=NOW, zone=ZONE).text
    assert say(language, "emergency-nobody") not in some
    over = an_emergency(may_end=True, ended_by="Li", ended_at=NOW + timedelta(minutes=40))
    assert page(Record(report(), replace(over, calls=()), language, NOW, ZONE))[:4] == b"%PDF"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", [CallState.ON_WAY, CallState.ARRIVED])
def test_of_a_team_that_comes_nobody_else_is_to_be_phoned(language: Language, state: CallState) -> None:
    fire, police = dict.fromkeys(Language, "Fire"), dict.fromkeys(Language, "Police")
    calls = [replace(call(state, person_id=1), team=fire)]
    calls += [replace(call(CallState.UNREACHABLE, person_id=at, phone=f"199-{at}"), team=fire) for at in (2, 3)]
    calls += [replace(call(CallState.UNREACHABLE, person_id=4, phone="199-4"), team=police)]
    going_on = an_emergency(*calls, may_end=True)
    shown = emergency.live(report(), going_on, me(language), now=NOW, zone=ZONE).text
    assert re.findall(r"199-(\d)", shown) == ["4"]
    assert plain(language, "emergency-called", called=1, phone=1) in shown
    assert re.findall(r"199-(\d)", emergency.phones(1, going_on, me(language)).text) == ["4"]


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_to_be_phoned_any_more_when_it_is_over(language: Language) -> None:
    over = an_emergency(*OF_EACH, may_end=True, ended_by="Li", ended_at=NOW + timedelta(minutes=40))
    assert "☎️" not in emergency.live(report(), over, me(language), now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", list(Language))
def test_who_commands_has_five_numbers_of_leads_first_and_nobody_else_has_any(language: Language) -> None:
    ranks = [*[Rank.DEPUTY] * 3, *[Rank.LEAD] * 4, Rank.DEPUTY]
    out = [
        call(CallState.UNREACHABLE, person_id=at, rank=rank, phone=f"199-{at}", name=rank)
        for at, rank in enumerate(ranks)
    ]
    going_on = an_emergency(*out, call(person_id=20))
    for_others = emergency.live(report(), going_on, me(language), now=NOW, zone=ZONE).text
    assert "☎️" not in for_others
    for_command = emergency.live(report(), replace(going_on, may_end=True), me(language), now=NOW, zone=ZONE).text
    assert re.findall(r"199-(\d)", for_command) == ["0", "3", "4", "5", "6"]
    assert plain(language, "and-more", count=3) in for_command


@pytest.mark.parametrize("language", list(Language))
def test_a_button_leads_who_commands_to_all_numbers_of_more_than_five(language: Language) -> None:
    out = [call(CallState.UNREACHABLE, person_id=at, phone=f"199-{at}") for at in range(6)]
    going_on, few = an_emergency(*out, may_end=True), an_emergency(*out[:5], may_end=True)
    asked = [ListPhones(going_on.id).pack()]
    for emergency_now, wanted in ((going_on, asked), (few, []), (replace(going_on, may_end=False), [])):
        rows = emergency.live(report(), emergency_now, me(language), now=NOW, zone=ZONE).rows
        assert [one.action for row in rows for one in row if one.action in asked] == wanted
    assert re.findall(r"199-(\d)", emergency.phones(1, going_on, me(language)).text) == list("012345")


def test_who_is_called_gets_no_picture_of_a_fix_that_did_not_hold() -> None:
    photos = (Photo(AttachmentKind.PHOTO, Stage.BEFORE, "hazard"), Photo(AttachmentKind.PHOTO, Stage.AFTER, "fix"))
    shown = emergency.alert(report(photos=photos), an_emergency(call()), me(Language.EN), now=NOW, zone=ZONE)
    assert [photo.file_id for photo in shown.photos] == ["hazard"]
