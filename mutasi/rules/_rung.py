"""Parameters of the law that are said by rung."""

from collections.abc import Mapping

import numpy as np

from mutasi.rules._rule import Array
from mutasi.vocabulary import RUNGS


def by_rung(values: Mapping[str, float], rung_number: Array) -> Array:
    """Return the value of each rung; NaN where the law names none.

    >>> by_rung({"I.b": 4}, np.array([1, 0, -1])).tolist()
    [4.0, nan, nan]
    """
    table = np.full(len(RUNGS) + 1, np.nan)
    for rung, value in values.items():
        table[RUNGS.index(rung)] = value
    found: Array = table[rung_number]
    return found


def said_or(own: Array, values: Mapping[str, float], rung_number: Array) -> Array:
    """Return the post's own value, or else that of its rung."""
    return np.where(np.isnan(own), by_rung(values, rung_number), own)
