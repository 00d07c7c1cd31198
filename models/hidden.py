"""What those who are moved have that no record tells.

Those in charge know their people.  Whom they move does better than the record
promises, in the years before the move as after it; a model that compares who moved
with who stayed lays that at the move's door, and promises gains that nobody has who
is moved for other reasons.  People are their own control: how much better than
expected the same people were rated while they stayed tells it from what moves do
(Mundlak 1978).  Who chooses by what is hidden can gain by as much as the record leaves
open, so it grows with the variance of the record (the selection model of Heckman 1979,
for a mild choice).

It is told by all examples on the same side of a cut: no half of the people and no earlier
part of the past hears of the other.
"""

from dataclasses import replace

import numpy as np

from features.sets import STEADY
from models.fitting import OUTLYING, LinearConfig, fit
from models.learner import Floats, Task
from models.past import Mask, Past

PULLED = LinearConfig(penalty=1000.0)
"""How strongly the effects of all that is on record are pulled to zero."""

FIRM = 40.0
"""Examples that pull this one to zero: fewer, as it is known to matter before any data."""

DRAWN_BY = 200.0
"""People who moved and were rated while they stayed, by which what is found is drawn to
nothing, as is all that moves alone can tell."""


class Control:
    """People who were moved as their own control, while they stayed.

    What the record leaves open of them is one more column of a ridge regression of the
    ratings of all who stayed; its effect is told by what of it no other column tells
    (Frisch & Waugh 1933), so one control serves many labels of the same examples.

    Args:
        past: The examples.
        rows: Which of them tell.
    """

    def __init__(self, past: Past, rows: Mask) -> None:
        self._past = past
        self._stays = rows & past.is_stay
        moved = np.isin(past.who, past.who[rows & ~past.is_stay])
        told = len(np.unique(past.who[self._stays & moved]))
        self._left = told / (told + DRAWN_BY)
        self._per_variance = self._own = np.zeros(int(self._stays.sum()))
        self._above = np.zeros(len(past.label))
        if not told:
            return
        every = np.ones(len(past.label), dtype=bool)
        open_ = np.square(past.columns(("person_record_error",), every)[:, 0])
        if np.isnan(open_[self._stays & moved]).all():
            return
        # Of whom no error is told the record leaves the most open; of a past too young to
        # tell any it is 0 (see the decision 0024).
        open_ = np.where(np.isnan(open_), np.nanmax(open_[self._stays]), open_)
        own = np.where(moved, open_, 0.0)[self._stays]
        low, high = np.quantile(own, (OUTLYING, 1 - OUTLYING))
        own = np.clip(own, low, high)
        self._own = own - self._on_record(own)
        whole = self._own @ own + FIRM * own.var()
        if whole > 0.0:
            self._per_variance = self._own / whole
            self._above = np.where(past.is_stay, 0.0, np.clip(open_, low, high) - own.mean())

    def quality(self, label: Floats) -> Floats:
        """Return what those who were moved had beyond their records, against all who stayed.

        Args:
            label: A rating of each example, without what the rater added.

        Returns:
            T points, one value per example; zero for whoever stayed, and where nobody
            was rated both ways.
        """
        return np.asarray(self._left * self._found(label) * self._above)

    def doubt(self, label: Floats) -> Floats:
        """Return what one standard error adds to it, T points; one doubt that all share.

        It is robust to all that ratings of one person have in common (Liang & Zeger 1986),
        and drawn to nothing by the root of what the finding is drawn by, as a normal
        prior draws it.
        """
        if not self._per_variance.any():
            return np.zeros(len(label))
        known = label[self._stays]
        missed = known - self._on_record(known) - self._found(label) * self._own
        by_person = np.bincount(self._past.who[self._stays], self._per_variance * missed)
        error = np.sqrt(self._left * np.square(by_person).sum())
        return np.asarray(error * self._above)

    def _found(self, label: Floats) -> float:
        """Return T points a unit of variance."""
        return float(self._per_variance @ label[self._stays])

    def _on_record(self, label: Floats) -> Floats:
        """Return what is expected of those who stayed by all that is on record."""
        known = self._past.columns(STEADY, self._stays)
        return fit(known, label, Task.REGRESSION, PULLED).raw(known)


def without_hidden(past: Past, rows: Mask) -> Past:
    """Return a past from whose labels it is taken off, as far as some examples tell."""
    return replace(past, label=past.label - Control(past, rows).quality(past.label))
