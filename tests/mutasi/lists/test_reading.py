"""Local lists read: whatever is in them is stored or told, and nothing else changes."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.errors import BundleColumnMissing, HeadingsUnknown, ListUnknown
from mutasi.lists.catalogue import LISTS, LocalList
from mutasi.lists.reading import read as read_files
from tests.mutasi.bundle.workbook import RAW, sheet, workbook
from tests.records import TODAY

read = partial(read_files, today=TODAY)

NIP = "198505172010011001"
UNITS = pd.DataFrame(
    {
        "unit_id": ["DINKES", "PKM-1"],
        "name": ["Dinas Kesehatan", "Puskesmas Mekar"],
        "region": "Kabupaten Contoh",
        "parent_id": [None, "DINKES"],
        "function": "health",
        "place": ["Kota", "Mekar"],
        "latitude": [-7.25, None],
        "longitude": [110.5, None],
        "is_remote": [False, False],
        "known_on": pd.to_datetime(["1900-01-01", "2020-05-01"]),
    }
)


@pytest.fixture
def stored() -> Stored:
    ids = {"units": {"DINKES", "PKM-1"}, "positions": {"P1", "P2"}, "employees": {NIP}}
    return Stored(ids, lambda table: {"units": UNITS}[table])


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def is_accounted(bundle: Bundle) -> bool:
    """Return whether every row that was read is stored or in quarantine, but not both."""
    bad = Counter(table for table, *_ in {(r.table, r.file, r.row) for r in bundle.rejected})
    return all(
        count == len(bundle.frames[table]) + bad[table] for table, count in bundle.read.items()
    )


def test_answers_are_read_with_headings_and_words_of_either_language(
    tmp_path: Path, stored: Stored
) -> None:
    written(
        tmp_path,
        {
            "Jawaban 2025.csv": "NIP;Kode jabatan;Tanggal penawaran;Jawaban;Tanggal jawaban;"
            "Alasan\n"
            f"{NIP};P1;31-03-2025;Ditolak;02-04-2025;Jarak\n",
            "answers.csv": "employee_id,Position id,Offered on,answer\n"
            f"{NIP},P2,2025-04-01,ACCEPTED\n{NIP},P1,2025-05-01,withdrawn\n",
        },
    )

    offers = read(tmp_path, stored).frames["offers"]

    assert offers["answer"].tolist() == ["refused", "accepted", "withdrawn"]
    assert offers["reason"].tolist()[0] == "distance"
    assert offers["evidence"].isna().all()
    assert offers["answered_on"].dt.date.tolist()[0] == date(2025, 4, 2)


def test_an_offer_without_an_id_has_the_same_one_however_its_day_is_written(
    tmp_path: Path, stored: Stored
) -> None:
    head = "NIP,Kode jabatan,Tanggal penawaran\n"
    first = read(written(tmp_path, {"jawaban.csv": f"{head}{NIP},P1,2025-03-31\n"}), stored)
    second = read(written(tmp_path, {"jawaban.csv": f"{head}{NIP},P1,31/03/2025\n"}), stored)

    ids = [bundle.frames["offers"]["offer_id"].item() for bundle in (first, second)]
    assert ids[0] == ids[1]
    assert NIP not in ids[0]


def test_an_offer_of_a_far_year_is_told_and_does_not_become_today(
    tmp_path: Path, stored: Stored
) -> None:
    text = f"employee_id,position_id,offered_on,answer\n{NIP},P1,2099-12-01,accepted\n"
    bundle = read(written(tmp_path, {"answers.csv": text}), stored)

    assert [rejected.reason for rejected in bundle.rejected] == ["in_the_future"]
    assert len(bundle.frames["offers"]) == 0
    assert is_accounted(bundle)


def test_coordinates_change_nothing_else_and_an_empty_cell_changes_nothing(
    tmp_path: Path, stored: Stored
) -> None:
    text = "Kode unit,Lintang,Bujur,Tempat\nPKM-1,-7.5,110.1,\n"

    units = read(written(tmp_path, {"koordinat.csv": text}), stored).frames["units"]

    expected = UNITS[UNITS["unit_id"] == "PKM-1"].assign(latitude=-7.5, longitude=110.1)
    pd.testing.assert_frame_equal(
        units, expected.reset_index(drop=True), check_dtype=False, check_index_type=False
    )


def test_two_lists_about_a_unit_both_count(tmp_path: Path, stored: Stored) -> None:
    written(
        tmp_path,
        {
            "koordinat.csv": "Kode unit,Lintang,Bujur\nPKM-1,-7.5,110.1\n",
            "terpencil.csv": "Kode unit,Terpencil\nPKM-1,ya\n",
        },
    )

    bundle = read(tmp_path, stored)

    last = bundle.frames["units"].iloc[-1]
    assert (last["latitude"], last["is_remote"]) == (-7.5, True)
    assert is_accounted(bundle)


def test_a_unit_that_is_not_stored_is_told_once_with_the_heading_of_the_file(
    tmp_path: Path, stored: Stored
) -> None:
    (fault,) = read(
        written(tmp_path, {"terpencil.csv": "Kode unit,Terpencil\nX,ya\n"}), stored
    ).rejected

    assert (fault.row, fault.field, fault.reason) == (2, "kode_unit", "unknown_reference")


def test_a_cell_of_a_workbook_without_a_value_is_told(tmp_path: Path, stored: Stored) -> None:
    rows: list[list[object]] = [
        ["Kode unit", "Lintang", "Bujur"],
        ["PKM-1", f'{RAW}<c r="REF"><f>A1</f></c>', 110.1],
        ["DINKES", f'{RAW}<c r="REF" t="e"><v>#REF!</v></c>', 110.1],
    ]
    workbook(tmp_path / "koordinat.xlsx", {"S": sheet(rows)})

    bundle = read(tmp_path / "koordinat.xlsx", stored)

    assert [(r.row, r.reason) for r in bundle.rejected] == [
        (2, "formula_without_value"),
        (3, "cell_fault"),
    ]
    assert is_accounted(bundle)


def test_a_nip_that_excel_made_a_number_is_told_as_such(tmp_path: Path, stored: Stored) -> None:
    rows: list[list[object]] = [["NIP", "Mulai", "Tempat"], [int(NIP), "2024-01-01", "Mekar"]]
    workbook(tmp_path / "domisili.xlsx", {"S": sheet(rows)})

    (fault,) = read(tmp_path, stored).rejected

    assert fault.reason == "nip_lost_digits"


def test_other_spreadsheets_are_named_and_a_folder_of_none_is_refused(
    tmp_path: Path, stored: Stored
) -> None:
    written(tmp_path, {"catatan.csv": "a,b\n", "terpencil.csv": "Kode unit,Terpencil,Ket\n"})

    assert read(tmp_path, stored).ignored == ("catatan.csv", "terpencil.csv: ket")
    with pytest.raises(ListUnknown):
        read(tmp_path / "catatan.csv", stored)


def test_a_list_without_a_column_that_it_needs_is_refused(tmp_path: Path, stored: Stored) -> None:
    written(tmp_path, {"terpencil.csv": "Kode,Terpencil\nPKM-1,ya\n"})

    with pytest.raises(HeadingsUnknown):
        read(tmp_path, stored)
    written(tmp_path, {"terpencil.csv": "x\n", "domisili.csv": "NIP,Tempat\n"})
    with pytest.raises(BundleColumnMissing, match="since"):
        read(tmp_path / "domisili.csv", stored)


VALUES = st.sampled_from(
    [NIP, "P1", "PKM-1", "2025-01-31", "31/12/2024", "ya", "ditolak", "3", "1,5", "", "-", "#", "ü"]
)
QUIET = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("each", LISTS, ids=[each.name for each in LISTS])
@QUIET
@given(rows=st.lists(st.lists(VALUES, min_size=1, max_size=16), max_size=8))
def test_whatever_stands_in_a_list_is_stored_or_told(
    tmp_path: Path, stored: Stored, each: LocalList, rows: list[list[str]]
) -> None:
    heads = ";".join(each.heading(field, "id") for field in each.fields)
    text = "\n".join([heads, *(";".join(row) for row in rows)])
    (tmp_path / f"{each.names[0]}.csv").write_text(text, encoding="utf-8")

    assert is_accounted(read(tmp_path / f"{each.names[0]}.csv", stored))
