"""What nothing else took: unsupported kinds of messages, unknown commands, buttons out of date. Always answered."""

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from services.merchants import programme
from storage.records import Me
from views import people
from views.card import Card
from views.format import shorten
from views.texts import has, plain, say

router = Router(name="fallback")

LONGEST = 33
"""Characters of a command with its slash: https://core.telegram.org/bots/api#botcommand"""


@router.message()
async def unsupported(message: Message, me: Me, state: FSMContext) -> Answer:
    """Name what it is and say what would help; the draft stays as it is."""
    if message.text is not None and message.text.startswith("/"):
        command = shorten(message.text.split()[0], most=LONGEST)
        return Answer(say=(Card(text=say(me.language, "error-no-such-command", command=command)),))
    if message.text is not None:
        return Answer(say=(people.help_text(me, programme.told()),))
    if message.document is not None and message.animation is None:
        return Answer(say=(people.no_use_of_file(me, message.document.file_name),))
    kind = ContentType(message.content_type).value
    key = f"what-{kind}" if has(me.language, f"what-{kind}") else "what-other"
    return Answer(say=(Card(text=say(me.language, "error-unsupported", what=plain(me.language, key))),))


@router.callback_query()
async def stale(press: CallbackQuery, me: Me) -> Answer:
    """A button that means nothing (any more)."""
    return Answer(toast=plain(me.language, "error-old-button"), is_alert=False)
