"""Video and voice are kept with the draft; what is of no use is named, and the draft stays."""

import pytest

from storage.kinds import Role
from storage.schema import Attachment, Draft
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE


async def test_video_and_voice_go_along_but_are_no_photo(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    rider.send_video(b"moving", caption="smoke from the roof")
    status = await rider.hears("draft-needs-both")
    rider.send_voice(b"speaking")
    rider.send_location(*county.IN_A1)
    await rider.until(lambda: rider.words("draft-has-files", count=2) in rider.current(status)["text"])
    await rider.until(lambda: rider.words("draft-needs-photo") in rider.current(status)["text"])
    rider.push(status, "button-no-photo")
    await rider.hears_filed()
    card = await officer.gets_alert(urgent=True)
    assert "smoke from the roof" in card["text"]
    assert [kind for m in officer.from_bot for kind in ("video", "voice", "location") if kind in m] == [
        "video",
        "voice",
        "location",
    ]


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("kind", ["sticker", "contact", "document"])
async def test_what_is_of_no_use_is_named(town: Town, language: str, kind: str) -> None:
    rider = town.rider(language=language)
    rider.send_photo(jpeg())
    await rider.hears("draft-needs-place")
    send(rider, kind)
    if kind == "document":
        await rider.hears("error-unsupported-file", name="letter.pdf")
    else:
        await rider.hears("error-unsupported", what=rider.words(f"what-{kind}"))
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    assert await town.count(Attachment) == 1


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("is_admin", [True, False])
async def test_who_sends_a_list_reads_what_can_be_sent_and_an_administrator_where_lists_go(
    town: Town, language: str, is_admin: bool
) -> None:
    sender = await town.officer(7001, grid=None, role=Role.ADMIN, language=language) if is_admin else town.rider()
    sender.send_document(b"PK", filename="<officers>.xlsx", mime_type="application/vnd.ms-excel")
    heard = await sender.hears("error-unsupported-file", name="<officers>.xlsx")
    assert (sender.words("error-unsupported-lists") in heard["text"]) is is_admin
    assert await town.count(Draft) == 0


def send(rider: Phone, kind: str) -> None:
    """Something that is no part of a report."""
    match kind:
        case "sticker":
            rider.send_sticker()
        case "contact":
            rider.send_contact()
        case "document":
            rider.send_document(b"%PDF", filename="letter.pdf", mime_type="application/pdf")
