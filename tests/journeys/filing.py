"""The shortest ways to where a story begins."""

from sandbox.chats import Message
from tests import county
from tests.journeys.phone import Phone
from tests.pictures import jpeg

APART = 0.0006
"""Degrees of latitude: some 66 metres."""


async def filed(
    rider: Phone, report: int = 1, *, words: str | None = "leak", place: tuple[float, float] | None = None
) -> Message:
    """A report with a photo; returns the receipt. Each is in A-01, too far from all others to be the same.

    The second is north of the first, the third south of it, and so on: three are within the reach of one proof.
    """
    side = report // 2 * (1 if report % 2 == 0 else -1)
    place = place or (county.IN_A1[0] + side * APART, county.IN_A1[1])
    rider.send_photo(jpeg("red"), caption=words)
    rider.send_location(*place)
    return await rider.hears_filed(report)


async def accepted(rider: Phone, officer: Phone, report: int = 1, *, words: str | None = "leak") -> Message:
    """A report that the officer has accepted; returns the officer's card.

    The card is edited twice: by the answer to the press, and by the outbox. The second would close what is opened in
    its place meanwhile, so it is waited for.
    """
    await filed(rider, report, words=words)
    card = await officer.gets_alert(report)
    officer.push(card, "button-accept")
    await officer.until(lambda: officer.button("button-resolve") in officer.buttons(card))
    await officer.calm()
    return card
