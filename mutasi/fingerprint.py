"""What a snapshot holds, as short names that say whether another holds the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mutasi.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 16
"""Hexadecimal digits of a table's fingerprint: no two tables of a region meet by chance."""


def fingerprints(snapshot: Snapshot) -> Mapping[str, str]:
    """Return for each table that holds rows a hash of what it says, the same on every machine.

    References are rows of other tables, which are in the order of their keys: a person who
    is added changes the tables that name people as well.
    """
    return {name: _of(frame) for name, frame in snapshot.tables.items() if len(frame)}


def _of(frame: "pd.DataFrame") -> str:
    found = hashlib.sha256()
    for name in frame.columns:
        column = frame[name]
        found.update(f"{name} {len(column)}\n".encode())
        if column.dtype.kind in "bifmM":
            found.update(column.to_numpy().tobytes())
        else:
            told = column.astype(object).where(column.notna(), None)
            found.update(json.dumps(told.tolist()).encode())
    return found.hexdigest()[:DIGITS]
