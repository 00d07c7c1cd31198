"""Units: the function of government (*urusan*) that a name tells."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from mutasi.education._lexicon import lexicon
from mutasi.education._matching import families
from mutasi.education._tokens import distinct, tokens
from mutasi.vocabulary import FUNCTIONS


def offices(names: Iterable[Any]) -> "pd.Series[Any]":
    """Return the function of government that names of units tell; else it stays missing.

    Only a unit's own name is read: a division without words of its own serves what the
    unit above serves, and :func:`inherited` tells that.

    Args:
        names: Names as SIASN and agencies write them; what is not text means nothing.

    Returns:
        One of ``vocabulary.FUNCTIONS`` or missing for each name, with the index of
        ``names`` (if it has one).

    >>> offices(["UPTD Puskesmas Sukamaju", "BAGIAN HUKUM SETDA", "Subbagian Keuangan"]).tolist()
    ['health', 'secretariat', nan]
    """
    given = pd.Series(names, dtype=object)
    number, texts = distinct(given)
    told = _FUNCTIONS[families(tokens(texts), lexicon("offices"))]
    return pd.Series(told[number], given.index, dtype="str", name="function")


def inherited(functions: "pd.Series[Any]", parents: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the functions of units, where they have none of the nearest unit above that has.

    Args:
        functions: Function of each unit, missing where its name tells none; the index
            are the ids of the units, each once.
        parents: Id of the unit above each, with the same index; missing at the top. An
            id that is no unit's, and a circle of units, tell nothing.

    >>> told = pd.Series({"SETDA": "secretariat", "HUKUM": None}, dtype="str")
    >>> inherited(told, pd.Series({"SETDA": None, "HUKUM": "SETDA"}, dtype="str")).tolist()
    ['secretariat', 'secretariat']
    """
    above = functions.index.get_indexer(pd.Index(parents.reindex(functions.index)))
    known = functions.reset_index(drop=True)
    while True:
        filled = known.fillna(known.reindex(above).reset_index(drop=True))
        if filled.equals(known):
            return known.set_axis(functions.index)
        known = filled


_FUNCTIONS = np.array(
    [*(name if name in FUNCTIONS else None for name in lexicon("offices").families), None],
    dtype=object,
)
"""Function of each family of the table; the last one, of index -1, is unknown, as is what
the table knows to be untold."""
