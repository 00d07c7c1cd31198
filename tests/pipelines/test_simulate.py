"""`mutasi simulate`: records to a folder, the truth beside it."""

from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from mutasi.simulation import Kind, Truth
from mutasi.vocabulary import NOUNS, columns
from pipelines.cli import app
from pipelines.commands.records import World

SMALL = ("--employees", "200", "--years", "1", "--seed", "3", "--lang", "en")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["simulate", *arguments])


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_table_is_a_file_with_its_columns(kind: str, tmp_path: Path) -> None:
    result = run(*SMALL, "--out", str(tmp_path / "region"), "--format", kind)

    assert result.exit_code == 0, result.output
    for noun in NOUNS:
        path = tmp_path / "region" / f"{noun.table}.{kind}"
        frame = pd.read_csv(path, dtype=str) if kind == "csv" else pd.read_parquet(path)
        assert list(frame.columns) == [column.name for column in columns(noun)]
    assert "employees" in result.output


def test_the_truth_lies_beside_the_records_unless_told_otherwise(tmp_path: Path) -> None:
    run(*SMALL, "--out", str(tmp_path / "region"))
    run(*SMALL, "--out", str(tmp_path / "region"), "--truth", str(tmp_path / "elsewhere"))

    for folder in ("region.truth", "elsewhere"):
        assert len(Truth.load(tmp_path / folder).employees) >= 200
    assert not list((tmp_path / "region").glob("truth*"))


def test_the_truth_may_not_lie_among_the_records(tmp_path: Path) -> None:
    result = run(*SMALL, "--out", str(tmp_path), "--truth", str(tmp_path / "truth"))

    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_region_of_any_kind_of_world_is_made(kind: Kind, tmp_path: Path) -> None:
    result = run(*SMALL, "--out", str(tmp_path / "region"), "--world", kind)

    assert result.exit_code == 0, result.output
    assert Truth.load(tmp_path / "region.truth").meta["config"]["world"] == kind


def test_the_command_offers_the_worlds_that_there_are() -> None:
    assert [world.value for world in World] == list(get_args(Kind))


@pytest.mark.parametrize(
    "wrong",
    [
        ("--employees", "10"),
        ("--years", "0"),
        ("--fit", "-1"),
        ("--format", "xlsx"),
        ("--seed", "-1"),
        ("--world", "flat"),
    ],
)
def test_a_region_that_cannot_be_is_refused(wrong: tuple[str, str], tmp_path: Path) -> None:
    result = run("--out", str(tmp_path / "region"), *wrong)

    assert result.exit_code == 2
    assert not (tmp_path / "region").exists()
