"""A region as SIASN keeps it: structural posts are nodes of the tree of units.

SIASN has no ids of posts.  A structural post *is* a node of ``ref-unor``; any other
post is a job in a node.  So ids of positions change when a region is written for
SIASN, and the posts that lead parts of a unit become nodes below it:

- the highest structural post of a unit, if no other post there is as high, is the
  unit's own node and gets its id;
- any other structural post becomes a unit below its own, and both get the id that
  the post had;
- any other post gets ``<unit>:<job>``, where the job is what the old id says beside
  the unit.

A region that was imported from SIASN stays as it is.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mutasi.siasn.written.spelling import ESELON
from mutasi.vocabulary import NOUNS, PositionKind, columns

JENJANG = frozenset({"PM", "TR", "MH", "PY", "PT", "MU", "MA", "UT"})

PARTS = {
    r"^Kepala ": "",
    r"^Sekretaris ": "Sekretariat ",
    r"^Camat ": "Kecamatan ",
    r"^Lurah ": "Kelurahan ",
    r"^Direktur ": "Direktorat ",
}
"""What the part of a unit is called that a title leads."""


def as_nodes(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return a region with the units, positions and ids that SIASN would have.

    Args:
        frames: One frame per table name, with the columns of the vocabulary.

    Returns:
        New frames; tables that refer to no position are the same objects.

    Raises:
        KeyError: If there are no units or positions.
    """
    units, positions = frames["units"], frames["positions"]
    kind = kinds(positions)
    structural = (kind == PositionKind.STRUCTURAL.value).to_numpy()
    home = positions["unit_id"]
    node = home.where(_heads(positions, structural), positions["position_id"])
    job = home + ":" + _jobs(positions)
    new = node.where(structural, job)
    moved = positions.assign(
        position_id=new, unit_id=node.where(structural, home), kind=kind.to_numpy()
    )
    below = moved[structural & ~new.isin(units["unit_id"]).to_numpy()]
    parents = home[below.index]
    renamed = dict(zip(positions["position_id"], new, strict=True))
    made = {**frames, "positions": moved}
    made["units"] = pd.concat([units, _parts(below, parents, units)], ignore_index=True)
    return {table: _referring(table, frame, renamed) for table, frame in made.items()}


def kinds(positions: pd.DataFrame) -> "pd.Series[str]":
    """Return the legal kind of each position; where none is told, by its rung."""
    said = positions["rung"].map(
        dict.fromkeys(ESELON, PositionKind.STRUCTURAL.value)
        | dict.fromkeys(JENJANG, PositionKind.FUNCTIONAL.value)
    )
    kind: pd.Series[str] = positions["kind"].fillna(said).fillna(PositionKind.GENERAL.value)
    return kind


def _heads(positions: pd.DataFrame, structural: Any) -> "pd.Series[bool]":
    """Return whether each position is its unit's own node."""
    unit = positions["unit_id"]
    own = positions["position_id"] == unit
    level = positions["level"].astype("float64").fillna(0)
    top = level == level.groupby(unit).transform("max")
    alone = top.groupby(unit).transform("sum") == 1
    taken = own.groupby(unit).transform("any")
    heads: pd.Series[bool] = structural & (own | (top & alone & ~taken))
    return heads


def _jobs(positions: pd.DataFrame) -> "pd.Series[str]":
    """Return the job of each position: its id without that of its unit."""
    pairs = zip(positions["position_id"], positions["unit_id"], strict=True)
    job = pd.Series(
        [old.removeprefix(f"{unit}.").removeprefix(f"{unit}:") for old, unit in pairs],
        positions.index,
        dtype="str",
    )
    double = pd.DataFrame({"unit": positions["unit_id"], "job": job}).duplicated(keep=False)
    return job.mask(double, positions["position_id"])


def _parts(posts: pd.DataFrame, parents: "pd.Series[str]", units: pd.DataFrame) -> pd.DataFrame:
    """Return the units that posts lead below their own."""
    above = units.set_index("unit_id").reindex(parents)
    made = above.reset_index(drop=True).assign(
        unit_id=posts["unit_id"].to_numpy(),
        name=posts["title"].replace(PARTS, regex=True).to_numpy(),
        parent_id=parents.to_numpy(),
        function=np.where(
            posts["function"].notna(), posts["function"], above["function"].to_numpy()
        ),
    )
    return made[units.columns].astype(units.dtypes.to_dict())


def _referring(table: str, frame: pd.DataFrame, renamed: Mapping[str, str]) -> pd.DataFrame:
    """Return a table with the new ids where it refers to positions."""
    noun = next(noun for noun in NOUNS if noun.table == table)
    named = [column.name for column in columns(noun) if column.fact.references == "positions"]
    if not named or frame.empty:
        return frame
    return frame.assign(**{name: frame[name].map(renamed) for name in named})
