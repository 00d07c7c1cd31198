"""Ranked candidates of past vacancies, judged by who was chosen."""

import numpy as np

from models.ranking_metrics import ndcg_at
from pipelines.evaluation import schema
from pipelines.evaluation.figures import DRAWS, LIST, mean_comparison
from pipelines.evaluation.pools import Pools


def choices(pools: Pools, draws: int = DRAWS) -> schema.Lists | None:
    """Return how high each ranker puts those who were chosen in the past.

    NDCG@10 of each vacancy over everyone eligible; who moved there has gain 1.
    It tells how far a ranker agrees with past choices, not how good it is: past
    choices followed other aims too.  None if nobody chosen was eligible.
    """
    if not pools.was_chosen.any():
        return None
    values = {
        name: ndcg_at(pools.was_chosen, score, pools.vacancy, LIST)
        for name, score in pools.scores.items()
    }
    return schema.Lists(
        comparison=mean_comparison("ndcg", values, draws, "vacancy"),
        candidates=float(np.bincount(pools.vacancy).mean()),
        chosen_outside=float(1 - pools.was_chosen.sum() / pools.chosen_count.sum()),
    )
