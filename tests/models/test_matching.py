"""Matching: a known effect is recovered, and its interval holds it."""

import numpy as np
import pytest

from models.matching import NEIGHBOURS, difference, nearest

EFFECT = 2.0


def world(seed: int, movers: int = 120, stayers: int = 1500) -> tuple[np.ndarray, ...]:
    """Return movers who were the better ones before, and what their move really did."""
    random = np.random.default_rng(seed)
    pool = np.column_stack([random.normal(50, 4, stayers), random.uniform(1, 3, stayers)])
    points = np.column_stack([random.normal(54, 4, movers), random.uniform(1, 3, movers)])
    rest = EFFECT + random.normal(0, 8, movers)
    pool_rest = random.normal(0, 8, stayers)
    return points, pool, rest, pool_rest


def test_the_effect_lies_within_its_interval_as_often_as_stated() -> None:
    held = 0
    for seed in range(100):
        points, pool, rest, pool_rest = world(seed)
        rows = nearest(points, pool, np.zeros(len(points), int), np.zeros(len(pool), int))
        people = np.arange(len(points)).astype(str), np.arange(1000, 1000 + len(pool)).astype(str)
        found = difference(rest, people[0], pool_rest, people[1], rows, draws=200)
        held += found.low <= EFFECT <= found.high

    assert held >= 88  # stated is 95 of 100


def test_neighbours_are_the_nearest_of_the_same_stratum() -> None:
    pool = np.array([[0.0], [1.0], [2.0], [0.1]])
    rows = nearest(np.array([[0.2], [0.2]]), pool, np.array([1, 2]), np.array([1, 1, 1, 2]), 2)

    assert rows.tolist() == [[0, 1], [-1, -1]]


def test_coordinates_count_in_standard_deviations() -> None:
    pool = np.array([[0.0, 0.0], [1000.0, 0.1], [0.0, 9.0], [1000.0, 9.0]])

    assert nearest(np.array([[990.0, 0.0]]), pool, np.zeros(1, int), np.zeros(4, int), 1) == [[1]]


def test_a_coordinate_that_does_not_vary_says_nothing() -> None:
    pool = np.column_stack([np.arange(6.0), np.full(6, 3.0)])
    rows = nearest(np.array([[2.1, 99.0]]), pool, np.zeros(1, int), np.zeros(6, int), 1)

    assert rows.tolist() == [[2]]


def test_without_stayers_nobody_has_neighbours() -> None:
    rows = nearest(np.ones((3, 2)), np.empty((0, 2)), np.zeros(3, int), np.empty(0, int))

    assert rows.shape == (3, NEIGHBOURS)
    assert (rows == -1).all()


def test_people_are_drawn_with_all_that_is_theirs() -> None:
    points, pool, rest, pool_rest = world(3)
    rows = nearest(points, pool, np.zeros(len(points), int), np.zeros(len(pool), int))
    whose = np.arange(len(pool)).astype(str)
    once = difference(rest, np.arange(120).astype(str), pool_rest, whose, rows, draws=300)
    tenfold = difference(
        np.repeat(rest, 10),
        np.repeat(np.arange(120), 10).astype(str),
        pool_rest,
        whose,
        np.repeat(rows, 10, axis=0),
        draws=300,
    )

    assert tenfold.value == pytest.approx(once.value)
    assert tenfold.high - tenfold.low == pytest.approx(once.high - once.low, rel=0.2)
