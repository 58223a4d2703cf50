"""Points that people give by their own decision: an activity's hours, and by hand."""

import re
from datetime import timedelta

from PIL import Image
from zxingcpp import read_barcodes

from services.points import earning
from storage.kinds import Role
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.test_stats import contents, made
from views.actions import ShowActivityCode

pytestmark = ON_SQLITE
RULES = earning.rules()


@IN_BOTH_LANGUAGES
async def test_who_helped_opens_the_link_that_the_lead_passes_on(town: Town, language: str) -> None:
    leads = await town.officer(8003, grid=None, role=Role.LEAD, language=language)
    rider = town.rider(language=language)
    leads.send_text("/activity")
    await leads.hears("prompt-activity")
    leads.send_text("扫雪")
    asked = await leads.hears("prompt-activity-hours", name="扫雪")
    leads.press(asked["message_id"], "3")
    points = 3 * RULES.activity_hour
    title = leads.words("activity-title", name="扫雪", hours=3, points=points)
    await leads.until(lambda: title in leads.current(asked)["text"])
    found = re.search(r"\?start=(\S+)", leads.current(asked)["text"])
    assert found is not None
    rider.send_text(f"/start {found[1]}")
    await rider.hears("activity-attended", name="扫雪")
    await rider.hears("told-points-earned", points=points)
    rider.send_text(f"/start {found[1]}")
    await rider.hears("error-already-attended", name="扫雪")
    leads.push(leads.current(asked), "button-activity-people")
    noted = leads.words("activity-people", count=1)
    await leads.until(lambda: noted in leads.current(asked)["text"])
    leads.push(leads.current(asked), "button-activity-end")
    await leads.until(lambda: leads.words("activity-over") in leads.current(asked)["text"])
    other = town.rider(5002, language)
    other.send_text(f"/start {found[1]}")
    await other.hears("error-activity-over", name="扫雪")
    leads.send_text("/activity Snow, 2")
    await leads.hears("activity-title", name="Snow", hours=2, points=2 * RULES.activity_hour)


@IN_BOTH_LANGUAGES
async def test_who_helped_scans_the_picture_on_the_leads_phone(town: Town, language: str) -> None:
    leads = await town.officer(8003, grid=None, role=Role.LEAD, language=language)
    leads.send_text("/activity 扫雪 2")
    points = 2 * RULES.activity_hour
    card = await leads.hears("activity-title", name="扫雪", hours=2, points=points)
    leads.push(card, "button-activity-code")
    picture = await made(leads, "photo")
    assert "扫雪" in picture["caption"]
    (found,) = read_barcodes(Image.open(contents(leads, picture["photo"][-1]["file_id"])))
    assert found.text in card["text"]
    scanned = "/start " + found.text.partition("start=")[2]
    for number in (5001, 5002):
        rider = town.rider(number, language)
        rider.send_text(scanned)
        await rider.hears("activity-attended", name="扫雪")
        await rider.hears("told-points-earned", points=points)
    again = town.rider(5001, language)
    again.send_text(scanned)
    await again.hears("error-already-attended", name="扫雪")
    leads.send_text(scanned)
    await leads.hears("error-activity-own")
    leads.push(card, "button-activity-end")
    await leads.until(lambda: leads.words("activity-over") in leads.current(card)["text"])
    late = town.rider(5003, language)
    late.send_text(scanned)
    await late.hears("error-activity-over", name="扫雪")


async def test_of_a_closed_link_there_is_no_picture_nor_for_anybody_else(town: Town) -> None:
    leads = await town.officer(8003, grid=None, role=Role.LEAD)
    leads.send_text("/activity Snow, 2")
    card = await leads.hears("activity-title", name="Snow", hours=2, points=2 * RULES.activity_hour)
    rider = town.rider()
    rider.send_text("/points")
    other = await rider.hears("points-none")
    rider.press(other["message_id"], data=ShowActivityCode(1).pack())
    await rider.sees_toast("error-not-allowed")
    town.clock.travel(timedelta(hours=RULES.activity_open))
    leads.push(card, "button-activity-code")
    await leads.until(lambda: leads.words("activity-over") in leads.current(card)["text"])
    assert not [one for one in (*leads.from_bot, *rider.from_bot) if "photo" in one]


@IN_BOTH_LANGUAGES
async def test_two_administrators_give_many_points(town: Town, language: str) -> None:
    rider, admin = town.rider(language=language), town.admin(language)
    other = await town.officer(9002, grid=None, role=Role.ADMIN, language=language, name="Chen")
    rider.send_text("/points")
    rider.push(await rider.hears("points-none"), "button-how-to-earn")
    shown = rider.last
    await rider.until(lambda: "P-" in str(rider.from_bot))
    found = re.search(r"P-\d+", str(rider.from_bot))
    assert found is not None, shown
    admin.send_text("/credit")
    await admin.hears("prompt-credit")
    admin.send_text("fifty please")
    await admin.hears("error-credit-unclear", most=RULES.credit)
    admin.send_text(f"/credit {found[0]} 300 <hot> tea")
    card = await admin.hears("credit-second")
    assert "<hot> tea" in card["text"]
    admin.push(card, "button-credit-give", points=300)
    asked = await other.hears("told-credit-asked", name="Admin", points=300, to=found[0])
    other.push(asked, "button-credit-confirm")
    await rider.hears("told-points-earned", points=300)
    await admin.hears("told-credit-given", decider="Chen", points=300, to=found[0])
    await other.until(lambda: other.words("credit-confirmed", name="Chen") in other.current(asked)["text"])
