"""`mutasi export`: what the store holds goes out as it comes in."""

import errno
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from mutasi.bundle.writing import write
from mutasi.settings import Settings
from mutasi.store import personnel, session, trail
from pipelines.cli import app, main
from tests.regions import tiny, tiny_folder

pytestmark = pytest.mark.usefixtures("either_database")

Captured = pytest.CaptureFixture[str]


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), *arguments], env={"COLUMNS": "200"})


def stored(home: Path) -> dict[str, pd.DataFrame]:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return personnel.records(work)


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for table, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[table])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that holds a region."""
    made = tmp_path / "home"
    run(made, "import", str(tiny_folder(tmp_path / "region")))
    return made


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_disk_that_fills_up_is_told_in_a_sentence(
    home: Path, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def write(*_: object) -> None:
        raise OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28]")

    monkeypatch.setattr("mutasi.bundle.writing.csv.write_csv", write)
    monkeypatch.setattr("mutasi.bundle.writing.parquet.write_table", write)
    words = ["--home", str(home), "export", str(tmp_path / "out"), "--format", kind]
    monkeypatch.setattr("sys.argv", ["mutasi", *words, "--lang", "en"])

    with pytest.raises(SystemExit, match="2"):
        main()

    err = " ".join(capsys.readouterr().err.split())
    assert "A file or folder cannot be used" in err
    assert "No space left on device" in err


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_bundle_that_went_out_comes_back_the_same(home: Path, kind: str, tmp_path: Path) -> None:
    result = run(home, "export", str(tmp_path / "out"), "--format", kind, "--lang", "en")
    run(tmp_path / "other", "import", str(tmp_path / "out"))

    assert result.exit_code == 0, result.output
    assert "employees" in result.stdout
    assert_same(stored(home), stored(tmp_path / "other"))
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["kind"], last["object"]) == ("read", "records", "out")


@pytest.mark.parametrize("layout", ["resources", "pegawai"])
def test_a_layout_is_one_of_siasn(tmp_path: Path, layout: str) -> None:
    result = run(tmp_path / "home", "export", str(tmp_path / "out"), "--layout", layout)

    assert result.exit_code == 2
    assert "--format siasn" in result.output
    assert not (tmp_path / "out").exists()


def test_an_export_to_siasn_comes_back_with_what_lies_beside_it(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    out = tmp_path / "out"

    result = run(home, "export", str(out), "--format", "siasn", "--lang", "en")
    first = run(other, "import", str(out), "--format", "siasn")
    second = run(other, "import", str(out) + ".beside")

    assert result.exit_code == 0, result.output
    assert "out.beside" in result.stdout
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert [*stored(other)["employees"]["name"]] == ["B", "A", "C"]
    assert [*stored(other)["offers"]["position_id"]] == ["DINKES:P1"]


def test_a_region_from_siasn_goes_out_and_comes_back_the_same(home: Path, tmp_path: Path) -> None:
    """Its posts have the ids that SIASN gives them, so nothing is renamed any more."""
    once, twice = tmp_path / "once", tmp_path / "twice"
    for source, target in ((home, once), (once, twice)):
        out = tmp_path / f"{target.name}.export"
        run(source, "export", str(out), "--format", "siasn")
        run(target, "import", str(out), "--format", "siasn")
        run(target, "import", str(out) + ".beside")

    assert_same(stored(once), stored(twice))


def test_programs_read_json(home: Path, tmp_path: Path) -> None:
    result = run(home, "export", str(tmp_path / "out"), "--format", "siasn", "--json")

    said = json.loads(result.stdout)
    assert said["rows"]["employees"] == 3
    assert Path(said["beside"]).is_dir()


@pytest.mark.parametrize("kind", ["csv", "siasn"])
def test_a_folder_in_use_is_left_alone(home: Path, kind: str, tmp_path: Path) -> None:
    write(tmp_path / "out", tiny())
    before = sorted((tmp_path / "out").iterdir())

    result = run(home, "export", str(tmp_path / "out"), "--format", kind)

    assert result.exit_code != 0
    assert sorted((tmp_path / "out").iterdir()) == before
    assert not (tmp_path / "out.beside").exists()


def test_a_store_without_people_has_nothing_to_export(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "export", str(tmp_path / "out"))

    assert result.exit_code != 0
    assert not (tmp_path / "out").exists()


def test_an_invented_region_is_written_as_siasn_would(tmp_path: Path) -> None:
    size = ("--employees", "200", "--years", "1")
    simulated = run(
        tmp_path / "home", "simulate", "--out", str(tmp_path / "out"), *size, "--format", "siasn"
    )
    imported = run(tmp_path / "home", "import", str(tmp_path / "out"), "--format", "siasn")

    assert simulated.exit_code == 0, simulated.output
    assert imported.exit_code == 0, imported.output
    assert (tmp_path / "out.truth").is_dir()
    assert (tmp_path / "out.beside").is_dir()
