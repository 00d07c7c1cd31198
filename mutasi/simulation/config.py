"""What may be asked of an invented region."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

Kind = Literal["usual", "thresholds", "patronage", "gaps"]
"""How a region's world is made: as a rule, by steps, by patrons, or seldom written down."""


class SimulationConfig(BaseModel, extra="forbid", frozen=True):
    """Size, span and difficulty of an invented region.

    Attributes:
        name: Name of the regional government.
        employees: People in service at any time.
        years: Calendar years that are lived through, up to ``last_year``.
        last_year: The last of them.
        seed: The same seed gives the same region, to the byte.
        world: How people perform and answer, who is chosen, and what is written
            down (:mod:`mutasi.simulation.worlds`).
        fit_strength: Scale of everything that depends on the pair of person
            and position; 0 means that a good match brings nothing.
        confounding: Scale of how far past choices followed hidden ability and
            patronage.
        missingness: Scale of the gaps in the records; 0 leaves none.
    """

    name: str = Field(default="Kabupaten Sarimukti", min_length=1, max_length=80)
    employees: int = Field(default=6000, ge=200, le=50_000)
    years: int = Field(default=10, ge=1, le=20)
    last_year: int = Field(default=2025, ge=2016, le=2040)
    seed: int = Field(default=7, ge=0)
    world: Kind = "usual"
    fit_strength: float = Field(default=1.0, ge=0, le=5)
    confounding: float = Field(default=1.0, ge=0, le=5)
    missingness: float = Field(default=1.0, ge=0, le=3)

    @property
    def first_year(self) -> int:
        """The first calendar year that is lived through."""
        return self.last_year - self.years + 1

    @property
    def last_day(self) -> date:
        """The day by which all of it is known: appraisals of a year are in by the end of March."""
        return date(self.last_year + 1, 3, 31)
