"""Cards as they arrive in a chat, over HTTP; and what becomes of them when Telegram or the network says no."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from alerts.app import application
from alerts.limiter import Limiter
from alerts.pace import Pace
from alerts.parts import LEFT_OUT
from alerts.retry import End, Outcome
from alerts.sender import Sender
from sandbox import Fault, Person, Sandbox
from storage.kinds import AttachmentKind, MediaState, Stage, Urgency
from storage.media import MediaFolder
from storage.records import Photo
from tests.alerts.travel import Travel
from views.card import Button, Card, Key, Pin

PIN = Pin(latitude=25.4, longitude=114.36)
ROWS = ((Button("Accept", action="accept:1"), Button("Navigate", url="https://example.org/map")),)


def jpeg(colour: str = "red", *, exif: bytes = b"") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(data, "JPEG", exif=exif)
    return data.getvalue()


class Desk:
    """A sender, a sandbox, and one officer."""

    def __init__(self, tg: Sandbox, sender: Sender, media: MediaFolder) -> None:
        self.tg, self.sender, self.media = tg, sender, media
        self.officer: Person = tg.person(5001, first_name="Li")

    async def send(self, card: Card, *, chat: int = 5001, **options: Any) -> Outcome:
        return await self.sender.send(card, chat=chat, urgency=Urgency.NORMAL, **options)

    def photos(self, many: int) -> tuple[Photo, ...]:
        """Photos that are at Telegram."""
        sent = [self.tg.person(5009).send_photo(jpeg()) for _ in range(many)]
        return tuple(Photo(AttachmentKind.PHOTO, Stage.BEFORE, message["photo"][-1]["file_id"]) for message in sent)

    def file(self, data: bytes) -> Photo:
        """An image file that is in the media folder."""
        return Photo(AttachmentKind.IMAGE_FILE, Stage.BEFORE, "no-id", MediaState.STORED, self.media.save(data))

    @property
    def kinds(self) -> list[str]:
        """What the officer sees, by kind."""
        return [
            next(kind for kind in ("photo", "video", "voice", "location", "text") if kind in message)
            for message in self.officer.from_bot
        ]

    @property
    def silent(self) -> list[bool]:
        """For each request that sent something, whether it made no sound."""
        sends = [call for call in self.tg.calls if call.method.lower().startswith("send")]
        return [str(call.params.get("disable_notification", False)).lower() == "true" for call in sends]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Sandbox() as tg:
        pace = Pace(Travel())
        bot = application(token=tg.token, api_url=tg.url, limiter=Limiter(pace)).bot
        media = MediaFolder(tmp_path / "media")
        await bot.initialize()
        yield Desk(tg, Sender(bot, pace, media), media)
        await bot.shutdown()


async def test_an_alert_is_an_album_a_pin_and_a_text_with_buttons(desk: Desk) -> None:
    outcome = await desk.send(Card("<b>Leak</b> &amp; flood", desk.photos(2), PIN, ROWS))
    messages = desk.officer.from_bot
    assert outcome == Outcome(End.DELIVERED, tuple(message["message_id"] for message in messages))
    assert desk.kinds == ["photo", "photo", "location", "text"]
    assert messages[0]["media_group_id"] == messages[1]["media_group_id"]
    assert messages[3]["text"] == "Leak & flood"
    row = messages[3]["reply_markup"]["inline_keyboard"][0]
    assert (row[0]["callback_data"], row[1]["url"]) == ("accept:1", "https://example.org/map")
    assert desk.silent == [False, True, True]


async def test_a_pin_with_a_name_is_a_venue(desk: Desk) -> None:
    await desk.send(Card("Open", pin=Pin(25.4, 114.36, title="Station 1", address="1 Main Street"), is_silent=True))
    venue = desk.officer.from_bot[0]["venue"]
    assert (venue["title"], venue["address"]) == ("Station 1", "1 Main Street")
    assert desk.silent == [True, True]


async def test_a_silent_card_makes_no_sound_at_all(desk: Desk) -> None:
    await desk.send(Card("Leak", desk.photos(1), PIN, ROWS, is_silent=True))
    assert desk.silent == [True, True, True]


async def test_one_picture_with_words_is_one_message(desk: Desk) -> None:
    outcome = await desk.send(Card("<i>Fixed</i>", desk.photos(1)))
    (message,) = desk.officer.from_bot
    assert (message["caption"], outcome.sent) == ("Fixed", (message["message_id"],))


async def test_before_and_after_are_one_album_with_a_caption(desk: Desk) -> None:
    await desk.send(Card("Before and after", desk.photos(2)))
    messages = desk.officer.from_bot
    assert [message.get("caption") for message in messages] == ["Before and after", None]
    assert desk.kinds == ["photo", "photo"]


async def test_labels_are_under_the_pictures_and_the_text_is_a_message_below(desk: Desk) -> None:
    before, after = desk.photos(2)
    labels = {Stage.BEFORE: "Before", Stage.AFTER: "After"}
    await desk.send(Card("<b>Fixed</b>", (before, replace(after, stage=Stage.AFTER)), labels=labels))
    messages = desk.officer.from_bot
    assert [message.get("caption", message.get("text")) for message in messages] == ["Before", "After", "Fixed"]
    assert messages[0]["media_group_id"] == messages[1]["media_group_id"]
    assert desk.silent == [False, True]


async def test_more_pictures_than_an_album_takes_make_two(desk: Desk) -> None:
    await desk.send(Card("Many", desk.photos(12), PIN))
    assert len(desk.tg.calls_to("sendMediaGroup")) == 2
    assert desk.kinds == ["photo"] * 12 + ["location", "text"]


async def test_an_image_file_arrives_as_a_photo_without_exif(desk: Desk) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    original = jpeg(exif=exif.tobytes())
    assert b"taken at home" in original
    await desk.send(Card("Leak", (desk.file(original), *desk.photos(1)), PIN))
    assert desk.kinds == ["photo", "photo", "location", "text"]
    (call,) = desk.tg.calls_to("sendMediaGroup")
    (upload,) = call.params["uploads"].values()
    assert (upload.mime_type, b"taken at home" in upload.data) == ("image/jpeg", False)


async def test_an_image_file_that_is_lost_is_left_out(desk: Desk) -> None:
    lost = Photo(AttachmentKind.IMAGE_FILE, Stage.BEFORE, "no-id", MediaState.STORED, "ab" * 32)
    outcome = await desk.send(Card("Leak", (lost, *desk.photos(1)), PIN, ROWS))
    assert (outcome.end, len(outcome.sent)) == (End.DELIVERED, 3)
    assert desk.kinds == ["photo", "location", "text"]
    alone = await desk.send(Card("Only words are left", (lost,)))
    assert (alone.end, desk.kinds[-1]) == (End.DELIVERED, "text")


async def test_videos_and_voices_go_by_themselves(desk: Desk) -> None:
    sender = desk.tg.person(5009)
    video = sender.send_video(b"video")["video"]["file_id"]
    voice = sender.send_voice(b"voice")["voice"]["file_id"]
    clips = (
        Photo(AttachmentKind.VIDEO, Stage.BEFORE, video),
        Photo(AttachmentKind.VOICE, Stage.BEFORE, voice),
    )
    await desk.send(Card("Leak", (*clips, *desk.photos(1)), rows=ROWS))
    assert desk.kinds == ["photo", "video", "voice", "text"]


async def test_a_keyboard_comes_with_the_text(desk: Desk) -> None:
    await desk.send(Card("Hello", keyboard=((Key("Report"), Key("Here", asks_place=True)),)))
    assert desk.officer.keyboard == [["Report", "Here"]]


async def test_an_edit_changes_the_message(desk: Desk) -> None:
    (message_id,) = (await desk.send(Card("Open", rows=ROWS))).sent
    outcome = await desk.send(Card("Taken by <b>Li</b>", edits=message_id))
    (message,) = desk.officer.from_bot
    assert (message["text"], outcome.sent) == ("Taken by Li", (message_id,))
    assert not message.get("reply_markup", {}).get("inline_keyboard")


async def test_an_edit_to_what_it_says_already_is_done(desk: Desk) -> None:
    (message_id,) = (await desk.send(Card("Open", rows=ROWS))).sent
    assert await desk.send(Card("Open", rows=ROWS, edits=message_id)) == Outcome(End.DELIVERED, (message_id,))


@pytest.mark.parametrize("is_news", [True, False])
async def test_a_message_that_is_gone_is_sent_anew_if_that_is_news(desk: Desk, is_news: bool) -> None:
    outcome = await desk.send(Card("Taken", desk.photos(1), PIN, edits=12345), is_news=is_news)
    assert outcome.end is (End.DELIVERED if is_news else End.GONE)
    assert desk.kinds == (["photo", "location", "text"] if is_news else [])


async def test_a_photo_with_a_caption_cannot_become_a_text(desk: Desk) -> None:
    (message_id,) = (await desk.send(Card("Open", desk.photos(1)))).sent
    outcome = await desk.send(Card("Taken", edits=message_id))
    assert (outcome.end, desk.kinds) == (End.DELIVERED, ["photo", "text"])


async def test_an_old_message_is_deleted_first(desk: Desk) -> None:
    (message_id,) = (await desk.send(Card("Still missing: a place"))).sent
    await desk.send(Card("Filed", deletes=message_id))
    assert [message["text"] for message in desk.officer.from_bot] == ["Filed"]


async def test_what_is_pushed_again_takes_the_place_of_all_that_was_there(desk: Desk) -> None:
    first = await desk.send(Card("Leak", desk.photos(1), rows=ROWS))
    again = await desk.send(Card("Leak", desk.photos(1), rows=ROWS, replaces=first.sent))
    assert tuple(message["message_id"] for message in desk.officer.from_bot) == again.sent
    assert desk.kinds == ["photo", "text"]
    assert [call.method for call in desk.tg.calls].count("deleteMessages") == 1


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_card_alone_replies_to_the_pictures_if_they_are_there(desk: Desk, is_there: bool) -> None:
    (picture, _) = (await desk.send(Card("Leak", desk.photos(1), rows=ROWS))).sent
    outcome = await desk.send(Card("Leak", rows=ROWS, replies_to=picture if is_there else 4711))
    assert outcome.end is End.DELIVERED
    replied = desk.officer.from_bot[-1].get("reply_to_message", {}).get("message_id")
    assert replied == (picture if is_there else None)


@pytest.mark.parametrize("kind", ["error_500", "drop", None])
async def test_what_cannot_be_deleted_keeps_nothing_back(desk: Desk, kind: Any) -> None:
    if kind:
        desk.tg.order(Fault(method="deleteMessage", kind=kind))
    assert (await desk.send(Card("Filed", deletes=4711))).end is End.DELIVERED
    assert desk.kinds == ["text"]


@pytest.mark.parametrize("kind", ["error_500", "html_502", "drop", "drop_after", "unauthorized_401"])
@pytest.mark.parametrize(("before", "method"), [(0, "sendPhoto"), (1, "sendLocation"), (2, "sendMessage")])
async def test_a_retry_goes_on_behind_what_went_out(desk: Desk, before: int, method: str, kind: Any) -> None:
    card = Card("Leak", desk.photos(1), PIN, ROWS)
    desk.tg.order(Fault(method=method, kind=kind))
    failed = await desk.send(card)
    assert (failed.end, len(failed.sent)) == (End.FAILED, before)
    assert failed.problem
    outcome = await desk.send(card, sent=failed.sent)
    assert outcome.end is End.DELIVERED
    assert outcome.sent[:before] == failed.sent
    assert len(outcome.sent) == 3
    kinds = ["photo", "location", "text"]
    if kind == "drop_after":  # it was done, but nobody said so: it comes twice, rather than not at all
        kinds.insert(before, kinds[before])
    assert desk.kinds == kinds


async def test_flood_control_names_its_time(desk: Desk) -> None:
    desk.tg.order(Fault(method="sendLocation", kind="flood_429", retry_after=37))
    outcome = await desk.send(Card("Leak", desk.photos(1), PIN))
    assert (outcome.end, outcome.seconds, len(outcome.sent)) == (End.SNOOZED, 37.0, 1)


@pytest.mark.parametrize("end", ["blocks", "leaves", "never started"])
async def test_whom_nothing_reaches_is_unreachable_at_once(desk: Desk, end: str) -> None:
    chat = 5001
    if end == "blocks":
        desk.officer.block()
    elif end == "leaves":
        desk.officer.delete_account()
    else:
        chat = desk.tg.never_started
    outcome = await desk.send(Card("Leak", desk.photos(2), PIN, ROWS), chat=chat)
    assert (outcome.end, outcome.sent) == (End.UNREACHABLE, ())


@pytest.mark.parametrize("many", [1, 2])
async def test_pictures_that_telegram_refuses_are_left_out(
    desk: Desk, many: int, caplog: pytest.LogCaptureFixture
) -> None:
    bad = tuple(Photo(AttachmentKind.PHOTO, Stage.BEFORE, f"no-such-file-{number}") for number in range(many))
    outcome = await desk.send(Card("Leak", bad, PIN, ROWS))
    assert (outcome.end, len(outcome.sent)) == (End.DELIVERED, 2)
    assert desk.kinds == ["location", "text"]
    assert desk.silent[-2:] == [False, True]
    assert "left out" in caplog.text


async def test_a_caption_outlives_its_refused_pictures(desk: Desk) -> None:
    bad = Photo(AttachmentKind.PHOTO, Stage.BEFORE, "no-such-file")
    assert (await desk.send(Card("Fixed", (bad,)))).end is End.DELIVERED
    assert desk.officer.from_bot[0]["text"] == "Fixed"


async def test_a_retry_does_not_try_refused_pictures_again(desk: Desk) -> None:
    bad = Photo(AttachmentKind.PHOTO, Stage.BEFORE, "no-such-file")
    desk.tg.order(Fault(method="sendMessage", kind="error_500"))
    card = Card("Leak", (bad,), PIN, ROWS)
    failed = await desk.send(card)
    assert failed.sent == (LEFT_OUT, desk.officer.from_bot[0]["message_id"])
    outcome = await desk.send(card, sent=failed.sent)
    assert (outcome.end, len(outcome.sent), desk.kinds) == (End.DELIVERED, 2, ["location", "text"])
    assert len(desk.tg.calls_to("sendPhoto")) == 1


async def test_a_text_that_telegram_refuses_is_refused(desk: Desk) -> None:
    outcome = await desk.send(Card("<b>never closed", pin=PIN))
    assert (outcome.end, len(outcome.sent)) == (End.REFUSED, 1)
    assert outcome.problem is not None
    assert "entities" in outcome.problem


async def test_once_closed_nothing_more_goes_out(desk: Desk) -> None:
    desk.sender.pace.close()
    assert await desk.send(Card("Leak", desk.photos(1), PIN)) == Outcome(End.SNOOZED)
    assert desk.kinds == []
