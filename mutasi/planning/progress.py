"""How far a plan is, as whoever waits for it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done, in this order; a plan that cannot be ends with a conflict."""

    OFFERS = "offers"
    FLOW = "flow"
    PRICES = "prices"
    SEARCH = "search"
    CONFLICT = "conflict"
    WORTH = "worth"
    REPORT = "report"
    OUTCOMES = "outcomes"


@dataclass(frozen=True)
class Progress:
    """How far a plan is.

    Attributes:
        stage: What is being done.
        value: What the best plan so far is worth, T points; None while there is none.
        bound: What no plan is worth more than, T points; None while that is not known.
    """

    stage: Stage
    value: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """By how much the best so far may be below the best, as a share of the bound."""
        if self.value is None or self.bound is None:
            return None
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


Told = Callable[[Progress], None]
"""Is told when a stage begins and when a better plan is found; what it raises ends the work."""


def unheard(_: Progress) -> None:
    """Take no notice."""
