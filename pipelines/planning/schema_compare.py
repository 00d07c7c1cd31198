"""What plans say side by side, as data; worths in T points."""

from typing import Any

from pipelines.pages.figure import Part


class Side(Part):
    """One of the plans.

    Attributes:
        name: How it is called here.
        model: Version of the model that it was made with; None where the transparent score
            stood in.
        value: What its moves are worth, by its own weights, T points.
        gap: By how much it may be below the best, as a share.
        moves: How many move.
        gain: Expected performance gained, of all who hold a post and move, T points.
        accepted: How many offers are expected to be accepted.
        short_after: People missing afterwards, weighted by demand.
        agreement: Share of moves that it has in common with each plan, of all that either
            makes; 1 where neither makes any.
        common: How many of its moves every plan makes.
        partly: How many some other plan makes, but not every one.
        own: How many it alone makes.
    """

    name: str
    model: str | None
    value: float
    gap: float
    moves: int
    gain: float
    accepted: float
    short_after: float
    agreement: tuple[float, ...]
    common: int = 0
    partly: int = 0
    own: int = 0


class Sent(Part):
    """Where each plan sends somebody.

    Attributes:
        person: NIP.
        name: Name.
        to: Title and unit in each plan, with the day until which the person is only lent;
            None where the person stays.
    """

    person: str
    name: str | None
    to: tuple[str | None, ...]


class Beside(Part):
    """A unit before, and after each plan.

    Attributes:
        unit: Id of the unit.
        name: Its name.
        needed: People needed in its posts.
        before: People there now.
        after: People there after each plan.
        short_before: People missing, by post, weighted by the demands on the unit.
        short_after: The same after each plan.
    """

    unit: str
    name: str
    needed: int
    before: int
    after: tuple[int, ...]
    short_before: float
    short_after: tuple[float, ...]


class Comparison(Part):
    """Plans side by side.

    Attributes:
        as_of: The day that all of them are about.
        short_before: People missing before, weighted by demand.
        sides: The plans, in the order given.
        differences: Whom they do not treat alike; those whom most plans move first.
        alike: Whom all of them send to the same post.
        units: Units that any of them changes; those on which they are furthest apart first.
    """

    as_of: str
    short_before: float
    sides: tuple[Side, ...]
    differences: tuple[Sent, ...]
    alike: tuple[Sent, ...] = ()
    units: tuple[Beside, ...] = ()


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
