"""Splits in time only: what was known before a period is tested on that period.

Random folds would let a model learn from what happened after the decision that
it is tested on.  A label counts as known only when the outcome was on record,
which for the performance after a move is a year or two after the decision: the
*embargo*.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Split:
    """What may be learned from, and what is tested.

    Attributes:
        test_from: First day of the test period.
        test_until: First day after it.
        train: Rows decided, and with labels known, before ``test_from``.
        test: Rows decided in the period.
    """

    test_from: np.datetime64
    test_until: np.datetime64
    train: Rows
    test: Rows


def split(
    decided_on: Days, known_on: Days, test_from: np.datetime64, test_until: np.datetime64
) -> Split:
    """Return the split of one test period.

    Args:
        decided_on: Day of each decision.
        known_on: Day from which its label was known; NaT = not yet.
        test_from: First day of the test period.
        test_until: First day after it.

    Raises:
        ValueError: If the period is empty or the days differ in number.

    >>> days = np.array(["2020-03-01", "2020-09-01", "2021-03-01"], "datetime64[D]")
    >>> found = split(days, days + 150, np.datetime64("2021-01-01"), np.datetime64("2022-01-01"))
    >>> found.train.tolist(), found.test.tolist()
    ([0], [2])
    """
    if not test_from < test_until:
        raise ValueError(f"no day lies from {test_from} to before {test_until}")
    if decided_on.shape != known_on.shape:
        raise ValueError(f"{known_on.size} days of knowledge for {decided_on.size} decisions")
    learnable = (decided_on < test_from) & (known_on < test_from)
    tested = (decided_on >= test_from) & (decided_on < test_until)
    return Split(test_from, test_until, np.flatnonzero(learnable), np.flatnonzero(tested))


def rolling(
    decided_on: Days, known_on: Days, *, least: int = 1, last: int | None = None
) -> tuple[Split, ...]:
    """Return one split per calendar year that has decisions, in order: the rolling origin.

    Args:
        decided_on: Day of each decision.
        known_on: Day from which its label was known; NaT = not yet.
        least: Learnable rows below which a year is not tested.
        last: How many of the latest years; None is all.

    >>> days = np.array(["2019-05-01", "2020-05-01", "2021-05-01"], "datetime64[D]")
    >>> [(str(s.test_from), s.train.size) for s in rolling(days, days + 300)]
    [('2021-01-01', 1)]
    """
    years = np.unique(decided_on.astype("datetime64[Y]"))
    splits = [
        split(
            decided_on, known_on, year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]")
        )
        for year in years
    ]
    tested = [found for found in splits if found.train.size >= least]
    return tuple(tested if last is None else tested[-last:] if last else [])
