"""What is kept of a snapshot and its features is what they were, or it is not used."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features import FEATURES, Grain, Prepared, keeping, prepare
from mutasi.fingerprint import fingerprints
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot

STATE = "a name"


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    invented = simulate(SimulationConfig(employees=300, years=4, seed=3))
    last = max(frame["known_on"].max() for frame in invented.frames.values() if len(frame))
    return prepare(Snapshot.of(last.date(), invented.frames))


@pytest.fixture(scope="module")
def file(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("kept") / "below" / "region.npz"
    keeping.keep(found, prepared, STATE)
    return found


def kept(file: Path) -> keeping.Kept:
    found = keeping.load(file, STATE)
    assert found is not None
    return found


def test_columns_and_tables_come_back_the_same(prepared: Prepared, file: Path) -> None:
    before, after = prepared.snapshot, kept(file).prepared.snapshot

    assert after.as_of == before.as_of
    for one, other in ((before.employees, after.employees), (before.positions, after.positions)):
        assert [*one] == [*other]
        for name in one:
            assert one[name].dtype == other[name].dtype, name
            np.testing.assert_array_equal(one[name], other[name], name)
    np.testing.assert_array_equal(before.days_in_function, after.days_in_function)
    assert [*after.tables] == [*before.tables]
    for name, frame in before.tables.items():
        pd.testing.assert_frame_equal(after.tables[name], frame)
    assert kept(file).fingerprints == fingerprints(before) == fingerprints(after)


def test_features_of_pairs_are_the_same_to_the_last_digit(prepared: Prepared, file: Path) -> None:
    employees, names = np.arange(300), [*FEATURES]
    wanted = [name for name in names if name != "technical_function"]  # no number

    for position in (0, 5):
        np.testing.assert_array_equal(
            kept(file).prepared.pairs(wanted, employees, position),
            prepared.pairs(wanted, employees, position),
        )


def test_a_tally_of_what_the_records_hold_nothing_of_stays_absent(tmp_path: Path) -> None:
    invented = simulate(SimulationConfig(employees=300, years=4, seed=3)).frames
    frames = {name: frame for name, frame in invented.items() if name != "trainings"}
    last = max(frame["known_on"].max() for frame in frames.values() if len(frame))
    before = prepare(Snapshot.of(last.date(), frames))
    keeping.keep(tmp_path / "region.npz", before, STATE)

    after = kept(tmp_path / "region.npz").prepared
    assert after.column(Grain.CROSS, "training_hours_in_function") is None


def test_what_is_not_kept_is_told_as_a_mapping_does(file: Path) -> None:
    after = kept(file).prepared.snapshot

    assert "neighbours" not in after.tables
    assert len(after.employees) == len([*after.employees])
    with pytest.raises(KeyError):
        after.tables["neighbours"]


def test_only_the_owner_can_read_it(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("state", ["another", None])
def test_it_is_not_used_for_other_records_or_where_it_cannot_be_told(
    file: Path, state: str | None
) -> None:
    assert keeping.load(file, state) is None


def test_it_is_not_used_by_other_code(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_code", lambda: "of a later version")

    assert keeping.load(file, STATE) is None


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_it_is_not_used_when_a_byte_is_another(file: Path, tmp_path: Path, place: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(place * len(content))] ^= 1
    (tmp_path / "spoilt.npz").write_bytes(content)

    assert keeping.load(tmp_path / "spoilt.npz", STATE) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_it_is_not_used_when_it_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "none.npz").write_bytes(content)

    assert keeping.load(tmp_path / "none.npz", STATE) is None
    assert keeping.load(tmp_path / "nowhere.npz", STATE) is None


def test_what_was_opened_goes_on_being_read_when_the_file_is_replaced(
    prepared: Prepared, tmp_path: Path
) -> None:
    file = tmp_path / "region.npz"
    keeping.keep(file, prepared, STATE)
    opened = kept(file)

    keeping.keep(file, prepared, "another")

    pd.testing.assert_frame_equal(
        opened.prepared.snapshot.tables["units"], prepared.snapshot.tables["units"]
    )


def test_a_file_that_cannot_be_written_whole_is_none(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)

    with pytest.raises(OSError, match="no space"):
        keeping.keep(tmp_path / "region.npz", prepared, STATE)
    assert [*tmp_path.iterdir()] == []
