"""Columns of a region that a plan request refers to."""

from collections.abc import Container, Iterable, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.recommender import Recommender
from mutasi.staffing import Units, balance
from mutasi.vocabulary import ACTIVE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Known:
    """Columns of the region that a request refers to.

    Attributes:
        as_of: The day.
        people: NIP of everybody on record.
        present: Row of the post that each holds; -1 for none.
        in_service: Who is in service.
        displaced: Whose post has ceased to exist.
        person_row: Row of each person by NIP.
        posts: Id of each post.
        unit: Id of each post's unit.
        open: Seats of each post that are open now.
        closed: Which posts have ceased to exist.
        refillable: Which posts may be filled when they are left.
        units: The units as a tree.
        spare: How many each post has too many; without end where nobody is needed.
        family: Job family of each post; empty if unknown.
        weight: What a missing person of each post counts; 1 = as usual.
        post_row: Row of each post by id.
    """

    def __init__(self, recommender: Recommender) -> None:
        people, posts = recommender.snapshot.employees, recommender.snapshot.positions
        self.as_of: date = recommender.snapshot.as_of
        self.people: NDArray[np.object_] = people["employee_id"]
        self.present: Ints = people["position"]
        self.in_service: Mask = (self.present >= 0) | (people["standing"] == ACTIVE)
        self.posts: NDArray[np.object_] = posts["position_id"]
        self.unit: NDArray[np.object_] = posts["unit_id"]
        self.family = np.array([each or "" for each in posts["family"]], dtype=object)
        self.open: Ints = posts["open"].astype(np.int64)
        self.closed: Mask = posts["is_closed"]
        self.person_row = {name: row for row, name in enumerate(self.people)}
        self.post_row = {name: row for row, name in enumerate(self.posts)}
        with np.errstate(invalid="ignore"):
            self.refillable: Mask = (posts["filled"] <= posts["needed"]) & ~self.closed
        surplus = np.where(np.isnan(posts["needed"]), np.inf, posts["filled"] - posts["needed"])
        self.spare: Floats = np.where(self.closed, np.inf, surplus)
        self.displaced: Mask = (self.present >= 0) & np.append(self.closed, False)[self.present]
        self.units = Units.of(recommender.snapshot)
        staffed = balance(recommender.snapshot, self.units)
        self.weight: Floats = staffed["weight"].to_numpy(float)

    @property
    def ids(self) -> dict[str, Container[str]]:
        """Ids of all there is, by what a request calls it."""
        return {
            "person": self.person_row,
            "post": self.post_row,
            "unit": set(self.units.names["unit_id"]),
            "family": set(self.family),
        }

    def rows(self, names: Iterable[str], row: Mapping[str, int]) -> Ints:
        """Return the rows of some names."""
        return np.array([row[name] for name in names], dtype=np.int64)

    def within(self, units: Iterable[str]) -> Mask:
        """Return which posts are of some units or of those below them."""
        names = self.units.names["unit_id"].to_numpy(object)
        found = np.isin(names, list(units))
        for _ in range(int(self.units.depth.max(initial=0))):
            found |= np.append(found, False)[self.units.parent]
        return np.isin(self.unit, names[found])
