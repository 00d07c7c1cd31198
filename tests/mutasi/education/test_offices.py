"""Which function of government the names of units tell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from mutasi.education import inherited, offices
from mutasi.simulation.organisation import unit_plans
from mutasi.vocabulary import FUNCTIONS

NAMES = {
    "health": ["DINAS KESEHATAN", "UPTD PUSKESMAS SUKAMAJU", "RSUD", "Rumah Sakit Umum Daerah"],
    "education": ["SMP NEGERI 1 SUKAMAJU", "SDN 2 Mekar", "Dinas Pendidikan dan Kebudayaan"],
    "public_works": ["DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"],
    "housing": ["PERKIM", "DINAS PERUMAHAN RAKYAT DAN KAWASAN PERMUKIMAN"],
    "environment": ["DLH", "Dinas Lingkungan Hidup"],
    "transport": ["DISHUB", "UPTD PENGUJIAN KENDARAAN BERMOTOR"],
    "communication": ["DISKOMINFO", "Dinas Komunikasi, Informatika, Statistik dan Persandian"],
    "finance": ["BPKAD", "BADAN PENGELOLAAN KEUANGAN, PENDAPATAN DAN ASET DAERAH", "Bapenda"],
    "audit": ["INSPEKTORAT", "Inspektorat Daerah"],
    "planning": ["BAPPEDA", "BAPPELITBANGDA"],
    "personnel": ["BKPSDM", "BKPP", "Badan Kepegawaian dan Pengembangan SDM"],
    "secretariat": ["SETDA", "BAGIAN HUKUM SETDA", "Bagian Umum Sekretariat Daerah"],
    "council": ["SETWAN", "SEKRETARIAT DPRD"],
    "law_order": ["SATPOL PP", "SatpolPP", "SATUAN POLISI PAMONG PRAJA"],
    "district": ["KECAMATAN SUKAMAJU", "SEKSI PELAYANAN UMUM KECAMATAN MEKAR"],
    "civil_registry": ["DISDUKCAPIL", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"],
    "village": ["DPMD", "KELURAHAN PASAR BARU KECAMATAN MEKAR"],
    "social": ["DINSOSP3AKB", "DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK"],
    "labour": ["DISNAKER", "BALAI LATIHAN KERJA"],
    "trade": ["DISDAGPERIN", "UPTD METROLOGI LEGAL"],
    "cooperatives": ["DINKOP UMKM", "Dinas Koperasi dan UKM"],
    "investment": ["DPMPTSP", "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"],
    "agriculture": ["DISTAN", "BALAI PENYULUHAN PERTANIAN KECAMATAN MEKAR"],
    "fisheries": ["DINAS KELAUTAN DAN PERIKANAN", "UPTD Balai Benih Ikan"],
    "food": ["DINAS KETAHANAN PANGAN"],
    "culture_tourism": ["DISPORAPAR", "Dinas Pariwisata"],
    "archives": ["ARPUS", "DINAS KEARSIPAN DAN PERPUSTAKAAN"],
    "disaster": ["BPBD", "BADAN PENANGGULANGAN BENCANA DAERAH"],
    "politics": ["KESBANGPOL", "Badan Kesatuan Bangsa dan Politik"],
}
"""The usual offices of a regency, and some of what lies below them."""


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_usual_offices_tell_their_function(function: str) -> None:
    assert offices(NAMES[function]).tolist() == [function] * len(NAMES[function])


@pytest.mark.parametrize("employees", [300, 6000, 20_000])
def test_every_unit_of_an_invented_region_tells_its_function(employees: int) -> None:
    _, plans = unit_plans(np.random.default_rng(7), "Kabupaten Contoh", employees)

    told = offices([plan.name for plan in plans])

    assert [None if pd.isna(code) else code for code in told] == [plan.function for plan in plans]


@pytest.mark.parametrize(
    "name",
    [
        "SUBBAGIAN KEUANGAN",
        "SEKRETARIAT",
        "BIDANG PELAYANAN",
        "DKP",
        "BPP KECAMATAN MEKAR",
        "BADAN USAHA MILIK DAERAH",
        "PEMERINTAH KABUPATEN CONTOH",
        "",
        None,
        7,
    ],
)
def test_a_name_that_tells_no_function_stays_unknown(name: object) -> None:
    assert offices([name]).isna().all()


def test_a_slip_of_the_keyboard_does_not_matter() -> None:
    assert offices(["DINAS KESEHTAN", "Dinas  Pertanain"]).tolist() == ["health", "agriculture"]


def test_a_division_of_an_office_serves_what_the_office_serves() -> None:
    names = ["DINAS KESEHATAN DAN KB", "SEKRETARIAT DINAS KESEHATAN", "UPT DINAS PENDIDIKAN"]

    assert offices(names).tolist() == ["health", "health", "education"]


def test_units_without_words_of_their_own_take_the_nearest_function_above() -> None:
    names = pd.Series(
        {
            "ROOT": "Pemerintah Kabupaten Contoh",
            "DINKES": "Dinas Kesehatan",
            "SEKR": "Sekretariat",
            "KEU": "Subbagian Keuangan",
            "SKB": "Sanggar Kegiatan Belajar",
        }
    )
    parents = pd.Series({"DINKES": "ROOT", "SEKR": "DINKES", "KEU": "SEKR", "SKB": "DINKES"})

    functions = inherited(offices(names), parents)

    assert functions.index.equals(names.index)
    assert functions.drop("ROOT").tolist() == ["health", "health", "health", "education"]
    assert pd.isna(functions["ROOT"])


def test_a_circle_of_units_and_a_parent_that_is_no_unit_tell_nothing() -> None:
    told = pd.Series({"A": None, "B": None, "C": None}, dtype="str")

    assert inherited(told, pd.Series({"A": "B", "B": "A", "C": "Z"})).isna().all()


ANYTHING = st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.integers()))


@given(st.lists(ANYTHING, max_size=8))
def test_nothing_raises(names: list[object]) -> None:
    told = offices(names)

    assert len(told) == len(names)
    assert set(told.dropna()) <= set(FUNCTIONS)
