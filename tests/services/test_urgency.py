"""A report of a kind that is not urgent may be so by its words: a leak can wait, a burst pipe cannot."""

from services import asking, reports
from storage.kinds import EventKind, Message
from tests import county
from tests.services.scene import Scene


async def test_words_make_a_report_urgent_whose_kind_is_not(scene: Scene) -> None:
    rider = await scene.person()
    burst = await scene.report(await scene.file(rider, words="水管爆了"))
    leak = await scene.report(await scene.file(rider, words="水管漏水", at=county.IN_A2))
    assert burst.category == leak.category == "water_leak"
    assert (burst.is_urgent, leak.is_urgent) == (True, False)
    assert burst.accept_by < leak.accept_by


async def test_words_that_come_later_ring_and_shorten_the_time(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    report = await scene.file(rider, words="水管漏水")
    await scene.deliver()
    before, said = await scene.report(report), await scene.last_said()
    for words in ("在学校门口", "现在爆裂了，往外喷", "喷得很高"):
        await scene.do(reports.add, report_id=report, person_id=rider, words=words)
    after = await scene.report(report)
    assert (after.category, after.is_urgent) == ("water_leak", True)
    assert after.accept_by < before.accept_by
    assert after.resolve_by < before.resolve_by
    rows = [row for row in await scene.outbox() if row.id > said and row.message is Message.ALERT]
    assert [(row.person_id, str(row.urgency)) for row in rows] == [(officer, "0-urgent")]  # once
    assert EventKind.CATEGORY_CHANGED not in await scene.story(report)


async def test_a_category_that_was_chosen_stays_and_is_urgent_by_the_words_all_the_same(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider, words="水管爆了")
    for code, is_urgent in (("rubbish", False), ("water_leak", True)):
        await scene.do(reports.change_category, report_id=report, person_id=rider, code=code)
        assert (await scene.report(report)).is_urgent is is_urgent
    await scene.do(reports.add, report_id=report, person_id=rider, words="全是垃圾")
    assert (await scene.report(report)).category == "water_leak"


def test_a_question_about_something_urgent_waits_for_a_shorter_time() -> None:
    assert asking.patience("water_leak", "水管漏水") == asking.WAIT
    assert asking.patience("water_leak", "水管爆了") == asking.WAIT_URGENT
