"""What a suspended person reads, and how an administrator finds the way back."""

from datetime import timedelta

import pytest

from services.merchants import programme
from storage.kinds import Language, Role
from storage.records import Suspended
from tests.moment import NOW
from tests.views.showing import ZONE, me
from views import fairness, people


@pytest.mark.parametrize(
    ("language", "numbers"), [(Language.ZH, "D-000001、D-000002"), (Language.EN, "D-000001, D-000002")]
)
def test_the_reports_that_led_to_it_are_listed_as_the_language_does(language: Language, numbers: str) -> None:
    held = Suspended(1, NOW + timedelta(days=7), (1, 2), "12345")
    assert numbers in fairness.why_suspended(held, me(language), now=NOW, zone=ZONE)
    assert numbers in fairness.to_lift([held], me(language), now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", list(Language))
def test_an_administrators_help_names_the_commands_that_no_key_has(language: Language) -> None:
    text = people.help_text(me(language, roles=frozenset({Role.ADMIN})), programme.told()).text
    assert "/lift" in text
    assert "/audit" in text
