"""The contract that examples must hold, whatever was learned from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

import numpy as np

from features import FEATURES
from models.artifact import Manifest
from models.datasets import datasets
from models.examples import NAMES, Examples, Lessons
from models.training import LEAST_MOVES, LEAST_OFFERS
from pipelines.pages.figure import Figure
from pipelines.promotion.schema import Outcome, Reading
from pipelines.staleness import Refusal

LEAST: Mapping[str, int] = {"performance": LEAST_MOVES, "acceptance": LEAST_OFFERS}
"""Examples without which a head is not learned."""

MORE_MISSING = 0.20
"""By how much of all values a concept may be missing more often than with the champion."""

RATINGS = (-250.0, 350.0)
"""Thirty standard deviations about the mean: beyond lie other units, not people."""

RANGES: Mapping[str, tuple[float, float]] = {
    "-1 to 1": (-1.0, 1.0),
    "1 now … 0 never": (0.0, 1.0),
    "1 or 0": (0.0, 1.0),
    "T points": RATINGS,
    "classes": (-17.0, 17.0),
    "functions": (0.0, 100.0),
    "grades": (-17.0, 17.0),
    "hours": (0.0, 50_000.0),
    "km": (-6_000.0, 6_000.0),
    "levels": (-10.0, 10.0),
    "moves": (0.0, 200.0),
    "offers": (0.0, 500.0),
    "percent": (0.0, 100.0),
    "posts": (0.0, 200.0),
    "share": (-1_000.0, 1_000.0),
    "steps": (-20.0, 20.0),
    "trainings": (0.0, 500.0),
    "units": (0.0, 200.0),
    "years": (-1.0, 80.0),
}
"""By unit of a feature, what can be true of anybody; a wrong unit falls outside."""

LABELS: Mapping[str, tuple[float, float]] = {
    "performance": RATINGS,
    "stays": RATINGS,
    "acceptance": (0.0, 1.0),
    "proposals": (0.0, 1.0),
    "seen": (0.0, 1.0),
}


def readings(
    lessons: Lessons,
    learned: Manifest,
    before: Manifest | None,
    refusals: Sequence[Refusal],
) -> Iterator[Reading]:
    """Yield what the contract says of the examples that a model learned from.

    Where columns are not as they must be, nothing else can be looked at.

    Args:
        lessons: The examples, as the store knows them on the day of the model.
        learned: The model.
        before: The champion; None where there is none.
        refusals: Why outcomes must not be read off the records.
    """
    yield from _stale(refusals)
    wrong = _wrong_columns(lessons)
    yield _counted("columns", wrong)
    if wrong:
        return
    yield _counted("out_of_range", _out_of_range(lessons))
    yield _counted("known_later", _known_later(lessons, np.datetime64(learned.as_of, "D")))
    for name in sorted(LEAST.keys() & learned.heads.keys()):
        count = len(_part(lessons, name))
        yield Reading(
            code="examples",
            outcome=_outcome(count >= LEAST[name]),
            figure=Figure(value=count),
            bound=LEAST[name],
            facts={"question": name},
        )
    now = datasets(lessons)
    changed = [name for name, one in now.items() if one != learned.datasets.get(name)]
    yield _counted("records_changed", dict.fromkeys(changed, 1))
    if before is not None:
        yield _more_missing(learned, before)


def _stale(refusals: Sequence[Refusal]) -> Iterator[Reading]:
    """Yield the signs that the records have fallen behind, or that there is none."""
    if not refusals:
        yield Reading(code="fresh", outcome=Outcome.HOLDS)
    for refusal in refusals:
        yield Reading(code=f"stale.{refusal.code}", outcome=Outcome.FAILS, facts=refusal.facts)


def _part(lessons: Lessons, name: str) -> Examples:
    found: Examples = getattr(lessons, name)
    return found


def _parts(lessons: Lessons) -> dict[str, Examples]:
    return {each.name: _part(lessons, each.name) for each in fields(lessons)}


def _wrong_columns(lessons: Lessons) -> dict[str, int]:
    """Return features that are not there, and parts whose values are no 64-bit floats."""
    found: dict[str, int] = {}
    for name, one in _parts(lessons).items():
        missing = set(NAMES) - set(one.names)
        found |= dict.fromkeys(missing, 1)
        if one.matrix.dtype != np.float64 or one.label.dtype != np.float64:
            found[name] = 1
    return found


def _out_of_range(lessons: Lessons) -> dict[str, int]:
    """Return how many values of each feature, and labels of each part, cannot be true."""
    found: dict[str, int] = {}
    low, high = np.array([RANGES[FEATURES[name].unit] for name in NAMES]).T
    for name, one in _parts(lessons).items():
        matrix = one.columns(NAMES)
        for place, count in enumerate(((matrix < low) | (matrix > high)).sum(axis=0)):
            found[NAMES[place]] = found.get(NAMES[place], 0) + int(count)
        least, most = LABELS[name]
        found[name] = int((~((one.label >= least) & (one.label <= most))).sum())
    return {name: count for name, count in found.items() if count}


def _known_later(lessons: Lessons, day: np.datetime64) -> dict[str, int]:
    """Return how many labels of each part are not known by a day, or before their decision."""
    found = {}
    for name, one in _parts(lessons).items():
        known_on, decided_on = one.decisions.known_on, one.decisions.decided_on
        found[name] = int((~((known_on <= day) & (known_on >= decided_on))).sum())
    return {name: count for name, count in found.items() if count}


def _more_missing(learned: Manifest, before: Manifest) -> Reading:
    """Return the concept that is missing more often than when the champion learned."""
    rises = {
        (part, concept): share - before.datasets[part].missing[concept]
        for part, one in learned.datasets.items()
        if one.count and part in before.datasets and before.datasets[part].count
        for concept, share in one.missing.items()
        if concept in before.datasets[part].missing
    }
    if not rises:
        return Reading(code="nothing_shared", outcome=Outcome.UNTOLD)
    (part, concept), rise = max(rises.items(), key=lambda pair: pair[1])
    return Reading(
        code="more_missing",
        outcome=_outcome(rise <= MORE_MISSING),
        figure=Figure(value=rise),
        bound=MORE_MISSING,
        facts={"part": part, "concept": concept},
    )


def _counted(code: str, found: Mapping[str, int]) -> Reading:
    """Return the reading of faults that must not be, with where they are."""
    return Reading(
        code=code,
        outcome=_outcome(not found),
        figure=Figure(value=sum(found.values())),
        bound=0,
        facts={"places": ", ".join(sorted(found)) or "–"},
    )


def _outcome(holds: bool) -> Outcome:
    return Outcome.HOLDS if holds else Outcome.FAILS
