"""The job of writing what the store holds to files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mutasi import private
from mutasi.bundle import writing
from mutasi.settings import Settings
from mutasi.siasn import writing as siasn
from mutasi.siasn.written import beside
from mutasi.store import personnel, session

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        folder: Where it lies.
        beside: Where that lies for which SIASN has no place; none if it is a bundle.
        rows: Rows of the store that were written, by table.
    """

    folder: Path
    beside: Path | None
    rows: dict[str, int]


def export(
    settings: Settings,
    folder: Path,
    kind: str,
    progress: Told,
    *,
    layout: siasn.Layout = "resources",
) -> Exported:
    """Write everything that the store holds.

    Args:
        settings: Which store.
        folder: Where to write; made if it is not there.
        kind: ``csv`` or ``parquet``, a bundle; or ``siasn``.
        progress: Told of the lists written.
        layout: Of the files of SIASN.

    Raises:
        FolderInUse: If there is anything in the folder; nothing was written.
        OSError: If the folder cannot be written.
        RegionEmpty: If the store holds no region.
    """
    siasn.require_empty(folder)
    with session.reading(session.engine(settings.database_url)) as work:
        frames = personnel.records(work)
    rows = {table: len(frame) for table, frame in frames.items() if len(frame)}
    with private.writing(folder):
        if kind == "siasn":
            siasn.write(folder, frames, layout, progress)
            return Exported(folder, beside.write(folder, frames), rows)
        writing.write(folder, frames, "parquet" if kind == "parquet" else "csv")
    return Exported(folder, None, rows)
