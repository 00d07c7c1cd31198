"""What of a model earns its place: the last part of the past decides.

Every recipe is fitted on what was known before a day and judged on what was
decided from that day on.  The strength of the penalty is the one with the least
loss.  A part that costs something (more columns, trees) is taken only where it is
clearly better, as are weights against selection, whose price is evidence; a part
that there are reasons for before any data (the ratings of those who stayed, other
regions) is given up only where it is clearly worse; that effects go one way is a
demand, and what it costs is told.  *Clearly* is by more than one standard error of
the difference, example by example (the rule of Breiman et al. 1984, paired), and by
more than half a percent of the loss.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from models.artifact import Trial
from models.boosted import BoostedConfig
from models.corrected import Corrected
from models.fitting import Config, CorrectedConfig, LinearConfig, fit
from models.hidden import Control, without_hidden
from models.learner import Floats, Learner, Task, losses
from models.linear import Linear
from models.past import Mask, Past

LATER_SHARE = 0.25
"""Part of the past, the latest, that judges."""

ROLLED_BELOW = 3000
"""Decisions below which the quarter before judges too, by what was known before it: a
quarter of a small past is too few to choose by."""

LEAST_FOR_TREES = 1000
"""Decisions below which trees are not tried: they have not won on fewer."""

NOTICEABLE = 0.005
"""Share of the loss below which a difference is none, however sure it is."""

HARDLY = 0.5
"""Standard errors within which recipes lose alike."""

LEAST_ALONE = 30
"""Examples below which a part of the past is not tried without the rest: it could not do."""

TREES = BoostedConfig(trees=150, leaves=4, least_rows=40)


class Why(Enum):
    """Why a model has a part."""

    DEMANDED = auto()
    WANTED = auto()
    EARNED = auto()


@dataclass(frozen=True)
class Recipe:
    """How to make a learner.

    Attributes:
        config: The learner's configuration.
        names: The features it reads.
        ways: By feature, the one way in which more of it may go.
        firm: Features that are known to matter before any data.
        learns_from_stays: Whether those who were not moved teach.
        learns_elsewhere: Whether other regions teach.
        is_weighted: Whether examples count by their weight.
    """

    config: Config
    names: tuple[str, ...]
    ways: Mapping[str, int] = field(default_factory=dict)
    firm: tuple[str, ...] = ()
    learns_from_stays: bool = True
    learns_elsewhere: bool = True
    is_weighted: bool = False

    def taken(self, past: Past, rows: Mask) -> Mask:
        """Return which of some examples teach."""
        taken = rows if self.learns_from_stays else rows & ~past.is_stay
        return taken if self.learns_elsewhere else taken & ~past.is_elsewhere

    def fitted(self, past: Past, task: Task, rows: Mask) -> Learner:
        """Return what some examples teach."""
        taken = self.taken(past, rows)
        weight = past.weight if self.is_weighted else np.ones(len(past.label))
        return fit(
            past.columns(self.names, taken),
            past.label[taken],
            task,
            self.config,
            weight[taken],
            [self.ways.get(name, 0) for name in self.names],
            [name in self.firm for name in self.names],
        )

    def doubted(self, learner: Learner, past: Past, rows: Mask) -> Learner:
        """Return what was fitted, less sure by what is not known of hidden quality.

        Args:
            learner: What some examples taught.
            past: The examples, nothing taken off.
            rows: Which of them taught.
        """
        doubt = Control(past, rows).doubt(past.label)
        if not doubt.any() or not isinstance(learner, Linear | Corrected):
            return learner
        config = self.config
        linear = config.linear if isinstance(config, CorrectedConfig) else config
        recipe = replace(self, config=linear, ways={})
        other = recipe.fitted(replace(past, label=doubt), Task.REGRESSION, rows)
        assert isinstance(other, Linear), "a linear configuration makes a linear model"
        return learner.doubting(other)


@dataclass(frozen=True)
class Selected:
    """The recipe that was chosen, and how it fared on the later part of the past.

    Attributes:
        learner: Fitted on all examples.
        recipe: How.
        loss: Mean loss on the later part.
        base_loss: That of the mean label.
        trials: What was tried.
        later: Rows of the later part.
        raw_later: Raw scores there, by a learner that saw the earlier part only.
    """

    learner: Learner
    recipe: Recipe
    loss: float
    base_loss: float
    trials: tuple[Trial, ...]
    later: NDArray[np.int64]
    raw_later: Floats


class Judge:
    """Fits recipes on the earlier part of the past and judges them on the later.

    Moves and stays of the later part count for half each, so that what is asked for
    does not drown in what there is most of.  Of a small past the quarter before the
    latest judges as well, each by what was known before it (a rolling origin).  What
    those who were moved had beyond their records is taken off as far as that tells.

    Args:
        past: The examples.
        task: The kind of label.
    """

    def __init__(self, past: Past, task: Task) -> None:
        self.past, self.task = past, task
        own = ~past.is_stay & ~past.is_elsewhere
        asked = own if own.any() else ~past.is_stay
        moves = np.sort(past.decided_on[asked])
        judges = ~(past.is_elsewhere & own.any())
        start, before = (moves[int(len(moves) * (1 - parts * LATER_SHARE))] for parts in (1, 2))
        self.later = (past.decided_on >= start) & judges
        self.earlier = past.known_on < start
        if not self._teaches(self.earlier):
            self.earlier = np.ones_like(self.later)
        self._parts = [(without_hidden(past, self.earlier), self.earlier, self.later)]
        first = past.known_on < before
        if len(moves) < ROLLED_BELOW and before < start and self._teaches(first):
            middle = (past.decided_on >= before) & (past.decided_on < start) & judges
            self._parts.append((without_hidden(past, first), first, middle))
        self._fits: dict[str, tuple[Floats, Floats]] = {}

    def raw(self, recipe: Recipe) -> Floats:
        """Return the raw scores of the later examples."""
        return self._judged(recipe)[0]

    def loss(self, recipe: Recipe) -> float:
        """Return the mean loss on the later examples."""
        return float(self._weight() @ self._judged(recipe)[1])

    def base_loss(self) -> float:
        """Return the mean loss of the earlier examples' mean label."""
        found = []
        for past, earlier, later in self._parts:
            learned = earlier & ~past.is_stay
            rate = past.label[learned if learned.any() else earlier].mean()
            raw = rate if self.task is Task.REGRESSION else np.log(rate / (1.0 - rate))
            base = np.full(int(later.sum()), raw)
            found.append(losses(self.task, base, past.label[later]))
        return float(self._weight() @ np.concatenate(found))

    def difference(self, recipe: Recipe, other: Recipe) -> tuple[float, float]:
        """Return by how much a recipe loses more than another, and the standard error."""
        excess = self._judged(recipe)[1] - self._judged(other)[1]
        weight = self._weight()
        mean = float(weight @ excess)
        return mean, float(np.sqrt(np.square(weight) @ np.square(excess - mean)))

    def may_learn(self, recipe: Recipe) -> bool:
        """Return whether the earlier examples are enough for a recipe to learn from."""
        label = self.past.label[recipe.taken(self.past, self._parts[-1][1])]
        kinds = len(np.unique(label)) if self.task is Task.BINARY else 2
        return len(label) >= LEAST_ALONE and kinds == 2

    def best(self, recipes: Sequence[Recipe]) -> Recipe:
        """Return the recipe with the least loss.

        Of chances the last, that is the strongest pulled to zero, of those that lose
        hardly more (:data:`HARDLY`): a small past overstates how sure one may be.
        """
        least = min(recipes, key=self.loss)
        if self.task is Task.REGRESSION:
            return least
        excess = ((recipe, *self.difference(recipe, least)) for recipe in recipes)
        return [recipe for recipe, more, error in excess if more <= HARDLY * error][-1]

    def _judged(self, recipe: Recipe) -> tuple[Floats, Floats]:
        key = repr(recipe)
        if key not in self._fits:
            raws, lost = [], []
            for past, earlier, later in self._parts:
                learner = recipe.fitted(past, self.task, earlier)
                raws.append(learner.raw(past.columns(recipe.names, later)))
                lost.append(losses(self.task, raws[-1], past.label[later]))
            self._fits[key] = raws[0], np.concatenate(lost)
        return self._fits[key]

    def _weight(self) -> Floats:
        rows = np.concatenate([np.flatnonzero(later) for _, _, later in self._parts])
        stays = self.past.is_stay[rows]
        weight = np.where(stays, 1.0, self.past.weight[rows])
        for part in (stays, ~stays):
            weight[part] /= max(weight[part].sum(), 1e-9)
        return np.asarray(weight / weight.sum())

    def _teaches(self, rows: Mask) -> bool:
        label = self.past.label[rows & ~self.past.is_stay]
        if self.task is Task.BINARY:
            return len(np.unique(label)) == 2
        return len(label) > 0


def select(
    past: Past, task: Task, recipes: Sequence[Recipe], wider: Mapping[str, tuple[str, ...]]
) -> Selected:
    """Choose and fit a learner.

    Args:
        past: The examples.
        task: The kind of label.
        recipes: One recipe with penalties to choose from, the strongest last.
        wider: Sets of features that may take the place of the recipe's, by name.
    """
    judge = Judge(past, task)
    trials: list[Trial] = []
    best = judge.best(recipes)

    def tried(part: str, without: Recipe, with_it: Recipe, why: Why) -> Recipe:
        excess, error = judge.difference(with_it, without)
        clearly = max(error, NOTICEABLE * judge.loss(without))
        kept = why is Why.DEMANDED or (
            excess <= clearly if why is Why.WANTED else excess < -clearly
        )
        trials.append(
            Trial(
                part=part,
                without=judge.loss(without),
                with_it=judge.loss(with_it),
                error=error,
                is_kept=kept,
            )
        )
        return with_it if kept else without

    for part, rows in (("stays", past.is_stay), ("regions", past.is_elsewhere)):
        without = (
            replace(best, learns_from_stays=False)
            if part == "stays"
            else replace(best, learns_elsewhere=False)
        )
        if rows.any() and judge.may_learn(without):
            alone = judge.best([replace(without, config=each.config) for each in recipes])
            best = tried(part, alone, best, Why.WANTED)
    if not np.all(past.weight == 1.0):
        best = tried("weights", best, replace(best, is_weighted=True), Why.EARNED)
    if best.ways:
        best = tried("ways", replace(best, ways={}), best, Why.DEMANDED)
    for name, names in wider.items():
        best = tried(name, best, replace(best, names=names), Why.EARNED)
    moves = int((~past.is_stay).sum())
    if moves >= LEAST_FOR_TREES and isinstance(best.config, LinearConfig):
        corrected = CorrectedConfig(linear=best.config, trees=TREES)
        best = tried("trees", best, replace(best, config=corrected), Why.EARNED)
    every = np.ones(len(past.label), dtype=bool)
    return Selected(
        learner=best.fitted(without_hidden(past, every), task, every),
        recipe=best,
        loss=judge.loss(best),
        base_loss=judge.base_loss(),
        trials=tuple(trials),
        later=np.flatnonzero(judge.later).astype(np.int64),
        raw_later=judge.raw(best),
    )
