"""«It broke again» is one tap: what the officer sees is what is known of the first time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services import briefs, dispatch, followers, merging, outgoing, reports
from services.errors import NoSuchReport
from services.parts import attachment_of
from services.people import load_me
from storage import outbox
from storage.kinds import EventKind, Language, Message, Role, Stage
from storage.records import number
from storage.schema import Report
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_verdicts import fixed, follow, press_again, say
from views import cases, messages
from views.actions import ShowCase, ShowReport
from views.card import Card
from views.reports import details
from views.texts import say as text

ZONE = ZoneInfo("Asia/Shanghai")
LATER = NOW + timedelta(minutes=1)


async def shown(scene: Scene, message: Message, report: int) -> Card:
    """The one message of this kind about the report that is on its way."""
    claims = await scene.store.write(outbox.claim, now=LATER, most=1000)
    (claimed,) = [one for one in claims if one.message is message and one.report_id == report]
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=LATER)
    assert brief is not None
    card = messages.render(brief, now=LATER, zone=ZONE)
    assert card is not None
    return card


async def broken_again(scene: Scene) -> tuple[int, int]:
    """A report of what broke again; it and its reporter."""
    old, rider = await fixed(scene, await scene.officer(), words="water leak by the gate")
    await say(scene, old, rider)
    return await press_again(scene, old, rider), rider


async def test_the_alert_has_the_words_and_the_pictures_of_the_first_time(scene: Scene) -> None:
    report, rider = await broken_again(scene)
    alert = await shown(scene, Message.ALERT, report)
    assert "water leak by the gate" in alert.text
    assert [photo.stage for photo in alert.photos] == [Stage.BEFORE]
    mine = await scene.store.read(briefs.report_for, report_id=report, person_id=rider)
    assert (mine.words, mine.photos) == (None, ())  # those are not of this report


async def test_what_was_urgent_is_so_again(scene: Scene) -> None:
    old, rider = await fixed(scene, await scene.officer(), words="水管爆了")
    await say(scene, old, rider)
    once, again = await scene.report(old), await scene.report(await press_again(scene, old, rider))
    assert (once.is_urgent, again.is_urgent) == (True, True)
    assert again.accept_by - again.filed_at == once.accept_by - once.filed_at


async def test_a_new_picture_is_shown_in_place_of_the_old_ones(scene: Scene) -> None:
    report, rider = await broken_again(scene)
    photo = attachment_of(rider, scene.photo(), stage=Stage.BEFORE, now=NOW)
    await scene.do(reports.add, report_id=report, person_id=rider, attachment=photo)
    alert = await shown(scene, Message.ALERT, report)
    mine = await scene.store.read(briefs.report_for, report_id=report, person_id=rider)
    assert [one.file_id for one in alert.photos] == [one.file_id for one in mine.photos]


async def test_the_receipt_asks_for_a_picture_of_how_it_looks_now(scene: Scene) -> None:
    report, _ = await broken_again(scene)
    receipt = await shown(scene, Message.RECEIPT, report)
    assert text(Language.EN, "receipt-again-photo") in receipt.text


async def broke_three_times(scene: Scene) -> tuple[list[int], int, int]:
    """The three reports of it, their reporter, and the officer."""
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    found = [report]
    for _ in range(2):
        await say(scene, found[-1], rider)
        found.append(await press_again(scene, found[-1], rider))
        await scene.do(dispatch.accept, report_id=found[-1], officer_id=officer)
        if len(found) < 3:
            await scene.resolve(found[-1], officer)
    return found, rider, officer


async def test_what_broke_a_third_time_shows_all_the_times_before_and_each_opens(scene: Scene) -> None:
    (first, second, third), rider, officer = await broke_three_times(scene)
    names = f"{number(second)} · {number(first)}"
    for person, show, press in ((officer, cases.card, ShowCase), (rider, details, ShowReport)):
        record = await scene.store.read(briefs.report_for, report_id=third, person_id=person)
        me = await scene.store.read(load_me, person_id=person)
        shown = show(record, me, now=LATER, zone=ZONE)
        assert f"2 times before: {names}" in shown.text
        buttons = [(button.text, button.action) for row in shown.rows for button in row]
        for one in (first, second):
            assert (number(one), press(one).pack()) in buttons
            assert (await scene.store.read(briefs.report_for, report_id=one, person_id=person)).id == one


async def test_whom_it_is_offered_to_now_may_look_at_the_times_before_and_nobody_else(scene: Scene) -> None:
    (first, _, third), _, officer = await broke_three_times(scene)
    deputy, other = await scene.officer(is_primary=False), await scene.officer(is_primary=False)
    (follower,) = await follow(scene, third)
    await scene.do(dispatch.decline, report_id=third, officer_id=officer, why="away")
    for one in (deputy, other):
        assert (await scene.store.read(briefs.report_for, report_id=first, person_id=one)).id == first
    for one in (await scene.officer("B-01"), follower):
        with pytest.raises(NoSuchReport):
            await scene.store.read(briefs.report_for, report_id=first, person_id=one)
    record = await scene.store.read(briefs.report_for, report_id=third, person_id=follower)
    me = await scene.store.read(load_me, person_id=follower)
    shown = details(record, me, now=LATER, zone=ZONE)
    assert number(first) not in [button.text for row in shown.rows for button in row]


async def test_here_too_stands_in_the_timeline_and_joins_what_it_was_merged_into(scene: Scene) -> None:
    officer = await scene.officer()
    report, rider = await fixed(scene, officer)
    one, two = await follow(scene, report, 2)
    for person in (rider, one, two):
        await say(scene, report, person)
    new = await press_again(scene, report, rider)
    for _ in range(2):
        await press_again(scene, report, one)
    assert [event.by_id for event in await scene.events(new) if event.kind is EventKind.FOLLOWED] == [one]
    other = await scene.file(await scene.person())
    await scene.do(dispatch.accept, report_id=new, officer_id=officer)
    await scene.do(merging.merge, report_id=new, into_id=other, officer_id=officer)
    seen = await scene.store.read(briefs.report_for, report_id=report, person_id=two)
    assert (seen.again_id, seen.may_follow_again) == (other, True)
    assert await press_again(scene, report, two) == other
    assert await scene.store.read(lambda session: followers.of(session, session.get_one(Report, other))) != []
    assert [event.by_id for event in await scene.events(other) if event.kind is EventKind.FOLLOWED] == [two]


async def test_what_it_was_merged_into_shows_the_times_before(scene: Scene) -> None:
    report, rider = await broken_again(scene)
    first = report - 1
    officer, other = await scene.officer(), await scene.file(await scene.person(), words="wet road")
    await scene.do(merging.merge, report_id=report, into_id=other, officer_id=await scene.person(roles=(Role.DESK,)))
    await scene.do(dispatch.accept, report_id=other, officer_id=officer)
    record = await scene.store.read(briefs.report_for, report_id=other, person_id=officer)
    card = cases.card(record, await scene.store.read(load_me, person_id=officer), now=LATER, zone=ZONE)
    assert (number(first) in card.text, "water leak by the gate" in card.text) == (True, True)
    assert (await scene.store.read(briefs.report_for, report_id=first, person_id=officer)).id == first
    assert (await scene.store.read(briefs.report_for, report_id=first, person_id=rider)).again_id == other
