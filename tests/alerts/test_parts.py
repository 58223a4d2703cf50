"""A card as messages, and where a retry goes on."""

import pytest

from alerts.parts import LEFT_OUT, Album, Attached, Clip, Place, Words, parts_of, remaining
from storage.kinds import AttachmentKind, MediaState, Stage
from storage.records import Photo
from views.card import Button, Card, Made, Pin

PIN = Pin(latitude=25.4, longitude=114.36)
ROWS = ((Button("Accept", action="a:1"),),)


def photo(number: int = 1, kind: AttachmentKind = AttachmentKind.PHOTO) -> Photo:
    return Photo(kind, Stage.BEFORE, f"file-{number}")


def photos(many: int) -> tuple[Photo, ...]:
    return tuple(photo(number) for number in range(many))


def stored(state: MediaState) -> Photo:
    media_hash = "ab" * 32 if state is MediaState.STORED else None
    return Photo(AttachmentKind.IMAGE_FILE, Stage.BEFORE, "doc", state, media_hash)


def test_an_alert_is_pictures_pin_and_text() -> None:
    assert parts_of(Card("Leak", photos(3), PIN, ROWS)) == [Album(photos(3)), Place(PIN), Words("Leak")]


def test_a_pin_may_go_before_the_pictures() -> None:
    parts = parts_of(Card("Station", photos(1), PIN, ROWS, pin_leads=True))
    assert parts == [Place(PIN), Album(photos(1)), Words("Station")]


def test_more_pictures_than_an_album_takes_make_several() -> None:
    albums = [part for part in parts_of(Card("Leak", photos(23), PIN)) if isinstance(part, Album)]
    assert [album.takes for album in albums] == [10, 10, 3]
    assert tuple(picture for album in albums for picture in album.pictures) == photos(23)


def test_pictures_with_words_alone_carry_them_as_a_caption() -> None:
    assert parts_of(Card("Fixed", photos(2))) == [Album(photos(2), "Fixed")]


def test_pictures_with_labels_have_the_text_below_them() -> None:
    labels = {Stage.BEFORE: "Before", Stage.AFTER: "After"}
    assert parts_of(Card("Fixed", photos(2), labels=labels)) == [Album(photos(2)), Words("Fixed")]


def test_what_was_made_carries_the_words_unless_there_are_buttons() -> None:
    chart = Made("week.png", b"png", is_picture=True)
    assert parts_of(Card("The week", made=chart)) == [Attached(chart, "The week")]
    assert parts_of(Card("The week", made=chart, rows=ROWS)) == [Attached(chart), Words("The week")]


def test_a_text_too_long_for_a_caption_goes_by_itself() -> None:
    assert parts_of(Card("x" * 1025, photos(2))) == [Album(photos(2)), Words("x" * 1025)]


def test_words_with_more_than_one_album_go_by_themselves() -> None:
    parts = parts_of(Card("Fixed", photos(11)))
    assert [type(part) for part in parts] == [Album, Album, Words]


@pytest.mark.parametrize("kind", [AttachmentKind.VIDEO, AttachmentKind.VOICE])
def test_clips_go_one_by_one_behind_the_pictures(kind: AttachmentKind) -> None:
    clip = photo(9, kind)
    assert parts_of(Card("Leak", (clip, photo(1), clip), PIN)) == [
        Album((photo(1),)),
        Clip(clip),
        Clip(clip),
        Place(PIN),
        Words("Leak"),
    ]
    assert parts_of(Card("Leak", (clip,))) == [Clip(clip, "Leak")]


@pytest.mark.parametrize("state", list(MediaState))
def test_an_image_file_goes_only_as_a_cleaned_copy(state: MediaState) -> None:
    parts = parts_of(Card("Leak", (stored(state),)))
    assert parts == ([Album((stored(state),), "Leak")] if state is MediaState.STORED else [Words("Leak")])


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ((), [Album, Place, Words]),
        ((1, 2, 3), [Place, Words]),
        ((LEFT_OUT, LEFT_OUT, LEFT_OUT), [Place, Words]),
        ((1, LEFT_OUT, 3, 4), [Words]),
        # The card has changed since: an album that was sent counts, and the text always goes.
        ((1, 2), [Place, Words]),
        ((1, 2, 3, 4, 5, 6), [Words]),
    ],
)
def test_a_retry_goes_on_behind_what_is_out(sent: tuple[int, ...], left: list[type]) -> None:
    parts = parts_of(Card("Leak", photos(3), PIN, ROWS))
    assert [type(part) for part in remaining(parts, sent)] == left
