"""What those who are moved have that no record tells.

Those in charge know their people.  Whom they move does better than the record
promises, in the years before the move as after it; a model that compares who moved
with who stayed lays that at the move's door, and promises gains that nobody has who
is moved for other reasons.  People are their own control: how much better than
expected the same people were rated at all times, while they stayed most of all, tells it
from what moves do (Mundlak 1978).  Who chooses by what is hidden can gain by as much as the record
leaves open, so it grows with the variance of the record (the selection model of
Heckman 1979, for a mild choice).
"""

import numpy as np

from features.sets import STEADY
from models.examples import Examples
from models.fitting import LinearConfig, fit
from models.learner import Floats, Task
from models.linear import Linear

PULLED = LinearConfig(penalty=1000.0)
"""How strongly all other effects are pulled to zero; this one is pulled less, as that of
what is known to matter before any data."""

DRAWN_BY = 200.0
"""Moves by which what is found is drawn to nothing, as is all that moves alone can tell."""


def hidden_quality(moves: Examples, stays: Examples) -> Floats:
    """Return what those who were moved had beyond their records, against all who stayed.

    Args:
        moves: Rated moves.
        stays: Ratings of people who were not moved, those who were at another time
            among them.

    Returns:
        T points, one value a move; zeros where nobody was rated both ways.
    """
    parts = (moves, stays)
    people = [part.decisions.employee_id.astype(str) for part in parts]
    was_moved = np.isin(np.concatenate(people), people[0])
    if not was_moved[len(moves) :].any():
        return np.zeros(len(moves))
    error = np.concatenate([part.columns(("person_record_error",))[:, 0] for part in parts])
    left_open = np.where(was_moved, np.square(np.nan_to_num(error)), 0.0)
    known = np.vstack([part.columns(STEADY) for part in parts])
    label = np.concatenate([part.label - part.decisions.leniency for part in parts])
    firm = [*(False for _ in STEADY), True]
    learner = fit(np.column_stack([known, left_open]), label, Task.REGRESSION, PULLED, firm=firm)
    assert isinstance(learner, Linear), "a linear configuration makes a linear model"
    effect = learner.effect[-1] / learner.scale[-1] * len(moves) / (len(moves) + DRAWN_BY)
    return np.asarray(effect * (left_open[: len(moves)] - left_open[len(moves) :].mean()))
