"""Past vacancies with those who could have been proposed, and who was.

A vacancy is a position for which somebody was named on a past day, by an offer
or an order.  Its pool is everyone in service in its region whom the law allowed
to move there, as known on the eve.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from features import Prepared, prepare
from features.frames import moves_in_effect
from features.outcomes import Decisions, is_recorded, joined
from models.learner import Floats
from mutasi.rules import RULES, Case, judge
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import ACTIVE

if TYPE_CHECKING:
    import pandas as pd

LAW_SINCE = date(2017, 4, 7)
"""The day from which the coded law judges (PP 11/2017)."""

WINDOW_YEARS = 6
"""How far back proposals tell how those in charge choose today."""

DAYS, VACANCIES_A_DAY = 24, 8
"""How many past days, and vacancies of each, are looked at."""

OTHERS = 40
"""Candidates of each vacancy, beside those proposed, that are kept."""

Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Pool:
    """Those whom the law allowed for one past vacancy.

    Attributes:
        prepared: The features of the eve.
        day: The day of decision.
        position: Row of the position.
        eligible: Rows of the candidates.
        was_named: Which of them was named.
        named_count: How many were named for it, allowed or not.
    """

    prepared: Prepared
    day: date
    position: int
    eligible: NDArray[np.int64]
    was_named: NDArray[np.bool_]
    named_count: int

    @property
    def employee_id(self) -> NDArray[np.object_]:
        """The candidates."""
        ids: NDArray[np.object_] = self.prepared.snapshot.employees["employee_id"][self.eligible]
        return ids

    @property
    def position_id(self) -> str:
        """The position."""
        return str(self.prepared.snapshot.positions["position_id"][self.position])

    def features(self, names: Sequence[str], places: NDArray[np.int64] | None = None) -> Floats:
        """Return features of the candidates, or of some of them."""
        who = self.eligible if places is None else self.eligible[places]
        return self.prepared.pairs(names, who, self.position)


def named(snapshot: Snapshot) -> "pd.DataFrame":
    """Return who was named for what and when: by an offer, or by an order without one.

    Returns:
        Columns ``day``, ``employee_id`` and ``position_id``.
    """
    import pandas as pd

    offers, moves = snapshot.tables["offers"], moves_in_effect(snapshot)
    offers = offers[is_recorded(offers)].rename(columns={"offered_on": "day"})
    ordered = moves[moves["offer"] < 0].rename(columns={"decided_on": "day"})
    columns = ["day", "employee", "position"]
    rows = pd.concat([offers[columns], ordered[columns]], ignore_index=True)
    return with_ids(snapshot, rows)


def with_ids(snapshot: Snapshot, rows: "pd.DataFrame") -> "pd.DataFrame":
    """Return days and ids of rows whose employee and position are on record."""
    import pandas as pd

    rows = rows[(rows["employee"] >= 0) & (rows["position"] >= 0)]
    ids = {
        table: snapshot.tables[table].iloc[:, 0].to_numpy(object)
        for table in ("employees", "positions")
    }
    return pd.DataFrame(
        {
            "day": rows["day"].to_numpy(),
            "employee_id": ids["employees"][rows["employee"]],
            "position_id": ids["positions"][rows["position"]],
        }
    )


def lately(rows: "pd.DataFrame", as_of: date, years: int) -> "pd.DataFrame":
    """Return rows of the last years, none from before the law that is coded."""
    import pandas as pd

    since = pd.Timestamp(as_of) - pd.DateOffset(years=years)
    return rows[rows["day"] >= max(since, pd.Timestamp(LAW_SINCE))]


def drawn(
    rows: "pd.DataFrame", random: np.random.Generator, days_drawn: int, vacancies_a_day: int
) -> "pd.DataFrame":
    """Return who was named for some vacancies of some days."""
    import pandas as pd

    days_of = np.sort(rows["day"].unique())
    chosen = np.sort(random.permutation(days_of)[:days_drawn])
    parts = [rows.iloc[:0]]
    for day in chosen:
        of_day = rows[rows["day"] == day]
        posts = np.unique(of_day["position_id"].to_numpy(str))
        taken = random.permutation(posts)[:vacancies_a_day]
        parts.append(of_day[of_day["position_id"].isin(taken)])
    return pd.concat(parts, ignore_index=True)


def pools(snapshot: Snapshot, rows: "pd.DataFrame", told: Told | None = None) -> Iterator[Pool]:
    """Yield the pool of each vacancy, day by day.

    Args:
        snapshot: What is known.
        rows: Who was named, as :func:`named` returns.
        told: Called after each day with days done and in all.
    """
    import pandas as pd

    by_day = rows.groupby("day", sort=True)
    for done, (moment, of_day) in enumerate(by_day):
        day = pd.Timestamp(str(moment)).date()
        yield from _pools_of(snapshot.rewound(day - timedelta(days=1)), day, of_day)
        if told is not None:
            told(done + 1, by_day.ngroups)


def _pools_of(eve: Snapshot, day: date, of_day: "pd.DataFrame") -> Iterator[Pool]:
    prepared = prepare(eve)
    people, posts = eve.employees, eve.positions
    places = {name: row for row, name in enumerate(posts["position_id"])}
    in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
    for position_id, of_post in of_day.groupby("position_id", sort=True):
        row = places.get(position_id)
        if row is None:
            continue
        staff = np.flatnonzero(in_service & (people["employee_region"] == posts["region"][row]))
        pairs = eve.pairs(staff, row)
        verdict = judge(RULES, Case(np.datetime64(eve.as_of, "D"), pairs.count, pairs.column))
        eligible = staff[verdict.eligible]
        who = people["employee_id"][eligible].astype(str)
        was_named = np.isin(who, of_post["employee_id"].to_numpy(str))
        yield Pool(prepared, day, row, eligible, was_named, len(of_post))


def past_proposals(
    snapshot: Snapshot, names: Sequence[str], told: Told | None = None, seed: int = 0
) -> tuple[Decisions, Floats]:
    """Return who was proposed for past vacancies, and some who could have been.

    The days are drawn from the latest years, so that they tell how those in charge
    choose today.

    Args:
        snapshot: What is known.
        names: The features wanted.
        told: Called after each day.
        seed: Which days, vacancies and other candidates are drawn.

    Returns:
        One decision per candidate, label 1 = proposed, and their features.
    """
    random = np.random.default_rng(seed)
    rows = lately(named(snapshot), snapshot.as_of, WINDOW_YEARS)
    decisions = [_decisions(np.empty(0, object), "", date.min, np.empty(0))]
    matrices = [np.empty((0, len(names)))]
    for pool in pools(snapshot, drawn(rows, random, DAYS, VACANCIES_A_DAY), told):
        others = np.flatnonzero(~pool.was_named)
        if not pool.was_named.any() or not len(others):
            continue
        places = np.append(np.flatnonzero(pool.was_named), random.permutation(others)[:OTHERS])
        label = pool.was_named[places].astype(float)
        decisions.append(_decisions(pool.employee_id[places], pool.position_id, pool.day, label))
        matrices.append(pool.features(names, places))
    return joined(decisions), np.vstack(matrices)


def _decisions(
    employee_id: NDArray[np.object_], position_id: str, day: date, label: Floats
) -> Decisions:
    on = np.full(len(label), np.datetime64(day, "D"))
    where = np.full(len(label), position_id, dtype=object)
    return Decisions(employee_id, where, on, label, on, np.zeros(len(label)))
