"""A person's private chat with the bot: who they are and what the chat shows now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.bell import Bell

Message = dict[str, Any]  # as the Bot API has it; never changed, an edit puts a new one in its place
Markup = dict[str, Any]

STORED = (
    "id",
    "first_name",
    "last_name",
    "username",
    "language_code",
    "label",
    "blocked",
    "deleted",
    "keyboard",
    "pinned",
    "fixed",
)


@dataclass
class Chat:
    """One person and one chat: their ids are the same number."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    label: dict[str, str] | None = None  # who this is, by language, and the icon of it
    blocked: bool = False
    deleted: bool = False  # the account is gone
    keyboard: Markup | None = None  # the reply keyboard in force
    pinned: list[int] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)  # sent with a reply keyboard, so never editable
    messages: dict[int, Message] = field(default_factory=dict)
    toasts: list[dict[str, Any]] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)

    def __post_init__(self) -> None:
        """Build what every message repeats."""
        self.renamed()

    def renamed(self) -> None:
        """Call after a change of name or language."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        named = {key: name for key, name in names.items() if name}
        self.user: dict[str, Any] = {"id": self.id, "is_bot": False, **named}
        if self.language_code:
            self.user["language_code"] = self.language_code
        self.as_chat: dict[str, Any] = {"id": self.id, "type": "private", **named}

    def stored(self) -> dict[str, Any]:
        """All but the messages, to be kept."""
        return {name: getattr(self, name) for name in STORED}
