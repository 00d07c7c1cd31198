"""What is learned from: examples of one label, those of people who were not moved among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.examples import Examples
from models.learner import Floats

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Past:
    """Examples of one label.

    Attributes:
        names: The features, in order.
        matrix: One row per example.
        label: One value per example.
        who: Whom each is about, by a number.
        decided_on: Day of each decision.
        known_on: Day from which its label was known.
        weight: What each counts for, against selection; mean 1.
        is_stay: Whether nobody moved: it teaches, but is not what is asked for.
        is_elsewhere: Whether it is of another region: it teaches, but does not judge.
    """

    names: tuple[str, ...]
    matrix: Floats
    label: Floats
    who: NDArray[np.int64]
    decided_on: NDArray[np.datetime64]
    known_on: NDArray[np.datetime64]
    weight: Floats
    is_stay: Mask
    is_elsewhere: Mask

    def columns(self, names: Sequence[str], rows: Mask) -> Floats:
        """Return some features of some examples."""
        places = [self.names.index(name) for name in names]
        found: Floats = self.matrix[rows][:, places]
        return found


def past_of(
    examples: Examples, weight: Floats | None = None, stays: Examples | None = None
) -> Past:
    """Return examples, and those of people who were not moved, as a past to learn from.

    What the rater is thought to have added to a rating is taken off.

    Args:
        examples: What is asked about.
        weight: What each of them counts for; equal without.
        stays: Ratings of people who were not moved.
    """
    parts = [examples] if stays is None else [examples, stays]
    own = np.ones(len(examples)) if weight is None else weight
    who = np.concatenate([part.decisions.employee_id.astype(str) for part in parts])
    return Past(
        names=examples.names,
        matrix=np.vstack([part.matrix for part in parts]),
        label=np.concatenate([part.label - part.decisions.leniency for part in parts]),
        who=np.unique(who, return_inverse=True)[1].astype(np.int64),
        decided_on=np.concatenate([part.decisions.decided_on for part in parts]),
        known_on=np.concatenate([part.decisions.known_on for part in parts]),
        weight=np.concatenate([own, *(np.ones(len(part)) for part in parts[1:])]),
        is_stay=np.arange(len(who)) >= len(examples),
        is_elsewhere=np.concatenate([part.is_elsewhere for part in parts]),
    )
