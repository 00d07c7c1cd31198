"""What rows become, or what is told of them: one row a person, all read at once."""

from collections import Counter
from functools import partial
from typing import Any

import pandas as pd
import pytest

from mutasi.bundle.reading import Bundle
from mutasi.siasn.reading import read as read_files
from mutasi.siasn.resources import RESOURCE
from tests.mutasi.siasn.export import DAY, Row, export, faults, unaccounted, written
from tests.records import TODAY

read = partial(read_files, today=TODAY)

RECORDS: list[tuple[str, Row, str, Row]] = [
    ("rw-golongan", {"golonganId": "34", "tmtGolongan": "2022-04-01T00:00:00Z"},
     "grades", {"grade": 12, "since": "2022-04-01"}),
    ("rw-golongan", {"golongan": "IX", "tmtGolongan": "01/04/2022"}, "grades", {"grade": 9}),
    ("rw-golongan", {"GOLONGAN": "iv e", "TMT_GOLONGAN": "2022-04-01 00:00:00"},
     "grades", {"grade": 17}),
    ("rw-pendidikan", {"pendidikanNama": "S-1 ILMU HUKUM", "tkPendidikanId": "40",
                       "tahunLulus": "2008"},
     "educations", {"level": 40, "field": "law", "graduated_on": "2008-12-31"}),
    ("rw-pendidikan", {"pendidikanNama": "D-III KEBIDANAN", "tglLulus": "2008-08-01"},
     "educations", {"level": 30, "field": "health"}),
    ("rw-diklat", {"latihanStrukturalId": "2", "tanggalSelesai": "01-02-2015", "jumlahJam": "280"},
     "trainings", {"kind": "leadership", "hours": 280.0}),
    ("rw-kursus", {"namaKursus": "Bimtek", "jenisDiklatId": "8", "tahunKursus": 2015},
     "trainings", {"kind": "technical", "completed_on": "2015-12-31"}),
    ("rw-skp", {"tahun": "2019", "nilaiPrestasiKerja": "0", "nilaiSkp": "91,5"},
     "appraisals", {"score": 91.5, "scheme": "skp_2011", "year": 2019}),
    ("rw-skp22", {"tahun": 2023, "hasilKinerja": "DIATAS ESPEKTASI", "PerilakuKerjaNilai": "2",
                  "KuadranKinerjaNilai": "1", "nipNrpPenilai": "3201010101010001"},
     "appraisals", {"results": 1, "behaviour": 2, "predicate": 1, "rater": None}),
    ("rw-skp22", {"tahun": "2023", "kuadranKinerja": "BAIK", "nipNrpPenilai": "Si Anu, S.H."},
     "appraisals", {"predicate": 2, "rater": None}),
    ("rw-skp", {"tahun": "2018", "nilaiSkp": "80", "deletedAt": "0001-01-01"},
     "appraisals", {"score": 80.0, "rater": None}),
    ("rw-skp22", {"tahun": "2023", "hasilKinerjaNilai": "3", "perilakuKerjaNilai": "3"},
     "appraisals", {"predicate": 5}),
    ("rw-skp22", {"tahun": "2023", "kuadranKinerja": "Cukup"}, "appraisals", {"predicate": 3}),
    ("rw-kinerjaperiodik", {"tahun": "2023", "periodikNama": "TW III", "kuadranNilai": "BAIK"},
     "reviews", {"started_on": "2023-07-01", "ended_on": "2023-09-30", "predicate": 2}),
    ("rw-kinerjaperiodik", {"tahun": "2024", "bulanMulaiPenailan": "2", "bulanSelesai": "02"},
     "reviews", {"started_on": "2024-02-01", "ended_on": "2024-02-29"}),
    ("rw-hukdis", {"jenisHukuman": "23", "hukumanTanggal": "31-08-2021"},
     "sanctions", {"severity": "S", "ended_on": "2022-02-27"}),
    ("rw-hukdis", {"jenisTingkatHukumanId": "R", "jenisHukuman": "1", "skTanggal": "05-01-2021"},
     "sanctions", {"severity": "R", "ended_on": "2021-01-05"}),
    ("rw-hukdis", {"jenisTingkatHukumanId": "B", "hukumanTanggal": "05-01-2021", "masaTahun": "1",
                   "masaBulan": "0"},
     "sanctions", {"severity": "B", "ended_on": "2022-01-04"}),
    ("rw-angkakredit", {"tanggalSk": "05-01-2021", "kreditUtamaBaru": "10,5",
                        "kreditPenunjangBaru": "2"},
     "credits", {"points": 12.5}),
    ("rw-penghargaan", {"hargaNama": "Karya Satya X", "tahun": "2020"},
     "awards", {"awarded_on": "2020-12-31"}),
    ("kompetensi", {"integritas": "3", "tanggalPenilaian": "05-01-2021"},
     "assessments", {"integrity": 3.0}),
    ("potensi", {"intelektual": "80", "total": "75.5", "tahun": "2021"},
     "potentials", {"intellectual": 80.0, "total": 75.5}),
    ("nilaiipasn", {"kualifikasi": "20", "kompetensi": "35", "created_at": "2021-01-05T10:00:00Z"},
     "merit_indices", {"qualification": 20.0, "competence": 35.0}),
]  # fmt: skip


BAD: list[tuple[str, Any, str, str]] = [
    ("rw-golongan", {"tmtGolongan": "31-02-2020", "golonganId": "34"}, "tmtGolongan", "not_a_date"),
    ("rw-golongan", {"tmtGolongan": "2020-02-01", "golonganId": "7"}, "golonganId", "unknown_code"),
    ("rw-golongan", {"tmtGolongan": "2020-02-01"}, "golonganId", "empty"),
    ("rw-golongan", {"tmtGolongan": ["x"], "golonganId": "34"}, "tmtGolongan", "not_a_plain_value"),
    ("rw-golongan", {"tmtGolongan": "01-07-2025", "golonganId": "34"}, "tmtGolongan",
     "in_the_future"),
    ("rw-golongan", {"tmtGolongan": "2020-02-01", "golonganId": "34", "deletedAt": "2021-01-01"},
     "", "deleted_at_source"),
    ("rw-hukdis", {"hukumanTanggal": "01-02-2020", "jenisTingkatHukumanId": "R",
                   "skPembatalanNomor": "9"}, "", "cancelled_at_source"),
    ("rw-hukdis", {"hukumanTanggal": "01-02-2020", "jenisTingkatHukumanId": "R",
                   "idPns": "nobody"}, "idPns", "unknown_person"),
    ("rw-hukdis", {"hukumanTanggal": "01-02-2020", "jenisTingkatHukumanId": "B",
                   "masaTahun": "2 tahun"}, "masaTahun", "not_a_number"),
    ("rw-angkakredit", {"tanggalSk": "05-01-2021", "kreditUtamaBaru": "1.234,5",
                        "kreditPenunjangBaru": "2"}, "kreditUtamaBaru", "not_a_number"),
    ("rw-kinerjaperiodik", {"tahun": "2023", "periodikNama": "x"}, "periodikNama",
     "unknown_period"),
    ("rw-skp", {"tahun": "2O17"}, "tahun", "not_a_number"),
    ("rw-skp", "Data", "", "not_a_record"),
    ("rw-skp", {"nipBaru": "1.98505E+17", "tahun": "2017"}, "idPns", "nip_lost_digits"),
]  # fmt: skip


def person(number: int) -> Row:
    """Return who owns a row."""
    first = export()["data-utama"][0]
    return {**first, "nipBaru": f"19850517201001{2}{number + 1:03d}", "id": f"{number:032d}"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    rows = [(name, row) for name, row, *_ in (*RECORDS, *BAD)]
    lists: dict[str, Any] = {"data-utama": [person(number) for number in range(len(rows))]}
    for number, (name, row) in enumerate(rows):
        owner = {"idPns": f"{number:032d}"} if isinstance(row, dict) else row
        lists.setdefault(name, []).append({**owner, **row} if isinstance(row, dict) else row)
    return read(written(tmp_path_factory.mktemp("records"), lists), as_of=DAY)


def test_every_row_is_accounted_for(bundle: Bundle) -> None:
    assert not unaccounted(bundle)
    assert len({(each.file, each.row) for each in bundle.rejected}) == len(BAD)


@pytest.mark.parametrize("number", range(len(RECORDS)), ids=lambda n: f"{RECORDS[n][0]} {n}")
def test_a_row_becomes_a_record(number: int, bundle: Bundle) -> None:
    _, _, table, wanted = RECORDS[number]

    found = bundle.frames[table]
    found = found[found["employee_id"] == person(number)["nipBaru"]]

    assert len(found) == 1
    shown = {name: plain(found[name].iloc[0]) for name in wanted}
    assert shown == wanted


def plain(value: Any) -> Any:
    """Return a value as the tests write it."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return None if pd.isna(value) else value


@pytest.mark.parametrize("number", range(len(BAD)), ids=lambda n: f"{BAD[n][-1]} {n}")
def test_a_bad_row_is_told_with_file_row_field_and_reason(number: int, bundle: Bundle) -> None:
    name, _, field, reason = BAD[number]
    before = Counter(resource for resource, *_ in (*RECORDS, *BAD[: number + 1]))

    assert (f"{name}.json", before[name], field, reason) in faults(bundle)


def test_every_resource_that_needs_nothing_else_is_tried() -> None:
    others = {"ref-unor", "data-utama", "rw-jabatan", "rw-pindahinstansi", "rw-pnsunor"}
    assert {name for name, *_ in RECORDS} == RESOURCE.keys() - others
