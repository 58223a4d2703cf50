"""Two of a shop's people with the same code on their phones: one takes it, and the other reads that."""

from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.test_till import NAMES, opened_shop, resident, shop_card, shown_code, staff


@IN_BOTH_LANGUAGES
async def test_one_takes_it_and_the_other_reads_that(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    clerk = await staff(town, 6002, language, is_owner=False)
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-points", points=50)
    _, _, digits = await shown_code(person)
    cards = []
    for phone in (boss, clerk):
        phone.send_text(digits)
        cards.append(await phone.hears("take-title", shop=NAMES[language], who="C. M."))
    boss.push(cards[0], "button-take")
    await boss.hears("took-title", shop=NAMES[language], who="C. M.")
    clerk.push(cards[1], "button-take")
    await clerk.sees_toast("error-code-taken")
    await clerk.until(lambda: clerk.words("error-code-taken") in clerk.current(cards[1])["text"])
    assert clerk.buttons(cards[1]) == []
    assert clerk.words("took-title", shop=NAMES[language], who="C. M.") not in clerk.transcript()
