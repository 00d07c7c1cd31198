"""An export of two people, as small as it can be, to be changed by tests."""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from mutasi.bundle.reading import Bundle

SITI, BUDI = "198505172010012001", "199003042015031002"
SITI_ID, BUDI_ID = "A" * 32, "B" * 32
CLINIC, OFFICE = "C0" * 16, "D0" * 16
NURSE = "8ae483a570e6758b01710ba2c7527d80"

DAY = date(2024, 6, 1)
"""The day of the export."""

Row = dict[str, Any]

EXPORT: Mapping[str, list[Row]] = {
    "ref-unor": [
        {"Id": OFFICE, "InstansiId": "I1", "NamaUnor": "DINAS KESEHATAN", "DiatasanId": None,
         "NamaJabatan": "KEPALA DINAS KESEHATAN", "EselonId": "22"},
        {"Id": CLINIC, "InstansiId": "I1", "NamaUnor": "PUSKESMAS SATU", "DiatasanId": OFFICE,
         "NamaJabatan": None, "EselonId": "00"},
    ],
    "data-utama": [
        {"id": SITI_ID, "nipBaru": SITI, "nama": "A", "jenisKelamin": "F", "tglLahir": "17-05-1985",
         "statusPegawai": "PNS", "tmtCpns": "01-01-2010", "instansiIndukId": "I1",
         "instansiIndukNama": "Kab. Contoh", "kedudukanPnsId": "01"},
        {"id": BUDI_ID, "nipBaru": BUDI, "nama": "B", "jenisKelamin": "M", "tglLahir": "04-03-1990",
         "statusPegawai": "PNS", "tmtCpns": "01-03-2015", "instansiIndukId": "I1",
         "instansiIndukNama": "Kab. Contoh", "kedudukanPnsId": "01"},
    ],
    "rw-jabatan": [
        {"idPns": SITI_ID, "nipBaru": SITI, "jenisJabatan": "2", "unorId": CLINIC,
         "unorNama": "PUSKESMAS SATU", "jabatanFungsionalId": NURSE,
         "jabatanFungsionalNama": "Perawat Ahli Pertama", "namaJabatan": "Perawat Ahli Pertama",
         "tmtJabatan": "01-02-2012", "tanggalSk": "15-01-2012"},
        {"idPns": SITI_ID, "nipBaru": SITI, "jenisJabatan": "1", "unorId": OFFICE,
         "unorNama": "DINAS KESEHATAN", "namaJabatan": "KEPALA DINAS KESEHATAN", "eselonId": "22",
         "eselon": "II.b", "tmtJabatan": "2020-07-01", "jenisPenugasanId": "D"},
        {"idPns": BUDI_ID, "nipBaru": BUDI, "jenisJabatan": "4", "unorId": CLINIC,
         "unorNama": "PUSKESMAS SATU", "jabatanFungsionalUmumId": "U1",
         "jabatanFungsionalUmumNama": "Pengadministrasi Perkantoran", "tmtJabatan": "01-03-2015"},
    ],
}  # fmt: skip
"""Rows by resource."""


def export() -> dict[str, list[Row]]:
    """Return a copy that may be changed."""
    return deepcopy(dict(EXPORT))


def written(folder: Path, lists: Mapping[str, Any]) -> Path:
    """Write each list, or whatever stands in its place, to a file of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in lists.items():
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def faults(bundle: Bundle) -> list[tuple[str, int, str, str]]:
    """Return file, row, field and reason of all that is wrong."""
    return [(each.file, each.row, each.field, each.reason) for each in bundle.rejected]


def unaccounted(bundle: Bundle) -> dict[str, int]:
    """Return by table how many rows are neither stored nor in quarantine: to be none."""
    told = {(each.table, each.file, each.row) for each in bundle.rejected}
    tables = {*bundle.frames, *bundle.read, *bundle.derived, *(table for table, *_ in told)}
    lost = {
        table: bundle.read.get(table, 0)
        + bundle.derived.get(table, 0)
        - len(bundle.frames.get(table, ()))
        - sum(where == table for where, *_ in told)
        for table in tables
    }
    return {table: count for table, count in lost.items() if count}
