"""What is under a message: checks keyboards as Telegram does."""

from __future__ import annotations

import re
from typing import Any

from sandbox.refusals import bad_request

Markup = dict[str, Any]

MOST_BUTTONS = 100
CALLBACK_DATA_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "disabled",
)
STYLES = ("danger", "success", "primary")
_URL = re.compile(r"(?:https?|tg|ton)://\S+|[^\s/]+\.[^\s/]{2,}\S*", re.IGNORECASE)


def check(markup: Markup | None) -> None:
    """Refuse a keyboard that Telegram would refuse."""
    if markup is None:
        return
    is_inline = "inline_keyboard" in markup
    rows: list[list[dict[str, Any]]] = markup["inline_keyboard"] if is_inline else markup.get("keyboard", [])
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            if not button["text"].strip():
                raise bad_request("inline keyboard button text is empty" if is_inline else "button text is empty")
            if "style" in button and button["style"] not in STYLES:
                raise bad_request("invalid button style specified")
            if is_inline:
                _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    actions = [action for action in ACTIONS if action in button]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        )
    if len(actions) > 1:  # Telegram takes one of them; which one is anybody's guess
        raise bad_request(f"can't parse inline keyboard button: more than one action: {', '.join(actions)}")
    action = actions[0]
    if action == "callback_data" and not 1 <= len(button[action].encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _URL.fullmatch(button[action]):
        raise bad_request(f"inline keyboard button URL '{button[action]}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 1 <= len(button[action]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def inline(markup: Markup | None) -> Markup | None:
    """The keyboard that is part of the message; an empty one is none."""
    if markup and any(markup.get("inline_keyboard", ())):
        return {"inline_keyboard": [row for row in markup["inline_keyboard"] if row]}
    return None
