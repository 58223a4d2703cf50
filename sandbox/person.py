"""A person with Telegram on their phone, and what they do with it (``sight`` is what they see).

Everything they do takes effect at once (no awaiting) and must be called in the sandbox's own event loop.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sandbox.chats import Message
from sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, found_in
from sandbox.sight import Sight


class Person(Sight):
    """One person in their private chat with the bot."""

    def send_text(self, text: str, *, reply_to: int | None = None) -> Message:
        """Write something. Commands, links, mentions and hashtags get their entities."""
        content: dict[str, Any] = {"text": text.strip()}
        if not 1 <= len(content["text"]) <= TEXT_LIMIT:
            raise ValueError(f"Telegram's apps send texts of 1 to {TEXT_LIMIT} characters")
        if entities := found_in(content["text"]):
            content["entities"] = entities
        if reply_to is not None:
            content["reply_to_message"] = self._message(reply_to)
        return self._say(content)

    def send_photo(self, jpeg: bytes, *, caption: str | None = None, media_group_id: str | None = None) -> Message:
        """Send a picture; it arrives in several sizes and without EXIF, as at Telegram.

        Raises:
            Refused: it is not a picture.
        """
        return self._say({**_grouped(media_group_id), "photo": self._world.files.add_photo(jpeg), **_caption(caption)})

    def send_album(self, pictures: Sequence[bytes], *, caption: str | None = None) -> list[Message]:
        """Send several pictures at once: a message and an update each, the caption on the first."""
        if not 2 <= len(pictures) <= 10:
            raise ValueError("an album holds 2 to 10 pictures")
        group = self.new_album_id()
        return [
            self.send_photo(picture, caption=caption if at == 0 else None, media_group_id=group)
            for at, picture in enumerate(pictures)
        ]

    def new_album_id(self) -> str:
        """A ``media_group_id`` for an album whose parts the test sends one by one."""
        return str(13_000_000_000_000_000 + self._world.count("album") * 8)

    def send_document(
        self,
        data: bytes,
        *,
        filename: str = "a.jpg",
        mime_type: str = "image/jpeg",
        caption: str | None = None,
        media_group_id: str | None = None,
    ) -> Message:
        """Send a file, which arrives byte for byte (EXIF and all)."""
        document = self._world.files.add("document", data, filename=filename, mime_type=mime_type)
        return self._say({**_grouped(media_group_id), "document": document, **_caption(caption)})

    def send_video(self, data: bytes, *, caption: str | None = None) -> Message:
        """Send a video of which nobody looks at the frames."""
        video = self._world.files.add(
            "video", data, filename="video.mp4", mime_type="video/mp4", width=1280, height=720, duration=5
        )
        return self._say({"video": video, **_caption(caption)})

    def send_voice(self, data: bytes) -> Message:
        """Send a voice message."""
        voice = self._world.files.add("voice", data, filename="voice.oga", mime_type="audio/ogg", duration=3)
        return self._say({"voice": voice})

    def send_sticker(self) -> Message:
        """Send a sticker."""
        about = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        sticker = self._world.files.add("sticker", b"sticker", filename="s.webp", mime_type="image/webp", **about)
        return self._say({"sticker": {**sticker, "emoji": "👍", "set_name": "Sandbox"}})

    def send_contact(self, phone_number: str = "+8613800000000", *, first_name: str | None = None) -> Message:
        """Send a contact: their own, unless there is another name."""
        contact: dict[str, Any] = {"phone_number": phone_number, "first_name": first_name or self.first_name}
        if first_name is None:
            contact["user_id"] = self.id
        return self._say({"contact": contact})

    def send_location(
        self, lat: float, lon: float, *, live_period: int | None = None, horizontal_accuracy: float | None = None
    ) -> Message:
        """Send a pin, or a live location for ``live_period`` seconds."""
        location = _place(lat, lon)
        if live_period is not None:
            location["live_period"] = live_period
        if horizontal_accuracy is not None:
            location["horizontal_accuracy"] = horizontal_accuracy
        return self._say({"location": location})

    def move_live_location(self, message_id: int, lat: float, lon: float) -> Message:
        """The phone has moved: the live location is edited."""
        old = self._live(message_id)
        return self._edit(old, {**old["location"], **_place(lat, lon)})

    def stop_live_location(self, message_id: int) -> Message:
        """The location is shared no more: the message keeps the last place, and is edited to say so."""
        old = self._live(message_id)
        return self._edit(old, {name: one for name, one in old["location"].items() if name != "live_period"})

    def send_venue(self, lat: float, lon: float, title: str, address: str) -> Message:
        """Send a place that has a name."""
        location = _place(lat, lon)
        return self._say(
            {"location": location, "venue": {"location": location, "title": title, "address": address}},
        )

    def press(self, message_id: int, button: str | None = None, *, data: str | None = None) -> str:
        """Press an inline button by its text, or send any callback data (forged, or of a button long gone).

        Returns the query's id.
        """
        self._must_be_able()
        message = self._message(message_id)
        if data is None:
            data = _button(message, button or "")["callback_data"]
        query_id = self._world.pressed(self._chat, message, data)
        self._world.keep.commit()
        return query_id

    def tap(self, button: str) -> Message:
        """Tap a button of the reply keyboard, which sends its text."""
        rows = self.keyboard or []
        if not any(button in row for row in rows):
            raise LookupError(f"no button {button!r} on the keyboard: {rows}")
        return self.send_text(button)

    def block(self) -> None:
        """Stop and block the bot."""
        self._membership(blocked=True)

    def unblock(self) -> None:
        """Restart the bot."""
        self._membership(blocked=False)

    def delete_account(self) -> None:
        """Leave Telegram for good."""
        self._chat.deleted = True
        self._world.changed_person(self._chat)
        self._world.keep.commit()

    def change(self, *, first_name: str | None = None, language_code: str | None = None) -> None:
        """Take another name, or switch Telegram's language."""
        self._chat.first_name = first_name or self._chat.first_name
        self._chat.language_code = language_code or self._chat.language_code
        self._chat.renamed()
        self._world.changed_person(self._chat)
        self._world.keep.commit()

    def clear_history(self) -> None:
        """Delete the chat's messages."""
        for message_id in list(self._chat.messages):
            self._world.delete_message(self._chat, message_id)
        self._world.keep.commit()

    def _say(self, content: dict[str, Any]) -> Message:
        self._must_be_able()
        message = self._world.said_by_person(self._chat, content)
        self._world.keep.commit()
        return message

    def _live(self, message_id: int) -> Message:
        self._must_be_able()
        found = self._message(message_id)
        if "live_period" not in found.get("location", ()):
            raise ValueError(f"message {message_id} is no live location")
        return found

    def _edit(self, old: Message, location: dict[str, Any]) -> Message:
        edited = {**old, "edit_date": int(self._world.clock()), "location": location}
        self._world.replace_message(self._chat, edited)
        self._world.updates.add("edited_message", self.id, edited)
        self._world.keep.commit()
        return edited

    def _must_be_able(self) -> None:
        if self._chat.blocked or self._chat.deleted:
            raise RuntimeError(f"{self!r} has blocked the bot or is gone, and can do nothing in the chat")

    def _message(self, message_id: int) -> Message:
        try:
            return self._chat.messages[message_id]
        except KeyError:
            raise LookupError(f"no message {message_id} in the chat of {self!r}") from None

    def _membership(self, *, blocked: bool) -> None:
        if self._chat.blocked == blocked:
            return
        self._chat.blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = ({"user": self._world.bot, "status": one, **_until(one)} for one in statuses)
        change = {
            "chat": self._chat.as_chat,
            "from": self._chat.user,
            "date": int(self._world.clock()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self._world.updates.add("my_chat_member", self.id, change)
        self._world.changed_person(self._chat)
        self._world.keep.commit()


def _until(status: str) -> dict[str, int]:
    return {"until_date": 0} if status == "kicked" else {}


def _grouped(media_group_id: str | None) -> dict[str, str]:
    return {"media_group_id": media_group_id} if media_group_id else {}


def _caption(caption: str | None) -> dict[str, Any]:
    if not caption:
        return {}
    if len(caption) > CAPTION_LIMIT:
        raise ValueError(f"Telegram's apps send captions of up to {CAPTION_LIMIT} characters")
    entities = found_in(caption)
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _place(lat: float, lon: float) -> dict[str, Any]:
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"no such place on Earth: {lat}, {lon}")
    return {"latitude": lat, "longitude": lon}


def _button(message: Message, text: str) -> dict[str, Any]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    pressable = [button for button in buttons if "callback_data" in button]
    for fits in (lambda name: name == text, lambda name: text in name):  # the icon before the words may be left out
        for button in pressable:
            if fits(button["text"]):
                found: dict[str, Any] = button
                return found
    raise LookupError(f"no button {text!r} to press; there are {[button['text'] for button in buttons]}")
