"""The job of inventing a region: records as a bundle, the truth apart from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mutasi.bundle import writing
from mutasi.siasn import writing as siasn
from mutasi.siasn.written import beside
from mutasi.simulation import SimulationConfig, simulate

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Invented:
    """What was written.

    Attributes:
        folder: Where the records lie.
        truth: Where the truth lies.
        rows: Rows by table.
        moves: Transfers in a year, as a share of the people in service.
        refusals: Share of answered offers that were refused.
    """

    folder: Path
    truth: Path
    rows: dict[str, int]
    moves: float
    refusals: float


def truth_folder(folder: Path) -> Path:
    """Return where the truth about a bundle lies unless told otherwise: beside it.

    >>> truth_folder(Path("regions/a")).as_posix()
    'regions/a.truth'
    """
    return folder.with_name(folder.name + ".truth")


def invent(
    config: SimulationConfig,
    folder: Path,
    truth: Path,
    kind: Literal["csv", "parquet", "siasn"],
    progress: Told,
) -> Invented:
    """Simulate a region and write its records and its truth.

    Args:
        config: The region wanted.
        folder: Where to write one file per table.
        truth: Where to write the truth; not inside ``folder``.
        kind: Kind of files; with SIASN's, what SIASN has no place for lies beside them.
        progress: Told after each year.

    Raises:
        FolderInUse: If SIASN's files are to go to a folder that is not empty.
    """
    if kind == "siasn":
        siasn.require_empty(folder)
    region = simulate(config, lambda done, total: progress("simulate", done, total))
    if kind == "siasn":
        siasn.write(folder, region.frames, progress=progress)
        beside.write(folder, region.frames)
    else:
        writing.write(folder, region.frames, kind)
    region.truth.save(truth)
    frames = region.frames
    answers = frames["offers"]["answer"]
    refused, accepted = int((answers == "refused").sum()), int((answers == "accepted").sum())
    return Invented(
        folder,
        truth,
        {table: len(frame) for table, frame in frames.items()},
        len(frames["transfers"]) / config.years / config.employees,
        refused / max(refused + accepted, 1),
    )
