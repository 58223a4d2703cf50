"""What people do, one router a file."""

from aiogram import Router

from handlers import admin, cases, fallback, receipt, report, start

_ORDER = (start.router, receipt.router, cases.router, admin.router, report.router, fallback.router)
"""Keys and dialogs first, then «everything is part of a report», then what nobody took."""


def routers() -> tuple[Router, ...]:
    """The routers in the order in which they are asked; free to be included by a new dispatcher."""
    for router in _ORDER:
        router._parent_router = None
    return _ORDER
