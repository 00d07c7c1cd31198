"""What models of halves of the people tell of candidates: who chooses never judges.

One half of the people chooses, the other judges, and the other way round
(Chernozhukov et al. 2018).
"""

from dataclasses import dataclass, replace

import numpy as np

from models.candidates import Candidates, Ints
from models.hidden import Control
from models.intervals import Interval, crossed_ratio
from models.learner import Floats, Learner
from models.past import Mask, Past
from models.policies import Policy


class Teaching:
    """Examples that teach together: everybody's, or those of one half of the people."""

    def __init__(self, past: Past, rows: Mask) -> None:
        self.rows = rows
        self._control = Control(past, rows)

    def known(self, past: Past) -> Past:
        """Return the examples, perhaps with other labels, as they are learned from."""
        return replace(past, label=past.label - self._control.quality(past.label))


@dataclass(frozen=True, eq=False)
class Opinion:
    """What one model tells of candidates.

    Attributes:
        learner: The model.
        moving: Features of each after the move.
        staying: Features of each without.
        level: Performance of each after the move.
        gain: The same less the performance of who stays.
    """

    learner: Learner
    moving: Floats
    staying: Floats
    level: Floats
    gain: Floats

    def doubt(self, rows: Ints) -> float:
        """Return the variance of the sum of some gains, over what the past leaves open."""
        drawn = self.learner.sampled(self.moving[rows]) - self.learner.sampled(self.staying[rows])
        return float(drawn.sum(axis=0).var())


@dataclass(frozen=True, eq=False)
class Told:
    """What models of one past tell of each candidate.

    Attributes:
        whole: A model of everybody.
        choosing: A model of either half of the people.
        judging: A model of the other half, that did not choose.
    """

    whole: Opinion
    choosing: tuple[Opinion, Opinion]
    judging: tuple[Opinion, Opinion]

    def promised(self, policy: Policy, candidates: Candidates) -> float:
        """Return the mean gain of those whom the model chooses, by the same model."""
        gain = self.whole.gain
        taken = policy(candidates, gain)
        return float(gain[taken].mean()) if len(taken) else 0.0

    def cross_fitted(self, policy: Policy, candidates: Candidates) -> float:
        """Return the mean gain of those whom one half chooses, by the other."""
        gains = [judge.gain[rows] for judge, rows in self._judged(policy, candidates)]
        count = sum(map(len, gains))
        return float(sum(each.sum() for each in gains) / count) if count else 0.0

    def sureness(self, policy: Policy, candidates: Candidates) -> Interval:
        """Return the same with an interval over vacancies, people and what judges leave open."""
        judged = self._judged(policy, candidates)
        rows = np.concatenate([rows for _, rows in judged])
        if not len(rows):
            return Interval(0.0, np.nan, np.nan)
        return crossed_ratio(
            np.concatenate([judge.gain[rows] for judge, rows in judged]),
            np.ones(len(rows)),
            candidates.vacancy[rows],
            candidates.employee_id[rows].astype(str),
            besides=sum(judge.doubt(rows) for judge, rows in judged) / len(rows) ** 2,
        )

    def _judged(self, policy: Policy, candidates: Candidates) -> list[tuple[Opinion, Ints]]:
        """Return each model that judges, and the rows that the other one chose."""
        chosen = [policy(candidates, model.gain) for model in self.choosing]
        return list(zip(self.judging, chosen, strict=True))
