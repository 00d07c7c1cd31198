"""What is told of examples: counts, hashes and gaps."""

from dataclasses import fields, replace

import numpy as np
import pytest

from features.outcomes import Decisions
from models.datasets import datasets, hash_of
from models.examples import NAMES, Examples, Lessons

COUNT = 40


def lessons(names: tuple[str, ...] = NAMES) -> Lessons:
    """Return invented examples of every kind; further columns hold zeros."""
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(COUNT, len(NAMES)))
    matrix = np.hstack([matrix, np.zeros((COUNT, len(names) - len(NAMES)))])
    ids = np.array([f"E{row}" for row in range(COUNT)], dtype=object)
    days = np.datetime64("2020-01-01") + np.arange(COUNT)
    label = rng.normal(50, 10, COUNT)
    examples = Examples(names, matrix, Decisions(ids, ids, days, label, days + 30, np.zeros(COUNT)))
    return Lessons(**{each.name: examples for each in fields(Lessons)})


def test_the_same_examples_have_the_same_hash() -> None:
    one, other = datasets(lessons()), datasets(lessons())

    assert one == other
    assert one["performance"].count == COUNT
    assert hash_of(one) == hash_of(other)


def test_columns_that_no_model_reads_change_nothing() -> None:
    assert datasets(lessons((*NAMES, "further"))) == datasets(lessons())


def test_what_differs_from_machine_to_machine_changes_nothing() -> None:
    made = lessons()
    noise = made.performance.matrix * (1.0 + 1e-12)
    other = replace(made, performance=replace(made.performance, matrix=noise))

    assert datasets(other) == datasets(made)


@pytest.mark.parametrize("part", ["employee_id", "position_id", "decided_on", "known_on", "label"])
def test_the_hash_follows_every_decision(part: str) -> None:
    made = lessons()
    values = getattr(made.performance.decisions, part).copy()
    values[7] = {"label": 51.0}.get(part, values[8])
    decisions = replace(made.performance.decisions, **{part: values})
    other = replace(made, performance=replace(made.performance, decisions=decisions))

    changed = datasets(other)

    assert changed["performance"].hash != datasets(made)["performance"].hash
    assert changed["stays"] == datasets(made)["stays"]
    assert hash_of(changed) != hash_of(datasets(made))


def test_a_value_that_is_missing_is_not_zero() -> None:
    made = lessons()
    zero, absent = made.performance.matrix.copy(), made.performance.matrix.copy()
    zero[0, 0], absent[0, 0] = 0.0, np.nan

    hashes = {
        datasets(replace(made, performance=replace(made.performance, matrix=matrix)))[
            "performance"
        ].hash
        for matrix in (zero, absent)
    }

    assert len(hashes) == 2


def test_gaps_are_told_by_concept() -> None:
    made = lessons()
    matrix = made.performance.matrix.copy()
    matrix[:10, NAMES.index("usual_leniency")] = np.nan
    missing = datasets(replace(made, performance=replace(made.performance, matrix=matrix)))

    assert missing["performance"].missing["leniency"] == 0.25
    assert missing["performance"].missing["training"] == 0.0
    assert missing["stays"].missing["leniency"] == 0.0


def test_no_examples_have_no_gaps() -> None:
    none = lessons().performance.where(np.zeros(0, dtype=np.int64))

    found = datasets(replace(lessons(), performance=none))["performance"]

    assert found.count == 0
    assert set(found.missing.values()) == {0.0}
