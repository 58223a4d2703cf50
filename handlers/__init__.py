"""What people do, one router a file."""

from aiogram import Router

from handlers import admin, cases, emergency, fallback, receipt, report, start, together

_ORDER = (
    report.parts,
    start.router,
    receipt.router,
    cases.router,
    together.router,
    emergency.router,
    admin.router,
    report.router,
    fallback.router,
)
"""Parts of a report where no dialog waits (nearly all that comes); keys and dialogs; «everything is part of a report»;
then what nobody took.
"""


def routers() -> tuple[Router, ...]:
    """The routers in the order in which they are asked; free to be included by a new dispatcher."""
    for router in _ORDER:
        router._parent_router = None
    return _ORDER
