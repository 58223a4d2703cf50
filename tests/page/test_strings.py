"""The page's own words: every text exists in both languages and is used. (No browser is needed for these.)"""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
ENTRY = re.compile(r'^  "([\w.]+)": \{ zh: "(.*?)", en: "(.*?)" \},$', re.MULTILINE)
PARAMETER = re.compile(r"\{\w+\}")


def catalogue() -> dict[str, tuple[str, str]]:
    text = (PAGE / "strings.js").read_text(encoding="utf-8")
    return {key: (zh, en) for key, zh, en in ENTRY.findall(text)}


def test_every_text_is_there_in_both_languages() -> None:
    texts = catalogue()
    source = (PAGE / "strings.js").read_text(encoding="utf-8")
    assert len(texts) == source.count("{ zh: ") > 80
    for key, (zh, en) in texts.items():
        assert all((zh, en)), key
        assert sorted(PARAMETER.findall(zh)) == sorted(PARAMETER.findall(en)), key


def test_chinese_texts_have_chinese_punctuation() -> None:
    for key, (zh, _) in catalogue().items():
        assert not re.search(r"[\u4e00-\u9fff}] ?[,.;:?!()]|[,;:?!()] ?[\u4e00-\u9fff]|[「」()?!;]", zh), key


def test_every_text_is_used_somewhere() -> None:
    others = [path for path in PAGE.iterdir() if path.suffix in {".js", ".html"} and path.name != "strings.js"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in others)
    made_of_parts = ("action.", "message.")  # these keys are put together from what Telegram calls things
    unused = [key for key in catalogue() if f'"{key}"' not in source and not key.startswith(made_of_parts)]
    assert unused == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_becomes_markup() -> None:
    for path in PAGE.iterdir():
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", source.replace("sets innerHTML", "")
        ), path
        assert not re.search(r"""(?:src|href|from|url\()\s*=?\s*["'(]*https?://""", source), path
