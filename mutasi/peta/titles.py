"""What the title, category and rung of a post in a map say of it."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from mutasi.bundle.spreadsheets import heading
from mutasi.education import functional
from mutasi.vocabulary import LEVEL_OF_RUNG, PositionKind

KINDS = {
    "struktural": PositionKind.STRUCTURAL.value,
    "fungsional": PositionKind.FUNCTIONAL.value,
    "pelaksana": PositionKind.GENERAL.value,
}
"""Legal kinds by the first word of a category."""

RUNGS = {
    "PM": "Pemula",
    "TR": "Terampil",
    "MH": "Mahir",
    "PY": "Penyelia",
    "PT": "Ahli Pertama",
    "MU": "Ahli Muda",
    "MA": "Ahli Madya",
    "UT": "Ahli Utama",
}
"""How a title says the rung (*jenjang*) that SIASN has a code for."""

ESELON = re.compile(r"\b(III|II|IV|I|V)[./ -]?([AB])\b", re.IGNORECASE)


def described(posts: pd.DataFrame) -> pd.DataFrame:
    """Return what posts are, as text; what is not told stays missing.

    The full title of a functional post has its rung: *Perawat*, *Ahli Muda* is *Perawat
    Ahli Muda*.

    Args:
        posts: With ``name``, ``category`` and ``rung`` as a map says them.

    Returns:
        With the same index: ``title``, ``kind`` (as it is said where it is no known
        one), ``family``, ``rung``, ``level``, ``fields`` and ``retirement_age``.
    """
    kind = _read(posts["category"], lambda text: KINDS.get(heading(text).split("_")[0]))
    rung = _read(posts["rung"], lambda text: RUNGS.get(text.upper(), text))
    is_functional = (kind == PositionKind.FUNCTIONAL.value).to_numpy()
    alone = functional(posts["name"])
    bare = is_functional & alone["rung"].isna().to_numpy() & rung.notna().to_numpy()
    title = posts["name"].mask(bare, posts["name"] + " " + rung)
    known = functional(title).where(pd.Series(is_functional, posts.index))
    eselon = _read(posts["rung"].where(~is_functional), _eselon)
    level = known["level"].astype("float64").fillna(eselon.map(LEVEL_OF_RUNG).astype("float64"))
    level = level.mask(kind == PositionKind.GENERAL.value, 1.0)
    return pd.DataFrame(
        {
            "title": title,
            "kind": kind.fillna(posts["category"]),
            "family": known["family"],
            "rung": known["rung"].fillna(eselon),
            "level": _whole(level),
            "fields": known["fields"],
            "retirement_age": _whole(known["retirement_age"].astype("float64")),
        }
    ).astype("str")


def _eselon(text: str) -> str | None:
    found = ESELON.search(text)
    return f"{found[1].upper()}.{found[2].lower()}" if found else None


def _whole(values: "pd.Series[float]") -> "pd.Series[str]":
    return _read(values, lambda value: str(int(value)))


def _read(values: "pd.Series[Any]", reading: Callable[[Any], str | None]) -> "pd.Series[str]":
    """Return text read from each value; missing where there is none, or it is not understood."""
    return values.map(reading, na_action="ignore").astype("str")
