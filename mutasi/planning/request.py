"""What a planner asks for, as TOML or JSON; unknown words and wrong types are refused."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from mutasi.choices import listed, offered
from mutasi.errors import RequestUnparsed, RequestUnreadable
from mutasi.planning.demands import (
    Apart,
    Budget,
    Count,
    Demand,
    Depth,
    Floor,
    Keep,
    MostMoves,
    Must,
    MustNot,
    Place,
    Together,
)

PROBLEMS = {
    "extra_forbidden": "unknown",
    "unexpected_keyword_argument": "unknown",
    "missing": "missing",
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "finite_number": "finite",
    "twice": "twice",
    "nothing": "nothing",
    "literal_error": "choice",
}
"""What is wrong with a field, by how pydantic names it; anything else is of a wrong kind."""

Weight = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Ids = tuple[str, ...]


class Asked(BaseModel):
    """Base of the parts of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pool(Asked):
    """Who may be moved.

    Attributes:
        units: Ids of units whose people, and those of units below, may be moved; empty =
            of all.
        people: NIPs of those who may be moved; empty = everybody.
        without: NIPs of those who may not.
    """

    units: Ids = ()
    people: Ids = ()
    without: Ids = ()


class Posts(Asked):
    """Which posts are filled.

    Attributes:
        units: Ids of units whose open posts, and those of units below, are filled; empty =
            of all.
        only: Ids of the posts to fill; empty = all that are open.
        opening: Seats that open soon, by id of the post, beside those that are open now.
        candidates: How many of each post are looked at, the best first.
        rounds: How often posts that candidates would leave are looked at in turn.
    """

    units: Ids = ()
    only: Ids = ()
    opening: dict[str, Count] = Field(default_factory=dict)
    candidates: Annotated[int, Field(ge=1, le=1000, strict=True)] = 30
    rounds: Annotated[int, Field(ge=1, le=6, strict=True)] = 2


class Weights(Asked):
    """What a move is worth, T points.

    Attributes:
        gain: Of a point of expected performance gained against staying.
        move: What any move costs that is made: handing over, settling in.
        refusal: What an offer that is refused costs.
        workload: Of a missing person found, times the unit's demand.
        per_km: What a kilometre more to work costs.
        career: Of a level that the move goes up.
    """

    gain: Weight = 1.0
    move: Weight = 1.0
    refusal: Weight = 2.0
    workload: Weight = 5.0
    per_km: Weight = 0.02
    career: Weight = 0.0


class Outcome(Asked):
    """What counts as a good outcome of a move.

    Attributes:
        name: What it is called, in the report and in the names of files.
        measure: ``performance``: the performance to be expected, T points; ``good``: the chance
            that it is at least a stated one; ``lasting``: the chance that the post is still
            held after 24 months, against what is usual of moves.
        at_least: Performance from which a rating is good, T points.
        points: What a chance of one is worth, T points.  About the mean, ten points of
            performance more or less are worth as much as 25 times the chance that they
            change.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    measure: Literal["performance", "good", "lasting"] = "performance"
    at_least: Annotated[float, Field(ge=0, le=100)] = 50.0
    points: Weight = 25.0


class Temporary(Asked):
    """People lent for a time to units that lack people (*penugasan sementara*).

    Who is lent keeps the own post, works in one of the same job family elsewhere, and
    returns; that is worth as much less than a move as it lasts less than two years.

    Attributes:
        until: The last day, at most six months on (SE Kepala BKN 1/SE/I/2021).
        units: Ids of units that people are lent to, with those below; empty = all.
        cost: What each assignment costs, T points.
    """

    until: date
    units: Ids = ()
    cost: Weight = 0.2


class Limits(Asked):
    """What a plan may not exceed.

    Attributes:
        moves: Moves in all.
        depth: Moves from an open seat to the last who moves up.
        budget: Money for allowances.
        per_move: What each move costs.
        per_km: What each kilometre between home and the new unit costs besides.
        kilometres: The farthest that anybody is sent from home.
        staff_share: Share of its people below which no unit falls, rounded down; one stays at
            least.  Who must be placed elsewhere is not counted.
    """

    moves: Count | None = None
    depth: Annotated[int, Field(ge=1, le=6, strict=True)] | None = None
    budget: Count | None = None
    per_move: Count = 0
    per_km: Count = 0
    kilometres: Weight | None = None
    staff_share: Share = 0.9


class Preference(Asked):
    """What a person wishes.

    Attributes:
        person: The NIP.
        unit: Id of a unit.
        post: Id of a post.
        worth: What a wish that is met is worth, T points.
        binds: Whether the person moves nowhere else.
    """

    person: str
    unit: str | None = None
    post: str | None = None
    worth: Weight = 2.0
    binds: bool = False

    @model_validator(mode="after")
    def _wishes_something(self) -> Self:
        if self.unit is None and self.post is None:
            raise PydanticCustomError("nothing", "a unit or a post is named")
        return self


class PlanRequest(Asked):
    """A question to the planner.

    Attributes:
        as_of: The day; the last of the records by default.
        seconds: How long a search may take.
        place_displaced: Whether everybody whose post has ceased to exist must be placed.
        pool: Who may be moved.
        posts: Which posts are filled.
        weights: What a move is worth.
        limits: What the plan may not exceed.
        preference: What people wish.
        wishes: What it is worth to meet what employees told and applied for, T points;
            nothing by default.
        temporary: People lent for a time; none without.
        outcome: What counts as a good outcome; of several, the plan is made for the first, and
            for each of the others beside it.
        floor: Units and families that keep so many people.
        most_moves: Units with so many moves at most.
        must: Moves that are made.
        must_not: Moves that are not made.
        keep: People who stay.
        place: People who move, wherever to.
        together: Pairs of people who are in one unit afterwards.
        apart: Pairs of people who are not.
    """

    as_of: date | None = None
    seconds: Annotated[float, Field(ge=1, le=86_400)] = 60.0
    place_displaced: bool = False
    pool: Pool = Pool()
    posts: Posts = Posts()
    weights: Weights = Weights()
    limits: Limits = Limits()
    temporary: Temporary | None = None
    preference: tuple[Preference, ...] = ()
    wishes: Weight = 0.0
    outcome: tuple[Outcome, ...] = ()
    floor: tuple[Floor, ...] = ()
    most_moves: tuple[MostMoves, ...] = ()
    must: tuple[Must, ...] = ()
    must_not: tuple[MustNot, ...] = ()
    keep: tuple[Keep, ...] = ()
    place: tuple[Place, ...] = ()
    together: tuple[Together, ...] = ()
    apart: tuple[Apart, ...] = ()

    @field_validator("outcome")
    @classmethod
    def _names_differ(cls, outcome: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        names = [each.name for each in outcome]
        if len(set(names)) < len(names):
            raise PydanticCustomError("twice", "a name is given twice")
        return outcome

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What the plan must keep to, as far as it is written down."""
        limits = self.limits
        of_limits = (
            None if limits.moves is None else MostMoves(limits.moves),
            None if limits.budget is None else Budget(limits.budget),
            None if limits.depth is None else Depth(limits.depth),
        )
        return (
            *(demand for demand in of_limits if demand is not None),
            *self.floor,
            *self.most_moves,
            *self.must,
            *self.must_not,
            *self.keep,
            *self.place,
            *self.together,
            *self.apart,
        )


def read(path: Path) -> PlanRequest:
    """Return the request of a file, TOML or JSON.

    Raises:
        RequestUnparsed: If it is neither; names the line.
        RequestUnreadable: If it is not what a request must be; names the field.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        said: Any = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        raise RequestUnparsed(path=path, line=int(place[1]) if place else 1) from error
    try:
        return PlanRequest.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestUnreadable(
            path=path,
            field=".".join(map(str, first["loc"])) or "?",
            value=first["input"] if isinstance(first["input"], str | int | float) else "…",
            problem=PROBLEMS.get(first["type"], "kind"),
            limit=_limit(first.get("ctx", {}), first["input"]),
        ) from error


def _limit(context: Mapping[str, Any], said: object) -> str:
    """Return the bound that a number was on the wrong side of, or the choices there are."""
    if "expected" in context:
        return f" {offered(listed(context['expected']), said)}"
    return next((f" {context[side]}" for side in ("ge", "le") if side in context), "")
