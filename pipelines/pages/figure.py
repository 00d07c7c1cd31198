"""A figure with its interval, as reports hold it."""

from math import isnan
from typing import Self

from pydantic import BaseModel, ConfigDict

from models.intervals import Interval


class Part(BaseModel):
    """Base of the parts of a report."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Figure(Part):
    """A figure with the ends of its 95 % bootstrap interval."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, found: Interval) -> Self:
        """Return an interval as a figure; what could not be found is None."""
        ends = (found.value, found.low, found.high)
        value, low, high = (None if isnan(end) else end for end in ends)
        return cls(value=value, low=low, high=high)
