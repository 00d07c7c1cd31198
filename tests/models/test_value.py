"""What following recommendations is worth: promised, cross-fitted, without a match."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from features.outcomes import Decisions
from models.artifact import Head, Trial
from models.candidates import Candidates
from models.examples import NAMES, Examples, Lessons
from models.fitting import LinearConfig
from models.hidden import Control
from models.learner import Floats
from models.past import past_of
from models.policies import POLICIES, plan, top
from models.training import learn_performance
from models.value import (
    LEAST_EFFECTIVE,
    NULLS,
    Value,
    Valuer,
    made_as,
    propensities,
)
from models.weighting import learn_choices
from tests.models.conftest import NOBODY_KNOWS, lessons, nothing_of

OF_PERSON, OF_MATCH = "person_record", "gap_service"
NOISE = ("grade_margin", "staffing_change", "years_in_title", "years_in_unit", "levels_up")
"""Features that say nothing here, and whose effect may go either way."""

ONE_WAY = tuple(f"gap_{name}" for name in ("integrity", "results", "change", "cohesion"))
"""Features that say nothing here either, but may only speak for a move."""

READ = (OF_PERSON, OF_MATCH, *NOISE)


def features(
    count: int, rng: np.random.Generator, names: tuple[str, ...] = (*READ, *ONE_WAY)
) -> Floats:
    """Return rows of which only some features are on record."""
    matrix = np.full((count, len(NAMES)), np.nan)
    for name in names:
        matrix[:, NAMES.index(name)] = rng.normal(size=count)
    for name in ("usual_leniency", "person_record_error", "is_same_post"):
        matrix[:, NAMES.index(name)] = 0.0
    return matrix


def worth(matrix: Floats, match: float) -> Floats:
    """Return the true performance: of the person, and of the match."""
    columns = {name: matrix[:, NAMES.index(name)] for name in (OF_PERSON, OF_MATCH)}
    return np.asarray(50 + 3 * columns[OF_PERSON] + match * columns[OF_MATCH])


def past(
    match: float, count: int = 400, seed: int = 0, names: tuple[str, ...] = READ
) -> tuple[Lessons, Head]:
    """Return rated moves and stays in a world where the match matters so much, and a head."""
    rng = np.random.default_rng(seed)
    parts = []
    for size in (count, count):
        matrix = features(size, rng, names)
        label = worth(matrix, match) + 6 * rng.normal(size=size)
        days = np.datetime64("2015-01-01") + np.sort(rng.integers(0, 1500, size))
        ids = np.array([f"E{row % 150}" for row in range(size)], dtype=object)
        known = Decisions(ids, ids, days, label, days + 300, np.zeros(size))
        parts.append(Examples(NAMES, matrix, known))
    moves, stays = parts
    none = nothing_of(moves)
    config = (LinearConfig(penalty=1.0),)
    head = learn_performance(moves, stays, NOBODY_KNOWS, configs=config)
    return Lessons(moves, stays, none, none, none), head


def candidates(vacancies: int = 60, each: int = 40, seed: int = 1) -> Candidates:
    """Return people who could move to vacancies; the first of each was named."""
    rng = np.random.default_rng(seed)
    count = vacancies * each
    moving = features(count, rng)
    staying = features(count, rng)
    staying[:, NAMES.index(OF_PERSON)] = moving[:, NAMES.index(OF_PERSON)]
    return Candidates(
        names=NAMES,
        vacancy=np.repeat(np.arange(vacancies), each),
        employee_id=np.array([f"C{row % 90}" for row in range(count)], dtype=object),
        position_id=np.array([f"P{row}" for row in range(vacancies)], dtype=object),
        decided_on=np.full(vacancies, np.datetime64("2020-01-01")),
        moving=moving,
        staying=staying,
        was_named=np.arange(count) % each == 0,
    )


def true_gain(found: Candidates, match: float) -> Floats:
    """Return what each move would really change."""
    return worth(found.moving, match) - worth(found.staying, match)


def valued(match: float, policy: str = "top", count: int = 400, seed: int = 0) -> Value:
    return Valuer(*past(match, count, seed)).values(candidates())[policy]


class TestPolicies:
    def test_the_top_takes_the_best_of_each_vacancy(self) -> None:
        found = candidates(vacancies=5, each=6)
        gain = np.random.default_rng(0).normal(size=30)
        taken = top(found, gain)

        assert found.vacancy[taken].tolist() == [0, 1, 2, 3, 4]
        np.testing.assert_array_equal(gain[taken], gain.reshape(5, 6).max(axis=1))

    def test_a_plan_has_the_largest_sum_of_all_one_to_one_plans(self) -> None:
        rng = np.random.default_rng(0)
        found = replace(
            candidates(vacancies=3, each=4),
            employee_id=np.array([f"C{row % 4}" for row in range(12)], dtype=object),
        )
        gain = rng.normal(size=12)
        best = max(
            sum(gain.reshape(3, 4)[post, who] for post, who in enumerate(order))
            for order in permutations(range(4), 3)
        )

        assert gain[plan(found, gain)].sum() == pytest.approx(best)

    def test_a_plan_moves_nobody_twice_and_fills_no_vacancy_twice(self) -> None:
        found = candidates()
        taken = plan(found, true_gain(found, 3.0))

        assert len(taken) == 60
        assert len(set(found.employee_id[taken])) == len(set(found.vacancy[taken])) == 60

    def test_a_plan_leaves_vacancies_open_for_want_of_people(self) -> None:
        found = replace(
            candidates(vacancies=5, each=2),
            employee_id=np.array(["C0", "C1"] * 5, dtype=object),
        )

        assert len(plan(found, np.ones(10))) == 2


@pytest.mark.parametrize("policy", POLICIES)
def test_what_the_match_brings_is_told_from_nothing(policy: str) -> None:
    found = valued(3.0, policy)

    assert found.policy == policy
    assert found.moves == 60
    assert found.is_told_from_null
    assert found.cross_fitted.low > max(found.null_cross_fitted)


@pytest.mark.parametrize("policy", POLICIES)
def test_where_the_match_brings_nothing_nothing_is_claimed(policy: str) -> None:
    """By chance it is in one world of twenty."""
    told = [valued(0.0, policy, seed=seed).is_told_from_null for seed in range(10)]

    assert np.mean(told) <= 0.2


def on_average(match: float, names: tuple[str, ...]) -> tuple[float, float, float]:
    """Return what is promised of small pasts, the cross-fitted gain, and what comes of it."""
    found = []
    for seed in range(16):
        past_lessons, head = past(match, 100, seed, names)
        asked = candidates(seed=seed + 50)
        value = Valuer(past_lessons, head).values(asked, nulls=1)["top"]
        columns = [NAMES.index(name) for name in head.facts.columns]
        then, now = (head.learner.raw(each[:, columns]) for each in (asked.moving, asked.staying))
        came = true_gain(asked, match)[top(asked, then - now)].mean()
        found.append((value.promised, value.cross_fitted.value, came))
    promised, fitted, came = np.mean(found, axis=0)
    return float(promised), float(fitted), float(came)


@pytest.mark.parametrize("match", [0.0, 0.5, 1.5])
def test_a_promise_is_more_than_what_comes_of_it_and_the_cross_fitted_gain_is_not(
    match: float,
) -> None:
    """Of few moves, where the match brings little: whoever chooses, overrates."""
    promised, fitted, came = on_average(match, READ)

    assert promised > came + 1.0
    assert fitted < came + 0.3
    assert fitted > came / 2 - 0.6, "half of the people choose less well than all"


def test_nor_is_it_more_where_effects_may_go_one_way_only() -> None:
    _, fitted, came = on_average(0.0, (OF_PERSON, OF_MATCH, *ONE_WAY))

    assert fitted < came + 0.3


def test_the_interval_holds_what_comes_of_it_where_few_moves_teach() -> None:
    """Over vacancies and people alone it would hold it in few worlds."""
    held, narrow = [], []
    for seed in range(12):
        past_lessons, head = past(0.0, 100, seed)
        asked = candidates(seed=seed + 50)
        found = Valuer(past_lessons, head).values(asked, nulls=1)["plan"].cross_fitted
        held.append(found.low < 0.0 < found.high)
        narrow.append(found.high - found.low < 1.0)

    assert np.mean(held) >= 0.8
    assert not any(narrow)


def test_a_gain_must_exceed_every_one_of_nineteen_without_a_match() -> None:
    """Chance alone puts it above all nineteen one time in twenty; above fewer, more often."""
    found = replace(
        valued(0.0, count=100), null_cross_fitted=tuple(np.linspace(0.0, 1.0, NULLS).tolist())
    )
    just = replace(found, cross_fitted=replace(found.cross_fitted, value=1.01))
    second = replace(found, cross_fitted=replace(found.cross_fitted, value=0.99))
    few = replace(just, null_cross_fitted=(0.0,) * (NULLS - 1))
    many = replace(second, null_cross_fitted=(*([0.0] * 38), 1.0))

    assert (just.bound, just.is_told_from_null) == (1.0, True)
    assert not second.is_told_from_null
    assert (few.bound, few.is_told_from_null) == (np.inf, False)
    assert (many.bound, many.is_told_from_null) == (0.0, True)


def test_the_null_promises_too_where_nothing_is_to_be_had() -> None:
    found = valued(0.0, count=100)

    assert len(found.null) == len(found.null_cross_fitted) == NULLS
    assert list(found.null) == sorted(found.null)
    assert np.median(found.null) > 0.3 * found.promised
    assert np.median(found.null) > np.median(found.null_cross_fitted)


def test_the_gain_of_those_whom_the_past_named_is_beside() -> None:
    past_lessons, head = past(3.0)
    found = candidates()
    named = true_gain(found, 3.0)[found.was_named].mean()
    valuer = Valuer(past_lessons, head)
    nobody = replace(found, was_named=np.zeros(len(found), bool))

    assert valuer.values(found, nulls=1)["top"].past == pytest.approx(named, abs=1.0)
    assert valuer.values(nobody, nulls=1)["top"].past is None


def test_the_same_seed_gives_the_same_value() -> None:
    one, two = (Valuer(*past(1.0), seed=3).values(candidates(), nulls=2)["top"] for _ in range(2))
    other = Valuer(*past(1.0), seed=4).values(candidates(), nulls=2)["top"]

    assert one == two
    assert other.cross_fitted != one.cross_fitted
    assert other.promised == one.promised


def test_no_person_is_in_both_halves() -> None:
    past_lessons, head = past(1.0)
    valuer = Valuer(past_lessons, head)
    ids = np.concatenate(
        [part.decisions.employee_id for part in (past_lessons.performance, past_lessons.stays)]
    )
    one, other = (set(ids[half.rows]) for half in valuer._halves)

    assert not one & other
    assert abs(len(one) - len(other)) <= 1


class TestDoublyRobust:
    """By what came of those whom the past named."""

    def named_at_random(self, count: int = 4000) -> tuple[Candidates, Floats, Floats]:
        found = candidates(vacancies=count, each=12, seed=9)
        rng = np.random.default_rng(2)
        named = np.zeros(len(found), dtype=bool)
        named[np.arange(count) * 12 + rng.integers(0, 12, count)] = True
        outcome = np.where(
            named, worth(found.moving, 3.0) + 6 * rng.normal(size=len(found)), np.nan
        )
        return replace(found, was_named=named), np.full(len(found), 1 / 12), outcome

    def test_it_is_what_taking_any_of_the_first_ten_really_brings(self) -> None:
        found, propensity, outcome = self.named_at_random()
        gain, effective = Valuer(*past(3.0)).doubly_robust(found, propensity, outcome)
        order = np.argsort(-true_gain(found, 3.0).reshape(-1, 12), axis=1)[:, :10]
        truth = np.take_along_axis(true_gain(found, 3.0).reshape(-1, 12), order, axis=1).mean()

        assert gain is not None
        assert effective > LEAST_EFFECTIVE
        assert gain.low - 0.3 < truth < gain.high + 0.3

    def test_it_corrects_a_model_that_is_wrong_of_where_one_goes(self) -> None:
        """All ratings after a move are five lower than the model expects: so is the gain."""
        found, propensity, outcome = self.named_at_random()
        valuer = Valuer(*past(3.0))
        as_is, lower = (
            valuer.doubly_robust(found, propensity, each)[0] for each in (outcome, outcome - 5.0)
        )

        assert as_is is not None
        assert lower is not None
        assert as_is.value - lower.value == pytest.approx(5.0, abs=0.4)

    def test_few_vacancies_tell_nothing(self) -> None:
        found, propensity, outcome = self.named_at_random(100)
        gain, effective = Valuer(*past(3.0)).doubly_robust(found, propensity, outcome)

        assert gain is None
        assert 0 < effective < LEAST_EFFECTIVE


def uncertain(part: Examples) -> Floats:
    """Return the features of people of whom the record leaves something open."""
    matrix = part.matrix.copy()
    matrix[:, NAMES.index("person_record_error")] = 3.0
    return matrix


def test_what_became_of_the_named_is_their_rating_without_leniency_and_hidden_quality() -> None:
    found = candidates(vacancies=3, each=2)
    made, head = past(1.0)
    decisions = replace(
        made.performance.decisions,
        employee_id=np.array([*found.employee_id[[0, 3]], *["E0"] * 398], dtype=object),
        position_id=np.array(["P0", "P1", *["P9"] * 398], dtype=object),
        label=np.full(400, 60.0),
        leniency=np.full(400, 4.0),
    )
    moves, stays = (
        replace(part, matrix=uncertain(part)) for part in (made.performance, made.stays)
    )
    moves = replace(moves, decisions=decisions)
    told = Valuer(replace(made, performance=moves, stays=stays), head).outcomes(found)
    known = past_of(moves, stays=stays)
    hidden = Control(known, np.ones(len(known.label), dtype=bool)).quality(known.label)

    assert hidden[0] != 0.0
    assert told[0] == pytest.approx(56.0 - hidden[0])
    assert np.isnan(told[1:]).all(), "the second was rated there and had not been named"


def test_propensities_are_shares_of_the_odds_in_each_vacancy() -> None:
    proposal = learn_choices(lessons()).proposal
    assert proposal is not None
    found = replace(
        candidates(vacancies=4, each=5),
        moving=np.random.default_rng(0).normal(size=(20, len(NAMES))),
    )
    chance = propensities(found, proposal)
    raw = proposal.raw(found.columns(found.moving, proposal.columns))

    np.testing.assert_allclose(chance.reshape(4, 5).sum(axis=1), 1.0)
    np.testing.assert_allclose(np.log(chance[1] / chance[0]), raw[1] - raw[0])


def test_a_corrected_head_is_made_again_as_it_was() -> None:
    past_lessons, head = past(3.0)
    config = {"linear": head.facts.config, "trees": {"trees": 20, "leaves": 4}}
    corrected = Head(head.learner, head.facts.model_copy(update={"config": config}))

    value = Valuer(past_lessons, corrected).values(candidates(), nulls=1)["top"]

    assert value.cross_fitted.value > 0


@pytest.mark.parametrize("is_kept", [True, False])
def test_other_regions_teach_who_values_only_if_they_taught_who_chose(is_kept: bool) -> None:
    _, head = past(3.0)
    tried = Trial(part="regions", without=1.0, with_it=1.0, error=0.1, is_kept=is_kept)
    of_several = Head(head.learner, head.facts.model_copy(update={"trials": (tried,)}))
    recipe = made_as(of_several)

    assert recipe.learns_elsewhere == is_kept
    assert recipe.names == head.facts.columns
    assert recipe.config == LinearConfig(penalty=1.0)


def test_no_half_hears_what_the_other_tells_of_hidden_quality() -> None:
    made, head = past(1.0)
    parts = [replace(part, matrix=uncertain(part)) for part in (made.performance, made.stays)]
    for part in parts:
        part.matrix[::3, NAMES.index("person_record_error")] = 1.0
    made = replace(made, performance=parts[0], stays=parts[1])
    valuer = Valuer(made, head)
    known = past_of(made.performance, stays=made.stays)

    for half in valuer._halves:
        away = replace(known, label=known.label + np.where(half.rows, 0.0, 30.0) * known.is_stay)
        same, other = half.known(known).label, half.known(away).label
        assert np.array_equal(same[half.rows], other[half.rows])
        assert not np.array_equal(same[half.rows], known.label[half.rows])
