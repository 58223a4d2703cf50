"""Callback data: what is packed is read back; everything else is refused."""

import pkgutil
from datetime import date
from enum import StrEnum
from importlib import import_module
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views import actions
from views.actions import (
    LARGEST,
    LIMIT,
    Accept,
    Action,
    ChooseKind,
    ChooseLanguage,
    DrawStats,
    InviteAs,
    Join,
    MyReports,
    SetDuty,
)

ALL: list[type[Action]] = [
    one for one in vars(actions).values() if isinstance(one, type) and issubclass(one, Action) and one.prefix
]
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
CODES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)


def made(action: type[Action]) -> st.SearchStrategy[Action]:
    """Any action of this class."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, kind in get_type_hints(action).items():
        if name == "prefix":
            continue
        if issubclass(kind, StrEnum):
            fields[name] = st.sampled_from(list(kind))
        else:
            of_kind = {bool: st.booleans(), int: st.integers(0, LARGEST), str: CODES, date: DAYS}
            fields[name] = of_kind[kind]
    return st.builds(action, **fields)


@given(st.sampled_from(ALL).flatmap(made))
def test_what_is_packed_is_read_back_by_its_own_class_alone(action: Action) -> None:
    packed = action.pack()
    assert len(packed.encode()) <= LIMIT
    assert [one.parse(packed) for one in ALL if one.parse(packed) is not None] == [action]


@given(st.text(max_size=70) | st.from_regex(r"\A[a-z]{2}(:[^:]{0,20}){0,3}\Z"))
def test_nonsense_is_refused_or_means_exactly_one_thing(data: str) -> None:
    read = [found for one in ALL if (found := one.parse(data)) is not None]
    assert len(read) <= 1
    for action in read:
        assert type(action).parse(action.pack()) == action


@pytest.mark.parametrize(
    ("action", "data"),
    [
        *[
            (Accept, data)
            for data in (
                None,
                "",
                "ac",
                "ac:",
                "ac:-1",
                "ac:1:2",
                "ac:x",
                "ac:१",
                "ac:1e3",
                f"ac:{LARGEST + 1}",
                "ac:" + "9" * 16,
            )
        ],
        *[(SetDuty, data) for data in ("du:", "du:2", "du:01", "du:True", "du:10")],
        (Join, "jn:yes"),
        (MyReports, "mr:-1"),
        (InviteAs, "iv:king"),
        (ChooseLanguage, "lg:tlh"),
        (ChooseKind, "kd:"),
        *[(DrawStats, f"ec:g:w:{day}") for day in ("", "x", "2026-02-30", "0001-01-01", "9999-12-31", "20261123x")],
    ],
)
def test_forged_data_is_no_action(action: type[Action], data: str | None) -> None:
    assert action.parse(data) is None


def test_every_action_is_named_by_the_package() -> None:
    files = [import_module(f"views.actions.{file.name}") for file in pkgutil.iter_modules(actions.__path__)]
    found = {one for file in files for one in vars(file).values() if isinstance(one, type) and issubclass(one, Action)}
    assert {one for one in found if one.prefix} == set(ALL)


def test_every_prefix_is_one_actions_own() -> None:
    prefixes = [one.prefix for one in ALL]
    assert len(prefixes) == len(set(prefixes)) > 36
    assert all(2 <= len(prefix) <= 3 for prefix in prefixes)


def test_too_much_data_is_a_mistake_that_shows_at_once() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        actions.Decline(1, "x" * 60).pack()


def test_a_button_knows_the_report_or_the_task_that_it_belongs_to() -> None:
    assert (actions.report_of(Accept(7).pack()), actions.task_of(Accept(7).pack())) == (7, None)
    for action in (actions.ShowTask(8), actions.DeclineTask(8), actions.DeclineTaskFor(8, "busy")):
        assert (actions.report_of(action.pack()), actions.task_of(action.pack())) == (None, 8)
    assert actions.task_of("tdr:nonsense") is None
    assert actions.task_of(None) is None
