"""The public tables as a bundle that an import takes in."""

from collections.abc import Callable, Mapping, Set
from pathlib import Path

from mutasi.bundle.quarantine import Rejected
from mutasi.bundle.reading import Bundle
from pipelines.ias.frames import imported

REASONS = {
    "unknown_employee": ("unknown_reference", "officers"),
    "unparsable_date": ("not_a_date", ""),
    "ends_before_start": ("ended_before_start", ""),
    "no_day_of_entry": ("no_day_of_entry", ""),
}
"""What the tables' faults are called in a quarantine, and what was expected."""


def read(
    folder: Path, known: Mapping[str, Set[str]], progress: Callable[[str, int, int], None]
) -> Bundle:
    """Read the tables; they are whole, so nothing known before is referred to.

    Raises:
        BundleFileMissing: If the officers or their experience are not there.
        BundleFileUnreadable: If a file is no Parquet or CSV.
        BundleColumnMissing: If a table lacks columns that are read.
    """
    del known
    progress("read", 0, 1)
    found = imported(folder)
    progress("read", 1, 1)
    rejected = [
        Rejected(file, bad.row, bad.field, bad.value, *REASONS[bad.reason])
        for file, rows in found.bad.items()
        for bad in rows
    ]
    counts = {table: len(frame) for table, frame in found.frames.items()}
    return Bundle(found.frames, counts, tuple(rejected))
