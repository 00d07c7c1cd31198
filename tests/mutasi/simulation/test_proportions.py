"""An invented region looks like a kabupaten."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from mutasi.simulation import Region, SimulationConfig, simulate
from mutasi.snapshot import Snapshot


@pytest.fixture(scope="module")
def snapshot(region: Region) -> Snapshot:
    return Snapshot.of(date(2026, 3, 31), region.frames)


@pytest.fixture(scope="module")
def serving(region: Region, snapshot: Snapshot) -> pd.DataFrame:
    """Return those in service, with the post they hold."""
    held = snapshot.employees["position"]
    people = region.frames["employees"].set_index("employee_id")
    people = people.loc[snapshot.employees["employee_id"][held >= 0]]
    serving: pd.DataFrame = people.assign(
        post_kind=snapshot.positions["position_kind"][held[held >= 0]],
        grade=snapshot.employees["grade"][held >= 0],
        education=snapshot.employees["education_level"][held >= 0],
    )
    return serving


def test_four_to_eight_in_a_hundred_move_a_year(region: Region, config: SimulationConfig) -> None:
    rate = len(region.frames["transfers"]) / config.years / config.employees

    assert 0.04 <= rate <= 0.08


def test_about_an_eighth_of_the_offers_are_refused_mostly_for_distance(region: Region) -> None:
    offers = region.frames["offers"]
    refused, accepted = (offers["answer"] == "refused"), (offers["answer"] == "accepted")

    assert 0.08 <= refused.sum() / (refused | accepted).sum() <= 0.16
    assert offers["reason"].isin(["distance", "family"]).sum() > 0.5 * refused.sum()
    assert offers["answer"].eq("withdrawn").any()


def test_most_transfers_come_from_offers(region: Region) -> None:
    assert 0.7 <= region.frames["transfers"]["offer_id"].notna().mean() < 1


def test_some_go_back_within_two_years() -> None:
    transfers = simulate(SimulationConfig(employees=1500, years=6, seed=2)).frames["transfers"]
    moves = transfers.sort_values(["employee_id", "started_on"])
    following = moves.groupby("employee_id")[["position_id", "started_on"]].shift(-1)
    days = (following["started_on"] - moves["started_on"]).dt.days

    back = (following["position_id"] == moves["from_position_id"]) & (days < 730)

    assert 0.005 < back.mean() < 0.1


def test_most_ratings_are_good(region: Region) -> None:
    ratings = region.frames["appraisals"]
    quadrant = ratings[ratings["scheme"] == "skp_2022"]["predicate"]
    score = ratings["score"].dropna()

    assert 0.80 <= (quadrant == 2).mean() <= 0.88
    assert 0.08 <= (quadrant == 1).mean() <= 0.17
    assert (quadrant == 3).mean() <= 0.04
    assert score.between(76, 91).mean() > 0.8


def test_a_rating_foretells_the_next_one_moderately(region: Region) -> None:
    ratings = region.frames["appraisals"]
    points = ratings["score"].fillna(-(ratings["results"] + ratings["behaviour"]).astype(float))
    spread = points.groupby(ratings["year"]).transform(
        lambda year: (year - year.mean()) / year.std()
    )
    table = ratings.assign(points=spread).pivot(
        index="employee_id", columns="year", values="points"
    )
    years = list(table.columns)

    following = [table[a].corr(table[b]) for a, b in pairwise(years)]

    assert 0.27 <= np.mean(following) <= 0.5


def test_women_are_a_little_more_than_half(serving: pd.DataFrame) -> None:
    assert 0.5 <= (serving["sex"] == "F").mean() <= 0.6


def test_functional_posts_are_most_and_structural_ones_few(serving: pd.DataFrame) -> None:
    shares = serving["post_kind"].value_counts(normalize=True)

    assert 0.5 <= shares["FUNGSIONAL"] <= 0.7
    assert 0.2 <= shares["PELAKSANA"] <= 0.4
    assert 0.06 <= shares["STRUKTURAL"] <= 0.14


def test_some_are_under_contract_in_grades_of_their_own(serving: pd.DataFrame) -> None:
    contract = serving["kind"] == "PPPK"

    assert 0.08 <= contract.mean() <= 0.3
    assert serving.loc[contract, "grade"].max() <= 11
    assert (serving.loc[contract, "post_kind"] != "STRUKTURAL").all()


def test_grades_and_schooling_are_those_of_the_statistics(serving: pd.DataFrame) -> None:
    ranks = pd.cut(serving["grade"], [0, 4, 8, 12, 17], labels=["I", "II", "III", "IV"])
    shares = ranks.value_counts(normalize=True)

    assert shares["I"] < 0.03
    assert 0.5 <= shares["III"] <= 0.75
    assert 0.1 <= shares["IV"] <= 0.3
    assert 0.55 <= (serving["education"] >= 40).mean() <= 0.8


def test_nobody_works_past_retirement_and_none_is_a_child(
    serving: pd.DataFrame, snapshot: Snapshot
) -> None:
    age = (pd.Timestamp(snapshot.as_of) - serving["born_on"]).dt.days / 365.25

    assert age.min() > 18
    assert age.max() < 61.5
    assert 0.2 <= (age > 51).mean() <= 0.42


def test_posts_of_several_kinds_are_vacant(snapshot: Snapshot) -> None:
    posts = snapshot.positions
    vacant = (posts["filled"] == 0) & (posts["needed"] > 0) & ~posts["is_closed"]
    kinds = set(posts["position_kind"][(posts["open"] > 0)])

    assert 0.03 <= vacant.mean() <= 0.12
    assert kinds == {"STRUKTURAL", "FUNGSIONAL", "PELAKSANA"}


def test_some_posts_have_too_many_people(snapshot: Snapshot) -> None:
    posts = snapshot.positions

    assert (posts["filled"] > posts["needed"]).any()


@pytest.mark.parametrize("employees", [200, 3000])
def test_a_region_keeps_its_size(employees: int) -> None:
    frames = simulate(SimulationConfig(employees=employees, years=2, seed=1)).frames
    held = frames["postings"].query("assignment == 'D' and started_on <= '2025-12-31'")
    held = held[held["ended_on"].isna() | (held["ended_on"] >= "2025-12-31")]

    assert len(held) == employees
