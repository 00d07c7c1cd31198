"""Whether groups of people are treated alike; protected attributes audit, never predict.

Pure functions of columns.  Of each group: how often it is chosen against the group
that is chosen most often (the four-fifths rule of the Uniform Guidelines on Employee
Selection Procedures, 29 CFR 1607.4D), and how far predictions miss against those for
everybody else.  All with cluster-bootstrap intervals, and a verdict of three: an
interval that lies wholly beyond the margin is *surely* a concern, one that reaches
beyond it *perhaps*, any other is none.  Figures of groups so small that they would
tell of a person are withheld.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

from models import metrics
from models.intervals import Interval, resampled
from models.learner import Floats

FOUR_FIFTHS = 0.8
"""Ratio of two shares below which a difference of treatment is presumed."""

SUPPRESSION_THRESHOLD = 10
"""People below whom a group's figures are withheld."""

SIZED_DRAWS = 2
"""Draws of equally many rows over which a sized figure is averaged."""

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Concern(StrEnum):
    """Whether a group is treated worse, as far as the data can tell."""

    SURELY = "surely"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which group each row belongs to.

    Attributes:
        name: What tells the groups apart, as ``sex``.
        groups: The groups.
        code: Place of each row's group among them; -1 where it is not on record.
    """

    name: str
    groups: tuple[str, ...]
    code: Ints

    def where(self, rows: Ints | Mask) -> "Grouping":
        """Return the groups of some rows."""
        return replace(self, code=self.code[rows])

    def people(self, person: npt.NDArray[np.object_]) -> Ints:
        """Return how many people are in each group; last, of how many it is not on record."""
        _, number = np.unique(person.astype(str), return_inverse=True)
        count = len(self.groups) + 1
        cell = np.where(self.code < 0, count - 1, self.code)
        pairs = np.unique(number.astype(np.int64) * count + cell)
        return np.bincount(pairs % count, minlength=count).astype(np.int64)


@dataclass(frozen=True)
class Compared:
    """A figure of one group, beside that of others.

    Attributes:
        own: The figure.
        against: Its ratio to the group with the largest, or its difference from that
            of everybody else; None for the group with the largest itself.
        concern: What ``against`` allows to say; None where nothing is asked.
    """

    own: Interval
    against: Interval | None
    concern: Concern | None


@dataclass(frozen=True)
class Measure:
    """A figure that may be worse for a group than for others.

    Attributes:
        name: What it is called.
        figure: Computes it from columns.
        worse: Which way is worse for the people concerned.
        margin: Difference from which it counts.
        reads: The columns that it is computed from.
        is_sized: Whether it is larger by chance alone where rows are few, so that a
            group is compared with as many others.
    """

    name: str
    figure: Callable[..., float]
    worse: Literal["low", "high"]
    margin: float
    reads: tuple[str, ...] = ("label", "predicted")
    is_sized: bool = False


def publishable(people: npt.ArrayLike, threshold: int = SUPPRESSION_THRESHOLD) -> Mask:
    """Return which cells of a table may be told, where their total is told too.

    A cell of fewer people than the threshold is withheld; and then the smallest of
    the others, until what is withheld is at least two cells of together so many
    people that taking what is told from the total tells of nobody (complementary
    suppression, Willenborg & de Waal 2001).  An empty cell has nothing to tell.

    Args:
        people: People in each cell.
        threshold: The smallest cell that may be told.

    >>> publishable([40, 3, 25]).tolist(), publishable([40, 12]).tolist()
    ([True, False, False], [True, True])
    """
    count = np.asarray(people, dtype=np.int64)
    told = count >= threshold
    withheld = (count > 0) & ~told
    if not withheld.any():
        return told
    for cell in np.argsort(count, kind="stable"):
        if withheld.sum() > 1 and count[withheld].sum() >= threshold:
            break
        withheld |= (np.arange(len(count)) == cell) & (count > 0)
    return told & ~withheld


def selection(
    chosen: Floats,
    grouping: Grouping,
    vacancy: Ints,
    told: Mask,
    *,
    draws: int,
    is_within: bool = False,
) -> dict[str, Compared]:
    """Return how large a part of each group's candidates is chosen, against the largest.

    Args:
        chosen: How likely each candidate is chosen, 0 to 1.
        grouping: Group of each candidate.
        vacancy: Vacancy of each candidate; vacancies are drawn together.
        told: Which groups may be told of.
        draws: Bootstrap draws.
        is_within: Count those chosen against how many of the group would be if
            everybody eligible for the same vacancy had the same chance, so that being
            eligible where many are is no disadvantage.

    Returns:
        By group that is told of: the share chosen (or chosen over expected), and its
        ratio to that of the group with the largest.
    """
    places = np.flatnonzero(told[: len(grouping.groups)])
    if not len(places):
        return {}
    _, number = np.unique(vacancy, return_inverse=True)
    cells = (number.max() + 1, len(grouping.groups) + 1)
    cell = number * cells[1] + np.where(grouping.code < 0, cells[1] - 1, grouping.code)

    def total(weight: Floats) -> Floats:
        return np.bincount(cell, weight, cells[0] * cells[1]).astype(float).reshape(cells)

    taken, there = total(chosen), total(np.ones_like(chosen))
    if is_within:
        there *= taken.sum(axis=1, keepdims=True) / there.sum(axis=1, keepdims=True)
    taken, there = taken[:, places], there[:, places]

    def shares(taken: Floats, there: Floats) -> Floats:
        below = there.sum(axis=0)
        found = np.where(below > 0, taken.sum(axis=0) / np.where(below > 0, below, 1.0), np.nan)
        return np.asarray(found)

    largest = int(np.argmax(np.nan_to_num(shares(taken, there), nan=-1.0)))

    def figures(taken: Floats, there: Floats) -> Floats:
        share = shares(taken, there)
        ratio = share / share[largest] if share[largest] > 0 else np.full(len(share), np.nan)
        return np.concatenate([share, ratio])

    found = resampled(figures, taken, there, draws=draws)
    compared = {}
    for place, group in enumerate(places):
        ratio = None if place == largest else found.interval(len(places) + place)
        compared[grouping.groups[group]] = Compared(
            found.interval(place), ratio, None if ratio is None else four_fifths(ratio)
        )
    return compared


def differences(
    measures: Sequence[Measure],
    grouping: Grouping,
    told: Mask,
    columns: Mapping[str, Floats],
    *,
    clusters: npt.ArrayLike,
    draws: int,
    seed: int = 0,
) -> dict[str, dict[str, Compared]]:
    """Return figures of each group, and their differences from those of everybody else.

    Both are taken on the same draws.

    Args:
        measures: The figures.
        grouping: Group of each row.
        told: Which groups may be told of.
        columns: What the figures are computed from, by name.
        clusters: What is drawn together.
        draws: Bootstrap draws.
        seed: Which rows are compared where a figure is sized.

    Returns:
        By group that is told of, by measure.
    """
    places = np.flatnonzero(told[: len(grouping.groups)])
    if not len(places):
        return {}
    random = np.random.default_rng(seed)

    def figures(code: Ints, *drawn: Floats) -> list[float]:
        named = dict(zip(columns, drawn, strict=True))
        return [
            value
            for group in places
            for measure in measures
            for value in _apart(measure, named, code == group, random)
        ]

    found = resampled(figures, grouping.code, *columns.values(), groups=clusters, draws=draws)
    compared: dict[str, dict[str, Compared]] = {}
    for number, group in enumerate(places):
        of_group = compared.setdefault(grouping.groups[group], {})
        for place, measure in enumerate(measures):
            first = 3 * (number * len(measures) + place)
            difference = found.difference(first + 1, first + 2)
            concern = worse(difference, measure.worse, measure.margin)
            of_group[measure.name] = Compared(found.interval(first), difference, concern)
    return compared


def _apart(
    measure: Measure, columns: Mapping[str, Floats], member: Mask, random: np.random.Generator
) -> tuple[float, float, float]:
    """Return a figure of a group, and of the group and others to be compared.

    The mean over several draws of as many rows of both, where the figure is sized.
    """

    def figure(rows: Ints) -> float:
        return measure.figure(*(columns[name][rows] for name in measure.reads))

    own, others = np.flatnonzero(member), np.flatnonzero(~member)
    whole = figure(own)
    if not measure.is_sized:
        return whole, whole, figure(others)
    size = min(len(own), len(others))
    pairs = [
        [
            figure(random.permutation(rows)[:size]) if len(rows) > size else figure(rows)
            for rows in (own, others)
        ]
        for _ in range(SIZED_DRAWS)
    ]
    return whole, *np.mean(pairs, axis=0)


def four_fifths(ratio: Interval) -> Concern:
    """Return whether a ratio of shares lies below four fifths.

    >>> four_fifths(Interval(0.6, 0.5, 0.7)).value, four_fifths(Interval(0.9, 0.7, 1.1)).value
    ('surely', 'perhaps')
    """
    if ratio.high < FOUR_FIFTHS:
        return Concern.SURELY
    return Concern.NO if ratio.low >= FOUR_FIFTHS else Concern.PERHAPS


def worse(difference: Interval, way: Literal["low", "high"], margin: float) -> Concern:
    """Return whether a difference lies further than a margin on the worse side.

    >>> worse(Interval(-2.0, -3.0, -1.5), "low", 1.0).value
    'surely'
    """
    low, high = difference.low, difference.high
    if way == "low":
        low, high = -high, -low
    if low > margin:
        return Concern.SURELY
    return Concern.NO if high <= margin else Concern.PERHAPS


def correlation_given(predicted: Floats, attribute: Floats, label: Floats) -> float:
    """Return the partial correlation of a prediction with an attribute, given the label.

    Near 0 where people who were rated alike are predicted alike, whatever the
    attribute (*separation*, Barocas, Hardt & Narayanan 2023, ch. 3).  A label that holds
    much chance explains away too little, so that a real difference between groups
    remains in it.

    >>> columns = np.array([[1.0, 2.0, 3.0, 4.0], [0, 1, 0, 1], [1, 2, 2, 1]])
    >>> round(correlation_given(*columns), 3)
    0.447
    """
    with_attribute = metrics.pearson(predicted, attribute)
    with_label = metrics.pearson(predicted, label)
    between = metrics.pearson(attribute, label)
    rest = (1.0 - with_label**2) * (1.0 - between**2)
    if not rest > 0:
        return np.nan
    return float((with_attribute - with_label * between) / np.sqrt(rest))
