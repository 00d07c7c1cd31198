"""The judgement as data: what ``mutasi compare --json`` prints, and MLflow keeps.

Units: ratings in T points, chances and shares 0 to 1.  No record of a person is in it.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field

from pipelines.evaluation.schema import Bins, Comparison
from pipelines.pages.figure import Figure, Part

SCHEMA = 1
"""Version of the layout; raised whenever a reader would have to know."""


Fact = float | int | str
"""A value of a sentence."""


class Outcome(StrEnum):
    """What a gate says.

    ``UNTOLD`` lets pass, and says what would be needed to tell.
    """

    FAILS = "fails"
    HOLDS = "holds"
    UNTOLD = "untold"


class Reading(Part):
    """One figure that a gate looks at.

    Attributes:
        code: Key of its sentence, below the gate's; one with a dot is the whole key.
        outcome: What it says.
        figure: The figure with its 95 % interval, if it has one.
        bound: What it is held to.
        facts: Other values of the sentence.
    """

    code: str
    outcome: Outcome
    figure: Figure | None = None
    bound: float | None = None
    facts: dict[str, Fact] = Field(default_factory=dict)


class Gate(Part):
    """One of the gates.

    Attributes:
        name: Which.
        outcome: Fails if one of its readings does; holds if one that could be told does.
        readings: Its figures.
    """

    name: str
    outcome: Outcome
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, name: str, readings: Iterable[Reading]) -> Self:
        """Return the gate of some readings."""
        told = tuple(readings)
        found = {reading.outcome for reading in told}
        worst = next((each for each in Outcome if each in found), Outcome.UNTOLD)
        return cls(name=name, outcome=worst, readings=told)


class Duel(Part):
    """Challenger and champion on decisions whose outcome neither had seen.

    Attributes:
        measure: ``rmse`` or ``log_loss``; lower is better.
        count: Decisions.
        decided_from: First day of the decisions.
        known_from: First day on which an outcome counts as unseen.
        challenger: The loss of what the challenger's procedure learned before.
        champion: The champion's loss; None, as the others, where decisions are too few.
        difference: Challenger minus champion, on the same draws.
    """

    measure: str
    count: int
    decided_from: str
    known_from: str
    challenger: Figure | None = None
    champion: Figure | None = None
    difference: Figure | None = None


class Ratio(Part):
    """How often a group is among the first ten, against the group that is most often.

    Attributes:
        attribute: ``sex``, or ``kind`` of employment.
        group: The group.
        reference: The group that is most often among the first ten.
        people: Candidates of the group.
        challenger: The ratio by the challenger.
        champion: The same ratio by the champion; None where there is none.
    """

    attribute: str
    group: str
    reference: str
    people: int
    challenger: Figure
    champion: Figure | None = None


class Paces(Part):
    """Milliseconds to rank one vacancy with reasons, the median of several runs.

    Attributes:
        challenger: By the challenger.
        champion: By the champion, in the same process.
    """

    challenger: float
    champion: float


class Judgement(Part):
    """A challenger before its gates.

    Attributes:
        format: Version of this layout.
        as_of: Day whose knowledge the challenger learned from and is judged by.
        region: The government.
        challenger: Version of the challenger.
        champion: Version of the champion; None where there is none that can be used.
        gates: The gates, in order.
        backtest: The challenger's procedure beside baselines, by what is predicted.
        bins: Predicted against realised, by what is predicted.
        duels: Challenger against champion, by what both predict.
        ratios: Selection of groups.
        paces: Time that rankings take; None without a champion.
    """

    format: int = SCHEMA
    as_of: str
    region: str
    challenger: str
    champion: str | None
    gates: tuple[Gate, ...]
    backtest: dict[str, Comparison]
    bins: dict[str, Bins]
    duels: dict[str, Duel]
    ratios: tuple[Ratio, ...]
    paces: Paces | None

    def failed(self) -> tuple[str, ...]:
        """Return the names of the gates that fail."""
        return tuple(gate.name for gate in self.gates if gate.outcome is Outcome.FAILS)


class Decision(Part):
    """What became of a challenger.

    Attributes:
        judgement: Its gates.
        is_promoted: Whether it serves now.
        overruled: Gates that failed and were overruled by a person.
        reason: Why, in the person's words; None where nothing was overruled.
    """

    judgement: Judgement
    is_promoted: bool
    overruled: tuple[str, ...] = ()
    reason: str | None = None
