"""Signs of life that a process gives, in memory that the one that started it reads."""

from multiprocessing import get_context

from mutasi.silence import Silence

SPAWN = get_context("spawn")


class Pulse:
    """Beats of one process, counted; it is handed to the process when that is started."""

    def __init__(self) -> None:
        self._beats = SPAWN.Value("Q", lock=False)

    def beat(self) -> None:
        """Give a sign of life."""
        self._beats.value += 1

    @property
    def count(self) -> int:
        """How many signs there were."""
        return int(self._beats.value)


class Watch:
    """Whether a pulse has stood still for too long.

    Args:
        pulse: Of a process that was just started.
        most: How long it may stand still, in seconds.
        start: How long it may take until the first beat.
    """

    def __init__(self, pulse: Pulse, most: float, start: float = 0.0) -> None:
        self._pulse = pulse
        self._most = most
        self._counted = 0
        self._silence = Silence(max(most, start))

    def is_missed(self) -> bool:
        """Look, and return whether the process is to be taken for hanging; to be asked often."""
        before, self._counted = self._counted, self._pulse.count
        if self._counted and not before:
            self._silence = Silence(self._most)
        return self._silence.is_too_long(heard=self._counted != before)
