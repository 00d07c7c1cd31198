"""What a rule is: a question of law about pairs of a person and a position.

A rule looks at columns, not at objects: the same code judges one pair, one
vacancy against a whole region, or a million pairs.  It returns a
:class:`Judgement`; words and findings are made only for what is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.rules._law import Law

Mask = NDArray[np.bool_]
Array = NDArray[Any]

OPEN_END = np.datetime64("9999-12-31", "D")
"""What stands for a last day that is not known."""


class Severity(StrEnum):
    """What a finding does."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True)
class Case:
    """Pairs of an employee and a position to judge, on one day.

    Attributes:
        on: The day of the decision.
        count: The number of pairs.
        column: Gives a column of :mod:`mutasi.state` by name for the pairs
            (``present_<name>`` for the present post's): one value per pair, or a
            single value that all pairs share. Attribute access calls it.
        is_own_request: Whether the employee asks for the move; else the service needs it.
    """

    on: np.datetime64
    count: int
    column: Callable[[str], Array]
    is_own_request: bool = False
    _derived: dict[str, Array] = field(default_factory=dict, repr=False)

    def once(self, derive: Callable[["Case"], Array]) -> Array:
        """Return what is derived from the case, worked out once for all rules that ask."""
        name = derive.__qualname__
        if name not in self._derived:
            self._derived[name] = derive(self)
        return self._derived[name]

    def __getattr__(self, name: str) -> Array:
        return self.column(name)


class Deferred:
    """A column that is worked out for the few pairs that are told of, not for all judged.

    >>> Deferred(np.add, np.array([1, 2, 3]), 10).at(np.array([2]))
    array([13])
    """

    def __init__(self, function: Callable[..., Array], *columns: Any) -> None:
        self._function = function
        self._columns = columns

    def at(self, pairs: NDArray[np.int64]) -> Array:
        """Return the values of some pairs."""
        return self._function(*(values_at(column, pairs) for column in self._columns))


@dataclass(frozen=True)
class Judgement:
    """What a rule says of each pair.

    Attributes:
        breached: Where the rule is broken.
        unknown: Where a fact is missing, so that it cannot be said.
        facts: The values that decided, by name, for the words.
        clears_on: The first day on which a breach ends by itself if no fact
            changes; NaT where it never does.
    """

    breached: Array
    unknown: Array | bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    clears_on: Deferred | None = None


@dataclass(frozen=True)
class Finding:
    """One rule's objection to one pair, with what decided it.

    Attributes:
        rule: The rule's name; also its key in the message catalogue.
        severity: Whether it blocks, warns or informs.
        basis: The article.
        facts: The values that decided, by name.
        clears_on: The first day without the objection, if it ends by itself.
        is_unknown: The objection is that a fact is missing.
    """

    rule: str
    severity: Severity
    basis: str
    facts: Mapping[str, Any]
    clears_on: date | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class Rule:
    """A named question of law.

    Attributes:
        name: Its code everywhere.
        severity: What a breach does.
        basis: The article.
        demand: What it demands, as a sentence.
        judge: The question.
        of_person: It reads columns of the employee only, so that one judgement
            holds for every position.
        is_final: A breach is for good: neither time nor anybody's doing ends it.
    """

    name: str
    severity: Severity
    basis: str
    demand: str
    judge: Callable[[Case, Law], Judgement]
    of_person: bool = False
    is_final: bool = False


def rule(
    basis: str,
    severity: Severity = Severity.BLOCKS,
    *,
    of_person: bool = False,
    is_final: bool = False,
) -> Callable[[Callable[[Case, Law], Judgement]], Rule]:
    """Make a rule of a function; its name is the rule's code everywhere.

    Args:
        basis: The article, as the regulation writes it.
        severity: What a breach does. A missing fact never blocks: it warns.
        of_person: It reads columns of the employee only.
        is_final: A breach is for good.
    """

    def made(judge: Callable[[Case, Law], Judgement]) -> Rule:
        assert judge.__doc__ is not None, f"{judge.__name__} says not what it demands"
        demand = judge.__doc__.splitlines()[0]
        return Rule(judge.__name__, severity, basis, demand, judge, of_person, is_final)

    return made


def values_at(column: Any, pairs: NDArray[np.int64]) -> Any:
    """Return a column's values for some pairs; a single value stands for all."""
    if isinstance(column, Deferred):
        return column.at(pairs)
    return column[pairs] if isinstance(column, np.ndarray) and column.ndim else column


@lru_cache(maxsize=4096)
def years_before(day: np.datetime64, years: int) -> np.datetime64:
    """Return the last day whose anniversary after some years is not after a day.

    Kept: a few ages and days are asked of again and again, also of one pair alone.

    >>> years_before(np.datetime64("2024-02-29"), 2)
    np.datetime64('2022-02-28')
    """
    month = day.astype("datetime64[M]")
    into_month = day - month.astype("datetime64[D]")
    then = month - np.timedelta64(12 * years, "M")
    month_end = (then + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return min(then.astype("datetime64[D]") + into_month, month_end)


def month_of(day: np.datetime64) -> int:
    """Return the months from January 1970 to the first of a month that is not before a day.

    >>> month_of(np.datetime64("1970-03-01")), month_of(np.datetime64("1970-03-02"))
    (2, 3)
    """
    month = day.astype("datetime64[M]")
    return int(month.astype(int)) + int(day > month.astype("datetime64[D]"))


def first_of(months: Array) -> Array:
    """Return the first day of months counted from January 1970; NaT for NaN."""
    known = ~np.isnan(months)
    day = np.where(known, months, 0).astype(np.int64).astype("datetime64[M]")
    return np.where(known, day.astype("datetime64[D]"), np.datetime64("NaT", "D"))


def anniversary(day: Array, years: Any) -> Array:
    """Return the same calendar day some years later; 29 February becomes 1 March.

    >>> anniversary(np.array(["2020-02-29", "2022-01-15"], "datetime64[D]"), 2)
    array(['2022-03-01', '2024-01-15'], dtype='datetime64[D]')
    """
    month = day.astype("datetime64[M]")
    into_month = day - month.astype("datetime64[D]")
    months = (np.asarray(years, dtype=float) * 12).astype("timedelta64[M]")
    day_then: Array = (month + months).astype("datetime64[D]") + into_month
    return day_then


def day_after(until: Array) -> Array:
    """Return the day after a last day; NaT if there is no last day."""
    return np.where(until == OPEN_END, np.datetime64("NaT"), until + np.timedelta64(1, "D"))
