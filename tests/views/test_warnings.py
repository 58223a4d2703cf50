"""What a rider reads of a warning."""

import pytest

from storage.kinds import Language, Message
from storage.records import Brief
from tests.views.showing import me
from tests.views.warning_cards import AT, record, shelters
from views import menu, messages
from views.texts import plain


@pytest.mark.parametrize("language", Language)
def test_who_is_near_nothing_that_we_know_of_reads_how_to_look(language: Language) -> None:
    to, key = me(language), plain(language, menu.STATIONS)
    for near, says_so in (((), True), (shelters(None), False)):
        brief = Brief(to, Message.WARNING, {"warning": 123}, warning=record(), shelters=near)
        card = messages.render(brief, **AT)
        assert card is not None
        assert (key in card.text) == says_so
