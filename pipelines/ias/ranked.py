"""A learner of ranks, beside the learner of pairs.

LambdaMART (Burges 2010) orders the movers for each post; its scores mean nothing from
one post to another, and are no chances.  All else is as of the pointwise trees.
"""

from collections.abc import Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from models.boosted import Boosted, BoostedConfig, parameters
from pipelines.ias.questions import Question


def fit(questions: Sequence[Question], config: BoostedConfig) -> Boosted:
    """Learn to order the movers for each post of some reshuffles.

    Args:
        questions: The reshuffles; one group a post.
        config: The hyper-parameters.
    """
    orders = [by_post(question) for question in questions]
    matrix = np.concatenate(
        [question.matrix[order] for question, order in zip(questions, orders, strict=True)]
    )
    label = np.concatenate(
        [question.is_real[order] for question, order in zip(questions, orders, strict=True)]
    )
    sizes = [len(each.reshuffle) for each in questions for _ in range(len(each.reshuffle))]
    data = lgb.Dataset(matrix, label=label.astype(float), group=sizes)
    fitted = lgb.train(parameters("lambdarank", config), data, num_boost_round=config.trees)
    return Boosted(fitted.model_to_string())


def by_post(question: Question) -> NDArray[np.int64]:
    """Return the rows of a question, all movers for the first post first."""
    count = len(question.reshuffle)
    return np.arange(count * count, dtype=np.int64).reshape(count, count).T.ravel()
