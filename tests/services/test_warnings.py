"""Warnings of heat, cold, typhoon and flood: who gets them, once; how far they are; what stops them."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services import outgoing
from services.errors import NotAllowed, NoWords, WordsTooLong
from services.places import areas, warnings
from services.places.errors import (
    NobodyToWarn,
    WarnedLately,
    WarningAmbiguous,
    WarningFar,
    WarningNowhere,
    WarningOver,
)
from services.places.warnings import EVERYWHERE, Wanted
from storage import outbox
from storage.kinds import Deed, Language, Message, OutboxState, ReporterKind, Role, Urgency
from storage.outbox import Claimed, Settlement
from storage.places_kinds import PlaceState, WarningKind
from storage.records import Brief
from storage.schema import AuditLine, OutboxMessage, Person, PlaceWarning
from storage.warning_records import Area, WarningRecord
from tests import county
from tests.moment import NOW
from tests.services.places import add_place, was_at
from tests.services.scene import Here, Scene

HEAT, FLOOD = WarningKind.HEAT, WarningKind.FLOOD
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GRIDS = Area(grid_codes=("A-01",))


async def rider(scene: Scene, at: Here | None = None, *, ago: timedelta = MINUTE, **how: Any) -> int:
    person = await scene.person(kind=ReporterKind.RIDER, **how)
    if at is not None:
        await scene.store.write(was_at, person_id=person, at=at, when=NOW - ago)
    return person


async def admin(scene: Scene) -> int:
    return await scene.person("Admin", roles=(Role.ADMIN,))


async def place(scene: Scene, code: str, at: Here, **how: Any) -> int:
    made: int = await scene.store.write(add_place, code=code, at=at, **how)
    return made


async def send(
    scene: Scene, by: int, area: Area = EVERYWHERE, *, kind: WarningKind = HEAT, **how: Any
) -> WarningRecord:
    how = {"is_again": False, "words": "", **how}
    wanted = Wanted(kind, area, how.pop("words"))
    return await scene.do(warnings.send, person_id=by, wanted=wanted, message_id=77, county=scene.county, **how)


async def copies(scene: Scene) -> list[OutboxMessage]:
    return [row for row in await scene.outbox() if row.message is Message.WARNING]


async def who(scene: Scene, area: Area) -> list[int]:
    return await scene.store.read(areas.riders, area=area, county=scene.county, now=NOW)


# -- where, and who is there --


async def test_the_whole_county_is_all_riders_and_nobody_else(scene: Scene) -> None:
    anywhere, here = await rider(scene), await rider(scene, county.IN_A1)
    await scene.person(kind=ReporterKind.RESIDENT)
    await scene.person(kind=None)
    gone = await rider(scene)
    await scene.store.write(lambda session: setattr(session.get_one(Person, gone), "is_reachable", False))
    assert await who(scene, EVERYWHERE) == [anywhere, here]


async def test_in_grids_are_those_who_were_there_within_a_day(scene: Scene) -> None:
    here = await rider(scene, county.IN_A1)
    await rider(scene, county.IN_A2)
    await rider(scene)
    late = await rider(scene, county.IN_A1, ago=timedelta(hours=23, minutes=59))
    await rider(scene, county.IN_A1, ago=timedelta(hours=24))
    assert await who(scene, GRIDS) == [here, late]
    on_the_border = await rider(scene, county.ON_BORDER_A1_A2)
    assert on_the_border in await who(scene, GRIDS)
    assert on_the_border not in await who(scene, Area(grid_codes=("A-02",)))


async def test_near_places_is_by_metres(scene: Scene) -> None:
    latitude, longitude = county.IN_A1
    one = await place(scene, "S-1", county.IN_A1)
    inside = await rider(scene, (latitude + 0.0045, longitude))  # 498 m
    beyond = await rider(scene, (latitude + 0.0046, longitude))  # 509 m
    east = await rider(scene, (latitude, longitude + 0.00496))  # 499 m
    await rider(scene, (latitude + 0.0033, longitude + 0.0036))  # 514 m, across
    assert await who(scene, Area(place_ids=(one,), metres=500)) == [inside, east]
    assert await who(scene, Area(place_ids=(one,), metres=510)) == [inside, beyond, east]
    far = await rider(scene, county.IN_B1)
    assert await who(scene, Area(("B-01",), (one,), 500)) == [inside, east, far]


READ: list[tuple[str, Sequence[str], Sequence[str], int]] = [
    ("A-01", ["A-01"], [], 0),
    ("a-01，B-01", ["A-01", "B-01"], [], 0),
    ("A-01 b-01", ["A-01", "B-01"], [], 0),
    ("Grid A-02", ["A-02"], [], 0),
    ("alpha", ["A-01", "A-02"], [], 0),
    ("Town", ["A-01", "A-02", "B-01", "B-02"], [], 0),
    ("s-1", [], ["S-1"], 1000),
    ("图书馆驿站", [], ["S-1"], 1000),
    ("图书馆", [], ["S-1"], 1000),
    ("图书馆驿站、河边驿站 500米", [], ["S-1", "S-2"], 500),
    ("图书馆附近1.5公里以内", [], ["S-1"], 1500),
    ("library station within 2 km", [], ["S-1"], 2000),
    ("Ｓ－１；500ｍ", [], ["S-1"], 500),
    ("S-1, Beta 500 m", ["B-01", "B-02"], ["S-1"], 500),
    ("A-01\nS-2", ["A-01"], ["S-2"], 1000),
]


@pytest.mark.parametrize(("text", "grids", "places", "metres"), READ, ids=[one[0] for one in READ])
async def test_what_people_type_is_understood(
    scene: Scene, text: str, grids: Sequence[str], places: Sequence[str], metres: int
) -> None:
    ids = {
        "S-1": await place(scene, "S-1", county.IN_A1, name="图书馆驿站", name_en="Library Station"),
        "S-2": await place(scene, "S-2", county.IN_A2, name="河边驿站", name_en=""),
    }
    found = await scene.store.read(areas.read, text=text)
    assert found == Area(tuple(grids), tuple(ids[one] for one in places), metres)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NoWords),
        (" , ", NoWords),
        ("500 m", NoWords),
        ("Atlantis", WarningNowhere),
        ("A-01, Atlantis", WarningNowhere),
        ("驿站", WarningAmbiguous),
        ("S-1 20 m", WarningFar),
        ("S-1 90 km", WarningFar),
        ("<b>", WarningNowhere),
    ],
)
async def test_what_nobody_can_mean_is_refused(scene: Scene, text: str, error: type[Exception]) -> None:
    await place(scene, "S-1", county.IN_A1)
    await place(scene, "S-2", county.IN_A2)
    with pytest.raises(error):
        await scene.store.read(areas.read, text=text)


async def test_the_preview_says_how_many_and_what_is_open_there(scene: Scene) -> None:
    by, _ = await admin(scene), await rider(scene, county.IN_A1)
    here = await place(scene, "S-1", county.IN_A1)
    await place(scene, "S-2", county.IN_B1)
    found = await scene.store.read(
        warnings.preview, person_id=by, wanted=Wanted(HEAT, GRIDS), county=scene.county, now=NOW
    )
    assert (found.recipients, found.open_places, found.before) == (1, 1, None)
    assert [one.id for one in found.shelters] == [here]


# -- sent once --


async def test_each_gets_one_copy_behind_all_that_is_personal(scene: Scene) -> None:
    by, one, other = await admin(scene), await rider(scene), await rider(scene)
    sent = await send(scene, by, words="Stay home")
    rows = await copies(scene)
    assert [row.person_id for row in rows] == [one, other]
    assert {row.warning_id for row in rows} == {sent.id}
    assert {row.urgency for row in rows} == {Urgency.BROADCAST}
    assert max(Urgency) is Urgency.BROADCAST
    assert (sent.recipients, sent.sent, sent.failed, sent.left) == (2, 0, 0, 2)
    (line,) = [one for one in await scene.rows(AuditLine) if one.deed is Deed.WARNING_SENT]
    assert (line.by_id, line.facts["recipients"], line.facts["words"]) == (by, 2, "Stay home")


async def test_only_administrators_warn_look_and_stop(scene: Scene) -> None:
    by, somebody = await admin(scene), await rider(scene)
    sent = await send(scene, by)
    for role in Role:
        other = somebody if role is Role.ADMIN else await scene.person(roles=(role,))
        with pytest.raises(NotAllowed):
            await send(scene, other, is_again=True)
        with pytest.raises(NotAllowed):
            await scene.do(warnings.stop, warning_id=sent.id, person_id=other)
        with pytest.raises(NotAllowed):
            await scene.store.read(warnings.going_out, person_id=other)
        with pytest.raises(NotAllowed):
            await scene.store.read(warnings.preview, person_id=other, wanted=Wanted(HEAT), county=scene.county, now=NOW)
    assert len(await copies(scene)) == 1


async def test_where_nobody_is_nothing_is_sent(scene: Scene) -> None:
    with pytest.raises(NobodyToWarn):
        await send(scene, await admin(scene), GRIDS)
    assert await scene.rows(PlaceWarning) == []


async def test_the_same_kind_within_an_hour_is_asked_about_once_more(scene: Scene) -> None:
    by, other, _ = await admin(scene), await admin(scene), await rider(scene)
    await send(scene, by)
    with pytest.raises(WarnedLately):
        await send(scene, other, now=NOW + HOUR - MINUTE)
    await send(scene, other, kind=FLOOD)
    await send(scene, other, is_again=True)
    await send(scene, by, now=NOW + 2 * HOUR)
    assert len(await scene.rows(PlaceWarning)) == 4


async def test_two_administrators_at_once_send_one(scene: Scene) -> None:
    admins, _ = [await admin(scene) for _ in range(5)], await rider(scene)
    ended = await asyncio.gather(*(send(scene, one) for one in admins), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["WarnedLately"] * 4 + ["WarningRecord"]
    assert len(await copies(scene)) == 1


@pytest.mark.parametrize(("words", "error"), [(" \u202e", NoWords), ("x" * 1001, WordsTooLong)])
def test_words_are_read_with_care(words: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        warnings.read_words(words)


def _many(session: Session, *, count: int) -> None:
    same = {"language": Language.ZH, "kind": ReporterKind.RIDER, "joined_at": NOW, "is_reachable": True}
    same |= {"was_asked_kind": False, "on_duty": True, "name": "Wang"}
    session.execute(insert(Person), [{"telegram_id": 10_000 + at, **same} for at in range(count)])
    ids = session.scalars(select(Person.id).where(Person.kind == ReporterKind.RIDER)).all()
    for person_id in ids:
        was_at(session, person_id=person_id, at=county.IN_A1)


async def test_five_thousand_get_it_in_one_transaction(scene: Scene) -> None:
    by = await admin(scene)
    await scene.store.write(_many, count=5000)
    sent = await send(scene, by, GRIDS)
    assert sent.recipients == len({row.person_id for row in await copies(scene)}) == 5000


# -- what a copy says when it goes --


async def load(scene: Scene, row: OutboxMessage, *, now: Any = NOW) -> Brief | None:
    claimed = Claimed(row.id, row.person_id, 101, row.message, None, row.facts or {}, row.urgency, row.made_at, 0, ())
    return await scene.store.read(outgoing.load, claimed=claimed, now=now)


async def test_a_copy_names_what_is_open_near_its_reader_nearest_first(scene: Scene) -> None:
    by, latitude, longitude = await admin(scene), *county.IN_A1
    near = [await place(scene, f"S-{at}", (latitude + 0.001 * (at + 1), longitude)) for at in reversed(range(7))][::-1]
    await place(scene, "shut", county.IN_A1, hours="08:00-09:00")
    await place(scene, "closed", county.IN_A1, state=PlaceState.CLOSED)
    await place(scene, "full", county.IN_A1, state=PlaceState.FULL)
    await place(scene, "doubtful", county.IN_A1, doubts=2)
    await place(scene, "no seat", county.IN_A1, facilities=("parking",))
    await place(scene, "broken", county.IN_A1, facilities=("rest",), broken=("rest",))
    over = await place(scene, "was closed", county.IN_A1, state=PlaceState.CLOSED, state_until=NOW - MINUTE)
    await rider(scene, county.IN_A1)
    await send(scene, by, GRIDS)
    brief = await load(scene, (await copies(scene))[0])
    assert brief is not None
    assert [one.id for one in brief.shelters] == [over, *near[:4]]
    assert [one.metres for one in brief.shelters[:2]] == [0, 111]


async def test_who_was_nowhere_lately_reads_no_places(scene: Scene) -> None:
    by, _, _ = await admin(scene), await rider(scene), await rider(scene, county.IN_A1, ago=timedelta(days=2))
    await place(scene, "S-1", county.IN_A1)
    await send(scene, by)
    for row in await copies(scene):
        brief = await load(scene, row)
        assert brief is not None
        assert brief.shelters == ()


async def test_a_nearer_one_beyond_the_side_comes_before_one_in_the_corner(scene: Scene) -> None:
    by, (latitude, longitude) = await admin(scene), county.IN_A1
    near = [await place(scene, f"S-{at}", county.IN_A1) for at in range(4)]
    await place(scene, "corner", (latitude + 0.029, longitude + 0.032))  # 4.5 km
    beyond = await place(scene, "beyond", (latitude + 0.031, longitude))  # 3.4 km
    await rider(scene, county.IN_A1)
    await send(scene, by)
    brief = await load(scene, (await copies(scene))[0])
    assert brief is not None
    assert [one.id for one in brief.shelters] == [*near, beyond]


async def test_what_is_far_is_found_too_and_what_is_very_far_is_not(scene: Scene) -> None:
    by, (latitude, longitude) = await admin(scene), county.IN_A1
    far = await place(scene, "S-1", (latitude + 0.1, longitude))
    await place(scene, "S-2", (latitude + 1, longitude))
    await rider(scene, county.IN_A1)
    await send(scene, by)
    brief = await load(scene, (await copies(scene))[0])
    assert brief is not None
    assert [one.id for one in brief.shelters] == [far]


async def test_nobody_is_sent_into_the_water(scene: Scene) -> None:
    by, (latitude, longitude) = await admin(scene), county.IN_A1
    inside = await place(scene, "S-1", county.IN_A1)
    border = await place(scene, "S-2", county.ON_BORDER_A1_A2)
    beside = await place(scene, "S-3", county.IN_A2)
    near = await place(scene, "S-4", (latitude + 0.004, longitude))
    await rider(scene, county.IN_A1)
    await send(scene, by, GRIDS, kind=FLOOD)
    brief = await load(scene, (await copies(scene))[0])
    assert brief is not None
    assert [one.id for one in brief.shelters] == [beside]
    wanted = Wanted(FLOOD, Area(place_ids=(inside,), metres=500))
    found = await scene.store.read(warnings.preview, person_id=by, wanted=wanted, county=scene.county, now=NOW)
    assert {one.id for one in found.shelters} == {border, beside}
    await send(scene, by, Area(("A-02",), (inside,), 500), kind=FLOOD, is_again=True)
    brief = await load(scene, (await copies(scene))[-1])
    assert brief is not None
    assert [one.id for one in brief.shelters] == []
    await send(scene, by, GRIDS, kind=HEAT)
    brief = await load(scene, (await copies(scene))[-1])
    assert brief is not None
    assert [one.id for one in brief.shelters] == [inside, near, border, beside]
    await send(scene, by, kind=FLOOD, is_again=True)  # out of the county nobody rides
    brief = await load(scene, (await copies(scene))[-1])
    assert brief is not None
    assert len(brief.shelters) == 4


async def test_what_would_come_hours_late_is_not_said(scene: Scene) -> None:
    by, _ = await admin(scene), await rider(scene)
    await send(scene, by)
    (row,) = await copies(scene)
    assert await load(scene, row, now=NOW + 6 * HOUR) is not None
    assert await load(scene, row, now=NOW + 6 * HOUR + MINUTE) is None


# -- how far it is --


async def progress(scene: Scene) -> list[OutboxMessage]:
    return [row for row in await scene.outbox() if row.message is Message.WARNING_PROGRESS]


async def settle(scene: Scene, *states: OutboxState, message: Message = Message.WARNING) -> None:
    """The first that wait end so."""
    rows = [row for row in await scene.outbox() if row.message is message and row.state is OutboxState.AVAILABLE]

    def end(session: Session) -> None:
        for row, state in zip(rows, states, strict=False):
            session.get_one(OutboxMessage, row.id).state = OutboxState.CLAIMED
            outbox.settle(session, settlements=[Settlement(row.id, state)], now=NOW)

    await scene.store.write(end)


async def test_its_sender_sees_how_far_it_is_when_that_changes(scene: Scene) -> None:
    by = await admin(scene)
    for _ in range(4):
        await rider(scene)
    sent = await send(scene, by)
    assert await scene.do(warnings.tick) == 1
    assert await progress(scene) == []  # nothing has changed
    await settle(scene, OutboxState.DELIVERED, OutboxState.DISCARDED)
    for _ in range(3):
        await scene.do(warnings.tick)
    (edit,) = await progress(scene)  # one that waits says all that is then true
    assert (edit.person_id, edit.facts) == (by, {"warning": sent.id, "edits": 77})
    assert edit.urgency is Urgency.LOW
    brief = await load(scene, edit)
    assert brief is not None
    assert brief.warning is not None
    assert (brief.warning.sent, brief.warning.failed, brief.warning.left) == (1, 1, 2)
    await settle(scene, OutboxState.DELIVERED, OutboxState.DELIVERED)
    await scene.do(warnings.tick)
    assert len(await progress(scene)) == 1
    assert (await scene.rows(PlaceWarning))[0].ended_at is None
    await settle(scene, OutboxState.DELIVERED, message=Message.WARNING_PROGRESS)
    await scene.do(warnings.tick)
    assert len(await progress(scene)) == 2
    assert (await scene.rows(PlaceWarning))[0].ended_at == NOW
    assert await scene.do(warnings.tick) == 0
    assert await scene.store.read(warnings.going_out, person_id=by) == []


async def test_stopped_nothing_more_goes_out_and_what_is_claimed_is_not_said(scene: Scene) -> None:
    by, other = await admin(scene), await admin(scene)
    for _ in range(4):
        await rider(scene)
    sent = await send(scene, by)
    await settle(scene, OutboxState.DELIVERED)
    (claimed, *_) = await scene.store.write(outbox.claim, now=NOW, most=1)
    assert [one.id for one in await scene.store.read(warnings.going_out, person_id=other)] == [sent.id]
    stopped = await scene.do(warnings.stop, warning_id=sent.id, person_id=other)
    assert (stopped.sent, stopped.left, stopped.dropped) == (1, 1, 2)
    assert await scene.store.read(outgoing.load, claimed=claimed, now=NOW) is None
    await scene.store.write(outbox.settle, settlements=[Settlement(claimed.id, OutboxState.CANCELLED)], now=NOW)
    await scene.do(warnings.tick)
    (warning,) = await scene.rows(PlaceWarning)
    assert warning.ended_at == NOW
    with pytest.raises(WarningOver):
        await scene.do(warnings.stop, warning_id=sent.id, person_id=by)
    assert [line.by_id for line in await scene.rows(AuditLine) if line.deed is Deed.WARNING_STOPPED] == [other]


async def test_what_is_done_cannot_be_stopped(scene: Scene) -> None:
    by, _ = await admin(scene), await rider(scene)
    sent = await send(scene, by)
    await settle(scene, OutboxState.DELIVERED)
    for warning_id in (sent.id, 999):
        with pytest.raises(WarningOver):
            await scene.do(warnings.stop, warning_id=warning_id, person_id=by)


async def test_stopping_beside_a_relay_leaves_nothing_in_between(scene: Scene) -> None:
    by = await admin(scene)
    await scene.store.write(_many, count=200)
    sent = await send(scene, by)
    *claims, stopped = await asyncio.gather(
        *(scene.store.write(outbox.claim, now=NOW, most=16) for _ in range(5)),
        scene.do(warnings.stop, warning_id=sent.id, person_id=by),
    )
    claimed = {one.id for some in claims for one in some}
    states = {row.id: row.state for row in await copies(scene)}
    assert {one for one, state in states.items() if state is OutboxState.CLAIMED} == claimed
    assert set(states.values()) <= {OutboxState.CLAIMED, OutboxState.CANCELLED}
    assert stopped.left <= len(claimed)


async def test_who_got_it_is_forgotten_a_day_after_its_end_and_the_counts_stay(scene: Scene) -> None:
    by, _, _ = await admin(scene), await rider(scene), await rider(scene)
    sent = await send(scene, by)
    await settle(scene, OutboxState.DELIVERED, OutboxState.DISCARDED)
    await scene.do(warnings.tick)
    await settle(scene, OutboxState.DELIVERED, message=Message.WARNING_PROGRESS)
    await send(scene, by, kind=FLOOD)
    assert await scene.do(warnings.forget, now=NOW + 24 * HOUR - MINUTE) == 0
    assert await scene.do(warnings.forget, now=NOW + 24 * HOUR) == 2
    assert {row.warning_id for row in await copies(scene)} == {sent.id + 1}
    record = await scene.store.read(warnings.load, warning_id=sent.id)
    assert (record.recipients, record.sent, record.failed, record.left) == (2, 1, 1, 0)
    assert await scene.do(warnings.forget, now=NOW + 24 * HOUR) == 0
