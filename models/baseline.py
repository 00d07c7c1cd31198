"""What any model must beat: the base rate, the last rating, and a profile-matching score.

The profile-matching score is what Indonesian agencies compute by hand today; it
is also the transparent score that stands in where no model is at hand.
"""

import numpy as np

from models.learner import Floats

GAPS = np.array([-4, -3, -2, -1, 0, 1, 2, 3, 4])
POINTS = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 4.5, 3.5, 2.5, 1.5])
"""Points of a gap between a person and a profile: a small surplus is worth a
little less than a match, a lack costs a point a step (profile matching)."""

MIDDLING = 3.0
"""Points of a match that speaks neither for nor against."""

CORE_SHARE = 0.6
"""Share of the core criteria."""

CORE = ("gap_technical", "field_fits", "years_in_function", "education_margin")
SECONDARY = (
    "gap_integrity",
    "gap_cooperation",
    "gap_communication",
    "gap_results",
    "gap_service",
    "gap_development",
    "gap_change",
    "gap_decisions",
    "gap_cohesion",
    "grade_margin",
)
PROFILE: tuple[str, ...] = (*CORE, *SECONDARY)
"""The features that the score reads, in order."""

ENOUGH_YEARS = 5.0
"""Years in a function from which experience is a full match; each step below is 2 years."""


def profile_score(matrix: Floats) -> Floats:
    """Return the hand-weighted score of pairs, 20 to 100; 60 where nothing is known.

    Each criterion's gap becomes points by the usual table; the core criteria
    (technical competence, field of study, experience, education) count 60%, the
    others 40%. A criterion that is not known is left out of the mean.

    Args:
        matrix: One row per pair with the columns :data:`PROFILE`.
    """
    return np.asarray(profile_parts(matrix).sum(axis=1))


def profile_parts(matrix: Floats) -> Floats:
    """Return what each criterion adds to the score of a middling match; the base last.

    Args:
        matrix: One row per pair with the columns :data:`PROFILE`.

    Returns:
        Shape ``(pairs, criteria + 1)``; a row's sum is its score.
    """
    gaps = _gaps(matrix)
    known = ~np.isnan(gaps)
    points = np.where(known, np.interp(np.clip(gaps, -4.0, 4.0), GAPS, POINTS) - MIDDLING, 0.0)
    is_core = np.arange(len(PROFILE)) < len(CORE)
    core_count = (known & is_core).sum(axis=1, keepdims=True)
    other_count = (known & ~is_core).sum(axis=1, keepdims=True)
    core_share = np.where(core_count == 0, 0.0, np.where(other_count == 0, 1.0, CORE_SHARE))
    share = np.where(
        is_core,
        core_share / np.maximum(core_count, 1),
        (1 - core_share) / np.maximum(other_count, 1),
    )
    parts = 20.0 * share * points
    return np.hstack([parts, np.full((len(parts), 1), 20.0 * MIDDLING)])


def _gaps(matrix: Floats) -> Floats:
    """Return each criterion as a gap between person and profile, -4 to 4; NaN = unknown."""
    gaps = matrix.copy()
    place = {name: index for index, name in enumerate(PROFILE)}
    fits, years, margin = (
        place[name] for name in ("field_fits", "years_in_function", "education_margin")
    )
    gaps[:, fits] = 2.0 * (gaps[:, fits] - 1.0)
    gaps[:, years] = np.clip((gaps[:, years] - ENOUGH_YEARS) / 2.0, -4.0, 0.0)
    gaps[:, margin] = np.clip(gaps[:, margin], -4.0, 1.0)
    return gaps
