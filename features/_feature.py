"""What a feature is: a named column with a grain, a unit and a concept.

The function's name is the column's name, its parameters name the columns it
needs.  Functions are pure and work on whole columns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import signature
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Floats = NDArray[np.float64]


class Grain(StrEnum):
    """What one value of a feature describes."""

    EMPLOYEE = "employee"
    POSITION = "position"
    CROSS = "cross"
    """An employee and a code of a position (its function, family, unit …)."""
    PAIR = "pair"


class Concept(StrEnum):
    """What a person understands a group of features to mean."""

    COMPETENCE_FIT = "competence_fit"
    EDUCATION_FIT = "education_fit"
    FUNCTION_EXPERIENCE = "function_experience"
    SIMILAR_POSTS = "similar_posts"
    CAREER_BREADTH = "career_breadth"
    TENURE = "tenure"
    SERVICE_LENGTH = "service_length"
    PAST_PERFORMANCE = "past_performance"
    POST_RECORD = "post_record"
    LENIENCY = "leniency"
    PAST_MOVES = "past_moves"
    TRAINING = "training"
    DISTANCE = "distance"
    WORKLOAD = "workload"
    LEVEL_STEP = "level_step"


@dataclass(frozen=True)
class Feature:
    """A documented column.

    Attributes:
        name: The column's name.
        grain: What one value describes.
        unit: The unit of a value.
        concept: The group under which its effect is explained; None for a
            column that only other features use.
        by: For a cross, the position column whose code it is taken at.
        needs: Names of the columns it is computed from.
        compute: The function.
    """

    name: str
    grain: Grain
    unit: str
    concept: Concept | None
    by: str | None
    needs: tuple[str, ...]
    compute: Callable[..., Any]

    @property
    def text(self) -> str:
        """The first line of the documentation."""
        return (self.compute.__doc__ or "").splitlines()[0]


def feature(
    grain: Grain, unit: str, concept: Concept | None = None, by: str | None = None
) -> Callable[[Callable[..., Any]], Feature]:
    """Make a feature of a function.

    Args:
        grain: What one value describes.
        unit: The unit of a value, as "years" or "share".
        concept: The group under which its effect is explained.
        by: For a cross, the position column whose code it is taken at.
    """

    def made(compute: Callable[..., Any]) -> Feature:
        needs = tuple(signature(compute).parameters)
        return Feature(compute.__name__, grain, unit, concept, by, needs, compute)

    return made


class Tally:
    """Sums of a value for each employee and each code.

    Most pairs have none, so only those that have are kept, in order of code.

    >>> tally = Tally(np.array([0, 0, 1]), np.array([5, 5, 7]), np.array([1.0, 2.0, 4.0]), 2)
    >>> tally.at(np.array([0, 1]), 5).tolist()
    [3.0, 0.0]
    >>> tally.at(np.array([0, 1]), np.array([7, 7])).tolist()
    [0.0, 4.0]
    """

    def __init__(self, employee: Array, code: Array, value: Array, employees: int) -> None:
        known = (code >= 0) & (employee >= 0)
        keys = code[known].astype(np.int64) * employees + employee[known]
        self._employees = employees
        self._keys, place = np.unique(keys, return_inverse=True)
        self._sums: Floats = np.bincount(place, value[known], len(self._keys)).astype(float)

    @classmethod
    def kept(cls, keys: Array, sums: Floats, employees: int) -> Self:
        """Return a tally of what :attr:`parts` were."""
        made = cls.__new__(cls)
        vars(made).update(_keys=keys, _sums=sums, _employees=employees)
        return made

    @property
    def parts(self) -> tuple[Array, Floats]:
        """Where there are sums, in order, and the sums."""
        return self._keys, self._sums

    def at(self, employees: Array | int, codes: Array | int) -> Floats:
        """Return the sums of pairs of an employee and a code; 0 where there are none.

        Args:
            employees: Rows of employees, or one that all share.
            codes: A code each, or one that all share.
        """
        if np.ndim(codes) == 0:
            return self._column(int(codes))[employees]
        if len(self._keys) == 0:
            return np.zeros(np.broadcast(codes, employees).shape)
        keys = np.asarray(codes, np.int64) * self._employees + employees
        place = np.searchsorted(self._keys, keys)
        place[place == len(self._keys)] = 0
        found = self._keys[place] == keys
        return np.where(found & (np.asarray(codes) >= 0), self._sums[place], 0.0)

    def _column(self, code: int) -> Floats:
        column = np.zeros(self._employees)
        if code >= 0:
            start, end = np.searchsorted(
                self._keys, [code * self._employees, (code + 1) * self._employees]
            )
            column[self._keys[start:end] - code * self._employees] = self._sums[start:end]
        return column
