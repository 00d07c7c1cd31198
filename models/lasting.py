"""How likely a move lasts: what past moves teach of who still holds the post later."""

import numpy as np

from features.decisions import as_then_known
from features.lasting import lastings
from features.sets import ACCEPTANCE
from models.artifact import Head
from models.examples import Examples, Progress
from models.heads import learned, present
from models.learner import Task
from models.past import past_of
from models.selection import Recipe
from models.training import ANSWERS, LEAST_OF_EACH, LEAST_OFFERS
from mutasi.errors import TooFewLasting
from mutasi.snapshot import Snapshot


def learn_lasting(snapshot: Snapshot, progress: Progress) -> Head:
    """Learn the chance that a move lasts, see :func:`features.lasting.lastings`.

    Args:
        snapshot: What is known.
        progress: Told of the days of decision that are walked through.

    Raises:
        TooFewLasting: If of fewer than :data:`models.training.LEAST_OFFERS` moves it is
            known, or fewer than :data:`models.training.LEAST_OF_EACH` lasted, or did not.
    """
    decisions = lastings(snapshot)
    ended = int((decisions.label == 0).sum())
    if len(decisions) < LEAST_OFFERS or min(ended, len(decisions) - ended) < LEAST_OF_EACH:
        raise TooFewLasting(
            found=len(decisions), ended=ended, needed=LEAST_OFFERS, each=LEAST_OF_EACH
        )
    matrix = as_then_known(
        snapshot, decisions, ACCEPTANCE, lambda done, total: progress("past", done, total)
    )
    on_record = np.flatnonzero(~np.isnan(matrix).all(axis=1))
    moves = Examples(ACCEPTANCE, matrix[on_record], decisions.where(on_record))
    recipes = [Recipe(config, present(moves, ACCEPTANCE)) for config in ANSWERS]
    return learned(past_of(moves), Task.BINARY, recipes)[0]
