"""Shops: what stands on their cards, and what does not."""

from dataclasses import replace

import pytest

from storage.kinds import Language
from storage.points_kinds import RedemptionState
from tests.moment import NOW
from tests.views.shop_cards import ZONE, redemption, shop
from tests.views.showing import me
from views import own_shop
from views.texts import plain

ITEM = shop().items[0]


@pytest.mark.parametrize("language", Language)
def test_what_was_taken_has_the_number_of_its_receipt(language: Language) -> None:
    to = me(language)
    taken = redemption(id=123_456, state=RedemptionState.TAKEN, ended_at=NOW, undo_until=NOW.replace(year=2030))
    card = own_shop.lately([taken], to, merchant_id=128, now=NOW, zone=ZONE)
    assert "123,456" in card.text
    assert card.rows[0][0].text == plain(language, "button-undo-number", number=taken.id)
    assert "123,456" in card.rows[0][0].text


@pytest.mark.parametrize("language", Language)
def test_pieces_that_nobody_is_paying_for_are_not_counted(language: Language) -> None:
    to = me(language)
    held = own_shop.item(shop(), replace(ITEM, stock=7, held=2), to).text
    free = own_shop.item(shop(), replace(ITEM, stock=7, held=0), to).text
    assert "2" in held.partition("7")[2]
    assert free.endswith(("7 in stock", "库存 7 件"))
