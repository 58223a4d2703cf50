"""Lists that are shown a page at a time, and turned in place."""

from collections.abc import Callable
from typing import Any

from handlers.here import Here
from storage.records import Me
from storage.work import Work
from views.card import Card


async def page_of(
    listed: Callable[..., tuple[list[Any], int]],
    shown: Callable[..., Card],
    *,
    page: int = 0,
    me: Me,
    work: Work,
    here: Here,
) -> Card:
    """What a service has ``listed`` on this page, as a view has it ``shown``; beyond the last page is the last."""
    found, pages = await work.look(listed, person_id=me.id, page=page)
    at = min(page, pages - 1)
    return shown(found, me, at=at, pages=pages, now=work.now, zone=here.zone)
