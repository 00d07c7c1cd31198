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
    """Sums of a value for each row and each code; a row is an employee, or what several share.

    Most pairs have none, so only those that have are kept, in order of code.

    Args:
        row: The row of each value; one below 0 counts nowhere.
        code: The code of each value; one below 0 counts nowhere.
        value: What is summed.
        rows: How many rows there are.
        row_of: The row of each employee, -1 for none; without it a row is an employee.

    >>> tally = Tally(np.array([0, 0, 1]), np.array([5, 5, 7]), np.array([1.0, 2.0, 4.0]), 2)
    >>> tally.at(np.array([0, 1]), 5).tolist()
    [3.0, 0.0]
    >>> tally.at(np.array([0, 1]), np.array([7, 7])).tolist()
    [0.0, 4.0]
    """

    def __init__(
        self, row: Array, code: Array, value: Array, rows: int, row_of: Array | None = None
    ) -> None:
        known = (code >= 0) & (row >= 0)
        keys = code[known].astype(np.int64) * rows + row[known]
        self._rows = rows
        self._row_of = row_of
        self._keys, place = np.unique(keys, return_inverse=True)
        self._sums: Floats = np.bincount(place, value[known], len(self._keys)).astype(float)

    @classmethod
    def kept(cls, keys: Array, sums: Floats, rows: Array, row_of: Array | None = None) -> Self:
        """Return a tally of what :attr:`parts` were."""
        made = cls.__new__(cls)
        vars(made).update(_keys=keys, _sums=sums, _rows=int(rows), _row_of=row_of)
        return made

    @property
    def parts(self) -> dict[str, Array]:
        """What it is made of, by name: where there are sums, in order, the sums, the rows."""
        parts = {"keys": self._keys, "sums": self._sums, "rows": np.array(self._rows)}
        return parts if self._row_of is None else parts | {"row_of": self._row_of}

    def at(self, employees: Array | int, codes: Array | int) -> Floats:
        """Return the sums of pairs of an employee and a code; 0 where there are none.

        Args:
            employees: Rows of employees, or one that all share.
            codes: A code each, or one that all share.
        """
        rows = employees if self._row_of is None else self._row_of[employees]
        if np.ndim(codes) == 0:
            return self._column(int(codes))[rows]
        if len(self._keys) == 0:
            return np.zeros(np.broadcast(codes, rows).shape)
        keys = np.asarray(codes, np.int64) * self._rows + rows
        place = np.searchsorted(self._keys, keys)
        place[place == len(self._keys)] = 0
        found = (self._keys[place] == keys) & (np.asarray(codes) >= 0) & (np.asarray(rows) >= 0)
        return np.where(found, self._sums[place], 0.0)

    def _column(self, code: int) -> Floats:
        """Return the sums of all rows for a code, and at the end that of no row."""
        column = np.zeros(self._rows + 1)
        if code >= 0:
            start, end = np.searchsorted(self._keys, [code * self._rows, (code + 1) * self._rows])
            column[self._keys[start:end] - code * self._rows] = self._sums[start:end]
        return column
