"""What aiogram's models are, in a process of its own: `python -m tests.bot.aiogram_seen lazily|at-once|in-vain`.

Prints JSON: for each model its fields, signature and settings once it is built, and what becomes of samples.
"""

import copy
import inspect
import json
import pickle
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter

from bot import lazy_models

PERSON = {"id": 7, "is_bot": False, "first_name": "Li"}
CHAT = {"id": 7, "type": "private", "first_name": "Li"}
MESSAGE = {"message_id": 1, "date": 1767225600, "chat": CHAT, "from": PERSON}
FILE = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
MEMBER = {"user": {**PERSON, "is_bot": True}, "status": "member"}
UPDATES: list[dict[str, Any]] = [
    {"message": {**MESSAGE, "text": "hello", "entities": [{"type": "bold", "offset": 0, "length": 2}]}},
    {"message": {**MESSAGE, "photo": [FILE], "caption": "here", "reply_to_message": {**MESSAGE, "text": "where?"}}},
    {"message": {**MESSAGE, "location": {"latitude": 30.5, "longitude": 104.25}, "unheard_of": {"by": "aiogram"}}},
    {"edited_message": {**MESSAGE, "text": "hallo", "edit_date": 1767225601}},
    {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "c", "data": "x", "message": MESSAGE}},
    {"callback_query": {"id": "2", "from": PERSON, "chat_instance": "c", "message": {**MESSAGE, "date": 0}}},
    {
        "my_chat_member": {
            "chat": CHAT,
            "from": PERSON,
            "date": 1767225600,
            "old_chat_member": MEMBER,
            "new_chat_member": {**MEMBER, "status": "kicked", "until_date": 0},
        }
    },
    {"inline_query": {"id": "3", "from": PERSON, "query": "", "offset": ""}},
    {"poll_answer": {"poll_id": "4", "user": PERSON, "option_ids": [0], "option_persistent_ids": ["a"]}},
    {"message": {"message_id": "none"}},
]


def main(how: str) -> None:
    """See the head of this file."""
    if how == "in-vain":
        lazy_models.USED_AT_ONCE = {"types": ("NotThere",)}
    if how != "at-once":
        lazy_models.import_aiogram()
    import aiogram.utils.web_app  # noqa: F401 - has models, too, and is not imported by aiogram itself

    models = list(dict.fromkeys(_below(BaseModel)))
    seen: dict[str, Any] = {"whole at first": sum(model.__pydantic_complete__ for model in models)}
    seen["samples"] = _samples()
    models.sort(key=lambda model: model.__name__[::-1])  # in no order of aiogram's: whichever is first, each is whole
    seen["models"] = {f"{model.__module__}.{model.__qualname__}": _look(model) for model in models}
    text = re.sub(r"\bat 0x[0-9a-f]+|\d{9,}", "", json.dumps(seen, sort_keys=True, default=repr))  # addresses
    sys.stdout.write(text)


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        home = vars(sys.modules.get(one.__module__, sys))
        if one.__module__.startswith("aiogram") and home.get(one.__name__, one) is one:  # not of an import given up
            yield one
            yield from _below(one)


def _look(model: type[BaseModel]) -> dict[str, Any]:
    """What pydantic has made of a model; how it validates follows from that."""
    model.model_rebuild()
    return {
        "whole": model.__pydantic_complete__,
        "fields": {name: repr(field) for name, field in model.model_fields.items()},
        "signature": str(inspect.signature(model)),
        "settings": sorted((key, repr(value)) for key, value in model.model_config.items() if key != "defer_build"),
        "validators": sorted(model.__pydantic_decorators__.model_validators),
    }


def _samples() -> list[str]:
    """What validating, copying, pickling and a message's shortcuts give, before anything else was used."""
    from aiogram import Bot, types
    from aiogram.methods import Response, SendMessage

    bot = Bot("42:x")
    found = [repr(TypeAdapter(list[types.PaidMediaInfo]).validate_python([{"star_count": 1, "paid_media": []}]))]
    for number, update in enumerate(UPDATES):
        try:
            read = types.Update.model_validate({"update_id": number, **update}, context={"bot": bot})
        except ValueError as problem:
            found.append(str(problem))
            continue
        found += [repr(read), read.model_dump_json(exclude_none=True, warnings=False)]
        alone = types.Update.model_validate({"update_id": number, **update})
        assert alone == pickle.loads(pickle.dumps(alone)) == copy.deepcopy(alone)
        bots = [read.bot, read.event.bot, alone.bot, alone.event.bot, alone.event.as_(bot).bot]
        found.append(str([one is bot for one in bots]))
        if read.message is not None:
            found.append(repr(read.message.answer("heard").as_(bot).model_dump(warnings=False)))
    answer = Response[types.ChatFullInfo].model_validate({"ok": False, "error_code": 400, "description": "no"})
    made = types.Poll.model_construct(id="1", question="?")
    sent = SendMessage(chat_id=1, text="…", reply_markup=types.ForceReply(selective=True))
    moment = types.Message(message_id=1, date=datetime(2026, 1, 1, tzinfo=UTC), chat=types.Chat(id=1, type="group"))
    return [*found, repr(answer), repr(made), repr(sent), moment.model_dump_json(warnings=False)]


if __name__ == "__main__":
    main(sys.argv[1])
