"""A card becomes requests to the Bot API.

`Sender.send` says how it ended as an `Outcome`, with the ids of what went out also when a part failed, so that the next
attempt goes on behind them (`alerts/parts.py` says how). It raises nothing that Telegram or the network may do.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from alerts.limiter import seconds_of
from alerts.pace import Budget, Closed, Pace
from alerts.parts import LEFT_OUT, Album, Attached, Clip, Part, Place, Words, parts_of, remaining
from alerts.refusals import Meaning, meaning
from alerts.retry import End, Outcome
from storage.kinds import AttachmentKind, Urgency
from storage.records import Photo
from views.card import Card

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FILENAME = "picture.jpg"
"""Of pictures that are uploaded: it tells Telegram their type, and nothing else."""
ENDS = {Meaning.UNREACHABLE: End.UNREACHABLE, Meaning.NOT_NOW: End.FAILED}
"""Everything else that stops a card is a refusal."""


class Gone(Exception):
    """The message that was to be edited is no more."""


class Pictures(Protocol):
    """What is needed of `storage.media.MediaFolder`."""

    def shareable(self, media_hash: str, /) -> bytes:
        """A copy of the picture that may be passed on."""
        ...


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends cards, in the pace that is given."""

    bot: ExtBot[Any]
    pace: Pace
    pictures: Pictures

    async def send(
        self, card: Card, *, chat: int, urgency: Urgency, sent: tuple[int, ...] = (), is_news: bool = True
    ) -> Outcome:
        """Send what is not out yet.

        Args:
            card: what to say.
            chat: to whom.
            urgency: who goes first when many wait.
            sent: the ids that earlier attempts gave back.
            is_news: whether an edit of a message that is gone is sent as a new message; if not, it ends there.
        """
        errand = _Errand(self, card, chat, urgency, list(sent))
        try:
            await errand.run(is_news=is_news)
        except Closed:
            return Outcome(End.SNOOZED, tuple(errand.ids))
        except Gone:
            return Outcome(End.GONE, problem=f"message {card.edits} is gone")
        except RetryAfter as problem:
            return Outcome(End.SNOOZED, tuple(errand.ids), str(problem), seconds_of(problem))
        except TelegramError as problem:
            end = ENDS.get(meaning(problem), End.REFUSED)
            return Outcome(end, tuple(errand.ids), f"{type(problem).__name__}: {problem}")
        return Outcome(End.DELIVERED, tuple(one for one in errand.ids if one != LEFT_OUT))


@dataclass(frozen=True, slots=True)
class _Errand:
    """One card on its way to one chat."""

    by: Sender
    card: Card
    chat: int
    urgency: Urgency
    ids: list[int]  # of what is out

    async def run(self, *, is_news: bool) -> None:
        if not self.ids:
            await self._delete()
            if self.card.edits is not None:
                if await self._edit(self.card.edits):
                    self.ids.append(self.card.edits)
                    return
                if not is_news:
                    raise Gone
        for part in remaining(parts_of(self.card), self.ids):
            await self._send(part)

    async def _delete(self) -> None:
        """Best effort: a message that cannot be deleted is no reason to keep the news back."""
        card, bot = self.card, self.by.bot
        if card.deletes is None and not card.replaces:
            return
        try:
            async with self.by.pace.turn(self.chat, self.urgency, budget=None):
                if card.replaces:  # one request, which passes over what is gone already
                    await bot.delete_messages(self.chat, [*card.replaces, *([card.deletes] if card.deletes else [])])
                elif card.deletes is not None:
                    await bot.delete_message(self.chat, card.deletes)
        except RetryAfter:
            raise
        except TelegramError as problem:
            log.info("message %s of chat %d stays: %s", card.deletes or card.replaces, self.chat, problem)

    async def _edit(self, message_id: int) -> bool:
        """Change a message; False when it is gone."""
        try:
            async with self.by.pace.turn(self.chat, self.urgency, Budget.EDITS):
                await self._change(message_id)
        except RetryAfter:
            raise
        except TelegramError as problem:
            means = meaning(problem)
            if means is Meaning.GONE:
                return False
            if means is not Meaning.NO_CHANGE:
                raise
        return True

    async def _change(self, message_id: int) -> None:
        buttons = _inline(self.card)
        if self.card.keeps_text:
            await self.by.bot.edit_message_reply_markup(self.chat, message_id, reply_markup=buttons)
            return
        await self.by.bot.edit_message_text(
            self.card.text,
            self.chat,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )

    async def _send(self, part: Part) -> None:
        """Send a part. What accompanies the text may be refused: the text then goes without it."""
        try:
            self.ids.extend(await self._request(part))
        except RetryAfter:
            raise
        except TelegramError as problem:
            if isinstance(part, Words) or meaning(problem) is not Meaning.REFUSED:
                raise
            log.warning("chat %d: %s left out, Telegram refused it: %s", self.chat, part, problem)
            await self._leave_out(part)

    async def _leave_out(self, part: Part) -> None:
        if isinstance(part, Album | Clip | Attached) and part.caption is not None:
            await self._send(Words(part.caption))
        else:
            self.ids.extend([LEFT_OUT] * part.takes)

    async def _request(self, part: Part) -> list[int]:
        match part:
            case Album():
                return await self._album(part)
            case Clip():
                return await self._clip(part)
            case Place():
                return await self._place(part)
            case Attached():
                return await self._attached(part)
            case Words():
                return await self._words(part)

    async def _album(self, album: Album) -> list[int]:
        found = [(await self._picture(photo), self.card.labels.get(photo.stage)) for photo in album.pictures]
        pictures = [(picture, label) for picture, label in found if picture is not None]
        if not pictures:
            return [(await self._words(Words(album.caption)))[0]] if album.caption is not None else []
        ids: list[int]
        async with self.by.pace.turn(self.chat, self.urgency):
            if len(pictures) == 1:
                picture, label = pictures[0]
                one = await self.by.bot.send_photo(
                    self.chat,
                    picture,
                    filename=FILENAME,
                    caption=album.caption or label,
                    parse_mode=ParseMode.HTML,
                    disable_notification=self._is_silent,
                )
                ids = [one.message_id]
            else:
                many = await self.by.bot.send_media_group(
                    self.chat,
                    [InputMediaPhoto(picture, filename=FILENAME, caption=label) for picture, label in pictures],
                    caption=album.caption,
                    parse_mode=ParseMode.HTML,
                    disable_notification=self._is_silent,
                )
                ids = [message.message_id for message in many]
        return ids + [LEFT_OUT] * (album.takes - len(ids))

    async def _picture(self, photo: Photo) -> str | bytes | None:
        """A photo as Telegram has it; a cleaned copy of an image file, or nothing where there is none."""
        if photo.kind is AttachmentKind.PHOTO or photo.media_hash is None:
            return photo.file_id
        try:
            return await asyncio.to_thread(self.by.pictures.shareable, photo.media_hash)
        except Exception:
            log.exception("picture %s is left out: it cannot be read", photo.media_hash)
            return None

    async def _clip(self, part: Clip) -> list[int]:
        send = self.by.bot.send_voice if part.clip.kind is AttachmentKind.VOICE else self.by.bot.send_video
        async with self.by.pace.turn(self.chat, self.urgency):
            message = await send(
                self.chat,
                part.clip.file_id,
                caption=part.caption,
                parse_mode=ParseMode.HTML,
                disable_notification=self._is_silent,
            )
        return [message.message_id]

    async def _place(self, part: Place) -> list[int]:
        pin = part.pin
        at: dict[str, Any] = {"latitude": pin.latitude, "longitude": pin.longitude}
        async with self.by.pace.turn(self.chat, self.urgency):
            if pin.title is None:
                message = await self.by.bot.send_location(self.chat, **at, disable_notification=self._is_silent)
            else:
                about: dict[str, Any] = {"title": pin.title, "address": pin.address}
                message = await self.by.bot.send_venue(self.chat, **at, **about, disable_notification=self._is_silent)
        return [message.message_id]

    async def _attached(self, part: Attached) -> list[int]:
        send = self.by.bot.send_photo if part.made.is_picture else self.by.bot.send_document
        async with self.by.pace.turn(self.chat, self.urgency):
            message = await send(
                self.chat,
                part.made.data,
                filename=part.made.name,
                caption=part.caption,
                parse_mode=ParseMode.HTML,
                disable_notification=self._is_silent,
            )
        return [message.message_id]

    async def _words(self, part: Words) -> list[int]:
        async with self.by.pace.turn(self.chat, self.urgency):
            message = await self.by.bot.send_message(
                self.chat,
                part.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                disable_notification=self._is_silent,
                reply_markup=_inline(self.card) or _keyboard(self.card),
                reply_parameters=_reply(self.card),
            )
        return [message.message_id]

    @property
    def _is_silent(self) -> bool:
        """Only the first message of a card makes a sound."""
        return self.card.is_silent or any(self.ids)


def _inline(card: Card) -> InlineKeyboardMarkup | None:
    if not card.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, url=button.url, callback_data=button.action) for button in row]
            for row in card.rows
        ]
    )


def _reply(card: Card) -> ReplyParameters | None:
    return None if card.replies_to is None else ReplyParameters(card.replies_to, allow_sending_without_reply=True)


def _keyboard(card: Card) -> ReplyKeyboardMarkup | None:
    if not card.keyboard:
        return None
    keys = [[KeyboardButton(key.text, request_location=key.asks_place or None) for key in row] for row in card.keyboard]
    return ReplyKeyboardMarkup(keys, resize_keyboard=True, is_persistent=True)
