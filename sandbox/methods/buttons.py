"""Answers to pressed buttons."""

from __future__ import annotations

from sandbox.methods.registry import method
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.world import World

TOAST_LIMIT = 200  # characters


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    """Stop the button's little clock, and say something if there is something to say."""
    text = params.get("text", "")
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world.answered(
        params["callback_query_id"], text=text, show_alert=params.get("show_alert", False), url=params.get("url")
    )
    return True
