"""LightGBM's trees for who only predicts: its library alone, by its C interface.

LightGBM's Python package imports pandas, scikit-learn and SciPy, which take a second and
some 100 MB.  Whoever trains needs it; whoever serves needs a handful of functions of the
library that comes with it (https://lightgbm.readthedocs.io/en/latest/C-API.html).  Numbers
are the same, bit for bit: it is the same library.
"""

import ctypes
from enum import IntEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from weakref import finalize

import numpy as np

from models.learner import Floats

PARAMETERS = b"num_threads=1 verbosity=-1"
"""Two threads wait for each other where cores are shared."""

FLOAT64 = 1
"""What the library calls the type of a matrix."""

ALL = -1
"""How many trees the library is to ask."""

LEAVES = "leaf_value="
"""What begins the line of a tree's outputs, leaf by leaf."""

Library = ctypes.CDLL


class Wanted(IntEnum):
    """What the library tells of a row."""

    RAW = 1
    LEAVES = 2
    CONTRIBUTIONS = 3


class Trees:
    """Boosted trees, read from LightGBM's text.

    Args:
        text: As ``Booster.model_to_string`` gives it.

    Attributes:
        count: How many trees.

    Raises:
        ValueError: If the text is no model.
    """

    def __init__(self, text: str) -> None:
        library = _library()
        count, handle, columns = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_int()
        _require(
            library.LGBM_BoosterLoadModelFromString(
                text.encode(), ctypes.byref(count), ctypes.byref(handle)
            )
        )
        finalize(self, library.LGBM_BoosterFree, handle)
        _require(library.LGBM_BoosterGetNumFeature(handle, ctypes.byref(columns)))
        self.count = count.value
        self._handle = handle
        self._columns = columns.value
        outputs = [
            line.split("=")[1].split() for line in text.splitlines() if line.startswith(LEAVES)
        ]
        self._first_leaf = np.cumsum([0, *map(len, outputs)])[:-1]
        self._outputs = np.array([each for tree in outputs for each in tree], dtype=float)

    def raw(self, matrix: Floats) -> Floats:
        """Return each row's raw score."""
        return self._told(Wanted.RAW, matrix, width=1)[:, 0]

    def parts(self, matrix: Floats) -> Floats:
        """Return what each tree adds to each row's raw score; shape ``(rows, count)``."""
        leaves = self._told(Wanted.LEAVES, matrix, width=self.count).astype(np.int64)
        return self._outputs[self._first_leaf + leaves]

    def contributions(self, matrix: Floats) -> Floats:
        """Return exact TreeSHAP contributions, the expected score last."""
        return self._told(Wanted.CONTRIBUTIONS, matrix, width=self._columns + 1)

    def _told(self, wanted: Wanted, matrix: Floats, width: int) -> Floats:
        """Return what the library tells of each row; shape ``(rows, width)``.

        Raises:
            ValueError: If the rows are not of the columns that the trees were fitted to.
        """
        if matrix.ndim != 2 or matrix.shape[1] != self._columns:
            raise ValueError(f"rows of {self._columns} columns, not of shape {matrix.shape}")
        by_row = not matrix.flags.f_contiguous
        read = np.require(matrix, np.float64, "C" if by_row else "F")
        told = np.empty((len(read), width))
        if len(read) == 0:  # of which the library cannot make sense
            return told
        filled = ctypes.c_int64()
        _require(
            _library().LGBM_BoosterPredictForMat(
                self._handle,
                ctypes.c_void_p(read.ctypes.data),
                FLOAT64,
                ctypes.c_int32(read.shape[0]),
                ctypes.c_int32(read.shape[1]),
                int(by_row),
                int(wanted),
                0,
                ALL,
                PARAMETERS,
                ctypes.byref(filled),
                ctypes.c_void_p(told.ctypes.data),
            )
        )
        assert filled.value == told.size, "the library fills what was made for it"
        return told


@cache
def _library() -> Library:
    """Return the library that LightGBM's package brings; the package itself stays unread.

    Raises:
        ImportError: If LightGBM is not installed.
    """
    package = find_spec("lightgbm")
    if package is None or package.origin is None:
        raise ImportError("LightGBM is not installed", name="lightgbm")
    library = ctypes.CDLL(str(next(Path(package.origin).parent.glob("lib/lib_lightgbm.*"))))
    library.LGBM_GetLastError.restype = ctypes.c_char_p
    return library


def _require(code: int) -> None:
    """Refuse to go on after a failure of the library.

    Raises:
        ValueError: What it said.
    """
    if code != 0:
        raise ValueError(_library().LGBM_GetLastError().decode())
