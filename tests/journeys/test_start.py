"""Getting to know each other: `/start`, language, resident or rider, settings, privacy, help, the commands."""

import pytest

from sandbox import Fault
from storage.kinds import Language
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import filed
from tests.pictures import jpeg

pytestmark = ON_SQLITE


@IN_BOTH_LANGUAGES
async def test_a_rider_says_for_whom_and_with_whom_he_rides(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/start")
    welcome = await rider.hears("welcome", name="Wang")
    assert rider.words("privacy-short") in welcome["text"]
    assert rider.keyboard is not None
    assert rider.keyboard[0] == [rider.button("key-send-place"), rider.button("key-report")]

    asked = await rider.hears("ask-kind")
    rider.push(asked, "kind-rider")
    await rider.hears("ask-platform")
    rider.push(asked, "platform-meituan")
    await rider.hears("ask-team")
    assert rider.is_gone(asked) is False
    rider.send_text("Station 3 <north> & co")
    await rider.hears("ready")
    assert rider.buttons(asked) == []
    assert "Station 3 <north> & co" in rider.current(asked)["text"]

    rider.tap(rider.button("key-settings"))
    shown = await rider.hears("settings-title")
    assert rider.button("platform-meituan") in shown["text"]
    assert "Station 3 <north> & co" in shown["text"]

    rider.push(shown, "button-privacy")
    await rider.hears("privacy-long")
    rider.tap(rider.button("key-help"))
    await rider.hears("help-reporter")


@IN_BOTH_LANGUAGES
async def test_a_resident_is_asked_nothing_more(town: Town, language: str) -> None:
    resident = town.person(5101, language)
    resident.send_text("/start")
    asked = await resident.hears("ask-kind")
    resident.push(asked, "kind-resident")
    await resident.hears("kind-chosen", kind=resident.button("kind-resident"))
    await resident.hears("ready")
    assert resident.buttons(asked) == []
    resident.send_text("/start")
    await resident.hears("welcome", name="Zhou", after=resident.last)
    await town.calm()
    assert resident.words("ask-kind") not in resident.said


async def test_both_questions_about_riding_may_be_skipped(town: Town) -> None:
    first, second = town.rider(5001), town.rider(5002)
    for rider in (first, second):
        rider.send_text("/start")
        rider.push(await rider.hears("ask-kind"), "kind-rider")
    first.push(await first.hears("ask-platform"), "button-skip")
    await first.hears("ready")
    second.push(await second.hears("ask-platform"), "platform-other")
    second.push(await second.hears("ask-team"), "button-skip")
    await second.hears("ready")
    for rider in (first, second):
        assert not [m for m in rider.from_bot if rider.button("button-skip") in rider.buttons(m)], rider.transcript()
    second.send_text("a pipe has burst")  # no longer the team's name
    await second.hears("draft-needs-both")


@IN_BOTH_LANGUAGES
async def test_who_has_a_role_is_told_what_to_do_first_and_sees_the_role_in_the_settings(
    town: Town, language: str
) -> None:
    admin = town.admin(language)
    admin.send_text("/start")
    welcome = await admin.hears("welcome-role", name="Admin", roles=admin.words("role-admin"))
    assert admin.words("first-admin") in welcome["text"]
    notice = await admin.hears("privacy-short-role")
    admin.push(notice, "button-privacy")
    await admin.hears("privacy-long")
    admin.send_text("/settings")
    settings = await admin.hears("settings-role", roles=admin.words("role-admin"))
    assert admin.words("settings-kind", kind="—") not in settings["text"]


@pytest.mark.parametrize(
    ("code", "language"), [("zh-hant", "zh"), ("zh", "zh"), ("de", "en"), ("en-GB", "en"), (None, "zh")]
)
async def test_the_language_is_telegrams_until_another_is_chosen(town: Town, code: str | None, language: str) -> None:
    person = town.person(5201, language)
    person._chat.language_code = code
    person._chat.renamed()
    person.send_text("/start")
    await person.hears("ask-kind")


async def test_another_language_changes_keyboard_and_commands_at_once(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/settings")
    shown = await rider.hears("settings-title")
    english = [command["description"] for command in rider.commands]
    rider.language = Language.ZH
    rider.push(shown, "language-name")
    said = await rider.hears("language-chosen")
    assert said["text"] == rider.words("language-chosen"), "nothing more: who changes the language knows the rest"
    await rider.until(lambda: rider.keyboard and rider.keyboard[0][1] == rider.button("key-report"))
    assert rider.words("settings-title") in rider.current(shown)["text"]
    await town.tg.called("setMyCommands", times=4)  # three for everybody, one for this person
    chinese = [command["description"] for command in rider.commands]
    assert chinese == [
        rider.button(f"command-{name}")
        for name in ("report", "reports", "points", "stations", "shops", "settings", "help")
    ]
    assert english != chinese

    rider.send_text("\U0001f4f7 Report")  # a key of the old keyboard, still in the chat of another phone
    await rider.hears("draft-needs-both")


async def test_everybody_sees_the_commands_of_his_roles_in_his_language(town: Town) -> None:
    def named(*names: str) -> list[str]:
        return list(names)

    def commands(phone: object) -> list[str]:
        return [command["command"] for command in phone.commands]  # type: ignore[attr-defined]

    await town.tg.called("setMyCommands", times=3)
    english, chinese = town.rider(5001, "en"), town.rider(5002, "zh")
    for phone in (english, chinese):
        assert commands(phone) == named("report", "reports", "points", "stations", "shops", "settings", "help")
        assert phone.commands[0]["description"] == phone.button("command-report")
    officer = await town.officer(7001, language="zh")
    his = named(
        "report", "reports", "cases", "duty", "points", "stations", "shops", "emergency", "tasks", "settings", "help"
    )
    await officer.until(lambda: commands(officer) == his)
    assert officer.commands[2]["description"] == officer.button("command-cases")
    admin = town.admin("zh")
    admin.send_text("/start")
    await admin.until(lambda: "invite" in commands(admin))
    assert "duty" not in commands(admin)
    assert commands(english) == named("report", "reports", "points", "stations", "shops", "settings", "help")


async def test_the_commands_are_there_although_telegram_was_away_at_the_start(town: Town) -> None:
    await town.tg.called("setMyCommands", times=3)
    await town.close()
    town.tg.order(Fault("setMyCommands", "html_502", skip=1))
    await town.open()
    await town.tg.called("setMyCommands", times=8)  # the second fails: all three again
    assert [call.status for call in town.tg.calls_to("setMyCommands")[-3:]] == [200] * 3


async def test_who_begins_with_a_photo_is_greeted_first_and_loses_nothing(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg())
    greeting, status = await rider.hears("welcome", name="Wang"), await rider.hears("draft-needs-place")
    assert greeting["message_id"] < status["message_id"]
    assert rider.keyboard is not None


@IN_BOTH_LANGUAGES
async def test_who_begins_with_a_photo_is_asked_who_he_is_behind_the_first_receipt(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    receipt = await filed(rider)
    asked = await rider.hears("ask-kind-later")
    assert asked["message_id"] > receipt["message_id"]
    rider.push(asked, "kind-resident")
    await rider.hears("kind-chosen", kind=rider.button("kind-resident"))
    await filed(rider, 2)
    await town.calm()
    assert rider.words("ask-kind") not in rider.said
    assert rider.words("ask-kind-later") not in rider.said


async def test_a_hazard_comes_before_the_question_for_the_team(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/start")
    asked = await rider.hears("ask-kind")
    rider.push(asked, "kind-rider")
    await rider.hears("ask-platform")
    rider.push(asked, "platform-meituan")
    await rider.hears("ask-team")
    rider.send_photo(jpeg())
    await rider.hears("draft-needs-place")
    assert rider.buttons(asked) == []
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await town.calm()
    assert rider.words("ask-kind-later") not in rider.said


@IN_BOTH_LANGUAGES
async def test_a_hazard_that_was_taken_for_a_team_is_one_with_one_tap(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/start")
    asked = await rider.hears("ask-kind")
    rider.push(asked, "kind-rider")
    await rider.until(lambda: rider.button("platform-meituan") in rider.buttons(asked))
    rider.push(asked, "platform-meituan")
    await rider.until(lambda: rider.words("ask-team") in rider.current(asked)["text"])
    rider.send_text("fire station")
    await rider.until(lambda: rider.buttons(asked) == [rider.button("button-was-hazard")])
    await rider.hears("ready")
    rider.push(asked, "button-was-hazard")
    status = await rider.hears("draft-needs-both")
    assert "fire station" in status["text"]
    assert rider.buttons(asked) == []
    rider.press(asked["message_id"], data="wh")
    await rider.sees_toast("error-nothing-to-add", after=3)


async def test_an_unknown_command_is_one_line_that_says_where_the_help_is(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/unheard_of now")
    said = await rider.hears("error-no-such-command", command="/unheard_of")
    assert "\n" not in said["text"]
