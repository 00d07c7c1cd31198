"""A world that is seldom written down, least where things go badly."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from mutasi.simulation import Kind, Region, SimulationConfig, simulate, untold
from mutasi.simulation.arrays import Bools
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.silence import MOST, Silence, left_out
from mutasi.simulation.worlds import NATURES
from tests.mutasi.simulation.conftest import Lived, digest, surprises

Regions = dict[Kind, Region]


def test_people_perform_answer_and_are_chosen_as_usual() -> None:
    gaps, usual = NATURES["gaps"], NATURES["usual"]

    assert (gaps.match, gaps.motives, gaps.leaning) == (usual.match, usual.motives, usual.leaning)


def test_gaps_hide_what_happened_and_change_nothing_of_it() -> None:
    usual = SimulationConfig(employees=300, years=2, seed=3, missingness=0)
    gaps = usual.model_copy(update={"world": "gaps"})

    assert digest(simulate(gaps)) == digest(simulate(usual))


def remote(chronicle: Chronicle) -> Bools:
    """Return whether each rating is of a remote unit."""
    place = np.array([unit.place for unit in chronicle.posts.units])
    return np.asarray(chronicle.posts.places.remote[place[chronicle.appraisals["unit"]]])


def small(chronicle: Chronicle) -> Bools:
    """Return whether each rating is of a unit of few people."""
    posts = chronicle.posts
    staff = np.bincount(posts.unit, weights=posts.need, minlength=len(posts.units))
    return np.asarray(staff[chronicle.appraisals["unit"]] < 12)


def low(chronicle: Chronicle) -> Bools:
    """Return whether each rating is far below the mean of its year."""
    return np.asarray(untold._standing(chronicle) < -1)


def failed(chronicle: Chronicle) -> Bools:
    """Return whether each rating fell after a move."""
    return untold._failed(chronicle, untold._standing(chronicle))


@pytest.mark.parametrize("of", [remote, small, low, failed], ids=lambda of: of.__name__)
def test_ratings_are_left_out_of_some_rather_than_of_others(
    of: Callable[[Chronicle], Bools], lived: dict[Kind, Lived]
) -> None:
    chronicle = lived["gaps"].chronicle
    share, those = untold.ratings(chronicle)[0], of(chronicle)

    assert share[those].mean() > 1.2 * share[~those].mean()


def test_usually_ratings_are_left_out_of_everybody_alike(lived: dict[Kind, Lived]) -> None:
    untold_share, late = untold.ratings(lived["usual"].chronicle)

    assert set(untold_share) == {0.03}
    assert set(late) == {0.03}


def test_a_rating_has_failed_if_it_fell_after_a_move(lived: dict[Kind, Lived]) -> None:
    chronicle = lived["gaps"].chronicle
    ratings = pd.DataFrame(
        {
            "employee": chronicle.appraisals["employee"],
            "year": chronicle.appraisals["year"],
            "rating": untold._standing(chronicle),
            "failed": failed(chronicle),
        }
    ).sort_values(["employee", "year"])
    before = ratings.groupby("employee")["rating"].shift()
    first_move = (
        pd.Series(chronicle.transfers["started"]).groupby(chronicle.transfers["employee"]).min()
    )
    moved = pd.to_datetime(ratings["employee"].map(first_move), unit="D").dt.year

    assert 0.02 < ratings["failed"].mean() < 0.1
    assert (ratings["rating"] < before)[ratings["failed"]].all()
    assert (moved <= ratings["year"])[ratings["failed"]].all()


@pytest.mark.parametrize("of", [remote, low, failed], ids=lambda of: of.__name__)
def test_the_records_tell_fewer_ratings_of_some(
    of: Callable[[Chronicle], Bools], lived: dict[Kind, Lived]
) -> None:
    def fewer(kind: Kind) -> float:
        chronicle, region = lived[kind].chronicle, lived[kind].region
        records, log = region.frames["appraisals"], chronicle.appraisals
        rows = pd.MultiIndex.from_arrays([region.truth.employees[log["employee"]], log["year"]])
        told = rows.isin(pd.MultiIndex.from_frame(records[["employee_id", "year"]]))
        those = of(chronicle)
        return float(told[~those].mean() - told[those].mean())

    assert fewer("gaps") > 0.08
    assert abs(fewer("usual")) < 0.02


def test_homes_fields_and_assessments_are_rare(regions: Regions) -> None:
    def shares(kind: Kind) -> tuple[float, float, float]:
        frames = regions[kind].frames
        studied = frames["educations"][frames["educations"]["level"] >= 17]
        return (
            float(frames["residences"]["latitude"].notna().mean()),
            float(studied["field"].notna().mean()),
            frames["assessments"]["employee_id"].nunique() / len(frames["employees"]),
        )

    homes, fields, assessed = shares("gaps")
    usual = shares("usual")

    assert homes < 0.5 < usual[0]
    assert fields < usual[1] - 0.03
    assert 0.03 < assessed < 0.6 * usual[2]


def test_who_moved_is_rated_afterwards_less_often_than_usual(regions: Regions) -> None:
    def rated(kind: Kind) -> float:
        frames = regions[kind].frames
        moves = frames["transfers"][frames["transfers"]["started_on"].dt.year < 2025]
        following = moves["employee_id"] + (moves["started_on"].dt.year + 1).astype(str)
        ratings = frames["appraisals"]
        return float(following.isin(ratings["employee_id"] + ratings["year"].astype(str)).mean())

    assert rated("gaps") < rated("usual") - 0.1


def test_moves_seem_to_have_turned_out_better_than_they_did(regions: Regions) -> None:
    told, _ = surprises(regions["gaps"])

    assert told.mean() > 3 * told.std() / np.sqrt(len(told))


def test_gaps_grow_with_missingness() -> None:
    def ratings(missingness: float) -> int:
        config = SimulationConfig(
            employees=300, years=2, seed=3, world="gaps", missingness=missingness
        )
        return len(simulate(config).frames["appraisals"])

    assert ratings(0) > ratings(0.5) > ratings(1) > ratings(2)


def test_something_is_always_told_of_anybody() -> None:
    worst = Silence(remote=9.0, small=9.0, low=9.0, failed=9.0)
    yes = np.array([True])
    times = worst.times(yes, yes) * worst.of_ratings(np.array([-3.0]), yes)

    assert left_out(worst.rating, 3.0, times) == MOST < 1
