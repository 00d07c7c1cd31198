"""What is kept of training: plain numbers, none of which is somebody's own."""

import numpy as np
import pytest

from features.outcomes import Decisions
from models.artifact import Head, HeadFacts
from models.examples import Examples
from models.fitting import LinearConfig, fit
from models.heads import referenced
from models.learner import Task
from models.reference import (
    LEAST_CELL,
    Reference,
    edges_of,
    features_of,
    pace_years,
    place,
    recent,
    yearly,
)

START = np.datetime64("2018-01-01")


def days(count: int, years: float = 6.0) -> np.ndarray:
    return START + np.linspace(0, years * 365, count).astype(int)


def test_cells_of_few_are_merged_with_the_smaller_neighbour(rng: np.random.Generator) -> None:
    for count in (12, 35, 99, 1000):
        values = rng.normal(size=count)
        cell = place(values, edges_of(values))
        sizes = np.bincount(cell)
        assert sizes.min() >= min(LEAST_CELL, count)
    assert len(edges_of(rng.normal(size=1000))) == 9


def test_bounds_have_four_digits(rng: np.random.Generator) -> None:
    edges = edges_of(rng.normal(size=500) * 1234.56789)

    assert all(float(f"{edge:.4g}") == edge for edge in edges)


@pytest.mark.parametrize("values", [np.full(50, np.nan), np.full(50, 3.0)])
def test_a_feature_that_says_nothing_has_one_cell(values: np.ndarray) -> None:
    assert edges_of(values) == ()


def test_a_handful_of_missing_values_is_not_told() -> None:
    few, many = np.arange(200.0), np.arange(200.0)
    few[:9], many[:10] = np.nan, np.nan
    found = features_of({"few": few, "many": many}, days(200), {})

    assert found["few"].missing == 0
    assert sum(found["few"].shares) == pytest.approx(1)
    assert found["many"].missing == pytest.approx(0.05)


def test_a_steady_feature_has_no_pace_and_a_growing_one_has(rng: np.random.Generator) -> None:
    on = days(600, 3.0)
    steady, growing = rng.normal(size=600), rng.normal(size=600) + np.linspace(0, 3, 600)
    found = features_of({"steady": steady, "growing": growing}, on, {})

    assert found["steady"].pace == 0
    assert found["growing"].pace > 0.25


def test_a_pace_is_expected_to_go_on_but_not_for_ever() -> None:
    on = days(600, 3.0)
    random = np.random.default_rng(1)
    features = features_of({"x": random.normal(size=600) + np.linspace(0, 1.2, 600)}, on, {})
    spread = {"mean": 0.0, "deviation": 1.0, "count": 600}
    reference = Reference.model_validate(
        {
            "since": str(on[0]),
            "until": str(on[-1]),
            "middle": str(on[300]),
            "pace_years": pace_years(on),
            "count": 600,
            "features": features,
            **dict.fromkeys(("predicted", "label"), spread),
        }
    )
    near, far, farther = (
        reference.expected("x", on[300] + np.timedelta64(years * 365, "D")) for years in (1, 3, 30)
    )

    assert 0 < near < far < farther
    assert farther == pytest.approx(9 * features["x"].pace)  # three times the span, squared
    assert reference.expected("x", on[0]) == 0


def test_only_the_latest_years_are_kept_where_they_hold_enough() -> None:
    assert recent(days(600)).sum() == pytest.approx(300, abs=2)
    assert recent(days(150)).all()


def test_decisions_a_year_are_counted_back_from_the_last() -> None:
    found = yearly(np.concatenate([days(10, 0.1), days(360, 5.9) + 60]))

    assert found.mean == pytest.approx(61, abs=2)
    assert found.count == 6


def test_a_head_tells_what_its_examples_looked_like() -> None:
    random = np.random.default_rng(2)
    matrix = random.normal(size=(400, 2))
    label = 50 + matrix[:, 0]
    on = days(400)
    ids = np.arange(400).astype(str).astype(object)
    examples = Examples(
        ("moves_count", "training_hours"),
        matrix,
        Decisions(ids, ids, on, label, on + 300, np.zeros(400)),
    )
    facts = HeadFacts.model_validate(
        {
            "kind": "linear",
            "columns": examples.names,
            "low": (-1.0, -9.0),
            "high": (1.0, 9.0),
            "config": {},
            "loss": 1.0,
            "base_loss": 1.0,
            "examples": 400,
        }
    )
    head = Head(fit(matrix, label, Task.REGRESSION, LinearConfig(penalty=1.0)), facts)
    sighted = examples.where(np.arange(400))
    sighted.decisions.label[:] = np.arange(400) % 4 > 0

    reference = referenced(head, examples, sighted).facts.reference

    assert reference is not None
    assert reference.told == (300, 400)
    assert reference.a_year is not None
    alone = referenced(head, examples).facts.reference
    assert alone is not None
    assert alone.told is None
    outside = reference.features["moves_count"].outside
    assert outside == pytest.approx(0.32, abs=0.06)
    assert reference.features["training_hours"].outside == 0
    assert (
        HeadFacts.model_validate_json(
            facts.model_copy(update={"reference": reference}).model_dump_json()
        ).reference
        == reference
    )
