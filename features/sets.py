"""Which features each model may use."""

from collections.abc import Mapping

from features import holders, paths
from features._compute import FEATURES
from features._feature import Concept, Feature

PROTECTED = frozenset({"sex", "born_on", "born_month"})
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


SUPERSEDED = frozenset(
    {"career_rating", "recent_rating", "rating_within_rater", "rating_trend", "last_rating"}
)
"""What ``person_record`` says better: ratings before post and rater are taken out."""

LENIENCY = "usual_leniency"
"""What the rater there usually adds: part of a rating, not of a performance."""

STEADY: tuple[str, ...] = tuple(
    name for name in _explained(Concept.LENIENCY) if name not in SUPERSEDED
)
"""Features of post-move performance, where what lasts in a person is all that matters."""

RECENT: tuple[str, ...] = (*STEADY, "last_rating", "rating_trend")
"""Those, and how one was rated of late."""

PERFORMANCE: tuple[str, ...] = (*RECENT, LENIENCY)
"""Every feature of post-move performance."""

MOTIVES: tuple[str, ...] = (
    *(name for name, feature in FEATURES.items() if feature.concept is Concept.DISTANCE),
    "levels_up",
    "grade_margin",
    "allowance_change",
    "years_in_posting",
    "service_years",
    "is_same_function",
    "is_same_unit",
    "moves_count",
    "short_stays_share",
    "offers_refused",
    "offers_accepted",
    "unit_staffing",
    "staffing_change",
)
"""Features of the answer to an offer: the way to work, what the post gives, what one
leaves, the load there, and how one answered before."""

ACCEPTANCE: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *MOTIVES,
            *(
                name
                for name in _explained(
                    Concept.COMPETENCE_FIT, Concept.POST_RECORD, Concept.LENIENCY
                )
                if name not in SUPERSEDED
            ),
        )
    )
)
"""Every feature of the answer to an offer; competence gaps and how earlier holders were
rated are not what people decide by."""

WAYS: Mapping[str, int] = {
    "person_record": 1,
    "job_person_match": 1,
    "field_fits": 1,
    "education_margin": 1,
    "training_hours": 1,
    "training_hours_in_function": 1,
    "years_in_function": 1,
    "years_in_family": 1,
    **{name: 1 for name in FEATURES if name.startswith("gap_")},
    "distance_then_km": -1,
    "distance_change_km": -1,
    "remoteness_change": -1,
    "is_home_place": 1,
    "levels_up": 1,
    "allowance_change": 1,
    "offers_accepted": 1,
    "offers_refused": -1,
}
"""What a personnel officer would demand: 1 where more may only speak for the placement,
-1 where it may only speak against it.  So closing a gap never lowers a prediction."""

FIRM_MOTIVES = ("distance_change_km",)
"""What is known to matter before any data: of 1,967 who declined a post in 2025, two
thirds said that it was too far from home (BKN)."""

ONLY_ANSWERS = frozenset({"levels_up", "distance_then_km", "distance_change_km"})
"""Those of which it holds for the answer to an offer only."""

PROPOSAL: tuple[str, ...] = tuple(dict.fromkeys((*ACCEPTANCE, *STEADY)))
"""Features of who is proposed for a post: whatever is known and may be used."""


EVIDENCE: tuple[str, ...] = ("person_record_error", "post_record_error", "match_deviation")
"""How much the records leave open of a pair; they widen, and never predict."""

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
require_unprotected(PROPOSAL)
require_unprotected(PLACEMENT)
require_unprotected(STAYING)
