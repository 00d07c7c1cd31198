"""The model's code that MLflow saves and serves: who for a vacancy, as a pyfunc.

It does the work of the service and answers the same: the law, both models, intervals,
gains, the best with reasons and the law in words, those who are nearest to being eligible.
The region is loaded with the model, and nothing is written naively: law and features are
Mutasi's own columns.  ``way`` of the model's configuration says what ranks:

``everyone``
    every row is scored, and whom the law blocks is dropped: a model does not know the law.
    The trees are LightGBM's package's, as MLflow's users have them.
``mutasi``
    the service's own recommender, so that only what is around it differs.
"""

from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from models import artifact
from models.aliases import folder_of
from models.artifact import Artifact
from models.boosted import Boosted
from models.corrected import Corrected
from models.learner import Floats
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


class PackageTrees:
    """Trees as LightGBM's package reads them, in place of :class:`models.trees.Trees`."""

    def __init__(self, text: str) -> None:
        self._booster = lgb.Booster(model_str=text)
        self.count = self._booster.num_trees()
        leaves = [tree["num_leaves"] for tree in self._booster.dump_model()["tree_info"]]
        self._outputs = np.zeros((self.count, max(leaves)))
        for tree, count in enumerate(leaves):
            told = [self._booster.get_leaf_output(tree, leaf) for leaf in range(count)]
            self._outputs[tree, :count] = told

    def raw(self, matrix: Floats) -> Floats:
        """Return each row's raw score."""
        return np.asarray(self._booster.predict(matrix, raw_score=True, num_threads=1))

    def parts(self, matrix: Floats) -> Floats:
        """Return what each tree adds to each row's raw score."""
        if len(matrix) == 0:
            return np.empty((0, self.count))
        leaves = np.asarray(self._booster.predict(matrix, pred_leaf=True, num_threads=1))
        return self._outputs[np.arange(self.count), leaves.astype(np.int64)]

    def contributions(self, matrix: Floats) -> Floats:
        """Return exact TreeSHAP contributions, the expected score last."""
        if len(matrix) == 0:
            return np.empty((0, matrix.shape[1] + 1))
        return np.asarray(self._booster.predict(matrix, pred_contrib=True, num_threads=1))


def with_package(model: Artifact) -> Artifact:
    """Return a model whose trees are LightGBM's package's."""
    for head in model.heads.values():
        learner = head.learner.trees if isinstance(head.learner, Corrected) else head.learner
        if isinstance(learner, Boosted):
            vars(learner)["_trees"] = PackageTrees(learner.text)
    return model


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
        way = context.model_config["way"]
        ranking = WAYS[way]
        self.recommender = ranking(snapshot, with_package(model) if way == "everyone" else model)

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> Any:
        """Return the answer for each row's position."""
        del context, params
        asked = model_input.to_dict("records")
        answers = (self._answer(row["position_id"], row["limit"], row["language"]) for row in asked)
        return [RANKING.adapter.dump_python(answer, mode="json") for answer in answers]

    def _answer(self, position_id: str, limit: int, language: str) -> schemas.Ranking:
        """Return the answer to one question; no receipt is kept of it."""
        ranking = self.recommender.candidates(position_id, limit)
        return ranking_in_words(ranking, self.recommender, "", language)


set_model(RankingModel())
