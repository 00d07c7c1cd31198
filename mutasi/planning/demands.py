"""What a plan must keep to, one value a demand.

Everything that somebody asks of a plan beyond its worth is one of these; a plan that
cannot be found names the fewest of them that cannot hold together.  People, posts,
units and families are told by their ids.

>>> Floor(least=12, unit="PKM-1")
floor(least=12, unit=PKM-1)
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from mutasi.errors import PinOfOne, PinsContradict

Count = Annotated[int, Field(ge=0, le=10**12, strict=True)]
"""People, moves or money: whole, and few enough that sums are."""


@dataclass(frozen=True, repr=False)
class Demand:
    """Base of the demands; printed as they are written in a plan request."""

    kind: ClassVar[str]
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    def __repr__(self) -> str:
        """Return the demand in the words of a plan request."""
        return f"{self.kind}({', '.join(f'{k}={v}' for k, v in self.values().items())})"

    def values(self) -> dict[str, Any]:
        """Return what was asked for, by name; what was left open is left out."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, repr=False)
class Floor(Demand):
    """Never fewer people than this in a unit, a job family, or a family of a unit."""

    kind = "floor"
    least: Count
    unit: str | None = None
    family: str | None = None


@dataclass(frozen=True, repr=False)
class MostMoves(Demand):
    """At most so many moves; with a unit, moves that leave, enter or stay within it."""

    kind = "most_moves"
    most: Count
    unit: str | None = None


@dataclass(frozen=True, repr=False)
class Budget(Demand):
    """The moves cost at most this in all."""

    kind = "budget"
    most: Count


@dataclass(frozen=True, repr=False)
class Depth(Demand):
    """Every move goes back to a seat that is open now, over at most so many moves.

    One of an exchange goes back to none, so a stated depth leaves exchanges out.
    """

    kind = "depth"
    most: Count


@dataclass(frozen=True, repr=False)
class Pin(Demand):
    """Base of what is asked about one person."""

    person: str


@dataclass(frozen=True, repr=False)
class Must(Pin):
    """This person moves to this post."""

    kind = "must"
    post: str


@dataclass(frozen=True, repr=False)
class MustNot(Pin):
    """This person does not move to this post."""

    kind = "must_not"
    post: str


@dataclass(frozen=True, repr=False)
class Keep(Pin):
    """This person stays."""

    kind = "keep"


@dataclass(frozen=True, repr=False)
class Place(Pin):
    """This person moves for good, wherever to: the post is gone, or the stay is over."""

    kind = "place"


@dataclass(frozen=True, repr=False)
class Together(Pin):
    """Both people are in one unit afterwards, as couples are."""

    kind = "together"
    other: str


@dataclass(frozen=True, repr=False)
class Apart(Pin):
    """The two people are not in one unit afterwards, as judge and party are."""

    kind = "apart"
    other: str


KINDS: dict[str, type[Demand]] = {
    kind.kind: kind
    for kind in (
        Floor,
        MostMoves,
        Budget,
        Depth,
        Must,
        MustNot,
        Keep,
        Place,
        Together,
        Apart,
    )
}
"""Demands by the word that a plan request uses."""


def require_agreement(demands: Iterable[Demand]) -> None:
    """Refuse pins that contradict each other, whatever the region.

    Raises:
        PinOfOne: If somebody is to be together with, or apart from, themselves.
        PinsContradict: If somebody must be in two posts, or move and stay, or move where
            they must not.
    """
    pins = [pin for pin in demands if isinstance(pin, Pin)]
    for pin in pins:
        if isinstance(pin, Together | Apart) and pin.person == pin.other:
            raise PinOfOne(demand=pin)
    bound: dict[str, Pin] = {}
    for pin in pins:
        if isinstance(pin, Must | Keep) and bound.setdefault(pin.person, pin) != pin:
            raise PinsContradict(first=bound[pin.person], second=pin)
    for pin in pins:
        first = bound.get(pin.person)
        if isinstance(first, Keep) and isinstance(pin, Place):
            raise PinsContradict(first=first, second=pin)
        if isinstance(first, Must) and isinstance(pin, MustNot) and first.post == pin.post:
            raise PinsContradict(first=first, second=pin)
