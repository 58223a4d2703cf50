"""The alerts as a whole, over HTTP: from a row in the outbox to a message in the chat."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from alerts.app import Alerts
from sandbox import Fault, Sandbox
from services.errors import CannotMake
from storage import outbox
from storage.kinds import Language, Message, Urgency
from storage.media import MediaFolder
from storage.outbox import Claimed, Settlement
from storage.records import Brief, Me
from storage.schema import OutboxMessage
from storage.store import open_store
from tests.alerts.nursery import Nursery
from tests.alerts.rows import Say, add_people, add_report, look, put, states, until_problem, until_states
from tests.alerts.travel import Travel
from tests.belled import PATIENCE, Belled, open_belled
from tests.moment import NOW
from views.card import Button, Card, Making, Pin

ZONE = ZoneInfo("Asia/Shanghai")


def load(session: Session, *, claimed: Claimed, now: datetime) -> Brief | None:
    """The row itself is all there is to say."""
    if claimed.facts["text"] == "over":
        return None
    me = Me(claimed.person_id, claimed.telegram_id or 0, "P", Language.EN)
    return Brief(me, claimed.message, claimed.facts)


def render(brief: Brief, /, *, now: datetime, zone: ZoneInfo) -> Card | None:
    text = brief.facts["text"]
    if text == "defect":
        raise LookupError("a defect in a view")
    if brief.message is Message.ALERT:
        return Card(text, pin=Pin(25.4, 114.36), rows=((Button("Accept", action="accept:1"),),))
    makes = Making("week.png", brief.facts["makes"]) if "makes" in brief.facts else None
    return Card(text, edits=brief.facts.get("edits"), makes=makes)


async def make(thing: Any) -> bytes:
    """The words that the row has for it."""
    if thing == "too slow":
        raise CannotMake
    return str(thing).encode()


@dataclass
class Service:
    """Running alerts, the sandbox and the store."""

    tg: Sandbox
    store: Belled
    travel: Travel
    alerts: Alerts
    unreachable: list[int]

    async def say(self, *says: Say) -> list[int]:
        return await self.store.write(put, says=list(says))

    async def in_time(self, *expected: str) -> None:
        """Let time pass until the outbox's rows are in these states."""
        async with asyncio.timeout(PATIENCE):
            while await states(self.store) != list(expected):
                await self.travel.pass_by(0.25)

    def texts(self, chat: int) -> list[str]:
        return [message["text"] for message in self.tg.person(chat).from_bot if "text" in message]


@pytest.fixture
async def service(sqlite_url: str, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Service]:
    store = await open_belled(sqlite_url)
    travel, unreachable = Travel(), list[int]()

    def settle(session: Session, *, settlements: list[Settlement], now: datetime) -> None:
        outbox.settle(session, settlements=settlements, now=now)
        for one in settlements:
            if one.is_unreachable:
                unreachable.append(session.get_one(OutboxMessage, one.id).person_id)

    async with Sandbox(people=[{"id": 5001 + number} for number in range(20)]) as tg:
        alerts = Alerts(
            token=tg.token,
            api_url=tg.url,
            store=store,
            media=MediaFolder(tmp_path / "media"),
            clock=travel.now,
            zone=ZONE,
            nursery=nursery,
            make=make,
            load=load,
            render=render,
            settle=settle,
            timing=travel,
            chance=lambda: 0.0,
        )
        alerts.start()
        yield Service(tg, store, travel, alerts, unreachable)
        await alerts.stop()
        await store.close()


async def test_a_message_arrives_and_its_ids_are_kept(service: Service) -> None:
    (person,) = await service.store.write(add_people, many=1)
    await service.say(Say(person, "Leak", message=Message.ALERT, urgency=Urgency.URGENT))
    await until_states(service.store, "delivered")
    (row,) = await service.store.read(look)
    assert row.sent == [message["message_id"] for message in service.tg.person(5001).from_bot]
    assert service.texts(5001) == ["Leak"]


async def test_what_is_over_is_not_said(service: Service) -> None:
    (person,) = await service.store.write(add_people, many=1)
    await service.say(Say(person, "over"))
    await until_states(service.store, "cancelled")


async def test_a_flooded_message_goes_after_exactly_the_time_named(service: Service) -> None:
    first, second = await service.store.write(add_people, many=2)
    report = await service.store.write(add_report, reporter=first)
    service.tg.order(Fault(method="sendMessage", kind="flood_429", retry_after=30, chat_id=5001))
    (one,) = await service.say(Say(first, "one", report))
    row = await until_problem(service.store, one)
    assert (row.due_at, row.attempts) == (NOW + timedelta(seconds=30), 0)
    await service.say(Say(first, "two", report), Say(second, "for another"))
    await service.in_time("delivered", "delivered", "delivered")
    assert service.travel.seconds() >= 30
    assert service.texts(5001) == ["one", "two"]


@pytest.mark.parametrize("kind", ["drop", "error_500", "html_502"])
async def test_server_and_network_errors_are_tried_again_with_growing_waits(service: Service, kind: Any) -> None:
    (person,) = await service.store.write(add_people, many=1)
    service.tg.order(Fault(method="sendMessage", kind=kind, times=3))
    await service.say(Say(person, "in the end"))
    await service.in_time("delivered")
    (row,) = await service.store.read(look)
    assert row.attempts == 3
    assert row.problem
    assert service.travel.seconds() >= 1 + 2 + 4
    assert service.texts(5001) == ["in the end"]


async def test_a_defect_in_a_view_is_an_attempt_and_keeps_no_other_back(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    people = await service.store.write(add_people, many=2)
    says = [Say(person, text) for person, text in zip(people, ("defect", "fine"), strict=True)]
    row = await until_problem(service.store, (await service.say(*says))[0])
    await until_states(service.store, "available", "delivered")
    assert (row.attempts, row.problem) == (1, "LookupError: a defect in a view")
    assert "failed" in caplog.text


async def test_a_file_is_made_when_its_message_goes_out(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    people = await service.store.write(add_people, many=2)
    says = [Say(one, "record", facts={"makes": thing}) for one, thing in zip(people, ("too slow", "page"), strict=True)]
    row = await until_problem(service.store, (await service.say(*says))[0])
    await until_states(service.store, "available", "delivered")
    assert (row.attempts, (row.problem or "").partition(":")[0]) == (1, "CannotMake")
    (sent,) = service.tg.person(5002).from_bot
    files = service.tg._world.files
    assert files.data(files.by_id(sent["document"]["file_id"])) == b"page"
    assert (sent["document"]["file_name"], sent["caption"]) == ("week.png", "record")


async def test_whom_nothing_reaches_is_told_to_the_rules(service: Service) -> None:
    people = await service.store.write(add_people, many=2)
    service.tg.person(5001).block()
    await service.say(*(Say(person, "hello") for person in people))
    await until_states(service.store, "discarded", "delivered")
    assert service.unreachable == [people[0]]


async def test_a_card_that_is_gone_needs_no_refreshing(service: Service) -> None:
    (person,) = await service.store.write(add_people, many=1)
    await service.say(Say(person, "Taken", message=Message.CARD, facts={"edits": 4711}))
    await until_states(service.store, "cancelled")
    assert service.texts(5001) == []
    await service.say(Say(person, "Draft", message=Message.DRAFT, facts={"edits": 4711}))
    await until_states(service.store, "cancelled", "delivered")
    assert service.texts(5001) == ["Draft"]


async def test_many_people_hear_at_the_same_time(service: Service) -> None:
    people = await service.store.write(add_people, many=20)
    await service.say(*(Say(person, f"to {person}") for person in people))
    await until_states(service.store, *["delivered"] * 20)
    assert service.travel.seconds() == 0  # nobody waited for anybody


async def test_telegram_out_of_reach_at_the_start_is_no_end(sqlite_url: str, tmp_path: Path, nursery: Nursery) -> None:
    store, travel = await open_store(sqlite_url), Travel()
    (person,) = await store.write(add_people, many=1)
    await store.write(put, says=[Say(person, "late")])
    async with Sandbox(people=[{"id": 5001}]) as tg:
        tg.order(Fault(method="getMe", kind="html_502", times=3))
        alerts = Alerts(
            token=tg.token,
            api_url=tg.url,
            store=store,
            media=MediaFolder(tmp_path / "media"),
            clock=travel.now,
            zone=ZONE,
            nursery=nursery,
            make=make,
            load=load,
            render=render,
            settle=outbox.settle,
            timing=travel,
        )
        alerts.start()
        async with asyncio.timeout(PATIENCE):
            while await states(store) != ["delivered"]:
                await travel.pass_by(0.25)
        assert travel.seconds() >= 1 + 2 + 4
        await alerts.stop()
    await store.close()
