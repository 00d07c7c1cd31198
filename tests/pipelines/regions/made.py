"""Made-up outcomes of regions: a truth, and predictors that are as near as they are told."""

import numpy as np

from models.intervals import Interval
from models.learner import Floats
from models.policies import POLICIES
from models.value import Value
from pipelines.regions.design import WORLDS, Trial
from pipelines.regions.rivals import PRODUCT
from pipelines.regions.trial import DRAWS, Compared, Kept, Outcome, Worth

VACANCIES, EACH = 40, 20


def outcome(
    noise: dict[str, float],
    *,
    seed: int = 1,
    moves: int = 300,
    stated: float = 2.0,
    realised: float = 2.0,
) -> Outcome:
    """Return what came of a region.

    Args:
        noise: By predictor, how far its predictions are off, T points.
        seed: Of the region.
        moves: About how many past moves.
        stated: Gain that the product states.
        realised: Gain in truth.
    """
    random = np.random.default_rng(seed)
    rows = VACANCIES * EACH
    vacancy = np.repeat(np.arange(VACANCIES), EACH)
    truth = random.normal(50, 10, rows)
    said = {name: truth + random.normal(0, off, rows) for name, off in noise.items()}
    best = truth.reshape(VACANCIES, EACH).max(axis=1)
    regret = {
        name: best
        - truth.reshape(VACANCIES, EACH)[
            np.arange(VACANCIES), one.reshape(VACANCIES, EACH).argmax(axis=1)
        ]
        for name, one in said.items()
    }
    chance = random.uniform(0.2, 0.9, rows)
    return Outcome(
        trial=Trial(WORLDS["usual"], moves, seed),
        moves=rows,
        offers=rows,
        compared=Compared(
            vacancy=vacancy,
            person=np.arange(rows),
            true_performance=truth,
            true_acceptance=chance,
            performance=said,
            acceptance={PRODUCT: chance},
            regret={name: float(found.mean()) for name, found in regret.items()},
            at_hand={name: drawn(found) for name, found in regret.items()},
            plan_regret={name: float(found.mean()) for name, found in regret.items()},
        ),
        kept=Kept(
            held=random.random(rows) < 0.9,
            thin=np.arange(rows) % 3,
            chance=chance,
            accepted=(random.random(rows) < chance).astype(float),
            gain_held=random.random(rows) < 0.9,
            gain=said[PRODUCT] - 50,
            true_gain=truth - 50,
            evidence=0.8,
        ),
        worth={name: _worth(name, stated, realised) for name in POLICIES},
        parts=("ways",),
        seconds=1.0,
    )


def drawn(regret: Floats) -> Floats:
    """Return the mean regret of vacancies that are drawn again."""
    again = np.random.default_rng(0).integers(0, len(regret), (DRAWS, len(regret)))
    return np.asarray(regret[again].mean(axis=1))


def _worth(name: str, stated: float, realised: float) -> Worth:
    return Worth(
        value=Value(
            policy=name,
            moves=VACANCIES,
            promised=stated + 1,
            cross_fitted=Interval(stated, stated - 1, stated + 1),
            past=None,
            null=(0.0, 0.1) * 10,
            null_cross_fitted=(0.0,) * 19 + (0.1,),
        ),
        realised=realised,
        best=realised + 3,
        naive_promised=stated + 9,
        naive_realised=realised - 1,
    )
