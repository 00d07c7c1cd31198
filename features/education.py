"""Education: its level against the post's, its field against the function served."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature
from mutasi.vocabulary import FIELDS

STEPS = np.array([5, 10, 15, 20, 25, 30, 35, 42, 45, 47, 50])
"""SIASN levels from which the next step of education begins (35 = D-IV and S-1)."""

FITTING: dict[str, tuple[str, ...]] = {
    "health": ("health",),
    "education": ("education",),
    "public_works": ("engineering",),
    "housing": ("engineering",),
    "environment": ("engineering", "agriculture", "health", "science"),
    "transport": ("engineering",),
    "communication": ("informatics", "social", "statistics"),
    "finance": ("economics",),
    "audit": ("economics", "law", "engineering"),
    "planning": ("economics", "engineering", "statistics", "government"),
    "personnel": ("government", "law", "social", "informatics"),
    "secretariat": ("government", "law", "economics"),
    "council": ("government", "law"),
    "law_order": ("government", "law", "social", "security"),
    "district": ("government", "social"),
    "civil_registry": ("government", "informatics", "law"),
    "village": ("government", "social"),
    "social": ("social", "health"),
    "labour": ("social", "law", "economics"),
    "trade": ("economics",),
    "cooperatives": ("economics",),
    "investment": ("economics", "law"),
    "agriculture": ("agriculture",),
    "fisheries": ("agriculture",),
    "food": ("agriculture",),
    "culture_tourism": ("culture", "economics", "languages"),
    "archives": ("archives", "informatics"),
    "disaster": ("engineering", "social", "security", "science"),
    "politics": ("social", "government", "security"),
}
"""Fields of study that fit each function of government, after the usual
qualification lists of functional positions."""


@feature(Grain.EMPLOYEE, "step", None)
def education_step(education_level: Floats) -> Floats:
    """Return the highest education as a step, 1 = SD … 7 = D-IV or S-1 … 11 = S-3."""
    return _step(education_level)


@feature(Grain.PAIR, "steps", Concept.EDUCATION_FIT)
def education_margin(education_step: Floats, minimum_education: Floats) -> Floats:
    """Return how many steps the education is above what the position demands."""
    return education_step - _step(minimum_education)


@feature(Grain.POSITION, "bits", None)
def fitting_fields(function: Array, qualifying: Array) -> Array:
    """Return the fields of study that fit the position: its own list, or its function's."""
    bits = {field: 1 << place for place, field in enumerate(FIELDS)}
    fitting = {name: sum(bits[field] for field in fields) for name, fields in FITTING.items()}
    by_function = np.array([fitting.get(name, 0) for name in function], dtype=np.int64)
    return np.where(qualifying != 0, qualifying, by_function)


@feature(Grain.PAIR, "1 or 0", Concept.EDUCATION_FIT)
def field_fits(studied: Array, fitting_fields: Array) -> Floats:
    """Return whether a field of study fits the position; missing where either is unknown."""
    fits = ((studied & fitting_fields) != 0).astype(float)
    return np.where((studied == 0) | (fitting_fields == 0), np.nan, fits)


def _step(level: Floats) -> Floats:
    return np.where(np.isnan(level), np.nan, np.searchsorted(STEPS, level, side="right"))
