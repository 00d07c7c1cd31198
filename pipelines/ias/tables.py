"""Read the published tables: Parquet or CSV, extra columns and any order allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from mutasi.bundle import files
from mutasi.bundle.rejected import LONGEST_SHOWN, Rejected, masked

REQUIRED: Final = {
    "officers": ("id", "cadre", "allotment_year", "date_of_joining"),
    "experience": (
        "identity_no",
        "designation_level",
        "ministry_dept_office_location",
        "organisation",
        "experience_major_minor",
        "period_from",
        "period_to",
    ),
}
"""Tables that must be there, with the columns that are read."""

OPTIONAL: Final = {
    "education": ("identity_no", "qualification_university_institute", "subject"),
    "in_service_training": ("identity_no", "year", "training_name", "duration_weeks"),
    "mid_career_training": ("identity_no", "training_name", "date_from", "date_to"),
    "domestic_training": ("identity_no", "year", "name", "subject", "duration"),
    "foreign_training": ("identity_no", "year", "name", "subject", "duration"),
}
"""Tables that may be absent; what they would tell is then absent too."""

WELCOME: Final = {"officers": ("date_of_birth", "gender", "place_of_domicile")}
"""Columns that may be absent from a table."""

PERSONAL: Final = frozenset({"id", "identity_no"})


@dataclass(frozen=True)
class Table:
    """A published table.

    Attributes:
        file: Name of its file.
        texts: The columns that are read, as text, '' where nothing is said;
            rows are numbered as a person counts.
        broken: Rows with too many or too few fields.
    """

    file: str
    texts: pd.DataFrame
    broken: Sequence[int] = ()

    def rejected(self, faults: "pd.Series[bool]", field: str, reason: str) -> list[Rejected]:
        """Return what is wrong with the rows that a mask marks."""
        rows = np.flatnonzero(faults.to_numpy())
        numbers, values = self.texts.index.to_numpy()[rows], self.texts[field].to_numpy()[rows]
        return [
            Rejected(
                file=self.file,
                row=int(row),
                field=field,
                value=masked(value) if field in PERSONAL else value[:LONGEST_SHOWN],
                reason=reason,
                expected="",
                table=Path(self.file).stem,
            )
            for row, value in zip(numbers, values, strict=True)
        ]

    def wrong_fields(self) -> list[Rejected]:
        """Return the rows with too many or too few fields as such."""
        return [
            Rejected(
                self.file,
                row,
                "",
                "",
                "wrong_number_of_fields",
                str(self.texts.shape[1]),
                Path(self.file).stem,
            )
            for row in self.broken
        ]


def tables(folder: Path) -> dict[str, Table]:
    """Return the tables of a folder by name.

    Raises:
        BundleFileMissing: If a required table is not there.
        BundleFileUnreadable: If a file is no Parquet or CSV.
        BundleColumnMissing: If a table lacks columns that are read.
    """
    found = {}
    for name, wanted in (REQUIRED | OPTIONAL).items():
        path = files.found(folder, name, required=name in REQUIRED)
        if path is not None:
            opened = files.opened(path, wanted)
            columns = (*wanted, *WELCOME.get(name, ()))
            found[name] = Table(opened.name, _texts(opened.frame, columns), opened.broken)
    return found


def _texts(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    texts = pd.DataFrame(index=frame.index)
    for column in columns:
        if column in frame:
            texts[column] = frame[column].fillna("").astype(str).str.strip().to_numpy(object)
        else:
            texts[column] = np.full(len(frame), "", dtype=object)
    return texts
