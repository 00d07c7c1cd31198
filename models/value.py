"""What following the recommendations is worth, as far as anybody can know.

A model that chooses the best of many promises too much: what it chose is also what
it overrated (the winner's curse).  So the gain of a policy is told four ways:

- *promised*: by the model that chose;
- *cross-fitted*: chosen by a model of one half of the people, valued by a model of
  the other half, and the other way round (Chernozhukov et al. 2018);
- *AIPW*: by what came of those whom the past named, weighted by how likely they
  were to be named (Robins, Rotnitzky & Zhao 1994; Athey & Wager 2021);
- *null*: what would be promised if the match of person and post did not matter at
  all: ratings drawn again from what belongs to the person or to the post alone,
  learned from and chosen by anew (Bastani et al. 2026 show why it must be printed).

A gain is the performance after the move minus the performance in the present post,
T points a move.  Only what the cross-fitted gain has over the null can be told from
chance.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features import FEATURES, Grain
from features.outcomes import Decisions
from models.artifact import Head
from models.candidates import Candidates
from models.examples import Examples, Lessons
from models.fitting import CorrectedConfig, LinearConfig
from models.heads import past_of
from models.hidden import hidden_quality
from models.intervals import Interval, resampled
from models.learner import Floats, Task
from models.policies import POLICIES, Policy
from models.selection import Past, Recipe
from models.training import RATING_WAYS

NULLS = 20
"""How often ratings are drawn again without a match."""

DRAWS = 1000
"""How often vacancies are drawn again for an interval."""

FIRST = 10
"""How far down the list the policy of AIPW takes from: the first of the past are too few."""

LEAST_EFFECTIVE = 200.0
"""Effective vacancies below which what the past named says nothing of the policy."""


@dataclass(frozen=True)
class Value:
    """What one policy is worth, T points a move.

    Attributes:
        policy: Its name.
        moves: How many moves it makes.
        promised: By the model that chose.
        cross_fitted: By a model that did not, with an interval over vacancies.
        past: What those whom the past named gain, by the same model; None where the
            past named nobody.
        null: Gains that are promised where the match does not matter, in order.
        null_cross_fitted: The same, cross-fitted.
        doubly_robust: By what came of those whom the past named; None where too few
            of them are among whom the policy would take.
        effective: How many vacancies that figure rests on.
    """

    policy: str
    moves: int
    promised: float
    cross_fitted: Interval
    past: float | None
    null: tuple[float, ...]
    null_cross_fitted: tuple[float, ...]
    doubly_robust: Interval | None
    effective: float

    @property
    def bound(self) -> float:
        """What nineteen in twenty of the null's cross-fitted gains lie below, T points."""
        return float(np.quantile(self.null_cross_fitted, 0.95))

    @property
    def is_told_from_null(self) -> bool:
        """Whether the cross-fitted gain exceeds nineteen in twenty of the null's."""
        return self.cross_fitted.value > self.bound


@dataclass(frozen=True, eq=False)
class _Told:
    """What models of one past tell of each candidate.

    Attributes:
        gain: By a model of everybody.
        level: The performance after the move, by a model of the second half.
        choosing: Gains by a model of either half of the people.
        judging: Gains by a model of the other half, that did not choose.
    """

    gain: Floats
    level: Floats
    choosing: tuple[Floats, Floats]
    judging: tuple[Floats, Floats]

    def promised(self, policy: Policy, candidates: Candidates) -> float:
        """Return the mean gain of those whom the model chooses, by the same model."""
        taken = policy(candidates, self.gain)
        return float(self.gain[taken].mean()) if len(taken) else 0.0

    def cross_fitted(self, policy: Policy, candidates: Candidates, draws: int = DRAWS) -> Interval:
        """Return the mean gain of those whom one half chooses, by the other.

        Args:
            policy: What chooses.
            candidates: Whom from.
            draws: How often vacancies are drawn again for the interval.
        """
        taken = [policy(candidates, gain) for gain in self.choosing]
        gains = [gain[rows] for gain, rows in zip(self.judging, taken, strict=True)]
        groups = np.concatenate([candidates.vacancy[rows] for rows in taken])
        if not len(groups):
            return Interval(0.0, np.nan, np.nan)
        found = resampled(
            lambda values: [values.mean()], np.concatenate(gains), groups=groups, draws=draws
        )
        return found.interval(0)


class Valuer:
    """Values policies by what a past teaches.

    Args:
        lessons: What the past teaches; the halves are of its people.
        head: The performance head of the model.
        seed: Which half anybody is in, and which ratings are drawn again.
    """

    def __init__(self, lessons: Lessons, head: Head, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._recipe = made_as(head)
        # What may only speak for a move would be overrated by both halves alike.
        self._judge = replace(self._recipe, ways={})
        moves, stays = lessons.performance, lessons.stays
        self._past = past_of(moves, stays=stays, hidden=hidden_quality(moves, stays))
        self._decisions = moves.decisions
        who = _people(moves, stays)
        people, code = np.unique(who, return_inverse=True)
        self._half = (self._random.permutation(len(people)) % 2 == 0)[code]

    @property
    def names(self) -> tuple[str, ...]:
        """The features that candidates must have."""
        return self._recipe.names

    def values(
        self,
        candidates: Candidates,
        nulls: int = NULLS,
        propensity: Floats | None = None,
        outcome: Floats | None = None,
        policies: Mapping[str, Policy] = POLICIES,
        done: Callable[[int], None] = lambda _: None,
    ) -> dict[str, Value]:
        """Return what each policy is worth among some candidates.

        Args:
            candidates: Who could move where.
            nulls: How often ratings are drawn again without a match.
            propensity: How likely each candidate was to be named, summing to one
                within a vacancy.
            outcome: What became of those who were named, as :meth:`outcomes` tells it.
            policies: What chooses, by name.
            done: Told how often ratings were drawn, after each time.
        """
        asked = self._asked(candidates)
        told = self._told(asked, self._past)
        again = self._without_match()
        null: dict[str, list[tuple[float, float]]] = {name: [] for name in policies}
        for number in range(nulls):
            drawn = self._told(asked, again())
            for name, policy in policies.items():
                value = drawn.cross_fitted(policy, candidates, draws=0).value
                null[name].append((drawn.promised(policy, candidates), value))
            done(number + 1)
        robust, effective = _doubly_robust(told, candidates, propensity, outcome)
        named = candidates.was_named
        return {
            name: Value(
                policy=name,
                moves=len(policy(candidates, told.gain)),
                promised=told.promised(policy, candidates),
                cross_fitted=told.cross_fitted(policy, candidates),
                past=float(told.gain[named].mean()) if named.any() else None,
                null=tuple(sorted(promised for promised, _ in null[name])),
                null_cross_fitted=tuple(sorted(value for _, value in null[name])),
                doubly_robust=robust,
                effective=effective,
            )
            for name, policy in policies.items()
        }

    def outcomes(self, candidates: Candidates) -> Floats:
        """Return what became of those who were named; NaN where nobody knows.

        It is the rating after the move, in T points, without what the rater added and
        what the person had beyond the record.

        Args:
            candidates: The candidates of past vacancies.
        """
        told = pd.Series(self._past.label[~self._past.is_stay], index=_pairs(self._decisions))
        told = told[~told.index.duplicated(keep="last")]
        found = np.full(len(candidates), np.nan)
        rows = np.flatnonzero(candidates.was_named)
        where = candidates.position_id[candidates.vacancy[rows]]
        wanted = pd.MultiIndex.from_arrays([candidates.employee_id[rows], where])
        found[rows] = told.reindex(wanted).to_numpy()
        return found

    def doubly_robust(
        self, candidates: Candidates, propensity: Floats, outcome: Floats
    ) -> tuple[Interval | None, float]:
        """Return the gain of taking any of the first ten of past vacancies by AIPW.

        Args:
            candidates: As of :meth:`values`, like the others.
            propensity: How likely each was to be named.
            outcome: What became of those who were named.

        Returns:
            The gain, None where too few of the named are among the first ten; and how many
            vacancies it rests on.
        """
        told = self._told(self._asked(candidates), self._past)
        return _doubly_robust(told, candidates, propensity, outcome)

    def _asked(self, candidates: Candidates) -> list[Floats]:
        """Return the features of each candidate after the move, and of staying."""
        return [
            candidates.columns(matrix, self._recipe.names)
            for matrix in (candidates.moving, candidates.staying)
        ]

    def _told(self, asked: Sequence[Floats], past: Past) -> _Told:
        """Return what models of a past, and of each half of its people, tell.

        Args:
            asked: The features of each candidate after the move, and of staying.
            past: What is learned from.
        """
        halves = (self._half, ~self._half)
        then, now = self._predicted(self._recipe, asked, past, np.ones_like(self._half))
        choosing = [self._predicted(self._recipe, asked, past, half) for half in halves]
        judging = [self._predicted(self._judge, asked, past, half) for half in halves[::-1]]
        return _Told(
            gain=then - now,
            level=choosing[1][0],
            choosing=(choosing[0][0] - choosing[0][1], choosing[1][0] - choosing[1][1]),
            judging=(judging[0][0] - judging[0][1], judging[1][0] - judging[1][1]),
        )

    def _predicted(
        self, recipe: Recipe, asked: Sequence[Floats], past: Past, rows: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """Return the performance of each candidate after the move, and if they stay."""
        learner = recipe.fitted(past, Task.REGRESSION, rows)
        then, now = (learner.raw(matrix) for matrix in asked)
        return then, now

    def _without_match(self) -> Callable[[], Past]:
        """Return what draws ratings again from what belongs to persons or posts alone."""
        alone = tuple(name for name in self._recipe.names if not _is_of_both(name))
        recipe = replace(self._recipe, names=(*alone, "is_same_post"))
        every = np.ones(len(self._past.label), dtype=bool)
        learner = recipe.fitted(self._past, Task.REGRESSION, every)
        expected = learner.raw(self._past.columns(recipe.names, every))
        left = self._past.label - expected

        def again() -> Past:
            sign = self._random.choice([-1.0, 1.0], len(left))  # wild bootstrap (Wu 1986)
            return replace(self._past, label=expected + sign * left)

        return again


def _doubly_robust(
    told: _Told, candidates: Candidates, propensity: Floats | None, outcome: Floats | None
) -> tuple[Interval | None, float]:
    """Return the gain of taking any of the first ten, and how many vacancies tell.

    One half of the people chooses who the first ten are; the other says what to
    expect of each, and what became of the named corrects it.
    """
    if propensity is None or outcome is None:
        return None, 0.0
    order = np.lexsort((-told.choosing[0], candidates.vacancy))
    start = np.searchsorted(candidates.vacancy[order], candidates.vacancy[order])
    is_first = np.zeros(len(candidates), dtype=bool)
    is_first[order] = np.arange(len(candidates)) - start < FIRST
    vacancies = int(candidates.vacancy.max(initial=-1)) + 1
    size = np.maximum(np.bincount(candidates.vacancy[is_first], minlength=vacancies), 1)
    known = candidates.was_named & ~np.isnan(outcome)
    weight = np.where(known & is_first, 1.0 / size[candidates.vacancy] / propensity, 0.0)
    effective = float(weight.sum() ** 2 / max(np.square(weight).sum(), 1e-9))
    if effective < LEAST_EFFECTIVE:
        return None, effective
    by_model = np.bincount(candidates.vacancy[is_first], told.choosing[1][is_first], vacancies)
    off = np.where(known, weight * (np.nan_to_num(outcome) - told.level), 0.0)
    score = by_model / size + np.bincount(candidates.vacancy, off, vacancies)
    return resampled(lambda values: [values.mean()], score).interval(0), effective


def propensities(candidates: Candidates, proposal: Head) -> Floats:
    """Return how likely each candidate was to be named: shares of the odds in the vacancy."""
    odds = np.exp(proposal.raw(candidates.columns(candidates.moving, proposal.columns)))
    whole = np.bincount(candidates.vacancy, odds)
    return np.asarray(odds / whole[candidates.vacancy])


def _pairs(decisions: Decisions) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([decisions.employee_id, decisions.position_id])


def _people(moves: Examples, stays: Examples) -> NDArray[np.str_]:
    ids = np.concatenate([moves.decisions.employee_id, stays.decisions.employee_id])
    return ids.astype(str)


def made_as(head: Head) -> Recipe:
    """Return how a head was made, but for weights: of the past everybody counts the same."""
    left_out = {trial.part for trial in head.facts.trials if not trial.is_kept}
    config = head.facts.config
    made = (
        CorrectedConfig.model_validate(config)
        if "linear" in config
        else LinearConfig.model_validate(config)
    )
    return Recipe(
        config=made,
        names=head.facts.columns,
        ways=RATING_WAYS,
        learns_from_stays=head.facts.stays > 0,
        learns_elsewhere="regions" not in left_out,
        is_weighted=False,
    )


def _is_of_both(name: str) -> bool:
    return FEATURES[name].grain in {Grain.PAIR, Grain.CROSS}
