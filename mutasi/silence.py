"""When silence has lasted too long: of whom a sign of life is expected now and then.

For edges alone, which watch over processes.
"""

from collections.abc import Callable
from time import monotonic


class Silence:
    """How long nothing was heard, by the time that the listener was awake.

    A listener that was itself asleep (a machine or a terminal that was suspended) could not
    have heard anything; it begins to listen anew.

    Args:
        most: How long silence may last, in seconds.
        clock: Seconds that only go forward.
    """

    def __init__(self, most: float, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._since = self._listened_at = clock()

    def is_too_long(self, *, heard: bool) -> bool:
        """Return whether silence lasts too long; to be asked often, with what was heard since."""
        now = self._clock()
        if heard or now - self._listened_at > self._most:
            self._since = now
        self._listened_at = now
        return now - self._since > self._most
