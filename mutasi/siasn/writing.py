"""A region written as SIASN exports it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from mutasi.bundle.formulas import inert
from mutasi.errors import FolderInUse
from mutasi.siasn.written import abilities, careers
from mutasi.siasn.written.nodes import as_nodes
from mutasi.siasn.written.organisation import Region, nodes
from mutasi.siasn.written.people import pegawai, people
from mutasi.siasn.written.spelling import identity
from mutasi.snapshot import DTYPES
from mutasi.vocabulary import NOUNS, Scheme, columns

Layout = Literal["resources", "folders", "documents", "pegawai"]
Row = dict[str, Any]

ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class History:
    """One of SIASN's lists of what is on record of an employee.

    Attributes:
        table: The table that it is written from.
        columns: Its columns, from the rows of the table that belong to it.
        field: The field that tells which rows belong to it; empty = all do.
        values: What stands in the field of those rows.
    """

    table: str
    columns: Callable[[pd.DataFrame, Region], dict[str, Any]]
    field: str = ""
    values: tuple[str, ...] = ()

    def rows(self, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Return the records that belong to it."""
        frame = frames[self.table]
        return frame[frame[self.field].isin(self.values)] if self.field else frame


HISTORIES = {
    "rw-jabatan": History("postings", careers.postings),
    "rw-golongan": History("grades", careers.grades),
    "rw-pendidikan": History("educations", abilities.educations),
    "rw-diklat": History("trainings", abilities.leadership, "kind", ("leadership",)),
    "rw-kursus": History("trainings", abilities.courses, "kind", tuple(abilities.COURSES)),
    "rw-skp": History("appraisals", abilities.numeric, "scheme", (Scheme.NUMERIC.value,)),
    "rw-skp22": History("appraisals", abilities.quadrant, "scheme", (Scheme.QUADRANT.value,)),
    "rw-kinerjaperiodik": History("reviews", abilities.reviews),
    "rw-hukdis": History("sanctions", careers.sanctions),
    "rw-angkakredit": History("credits", careers.credits_),
    "rw-penghargaan": History("awards", careers.awards),
    "kompetensi": History("assessments", abilities.assessments),
    "potensi": History("potentials", abilities.potentials),
    "nilaiipasn": History("merit_indices", abilities.merits),
}
"""Every list that is written, but for who people are and the tree of units."""


def write(
    folder: Path,
    frames: Mapping[str, pd.DataFrame],
    layout: Layout = "resources",
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Write a region as SIASN exports it; docs/siasn.md says what it cannot carry.

    Args:
        folder: Made if it is not there.
        frames: One frame per table name, with the columns of the vocabulary; a
            missing table counts as empty.
        layout: ``resources``: a list a file; ``folders``: a folder a list, in it an
            envelope an employee; ``documents``: a document an employee;
            ``pegawai``: who people are today, as CSV.
        progress: Called with "write", the lists done and the lists in all.

    Raises:
        FolderInUse: If there is anything in the folder: another layout's files would
            be imported as well.
        KeyError: If a frame lacks a column of its noun.
    """
    require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    region = Region(as_nodes(_typed(frames)))
    _write_list(folder / "ref-unor.json", _rows(nodes(region), len(region.frames["units"])))
    if layout == "pegawai":
        listed = pegawai(region).map(inert, na_action="ignore")
        listed.to_csv(folder / "pegawai.csv", index=False, lineterminator="\r\n")
        return
    told = progress or (lambda *_: None)
    if layout == "documents":
        _write_documents(folder, region, told)
        return
    for done, (name, owners, rows) in enumerate(lists(region), start=1):
        if layout == "resources":
            _write_list(folder / f"{name}.json", rows)
        else:
            _write_envelopes(folder / name, owners, rows)
        told("write", done, len(HISTORIES) + 1)


def require_empty(folder: Path) -> None:
    """Refuse a folder that holds anything.

    Raises:
        FolderInUse: If it does.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderInUse(folder=folder)


def lists(region: Region) -> Iterator[tuple[str, list[str], Iterator[Row]]]:
    """Yield each list with the employee whom each of its rows is about, and its rows."""
    who = region.frames["employees"]
    yield "data-utama", who["employee_id"].tolist(), _rows(people(region), len(who))
    for name, history in HISTORIES.items():
        held = history.rows(region.frames)
        numbered = {"id": _ids(name, held), **history.columns(held, region)}
        yield name, held["employee_id"].tolist(), _rows(numbered, len(held))


def _ids(name: str, held: pd.DataFrame) -> list[str]:
    turn = held.groupby("employee_id").cumcount()
    return [
        identity(name, f"{person} {number}")
        for person, number in zip(held["employee_id"], turn, strict=True)
    ]


def _rows(said: Mapping[str, Any], count: int) -> Iterator[Row]:
    """Yield the rows of columns; one value stands for all."""
    names = tuple(said)
    values = (
        repeat(value, count) if value is None or isinstance(value, str) else _listed(value)
        for value in said.values()
    )
    return (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else list(np.asarray(values, dtype=object))


def _write_list(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        separator = "[\n"
        for row in rows:
            file.write(separator + ENCODED(row))
            separator = ",\n"
        file.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_envelopes(folder: Path, owners: Iterable[str], rows: Iterable[Row]) -> None:
    """Write an envelope an employee; ``data`` is a list, or who the employee is."""
    folder.mkdir(exist_ok=True)
    for person, found in _by_person(owners, rows).items():
        data: Any = found[0] if folder.name == "data-utama" else found
        _write_text(folder / f"{person}.json", {"code": 1, "data": data, "message": "success"})


def _write_documents(folder: Path, region: Region, told: Callable[[str, int, int], None]) -> None:
    """Write a document an employee, with every list in it."""
    documents: dict[str, Row] = {}
    for done, (name, owners, rows) in enumerate(lists(region), start=1):
        for person, found in _by_person(owners, rows).items():
            documents.setdefault(person, {})[name] = found[0] if name == "data-utama" else found
        told("write", done, len(HISTORIES) + 1)
    for person, document in documents.items():
        _write_text(folder / f"{person}.json", document)


def _by_person(owners: Iterable[str], rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for person, row in zip(owners, rows, strict=True):
        found.setdefault(person, []).append(row)
    return found


def _write_text(path: Path, value: Any) -> None:
    path.write_text(ENCODED(value) + "\n", encoding="utf-8")


def _typed(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the columns of the vocabulary with the dtypes of a snapshot."""
    return {
        noun.table: pd.DataFrame(
            {
                column.name: _column(frames.get(noun.table), column.name, DTYPES[column.kind])
                for column in columns(noun)
            }
        )
        for noun in NOUNS
    }


def _column(frame: pd.DataFrame | None, name: str, dtype: Any) -> "pd.Series[Any]":
    values: pd.Series[Any] = pd.Series([], dtype=object) if frame is None else frame[name]
    return values.astype(dtype)
