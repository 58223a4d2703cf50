"""What a message has, as a part of a report."""

from aiogram.types import Chat, Message, PhotoSize

from handlers.parts import file_of
from tests.moment import NOW


def test_a_photo_is_taken_in_its_largest_size() -> None:
    sides = (90, 320, 800, 1280)
    sizes = [
        PhotoSize(file_id=f"f{side}", file_unique_id=f"u{side}", width=side, height=side, file_size=side * 100)
        for side in sides
    ]
    file = file_of(Message(message_id=7, date=NOW, chat=Chat(id=5001, type="private"), photo=sizes))
    assert file is not None
    assert (file.file_id, file.file_unique_id, file.size) == ("f1280", "u1280", 128_000)
