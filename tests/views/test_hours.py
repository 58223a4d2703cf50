"""Opening hours in words."""

import pytest

from storage.kinds import Language
from views.hours import in_words


@pytest.mark.parametrize(
    ("kept", "zh", "en"),
    [
        ("24/7", "24 小时", "24 hours"),
        ("08:00-20:00", "08:00–20:00", "08:00–20:00"),
        ("08:00-12:00,14:00-18:00", "08:00–12:00、14:00–18:00", "08:00–12:00, 14:00–18:00"),
        (
            "Mo-Fr 08:30-18:00; Sa,Su off; PH off",
            "周一至周五 08:30–18:00；周六、周日 休息；法定节假日 休息",
            "Mon–Fri 08:30–18:00; Sat, Sun closed; public holidays closed",
        ),
        ("08:00-20:00; SF off", "08:00–20:00；春节假期 休息", "08:00–20:00; Spring Festival closed"),
        ("Mo-We,Fr 22:00-06:00", "周一至周三、周五 22:00–06:00", "Mon–Wed, Fri 22:00–06:00"),
        ("WD 09:00-17:00", "工作日 09:00–17:00", "working days 09:00–17:00"),
        (
            "00:00-24:00; 2026 Feb 16-2026 Feb 23 off; 2026 Oct 01 10:00-16:00",
            "全天；2026年2月16日至2026年2月23日 休息；2026年10月1日 10:00–16:00",
            "all day; 16 Feb 2026–23 Feb 2026 closed; 1 Oct 2026 10:00–16:00",
        ),
    ],
)
def test_hours_are_said_in_words(kept: str, zh: str, en: str) -> None:
    assert in_words(Language.ZH, kept) == zh
    assert in_words(Language.EN, kept) == en
