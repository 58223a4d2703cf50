"""Both catalogues say the same, nothing is missing and nothing is left over."""

import ast
import inspect
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from services import errors
from services.imports.merchant_rows import SAID
from services.merchants import errors as merchant_errors
from services.merchants.imported import COLUMNS
from services.places import errors as place_errors
from services.points import errors as point_errors
from services.points.alarm import Trouble
from services.points.earning import Limit
from services.points.findings import Fault
from services.worktime import FESTIVALS
from storage.kinds import Deed, EventKind, Language, Level, ReporterKind, Role, Stage, Status, WaitingFor
from storage.near_places import Answered
from storage.places_kinds import PlaceField, Voice, WarningKind, Wrong
from storage.points_kinds import CreditState, Mealtime, Reason, RiderState, ShopField, ShopKind
from storage.team_kinds import CallState, Rank, TaskState
from tests.views.points_cards import ENDS_OF_CREDIT
from views import cases, menu, people, proofs, record, together, verdicts, waits
from views.errors import card, toast
from views.texts import MissingText, everywhere, has, plain, say, source

ROOT = Path(__file__).parents[2]
ROOMS = ("alerts", "bot", "handlers", "services", "storage", "views")
UNTOLD = {  # reporters need not see how many hands it took
    EventKind.ROUTED,  # by its level
    EventKind.UNREACHABLE,
    EventKind.PAUSED,  # by whom is waited for
    EventKind.TASK_DECLINED,
    EventKind.TASK_DROPPED,
    EventKind.PROOF_KEPT,
    EventKind.EMERGENCY_CALLED,
    EventKind.EMERGENCY_ON_WAY,
    EventKind.EMERGENCY_ARRIVED,
    EventKind.EMERGENCY_DECLINED,
}
PROMISES = ["open", "accepted", "accept-late", "resolve-late", *(f"paused-{one}" for one in WaitingFor)]
LATE = [Status.OPEN, Status.ACCEPTED, "open-top", "accepted-top", *(f"paused-{one}" for one in WaitingFor)]
NOT_IN_A_PURSE = (Reason.OWED_PAID, Reason.CAPTURE, Reason.MEAL, Reason.SETTLEMENT)
IN_A_PURSE = [reason for reason in Reason if reason not in NOT_IN_A_PURSE]
FAMILIES = {  # texts whose keys are put together: the start, and all that may follow
    "ask-shop-field-": list(ShopField),
    "button-shop-field-": list(ShopField),
    "button-hours-": ["all", "day"],
    "button-place-field-": list(PlaceField),
    "button-wait-": list(WaitingFor),
    "code-over-": ["taken", "expired", "cancelled", "undone", "removed"],
    "mealtime-": list(Mealtime),
    "newplace-ask-": list(PlaceField),
    "newplace-line-": ["point", "photos", "hours", "access", "phone", "spaces"],
    "opening-": ["mo", "tu", "we", "th", "fr", "sa", "su", "wd", "ph", *map(str.lower, FESTIVALS)],
    "rider-": list(RiderState),
    "button-rider-": [RiderState.REGISTERED, RiderState.REFUSED],
    "told-rider-": [RiderState.REGISTERED, RiderState.REFUSED],
    "shop-column-": [*(COLUMNS.get(one, one) for one in SAID), "removed"],
    "shop-kind-": [*ShopKind, "any"],
    "call-": list(CallState),
    "button-wrong-": list(Wrong),
    "doubt-": [one for one in Wrong if one is not Wrong.OTHER],
    "place-": [f"{one}{end}" for one in ("open", "closed", "closed-said", "full-said") for end in ("", "-until")],
    "case-": [
        *(status for status in Status if status not in (Status.OPEN, Status.ACCEPTED, Status.REJECTED)),
        "accept-late-top",
    ],
    "command-": [
        *(
            *menu.COMMANDS,
            *menu.OFFICER_COMMANDS,
            *menu.LEAD_COMMANDS,
            menu.ACTIVITY,
            *menu.ADMIN_COMMANDS,
            *menu.MERCHANT_COMMANDS,
            *menu.KEEPER_COMMANDS,
            menu.EMERGENCY,
        ),
        menu.TASKS,
    ],
    "first-": list(Role),
    "event-": [kind for kind in EventKind if kind not in UNTOLD],
    "event-routed-": list(Level),
    "event-paused-": list(WaitingFor),
    "case-paused-": list(WaitingFor),
    "my-cases-line-paused-": list(WaitingFor),
    "case-you-decided-": [*verdicts.DECISIONS, EventKind.REOPENED],
    "promise-": [*PROMISES, "accept-late-top", "resolve-late-top"],
    "told-credit-": list(ENDS_OF_CREDIT),
    "told-paused-": [*WaitingFor, "unasked"],
    "told-late-": LATE,
    "told-reminder-late-": [Status.OPEN, Status.ACCEPTED, Status.REVIEW, "paused"],
    "told-decided-by-others-": ["fixed", "back", "false", "true"],
    "case-raised-": list(WaitingFor),
    "ask-wait-until-": list(WaitingFor),
    "button-wait-other-": list(WaitingFor),
    "wait-": ["tomorrow", *(f"hours-{hours}" for hours in waits.HOURS if hours)],
    "told-reminder-": [Status.OPEN, Status.ACCEPTED, Status.REVIEW],
    "overdue-": ["title", "more"],
    "late-": ["title", "more"],
    "overdue-line-": [Status.OPEN, Status.ACCEPTED, Status.REVIEW],
    "late-line-": LATE,
    "level-": [*Level, "admin"],
    "told-verdict-": [Status.RESOLVED, Status.CLOSED, "review", "others"],
    "why-not-fixed-": [*verdicts.WHY_NOT, "shown"],
    "why-proof-": proofs.WHY_FAR,
    "holder": ["", "-role"],  # said within other texts
    "import-where-": ["line", "row", "feature"],
    "joined-": list(Role),
    "credit-": [one for one in CreditState if one is not CreditState.DRAFT],
    "deed-": list(Deed),
    "around-": list(Answered),
    "voice-": list(Voice),
    "kind-": list(ReporterKind),
    "label-": [Stage.BEFORE, Stage.AFTER],
    "month-": [str(month) for month in range(1, 13)],
    "my-tasks-line-": [TaskState.OFFERED, TaskState.ACCEPTED],
    "my-reports-": PROMISES,
    "my-cases-line-": ["late", "open", "accepted", "review"],
    "next-": list(Status),
    "platform-": people.PLATFORMS,
    "ledger-wrong-": [*Trouble, "do"],
    "points-fault-": list(Fault),
    "points-limit-": list(Limit),
    "points-reason-": IN_A_PURSE,
    "prompt-": [
        *("resolve", "resolve-words", "resolve-photo-only", "ask", "answer", "words", "place"),
        *("false", "dispute", "dispute-words", "dispute-photo-only"),
    ],
    "rank-": list(Rank),
    "record-": ["title", "lasted", "goes-on", "calls", "story", "more", "deputies", "made", "signed"],
    "record-column-": record.COLUMNS,
    "record-fact-": ["number", "grid", "place", "words", "begun", "ended", "lead"],
    "record-note-": [
        *("silent", "called", EventKind.EMERGENCY_BEGUN, EventKind.EMERGENCY_ON_WAY, EventKind.EMERGENCY_ARRIVED),
        *(EventKind.EMERGENCY_DECLINED, EventKind.EMERGENCY_ENDED),
    ],
    "record-state-": list(CallState),
    "role-": list(Role),
    "task-": list(TaskState),
    "task-line-": [state for state in TaskState if state is not TaskState.DROPPED],
    "told-task-": [TaskState.ACCEPTED, TaskState.DECLINED, TaskState.DONE],
    "told-task-silent-": [TaskState.OFFERED, TaskState.ACCEPTED],
    "status-": list(Status),
    "warning-": list(WarningKind),
    "warning-words-": list(WarningKind),
    "weekday-": [str(day) for day in range(1, 8)],
    "what-": [
        *("sticker", "animation", "audio", "document", "contact", "poll", "video_note", "dice", "other"),
    ],
    "ask-why-": ["decline", "reject"],
    "why-decline-": cases.WHY_NOT_MINE,
    "why-decline-task-": together.WHY_DECLINE_TASK,
    "why-drop-task-": together.WHY_DROP_TASK,
    "why-reject-": cases.WHY_REJECT,
}


class Facts(Visitor):
    """The facts that a text needs."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


@cache
def catalogue(language: Language) -> dict[str, set[str]]:
    """The facts of each text, by key."""
    resource = FluentParser().parse(source(language))
    junk = [entry.content for entry in resource.body if isinstance(entry, ftl.Junk)]
    assert junk == [], f"{language}: cannot be read"
    found: dict[str, set[str]] = {}
    for entry in resource.body:
        if isinstance(entry, ftl.Message):
            facts = Facts()
            facts.visit(entry)
            assert entry.id.name not in found, f"{language}: {entry.id.name} is there twice"
            found[entry.id.name] = facts.names
    return found


@cache
def literals() -> set[str]:
    """Every string in the code, but for docstrings."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


@cache
def used() -> set[str]:
    """The keys that the code can ask for."""
    put_together = {f"{start}{end}" for start, ends in FAMILIES.items() for end in ends}
    return put_together | (literals() & set(catalogue(Language.ZH)))


def test_both_languages_have_the_same_texts() -> None:
    assert set(catalogue(Language.ZH)) == set(catalogue(Language.EN))


@pytest.mark.parametrize("key", sorted(catalogue(Language.ZH)))
def test_both_languages_use_the_same_facts(key: str) -> None:
    assert catalogue(Language.ZH)[key] == catalogue(Language.EN)[key]


def test_no_text_is_missing() -> None:
    asked = {text for text in literals() if re.fullmatch(r"error-[a-z-]+[a-z]", text)} | used()
    assert asked - set(catalogue(Language.EN)) == set()


def test_no_text_is_left_over() -> None:
    assert set(catalogue(Language.EN)) - used() == set()


def all_errors() -> list[type[errors.DomainError]]:
    modules = (errors, merchant_errors, place_errors, point_errors)
    found = [one for module in modules for one in inspect.getmembers(module, inspect.isclass)]
    return [one for _, one in dict(found).items() if issubclass(one, errors.DomainError)]


@pytest.mark.parametrize("error", all_errors())
@pytest.mark.parametrize("language", list(Language))
def test_every_error_is_a_sentence_that_a_toast_can_show(error: type[errors.DomainError], language: Language) -> None:
    assert has(language, error.key)
    facts = {
        "name": "<b>Li</b>" * 20,
        "code": "X-9",
        "most": 20,
        "megabytes": 20,
        "count": 2,
        "days": 14,
        "balance": 4,
        "needed": 10,
    }
    facts |= {"minutes": 9, "least": 0, "held": 2, "first": "10:30", "last": "14:00", "month": "2026-11"}
    facts |= {"text": "8-25", "points": 12, "at": "17:00"}
    facts |= {"columns": "a", "role": "desk", "number": "D-000001", "names": "a", "into": "D-000002", "phone": "12345"}
    assert "<b>Li" not in card(language, error.key, facts).text
    assert 0 < len(toast(language, error.key, facts)) <= 200


@pytest.mark.parametrize("language", list(Language))
def test_no_text_shouts_or_has_loose_ends(language: Language) -> None:
    for line in source(language).splitlines():
        text = line.partition("=")[2] if "=" in line else line
        if line.startswith("#"):
            continue
        assert not re.search(r"[!！?？]{2}", text), line
        assert "  " not in text.strip(), line


HALF_WIDTH = re.compile(
    r"""[\u4e00-\u9fff，。：；“”（）](?:\.|[ ]?[,;:?!()"'])"""
    r"""|[,;:?!()"'][ ]?[\u4e00-\u9fff“（]"""
    r"""|[()?!;]"""
)
"""Punctuation of Latin letters beside Chinese ones; brackets and the like anywhere."""


def test_chinese_texts_have_chinese_punctuation() -> None:
    text = source(Language.ZH)
    without_syntax = re.sub(r"^#.*$|^[\w-]+ =|\{ \$[\w-]+( ->)?|\}|<[^>]+>", "0", text, flags=re.MULTILINE)
    assert HALF_WIDTH.findall(without_syntax) == []


def test_half_width_punctuation_is_recognised() -> None:
    for bad in ("好,", "是谁?", "网格员 (主责)", "好.", "（主责)", '说"好"'):
        assert HALF_WIDTH.search(bad), bad
    for good in ("例如 DY-001-01", "119 / 110", "25.4, 114.3", "以 .csv 结尾", "（WGS-84）", "11月24日 12:00"):
        assert not HALF_WIDTH.search(good), good


def test_a_fact_is_escaped_and_a_missing_one_is_named() -> None:
    assert "&lt;b&gt;" in say(Language.EN, "error-no-such-grid", code="<b>")
    assert plain(Language.EN, "error-no-such-grid", code="<b>&").startswith("There is no grid “<b>&”")
    long = "&<" * 2000
    assert plain(Language.EN, "error-no-such-grid", code=long).startswith(f"There is no grid “{long}”")
    with pytest.raises(MissingText):
        say(Language.EN, "error-no-such-grid")
    with pytest.raises(MissingText):
        say(Language.ZH, "no-such-text")


def test_a_key_is_known_in_whichever_language_it_was_shown() -> None:
    assert everywhere("key-help") == {plain(language, "key-help") for language in Language}
    assert len(everywhere("key-help")) == 2


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("role", list(Role))
def test_the_first_words_to_somebody_name_buttons_by_their_names(language: Language, role: Role) -> None:
    names = {plain(language, key) for key, facts in catalogue(language).items() if is_button(key) and not facts}
    assert set(re.findall("“(.*?)”", plain(language, f"first-{role}"))) <= names


NO_BUTTONS = re.compile(r"照片|文件|/.*|")
"""What texts put between quotation marks, and is none: what Telegram calls things, commands, a fact left out."""


@pytest.mark.parametrize("language", list(Language))
def test_texts_name_buttons_by_their_names(language: Language) -> None:
    facts = dict.fromkeys({fact for facts in catalogue(language).values() for fact in facts}, "")

    def shown(key: str) -> str:
        return plain(language, key, **facts)  # all there are: a text may say another one

    def name(words: str) -> str:
        return re.sub(r"^\W+|\W+$", "", words)  # without its icon, and where it goes on

    names = {name(shown(key)) for key in catalogue(language) if is_button(key)}
    quoted = {(key, one) for key in catalogue(language) for one in re.findall("“(.*?)”", shown(key))}
    assert {(key, one) for key, one in quoted if not NO_BUTTONS.fullmatch(one) and name(one) not in names} == set()


def is_button(key: str) -> bool:
    return key.startswith(("button-", "key-"))


@pytest.mark.parametrize("language", list(Language))
def test_the_first_words_to_an_officer_name_all_that_a_fix_takes(language: Language) -> None:
    for key in ("button-accept", "button-resolve", "key-here"):
        assert plain(language, key) in plain(language, "first-officer")


def test_no_two_keys_of_the_keyboard_send_the_same() -> None:
    sent = [text for key in menu.KEYS for text in everywhere(key)]
    assert len(sent) == len(set(sent)) == 2 * len(menu.KEYS)


def test_a_fact_is_put_in_as_it_is_and_a_number_as_its_language_writes_it() -> None:
    assert say(Language.EN, "place-free", free=1234, spaces=9, at="<8", by="B") == "1,234 of 9 free (&lt;8, B)"
    assert say(Language.ZH, "stations-line", at=1, icon="🏠", name="甲（乙） 丙") == "1. 🏠 <b>甲（乙） 丙</b>"
    assert say(Language.EN, "apart-metres", count=1) != say(Language.EN, "apart-metres", count=2)
