"""How invented people perform and answer, by hand."""

import numpy as np
import pytest
from pydantic import ValidationError

from mutasi.simulation import SimulationConfig, appraisal, behavior
from mutasi.simulation.arrays import day_number
from mutasi.simulation.behavior import Pairs
from mutasi.vocabulary import Scheme
from tests.mutasi.simulation.two_posts import DAY, chance, facts, match, pair, world


def test_a_post_of_one_s_own_field_and_practice_fits_better() -> None:
    assert match(world(), 0) > match(world(), 1) + 0.3


def test_a_standard_above_the_competence_costs() -> None:
    higher = np.full((2, 10), 2.0)
    higher[0, :9] = 3.0

    assert match(world(), 0) - match(world(standard=higher), 0) == pytest.approx(0.3)


def test_a_long_way_to_work_costs_beyond_ten_kilometres() -> None:
    near, far = world(east=np.array([110.05, 110.1])), world(east=np.array([110.5, 110.1]))

    assert match(near, 0) == pytest.approx(match(world(), 0))
    assert match(near, 0) - match(far, 0) == pytest.approx(0.10 * (55.2 - 10) / 25, abs=0.01)


def test_at_no_fit_only_person_leader_and_newness_count() -> None:
    where = world(fit_strength=0.0, ability=np.array([0.7]), leadership=np.array([0.1, 0.0]))

    new = behavior.signal(where, facts(), pair(0), DAY)

    assert new[0] == pytest.approx(0.7 + 0.1 - behavior.ADJUSTMENT)


def test_who_rises_in_place_need_not_adjust() -> None:
    where = world(fit_strength=0.0)
    eased = Pairs(np.array([0]), np.array([0]), np.array([DAY]), np.array([True]))

    assert behavior.signal(where, facts(), eased, DAY)[0] == 0.0


@pytest.mark.parametrize(
    ("changes", "post"),
    [
        pytest.param({"north": np.array([-7.0, -7.3])}, 1, id="further away"),
        pytest.param({"ties": np.array([True])}, 1, id="a family that holds"),
        pytest.param({"stubborn": np.array([1.0])}, 1, id="stubborn"),
        pytest.param({"remote": np.array([False, True])}, 1, id="remote"),
        pytest.param({"level": np.array([2, 1])}, 1, id="a step down"),
        pytest.param({"allowance": np.array([8, 6])}, 1, id="less pay"),
        pytest.param({"born": np.array([day_number(1967)])}, 1, id="near retirement"),
    ],
)
def test_people_are_less_ready_to_go(changes: dict[str, object], post: int) -> None:
    assert chance(world(**changes), post) < chance(world(), post)


def test_readiness_is_settled_so_that_the_usual_share_accepts() -> None:
    who, post = np.zeros(50, dtype=np.int64), np.tile([0, 1], 25)

    ready = behavior.usual_willingness(world(), facts(), who, post)
    share = behavior.motives(world(willingness=ready), facts(), who, post).probability().mean()

    assert share == pytest.approx(behavior.ACCEPTED, abs=0.001)


def test_a_chance_match_is_a_pair_s_own_and_standard_normal() -> None:
    who, post = np.divmod(np.arange(40_000), 200)

    drawn = behavior.hashed(5, who, post)

    assert abs(drawn.mean()) < 0.02
    assert drawn.std() == pytest.approx(1.0, abs=0.02)
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.02
    np.testing.assert_array_equal(drawn[10:12], behavior.hashed(5, who[10:12], post[10:12]))


@pytest.mark.parametrize("year", [2021, 2022])
def test_what_is_expected_is_the_mean_of_what_is_written_down(year: int) -> None:
    rng = np.random.default_rng(0)
    spread = np.sqrt(appraisal.HABITUAL**2 + appraisal.PASSING**2 + appraisal.CHANCE**2)
    for signal in (-1.0, 0.0, 1.2):
        rating = signal + rng.normal(0, spread, 200_000)
        if appraisal.scheme(year) is Scheme.NUMERIC:
            written = appraisal.number(rating)
        else:
            written = appraisal.value(*appraisal.aspects(rating, rng.normal(0, 1, (200_000, 2))))
        expected = appraisal.expected(np.array([signal]), year)[0]

        assert expected == pytest.approx(written.mean(), abs=0.06)


def test_better_work_is_never_expected_to_be_rated_worse() -> None:
    for year in (2020, 2024):
        curve = appraisal.expected(np.linspace(-3, 3, 50), year)
        assert (np.diff(curve) > 0).all()


@pytest.mark.parametrize(
    "wrong", [{"employees": 10}, {"years": 0}, {"fit_strength": -1}, {"colour": "red"}]
)
def test_a_region_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SimulationConfig.model_validate(wrong)
