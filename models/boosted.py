"""Gradient-boosted trees by LightGBM, kept as LightGBM's own text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from pydantic import BaseModel

from models.learner import DRAWS, Floats, Kind, Task
from models.trees import Trees


class BoostedConfig(BaseModel, extra="forbid", frozen=True):
    """Hyper-parameters; no categorical splits and at most 31 leaves (see ADR on speed)."""

    trees: int = 300
    learning_rate: float = 0.03
    leaves: int = 8
    least_rows: int = 30
    columns_share: float = 0.5
    rows_share: float = 0.8
    l2: float = 10.0
    seed: int = 7


STAGES = 10
"""How many first parts of the trees make a virtual ensemble."""

OBJECTIVES = {Task.REGRESSION: "regression", Task.BINARY: "binary"}


class Boosted:
    """A fitted booster.

    Attributes:
        text: As LightGBM writes it.
    """

    kind: ClassVar[Kind] = "boosted"
    suffix: ClassVar[str] = ".txt"

    def __init__(self, text: str) -> None:
        self.text = text
        self._trees = Trees(text)

    @classmethod
    def fit(
        cls,
        matrix: Floats,
        label: Floats,
        task: Task,
        config: BoostedConfig,
        weight: Floats | None = None,
        monotone: Sequence[int] | None = None,
        offset: Floats | None = None,
    ) -> Self:
        """Learn from examples.

        Args:
            matrix: One row per example; NaN = unknown.
            label: One value per example; 0 or 1 for a binary task.
            task: The kind of label.
            config: The hyper-parameters.
            weight: One weight per example; equal without.
            monotone: Per column 1 where more may only add, -1 where it may only
                take away, 0 where either may be.
            offset: Raw scores to which the trees add; none without.
        """
        import lightgbm as lgb  # noqa: PLC0415  # who only predicts does without it

        wanted = parameters(OBJECTIVES[task], config)
        if monotone is not None:
            wanted["monotone_constraints"] = [*monotone]
        if offset is not None:
            wanted["boost_from_average"] = False
        fitted = lgb.train(
            wanted,
            lgb.Dataset(matrix, label=label, weight=weight, init_score=offset, free_raw_data=True),
            num_boost_round=config.trees,
        )
        return cls(fitted.model_to_string())

    def raw(self, matrix: Floats) -> Floats:
        """Return the raw score of each row."""
        return self._trees.raw(matrix)

    def contributions(self, matrix: Floats) -> Floats:
        """Return exact TreeSHAP contributions, the expected score last."""
        return self._trees.contributions(matrix)

    def sampled(self, matrix: Floats) -> Floats:
        """Return raw scores by the first trees alone, from half of them to all.

        A virtual ensemble (Malinin, Prokhorenkova & Ustimenko 2021): how far the
        later trees still change a score tells how little of it is settled.
        """
        trees = self._trees.count
        ends = np.unique(np.linspace((trees + 1) // 2, trees, STAGES).astype(int))
        stages = np.cumsum(self._trees.parts(matrix), axis=1)[:, ends - 1]
        around = stages - stages.mean(axis=1, keepdims=True)
        drawn = np.random.default_rng(0).integers(0, len(ends), DRAWS)
        return np.asarray(stages[:, -1:] + around[:, drawn])

    def save(self, file: Path) -> None:
        """Write LightGBM's text format to ``file`` with suffix .txt."""
        file.with_suffix(self.suffix).write_text(self.text, encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: If the text is not a whole LightGBM model.
        """
        text = file.with_suffix(cls.suffix).read_text(encoding="utf-8")
        if "end of trees" not in text:
            raise ValueError(f"{file.with_suffix(cls.suffix).name} is cut short")
        return cls(text)


def parameters(objective: str, config: BoostedConfig) -> dict[str, Any]:
    """Return what LightGBM is told, so that the same data give the same trees."""
    return {
        "objective": objective,
        "learning_rate": config.learning_rate,
        "num_leaves": config.leaves,
        "min_data_in_leaf": config.least_rows,
        "feature_fraction": config.columns_share,
        "bagging_fraction": config.rows_share,
        "bagging_freq": 1,
        "lambda_l2": config.l2,
        "seed": config.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,  # two threads wait for each other where cores are shared
        "verbosity": -1,
    }
