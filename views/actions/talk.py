"""Questions to who reported, and answers."""

from views.actions.base import OnReport


class Ask(OnReport):
    """Begin a question to the reporter."""

    prefix = "as"


class Answer(OnReport):
    """Begin an answer to who holds the report."""

    prefix = "an"


class AskWith(OnReport):
    """What the officer's draft has is for the reporter of this report."""

    prefix = "aq"


class TakeAsAnswer(OnReport):
    """What the draft has is the answer."""

    prefix = "ta"
