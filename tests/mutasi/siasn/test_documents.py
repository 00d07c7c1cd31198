"""Where documents lie, whose they are, and what answers are."""

import json
from pathlib import Path
from typing import Any

import pytest

from mutasi.errors import BundleFileUnreadable
from mutasi.siasn.documents import documents, records
from tests.mutasi.siasn.export import BUDI, SITI

ROW = {"nipBaru": SITI, "tahun": "2020"}


def told(path: Path, content: Any) -> list[tuple[str, str | None, Any, str]]:
    """Return what is found in a file of some content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    (document,) = documents(path.parents[1] if path.parent.name.startswith("rw-") else path.parent)
    found = records(document)
    return [(each.resource, each.nip, each.content, each.fault) for each in found]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([ROW], id="a bare list"),
        pytest.param(ROW, id="one object"),
        pytest.param({"code": 1, "data": [ROW], "message": "success"}, id="an envelope"),
        pytest.param({"code": 1, "data": ROW}, id="an envelope of an object"),
        pytest.param([{"code": 1, "data": [ROW]}, {"code": 0, "data": "nihil"}], id="envelopes"),
        pytest.param([[ROW], []], id="pages"),
        pytest.param({"DATA": {"Data": [ROW]}}, id="an envelope in an envelope"),
        pytest.param(json.dumps(ROW) + "\n\n" + '{"code": 0, "data": ""}', id="one after another"),
    ],
)
def test_a_resource_in_any_shape_is_its_rows(content: Any, tmp_path: Path) -> None:
    found = told(tmp_path / "rw-skp.json", content)
    assert [(name, row, fault) for name, _, row, fault in found] == [("rw-skp", ROW, "")]


@pytest.mark.parametrize(
    "name", ["rw-skp.json", "RW_SKP.JSON", "export rw-skp (1).json", "2024_rw-skp_2.ndjson"]
)
def test_a_file_is_known_by_its_name(name: str, tmp_path: Path) -> None:
    assert told(tmp_path / name, [ROW]) == [("rw-skp", None, ROW, "")]


def test_the_longest_name_counts(tmp_path: Path) -> None:
    assert told(tmp_path / "rw-skp22.json", [ROW])[0][0] == "rw-skp22"


@pytest.mark.parametrize("place", [f"rw-skp/{SITI}.json", f"{SITI}/rw-skp.json"])
def test_a_place_says_whose_a_document_is_and_does_not_show_it(place: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir()
    path.write_text("[{}]")

    (document,) = documents(tmp_path)

    assert [(each.resource, each.nip) for each in records(document)] == [("rw-skp", SITI)]
    assert SITI not in document.shown
    assert document.shown.endswith(" (1)")


def test_a_persons_document_names_resources(tmp_path: Path) -> None:
    content = {
        "data-utama": {"code": 1, "data": {"nipBaru": BUDI}},
        "RW_SKP": [{"tahun": "2020"}],
        "rw-hukdis": "Data tidak ditemukan",
        "data-anak": [{"nama": "x"}],
    }
    assert told(tmp_path / "someone.json", content) == [
        ("data-utama", BUDI, {"nipBaru": BUDI}, ""),
        ("rw-skp", BUDI, {"tahun": "2020"}, ""),
    ]


def test_a_list_of_documents_tells_them_apart(tmp_path: Path) -> None:
    content = [{"nip": nip, "rw-skp": [{"tahun": "2020"}]} for nip in (SITI, BUDI)]
    assert [nip for _, nip, *_ in told(tmp_path / "all.json", content)] == [SITI, BUDI]


def test_a_value_that_is_called_as_a_resource_is_is_a_value(tmp_path: Path) -> None:
    row = {"nip": SITI, "kompetensi": "35", "kualifikasi": "20"}
    assert told(tmp_path / "nilaiipasn.json", [row]) == [("nilaiipasn", None, row, "")]


@pytest.mark.parametrize(
    "content",
    [
        {"code": 0, "data": "Data tidak ditemukan"},
        {"code": 0, "data": "record not found"},
        {"code": 1, "data": None, "message": "success"},
        {"code": 1, "data": [], "message": "OK"},
        {"code": 0, "message": "Data tidak ditemukan"},
        "null",
        '"Error: data tidak ditemukan"',
        [],
    ],
)
def test_nothing_found_is_no_row(content: Any, tmp_path: Path) -> None:
    assert told(tmp_path / "rw-skp.json", content) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rw-skp", {"code": 0, "data": "Unauthorized"}),
        ("rw-skp", {"code": 0, "data": None, "message": "Invalid access token"}),
        ("rw-skp", {"code": 0, "message": "504 Gateway Time-out"}),
        ("rw-skp", {"code": 0, "message": "Anda tidak ada akses ke data ini"}),
        ("rw-skp", {"code": 0, "message": "Token not found"}),
        ("rw-skp", {"code": 0, "data": "Silakan login kembali"}),
        ("all", {"data-utama": {"nip": SITI}, "rw-skp": "akses ditolak"}),
    ],
)
def test_an_answer_that_is_an_error_is_told(name: str, content: Any, tmp_path: Path) -> None:
    found = told(tmp_path / f"{name}.json", content)
    assert [fault for *_, fault in found if fault] == ["answered_with_error"]


def test_what_is_no_record_is_told_one_by_one(tmp_path: Path) -> None:
    found = told(tmp_path / "rw-skp.json", [ROW, 17, "x", None, True])
    assert [fault for *_, fault in found] == ["", *["not_a_record"] * 4]


def test_of_many_people_a_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleFileUnreadable):
        told(tmp_path / "rw-skp.json", '[{"nip": "1"}, {"nip')


def test_of_one_person_it_is_put_aside(tmp_path: Path) -> None:
    found = told(tmp_path / "rw-skp" / f"{SITI}.json", '[{"nip": "1"}, {"nip')
    assert found == [("rw-skp", SITI, None, "damaged_document")]


def test_a_pit_of_brackets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleFileUnreadable):
        told(tmp_path / "rw-skp.json", "[" * 100_000 + "]" * 100_000)
