"""What SIASN has no place for, as a bundle that lies beside an export."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mutasi.bundle import writing
from mutasi.siasn.written.nodes import as_nodes

TABLES = (
    "governments",
    "blackouts",
    "units",
    "positions",
    "needs",
    "demands",
    "standings",
    "residences",
    "assessments",
    "circumstances",
    "offers",
    "transfers",
    "objections",
)
"""Tables of which SIASN knows nothing, or less than the store does."""


def place(folder: Path) -> Path:
    """Return where the bundle lies.

    >>> place(Path("exports/2025")).as_posix()
    'exports/2025.beside'
    """
    return folder.with_name(f"{folder.name}.beside")


def write(folder: Path, frames: Mapping[str, pd.DataFrame]) -> Path:
    """Write what an export of a region to SIASN leaves out; return its folder.

    Its ids are those of the export, so it is imported after it.

    Args:
        folder: Of the export.
        frames: The region, as it was before the export.
    """
    known = as_nodes(frames)
    told = {table: known[table] for table in TABLES if len(known.get(table, ()))}
    writing.write(place(folder), told)
    return place(folder)
