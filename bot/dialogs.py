"""aiogram's conversation state on the shared store, so that dialogs survive a restart."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from storage import conversations
from storage.conversations import DialogKey
from storage.store import Store
from storage.work import Dialog, Work


class StoreDialogs(BaseStorage):
    """Dialogs in the store; with ``work``, changes are kept until they are committed with the update's effect.

    ``known`` is what the arrival of the update has read already.
    """

    def __init__(
        self, store: Store, *, work: Work | None = None, known: Mapping[DialogKey, Dialog] | None = None
    ) -> None:
        self._store = store
        self._work = work
        self._known = dict(known or {})

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """See `BaseStorage`."""
        name = state.state if isinstance(state, State) else state
        _, data = await self._get(_key(key))
        await self._put(_key(key), (name, data))

    async def get_state(self, key: StorageKey) -> str | None:
        """See `BaseStorage`."""
        return (await self._get(_key(key)))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """See `BaseStorage`."""
        state, _ = await self._get(_key(key))
        await self._put(_key(key), (state, dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """See `BaseStorage`."""
        return dict((await self._get(_key(key)))[1])

    async def close(self) -> None:
        """The store is closed by who opened it."""

    async def _get(self, key: DialogKey) -> Dialog:
        if self._work is not None and key in self._work.dialogs:
            return self._work.dialogs[key]
        if key not in self._known:
            found = await self._store.read(conversations.get, key=key)
            if self._work is None:
                return found
            self._known[key] = found
        return self._known[key]

    async def _put(self, key: DialogKey, dialog: Dialog) -> None:
        if self._work is not None:
            self._work.dialogs[key] = dialog
        else:
            await self._store.write(conversations.put, key=key, state=dialog[0], data=dialog[1])


def _key(key: StorageKey) -> DialogKey:
    return DialogKey(key.chat_id, key.user_id, key.destiny)
