"""My points: earned for a fix, looked at, opened."""

from datetime import timedelta

from services.points import earning, purse
from services.points.ledger import About
from storage.points_kinds import Reason
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.test_verdict import fixed

pytestmark = ON_SQLITE
RULES = earning.rules()


@IN_BOTH_LANGUAGES
async def test_a_rider_hears_of_his_points_and_sees_what_they_were_for(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    await fixed(officer, (await accepted(rider, officer))["message_id"])
    rider.push(await rider.hears("told-resolved", number="D-000001"), "button-fixed")
    told = await rider.hears("told-points-earned", points=RULES.report)
    assert rider.words("points-balance", points=RULES.report) in told["text"]
    rider.push(told, "button-my-points")
    what = rider.words("points-reason-report", number="D-000001")
    await rider.until(lambda: "1" in rider.buttons(told))
    assert what in rider.current(told)["text"]
    after = rider.last
    rider.press(told["message_id"], "1")
    await rider.hears("status-closed", after=after)
    rider.push(rider.current(told), "button-how-to-earn")
    await rider.until(lambda: rider.button("button-my-points") in rider.buttons(told))
    rider.push(rider.current(told), "button-my-points")
    await rider.until(lambda: "1" in rider.buttons(told))


@IN_BOTH_LANGUAGES
async def test_what_was_for_no_report_opens_in_place(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/points")
    await rider.hears("points-none")
    about = About(Reason.CREDIT, 1, words="for <all> your help")
    await town.store.write(purse.earn, person_id=1, amount=10, key="x", about=about, now=town.clock())
    rider.send_text(rider.words("key-my-points"))
    card = await rider.hears("points-balance", points=10)
    rider.press(card["message_id"], "1")
    back = rider.words("button-my-points")
    await rider.until(lambda: back in rider.buttons(card))
    assert "for <all> your help" in rider.current(card)["text"]


@IN_BOTH_LANGUAGES
async def test_all_that_lapses_is_behind_a_button(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/points")
    await rider.hears("points-none")
    for months in range(4):
        now = town.clock() + timedelta(days=31 * months)
        about = About(Reason.CREDIT, 1, words="thanks")
        await town.store.write(purse.earn, person_id=1, amount=10, key=f"x{months}", about=about, now=now)
    rider.send_text(rider.words("key-my-points"))
    card = await rider.hears("points-balance", points=40)
    assert card["text"].count("⏳") == 3
    rider.push(card, "button-all-lapses")
    await rider.until(lambda: rider.current(card)["text"].count("⏳") == 5)  # with the title


@IN_BOTH_LANGUAGES
async def test_who_likes_to_stands_on_the_months_board(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    rider.send_text("/points")
    shown = await rider.hears("points-none")
    rider.push(shown, "button-board")
    await rider.sees_toast("error-no-reports")
    await fixed(officer, (await accepted(rider, officer))["message_id"])
    rider.push(await rider.hears("told-resolved", number="D-000001"), "button-fixed")
    await rider.hears("told-points-earned", points=RULES.report)
    rider.push(rider.current(shown), "button-board")
    await rider.until(lambda: rider.words("board-out") in rider.current(shown)["text"])
    rider.push(rider.current(shown), "button-board-join")
    await rider.hears("prompt-board-name")
    rider.send_text("<雪狐>")
    board = await rider.hears("board-in", name="<雪狐>")
    assert rider.words("board-line-mine", place=1, name="<雪狐>", points=RULES.report) in board["text"]
    rider.push(board, "button-board-older")
    await rider.until(lambda: rider.words("board-nobody") in rider.current(board)["text"])
    rider.push(rider.current(board), "button-board-newer")
    await rider.until(lambda: rider.words("board-nobody") not in rider.current(board)["text"])
    rider.push(rider.current(board), "button-board-leave")
    await rider.until(lambda: rider.words("board-out") in rider.current(board)["text"])
