"""Point 10: simulate, write as SIASN, read, and the same region is there."""

from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from mutasi.bundle.contract import NOUN_OF
from mutasi.bundle.reading import Bundle, read as read_bundle
from mutasi.bundle.transfers import transfers
from mutasi.settings import Settings
from mutasi.siasn.reading import read as read_files
from mutasi.siasn.writing import Layout, write
from mutasi.siasn.written import beside
from mutasi.siasn.written.nodes import as_nodes
from mutasi.simulation.region import Region
from mutasi.snapshot import DTYPES
from mutasi.store import personnel, session
from mutasi.vocabulary import columns
from pipelines.ingest import ingest
from tests.records import TODAY, frames
from tests.regions import SITI, tiny

read = partial(read_files, today=TODAY)

CARRIED = {
    "units": ["name", "region", "parent_id"],
    "positions": ["unit_id", "title", "kind"],
    "employees": ["name", "region", "kind", "born_on", "sex", "appointed_on", "known_on"],
    "grades": ["grade", "known_on"],
    "postings": ["ended_on", "assignment", "known_on"],
    "appraisals": ["scheme", "score", "results", "behaviour", "rater"],
    "educations": ["name"],
    "trainings": ["kind", "hours"],
    "assessments": [
        *("integrity", "cooperation", "communication", "results", "service", "development"),
        *("change", "decisions", "cohesion"),
    ],
    "sanctions": ["ended_on", "severity", "known_on"],
}
"""What comes back of each table beside its key (docs/siasn.md, Export)."""


@pytest.fixture(scope="module")
def folder(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export") / "region"
    write(made, invented.frames)
    beside.write(made, invented.frames)
    return made


@pytest.fixture(scope="module")
def nodes(invented: Region) -> dict[str, pd.DataFrame]:
    return as_nodes(invented.frames)


@pytest.fixture(scope="module")
def back(folder: Path) -> Bundle:
    return read(folder)


def by_key(table: str, frame: pd.DataFrame, fields: list[str]) -> pd.DataFrame:
    """Return some columns of a table in the order of its keys, as plain values."""
    key = list(NOUN_OF[table].key)
    shown = frame[[*key, *(field for field in fields if field not in key)]]
    shown = shown.sort_values(key, ignore_index=True)
    kinds = {column.name: DTYPES[column.kind] for column in columns(NOUN_OF[table])}
    return shown.astype({name: kinds[str(name)] for name in shown})


def assert_same(table: str, one: pd.DataFrame, other: pd.DataFrame, fields: list[str]) -> None:
    left, right = by_key(table, one, fields), by_key(table, other, fields)
    pd.testing.assert_frame_equal(left, right)


def test_no_row_is_refused_and_every_row_is_counted(back: Bundle) -> None:
    assert not back.rejected
    assert not back.ignored


@pytest.mark.parametrize("table", [*CARRIED])
def test_the_same_region_comes_back(
    table: str, nodes: dict[str, pd.DataFrame], back: Bundle
) -> None:
    wanted, found = nodes[table], back.frames[table]
    if table == "positions":  # those that neither a node nor a history names are not known
        named = wanted["position_id"].isin(nodes["postings"]["position_id"])
        wanted = wanted[named | (wanted["kind"] == "STRUKTURAL")]
    if table == "postings":  # of acting posts SIASN does not tell the last day
        wanted = wanted.assign(ended_on=wanted["ended_on"].where(wanted["assignment"] == "D"))
        found = found.assign(ended_on=found["ended_on"].where(found["assignment"] == "D"))

    assert_same(table, wanted, found, CARRIED[table])


def test_what_the_invented_region_does_not_keep_comes_back_as_well(tmp_path: Path) -> None:
    person = {"employee_id": SITI}
    judged = {"results": 1, "behaviour": 2, "predicate": 2}
    kept = frames(
        reviews=[
            {**person, **judged, "started_on": date(2024, 2, 1), "ended_on": date(2024, 2, 29)},
            {**person, **judged, "started_on": date(2024, 4, 1), "ended_on": date(2024, 6, 30)},
        ],
        potentials=[
            {**person, "assessed_on": date(2023, 5, 4), "intellectual": 71.5, "total": 80.25},
        ],
        credits=[{**person, "decided_on": date(2022, 7, 1), "points": 112.375}],
        awards=[
            {**person, "title": "Satyalancana Karya Satya X", "awarded_on": date(2020, 8, 17)},
        ],
        merit_indices=[
            {**person, "measured_on": date(2024, 12, 31), "qualification": 20.0}
            | {"competence": 31.5, "performance": 25.0, "discipline": 5.0},
        ],
    )
    own_day = {"reviews": "ended_on", "merit_indices": "measured_on", "awards": "awarded_on"}
    for table, day in own_day.items():
        kept[table]["known_on"] = kept[table][day]
    write(tmp_path, tiny() | kept)

    back = read(tmp_path)

    assert not back.rejected
    for table, frame in kept.items():
        assert_same(table, frame, back.frames[table], list(frame.columns))


def test_moves_are_derived_as_they_happened(nodes: dict[str, pd.DataFrame], back: Bundle) -> None:
    moved = ["from_position_id", "position_id"]

    assert_same("transfers", transfers(nodes["postings"]), back.frames["transfers"], moved)


@pytest.mark.parametrize("layout", ["folders", "documents"])
def test_every_layout_says_the_same(
    layout: Layout, invented: Region, back: Bundle, tmp_path: Path
) -> None:
    write(tmp_path, invented.frames, layout)

    other = read(tmp_path)

    assert not other.rejected
    for table, frame in back.frames.items():
        assert_same(table, frame, other.frames[table], list(frame.columns))


def test_the_spreadsheet_tells_who_everyone_is_and_holds_which_post(
    invented: Region, nodes: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    write(tmp_path, invented.frames, "pegawai")

    back = read(tmp_path)

    assert not back.rejected
    assert_same("employees", nodes["employees"], back.frames["employees"], CARRIED["employees"])
    held = nodes["postings"]
    now = held[(held["assignment"] == "D") & held["ended_on"].isna()]
    told = back.frames["postings"]
    told = told[told["employee_id"].isin(now["employee_id"])]
    assert_same("postings", now, told, ["assignment"])


def test_with_what_lies_beside_it_the_store_is_the_same(
    folder: Path, nodes: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path)
    for place, reader in (
        (folder, read),
        (beside.place(folder), partial(read_bundle, today=TODAY)),
    ):
        done = ingest(settings, place, reader, lambda *_: None, language="en")
        assert done.listed is None

    with session.reading(session.engine(settings.database_url)) as work:
        stored = personnel.records(work)
    # Besides the moves on record are those that follow from the postings, as steps in place.
    moved = transfers(nodes["postings"])
    both = pd.concat([nodes["transfers"], moved]).drop_duplicates(["employee_id", "started_on"])
    nodes = {**nodes, "transfers": both}
    stored["offers"] = stored["offers"][stored["offers"]["evidence"].isna()]  # none inferred
    for table in beside.TABLES:
        assert_same(table, nodes[table], stored[table], list(stored[table].columns))
    for table in CARRIED.keys() - set(beside.TABLES):
        assert len(stored[table]) == len(nodes[table]), table
