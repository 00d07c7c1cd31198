"""A back-test kind of move by kind of move: where it holds and where it does not."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models import metrics
from models.fairness import Grouping, publishable
from models.intervals import resampled
from models.learner import Task
from mutasi.snapshot import Snapshot
from pipelines.evaluation import schema
from pipelines.evaluation.backtest import Scored
from pipelines.evaluation.figures import (
    ACCEPTANCE,
    DRAWS,
    PERFORMANCE,
    THIN,
    Measure,
    clusters,
    difference,
)
from pipelines.evaluation.groups import moves
from pipelines.pages.figure import Figure


def sliced(
    snapshot: Snapshot, scored: Scored, rival: str, draws: int = DRAWS
) -> tuple[schema.Slicing, ...]:
    """Return model and rival on decisions of each kind.

    Args:
        snapshot: What is known now.
        scored: The back-test.
        rival: The baseline that is best over all.
        draws: Bootstrap draws.
    """
    measure = (ACCEPTANCE if scored.question.task is Task.BINARY else PERFORMANCE)[0]
    years = tuple(str(fold.year) for fold in scored.folds)
    groupings = [
        *moves(snapshot, scored.employee_id, scored.position_id, scored.decided_on),
        Grouping("year", years, np.searchsorted(years, scored.year.astype(str)).astype(np.int64)),
    ]
    return tuple(_slicing(scored, grouping, measure, rival, draws) for grouping in groupings)


def _slicing(
    scored: Scored, grouping: Grouping, measure: Measure, rival: str, draws: int
) -> schema.Slicing:
    people = grouping.people(scored.employee_id)
    told = publishable(people)
    return schema.Slicing(
        by=grouping.name,
        slices=tuple(
            _slice(
                scored, name, grouping.code == place, int(people[place]), (measure, rival), draws
            )
            if told[place]
            else _withheld(name)
            for place, name in enumerate(grouping.groups)
            if people[place]
        ),
    )


def _slice(
    scored: Scored,
    name: str,
    rows: NDArray[np.bool_],
    people: int,
    asked: tuple[Measure, str],
    draws: int,
) -> schema.Slice:
    measure, rival = asked
    predicted = [scored.predictions[each][rows] for each in ("model", rival)]
    columns = [scored.label[rows], *predicted]
    held = scored.low is not None and scored.high is not None
    if scored.low is not None and scored.high is not None:
        columns += [scored.low[rows], scored.high[rows]]

    def figures(*drawn: NDArray[np.float64]) -> Sequence[float]:
        label, model, other, *ends = drawn
        found = [measure.figure(label, model), measure.figure(label, other)]
        return [*found, metrics.coverage(label, *ends)] if ends else found

    found = resampled(figures, *columns, groups=clusters(scored, rows)[1], draws=draws)
    return schema.Slice(
        group=name,
        people=people,
        count=int(rows.sum()),
        figures={"model": Figure.of(found.interval(0)), rival: Figure.of(found.interval(1))},
        difference=difference(found.difference(0, 1), measure.better),
        coverage=Figure.of(found.interval(2)) if held else None,
        is_thin=int(rows.sum()) < THIN,
    )


def _withheld(name: str) -> schema.Slice:
    return schema.Slice(
        group=name,
        people=None,
        count=None,
        figures={},
        difference=None,
        coverage=None,
        is_thin=True,
    )
