"""Crossed effects: against the same thing solved whole, and on data whose parts are known."""

import numpy as np
import pytest

from features._feature import Array, Floats
from features._pooling import Products, crossed, grouped, products

WHO = np.array([0, 0, 1, 1, 2, 2, 3, -1])
WHERE = np.array([0, 1, 0, 1, 1, 2, 2, 0])
VALUE = np.array([8.0, 2.0, -3.0, -6.0, 4.0, 1.0, -5.0, 9.0])
VARIANCE = {"who": 9.0, "where": 4.0}
NOISE = 6.0


def design(code: Array) -> Floats:
    """Return one column per group: 1 where a value belongs to it."""
    return np.array(code[:, None] == np.arange(code.max() + 1), dtype=float)


def solved_whole() -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return effects and their errors by Henderson's equations, inverted as one matrix."""
    inputs = np.hstack([design(WHO), design(WHERE)])
    penalty = np.repeat(
        [NOISE / VARIANCE["who"], NOISE / VARIANCE["where"]],
        [WHO.max() + 1, WHERE.max() + 1],
    )
    inverse = np.linalg.inv(inputs.T @ inputs + np.diag(penalty))
    found = inverse @ inputs.T @ VALUE
    error = np.sqrt(NOISE * np.diag(inverse))
    first = WHO.max() + 1
    return (
        {"who": found[:first], "where": found[first:]},
        {"who": error[:first], "where": error[first:]},
    )


def test_effects_are_the_best_linear_unbiased_predictions() -> None:
    found = crossed(VALUE, {"who": WHO, "where": WHERE}, VARIANCE, NOISE)
    expected, _ = solved_whole()

    for kind, effect in expected.items():
        np.testing.assert_allclose(found.effect[kind][:-1], effect, atol=0.01)


def test_errors_leave_out_only_what_kinds_share() -> None:
    """So they are never larger than the whole solution's, and half of it at least here."""
    found = crossed(VALUE, {"who": WHO, "where": WHERE}, VARIANCE, NOISE)
    _, expected = solved_whole()

    for kind, error in expected.items():
        assert (found.error[kind][:-1] <= error + 1e-9).all()
        assert (found.error[kind][:-1] > 0.5 * error).all()


def test_errors_of_one_kind_alone_are_exact() -> None:
    found = crossed(VALUE[:-1], {"who": WHO[:-1]}, {"who": 9.0}, NOISE)
    counts = np.bincount(WHO[:-1])

    np.testing.assert_allclose(found.error["who"][:-1], np.sqrt(1 / (1 / 9.0 + counts / NOISE)))
    assert found.noise == pytest.approx(np.sqrt(NOISE))


def test_of_an_unknown_group_nothing_is_known() -> None:
    found = crossed(VALUE, {"who": WHO, "where": WHERE}, VARIANCE, NOISE)

    assert found.effect["who"][-1] == found.effect["where"][-1] == 0.0
    assert found.error["who"][-1] == pytest.approx(3.0)
    assert found.error["where"][-1] == pytest.approx(2.0)


def test_a_kind_without_variance_has_no_effects() -> None:
    found = crossed(VALUE, {"who": WHO, "where": WHERE}, VARIANCE | {"where": 0.0}, NOISE)

    np.testing.assert_allclose(found.effect["where"], 0.0, atol=1e-6)
    np.testing.assert_allclose(found.error["where"], 0.0, atol=1e-3)


def test_small_groups_lean_on_the_whole_and_large_ones_speak_for_themselves() -> None:
    code = np.repeat([0, 1], [1, 100])
    found = crossed(np.full(101, 10.0), {"who": code}, {"who": 9.0}, 9.0)

    np.testing.assert_allclose(found.effect["who"], [5.0, 1000 / 101, 0.0])


def test_nothing_rated_has_no_effects() -> None:
    nothing = np.array([], dtype=np.int64)
    found = crossed(nothing.astype(float), {"who": nothing}, {"who": 9.0}, 9.0)

    assert found.effect["who"].tolist() == [0.0]
    assert found.error["who"].tolist() == [3.0]


def test_the_values_themselves_stay_as_they_are() -> None:
    value = VALUE.copy()
    crossed(value, {"who": WHO}, {"who": 9.0}, NOISE)

    np.testing.assert_array_equal(value, VALUE)


def test_products_are_those_of_all_two_values_that_share_every_code() -> None:
    pairs = [
        (VALUE[i] * VALUE[j])
        for i in range(len(VALUE))
        for j in range(len(VALUE))
        if i != j and WHO[i] == WHO[j] >= 0
    ]
    both = products(VALUE, WHO, WHERE)

    found = products(VALUE, WHO)
    assert found.total == pytest.approx(sum(pairs))
    assert found.count == len(pairs)
    assert (both.total, both.count, both.mean) == (0.0, 0.0, 0.0)


def test_products_are_taken_from_each_other_and_put_together() -> None:
    one, other = Products(6.0, 3.0), Products(2.0, 1.0)

    assert one - other == Products(4.0, 2.0)
    assert one + other == Products(8.0, 4.0)
    assert (one - other).mean == 2.0


def test_combinations_have_codes_without_gaps() -> None:
    first, second = np.array([5, 5, -1, 9, 5]), np.array([2, 0, 2, 2, 2])

    assert grouped(first, second).tolist() == [0, 1, -1, 2, 0]
    assert grouped(first).tolist() == [0, 0, -1, 1, 0]
    assert grouped(np.array([], dtype=np.int64)).tolist() == []


def test_many_codes_do_not_run_into_each_other() -> None:
    rng = np.random.default_rng(5)
    codes = [rng.integers(0, 3_000_000, 4000) for _ in range(4)]
    again = [np.append(code, code) for code in codes]

    found = grouped(*again)
    assert found.max() == 3999
    np.testing.assert_array_equal(found[:4000], found[4000:])
