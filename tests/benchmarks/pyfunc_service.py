"""The model's code that MLflow saves and serves: who for a vacancy, as a pyfunc.

It does the work of the service and answers the same: the law, both models, intervals,
gains, the best with reasons and the law in words, those who are nearest to being eligible.
The region is loaded with the model, and nothing is written naively: law and features are
Mutasi's own columns.  ``way`` of the model's configuration says what ranks:

``everyone``
    every row is scored, and whom the law blocks is dropped: a model does not know the law.
``mutasi``
    the service's own recommender, so that only what is around it differs.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from models import artifact
from models.aliases import folder_of
from models.recommendation import Ranking
from models.recommender import Chosen, Recommender
from models.signing import PublicKey
from mutasi.rules import RULES, Case, Verdict, judge
from mutasi.settings import Settings
from mutasi.snapshot import Pairs
from mutasi.store import personnel, session
from serving.recommendations import schemas
from serving.recommendations.endpoints import RANKING
from serving.recommendations.wording import ranking_in_words


class ScoringEveryone(Recommender):
    """Answers as the recommender does, but scores all of the staff before it asks the law."""

    def _ranking(
        self, pairs: Pairs, case: Case, limit: int, explain: bool, known: Verdict | None = None
    ) -> Ranking:
        del explain, known
        everyone = Chosen.of(pairs, np.arange(pairs.count))
        matrix = self.prepared.pairs(self.scorer.names, everyone.employees, everyone.positions)
        scores = self.scorer.scores(matrix)
        verdict = judge(RULES, case)
        allowed = np.flatnonzero(verdict.eligible)
        best = allowed[scores.at(allowed).best(limit)]
        shown, matrix, scores = everyone.at(best), matrix[best], scores.at(best)
        told = self.scorer.reasons(self._functions(shown), matrix, scores)
        assert self.artifact is not None
        return Ranking(
            as_of=self.snapshot.as_of,
            basis="model",
            model_version=self.artifact.manifest.version,
            considered=verdict.count,
            eligible=len(allowed),
            recommended=self._recommendations(shown, matrix, scores, verdict, told),
            excluded=self._exclusions(pairs, verdict, limit),
            excluded_by_rule=verdict.blocked_by_rule(),
            timings={},
        )


WAYS: dict[str, type[Recommender]] = {"everyone": ScoringEveryone, "mutasi": Recommender}


class RankingModel(PythonModel):
    """Answers who for each of some vacancies."""

    def load_context(self, context: Any) -> None:
        """Read the region and its model from the home that was saved with this."""
        settings = Settings(home=Path(context.artifacts["home"]))
        store = session.engine(settings.database_url)
        with session.reading(store) as work:
            snapshot = personnel.snapshot(work)
        store.dispose()
        public = PublicKey.load(settings.public_key_file)
        model = artifact.load(folder_of(settings.models), public)
        self.recommender = WAYS[context.model_config["way"]](snapshot, model)

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> Any:
        """Return the answer for each row's position."""
        del context, params
        asked = model_input.to_dict("records")
        answers = (self._answer(row["position_id"], row["limit"], row["language"]) for row in asked)
        return [RANKING.dump_python(answer, mode="json") for answer in answers]

    def _answer(self, position_id: str, limit: int, language: str) -> schemas.Ranking:
        """Return the answer to one question; no receipt is kept of it."""
        ranking = self.recommender.candidates(position_id, limit)
        return ranking_in_words(ranking, self.recommender, "", language)


set_model(RankingModel())
