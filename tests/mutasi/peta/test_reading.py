"""Maps of positions and analyses of workload: drawn over what is stored, every row accounted."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mutasi.bundle.contract import NOUN_OF
from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.errors import HeadingsUnknown
from mutasi.peta.reading import read as read_files
from mutasi.vocabulary import columns
from tests.mutasi.bundle.workbook import RAW, sheet, workbook
from tests.records import TODAY

read = partial(read_files, today=TODAY)

SINCE = date(2025, 1, 1)
NIP = "198505172010011001"


def frame(table: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    names = [column.name for column in columns(NOUN_OF[table])]
    return pd.DataFrame(list(rows), columns=names)


ROWS = {
    "units": frame(
        "units",
        [
            {"unit_id": "ROOT", "name": "Pemerintah Kabupaten Contoh"},
            {
                "unit_id": "A1",
                "name": "Dinas Kesehatan",
                "parent_id": "ROOT",
                "function": "health",
                "latitude": -7.25,
            },
        ],
    ).assign(region="Kabupaten Contoh", is_remote=False, known_on=pd.Timestamp("1900-01-01")),
    "positions": frame(
        "positions",
        [
            {
                "position_id": "A1",
                "unit_id": "A1",
                "title": "KEPALA DINAS KESEHATAN",
                "kind": "STRUKTURAL",
                "rung": "II.b",
                "level": 6,
            },
            {
                "position_id": "A1:7",
                "unit_id": "A1",
                "title": "Perawat Ahli Muda",
                "kind": "FUNGSIONAL",
            },
        ],
    ).assign(known_on=pd.Timestamp("1900-01-01")),
    "postings": frame(
        "postings",
        [
            {
                "employee_id": NIP,
                "position_id": "A1",
                "started_on": pd.Timestamp("2020-01-01"),
                "assignment": "D",
            },
        ],
    ).assign(known_on=pd.Timestamp("2020-01-01")),
}
STORED = Stored(
    {"units": {"ROOT", "A1"}, "positions": {"A1", "A1:7"}, "employees": {NIP}}, ROWS.__getitem__
)
HEADINGS = "nomor;nama;tipe;kategori;jenjang;kebutuhan;eksisting;kepala_nama;kepala_jenjang"


def drawn(folder: Path, *lines: str, headings: str = HEADINGS) -> Bundle:
    (folder / "peta.csv").write_text("\n".join([headings, *lines]), encoding="utf-8")
    return read(folder / "peta.csv", STORED, since=SINCE)


def reasons(bundle: Bundle) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.field, fault.reason) for fault in bundle.rejected]


def is_accounted(bundle: Bundle) -> bool:
    bad = {(fault.table, fault.file, fault.row) for fault in bundle.rejected}
    return all(
        count == len(bundle.frames[table]) + sum(each[0] == table for each in bad)
        for table, count in bundle.read.items()
    )


def test_a_map_adds_what_is_new_below_what_is_stored(tmp_path: Path) -> None:
    bundle = drawn(
        tmp_path,
        "1;DINAS KESEHATAN;Unit Organisasi;;;;;Kepala Dinas;Eselon II.b",
        "1.10;Puskesmas Mekar;Unit Organisasi;;;;;;",
        "1.10.1;Perawat;Jabatan;Fungsional;TR;2;;;",
        "1.9;Perawat;Jabatan;Fungsional;Muda;3;;;",
        "1.11;Pengadministrasi Perkantoran;Jabatan;Pelaksana;;;;;",
    )

    units = bundle.frames["units"].set_index("unit_id")
    assert units["parent_id"].to_dict() == {"A1": "ROOT", "A1/1.10": "A1"}
    assert (units.at["A1", "name"], units.at["A1", "latitude"]) == ("Dinas Kesehatan", -7.25)
    assert units.at["A1/1.10", "region"] == "Kabupaten Contoh"
    assert units.at["A1/1.10", "function"] == "health"
    posts = bundle.frames["positions"].set_index("position_id")
    assert posts["title"].to_dict() == {
        "A1": "KEPALA DINAS KESEHATAN",
        "A1/1.10:perawat_terampil": "Perawat Terampil",
        "A1:7": "Perawat Ahli Muda",
        "A1:pengadministrasi_perkantoran": "Pengadministrasi Perkantoran",
    }
    told = [posts.at["A1:7", field] for field in ("family", "rung", "level")]
    assert told == ["nurse", "MU", 3]
    assert posts.loc["A1:pengadministrasi_perkantoran", "level"] == 1
    needs = bundle.frames["needs"].set_index("position_id")["needed"].to_dict()
    assert needs == {"A1/1.10:perawat_terampil": 2, "A1:7": 3}
    assert (bundle.rejected, is_accounted(bundle)) == ((), True)


def test_the_same_map_again_means_the_same_records(tmp_path: Path) -> None:
    lines = (
        "1;Dinas Kesehatan;Unit;;;;;;",
        "1.1;Seksi Gizi;Unit;;;1;;;",
        "1.1.1;Guru;Jabatan;;;1;;;",
    )
    first = drawn(tmp_path, *lines)
    stored = Stored(
        {
            table: STORED[table] | set(first.frames[table].iloc[:, 0])
            for table in ("units", "positions")
        },
        lambda table: first.frames.get(table, ROWS.get(table, pd.DataFrame())),
    )
    again = read(tmp_path / "peta.csv", stored, since=SINCE)

    for table in ("units", "positions", "needs"):
        pd.testing.assert_frame_equal(first.frames[table], again.frames[table])


@pytest.mark.parametrize(
    ("needed", "expected"), [("1.234", 1234), ("1,5", 2), ("1,4", 1), ("0", 0), ("1.000,5", 1001)]
)
def test_needs_are_numbers_as_indonesians_write_them(
    tmp_path: Path, needed: str, expected: int
) -> None:
    bundle = drawn(tmp_path, "1;Dinas Kesehatan;Unit;;;;;;", f"1.1;Guru;Jabatan;;;{needed};;;")

    assert bundle.frames["needs"]["needed"].tolist() == [expected]


def test_a_number_of_a_workbook_is_what_it_is_and_a_day_is_no_hierarchical_number(
    tmp_path: Path,
) -> None:
    rows: list[list[object]] = [
        ["Nomor", "Nama", "Tipe", "Kebutuhan"],
        [1, "Dinas Kesehatan", "Unit", None],
        ["1.2", "Guru", "Jabatan", 1.234],
        [f'{RAW}<c r="REF" s="1"><v>40211</v></c>', "Bidan", "Jabatan", 1],
        ["1.4", "Dokter", "Jabatan", f'{RAW}<c r="REF"><f>SUM(A1)</f></c>'],
    ]
    workbook(tmp_path / "peta.xlsx", {"S": sheet(rows)})

    bundle = read(tmp_path, STORED, since=SINCE)

    assert bundle.frames["needs"]["needed"].tolist() == [1]
    assert (4, "nomor", "number_became_day") in reasons(bundle)
    assert (5, "kebutuhan", "formula_without_value") in reasons(bundle)
    assert is_accounted(bundle)


def test_what_hangs_on_a_bad_row_is_told_and_not_hung_higher(tmp_path: Path) -> None:
    bundle = drawn(
        tmp_path,
        "1;Dinas Kesehatan;Unit;;;;;;",
        "1.1;;Unit;;;;;;",
        "1.1.1;Guru;Jabatan;;;1;;;",
        "1.2;Guru;Apa;;;1;;;",
        "1.3;Guru;Jabatan;Aneh;;x;;;",
        "1;Guru;Jabatan;;;1;;;",
    )

    assert len(bundle.frames["positions"]) == 0
    found = reasons(bundle)
    assert (5, "tipe", "unknown_code") in found
    assert (6, "kategori", "unknown_code") in found
    assert (6, "kebutuhan", "not_a_number") in found
    assert (7, "nomor", "number_twice") in found
    assert is_accounted(bundle)


@pytest.mark.parametrize("regions", ["AA", "AB"])
def test_what_names_an_unknown_unit_is_told_and_not_hung_at_the_top(
    tmp_path: Path, regions: str
) -> None:
    stored = ROWS | {"units": ROWS["units"].assign(region=list(regions))}
    path = tmp_path / "peta.csv"
    path.write_text(
        "nomor;nama;tipe;unit_kerja;kepala_nama\n"
        ";Seksi Gizi;Unit;Bidang Gizi;\n"
        ";Bidang Gizi;Unit;Dinas Kesehatan;\n"
        "7;Bidang Baru;Unit;Dinas Yang Tidak Ada;Kepala Bidang\n"
        "7.1;Seksi Baru;Unit;;\n"
        "7.1.1;Guru;Jabatan;;\n"
        ";Perawat;Jabatan;Dinas Yang Tidak Ada;\n",
        encoding="utf-8",
    )
    bundle = read(path, Stored(STORED, stored.__getitem__), since=SINCE)

    assert bundle.frames["units"].set_index("unit_id")["parent_id"].to_dict() == {
        "A1/bidang_gizi": "A1",
        "A1/bidang_gizi/seksi_gizi": "A1/bidang_gizi",
    }
    assert len(bundle.frames["positions"]) == 0
    lost = [each for each in bundle.rejected if each.reason == "unknown_reference"]
    assert [(each.table, each.row, each.field, each.value) for each in lost] == [
        ("units", 4, "parent_id", "Dinas Yang Tidak Ada"),
        ("units", 5, "parent_id", ""),
        ("positions", 4, "unit_id", "Dinas Yang Tidak Ada"),
        ("positions", 6, "unit_id", ""),
        ("positions", 7, "unit_id", "Dinas Yang Tidak Ada"),
    ]
    assert len(lost) == len(bundle.rejected)
    assert is_accounted(bundle)


def test_a_name_that_two_units_have_in_the_end_was_one_unit_s_before(tmp_path: Path) -> None:
    bundle = drawn(
        tmp_path,
        ";Seksi Gizi;Unit;Dinas Kesehatan",
        "2;Kota Contoh;Unit;",
        "2.1;Dinas Kesehatan;Unit;",
        headings="nomor;nama;tipe;unit_kerja",
    )

    assert bundle.frames["units"].set_index("unit_id")["parent_id"].get("A1/seksi_gizi") == "A1"
    assert not bundle.rejected


def test_stated_holders_and_differences_that_records_deny_are_told_and_not_stored(
    tmp_path: Path,
) -> None:
    bundle = drawn(
        tmp_path,
        "1;Dinas Kesehatan;Unit;1;;;Kepala Dinas;II.b",
        "1.1;Guru;Jabatan;3;1;-1;;",
        headings="nomor;nama;tipe;keb;bezetting;selisih;kepala_nama;kepala_jenjang",
    )

    told = [(remark.code, remark.values["row"]) for remark in bundle.remarks]
    assert told == [("filled_differs", 3), ("difference_differs", 3)]


TASKS = "Jabatan;Unit Kerja;Uraian Tugas;Volume;Waktu Penyelesaian;Satuan Waktu"


def analysed(folder: Path, *lines: str, headings: str = TASKS) -> Bundle:
    (folder / "abk.csv").write_text("\n".join([headings, *lines]), encoding="utf-8")
    return read(folder, STORED, since=SINCE)


def test_a_need_follows_from_the_work_of_all_tasks(tmp_path: Path) -> None:
    bundle = analysed(
        tmp_path, "Perawat Muda;;Merawat;12.000;15;menit", ";;Mencatat;240;1,5;jam", ";;;;;"
    )

    need = bundle.frames["needs"].iloc[0]
    assert (need["position_id"], need["needed"], need["workload"]) == ("A1:7", 3, 201_600.0)
    assert bundle.remarks[0].values == {"tasks": 2, "positions": 1, "minutes": 75_000.0}


def test_half_a_person_is_rounded_up_and_less_is_not(tmp_path: Path) -> None:
    headings = "Jabatan;Volume;Norma Waktu (menit)"
    for volume, needed in (("187500", 3), ("187499", 2)):
        bundle = analysed(tmp_path, f"Perawat Muda;{volume};1", headings=headings)
        assert bundle.frames["needs"]["needed"].tolist() == [needed]


def test_the_minutes_of_a_year_are_those_of_the_day(tmp_path: Path) -> None:
    (tmp_path / "abk.csv").write_text("Jabatan;Volume;Waktu (jam)\nPerawat Muda;1800;1\n")

    needs = [
        read(tmp_path, STORED, since=day).frames["needs"]["needed"].item()
        for day in (date(2019, 1, 1), date(2025, 1, 1))
    ]

    assert needs == [2, 1]


def test_a_need_of_which_a_task_is_bad_is_not_worked_out(tmp_path: Path) -> None:
    bundle = analysed(
        tmp_path,
        "Perawat Muda;;Merawat;12;15;menit",
        ";;Mencatat;x;1;jam",
        ";;Lain;1;1;minggu",
        "Hantu;;;1;1;jam",
        "Perawat Muda;Dinas Lain;;1;1;jam",
    )

    assert len(bundle.frames["needs"]) == 0
    assert sorted(reasons(bundle)) == [
        (2, "", "task_beside_bad_one"),
        (3, "volume", "not_a_number"),
        (4, "waktu_penyelesaian", "time_unit_untold"),
        (5, "jabatan", "unknown_reference"),
        (6, "jabatan", "unknown_reference"),
    ]


def test_work_decides_where_map_and_analysis_differ_and_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "peta.csv").write_text(
        f"{HEADINGS}\n1;Dinas Kesehatan;Unit;;;;;;\n1.1;Perawat;Jabatan;Fungsional;MU;9;;;\n",
        encoding="utf-8",
    )

    bundle = analysed(tmp_path, "Perawat Ahli Muda;Dinas Kesehatan;Merawat;2500;1;jam")

    assert bundle.frames["needs"]["needed"].tolist() == [2]
    assert bundle.remarks[-1].values == {"position": "A1:7", "stated": 9, "counted": 2}
    assert is_accounted(bundle)


def test_a_folder_without_map_or_analysis_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")

    with pytest.raises(HeadingsUnknown, match=r"a\.csv"):
        read(tmp_path, STORED, since=SINCE)


CELLS = {
    "nomor": ["1", "1.1", "1.2.10", "2", "1.", "", "x", "1.1"],
    "nama": ["Dinas Kesehatan", "Guru", "Perawat", "", "ü"],
    "tipe": ["Unit", "Jabatan", "Tautan", "", "?"],
    "kategori": ["Fungsional", "Struktural", "Pelaksana", "", "?"],
    "jenjang": ["Muda", "II.b", "", "TR"],
    "kebutuhan": ["1", "1.234", "1,5", "-3", "x", "", "99999"],
    "kepala_nama": ["Kepala", ""],
    "kode": ["A1", "A1:7", "", "baru"],
    "unit_kerja": ["Dinas Kesehatan", "", "Dinas Lain"],
}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())), max_size=8))
def test_whatever_stands_in_a_map_is_stored_or_told(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    lines = [";".join(row) for row in rows]

    bundle = drawn(tmp_path, *lines, headings=";".join(CELLS))

    assert is_accounted(bundle)
    filled = sum(any(row) for row in rows)
    assert bundle.read["units"] + bundle.read["positions"] >= filled
