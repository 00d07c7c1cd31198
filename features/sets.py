"""Which features each model may use."""

from features import holders, paths
from features._compute import FEATURES
from features._feature import Concept, Feature

PROTECTED = frozenset({"sex", "born_on"})
"""Columns that never predict; they audit."""


OF_PLACEMENT = frozenset(
    value.name
    for value in (*holders.MADE, *vars(holders).values(), *vars(paths).values())
    if isinstance(value, Feature)
)
"""What tells who usually gets such a post and stays; whether it goes well is another question."""


def _explained(*left_out: Concept) -> tuple[str, ...]:
    return tuple(
        name
        for name, feature in FEATURES.items()
        if feature.concept is not None
        and feature.concept not in left_out
        and name not in OF_PLACEMENT
    )


PERFORMANCE: tuple[str, ...] = _explained()
"""Features of post-move performance."""

ACCEPTANCE: tuple[str, ...] = _explained(Concept.COMPETENCE_FIT)
"""Features of the answer to an offer; competence gaps are not what people decide by."""


PLACEMENT: tuple[str, ...] = (
    *(
        name
        for name, feature in FEATURES.items()
        if feature.concept is not None and feature.concept is not Concept.TENURE
        if name in OF_PLACEMENT
    ),
    "service_years",
    "years_in_grade",
    "years_in_posting",
    "posts_count",
    "mean_stay_years",
    "short_stays_share",
    "years_in_function",
    "years_in_family",
    "years_in_title",
    "years_in_unit",
    "is_same_function",
    "is_same_family",
    "is_same_title",
    "is_same_unit",
    "field_fits",
    "training_hours",
    "training_hours_in_function",
)
"""Features of who gets a post: its earlier holders, the paths that lead to it, experience."""


STAYING: tuple[str, ...] = (
    *PLACEMENT,
    *(
        name
        for name, feature in FEATURES.items()
        if feature.concept is Concept.TENURE and name in OF_PLACEMENT
    ),
)
"""Features of how long one stays: besides, how long others did, in such posts and in the region."""


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
require_unprotected(PLACEMENT)
require_unprotected(STAYING)
