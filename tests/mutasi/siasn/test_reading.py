"""SIASN exports read: what rows become, what is told of the others, and that none is lost."""

import csv
import os
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mutasi.bundle.contract import contract
from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.errors import BundleFileMissing
from mutasi.siasn.reading import read as read_files
from tests.mutasi.siasn.export import (
    BUDI,
    BUDI_ID,
    CLINIC,
    DAY,
    NURSE,
    OFFICE,
    SITI,
    Row,
    export,
    faults,
    unaccounted,
    written,
)
from tests.records import TODAY

read = partial(read_files, today=TODAY)


def told(folder: Path, **lists: Any) -> Bundle:
    """Return what the small export says with some lists replaced or added."""
    named = {name.replace("_", "-"): rows for name, rows in lists.items()}
    bundle = read(written(folder, {**export(), **named}), as_of=DAY)
    assert not unaccounted(bundle)
    for table, frame in bundle.frames.items():
        contract(table).validate(frame)
    return bundle


def one(table: str, bundle: Bundle) -> "pd.Series[Any]":
    """Return the only record of a table."""
    frame = bundle.frames[table]
    assert len(frame) == 1
    return frame.iloc[0]


# ------------------------------------------------------------------ organisation


def test_units_stand_below_each_other_and_serve_what_their_names_tell(tmp_path: Path) -> None:
    units = told(tmp_path).frames["units"].set_index("unit_id")

    assert units.loc[CLINIC.lower(), "parent_id"] == OFFICE.lower()
    assert set(units["function"]) == {"health"}
    assert set(units["region"]) == {"Kab. Contoh"}


def test_a_structural_post_is_a_node_and_any_other_a_job_in_a_node(tmp_path: Path) -> None:
    posts = told(tmp_path).frames["positions"].set_index("position_id")

    head, nurse = posts.loc[OFFICE.lower()], posts.loc[f"{CLINIC.lower()}:{NURSE}"]
    clerk = posts.loc[f"{CLINIC.lower()}:U1"]
    assert (head["kind"], head["rung"], head["level"]) == ("STRUKTURAL", "II.b", 6)
    assert str(head["retirement_age"]) == "nan"  # the law tells it, not the record
    assert (nurse["kind"], nurse["rung"], nurse["family"]) == ("FUNGSIONAL", "PT", "nurse")
    assert (clerk["kind"], clerk["level"]) == ("PELAKSANA", 1)
    assert pd.isna(clerk["rung"])


def test_a_unit_that_only_a_history_names_is_there(tmp_path: Path) -> None:
    rows = export()["rw-jabatan"]
    rows[0] |= {"unorId": "OLD", "unorNama": "Kantor Lama", "instansiKerjaNama": "Kab. Contoh"}
    rows[2] |= {"unorId": None, "unorNama": "Kantor Tanpa Id", "instansiKerjaNama": "Kab. Contoh"}

    bundle = told(tmp_path, rw_jabatan=rows)

    assert not bundle.rejected
    assert bundle.derived["units"] == 2
    names = set(bundle.frames["units"]["name"])
    assert {"Kantor Lama", "Kantor Tanpa Id"} <= names


def test_a_unit_above_itself_is_refused_and_so_is_what_stands_below(tmp_path: Path) -> None:
    units = export()["ref-unor"]
    ring = [
        {**units[1], "Id": own, "DiatasanId": above}
        for own, above in (("X", "Y"), ("Y", "X"), ("Z", "Y"))
    ]

    bundle = told(tmp_path, ref_unor=[*units, *ring])

    assert faults(bundle) == [
        ("ref-unor.json", 3, "DiatasanId", "own_ancestor"),
        ("ref-unor.json", 4, "DiatasanId", "own_ancestor"),
        ("ref-unor.json", 5, "DiatasanId", "unknown_reference"),
    ]


def test_a_unit_below_two_others_keeps_the_first(tmp_path: Path) -> None:
    units = export()["ref-unor"]

    bundle = told(tmp_path, ref_unor=[*units, {**units[1], "DiatasanId": None}])

    assert faults(bundle) == [("ref-unor.json", 3, "Id", "two_parents")]
    assert bundle.rejected[0].expected == "2"


# ----------------------------------------------------------------------- careers


def test_a_posting_ends_the_day_before_the_next(tmp_path: Path) -> None:
    held = told(tmp_path).frames["postings"].set_index(["employee_id", "started_on"])

    assert held.loc[(SITI, "2012-02-01"), "ended_on"] == pd.Timestamp("2020-06-30")
    assert held["ended_on"].isna()[(SITI, pd.Timestamp("2020-07-01"))]


def test_moves_follow_from_the_history(tmp_path: Path) -> None:
    move = one("transfers", told(tmp_path))

    assert move["employee_id"] == SITI
    assert (move["from_position_id"], move["position_id"]) == (
        f"{CLINIC.lower()}:{NURSE}",
        OFFICE.lower(),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"jenisPenugasanId": "PLT"},
        {"jenisPenugasanId": "plh"},
        {"jenisPenugasanId": "TT"},
        {"jenisPenugasan": "Pejabat Non Definitif (PJ)"},
        {"namaJabatan": "Plt. KEPALA DINAS KESEHATAN"},
        {"namaJabatan": "PLH KEPALA DINAS KESEHATAN", "jenisPenugasanId": "-"},
    ],
)
def test_acting_is_no_tenure(said: Row, tmp_path: Path) -> None:
    rows = export()["rw-jabatan"]
    rows[1].pop("jenisPenugasanId")
    rows[1] |= said

    bundle = told(tmp_path, rw_jabatan=rows)

    held = bundle.frames["postings"].set_index(["employee_id", "started_on"])
    assert held.loc[(SITI, "2020-07-01"), "assignment"] == "PLT"
    assert held["ended_on"].isna()[(SITI, pd.Timestamp("2012-02-01"))]
    assert bundle.frames["transfers"].empty


def test_what_was_decided_later_was_known_later(tmp_path: Path) -> None:
    rows = export()["rw-jabatan"]
    rows[0]["tanggalSk"] = "20-04-2012"

    held = told(tmp_path, rw_jabatan=rows).frames["postings"]

    assert set(held["known_on"][held["started_on"] == "2012-02-01"]) == {pd.Timestamp("2012-04-20")}


def test_a_move_between_governments_and_units_completes_the_history(tmp_path: Path) -> None:
    agency = {"pnsOrang": BUDI_ID, "unorBaru": OFFICE, "jenisJabatanBaru": "4"}
    agency |= {"jabatanFungsionalUmumBaru": "U1", "tmtPi": "01-04-2018"}
    unit = {"pnsOrang": BUDI_ID, "unorBaru": CLINIC, "skTanggal": "01-05-2019"}
    known = {**unit, "skTanggal": "01-03-2015"}

    bundle = told(tmp_path, rw_pindahinstansi=[agency], rw_pnsunor=[known, unit])

    held = bundle.frames["postings"]
    mine = held[held["employee_id"] == BUDI].sort_values("started_on")
    clinic, office = f"{CLINIC.lower()}:U1", f"{OFFICE.lower()}:U1"
    assert mine["position_id"].tolist() == [clinic, office, clinic]
    assert faults(bundle) == [("rw-pnsunor.json", 1, "unorBaru", "repeated")]


def test_where_no_history_tells_it_the_present_post_is_that_of_data_utama(tmp_path: Path) -> None:
    people = export()["data-utama"]
    people[1] |= {"jenisJabatanId": "4", "unorId": CLINIC, "jabatanFungsionalUmumId": "U1"}
    people[1] |= {"jabatanFungsionalUmumNama": "Pengadministrasi", "tmtJabatan": "01-03-2015"}
    rows = export()["rw-jabatan"][:2]

    bundle = told(tmp_path, data_utama=people, rw_jabatan=rows)

    assert bundle.derived["postings"] == 1
    assert BUDI in set(bundle.frames["postings"]["employee_id"])


def test_who_left_stands_so_from_that_day_and_holds_no_post(tmp_path: Path) -> None:
    people = export()["data-utama"]
    people[1] |= {"kedudukanPnsId": "99", "tmtPensiun": "01-06-2022"}

    bundle = told(tmp_path, data_utama=people)

    standings = bundle.frames["standings"].set_index(["employee_id", "since"])["standing"]
    assert standings[(BUDI, pd.Timestamp("2022-06-01"))] == "99"
    held = bundle.frames["postings"].set_index("employee_id")
    assert held.loc[BUDI, "ended_on"] == pd.Timestamp("2022-05-31")


def test_any_other_standing_is_known_from_the_last_day_on_record(tmp_path: Path) -> None:
    people = export()["data-utama"]
    people[0]["kedudukanPnsId"] = "3"

    standings = told(tmp_path, data_utama=people).frames["standings"]

    mine = standings[standings["employee_id"] == SITI].set_index("since")["standing"]
    assert mine.to_dict() == {pd.Timestamp("2010-01-01"): "01", pd.Timestamp("2020-07-01"): "03"}


def test_who_is_active_again_is_so_again(tmp_path: Path) -> None:
    stored = pd.DataFrame(
        {
            "employee_id": [SITI],
            "since": [pd.Timestamp("2019-01-01")],
            "standing": ["03"],
            "known_on": [pd.Timestamp("2019-01-01")],
        }
    )

    def rows(table: str) -> pd.DataFrame:
        return stored if table == "standings" else pd.DataFrame()

    bundle = read(written(tmp_path, export()), Stored({}, rows), as_of=DAY)

    mine = bundle.frames["standings"].query("employee_id == @SITI")
    assert mine["standing"].tolist() == ["01", "01"]
    assert mine["since"].max() == pd.Timestamp("2020-07-01")


# ------------------------------------------------------------------------ people


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"statusPegawai": "CPNS"}, "PNS"),
        ({"statusPegawai": "PPPK Penuh Waktu"}, "PPPK"),
        ({"statusPegawai": None}, "PNS"),
        ({"statusPegawai": None, "golRuangAkhir": "IX"}, "PPPK"),
        ({"statusPegawai": None, "nipBaru": "199003042023211002", "tmtCpns": "-"}, "PPPK"),
    ],
)
def test_the_legal_kind_is_what_is_told_or_what_the_number_tells(
    said: Row, kind: str, tmp_path: Path
) -> None:
    people = export()["data-utama"][1:]
    people[0] |= {**said, "tmtJabatan": "01-03-2023"}

    bundle = told(tmp_path, data_utama=people, rw_jabatan=[])

    assert one("employees", bundle)["kind"] == kind


def test_what_data_utama_does_not_tell_the_number_does(tmp_path: Path) -> None:
    people = export()["data-utama"][:1]
    people[0] |= {"tglLahir": "", "tmtCpns": "01-01-0001"}

    who = one("employees", told(tmp_path, data_utama=people, rw_jabatan=[]))

    assert who["born_on"] == pd.Timestamp("1985-05-17")
    assert who["appointed_on"] == pd.Timestamp("2010-01-01")


@pytest.mark.parametrize("said", ["F", "P", "Perempuan", "wanita", "2"])
def test_sex_is_read_in_any_words(said: str, tmp_path: Path) -> None:
    people = export()["data-utama"][:1]
    people[0]["jenisKelamin"] = said
    assert one("employees", told(tmp_path, data_utama=people, rw_jabatan=[]))["sex"] == "F"


def test_the_list_for_spreadsheets_is_data_utama(tmp_path: Path) -> None:
    head = ["NIP BARU", "NAMA", "NIK", "TMT CPNS", "INSTANSI INDUK NAMA", "GOL AKHIR NAMA"]
    head += ["TMT GOLONGAN", "JENIS JABATAN ID", "JABATAN ID", "JABATAN NAMA", "TMT JABATAN"]
    head += ["UNOR ID", "UNOR NAMA", "KEDUDUKAN HUKUM ID"]
    good = [f"'{SITI}", "A", "3201", "01-01-2010", "Kab. Contoh", "III/d", "01-04-2022", "4"]
    good += ["U1", "Pengadministrasi", "01-02-2012", "C", "Puskesmas", "01"]
    lost = ["1.98505E+17", *good[1:]]
    with (tmp_path / "pegawai.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, good, lost])

    bundle = read(tmp_path, as_of=DAY)

    assert not unaccounted(bundle)
    assert faults(bundle) == [("pegawai.csv", 3, "nipBaru", "nip_lost_digits")]
    assert one("grades", bundle)["grade"] == 12
    assert one("postings", bundle)["position_id"] == "C:U1"
    assert one("standings", bundle)["standing"] == "01"


# ------------------------------------------------------------------------- files


def test_a_row_that_repeats_another_is_told_from_one_that_contradicts_it(tmp_path: Path) -> None:
    people = export()["data-utama"]

    bundle = told(tmp_path, data_utama=[*people, people[0], {**people[0], "nama": "Z"}])

    assert [reason for *_, reason in faults(bundle)] == ["repeated", "duplicate"]


def test_the_same_number_in_two_files_is_told_with_both(tmp_path: Path) -> None:
    people = export()["data-utama"]

    bundle = told(tmp_path, data_utama_2=[{**people[0], "nama": "Z"}])

    (bad,) = bundle.rejected
    assert (bad.file, bad.row, bad.expected) == ("data-utama-2.json", 1, "data-utama.json: 1")


def test_the_day_of_the_export_is_that_of_its_last_file(tmp_path: Path) -> None:
    row = {"nipBaru": SITI, "golonganId": "34", "tmtGolongan": "01-04-2021"}
    folder = written(tmp_path, {**export(), "rw-golongan": [row]})
    for path in folder.iterdir():
        os.utime(path, (1_500_000_000, 1_500_000_000))  # July 2017

    reasons = {(each.file, each.reason) for each in read(folder).rejected}

    assert ("rw-golongan.json", "in_the_future") in reasons


def test_what_lists_told_of_a_unit_stays_when_it_is_read_again(tmp_path: Path) -> None:
    folder = written(tmp_path, export())
    units = read(folder, as_of=DAY).frames["units"].assign(latitude=-7.5, is_remote=True)

    def rows(table: str) -> pd.DataFrame:
        return units if table == "units" else pd.DataFrame()

    again = read(folder, Stored({}, rows), as_of=DAY).frames["units"]

    assert again["latitude"].tolist() == [-7.5, -7.5]
    assert again["is_remote"].all()


def test_files_that_say_nothing_of_siasn_are_told(tmp_path: Path) -> None:
    written(tmp_path, {**export(), "notes": [{"a": 1}]})
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")

    assert read(tmp_path, as_of=DAY).ignored == ("notes.json", "other.csv")


@pytest.mark.parametrize("lists", [{}, {"notes": [1]}])
def test_a_folder_without_siasn_is_refused(lists: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(BundleFileMissing):
        read(written(tmp_path, lists))


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []

    read(written(tmp_path, export()), progress=lambda *step: steps.append(step), as_of=DAY)

    assert {kind for kind, *_ in steps} == {"files", "read"}
    assert steps[-1][1] == steps[-1][2]


def test_one_file_is_read_as_well(tmp_path: Path) -> None:
    folder = written(tmp_path, export())

    alone = read(folder / "data-utama.json", as_of=DAY)

    assert len(alone.frames["employees"]) == 2
    assert "postings" not in alone.frames
