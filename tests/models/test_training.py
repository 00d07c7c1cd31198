"""From examples to heads: thin data, corrections, intervals."""

from datetime import date

import numpy as np
import pytest

from models import training
from models.examples import past_examples
from models.learner import log_odds, probability
from models.training import (
    absent_concepts,
    correction,
    half_width,
    learn_acceptance,
    learn_performance,
    teaching_answers,
)
from mutasi.errors import TooFewTransfers
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.models.conftest import QUICK, examples
from tests.records import snapshot


@pytest.mark.parametrize("count", [0, 5, 49])
def test_too_few_moves_are_refused_with_the_number_needed(count: int) -> None:
    with pytest.raises(TooFewTransfers) as refused:
        learn_performance(examples("performance").where(np.arange(count)), QUICK)

    assert refused.value.params == {"head": "performance", "found": count, "needed": 50}


def test_answers_of_one_kind_are_refused() -> None:
    made = examples("acceptance")

    with pytest.raises(TooFewTransfers):
        learn_acceptance(made.where(made.label == 1), QUICK)


def test_a_feature_without_any_value_is_not_learned_from() -> None:
    made = examples("performance")
    made.matrix[:, 0] = np.nan
    head = learn_performance(made, QUICK)

    assert made.names[0] not in head.columns
    assert len(head.columns) == len(made.names) - 1


def test_a_concept_without_any_value_is_told() -> None:
    made = examples("performance")
    kept = [made.names.index(name) for name in ("distance_now_km", "last_rating")]
    made.matrix[:, [column for column in range(len(made.names)) if column not in kept]] = np.nan

    absent = absent_concepts(made)

    assert "competence_fit" in absent
    assert "distance" not in absent


def test_the_interval_holds_nine_in_ten_of_new_labels() -> None:
    rng = np.random.default_rng(0)
    width = half_width(np.zeros(500), rng.normal(size=500))

    assert np.mean(np.abs(rng.normal(size=100_000)) < width) == pytest.approx(0.9, abs=0.03)


def test_few_errors_give_the_widest_interval() -> None:
    assert half_width(np.zeros(3), np.array([1.0, -4.0, 2.0])) == 4.0


def test_few_labels_leave_chances_as_they_are() -> None:
    assert correction(np.zeros(999), np.ones(999)) == (0.0, 1.0)


def test_overconfident_chances_are_corrected() -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(size=20_000)
    label = (rng.random(20_000) < probability(0.5 * raw + 0.3)).astype(float)

    shift, slope = correction(raw, label)

    assert shift == pytest.approx(0.3, abs=0.05)
    assert slope == pytest.approx(0.5, abs=0.05)
    assert log_odds(np.array([0.5]))[0] == 0.0


def test_the_same_examples_give_the_same_head() -> None:
    one, two = (learn_acceptance(examples("acceptance"), QUICK) for _ in range(2))

    assert one.facts == two.facts


def test_examples_of_a_region_carry_who_when_and_what_came_of_it(region: Snapshot) -> None:
    past = past_examples(region)
    offers, moves = past["acceptance"], past["performance"]

    assert offers.decisions.employee_id.tolist() == ["A", "B"]
    assert offers.label.tolist() == [1.0, 0.0]
    assert moves.label.tolist() == [60.0]
    np.testing.assert_allclose(offers.columns(("service_years",))[:, 0], [0.91, 1.91], atol=0.01)
    assert len(offers.known_before(np.datetime64(date(2016, 1, 1)))) == 1


def test_inferred_answers_help_out_only_where_too_few_are_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = records()
    stay = {"offer_id": "P", "employee_id": "B", "position_id": "nurse", "answer": "accepted"}
    days = {"offered_on": date(2018, 6, 1), "answered_on": date(2020, 6, 1)}
    rows["offers"].append(stay | days | {"evidence": "proxy_stay"})
    region = snapshot(DAY, **rows)

    few, inferred = teaching_answers(region)
    monkeypatch.setattr(training, "LEAST_OFFERS", 2)
    monkeypatch.setattr(training, "LEAST_OF_EACH", 1)
    enough, none = teaching_answers(region)

    assert (len(few), inferred, len(enough), none) == (3, 1, 2, 0)
