"""What cannot even be read does not keep the audit from telling of it. (SQLite takes anything; PostgreSQL does not.)"""

import pytest

from services.points import alarm
from services.points.audit import audit
from services.points.findings import Fault
from tests.services.scene import Scene
from tests.services.shops import Market
from tests.services.test_points import tamper

ANYTHING = {
    "a moment": ("UPDATE transfers SET at = 'x' WHERE id = 2", [Fault.HASH, Fault.HASH, Fault.UNREADABLE]),
    "an amount": ("UPDATE entries SET amount = 'x' WHERE transfer_id = 2", [Fault.UNREADABLE]),
    "a balance": ("UPDATE accounts SET balance = 'x' WHERE balance = 20", [Fault.BALANCE, Fault.UNREADABLE]),
    "an end": ("UPDATE lots SET lapses_at = 'x' WHERE id = 2", [Fault.UNREADABLE]),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", ANYTHING)
async def test_what_cannot_be_read_is_told_with_what_was_found_before(
    scene: Scene, database_url: str, what: str
) -> None:
    market = Market(scene)
    for points in (30, 20):
        await market.person(points)
    statement, faults = ANYTHING[what]
    await tamper(database_url, statement, {})
    found = (await scene.store.read(audit)).findings
    assert [one.fault for one in found] == faults
    (told, *_) = (await scene.store.read(alarm.facts, findings=found))["kinds"]
    assert told["trouble"] == alarm.Trouble.RECORD
