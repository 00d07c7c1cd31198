"""Ranking metrics against scikit-learn, against all orders within ties, and at their ends."""

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st
from sklearn.metrics import ndcg_score

from models.ranking_metrics import hit_at, mrr, ndcg_at

Floats = npt.NDArray[np.float64]


@st.composite
def ranked(draw: st.DrawFn, most: int = 12) -> tuple[Floats, Floats]:
    """Graded relevance and scores with ties, of one question."""
    size = draw(st.integers(2, most))
    rows = st.lists(st.integers(0, 3), min_size=size, max_size=size)
    return np.array(draw(rows), float), np.array(draw(rows), float)


@given(data=ranked(), k=st.integers(1, 15))
def test_ndcg_is_that_of_scikit_learn(data: tuple[Floats, Floats], k: int) -> None:
    relevance, score = data
    found = ndcg_at(relevance, score, np.zeros(len(score)), k)

    if relevance.any():
        assert found[0] == pytest.approx(ndcg_score([relevance], [score], k=k))
    else:
        assert np.isnan(found[0])


@given(data=ranked(most=6), k=st.integers(1, 6))
def test_ties_count_as_the_mean_over_their_orders(data: tuple[Floats, Floats], k: int) -> None:
    relevance, score = data
    groups = np.zeros(len(score))
    hits, reciprocals = [], []
    for order in permutations(range(len(score))):
        ordered = [relevance[row] > 0 for row in sorted(order, key=lambda row: -score[row])]
        hits.append(any(ordered[:k]))
        reciprocals.append(1 / (ordered.index(True) + 1) if any(ordered) else 0.0)

    if relevance.any():
        assert hit_at(relevance, score, groups, k)[0] == pytest.approx(np.mean(hits))
        assert mrr(relevance, score, groups)[0] == pytest.approx(np.mean(reciprocals))
    else:
        assert np.isnan(hit_at(relevance, score, groups, k)[0])
        assert np.isnan(mrr(relevance, score, groups)[0])


@given(lists=st.lists(ranked(), min_size=1, max_size=5), seed=st.integers(0, 50))
def test_many_questions_at_once_are_each_question_alone(
    lists: list[tuple[Floats, Floats]], seed: int
) -> None:
    relevance = np.concatenate([one[0] for one in lists])
    score = np.concatenate([one[1] for one in lists])
    groups = np.repeat(10 * np.arange(len(lists)), [len(one[0]) for one in lists])
    mixed = np.random.default_rng(seed).permutation(len(score))

    together = (
        ndcg_at(relevance[mixed], score[mixed], groups[mixed], 3),
        hit_at(relevance[mixed], score[mixed], groups[mixed], 3),
        mrr(relevance[mixed], score[mixed], groups[mixed]),
    )

    for place, (gain, given_score) in enumerate(lists):
        alone = np.zeros(len(gain))
        expected = (
            ndcg_at(gain, given_score, alone, 3)[0],
            hit_at(gain, given_score, alone, 3)[0],
            mrr(gain, given_score, alone)[0],
        )
        found = tuple(figures[place] for figures in together)
        assert found == pytest.approx(expected, nan_ok=True)


def test_the_best_order_has_one_and_no_order_has_the_mean() -> None:
    relevance, groups = np.array([3.0, 1.0, 0.0, 0.0]), np.zeros(4)

    assert ndcg_at(relevance, relevance, groups).tolist() == [1.0]
    assert hit_at(relevance > 1, np.zeros(4), groups, 1).tolist() == pytest.approx([0.25])
    assert mrr(relevance > 1, np.zeros(4), groups)[0] == pytest.approx(
        np.mean([1, 1 / 2, 1 / 3, 1 / 4])
    )


def test_a_long_tie_does_not_overflow() -> None:
    size, relevant = 20_000, 40
    relevance = (np.arange(size) < relevant).astype(float)
    groups = np.zeros(size)
    place = np.arange(1, size - relevant + 2)
    misses = np.cumprod(1 - relevant / (size - place + 1))
    first_here = np.append(1.0, misses[:-1]) - misses

    assert hit_at(relevance, groups, groups, 10)[0] == pytest.approx(1 - misses[9])
    assert mrr(relevance, groups, groups)[0] == pytest.approx((first_here / place).sum())


def test_no_rows_are_no_questions() -> None:
    assert ndcg_at([], [], []).size == 0
    assert hit_at([], [], [], 1).size == 0
    assert mrr([], [], []).size == 0


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ndcg_at([-1, 1], [0, 1], [0, 0])
    with pytest.raises(ValueError, match="3 groups for 2 rows"):
        ndcg_at([0, 1], [0, 1], [0, 0, 1])
