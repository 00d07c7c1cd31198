"""A linear model that trees correct: what is not a straight line, where data allow."""

from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from models.boosted import Boosted
from models.learner import Floats, Kind
from models.linear import Linear


class Corrected:
    """A linear model, and trees fitted to what it leaves."""

    kind: ClassVar[Kind] = "corrected"

    def __init__(self, linear: Linear, trees: Boosted) -> None:
        self.linear = linear
        self.trees = trees

    def raw(self, matrix: Floats) -> Floats:
        """Return the raw score of each row."""
        return np.asarray(self.linear.raw(matrix) + self.trees.raw(matrix))

    def contributions(self, matrix: Floats) -> Floats:
        """Return each column's part in both, the bases last."""
        return np.asarray(self.linear.contributions(matrix) + self.trees.contributions(matrix))

    def sampled(self, matrix: Floats) -> Floats:
        """Return raw scores as the past might as well have taught them, both parts."""
        return np.asarray(self.linear.sampled(matrix) + self.trees.sampled(matrix))

    def doubting(self, other: Linear) -> "Corrected":
        """Return the same model, its linear part less sure by what another would add."""
        return Corrected(self.linear.doubting(other), self.trees)

    def save(self, file: Path) -> None:
        """Write both, as each is written."""
        self.linear.save(file)
        self.trees.save(file)

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: If either text is not whole.
        """
        return cls(Linear.load(file), Boosted.load(file))
