"""What is sealed of a transfer is the same whichever Python writes or audits it."""

import pytest

from services.points import chain


def sealed(words: str | None) -> str:
    """The last line: the words."""
    return chain.seal("k", "credit", "2026-11-24 04:00:00.000000", 1, 2, None, None, words).rpartition("\n")[2]


@pytest.mark.parametrize(
    "words", [None, "", "扫雪", "it's", 'it\'s "hot"', "a\nb\t\\", '👨\u200d👩 "tea"', "一\u3000二"]
)
def test_words_are_sealed_as_they_are_quoted(words: str | None) -> None:
    assert sealed(words) == repr(words)


def test_a_sign_that_this_python_does_not_know_stands_as_it_is() -> None:
    assert sealed("it's \u0378\n") == '"it\'s \u0378\\n"'  # U+0378: no Unicode has it so far
