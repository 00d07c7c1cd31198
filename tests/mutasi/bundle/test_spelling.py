"""Characters that nobody sees, by every door: told with their place, and stored by none."""

import json
from pathlib import Path

import pytest

from mutasi.bundle import reading
from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.bundle.writing import write
from mutasi.i18n import LANGUAGES
from mutasi.lists import reading as lists
from mutasi.peta import reading as peta
from mutasi.sentences import rejection_sentence
from mutasi.siasn import reading as siasn, writing
from tests.mutasi.lists.test_reading import UNITS
from tests.mutasi.peta.test_reading import SINCE, STORED
from tests.records import TODAY
from tests.regions import SITI, spoilt, tiny, tiny_folder

REASON = "invisible_character"


def told(bundle: Bundle) -> list[tuple[str, int, str, str]]:
    found = [each for each in bundle.rejected if each.reason == REASON]
    return [(each.file, each.row, each.field, each.value) for each in found]


def test_a_name_of_a_csv_goes_to_quarantine_without_being_shown(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    spoilt(folder / "employees.csv", '"A"', '"Siti\u202e Aminah"')

    bundle = reading.read(folder, today=TODAY)

    assert told(bundle) == [("employees.csv", 2, "name", "•••nah[U+202E]")]
    assert SITI not in bundle.frames["employees"]["employee_id"].tolist()


def test_a_title_of_a_parquet_file_is_shown_with_the_number_of_the_character(
    tmp_path: Path,
) -> None:
    frames = tiny()
    frames["positions"].loc[1, "title"] = "Pera\u2066wat"
    write(tmp_path, frames, "parquet")

    assert told(reading.read(tmp_path, today=TODAY)) == [
        ("positions.parquet", 2, "title", "Pera[U+2066]wat")
    ]


def test_a_name_of_siasn_goes_to_quarantine(tmp_path: Path) -> None:
    writing.write(tmp_path, tiny())
    place = tmp_path / "data-utama.json"
    rows = json.loads(place.read_text(encoding="utf-8"))
    rows[1]["nama"] = "Budi\u200b Santoso"
    place.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    assert told(siasn.read(tmp_path, today=TODAY)) == [
        ("data-utama.json", 2, "nama", "•••oso[U+200B]")
    ]


def test_a_title_of_a_map_of_positions_goes_to_quarantine(tmp_path: Path) -> None:
    rows = "nomor;nama;kebutuhan\n1;KEPALA DINAS KESEHATAN;1\n1.1;Bidan\u202e Ahli Muda;2\n"
    (tmp_path / "peta.csv").write_text(rows, encoding="utf-8")

    found = told(peta.read(tmp_path / "peta.csv", STORED, today=TODAY, since=SINCE))

    assert ("peta.csv", 3, "nama", "Bidan[U+202E] Ahli Muda") in found


def test_a_text_of_a_local_list_goes_to_quarantine(tmp_path: Path) -> None:
    stored = Stored({"units": {"PKM-1"}}, lambda _: UNITS)
    rows = "unit_id,place\nPKM-1,Kota\ufeff Lama\n"
    (tmp_path / "koordinat.csv").write_text(rows, encoding="utf-8")

    found = told(lists.read(tmp_path, stored, today=TODAY))

    assert found == [("koordinat.csv", 2, "place", "Kota[U+FEFF] Lama")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_expected_is_told(language: str, tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    spoilt(folder / "units.csv", "Puskesmas Satu", "Puskesmas\u202e Satu")

    fault = next(
        each for each in reading.read(folder, today=TODAY).rejected if each.reason == REASON
    )

    assert {"id": "harus teks yang terlihat", "en": "visible text is expected"}[
        language
    ] in rejection_sentence(fault, language)
