"""Functional positions (*jabatan fungsional*): what a title tells."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.education._lexicon import lexicon
from mutasi.education._matching import families
from mutasi.education._tokens import Ints, distinct, tokens
from mutasi.vocabulary import LEVEL_OF_RUNG

AGE_OF_RUNG = {"MA": 60, "UT": 65}
"""Age of retirement (*BUP*) by *jenjang*, in years, where the family has no other."""

USUAL_AGE = 58
"""Age of retirement of all other rungs, in years (PP 11/2017 Ps 239)."""

LOWEST_AGE, HIGHEST_AGE = 50, 70


def functional(
    names: Iterable[Any],
    rungs: Iterable[Any] | None = None,
    ages: Iterable[Any] | None = None,
) -> pd.DataFrame:
    """Return what titles of functional positions mean; what they do not tell stays missing.

    What is on record counts before what follows from the title: the rung (*jenjang*)
    before the last words of the title, the age of retirement (*usiaBup*) before the
    rule of thumb of rung and family.

    Args:
        names: Titles, as ``"Perawat Ahli Muda"``; what is not text means nothing.
        rungs: *Jenjang* of each, ``PM`` … ``UT``; anything else is unknown.
        ages: *UsiaBup* of each in years; out of 50 to 70 it is unknown.

    Returns:
        One row a title with the index of ``names`` (if it has one) and the columns
        ``family`` (code of the job family), ``function`` (one of
        ``vocabulary.FUNCTIONS``; missing where a region has none), ``fields`` (fields
        of study that usually qualify, ``;`` between; missing = any), ``rung``,
        ``level`` (1 to 6 on the ladder that all kinds of positions share) and
        ``retirement_age`` in years.

    Raises:
        ValueError: If there are not as many rungs or ages as names.

    >>> functional(["Perawat Ahli Muda", "Auditor Utama"])["retirement_age"].tolist()
    [58, 65]
    """
    given = pd.Series(names, dtype=object)
    number, texts = distinct(given)
    cut = tokens(texts)
    family = families(cut, lexicon("positions"))[number]
    rung = _rungs(rungs, families(cut, lexicon("rungs"))[number])
    return pd.DataFrame(
        {
            "family": _FAMILIES[family],
            "function": _FUNCTIONS[family],
            "fields": _QUALIFYING[family],
            "rung": _RUNGS[rung],
            "level": _LEVELS[rung],
            "retirement_age": _ages(ages, _AGES[family, rung]),
        },
        index=given.index,
    ).astype(
        {
            **dict.fromkeys(("family", "function", "fields", "rung"), "str"),
            **dict.fromkeys(("level", "retirement_age"), "Int64"),
        }
    )


def _rungs(recorded: Iterable[Any] | None, told: Ints) -> Ints:
    """Return the number of each rung: that on record, or else that told; -1 if unknown."""
    if recorded is None:
        return told
    number = _texts(recorded, len(told)).str.strip().str.upper().map(_NUMBER_OF_RUNG)
    return np.where(number.isna(), told, number.fillna(-1)).astype(np.int64)


def _ages(recorded: Iterable[Any] | None, usual: NDArray[np.float64]) -> NDArray[np.float64]:
    if recorded is None:
        return usual
    age = pd.to_numeric(_texts(recorded, len(usual)), errors="coerce").to_numpy(np.float64)
    return np.where((age >= LOWEST_AGE) & (age <= HIGHEST_AGE), age, usual)


def _texts(values: Iterable[Any], count: int) -> "pd.Series[str]":
    texts = pd.Series(values, dtype=object).map(str)
    if len(texts) != count:
        raise ValueError(f"{count} titles, but {len(texts)} values")
    return texts


def _usual_ages() -> NDArray[np.float64]:
    """Return the usual age by family and rung, unknown ones last; NaN where the rung is unknown."""
    book = lexicon("positions")
    ages = np.full((len(book.families) + 1, len(_RUNGS)), np.nan)
    ages[:, :-1] = [AGE_OF_RUNG.get(rung, USUAL_AGE) for rung in _RUNGS[:-1]]
    for place, family in enumerate(book.families):
        for rung, age in book.facts[family].get("retirement", {}).items():
            ages[place, _NUMBER_OF_RUNG[rung]] = age
    return ages


def _told(fact: str) -> NDArray[Any]:
    """Return a fact of every family as text; None where there is none, and last."""
    book = lexicon("positions")
    values = [book.facts[family].get(fact) for family in book.families]
    texts = [";".join(value) if isinstance(value, list) else value for value in values]
    return np.array([*texts, None], dtype=object)


_FAMILIES = np.array([*lexicon("positions").families, None], dtype=object)
_FUNCTIONS, _QUALIFYING = _told("function"), _told("fields")
_RUNGS = np.array([*lexicon("rungs").families, None], dtype=object)
_NUMBER_OF_RUNG = {str(rung): place for place, rung in enumerate(_RUNGS[:-1])}
_LEVELS = np.array([*(LEVEL_OF_RUNG[rung] for rung in _RUNGS[:-1]), np.nan])
_AGES = _usual_ages()
