"""Points given by hand: with a reason, by one up to a limit, by two above it; once; told; in the audit log."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services import delivery, outgoing
from services.errors import DomainError, NotAllowed
from services.points import accounts, by_hand, earning, ledger
from services.points.audit import audit
from services.points.errors import CreditOver, CreditOwn, CreditUnclear, NobodyToConfirm, NoSuchPerson
from storage import outbox
from storage.kinds import Deed, Message, OutboxState, Role
from storage.outbox import Claimed, Settlement
from storage.points_kinds import CreditState
from storage.points_records import CreditRecord
from storage.schema import AuditLine
from tests.moment import NOW
from tests.services.scene import Scene
from views import messages
from views.card import Card

RULES = earning.rules()
OVER = NOW + timedelta(hours=RULES.credit_waits)


async def admin(scene: Scene, name: str = "Admin") -> int:
    """An administrator."""
    return await scene.person(name, roles=(Role.ADMIN,))


async def proposed(scene: Scene, by: int, to: int, amount: int) -> CreditRecord:
    """What an administrator has typed."""
    return await scene.do(by_hand.propose, person_id=by, text=f"P-{to} {amount} hot tea for all")


async def given(scene: Scene, by: int, to: int, amount: int) -> CreditRecord:
    """Typed, and tapped."""
    one = await proposed(scene, by, to, amount)
    return await scene.do(by_hand.give, credit_id=one.id, person_id=by)


async def has(scene: Scene, person: int) -> int:
    """What somebody can spend."""
    return await scene.store.read(ledger.balance, name=accounts.purse(person))


async def heard(scene: Scene, person: int, message: Message) -> list[dict[str, object]]:
    """What somebody is told."""
    return [row.facts or {} for row in await scene.outbox() if (row.person_id, row.message) == (person, message)]


async def became(scene: Scene, asker: int) -> CreditState:
    """What who wanted to give hears, once, of what became of it."""
    (facts,) = await heard(scene, asker, Message.CREDIT_DECIDED)
    return (await scene.store.read(by_hand.load, credit_id=facts["credit"], person_id=asker, now=NOW)).state


async def rendered(scene: Scene, claimed: Claimed) -> Card | None:
    """What is sent of a message of the outbox."""
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW)
    return messages.render(brief, now=NOW, zone=ZoneInfo("Asia/Shanghai")) if brief is not None else None


async def go_out(scene: Scene) -> dict[int, list[Card]]:
    """What waits reaches its people, each message under the number 1000 and its row's; by person, what each reads."""
    read: dict[int, list[Card]] = defaultdict(list)
    ends = []
    for one in await scene.store.write(outbox.claim, now=OVER, most=100):
        card = await rendered(scene, one)
        sent = () if card is None else (card.edits or 1000 + one.id,)
        ends.append(Settlement(one.id, OutboxState.CANCELLED if card is None else OutboxState.DELIVERED, sent=sent))
        if card is not None:
            read[one.person_id].append(card)
    await scene.do(delivery.settle, settlements=ends)
    return read


async def deeds(scene: Scene) -> list[Deed]:
    """What the audit log says of points."""
    return [line.deed for line in await scene.rows(AuditLine) if line.deed.startswith("credit")]


async def test_up_to_the_limit_one_gives_alone_and_once(scene: Scene) -> None:
    chen, rider = await admin(scene), await scene.person()
    one = await proposed(scene, chen, rider, RULES.credit_alone)
    assert (one.state, one.needs_second, await has(scene, rider)) == (CreditState.DRAFT, False, 0)
    taps = [scene.do(by_hand.give, credit_id=one.id, person_id=chen) for _ in range(10)]
    ends = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(end, CreditOver) for end in ends) == 9
    assert await has(scene, rider) == RULES.credit_alone
    (told,) = await heard(scene, rider, Message.POINTS_EARNED)
    assert (told["earned"], told["words"]) == ({"credit": RULES.credit_alone}, "hot tea for all")
    assert await deeds(scene) == [Deed.CREDITED]
    assert (await scene.store.read(audit)).findings == ()


async def test_above_the_limit_a_second_administrator_confirms_it_once(scene: Scene) -> None:
    chen, lin, wu, rider = await admin(scene), await admin(scene), await admin(scene), await scene.person()
    one = await given(scene, chen, rider, RULES.credit_alone + 1)
    assert (one.state, await has(scene, rider)) == (CreditState.WAITING, 0)
    for other in (lin, wu):
        assert len(await heard(scene, other, Message.CREDIT_ASKED)) == 1
    assert await heard(scene, chen, Message.CREDIT_ASKED) == []
    with pytest.raises(NotAllowed):
        await scene.do(by_hand.decide, credit_id=one.id, person_id=chen, is_confirmed=True)
    words = [
        scene.do(by_hand.decide, credit_id=one.id, person_id=person, is_confirmed=True) for person in (lin, wu, lin, wu)
    ]
    ends = await asyncio.gather(*words, return_exceptions=True)
    assert sum(isinstance(end, CreditOver) for end in ends) == 3
    assert await has(scene, rider) == RULES.credit_alone + 1
    assert await became(scene, chen) == CreditState.GIVEN
    assert len(await heard(scene, rider, Message.POINTS_EARNED)) == 1
    assert await deeds(scene) == [Deed.CREDIT_ASKED, Deed.CREDITED]


async def test_what_is_refused_gives_nothing_and_is_told(scene: Scene) -> None:
    chen, lin, rider = await admin(scene), await admin(scene), await scene.person()
    one = await given(scene, chen, rider, 500)
    done = await scene.do(by_hand.decide, credit_id=one.id, person_id=lin, is_confirmed=False)
    assert (done.state, await has(scene, rider)) == (CreditState.REFUSED, 0)
    assert await became(scene, chen) == CreditState.REFUSED
    assert await deeds(scene) == [Deed.CREDIT_ASKED, Deed.CREDIT_REFUSED]


async def test_what_nobody_confirms_is_over_after_a_day_and_told_once(scene: Scene) -> None:
    chen, lin, rider = await admin(scene), await admin(scene), await scene.person()
    one = await given(scene, chen, rider, 500)
    with pytest.raises(CreditOver):
        await scene.do(by_hand.decide, credit_id=one.id, person_id=lin, is_confirmed=True, now=OVER)
    assert await scene.do(by_hand.expire, now=OVER) == 1
    assert await scene.do(by_hand.expire, now=OVER) == 0
    assert (await became(scene, chen), await has(scene, rider)) == (CreditState.EXPIRED, 0)
    assert await deeds(scene) == [Deed.CREDIT_ASKED, Deed.CREDIT_EXPIRED]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (CreditState.GIVEN, "Lin has confirmed it"),
        (CreditState.REFUSED, "Refused by Lin"),
        (CreditState.EXPIRED, "Nobody confirmed it in time"),
    ],
)
async def test_whoever_was_asked_sees_there_what_became_of_it(scene: Scene, end: CreditState, words: str) -> None:
    chen, wu, rider = await admin(scene, "Chen"), await admin(scene), await scene.person()
    lin = await admin(scene, "Lin")
    one, other = [await given(scene, chen, rider, 500) for _ in range(2)]
    first = await go_out(scene)
    assert [len(card.rows) for card in (*first[lin], *first[wu])] == [1, 1, 1, 1]
    asked = {row.person_id: row.sent for row in await scene.outbox() if row.facts == {"credit": one.id}}
    if end is CreditState.EXPIRED:
        await scene.do(by_hand.decide, credit_id=other.id, person_id=lin, is_confirmed=False)
        await go_out(scene)
        await scene.do(by_hand.expire, now=OVER)
    else:
        is_confirmed = end is CreditState.GIVEN
        await scene.do(by_hand.decide, credit_id=one.id, person_id=lin, is_confirmed=is_confirmed)
    read = await go_out(scene)
    for person in (lin, wu):
        (card,) = read[person]
        assert ([card.edits], card.rows) == (asked[person], ())
        assert words in card.text
        assert "from Chen" in card.text
    assert await go_out(scene) == {}


async def test_who_is_asked_while_it_is_settled_sees_that_or_is_not_asked_at_all(scene: Scene) -> None:
    chen, lin, wu, rider = [await admin(scene) for _ in range(3)] + [await scene.person()]
    one = await given(scene, chen, rider, 500)
    (to_lin, to_wu) = await scene.store.write(outbox.claim, now=NOW, most=2)
    on_its_way = await rendered(scene, to_wu)
    assert on_its_way is not None
    await scene.do(by_hand.decide, credit_id=one.id, person_id=lin, is_confirmed=True)
    assert await rendered(scene, to_lin) is None
    out = [Settlement(to_wu.id, OutboxState.DELIVERED, sent=(77,))]
    await scene.do(delivery.settle, settlements=[*out, Settlement(to_lin.id, OutboxState.CANCELLED)])
    read = await go_out(scene)
    assert [(card.edits, card.rows) for card in read[wu]] == [(77, ())]
    assert lin not in read


async def test_nobody_confirms_what_he_gets_himself(scene: Scene) -> None:
    chen, lin = await admin(scene), await admin(scene)
    with pytest.raises(NobodyToConfirm):
        await proposed(scene, chen, lin, RULES.credit_alone + 1)
    wu = await admin(scene)
    await given(scene, chen, lin, RULES.credit_alone + 1)
    assert await heard(scene, lin, Message.CREDIT_ASKED) == []
    assert len(await heard(scene, wu, Message.CREDIT_ASKED)) == 1


async def test_the_limit_is_not_passed_in_parts(scene: Scene) -> None:
    chen, lin, rider = await admin(scene), await admin(scene), await scene.person()
    first, second = [await proposed(scene, chen, rider, RULES.credit_alone) for _ in range(2)]
    await asyncio.gather(*(scene.do(by_hand.give, credit_id=one.id, person_id=chen) for one in (first, second)))
    assert await has(scene, rider) == RULES.credit_alone
    assert len(await heard(scene, lin, Message.CREDIT_ASKED)) == 1
    assert (await given(scene, lin, rider, 1)).state is CreditState.GIVEN  # another one's limit is his own


async def test_a_draft_that_waited_counts_from_when_it_was_given(scene: Scene) -> None:
    chen, lin, rider = await admin(scene), await admin(scene), await scene.person()
    old = await proposed(scene, chen, rider, RULES.credit_alone)
    await scene.do(by_hand.give, credit_id=old.id, person_id=chen, now=OVER - timedelta(minutes=1))
    new = await scene.do(by_hand.propose, person_id=chen, text=f"P-{rider} 1 tea", now=OVER)
    assert new.needs_second
    await scene.do(by_hand.give, credit_id=new.id, person_id=chen, now=OVER)
    assert await has(scene, rider) == RULES.credit_alone
    assert len(await heard(scene, lin, Message.CREDIT_ASKED)) == 1


async def test_with_no_second_administrator_nothing_above_the_limit_is_typed(scene: Scene) -> None:
    chen, rider = await admin(scene), await scene.person()
    with pytest.raises(NobodyToConfirm):
        await proposed(scene, chen, rider, RULES.credit_alone + 1)


async def test_a_reports_number_stands_for_its_reporter(scene: Scene) -> None:
    chen, rider = await admin(scene), await scene.person()
    report = await scene.file(rider)
    one = await scene.do(by_hand.propose, person_id=chen, text=f"d-{report:06d}，50分，送热水")
    assert (one.to, one.amount, one.words) == ("D-000001", 50, "送热水")
    await scene.do(by_hand.give, credit_id=one.id, person_id=chen)
    assert await has(scene, rider) == 50


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("P-{to} 0 tea", CreditUnclear),
        ("P-{to} -5 tea", CreditUnclear),
        ("P-{to} 1.5 tea", CreditUnclear),
        ("P-{to} 十 tea", CreditUnclear),
        ("P-{to} 50", CreditUnclear),
        ("50 tea", CreditUnclear),
        (f"P-{{to}} {RULES.credit + 1} tea", CreditUnclear),
        ("P-99999 50 tea", NoSuchPerson),
        ("D-99999 50 tea", NoSuchPerson),
        ("P-{me} 50 tea", CreditOwn),
    ],
)
async def test_what_cannot_be_given_is_refused(scene: Scene, text: str, error: type[DomainError]) -> None:
    chen, rider = await admin(scene), await scene.person()
    with pytest.raises(error):
        await scene.do(by_hand.propose, person_id=chen, text=text.format(to=rider, me=chen))


async def test_only_administrators_give_and_only_what_they_typed(scene: Scene) -> None:
    chen, lin, rider = await admin(scene), await admin(scene), await scene.person()
    lead = await scene.lead("A-01")
    with pytest.raises(NotAllowed):
        await proposed(scene, lead, rider, 10)
    one = await proposed(scene, chen, rider, 10)
    for person in (lead, lin, rider):
        with pytest.raises(NotAllowed):
            await scene.do(by_hand.give, credit_id=one.id, person_id=person)
    assert await has(scene, rider) == 0
