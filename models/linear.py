"""Linear models, kept as JSON; ``models.fitting`` fits them.

Columns are standardised; a missing value counts as the mean, and a column that
is missing often enough also has an effect of being missing.
"""

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from models.learner import DRAWS, Floats, Kind

SEED = 20220328
"""Where the draws start; any number would do, as long as it stays."""


@dataclass(frozen=True)
class Linear:
    """A fitted linear model.

    Attributes:
        low: Smallest value of each column that is taken at its word; one beyond
            the examples counts as the bound.
        high: Largest value of each column that is taken at its word.
        mean: Mean of each column.
        scale: Standard deviation of each column.
        effect: Effect of one standard deviation of each column.
        missing: Effect of each column's being missing, 0 where that was seen seldom.
        often: Columns whose being missing has an effect.
        rate: How often each of them was missing.
        base: Raw score where every column is known and at its mean.
        factor: Square root of the covariance of effects, those of ``often`` last:
            one row an effect, one column a doubt of its own; empty where it is not known.
    """

    low: Floats
    high: Floats
    mean: Floats
    scale: Floats
    effect: Floats
    missing: Floats
    often: NDArray[np.int64]
    rate: Floats
    base: float
    factor: Floats

    kind: ClassVar[Kind] = "linear"
    suffix: ClassVar[str] = ".json"

    def raw(self, matrix: Floats) -> Floats:
        """Return the raw score of each row."""
        return np.asarray(self.base + self._parts(matrix).sum(axis=1))

    def contributions(self, matrix: Floats) -> Floats:
        """Return each column's part of the raw score, the base last."""
        parts = self._parts(matrix)
        return np.hstack([parts, np.full((len(parts), 1), self.base)])

    def sampled(self, matrix: Floats) -> Floats:
        """Return raw scores by effects drawn from what is known of them.

        Effects are normal about the fitted ones, with the covariance of a Bayesian
        linear model under the penalty's prior (Hoerl & Kennard 1970; Bishop 2006,
        §3.3 and §4.5).
        """
        absent = np.isnan(matrix)
        coded = np.hstack(
            [
                np.where(absent, 0.0, self._standardised(matrix)),
                absent[:, self.often] - self.rate,
            ]
        )
        # Row by row: how BLAS rounds a row depends on how many there are, and on the processor.
        off: Floats = np.matmul(coded[:, None, :], self._doubts)[:, 0]
        return self.raw(matrix)[:, None] + off

    @cached_property
    def _doubts(self) -> Floats:
        """By how much drawn effects differ from the fitted ones; shape ``(effects, DRAWS)``."""
        normal = np.random.default_rng(SEED).normal(size=(self.factor.shape[1], DRAWS))
        return self.factor @ normal

    def doubting(self, other: "Linear") -> "Linear":
        """Return the same model, less sure by what another would add or take off.

        Args:
            other: A model of the same rows: one standard error of what all of them share.
        """
        added = np.append(other.effect, other.missing[other.often])
        known = self.factor.any(axis=1)
        return replace(self, factor=np.column_stack([self.factor, np.where(known, added, 0.0)]))

    def _standardised(self, matrix: Floats) -> Floats:
        return np.asarray((np.clip(matrix, self.low, self.high) - self.mean) / self.scale)

    def _parts(self, matrix: Floats) -> Floats:
        return np.where(np.isnan(matrix), self.missing, self._standardised(matrix) * self.effect)

    def save(self, file: Path) -> None:
        """Write the coefficients to ``file`` with suffix .json."""
        content = {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in asdict(self).items()
        }
        file.with_suffix(self.suffix).write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: If the text is not whole.
        """
        content = json.loads(file.with_suffix(cls.suffix).read_text(encoding="utf-8"))
        base, often = content.pop("base"), np.asarray(content.pop("often"), dtype=np.int64)
        arrays = {name: np.asarray(value, dtype=float) for name, value in content.items()}
        return cls(base=base, often=often, **arrays)
