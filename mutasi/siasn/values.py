"""What SIASN's codes and words mean, each distinct text read once."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from mutasi.bundle import parsing
from mutasi.vocabulary import Column, Fact

DAY: Final = Column("day", date, True, Fact("a day"))

ESELON: Final = {
    "10": "I.a", "11": "I.a", "12": "I.b", "21": "II.a", "22": "II.b", "31": "III.a",
    "32": "III.b", "41": "IV.a", "42": "IV.b", "51": "V.a", "52": "V.b",
}  # fmt: skip
"""Rung of structural posts by *eselonId*; 00 and 99 say that there is none."""

ROMAN: Final = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip

GRADES: Final = {
    **{f"{rank}{step}": 4 * (rank - 1) + step for rank in (1, 2, 3, 4) for step in (1, 2, 3, 4)},
    "45": 17,
}
"""Grades of civil servants by *golonganId*."""

GRADE_NAMES: Final = {
    **{f"{ROMAN[rank - 1]}{'ABCDE'[step - 1]}": 4 * (rank - 1) + step
       for rank in (1, 2, 3, 4) for step in (1, 2, 3, 4)},
    "IVE": 17,
    **{roman: number for number, roman in enumerate(ROMAN, start=1)},
}  # fmt: skip
"""Grades by name: III/d of civil servants, IX of PPPK."""

STRUCTURAL, FUNCTIONAL, GENERAL = "1", "2", "4"

SANCTIONS: Final = {
    **dict.fromkeys(("1", "2", "3", "21", "22"), "R"),
    **dict.fromkeys(("4", "5", "6", "7", "8", "23", "24", "25"), "S"),
    **dict.fromkeys(("9", "10", "11", "12", "13", "14", "27", "28"), "B"),
}
"""Severity of sanctions by *jenisHukuman*."""

MONTHS_OF_SANCTION: Final = {
    **dict.fromkeys(("1", "2", "3", "21", "22"), 0),
    **dict.fromkeys(("4", "5", "6", "7", "8", "25", "27", "28"), 12),
    "23": 6, "24": 9, "14": 36,
}  # fmt: skip
"""How long a sanction lasts by its kind; a reprimand is over when it is given, and a
dismissal stays."""

QUADRANTS: Final = {
    "SANGATBAIK": 1, "BAIK": 2, "BUTUHPERBAIKAN": 3, "CUKUP": 3, "KURANG": 4, "MISCONDUCT": 4,
    "KURANGMISCONDUCT": 4, "SANGATKURANG": 5,
}  # fmt: skip
"""Predicates by name; local data still say *cukup*."""

MATRIX: Final = np.array([[1, 2, 4], [2, 2, 4], [3, 3, 5]])
"""Predicate by results and behaviour, both 1 above, 2 as expected, 3 below (PermenPANRB
6/2022)."""

MONTHS: Final = (
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER",
    "OKTOBER", "NOVEMBER", "DESEMBER",
)  # fmt: skip

SEXES: Final = {
    **dict.fromkeys(("M", "L", "1", "PRIA", "LAKILAKI", "MALE"), "M"),
    **dict.fromkeys(("F", "P", "W", "2", "WANITA", "PEREMPUAN", "FEMALE"), "F"),
}

ACTING: Final = re.compile(r"\s*(?:plt|plh|pjs?|pgs)\b[.\s]", re.IGNORECASE)
"""How titles say that a post is not held but kept."""

STRUCTURAL_COURSES: Final = {
    "1": "SEPADA",
    "2": "Pelatihan Kepemimpinan Pengawas (PIM IV)",
    "3": "Pelatihan Kepemimpinan Administrator (PIM III)",
    "4": "Pelatihan Kepemimpinan Nasional Tingkat II (PIM II)",
    "5": "Pelatihan Kepemimpinan Nasional Tingkat I (PIM I)",
    "6": "SESPIM",
    "7": "SESPATI",
    "8": "Pelatihan struktural lainnya",
}

COURSES: Final = {
    **dict.fromkeys(("1", "5"), "leadership"),
    "2": "functional",
    **dict.fromkeys(("3", "8"), "technical"),
}
"""Kind of training by *jenisDiklat*; all others are ``other``."""


def read(said: "pd.Series[str]", reading: Callable[[str], Any]) -> "pd.Series[str]":
    """Return what texts mean, as text; each distinct one is read once.

    >>> read(pd.Series(["a", None, "a"], dtype="str"), str.upper).tolist()
    ['A', nan, 'A']
    """
    codes, distinct = pd.factorize(said)
    meanings = [reading(text) for text in distinct.tolist()]
    told = pd.Series([None if each is None else str(each) for each in meanings], dtype="str")
    return told.reindex(codes).set_axis(said.index)


def coded(said: "pd.Series[str]", codes: Mapping[str, Any]) -> "pd.Series[str]":
    """Return what codes or words stand for; what is not in the list stays missing."""
    return read(said, lambda text: codes.get(word(text)))


def word(text: str) -> str:
    """Return a word as it is compared: letters and digits, in capitals.

    >>> word("Laki-laki"), word("IV/a")
    ('LAKILAKI', 'IVA')
    """
    return re.sub(r"[\W_]+", "", text).upper()


def first(*choices: "pd.Series[str]") -> "pd.Series[str]":
    """Return for each row the first text that there is."""
    found, *rest = choices
    for other in rest:
        found = found.fillna(other)
    return found


def number(text: str) -> str:
    """Return a code without zeros before it, as ``"05"`` and ``"5"`` are the same."""
    return text.lstrip("0") or "0"


def identity(text: str) -> str:
    """Return an id as it is compared: those of 32 hexadecimal digits in small letters."""
    is_long = re.fullmatch(r"[0-9A-Fa-f-]{32,42}", text)
    return text.lower() if is_long else text


def identities(said: "pd.Series[str]") -> "pd.Series[str]":
    """Return ids as they are compared."""
    return read(said, identity)


def days(said: "pd.Series[str]") -> "pd.Series[Any]":
    """Return days, not-a-time where there is none or it is none."""
    return parsing.parsed(DAY, said).values


def iso(moments: "pd.Series[Any]") -> "pd.Series[str]":
    """Return days as text.

    >>> iso(pd.Series(pd.to_datetime(["2024-02-29", None]))).tolist()
    ['2024-02-29', nan]
    """
    shown: pd.Series[str] = moments.dt.strftime("%Y-%m-%d").astype("str")
    return shown


def decreed(effect: "pd.Series[str]", decree: "pd.Series[str]") -> "pd.Series[str]":
    """Return the days of decrees that came after the day of effect, as text; else none."""
    return decree.where(days(decree) > days(effect))


def day_or_year(said: "pd.Series[str]", year: "pd.Series[str]") -> "pd.Series[str]":
    """Return days; where only a year is told, its last day: it was known by then.

    >>> day_or_year(pd.Series([None, "01-02-2003"], dtype="str"), pd.Series(["1999", "1"])).tolist()
    ['1999-12-31', '01-02-2003']
    """
    return said.where(
        said.notna() & ~is_nothing(said),
        read(year, lambda text: f"{text.removesuffix('.0')}-12-31"),
    )


def is_nothing(said: "pd.Series[str]") -> "pd.Series[bool]":
    """Return where the year 1 stands, which says that there is no day."""
    return said.str.contains(r"^0001-|[-/]0001\b", regex=True, na=False)


def expectation(text: str) -> int | None:
    """Return 1 above, 2 as expected, 3 below, however it is spelt.

    >>> [expectation(said) for said in ("DIATAS ESPEKTASI", "Sesuai Ekspektasi", "3", "baik")]
    [1, 2, 3, None]
    """
    said = word(text)
    words = (("DIATAS", 1), ("SESUAI", 2), ("DIBAWAH", 3))
    code = {"1": 1, "2": 2, "3": 3}.get(number(text.removesuffix(".0")))
    return code or next((rating for start, rating in words if said.startswith(start)), None)


def quadrant(text: str) -> int | None:
    """Return 1 very good to 5 very poor, however it is spelt."""
    code = number(text.removesuffix(".0"))
    return int(code) if code in set("12345") else QUADRANTS.get(word(text))


def job_kind(text: str) -> str | None:
    """Return the kind of a post: structural, functional or general.

    >>> [job_kind(said) for said in ("1", "JABATAN_FUNGSIONAL", "Fungsional Umum", "Pelaksana")]
    ['1', '2', '4', '4']
    """
    said = word(text)
    words = {
        "UMUM": GENERAL,
        "PELAKSANA": GENERAL,
        "RANGKAP": STRUCTURAL,
        "FUNGSIONAL": FUNCTIONAL,
        "STRUKTURAL": STRUCTURAL,
    }
    codes = {"1": STRUCTURAL, "2": FUNCTIONAL, "3": STRUCTURAL, "4": GENERAL}
    return codes.get(said) or next((kind for part, kind in words.items() if part in said), None)


def assignment(text: str) -> str | None:
    """Return how a post is held: D for good, PLT for the time being.

    >>> [assignment(said) for said in ("D", "Pelaksana Harian (PLH)", "TT", "X")]
    ['D', 'PLT', 'PLT', None]
    """
    said = word(text)
    if said in {"D", "DEFINITIF"}:
        return "D"
    acting = {"TT", "PLT", "PLH", "PJ", "PJS"}
    long = ("TUGASTAMBAHAN", "PELAKSANATUGAS", "PELAKSANAHARIAN", "PEJABATNONDEFINITIF", "PENJABAT")
    return "PLT" if said in acting or said.startswith(long) else None
