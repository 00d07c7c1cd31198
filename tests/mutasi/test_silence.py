"""Silence that lasts too long, by the time that the listener was awake."""

from mutasi.silence import Silence


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_silence_is_too_long_once_it_lasts_longer_than_it_may() -> None:
    clock = Clock()
    silence = Silence(3.0, clock)

    told = []
    for _ in range(4):
        clock.seconds += 1.0
        told.append(silence.is_too_long(heard=False))

    assert told == [False, False, False, True]


def test_a_sign_of_life_ends_silence() -> None:
    clock = Clock()
    silence = Silence(3.0, clock)

    told = []
    for heard in (False, False, True, False, False, False, False):
        clock.seconds += 1.0
        told.append(silence.is_too_long(heard=heard))

    assert told == [False] * 6 + [True]


def test_a_listener_that_was_asleep_begins_to_listen_anew() -> None:
    clock = Clock()
    silence = Silence(3.0, clock)

    clock.seconds += 3_600.0
    assert not silence.is_too_long(heard=False)
    clock.seconds += 1.0
    assert not silence.is_too_long(heard=False)
