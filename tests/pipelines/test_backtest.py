"""The back-test: nothing from the future, and every prediction beside its baselines."""

from dataclasses import fields, replace
from inspect import signature

import numpy as np
import pytest

from features.outcomes import Decisions
from features.sets import LENIENCY
from models import training
from models.examples import Examples, Lessons
from models.fitting import LinearConfig
from models.training import Learned, learn
from pipelines import train
from pipelines.evaluation import figures
from pipelines.evaluation.backtest import QUESTIONS, WIDE, Question, Scored, backtest

PERFORMANCE, ACCEPTANCE = QUESTIONS
RATING, DISTANCE = WIDE.index("last_rating"), WIDE.index("distance_change_km")
ALLOWANCE = WIDE.index("allowance_change")


LIGHT = (LinearConfig(penalty=100.0),)


def quick(lessons: Lessons) -> Learned:
    """Learn as training does, by one light learner."""
    return learn(lessons, LIGHT, LIGHT)


def examples(question: Question, signal: float = 1.0, seed: int = 5, count: int = 600) -> Examples:
    """Return six years of decisions whose label follows rating or record, and distance.

    A rating holds the rater's leniency besides, which is known of it.
    """
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, len(WIDE)))
    known = RATING if question.name == "performance" else ALLOWANCE
    strength = signal * (3.0 * matrix[:, known] - 3.0 * matrix[:, DISTANCE])
    leniency = 3.0 * signal * matrix[:, WIDE.index(LENIENCY)]
    matrix[:, RATING] = 50 + 10 * matrix[:, RATING]
    matrix[rng.random(matrix.shape) < 0.05] = np.nan
    matrix[:, WIDE.index(LENIENCY)] = leniency
    matrix[:, WIDE.index("person_record_error")] = rng.uniform(2.0, 6.0, count)
    label = 50 + strength + leniency + rng.normal(size=count) * 5
    if question.name == "acceptance":
        label = (rng.random(count) < 1 / (1 + np.exp(-strength / 2))).astype(float)
        leniency = np.zeros(count)
    days = np.datetime64("2016-01-01") + np.sort(rng.integers(0, 6 * 365, count) // 30 * 30)
    ids = np.array([f"E{row % 97}" for row in range(count)], dtype=object)
    return Examples(WIDE, matrix, Decisions(ids, ids, days, label, days + 400, leniency))


def lessons_of(question: Question, given: Examples, stays: Examples | None = None) -> Lessons:
    """Return a past that teaches one thing."""
    nothing = given.where(np.arange(0))
    every = dict.fromkeys((field.name for field in fields(Lessons)), nothing)
    stayed = nothing if stays is None else stays
    return Lessons(**(every | {question.name: given, "stays": stayed}))


def scored(
    question: Question, given: Examples, years: int = 3, stays: Examples | None = None
) -> Scored:
    past = lessons_of(question, given, stays)
    return backtest(past, years, learner=quick, questions=(question,))[question.name]


def forged(given: Examples, start: np.datetime64) -> Examples:
    """Return examples of which every label that was known from a day on is another."""
    later = given.decisions.known_on >= start
    assert later[given.decisions.decided_on < start].any()
    label = given.label + np.where(later, 1000.0, 0.0)
    return replace(given, decisions=replace(given.decisions, label=label))


def test_what_became_known_later_changes_no_prediction() -> None:
    given, stays = examples(PERFORMANCE), examples(PERFORMANCE, seed=6)
    start = np.datetime64("2021-01-01")

    found = scored(PERFORMANCE, given, 1, stays)
    again = scored(PERFORMANCE, forged(given, start), 1, forged(stays, start))

    assert set(found.year) == {2021}
    for name, predicted in found.predictions.items():
        np.testing.assert_array_equal(predicted, again.predictions[name])
    assert found.low is not None
    assert again.low is not None
    np.testing.assert_array_equal(found.low, again.low)


def test_who_stayed_teaches_before_the_year_too() -> None:
    given, stays = examples(PERFORMANCE), examples(PERFORMANCE, seed=6)
    (fold,) = scored(PERFORMANCE, given, 1, stays).folds
    known = stays.decisions.known_on < np.datetime64("2021-01-01")

    assert fold.head.facts.stays == known.sum()


def test_the_base_rate_is_that_of_what_was_known_before_the_year() -> None:
    given = examples(ACCEPTANCE)
    found = scored(ACCEPTANCE, given, years=2)

    for fold in found.folds:
        known = given.decisions.known_on < np.datetime64(f"{fold.year}-01-01")
        stated = found.predictions["base_rate"][found.year == fold.year]
        assert fold.learned_from == known.sum()
        assert set(stated) == {given.label[known].mean()}


def test_who_never_was_rated_is_expected_to_be_average() -> None:
    found = scored(PERFORMANCE, examples(PERFORMANCE), years=1)
    last, unrated = found.predictions["last_rating"], ~found.was_rated

    assert unrated.any()
    np.testing.assert_allclose(last[unrated], found.predictions["base_rate"][unrated])


LESS = replace(ACCEPTANCE, baselines=("base_rate", "distance", "profile"))
"""The answer to an offer beside those who know less of it than the model."""


@pytest.mark.parametrize("question", [PERFORMANCE, LESS], ids=lambda one: str(one.name))
def test_a_model_that_knows_more_is_surely_better(question: Question) -> None:
    """Of a performance it knows who will rate it, which no baseline does."""
    task = figures.task(scored(question, examples(question, count=1200)), draws=200)
    compared = task.comparison
    main, better = next(iter(compared.measures.items()))
    difference = compared.differences[compared.rival][main].difference

    assert list(compared.predictors) == ["model", *question.baselines]
    assert compared.verdict == "better"
    assert compared.drawn_by == "day"
    assert not compared.is_thin
    assert difference.high is not None
    assert difference.low is not None
    assert difference.high < 0 if better == "low" else difference.low > 0
    assert (task.concordance["model"] or 0) > 0.65
    assert [year.year for year in task.years] == [2019, 2020, 2021]
    assert sum(year.count for year in task.years) == compared.count == sum(task.bins.count)


def test_plain_learners_on_all_features_are_beside_the_model_and_not_surely_better() -> None:
    compared = figures.task(scored(ACCEPTANCE, examples(ACCEPTANCE, count=1200))).comparison

    assert {"ridge", "lightgbm"} < set(compared.predictors)
    assert compared.verdict != "worse"


def test_of_pure_noise_nothing_is_claimed() -> None:
    task = figures.task(scored(PERFORMANCE, examples(PERFORMANCE, signal=0.0)), draws=200)

    assert task.comparison.verdict != "better"
    assert abs(task.comparison.predictors["model"]["pearson"].value or 0) < 0.2


def test_the_interval_of_nine_tenths_is_checked_against_what_came() -> None:
    task = figures.task(scored(PERFORMANCE, examples(PERFORMANCE)), draws=100)

    assert task.coverage is not None
    assert task.coverage.realised.value == pytest.approx(0.9, abs=0.06)
    assert task.coverage.unrated is not None
    assert 10 < task.coverage.width < 25


def test_few_days_are_drawn_by_person() -> None:
    given = examples(PERFORMANCE)
    few = given.decisions.decided_on.astype("datetime64[Y]").astype("datetime64[D]") + 180
    yearly = replace(given, decisions=replace(given.decisions, decided_on=few, known_on=few + 400))

    found = figures.task(scored(PERFORMANCE, yearly), draws=50).comparison

    assert found.drawn_by == "person"
    assert found.clusters == 97


def test_concordance_counts_pairs() -> None:
    rng = np.random.default_rng(3)
    label, told = rng.integers(0, 5, 60).astype(float), rng.integers(0, 4, 60).astype(float)
    pairs = [(i, j) for i in range(60) for j in range(60) if label[i] > label[j]]
    agreed = [1.0 if told[i] > told[j] else 0.5 if told[i] == told[j] else 0.0 for i, j in pairs]

    assert figures.concordance(label, told) == pytest.approx(np.mean(agreed))
    assert figures.concordance(label, np.ones(60)) == 0.5
    assert np.isnan(figures.concordance(np.ones(60), told))


def test_movers_of_a_day_are_ordered_and_random_order_is_beside() -> None:
    found = figures.movers(scored(PERFORMANCE, examples(PERFORMANCE, count=1500)), draws=200)

    assert found is not None
    ndcg = {name: one["ndcg"].value for name, one in found.comparison.predictors.items()}
    assert list(ndcg) == ["model", "random", "last_rating", "profile"]
    assert (ndcg["model"] or 0) > (ndcg["last_rating"] or 1) > (ndcg["random"] or 1)
    assert found.comparison.drawn_by == "day"


def test_days_with_few_movers_order_nobody() -> None:
    assert figures.movers(scored(PERFORMANCE, examples(PERFORMANCE, count=300)), draws=10) is None


def test_too_few_labels_test_nothing() -> None:
    few = {question.name: examples(question, count=40) for question in QUESTIONS}
    nothing = lessons_of(PERFORMANCE, few["performance"])

    assert backtest(replace(nothing, acceptance=few["acceptance"]), 5) == {}


def test_a_year_in_which_nothing_could_be_learned_is_not_tested() -> None:
    """There were answers enough, but all of one kind."""
    given = examples(ACCEPTANCE)
    early = given.decisions.known_on < np.datetime64("2020-01-01")
    label = np.where(early, 1.0, given.label)
    willing = replace(given, decisions=replace(given.decisions, label=label))

    assert set(scored(ACCEPTANCE, willing).year) == {2021}


def test_years_done_are_told() -> None:
    told: list[tuple[str, int, int]] = []
    past = lessons_of(ACCEPTANCE, examples(ACCEPTANCE))

    backtest(past, 2, lambda *done: told.append(done), quick)

    assert told == [("backtest", 1, 2), ("backtest", 2, 2)]


def test_the_back_test_learns_as_training_does() -> None:
    """By the very function that trains the model that serves, with its own configurations."""
    by_default = signature(backtest).parameters["learner"].default

    assert by_default is training.learn
    assert vars(train)["learn"] is training.learn
    assert signature(training.learn).parameters["ratings"].default is training.RATINGS
    assert signature(training.learn).parameters["offered"].default is training.ANSWERS
