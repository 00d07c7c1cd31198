"""Point 10: of a spoilt export every fault is told, and no good row is lost."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mutasi.bundle.reading import Bundle
from mutasi.errors import BundleFileUnreadable
from mutasi.siasn.reading import read as read_files
from mutasi.siasn.writing import write
from mutasi.simulation.region import Region
from tests.mutasi.siasn.faults import HARMFUL, PERSONAL, acting_posts
from tests.mutasi.siasn.rewording import HARMLESS, REWRITTEN
from tests.mutasi.siasn.spoiling import Planted, opened, spoilt, written
from tests.records import TODAY
from tests.regions import SITI, tiny

read = partial(read_files, today=TODAY)

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def folder(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export") / "region"
    write(made, invented.frames)
    return made


@pytest.fixture(scope="module")
def clean(folder: Path) -> Bundle:
    return read(folder)


def named(fault: Callable[..., Any]) -> str:
    return fault.__name__.replace("_", " ")


def assert_same_records(bundle: Bundle, other: Bundle) -> None:
    for table, frame in bundle.frames.items():
        key = list(frame.columns)
        pd.testing.assert_frame_equal(
            frame.sort_values(key, ignore_index=True),
            other.frames[table].sort_values(key, ignore_index=True),
        )


def assert_every_row_is_counted(bundle: Bundle) -> None:
    """Rows read or derived are as many as rows taken and rows told."""
    bad = Counter(table for table, *_ in {(r.table, r.file, r.row) for r in bundle.rejected})
    for table, frame in bundle.frames.items():
        count = bundle.read.get(table, 0) + bundle.derived.get(table, 0)
        assert count == len(frame) + bad[table], table


def told(bundle: Bundle) -> set[tuple[str, int, str]]:
    return {(each.file, each.row, each.reason) for each in bundle.rejected}


def wanted(ledger: list[Planted]) -> set[tuple[str, int, str]]:
    return {(each.file, each.row, each.reason) for each in ledger if each.reason}


# -------------------------------------------------------------------- row by row


def test_the_same_in_other_words_changes_nothing(
    folder: Path, clean: Bundle, tmp_path: Path
) -> None:
    ledger = spoilt(folder, tmp_path, 1, HARMLESS)

    bundle = read(tmp_path)

    assert len({each.fault for each in ledger}) == len(HARMLESS)
    assert not bundle.rejected
    assert_same_records(clean, bundle)


def test_no_fault_hides_behind_another(folder: Path, tmp_path: Path) -> None:
    """Each kind alone is told in the same way as among all the others."""
    for number, fault in enumerate(HARMFUL):
        ledger = spoilt(folder, tmp_path / str(number), 1, [fault])
        assert told(read(tmp_path / str(number))) == wanted(ledger) != set(), named(fault)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_bad_row_is_told_and_no_good_row_is_lost(
    seed: int, folder: Path, clean: Bundle, tmp_path: Path
) -> None:
    ledger = spoilt(folder, tmp_path, seed, [*HARMFUL, *HARMLESS])

    bundle = read(tmp_path)

    assert told(bundle) == wanted(ledger)
    assert_same_records(clean, bundle)
    assert_every_row_is_counted(bundle)


def test_the_same_seed_plants_the_same_faults(folder: Path, tmp_path: Path) -> None:
    ledgers = [spoilt(folder, tmp_path / str(n), 5, HARMFUL) for n in (1, 2)]
    assert ledgers[0] == ledgers[1]


def test_acting_for_another_is_stored_and_is_no_tenure(
    folder: Path, clean: Bundle, tmp_path: Path
) -> None:
    export = opened(folder, 1)
    added = acting_posts(export)
    written(export, tmp_path)

    bundle = read(tmp_path)

    assert len(added) == 4
    assert not bundle.rejected
    before, after = clean.frames["postings"], bundle.frames["postings"]
    acting = (after["assignment"] == "PLT").sum() - (before["assignment"] == "PLT").sum()
    assert acting == len(added)
    held = [frame[frame["assignment"] == "D"].reset_index(drop=True) for frame in (before, after)]
    pd.testing.assert_frame_equal(held[0], held[1])
    pd.testing.assert_frame_equal(clean.frames["transfers"], bundle.frames["transfers"])
    assert_every_row_is_counted(bundle)


# ------------------------------------------------------------------- file by file


@pytest.mark.parametrize("rewritten", REWRITTEN, ids=named)
def test_the_same_list_in_another_file_changes_nothing(
    rewritten: Callable[[list[Any]], bytes], folder: Path, clean: Bundle, tmp_path: Path
) -> None:
    for name, rows in opened(folder, 1).lists.items():
        (tmp_path / f"{name}.json").write_bytes(rewritten(rows))

    bundle = read(tmp_path)

    assert not bundle.rejected
    assert_same_records(clean, bundle)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(lambda content: content[: len(content) // 2], "damaged", id="broken off"),
        pytest.param(lambda content: content + b"]", "damaged", id="more than one value"),
        pytest.param(
            lambda content: content.replace(b"Guru", "Gur\xfc".encode("cp1252")),
            "encoding",
            id="cp1252",
        ),
    ],
)
def test_a_list_of_many_that_cannot_be_read_is_refused_as_a_whole(
    spoil: Callable[[bytes], bytes], reason: str, folder: Path, tmp_path: Path
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    bad = tmp_path / "rw-jabatan.json"
    bad.write_bytes(spoil(bad.read_bytes()))

    with pytest.raises(BundleFileUnreadable) as caught:
        read(tmp_path)

    assert caught.value.params == {"file": "rw-jabatan.json", "reason": reason}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: content[:-20], id="broken off"),
        pytest.param(lambda content: content.replace(b"success", b"s\xfcss"), id="cp1252"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"<html>504 Gateway Time-out</html>", id="a page of the web"),
    ],
)
def test_one_persons_file_that_cannot_be_read_costs_nobody_else(
    spoil: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    write(tmp_path / "clean", tiny(), "folders")
    write(tmp_path / "spoilt", tiny(), "folders")
    bad = tmp_path / "spoilt" / "rw-jabatan" / f"{SITI}.json"
    bad.write_bytes(spoil(bad.read_bytes()))

    clean, bundle = read(tmp_path / "clean"), read(tmp_path / "spoilt")

    assert [each.reason for each in bundle.rejected] == ["damaged_document"]
    assert SITI not in bundle.rejected[0].file
    for table in ("employees", "grades", "units"):
        pd.testing.assert_frame_equal(clean.frames[table], bundle.frames[table])
    others = clean.frames["postings"]["employee_id"] != SITI
    kept = bundle.frames["postings"]["employee_id"] != SITI
    assert clean.frames["postings"][others].shape == bundle.frames["postings"][kept].shape


@pytest.mark.parametrize("answer", ["Data tidak ditemukan", "record not found", None, []])
def test_nothing_said_in_words_is_nothing(answer: Any, tmp_path: Path) -> None:
    write(tmp_path / "clean", tiny())
    write(tmp_path / "said", tiny())
    said = {"code": 0, "data": answer, "message": ""}
    for name in ("potensi", "rw-hukdis"):
        (tmp_path / "said" / f"{name}.json").write_text(json.dumps(said), encoding="utf-8")

    clean, bundle = read(tmp_path / "clean"), read(tmp_path / "said")

    assert not bundle.rejected
    assert_same_records(clean, bundle)


def test_the_same_people_in_two_files_are_told_once_more(tmp_path: Path) -> None:
    write(tmp_path, tiny())
    (tmp_path / "data-utama_2.json").write_bytes((tmp_path / "data-utama.json").read_bytes())

    bundle = read(tmp_path)

    assert len(bundle.frames["employees"]) == 3
    assert {(r.file, r.reason) for r in bundle.rejected} == {("data-utama_2.json", "repeated")}
    assert_every_row_is_counted(bundle)


# --------------------------------------------------------------------------- privacy

CANARY = "KENARI-7731"


def test_what_is_not_needed_reaches_no_record_and_no_list_of_bad_rows(tmp_path: Path) -> None:
    write(tmp_path / "clean", tiny())
    export = opened(tmp_path / "clean", 1)
    for row in export.lists["data-utama"]:
        for key in PERSONAL:
            row[key] = CANARY
    bad = {**export.lists["data-utama"][0], "nipBaru": "1.98E+17", "id": "A" * 32}
    export.lists["data-utama"].append(bad)
    written(export, tmp_path / "said")

    bundle = read(tmp_path / "said")

    assert len(bundle.rejected) == 1
    assert CANARY not in repr(bundle.rejected)
    assert not any(
        frame.astype(str).apply(lambda column: column.str.contains(CANARY)).any().any()
        for frame in bundle.frames.values()
    )
