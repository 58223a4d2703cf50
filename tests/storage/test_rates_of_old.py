"""What shops took before its rate was kept with it: it has that of the month it was paid in, or the shop's."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url

from storage.migrate import upgrade, upgrade_on
from tests.storage.test_migrations import change, empty_url, look

__all__ = ["empty_url"]

MOMENT = "'2026-11-20 04:00:00+00:00'"
YES = "(1 = 1)"


def shop_of_then(connection: Connection) -> None:
    """Its rate is 12 now, and was 10 in October, which is paid."""
    for statement in (
        "INSERT INTO people (id, name, language, is_reachable, on_duty, joined_at)"
        f" VALUES (1, 'Wang', 'en', {YES}, {YES}, {MOMENT})",
        "INSERT INTO merchants (id, code, name_zh, name_en, kind, address, latitude, longitude, hours, phone, about_zh,"
        " about_en, meals, meal_zh, meal_en, fen_a_point)"
        " VALUES (1, 'M-001', 'x', 'x', 'food', 'x', 25, 114, '07:00-21:00', '1', '', '', 0, '', '', 12)",
        "INSERT INTO merchant_months (merchant_id, month, closed_at, points, fen_a_point, meals, subsidy, undone)"
        f" VALUES (1, '2026-10', {MOMENT}, 30, 10, 0, 0, 0)",
    ):
        connection.exec_driver_sql(statement)
    for number, state, month in ((1, "taken", "'2026-10'"), (2, "taken", "'2026-11'"), (3, "expired", "NULL")):
        for statement in (
            f"INSERT INTO transfers (id, key, reason, at) VALUES ({number}, 'k{number}', 'hold', {MOMENT})",
            "INSERT INTO holds (id, transfer_id, person_id, amount, state, made_at, lapses_at)"
            f" VALUES ({number}, {number}, 1, 30, 'captured', {MOMENT}, {MOMENT})",
            "INSERT INTO redemptions (id, token, code, merchant_id, person_id, points, hold_id, state, made_at,"
            f" expires_at, month) VALUES ({number}, 't{number}', '00000{number}', 1, 1, 30, {number}, '{state}',"
            f" {MOMENT}, {MOMENT}, {month})",
        ):
            connection.exec_driver_sql(statement)


def test_what_was_taken_has_a_rate_and_a_closed_month_its_worth(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(str(make_url(empty_url).database)).parent.mkdir()
    change(empty_url, lambda connection: upgrade_on(connection, to="0014"))
    change(empty_url, shop_of_then)
    upgrade(empty_url)

    def after(connection: Connection) -> Any:
        rates = connection.exec_driver_sql("SELECT fen_a_point FROM redemptions ORDER BY id").scalars().all()
        return [*rates, connection.exec_driver_sql("SELECT worth FROM merchant_months").scalar_one()]

    assert look(empty_url, after) == [10, 12, None, 300]
