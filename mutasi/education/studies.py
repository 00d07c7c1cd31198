"""Educations: the level and the family of fields of study that a name tells."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.education._lexicon import lexicon
from mutasi.education._matching import families
from mutasi.education._tokens import Tokens, distinct, tokens
from mutasi.vocabulary import FIELDS

LEVELS = (5, 10, 12, 15, 17, 18, 20, 25, 30, 35, 40, 42, 45, 47, 49, 50)
"""SIASN *tkPendidikan*, 5 = SD … 50 = S-3."""

HIGHEST_SCHOOL = 18
"""The highest level that is a school's: SLTA keguruan."""


def understood(names: Iterable[Any], levels: Iterable[Any] | None = None) -> pd.DataFrame:
    """Return what names of educations mean; what they do not tell stays missing.

    A level on record counts before the one that the name says, which is kept beside it
    so that a conflict can be seen.  Names are read without regard to case, spacing,
    marks and common misspellings.

    Args:
        names: Names as SIASN and agencies write them; what is not text means nothing.
        levels: SIASN level of each name (``"40"`` or 40); missing or no SIASN level
            where it is unknown.

    Returns:
        One row a name with the index of ``names`` (if it has one) and the columns
        ``level`` and ``said_level`` (whole numbers, one of ``LEVELS``) and ``field``
        (text, one of ``vocabulary.FIELDS``).

    Raises:
        ValueError: If there are not as many levels as names.

    >>> understood(["S-1 PENDIDIKAN MATEMATIKA", "Pendidikan Dokter", "#"], [40, None, "05"])
       level  said_level      field
    0     40          40  education
    1   <NA>        <NA>     health
    2      5        <NA>        NaN
    """
    given = pd.Series(names, dtype=object)
    recorded = _recorded(levels, len(given))
    kind = np.where(np.isnan(recorded), 0, np.where(recorded <= HIGHEST_SCHOOL, 1, 2))
    number, texts = distinct(given)
    pairs, row = np.unique(number * 3 + kind, return_inverse=True)
    cut = tokens(texts[pairs // 3])
    said = _said(cut)
    schools = np.where(pairs % 3 == 0, said <= HIGHEST_SCHOOL, pairs % 3 == 1)
    field = families(cut, lexicon("studies"), schools)
    return pd.DataFrame(
        {
            "level": np.where(np.isnan(recorded), said[row], recorded),
            "said_level": said[row],
            "field": _FIELD_NAMES[field][row],
        },
        index=given.index,
    ).astype({"level": "Int64", "said_level": "Int64", "field": "str"})


def _recorded(levels: Iterable[Any] | None, count: int) -> NDArray[np.float64]:
    """Return the levels on record; NaN where there is none that SIASN knows."""
    if levels is None:
        return np.full(count, np.nan)
    given = pd.Series(levels, dtype=object).map(str)
    if len(given) != count:
        raise ValueError(f"{count} names, but {len(given)} levels")
    number = pd.to_numeric(given, errors="coerce").to_numpy(np.float64)
    return np.where(np.isin(number, LEVELS), number, np.nan)


def _said(cut: Tokens) -> NDArray[np.float64]:
    book = lexicon("levels")
    numbers = np.array([*map(float, book.families), np.nan])
    return numbers[families(cut, book)]


_FIELD_NAMES = np.array(
    [*(name if name in FIELDS else None for name in lexicon("studies").families), None],
    dtype=object,
)
"""Field of each family of the table; the last one, of index -1, is unknown, as is what
the table knows to be untold."""
