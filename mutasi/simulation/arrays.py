"""Kinds of arrays, and days as whole numbers.

Inside the simulation a day is the number of days since 1970-01-01, so that
careers are plain integer arrays.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

YEAR = 365.25
"""Days in a year, on average."""

FOREVER = 10**7
"""A day that never comes: the end of what lasts."""

LONG_AGO = -(10**7)
"""A day before every other."""


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return a calendar day as days since 1970-01-01.

    >>> day_number(1970, 1, 31)
    30
    """
    return (date(year, month, day) - date(1970, 1, 1)).days


def year_of(days: ArrayLike) -> Ints:
    """Return the calendar year of each day.

    >>> year_of([0, 364, 365]).tolist()
    [1970, 1970, 1971]
    """
    return np.asarray(days, dtype="datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def month_start(days: ArrayLike, later: int = 0) -> Ints:
    """Return the first day of the month ``later`` months after each day.

    >>> month_start([45], later=1).tolist()
    [59]
    """
    months = np.asarray(days, dtype="datetime64[D]").astype("datetime64[M]") + later
    return months.astype("datetime64[D]").astype(np.int64)


def digits(days: ArrayLike) -> "pd.Series[Any]":
    """Return each day as the text YYYYMMDD.

    >>> digits([0]).tolist()
    ['19700101']
    """
    return pd.Series(np.datetime_as_string(np.asarray(days, dtype="datetime64[D]"))).str.replace(
        "-", ""
    )


def dates(days: ArrayLike) -> "pd.Series[Any]":
    """Return each day as a date; what never comes is NaT.

    >>> dates([0, FOREVER]).isna().tolist()
    [False, True]
    """
    numbers = np.asarray(days, dtype=np.int64)
    moments = numbers.astype("datetime64[D]").astype("datetime64[s]")
    return pd.Series(np.where(np.abs(numbers) >= FOREVER, np.datetime64("NaT"), moments))


def drawn(rng: np.random.Generator, chances: Floats) -> Ints:
    """Return a column drawn for each row of chances (need not sum to one).

    >>> drawn(np.random.default_rng(0), np.array([[0.0, 2.0], [1.0, 0.0]])).tolist()
    [1, 0]
    """
    steps = np.cumsum(chances, axis=1)
    passed: Ints = (rng.random(len(chances))[:, None] * steps[:, -1:] >= steps).sum(axis=1)
    return passed


def where_told(told: Bools, values: ArrayLike) -> NDArray[Any]:
    """Return texts where they are told, None elsewhere.

    >>> where_told(np.array([True, False]), ["a", "b"]).tolist()
    ['a', None]
    """
    texts = np.asarray(values, dtype=object).copy()
    texts[~told] = None
    return texts


def kilometres(
    north: ArrayLike, east: ArrayLike, to_north: ArrayLike, to_east: ArrayLike
) -> Floats:
    """Return distances over a region's small patch of the globe.

    Args:
        north: Latitude in degrees, as ``to_north``.
        east: Longitude in degrees, as ``to_east``.
        to_north: Latitude of the other end.
        to_east: Longitude of the other end.

    >>> kilometres(-7.0, 110.0, -7.0, 110.1).round(1).item()
    11.0
    """
    up = np.subtract(to_north, north) * 110.57
    across = np.subtract(to_east, east) * 111.32 * np.cos(np.radians(np.asarray(north)))
    return np.asarray(np.hypot(up, across), dtype=np.float64)
