"""`warmgrid settle` killed before and after its commit, and called again: paid once, one sheet to each owner."""

import os
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from bot.time import utc_now
from services.merchants import meals, months, programme, till
from services.merchants.till import Draw, For
from services.points import ledger, purse
from services.points.accounts import common
from services.points.audit import audit
from services.points.ledger import About
from storage.kinds import Language, Message, Role
from storage.points_kinds import AccountKind, Currency, Reason
from storage.schema import MerchantMonth, OutboxMessage, Person, PersonRole
from tests.crash.conftest import Town
from tests.crash.counter import nothing_left
from tests.crash.holding import before_the_commit
from tests.process import Process
from tests.services.shops import add_shop, ride

NOON = (utc_now() - timedelta(days=40)).replace(hour=4)  # in the county; of a month that is over
PAID, RATE = 20, 10
SUBSIDY = programme.meals().price.subsidy
FEN = PAID * RATE + SUBSIDY


async def opened(town: Town) -> str:
    """A shop has taken points and a rider's meal in a month that is over; the bot runs. Returns the month."""
    month: str = await town.store.write(_took, boss=town.officer.id, rider=town.rider.id)
    for chat in (town.officer, town.rider):
        chat.send_text("/help")
    await town.start()
    for chat in (town.officer, town.rider):
        await chat.wait_for(lambda message: True)
    await nothing_left(town)
    return month


def settles(town: Town, month: str) -> Process:
    """The command."""
    log = town.folder / "settle-log"
    return Process("settle", month, str(sheet(town)), settings=town.settings, folder=town.folder, log=log)


def sheet(town: Town) -> Path:
    """Where it writes."""
    return town.folder / "sheet.xlsx"


async def is_settled(town: Town, month: str) -> None:
    """Called again, it was done once: the shop is paid all, its owner and the administrator have one sheet each."""
    code, said = await settles(town, month).ends()
    assert code == 0, said
    (row,) = load_workbook(sheet(town)).worksheets[0].iter_rows(min_row=2, max_row=2, values_only=True)
    assert row[0] == "M-001"
    for chat in (town.officer, town.rider):
        await chat.wait_for(lambda message: "document" in message, timeout=90)
    await nothing_left(town)
    for message in (Message.SETTLED, Message.SETTLED_ALL):
        assert await town.count(OutboxMessage, OutboxMessage.message == message) == 1
    assert await town.store.read(_paid) == (0, 0, PAID, FEN)
    assert await town.count(MerchantMonth) == 1
    assert (await town.store.read(audit)).findings == ()


async def test_before_the_commit(town: Town) -> None:
    month = await opened(town)
    async with before_the_commit(town.url) as stuck:
        process = settles(town, month)
        await stuck()
        await process.kill()
    assert await town.store.read(_paid) == (PAID, SUBSIDY, 0, 0)
    assert (await town.count(MerchantMonth), sheet(town).exists()) == (0, False)
    await is_settled(town, month)


async def test_after_the_commit_with_no_sheet_written(town: Town) -> None:
    month = await opened(town)
    pipe = sheet(town).with_name(f".{sheet(town).name}.part")
    os.mkfifo(pipe)  # nobody reads it: whoever writes waits
    process = settles(town, month)
    await town.counts(1, MerchantMonth)
    await process.kill()
    pipe.unlink(missing_ok=True)
    assert not sheet(town).exists()
    assert await town.store.read(_paid) == (0, 0, PAID, FEN)
    await is_settled(town, month)


async def test_after_the_commit_with_nothing_said(town: Town) -> None:
    month = await opened(town)
    said = town.hold("sendDocument")
    code, output = await settles(town, month).ends()
    assert code == 0, output
    await town.held(said)
    await town.kill()
    await town.leases_lapse()
    await town.start()
    await is_settled(town, month)


def _took(session: Session, *, boss: int, rider: int) -> str:
    owner = Person(telegram_id=boss, name="Li", language=Language.EN, joined_at=NOON)
    other = Person(
        telegram_id=rider,
        name="Wang",
        language=Language.EN,
        joined_at=NOON,
    )
    session.add_all((owner, other))
    session.flush()
    ride(session, person_id=other.id, now=NOON)
    session.add(PersonRole(person_id=other.id, role=Role.ADMIN, granted_at=NOON))
    shop = add_shop(session, number=1, owner=owner.id, others=(), now=NOON, meals=5, fen_a_point=RATE)
    purse.earn(session, other.id, 100, key="gift", about=About(Reason.CREDIT, other.id), now=NOON)
    for number, what in enumerate((For(points=PAID), For(is_meal=True))):
        draw = Draw(f"token-{number}", (f"00000{number}",), "link")
        code = till.ask(session, person_id=other.id, merchant_id=shop, what=what, draw=draw, now=NOON)
        till.take(session, redemption_id=code.id, person_id=owner.id, now=NOON)
    return months.of(session, NOON)


def _paid(session: Session) -> tuple[int, int, int, int]:
    """What the shop has, points and fen, and what it was paid."""
    accounts = (
        till.account(1),
        meals.account(1),
        common(AccountKind.SETTLED, 1),
        common(AccountKind.SETTLED, 1, Currency.FEN),
    )
    has = [ledger.balance(session, one) for one in accounts]
    return has[0], has[1], has[2], has[3]
