"""The truth answers for any pair, agrees with what happened, and stays out of the records."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.points import points
from mutasi.errors import EmployeeNotFound, PositionNotFound
from mutasi.simulation import Region, SimulationConfig, Truth, appraisal, simulate
from mutasi.snapshot import Snapshot
from tests.mutasi.simulation.conftest import surprises

ON = date(2024, 6, 3)


def serving(region: Region, day: date) -> tuple[list[str], list[str]]:
    """Return those in service on a day, and the posts they hold."""
    people = Snapshot.of(day, region.frames).employees
    held = people["position"] >= 0
    posts = region.frames["positions"]["position_id"].to_numpy(object)
    return people["employee_id"][held].tolist(), posts[people["position"][held]].tolist()


def test_moves_turn_out_as_expected_on_average(region: Region) -> None:
    error, expected = surprises(region)

    assert len(error) > 150
    assert abs(error.mean()) < 3 * error.std() / np.sqrt(len(error))
    assert 0.35 < np.corrcoef(expected, expected + error)[0, 1] < 0.75


def test_offers_are_accepted_as_often_as_expected(region: Region) -> None:
    offers = region.frames["offers"]
    offers = offers[offers["answer"].isin(["accepted", "refused"])]
    chance = np.concatenate(
        [
            region.truth.acceptance(
                same["employee_id"].tolist(),
                same["position_id"].tolist(),
                same["offered_on"].iloc[0].date(),
            )
            for _, same in offers.groupby("offered_on")
        ]
    )
    accepted = (offers.sort_values("offered_on", kind="stable")["answer"] == "accepted").to_numpy()

    spread = np.sqrt((chance * (1 - chance)).sum()) / len(chance)
    assert abs(accepted.mean() - chance.mean()) < 3 * spread
    assert chance[accepted].mean() > chance[~accepted].mean() + 0.1


def test_staff_where_they_are_do_usual_work(region: Region) -> None:
    points_of = region.truth.performance(*serving(region, date(2024, 12, 30)), date(2024, 12, 31))

    assert np.isfinite(points_of).all()
    assert abs(points_of.mean() - 50) < 2


def test_any_pair_can_be_asked_on_any_simulated_day(
    region: Region, config: SimulationConfig
) -> None:
    for day in (date(config.first_year, 1, 10), ON, date(2026, 3, 31)):
        people, _ = serving(region, day)
        posts = region.frames["positions"]["position_id"].sample(
            len(people), replace=True, random_state=1
        )

        performance = region.truth.performance(people, posts.tolist(), day)
        chance = region.truth.acceptance(people, posts.tolist(), day)

        assert ((performance > 0) & (performance < 100)).all()
        assert ((chance > 0) & (chance < 1)).all()


def test_pair_effects_are_modest_beside_the_person(region: Region) -> None:
    people, _ = serving(region, ON)
    posts = region.frames["positions"]["position_id"].to_numpy(object)
    grid = np.array(
        [region.truth.performance([one] * 60, posts[::6][:60].tolist(), ON) for one in people[::10]]
    )
    person = grid.mean(axis=1)
    pair = grid - person[:, None] - grid.mean(axis=0) + grid.mean()

    assert pair.std() < 0.6 * person.std()
    assert pair.std() > 0.5


@pytest.fixture(scope="module")
def fitless() -> Region:
    return simulate(SimulationConfig(employees=400, years=2, seed=4, fit_strength=0))


def test_without_fit_posts_of_a_unit_are_all_alike(fitless: Region) -> None:
    people, held = serving(fitless, ON)
    strangers = [one for one, post in zip(people, held, strict=True) if "DISDIK" not in post]
    units = fitless.frames["positions"]
    posts = units[units["unit_id"] == "DISDIK"]["position_id"].tolist()

    first, *others = (
        fitless.truth.performance(strangers, [post] * len(strangers), ON) for post in posts
    )

    assert len(others) > 3
    for other in others:
        np.testing.assert_allclose(other, first)


def test_with_fit_posts_of_a_unit_differ(region: Region) -> None:
    people, _ = serving(region, ON)
    head, clerk = (
        region.truth.performance(people, [post] * len(people), ON)
        for post in ("DISDIK.KEPALA", "DISDIK.PTK")
    )

    assert np.std(head - clerk) > 0.5


def test_moving_costs_something_at_first(fitless: Region) -> None:
    people, held = serving(fitless, ON)
    unit = fitless.truth.world.leadership
    stay = fitless.truth.performance(people, held, ON)
    away = fitless.truth.performance(people, np.roll(held, 40).tolist(), ON)

    assert unit.std() < 0.2
    assert stay.mean() > away.mean() + 0.5


def test_a_truth_that_is_saved_and_loaded_answers_the_same(region: Region, tmp_path: Path) -> None:
    people, held = serving(region, ON)
    region.truth.save(tmp_path)
    loaded = Truth.load(tmp_path)
    posts = np.roll(held, 5).tolist()

    for answer in ("performance", "acceptance"):
        np.testing.assert_array_equal(
            getattr(loaded, answer)(people, posts, ON),
            getattr(region.truth, answer)(people, posts, ON),
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["truth.json", "truth.npz"]


def test_who_holds_no_post_has_no_answer(region: Region) -> None:
    gone = region.frames["standings"].query("standing == '99' and since < '2024-01-01'")
    post = region.frames["positions"]["position_id"].iloc[0]

    assert np.isnan(region.truth.performance([gone["employee_id"].iloc[0]], [post], ON)).all()
    assert np.isnan(region.truth.acceptance([gone["employee_id"].iloc[0]], [post], ON)).all()


def test_strangers_and_days_outside_are_refused(region: Region) -> None:
    people, held = serving(region, ON)

    with pytest.raises(EmployeeNotFound):
        region.truth.performance(["1"], held[:1], ON)
    with pytest.raises(PositionNotFound):
        region.truth.acceptance(people[:1], ["?"], ON)
    with pytest.raises(ValueError, match="not simulated"):
        region.truth.acceptance(people[:1], held[:1], date(2010, 1, 1))


def test_the_records_hold_no_trait_of_the_truth(region: Region) -> None:
    ability = pd.Series(region.truth.world.ability, index=region.truth.employees)
    for frame in region.frames.values():
        if "employee_id" not in frame:
            continue
        numbers = frame.select_dtypes("number")
        for name in numbers.columns:
            known = numbers[name].astype(float)
            same = known.notna() & (known.groupby(frame["employee_id"]).transform("nunique") >= 1)
            if same.sum() > 100 and known[same].std() > 0:
                traits = ability.loc[frame.loc[same, "employee_id"]].to_numpy()
                assert abs(np.corrcoef(known[same], traits)[0, 1]) < 0.75, name


def test_confounding_sends_the_able_to_new_posts() -> None:
    def advantage(confounding: float) -> float:
        config = SimulationConfig(employees=1200, years=4, seed=8, confounding=confounding)
        region = simulate(config)
        ability = pd.Series(region.truth.world.ability, index=region.truth.employees)
        return float(ability.loc[region.frames["offers"]["employee_id"]].mean())

    assert advantage(2.0) > advantage(0.0) + 0.08


def test_the_truth_speaks_the_scale_of_the_labels(region: Region) -> None:
    ratings = region.frames["appraisals"].query("scheme == 'skp_2022'")

    ours = appraisal.value(
        ratings["results"].to_numpy(np.int64), ratings["behaviour"].to_numpy(np.int64)
    )

    np.testing.assert_allclose(ours, points(ratings))
