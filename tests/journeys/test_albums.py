"""Albums: several updates, one report, whatever comes between them and however late one is."""

from datetime import timedelta

import pytest

from services import briefs
from services.parts import MOST_PHOTOS
from storage.schema import Report
from tests import county
from tests.journeys.backends import ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

MINUTE = timedelta(minutes=1)
COLORS = ("red", "green", "blue")


def shown(phone: Phone) -> int:
    """How many pictures the bot has shown there."""
    return sum("photo" in message for message in phone.from_bot)


@pytest.mark.parametrize("place_at", [0, 1, 2, 3])
@ON_SQLITE
async def test_an_album_is_one_report_wherever_the_place_comes(
    town: Town, place_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("services.notices.ALBUM_WAIT", "services.notices.writing.ALBUM_WAIT"):
        monkeypatch.setattr(name, MINUTE)  # until all are here, however busy the machine is
    officer = await town.officer(7001)
    rider = town.rider()
    album = rider.new_album_id()
    for at in range(4):
        if at == place_at:
            rider.send_location(*county.IN_A1)
        if at < 3:
            rider.send_photo(jpeg(COLORS[at]), media_group_id=album, caption="leak" if at == 0 else None)
    await rider.hears_filed()
    await town.tg.settled()
    town.clock.travel(MINUTE)
    card = await officer.gets_alert()
    assert "leak" in card["text"]
    await town.calm()
    assert await town.count(Report) == 1
    assert shown(officer) == 3
    first = next(m for m in officer.from_bot if "photo" in m)
    assert len([m for m in officer.from_bot if m.get("media_group_id") == first["media_group_id"]]) == 3
    report = await town.store.read(briefs.describe, report_id=1, person_id=1)
    sent = [m["photo"][-1]["file_id"] for m in rider.messages if "photo" in m]
    assert [photo.file_id for photo in report.photos] == sent


async def test_a_straggler_joins_the_report_and_the_officer_gets_it(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    album = rider.new_album_id()
    rider.send_photo(jpeg("red"), media_group_id=album)
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await officer.gets_alert()
    await town.calm()
    town.clock.travel(timedelta(seconds=50))
    heard = len(rider.from_bot)
    rider.send_photo(jpeg("green"), media_group_id=album, caption="it is near the gate")
    await officer.hears("told-photos", number="D-000001")
    await officer.wait_for("it is near the gate")
    await town.calm()
    assert await town.count(Report) == 1
    assert shown(officer) == 2
    assert len(rider.from_bot) == heard, "nothing is asked"


@ON_SQLITE
async def test_a_straggler_after_a_minute_is_asked_about(town: Town) -> None:
    rider = town.rider()
    album = rider.new_album_id()
    rider.send_photo(jpeg("red"), media_group_id=album)
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    town.clock.travel(timedelta(seconds=61))
    rider.send_photo(jpeg("green"), media_group_id=album)
    await rider.hears("draft-join", number="D-000001")


@ON_SQLITE
async def test_two_people_and_two_albums_do_not_mix(town: Town) -> None:
    first, second = town.rider(5001), town.rider(5002)
    for at in range(3):
        for rider in (first, second):
            rider.send_photo(jpeg(COLORS[at]), media_group_id=f"{rider.id}")
    for rider, place in ((first, county.IN_A1), (second, county.IN_A2)):
        rider.send_location(*place)
        await rider.wait_for(lambda m: "D-00000" in str(m.get("text")))
    for number in (1, 2):
        report = await town.store.read(briefs.describe, report_id=number, person_id=1)
        assert len(report.photos) == 3


@ON_SQLITE
async def test_a_report_takes_twenty_photos_and_says_so(town: Town) -> None:
    rider = town.rider()
    for _ in range(2):
        rider.send_album([jpeg(COLORS[at % 3]) for at in range(10)])
    rider.send_photo(jpeg("black"))
    await rider.hears("error-too-many-photos", most=MOST_PHOTOS)
    status = await rider.hears("draft-has-photo", count=MOST_PHOTOS)
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    assert rider.is_gone(status)
