"""What a draft has and lacks stands below what was sent last, and a series of parts makes no message jump about."""

from datetime import timedelta

from sandbox.chats import Message
from tests import county
from tests.journeys.backends import ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE
LATER = timedelta(minutes=2)


def with_status(rider: Phone) -> list[Message]:
    """The messages in the chat that show the draft."""
    return [m for m in rider.from_bot if rider.button("button-start-over") in rider.buttons(m)]


async def test_a_part_that_comes_later_has_the_status_below_it(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg("red"))
    first = await rider.hears("draft-needs-place")
    await town.calm()
    town.clock.travel(LATER)
    words = rider.send_text("by the gate")
    second = await rider.hears("draft-needs-place", after=words["message_id"])
    assert "by the gate" in second["text"]
    await rider.until(lambda: rider.is_gone(first))
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await rider.until(lambda: rider.is_gone(second))


async def test_a_series_has_one_status(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg("red"))
    first = await rider.hears("draft-needs-place")
    await town.calm()
    town.clock.travel(LATER)
    rider.send_album([jpeg("green"), jpeg("blue"), jpeg("black")])
    await rider.until(lambda: rider.is_gone(first))
    rider.send_photo(jpeg("white"))
    (status,) = with_status(rider)
    await rider.until(lambda: rider.words("draft-has-photo", count=5) in rider.current(status)["text"])
    await town.calm()
    assert [m["message_id"] for m in with_status(rider)] == [status["message_id"]]
    assert len(town.tg.calls_to("deleteMessage")) == 1


async def test_the_warning_about_a_place_outside_goes_when_a_good_one_comes(town: Town) -> None:
    rider = town.rider()
    warning, gap = rider.words("error-outside"), rider.words("draft-place-outside")
    rider.send_location(*county.OUTSIDE)
    status = await rider.hears("draft-place-outside")
    rider.push(status, "button-no-photo")
    await rider.hears("draft-without-photo")
    assert rider.current(status)["text"].count(gap) == 1
    assert warning not in rider.current(status)["text"]
    await town.calm()
    town.clock.travel(LATER)
    rider.push(status, "button-start-over")
    rider.send_location(*county.IN_A1)
    found = await rider.hears("draft-what")
    assert rider.words("draft-has-place", name="Grid A-01") in found["text"]
    await rider.until(lambda: not any(gap in said for said in rider.said))
    town.clock.travel(LATER)
    rider.send_location(*county.OUTSIDE)  # the good one is kept
    await rider.hears("error-outside")
    await town.calm()
    town.clock.travel(LATER)
    rider.send_location(*county.IN_A2)
    await rider.until(lambda: not any(warning in said for said in rider.said))
    rider.send_photo(jpeg("red"))
    await rider.hears_filed()
    await rider.until(lambda: not any(warning in said for said in rider.said))
