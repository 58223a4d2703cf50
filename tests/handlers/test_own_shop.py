"""A shop in the hands of its people, and of administrators: what is asked before, and what the answer changes."""

import pytest

from services import invites
from storage.kinds import Language, Role
from storage.points_kinds import ShopField, ShopKind
from storage.schema import Merchant
from tests.handlers.conftest import Room, words_of
from tests.handlers.test_till import BOSS, shop
from views.texts import plain

ADMIN = 8001


async def admin(room: Room) -> int:
    """Somebody who has joined as an administrator."""
    await room.store.write(invites.make, token="admin", role=Role.ADMIN, now=room.now)
    await room.say(ADMIN, "/start admin")
    return ADMIN


def said(key: str, **facts: object) -> str:
    return plain(Language.EN, key, **facts)


@pytest.mark.parametrize("is_admin", [False, True])
async def test_name_kind_and_place_are_changed_by_a_tap_and_a_line(room: Room, is_admin: bool) -> None:
    made = await shop(room)
    who = await admin(room) if is_admin else BOSS
    assert said("button-shop-more") in buttons(await room.press(who, f"zi:{made}"))
    assert (said("button-retire-shop") in buttons(await room.press(who, f"zy:{made}"))) is is_admin
    await room.press(who, f"zm:{made}:{ShopField.NAME_EN}")
    assert "Corner Tea" in words_of(await room.say(who, "Corner Tea"))
    await room.press(who, f"zm:{made}:{ShopField.KIND}")
    await room.press(who, f"zyk:{made}:{ShopKind.DRINKS}")
    await room.press(who, f"zm:{made}:{ShopField.POINT}")
    assert said("error-bad-place") in words_of(await room.say(who, "over there"))
    await room.pin(who, (25.4051, 114.3651))
    (found,) = await room.rows(Merchant)
    assert (found.name_en, found.kind, found.latitude) == ("Corner Tea", ShopKind.DRINKS, 25.4051)


async def test_an_administrator_removes_a_shop_after_one_question(room: Room) -> None:
    made, who = await shop(room), await admin(room)
    assert said("button-retire-shop-now") in buttons(await room.press(who, f"zyr:{made}"))
    assert [one.removed_at for one in await room.rows(Merchant)] == [None]
    assert "takes no points any more" in words_of(await room.press(who, f"zyn:{made}"))
    assert [one.removed_at is None for one in await room.rows(Merchant)] == [False]


def buttons(answer: object) -> list[str]:
    """All that can be pressed below what is shown in place."""
    card = getattr(answer, "edit", None)
    assert card is not None
    return [one.text for row in card.rows for one in row]
