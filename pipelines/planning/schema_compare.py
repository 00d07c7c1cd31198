"""What plans say side by side, as data; worths in T points."""

from typing import Any

from pipelines.pages.figure import Part


class Side(Part):
    """One of the plans.

    Attributes:
        name: How it is called here.
        value: What its moves are worth, by its own weights, T points.
        gap: By how much it may be below the best, as a share.
        moves: How many move.
        gain: Expected performance gained, of all who hold a post and move, T points.
        accepted: How many offers are expected to be accepted.
        short_after: People missing afterwards, weighted by demand.
        agreement: Share of moves that it has in common with each plan, of all that either
            makes; 1 where neither makes any.
    """

    name: str
    value: float
    gap: float
    moves: int
    gain: float
    accepted: float
    short_after: float
    agreement: tuple[float, ...]


class Difference(Part):
    """Somebody whom the plans do not treat alike.

    Attributes:
        person: NIP.
        name: Name.
        to: Title and unit in each plan; None where the person stays.
    """

    person: str
    name: str | None
    to: tuple[str | None, ...]


class Comparison(Part):
    """Plans side by side.

    Attributes:
        as_of: The day that all of them are about.
        short_before: People missing before, weighted by demand.
        sides: The plans, in the order given.
        differences: Whom they do not treat alike; those whom most plans move first.
    """

    as_of: str
    short_before: float
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]


class Learned(Part):
    """How well it could be learned which moves last.

    Attributes:
        moves: Past moves of which it is known.
        lasted: How many of them lasted.
        loss: Log loss of the chances on the latest past.
        base_loss: What the same chance for all lost there.
    """

    moves: int
    lasted: int
    loss: float
    base_loss: float


class Outcomes(Part):
    """Plans of one request by several definitions of a good outcome.

    Attributes:
        definitions: The definitions, as a request writes them; the plan was made for the
            first.
        learned: How well each could be learned, where that is a question of its own.
        beside: Their plans side by side.
        worth: What the plan of each is worth by each definition, its own among them; a row a
            plan.
    """

    definitions: tuple[dict[str, Any], ...]
    learned: tuple[Learned | None, ...]
    beside: Comparison
    worth: tuple[tuple[float, ...], ...]
