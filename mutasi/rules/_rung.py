"""Parameters of the law that are said by rung."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mutasi.rules._rule import Array
from mutasi.vocabulary import RUNGS


def by_rung(values: Mapping[str, Any], rung_number: Array) -> Array:
    """Return the value of each rung, a number or a day; NaN or NaT where the law names none.

    >>> by_rung({"I.b": 4}, np.array([1, 0, -1])).tolist()
    [4.0, nan, nan]
    """
    is_day = any(isinstance(value, np.datetime64) for value in values.values())
    nothing = np.datetime64("NaT", "D") if is_day else np.nan
    table = np.array([*(values.get(rung, nothing) for rung in RUNGS), nothing])
    found: Array = table[rung_number]
    return found


def said_or(own: Array, values: Mapping[str, float], rung_number: Array) -> Array:
    """Return the post's own value, or else that of its rung."""
    return np.where(np.isnan(own), by_rung(values, rung_number), own)
