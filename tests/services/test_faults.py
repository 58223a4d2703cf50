"""What is broken at a place becomes a report like any other, and the place shows it until that has ended."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services import again, dispatch, escalation, fairness, lifecycle, merging, suspensions, verdicts, withdrawing
from services.errors import FollowsAlready, ReportsNothing
from services.places import faults, left_faults, states
from services.places.errors import NoSuchFacility, NotKeeper, PlaceGone, PlaceOutside
from storage import conversations
from storage.conversations import DialogKey
from storage.kinds import EventKind, Message, PlaceSource, Status
from storage.place_records import DoubtRecord
from storage.places_kinds import Freshness, Voice, Wrong
from storage.schema import Attachment, Follower, Person, PlaceFault, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.stations import Stations, remove_place


@pytest.fixture
def places(scene: Scene) -> Stations:
    return Stations(scene)


async def close(places: Stations, report_id: int) -> None:
    """Nobody objected."""

    def agree(session: Session, *, now: datetime) -> None:
        escalation.close(session, lifecycle.load(session, report_id), now=now)

    await places.scene.do(agree)


async def test_what_is_broken_is_reported_to_the_officer_and_the_keepers(places: Stations) -> None:
    officer, place = await places.scene.officer("A-01"), await places.place()
    keeper, visitor = await places.keeper(place), await places.scene.person()
    begun = await places.fault(visitor, place, photo=places.scene.photo(caption="No light on it"))
    assert begun.is_new
    report = await places.scene.report(begun.report_id)
    assert (report.category, report.reporter_id, report.is_urgent) == ("facility", visitor, False)
    assert (report.latitude, report.longitude) == county.IN_A1
    assert (report.place_source, report.place_name) == (PlaceSource.VENUE, "府前1号驿站 · Station 1 at Fuqian")
    assert report.words == "充电坏了 · Charging does not work\nNo light on it"
    assert await places.scene.asked(report.id) == {officer}
    assert [(one.report_id, one.person_id) for one in await places.scene.rows(Attachment)] == [(report.id, visitor)]
    told = {(row.person_id, row.message) for row in await places.scene.outbox()}
    assert told == {(officer, Message.ALERT), (visitor, Message.RECEIPT), (keeper, Message.PLACE_FAULT)}
    assert await places.broken(place) == {"charging": report.id}
    one = next(one for one in (await places.record(place)).facilities if one.code == "charging")
    assert (one.changed_at, one.changed_by) == (NOW, Voice.VISITOR)


async def test_without_a_photo_it_is_a_report_too_and_a_fire_is_a_fire(places: Stations) -> None:
    place, visitor = await places.place(), await places.scene.person()
    await places.scene.officer("A-01")
    begun = await places.fault(visitor, place, words="It smokes, fire")
    report = await places.scene.report(begun.report_id)
    assert (report.category, report.is_urgent) == ("fire", True)
    assert await places.broken(place) == {"charging": report.id}


async def test_a_dead_socket_is_no_exposed_wire_and_one_that_sparks_is(places: Stations) -> None:
    place, visitor = await places.place(), await places.scene.person()
    await places.scene.officer("A-01")
    dead = await places.scene.report((await places.fault(visitor, place, words="插座没电")).report_id)
    assert (dead.category, dead.is_urgent) == ("facility", False)
    place = await places.place()
    sparks = await places.scene.report((await places.fault(visitor, place, words="插座冒火花")).report_id)
    assert (sparks.category, sparks.is_urgent) == ("exposed_wire", True)


async def test_what_a_keeper_calls_broken_is_shown_and_reported_at_once_and_again_as_the_same(places: Stations) -> None:
    place = await places.place()
    keeper = await places.keeper(place)
    await places.scene.officer("A-01")

    async def says_broken() -> faults.Begun:
        what = {"person_id": keeper, "place_id": place, "facility": "charging", "county": places.scene.county}
        said: faults.Begun = await places.scene.do(faults.say_broken, **what, now=NOW)
        return said

    begun = await says_broken()
    assert (begun.is_new, await places.broken(place)) == (True, {"charging": begun.report_id})
    works = {"person_id": keeper, "place_id": place, "facility": "charging", "works": True}
    await places.scene.do(states.say_facility, **works, now=NOW)
    assert await places.broken(place) == {}
    assert await says_broken() == faults.Begun(begun.report_id, is_new=False)
    assert await places.broken(place) == {"charging": begun.report_id}
    stranger = await places.scene.person()
    what = {"place_id": place, "facility": "charging", "county": places.scene.county}
    with pytest.raises(NotKeeper):
        await places.scene.do(faults.say_broken, person_id=stranger, **what)


async def test_a_keeper_who_reports_is_not_told_what_he_reported(places: Stations) -> None:
    place = await places.place()
    keeper, other = await places.keeper(place), await places.keeper(place)
    await places.fault(keeper, place)
    assert await places.told(Message.PLACE_FAULT) == [other]
    one = next(one for one in (await places.record(place)).facilities if one.code == "charging")
    assert one.changed_by is Voice.KEEPER


async def test_who_reports_the_same_follows_the_first_report(places: Stations) -> None:
    place = await places.place()
    first, second, third = [await places.scene.person(name) for name in ("A", "B", "C")]
    report = (await places.fault(first, place)).report_id
    assert (
        await places.scene.store.read(faults.known, place_id=place, facility="charging", county=places.scene.county)
        == report
    )
    begun = await places.fault(second, place, photo=places.scene.photo(), words="Still dead")
    assert (begun.report_id, begun.is_new) == (report, False)
    begun = await places.fault(third, place)
    assert (begun.report_id, begun.is_new) == (report, False)
    assert len(await places.scene.rows(Report)) == 1
    assert {row.person_id for row in await places.scene.rows(Follower)} == {second, third}
    assert [row.report_id for row in await places.scene.rows(Attachment)] == [report]
    assert "Still dead" in ((await places.scene.report(report)).words or "")
    for who in (first, third):
        with pytest.raises(FollowsAlready):
            await places.fault(who, place)
    begun = await places.fault(first, place, words="And it sparks no more")
    assert not begun.is_new
    assert (await places.scene.report(report)).affected == 3
    assert (await places.fault(second, place, "water")).is_new


async def test_what_cannot_be_reported_there(places: Stations) -> None:
    visitor = await places.scene.person()
    outside = await places.place(latitude=county.OUTSIDE[0], longitude=county.OUTSIDE[1])
    place, removed = await places.place(), await places.place()
    await places.scene.do(remove_place, place_id=removed)
    for where, facility, error in (
        (outside, "water", PlaceOutside),
        (removed, "water", PlaceGone),
        (place + 100, "water", PlaceGone),
        (place, "toilet", NoSuchFacility),
    ):
        with pytest.raises(error):
            await places.fault(visitor, where, facility)
        with pytest.raises(error):
            await places.scene.store.read(faults.known, place_id=where, facility=facility, county=places.scene.county)
    await places.scene.do(suspensions.begin, person_id=visitor, reports=[])
    with pytest.raises(ReportsNothing):
        await places.fault(visitor, place)
    assert await places.scene.rows(Report) == []
    assert await places.broken(place) == {}


async def test_in_no_grid_it_goes_to_the_desk(places: Stations) -> None:
    place, visitor = (
        await places.place(latitude=county.IN_GAP[0], longitude=county.IN_GAP[1]),
        await places.scene.person(),
    )
    begun = await places.fault(visitor, place)
    assert (await places.scene.report(begun.report_id)).grid_id is None


async def test_the_place_shows_it_until_the_fix_is_agreed_on(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    report = (await places.fault(visitor, place)).report_id
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.resolve(report, officer)
    assert await places.broken(place) == {"charging": report}
    await close(places, report)
    assert await places.broken(place) == {}
    one = next(one for one in (await places.record(place)).facilities if one.code == "charging")
    assert one.changed_by is Voice.OFFICER
    assert [row.fixed_at for row in await places.scene.rows(PlaceFault)] == [NOW]


async def test_what_visitors_said_of_it_is_over_when_the_fix_is_agreed_on(places: Stations) -> None:
    place = await places.place()
    await places.keeper(place)
    await places.doubted(place, Wrong.BROKEN, Wrong.BROKEN, facility="charging")
    await places.doubted(place, Wrong.CLOSED, at=NOW + timedelta(hours=1))
    officer = await places.scene.officer("A-01")
    report = (await places.fault(await places.scene.person(), place)).report_id
    await places.scene.deliver(now=NOW + timedelta(hours=2))
    assert (await places.now(place)).freshness is Freshness.DOUBTFUL
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.resolve(report, officer)
    assert (await places.now(place)).place.doubts == 3, "not all have agreed yet"
    await close(places, report)
    found = await places.now(place)
    assert found.doubts == (DoubtRecord(Wrong.CLOSED),)
    assert (found.place.doubts, found.freshness) == (1, Freshness.FRESH)
    assert len(await places.messages(Message.PLACE_SETTLED)) == 1, "who was asked sees that it is answered"


@pytest.mark.parametrize("keeper_says_so", [True, False])
async def test_withdrawn_or_rejected_it_was_only_a_visitors_word(places: Stations, keeper_says_so: bool) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    keeper = await places.keeper(place)
    taken_back = (await places.fault(visitor, place)).report_id
    rejected = (await places.fault(visitor, place, "water")).report_id
    if keeper_says_so:
        for one in ("charging", "water"):
            said = {"person_id": keeper, "place_id": place, "facility": one, "works": False}
            await places.scene.do(states.say_facility, **said)
    await places.scene.do(withdrawing.withdraw, report_id=taken_back, person_id=visitor)
    await places.scene.do(dispatch.accept, report_id=rejected, officer_id=officer)
    await places.scene.do(dispatch.reject, report_id=rejected, officer_id=officer, why="private")
    stays = {"charging": None, "water": None} if keeper_says_so else {}
    assert await places.broken(place) == stays


async def test_one_that_others_follow_goes_on_when_its_reporter_leaves(places: Stations) -> None:
    place, first, second = await places.place(), await places.scene.person(), await places.scene.person()
    report = (await places.fault(first, place)).report_id
    await places.fault(second, place)
    await places.scene.do(withdrawing.withdraw, report_id=report, person_id=first)
    assert await places.broken(place) == {"charging": report}


async def test_a_merged_report_goes_on_with_all_that_it_is_about(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    first = (await places.fault(visitor, place)).report_id
    second = (await places.fault(visitor, place, "water")).report_id
    await places.scene.do(dispatch.accept, report_id=first, officer_id=officer)
    await places.scene.do(merging.merge, report_id=second, into_id=first, officer_id=officer)
    assert await places.broken(place) == {"charging": first, "water": first}
    await places.scene.resolve(first, officer)
    await close(places, first)
    assert await places.broken(place) == {}


async def test_a_keeper_says_that_it_works_and_the_report_goes_on(places: Stations) -> None:
    place, visitor, other = await places.place(), await places.scene.person(), await places.scene.person()
    keeper = await places.keeper(place)
    report = (await places.fault(visitor, place)).report_id
    said = {"person_id": keeper, "place_id": place, "facility": "charging"}
    await places.scene.do(states.say_facility, **said, works=True)
    assert await places.broken(place) == {}
    assert (await places.scene.report(report)).status is Status.OPEN
    begun = await places.fault(other, place)  # it does not
    assert (begun.report_id, begun.is_new) == (report, False)
    assert await places.broken(place) == {"charging": report}


async def test_it_is_shown_again_when_a_report_that_was_called_false_is_true(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    lead = await places.scene.lead("A-01")
    report = (await places.fault(visitor, place)).report_id
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="It works")
    assert await places.broken(place) == {}
    await places.scene.do(fairness.dispute, report_id=report, person_id=visitor, words="It does not")
    await places.scene.do(fairness.decide_dispute, report_id=report, person_id=lead, is_false=False)
    assert EventKind.CLEARED in await places.scene.story(report)
    assert await places.broken(place) == {"charging": report}


async def test_what_broke_again_is_shown_again(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    report = (await places.fault(visitor, place)).report_id
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.resolve(report, officer)
    await close(places, report)
    assert await places.broken(place) == {}
    said = {"report_id": report, "person_id": visitor, "county": places.scene.county}
    new = await places.scene.do(again.say_again, **said)
    assert await places.broken(place) == {"charging": new}


async def test_a_lead_who_says_that_it_is_fixed_ends_it(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    lead = await places.scene.lead("A-01")
    report = (await places.fault(visitor, place)).report_id
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    for fix in range(verdicts.MOST_REOPENED + 1):
        await places.scene.resolve(report, officer)
        said = {"report_id": report, "person_id": visitor, "fix": fix, "why": "still"}
        await places.scene.do(verdicts.not_fixed, **said)
    assert await places.broken(place) == {"charging": report}
    await places.scene.do(verdicts.decide, report_id=report, lead_id=lead, is_fixed=True)
    assert await places.broken(place) == {}


async def test_two_at_once_make_one_report(places: Stations) -> None:
    import asyncio

    place = await places.place()
    people = [await places.scene.person(f"P{number}") for number in range(8)]
    begun = await asyncio.gather(*(places.fault(person, place) for person in people))
    assert sum(one.is_new for one in begun) == 1
    assert len({one.report_id for one in begun}) == 1
    assert len(await places.scene.rows(Follower)) == len(people) - 1


async def test_a_place_that_is_removed_leaves_its_report_alone(places: Stations) -> None:
    officer, place, visitor = await places.scene.officer("A-01"), await places.place(), await places.scene.person()
    report = (await places.fault(visitor, place)).report_id
    await places.scene.do(remove_place, place_id=place)
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.resolve(report, officer, now=NOW + timedelta(minutes=5))
    await close(places, report)
    assert (await places.scene.report(report)).status is Status.CLOSED


async def test_what_was_left_is_filed_once_and_what_cannot_be_holds_up_nothing(places: Stations) -> None:
    place, gone = await places.place(), await places.place()
    await places.scene.do(remove_place, place_id=gone)
    what: dict[str, Any] = {"facility": "charging", left_faults.IS_LEFT: True, left_faults.SINCE: NOW.isoformat()}
    keys = []
    for at, more in ((gone, {}), (place, {"words": "No light"}), (place, {"words": "Dead"}), (place, {})):
        await places.scene.person()
        number = max(one.telegram_id for one in await places.scene.rows(Person) if one.telegram_id is not None)
        keys.append(DialogKey(number, number))
        data = {**what, "place_id": at, **more}
        await places.scene.store.write(conversations.put, key=keys[-1], state=left_faults.DIALOG, data=data)
    assert await places.scene.do(left_faults.file, now=NOW + timedelta(minutes=9)) == 0
    while await places.scene.do(left_faults.file, now=NOW + left_faults.PATIENCE):
        pass
    (report,) = await places.scene.rows(Report)
    assert report.words == "充电坏了 · Charging does not work\nNo light\nDead"
    assert len(await places.scene.rows(Follower)) == 2
    for key in keys:
        state, data = await places.scene.store.read(conversations.get, key=key)
        assert (state, set(data)) == (left_faults.DIALOG, {"place_id", "facility", left_faults.SINCE})
