"""Failures on order: what a test wants to go wrong, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

FaultKind = Literal["drop", "drop_after", "error_500", "html_502", "flood_429", "slow", "unauthorized_401"]


@dataclass
class Fault:
    """One failure that the Bot API shows to the bot.

    ``drop`` closes the connection with nothing done; ``drop_after`` does what was asked, then closes without an
    answer; ``slow`` waits first and then does it. All other kinds do nothing but answer.
    """

    method: str  # a method's name, "*" for any, "file" for downloads
    kind: FaultKind
    times: int = 1  # how many requests it hits
    chat_id: int | None = None  # only requests to this chat
    retry_after: int | None = None  # seconds, for flood_429 (default 1)
    seconds: float | None = None  # for slow (default 1)
    skip: int = 0  # how many matching requests pass first

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist, so that a misspelt fault does not pass as none."""
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"no such fault: {self.kind!r}; one of {', '.join(get_args(FaultKind))}")

    def concerns(self, method: str, params: dict[str, Any]) -> bool:
        """Whether a request is one that this fault is about."""
        if self.method.lower() not in ("*", method.lower()) or (self.method == "*" and method == "file"):
            return False
        return self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)


class Faults:
    """The failures still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let a failure happen."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forget all that has not happened."""
        self._waiting.clear()

    def next_for(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The failure that this request meets, counted as used."""
        for fault in self._waiting:
            if not fault.concerns(method, params):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None
