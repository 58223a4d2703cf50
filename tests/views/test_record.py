"""The record of an emergency: a PDF of one page, whatever happened, with the Chinese in it."""

import re
import zlib
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fpdf.table import Table

from storage.kinds import Language
from storage.team_kinds import CallState
from tests.moment import NOW
from tests.views.showing import HOSTILE, ZONE, an_emergency, call, report
from views.making import make
from views.paper import font
from views.record import Record
from views.texts import plain


def made(language: Language, *, people: int = 3, words: str = "三楼着火 🔥", name: str = "罗海红") -> bytes:
    calls = [
        call(state, person_id=at, name=name, deputy_of=deputy_of, answered_at=NOW, arrived_at=NOW + timedelta(days=1))
        for at, (state, deputy_of, _) in enumerate(product(CallState, (None, "赖福燕"), range(people)))
    ]
    one = an_emergency(*calls, begun_by=name, ended_by=name, ended_at=NOW + timedelta(minutes=40))
    one = type(one)(**{**{slot: getattr(one, slot) for slot in one.__slots__}, "notes": one.notes * people})
    return make(Record(report(words=words, place_name=words[:300]), one, language, NOW, ZONE))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("people", [1, 4, 20])
def test_it_is_one_page_however_many_were_called(language: Language, people: int) -> None:
    pdf = made(language, people=people)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == 1


@pytest.mark.parametrize("words", HOSTILE, ids=["tags", "emoji", "long", "rtl"])
def test_no_words_break_it(words: str) -> None:
    assert pages(made(Language.ZH, words=words, name=words[:200])) == 1


def test_its_font_has_the_chinese_and_is_in_the_file() -> None:
    pdf = made(Language.ZH)
    assert b"NotoSansSC" in pdf
    with TTFont(font()) as found:
        assert {ord(one) for one in "应急处置记录罗海红，。“”"} <= set(found.getBestCmap())


def test_the_same_emergency_gives_the_same_page() -> None:
    assert _drawn(made(Language.ZH)) == _drawn(made(Language.ZH))
    assert _drawn(made(Language.ZH)) != _drawn(made(Language.ZH, name="陈文华"))


def _drawn(pdf: bytes) -> bytes:
    """What is drawn on the page."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompress(one) for one in streams if one.startswith(b"\x78"))


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_said_to_have_been_called_whose_phone_never_rang(language: Language, monkeypatch: Any) -> None:
    rows: list[tuple[str, ...]] = []
    monkeypatch.setattr(Table, "row", lambda self, cells: rows.append(tuple(cells)))
    one = an_emergency(call(CallState.UNREACHABLE, pushes=0), call(CallState.CALLED, name="Qian"))
    make(Record(report(), one, language, NOW, ZONE))
    gone, rang = (next(row for row in rows if row[1:2] == (name,)) for name in ("Sun", "Qian"))
    to_be_phoned = plain(language, "record-state-unreachable")
    assert gone[3:] == ("—", "0", "—", "—", to_be_phoned)
    assert rang[3:5] == ("12:00:00", "1")
