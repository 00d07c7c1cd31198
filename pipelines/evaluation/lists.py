"""Candidates of past vacancies: who was chosen, and of whom the past can speak at all."""

import numpy as np

from models.fairness import SUPPRESSION_THRESHOLD
from models.intervals import interval
from models.ranking_metrics import ndcg_at
from pipelines.evaluation import schema
from pipelines.evaluation.figures import DRAWS, LIST, mean_comparison
from pipelines.evaluation.pools import Pools
from pipelines.pages.figure import Figure


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


def evidence(pools: Pools, draws: int = DRAWS) -> schema.Evidence:
    """Return of how many candidates the past cannot speak; vacancies are drawn together."""
    lacks = (~pools.has_evidence).astype(float)
    chosen = pools.was_chosen
    enough = chosen.sum() >= SUPPRESSION_THRESHOLD
    return schema.Evidence(
        vacancies=len(pools.decided_on),
        candidates=len(pools),
        without=Figure.of(interval(np.mean, lacks, groups=pools.vacancy, draws=draws)),
        chosen_without=Figure.of(
            interval(np.mean, lacks[chosen], groups=pools.vacancy[chosen], draws=draws)
        )
        if enough
        else None,
    )
