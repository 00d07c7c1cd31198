"""What the benchmark of resettlement found, as data: what ``--json`` prints."""

from pipelines.pages.figure import Figure, Part


class Way(Part):
    """One way of placing the families.

    Attributes:
        value: Members expected to work; with the middle 95% of the draws.
        share: Of the best value that is proven possible.
        placed: Families that found a place, on average.
    """

    value: Figure
    share: float
    placed: float


class Resettlement(Part):
    """The whole benchmark.

    Attributes:
        year: The fiscal year.
        families: How many families.
        people: How many people they are.
        places: How many places.
        seats: How many people the places took.
        unscored: Places without a score, which can take nobody.
        plan: The plan.
        bound: What no placement can be worth more than, by the solver's search.
        gap: By how much the plan may be below that, as a share.
        is_best: Whether the plan is proven the best.
        seconds: How long it took.
        ways: Greedy as they arrive, greedy in random order, and at random in proportion
            to capacity.
        above: By how much the plan is above each, as a share.
        draws: Orders and choices drawn.
    """

    year: str
    families: int
    people: int
    places: int
    seats: int
    unscored: tuple[str, ...]
    plan: Way
    bound: float
    gap: float
    is_best: bool
    seconds: float
    ways: dict[str, Way]
    above: dict[str, float]
    draws: int


class Online(Part):
    """Families that come one at a time.

    Attributes:
        year: The fiscal year.
        past: Families of the earlier part, which teach.
        families: Families that come and are placed.
        orders: Random orders drawn.
        as_filed: What each way reaches of the best in hindsight, in the order of the file.
        drawn: The same over random orders, the mean with the middle 95%.
    """

    year: str
    past: int
    families: int
    orders: int
    as_filed: dict[str, float]
    drawn: dict[str, Figure]
