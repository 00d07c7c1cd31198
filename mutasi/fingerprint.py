"""What a snapshot holds, as short names that say whether another holds the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from mutasi.snapshot import CODED, REFERENCES, Snapshot

if TYPE_CHECKING:
    import pandas as pd

DIGITS: Final = 20
"""Hexadecimal digits of a table's fingerprint: no two tables of a region meet by chance."""

DIGITS_BY_ROWS: Final = 16
"""… of those that earlier versions wrote, see :func:`fingerprints`."""

KEY_BYTES: Final = 8


def fingerprints(snapshot: Snapshot, *, by_rows: bool = False) -> Mapping[str, str]:
    """Return for each table that holds rows a hash of what it says, the same on every machine.

    Args:
        snapshot: The records.
        by_rows: Take references as the rows that they are, as earlier versions did: a person
            who is added then changes every table that names people.
    """
    tables = {name: frame for name, frame in snapshot.tables.items() if len(frame)}
    if by_rows:
        return {name: _of(frame, {})[:DIGITS_BY_ROWS] for name, frame in tables.items()}
    keys = {name: _keys(snapshot.tables[name]) for name in CODED}
    return {
        name: _of(frame, {code: keys[target] for code, target in REFERENCES[name]})[:DIGITS]
        for name, frame in tables.items()
    }


def are_by_rows(kept: Mapping[str, str]) -> bool:
    """Return whether fingerprints are of an earlier version, which took references as rows."""
    return any(len(one) == DIGITS_BY_ROWS for one in kept.values())


def _of(frame: "pd.DataFrame", keys: Mapping[str, NDArray[np.uint64]]) -> str:
    """Return the hash of a table, whose references are told by the keys of what they mean."""
    found = hashlib.sha256()
    for name in frame.columns:
        column = frame[name]
        found.update(f"{name} {len(column)}\n".encode())
        if name in keys:
            found.update(keys[name][column.to_numpy()].tobytes())
        elif column.dtype.kind in "bifmM":
            found.update(column.to_numpy().tobytes())
        else:
            told = column.astype(object).where(column.notna(), None)
            found.update(json.dumps(told.tolist()).encode())
    return found.hexdigest()


def _keys(frame: "pd.DataFrame") -> NDArray[np.uint64]:
    """Return a hash of the key of each row, and for none, which is the last, zero."""
    told = (
        hashlib.blake2b(str(key).encode(), digest_size=KEY_BYTES).digest()
        for key in frame.iloc[:, 0]
    )
    return np.frombuffer(b"".join([*told, bytes(KEY_BYTES)]), np.uint64)
