"""Need against who is there: surplus and shortage of every position."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.rules import Law
from mutasi.snapshot import Snapshot
from mutasi.staffing.grouping import Floats, Units
from mutasi.staffing.service import held

FIGURES = (
    "needed",
    "filled",
    "unassessed",
    "surplus",
    "shortage",
    "weighted",
    "workload",
    "working",
)
"""Figures that can be added: ``filled = needed - shortage + surplus + unassessed``."""


def balance(snapshot: Snapshot, units: Units) -> pd.DataFrame:
    """Return need against who is there, one row a position.

    A position that ceased to exist needs nobody: who still holds it is surplus.

    Returns:
        ``position_id``, ``title``, ``unit`` (row), ``function``, ``family`` and
        ``position_kind``; :data:`FIGURES` in people: ``needed`` (*kebutuhan*; 0 if never
        assessed), ``filled`` (*bezetting*), ``unassessed`` (those in posts whose need was
        never assessed), ``surplus``, ``shortage``, ``weighted`` (the shortage times
        ``weight``), ``workload`` (minutes a year, where they were counted) and ``working``
        (people in posts with a counted workload); ``weight`` of a missing person by the
        demands on the unit (1 = as usual).
    """
    columns = snapshot.positions
    holders = held(snapshot)
    filled = np.bincount(holders[holders >= 0], minlength=len(columns["unit"])).astype(float)
    exists = ~columns["is_closed"]
    needed = np.where(exists, columns["needed"], 0.0)
    assessed = ~np.isnan(needed)
    missing = np.nan_to_num(needed - filled)
    weight = weights(snapshot, units)[columns["unit"]]
    workload = np.where(exists, _workload(snapshot), np.nan)
    shortage = missing.clip(0)
    return pd.DataFrame(
        {
            "position_id": columns["position_id"],
            "title": columns["title"],
            "unit": columns["unit"],
            "function": columns["function"],
            "family": columns["family"],
            "position_kind": columns["position_kind"],
            "needed": np.nan_to_num(needed),
            "filled": filled,
            "unassessed": np.where(assessed, 0.0, filled),
            "surplus": (-missing).clip(0),
            "shortage": shortage,
            "weighted": shortage * weight,
            "workload": np.nan_to_num(workload),
            "working": np.where(np.isnan(workload), 0.0, filled),
            "weight": weight,
        }
    )


def weights(snapshot: Snapshot, units: Units) -> Floats:
    """Return how much a missing person of each unit counts on the day; 1 = as usual.

    A demand on a unit is one on all units below it; of several the strongest counts.
    """
    demands = snapshot.tables["demands"]
    moment = pd.Timestamp(snapshot.as_of)
    lasts = (demands["since"] <= moment) & ~(demands["until"] < moment)
    own = np.full(len(units.parent), np.nan)
    np.fmax.at(own, demands["unit"].to_numpy()[lasts], demands["weight"].to_numpy()[lasts])
    found = units.strongest_above(own)
    return np.where(np.isnan(found), 1.0, found)


def _workload(snapshot: Snapshot) -> Floats:
    """Return the minutes a year of each position's last count; NaN where it counted none."""
    needs = snapshot.tables["needs"]
    valid = needs[needs["since"] <= pd.Timestamp(snapshot.as_of)]
    last = (
        valid.sort_values("since", kind="stable").groupby("position")["workload"].last(skipna=False)
    )
    return last.reindex(np.arange(len(snapshot.tables["positions"]))).to_numpy(float)


def efficiency(workload: Floats, working: Floats, law: Law) -> tuple[Floats, NDArray[Any]]:
    """Return the efficiency of units (*EU*) and its class, A to E.

    The workload of a year over what the people in these posts can work in it,
    rounded to two decimals as the table of the classes is.

    Args:
        workload: Minutes a year.
        working: People whose posts have a counted workload.
        law: Of the day: minutes that one works in a year, and the classes.

    Returns:
        The efficiency, NaN where no workload was counted or nobody works; the class,
        None there.
    """
    capacity = working * law("workload.minutes_a_year")
    known = (capacity > 0) & (workload > 0)
    rate = np.round(
        np.divide(workload, capacity, out=np.full(len(workload), np.nan), where=known), 2
    )
    letter = np.full(len(rate), "E", dtype=object)
    for name, least in sorted(law("workload.least_efficiency").items(), reverse=True):
        letter[rate >= least] = name
    letter[~known] = None
    return rate, letter
