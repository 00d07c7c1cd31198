"""What would help: which training raises a prediction, which incentive an acceptance.

A lever changes what the records say of one pair, and the pair is scored again by
the same model: nothing else is assumed, and nothing less.  Whether a change would
*cause* what the model says is another question, so a lever is told with its
interval, and with a caveat where it goes beyond what the past has seen or where
the past cannot tell it from nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import Prepared
from models.artifact import Head
from models.changes import Change, Ints, as_is, possible, ways_to
from models.explanation import Aspect
from models.learner import Floats, probability
from models.scoring import GAIN_QUANTILE, Scorer

LEAST_EFFECT = {Aspect.PERFORMANCE: 0.05, Aspect.ACCEPTANCE: 0.005}
"""Effects below which a lever is none: they would be told as zero."""


@dataclass(frozen=True)
class Effect:
    """What a change does to one prediction.

    Attributes:
        aspect: The prediction.
        before: As things are: T points, or a chance.
        after: Once changed.
        low: Lower end of the 90% interval of the difference.
        high: Upper end.
    """

    aspect: Aspect
    before: float
    after: float
    low: float
    high: float

    @property
    def size(self) -> float:
        """By how much it rises: T points, or chance."""
        return self.after - self.before

    @property
    def is_told_from_nothing(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Lever:
    """What may be changed of a pair, and what that does by the model.

    Attributes:
        name: As in :class:`models.changes.Change`.
        subject: As there.
        amount: As there.
        effect: What it does to the prediction that it is meant for.
        beside: What it does to the other prediction; None where there is no other.
        is_familiar: Whether the past has seen pairs as the changed one.
    """

    name: str
    subject: str | None
    amount: float
    effect: Effect
    beside: Effect | None
    is_familiar: bool

    @property
    def helps(self) -> bool:
        """Whether it raises what it is meant for by as much as is told at all."""
        return self.effect.size >= LEAST_EFFECT[self.effect.aspect]


def levers(
    scorer: Scorer, prepared: Prepared, employee: int, position: int, instead: Ints
) -> tuple[Lever, ...]:
    """Return what would help one pair: training first, the strongest first.

    What does nothing, or harm, is left out; of other positions the best is told.

    Args:
        scorer: What the heads at hand say.
        prepared: The features of the day.
        employee: Row of the employee.
        position: Row of the position.
        instead: Rows of nearer positions that may be offered instead.
    """
    changes = possible(prepared, employee, position)
    found = pulled(scorer, prepared, employee, position, changes)
    elsewhere = moved(scorer, prepared, employee, position, instead)
    best = sorted(elsewhere, key=lambda lever: (-lever.effect.after, lever.subject))[:1]
    helpful = [lever for lever in (*found, *best) if lever.helps]
    return tuple(sorted(helpful, key=_rank))


def pulled(
    scorer: Scorer, prepared: Prepared, employee: int, position: int, changes: Sequence[Change]
) -> list[Lever]:
    """Return what each change of a pair does, help or not, where a head can say it."""
    known = as_is(prepared, employee, position)
    names = dict.fromkeys(name for change in changes for name in change.given)
    given = {
        name: np.array([known[name], *(change.given.get(name, known[name]) for change in changes)])
        for name in names
    }
    rows = 1 + len(changes)
    pairs = np.full(rows, employee), np.full(rows, position)
    matrix = prepared.pairs(scorer.names, *pairs, given)
    return _weighed(scorer, matrix, changes, np.zeros(rows))


def moved(
    scorer: Scorer, prepared: Prepared, employee: int, position: int, others: Ints
) -> list[Lever]:
    """Return what each of other positions would do, scored as the pair that it is.

    Those of which the past cannot speak are left out.
    """
    posts = np.append(position, others)
    matrix = prepared.pairs(scorer.names, np.full(len(posts), employee), posts)
    kept = scorer.scores(matrix).has_evidence
    kept[0] = True  # what the others are held against
    posts, matrix = posts[kept], matrix[kept]
    way = ways_to(prepared, employee, posts)
    ids = prepared.snapshot.positions["position_id"][posts]
    changes = [
        Change("nearer_unit", str(name), float(way[0] - km), Aspect.ACCEPTANCE, {})
        for name, km in zip(ids[1:], way[1:], strict=True)
    ]
    as_things_are = np.repeat(matrix[:1], len(matrix), axis=0)
    return _weighed(scorer, matrix, changes, scorer.between_posts(matrix, as_things_are))


def _weighed(
    scorer: Scorer, matrix: Floats, changes: Sequence[Change], unknown: Floats
) -> list[Lever]:
    """Return what each row does, changed, against the first, as things are.

    Args:
        scorer: What the heads at hand say.
        matrix: The rows.
        changes: What each of them changes, the first apart.
        unknown: Standard error of the performance of each against the first that lies
            in the records, not in what was learned.
    """
    told = {
        aspect: _Told.of(aspect, head, scorer.columns(matrix, head.columns), unknown)
        for aspect, head in scorer.heads.items()
    }
    has_evidence = scorer.scores(matrix).has_evidence
    return [
        Lever(
            name=change.name,
            subject=change.subject,
            amount=change.amount,
            effect=told[change.aspect].effect(row),
            beside=next(
                (told[each].effect(row) for each in told if each is not change.aspect), None
            ),
            is_familiar=bool(told[change.aspect].is_familiar[row] and has_evidence[row]),
        )
        for row, change in enumerate(changes, start=1)
        if change.aspect in told
    ]


@dataclass(frozen=True)
class _Told:
    """What one head says of rows, of which the first is as things are.

    Attributes:
        aspect: What it predicts.
        predicted: The predictions, T points or chances; what raters usually add is
            that of the first row in all of them.
        error: Standard error of the difference of each from the first.
        is_familiar: Whether what differs from the first row lies within the examples.
    """

    aspect: Aspect
    predicted: Floats
    error: Floats
    is_familiar: NDArray[np.bool_]

    @classmethod
    def of(cls, aspect: Aspect, head: Head, read: Floats, unknown: Floats) -> "_Told":
        """Return what a head says of rows of its columns."""
        own = read[:, : len(head.facts.columns)]
        differs = ~((own == own[0]) | (np.isnan(own) & np.isnan(own[0])))
        is_familiar = np.asarray((head.is_familiar(read) | ~differs).all(axis=1))
        if aspect is Aspect.ACCEPTANCE:
            drawn = probability(head.sampled(read))
            return cls(aspect, head.chance(read), np.std(drawn - drawn[0], axis=1), is_familiar)
        net, drawn = head.net(read), head.sampled(read)
        error = np.hypot(np.std(drawn - drawn[0], axis=1), unknown)
        return cls(aspect, net + (head.raw(read[:1]) - net[0]), error, is_familiar)

    def effect(self, row: int) -> Effect:
        """Return what a row has more than the first."""
        before, after = float(self.predicted[0]), float(self.predicted[row])
        half = GAIN_QUANTILE * float(self.error[row])
        low, high = after - before - half, after - before + half
        if self.aspect is Aspect.ACCEPTANCE:  # no chance is below 0 or above 1
            low, high = max(low, -before), min(high, 1.0 - before)
        return Effect(self.aspect, before, after, low, high)


def _rank(lever: Lever) -> tuple[int, float]:
    return list(Aspect).index(lever.effect.aspect), -lever.effect.size
