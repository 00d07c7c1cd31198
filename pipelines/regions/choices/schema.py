"""What was measured with and without each choice, as data: what ``--json`` prints.

Units: T points (mean 50, standard deviation 10 over all staff of a year), chances and
shares 0 to 1.
"""

from pipelines.pages.figure import Figure, Part
from pipelines.regions.schema import Verdict


class Beside(Part):
    """One figure of a variant.

    Attributes:
        value: The figure.
        more: By how much it is more than the product's, on the same draws; None for the
            product itself.
        verdict: Whether the variant is better or worse than the product; None where more
            is neither.
    """

    value: Figure
    more: Figure | None = None
    verdict: Verdict | None = None


class Variant(Part):
    """The product with one choice changed.

    Attributes:
        figures: By name; those that the choice cannot touch are left out.
        differs: In how many regions it is not the product itself.
    """

    figures: dict[str, Beside]
    differs: int


class Group(Part):
    """The regions of one kind of world and one size; or all of them.

    Attributes:
        world: The kind; None for all.
        moves: About how many past moves each has; None for all.
        rated: Rated moves that were learned from, region by region.
        nearness: By variant, the product first: how near the truth.
        intervals: By way of making intervals: coverage and mean width.
        ratings: How many ratings that is of.
        chances: By when chances are corrected: calibration error and Brier score.
        answers: How many answers that is of.
        labels: How many labels the corrections learned from, region by region.
        seconds: CPU seconds of one region, on average.
    """

    world: str | None
    moves: int | None
    rated: tuple[int, ...]
    nearness: dict[str, Variant]
    intervals: dict[str, Variant]
    ratings: int
    chances: dict[str, Variant]
    answers: int
    labels: tuple[int, ...]
    seconds: float


class Choices(Part):
    """The whole measure.

    Attributes:
        groups: One a kind and size, and all together last.
        draws: Draws behind every interval.
    """

    groups: tuple[Group, ...]
    draws: int
