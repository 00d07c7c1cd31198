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

from features import FEATURES, Grain
from features.outcomes import Decisions
from models.artifact import Head
from models.candidates import Candidates
from models.examples import Lessons
from models.fitting import CorrectedConfig, LinearConfig
from models.intervals import Interval, crossed_ratio
from models.learner import Floats, Task
from models.opinions import Opinion, Teaching, Told
from models.past import Past, past_of
from models.policies import POLICIES, Policy
from models.selection import Recipe
from models.training import MOST_STAYS, RATING_WAYS, at_most

NULLS = 19
"""How often ratings are drawn again without a match: by chance alone a gain lies above
all of so many one time in twenty."""

BY_CHANCE = 0.05
"""How often a gain may be called more than nothing where it is nothing."""

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
        cross_fitted: By a model that did not, with an interval over vacancies, people and
            what the past leaves open of the effects.
        past: What those whom the past named gain, by the same model; None where the
            past named nobody.
        null: Gains that are promised where the match does not matter, in order.
        null_cross_fitted: The same, cross-fitted.
    """

    policy: str
    moves: int
    promised: float
    cross_fitted: Interval
    past: float | None
    null: tuple[float, ...]
    null_cross_fitted: tuple[float, ...]

    @property
    def bound(self) -> float:
        """What a cross-fitted gain must exceed to be told from the null's, T points.

        Were it one of theirs, it would be among the largest of them and itself as often
        as any of them (the rank test; Davison & Hinkley 1997, §4.2.3): it must lie above
        so many that this is seldom enough; above more than there are of few.
        """
        among = int(BY_CHANCE * (len(self.null_cross_fitted) + 1))
        return self.null_cross_fitted[-among] if among else np.inf

    @property
    def is_told_from_null(self) -> bool:
        """Whether the cross-fitted gain is more than what shows without a match."""
        return self.cross_fitted.value > self.bound


class Valuer:
    """Values policies by what a past teaches.

    Args:
        lessons: What the past teaches; the halves are of its people.
        head: The performance head of the model.
        seed: Which half anybody is in, and which ratings are drawn again.
    """

    def __init__(self, lessons: Lessons, head: Head, seed: int = 0) -> None:
        self.head = head
        self._random = np.random.default_rng(seed)
        self._recipe = made_as(head)
        # What may only speak for a move would be overrated by both halves alike.
        self._judge = replace(self._recipe, ways={})
        moves = lessons.performance
        self._past = past_of(moves, stays=at_most(lessons.stays, MOST_STAYS))
        self._decisions = moves.decisions
        people = self._past.who.max() + 1
        half = (self._random.permutation(people) % 2 == 0)[self._past.who]
        self._everybody = Teaching(self._past, np.ones_like(half))
        self._halves = Teaching(self._past, half), Teaching(self._past, ~half)

    @property
    def names(self) -> tuple[str, ...]:
        """The features that candidates must have."""
        return self._recipe.names

    def values(
        self,
        candidates: Candidates,
        nulls: int = NULLS,
        policies: Mapping[str, Policy] = POLICIES,
        done: Callable[[int], None] = lambda _: None,
    ) -> dict[str, Value]:
        """Return what each policy is worth among some candidates.

        Args:
            candidates: Who could move where.
            nulls: How often ratings are drawn again without a match.
            policies: What chooses, by name.
            done: Told how often ratings were drawn, after each time.
        """
        asked = self._asked(candidates)
        told = self._doubted(self._told(asked, self._past))
        again = self._without_match()
        null: dict[str, list[tuple[float, float]]] = {name: [] for name in policies}
        for number in range(nulls):
            drawn = self._told(asked, again())
            for name, policy in policies.items():
                both = (drawn.promised(policy, candidates), drawn.cross_fitted(policy, candidates))
                null[name].append(both)
            done(number + 1)
        gain, named = told.whole.gain, candidates.was_named
        return {
            name: Value(
                policy=name,
                moves=len(policy(candidates, gain)),
                promised=told.promised(policy, candidates),
                cross_fitted=told.sureness(policy, candidates),
                past=float(gain[named].mean()) if named.any() else None,
                null=tuple(sorted(promised for promised, _ in null[name])),
                null_cross_fitted=tuple(sorted(value for _, value in null[name])),
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
        label = self._everybody.known(self._past).label[~self._past.is_stay]
        told = pd.Series(label, index=_pairs(self._decisions))
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

        What became of the named corrects models only if it did not teach them: the
        lessons must be those that were known before the first of these vacancies.

        Args:
            candidates: As of :meth:`values`, like the others.
            propensity: How likely each was to be named, summing to one in a vacancy.
            outcome: What became of those who were named, as :meth:`outcomes` of whoever
                knows it tells.

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

    def _told(self, asked: Sequence[Floats], past: Past) -> Told:
        """Return what models of a past, and of each half of its people, tell.

        Args:
            asked: The features of each candidate after the move, and of staying.
            past: What is learned from.
        """
        (whole,) = self._opinions(asked, past, self._everybody, self._recipe)
        first, second = (
            self._opinions(asked, past, half, self._recipe, self._judge) for half in self._halves
        )
        return Told(whole, choosing=(first[0], second[0]), judging=(second[1], first[1]))

    def _doubted(self, told: Told) -> Told:
        """Return the same, who judges less sure by what is not known of hidden quality."""
        first, second = (
            replace(one, learner=self._judge.doubted(one.learner, self._past, half.rows))
            for one, half in zip(told.judging, self._halves[::-1], strict=True)
        )
        return replace(told, judging=(first, second))

    def _opinions(
        self, asked: Sequence[Floats], past: Past, teaching: Teaching, *recipes: Recipe
    ) -> list[Opinion]:
        """Return what models that some examples teach tell of candidates, a model a recipe."""
        moving, staying = asked
        known, found = teaching.known(past), []
        for recipe in recipes:
            learner = recipe.fitted(known, Task.REGRESSION, teaching.rows)
            level = learner.raw(moving)
            found.append(Opinion(learner, moving, staying, level, level - learner.raw(staying)))
        return found

    def _without_match(self) -> Callable[[], Past]:
        """Return what draws ratings again from what belongs to persons or posts alone."""
        alone = tuple(name for name in self._recipe.names if not _is_of_both(name))
        recipe = replace(self._recipe, names=(*alone, "is_same_post"))
        past, every = self._everybody.known(self._past), self._everybody.rows
        learner = recipe.fitted(past, Task.REGRESSION, every)
        expected = learner.raw(past.columns(recipe.names, every))
        left = past.label - expected

        def again() -> Past:
            # Person by person: what they have beyond their records stays theirs (the wild
            # cluster bootstrap, Cameron, Gelbach & Miller 2008).
            sign = self._random.choice([-1.0, 1.0], past.who.max() + 1)[past.who]
            return replace(past, label=expected + sign * left)

        return again


def _doubly_robust(
    told: Told, candidates: Candidates, propensity: Floats, outcome: Floats
) -> tuple[Interval | None, float]:
    """Return the gain of taking any of the first ten, and how many vacancies tell.

    One half of the people chooses who the first ten are; the other says what to
    expect of each, and what became of the named corrects it.
    """
    first, second = told.choosing
    order = np.lexsort((-first.gain, candidates.vacancy))
    start = np.searchsorted(candidates.vacancy[order], candidates.vacancy[order])
    is_first = np.zeros(len(candidates), dtype=bool)
    is_first[order] = np.arange(len(candidates)) - start < FIRST
    rows = np.flatnonzero(is_first)
    vacancy = candidates.vacancy[rows]
    share = 1.0 / np.bincount(vacancy)[vacancy]
    known = candidates.was_named[rows] & ~np.isnan(outcome[rows])
    weight = np.where(known, share / propensity[rows], 0.0)
    effective = float(weight.sum() ** 2 / max(np.square(weight).sum(), 1e-9))
    if effective < LEAST_EFFECTIVE:
        return None, effective
    missed = np.where(known, np.nan_to_num(outcome[rows]) - second.level[rows], 0.0)
    gain = share * second.gain[rows] + weight * missed
    people = candidates.employee_id[rows].astype(str)
    return crossed_ratio(gain, share, vacancy, people), effective


def propensities(candidates: Candidates, proposal: Head) -> Floats:
    """Return how likely each candidate was to be named: shares of the odds in the vacancy."""
    odds = np.exp(proposal.raw(candidates.columns(candidates.moving, proposal.columns)))
    whole = np.bincount(candidates.vacancy, odds)
    return np.asarray(odds / whole[candidates.vacancy])


def _pairs(decisions: Decisions) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([decisions.employee_id, decisions.position_id])


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
