"""Vacancies with everyone whom the law allows for them, as matrices to be scored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import Prepared, prepare
from models.learner import Floats
from models.proposals import Pool, drawn, named, pools
from mutasi.rules import RULES, Case, judge
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import ACTIVE

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of a vacancy and somebody who may move there; one row a pair.

    Attributes:
        names: The features, in order.
        vacancy: Number of the vacancy.
        employee_id: The person.
        position_id: The position of each vacancy, by number.
        decided_on: Day of each vacancy, by number.
        moving: Features of the person in the vacant position.
        staying: Features of the person in the present one.
        was_named: Whether the past named this person for it.
    """

    names: tuple[str, ...]
    vacancy: Ints
    employee_id: NDArray[np.object_]
    position_id: NDArray[np.object_]
    decided_on: NDArray[np.datetime64]
    moving: Floats
    staying: Floats
    was_named: Mask

    def __len__(self) -> int:
        return len(self.vacancy)

    def columns(self, matrix: Floats, names: Sequence[str]) -> Floats:
        """Return some of the features of a matrix of :attr:`names`."""
        place = {name: index for index, name in enumerate(self.names)}
        return matrix[:, [place[name] for name in names]]


def open_candidates(
    snapshot: Snapshot, names: tuple[str, ...], most: int | None = None, seed: int = 0
) -> Candidates:
    """Return the candidates of the positions that are open on a snapshot's day.

    Args:
        snapshot: What is known.
        names: The features wanted.
        most: How many positions are drawn; all without.
        seed: Which are drawn.
    """
    prepared = prepare(snapshot)
    people, posts = snapshot.employees, snapshot.positions
    rows = np.flatnonzero(posts["open"] > 0)
    if most is not None:
        rows = np.sort(np.random.default_rng(seed).permutation(rows)[:most])
    in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
    found = []
    for row in rows:
        staff = np.flatnonzero(in_service & (people["employee_region"] == posts["region"][row]))
        pairs = snapshot.pairs(staff, int(row))
        case = Case(np.datetime64(snapshot.as_of, "D"), pairs.count, pairs.column)
        eligible = staff[judge(RULES, case).eligible]
        nobody = np.zeros(len(eligible), dtype=bool)
        found.append(Pool(prepared, snapshot.as_of, int(row), eligible, nobody, 0))
    return of_pools(found, names)


def past_candidates(
    snapshot: Snapshot,
    names: tuple[str, ...],
    since: np.datetime64,
    until: np.datetime64,
    days: int,
    vacancies_a_day: int,
    seed: int = 0,
) -> Candidates:
    """Return the candidates of vacancies for which the past named somebody.

    Args:
        snapshot: What is known now.
        names: The features wanted, as known on the eve of each vacancy.
        since: First day of the period.
        until: First day after it.
        days: How many days of it are drawn.
        vacancies_a_day: How many vacancies of each.
        seed: Which are drawn.
    """
    rows = named(snapshot)
    day = rows["day"].to_numpy("datetime64[D]")
    rows = rows[(day >= since) & (day < until)]
    wanted = drawn(rows, np.random.default_rng(seed), days, vacancies_a_day)
    return of_pools(pools(snapshot, wanted), names)


def of_pools(found: Iterable[Pool], names: tuple[str, ...]) -> Candidates:
    """Return the candidates of pools who hold a post; a pool without any is left out."""
    kept: list[tuple[Pool, Ints]] = []
    moving, staying = [np.empty((0, len(names)))], [np.empty((0, len(names)))]
    for pool in found:
        present = pool.prepared.snapshot.employees["position"][pool.eligible]
        places = np.flatnonzero(present >= 0)
        if not len(places):
            continue
        kept.append((pool, places))
        moving.append(pool.features(names, places))
        staying.append(_staying(pool.prepared, names, pool.eligible[places]))
    sizes = [len(places) for _, places in kept]
    return Candidates(
        names=names,
        vacancy=np.repeat(np.arange(len(kept)), sizes).astype(np.int64),
        employee_id=_stacked([pool.employee_id[places] for pool, places in kept]),
        position_id=np.array([pool.position_id for pool, _ in kept], dtype=object),
        decided_on=np.array([pool.day for pool, _ in kept], dtype="datetime64[D]"),
        moving=np.vstack(moving),
        staying=np.vstack(staying),
        was_named=_stacked([pool.was_named[places] for pool, places in kept]).astype(bool),
    )


def _staying(prepared: Prepared, names: Sequence[str], employees: Ints) -> Floats:
    present = prepared.snapshot.employees["position"][employees]
    return prepared.pairs(names, employees, present)


def _stacked(parts: list[NDArray[np.object_]] | list[Mask]) -> NDArray[np.object_]:
    return np.concatenate([np.empty(0, dtype=object), *parts])
