"""Before riders were registered: who has had a meal is one. And who works at no shop that is there is no merchant."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url

from storage.migrate import upgrade, upgrade_on
from tests.storage.test_migrations import change, empty_url, look

__all__ = ["empty_url"]

MOMENT = "'2026-11-20 04:00:00+00:00'"
YES = "(1 = 1)"
SHOPS = {1: "NULL", 2: MOMENT}
"""When they were removed."""


def people_of_then(connection: Connection) -> None:
    """1 has had a meal, 2 let his code lapse; 3 works at a shop, 4 at one that was removed, 5 at both."""
    statements = [
        "INSERT INTO people (id, name, language, is_reachable, on_duty, joined_at)"
        f" VALUES ({one}, 'Wang', 'en', {YES}, {YES}, {MOMENT})"
        for one in range(1, 6)
    ]
    statements += [
        "INSERT INTO merchants (id, code, name_zh, name_en, kind, address, latitude, longitude, hours, phone, about_zh,"
        " about_en, meals, meal_zh, meal_en, fen_a_point, removed_at)"
        f" VALUES ({one}, 'M-{one}', 'x', 'x', 'food', 'x', 25, 114, '07:00-21:00', '1', '', '', 9, '', '', 12, {gone})"
        for one, gone in SHOPS.items()
    ]
    statements += [
        "INSERT INTO redemptions (id, token, code, merchant_id, person_id, points, state, made_at, expires_at, day,"
        f" mealtime) VALUES ({one}, 't{one}', '{one}', 1, {one}, 0, '{state}', {MOMENT}, {MOMENT},"
        " '2026-11-20', 'lunch')"
        for one, state in ((1, "taken"), (2, "expired"))
    ]
    statements += [
        f"INSERT INTO person_roles (person_id, role, granted_at) VALUES ({one}, 'merchant', {MOMENT})"
        for one in (3, 4, 5)
    ]
    statements += [
        f"INSERT INTO merchant_staff (person_id, merchant_id, is_owner, since) VALUES ({one}, {shop}, {YES}, {MOMENT})"
        for one, shop in ((3, 1), (4, 2), (5, 1), (5, 2))
    ]
    for statement in statements:
        connection.exec_driver_sql(statement)


def test_who_had_a_meal_is_registered_and_who_has_no_shop_is_no_merchant(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(str(make_url(empty_url).database)).parent.mkdir()
    change(empty_url, lambda connection: upgrade_on(connection, to="0015"))
    change(empty_url, people_of_then)
    upgrade(empty_url)

    def after(connection: Connection) -> Any:
        riders = connection.exec_driver_sql("SELECT person_id, state FROM riders").all()
        merchants = connection.exec_driver_sql("SELECT person_id FROM person_roles ORDER BY person_id").scalars().all()
        return [tuple(one) for one in riders], [*merchants]

    assert look(empty_url, after) == ([(1, "registered")], [3, 5])
