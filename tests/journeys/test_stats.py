"""The evaluation as a lead meets it on the phone: from the figures down to a report, the chart, the file."""

import io

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.chats import Message
from services.errors import CannotMake
from storage.kinds import Role
from storage.schema import Person
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.services.filed import post
from views.drawing import Chart


async def lead(town: Town, number: int = 7801, *, language: str = "en", community: str = "Alpha") -> Phone:
    """The lead of a community."""
    phone = await town.officer(number, grid=None, role=Role.LEAD, language=language, name="Chen")

    def be(session: Session) -> None:
        post(session, session.scalars(select(Person.id).where(Person.telegram_id == number)).one(), community=community)

    await town.store.write(be)
    return phone


def contents(phone: Phone, file_id: str) -> io.BytesIO:
    """What the phone would download."""
    files = phone._world.files
    return io.BytesIO(files.data(files.by_id(file_id)))


async def made(phone: Phone, kind: str) -> Message:
    """Wait for what another process makes, which may take a while to start."""
    found: Message = await phone._chat.changed.wait_until(
        lambda: next((one for one in phone.from_bot if kind in one), None), 90
    )
    return found


@IN_BOTH_LANGUAGES
async def test_from_the_figures_to_a_report_and_back(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    await accepted(town.rider(language=language), officer)
    chen = await lead(town, language=language)
    chen.send_text("/stats")
    card = await chen.hears("stats-title-grid")
    assert "Alpha" in card["text"]
    chen.push(card, "button-view")
    await chen.until(lambda: chen.button("button-by-officer") in chen.buttons(card))
    chen.push(chen.current(card), "button-by-officer")
    await chen.until(lambda: chen.words("stats-title-officer") in chen.current(card)["text"])
    assert "Li" in chen.current(card)["text"]
    chen.push(chen.current(card), "button-view")
    await chen.until(lambda: chen.button("button-by-grid") in chen.buttons(card))
    chen.push(chen.current(card), "button-by-grid")
    await chen.until(lambda: "A-01" in chen.current(card)["text"])
    chen.press(card["message_id"], next(one for one in chen.buttons(card) if one.startswith("A-01")))
    number = chen.words("stats-open-figure", figure=chen.words("figure-number"), count=1)
    await chen.until(lambda: number in chen.buttons(card))
    chen.press(card["message_id"], number)
    await chen.until(lambda: "D-000001" in chen.buttons(card))
    chen.press(card["message_id"], "D-000001")
    await chen.hears("case-title", number="D-000001")
    for key in ("stats-group-title", "stats-title-grid"):
        chen.push(chen.current(card), "button-back")
        name = {"name": "A-01 Grid A-01"} if key == "stats-group-title" else {}
        await chen.until(lambda key=key, name=name: chen.words(key, **name) in chen.current(card)["text"])


@IN_BOTH_LANGUAGES
async def test_a_chart_and_a_file_are_made(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    await accepted(town.rider(language=language), officer)
    admin = town.admin(language)
    admin.send_text("/stats")
    card = await admin.hears("stats-title-community")
    admin.push(card, "button-chart")
    drawn = await made(admin, "photo")
    assert {call.params["action"] for call in town.tg.calls_to("sendChatAction")} == {"upload_photo"}
    assert admin.words("stats-title-community") in drawn["caption"]
    assert Image.open(contents(admin, drawn["photo"][-1]["file_id"])).width == 1080
    admin.push(card, "button-excel")
    sent = await made(admin, "document")
    assert sent["document"]["file_name"].endswith(".xlsx")
    assert load_workbook(contents(admin, sent["document"]["file_id"])).worksheets[-1]["A2"].value == "D-000001"


@IN_BOTH_LANGUAGES
async def test_a_lead_looks_who_was_told(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    chen = await lead(town, language=language)
    await accepted(town.rider(language=language), officer)
    card = await officer.gets_alert()
    assert officer.button("button-ledger") not in officer.buttons(card)
    chen.send_text("/stats")
    figures = await chen.hears("stats-title-grid")
    chen.press(figures["message_id"], next(one for one in chen.buttons(figures) if one.startswith("A-01")))
    number = chen.words("stats-open-figure", figure=chen.words("figure-number"), count=1)
    await chen.until(lambda: number in chen.buttons(figures))
    chen.press(figures["message_id"], number)
    await chen.until(lambda: "D-000001" in chen.buttons(figures))
    chen.press(figures["message_id"], "D-000001")
    card = await chen.hears("case-title", number="D-000001")
    await chen.calm()
    chen.push(card, "button-ledger")
    await chen.until(lambda: chen.words("ledger-title", number="D-000001") in chen.current(card)["text"])
    assert "Li" in chen.current(card)["text"]
    chen.push(chen.current(card), "button-ledger-again")
    await chen.calm()
    chen.push(chen.current(card), "button-back")
    await chen.until(lambda: chen.words("case-title", number="D-000001") in chen.current(card)["text"])
    assert chen.last == card["message_id"], "the card came back in its own place"


async def test_a_rider_and_a_lead_of_nothing_are_told_so(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/stats")
    await rider.hears("error-no-evaluation")
    nobody = await town.officer(7801, grid=None, role=Role.LEAD, name="Chen")
    nobody.send_text(nobody.button("key-stats"))
    await nobody.hears("error-no-post")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_forged_buttons_show_nothing(town: Town) -> None:
    chen = await lead(town)
    chen.send_text("/stats")
    card = await chen.hears("stats-title-grid")
    for at, data in enumerate(("eg:g:w:2026-11-23:x", "eg:c:w:2026-11-23:99999", "ef:o:w:2026-11-23:-1:n:0")):
        chen.press(card["message_id"], data=data)
        await chen.sees_toast("error-not-possible", after=at)


async def test_what_cannot_be_drawn_is_said(caplog: pytest.LogCaptureFixture) -> None:
    from bot.making import Maker

    broken = Chart("", "", ("", ""), ("", ""), ((), ()), (None,))  # type: ignore[arg-type]
    with pytest.raises(CannotMake):
        await Maker()(broken, chat_id=7001)
    assert "making a Chart failed" in caplog.text
