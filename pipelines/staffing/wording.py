"""How figures of staffing are said, in pages, on the terminal and in workbooks alike."""

from collections.abc import Sequence
from typing import TypeVar

from mutasi.i18n import word
from pipelines.pages.document import UNKNOWN, Words
from pipelines.staffing.schema import Balance, Gap, Group, Horizon

SECTION = "staffing"

G = TypeVar("G", bound=Group)


def below_the_top(units: Sequence[G]) -> list[G]:
    """Return the units without the one that all others are part of, which is the total."""
    tops = sum(unit.depth == 0 for unit in units)
    return [unit for unit in units if unit.depth > 0 or tops > 1 or len(units) == 1]


class Told(Words):
    """Says groups, people and gaps in one language."""

    def sector(self, code: str | None) -> str:
        """Return what a function of government is called."""
        return self.say("no_sector") if code is None else word("function", code, self.language)

    def name(self, group: Group) -> str:
        """Return what a position, a unit or a sector is called."""
        return group.name if group.name is not None else self.sector(group.key)

    def people(self, count: float | None) -> str:
        """Return a number of people, whole where it is one.

        >>> Told("en", SECTION).people(1234.0), Told("id", SECTION).people(16.66)
        ('1,234', '16,7')
        """
        if count is None:
            return UNKNOWN
        return self.num(count, ".0f" if float(count).is_integer() else ".1f")

    def efficiency(self, group: Balance) -> str:
        """Return a unit's efficiency and its class; a dash where it is not known.

        Where it is of some of the people only, it says of how many.
        """
        if group.efficiency is None:
            return UNKNOWN
        part = "some" if group.measured < group.filled else "all"
        return self.say(
            f"efficiency_of_{part}",
            rate=group.efficiency,
            letter=group.efficiency_class,
            count=group.measured,
        )

    def span(self, horizon: Horizon) -> str:
        """Return the interval of all leavings; a dash where there is no rate."""
        if horizon.low is None or horizon.high is None:
            return UNKNOWN
        if horizon.low == horizon.high:
            return self.people(horizon.low)
        return f"{self.people(horizon.low)}–{self.people(horizon.high)}"

    def gap(self, gap: Gap) -> str:
        """Return what must be said beside the figures."""
        return self.say(f"gap.{gap.code}", **gap.facts)
