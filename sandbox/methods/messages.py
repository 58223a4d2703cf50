"""Text, places, and showing that the bot is at work."""

from __future__ import annotations

from typing import Any

from sandbox import entities
from sandbox.methods.registry import method
from sandbox.methods.sending import deliver
from sandbox.parameters import Params
from sandbox.refusals import bad_request
from sandbox.world import World

ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
FOREVER = 0x7FFFFFFF  # a live location without an end
OPTIONAL_OF_PLACE = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")


@method("sendMessage")
def send_message(world: World, params: Params) -> Any:
    """Say something."""
    chat = world.reachable(params["chat_id"])
    content = entities.text_of(params)
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return deliver(world, params, content, chat)


@method("sendLocation")
def send_location(world: World, params: Params) -> Any:
    """Send a pin or a live location."""
    return deliver(world, params, {"location": location_of(params)})


@method("sendVenue")
def send_venue(world: World, params: Params) -> Any:
    """Send a place with a name."""
    location = location_of(params)
    if not params["title"].strip():
        raise bad_request("venue title must be non-empty")
    more = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue = {"location": location, **{name: params[name] for name in more if name in params}}
    return deliver(world, params, {"location": location, "venue": venue})


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    """Show "typing…" or the like for a moment."""
    chat = world.reachable(params["chat_id"])
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.say("action", chat_id=chat.id, action=params["action"])
    return True


def location_of(params: Params) -> dict[str, Any]:
    """A place on Earth from a request.

    Raises:
        Refused: a number out of its range.
    """
    latitude, longitude = params["latitude"], params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("BAD_REQUEST: wrong latitude or longitude specified")
    if not 0 <= params.get("horizontal_accuracy", 0) <= 1500:
        raise bad_request("wrong horizontal accuracy specified")
    live_period = params.get("live_period")
    if live_period is not None and not (60 <= live_period <= 86400 or live_period == FOREVER):
        raise bad_request("wrong live location period specified")
    optional = {name: params[name] for name in OPTIONAL_OF_PLACE if name in params}
    return {"latitude": latitude, "longitude": longitude, **optional}
