"""What is not needed of a person reaches neither the store, nor a list, nor a screen."""

import csv
import json
import logging
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mutasi.siasn.reading import read as read_files
from pipelines import cli
from tests.mutasi.siasn.export import DAY, SITI, export, written
from tests.records import TODAY

read = partial(read_files, today=TODAY)

SENTINEL = "RAHASIA"

PERSONAL = (
    "nik", "agama", "agamaId", "noHp", "noTelp", "email", "emailGov", "alamat", "noNpwp", "bpjs",
    "namaAyah", "namaIbu", "namaPasangan", "nipNikPasangan", "nomorIdDocument", "noSeriKarpeg",
    "tempatLahir", "statusPerkawinan", "jumlahAnak", "kartuAsn", "NIK", "Agama", "no_hp",
)  # fmt: skip


def secret(number: int) -> str:
    return f"{SENTINEL}-{number:05d}"


def planted(lists: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return lists with secrets in all personal fields, nested ones too, and one bad row each."""
    number = 0
    for name, rows in lists.items():
        nobody = {"Id": None} if name == "ref-unor" else {"nipBaru": "1.98505E+17", "id": "?"}
        rows.append({**rows[0], **nobody})
        for row in rows:
            for key in PERSONAL:
                number += 1
                row[key] = secret(number)
            row["path"] = {"872": {"dok_nama": secret(number), "dok_uri": secret(number)}}
            row["tmtJabatan" if name == "rw-jabatan" else "alamatLengkap"] = (
                row.get("tmtJabatan") if name == "rw-jabatan" else {"jalan": secret(number)}
            )
    return lists


def files_of(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("layout", ["lists", "documents", "spreadsheet"])
def test_secrets_stop_at_the_door(
    layout: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    folder, home = tmp_path / "export", tmp_path / "home"
    lists = planted(export())
    if layout == "lists":
        written(folder, lists)
    elif layout == "documents":
        units = lists.pop("ref-unor")
        written(folder, {"ref-unor": units, SITI: lists})
    else:
        people = lists.pop("data-utama")
        written(folder, lists)
        spreadsheet(folder / "pegawai.csv", people)
    command = ["mutasi", "--home", str(home), "import", str(folder), "--format", "siasn"]
    monkeypatch.setattr("sys.argv", command)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    said = capfd.readouterr()
    assert ended.value.code == 3, said.err
    assert SENTINEL not in said.out + said.err + caplog.text
    for path in files_of(home):
        assert SENTINEL.encode() not in path.read_bytes(), path.name
    assert dumped(home / "mutasi.db") > 0


def test_a_file_that_a_number_names_is_shown_without_it(tmp_path: Path) -> None:
    written(tmp_path, export())
    people = [{**export()["data-utama"][0], "nipBaru": "1.98505E+17"}]
    spreadsheet(tmp_path / f"{SITI}.csv", people)
    (tmp_path / f"note-{SITI}.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    bundle = read(tmp_path, as_of=DAY)

    assert {each.file for each in bundle.rejected} == {f"•••{SITI[-3:]}.csv"}
    assert bundle.ignored == (f"note-•••{SITI[-3:]}.csv",)


def spreadsheet(path: Path, people: list[Any]) -> None:
    """Write rows of data-utama as the list for spreadsheets, secrets in columns of their own."""
    heads = list(dict.fromkeys(key for row in people for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(heads)
        for row in people:
            cells = [row.get(head) for head in heads]
            rows.writerow(json.dumps(c) if isinstance(c, dict) else c for c in cells)


def dumped(store: Path) -> int:
    """Look at every value of every table; return how many there are."""
    engine = sa.create_engine(f"sqlite:///{store}")
    count = 0
    with engine.connect() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            for row in connection.execute(sa.select(table)):
                assert not any(SENTINEL in str(value) for value in row), table.name
                count += len(row)
    engine.dispose()
    return count
