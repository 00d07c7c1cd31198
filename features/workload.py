"""How well units and positions are staffed against their need (ABK)."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature


@feature(Grain.POSITION, "share", Concept.WORKLOAD)
def position_staffing(filled: Floats, needed: Floats) -> Floats:
    """Return holders over need of the position; missing if its need was never assessed."""
    return filled / np.where(needed > 0, needed, np.nan)


@feature(Grain.POSITION, "share", Concept.WORKLOAD)
def unit_staffing(unit: Array, filled: Floats, needed: Floats, units_count: int) -> Floats:
    """Return holders over need of the position's whole unit, in positions with a need."""
    known = ~np.isnan(needed) & (unit >= 0)
    need = np.bincount(unit[known], needed[known], units_count)
    have = np.bincount(unit[known], filled[known], units_count)
    share = have / np.where(need > 0, need, np.nan)
    return np.append(share, np.nan)[unit]


@feature(Grain.EMPLOYEE, "share", Concept.WORKLOAD)
def staffing_now(present_unit_staffing: Floats) -> Floats:
    """Return holders over need of the unit that would be left."""
    return present_unit_staffing


@feature(Grain.PAIR, "share", Concept.WORKLOAD)
def staffing_change(unit_staffing: Floats, staffing_now: Floats) -> Floats:
    """Return how much better staffed the receiving unit is than the giving one."""
    return unit_staffing - staffing_now
