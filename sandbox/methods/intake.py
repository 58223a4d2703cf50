"""How the bot hears of updates: by asking, or by a webhook."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.methods.registry import Reply, method
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.updates import Update, WebhookSettings
from sandbox.world import World

MOST_CONNECTIONS = 100


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Update]:
    """What has happened since; waits for it if asked to."""
    world.updates.allow(params.get("allowed_updates"))
    return await world.updates.poll(
        offset=params.get("offset", 0), limit=params.get("limit", 100), timeout=params.get("timeout", 0)
    )


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> Reply:
    """Post no more."""
    return _stop_webhook(world, params)


def _stop_webhook(world: World, params: Params) -> Reply:
    if params.get("drop_pending_updates"):
        world.updates.forget_pending()
    was_set = bool(world.updates.webhook.url)
    world.updates.set_webhook(WebhookSettings())
    return Reply(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


@method("setWebhook")
def set_webhook(world: World, params: Params) -> Reply:
    """Post updates to a URL from now on. Unlike Telegram, the sandbox does not insist on HTTPS."""
    url = params["url"]
    if not url:
        return _stop_webhook(world, params)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    max_connections = params.get("max_connections", 40)
    if not 1 <= max_connections <= MOST_CONNECTIONS:
        raise bad_request("max_connections must be between 1 and 100")
    if params.get("drop_pending_updates"):
        world.updates.forget_pending()
    world.updates.allow(params.get("allowed_updates"))
    was_set = world.updates.webhook.url == url
    world.updates.set_webhook(WebhookSettings(url, secret or None, max_connections))
    return Reply(True, "Webhook is already set" if was_set else "Webhook was set")


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    """The webhook and how it does."""
    webhook = world.updates.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info
