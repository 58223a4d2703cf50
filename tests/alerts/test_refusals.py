"""Telegram's sentences, as python-telegram-bot hands them over."""

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from alerts.refusals import Meaning, meaning


@pytest.mark.parametrize(
    ("problem", "means"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Meaning.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), Meaning.UNREACHABLE),
        (BadRequest("Bad Request: chat not found"), Meaning.UNREACHABLE),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Meaning.UNREACHABLE),
        (BadRequest("Bad Request: message is not modified: specified new message content"), Meaning.NO_CHANGE),
        (BadRequest("Bad Request: message to edit not found"), Meaning.GONE),
        (BadRequest("Bad Request: message can't be edited"), Meaning.GONE),
        (BadRequest("Bad Request: there is no text in the message to edit"), Meaning.GONE),
        (BadRequest("Bad Request: wrong file identifier/HTTP URL specified"), Meaning.REFUSED),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Meaning.REFUSED),
        (BadRequest("Bad Request: can't parse entities: unclosed tag"), Meaning.REFUSED),
        (NetworkError("Request Entity Too Large"), Meaning.REFUSED),
        (NetworkError("Bad Gateway (502)"), Meaning.NOT_NOW),
        (NetworkError("Internal Server Error"), Meaning.NOT_NOW),
        (TimedOut(), Meaning.NOT_NOW),
        (InvalidToken("Unauthorized"), Meaning.NOT_NOW),
        (TelegramError("Invalid server response"), Meaning.NOT_NOW),
    ],
)
def test_what_telegram_means(problem: TelegramError, means: Meaning) -> None:
    assert meaning(problem) is means
