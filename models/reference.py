"""What training looked like, in plain numbers: what later periods are put beside.

No row of a person is kept.  Cells of fewer than ten decisions are merged with their
neighbour, and bounds have four digits, so that none is somebody's own value.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from models.drift import chance_index, smoothed, stability
from models.learner import Floats

CELLS = 10
"""Into how many cells of equal mass the known values of a feature are parted at most."""

LEAST_CELL = 10
"""Decisions below which a cell is merged with its neighbour."""

DIGITS = 4
"""Digits that the bound of a cell has."""

WINDOW_YEARS = 3
"""The latest years of training, which later periods are put beside: what is counted over
a career or learned from ratings grows from year to year, and would always have moved."""

LEAST_RECENT = 100
"""Decisions that the window must hold, else all of training is taken."""

YEAR = np.timedelta64(365, "D")
DAYS_PER_YEAR = 365.25

FURTHEST = 3.0
"""How many times the span by which a pace was seen it is thought to go on."""

APART = 5.0
"""Index of two spreads that hardly overlap, beyond which no more is expected."""

DOUBT = 1.645
"""Standard errors that a pace must lie above chance to be one."""

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]
Mask = NDArray[np.bool_]


class Cells(BaseModel, extra="forbid", frozen=True):
    """How the values of one feature were spread.

    Attributes:
        edges: Upper bounds of the cells but the last, ascending.
        shares: Share of each cell among all decisions; the last is *missing*.
        outside: Share of the values that the learner does not take at their word;
            None of a feature without such bounds.
        pace: How far the last year had moved from those before, beyond chance.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]
    outside: float | None
    pace: float

    @property
    def missing(self) -> float:
        """Share of the decisions of which the feature was not known."""
        return self.shares[-1]

    def place(self, values: Floats) -> Ints:
        """Return the cell of each value; the last is *missing*."""
        return place(values, self.edges)


class Spread(BaseModel, extra="forbid", frozen=True):
    """A mean, the standard deviation about it, and of how many values.

    Attributes:
        mean: The mean.
        deviation: The standard deviation.
        count: How many values.
    """

    mean: float
    deviation: float
    count: int

    @classmethod
    def of(cls, values: Floats) -> "Spread":
        """Return the spread of some values; at least one."""
        return cls(mean=float(values.mean()), deviation=float(values.std()), count=len(values))


class Reference(BaseModel, extra="forbid", frozen=True):
    """What the decisions of the latest years of training looked like.

    Attributes:
        since: First day of decision.
        until: Last day of decision.
        middle: Mean day of decision.
        pace_years: Years from the middle of the years before the last to that of the last.
        count: Decisions.
        features: By feature.
        predicted: What the head says of them: T points, or chances.
        label: What became of them.
        a_year: Moves in twelve months, over all of training; None for offers.
        told: How many of those moves are rated, and how many there were; None for offers.
    """

    since: str
    until: str
    middle: str
    pace_years: float
    count: int
    features: dict[str, Cells]
    predicted: Spread
    label: Spread
    a_year: Spread | None = None
    told: tuple[int, int] | None = None

    def expected(self, feature: str, day: np.datetime64) -> float:
        """Return how far a feature will have moved by a day if it goes on as in training.

        The index grows with the square of a steady shift, so with that of time.
        """
        apart = float((day - np.datetime64(self.middle, "D")).astype(float)) / DAYS_PER_YEAR
        ratio = min(max(apart, 0.0) / max(self.pace_years, 1e-9), FURTHEST)
        return min(self.features[feature].pace * ratio**2, APART)


def recent(decided_on: Days) -> Mask:
    """Return the decisions of the latest years; all where these are too few."""
    kept = np.asarray(decided_on > decided_on.max() - WINDOW_YEARS * YEAR)
    return kept if kept.sum() >= LEAST_RECENT else np.ones_like(kept)


def middle(decided_on: Days) -> np.datetime64:
    """Return the mean day."""
    return np.datetime64(round(float(decided_on.astype("datetime64[D]").astype(float).mean())), "D")


def pace_years(decided_on: Days) -> float:
    """Return the years between the middle of the last year and of those before; 0 if none."""
    last = _last_year(decided_on)
    if last.all():
        return 0.0
    apart = middle(decided_on[last]) - middle(decided_on[~last])
    return float(apart.astype(float)) / DAYS_PER_YEAR


def features_of(
    columns: Mapping[str, Floats], decided_on: Days, familiar: Mapping[str, Mask]
) -> dict[str, Cells]:
    """Return how features were spread.

    Args:
        columns: The values of each feature, one a decision.
        decided_on: Day of each decision.
        familiar: Which values the learner takes at their word, of features with bounds.
    """
    last = _last_year(decided_on)
    found = {}
    for name, values in columns.items():
        edges = edges_of(values)
        cell = place(values, edges)
        counts = np.bincount(cell, minlength=len(edges) + 2)
        if counts[-1] < LEAST_CELL:  # who they are is not told
            counts[-1] = 0
        known = familiar.get(name)
        found[name] = Cells(
            edges=edges,
            shares=tuple((counts / max(counts.sum(), 1)).tolist()),
            outside=None if known is None else float(1.0 - known.mean()),
            pace=_pace(cell, len(edges) + 2, last),
        )
    return found


def edges_of(values: Floats) -> tuple[float, ...]:
    """Return the upper bounds of cells of about equal mass, but for the last cell.

    >>> edges_of(np.repeat([0.0, 1.0, 2.0], [50, 30, 5]))
    (0.0,)
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return ()
    wanted = np.quantile(known, np.arange(1, CELLS) / CELLS)
    edges = np.unique([float(f"{edge:.{DIGITS}g}") for edge in wanted])
    edges = edges[edges < known.max()]
    while len(edges):
        counts = np.bincount(np.searchsorted(edges, known), minlength=len(edges) + 1)
        small = int(counts.argmin())
        if counts[small] >= LEAST_CELL:
            break
        edges = np.delete(edges, _smaller_side(counts, small))
    return tuple(edges.tolist())


def place(values: Floats, edges: Sequence[float]) -> Ints:
    """Return the cell of each value; the last cell is *missing*.

    >>> place(np.array([1.0, 2.0, 2.5, np.nan]), (2.0,)).tolist()
    [0, 0, 1, 2]
    """
    cell = np.searchsorted(np.asarray(edges, dtype=np.float64), values, side="left")
    return np.where(np.isnan(values), len(edges) + 1, cell).astype(np.int64)


def yearly(decided_on: Days) -> Spread:
    """Return the decisions in twelve months, counted back from the last one.

    The oldest twelve months, of which a part may be missing, are left out where there
    are others.  There is at least one decision.
    """
    age = (decided_on.max() - decided_on) // YEAR
    counts = np.bincount(age.astype(np.int64)).astype(float)
    return Spread.of(counts[:-1] if len(counts) > 1 else counts)


def _smaller_side(counts: Ints, small: int) -> int:
    """Return the bound beside a cell whose other side is the smaller cell."""
    if small == 0:
        return 0
    if small == len(counts) - 1:
        return small - 1
    return small if counts[small + 1] < counts[small - 1] else small - 1


def _last_year(decided_on: Days) -> Mask:
    return np.asarray(decided_on > decided_on.max() - YEAR)


def _pace(cell: Ints, cells: int, last: Mask) -> float:
    """Return how far the last year lies from those before; 0 where it may be chance."""
    sizes = (int((~last).sum()), int(last.sum()))
    if min(sizes) < LEAST_CELL:
        return 0.0
    before, after = (smoothed(np.bincount(cell[rows], minlength=cells)) for rows in (~last, last))
    index, chance = float(stability(before, after)), chance_index(cells, *sizes)
    doubt = DOUBT * chance * np.sqrt(2.0 / max(cells - 1, 1))  # chi-squared, by its moments
    return index - chance if index > chance + doubt else 0.0
