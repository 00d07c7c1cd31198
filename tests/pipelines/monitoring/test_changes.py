"""What has changed is found, by name; what has not raises no alarm."""

from dataclasses import replace

import numpy as np
import pytest

from models.artifact import Artifact
from models.examples import Examples, Lessons, past_lessons
from models.reference import recent
from mutasi.snapshot import Snapshot
from pipelines.monitoring import drift, outcomes, verdict
from pipelines.monitoring.gathering import Gathered
from pipelines.monitoring.schema import Change, FeatureShift, Reason, Report, Retrain
from tests.pipelines.monitoring.conftest import (
    LEARNED,
    undated,
    with_column,
    with_first,
    with_label,
)


def reasons(model: Artifact, found: Gathered, known: Snapshot) -> dict[str, Reason]:
    """Return the reasons to train anew, but for there being more to learn from."""
    told = verdict.reasons(
        model,
        found,
        shifts=drift.shifts(model, found, known),
        rates=drift.rates(model, found, has_outcomes=True),
        chances=outcomes.chances(model, found),
        ratings=outcomes.ratings(model, found, known),
        courses=outcomes.courses(model, found, known, has_outcomes=True),
    )
    return {reason.code: reason for reason in told if reason.code != "fresh"}


@pytest.fixture(scope="session")
def lessons(known: Snapshot) -> Lessons:
    """What the champion learned from."""
    return past_lessons(known.rewound(LEARNED))


@pytest.fixture(scope="session")
def quiet(champion: Artifact, found: Gathered, lessons: Lessons) -> Gathered:
    """A period whose decisions and outcomes are drawn like those of training."""
    return drawn_like_training(champion, found, lessons, seed=0)


def drawn_like_training(model: Artifact, found: Gathered, lessons: Lessons, seed: int) -> Gathered:
    """Return a period of the same size: features of training, outcomes as predicted."""
    random = np.random.default_rng(seed)
    performance, acceptance = model.performance, model.acceptance
    assert performance is not None
    assert acceptance is not None

    def drawn(of: Examples, source: Examples) -> Examples:
        own = source.where(recent(source.decisions.decided_on))
        rows = random.integers(0, len(own), len(of))
        matrix = own.columns(of.names)[rows]
        return replace(of, matrix=matrix, decisions=undated(of.decisions))

    def rated(moves: Examples) -> Examples:
        said = performance.net(moves.columns(performance.columns))
        lenient = moves.columns(("usual_leniency",))[:, 0]
        noise = random.normal(size=len(moves)) * np.sqrt(performance.facts.loss)
        told = replace(moves.decisions, label=said + lenient + noise, leniency=lenient)
        return replace(moves, decisions=told)

    answers = drawn(found.answers, lessons.acceptance)
    chance = acceptance.chance(answers.columns(acceptance.columns))
    answers = with_label(answers, (random.random(len(answers)) < chance).astype(float))
    period = replace(
        found,
        offers=drawn(found.offers, lessons.acceptance),
        moves=drawn(found.moves, lessons.performance),
        answers=answers,
        stays=rated(found.stays),
    )
    return with_first(period, rated(drawn(found.moved["first"].moves, lessons.performance)))


@pytest.mark.slow
def test_periods_drawn_like_training_hardly_ever_ask_for_training_anew(
    champion: Artifact, found: Gathered, lessons: Lessons, known: Snapshot
) -> None:
    asked = 0
    for seed in range(12):
        period = drawn_like_training(champion, found, lessons, seed)
        asked += bool(reasons(champion, period, known))

    assert asked <= 1  # of 60, none did


def shift_of(period: Gathered, model: Artifact, known: Snapshot, name: str) -> FeatureShift:
    """Return what is said of one feature of the offers."""
    acceptance = next(
        each for each in drift.shifts(model, period, known) if each.head == "acceptance"
    )
    return next(each for each in acceptance.features if each.feature == name)


def test_a_shifted_feature_is_named(champion: Artifact, quiet: Gathered, known: Snapshot) -> None:
    def longest_half(years: np.ndarray) -> np.ndarray:
        longest = years[years >= np.median(years)]
        return np.random.default_rng(1).choice(longest, len(years))

    offers = with_column(quiet.offers, "service_years", longest_half)

    told = reasons(champion, replace(quiet, offers=offers), known)

    assert set(told) == {"feature_large"}
    assert told["feature_large"].urgency is Retrain.SOON
    assert told["feature_large"].facts["feature"] == "service_years"
    assert told["feature_large"].facts["concept"] == "service_length"
    assert told["feature_large"].value > told["feature_large"].bound


def test_a_broken_unit_is_named_and_is_urgent(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    offers = with_column(quiet.offers, "distance_then_km", lambda km: 1000.0 * km)  # metres

    told = reasons(champion, replace(quiet, offers=offers), known)["feature_foreign"]

    assert told.urgency is Retrain.NOW
    assert told.facts["feature"] == "distance_then_km"
    assert told.value > 0.5


def test_a_feature_that_is_no_longer_recorded_is_named(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    gone = np.arange(len(quiet.offers)) % 2 == 0
    offers = with_column(quiet.offers, "service_years", lambda years: np.where(gone, np.nan, years))

    found = shift_of(replace(quiet, offers=offers), champion, known, "service_years")

    assert found.change is Change.MISSING
    assert found.missing.value == pytest.approx(0.5, abs=0.01)
    assert found.missing_then == 0


def test_a_small_period_does_not_cry_wolf(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    few = quiet.offers.where(np.arange(15))
    ordinary = shift_of(replace(quiet, offers=few), champion, known, "service_years")
    broken = with_column(few, "distance_then_km", lambda km: 1000.0 * km)
    clear = shift_of(replace(quiet, offers=broken), champion, known, "distance_then_km")

    assert (ordinary.index.value or 0) > 0.25  # which a full period would be told of
    assert ordinary.change is Change.NONE
    assert clear.change is Change.FOREIGN


def test_a_changed_rate_of_acceptance_is_named(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    refused = np.arange(len(quiet.answers)) % 5 == 0
    answers = with_label(quiet.answers, np.where(refused, 0.0, quiet.answers.label))

    told = reasons(champion, replace(quiet, answers=answers), known)

    assert {"rate_accepted", "chance_gap"} <= set(told)
    assert told["rate_accepted"].value < float(told["rate_accepted"].facts["then"])
    assert told["chance_gap"].urgency is Retrain.NOW


def test_a_changed_mean_rating_is_named(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    moves = quiet.moved["first"].moves
    told = reasons(champion, with_first(quiet, with_label(moves, moves.label - 5.0)), known)

    assert {"rate_rating", "rating_gap_moves", "course_performance_below"} <= set(told)
    assert told["rating_gap_moves"].urgency is Retrain.NOW
    assert "rating_gap_stays" not in told


def test_a_miscalibrated_model_is_named_though_its_mean_is_right(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    assert champion.acceptance is not None
    chance = champion.acceptance.chance(quiet.answers.columns(champion.acceptance.columns))
    label = np.ones(len(chance))
    label[np.argsort(chance)[-round((1 - chance).sum()) :]] = 0.0  # those thought surest refuse
    answers = with_label(quiet.answers, label)

    told = reasons(champion, replace(quiet, answers=answers), known)

    assert "chance_error" in told
    assert "chance_gap" not in told
    assert "rate_accepted" not in told


def test_intervals_that_no_longer_hold_are_named(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    moves = quiet.moved["first"].moves
    assert champion.performance is not None
    said = champion.performance.raw(moves.columns(champion.performance.columns))
    wide = with_label(moves, said + 2.2 * (moves.label - said))

    told = reasons(champion, with_first(quiet, wide), known)

    assert {"coverage_moves", "error_moves"} <= set(told)
    assert told["coverage_moves"].value < 0.8
    assert "coverage_stays" not in told


def test_a_course_tells_since_when_offers_are_refused_more_often(
    champion: Artifact, found: Gathered, lessons: Lessons, known: Snapshot
) -> None:
    began = []
    for seed in range(12):
        period = drawn_like_training(champion, found, lessons, seed)
        own = period.answers
        later = own.decisions.decided_on >= np.datetime64("2025-06-01")
        refused = later & (np.arange(len(own)) % 3 > 0)
        answers = with_label(own, np.where(refused, 0.0, own.label))
        changed = replace(period, answers=answers)
        courses = outcomes.courses(champion, changed, known, has_outcomes=True)
        course = next(each for each in courses if each.head == "acceptance")
        began.append(course.began_on)

        assert course.began_on is not None
        assert course.left_on is not None
        assert not course.is_above
        assert course.began_on <= course.left_on
        assert "2025-06" <= course.left_on < "2025-12"

    assert "2025-04" < sorted(map(str, began))[len(began) // 2] < "2025-09"


def test_enough_new_outcomes_make_training_anew_worth_it(report: Report) -> None:
    fresh = [reason for reason in report.reasons if reason.code == "fresh"]

    assert fresh
    for reason in fresh:
        assert reason.value == pytest.approx(
            float(reason.facts["count"]) / float(reason.facts["learned"])
        )
        assert reason.value >= reason.bound


def test_a_model_without_a_picture_of_its_training_is_to_be_trained_anew(
    champion: Artifact, found: Gathered, known: Snapshot
) -> None:
    heads = {
        name: type(head)(head.learner, head.facts.model_copy(update={"reference": None}))
        for name, head in champion.heads.items()
    }
    old = Artifact(champion.manifest, heads)

    assert "no_reference" in reasons(old, found, known)
    assert drift.shifts(old, found, known) == ()


def test_features_of_a_concept_give_one_reason(
    champion: Artifact, quiet: Gathered, known: Snapshot
) -> None:
    offers = quiet.offers
    for name in ("distance_then_km", "distance_now_km", "distance_change_km"):
        if name in offers.names:
            offers = with_column(offers, name, lambda km: 1000.0 * km)
    shifts = drift.shifts(champion, replace(quiet, offers=offers), known)

    told = verdict.reasons(
        champion, quiet, shifts=shifts, rates=(), chances=None, ratings=(), courses=()
    )

    assert [reason.code for reason in told].count("feature_foreign") == 1
