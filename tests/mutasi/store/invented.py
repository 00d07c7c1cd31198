"""Records of every noun, drawn at random from what the vocabulary allows."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from mutasi.vocabulary import NOUNS, Column, columns

FIRST, LAST = date(2010, 1, 1), date(2020, 12, 31)
"""Every day of the records lies between these."""

DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
MISSING = 0.3


def region(rng: np.random.Generator, rows: int = 40) -> dict[str, pd.DataFrame]:
    """Return at most so many records of every noun; parents may be known after their children."""
    made: dict[str, pd.DataFrame] = {}
    for noun in NOUNS:
        frame = pd.DataFrame(
            {column.name: _values(rng, noun, column, made, rows) for column in columns(noun)}
        )
        made[noun.table] = frame.drop_duplicates(list(noun.key), ignore_index=True)
    return made


def _values(
    rng: np.random.Generator,
    noun: type[Any],
    column: Column,
    made: dict[str, pd.DataFrame],
    rows: int,
) -> "pd.Series[Any]":
    drawn: list[Any]
    if noun.key == (column.name,):
        drawn = [f"{noun.table}-{number}" for number in range(rows)]
    elif column.fact.references is not None and column.fact.references not in made:
        drawn = [None] * rows  # within its own table
    else:
        drawn = rng.choice(_choices(column, made), rows).tolist()
    values = pd.Series(drawn, dtype=object)
    return values.where(rng.random(rows) > MISSING, None) if column.optional else values


def _choices(column: Column, made: dict[str, pd.DataFrame]) -> Any:
    fact = column.fact
    if fact.references is not None:
        return made[fact.references].iloc[:, 0].to_numpy(dtype=object)
    if fact.codes is not None:
        return [str(code) for code in fact.codes]
    low, high = fact.low or 0, fact.high or 9
    return {
        date: DAYS,
        bool: [True, False],
        int: np.arange(low, min(high, low + 50) + 1, dtype=int),
        float: np.linspace(low, high, 99),
        str: [f"text {number}" for number in range(99)],
    }[column.kind]
