"""Which features each model may use."""

from features._compute import FEATURES
from features._feature import Concept

PROTECTED = frozenset({"sex", "born_on"})
"""Columns that never predict; they audit."""


def _explained(*left_out: Concept) -> tuple[str, ...]:
    return tuple(
        name
        for name, feature in FEATURES.items()
        if feature.concept is not None and feature.concept not in left_out
    )


PERFORMANCE: tuple[str, ...] = _explained()
"""Features of post-move performance."""

ACCEPTANCE: tuple[str, ...] = _explained(Concept.COMPETENCE_FIT)
"""Features of the answer to an offer; competence gaps are not what people decide by."""


def sources(name: str) -> frozenset[str]:
    """Return every column that a feature is computed from, its needs' needs included."""
    if name not in FEATURES:
        return frozenset({name.removeprefix("present_")})
    return frozenset({name}).union(*(sources(need) for need in FEATURES[name].needs))


def require_unprotected(names: tuple[str, ...]) -> None:
    """Refuse a set that would let a protected attribute predict.

    Raises:
        ValueError: If a feature is computed from a protected column.
    """
    for name in names:
        found = sources(name) & PROTECTED
        if found:
            raise ValueError(f"{name} is computed from {sorted(found)}, which never predict")


require_unprotected(PERFORMANCE)
require_unprotected(ACCEPTANCE)
