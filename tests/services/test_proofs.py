"""Proof of a fix: a photo, the officer's place, a reason where it is not the report's; several reports in one go."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services import dispatch, merging, people, proofs, verdicts, withdrawing
from services.errors import (
    AlreadyFixed,
    BadPlace,
    FixedByAnother,
    GoesOn,
    HasAnother,
    NoProof,
    NotAllowed,
    NotPossible,
    NoWords,
    PassedOn,
    PictureTooOld,
    ProofTooOld,
    ReportEnded,
    TooFar,
)
from services.parts import attachment_of
from services.proofs import Near, Proof, Standing
from storage.kinds import EventKind, Level, Message, OfferState, Stage, Status
from storage.records import number
from storage.schema import Attachment, Resolution, ResolvedReport
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from views import proofs as shown
from views.actions import AllFixed
from views.texts import plain

LATITUDE, LONGITUDE = county.IN_A1
MINUTE = timedelta(minutes=1)
METRE = 1 / 110_772
"""Degrees of latitude, here."""


def north(metres: float, *, accuracy: int = 0) -> Standing:
    """So far north of the report."""
    return Standing(LATITUDE + metres * METRE, LONGITUDE, accuracy)


def proof(scene: Scene, officer: int, place: Standing | None, **facts: Any) -> Proof:
    """A photo taken there."""
    return Proof([attachment_of(officer, scene.photo(), stage=Stage.AFTER, now=NOW)], None, place, **facts)


async def resolve(scene: Scene, report: int, officer: int, place: Standing | None, **facts: Any) -> None:
    given = proof(scene, officer, place, **facts)
    await scene.do(proofs.resolve, report_id=report, officer_id=officer, proof=given)


async def said_of(scene: Scene, report: int) -> dict[str, Any]:
    """What the timeline says of the fix."""
    return next(e.facts or {} for e in await scene.events(report) if e.kind is EventKind.RESOLVED)


@pytest.mark.parametrize(
    ("place", "metres"),
    [(north(0), 0), (north(99.9), 100), (north(139.9, accuracy=40), 140), (north(299.9, accuracy=1500), 300)],
)
async def test_within_reach_no_reason_is_asked_and_what_the_phone_doubts_counts_for_the_officer(
    scene: Scene, place: Standing, metres: int
) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    await resolve(scene, report, officer, place, why_far="gps")
    assert (await scene.report(report)).status is Status.RESOLVED
    assert await said_of(scene, report) == {"metres": metres}
    (fix,), (link,) = await scene.rows(Resolution), await scene.rows(ResolvedReport)
    assert (fix.by_id, fix.latitude, fix.accuracy, fix.why_far, fix.at) == (
        officer,
        place.latitude,
        place.accuracy,
        None,
        NOW,
    )
    assert (link.report_id, link.metres) == (report, metres)


@pytest.mark.parametrize(
    ("place", "metres"),
    [(north(101), 101), (north(141, accuracy=40), 141), (north(301, accuracy=1500), 301), (None, None)],
)
async def test_out_of_reach_or_without_a_place_a_reason_is_needed_and_kept(
    scene: Scene, place: Standing | None, metres: int | None
) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    with pytest.raises(TooFar) as refused:
        await resolve(scene, report, officer, place)
    assert refused.value.facts == {"metres": metres}
    with pytest.raises(NoWords):
        await resolve(scene, report, officer, place, why_far="\u200b")
    assert await scene.rows(Resolution) == await scene.rows(ResolvedReport) == []
    assert (await scene.report(report)).status is Status.ACCEPTED
    await resolve(scene, report, officer, place, why_far=" the <gate> was shut ")
    assert await said_of(scene, report) == {k: v for k, v in (("metres", metres), ("why", "the <gate> was shut")) if v}
    assert [fix.why_far for fix in await scene.rows(Resolution)] == ["the <gate> was shut"]


async def test_no_photo_no_fix_and_no_place_on_earth(scene: Scene) -> None:
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    with pytest.raises(NoProof):
        await scene.do(proofs.resolve, report_id=report, officer_id=officer, proof=Proof([], "done", north(0)))
    with pytest.raises(BadPlace):
        await resolve(scene, report, officer, Standing(0.0, 0.0), why_far="gps")
    assert (await scene.report(report)).status is Status.ACCEPTED
    assert EventKind.RESOLVED not in await scene.story(report)


async def test_of_two_officers_the_second_hears_who_has_it_or_fixed_it(scene: Scene) -> None:
    first, second, stranger = [await scene.officer(name=name) for name in ("Li", "Zhao")] + [
        await scene.officer("B-01")
    ]
    report = await scene.accepted(await scene.person(), first)
    with pytest.raises(HasAnother) as refused:
        await resolve(scene, report, second, north(0))
    assert refused.value.facts == {"name": "Li", "role": "officer"}
    await resolve(scene, report, first, north(0))
    with pytest.raises(AlreadyFixed):
        await resolve(scene, report, first, north(0))
    with pytest.raises(FixedByAnother) as late:
        await resolve(scene, report, second, north(0))
    assert late.value.facts == {"name": "Li", "role": "officer"}
    with pytest.raises(NotAllowed) as nothing:
        await resolve(scene, report, stranger, north(0))
    assert nothing.value.facts == {"report_id": report}
    assert (await scene.story(report)).count(EventKind.RESOLVED) == 1
    assert len([one for one in await scene.rows(Attachment) if one.stage is Stage.AFTER]) == 1


async def test_who_was_asked_hears_why_it_is_not_his_to_fix(scene: Scene) -> None:
    first, second = await scene.officer(), await scene.officer()
    rider, other = await scene.person(), await scene.file(await scene.person(), words="water leak")
    passed_on = await scene.accepted(rider, first)
    await scene.do(dispatch.decline, report_id=passed_on, officer_id=first, why="away")
    withdrawn, merged = await scene.file(rider), await scene.file(rider)
    await scene.do(withdrawing.withdraw, report_id=withdrawn, person_id=rider)
    await scene.do(merging.merge, report_id=merged, into_id=other, officer_id=second)
    for report, why in ((passed_on, PassedOn), (withdrawn, ReportEnded), (merged, GoesOn)):
        with pytest.raises(why):
            await resolve(scene, report, first, north(0))


async def three_here(scene: Scene) -> tuple[int, int, list[int]]:
    """An officer with a report, two more within 100 m of it, and one that is farther away."""
    officer = await scene.officer()
    at = [(LATITUDE + metres * METRE, LONGITUDE) for metres in (0, 90, 20, 150)]
    reports = [await scene.accepted(await scene.person(), officer, at=place) for place in at]
    return officer, reports[0], reports[1:]


async def test_what_else_the_officer_has_at_the_place_is_offered_the_nearest_first(scene: Scene) -> None:
    officer, report, (far, near, _) = await three_here(scene)
    other = await scene.officer("A-02")
    found = await scene.store.read(proofs.near, report_id=report, officer_id=officer)
    assert found == [Near(near, 20), Near(far, 90)]
    assert await scene.store.read(proofs.near, report_id=report, officer_id=other) == []


async def test_what_is_of_another_kind_comes_last_is_named_and_is_fixed_only_by_itself(scene: Scene) -> None:
    officer, report, (far, near, _) = await three_here(scene)
    tree = await scene.accepted(
        await scene.person(), officer, at=(LATITUDE + 3 * METRE, LONGITUDE), words="fallen tree"
    )
    await resolve(scene, report, officer, north(0))
    asked: dict[str, Any] = {"report_id": report, "officer_id": officer}
    kind = (await scene.report(tree)).category
    assert kind != (await scene.report(report)).category
    found = await scene.store.read(proofs.near, **asked)
    assert found == [Near(near, 20), Near(far, 90), Near(tree, 3, kind)]
    me = await scene.store.read(people.load_me, person_id=officer)
    card = shown.also(me, report, [(one.report_id, one.metres, one.other) for one in found])
    assert plain(me.language, "also-other", icon="🌳", number=number(tree), category="Fallen tree") in card.text
    all_of_them = [row[0].action for row in card.rows if row[0].text == plain(me.language, "button-also-all", count=2)]
    assert all_of_them == [AllFixed(report).pack()]
    assert await scene.do(proofs.also, **asked, others=None) == sorted([far, near])
    assert (await scene.report(tree)).status is Status.ACCEPTED
    assert await scene.do(proofs.also, **asked, others=[tree]) == [tree]


async def test_one_proof_is_of_several_reports_and_each_reporter_sees_it(scene: Scene) -> None:
    officer, report, (far, near, beyond) = await three_here(scene)
    await resolve(scene, report, officer, north(10))
    said = await scene.last_said()
    done = await scene.do(proofs.also, report_id=report, officer_id=officer, others=None)
    assert done == sorted([far, near])
    assert len(await scene.rows(Resolution)) == 1
    assert [(row.report_id, row.metres) for row in await scene.rows(ResolvedReport)] == [
        (report, 10),
        (far, 80),
        (near, 10),
    ]
    assert (await scene.report(beyond)).status is Status.ACCEPTED
    told = [message for _, message in await scene.told(since=said) if message is Message.RESOLVED]
    assert len(told) == 2
    for one in (report, far, near):
        from services import briefs

        reporter = (await scene.report(one)).reporter_id
        shown = await scene.store.read(briefs.describe, report_id=one, person_id=reporter)
        assert [photo.stage for photo in shown.photos] == [Stage.BEFORE, Stage.AFTER]
        assert (await said_of(scene, one))["metres"] in (10, 80)


async def test_in_one_go_only_what_is_his_near_and_open_and_only_soon(scene: Scene) -> None:
    officer, report, (far, near, beyond) = await three_here(scene)
    other = await scene.officer()
    asked: dict[str, Any] = {"report_id": report, "officer_id": officer}
    with pytest.raises(NotPossible):  # nothing is fixed yet
        await scene.do(proofs.also, **asked, others=[near])
    await resolve(scene, report, officer, north(0))
    with pytest.raises(NotPossible):  # too far away
        await scene.do(proofs.also, **asked, others=[near, beyond])
    assert (await scene.report(near)).status is Status.ACCEPTED  # all or nothing
    with pytest.raises(NotAllowed):
        await scene.do(proofs.also, **{**asked, "officer_id": other}, others=[near])
    with pytest.raises(ProofTooOld):  # yesterday's button
        await scene.do(proofs.also, **asked, others=[near], now=NOW + timedelta(hours=1, seconds=1))
    since = NOW + timedelta(minutes=5)  # the proof is older than that report
    newer = await scene.file(await scene.person(), at=(LATITUDE + 5 * METRE, LONGITUDE), words="water leak", now=since)
    await scene.do(dispatch.accept, report_id=newer, officer_id=officer, now=since)
    assert newer not in [one.report_id for one in await scene.store.read(proofs.near, **asked)]
    with pytest.raises(NotPossible):
        await scene.do(proofs.also, **asked, others=[newer], now=since)
    await scene.do(proofs.also, **asked, others=[near])
    with pytest.raises(AlreadyFixed):
        await scene.do(proofs.also, **asked, others=[near])
    assert (await scene.report(far)).status is Status.ACCEPTED


async def test_what_is_out_of_reach_of_where_the_officer_stood_needs_a_reason_of_its_own(scene: Scene) -> None:
    officer, report, (far, near, _) = await three_here(scene)
    await resolve(scene, report, officer, north(-60))
    asked: dict[str, Any] = {"report_id": report, "officer_id": officer}
    assert await scene.store.read(proofs.near, **asked) == [Near(near, 20)]
    with pytest.raises(NotPossible):
        await scene.do(proofs.also, **asked, others=[far])
    assert await scene.do(proofs.also, **asked, others=None) == [near]
    assert (await scene.report(far)).status is Status.ACCEPTED


async def test_the_reason_of_the_first_is_that_of_the_others(scene: Scene) -> None:
    officer, report, (far, near, _) = await three_here(scene)
    await resolve(scene, report, officer, north(-150), why_far="gps")
    done = await scene.do(proofs.also, report_id=report, officer_id=officer, others=None)
    assert done == sorted([far, near])
    assert [await said_of(scene, one) for one in (far, near)] == [
        {"metres": 240, "why": "gps"},
        {"metres": 170, "why": "gps"},
    ]


async def test_a_fix_leaves_nobody_asked_and_the_officer_responsible(scene: Scene) -> None:
    officer, _ = await scene.officer(), await scene.officer()
    report = await scene.accepted(await scene.person(), officer)
    await resolve(scene, report, officer, north(0))
    row = await scene.report(report)
    assert (row.responsible_id, row.level) == (officer, Level.PRIMARY)
    assert row.next_at == NOW + timedelta(hours=72)
    assert set((await scene.offers(report)).values()) == {OfferState.ACCEPTED, OfferState.CLOSED}


@pytest.mark.parametrize(
    ("taken_at", "counts"),
    [
        (NOW + 30 * MINUTE, True),
        (NOW - 4 * MINUTE, True),  # the camera's clock may be wrong
        (NOW + 64 * MINUTE, True),
        (NOW + 66 * MINUTE, False),  # in the future
        (None, False),
    ],
)
async def test_the_place_of_a_picture_counts_if_it_was_taken_since_he_has_the_report(
    scene: Scene, taken_at: datetime | None, counts: bool
) -> None:
    report = await scene.accepted(await scene.person(), await scene.officer())
    asked = {"report_id": report, "place": county.IN_A1, "taken_at": taken_at}
    found = await scene.do(proofs.taken, **asked, now=NOW + 60 * MINUTE)
    assert found == (proofs.Taken(Standing(*county.IN_A1), 0) if counts else None)


async def test_a_picture_from_before_shows_no_fix_and_one_from_before_it_came_back_no_place(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    asked: dict[str, Any] = {"report_id": report, "place": county.IN_A1, "now": NOW + 60 * MINUTE}
    with pytest.raises(PictureTooOld):
        await scene.do(proofs.taken, **asked, taken_at=NOW - 6 * MINUTE)
    await scene.resolve(report, officer, now=NOW + 10 * MINUTE)
    say = {"report_id": report, "person_id": rider, "fix": 0, "why": "still"}
    await scene.do(verdicts.not_fixed, **say, now=NOW + 40 * MINUTE)
    assert await scene.do(proofs.taken, **asked, taken_at=NOW + 20 * MINUTE) is None
    assert await scene.do(proofs.taken, **asked, taken_at=NOW + 50 * MINUTE) is not None
