"""Photos, files and albums, both ways."""

import io
from collections.abc import Callable

import aiohttp
import pytest
from PIL import Image

from sandbox import Person
from tests.sandbox.conftest import Api, NotOk

Jpeg = Callable[..., bytes]


async def download(api: Api, file_id: str) -> bytes:
    path = (await api("getFile", file_id=file_id))["file_path"]
    async with api.session.get(f"{api.tg.url}/file/bot{api.tg.token}/{path}") as response:
        assert response.status == 200
        return await response.read()


def upload(kind: str, data: bytes, filename: str = "a.jpg") -> aiohttp.FormData:
    form = aiohttp.FormData({"chat_id": "5001"})
    form.add_field(kind, io.BytesIO(data), filename=filename, content_type="image/jpeg")
    return form


async def test_a_persons_photo_comes_in_sizes_without_exif(api: Api, rider: Person, jpeg: Jpeg):
    message = rider.send_photo(jpeg(3000, 2000), caption="a hole")
    sizes = message["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 800, 1280]
    assert len({size["file_unique_id"] for size in sizes}) == 4
    data = await download(api, sizes[-1]["file_id"])
    assert len(data) == sizes[-1]["file_size"]
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (1280, 853)
    assert not picture.getexif()


async def test_a_sideways_photo_is_turned_upright(rider: Person):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    out = io.BytesIO()
    Image.new("RGB", (400, 200)).save(out, "JPEG", exif=exif)
    assert rider.send_photo(out.getvalue())["photo"][-1]["width"] == 200


async def test_a_document_arrives_byte_for_byte(api: Api, rider: Person, jpeg: Jpeg):
    data = jpeg()
    document = rider.send_document(data, filename="IMG_1.jpg")["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "IMG_1.jpg",
        "image/jpeg",
        len(data),
    )
    assert await download(api, document["file_id"]) == data


async def test_an_album_is_several_updates_with_one_group(api: Api, rider: Person, jpeg: Jpeg):
    rider.send_album([jpeg(), jpeg(), jpeg()], caption="three")
    messages = [update["message"] for update in await api("getUpdates")]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["three", None, None]


async def test_the_bot_sends_a_photo_by_upload_and_by_id(api: Api, rider: Person, jpeg: Jpeg):
    first = await api.form("sendPhoto", upload("photo", jpeg()))
    second = await api("sendPhoto", chat_id=5001, photo=first["photo"][0]["file_id"])
    assert second["photo"] == first["photo"]
    assert len(rider.from_bot) == 2


async def test_the_bot_sends_an_album_of_uploads_and_ids(api: Api, rider: Person, jpeg: Jpeg):
    known = rider.send_photo(jpeg())["photo"][-1]["file_id"]
    form = upload("one", jpeg(colour="red"))
    form.add_field(
        "media",
        f'[{{"type": "photo", "media": "attach://one", "caption": "c"}}, {{"type": "photo", "media": "{known}"}}]',
    )
    first, second = await api.form("sendMediaGroup", form)
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "c"


@pytest.mark.parametrize("count", [0, 1, 11])
async def test_an_album_holds_two_to_ten(api: Api, rider: Person, jpeg: Jpeg, count: int):
    photo = {"type": "photo", "media": rider.send_photo(jpeg())["photo"][0]["file_id"]}
    await api.refusal("sendMediaGroup", chat_id=5001, media=[photo] * count)
    assert rider.from_bot == []


async def test_documents_do_not_mix_with_photos(api: Api, rider: Person, jpeg: Jpeg):
    photo = {"type": "photo", "media": rider.send_photo(jpeg())["photo"][0]["file_id"]}
    document = {"type": "document", "media": rider.send_document(b"x")["document"]["file_id"]}
    assert "can't be mixed" in await api.refusal("sendMediaGroup", chat_id=5001, media=[photo, document])


async def test_what_is_no_photo_is_refused(api: Api, rider: Person, jpeg: Jpeg):
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    for data, says in [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (jpeg()[:200], "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (bomb.getvalue(), "PHOTO_INVALID_DIMENSIONS"),
        (jpeg(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"\xff\xd8" + bytes(10 * 1024 * 1024), "is too big for a photo"),
    ]:
        with pytest.raises(NotOk, match=says):
            await api.form("sendPhoto", upload("photo", data))
    document = rider.send_document(b"x")["document"]["file_id"]
    assert "can't use file of type Document as Photo" in await api.refusal("sendPhoto", chat_id=5001, photo=document)
    for photo in ("", "AgACnothing", "attach://nowhere", "https://example.org/a.jpg"):
        await api.refusal("sendPhoto", chat_id=5001, photo=photo)
    assert rider.from_bot == []


async def test_an_unknown_file_id_is_named(api: Api, rider: Person):
    refusal = await api.refusal("sendPhoto", chat_id=5001, photo="AgACnothing")
    assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_captions_are_limited(api: Api, rider: Person, jpeg: Jpeg):
    photo = rider.send_photo(jpeg())["photo"][0]["file_id"]
    await api("sendPhoto", chat_id=5001, photo=photo, caption="x" * 1024)
    refusal = await api.refusal("sendPhoto", chat_id=5001, photo=photo, caption="x" * 1025)
    assert refusal == "Bad Request: message caption is too long"


async def test_a_file_over_20_mb_cannot_be_downloaded(api: Api, rider: Person):
    document = rider.send_document(bytes(20 * 1024 * 1024 + 1), filename="film.mov", mime_type="video/quicktime")
    file_id = document["document"]["file_id"]
    assert await api.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_path_that_nobody_was_told_is_not_found(api: Api):
    async with api.session.get(f"{api.tg.url}/file/bot{api.tg.token}/photos/../../etc/passwd") as response:
        assert response.status == 404


async def test_everything_else_that_people_send(api: Api, rider: Person):
    rider.send_venue(25.4, 114.36, "Station", "1 Main Street")
    rider.send_video(b"frames", caption="look")
    rider.send_voice(b"sound")
    rider.send_sticker()
    rider.send_contact()
    live = rider.send_location(25.4, 114.36, live_period=900)
    rider.move_live_location(live["message_id"], 25.5, 114.4)
    updates = await api("getUpdates")
    kinds = ("venue", "video", "voice", "sticker", "contact", "location")
    assert all(kind in update["message"] for kind, update in zip(kinds, updates, strict=False))
    assert updates[-1]["edited_message"]["location"] == {"latitude": 25.5, "longitude": 114.4, "live_period": 900}


async def test_a_live_location_that_ends_is_edited_a_last_time(api: Api, rider: Person):
    live = rider.send_location(25.4, 114.36, live_period=900)
    rider.stop_live_location(live["message_id"])
    last = (await api("getUpdates"))[-1]["edited_message"]
    assert last["location"] == {"latitude": 25.4, "longitude": 114.36}
    assert last["message_id"] == live["message_id"]
    with pytest.raises(ValueError, match="no live location"):
        rider.move_live_location(live["message_id"], 25.5, 114.4)
