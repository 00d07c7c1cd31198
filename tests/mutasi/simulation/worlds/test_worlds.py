"""Worlds that are made differently: each differs where it says, and nowhere else."""

import json
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from mutasi.simulation import Kind, Region, SimulationConfig, Truth, behavior, simulate
from mutasi.simulation.arrays import day_number
from mutasi.simulation.behavior import Pairs
from mutasi.simulation.worlds import NATURES
from mutasi.snapshot import Snapshot
from tests.mutasi.simulation.conftest import digest, surprises

KINDS: tuple[Kind, ...] = get_args(Kind)
ON = date(2024, 6, 3)

Regions = dict[Kind, Region]


def serving(region: Region, day: date = ON) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    people = Snapshot.of(day, region.frames).employees
    return np.asarray(people["employee_id"][people["position"] >= 0], dtype=object)


@pytest.mark.parametrize(
    ("config", "bytes_before"),
    [
        pytest.param(
            SimulationConfig(employees=300, years=3, seed=21),
            "8fac1c892cabc3e66469bd9c2292a066865ea43723e883dbeea616c481bc9440",
            id="as a rule",
        ),
        pytest.param(
            SimulationConfig(
                employees=250, years=2, seed=5, missingness=0, confounding=2, fit_strength=0
            ),
            "c6751391ae2a7d37dae786679cf8b939f9b8371c4574fe2721e91d7ab339d6d0",
            id="without fit and gaps",
        ),
    ],
)
def test_the_usual_world_is_what_it_was_before_there_were_others(
    config: SimulationConfig, bytes_before: str
) -> None:
    assert digest(simulate(config)) == bytes_before


def test_each_world_has_records_of_its_own(regions: Regions) -> None:
    assert len({digest(region) for region in regions.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_four_to_nine_in_a_hundred_move_a_year(kind: Kind, regions: Regions) -> None:
    assert 0.04 <= len(regions[kind].frames["transfers"]) / 6 / 1500 <= 0.09


@pytest.mark.parametrize("kind", KINDS)
def test_most_offers_are_accepted(kind: Kind, regions: Regions) -> None:
    answers = regions[kind].frames["offers"]["answer"]
    accepted, refused = (answers == "accepted").sum(), (answers == "refused").sum()

    assert 0.80 <= accepted / (accepted + refused) <= 0.93


@pytest.mark.parametrize("kind", KINDS)
def test_most_ratings_are_good_in_every_world(kind: Kind, regions: Regions) -> None:
    ratings = regions[kind].frames["appraisals"].query("scheme == 'skp_2022'")

    assert 0.78 <= (ratings["predicate"] == 2).mean() <= 0.90


def spread(region: Region) -> tuple[float, float, float]:
    """Return standard deviations of true T points by person, post and pair."""
    rng = np.random.default_rng(0)
    people = rng.choice(serving(region), 250, replace=False)
    positions = region.frames["positions"]["position_id"].to_numpy(object)
    posts = rng.choice(positions, 150, replace=False)
    grid = region.truth.performance(
        np.repeat(people, len(posts)).tolist(), np.tile(posts, len(people)).tolist(), ON
    ).reshape(len(people), len(posts))
    person, post = grid.mean(axis=1), grid.mean(axis=0)
    pairs = grid - person[:, None] - post + grid.mean()
    return float(person.std()), float(post.std()), float(pairs.std())


@pytest.mark.parametrize("kind", KINDS)
def test_no_world_is_harder_by_its_size_alone(kind: Kind, regions: Regions) -> None:
    person, post, pairs = spread(regions[kind])

    assert 3.7 <= person <= 5.8
    assert 1.2 <= post <= 2.4
    assert 1.3 <= pairs <= 2.1


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_of_every_world_foretells_how_often_offers_are_accepted(
    kind: Kind, regions: Regions
) -> None:
    offers = regions[kind].frames["offers"]
    offers = offers[offers["answer"].isin(["accepted", "refused"])]
    expected = np.zeros(len(offers))
    for day in offers["offered_on"].unique():
        same = (offers["offered_on"] == day).to_numpy()
        pairs = offers.loc[same, ["employee_id", "position_id"]]
        expected[same] = regions[kind].truth.acceptance(
            pairs["employee_id"].tolist(), pairs["position_id"].tolist(), day.date()
        )
    accepted = (offers["answer"] == "accepted").to_numpy()

    error = accepted - expected
    assert abs(error.mean()) < 3 * error.std() / np.sqrt(len(error))
    assert expected[accepted].mean() > expected[~accepted].mean() + 0.1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "gaps"])
def test_the_truth_of_every_world_foretells_how_moves_turn_out(
    kind: Kind, regions: Regions
) -> None:
    error, expected = surprises(regions[kind])

    assert abs(error.mean()) < 3 * error.std() / np.sqrt(len(error))
    assert np.corrcoef(expected, expected + error)[0, 1] > 0.3


@pytest.mark.parametrize("kind", KINDS)
def test_a_truth_answers_the_same_from_disk_in_every_world(
    kind: Kind, regions: Regions, tmp_path: Path
) -> None:
    truth, people = regions[kind].truth, serving(regions[kind])[:300].tolist()
    posts = regions[kind].frames["positions"]["position_id"].iloc[:300].tolist()
    truth.save(tmp_path)
    loaded = Truth.load(tmp_path)

    assert loaded.world.nature is NATURES[kind]
    for answer in ("performance", "acceptance"):
        known = getattr(truth, answer)(people, posts, ON)
        assert np.isfinite(known).all()
        np.testing.assert_array_equal(getattr(loaded, answer)(people, posts, ON), known)


def test_a_truth_from_before_there_were_worlds_is_of_the_usual_one(
    regions: Regions, tmp_path: Path
) -> None:
    regions["usual"].truth.save(tmp_path)
    meta = json.loads((tmp_path / "truth.json").read_text())
    del meta["config"]["world"]
    (tmp_path / "truth.json").write_text(json.dumps(meta))

    assert Truth.load(tmp_path).world.nature is NATURES["usual"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_fit_no_pair_has_an_effect_of_its_own(kind: Kind) -> None:
    region = simulate(
        SimulationConfig(employees=300, years=1, seed=9, world=kind, fit_strength=0, last_year=2024)
    )
    truth, known = region.truth, region.truth.facts(ON)
    people = np.flatnonzero(known.where.post >= 0)
    who = np.repeat(people, len(truth.positions))
    post = np.tile(np.arange(len(truth.positions)), len(people))
    fresh = np.zeros(len(who), dtype=np.bool_)
    pairs = Pairs(who, post, np.full(len(who), known.where.day + 30), fresh)
    signal = behavior.signal(truth.world, known, pairs, day_number(2025, 7))

    person, place = truth.world.ability[who], truth.world.leadership[truth.world.unit[post]]
    assert (signal - person - place).std() == pytest.approx(0, abs=1e-12)
