"""How good ranked lists are, one figure per list.

Rows belong to groups (one group per question, as the candidates of one vacancy).
Nothing depends on the order of rows: where scores are equal, a figure is its
expectation over random orders within the tie (McSherry & Najork 2008, "Computing
information retrieval performance measures efficiently in the presence of tied
scores").  The mean over groups is the figure usually reported;
``models.intervals.interval(numpy.mean, values)`` says how sure it is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.metrics import Floats, Ints, vectors


def ndcg_at(
    relevance: npt.ArrayLike, score: npt.ArrayLike, groups: npt.ArrayLike, k: int | None = 10
) -> Floats:
    """Return NDCG@k of every group: Σ_{rank ≤ k} gain / log₂(rank + 1), over the best possible.

    Järvelin & Kekäläinen 2002, with linear gains.

    Args:
        relevance: Gain of each row, ≥ 0.
        score: What ranks; the highest comes first.
        groups: The question that each row belongs to.
        k: How far down the list one looks; None is to its end.

    Returns:
        One value per group, in ascending order of the groups; NaN where nothing
        is relevant.

    Raises:
        ValueError: If a relevance is negative.

    >>> ndcg_at([1, 0, 0, 1], [3, 2, 1, 2], [7, 7, 8, 8]).tolist()
    [1.0, 1.0]
    """
    ranked = _Ranked.of(relevance, score, groups)
    discounts = np.where(ranked.within(k), 1 / np.log2(ranked.place + 2.0), 0.0)
    block = ranked.block
    size = np.bincount(block)
    mean_discount = np.bincount(block, weights=discounts) / size
    found = np.bincount(ranked.group, weights=ranked.relevance * mean_discount[block])
    ideal = _Ranked.of(relevance, relevance, groups)
    best = np.bincount(
        ideal.group,
        weights=np.where(ideal.within(k), ideal.relevance / np.log2(ideal.place + 2.0), 0.0),
    )
    shares: Floats = np.divide(found, best, out=np.full(best.shape, np.nan), where=best > 0)
    return shares


def mean_at(values: npt.ArrayLike, score: npt.ArrayLike, groups: npt.ArrayLike, k: int) -> Floats:
    """Return for every group the mean value of its first k rows, or of all if fewer.

    Arguments and order as in :func:`ndcg_at`; ``values`` may be anything, as the
    utility of each candidate.

    >>> mean_at([5, 1, -3], [2, 2, 1], [0, 0, 0], k=1).tolist()
    [3.0]
    """
    (value,) = vectors(values)
    ranked = _Ranked.of(np.arange(value.size), score, groups)
    value = value[ranked.relevance.astype(np.int64)]
    kept = ranked.within(k)
    block_mean = np.bincount(ranked.block, weights=value) / np.bincount(ranked.block)
    total = np.bincount(ranked.group[kept], weights=block_mean[ranked.block[kept]])
    means: Floats = total / np.bincount(ranked.group[kept])
    return means


def within_first(score: npt.ArrayLike, groups: npt.ArrayLike, k: int) -> Floats:
    """Return for every row the chance that it is among the first k of its group.

    1 or 0 without ties; order as in :func:`ndcg_at`.

    >>> within_first([5, 4, 4, 9], [0, 0, 0, 1], k=2).tolist()
    [1.0, 0.5, 0.5, 1.0]
    """
    (scores,) = vectors(score)
    ranked = _Ranked.of(np.arange(scores.size), scores, groups)
    chance = np.bincount(ranked.block, weights=ranked.within(k)) / np.bincount(ranked.block)
    found = np.empty(scores.size)
    found[ranked.relevance.astype(np.int64)] = chance[ranked.block]
    return found


def hit_at(relevance: npt.ArrayLike, score: npt.ArrayLike, groups: npt.ArrayLike, k: int) -> Floats:
    """Return for every group the chance that a relevant row is among the first k.

    1 or 0 without ties; arguments and order as in :func:`ndcg_at`, a row is
    relevant if its relevance is above 0.

    >>> hit_at([0, 1, 1, 0], [5, 4, 4, 4], [7, 7, 8, 8], k=1).tolist()
    [0.0, 0.5]
    """
    ranked = _Ranked.of(relevance, score, groups)
    is_relevant = ranked.relevance > 0
    size = np.bincount(ranked.block)
    relevant = np.bincount(ranked.block, weights=is_relevant).astype(np.int64)
    first = np.flatnonzero(ranked.opens)
    slots = np.clip(k - ranked.place[first], 0, size)
    # P(none of the slots is relevant) = C(size − relevant, slots) / C(size, slots)
    free = size - relevant
    log_factorial = _log_factorials(int(size.max(initial=0)))
    possible = slots <= free
    rest = np.where(possible, free - slots, 0)
    log_none = (
        log_factorial[free]
        - log_factorial[rest]
        + log_factorial[size - slots]
        - log_factorial[size]
    )
    none = np.where(possible, np.exp(np.minimum(log_none, 0.0)), 0.0)
    misses = np.ones(ranked.count)
    np.multiply.at(misses, ranked.group[first], none)
    return np.where(ranked.any_relevant(), 1.0 - misses, np.nan)


def mrr(relevance: npt.ArrayLike, score: npt.ArrayLike, groups: npt.ArrayLike) -> Floats:
    """Return for every group the expected 1 / rank of the first relevant row.

    Their mean is the mean reciprocal rank; arguments and order as in
    :func:`hit_at`.

    >>> mrr([0, 1, 1, 0], [5, 4, 4, 4], [7, 7, 8, 8]).tolist()
    [0.5, 0.75]
    """
    ranked = _Ranked.of(relevance, score, groups)
    size = np.bincount(ranked.block)
    relevant = np.bincount(ranked.block, weights=ranked.relevance > 0).astype(np.int64)
    first = np.flatnonzero(ranked.opens)
    n, m = size[ranked.block], relevant[ranked.block]
    offset = ranked.place - ranked.place[first][ranked.block]
    # P(first relevant at offset t) = C(n − t − 1, m − 1) / C(n, m)
    possible = (m > 0) & (n - offset >= m)
    log_factorial = _log_factorials(int(size.max(initial=0)))
    left = np.where(possible, n - offset - 1, 0)
    log_chance = (
        log_factorial[left]
        - log_factorial[np.where(possible, m - 1, 0)]
        - log_factorial[np.where(possible, left - m + 1, 0)]
        - log_factorial[n]
        + log_factorial[m]
        + log_factorial[n - m]
    )
    opening = np.full(ranked.count, ranked.group.size, dtype=np.int64)
    with_relevant = relevant > 0
    np.minimum.at(opening, ranked.group[first][with_relevant], ranked.block[first][with_relevant])
    counts = possible & (ranked.block == opening[ranked.group])
    chance = np.where(counts, np.exp(log_chance), 0.0)
    values = np.bincount(ranked.group, weights=chance / (ranked.place + 1.0))
    return np.where(ranked.any_relevant(), values, np.nan)


@dataclass(frozen=True, eq=False)
class _Ranked:
    """Rows sorted by group, then by falling score.

    ``group`` counts from 0; ``place`` is the rank from 0 within the group;
    ``opens`` marks the first row of each block of equal scores, ``block`` numbers
    the blocks from 0 over all groups.
    """

    relevance: Floats
    group: Ints
    place: Ints
    opens: npt.NDArray[np.bool_]
    block: Ints
    count: int

    @classmethod
    def of(cls, relevance: npt.ArrayLike, score: npt.ArrayLike, groups: npt.ArrayLike) -> "_Ranked":
        gains, scores = vectors(relevance, score)
        if gains.size and gains.min() < 0:
            raise ValueError("a relevance is negative")
        names, code = np.unique(np.asarray(groups), return_inverse=True)
        if code.shape != gains.shape:
            raise ValueError(f"{code.size} groups for {gains.size} rows")
        order = np.lexsort((-scores, code))
        group, scores = code[order].astype(np.int64), scores[order]
        opens_group = np.append(True, group[1:] != group[:-1])[: group.size]
        opens = np.append(True, scores[1:] != scores[:-1])[: group.size] | opens_group
        starts = np.flatnonzero(opens_group)
        place = np.arange(group.size) - starts[group]
        block = np.cumsum(opens) - 1
        return cls(gains[order], group, place, opens, block, names.size)

    def within(self, k: int | None) -> npt.NDArray[np.bool_]:
        return np.asarray(self.place < (self.place.size if k is None else k))

    def any_relevant(self) -> npt.NDArray[np.bool_]:
        return np.asarray(np.bincount(self.group, weights=self.relevance) > 0)


def _log_factorials(largest: int) -> Floats:
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1.0, largest + 1)))))
