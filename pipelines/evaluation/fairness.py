"""Whether groups of people are treated alike: the audit of a back-test."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from models import metrics
from models.examples import Lessons
from models.fairness import (
    Compared,
    Grouping,
    Measure,
    correlation_given,
    differences,
    publishable,
    selection,
)
from models.intervals import interval
from models.learner import Floats
from models.promises import CALIBRATED
from models.proxies import Proxy, proxy
from models.ranking_metrics import within_first
from mutasi.snapshot import Snapshot
from pipelines.evaluation import schema_fairness as schema
from pipelines.evaluation.backtest import Scored
from pipelines.evaluation.curves import BINS
from pipelines.evaluation.figures import DRAWS, LIST, clusters
from pipelines.evaluation.groups import protected
from pipelines.evaluation.pools import Pools
from pipelines.evaluation.schema_fairness import Audit, Beside, Fairness, Group
from pipelines.pages.figure import Figure

WITHIN = "_within"
"""End of the names of shares that are taken vacancy by vacancy."""

OF_PERFORMANCE = (
    Measure("rmse", metrics.rmse, "high", 1.0),
    Measure("bias", metrics.bias, "low", 1.0),
    Measure("coverage", metrics.coverage, "low", 0.05, ("label", "low", "high")),
)
"""T points, and a twentieth of cases.  A prediction that is too low passes people over."""

ROWS_A_BIN = 50
"""Rows of each bin of a group's calibration; fewer would be noise."""


def calibration_error(label: Floats, chance: Floats) -> float:
    """Return the expected calibration error, in as many bins as there are rows for, at most ten."""
    return metrics.ece(label, chance, bins=int(np.clip(len(label) // ROWS_A_BIN, 1, BINS)))


OF_ACCEPTANCE = (
    Measure("ece", calibration_error, "high", CALIBRATED, is_sized=True),
    Measure("bias", metrics.bias, "low", 0.05),
)

PROXIED = {
    "female": ("sex", "female"),
    "from_50": ("age", "from_50"),
    "contract": ("kind", "contract"),
}
"""Attributes that features might stand in for: the grouping and the group of each."""


def audited(
    snapshot: Snapshot,
    lessons: Lessons,
    scored: Mapping[str, Scored],
    pools: Pools | None,
    draws: int = DRAWS,
) -> Fairness | None:
    """Return how groups of people fared; None where nothing was tested.

    Args:
        snapshot: What is known now, protected attributes among it.
        lessons: What the past teaches, for what its features tell.
        scored: The back-tests.
        pools: Candidates of past vacancies, scored.
        draws: Bootstrap draws.
    """
    if not scored:
        return None
    names = _read(scored)
    return Fairness(
        selection=() if pools is None else _selection(snapshot, pools, draws),
        performance=_errors(snapshot, scored.get("performance"), OF_PERFORMANCE, draws),
        acceptance=_errors(snapshot, scored.get("acceptance"), OF_ACCEPTANCE, draws),
        proxies=_proxies(snapshot, lessons, scored, names, draws),
        vacancies=0 if pools is None else len(pools.decided_on),
        features=len(names),
    )


def _selection(snapshot: Snapshot, pools: Pools, draws: int) -> tuple[Audit, ...]:
    """Return how often each group is put first, by the model and by those who chose."""
    chosen = {
        "ten": within_first(pools.scores["model"], pools.vacancy, LIST),
        "one": within_first(pools.scores["model"], pools.vacancy, 1),
        "past": pools.was_chosen.astype(float),
    }
    audits = []
    for grouping in protected(snapshot, pools.employee_id, pools.day):
        people = grouping.people(pools.employee_id)
        told = publishable(people)
        found: dict[str, dict[str, Compared]] = {}
        for (name, share), within in product(chosen.items(), (False, True)):
            compared = selection(
                share, grouping, pools.vacancy, told, draws=draws, is_within=within
            )
            for group, one in compared.items():
                found.setdefault(group, {})[name + WITHIN * within] = one
        audits.append(_audit(grouping, people, told, found))
    return tuple(audits)


def _errors(
    snapshot: Snapshot, scored: Scored | None, measures: Sequence[Measure], draws: int
) -> tuple[Audit, ...]:
    """Return how far predictions of a back-test miss, group by group."""
    if scored is None:
        return ()
    columns = {"label": scored.label, "predicted": scored.predictions["model"]}
    if scored.low is not None and scored.high is not None:
        columns |= {"low": scored.low, "high": scored.high}
    audits = []
    for grouping in protected(snapshot, scored.employee_id, scored.decided_on):
        people = grouping.people(scored.employee_id)
        told = publishable(people)
        found = differences(
            measures, grouping, told, columns, clusters=clusters(scored)[1], draws=draws
        )
        audits.append(_audit(grouping, people, told, found))
    return tuple(audits)


def _audit(
    grouping: Grouping,
    people: NDArray[np.int64],
    told: NDArray[np.bool_],
    found: Mapping[str, Mapping[str, Compared]],
) -> Audit:
    def count(place: int) -> int | None:
        return int(people[place]) if told[place] or not people[place] else None

    return Audit(
        attribute=grouping.name,
        groups=tuple(
            Group(
                group=group,
                people=count(place),
                figures={name: _beside(one) for name, one in found.get(group, {}).items()},
            )
            for place, group in enumerate(grouping.groups)
            if people[place]
        ),
        unknown=count(len(grouping.groups)),
    )


def _beside(found: Compared) -> Beside:
    against = None if found.against is None else Figure.of(found.against)
    return Beside(figure=Figure.of(found.own), against=against, concern=found.concern)


def _read(scored: Mapping[str, Scored]) -> tuple[str, ...]:
    """Return the features that the heads of the latest tested years read."""
    heads = [one.folds[-1].head for one in scored.values()]
    return tuple(dict.fromkeys(name for head in heads for name in head.columns))


def _proxies(
    snapshot: Snapshot,
    lessons: Lessons,
    scored: Mapping[str, Scored],
    names: tuple[str, ...],
    draws: int,
) -> tuple[schema.Proxy, ...]:
    """Return how well the features of moves and offers tell protected attributes."""
    parts = (lessons.performance, lessons.acceptance)
    person = np.concatenate([part.decisions.employee_id for part in parts])
    day = np.concatenate([part.decisions.decided_on for part in parts])
    matrix = np.vstack([part.columns(names) for part in parts])
    every = {grouping.name: grouping for grouping in protected(snapshot, person, day)}
    found = []
    for group, (attribute, value) in PROXIED.items():
        known, holds = _held(every[attribute], value)
        one = proxy(names, matrix[known], holds[known], person[known], draws=draws)
        if one is not None:
            given = _given(snapshot, scored, attribute, value, draws)
            found.append(_proxy(group, one, given))
    return tuple(found)


def _proxy(group: str, found: Proxy, given: dict[str, Figure]) -> schema.Proxy:
    return schema.Proxy(
        group=group,
        people=found.people,
        holders=found.holders,
        auc={name: Figure.of(one) for name, one in found.auc.items()},
        strongest=dict(found.strongest),
        given=given,
    )


def _given(
    snapshot: Snapshot, scored: Mapping[str, Scored], attribute: str, value: str, draws: int
) -> dict[str, Figure]:
    """Return how much predictions follow an attribute among people of whom the same became."""
    found = {}
    for name, one in scored.items():
        groupings = protected(snapshot, one.employee_id, one.decided_on)
        grouping = next(each for each in groupings if each.name == attribute)
        if not publishable(grouping.people(one.employee_id))[grouping.groups.index(value)]:
            continue
        known, holds = _held(grouping, value)
        columns = (one.predictions["model"][known], holds[known], one.label[known])
        drawn_by = clusters(one, known)[1]
        found[name] = Figure.of(interval(correlation_given, *columns, groups=drawn_by, draws=draws))
    return found


def _held(grouping: Grouping, value: str) -> tuple[NDArray[np.bool_], Floats]:
    """Return of whom it is on record which group they are in, and who is in one of them."""
    code = grouping.groups.index(value)
    return grouping.code >= 0, (grouping.code == code).astype(float)
