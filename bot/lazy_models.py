"""aiogram's models are built when they are first used, instead of all of them while it is imported.

aiogram has some six hundred pydantic models. Building them is nearly all of a cold start and a third of the memory, and
Warmgrid uses a few dozen. pydantic can put building off (`defer_build`); two things in aiogram stand against it: its
methods do not ask for that, and its types are all built at the end of the import, because many of their annotations
name classes that their modules import for type checkers only. So while aiogram is imported deferring is the default
and that building is left out; afterwards each module gets the names that its models' annotations lack. From then on
pydantic builds each model by itself, whole, wherever it is used first. See decision 11.
"""

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from pydantic import BaseModel

log = logging.getLogger(__name__)

USED_AT_ONCE = {
    "types": ("Message", "CallbackQuery", "ChatMemberUpdated", "Update"),  # what is built is taken over by the next
    "methods": ("SendMessage", "EditMessageText", "SendPhoto"),
}
"""What the first updates need and what takes long (others take some milliseconds): built before an update can come."""
_NAME = re.compile(r"[A-Za-z_]\w*")


def import_aiogram() -> None:
    """Import aiogram so that its models are built later; if that cannot be done, import it as it is.

    Nothing happens if it is imported already.
    """
    if "aiogram" in sys.modules:
        return
    try:
        with _building_put_off() as put_off:
            import_module("aiogram")
        for model, names in put_off.items():
            _complete_module(model, names)
        _know_bot_at_once()
        _build_used()
    except Exception:
        log.warning("all of aiogram's models are built at once, which takes seconds", exc_info=True)
        for name in [name for name in sys.modules if name.partition(".")[0] == "aiogram"]:
            del sys.modules[name]
        import_module("aiogram")


@contextmanager
def _building_put_off() -> Iterator[dict[type[BaseModel], Mapping[str, Any]]]:
    """Models that are defined in here are not built; yields those that were to be, with the names given for that."""
    put_off: dict[type[BaseModel], Mapping[str, Any]] = {}

    def put_off_rebuild(model: type[BaseModel], *, _types_namespace: Mapping[str, Any]) -> None:
        put_off[model] = _types_namespace

    rebuild, config = BaseModel.__dict__["model_rebuild"], BaseModel.model_config
    BaseModel.model_rebuild = classmethod(put_off_rebuild)  # type: ignore[method-assign, assignment]
    BaseModel.model_config = {**config, "defer_build": True}
    try:
        yield put_off
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
        BaseModel.model_config = config


def _complete_module(model: type[BaseModel], names: Mapping[str, Any]) -> None:
    """Give the model's module what the annotations of its fields name, own and inherited, and it has not imported."""
    module = vars(sys.modules[model.__module__])
    for parent in model.__mro__:
        for annotation in vars(parent).get("__annotations__", {}).values():
            for name in _NAME.findall(annotation) if isinstance(annotation, str) else ():
                if name in names:
                    module.setdefault(name, names[name])


def _know_bot_at_once() -> None:
    """What aiogram's models note of their bot when they are made is noted once.

    pydantic does it for each level of inheritance anew, by a function around that of the level above.
    """
    root = import_module("aiogram.client.context_controller").BotContextController
    models = list(_below(root))
    if any(set(model.__private_attributes__) != {"_bot"} for model in models):
        return  # there is more to note than that
    for model in models:
        if "model_post_init" in vars(model):
            del model.model_post_init
    root.model_post_init = _note_bot


def _note_bot(model: BaseModel, context: Any, /) -> None:
    object.__setattr__(model, "__pydantic_private__", {"_bot": context.get("bot") if context else None})


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from _below(child)


def _build_used() -> None:
    """Build what is used at once.

    Raises:
        PydanticUndefinedAnnotation, among others: models are not built by themselves.
    """
    for where, names in USED_AT_ONCE.items():
        module = import_module(f"aiogram.{where}")
        for name in names:
            getattr(module, name).model_rebuild()
