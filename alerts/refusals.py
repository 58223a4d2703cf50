"""What Telegram means by its errors. It has no codes for them, only sentences: these are the ones that matter here.

The sentences are in no documentation; they are collected from Telegram's own server
(https://github.com/tdlib/telegram-bot-api, `Client.cpp`). Compared without regard to case: python-telegram-bot
changes it.
"""

from enum import Enum, auto

from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError


class Meaning(Enum):
    """What to make of an error."""

    NOT_NOW = auto()  # the network, the server, the token: the same request may work later
    UNREACHABLE = auto()  # nothing can be sent to this person
    NO_CHANGE = auto()  # an edit to what the message says already
    GONE = auto()  # the message to edit is no more, or is none that can be edited
    REFUSED = auto()  # the request is wrong, and will be


NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "input_user_deactivated")
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
TOO_LARGE = "request entity too large"


def meaning(problem: TelegramError) -> Meaning:
    """Sort an error; `RetryAfter` is not one of these, it has its own number."""
    said = str(problem).lower()
    if isinstance(problem, Forbidden):
        return Meaning.UNREACHABLE
    if isinstance(problem, BadRequest):
        if any(words in said for words in NO_CHAT):
            return Meaning.UNREACHABLE
        if "message is not modified" in said:
            return Meaning.NO_CHANGE
        if any(words in said for words in GONE):
            return Meaning.GONE
        return Meaning.REFUSED
    if isinstance(problem, NetworkError) and TOO_LARGE in said:  # a 413, which is no class of its own
        return Meaning.REFUSED
    return Meaning.NOT_NOW
