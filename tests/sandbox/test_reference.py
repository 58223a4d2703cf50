"""What the sandbox knows of the Bot API (`sandbox/botapi.json`) is what aiogram, made from the same pages, says of it.

The copy leaves out what Warmgrid does not use, so it must not say more than aiogram, nor otherwise. The types of values
are not compared: aiogram has its own for them.
"""

import aiogram
import pytest
from aiogram import methods, types
from pydantic import BaseModel

from sandbox.parameters import REFERENCE

METHODS: dict[str, dict[str, str]] = REFERENCE["methods"]
TYPES: dict[str, dict[str, str]] = REFERENCE["types"]
UNIONS: dict[str, dict[str, str]] = REFERENCE["unions"]
AS_IT_COMES = {"User"}
"""Bots send these back only as they got them; of theirs nothing is required here."""


def known(model: type[BaseModel]) -> dict[str, bool]:
    """By name, whether it must be given; aiogram fills in what can only be one thing (`type`)."""
    return {
        field.alias or name: field.is_required() or isinstance(field.default, str | bool)
        for name, field in model.model_fields.items()
    }


def agrees(ours: dict[str, str], model: type[BaseModel], *, requires: bool = True) -> None:
    """Nothing that aiogram does not know; the same is required."""
    theirs = known(model)
    assert set(ours) <= set(theirs)
    if requires:
        required = {name for name, must in theirs.items() if must}
        assert {name for name, kind in ours.items() if kind.endswith("!")} == required


def test_both_are_of_the_same_bot_api() -> None:
    assert f"Bot API {aiogram.__api_version__}:" in REFERENCE["about"]


@pytest.mark.parametrize("name", METHODS)
def test_methods(name: str) -> None:
    agrees(METHODS[name], getattr(methods, name[0].upper() + name[1:]))


@pytest.mark.parametrize("name", TYPES)
def test_types(name: str) -> None:
    agrees(TYPES[name], getattr(types, name), requires=name not in AS_IT_COMES)


@pytest.mark.parametrize("name", UNIONS)
def test_unions_name_types_by_what_their_type_says(name: str) -> None:
    for said, one in UNIONS[name].items():
        assert one in TYPES
        assert getattr(types, one).model_fields["type"].default == said


def test_every_type_that_is_named_is_known() -> None:
    simple = {"String", "Integer", "Float", "Boolean", "InputFile"}
    named = {
        part.strip("[]!")
        for fields in (*METHODS.values(), *TYPES.values())
        for kind in fields.values()
        for part in kind.split("|")
    }
    assert named - simple - set(TYPES) - set(UNIONS) == set()
