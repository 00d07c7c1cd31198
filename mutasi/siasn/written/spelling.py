"""Values as SIASN writes them: everything is text, days are dd-mm-yyyy."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.vocabulary import RUNGS

Objects = NDArray[np.object_]

RANKS = (
    "Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I",
    "Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I",
    "Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I",
    "Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama",
)  # fmt: skip
"""Names of grades I/a to IV/e (*pangkat*)."""

ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
"""Grades of PPPK."""

LEVELS = {
    5: "Sekolah Dasar", 10: "SLTP", 12: "SLTP Kejuruan", 15: "SLTA", 17: "SLTA Kejuruan",
    18: "SLTA Keguruan", 20: "Diploma I", 25: "Diploma II", 30: "Diploma III/Sarjana Muda",
    35: "Diploma IV", 40: "S-1/Sarjana", 42: "Profesi", 45: "S-2", 47: "Spesialis",
    49: "Subspesialis", 50: "S-3/Doktor",
}  # fmt: skip
"""Names of levels of education (*tkPendidikan*)."""

ESELON = {
    "I.a": "11", "I.b": "12", "II.a": "21", "II.b": "22", "III.a": "31", "III.b": "32",
    "IV.a": "41", "IV.b": "42", "V.a": "51", "V.b": "52",
}  # fmt: skip
"""SIASN ids of *eselon*."""

NO_ESELON = "99"

assert set(ESELON) < set(RUNGS)


def texts(values: "pd.Series[Any]") -> Objects:
    """Return a column as text, empty as None."""
    return _spelled(values, str)


def days(values: "pd.Series[Any]") -> Objects:
    """Return days as SIASN writes them.

    >>> days(pd.Series(pd.to_datetime(["2024-02-29", None]))).tolist()
    ['29-02-2024', None]
    """
    return _spelled(pd.to_datetime(values), lambda day: f"{day:%d-%m-%Y}")


def instants(values: "pd.Series[Any]") -> Objects:
    """Return days as the instants that a few of SIASN's fields hold.

    >>> instants(pd.Series(pd.to_datetime(["2022-04-01"]))).tolist()
    ['2022-04-01T00:00:00Z']
    """
    return _spelled(pd.to_datetime(values), lambda day: f"{day:%Y-%m-%dT00:00:00Z}")


def years(values: "pd.Series[Any]") -> Objects:
    """Return the years of days."""
    return _spelled(pd.to_datetime(values), lambda day: str(day.year))


def numbers(values: "pd.Series[Any]") -> Objects:
    """Return numbers as text.

    >>> numbers(pd.Series([12.0, 91.5, None])).tolist()
    ['12', '91.5', None]
    """
    return _spelled(values.astype("Float64"), lambda number: repr(number).removesuffix(".0"))


def worded(values: "pd.Series[Any]", words: Callable[[Any], str | None]) -> Objects:
    """Return a column's values in the words that a function has for them, empty as None."""
    return _spelled(values, words)


def only(where: Any, values: Objects) -> Objects:
    """Return values where they are wanted, None elsewhere.

    >>> only([True, False], np.array(["a", "b"], dtype=object)).tolist()
    ['a', None]
    """
    return either(where, values, np.full(len(values), None, dtype=object))


def either(where: Any, values: Objects, others: Objects) -> Objects:
    """Return values where they are wanted, others elsewhere."""
    return np.where(np.asarray(where, dtype=bool), values, others)


def _spelled(values: "pd.Series[Any]", spelling: Callable[[Any], str | None]) -> Objects:
    """Return what each value is written as; each distinct value is spelt once."""
    codes, distinct = pd.factorize(values)
    table = np.array([*(spelling(value) for value in distinct.tolist()), None], dtype=object)
    return table[codes]  # code -1, empty, is the last


def ids(resource: str, keys: Iterable[str]) -> Objects:
    """Return 32 hexadecimal digits for each key of a resource: the same each time."""
    return np.array([identity(resource, key) for key in keys], dtype=object)


def identity(resource: str, key: str) -> str:
    """Return 32 hexadecimal digits for a key of a resource."""
    return hashlib.blake2b(f"{resource} {key}".encode(), digest_size=16).hexdigest().upper()


def grade_id(grade: int) -> str:
    """Return SIASN's id of a grade of civil servants.

    >>> grade_id(1), grade_id(12), grade_id(17)
    ('11', '34', '45')
    """
    return "45" if grade == len(RANKS) else f"{(grade + 3) // 4}{(grade + 3) % 4 + 1}"


def grade_name(grade: int) -> str:
    """Return the name of a grade of civil servants.

    >>> grade_name(12), grade_name(17)
    ('III/d', 'IV/e')
    """
    number = grade_id(grade)
    return f"{ROMAN[int(number[0]) - 1]}/{'abcde'[int(number[1]) - 1]}"


def level_id(level: float) -> str:
    """Return SIASN's id of a level of education.

    >>> level_id(5)
    '05'
    """
    return f"{int(level):02d}"
