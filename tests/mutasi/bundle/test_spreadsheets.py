"""Spreadsheets that people hand in: read as they are, refused before they harm."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mutasi.bundle import spreadsheets, workbooks
from mutasi.bundle.spreadsheets import sheets
from mutasi.bundle.workbooks import Kind
from mutasi.errors import (
    BundleFileUnreadable,
    HeadingsUnknown,
    MutasiError,
    SpreadsheetTooLarge,
)
from tests.mutasi.bundle.workbook import RAW, sheet, workbook

KNOWN = {"nomor", "nama"}
HEADINGS: list[object] = ["Nomor *", "NAMA"]


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    cells = [
        "1.2.10",
        1.234,
        f'{RAW}<c r="REF" s="1"><v>45382</v></c>',
        f'{RAW}<c r="REF" s="2"><v>45382.5</v></c>',
        f'{RAW}<c r="REF" s="3"><v>7</v></c>',
        f'{RAW}<c r="REF" t="s"><v>0</v></c>',
        f'{RAW}<c r="REF"><f>1+1</f><v>2</v></c>',
        f'{RAW}<c r="REF"><f>1+1</f></c>',
        f'{RAW}<c r="REF" t="e"><v>#REF!</v></c>',
        f'{RAW}<c r="REF" t="b"><v>1</v></c>',
        198505172010011001,
    ]
    heads = [*HEADINGS, *(f"h{number}" for number in range(2, len(cells)))]
    shared = "<si><r><t>Ibu</t></r><rPh><t>x</t></rPh><r><t> Kota_x000D_</t></r></si>"
    path = workbook(tmp_path / "a.xlsx", {"S": sheet([heads, cells])}, shared)

    (read,) = sheets(path, KNOWN)

    assert read.frame.fillna("").to_numpy()[0].tolist() == [
        "1.2.10",
        "1.234",
        "2024-03-31",
        "2024-03-31 12:00:00",
        "7",
        "Ibu Kota",
        "2",
        "",
        "#REF!",
        "1",
        "1.98505172010011e+17",
    ]
    assert read.kinds.to_numpy()[0].tolist() == [
        Kind.TEXT,
        Kind.NUMBER,
        Kind.DAY,
        Kind.DAY,
        Kind.NUMBER,
        Kind.TEXT,
        Kind.NUMBER,
        Kind.FORMULA,
        Kind.FAULT,
        Kind.TEXT,
        Kind.NUMBER,
    ]


def test_titles_may_stand_above_the_headings_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["PETA JABATAN"], [], HEADINGS, ["1", "a"], [], ["2", "b"]]

    (read,) = sheets(workbook(tmp_path / "a.xlsx", {"S": sheet(rows)}), KNOWN)

    assert read.frame["nama"].to_dict() == {4: "a", 6: "b"}


def test_merged_cells_have_their_value_in_each_filled_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADINGS, ["1", "a"], ["2", None], ["3", None]]

    (read,) = sheets(workbook(tmp_path / "a.xlsx", {"S": sheet(rows, ["B2:B3"])}), KNOWN)

    assert read.frame["nama"].fillna("").tolist() == ["a", "a", ""]


def test_every_sheet_with_headings_is_read_but_hidden_ones(tmp_path: Path) -> None:
    table = sheet([HEADINGS, ["1", "a"]])
    parts = {"Dinkes": table, "Catatan": sheet([["tentang berkas ini"]]), "Lama": table}
    path = workbook(tmp_path / "a.xlsx", parts, hidden="Lama")

    assert [read.name for read in sheets(path, KNOWN)] == ["a.xlsx/Dinkes"]


def test_a_file_without_the_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HeadingsUnknown):
        sheets(workbook(tmp_path / "a.xlsx", {"S": sheet([["x", "y"]])}), KNOWN)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": sheet([HEADINGS])})
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(5_000_000))

    with pytest.raises(SpreadsheetTooLarge) as refused:
        sheets(path, KNOWN)

    assert refused.value.params["reason"] == "ratio"


@pytest.mark.parametrize(
    ("limit", "reason"), [("UNPACKED", "unpacked"), ("ROWS", "rows"), ("MERGED", "merged")]
)
def test_what_is_beyond_a_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, reason: str
) -> None:
    rows = [HEADINGS, *([number, "a"] for number in range(20))]
    path = workbook(tmp_path / "a.xlsx", {"S": sheet(rows, ["B2:B21"])})
    monkeypatch.setattr(workbooks, limit, 15)

    with pytest.raises(SpreadsheetTooLarge) as refused:
        sheets(path, KNOWN)

    assert refused.value.params["reason"] == reason


def test_a_cell_far_to_the_right_is_refused(tmp_path: Path) -> None:
    far = f'{RAW}<c r="XFD2"><v>1</v></c>'

    with pytest.raises(SpreadsheetTooLarge, match="columns"):
        sheets(workbook(tmp_path / "a.xlsx", {"S": sheet([HEADINGS, [far]])}), KNOWN)


def test_entities_are_refused(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>'
    path = workbook(tmp_path / "a.xlsx", {"S": sheet([HEADINGS, ["1", "&a;"]], before=doctype)})

    with pytest.raises(BundleFileUnreadable, match="damaged"):
        sheets(path, KNOWN)


def test_an_old_excel_file_or_one_with_a_password_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbooks.OLD_EXCEL + bytes(600))

    with pytest.raises(BundleFileUnreadable, match="old_excel"):
        sheets(tmp_path / "a.xlsx", KNOWN)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_however_it_was_saved(
    tmp_path: Path, mark: str, encoding: str, end: str
) -> None:
    lines = [
        "Daftar tahun 2025",
        mark.join(map(str, HEADINGS)),
        "",
        mark.join(["1", '"René; ""a"", b"']),
    ]
    (tmp_path / "a.csv").write_bytes(end.join(lines).encode(encoding))

    (read,) = sheets(tmp_path / "a.csv", KNOWN)

    assert read.frame["nama"].to_dict() == {4: 'René; "a", b'}
    assert read.encoding == {"utf-8": "utf-8-sig"}.get(encoding, encoding)


def test_mixed_ends_of_lines_are_ends_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"nomor,nama\r\n1,a\n2,b\r3,c")

    assert sheets(tmp_path / "a.csv", KNOWN)[0].frame["nama"].tolist() == ["a", "b", "c"]


def test_a_row_with_more_fields_than_headings_is_told_and_empty_ones_do_not_count(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text("nomor,nama\n1,a,,\n2,b,x\n3\n", encoding="utf-8")

    (read,) = sheets(tmp_path / "a.csv", KNOWN)

    assert read.broken == [3]
    assert read.frame.index.tolist() == [2, 4]


@pytest.mark.parametrize("text", ['nomor,nama\n1,"a\n2,b\n', 'nomor,nama\n1,"a\n2,b\n3,c"\n4,d\n'])
def test_a_quote_that_swallows_rows_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")

    with pytest.raises(BundleFileUnreadable, match="open_quote"):
        sheets(tmp_path / "a.csv", KNOWN)


def test_bytes_that_no_encoding_knows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"nomor,nama\n1,\x81\x8d\n")

    with pytest.raises(BundleFileUnreadable, match="encoding"):
        sheets(tmp_path / "a.csv", KNOWN)


def test_a_column_that_is_looked_for_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nomor,nama,Nama\n", encoding="utf-8")

    with pytest.raises(BundleFileUnreadable, match="column_twice"):
        sheets(tmp_path / "a.csv", KNOWN)


def test_a_csv_beyond_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("nomor,nama\n" + "1,a\n" * 9, encoding="utf-8")
    for limit in ("ROWS", "UNPACKED"):
        with monkeypatch.context() as patch:
            patch.setattr(spreadsheets, limit, 5)
            with pytest.raises(SpreadsheetTooLarge):
                sheets(tmp_path / "a.csv", KNOWN)


QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(st.one_of(st.binary(max_size=300), st.text('1a;,"\n\r\té', max_size=80).map(str.encode)))
def test_no_bytes_break_the_reading_of_a_csv(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(b"nomor,nama\n" + content)
    try:
        (read,) = sheets(tmp_path / "a.csv", KNOWN)
    except MutasiError:
        return
    assert read.frame.shape == read.kinds.shape


@QUIET
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=4))
def test_no_damage_breaks_the_reading_of_a_workbook(
    tmp_path: Path, place: int, change: bytes
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": sheet([HEADINGS, ["1", "a"]], ["B2:B3"])})
    content = bytearray(path.read_bytes())
    place %= len(content)
    content[place : place + len(change)] = change
    path.write_bytes(content)
    try:
        assert sheets(path, KNOWN)
    except MutasiError:
        return


TOKENS = ["<c>", '<c r="A1">', "</c>", "<v>", "</v>", "1", '<row r="0">', "</row>", "<row>"]
REST = ['<c t="s" r="B2">', "-9", "1e999", '<mergeCell ref="A1"/>', '<mergeCell ref="B1:A9"/>', "é"]


@QUIET
@given(st.lists(st.sampled_from([*TOKENS, *REST, '<c s="1">', '<c s="99">', "<f/>"]), max_size=12))
def test_no_sheet_breaks_the_reading_of_a_workbook(tmp_path: Path, tokens: list[str]) -> None:
    text = f"<worksheet><sheetData>{''.join(tokens)}</sheetData></worksheet>"
    path = workbook(tmp_path / "a.xlsx", {"S": text, "T": sheet([HEADINGS])})
    try:
        assert sheets(path, KNOWN)
    except MutasiError:
        return
