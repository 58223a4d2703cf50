"""The same picture sent twice, by whomever."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from services import briefs, media, people, proofs, same_picture
from services.errors import SameAsBefore
from services.parts import attachment_of
from services.proofs import Proof, Standing
from services.same_picture import bands, looks_alike
from storage.kinds import EventKind, Message, Stage
from storage.media import Picture
from storage.schema import Attachment, PictureBand
from storage.store import Store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from views import cases, reports
from views.texts import plain

HASH, NEARLY, OTHER = "f0e1d2c3b4a59687", "f0e1d2c3b4a59684", "0123456789abcdef"
BITS = st.integers(0, 2**64 - 1)


async def fetched(scene: Scene, looks: str, *, now: Any = NOW) -> None:
    """What waits to be fetched is, and looks like this."""
    wanted = await scene.store.write(media.claim, now=now, most=10)
    for one in wanted:
        picture = Picture("JPEG", 640, 480, looks=looks)
        await scene.do(media.stored, wanted=one, media_hash="a" * 64, picture=picture, county=scene.county, now=now)


async def noted(scene: Scene, report: int) -> list[int]:
    """The reports that are said to have the same picture."""
    return [(one.facts or {})["report"] for one in await scene.events(report) if one.kind is EventKind.SAME_PICTURE]


@given(bits=BITS, flips=st.sets(st.integers(0, 63), max_size=4))
def test_what_looks_alike_shares_a_part(bits: int, flips: set[int]) -> None:
    other = bits
    for at in flips:
        other ^= 1 << at
    one, another = f"{bits:016x}", f"{other:016x}"
    assert looks_alike(one, another)
    assert set(bands(one)) & set(bands(another))


@pytest.mark.parametrize("is_fetched_before_filing", [True, False])
async def test_the_later_report_says_which_one_has_its_picture(scene: Scene, is_fetched_before_filing: bool) -> None:
    officer = await scene.officer("B-01")
    first = await scene.file(await scene.person())
    await fetched(scene, HASH)
    rider = await scene.person()
    await scene.take(rider, scene.photo())
    if is_fetched_before_filing:
        await fetched(scene, NEARLY)
    second = (await scene.take(rider, county.IN_B1)).filed
    assert second is not None
    if not is_fetched_before_filing:
        await fetched(scene, NEARLY)
    assert await noted(scene, second) == [first]
    assert await noted(scene, first) == []
    record = await scene.store.read(briefs.describe, report_id=second, person_id=officer)
    assert record.maybe_same_id is None, "somebody else's elsewhere: no question for who reported"


async def test_ones_own_open_report_is_offered_below_the_receipt(scene: Scene) -> None:
    rider = await scene.person()
    first = await scene.file(rider)
    await fetched(scene, HASH)
    second = await scene.file(rider, at=county.IN_B1, now=NOW + timedelta(minutes=10))
    await fetched(scene, HASH, now=NOW + timedelta(minutes=10))
    record = await scene.store.read(briefs.describe, report_id=second, person_id=rider)
    assert record.maybe_same_id == first


async def test_a_fix_that_looks_like_its_hazard_says_so_to_who_judges_it_once(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report, other = await scene.accepted(rider, officer), await scene.accepted(rider, officer)
    await fetched(scene, HASH)
    await scene.resolve(other, officer)
    await fetched(scene, OTHER)
    await scene.resolve(report, officer)
    while await scene.deliver(now=NOW + timedelta(days=1)):
        pass
    since = await scene.last_said()
    await fetched(scene, NEARLY)
    await fetched(scene, NEARLY)
    kinds = [EventKind.RESOLVED, EventKind.FIX_LOOKS_SAME]
    assert [kind for kind in await scene.story(report) if kind in kinds] == kinds
    assert EventKind.FIX_LOOKS_SAME not in await scene.story(other)
    assert (rider, Message.CARD) in await scene.told(since=since)
    for person, card in ((rider, reports.resolved), (officer, cases.card)):
        me = await scene.store.read(people.load_me, person_id=person)
        for one, is_said in ((report, True), (other, False)):
            record = await scene.store.read(briefs.describe, report_id=one, person_id=person)
            shown = card(record, me, now=NOW, zone=ZoneInfo("UTC")).text
            assert (plain(me.language, "proof-looks-same") in shown) is is_said


@pytest.mark.parametrize(
    ("looks", "is_said"),
    [([NEARLY, OTHER], False), ([OTHER, NEARLY], False), ([NEARLY, None], False), ([NEARLY, HASH], True)],
)
async def test_with_one_good_picture_of_the_fix_there_is_nothing_to_say(
    scene: Scene, looks: list[str | None], is_said: bool
) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    await fetched(scene, HASH)
    photos = [attachment_of(officer, scene.photo(), stage=Stage.AFTER, now=NOW) for _ in looks]
    proof = Proof(photos, None, Standing(*county.IN_A1))
    await scene.do(proofs.resolve, report_id=report, officer_id=officer, proof=proof)
    for one in looks:
        wanted = await scene.store.write(media.claim, now=NOW, most=1)
        picture = Picture("JPEG", 640, 480, looks=one)
        about = {"media_hash": "a" * 64, "picture": picture, "county": scene.county}
        await scene.do(media.stored, wanted=wanted[0], **about)
        if one is looks[0]:
            assert EventKind.FIX_LOOKS_SAME not in await scene.story(report), "the other one is on its way"
    assert (EventKind.FIX_LOOKS_SAME in await scene.story(report)) is is_said


async def test_a_picture_of_the_hazard_shows_no_fix(scene: Scene) -> None:
    first, second = await scene.file(await scene.person()), await scene.file(await scene.person(), at=county.IN_B1)
    await fetched(scene, HASH)
    sent = (await scene.rows(Attachment))[0].file_unique_id
    for unique_id, looks in ((sent, None), ("another", NEARLY)):
        asked = {"file_unique_id": unique_id, "picture_hash": looks}
        with pytest.raises(SameAsBefore):
            await scene.store.read(same_picture.refuse_before, report_id=first, **asked)
    for report, unique_id, looks in ((first, "another", OTHER), (first, "another", None), (second, sent, None)):
        asked = {"file_unique_id": unique_id, "picture_hash": looks}
        await scene.store.read(same_picture.refuse_before, report_id=report, **asked)


async def test_another_picture_is_another(scene: Scene) -> None:
    await scene.file(await scene.person())
    await fetched(scene, HASH)
    second = await scene.file(await scene.person(), at=county.IN_B1)
    await fetched(scene, OTHER)
    assert await noted(scene, second) == []


async def test_after_thirty_days_nobody_looks_for_it(scene: Scene) -> None:
    await scene.file(await scene.person())
    await fetched(scene, HASH)
    later = NOW + timedelta(days=31)
    second = await scene.file(await scene.person(), at=county.IN_B1, now=later)
    await fetched(scene, HASH, now=later)
    assert await noted(scene, second) == []
    await scene.do(same_picture.forget, now=later)
    assert {row.added_at for row in await scene.rows(PictureBand)} == {later}


async def test_the_same_picture_twice_in_one_report_is_said_by_nobody(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo(), scene.photo())
    report = (await scene.take(rider, county.IN_A1)).filed
    await fetched(scene, HASH)
    assert report is not None
    assert await noted(scene, report) == []


async def test_the_search_uses_the_index(store: Store) -> None:
    def plan(session: Session) -> str:
        asked: list[tuple[str, Any]] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *facts: asked.append((facts[2], facts[3])))
        same_picture._earlier(session, Attachment(id=0, stage=Stage.BEFORE), HASH, now=NOW)
        statement, values = asked[0]
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))

    assert "ix_picture_bands_band" in await store.read(plan)
