"""What the way in promises for each update, whatever its handler does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import Intake, TryAgain
from bot.session import make_bot
from bot.speaking import Speaker
from sandbox import Sandbox
from storage.kinds import Language
from storage.media import MediaFolder
from storage.schema import FailedUpdate, Person
from storage.store import Store, StoreUnavailable
from storage.updates import code_of
from tests.belled import PATIENCE
from tests.moment import NOW
from views.texts import say

RIDER, OTHER = 5001, 5002


@dataclass
class Room:
    """An intake whose handler does what a test says, update by update."""

    tg: Sandbox
    store: Store
    bot: Bot
    intake: Intake
    effects: list[str] = field(default_factory=list)
    fails: dict[str, list[Exception]] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    async def handle(self, message: Message) -> None:
        """The one handler: wait if told so, fail if told so, else take effect."""
        words = str(message.text)
        if words in self.gates:
            await self.gates[words].wait()
        if self.fails.get(words):
            raise self.fails[words].pop(0)
        self.effects.append(words)

    async def aside(self) -> list[FailedUpdate]:
        """What is noted about failed updates."""
        return await self.store.read(lambda session: list(session.scalars(select(FailedUpdate))))


@pytest.fixture
async def room(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """Nothing fails yet; what fails is tried again soon."""
    monkeypatch.setattr("bot.intake.FIRST_WAIT", 0.001)
    async with Sandbox() as tg:
        bot, dispatcher = make_bot(tg.token, tg.url), Dispatcher(disable_fsm=True)
        speaker = Speaker(bot, store, MediaFolder(tmp_path), clock=lambda: NOW)
        intake = Intake(bot, dispatcher, store, speaker, clock=lambda: NOW, language=Language.ZH)
        room = Room(tg, store, bot, intake)
        dispatcher.message.register(room.handle)
        yield room
        await bot.session.close()


def update(number: int, words: str, *, chat: int = RIDER, language: str = "en") -> dict[str, Any]:
    """A message as Telegram sends it."""
    person = {"id": chat, "is_bot": False, "first_name": "Wang", "language_code": language}
    where = {"id": chat, "type": "private", "first_name": "Wang"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "from": person, "chat": where, "text": words},
    }


async def test_updates_of_one_chat_wait_for_one_that_must_be_tried_again(room: Room) -> None:
    room.fails["first"] = [RuntimeError("once"), StoreUnavailable("twice")]
    await asyncio.gather(
        room.intake.take_patiently(update(1, "first")),
        room.intake.take_patiently(update(2, "second")),
        room.intake.take_patiently(update(3, "third")),
    )
    assert room.effects == ["first", "second", "third"]


async def test_other_chats_go_on_meanwhile(room: Room) -> None:
    room.gates["slow"] = asyncio.Event()
    slow = asyncio.ensure_future(room.intake.take(update(1, "slow")))  # noqa: TID251
    await room.intake.take(update(2, "quick", chat=OTHER))
    assert room.effects == ["quick"]
    room.gates["slow"].set()
    await slow
    assert room.effects == ["quick", "slow"]


async def test_what_fails_three_times_is_set_aside_and_the_person_is_told(room: Room) -> None:
    rider = room.tg.person(RIDER, language_code="en")
    room.fails["bad"] = [RuntimeError(f"defect {n}") for n in (1, 2, 3)]
    raw = update(77, "bad")
    for attempt in (1, 2):
        with pytest.raises(TryAgain):
            await room.intake.take(raw)
        (row,) = await room.aside()
        assert (row.attempts, row.set_aside_at) == (attempt, None)
    assert rider.messages == []
    assert await room.intake.take(raw) is None
    (row,) = await room.aside()
    assert (row.attempts, row.payload, row.set_aside_at, row.code) == (3, raw, NOW, code_of(77))
    assert "RuntimeError: defect 3" in row.traceback
    await rider.wait_for(code_of(77))
    await room.intake.take(update(78, "next"))
    assert room.effects == ["next"]


@pytest.mark.parametrize(("spoken", "language"), [("en", Language.EN), ("zh-hans", Language.ZH), ("", Language.ZH)])
async def test_the_person_is_told_in_their_own_language(room: Room, spoken: str, language: Language) -> None:
    rider = room.tg.person(RIDER)
    room.fails["bad"] = [RuntimeError("defect")] * 3
    await room.intake.take_patiently(update(77, "bad", language=spoken))
    said = await rider.wait_for(code_of(77))
    assert said["text"].split()[1] == say(language, "error-set-aside", code="").split()[1]


async def test_whoever_chose_a_language_is_told_in_that_one(room: Room) -> None:
    rider = room.tg.person(RIDER)

    def choose(session: Session) -> None:
        session.add(Person(telegram_id=RIDER, name="Wang", language=Language.ZH, joined_at=NOW))

    await room.store.write(choose)
    room.fails["bad"] = [RuntimeError("defect")] * 3
    await room.intake.take_patiently(update(77, "bad", language="en"))
    said = await rider.wait_for(code_of(77))
    assert said["text"].split()[1] == say(Language.ZH, "error-set-aside", code="").split()[1]


async def test_a_store_that_is_unavailable_counts_against_no_update(room: Room) -> None:
    room.fails["good"] = [StoreUnavailable("disk full")] * 5
    for _ in range(5):
        with pytest.raises(StoreUnavailable):
            await room.intake.take(update(1, "good"))
    assert await room.aside() == []
    await room.intake.take(update(1, "good"))
    assert room.effects == ["good"]


async def test_a_person_who_cannot_be_told_changes_nothing(room: Room) -> None:
    room.fails["bad"] = [RuntimeError("defect")] * 3
    await room.intake.take_patiently(update(1, "bad", chat=room.tg.never_started))
    (row,) = await room.aside()
    assert row.set_aside_at == NOW


STRANGE: list[Callable[[dict[str, Any]], object]] = [
    lambda raw: raw.pop("message"),
    lambda raw: raw.update(message=None),
    lambda raw: raw.update(message="words"),
    lambda raw: raw.update(message=[1, 2]),
    lambda raw: raw.update(message={}),
    lambda raw: raw["message"].pop("chat"),
    lambda raw: raw["message"].update(chat="somewhere"),
    lambda raw: raw["message"]["chat"].update(id="somewhere"),
    lambda raw: raw["message"].update({"from": "somebody"}),
    lambda raw: raw["message"].pop("date"),
    lambda raw: raw.update(callback_query={"message": "words"}, message=None),
    lambda raw: raw.update(poll={"id": "1"}, message=None),
    lambda raw: raw.update(of_the_future={"message": 5, "from": 6}, message=None),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.filterwarnings("ignore:Detected unknown update type")
@pytest.mark.parametrize("change", STRANGE, ids=range(len(STRANGE)))
async def test_an_update_that_makes_no_sense_is_got_over_with(
    room: Room, change: Callable[[dict[str, Any]], object]
) -> None:
    raw = update(1, "words")
    change(raw)
    async with asyncio.timeout(PATIENCE):
        await room.intake.take_patiently(raw)
    assert room.effects == []
    assert [row.set_aside_at for row in await room.aside()] in ([], [NOW])
    await room.intake.take(update(2, "next"))
    assert room.effects == ["next"]
