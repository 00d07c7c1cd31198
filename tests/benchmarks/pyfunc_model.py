"""The model's code that MLflow saves beside a booster's text and runs when it loads."""

from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel


class BoosterModel(PythonModel):
    """A booster that predicts from a frame; its score corrected by slope and shift."""

    def load_context(self, context: Any) -> None:
        """Read the booster's text and the correction."""
        self.booster = lgb.Booster(model_file=context.artifacts["booster"])
        self.shift = context.model_config["shift"]
        self.slope = context.model_config["slope"]

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> Any:
        """Return the corrected raw score of each row."""
        del context, params
        raw = self.booster.predict(model_input, raw_score=True, num_threads=1)
        return self.shift + self.slope * np.asarray(raw)

    def contributions(self, rows: pd.DataFrame) -> Any:
        """Return what each column adds to each row's score."""
        parts = self.booster.predict(rows, pred_contrib=True, num_threads=1)
        return self.slope * np.asarray(parts)[:, :-1]


set_model(BoosterModel())
