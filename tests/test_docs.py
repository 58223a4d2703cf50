"""What the documents say is there, is there: settings, files, commands, names, links; and both READMEs say the same."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
IN_TWO_LANGUAGES = (READMES, (ROOT / "docs" / "operations.md", ROOT / "docs" / "operations.zh.md"))
DOCS = sorted(
    {
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "data").rglob("*.md"),
        ROOT / ".env.example",
    }
)
ROOMS = ("alerts", "bot", "handlers", "sandbox", "services", "storage", "views")
MADE_LATER = ("var/", ".venv", ".env")
"""What is there only once Warmgrid has run."""
LARGEST_PICTURE = 400_000

_FENCE = re.compile(r"^( *)```.*?\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? *\|", re.MULTILINE)
_PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
_SUFFIXES = (".py", ".md", ".toml", ".lock", ".ftl", ".json", ".geojson", ".csv", ".png", ".example")

each_document = pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))


def plain(text: str) -> str:
    """The text without its blocks of code."""
    return _FENCE.sub("", text)


def said(text: str) -> Iterator[str]:
    """Everything that is written as code: spans, and the lines of blocks."""
    yield from _SPAN.findall(plain(text))
    for _, block in _FENCE.findall(text):
        yield from (line.partition("  #")[0].strip() for line in block.splitlines())


def tables(readme: Path) -> dict[str, str]:
    """Name and default of each setting, as the README has them."""
    return dict(_ROW.findall(readme.read_text("utf-8")))


def as_written(value: Any) -> str:
    """A default as one writes it into `.env`."""
    if isinstance(value, tuple):  # office hours
        return ",".join("-".join(f"{moment.hour}:{moment:%M}" for moment in span) for span in value)
    return ",".join(str(one) for one in sorted(value)) if isinstance(value, frozenset) else str(value)


@pytest.fixture
def defaults() -> dict[str, str]:
    return {
        name.upper(): as_written(field.get_default(call_default_factory=True))
        for name, field in Settings.model_fields.items()
    }


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_names_every_setting_and_its_default(readme: Path, defaults: dict[str, str]) -> None:
    assert tables(readme) == defaults


def test_the_example_names_every_setting_and_its_default(defaults: dict[str, str]) -> None:
    lines = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert dict(lines) == defaults
    assert len(lines) == len(defaults)


def test_the_example_can_be_used_as_it_is() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


@pytest.mark.parametrize("both", IN_TWO_LANGUAGES, ids=lambda both: both[0].name)
def test_both_languages_have_the_same_sections(both: tuple[Path, Path]) -> None:
    first, second = ([len(marks) for marks, _ in _HEADING.findall(plain(path.read_text("utf-8")))] for path in both)
    assert first == second


@pytest.mark.parametrize("both", IN_TWO_LANGUAGES, ids=lambda both: both[0].name)
def test_both_languages_show_the_same_commands_and_lead_to_the_same_places(both: tuple[Path, Path]) -> None:
    def blocks(text: str) -> list[str]:
        return [re.sub(r" {2,}#.*", "", block) for _, block in _FENCE.findall(text)]

    def links(text: str) -> set[str]:
        found = (link.partition("#")[0].replace(".zh.md", ".md") for link in _LINK.findall(text))
        return {link for link in found if link not in {path.name for path in both}}

    first, second = (path.read_text("utf-8") for path in both)
    assert blocks(first) == blocks(second)
    assert links(first) == links(second)


@pytest.mark.parametrize("operations", IN_TWO_LANGUAGES[1], ids=lambda path: path.name)
def test_the_files_that_a_county_sets_are_all_named(operations: Path) -> None:
    named = set(re.findall(r"^\| `(data/[\w-]+\.toml)` \|", operations.read_text("utf-8"), re.MULTILINE))
    assert named == {f"data/{file.name}" for file in (ROOT / "data").glob("*.toml")} - {"data/demo.toml"}


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    top = {path.name for path in ROOT.iterdir()}
    for code in said(document.read_text("utf-8")):
        is_path = _PATH.fullmatch(code) and (("/" in code and code.split("/")[0] in top) or code.endswith(_SUFFIXES))
        if is_path and not code.startswith(MADE_LATER):
            found = [*ROOT.glob(code.rstrip("/")), *document.parent.glob(code.rstrip("/"))]
            assert found, f"{code} does not exist"


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in _LINK.findall(plain(document.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        if anchor:
            headings = [title for _, title in _HEADING.findall(plain(target.read_text("utf-8")))]
            assert anchor in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings], link


@each_document
def test_every_name_of_the_code_exists(document: Path) -> None:
    for code in said(document.read_text("utf-8")):
        name = code.removesuffix("()")
        if re.fullmatch(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+", name) and not name.endswith(_SUFFIXES):
            resolve(name)


def resolve(name: str) -> Any:
    """The module, class or function of this dotted name."""
    found: Any = importlib.import_module(name.split(".")[0])
    for at, part in enumerate(name.split(".")[1:], start=2):
        if not hasattr(found, part):
            importlib.import_module(".".join(name.split(".")[:at]))
        found = getattr(found, part)
    return found


@each_document
def test_every_class_and_constant_occurs_in_the_code(document: Path) -> None:
    names = {code for code in _SPAN.findall(plain(document.read_text("utf-8"))) if re.fullmatch(r"[A-Z]\w+", code)}
    assert names - words_of_the_code() - {setting.upper() for setting in Settings.model_fields} == set()


@cache
def words_of_the_code() -> frozenset[str]:
    """Every name that is written in the rooms."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return frozenset(word for path in files for word in re.findall(r"\w+", path.read_text("utf-8")))


@each_document
def test_every_option_that_is_shown_exists(document: Path) -> None:
    shown = {code for code in _SPAN.findall(plain(document.read_text("utf-8"))) if re.fullmatch(r"--[\w-]+", code)}
    known = set(options_of(typer.main.get_command(app)))
    assert shown - known - {"--local"} == set()  # of Telegram's own Bot API server


def options_of(command: Any) -> Iterator[str]:
    """Every option of a command and of those below it."""
    yield from (option for parameter in command.params for option in parameter.opts)
    for below in getattr(command, "commands", {}).values():
        yield from options_of(below)


@each_document
def test_every_command_that_is_shown_exists(document: Path) -> None:
    targets = set(re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for code in said(document.read_text("utf-8")):
        program, *words = shlex.split(code) if re.match(r"\S*(warmgrid|make|python3?) ", code) else ["none"]
        if program == "make":
            assert words[0] in targets, code
        elif program.endswith("warmgrid"):
            check_command(words, code)
        elif program.endswith("python") and words[0] == "-m":
            assert importlib.util.find_spec(words[1]), code
        elif program.endswith("python"):
            assert (ROOT / words[0]).is_file(), code


def check_command(words: list[str], code: str) -> None:
    """Hold a call of `warmgrid` against the command line."""
    command: Any = typer.main.get_command(app)
    for word in words:
        if word.startswith("--"):
            options = {option for parameter in command.params for option in parameter.opts}
            assert word in options, f"{code}: no option {word}"
        elif getattr(command, "commands", None):
            assert word in command.commands, f"{code}: no command {word}"
            command = command.commands[word]


def test_the_picture_of_the_demo_is_small_enough_for_a_page() -> None:
    assert 50_000 < (ROOT / "docs" / "demo.png").stat().st_size <= LARGEST_PICTURE
