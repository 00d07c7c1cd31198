"""Employees as SIASN writes them today: ``data-utama``, and the export to spreadsheets."""

from typing import Any

import numpy as np
import pandas as pd

from mutasi.siasn.written.careers import PERSON, Columns, graded
from mutasi.siasn.written.organisation import Region
from mutasi.siasn.written.spelling import (
    LEVELS,
    days,
    either,
    identity,
    ids,
    level_id,
    numbers,
    texts,
    worded,
)
from mutasi.vocabulary import ACTIVE, LEFT, EmployeeKind

STANDINGS = {
    "01": "Aktif", "02": "CLTN", "03": "Tugas Belajar", "04": "Pemberhentian Sementara",
    "15": "Hukuman Disiplin", "20": "Masa Persiapan Pensiun", "52": "Tidak Aktif",
    "66": "Diberhentikan", "77": "Pemberhentian Tanpa Hak Pensiun",
    "88": "Pemberhentian Dengan Hak Pensiun", "98": "Mencapai BUP", "99": "Pensiun",
}  # fmt: skip
"""Names of the usual standings (*kedudukan hukum*)."""

KINDS = {EmployeeKind.CIVIL_SERVANT.value: "PNS", EmployeeKind.CONTRACT.value: "PPPK"}

NOT_TOLD = (
    "nipLama", "gelarDepan", "gelarBelakang", "tempatLahir", "tempatLahirId", "agama", "agamaId",
    "email", "emailGov", "nik", "alamat", "noHp", "noTelp", "noNpwp", "bpjs", "path",
)  # fmt: skip
"""Fields of ``data-utama`` that the store never holds."""


def people(region: Region) -> Columns:
    """Return the columns of ``data-utama``: how everyone stands on the last day known."""
    who = region.frames["employees"]
    person = who[PERSON]
    held = _last(region.held, person, order=["started_on"])
    post = held["position_id"]
    region_id = who["region"].map({n: identity("instansi", n) for n in who["region"].unique()})
    jobs = region.tree.jobs(post)
    places = region.tree.places(post)
    contract = (who["kind"] == EmployeeKind.CONTRACT.value).to_numpy()
    grade = _last(region.frames["grades"], person)
    school = _last(region.frames["educations"], person, order=["level", "graduated_on"])
    standing = _last(region.frames["standings"], person)
    said = graded(grade["grade"].astype("Float64"), contract)
    age = region.tree.positions["retirement_age"].reindex(post)
    return {
        "id": ids("pns", person),
        "nipBaru": texts(person),
        "nama": texts(who["name"]),
        **dict.fromkeys(NOT_TOLD),
        "tglLahir": days(who["born_on"]),
        "jenisKelamin": texts(who["sex"]),
        "statusPegawai": texts(who["kind"].map(KINDS)),
        "kedudukanPnsId": texts(standing["standing"].fillna(ACTIVE)),
        "kedudukanPnsNama": texts(standing["standing"].fillna(ACTIVE).map(STANDINGS)),
        "tmtCpns": days(who["appointed_on"]),
        "tmtPensiun": days(_retirement(who, standing, age)),
        "bupPensiun": numbers(age),
        "instansiIndukId": texts(region_id),
        "instansiIndukNama": texts(who["region"]),
        **places,
        **jobs,
        "jenisJabatanId": jobs["jenisJabatan"],
        "jabatanNama": jobs["namaJabatan"],
        "tmtJabatan": days(held["started_on"]),
        "golRuangAkhirId": said["id"],
        "golRuangAkhir": said["name"],
        "tmtGolAkhir": days(grade["since"]),
        "pangkatAkhir": said["rank"],
        "tkPendidikanTerakhirId": worded(school["level"], level_id),
        "tkPendidikanTerakhir": worded(school["level"], lambda level: LEVELS[int(level)]),
        "pendidikanTerakhirNama": texts(school["name"]),
        "tahunLulus": numbers(school["graduated_on"].dt.year),
    }


def _last(
    records: pd.DataFrame, person: "pd.Series[str]", order: list[str] | None = None
) -> pd.DataFrame:
    """Return the last record of each employee, empty where there is none."""
    ordered = records.sort_values(order or ["since"], kind="stable")
    return ordered.drop_duplicates(PERSON, keep="last").set_index(PERSON).reindex(person)


def _retirement(who: pd.DataFrame, standing: pd.DataFrame, age: Any) -> "pd.Series[Any]":
    """Return since when each is retired, or the first of the month after a known age."""
    born = pd.to_datetime(who["born_on"])
    year = born.dt.year + age.to_numpy(dtype=np.float64, na_value=np.nan)
    month = born.dt.month
    parts = pd.DataFrame({"year": year + (month == 12), "month": month % 12 + 1, "day": 1})
    expected = pd.to_datetime(parts, errors="coerce")
    left = standing["standing"].isin(LEFT).to_numpy()
    return expected.mask(left, pd.to_datetime(standing["since"]).to_numpy())


PEGAWAI = {
    "PNS ID": "id", "NIP BARU": "nipBaru", "NIP LAMA": "nipLama", "NAMA": "nama",
    "TANGGAL LAHIR": "tglLahir", "JENIS KELAMIN": "jenisKelamin",
    "KEDUDUKAN HUKUM ID": "kedudukanPnsId", "KEDUDUKAN HUKUM NAMA": "kedudukanPnsNama",
    "STATUS CPNS PNS": "statusPegawai", "TMT CPNS": "tmtCpns", "GOL AKHIR ID": "golRuangAkhirId",
    "GOL AKHIR NAMA": "golRuangAkhir", "TMT GOLONGAN": "tmtGolAkhir",
    "JENIS JABATAN ID": "jenisJabatan", "JABATAN ID": "jabatanId", "JABATAN NAMA": "jabatanNama",
    "TMT JABATAN": "tmtJabatan", "TINGKAT PENDIDIKAN ID": "tkPendidikanTerakhirId",
    "TINGKAT PENDIDIKAN NAMA": "tkPendidikanTerakhir", "PENDIDIKAN NAMA": "pendidikanTerakhirNama",
    "TAHUN LULUS": "tahunLulus", "UNOR ID": "unorId", "UNOR NAMA": "unorNama",
    "INSTANSI INDUK ID": "instansiIndukId", "INSTANSI INDUK NAMA": "instansiIndukNama",
    "INSTANSI KERJA ID": "instansiKerjaId", "INSTANSI KERJA NAMA": "instansiKerjaNama",
    "SATUAN KERJA ID": "satuanKerjaId", "SATUAN KERJA NAMA": "satuanKerjaNama",
}  # fmt: skip
"""Headings of the export to spreadsheets, with the fields of ``data-utama`` they show."""


def pegawai(region: Region) -> pd.DataFrame:
    """Return the export to spreadsheets: one row an employee."""
    said = people(region)
    kind = said["jenisJabatan"]
    job = either(kind == "2", said["jabatanFungsionalId"], said["jabatanFungsionalUmumId"])
    said["jabatanId"] = either(kind == "1", said["unorId"], job)
    return pd.DataFrame(
        {heading: said[field] for heading, field in PEGAWAI.items()},
        index=region.frames["employees"].index,
    )
