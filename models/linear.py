"""Linear models, kept as JSON; ``models.fitting`` fits them.

Columns are standardised; a missing value counts as the mean, and a column that
is missing often enough also has an effect of being missing.
"""

import json
from pathlib import Path
from typing import ClassVar, Literal, Self

import numpy as np

from models.learner import Floats


class Linear:
    """A fitted linear model."""

    kind: ClassVar[Literal["boosted", "linear"]] = "linear"
    suffix: ClassVar[str] = ".json"

    def __init__(
        self,
        low: Floats,
        high: Floats,
        mean: Floats,
        scale: Floats,
        effect: Floats,
        missing: Floats,
        base: float,
    ) -> None:
        """Keep what was fitted.

        Args:
            low: Smallest value of each column that is taken at its word; one
                beyond the examples counts as the bound.
            high: Largest value of each column that is taken at its word.
            mean: Mean of each column.
            scale: Standard deviation of each column.
            effect: Effect of one standard deviation of each column.
            missing: Effect of each column's being missing.
            base: Raw score where every column is at its mean.
        """
        self._low, self._high = low, high
        self._mean, self._scale = mean, scale
        self._effect, self._missing, self._base = effect, missing, base

    def raw(self, matrix: Floats) -> Floats:
        """Return the raw score of each row."""
        return np.asarray(self._base + self._parts(matrix).sum(axis=1))

    def contributions(self, matrix: Floats) -> Floats:
        """Return each column's part of the raw score, the base last."""
        parts = self._parts(matrix)
        return np.hstack([parts, np.full((len(parts), 1), self._base)])

    def _parts(self, matrix: Floats) -> Floats:
        kept = np.clip(matrix, self._low, self._high)
        present = (kept - self._mean) / self._scale * self._effect
        return np.where(np.isnan(matrix), self._missing, present)

    def save(self, file: Path) -> None:
        """Write the coefficients to ``file`` with suffix .json."""
        content = {
            "low": self._low.tolist(),
            "high": self._high.tolist(),
            "mean": self._mean.tolist(),
            "scale": self._scale.tolist(),
            "effect": self._effect.tolist(),
            "missing": self._missing.tolist(),
            "base": self._base,
        }
        file.with_suffix(self.suffix).write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: If the text is not whole.
        """
        content = json.loads(file.with_suffix(cls.suffix).read_text(encoding="utf-8"))
        low, high, mean, scale, effect, missing = (
            np.asarray(content[name], dtype=float)
            for name in ("low", "high", "mean", "scale", "effect", "missing")
        )
        return cls(low, high, mean, scale, effect, missing, content["base"])
