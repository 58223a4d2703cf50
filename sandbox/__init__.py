"""Telegram on one's own machine: a Bot API server and a page with several people's chats.

Imports nothing of the house, so that the bot meets it as it meets Telegram: over HTTP, by ``TELEGRAM_API_URL``.
"""

from sandbox.bot_api import Call
from sandbox.faults import Fault
from sandbox.person import Person
from sandbox.server import Sandbox

__all__ = ["Call", "Fault", "Person", "Sandbox"]
