"""What people do, one router a file."""

from aiogram import Router

from handlers import (
    activities,
    admin,
    by_hand,
    cases,
    digests,
    duplicates,
    emergency,
    fairness,
    fallback,
    keepers,
    new_place,
    own_shop,
    place_edits,
    places,
    points,
    posters,
    proofs,
    receipt,
    report,
    riders,
    shops,
    start,
    stats,
    talk,
    till,
    together,
    usage,
    verdicts,
    visits,
    waiting,
    warnings,
)

_ORDER = (
    talk.replies,
    cases.numbers,
    report.parts,
    till.router,
    shops.router,
    places.router,
    visits.router,
    keepers.router,
    activities.router,
    start.router,
    receipt.router,
    points.router,
    own_shop.router,
    new_place.router,
    place_edits.router,
    proofs.router,
    verdicts.router,
    cases.router,
    waiting.router,
    fairness.router,
    talk.router,
    together.router,
    emergency.router,
    by_hand.router,
    riders.router,
    admin.router,
    stats.router,
    warnings.router,
    posters.router,
    usage.router,
    digests.router,
    duplicates.router,
    report.router,
    fallback.router,
)
"""Replies in a talk; a report's number; parts of a report where no dialog waits (nearly all that comes); keys and
dialogs; «everything is part of a report»; then what nobody took.
"""


def routers() -> tuple[Router, ...]:
    """The routers in the order in which they are asked; free to be included by a new dispatcher."""
    for router in _ORDER:
        router._parent_router = None
    return _ORDER
