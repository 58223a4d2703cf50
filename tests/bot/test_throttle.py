"""Who is too fast is stopped for as long as he is told, and no longer."""

from datetime import datetime, timedelta

from aiogram.types import Chat, Location, Message, Update

from bot.middlewares.throttle import MOST, PAUSE, WINDOW, Throttle
from tests.moment import NOW

SECOND = timedelta(seconds=1)
UPDATE = Update(update_id=1)


def taken(throttle: Throttle, many: int, *, now: datetime, who: int = 5001) -> int:
    """How many of so many updates at once are taken."""
    return sum(not throttle.is_too_fast(who, UPDATE, now=now) for _ in range(many))


def sent(at: datetime, *, edited: datetime | None = None) -> Update:
    """A message that Telegram took then, or one that was edited later."""
    message = Message(
        message_id=1, date=at, chat=Chat(id=5001, type="private"), edit_date=edited and int(edited.timestamp())
    )
    return Update(update_id=1, edited_message=message) if edited else Update(update_id=1, message=message)


def test_after_the_seconds_that_were_named_everything_is_taken_again() -> None:
    throttle = Throttle()
    assert taken(throttle, MOST + 15, now=NOW) == MOST
    assert throttle.seconds_left(5001, now=NOW) == PAUSE.total_seconds()
    assert throttle.seconds_left(5001, now=NOW + timedelta(milliseconds=10)) == PAUSE.total_seconds()
    assert taken(throttle, 5, now=NOW + PAUSE - SECOND) == 0
    assert throttle.seconds_left(5001, now=NOW + PAUSE - SECOND) == 1
    assert taken(throttle, MOST, now=NOW + PAUSE) == MOST


def test_sending_on_makes_the_wait_no_longer() -> None:
    throttle = Throttle()
    taken(throttle, MOST, now=NOW)
    for seconds in range(int(PAUSE.total_seconds())):
        assert taken(throttle, 1, now=NOW + seconds * SECOND) == 0
    assert taken(throttle, 1, now=NOW + PAUSE) == 1


def test_one_warning_a_pause() -> None:
    throttle = Throttle()
    for now in (NOW, NOW + PAUSE):
        taken(throttle, MOST + 1, now=now)
        assert [throttle.must_warn(5001) for _ in range(3)] == [True, False, False]


def test_who_keeps_the_pace_and_who_else_there_is_are_never_stopped() -> None:
    throttle = Throttle()
    for at in range(4 * MOST):
        assert taken(throttle, 1, now=NOW + at * WINDOW / MOST) == 1
    taken(throttle, 2 * MOST, now=NOW, who=5002)
    assert taken(throttle, 1, now=NOW, who=5003) == 1


def test_a_phone_that_rides_is_never_too_fast() -> None:
    place = Location(latitude=25.4, longitude=114.4, live_period=900)
    moved = Message(message_id=1, date=NOW, chat=Chat(id=5001, type="private"), location=place)
    throttle = Throttle()
    update = Update(update_id=1, edited_message=moved)
    assert not any(throttle.is_too_fast(5001, update, now=NOW) for _ in range(3 * MOST))
    assert taken(throttle, MOST, now=NOW) == MOST


def test_the_idle_are_forgotten_and_the_stopped_are_not() -> None:
    throttle = Throttle()
    taken(throttle, MOST + 1, now=NOW, who=1)
    taken(throttle, 1, now=NOW, who=2)
    throttle._forget(NOW + PAUSE - SECOND)
    assert set(throttle._people) == {1, 2}
    throttle._forget(NOW + WINDOW)
    assert set(throttle._people) == set()


def test_what_was_sent_slowly_and_comes_all_at_once_is_taken() -> None:
    throttle = Throttle()
    for at in range(3 * MOST):
        long_ago = NOW - timedelta(hours=5) + at * WINDOW / MOST
        assert not throttle.is_too_fast(5001, sent(long_ago), now=NOW)
        assert not throttle.is_too_fast(5002, sent(NOW - timedelta(days=1), edited=long_ago), now=NOW)


def test_a_press_among_it_which_has_no_moment_of_its_own_changes_nothing() -> None:
    throttle = Throttle()
    for at in range(3 * MOST):
        assert not throttle.is_too_fast(5001, sent(NOW - timedelta(hours=5) + at * WINDOW / MOST), now=NOW)
        if at % MOST == 0:
            assert taken(throttle, 1, now=NOW) == 1


def test_a_rush_that_lies_back_is_stopped_and_what_came_after_its_pause_is_taken() -> None:
    throttle = Throttle()
    rush, after = NOW - timedelta(hours=5), NOW - timedelta(hours=5) + PAUSE
    assert sum(not throttle.is_too_fast(5001, sent(rush), now=NOW) for _ in range(MOST + 15)) == MOST
    assert throttle.seconds_left(5001, now=NOW) == 1, "that pause is over for who sends now"
    assert not throttle.is_too_fast(5001, sent(after), now=NOW)
    assert taken(throttle, 1, now=NOW) == 1


def test_what_was_sent_before_a_rush_of_presses_is_taken_though_they_are_stopped() -> None:
    throttle = Throttle()
    assert taken(throttle, MOST + 1, now=NOW) == MOST
    assert not throttle.is_too_fast(5001, sent(NOW - timedelta(hours=1)), now=NOW)
    assert throttle.is_too_fast(5001, sent(NOW), now=NOW)
