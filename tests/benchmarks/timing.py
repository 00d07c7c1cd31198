"""What an answer costs: many short measurements, the ways taking turns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from time import perf_counter, thread_time

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Way = Callable[[str], object]
"""Answers for one position."""


@dataclass(frozen=True)
class Quartiles:
    """The middle half of some measurements."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Floats) -> "Quartiles":
        """Return the quartiles of measurements."""
        return cls(*(float(value) for value in np.quantile(values, [0.25, 0.5, 0.75])))


@dataclass(frozen=True)
class Cost:
    """What the answers of one way cost, in milliseconds; shape ``(runs, questions)``.

    Attributes:
        cpu: Time that the answering thread worked.
        elapsed: Time that went by, other work of the machine included.
    """

    cpu: Floats
    elapsed: Floats

    def times(self, other: "Cost") -> Quartiles:
        """Return how many times another's cost this is, question by question in each run."""
        return Quartiles.of(self.cpu / other.cpu)


def costs(ways: Mapping[str, Way], questions: Sequence[str], runs: int) -> dict[str, Cost]:
    """Return what each way costs; all ways answer a question before the next is asked.

    Args:
        ways: The ways by name; each has answered before, so that nothing is first.
        questions: What is asked.
        runs: How often all of it is asked.
    """
    cpu = {name: np.empty((runs, len(questions))) for name in ways}
    elapsed = {name: np.empty((runs, len(questions))) for name in ways}
    for run, (place, question) in product(range(runs), enumerate(questions)):
        for name, way in ways.items():
            worked, went_by = thread_time(), perf_counter()
            way(question)
            cpu[name][run, place] = 1000.0 * (thread_time() - worked)
            elapsed[name][run, place] = 1000.0 * (perf_counter() - went_by)
    return {name: Cost(cpu[name], elapsed[name]) for name in ways}
