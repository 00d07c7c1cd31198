"""How much each part of ratings varies is found again in worlds where it is known."""

from collections.abc import Mapping

import numpy as np
import pytest

from features._feature import Floats
from features.track_record import apart
from tests.features.worlds import USUAL, world


def errors(seeds: range, **options: float) -> Mapping[str, Floats]:
    """Return, for some worlds, by how much each variance is missed."""
    found: dict[str, list[float]] = {}
    for seed in seeds:
        made = world(seed, **options)  # type: ignore[arg-type]  # fractions only
        parts = apart(made.ratings, made.posts)
        variance = {part: deviation**2 for part, deviation in parts.deviation.items()}
        variance["noise"] = parts.effects.noise**2
        true = {part: float(values.var()) for part, values in made.truth.items()}
        true |= {part: USUAL[part] for part in ("match", "passing", "noise")}
        for one in (variance, true):
            one["unit and rater"] = one["unit"] + one["rater"]
        of_title = made.truth["title"] + made.truth["family"][np.arange(40) % 8]
        variance["title and family"] = variance["title"] + variance["family"]
        true["title and family"] = float(of_title.var())
        for part, estimate in variance.items():
            found.setdefault(part, []).append(estimate - true[part])
    return {part: np.array(off) for part, off in found.items()}


@pytest.fixture(scope="module")
def settled() -> Mapping[str, Floats]:
    """By how much variances are missed where every unit keeps its rater."""
    return errors(range(8), rater_changes=0.0)


@pytest.mark.parametrize(
    ("part", "on_average", "at_most"),
    [
        ("person", 1.5, 4.0),  # of 30 T points squared
        ("match", 2.5, 5.0),  # of 8
        ("post", 1.6, 3.0),  # of 5
        ("title and family", 0.7, 2.0),  # of 7
        ("unit and rater", 2.0, 6.0),  # of 14
        ("passing", 0.4, 1.0),  # of 5
        ("noise", 1.0, 3.0),  # of 31
    ],
)
def test_variances_are_recovered(
    part: str, on_average: float, at_most: float, settled: Mapping[str, Floats]
) -> None:
    assert abs(settled[part].mean()) < on_average
    assert np.abs(settled[part]).max() < at_most


def test_raters_who_change_units_are_told_from_them() -> None:
    found = errors(range(8), rater_changes=0.3)

    for part in ("unit", "rater"):
        assert abs(found[part].mean()) < 2.0
        assert np.abs(found[part]).max() < 5.0


def test_what_passes_is_told_from_the_habit_of_raters_who_change_units() -> None:
    found = errors(range(8), rater_changes=0.3)

    assert abs(found["passing"].mean()) < 0.8


def test_a_few_raters_who_changed_units_do_not_tell_units_from_raters() -> None:
    """Together they have what lasts in units, however it is shared out: 14 T points squared."""
    found = errors(range(8), rater_changes=0.05)

    assert np.abs(found["unit and rater"]).max() < 8.0
