"""What a handler gives back: what to say, after everything is committed. `bot/speaking.py` says it."""

from dataclasses import dataclass

from storage.records import Me
from views.card import Card


@dataclass(frozen=True, slots=True)
class Answer:
    """Things to say in the chat that the update came from."""

    say: tuple[Card, ...] = ()  # new messages
    asks: Card | None = None  # a new message that asks for what a dialog waits for: its buttons go with the dialog
    edit: Card | None = None  # in place of the message that it names, else of the one whose button was pressed
    toast: str | None = None  # over the chat, after a button was pressed
    is_alert: bool = False  # the toast must be closed by hand
    status: Card | None = None  # the draft's message: edited, or sent and remembered
    closes: int | None = None  # the message whose buttons go: the dialog that it asked for is over
    follows: int | None = None  # the message with the live location that what is said, or edited, follows from now on
    about: int | None = None  # the report whose end takes the buttons of what is said here away
    me: Me | None = None  # the person as he is now, where his language or roles changed


NOTHING = Answer()
