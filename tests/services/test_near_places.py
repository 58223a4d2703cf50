"""Looking around for places: pages, who is full or closed, drafts that were no reports, cards that follow."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import delivery, distance, intake, outgoing, whereabouts
from services.errors import BadPlace, NothingToAdd
from services.merchants import listing
from services.parts import Place
from services.places import find, live, stations
from services.places.errors import PlaceGone
from services.places.index import Places
from storage import outbox
from storage.facilities import limits
from storage.kinds import Message, OutboxState, PlaceSource
from storage.near_places import Answered, NearPlaces, Wanted
from storage.outbox import Claimed, Settlement
from storage.places_kinds import PlaceState, Voice
from storage.schema import Draft, LastPlace, LiveCard
from tests import county, places_made
from tests.moment import NOW
from tests.services.scene import Scene

HERE = county.IN_A1
EDIT = limits().live_edit


async def around(scene: Scene, places: Places, point: tuple[float, float] = HERE, **asked: Any) -> NearPlaces:
    """What is found from there."""
    found: NearPlaces = await scene.store.read(find.near, places=places, point=point, **{"now": NOW} | asked)
    return found


async def add(scene: Scene, number: int, *has: str, **said: Any) -> int:
    """The higher its number, the farther it is."""
    at = said.pop("at", (HERE[0] + number / 1000, HERE[1]))
    place: int = await scene.store.write(places_made.add, number=number, at=at, has=has, **said)
    return place


def ids(found: NearPlaces) -> list[int]:
    return [one.place.id for one in found.places]


async def test_pages_go_on_where_the_one_before_ended(scene: Scene) -> None:
    places = Places()
    for number in range(1, 13):
        await add(scene, number)
    pages = [await around(scene, places, page=page) for page in (0, 1, 2, 3)]
    assert [ids(page) for page in pages] == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12], []]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert (await around(scene, places, page=-3)).page == 0
    assert (await around(scene, places, page=2**31)).page == find.PAGES - 1


async def test_a_full_one_stands_behind_the_others_of_its_page(scene: Scene) -> None:
    await add(scene, 1, state=PlaceState.FULL, state_at=NOW, state_by=Voice.KEEPER)
    for number in range(2, 7):
        await add(scene, number)
    found = await around(scene, Places())
    assert ids(found) == [2, 3, 4, 5, 1]
    assert [one.now.is_full for one in found.places] == [False] * 4 + [True]


async def test_where_parking_is_wanted_one_without_a_free_space_stands_like_a_full_one(scene: Scene) -> None:
    places, said = Places(), {"spaces": 5, "free_at": NOW, "free_by": Voice.KEEPER}
    await add(scene, 1, "parking", free_spaces=0, **said)
    await add(scene, 2, "parking", **said | {"free_spaces": 1})
    await add(scene, 3, "parking")
    wants = Wanted(facilities=frozenset({"parking"})).pack()
    until = NOW + limits().full
    assert ids(await around(scene, places, wanted=wants, now=until - timedelta(seconds=1))) == [2, 3, 1]
    assert ids(await around(scene, places, wanted=wants, now=until)) == [1, 2, 3]
    assert ids(await around(scene, places)) == [1, 2, 3]


async def test_where_none_is_open_the_nearest_closed_ones_are_the_answer(scene: Scene) -> None:
    places = Places()
    await add(scene, 1, "water", hours="14:00-20:00")
    await add(scene, 2, "water", state=PlaceState.CLOSED)
    await add(scene, 3, "toilet")
    wants = Wanted(facilities=frozenset({"water"}))
    found = await around(scene, places, wanted=wants.pack())
    assert (ids(found), found.answered) == ([1, 2], Answered.CLOSED)
    assert found.places[0].now.until == NOW + timedelta(hours=2)
    assert found.places[1].now.until is None
    later = await around(scene, places, wanted=wants.pack(), now=NOW + timedelta(hours=2))
    assert (ids(later), later.answered) == ([1], Answered.FOUND)


@pytest.mark.parametrize(
    ("wanted", "point", "answered"),
    [
        (Wanted(facilities=frozenset({"microwave"})), HERE, Answered.NONE),
        (Wanted(kinds=frozenset({"compound"})), HERE, Answered.NONE),
        (Wanted(), (20.0, 125.0), Answered.FAR),
        (Wanted(), (HERE[0] + 0.6, HERE[1]), Answered.FAR),
        (Wanted(), (HERE[0] + 0.4, HERE[1]), Answered.FOUND),
    ],
)
async def test_none_like_it_and_none_at_all_are_two_answers(
    scene: Scene, wanted: Wanted, point: tuple[float, float], answered: Answered
) -> None:
    await add(scene, 1, "water")
    await add(scene, 2, "microwave", kind="compound", at=(27.0, 114.0))
    assert (await around(scene, Places(), point, wanted=wanted.pack())).answered is answered


async def test_how_far_it_is_said_to_be_is_how_far_it_is(scene: Scene) -> None:
    await add(scene, 1)
    for step in (0.0, 0.0001, 0.009, 0.02, 0.3):
        point = (HERE[0] + step, HERE[1] - step)
        (one,) = (await around(scene, Places(), point)).places
        assert one.metres == pytest.approx(distance.metres(point, one.place.point), abs=0.01)


# -- where from --


async def test_a_place_counts_for_ten_minutes_unless_an_old_card_is_pressed(scene: Scene) -> None:
    person, places = await scene.person(), Places()
    await add(scene, 1)

    async def last(after: timedelta, *, must_be_fresh: bool) -> find.Last | None:
        asked = {"person_id": person, "places": places, "now": NOW + after, "must_be_fresh": must_be_fresh}
        return await scene.store.read(find.near_last, **asked)

    assert await last(timedelta(), must_be_fresh=False) is None
    await scene.do(find.look_from, person_id=person, places=places, point=HERE)
    for after, is_known in (
        (timedelta(), True),
        (limits().fresh, True),
        (limits().fresh + timedelta(seconds=1), False),
    ):
        assert (await last(after, must_be_fresh=True) is not None) is is_known
        found = await last(after, must_be_fresh=False)
        assert found is not None
        assert found.seen_at == NOW


async def test_what_changed_while_somebody_looks_is_read_after_the_commit(scene: Scene) -> None:
    """A unit of work may be undone: it answers only from what is known to be there."""
    person, places = await scene.person(), Places()
    await add(scene, 1)
    assert await scene.do(find.look_from, person_id=person, places=places, point=HERE) is None
    assert len(places) == 0
    assert ids(await around(scene, places)) == [1]
    found = await scene.do(find.look_from, person_id=person, places=places, point=HERE)
    assert found is not None
    assert ids(found) == [1]


async def test_what_is_near_the_last_place_is_left_to_a_reader_where_a_place_was_changed(scene: Scene) -> None:
    person, places = await scene.person(), Places()
    asked = {"person_id": person, "places": places, "now": NOW}
    await scene.do(find.look_from, person_id=person, places=places, point=HERE)
    await add(scene, 1)
    stale = await scene.store.write(find.near_last, **asked)
    assert stale.found is None
    assert len(places) == 0
    assert ids(await around(scene, places, stale.point)) == [1]
    assert ids((await scene.store.write(find.near_last, **asked)).found) == [1]


async def test_bad_places_change_nothing(scene: Scene) -> None:
    person = await scene.person()
    for point in ((0.0, 0.0), (91.0, 0.0), (float("nan"), 1.0)):
        with pytest.raises(BadPlace):
            await scene.do(find.look_from, person_id=person, places=Places(), point=point)
    assert await _count(scene, LastPlace) == 0


async def test_the_last_place_is_one_row_whoever_looks_for_what(scene: Scene) -> None:
    person = await scene.person()
    await scene.do(whereabouts.note, person_id=person, point=HERE)
    here = Place(*county.IN_B1, PlaceSource.PIN)
    await scene.do(listing.look_from, person_id=person, place=here, now=NOW + EDIT)
    assert await scene.store.read(whereabouts.last, person_id=person) == (county.IN_B1, NOW + EDIT)
    assert await _count(scene, LastPlace) == 1


async def test_one_that_is_removed_is_gone(scene: Scene) -> None:
    person, place = await scene.person(), await add(scene, 1)
    asked: dict[str, Any] = {"person_id": person, "place_id": place, "now": NOW}
    assert (await scene.store.read(stations.station, **asked)).metres is None
    await scene.do(whereabouts.note, person_id=person, point=HERE)
    found = await scene.store.read(stations.station, **asked)
    assert found.metres == pytest.approx(distance.metres(HERE, found.place.point), abs=0.5)
    await scene.store.write(places_made.remove, place_id=place)
    with pytest.raises(PlaceGone):
        await scene.store.read(stations.station, **asked)


# -- drafts --


async def test_a_draft_of_a_place_alone_is_over_and_one_with_more_stays(scene: Scene) -> None:
    person = await scene.person()
    await scene.take(person, HERE)
    left = await scene.do(find.from_draft, person_id=person, card_id=7)
    assert left == find.Left(is_over=True, is_live=False)
    assert await _count(scene, Draft) == 0
    assert await scene.store.read(whereabouts.last, person_id=person) == (HERE, NOW)
    again = await scene.do(find.from_draft, person_id=person, card_id=7)
    assert again == find.Left(is_over=True, is_live=False)

    for part in (scene.photo(), "water on the road"):
        other = await scene.person()
        outcome = await scene.take(other, county.OUTSIDE, part)
        assert outcome.draft is not None
        left = await scene.do(find.from_draft, person_id=other, card_id=7)
        assert left.is_over is False
    assert await _count(scene, Draft) == 2
    with pytest.raises(NothingToAdd):
        await scene.do(find.from_draft, person_id=await scene.person(), card_id=7)


async def test_words_are_free_only_where_nothing_is_open(scene: Scene) -> None:
    reporter, officer = await scene.person(), await scene.officer()

    async def free(person: int, now: datetime = NOW) -> bool:
        return await scene.store.read(intake.is_free, person_id=person, now=now)

    assert await free(reporter)
    await scene.take(reporter, scene.photo())
    assert not await free(reporter)
    assert await free(reporter, NOW + timedelta(days=1)), "nobody goes on with that draft"
    await scene.take(reporter, HERE)
    assert not await free(reporter), "it may be about what was just filed"
    assert await free(reporter, NOW + timedelta(minutes=5))
    await scene.accepted(await scene.person(), officer)
    assert not await free(officer), "it may be for the reporter"


# -- cards that follow --


async def following(scene: Scene, *, until: timedelta = timedelta(minutes=15)) -> int:
    """Somebody who rides; his card is message 20, his location message 10."""
    person = await scene.person()
    asked: dict[str, Any] = {"places": Places(), "point": HERE, "wanted": "o--"}
    await scene.do(find.look_from, person_id=person, location_id=10, until=NOW + until, **asked)
    await scene.do(live.shown, person_id=person, location_id=10, card_id=20)
    return person


async def move(scene: Scene, person: int, after: timedelta, *, to: Any = county.IN_B1, of: int = 10) -> None:
    until = NOW + timedelta(hours=1)
    await scene.do(live.move, person_id=person, location_id=of, point=to, until=until, now=NOW + after)


async def edits(scene: Scene) -> list[timedelta]:
    """When the edits of the card that wait are due."""
    waiting = [row for row in await scene.outbox() if row.state is OutboxState.AVAILABLE]
    assert {row.message for row in waiting} <= {Message.LIVE_PLACES}
    return [row.due_at - NOW for row in waiting]


async def shown(scene: Scene) -> NearPlaces | None:
    """What the edit that waits would say now."""
    row = next(row for row in await scene.outbox() if row.state is OutboxState.AVAILABLE)
    said = (row.id, row.person_id, 5001, row.message, None, row.facts, row.urgency, row.made_at, 0, ())
    brief = await scene.store.read(outgoing.load, claimed=Claimed(*said), now=row.due_at)
    assert brief is not None
    return brief.around


async def test_a_move_soon_after_an_edit_is_shown_when_that_is_old_enough_and_stands_for_all_before(
    scene: Scene,
) -> None:
    person = await following(scene)
    await add(scene, 1)
    await add(scene, 2, at=county.IN_B1)
    second = timedelta(seconds=1)
    for after, to in ((second, HERE), (EDIT - second, county.IN_B1)):
        await move(scene, person, after, to=to)
        assert await edits(scene) == [EDIT]
    found = await shown(scene)
    assert found is not None
    assert [one.place.id for one in found.places] == [2, 1], "from where he stopped"
    assert await scene.deliver(now=NOW + EDIT - second) == []
    assert len(await scene.deliver(now=NOW + EDIT)) == 1
    await move(scene, person, EDIT + second)
    assert await edits(scene) == [2 * EDIT]
    assert len([row for row in await scene.outbox() if row.message is Message.LIVE_PLACES]) == 1, "older ones go"
    await scene.deliver(now=NOW + 2 * EDIT)
    await move(scene, person, 4 * EDIT)
    assert await edits(scene) == [4 * EDIT], "at once"


async def test_a_move_while_an_edit_is_under_way_has_one_of_its_own(scene: Scene) -> None:
    """What is being sent may have been put into words before it."""
    person = await following(scene)
    await move(scene, person, EDIT)
    claimed = await scene.store.write(outbox.claim, now=NOW + EDIT)
    second = timedelta(seconds=1)
    await move(scene, person, EDIT + second)
    assert await edits(scene) == [2 * EDIT + second]
    sent = [Settlement(one.id, OutboxState.DELIVERED, sent=(20,)) for one in claimed]
    await scene.do(delivery.settle, settlements=sent, now=NOW + 2 * EDIT)
    assert await edits(scene) == [3 * EDIT], "it took long, and the next one is as far from it as any"


async def test_where_a_location_ended_is_shown_and_then_nothing_follows(scene: Scene) -> None:
    person = await following(scene)
    last = {"person_id": person, "location_id": 10, "point": county.IN_B1, "until": None}
    await scene.do(live.move, now=NOW + timedelta(seconds=2), **last)
    assert await scene.store.read(live.followed, person_id=person, now=NOW + timedelta(seconds=2)) is None
    assert await edits(scene) == [EDIT]
    assert await shown(scene) is not None
    await scene.deliver(now=NOW + EDIT)
    assert await _count(scene, LiveCard) == 0


async def test_what_is_chosen_on_the_card_stays_while_riding(scene: Scene) -> None:
    person = await following(scene)
    await scene.do(live.choose, person_id=person, card_id=20, wanted="od--", page=2)
    await scene.do(live.choose, person_id=person, card_id=21, wanted="e--", page=0)
    await move(scene, person, EDIT)
    assert await scene.store.read(live.follows, person_id=person, card_id=20) == live.Follows("od--", 2)
    found = await shown(scene)
    assert found is not None
    assert (found.wanted, found.page) == (Wanted.unpack("od--", kinds={}), 2)


async def test_a_card_follows_no_other_location_and_none_that_is_over(scene: Scene) -> None:
    person = await following(scene)
    await move(scene, person, EDIT, of=11)
    await move(scene, person, EDIT, to=(0.0, 0.0))
    assert await scene.store.read(whereabouts.last, person_id=person) == (HERE, NOW)
    await move(scene, person, timedelta(minutes=15))
    assert await _count(scene, LiveCard) == 0
    await move(scene, await scene.person(), EDIT)
    assert await edits(scene) == []


async def test_a_location_that_is_live_for_ever_is_followed_for_some_hours(scene: Scene) -> None:
    person = await following(scene, until=timedelta(days=365))
    assert await scene.store.read(live.followed, person_id=person, now=NOW + timedelta(hours=1)) == 10
    assert await scene.store.read(live.followed, person_id=person, now=NOW + live.LONGEST) is None


async def test_nothing_is_edited_before_the_card_is_sent_or_after_it_is_gone(scene: Scene) -> None:
    person = await scene.person()
    asked: dict[str, Any] = {"places": Places(), "point": HERE, "until": NOW + timedelta(hours=1)}
    await scene.do(find.look_from, person_id=person, location_id=10, **asked)
    await move(scene, person, EDIT)
    assert await edits(scene) == []
    sent = {"person_id": person, "location_id": 10, "card_id": 20}
    await scene.do(live.shown, now=NOW + EDIT, **sent)
    assert await edits(scene) == [EDIT], "he has moved while it was sent"
    await scene.store.write(live.forget, person_id=person, card_id=19)
    assert await _count(scene, LiveCard) == 1
    claimed = await scene.store.write(outbox.claim, now=NOW + EDIT)
    gone = [Settlement(one.id, OutboxState.CANCELLED, is_gone=True) for one in claimed]
    await scene.do(delivery.settle, settlements=gone, now=NOW + EDIT)
    assert await _count(scene, LiveCard) == 0


async def test_the_location_of_a_draft_is_the_one_that_moves_next(scene: Scene) -> None:
    person = await scene.person()
    await scene.take(person, Place(*HERE, PlaceSource.LIVE))
    assert (await scene.do(find.from_draft, person_id=person, card_id=20)).is_live
    await move(scene, person, EDIT, of=33)
    await move(scene, person, 2 * EDIT, of=34)
    assert await edits(scene) == [EDIT]
    assert await scene.store.read(live.followed, person_id=person, now=NOW + EDIT) == 33


async def _count(scene: Scene, table: type) -> int:
    def count(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    return await scene.store.read(count)
