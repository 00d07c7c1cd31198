"""Units as SIASN writes them (``ref-unor``), and what rows say of where one works."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from mutasi.siasn.written.spelling import ESELON, NO_ESELON, Objects, identity, ids, only, texts
from mutasi.vocabulary import Assignment, PositionKind

KIND = {
    PositionKind.STRUCTURAL.value: "1",
    PositionKind.FUNCTIONAL.value: "2",
    PositionKind.GENERAL.value: "4",
}
"""SIASN ids of kinds of positions (*jenisJabatan*)."""

ESELON_NAME = {number: name for name, number in ESELON.items()} | {NO_ESELON: "NON"}


@dataclass(frozen=True)
class Tree:
    """The units and positions of a region whose structural posts are nodes.

    Attributes:
        units: Of the vocabulary, by id.
        positions: Of the vocabulary, by id.
    """

    units: pd.DataFrame
    positions: pd.DataFrame

    @classmethod
    def of(cls, units: pd.DataFrame, positions: pd.DataFrame) -> "Tree":
        """Index what :func:`mutasi.siasn.written.nodes.as_nodes` made."""
        return cls(
            units.set_index("unit_id", drop=False), positions.set_index("position_id", drop=False)
        )

    @cached_property
    def offices(self) -> "pd.Series[str]":
        """For each unit the one below the root that it belongs to (*unor induk*)."""
        parent = self.units["parent_id"]
        above = parent.where(parent.isin(self.units.index))
        office = pd.Series(self.units.index, self.units.index, dtype="str")
        climbed = above[above.map(above).notna()]
        for _ in range(len(self.units)):
            if climbed.empty:
                break
            office.loc[climbed.index] = climbed
            higher = climbed.map(above)
            climbed = higher[higher.map(above).notna()]
        return office

    def places(self, positions: "pd.Series[str]") -> dict[str, Objects]:
        """Return what rows say of the unit of each position."""
        unit = self.positions["unit_id"].reindex(positions)
        office = self.offices.reindex(unit)
        region = self.units["region"].reindex(unit)
        region_id = _region_ids(region)
        name = self._names(unit)
        return {
            "instansiKerjaId": region_id,
            "instansiKerjaNama": texts(region),
            "satuanKerjaId": region_id,
            "satuanKerjaNama": texts(region),
            "unorId": texts(unit),
            "unorNama": name,
            "unorIndukId": texts(office),
            "unorIndukNama": self._names(office),
        }

    def jobs(self, positions: "pd.Series[str]") -> dict[str, Objects]:
        """Return what rows say of the kind, rung and job of each position."""
        held = self.positions.reindex(positions)
        kind = held["kind"].to_numpy(object)
        job = held.index.to_series().str.split(":", n=1).str[-1]
        title = texts(held["title"])
        functional = kind == PositionKind.FUNCTIONAL.value
        general = kind == PositionKind.GENERAL.value
        structural = kind == PositionKind.STRUCTURAL.value
        eselon = only(structural, _eselon(held["rung"]))
        return {
            "jenisJabatan": texts(held["kind"].map(KIND)),
            "eselon": texts(pd.Series(eselon).map(ESELON_NAME)),
            "eselonId": eselon,
            "jabatanFungsionalId": only(functional, texts(job)),
            "jabatanFungsionalNama": only(functional, title),
            "jabatanFungsionalUmumId": only(general, texts(job)),
            "jabatanFungsionalUmumNama": only(general, title),
            "namaJabatan": title,
        }

    def _names(self, units: "pd.Series[str]") -> Objects:
        return texts(self.units["name"].reindex(units))


@dataclass(frozen=True)
class Region:
    """A region whose structural posts are nodes.

    Attributes:
        frames: What :func:`mutasi.siasn.written.nodes.as_nodes` made.
    """

    frames: Mapping[str, pd.DataFrame]

    @cached_property
    def tree(self) -> Tree:
        """The units and positions."""
        return Tree.of(self.frames["units"], self.frames["positions"])

    @cached_property
    def held(self) -> pd.DataFrame:
        """The definitive postings."""
        postings = self.frames["postings"]
        return postings[postings["assignment"] == Assignment.DEFINITIVE.value]


def nodes(region: Region) -> dict[str, Any]:
    """Return the columns of ``ref-unor``."""
    tree, units = region.tree, region.tree.units
    post = tree.positions.reindex(units.index)
    leads = (post["kind"] == PositionKind.STRUCTURAL.value).to_numpy()
    now = region.held[region.held["ended_on"].isna()]
    head = now.drop_duplicates("position_id", keep="last").set_index("position_id")["employee_id"]
    leader = head.reindex(units.index)
    return {
        "Id": texts(units["unit_id"]),
        "InstansiId": _region_ids(units["region"]),
        "DiatasanId": texts(units["parent_id"]),
        "EselonId": only(leads, _eselon(post["rung"])),
        "NamaUnor": texts(units["name"]),
        "NamaJabatan": only(leads, texts(post["title"])),
        "CepatKode": None,
        "IndukUnorId": texts(tree.offices.reindex(units.index)),
        "PemimpinPnsId": only(leader.notna(), ids("pns", leader.fillna(""))),
        "JenisUnorId": None,
    }


def _eselon(rung: "pd.Series[str]") -> Objects:
    return rung.map(ESELON).fillna(NO_ESELON).to_numpy(object)


def _region_ids(region: "pd.Series[str]") -> Objects:
    return texts(
        region.map({name: identity("instansi", name) for name in region.dropna().unique()})
    )
