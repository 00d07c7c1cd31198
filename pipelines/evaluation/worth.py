"""What following the recommendations would have been worth for past vacancies."""

from collections.abc import Mapping

import numpy as np

from models.candidates import Candidates, past_candidates
from models.examples import Lessons, Progress
from models.fairness import SUPPRESSION_THRESHOLD
from models.intervals import Interval
from models.training import LEAST_MOVES
from models.value import NULLS, Value, Valuer, propensities
from mutasi.snapshot import Snapshot
from pipelines.evaluation.backtest import WIDE, Scored
from pipelines.evaluation.schema_worth import Policy, Worth
from pipelines.pages.figure import Figure

YEARS = 3
"""How many of the latest tested years' vacancies are asked about."""

DAYS_A_YEAR, VACANCIES_A_DAY = 6, 8
"""How many days of a year, and vacancies of each, are drawn."""


def worth(snapshot: Snapshot, lessons: Lessons, tested: Scored, progress: Progress) -> Worth | None:
    """Return what the recommendations would have been worth; None where nobody was named.

    Args:
        snapshot: What is known now.
        lessons: What the whole past teaches.
        tested: The back-test of performance; its last model is the one that is asked.
        progress: Told what is done.
    """
    last = tested.folds[-1]
    if last.proposal is None:
        return None
    progress("worth", 0, 2)
    years = [fold.year for fold in tested.folds][-YEARS:]
    since = np.datetime64(f"{years[0]}-01-01")
    candidates = past_candidates(
        snapshot,
        WIDE,
        since,
        np.datetime64(f"{years[-1] + 1}-01-01"),
        DAYS_A_YEAR * len(years),
        VACANCIES_A_DAY,
    )
    if not candidates.was_named.any():
        return None
    progress("worth", 1, 2)
    valuer = Valuer(lessons, last.head)
    values = valuer.values(candidates)
    before, robust, effective = lessons.known_before(since), None, 0.0
    if len(before.performance) >= LEAST_MOVES:
        robust, effective = Valuer(before, last.head).doubly_robust(
            candidates, propensities(candidates, last.proposal), valuer.outcomes(candidates)
        )
    progress("worth", 2, 2)
    return _of_values(values, candidates, robust, effective)


def _of_values(
    values: Mapping[str, Value], candidates: Candidates, robust: Interval | None, effective: float
) -> Worth:
    one = next(iter(values.values()))
    enough = candidates.was_named.sum() >= SUPPRESSION_THRESHOLD
    return Worth(
        vacancies=len(candidates.position_id),
        candidates=len(candidates),
        nulls=NULLS,
        policies={
            name: Policy(
                moves=value.moves,
                promised=value.promised,
                cross_fitted=Figure.of(value.cross_fitted),
                null=float(np.median(value.null)),
                null_cross_fitted=value.bound,
                is_told_from_null=value.is_told_from_null,
            )
            for name, value in values.items()
        },
        past=one.past if enough else None,
        doubly_robust=None if robust is None else Figure.of(robust),
        effective=effective,
    )
