"""The shared card of an emergency: who answered what, and whom only a telephone reaches."""

from datetime import timedelta

import pytest

from storage.kinds import CallState, Language
from tests.moment import NOW
from tests.views.showing import ZONE, an_emergency, call, me, report
from views import emergency
from views.texts import plain

OF_EACH = tuple(call(state, person_id=at) for at, state in enumerate([*CallState, CallState.UNREACHABLE]))


@pytest.mark.parametrize("language", list(Language))
def test_who_cannot_be_reached_is_not_called_silent_but_to_be_phoned(language: Language) -> None:
    shown = emergency.live(report(), an_emergency(*OF_EACH), me(language), now=NOW, zone=ZONE).text
    assert plain(language, "emergency-summary", arrived=1, coming=1, silent=1) in shown
    assert plain(language, "emergency-to-phone", count=2) in shown
    assert "☎️ Sun 199-0001-0001" in shown


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_to_be_phoned_any_more_when_it_is_over(language: Language) -> None:
    over = an_emergency(*OF_EACH, ended_by="Li", ended_at=NOW + timedelta(minutes=40))
    assert (
        plain(language, "emergency-to-phone", count=2)
        not in emergency.live(report(), over, me(language), now=NOW, zone=ZONE).text
    )
