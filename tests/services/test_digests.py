"""The digests: once a day and once a week, late after a pause, never twice, never for missed days."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services import digests, dispatch, outgoing
from services.errors import NotAllowed
from storage.evaluation_kinds import Digest
from storage.figures import DayDigest, WeekDigest
from storage.kinds import Message, Role
from storage.outbox import Claimed
from storage.schema import OutboxMessage, Person
from tests.moment import NOW
from tests.services.filed import fixed, post, put
from tests.services.scene import Scene
from tests.views.showing import ZONE
from views import messages
from views.texts import say

EIGHT = NOW - timedelta(hours=4)
"""Monday the 23rd, 8:00 in the county."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DIGESTS = (Message.DAY_DIGEST, Message.WEEK_DIGEST)


async def lead(scene: Scene, community: str = "Alpha") -> int:
    person = await scene.person("Lead", roles=(Role.LEAD,))
    await scene.do(post, person_id=person, community=community)
    return person


async def tick(scene: Scene, now: datetime, *, joined: datetime = EIGHT - 60 * DAY) -> list[tuple[int, Message]]:
    """Who is written what; all joined at that moment."""
    said = await scene.last_said()
    await all_joined(scene, joined)
    await scene.do(digests.tick, now=now)
    return [one for one in await scene.told(since=said) if one[1] in DIGESTS]


async def all_joined(scene: Scene, at: datetime = EIGHT - 60 * DAY) -> None:
    await scene.store.write(lambda session: session.execute(update(Person).values(joined_at=at)))


async def digest(scene: Scene, *, now: datetime) -> Any:
    """What the newest of them says when it is sent at this moment."""
    row: OutboxMessage = [one for one in await scene.outbox() if one.message in DIGESTS][-1]
    claimed = Claimed(row.id, row.person_id, 1, row.message, None, row.facts or {}, row.urgency, row.made_at, 0, ())
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=now)
    assert brief is not None
    return brief


async def test_at_eight_an_officer_with_open_cases_gets_one(scene: Scene) -> None:
    officer, idle = await scene.officer(), await scene.officer("B-01")
    await scene.file(await scene.person(), now=EIGHT)
    tuesday = EIGHT + DAY
    assert await tick(scene, tuesday - MINUTE) == []
    assert await tick(scene, tuesday) == [(officer, Message.DAY_DIGEST)]
    assert await tick(scene, tuesday + MINUTE) == []
    assert await tick(scene, tuesday + DAY) == [(officer, Message.DAY_DIGEST)]
    assert idle not in {person for person, message in await scene.told() if message in DIGESTS}


async def test_on_mondays_an_officer_with_nothing_open_hears_so_without_a_sound(scene: Scene) -> None:
    idle = await scene.officer()
    assert await tick(scene, EIGHT) == [(idle, Message.DAY_DIGEST)]
    brief = await digest(scene, now=EIGHT + MINUTE)
    assert brief.digest == DayDigest(open=0, today=0, overdue=0)
    card = messages.render(brief, now=EIGHT + MINUTE, zone=ZONE)
    assert card is not None
    assert card.is_silent
    assert card.text == say(brief.to.language, "digest-nothing")
    await scene.do(digests.switch, person_id=idle, digest=Digest.DAY, is_on=False)
    assert await tick(scene, EIGHT + 7 * DAY) == []


async def test_who_joined_in_the_course_of_the_day_gets_none_on_that_day(scene: Scene) -> None:
    officer = await scene.officer()
    await scene.file(await scene.person(), now=EIGHT)
    assert await tick(scene, EIGHT + HOUR, joined=EIGHT + MINUTE) == []
    assert await tick(scene, EIGHT + DAY, joined=EIGHT + MINUTE) == [(officer, Message.DAY_DIGEST)]


async def test_it_says_what_is_open_due_today_and_overdue(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    late = await scene.accepted(rider, officer, words="fire", now=EIGHT - DAY)
    today = await scene.file(rider, words="leak", now=EIGHT - HOUR)
    later = await scene.accepted(rider, officer, words="leak", now=EIGHT - HOUR + MINUTE)
    await tick(scene, EIGHT)
    said = await digest(scene, now=EIGHT + MINUTE)
    assert said.digest == DayDigest(open=3, today=1, overdue=1)
    assert [report.id for report in said.cases] == [late, today, later]
    await scene.resolve(late, officer, now=EIGHT + HOUR)
    assert (await digest(scene, now=EIGHT + 2 * HOUR)).digest == DayDigest(open=2, today=0, overdue=1)
    assert (await digest(scene, now=EIGHT + DAY)).digest is None


async def test_with_nothing_open_any_more_there_is_nothing_to_say(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, now=EIGHT)
    tuesday = EIGHT + DAY
    await tick(scene, tuesday)
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="none", now=tuesday + MINUTE)
    assert (await digest(scene, now=tuesday + MINUTE)).digest is None


async def test_after_a_pause_there_is_one_and_none_for_missed_days(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    await scene.file(await scene.person(), now=EIGHT - 8 * DAY)
    both = [(officer, Message.DAY_DIGEST), (community, Message.WEEK_DIGEST)]
    assert await tick(scene, EIGHT - 8 * DAY + HOUR) == both
    wednesday = EIGHT + 2 * DAY
    assert await tick(scene, wednesday + 12 * HOUR) == []  # 20:00: nobody wants to hear what the day brings
    assert await tick(scene, wednesday + DAY + 7 * HOUR) == both
    assert await tick(scene, wednesday + DAY + 8 * HOUR) == []


async def test_two_clocks_write_each_once(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    await scene.file(await scene.person(), now=EIGHT - HOUR)
    await all_joined(scene)
    await asyncio.gather(*(scene.do(digests.tick, now=EIGHT + n * MINUTE) for n in range(8)))
    told = [one for one in await scene.told() if one[1] in DIGESTS]
    assert sorted(told) == sorted([(officer, Message.DAY_DIGEST), (community, Message.WEEK_DIGEST)])


async def test_a_clock_set_back_writes_nothing_again(scene: Scene) -> None:
    await scene.officer()
    await scene.file(await scene.person(), now=EIGHT - 3 * DAY)
    assert len(await tick(scene, EIGHT)) == 1
    assert await tick(scene, EIGHT - DAY) == []
    assert await tick(scene, EIGHT) == []


async def test_who_cannot_be_reached_gets_none(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    await scene.file(await scene.person(), now=EIGHT - HOUR)

    def leave(session: Any, *, now: datetime) -> None:
        for person in (officer, community):
            session.get_one(Person, person).is_reachable = False

    await scene.do(leave)
    assert await tick(scene, EIGHT) == []


async def test_each_can_be_turned_off_and_on_again(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    await scene.file(await scene.person(), now=EIGHT - HOUR)
    assert await scene.do(digests.switch, person_id=officer, digest=Digest.DAY, is_on=False) == {Digest.DAY: False}
    assert await scene.do(digests.switch, person_id=officer, digest=Digest.DAY, is_on=False) == {Digest.DAY: False}
    assert await tick(scene, EIGHT) == [(community, Message.WEEK_DIGEST)]
    await scene.do(digests.switch, person_id=community, digest=Digest.WEEK, is_on=False)
    assert (await digest(scene, now=EIGHT)).digest is None  # it was on its way
    assert await scene.do(digests.switch, person_id=officer, digest=Digest.DAY, is_on=True) == {Digest.DAY: True}
    assert await tick(scene, EIGHT + 7 * DAY) == [(officer, Message.DAY_DIGEST)]


async def test_nobody_chooses_what_his_roles_do_not_bring(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    for person, which in ((rider, Digest.DAY), (officer, Digest.WEEK)):
        with pytest.raises(NotAllowed):
            await scene.do(digests.switch, person_id=person, digest=which, is_on=True)


async def test_a_lead_hears_how_last_week_went_in_his_places(scene: Scene) -> None:
    await lead(scene)
    await scene.file(await scene.person(), now=EIGHT - 30 * DAY)
    last, before = EIGHT - 3 * DAY, EIGHT - 9 * DAY
    await scene.store.write(
        put,
        rows=[
            {**fixed(10, 60), "filed_at": last},
            {**fixed(10, 60), "filed_at": last, "grid": "B-01"},
            {**fixed(10, 60, accepted_on_time=False), "filed_at": before},
        ],
    )
    await tick(scene, EIGHT)
    said = (await digest(scene, now=EIGHT + HOUR)).digest
    assert isinstance(said, WeekDigest)
    assert (said.period.first, said.places) == (date(2026, 11, 16), ("Alpha",))
    assert (said.last.number, said.last.accepted.percent, said.before.accepted.percent) == (1, 100, 0)
    assert (said.open, said.overdue) == (1, 1)
    assert (await digest(scene, now=EIGHT + 7 * DAY)).digest is None


async def test_of_a_place_where_nothing_happens_there_is_nothing_to_say(scene: Scene) -> None:
    await lead(scene)
    await tick(scene, EIGHT)
    assert (await digest(scene, now=EIGHT)).digest is None
