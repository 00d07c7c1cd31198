"""A region written as SIASN exports it: shapes and values that an agency would see."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mutasi.errors import FolderInUse
from mutasi.siasn.writing import HISTORIES, Layout, write
from mutasi.siasn.written.nodes import as_nodes
from mutasi.siasn.written.people import NOT_TOLD
from mutasi.simulation.region import Region
from mutasi.vocabulary import NOUNS, columns
from tests.records import frames
from tests.regions import SITI, tiny

DAY = re.compile(r"\d\d-\d\d-\d{4}")
DAYS = ("tmtJabatan", "tanggalSk", "tglLahir", "tmtCpns", "tglLulus", "hukumanTanggal", "tmtMutasi")


@pytest.fixture(scope="module")
def folder(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("siasn")
    write(made, invented.frames)
    return made


def listed(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def all_lists(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.stem: listed(folder, path.stem) for path in folder.glob("*.json")}


# ---------------------------------------------------------------------- values


def test_every_list_is_there_with_as_many_rows_as_records(folder: Path, invented: Region) -> None:
    counts = {name: len(rows) for name, rows in all_lists(folder).items()}

    assert set(counts) == {"ref-unor", "data-utama", *HISTORIES}
    assert counts["rw-skp"] + counts["rw-skp22"] == len(invented.frames["appraisals"])
    assert counts["rw-diklat"] + counts["rw-kursus"] == len(invented.frames["trainings"])
    assert counts["rw-jabatan"] == len(invented.frames["postings"])
    assert counts["data-utama"] == len(invented.frames["employees"])


def test_every_value_is_text_and_days_are_day_first(folder: Path) -> None:
    for name, rows in all_lists(folder).items():
        for row in rows:
            assert all(value is None or isinstance(value, str) for value in row.values()), name
            for key in row.keys() & set(DAYS):
                assert row[key] is None or DAY.fullmatch(row[key]), (name, key, row[key])


def test_the_fields_that_siasn_spells_otherwise_are_spelt_so(folder: Path) -> None:
    assert listed(folder, "rw-golongan")[0]["tmtGolongan"].endswith("T00:00:00Z")
    appraised = listed(folder, "rw-skp22")[0]
    assert {"hasilKinerjaNilai", "PerilakuKerjaNilai", "KuadranKinerjaNilai"} <= appraised.keys()
    assert {"Id", "DiatasanId", "NamaUnor"} <= listed(folder, "ref-unor")[0].keys()


def test_what_identifies_a_person_beyond_need_is_never_written(folder: Path) -> None:
    for person in listed(folder, "data-utama"):
        assert not any(person[name] for name in NOT_TOLD)


def test_every_row_tells_whose_it_is(folder: Path) -> None:
    people = {row["id"]: row["nipBaru"] for row in listed(folder, "data-utama")}
    said = ("idPns", "pns", "pnsOrang", "pnsOrangId", "pnsId", "pnsDinilaiId")

    for name in HISTORIES:
        for row in listed(folder, name):
            owners = {people[row[key]] for key in said if key in row}
            owners |= {row[key] for key in ("nipBaru", "nip") if key in row}
            assert len(owners) == 1, name


def test_ids_of_rows_are_unique(folder: Path) -> None:
    for name in ("data-utama", *HISTORIES):
        ids = [row["id"] for row in listed(folder, name)]
        assert len(ids) == len(set(ids)), name


def test_who_left_retired_on_the_day_of_that_standing(folder: Path, invented: Region) -> None:
    standings = invented.frames["standings"]
    retired = standings[standings["standing"] == "99"].set_index("employee_id")["since"]

    told = {row["nipBaru"]: row["tmtPensiun"] for row in listed(folder, "data-utama")}

    assert {nip: f"{day:%d-%m-%Y}" for nip, day in retired.items()}.items() <= told.items()


def test_who_stays_retires_after_the_birthday_that_the_post_sets(tmp_path: Path) -> None:
    region = tiny()
    region["positions"].loc[0, "retirement_age"] = 60

    write(tmp_path, region)

    siti = next(row for row in listed(tmp_path, "data-utama") if row["nipBaru"] == SITI)
    assert (siti["bupPensiun"], siti["tmtPensiun"]) == ("60", "01-06-2045")


def test_an_age_that_nobody_recorded_is_not_written(tmp_path: Path) -> None:
    region = tiny()
    region["positions"]["retirement_age"] = pd.array([None] * len(region["positions"]), "Int64")

    write(tmp_path, region)

    told = listed(tmp_path, "data-utama")
    assert {(row["bupPensiun"], row["tmtPensiun"]) for row in told} == {(None, None)}


def test_the_decree_is_dated_when_the_move_was_decided(folder: Path, invented: Region) -> None:
    move = invented.frames["transfers"].iloc[0]

    row = next(
        row
        for row in listed(folder, "rw-jabatan")
        if row["nipBaru"] == move["employee_id"]
        and row["tmtJabatan"] == f"{move['started_on']:%d-%m-%Y}"
    )

    assert row["tanggalSk"] == f"{move['decided_on']:%d-%m-%Y}"


# ----------------------------------------------------------------------- nodes


def test_a_structural_post_is_a_node_and_any_other_a_job_in_one(invented: Region) -> None:
    made = as_nodes(invented.frames)["positions"]

    structural = made["kind"] == "STRUKTURAL"
    assert (made["position_id"] == made["unit_id"]).equals(structural)
    unit, job = made["position_id"].str.split(":").str[0], made["position_id"].str.split(":").str[1]
    assert unit.tolist() == made["unit_id"].tolist()
    assert job[~structural].notna().all()
    assert not made["position_id"].duplicated().any()


def test_the_highest_post_of_a_unit_is_the_unit_unless_another_is_as_high() -> None:
    region = frames(
        units=[{"unit_id": "D", "name": "Dinas"}, {"unit_id": "P", "name": "Puskesmas"}],
        positions=[
            {"position_id": "D.1", "unit_id": "D", "title": "Kepala Dinas", "rung": "II.b"}
            | {"level": 6},
            {"position_id": "D.2", "unit_id": "D", "title": "Sekretaris Dinas", "rung": "III.a"}
            | {"level": 5},
            {"position_id": "P.1", "unit_id": "P", "title": "Kepala Tata Usaha", "rung": "IV.b"}
            | {"level": 2},
            {"position_id": "P.2", "unit_id": "P", "title": "Dokter", "rung": "MU", "level": 3},
            {"position_id": "P.3", "unit_id": "P", "title": "Pengadministrasi"},
        ],
    )

    made = as_nodes(region)

    assert made["positions"]["position_id"].tolist() == ["D", "D.2", "P.1", "P:2", "P:3"]
    assert made["positions"]["kind"].tolist() == [
        "STRUKTURAL",
        "STRUKTURAL",
        "STRUKTURAL",
        "FUNGSIONAL",
        "PELAKSANA",
    ]
    parts = made["units"].set_index("unit_id").loc[["D.2", "P.1"]]
    assert parts["name"].tolist() == ["Sekretariat Dinas", "Tata Usaha"]
    assert parts["parent_id"].tolist() == ["D", "P"]


def test_what_came_from_siasn_stays_as_it_is(invented: Region) -> None:
    once = as_nodes(invented.frames)

    again = as_nodes(once)

    for table, frame in once.items():
        pd.testing.assert_frame_equal(again[table], frame)


def test_every_reference_to_a_position_follows_its_new_id(invented: Region) -> None:
    made = as_nodes(invented.frames)

    known = set(made["positions"]["position_id"])
    for noun in NOUNS:
        for column in columns(noun):
            if column.fact.references == "positions":
                assert set(made[noun.table][column.name].dropna()) <= known


def test_the_tree_of_units_has_one_top_and_names_the_office_of_each(folder: Path) -> None:
    rows = {row["Id"]: row for row in listed(folder, "ref-unor")}

    assert sum(row["DiatasanId"] is None for row in rows.values()) == 1
    for row in rows.values():
        office = rows[row["IndukUnorId"]]
        assert office is row or rows[office["DiatasanId"]]["DiatasanId"] is None


# --------------------------------------------------------------------- layouts


def test_folders_and_documents_hold_the_same_rows(tmp_path: Path) -> None:
    for layout in ("resources", "folders", "documents"):
        write(tmp_path / layout, tiny(), layout)

    def sorted_rows(rows: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    def flat(lists: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
        return [row for rows in lists for row in rows]

    documents = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "documents").glob("1*.json")
    ]
    for name in ("data-utama", *HISTORIES):
        wanted = sorted_rows(listed(tmp_path / "resources", name))
        envelopes = [
            json.loads(path.read_text(encoding="utf-8"))["data"]
            for path in (tmp_path / "folders" / name).glob("*.json")
        ]
        said = [document[name] for document in documents if name in document]
        if name == "data-utama":
            assert sorted_rows(envelopes) == sorted_rows(said) == wanted
        else:
            assert sorted_rows(flat(envelopes)) == sorted_rows(flat(said)) == wanted


def test_the_spreadsheet_has_a_row_an_employee(tmp_path: Path) -> None:
    write(tmp_path, tiny(), "pegawai")

    with (tmp_path / "pegawai.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["NIP BARU"]: row for row in csv.DictReader(file)}
    assert len(rows) == 3
    siti = rows[SITI]
    assert (siti["JENIS JABATAN ID"], siti["JABATAN ID"]) == ("4", "P1")
    assert (siti["GOL AKHIR NAMA"], siti["TMT JABATAN"]) == ("III/b", "01-01-2019")


@pytest.mark.parametrize("layout", ["resources", "folders", "documents", "pegawai"])
def test_a_folder_that_holds_anything_is_left_alone(layout: Layout, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()

    with pytest.raises(FolderInUse):
        write(tmp_path, tiny(), layout)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
