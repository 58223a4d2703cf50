"""Cards of points: what one has, what people give, the boards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.points import earning
from storage.kinds import Message
from storage.merchant_records import Bought, PurchaseRecord
from storage.points_kinds import CreditState, Reason, RedemptionState
from storage.points_records import (
    ActivityRecord,
    BoardRecord,
    Community,
    CreditRecord,
    Lapse,
    PointsChange,
    PointsRecord,
    Ranked,
)
from storage.records import Brief, Me
from tests.moment import NOW
from tests.views.shop_cards import in_each_state
from views import activities, boards, by_hand, messages, points
from views.card import Card

OF_CREDIT = (Message.CREDIT_ASKED, Message.CREDIT_DECIDED)
ENDS_OF_CREDIT = (CreditState.GIVEN, CreditState.REFUSED, CreditState.EXPIRED)
LATER = NOW + timedelta(hours=12)
ZONE = ZoneInfo("Asia/Shanghai")


def points_cards(words: str | None, to: Me) -> Iterator[tuple[str, Card]]:
    """With nothing, with much, and with long words."""
    at: Any = {"now": NOW, "zone": ZONE}
    reasons = [one for one in Reason if one not in (Reason.OWED_PAID, Reason.CAPTURE, Reason.MEAL, Reason.SETTLEMENT)]
    changes = [PointsChange(7, NOW, -1_000_000, reason, None, (words or "tea")[:500]) for reason in reasons[-6:]]
    for shown in ((), changes):
        much = 1_000_000 if shown else 0
        lapses = tuple(Lapse(NOW + timedelta(days=200 + 30 * month), much) for month in range(3 if shown else 0))
        record = PointsRecord(much, much, much, lapses, 21 if shown else 0, tuple(shown), page=1, pages=3)
        yield "what lapses", points.lapses(lapses * 8, to, zone=ZONE)
        yield "my points", points.overview(record, to, **at)
    aside = PointsChange(7, NOW, -20, Reason.HOLD, None, (words or "tea")[:500], is_aside=True)
    yield "a change: put aside", points.change(aside, None, to, page=1, **at)
    yield "a change", points.change(replace(changes[0], paid=1_000_000), None, to, page=1, **at)
    for found in in_each_state(words):
        for is_owner in (True, False):
            by = is_owner if found.ended_at is not None else None
            bought = PurchaseRecord(found, by, by if found.state is RedemptionState.UNDONE else None)
            one = replace(aside, bought=Bought(found.shop, found.item))
            yield f"a payment: {found.state}", points.change(one, bought, to, page=1, **at)
    yield "how to earn", points.how_to_earn(earning.rules(), to)
    name = (words or "Snow")[:60].strip() or "Snow"
    yield "an activity's name?", activities.ask_name(to)
    yield "an activity's hours?", activities.ask_hours(to, name, most=8)
    for is_open in (True, False):
        one = ActivityRecord(7, "a_" + 32 * "f", name, 8, LATER, is_open, 1000)
        yield "an activity", activities.link(one, to, url="https://t.me/bot?start=a_f", points=40, **at)
    yield "an activity's code", activities.code(one, to, url="https://t.me/bot?start=a_f", **at)
    yield "attended", activities.attended(to, name)
    yield "whom to credit?", by_hand.ask(to)
    for state in CreditState:
        for is_mine in (True, False):
            credit = CreditRecord(
                id=7,
                to="D-000123",
                amount=2000,
                words=(words or "tea")[:200],
                state=state,
                by_name=name,
                decided_by=name if is_mine else None,
                expires_at=LATER,
                is_mine=is_mine,
                needs_second=state is CreditState.DRAFT,
            )
            yield f"credit {state}", by_hand.card(credit, to, **at)
            if state in ENDS_OF_CREDIT:
                yield f"told: credit {state}", _told(credit, to, Message.CREDIT_DECIDED)
                yield f"asked: credit {state}", _told(credit, to, Message.CARD)
            elif state is CreditState.WAITING:
                yield f"asked: credit {state}", _told(credit, to, Message.CREDIT_ASKED)
    yield "a name for the boards?", boards.ask_name(to)
    for my_name, back in ((None, 0), ("雪狐", 12)):
        first = tuple(Ranked(place, "雪" * 16, 1_000_000, False) for place in range(1, 11))
        board = BoardRecord(
            grid_id=1,
            community="Town Alpha",
            month=NOW,
            back=back,
            first=first if my_name else (),
            mine=Ranked(1000, "雪狐", 2, True) if my_name else None,
            my_name=my_name,
            others=(Community(2, "Town", "Beta"), Community(3, "Town", "")),
            is_last=back == 12,
        )
        yield "a board", boards.board(board, to)


def _told(credit: CreditRecord, to: Me, message: Message) -> Card:
    brief = Brief(to, message, {"credit": credit.id, "edits": 5}, credit=credit)
    shown = messages.render(brief, now=NOW, zone=ZONE)
    assert shown is not None
    return shown
