"""The Bot API's methods, a file a family. Each is a function ``(world, params) -> result``."""

from sandbox.methods import buttons, chats, deletes, edits, files, intake, media, messages, profile
from sandbox.methods.registry import METHODS, Method, Reply

FAMILIES = (
    buttons,
    chats,
    deletes,
    edits,
    files,
    intake,
    media,
    messages,
    profile,
)  # importing them enrols their methods

__all__ = ["FAMILIES", "METHODS", "Method", "Reply"]
