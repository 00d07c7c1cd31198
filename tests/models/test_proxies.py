"""Features that stand in for a protected attribute: a leak is found, noise is not."""

from typing import Any

import numpy as np

from models.learner import Floats
from models.proxies import LEAST_PEOPLE, Proxy, proxy

NAMES = ("noise", "leak", "other")
PEOPLE, ROWS = 300, 4


def rows(seed: int = 4) -> tuple[Floats, Floats, Any]:
    """Return features of noise, the sex of each row's person, and the person."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(PEOPLE), ROWS)
    sex = rng.integers(0, 2, PEOPLE).astype(float)[person]
    matrix = rng.normal(size=(len(person), len(NAMES)))
    matrix[rng.random(matrix.shape) < 0.05] = np.nan
    return matrix, sex, np.array([f"E{one}" for one in person], dtype=object)


def asked(matrix: Floats, sex: Floats, person: Any) -> Proxy:
    found = proxy(NAMES, matrix, sex, person, draws=100)
    assert found is not None
    return found


def test_a_feature_that_leaks_sex_is_found_and_named() -> None:
    matrix, sex, person = rows()
    matrix[:, 1] = sex + np.random.default_rng(1).normal(0, 0.5, len(sex))

    found = asked(matrix, sex, person)

    assert found.people == PEOPLE
    assert found.holders == len(np.unique(person[sex == 1]))
    assert next(iter(found.strongest)) == "leak"
    assert all(auc.low > 0.8 for auc in found.auc.values())


def test_noise_tells_nothing() -> None:
    found = asked(*rows())

    assert all(auc.low < 0.5 < auc.high for auc in found.auc.values())


def test_two_features_that_tell_only_together_are_found_by_trees() -> None:
    matrix, sex, person = rows()
    rng = np.random.default_rng(6)
    matrix[:, 0] = rng.choice([-1.0, 1.0], len(sex))
    matrix[:, 1] = matrix[:, 0] * np.where(sex == 1, 1.0, -1.0)

    found = asked(matrix, sex, person)

    assert found.auc["boosted"].low > 0.9
    assert found.auc["linear"].low < 0.6


def test_nobody_is_known_again_by_what_only_they_have() -> None:
    matrix, sex, person = rows()
    mark = np.random.default_rng(7).normal(size=PEOPLE)
    matrix[:] = np.repeat(mark, ROWS)[:, None]  # one person, one value, on all rows

    found = asked(matrix, sex, person)

    assert all(auc.low < 0.5 < auc.high for auc in found.auc.values())


def test_of_few_holders_nothing_is_asked() -> None:
    matrix, _, person = rows()
    few = np.isin(person, np.unique(person)[: LEAST_PEOPLE - 1]).astype(float)

    assert proxy(NAMES, matrix, few, person, draws=10) is None
    assert proxy(NAMES, matrix, 1.0 - few, person, draws=10) is None
