"""The real names: how many are understood, and how many rightly, read by eye.

The verdicts tell no names: ids of SIASN's records, the family that a reader found right
(empty where the name tells none), and what the rules of that day made of it.  The first
two samples were read before the rules were finished; the final one after.
"""

import json
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd
import pytest

from mutasi.education import understood
from tests.architecture.checkout import ROOT

SEED, SIZE = 20240817, 300
SAMPLES = ("first", "second", "final")


@pytest.fixture(scope="module")
def listed(real_data: Path) -> pd.DataFrame:
    """SIASN's names in the order of their ids, as they were drawn from, understood."""
    found = pd.DataFrame(json.loads((real_data / "siasn" / "pendidikan.json").read_bytes()))
    found = found.sort_values("id", ignore_index=True)
    return found.join(understood(found["nama"], found["tingkatPendidikanId"]))


@pytest.fixture(scope="module")
def verdicts() -> pd.DataFrame:
    return pd.read_csv(ROOT / "tests/mutasi/education/verdicts.csv", keep_default_na=False)


def test_almost_all_names_get_a_level_and_a_family(listed: pd.DataFrame) -> None:
    assert len(listed) == 28_155
    assert (listed["level"].notna() & listed["field"].notna()).mean() >= 0.97


def test_levels_on_record_are_kept(listed: pd.DataFrame) -> None:
    assert (listed["level"] == listed["tingkatPendidikanId"].astype(int)).all()


def test_names_say_the_level_that_is_on_record(listed: pd.DataFrame) -> None:
    told = listed["said_level"].notna()

    assert told.mean() >= 0.94
    assert (listed["said_level"] == listed["level"])[told].mean() >= 0.95


def test_all_names_are_understood_within_seconds(listed: pd.DataFrame) -> None:
    start = process_time()

    understood(listed["nama"], listed["tingkatPendidikanId"])

    assert process_time() - start < 5


def test_the_samples_are_those_that_the_seed_draws(
    listed: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    order = np.random.default_rng(SEED).permutation(len(listed))

    drawn = listed["id"].to_numpy()[order[: SIZE * len(SAMPLES)]]

    assert verdicts["id"].tolist() == drawn.tolist()
    assert verdicts["sample"].tolist() == np.repeat(SAMPLES, SIZE).tolist()


@pytest.mark.parametrize(
    ("sample", "right", "wrong", "unknown"),
    [("first", 281, 9, 10), ("second", 283, 7, 10), ("final", 286, 6, 8)],
)
def test_the_verdicts_are_those_told_in_the_document(
    verdicts: pd.DataFrame, sample: str, right: int, wrong: int, unknown: int
) -> None:
    counts = verdicts.loc[verdicts["sample"] == sample, "verdict"].value_counts()

    assert counts.to_dict() == {"right": right, "wrong": wrong, "unknown": unknown}


@pytest.mark.parametrize("sample", SAMPLES)
def test_at_least_95_of_100_are_read_rightly(
    listed: pd.DataFrame, verdicts: pd.DataFrame, sample: str
) -> None:
    read = verdicts[verdicts["sample"] == sample].set_index("id")["field"]
    told = listed.set_index("id")["field"].reindex(read.index)
    mapped = told.notna()

    assert (told == read)[mapped].mean() >= 0.95, "of those that get a family"
    assert (told == read).mean() >= 0.95, "of all, the unknown counted as not right"
