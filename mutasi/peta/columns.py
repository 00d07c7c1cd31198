"""What the columns of such spreadsheets are called, and the rows that they give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi.bundle import parsing
from mutasi.bundle.spreadsheets import Sheet
from mutasi.bundle.workbooks import Kind

MAP: Mapping[str, tuple[str, ...]] = {
    "number": ("nomor", "no"),
    "name": ("nama", "nama_jabatan", "nama_unit_jabatan", "nama_unit_organisasi_jabatan"),
    "type": ("tipe",),
    "category": ("kategori", "jenis_jabatan"),
    "skill": ("rumpun",),
    "rung": ("jenjang", "eselon"),
    "needed": ("kebutuhan", "keb", "abk", "formasi", "kebutuhan_abk", "k"),
    "filled": ("eksisting", "bezetting", "terisi", "b"),
    "difference": ("selisih",),
    "code": ("kode", "kode_jabatan"),
    "unit": ("unit_kerja", "unit_organisasi"),
    "allowance": ("kelas", "kelas_jabatan"),
    "head_name": ("kepala_nama",),
    "head_code": ("kepala_kode",),
    "head_rung": ("kepala_jenjang",),
    "head_needed": ("kepala_kebutuhan", "kepala_keb", "kepala_abk", "kepala_formasi"),
    "head_filled": ("kepala_eksisting", "kepala_bezetting", "kepala_terisi"),
}
"""Headings of the map by what they mean, as ``spreadsheets.heading`` writes them."""

TASKS: Mapping[str, tuple[str, ...]] = {
    "position": ("jabatan", "nama_jabatan"),
    "unit": ("unit_kerja", "unit_organisasi", "unit"),
    "code": ("kode", "kode_jabatan"),
    "task": ("uraian_tugas", "uraian", "tahapan", "tugas"),
    "result": ("hasil", "hasil_kerja", "satuan_hasil"),
    "volume": ("volume", "jumlah_hasil", "volume_kerja", "beban_kerja", "jumlah_beban_kerja"),
    "minutes": ("waktu_penyelesaian_menit", "norma_waktu_menit", "waktu_menit"),
    "hours": ("waktu_penyelesaian_jam", "norma_waktu_jam", "waktu_jam"),
    "time": ("waktu_penyelesaian", "norma_waktu", "waktu"),
    "time_unit": ("keterangan_waktu", "satuan_waktu"),
}
"""Headings of an analysis of workload."""

FAULTS = {Kind.FORMULA: "formula_without_value", Kind.FAULT: "cell_fault"}


@dataclass(frozen=True)
class Rows:
    """The filled rows of sheets.

    Attributes:
        text: One column of text a meaning; missing where empty, or where the sheet has
            no such column. The index labels the rows.
        kinds: The ``workbooks.Kind`` of each cell.
        sheets: Number of the sheet of each row.
        files: Name of the file, and the row's number as a person counts, of each row.
        headings: What each sheet calls its columns, by meaning.
        broken: Labels of rows that have more fields than headings.
        ignored: Headings that mean nothing here.
    """

    text: pd.DataFrame
    kinds: pd.DataFrame
    sheets: Sequence[int]
    files: Sequence[tuple[str, int]]
    headings: Sequence[Mapping[str, str]]
    broken: Sequence[int]
    ignored: tuple[str, ...]

    def place(self, label: int) -> tuple[str, int]:
        """Return file and number of a row."""
        return self.files[label]

    def names(self, fields: Mapping[str, str]) -> Callable[[int], Mapping[str, str]]:
        """Return what tells how a row's sheet calls fields, given what each is by meaning."""
        return lambda label: {
            fields[meaning]: name
            for meaning, name in self.headings[self.sheets[label]].items()
            if meaning in fields
        }

    def faults(self, field: str) -> Iterable[tuple[str, list[int]]]:
        """Return which rows have a cell that holds no value, by reason."""
        for kind, reason in FAULTS.items():
            yield reason, self.text.index[self.kinds[field] == kind].tolist()

    def amounts(self, field: str) -> tuple["pd.Series[float]", list[int]]:
        """Return the numbers of a column, and the rows where there is something else."""
        number = amounts(self.text[field], self.kinds[field] == Kind.NUMBER)
        wrong = self.text[field].notna() & (number.isna() | ~np.isfinite(number))
        return number.mask(wrong), self.text.index[wrong].tolist()


def headings(meanings: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return every heading that has a meaning."""
    return {name for names in meanings.values() for name in names}


def rows(sheets: Sequence[Sheet], meanings: Mapping[str, tuple[str, ...]]) -> Rows:
    """Return the filled rows of sheets by what their columns mean."""
    texts = [pd.DataFrame(columns=list(meanings), dtype="str")]
    kinds = [pd.DataFrame(columns=list(meanings), dtype="int64")]
    numbers: list[int] = []
    files: list[tuple[str, int]] = []
    named: list[Mapping[str, str]] = []
    broken: list[int] = []
    ignored: list[str] = []
    for place, sheet in enumerate(sheets):
        said = {
            meaning: next(name for name in names if name in sheet.frame)
            for meaning, names in meanings.items()
            if any(name in sheet.frame for name in names)
        }
        text = {
            name: parsing.text(sheet.frame[said[name]])
            if name in said
            else pd.Series(np.nan, sheet.frame.index, dtype="str")
            for name in meanings
        }
        frame = pd.DataFrame(text)
        kind = pd.DataFrame(
            {name: sheet.kinds[said[name]] if name in said else 0 for name in meanings},
            index=sheet.frame.index,
        )
        filled = (frame.notna() | kind.isin(list(FAULTS))).any(axis=1)
        spilt = pd.DataFrame(index=list(sheet.broken), columns=list(meanings), dtype="str")
        texts += [frame[filled], spilt]
        kinds += [kind[filled], pd.DataFrame(0, list(sheet.broken), list(meanings))]
        files += [(sheet.name, int(row)) for row in frame.index[filled]]
        broken += range(len(files), len(files) + len(spilt))
        files += [(sheet.name, row) for row in sheet.broken]
        numbers += [place] * (len(files) - len(numbers))
        named.append(said)
        unused = [name for name in sheet.frame if name not in said.values()]
        ignored += [f"{sheet.name}: {name}" for name in unused]
    return Rows(
        pd.concat(texts, ignore_index=True),
        pd.concat(kinds, ignore_index=True),
        numbers,
        files,
        named,
        broken,
        tuple(ignored),
    )


def amounts(text: "pd.Series[str]", exact: "pd.Series[bool]") -> "pd.Series[float]":
    """Return numbers as Indonesians write them; missing where there is something else.

    A dot before three digits groups thousands and a comma is the decimal mark; a dot
    before any other number of digits can only be a decimal mark.

    Args:
        text: What is written.
        exact: Which cells of a workbook were numbers already: they are what they are.

    >>> amounts(pd.Series(["1.234", "1,5", "1.234", "1.5", "x"]),
    ...         pd.Series([False, False, True, False, False])).tolist()
    [1234.0, 1.5, 1.234, 1.5, nan]
    """
    grouped = text.str.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?").to_numpy(dtype=bool)
    plain = text.str.fullmatch(r"[+-]?\d+(?:[.,]\d+)?").to_numpy(dtype=bool)
    bare = text.mask(grouped, text.str.replace(".", "")).str.replace(",", ".")
    bare = bare.where(grouped | plain).mask(exact, text)
    return pd.to_numeric(bare, errors="coerce").astype("float64")
