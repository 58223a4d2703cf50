"""Lists of what is overdue: what is urgent is seen at a glance."""

from dataclasses import replace

import pytest

from storage.kinds import Language, Message
from storage.records import Brief
from tests.moment import NOW
from tests.views.showing import ZONE, me, report
from views import late_lists


@pytest.mark.parametrize("language", list(Language))
def test_what_is_urgent_is_marked_in_the_list_of_what_is_overdue(language: Language) -> None:
    usual = report(is_urgent=False)
    cases = (usual, replace(usual, id=124, is_urgent=True))
    brief = Brief(me(language), Message.OVERDUE, {}, cases=cases, many=2)
    card = late_lists.overdue(brief, now=NOW, zone=ZONE)
    assert card is not None
    _, first, second = card.text.splitlines()
    assert "🚨" not in first
    assert second.startswith("🚨")
