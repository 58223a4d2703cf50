"""The sandbox's clock goes faster when it is told to, and never back: not when slowed down, not after a restart."""

from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.hands import RESERVE, Hands
from sandbox.keep import OnDisk


class Real:
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minute_takes_a_second_from_when_it_is_switched_on(tmp_path: Path) -> None:
    real = Real()
    hands = Hands(real, OnDisk(tmp_path))
    real.seconds += 5
    hands.go(60)
    before = hands()
    assert before == real.seconds
    real.seconds += 2
    assert hands() == before + 120
    hands.go(1)
    assert hands() == before + 120  # it does not jump back
    real.seconds += 2
    assert hands() == before + 122


def test_a_clock_set_back_stands_still(tmp_path: Path) -> None:
    real = Real()
    hands = Hands(real, OnDisk(tmp_path))
    before = hands()
    real.seconds -= 3600
    assert hands() == before


@pytest.mark.parametrize("is_killed", [False, True])
def test_the_next_run_goes_on_where_this_one_ended_or_later(tmp_path: Path, is_killed: bool) -> None:
    real = Real()
    keep = OnDisk(tmp_path)
    hands = Hands(real, keep)
    hands.go(60)
    real.seconds += 3
    shown = hands()
    if not is_killed:
        hands.stop()
    keep.close()
    again = Hands(real, OnDisk(tmp_path))
    assert shown <= again() <= shown + RESERVE * 60
    assert again.speed == 1
    assert is_killed or again() == shown


async def test_messages_bear_its_time_and_pages_are_told(tmp_path: Path) -> None:
    real = Real()
    async with Sandbox(data_dir=tmp_path, clock=real, zone="Asia/Shanghai") as tg, aiohttp.ClientSession() as http:
        answer = await http.post(f"{tg.url}/sandbox/clock", json={"speed": 60})
        assert (await answer.json())["speed"] == tg.speed == 60
        real.seconds += 60
        said = tg.person(5001).send_text("an hour later")
        assert said["date"] == int(real.seconds + 59 * 60)
        async with http.get(f"{tg.url}/sandbox/state") as state:
            found = await state.json()
        assert found["clock"] == {"now": tg.now(), "speed": 60, "zone": "Asia/Shanghai"}
        refused = await http.post(f"{tg.url}/sandbox/clock", json={"speed": 61})
        assert refused.status == 400
