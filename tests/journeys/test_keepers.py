"""A keeper in chat: let in by a link, says what is true with two taps, is asked when visitors doubt it, is let go."""

import re
from datetime import time, timedelta

from services import invites
from services.places import visits
from storage.kinds import Role
from storage.records import number
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from tests.services.stations import add_place, remove_place

LINK = re.compile(r"start=(\w+)")
NAMES = {"en": "Station 1 at Fuqian", "zh": "府前1号驿站"}
PARTS = {"en": {"charging": "Charging"}, "zh": {"charging": "充电"}}


async def opened_station(town: Town, language: str = "en") -> tuple[int, Phone]:
    """A place at ten in the morning, and the phone of its keeper."""
    town.clock.go_to(time(10), town.settings)
    place: int = await town.store.write(add_place, number=1, now=town.clock())
    return place, await keeper(town, 6101, language)


async def keeper(town: Town, number: int, language: str = "en", *, name: str = "Chen") -> Phone:
    """Somebody who has joined by a link of the place."""
    one, token = town.person(number, language, name=name), f"station-{number}"
    await town.store.write(invites.make, token=token, role=Role.KEEPER, place="S-001", now=town.clock())
    one.send_text(f"/start {token}")
    await one.hears("joined-keeper", name=name)
    await one.hears("privacy-short-keeper")
    await one.calm()
    return one


async def doubting(town: Town, number: int, language: str, key: str) -> Phone:
    """A visitor who says, when he is asked, that something is not right."""
    one = town.person(number, language, name="Visitor")
    one.send_text("/start p_1")
    card = await one.wait_for(NAMES[language])
    one.push(card, "button-check-in")
    await one.sees_toast("toast-checked-in")
    town.clock.travel(timedelta(minutes=20))
    await town.store.write(visits.ask, now=town.clock())
    asked = await one.hears("told-still-right")
    one.push(asked, "button-not-right")
    await one.until(lambda: one.button(key) in one.buttons(asked))
    one.push(one.current(asked), key)
    return one


@IN_BOTH_LANGUAGES
async def test_an_administrator_invites_a_keeper_by_a_part_of_the_name(town: Town, language: str) -> None:
    for at in (1, 2):
        await town.store.write(add_place, number=at, now=town.clock())
    admin = town.admin(language)
    admin.send_text("/invite")
    asked = await admin.hears("invite-choose")
    admin.push(asked, "role-keeper")
    await admin.until(lambda: admin.words("invite-place") in admin.current(asked)["text"])
    admin.send_text("nowhere")
    await admin.hears("error-place-unknown", text="nowhere")
    admin.send_text("Fuqian")
    which = await admin.hears("invite-place-which")
    admin.press(which["message_id"], next(one for one in admin.buttons(which) if "S-001" in one))
    link = await admin.hears("invite-keeper", place=NAMES[language])
    token = LINK.search(link["text"])
    assert token is not None
    person = town.person(6101, language, name="Chen")
    person.send_text(f"/start {token[1]}")
    joined = await person.hears("joined-keeper", name="Chen")
    assert NAMES[language] in joined["text"]
    assert person.keyboard is not None
    assert person.button("key-my-station") in [key for row in person.keyboard for key in row]
    after = person.last
    person.send_text(f"/start {token[1]}")
    await person.hears("error-invite-used", after=after)


@IN_BOTH_LANGUAGES
async def test_two_taps_each_say_what_is_true(town: Town, language: str) -> None:
    _, boss = await opened_station(town, language)
    boss.send_text(boss.button("key-my-station"))
    card = await boss.hears("station-ask")

    async def shows(words: str) -> None:
        await boss.until(lambda: words in boss.current(card)["text"])

    async def taps(first: str, then: str) -> None:
        await boss.until(lambda: boss.button(first) in boss.buttons(card))
        boss.push(boss.current(card), first)
        await boss.until(lambda: then in boss.buttons(card))
        boss.press(card["message_id"], then)

    boss.push(card, "button-station-full")
    await boss.sees_toast("toast-noted")
    await shows("🟠")
    await taps("button-station-closed", boss.button("button-closed-said"))
    await shows("⛔")
    await boss.until(lambda: boss.button("button-station-open") in boss.buttons(card))
    boss.push(boss.current(card), "button-station-open")
    await shows("🟢")
    name = PARTS[language]["charging"]
    await taps("button-station-parts", f"✓ {name}")
    broken = boss.words("place-broken", what=f"🔌 {name}")
    await shows(broken)  # two taps
    await boss.hears("station-fault-filed", facility=name, number=number(1))
    boss.send_photo(jpeg("red"))
    await boss.hears("fault-followed", facility=name, number=number(1))
    await taps("button-station-parts", f"❌ {name}")
    await boss.until(lambda: broken not in boss.current(card)["text"])
    await taps("button-station-free", "3")
    await shows("🅿️ 空 3 个" if language == "zh" else "🅿️ 3 of 5")
    boss.push(boss.current(card), "button-all-right")
    confirmed = re.compile(rf"✅ (?=.*10:\d\d).*{boss.button('voice-keeper')}")
    await boss.until(lambda: confirmed.search(boss.current(card)["text"]))


@IN_BOTH_LANGUAGES
async def test_visitors_doubt_ask_all_keepers_and_one_answers(town: Town, language: str) -> None:
    _, boss = await opened_station(town, language)
    other = await keeper(town, 6102, language, name="Other")
    first = await doubting(town, 5001, language, "button-wrong-closed")
    await first.hears("answered-wrong")
    second = await doubting(town, 5002, language, "button-wrong-other")
    await second.hears("ask-wrong-words")
    second.send_text("No hot water")
    await second.hears("answered-wrong")
    asked = await boss.hears("told-place-doubted")
    others = await other.hears("told-place-doubted")
    assert boss.words("doubt-closed") in asked["text"]
    assert "No hot water" in asked["text"]
    await town.calm()
    boss.push(asked, "button-all-right")
    await boss.sees_toast("toast-noted")
    for one, message in ((boss, asked), (other, others)):
        settled = one.words("told-place-settled")
        await one.until(lambda one=one, message=message, said=settled: said in one.current(message)["text"])
        assert one.button("button-all-right") not in one.buttons(message)
    other.push(others, "button-change-it")
    await other.hears("station-ask")


@ON_SQLITE
@IN_BOTH_LANGUAGES
async def test_who_is_let_go_says_nothing_any_more(town: Town, language: str) -> None:
    place, boss = await opened_station(town, language)
    other = await keeper(town, 6102, language, name="Other")
    other.send_text("/station")
    stale = await other.hears("station-ask")
    boss.send_text("/station")
    card = await boss.hears("station-ask")
    boss.push(card, "button-keepers")
    await boss.until(lambda: "✖ Other" in boss.buttons(card))
    boss.press(card["message_id"], "✖ Other")
    await boss.until(lambda: "✖ Other" not in boss.buttons(card))
    told = await other.hears("told-keeper-left", place=NAMES[language])
    assert other.keyboard is not None
    assert other.button("key-my-station") not in [key for row in other.keyboard for key in row]
    other.push(stale, "button-station-full")
    await other.sees_toast("error-not-keeper")
    other.send_text("/station")
    await other.hears("stations-none", after=told["message_id"])
    boss.push(boss.current(card), "button-invite-keeper")
    await boss.hears("invite-keeper", place=NAMES[language])
    boss.push(boss.current(card), "button-back")
    await boss.until(lambda: boss.button("button-station-full") in boss.buttons(card))
    await town.store.write(remove_place, place_id=place, now=town.clock())
    boss.push(boss.current(card), "button-station-full")
    await boss.sees_toast("error-place-gone")
