"""Months by the county's calendar, and which of them is still open for a shop."""

import re
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import worktime
from services.merchants.errors import BadMonth
from storage.schema import MerchantMonth, Transfer

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LONG = 2
"""Months back that are closed without a question."""


def of(session: Session, at: datetime) -> str:
    """The month that it is at this moment: 2026-11."""
    return f"{at.astimezone(worktime.of(session).zone):%Y-%m}"


def after(month: str) -> str:
    """The month that follows."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def end_of(session: Session, month: str) -> datetime:
    """When a month is over.

    Raises:
        BadMonth: that is none.
    """
    if MONTH.fullmatch(month) is None:
        raise BadMonth
    year, number = map(int, after(month).split("-"))
    return datetime.combine(date(year, number, 1), time(), worktime.of(session).zone)


def open_month(session: Session, merchant_id: int, *, now: datetime, first: str | None = None) -> str:
    """In which month of a shop something counts: this one (or ``first``), or the next that is open."""
    month = first or of(session, now)
    closed = set(
        session.scalars(
            select(MerchantMonth.month).where(MerchantMonth.merchant_id == merchant_id, MerchantMonth.month >= month)
        )
    )
    while month in closed:
        month = after(month)
    return month


def first(session: Session, *, now: datetime) -> str:
    """The month in which points first moved; before any did, this one."""
    at = session.scalar(select(func.min(Transfer.at)))
    return of(session, at if at is not None else now)


def is_long_over(session: Session, month: str, *, now: datetime) -> bool:
    """Whether it is more than `LONG` months back: who closes that may have mistyped it.

    Raises:
        BadMonth: that is none.
    """
    end_of(session, month)
    for _ in range(LONG):
        month = after(month)
    return month < of(session, now)


def may_close(session: Session, month: str, *, now: datetime, undo: timedelta) -> bool:
    """Whether nothing of a month can be given back any more."""
    return now >= end_of(session, month) + undo
