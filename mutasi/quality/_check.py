"""What a check is: a question about the rows of a table that they answer well or badly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.quality._records import Records

Mask = NDArray[np.bool_]


class Dimension(StrEnum):
    """BKN's four dimensions of data quality (*Indeks Kualitas Data*)."""

    COMPLETENESS = "completeness"
    TIMELINESS = "timeliness"
    ACCURACY = "accuracy"
    CONSISTENCY = "consistency"


class Severity(StrEnum):
    """What a fault may lead to: a wrong finding of law, a poorer prediction, or untidiness."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Answer:
    """What a check found: masks as long as the table that it asks.

    Attributes:
        asked: The rows that the question can be put to.
        faulty: The rows among them that answer it badly.
        facts: Values for the words, a column as long as the table or one for all;
            ``found`` is what stands there.
    """

    asked: Mask
    faulty: Mask
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A named question of quality.

    Attributes:
        name: Its code everywhere; says what is demanded.
        dimension: The dimension that it counts in.
        severity: What a fault may lead to.
        of: The table whose rows are asked.
        table: The table that has to be mended.
        field: Its field.
        text: What is demanded, as a sentence.
        ask: The question.
    """

    name: str
    dimension: Dimension
    severity: Severity
    of: str
    table: str
    field: str
    text: str
    ask: Callable[[Records], Answer]

    def __call__(self, records: Records) -> Answer:
        """Put the question to the records; only rows that are asked can be faulty."""
        answer = self.ask(records)
        return Answer(answer.asked, answer.asked & answer.faulty, answer.facts)


def check(
    dimension: Dimension, severity: Severity, mends: str, of: str | None = None
) -> Callable[[Callable[[Records], Answer]], Check]:
    """Make a check of a function; its name is the check's code everywhere.

    Args:
        dimension: The dimension that it counts in.
        severity: What a fault may lead to.
        mends: ``table.field`` that has to be mended.
        of: The table whose rows are asked, if not that one.
    """
    table, column = mends.split(".")

    def made(ask: Callable[[Records], Answer]) -> Check:
        assert ask.__doc__ is not None, f"{ask.__name__} says not what it demands"
        text = ask.__doc__.splitlines()[0]
        return Check(ask.__name__, dimension, severity, of or table, table, column, text, ask)

    return made


def filled(name: str, mends: str, severity: Severity, text: str) -> Check:
    """Return the check that a field of what is in use is not empty.

    Args:
        name: Its code.
        mends: ``table.field``.
        severity: What a gap may lead to.
        text: What is demanded, as a sentence.
    """
    table, column = mends.split(".")

    def ask(records: Records) -> Answer:
        return Answer(records.in_use(table), records.is_empty(table, column))

    return Check(name, Dimension.COMPLETENESS, severity, table, table, column, text, ask)
