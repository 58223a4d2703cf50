"""What a lead decides, and what is said against it: everybody concerned reads it, each once, and nothing untrue."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services import briefs, fairness, outgoing, verdicts
from storage import outbox
from storage.kinds import Language, Message
from storage.records import Me
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from tests.services.test_verdicts import dispute, follow
from views import cases, messages
from views.texts import say

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = "D-000001"


def words(key: str, **facts: Any) -> str:
    """A text as it is shown."""
    return say(Language.EN, key, **facts)


async def case(scene: Scene, report: int, person: int) -> str:
    """The text of the report's card, as this person sees it."""
    record = await scene.store.read(briefs.report_for, report_id=report, person_id=person)
    me = Me(id=person, telegram_id=person, name="", language=Language.EN, roles=frozenset())
    return cases.card(record, me, now=NOW, zone=ZONE).text


async def read(scene: Scene) -> list[tuple[int, Message, str]]:
    """What waits to be said is said: to whom, in which words; nothing of edits, nor of what is untrue by now."""
    said = []
    for claimed in await scene.store.write(outbox.claim, now=NOW, most=1000):
        brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW)
        card = messages.render(brief, now=NOW, zone=ZONE) if brief is not None else None
        if card is not None and claimed.message is not Message.CARD:
            said.append((claimed.person_id, claimed.message, card.text))
    return said


async def test_an_officer_who_is_asked_again_is_not_told_that_it_went_to_others(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    report, _ = await dispute(scene, officer)
    await read(scene)
    await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=False)
    told = [(message, text) for person, message, text in await read(scene) if person == officer]
    assert [message for message, _ in told] == [Message.ALERT]
    assert words("line-not-fixed", why=words("why-not-fixed-worse")) in told[0][1]


@pytest.mark.parametrize("is_fixed", [True, False])
async def test_the_leads_own_card_says_what_she_decided(scene: Scene, is_fixed: bool) -> None:
    officer, community = await scene.officer(), await lead(scene)
    report, _ = await dispute(scene, officer)
    await scene.do(verdicts.decide, report_id=report, lead_id=community, is_fixed=is_fixed)
    shown = await case(scene, report, community)
    assert words("case-you-decided-decided" if is_fixed else "case-you-decided-reopened") in shown
    assert words("case-with-others") not in shown
    assert words("case-you-decided-decided") not in await case(scene, report, officer)


async def called_false(scene: Scene) -> tuple[int, int, int, int]:
    """A report with a follower that its officer calls false; it, its officer, reporter and follower."""
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer)
    (follower,) = await follow(scene, report)
    await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="nothing there")
    await read(scene)
    return report, officer, rider, follower


async def test_who_called_it_false_reads_the_objection_in_a_message_and_on_the_card(scene: Scene) -> None:
    await lead(scene)
    report, officer, rider, _ = await called_false(scene)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes")
    told = [text for person, _, text in await read(scene) if person == officer]
    assert [(words("told-disputed", number=FIRST) in one, "it smokes" in one) for one in told] == [(True, True)]
    assert "it smokes" in await case(scene, report, officer)


@pytest.mark.parametrize("is_false", [True, False])
async def test_what_was_decided_of_a_dispute_all_concerned_read_once(scene: Scene, is_false: bool) -> None:
    community = await lead(scene)
    report, officer, rider, follower = await called_false(scene)
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it smokes")
    await read(scene)
    await scene.do(fairness.decide_dispute, report_id=report, person_id=community, is_false=is_false)
    told = await read(scene)
    end = words("event-upheld" if is_false else "event-cleared")
    if is_false:
        said = words("told-upheld", number=FIRST)
        assert told == [(one, Message.DISPUTE_DECIDED, said) for one in (rider, follower, officer)]
    else:  # the officer is asked anew: his alert says it
        (alert,) = [text for person, message, text in told if message is Message.ALERT and person == officer]
        assert end in alert
        said = [(rider, words("told-cleared", number=FIRST)), (follower, words("told-cleared-others", number=FIRST))]
        assert [(one, text) for one, message, text in told if message is Message.DISPUTE_DECIDED] == said
    assert end in await case(scene, report, officer)
    own = await case(scene, report, community)
    assert words("case-you-decided-upheld" if is_false else "case-you-decided-cleared") in own
    assert words("case-with-others") not in own
