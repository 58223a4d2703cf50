"""An administrator warns riders, sees how far it is, stops it; riders read what is open near them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox import Fault
from sandbox.chats import Message
from services.places import warnings
from storage.kinds import Language, OutboxState, ReporterKind, Role
from storage.places_kinds import WarningKind
from storage.schema import OutboxMessage, Person, PlaceWarning
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.services.places import add_place, was_at
from views.warnings import ICONS

HEAT = WarningKind.HEAT


async def riders(town: Town, language: str, *, many: int = 1) -> list[Phone]:
    """Riders who are in A-01."""
    phones = [town.rider(5001 + at, language) for at in range(many)]
    for phone in phones:
        phone.send_text("/help")
    await town.calm()

    def ride(session: Session) -> None:
        for person in session.scalars(select(Person).where(Person.telegram_id.in_([one.id for one in phones]))):
            person.kind = ReporterKind.RIDER
            was_at(session, person_id=person.id, at=county.IN_A1, when=town.clock())

    await town.store.write(ride)
    return phones


async def form(admin: Phone, kind: WarningKind = HEAT) -> Message:
    """The form, at the question where."""
    after = admin.last
    admin.send_text("/warn")
    card = await admin.hears("warning-which", after=after)
    admin.press(card["message_id"], f"{ICONS[kind]} {admin.words(f'warning-{kind}')}")
    await admin.until(lambda: admin.button("button-warn-everywhere") in admin.buttons(card))
    return card


@IN_BOTH_LANGUAGES
async def test_a_warning_from_the_form_to_the_riders(town: Town, language: str) -> None:
    names = {"name": "图书馆驿站", "name_en": "Library Station"}
    await town.store.write(add_place, code="S-1", at=county.IN_A1, hours="00:00-23:59", **names)
    (rider,), admin = await riders(town, language), town.admin(language)
    card = await form(admin)
    admin.send_text("A-01")
    shown = await admin.hears("warning-recipients", count=1)
    await admin.until(lambda: admin.buttons(card) == [])  # the question above has no buttons any more
    called = names["name" if language == "zh" else "name_en"]
    assert called in shown["text"]
    for one in Language:  # as it will be read in each language
        assert Phone(admin, one).words("warning-words-heat") in shown["text"]
    admin.push(shown, "button-warn-send", count=1)
    heard = await rider.hears("warning-words-heat")
    assert f"1. 🏠 {called} · " in heard["text"]
    ((way,),) = heard["reply_markup"]["inline_keyboard"]
    assert (way["text"], way["url"].partition(":")[0]) == ("1", "https")
    await admin.until(
        lambda: admin.words("warning-progress", count=1, sent=0, failed=0, left=1) in admin.current(shown)["text"]
    )
    await town.calm()
    await town.store.write(warnings.tick, now=town.clock())
    await admin.until(lambda: admin.words("warning-done") in admin.current(shown)["text"])
    assert admin.words("warning-progress", count=1, sent=1, failed=0, left=0) in admin.current(shown)["text"]
    assert admin.buttons(shown) == []
    assert len([said for said in rider.said if rider.words("warning-words-heat") in said]) == 1


@IN_BOTH_LANGUAGES
async def test_ones_own_words_go_out_as_they_are_typed(town: Town, language: str) -> None:
    (rider,), admin = await riders(town, language), town.admin(language)
    card = await form(admin, WarningKind.FLOOD)
    admin.push(card, "button-warn-everywhere")
    await admin.until(lambda: admin.words("warning-recipients", count=1) in admin.current(card)["text"])
    admin.send_text("<b>桥下</b> is & flooded")
    own = await admin.hears("warning-goes-to", where=admin.words("warning-everywhere"), after=admin.last)
    assert "<b>桥下</b> is & flooded" in own["text"]
    admin.push(own, "button-warn-usual")
    await admin.until(lambda: "桥下" not in admin.current(own)["text"])
    after = admin.last
    admin.send_text("<b>桥下</b> is & flooded")
    own = await admin.hears("warning-recipients", count=1, after=after)
    admin.push(own, "button-warn-send", count=1)
    heard = await rider.wait_for("<b>桥下</b> is & flooded")
    assert rider.words("warning-words-flood") not in heard["text"]


@ON_SQLITE
async def test_near_places_and_how_near(town: Town) -> None:
    await town.store.write(add_place, code="S-1", at=county.IN_A2)
    _, admin = await riders(town, "en"), town.admin()
    await form(admin)
    for text, key in (("Atlantis", "error-warning-nowhere"), ("S-1, 5 m", "error-warning-far")):
        admin.send_text(text)
        await admin.hears(key, text="atlantis", least=50, most=50_000)
    admin.send_text("S-1")
    shown = await admin.hears("warning-nobody")  # the rider is a kilometre away
    assert not any("📣" in one for one in admin.buttons(shown))
    admin.press(shown["message_id"], "2.0 km")
    await admin.until(lambda: admin.words("warning-recipients", count=1) in admin.current(shown)["text"])
    admin.push(admin.current(shown), "button-warn-where")
    await admin.until(lambda: admin.button("button-warn-everywhere") in admin.buttons(shown))
    admin.push(admin.current(shown), "button-cancel")
    await admin.until(lambda: admin.buttons(shown) == [])
    assert await town.count(PlaceWarning) == 0


@IN_BOTH_LANGUAGES
async def test_pressed_twice_it_goes_out_once_and_the_same_kind_is_asked_about(town: Town, language: str) -> None:
    _, admin = await riders(town, language), town.admin(language)
    for again in (False, True):
        card = await form(admin)
        admin.push(card, "button-warn-everywhere")
        await admin.until(lambda card=card: admin.button("button-warn-send", count=1) in admin.buttons(card))
        send = admin.press(card["message_id"], admin.button("button-warn-send", count=1))
        if again:
            await admin.until(lambda card=card: admin.button("button-warn-again") in admin.buttons(card))
            assert await town.count(PlaceWarning) == 1
            admin.push(admin.current(card), "button-warn-again")
            await admin.until(lambda card=card: admin.button("button-warn-again") not in admin.buttons(card))
        else:
            assert send
            admin.press(card["message_id"], admin.button("button-warn-send", count=1))
            await admin.sees_toast("error-warning-form-over")
        await town.calm()
    assert await town.count(PlaceWarning) == 2


@ON_SQLITE
async def test_a_button_of_an_older_form_sends_nothing(town: Town) -> None:
    _, admin = await riders(town, "en"), town.admin()
    first = await form(admin)
    admin.push(first, "button-warn-everywhere")
    await admin.until(lambda: admin.button("button-warn-send", count=1) in admin.buttons(first))
    button = admin.current(first)["reply_markup"]
    second = await form(admin, WarningKind.COLD)
    admin.push(second, "button-warn-everywhere")
    await admin.until(lambda: admin.button("button-warn-send", count=1) in admin.buttons(second))
    admin._chat.messages[first["message_id"]]["reply_markup"] = button  # as a phone that was offline has it
    admin.push(admin.current(first), "button-warn-send", count=1)
    await admin.sees_toast("error-warning-form-over")
    assert await town.count(PlaceWarning) == 0


@IN_BOTH_LANGUAGES
async def test_another_administrator_stops_it(town: Town, language: str) -> None:
    phones, admin = await riders(town, language, many=3), town.admin(language)
    other = await town.officer(9002, grid=None, language=language, name="Chen", role=Role.ADMIN)
    card = await form(admin)
    admin.push(card, "button-warn-everywhere")
    await admin.until(lambda: admin.button("button-warn-send", count=3) in admin.buttons(card))
    await town.calm()
    for phone in phones[1:]:
        town.tg.order(Fault("sendMessage", "error_500", times=1000, chat_id=phone.id))
    admin.push(card, "button-warn-send", count=3)
    await phones[0].hears("warning-words-heat")
    await town.store.until(lambda: town.store.read(is_tried_again, many=2))
    await town.store.until(lambda: town.store.read(is_settled, many=1))
    other.send_text("/warn")
    listed = await other.hears("warning-progress", count=3, sent=1, failed=0, left=2)
    named = f"{other.button('button-warn-stop')} {ICONS[HEAT]} {other.words('warning-heat')}"
    other.press(listed["message_id"], named)
    stopped = admin.words("warning-stopped", when="@", count=2).partition("@")[2]
    await other.until(lambda: other.buttons(listed) == [])
    await town.calm()
    await town.store.write(warnings.tick, now=town.clock())
    await admin.until(lambda: stopped in admin.current(card)["text"])
    assert admin.buttons(card) == []
    for phone in phones[1:]:
        assert not [said for said in phone.said if phone.words("warning-words-heat") in said]


def is_settled(session: Session, *, many: int) -> bool:
    """So many have it, and it is written down."""
    sent = OutboxMessage.warning_id.is_not(None) & (OutboxMessage.state == OutboxState.DELIVERED)
    return len(session.scalars(select(OutboxMessage.id).where(sent)).all()) == many


def is_tried_again(session: Session, *, many: int) -> bool:
    """Whether so many copies failed and wait."""
    waits = OutboxMessage.warning_id.is_not(None) & (OutboxMessage.attempts > 0)
    rows = session.scalars(select(OutboxMessage).where(waits, OutboxMessage.state == OutboxState.AVAILABLE))
    return len(rows.all()) == many


@ON_SQLITE
async def test_who_is_no_administrator_is_told_so(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/warn")
    await rider.hears("error-not-allowed")
