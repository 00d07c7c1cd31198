"""The public tables as a bundle, ready to be taken into the store."""

from collections.abc import Callable, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from mutasi.bundle.files import KINDS
from mutasi.bundle.reading import Bundle
from mutasi.bundle.transfers import transfers
from pipelines.ias.frames import imported
from pipelines.ias.tables import OPTIONAL, REQUIRED

STEPS: Final = 2


def read(
    folder: Path,
    known: Mapping[str, Set[str]] | None = None,  # noqa: ARG001  (the tables refer to nothing else)
    progress: Callable[[str, int, int], None] | None = None,
    *,
    today: date,
) -> Bundle:
    """Read the public tables; moves follow from where people were posted.

    Args:
        folder: With one Parquet or CSV file a table.
        known: Ids that may be referred to besides those of the files: not needed.
        progress: Called with "read", the steps done and the steps in all.
        today: The day on which they are read: what begins later is known from then.

    Raises:
        BundleFileMissing: If the officers or their experience are not there.
        BundleFileUnreadable: If a file is no Parquet or CSV.
        BundleColumnMissing: If a table lacks columns that are read.
    """
    found = imported(folder)
    if progress is not None:
        progress("read", 1, STEPS)
    last = pd.Timestamp(today)
    frames = {
        name: frame.assign(known_on=frame["known_on"].mask(frame["known_on"] > last, last))
        for name, frame in found.frames.items()
    }
    frames["transfers"] = transfers(frames["postings"])
    if progress is not None:
        progress("read", STEPS, STEPS)
    tables = {*REQUIRED, *OPTIONAL}
    strangers = [path for path in folder.iterdir() if path.suffix in KINDS]
    return Bundle(
        frames=frames,
        read=found.read,
        rejected=found.rejected,
        ignored=tuple(sorted(path.name for path in strangers if path.stem not in tables)),
    )
