"""A bundle read: what is taken, what is put into quarantine, what is refused."""

from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from mutasi.bundle.contract import contract
from mutasi.bundle.quarantine import REASONS
from mutasi.bundle.reading import Bundle, read as read_files
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.writing import write
from mutasi.errors import BundleColumnMissing, BundleFileMissing, BundleFileUnreadable
from mutasi.i18n import LANGUAGES, has_words
from mutasi.vocabulary import NOUNS, columns
from tests.records import TODAY
from tests.regions import BUDI, SITI, WATI, added, spoilt, tiny, tiny_folder

read = partial(read_files, today=TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_folder(tmp_path / "region")


def faults(bundle: Bundle) -> list[tuple[str, int, str, str]]:
    return [(each.file, each.row, each.field, each.reason) for each in bundle.rejected]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_what_is_written_is_read(kind: Literal["csv", "parquet"], tmp_path: Path) -> None:
    write(tmp_path, tiny(), kind)

    bundle = read(tmp_path)

    assert not bundle.rejected
    assert not bundle.ignored
    for table, frame in tiny().items():
        assert bundle.read[table] == len(frame)
        pd.testing.assert_frame_equal(
            bundle.frames[table], frame.astype(bundle.frames[table].dtypes.to_dict())
        )


def test_every_table_that_was_read_meets_its_contract(folder: Path) -> None:
    for table, frame in read(folder).frames.items():
        contract(table).validate(frame)


def test_writing_in_another_format_leaves_one_file_a_table(folder: Path) -> None:
    write(folder, tiny(), "parquet")

    assert not list(folder.glob("*.csv"))


def test_moves_follow_from_postings_where_no_file_tells_them(folder: Path) -> None:
    bundle = read(folder)

    assert bundle.frames["transfers"]["position_id"].tolist() == ["P1"]
    assert "transfers" not in bundle.read


def test_told_moves_are_taken_as_told(folder: Path) -> None:
    (folder / "transfers.csv").write_text(
        f"employee_id,position_id,decided_on,started_on\n{SITI},P1,2018-12-20,2019-01-01\n"
    )

    moves = read(folder).frames["transfers"]

    assert moves["known_on"].tolist() == [pd.Timestamp("2018-12-20")]
    assert moves["from_position_id"].isna().all()


def test_where_nothing_says_since_when_a_record_is_known_its_own_day_does(tmp_path: Path) -> None:
    write(tmp_path, {table: frame.assign(known_on=None) for table, frame in tiny().items()})

    known = {table: frame["known_on"] for table, frame in read(tmp_path).frames.items()}

    assert known["units"].eq(pd.Timestamp("1900-01-01")).all()
    assert known["postings"].iloc[0] == pd.Timestamp("2012-01-01")
    assert known["appraisals"].tolist() == [pd.Timestamp("2020-03-01")]
    assert known["offers"].tolist() == [pd.Timestamp("2018-06-01")]


def test_a_semicolon_a_byte_order_mark_and_loud_headings_are_understood(folder: Path) -> None:
    path = folder / "employees.csv"
    heading, *rows = path.read_text(encoding="utf-8").replace(",", ";").splitlines()
    heading = heading.upper().replace("EMPLOYEE_ID", "Employee ID")
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8-sig")

    assert read(folder).frames["employees"]["employee_id"].tolist() == [SITI, BUDI, WATI]


def test_days_may_be_written_day_first(folder: Path) -> None:
    spoilt(folder / "postings.csv", "2012-01-01", "01-01-2012")
    spoilt(folder / "postings.csv", "2018-12-31", "31/12/2018")

    first = read(folder).frames["postings"].iloc[0]

    assert first["started_on"] == pd.Timestamp("2012-01-01")
    assert first["ended_on"] == pd.Timestamp("2018-12-31")


def test_a_column_that_may_be_empty_may_be_absent(folder: Path) -> None:
    (folder / "units.csv").write_text("unit_id,name,region,is_remote\nDINKES,D,R,ya\nPKM-1,P,R,0\n")

    units = read(folder).frames["units"]

    assert units["parent_id"].isna().all()
    assert units["is_remote"].tolist() == [True, False]


def test_a_blank_line_is_no_row(folder: Path) -> None:
    added(folder / "postings.csv", "", ",,,,,", "garbage")

    bundle = read(folder)

    assert bundle.read["postings"] == 5
    assert faults(bundle) == [("postings.csv", 8, "", "wrong_number_of_fields")]


def test_strange_columns_and_files_are_named(folder: Path) -> None:
    spoilt(folder / "grades.csv", '"grade"', '"grade","gaji"')
    path = folder / "grades.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *(f"{line},1" for line in lines[1:])]) + "\n")
    (folder / "people.csv").write_text("a\n1\n")

    bundle = read(folder)

    assert bundle.ignored == ("people.csv", "grades.csv: gaji")


# ------------------------------------------------------------------ quarantine


def test_a_nip_that_a_spreadsheet_damaged_is_told_with_all_that_refers_to_it(folder: Path) -> None:
    spoilt(folder / "employees.csv", SITI, "1.98505E+17")

    bundle = read(folder)

    assert faults(bundle) == [
        ("employees.csv", 2, "employee_id", "nip_lost_digits"),
        ("grades.csv", 2, "employee_id", "unknown_reference"),
        ("postings.csv", 2, "employee_id", "unknown_reference"),
        ("postings.csv", 3, "employee_id", "unknown_reference"),
        ("appraisals.csv", 2, "employee_id", "unknown_reference"),
    ]
    assert bundle.frames["employees"]["employee_id"].tolist() == [BUDI, WATI]
    assert len(bundle.frames["postings"]) == 2


BAD_ROWS = {
    "a garbage date": (
        "postings.csv",
        "2012-01-01",
        "kapan-kapan",
        (2, "started_on", "not_a_date"),
    ),
    "a posting that ends before it starts": (
        "postings.csv",
        "2018-12-31",
        "2011-12-31",
        (2, "ended_on", "ended_before_start"),
    ),
    "a year of the Romans": (
        "postings.csv",
        "2012-01-01",
        "0212-01-01",
        (2, "started_on", "out_of_bounds"),
    ),
    "an unknown code": ("postings.csv", '"D"', '"PJ"', (2, "assignment", "unknown_code")),
    "a required field left empty": ("postings.csv", '"D"', '""', (2, "assignment", "empty")),
    "an unknown position": (
        "postings.csv",
        '"P2"',
        '"P9"',
        (2, "position_id", "unknown_reference"),
    ),
    "an unknown unit": ("positions.csv", '"PKM-1"', '"PKM-9"', (3, "unit_id", "unknown_reference")),
    "a grade beyond the highest": ("grades.csv", ",10,", ",18,", (2, "grade", "out_of_bounds")),
    "a grade in words": ("grades.csv", ",10,", ",III/d,", (2, "grade", "not_a_number")),
    "half a grade": ("grades.csv", ",10,", ",9.5,", (2, "grade", "not_a_whole_number")),
    "perhaps remote": ("units.csv", "false", "mungkin", (2, "is_remote", "not_a_boolean")),
    "answered before it was offered": (
        "offers.csv",
        "2018-06-09",
        "2018-05-09",
        (2, "answered_on", "answered_before_offer"),
    ),
    "appointed before birth": (
        "employees.csv",
        "1985-05-17",
        "2015-05-17",
        (2, "appointed_on", "appointed_before_birth"),
    ),
}


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"), BAD_ROWS.values(), ids=BAD_ROWS.keys()
)
def test_a_bad_row_is_told_with_its_file_row_field_and_reason(
    file: str, before: str, after: str, fault: tuple[int, str, str], folder: Path
) -> None:
    spoilt(folder / file, before, after)

    bundle = read(folder)

    assert (file, *fault) in faults(bundle)
    table = file.removesuffix(".csv")
    assert len(bundle.frames[table]) < bundle.read[table]


def test_every_fault_of_a_row_is_told(folder: Path) -> None:
    spoilt(folder / "postings.csv", "2012-01-01", "x")
    spoilt(folder / "postings.csv", "2018-12-31", "y")

    assert faults(read(folder)) == [
        ("postings.csv", 2, "started_on", "not_a_date"),
        ("postings.csv", 2, "ended_on", "not_a_date"),
    ]


def test_of_an_employee_twice_the_first_counts(folder: Path) -> None:
    path = folder / "employees.csv"
    second = path.read_text(encoding="utf-8").splitlines()[1].replace('"A"', '"Z"')
    added(path, second)

    bundle = read(folder)

    assert bundle.rejected == (
        Rejected("employees.csv", 5, "employee_id", "•••001", "duplicate", "2", "employees"),
    )
    assert bundle.frames["employees"]["name"].tolist() == ["A", "B", "C"]


def test_units_below_a_lost_unit_are_lost_with_it(folder: Path) -> None:
    added(folder / "units.csv", '"PUSTU","X","R","PKM-1",,,,,false,')
    spoilt(folder / "units.csv", '"Puskesmas Satu","R","DINKES"', '"Puskesmas Satu","R","HILANG"')

    bundle = read(folder)

    assert [fault for fault in faults(bundle) if fault[0] == "units.csv"] == [
        ("units.csv", 3, "parent_id", "unknown_reference"),
        ("units.csv", 4, "parent_id", "unknown_reference"),
    ]


def test_rows_may_refer_to_what_is_known_already(folder: Path) -> None:
    spoilt(folder / "positions.csv", '"DINKES"', '"BKPSDM"')

    assert not read(folder, known={"units": {"BKPSDM"}}).rejected


def test_a_value_that_identifies_a_person_is_masked_and_a_long_one_cut(folder: Path) -> None:
    spoilt(folder / "employees.csv", SITI, "19850517201001200")
    spoilt(folder / "grades.csv", ",10,", f",{'x' * 100},")

    shown = {each.field: each.value for each in read(folder).rejected}

    assert shown["employee_id"].startswith("•••")
    assert "1985" not in shown["employee_id"]
    assert shown["grade"] == "x" * 39 + "…"


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(reason: str, language: str) -> None:
    assert has_words(f"quarantine.{reason}", language)


# ------------------------------------------------------------------- bad files


@pytest.mark.parametrize("table", ["units", "positions", "employees", "postings"])
def test_a_required_file_must_be_there(table: str, folder: Path) -> None:
    (folder / f"{table}.csv").unlink()

    with pytest.raises(BundleFileMissing) as caught:
        read(folder)

    assert caught.value.params == {"file": f"{table}.csv"}


def test_a_required_column_must_be_there(folder: Path) -> None:
    spoilt(folder / "employees.csv", '"appointed_on"', '"tmt"')
    spoilt(folder / "employees.csv", '"region"', '"daerah"')

    with pytest.raises(BundleColumnMissing) as caught:
        read(folder)

    assert caught.value.params == {"file": "employees.csv", "columns": "region, appointed_on"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "no_heading", id="an empty file"),
        pytest.param("unit_id,name\nA,B\n".encode("utf-16"), "encoding", id="UTF-16"),
        pytest.param(
            b"unit_id,name,region,is_remote\nA,Caf\xe9,R,0\n", "encoding", id="Latin-1 in a row"
        ),
        pytest.param(b"unit_id,unit id,name,region,is_remote\n", "column_twice", id="twice a name"),
        pytest.param(
            b'unit_id,name,region,is_remote\n"A,B,R,0\nC,D,R,0\n', "open_quote", id="an open quote"
        ),
    ],
)
def test_a_file_that_is_no_csv_is_refused(content: bytes, reason: str, folder: Path) -> None:
    (folder / "units.csv").write_bytes(content)

    with pytest.raises(BundleFileUnreadable) as caught:
        read(folder)

    assert caught.value.params == {"file": "units.csv", "reason": reason}


def test_another_encoding_far_down_a_file_is_refused(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes() * 1000 + b'"A","Caf\xe9","R",,,,,,false,\n')

    with pytest.raises(BundleFileUnreadable) as caught:
        read(folder)

    assert caught.value.params["reason"] == "encoding"


def test_a_truncated_parquet_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, tiny(), "parquet")
    path = tmp_path / "postings.parquet"
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(BundleFileUnreadable) as caught:
        read(tmp_path)

    assert caught.value.params == {"file": "postings.parquet", "reason": "damaged"}


def test_a_table_in_two_files_is_refused(folder: Path) -> None:
    (folder / "units.parquet").write_bytes(b"")

    with pytest.raises(BundleFileUnreadable) as caught:
        read(folder)

    assert caught.value.params["reason"] == "two_files"


def test_a_file_with_a_heading_alone_has_no_rows(folder: Path) -> None:
    (folder / "employees.csv").write_text("employee_id,region,appointed_on\n")

    bundle = read(folder)

    assert bundle.read["employees"] == 0
    assert {each.reason for each in bundle.rejected} == {"unknown_reference"}


def test_the_rows_of_a_parquet_file_count_from_one(tmp_path: Path) -> None:
    frames = tiny()
    frames["grades"]["grade"] = 99
    write(tmp_path, frames, "parquet")

    assert faults(read(tmp_path)) == [("grades.parquet", 1, "grade", "out_of_bounds")]


def test_a_parquet_file_may_hold_other_types(tmp_path: Path) -> None:
    write(tmp_path, tiny(), "parquet")
    people = pd.read_parquet(tmp_path / "employees.parquet")
    people["employee_id"] = people["employee_id"].astype(np.int64)
    people["born_on"] = people["born_on"].astype(str)
    people["kind"] = people["kind"].astype("category")
    people.to_parquet(tmp_path / "employees.parquet")

    bundle = read(tmp_path)

    assert not bundle.rejected
    assert bundle.frames["employees"]["employee_id"].tolist() == [SITI, BUDI, WATI]


def test_progress_is_told_file_by_file(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    files = len([*folder.iterdir()])

    read(folder, progress=lambda kind, done, total: told.append((kind, done, total)))

    assert 1 < files < len(NOUNS)
    assert told == [("read", done, files) for done in range(1, files + 1)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: str(noun.table))
def test_a_contract_has_the_columns_of_the_vocabulary(noun: type[Any]) -> None:
    schema = contract(noun.table)

    assert list(schema.columns) == [column.name for column in columns(noun)]
    assert schema.unique == list(noun.key)
