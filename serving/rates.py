"""How often one may ask: per caller, and stricter where names and secrets can be tried.

Counted in memory, by each process for itself: with two worker processes a caller may ask
up to twice as often.  That is enough against programs gone astray and against guessing,
whose bounds leave a wide margin; a limit that several machines share belongs before them.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final

from mutasi.errors import TooManyRequests

SLACK: Final = 1e-6
"""Seconds that sums of many small steps may be off."""

SWEPT_EVERY: Final = 60.0
"""Seconds after which those who asked for nothing lately are forgotten."""


@dataclass(frozen=True)
class Rate:
    """How often something may happen.

    Attributes:
        name: What is counted, as callers are told.
        count: How many times at once.
        seconds: Within how many seconds as many are allowed again.
    """

    name: str
    count: int
    seconds: int


TRIES_OF_A_NAME_FROM_A_PLACE: Final = Rate("name-place", 10, 600)
"""Tries to sign in by one name from one address: 60 an hour in the long run.

Counted apart for each address, so that nobody keeps somebody else from signing in by trying
their name, and below what :data:`TRIES_OF_A_NAME` gives back meanwhile.
"""

TRIES_OF_A_NAME: Final = Rate("name", 100, 3600)
"""Tries to sign in by one name, from wherever: the most that NIST SP 800-63B lets one guess."""

LOCKINGS_TOLD: Final = Rate("locking", 1, 3600)
"""How often it is told of one name that it has no tries left."""

TRIES_FROM_A_PLACE: Final = Rate("place", 60, 60)
"""Names, secrets and tokens that one address may try in vain."""


TOKENS: Final = Rate("tokens", 60, 600)
"""Tokens that a client may fetch; each lasts ten minutes."""


@dataclass(frozen=True)
class Allowance:
    """What is left of a rate.

    Attributes:
        rate: The rate.
        left: How many times at once it is still allowed.
        reset: Seconds until all are there again.
    """

    rate: Rate
    left: int
    reset: int


class Rates:
    """Counts how often who asks, as a bucket that fills again evenly (GCRA).

    Args:
        calls_per_minute: How often one caller may ask.
        clock: Seconds that only go forward.
    """

    def __init__(self, calls_per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._calls = Rate("calls", calls_per_minute, 60)
        self._clock = clock
        self._full_at: dict[tuple[str, str], float] = {}
        self._swept_at = clock()
        self._lock = Lock()

    def call(self, caller: str) -> Allowance:
        """Count a call and return what is left.

        Raises:
            TooManyRequests: If nothing was left.
        """
        return self._take(self._calls, caller)

    def try_name(self, name: str, address: str) -> None:
        """Count a try to sign in, before it is known whether it succeeds.

        One that is refused for its address does not count for the name.

        Raises:
            TooManyRequests: If this name was tried too often, or from this address.
        """
        self._take(TRIES_FROM_A_PLACE, address)
        self._take(TRIES_OF_A_NAME_FROM_A_PLACE, f"{address} {name}")
        self._take(TRIES_OF_A_NAME, name)

    def tells_locked(self, name: str) -> bool:
        """Return whether it is to be told that a name has no tries left from anywhere.

        That counts as told: of one name it is True at most once in :data:`LOCKINGS_TOLD`.
        """
        try:
            with self._lock:
                self._late(TRIES_OF_A_NAME, name)
        except TooManyRequests:
            with suppress(TooManyRequests):
                self._take(LOCKINGS_TOLD, name)
                return True
        return False

    def token(self, client: str) -> None:
        """Count a token that a client fetches.

        Raises:
            TooManyRequests: If it fetched too many.
        """
        self._take(TOKENS, client)

    def require_place(self, address: str) -> None:
        """Refuse an address that failed too often, before anything is looked up for it.

        Raises:
            TooManyRequests: If it did.
        """
        with self._lock:
            self._late(TRIES_FROM_A_PLACE, address)

    def fail(self, address: str) -> None:
        """Count a token or a session that was refused.

        Raises:
            TooManyRequests: If this address failed too often.
        """
        self._take(TRIES_FROM_A_PLACE, address)

    def _take(self, rate: Rate, key: str) -> Allowance:
        with self._lock:
            full_at, now = self._late(rate, key)
            self._full_at[rate.name, key] = full_at
            self._sweep(now)
        left = int((rate.seconds - (full_at - now)) * rate.count / rate.seconds)
        return Allowance(rate, left, ceil(full_at - now))

    def _late(self, rate: Rate, key: str) -> tuple[float, float]:
        """Return when a bucket would be full again after one more, and the present moment.

        Raises:
            TooManyRequests: If one more is too many.
        """
        now = self._clock()
        full_at = max(self._full_at.get((rate.name, key), now), now) + rate.seconds / rate.count
        late = full_at - now - rate.seconds
        if late > SLACK:
            raise TooManyRequests(
                name=rate.name, seconds=ceil(late), count=rate.count, window=rate.seconds
            )
        return full_at, now

    def _sweep(self, now: float) -> None:
        """Forget whose buckets are full again, so that memory follows those who ask."""
        if now < self._swept_at + SWEPT_EVERY:
            return
        self._swept_at = now
        self._full_at = {key: full for key, full in self._full_at.items() if full > now}
