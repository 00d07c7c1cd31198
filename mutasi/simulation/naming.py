"""Names and numbers (*NIP*) of invented people."""

from typing import Any

import numpy as np
import pandas as pd

from mutasi.simulation.arrays import Bools, Ints, digits, year_of

MEN = (
    "Adi", "Agus", "Arif", "Bayu", "Budi", "Candra", "Dedi", "Dimas", "Eko", "Fajar", "Galih",
    "Hadi", "Hendra", "Imam", "Indra", "Joko", "Lukman", "Nanda", "Rizal", "Sigit", "Teguh",
    "Tri", "Wahyu", "Yoga", "Yudi", "Zainal",
)  # fmt: skip
WOMEN = (
    "Anisa", "Ayu", "Citra", "Desi", "Dewi", "Dian", "Endang", "Erna", "Fitri", "Hana", "Ika",
    "Indah", "Kartini", "Lestari", "Lina", "Maya", "Nia", "Nur", "Putri", "Ratna", "Rina",
    "Siti", "Sri", "Tuti", "Wulan", "Yuni",
)  # fmt: skip
ROOTS = ("Sur", "Har", "Pra", "Sas", "Wij", "Kus", "Mul", "Ban", "Rah", "Set", "Nug", "Dar")
ENDINGS = (
    "yana",
    "tono",
    "setya",
    "mita",
    "aya",
    "wanto",
    "jono",
    "dika",
    "mawan",
    "iawan",
    "roho",
    "sono",
)


def names(rng: np.random.Generator, women: Bools) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Return a made-up name for each person: a common first name and invented syllables."""
    count = len(women)
    first = np.where(
        women,
        np.array(WOMEN, dtype=object)[rng.integers(0, len(WOMEN), count)],
        np.array(MEN, dtype=object)[rng.integers(0, len(MEN), count)],
    )
    root = np.array(ROOTS, dtype=object)[rng.integers(0, len(ROOTS), count)]
    ending = np.array(ENDINGS, dtype=object)[rng.integers(0, len(ENDINGS), count)]
    return np.asarray(first + " " + root + ending)


def numbers(born: Ints, appointed: Ints, woman: Bools, contract: Bools) -> "pd.Series[Any]":
    """Return the 18 digits that identify each person.

    Day of birth, month of appointment (for PPPK the year and 21), sex, and a
    counter that sets apart those who share all this.

    >>> numbers(np.array([0]), np.array([9000]), np.array([True]), np.array([False])).tolist()
    ['197001011994082001']
    """
    month = digits(appointed).str.slice(4, 6).where(~contract, "21")
    start = digits(born) + pd.Series(year_of(appointed)).astype(str) + month
    start += pd.Series(np.where(woman, "2", "1"))
    counter = start.groupby(start).cumcount() + 1
    return start + counter.astype(str).str.zfill(3)
