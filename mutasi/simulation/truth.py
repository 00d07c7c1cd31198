"""The hidden truth of an invented region, for tests and benchmarks only.

It answers for any pair of person and position on any simulated day: how well
the person would do there, and how likely they would go.  It is kept apart from
the records; nothing that learns or serves may import it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.errors import EmployeeNotFound, PositionNotFound
from mutasi.simulation import appraisal, behavior
from mutasi.simulation.arrays import Floats, Ints, day_number, year_of
from mutasi.simulation.behavior import Facts, World
from mutasi.simulation.career import Postings
from mutasi.simulation.chronicle import Chronicle, Log, homes
from mutasi.simulation.worlds import NATURES

NUMBERS = ("fit_strength", "willingness", "salt")
"""What is one number for the whole region."""

STARTS_AFTER = 30
"""Days after a decision at which a move usually starts."""

ARRAYS_FILE, META_FILE = "truth.npz", "truth.json"


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true of everyone and every post, by person and position.

    Attributes:
        meta: Config, and the scale of ratings by year.
        employees: Id of each person.
        positions: Id of each post.
        world: What does not change.
        arrays: What happened: postings, homes, grades and educations.
    """

    meta: Mapping[str, Any]
    employees: "pd.Index[str]"
    positions: "pd.Index[str]"
    world: World
    arrays: Mapping[str, NDArray[Any]]

    @classmethod
    def of(cls, region: Chronicle, employees: Sequence[str]) -> Self:
        """Return the truth about a region that has been simulated.

        Args:
            region: The region.
            employees: Id of each of its people, in their order.
        """
        who, log, homes_log = region.people, region.postings, region.homes
        arrays: dict[str, NDArray[Any]] = {
            "posting_employee": log.employee,
            "posting_post": log.post,
            "posting_start": log.start,
            "posting_end": log.end,
            "posting_eased": log.eased,
            "reached": who.reached,
            "first_fields": who.degree.fields,
            "later_fields": who.later.fields,
            "later_day": who.later.day,
        }
        arrays |= {f"home_{name}": homes_log[name] for name in HOME_COLUMNS}
        meta = {
            "config": region.config.model_dump(),
            "scales": {str(year): list(scale) for year, scale in region.scales.items()},
        }
        return cls(meta, pd.Index(employees), pd.Index(region.posts.ids), region.world, arrays)

    def performance(
        self, employee_ids: Sequence[str], position_ids: Sequence[str], on: date
    ) -> Floats:
        """Return how well pairs would be rated in the first whole year after a move.

        A pair of a person with the position held is a stay, without a move.

        Args:
            employee_ids: The person of each pair.
            position_ids: The position of each pair.
            on: The day of the decision.

        Returns:
            Expected T points over raters and chance (mean 50, standard deviation
            10 over all staff of the year); NaN for who holds no post on the day.

        Raises:
            EmployeeNotFound: If an id is not one of the region's.
            PositionNotFound: If an id is not one of the region's.
        """
        who, post, facts = self._pairs(employee_ids, position_ids, on)
        day = facts.where.day
        now = facts.where.post[who]
        stays = now == post
        start = np.where(stays, facts.where.since[who], day + STARTS_AFTER)
        same = (self.world.unit[now] == self.world.unit[post]) & (
            self.world.family[now] == self.world.family[post]
        )
        eased = np.where(stays, facts.where.eased[who], same)
        year = int(year_of(day + STARTS_AFTER)) + 1
        pairs = behavior.Pairs(who, post, start, eased)
        signal = behavior.signal(self.world, facts, pairs, day_number(year, 7))
        judged = min(year, max(self.scales))
        mean, spread = self.scales[judged]
        points = 50 + 10 * (appraisal.expected(signal, judged) - mean) / spread
        return np.where(facts.where.post[who] >= 0, points, np.nan)

    def acceptance(
        self, employee_ids: Sequence[str], position_ids: Sequence[str], on: date
    ) -> Floats:
        """Return the chance that people would accept positions offered on a day.

        Args:
            employee_ids: The person of each pair.
            position_ids: The position of each pair.
            on: The day of the offer.

        Returns:
            Probabilities; NaN for who holds no post on the day.

        Raises:
            EmployeeNotFound: If an id is not one of the region's.
            PositionNotFound: If an id is not one of the region's.
        """
        who, post, facts = self._pairs(employee_ids, position_ids, on)
        chance = behavior.motives(self.world, facts, who, post).probability()
        return np.where(facts.where.post[who] >= 0, chance, np.nan)

    def save(self, folder: Path) -> None:
        """Write plain arrays and JSON to a folder: nothing pickled."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {f"past_{name}": values for name, values in self.arrays.items()}
        for field in fields(World):
            value = getattr(self.world, field.name)
            if isinstance(value, np.ndarray):
                arrays[f"world_{field.name}"] = value
        with (folder / ARRAYS_FILE).open("wb") as file:
            np.savez_compressed(
                file,
                allow_pickle=False,
                employees=np.asarray(self.employees, dtype=np.str_),
                positions=np.asarray(self.positions, dtype=np.str_),
                **arrays,
            )
        meta = {
            **self.meta,
            "world": {name: getattr(self.world, name) for name in NUMBERS},
        }
        (folder / META_FILE).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what :meth:`save` wrote."""
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as stored:
            content = {name: stored[name] for name in stored.files}
        world = {
            name.removeprefix("world_"): values
            for name, values in content.items()
            if name.startswith("world_")
        }
        return cls(
            {name: meta[name] for name in ("config", "scales")},
            pd.Index(content["employees"].astype(object)),
            pd.Index(content["positions"].astype(object)),
            World(NATURES[meta["config"].get("world", "usual")], **world, **meta["world"]),
            {
                name.removeprefix("past_"): values
                for name, values in content.items()
                if name.startswith("past_")
            },
        )

    @cached_property
    def scales(self) -> dict[int, tuple[float, float]]:
        """Mean and standard deviation of what was written down, by year."""
        return {int(year): (scale[0], scale[1]) for year, scale in self.meta["scales"].items()}

    def facts(self, on: date) -> Facts:
        """Return what was true of everyone at the close of the day before a decision.

        Raises:
            ValueError: If the day was not simulated.
        """
        first = self.meta["config"]["last_year"] - self.meta["config"]["years"] + 1
        if not first <= on.year <= self.meta["config"]["last_year"] + 1:
            raise ValueError(f"{on} was not simulated")
        day = day_number(on.year, on.month, on.day) - 1
        if day not in self._facts:
            self._facts.clear()
            self._facts[day] = self._facts_at(day)
        return self._facts[day]

    @cached_property
    def _facts(self) -> dict[int, Facts]:
        return {}

    def _facts_at(self, day: int) -> Facts:
        past, count = self.arrays, len(self.employees)
        log = Postings()
        log.begin(
            *(past[f"posting_{name}"] for name in ("employee", "post", "start", "end", "eased"))
        )
        where = log.situation(count, day, self.world.function, self.world.family)
        rows = Log(*HOME_COLUMNS)
        rows.add(
            len(past["home_employee"]), **{name: past[f"home_{name}"] for name in HOME_COLUMNS}
        )
        north, east, _ = homes(rows, count, day)
        later = np.where(past["later_day"] <= day, past["later_fields"], 0)
        grade = (past["reached"] <= day).sum(axis=1)
        return Facts(
            where, north, east, np.asarray(past["first_fields"] | later), np.asarray(grade)
        )

    def _pairs(
        self, employee_ids: Sequence[str], position_ids: Sequence[str], on: date
    ) -> tuple[Ints, Ints, Facts]:
        who = self.employees.get_indexer(pd.Index(employee_ids))
        if (who < 0).any():
            raise EmployeeNotFound(employee_id=str(np.asarray(employee_ids)[who < 0][0]))
        post = self.positions.get_indexer(pd.Index(position_ids))
        if (post < 0).any():
            raise PositionNotFound(position_id=str(np.asarray(position_ids)[post < 0][0]))
        return who.astype(np.int64), post.astype(np.int64), self.facts(on)


HOME_COLUMNS = ("employee", "since", "place", "north", "east")
