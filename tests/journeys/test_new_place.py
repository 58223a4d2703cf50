"""An administrator adds a place in chat, and a keeper changes his own, over HTTP."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.chats import Message
from services import people
from services.places import adding, catalogue
from storage.facilities import facilities, kinds
from storage.kinds import Language, Role
from storage.place_records import PlaceRecord
from storage.places_kinds import PlaceField
from storage.schema import Person, PlaceKeeper, PlacePhoto
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import ADMIN, CODES, Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from tests.services.place_forms import PHOTO, filled

F = PlaceField


async def asked(phone: Phone, field: PlaceField) -> Message:
    """Wait for the form that asks for this, as the last message."""
    wanted = phone.words(f"newplace-ask-{field}")
    await phone.until(lambda: wanted in str(phone.from_bot[-1].get("text")))
    return phone.from_bot[-1]


async def begun(town: Town, language: str) -> tuple[Phone, Message]:
    """An administrator with an empty form."""
    admin = town.admin(language)
    admin.send_text("/place")
    card = await admin.hears("newplace-choose")
    admin.push(card, "button-newplace")
    return admin, await asked(admin, F.POINT)


async def stored(town: Town) -> list[PlaceRecord]:
    """The places that everybody finds."""
    found = await town.store.read(catalogue.changed_since, version=0)
    return [place for place in found if not place.is_removed]


async def answered(admin: Phone, before: Message, text: str, then: PlaceField) -> Message:
    """Type an answer; the next question stands below it, and the one before is gone."""
    admin.send_text(text)
    form = await asked(admin, then)
    await admin.until(lambda: admin.is_gone(before))
    return form


def facility(phone: Phone, code: str, *, has: bool = False) -> str:
    """The name of its button."""
    one = facilities()[code]
    return f"{'✓' if has else one.icon} {one.names[phone.language]}"


@IN_BOTH_LANGUAGES
async def test_a_pin_a_photo_and_a_few_taps_make_a_place(town: Town, language: str) -> None:
    admin, _ = await begun(town, language)
    admin.send_photo(jpeg())  # the photo may come first
    await admin.until(lambda: admin.words("newplace-line-photos", count=1) in str(admin.from_bot[-1].get("text")))
    admin.send_location(*county.IN_A1)
    form = await asked(admin, F.KIND)
    assert "TownAlphaGrid A-01" in form["text"]
    kind = kinds()["compound"]
    admin.press(form["message_id"], kind.names[admin.language])
    form = await asked(admin, F.NAME_ZH)
    form = await answered(admin, form, "花园小区", F.NAME_EN)
    form = await answered(admin, form, "Garden", F.FACILITIES)
    assert admin.button("button-all-chosen") not in admin.buttons(form)
    for code in ("parking", "water", "toilet"):
        admin.press(form["message_id"], facility(admin, code))
        await admin.until(lambda code=code: facility(admin, code, has=True) in admin.buttons(form))
    admin.press(form["message_id"], facility(admin, "toilet", has=True))
    await admin.until(lambda: facility(admin, "toilet") in admin.buttons(form))
    admin.push(admin.current(form), "button-all-chosen")
    form = await asked(admin, F.HOURS)
    admin.send_text("whenever")
    await admin.hears("error-bad-hours", text="whenever")
    form = await asked(admin, F.HOURS)
    admin.push(admin.current(form), "button-hours-day")
    await admin.until(lambda: admin.words("newplace-ask-ac") in admin.current(form)["text"])
    admin.push(admin.current(form), "button-skip")
    await admin.until(lambda: admin.words("newplace-ask-te") in admin.current(form)["text"])
    form = await answered(admin, form, "199-0004-0001", F.SPACES)
    admin.send_text("many")
    await admin.hears("error-bad-number", least=0, most=10000)
    await asked(admin, F.SPACES)
    admin.send_text("四个")
    ready = await admin.hears("newplace-ready")
    admin.push(ready, f"button-place-field-{F.HOURS}")  # that was not right
    await admin.until(lambda: admin.words("newplace-ask-ho") in admin.current(ready)["text"])
    admin.send_text("24小时")
    ready = await admin.hears("newplace-ready", after=ready["message_id"])
    for words in ("花园小区", "Garden", admin.words("opening-always"), "199-0004-0001"):
        assert words in ready["text"]
    assert await stored(town) == []
    admin.push(ready, "button-publish")
    await admin.sees_toast("toast-place-added")
    (place,) = await stored(town)
    assert (place.kind, place.names, place.hours) == (
        "compound",
        {Language.ZH: "花园小区", Language.EN: "Garden"},
        "24/7",
    )
    assert (place.works, place.spaces, place.point) == ({"parking", "water"}, 4, county.IN_A1)
    assert place.has_photo
    admin.press(ready["message_id"], data="paf")  # once more, as a phone that was offline may
    await admin.sees_toast("error-place-form-over")
    assert len(await stored(town)) == 1


async def test_a_restart_loses_nothing_of_a_form(town: Town) -> None:
    admin, _ = await begun(town, "en")
    admin.send_location(*county.IN_A1)
    await asked(admin, F.PHOTO)
    await town.close()
    await town.open()
    admin.push(admin.from_bot[-1], "button-skip")
    form = await asked(admin, F.KIND)
    assert "TownAlphaGrid A-01" in form["text"]
    admin.push(form, "button-cancel")
    await admin.sees_toast("toast-cancelled")
    admin.send_photo(jpeg())  # is part of a report again
    await admin.hears("draft-needs-place")


@IN_BOTH_LANGUAGES
async def test_what_is_no_photo_and_no_place_gets_a_sentence(town: Town, language: str) -> None:
    admin, _ = await begun(town, language)
    for send, key in (
        (lambda: admin.send_video(b"video"), "error-place-no-photo"),
        (lambda: admin.send_document(b"%PDF", filename="a.pdf", mime_type="application/pdf"), "error-place-no-photo"),
        (lambda: admin.send_sticker(), "error-place-no-photo"),
        (lambda: admin.send_document(jpeg(), filename="a.jpg"), "error-place-photo-file"),
        (lambda: admin.send_location(0.0, 0.0), "error-bad-place"),
        (lambda: admin.send_location(18.0, 120.0), "error-outside"),  # at sea
    ):
        after = admin.last
        send()
        await admin.hears(key, after=after)
    admin.send_location(*county.IN_A1)
    await asked(admin, F.PHOTO)
    assert await stored(town) == []


async def test_an_album_is_answered_once(town: Town) -> None:
    admin, _ = await begun(town, "en")
    admin.send_album([jpeg(), jpeg(), jpeg()])
    admin.send_location(*county.IN_A1)
    form = await asked(admin, F.KIND)
    assert admin.words("newplace-line-photos", count=3) in form["text"]


async def test_others_do_not_add_places(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/place")
    await rider.hears("error-not-allowed")
    rider.press(rider.last, data="paa")
    await rider.sees_toast("error-not-allowed")


async def kept(town: Town, language: str) -> Phone:
    """Somebody who keeps a place that an administrator has added."""
    keeper = town.person(6100, language, name="Keeper")
    keeper.send_text("/start")
    await keeper.calm()

    now = town.clock()

    def prepare(session: Session, **_: Any) -> None:
        person = session.scalars(select(Person).where(Person.telegram_id == 6100)).one()
        settings = {"default_language": Language.ZH, "admin_ids": frozenset({ADMIN}), "update_id": 0}
        admin = people.arrive(
            session, telegram_id=ADMIN, name="Admin", language_code=CODES[Language(language)], now=now, **settings
        ).me
        place_id = adding.publish(session, person_id=admin.id, form=filled(), now=now)
        session.add(PlaceKeeper(person_id=person.id, place_id=place_id, since=now))
        people.grant(session, person_id=person.id, role=Role.KEEPER, by=admin.id, now=now)

    await town.store.write(prepare)
    return keeper


@IN_BOTH_LANGUAGES
async def test_a_keeper_changes_his_place_with_two_taps_and_a_line(town: Town, language: str) -> None:
    keeper = await kept(town, language)
    keeper.send_text("/place garden" if language == "en" else "/place 花园")
    card = await keeper.hears("newplace-edit-how")
    keeper.push(card, f"button-place-field-{F.HOURS}")
    await keeper.until(lambda: keeper.words("newplace-ask-ho") in keeper.current(card)["text"])
    keeper.send_text("?")
    await keeper.hears("error-bad-hours", text="?")
    keeper.send_text("周一至周五 8-12")
    changed = await keeper.hears("newplace-edit-how", after=keeper.last)
    assert "08:00–12:00" in changed["text"]
    await keeper.until(lambda: not keeper.buttons(card))  # the question has no buttons any more
    keeper.push(changed, f"button-place-field-{F.FACILITIES}")
    await keeper.until(lambda: facility(keeper, "water", has=True) in keeper.buttons(changed))
    keeper.press(changed["message_id"], facility(keeper, "toilet"))
    await keeper.until(lambda: facility(keeper, "toilet", has=True) in keeper.buttons(changed))
    keeper.push(keeper.current(changed), "button-back")
    await keeper.until(lambda: keeper.words("newplace-edit-how") in keeper.current(changed)["text"])
    keeper.push(keeper.current(changed), f"button-place-field-{F.KIND}")
    station = kinds()["station"]
    name = station.names[keeper.language]
    await keeper.until(lambda: name in keeper.buttons(changed))
    keeper.press(changed["message_id"], name)
    await keeper.until(lambda: station.names[keeper.language] in keeper.current(changed)["text"])
    (place,) = await stored(town)
    assert (place.kind, place.hours, "toilet" in place.works) == ("station", "Mo-Fr 08:00-12:00; Sa,Su off", True)


@IN_BOTH_LANGUAGES
async def test_a_keeper_sends_a_pin_and_other_photos(town: Town, language: str) -> None:
    keeper = await kept(town, language)
    keeper.send_text("/place garden" if language == "en" else "/place 花园")
    card = await keeper.hears("newplace-edit-how")
    keeper.push(card, f"button-place-field-{F.POINT}")
    await keeper.until(lambda: keeper.words("newplace-ask-po") in keeper.current(card)["text"])
    keeper.send_location(18.0, 120.0)
    await keeper.hears("error-outside")
    keeper.send_location(*county.IN_B1)
    card = await keeper.hears("newplace-edit-how", after=keeper.last)
    keeper.push(card, f"button-place-field-{F.PHOTOS}")
    await keeper.until(lambda: keeper.words("newplace-ask-pp") in keeper.current(card)["text"])
    keeper.send_video(b"video")
    await keeper.hears("error-place-no-photo")
    keeper.send_photo(jpeg())
    await keeper.hears("newplace-edit-how", after=keeper.last)
    (place,) = await stored(town)
    assert place.point == county.IN_B1
    assert [one.file_id for one in await town.store.read(catalogue.photos_of, place_id=place.id)] != [PHOTO[0]]
    assert await town.count(PlacePhoto) == 1


@IN_BOTH_LANGUAGES
async def test_a_place_is_removed_after_a_question_and_its_keeper_hears(town: Town, language: str) -> None:
    keeper = await kept(town, language)
    admin = town.admin(language)
    admin.send_text("/place garden")
    card = await admin.hears("newplace-edit-how")
    keeper.send_text("/place garden" if language == "en" else "/place 花园")
    theirs = await keeper.hears("newplace-edit-how")
    admin.push(card, "button-remove-place")
    names = {"zh": "花园小区", "en": "Garden"}
    await admin.until(lambda: admin.words("newplace-ask-remove", place=names[language]) in admin.current(card)["text"])
    admin.push(admin.current(card), "button-remove-place-now")
    await keeper.hears("told-place-removed", place=names[language])
    assert await stored(town) == []
    keeper.push(theirs, f"button-place-field-{F.PHONE}")  # an old card
    await keeper.sees_toast("error-place-gone")
    admin.send_text("/place garden")
    await admin.hears("error-place-unknown", text="garden")
