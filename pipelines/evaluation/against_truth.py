"""Against the known truth of a simulated region: what real data never tell.

Real records show what became of those who were chosen.  The simulator knows what
would have become of everybody, so here the predictions of any eligible pair can
be judged.  This is the only module beside the simulator's own commands that looks
the truth up; nothing that learns or serves can.
"""

import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models import metrics
from models.intervals import resampled
from models.learner import Floats, Task
from models.ranking_metrics import mean_at, ndcg_at
from models.utility import utility
from mutasi.errors import EmployeeNotFound, PositionNotFound, TruthMismatch, TruthUnreadable
from mutasi.simulation import Truth
from mutasi.snapshot import Snapshot
from pipelines.evaluation import schema
from pipelines.evaluation.backtest import Scored
from pipelines.evaluation.curves import bins
from pipelines.evaluation.figures import DRAWS, LIST, mean_comparison
from pipelines.evaluation.pools import Pools
from pipelines.evaluation.schema import Bins
from pipelines.pages.figure import Figure


def opened(folder: Path, snapshot: Snapshot) -> Truth:
    """Return the truth about the region of a snapshot.

    Raises:
        TruthUnreadable: If the folder holds no truth, or it cannot be read.
        TruthMismatch: If it is the truth about another region.
    """
    try:
        truth = Truth.load(folder)
    except (OSError, ValueError, KeyError, json.JSONDecodeError, zipfile.BadZipFile):
        raise TruthUnreadable(path=folder) from None
    known = truth.employees.isin(snapshot.tables["employees"]["employee_id"]).sum()
    if known < len(snapshot.tables["employees"]):
        raise TruthMismatch(path=folder, known=int(known), found=len(snapshot.tables["employees"]))
    return truth


def against(
    truth: Truth, pools: Pools, scored: Sequence[Scored], draws: int = DRAWS
) -> schema.Against | None:
    """Return the predictions beside the truth; None if no candidate can be judged.

    Args:
        truth: The truth about the region.
        pools: Eligible candidates of past vacancies, with predictions.
        scored: Back-tests, for what the truth itself would reach there.
        draws: Bootstrap draws.
    """
    performance, acceptance = true_of(truth, pools)
    known = ~np.isnan(performance) & ~np.isnan(acceptance)
    if not known.any():
        return None
    lists, worth = _lists(pools, known, utility(performance, acceptance), draws)
    rows = np.flatnonzero(known & pools.is_sampled)
    gain = np.full(len(pools), np.nan)
    gain[rows] = performance[rows] - true_stays(truth, pools, rows)
    found = {
        name: _judged(true, predicted, rows, pools, draws)
        for name, true, predicted in (
            ("performance", performance, pools.performance),
            ("acceptance", acceptance, pools.acceptance),
            ("gain", gain, pools.gain),
        )
    }
    return schema.Against(
        pairs=len(rows),
        performance=found["performance"][0],
        acceptance=found["acceptance"][0],
        gain=found["gain"][0],
        performance_bins=found["performance"][1],
        acceptance_bins=found["acceptance"][1],
        gain_bins=found["gain"][1],
        ceiling={name: value for one in scored for name, value in ceiling(truth, one).items()},
        lists=lists,
        worth=worth,
    )


def true_of(truth: Truth, pools: Pools) -> tuple[Floats, Floats]:
    """Return the true performance and chance of acceptance of every candidate."""
    performance = np.full(len(pools), np.nan)
    acceptance = np.full(len(pools), np.nan)
    for number, (day, position_id) in enumerate(
        zip(pools.decided_on, pools.position_id, strict=True)
    ):
        rows = np.flatnonzero(pools.vacancy == number)
        asked = _asked(pools.employee_id[rows], np.repeat(position_id, len(rows)), day)
        performance[rows] = truth.performance(*asked)
        acceptance[rows] = truth.acceptance(*asked)
    return performance, acceptance


def true_stays(truth: Truth, pools: Pools, rows: NDArray[np.int64]) -> Floats:
    """Return the true performance of some candidates if they stay; NaN for who holds no post."""
    found = np.full(len(rows), np.nan)
    holds = pd.notna(pools.present_id[rows])
    for day in np.unique(pools.day[rows]):
        of_day = np.flatnonzero((pools.day[rows] == day) & holds)
        who, where = pools.employee_id[rows[of_day]], pools.present_id[rows[of_day]]
        found[of_day] = truth.performance(*_asked(who, where, day))
    return found


def _asked(
    who: NDArray[np.object_], where: NDArray[np.object_], day: np.datetime64
) -> tuple[list[str], list[str], date]:
    return who.tolist(), where.tolist(), day.astype("datetime64[D]").item()


def ceiling(truth: Truth, scored: Scored) -> dict[str, float | None]:
    """Return what the truth itself would have reached on the decisions of a back-test.

    The rest is chance, leniency of raters and the coarse scale of ratings.
    """
    expected = np.full(len(scored), np.nan)
    asked = truth.acceptance if scored.question.task is Task.BINARY else truth.performance
    for day in np.unique(scored.decided_on):
        rows = np.flatnonzero(scored.decided_on == day)
        try:
            expected[rows] = asked(
                scored.employee_id[rows].tolist(),
                scored.position_id[rows].tolist(),
                day.astype("datetime64[D]").item(),
            )
        except (EmployeeNotFound, PositionNotFound):
            continue
    known = ~np.isnan(expected)
    label, best = scored.label[known], expected[known]
    if scored.question.task is Task.BINARY:
        found = {"auc": metrics.auc(label, best), "log_loss": metrics.log_loss(label, best)}
    else:
        found = {"pearson": metrics.pearson(label, best), "rmse": metrics.rmse(label, best)}
    return {name: None if np.isnan(value) else value for name, value in found.items()}


def _judged(
    true: Floats, predicted: Floats, rows: NDArray[np.int64], pools: Pools, draws: int
) -> tuple[dict[str, Figure] | None, Bins | None]:
    """Return how far predictions of some candidates agree with the truth; None without any."""
    rows = rows[~np.isnan(predicted[rows]) & ~np.isnan(true[rows])]
    if not len(rows):
        return None, None
    ends = (pools.gain_low[rows], pools.gain_high[rows]) if predicted is pools.gain else ()
    pair = (true[rows], predicted[rows])
    return _agreement(*pair, ends, pools.vacancy[rows], draws), bins(*pair)


def _agreement(
    true: Floats,
    predicted: Floats,
    ends: tuple[Floats, ...],
    vacancy: NDArray[np.int64],
    draws: int,
) -> dict[str, Figure]:
    """Return correlation over all and within vacancies, error, bias, and coverage of intervals."""
    within = _centred(true, vacancy), _centred(predicted, vacancy)

    def figures(y: Floats, f: Floats, y_in: Floats, f_in: Floats, *drawn: Floats) -> list[float]:
        found = [
            metrics.pearson(y, f),
            metrics.pearson(y_in, f_in),
            metrics.rmse(y, f),
            metrics.bias(y, f),
        ]
        return [*found, metrics.coverage(y, *drawn)] if drawn else found

    found = resampled(figures, true, predicted, *within, *ends, groups=vacancy, draws=draws)
    names = ("pearson", "within", "rmse", "bias", "coverage")[: len(found.values)]
    return {name: Figure.of(found.interval(place)) for place, name in enumerate(names)}


def _lists(
    pools: Pools, known: NDArray[np.bool_], true_utility: Floats, draws: int
) -> tuple[schema.Lists, dict[str, Figure]]:
    """Return rankers by true utility: NDCG@10, and the mean of the first ten.

    A candidate's gain is how far the true utility lies above the mean of the
    vacancy's candidates, in standard deviations; nothing for who lies below.
    """
    value, vacancy = true_utility[known], np.unique(pools.vacancy[known], return_inverse=True)[1]
    centred = _centred(value, vacancy)
    spread = np.sqrt(np.bincount(vacancy, centred**2) / np.bincount(vacancy))
    gain = np.maximum(centred / np.where(spread > 0, spread, 1.0)[vacancy], 0.0)
    scores = {name: score[known] for name, score in pools.scores.items()}
    ndcg = {name: ndcg_at(gain, score, vacancy, LIST) for name, score in scores.items()}
    means = {
        name: mean_at(value, score, vacancy, LIST)
        for name, score in {**scores, "best_possible": value}.items()
    }
    drawn = resampled(
        lambda matrix: matrix.mean(axis=0), np.column_stack(list(means.values())), draws=draws
    )
    return (
        schema.Lists(
            comparison=mean_comparison("ndcg", ndcg, draws, "vacancy"),
            candidates=float(np.bincount(vacancy).mean()),
        ),
        {name: Figure.of(drawn.interval(place)) for place, name in enumerate(means)},
    )


def _centred(values: Floats, group: NDArray[np.int64]) -> Floats:
    _, code = np.unique(group, return_inverse=True)
    centred: Floats = values - (np.bincount(code, values) / np.bincount(code))[code]
    return centred
