"""What a model learned from, in figures that tell nothing of anybody: counts, hashes, gaps."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from features import FEATURES
from models.artifact import Dataset, data_hash
from models.examples import NAMES, Examples, Lessons
from models.learner import Floats

DIGITS = 6
"""Digits of values that a hash knows: the last ones differ from machine to machine."""

ABSENT = 1e9
"""What stands for a missing value in a hash."""


def datasets(lessons: Lessons) -> dict[str, Dataset]:
    """Return what each part of the lessons holds, by its name.

    Only the features that models read count, so that lessons with more are the same.
    """
    return {each.name: _dataset(getattr(lessons, each.name)) for each in fields(lessons)}


def hash_of(found: Mapping[str, Dataset]) -> str:
    """Return one hash of all datasets."""
    return data_hash(*(np.array([name, one.hash], dtype=str) for name, one in found.items()))


def _dataset(examples: Examples) -> Dataset:
    decisions, matrix = examples.decisions, examples.columns(NAMES)
    return Dataset(
        count=len(examples),
        hash=data_hash(
            decisions.employee_id.astype(str),
            decisions.position_id.astype(str),
            decisions.decided_on.astype("datetime64[D]"),
            decisions.known_on.astype("datetime64[D]"),
            _rounded(decisions.label),
            _rounded(matrix),
        ),
        missing=_missing(matrix),
    )


def _rounded(values: Floats) -> Floats:
    return np.nan_to_num(np.round(values, DIGITS) + 0.0, nan=ABSENT)


def _missing(matrix: Floats) -> dict[str, float]:
    """Return the share of values that are missing, by concept; 0 where there is no row."""
    absent = np.isnan(matrix).mean(axis=0) if len(matrix) else np.zeros(len(NAMES))
    concepts = np.array([str(FEATURES[name].concept or "") for name in NAMES])
    return {
        str(concept): float(np.round(absent[concepts == concept].mean(), DIGITS))
        for concept in np.unique(concepts)
        if concept
    }
