"""The commands in Telegram's menu: in both languages for everybody, and by role for those who have more."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from services import people
from storage.kinds import Language
from storage.records import Me
from storage.store import Store, StoreUnavailable
from views import menu

log = logging.getLogger(__name__)


class CommandMenu:
    """Keeps Telegram's menu true; a failure is tried again with the person's next update."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store

    async def register(self) -> None:
        """For everybody: English where the phone is neither Chinese nor known, Chinese where it is."""
        everybody = BotCommandScopeAllPrivateChats()
        for language, code in ((Language.EN, None), (Language.ZH, "zh"), (Language.EN, "en")):
            listed = [BotCommand(command=name, description=text) for name, text in menu.commands(language, frozenset())]
            await self._bot.set_my_commands(listed, scope=everybody, language_code=code)

    async def show(self, me: Me, *, has_changed: bool = False) -> None:
        """For one person with a role, or who chose another language than the phone's: when that changed."""
        if me.menu == menu.mark(me) or (me.menu is None and not me.roles and not has_changed):
            return
        listed = [BotCommand(command=name, description=text) for name, text in menu.commands(me.language, me.roles)]
        try:
            await self._bot.set_my_commands(listed, scope=BotCommandScopeChat(chat_id=me.telegram_id))
            await self._store.write(people.remember_menu, person_id=me.id, menu=menu.mark(me))
        except (TelegramAPIError, StoreUnavailable) as problem:
            log.warning("could not show the commands: %s", problem)
