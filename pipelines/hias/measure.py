"""Families to places: the best placement, beside one at a time and at random."""

from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array

from mutasi.errors import NobodyToMove, PlanNotFound
from mutasi.planning import highs
from pipelines.hias.reading import Instance, read
from pipelines.hias.schema import Resettlement, Way
from pipelines.pages.figure import Figure

DRAWS: Final = 1000
SECONDS: Final = 300.0
"""How long the search for the best may take."""

Ints = NDArray[np.int64]


def bench(
    folder: Path, year: str | None = None, seconds: float = SECONDS, draws: int = DRAWS
) -> Resettlement:
    """Measure on the files of a fiscal year.

    Args:
        folder: With the four files, see :func:`pipelines.hias.reading.read`.
        year: Which, where there are several.
        seconds: How long the search for the best may take.
        draws: Orders and choices drawn.

    Raises:
        NobodyToMove: If no family fits any place.
        PlanNotFound: If no placement was found in time.
    """
    instance = read(folder, year)
    if not instance.fits.any():
        raise NobodyToMove
    began = perf_counter()
    place, bound, is_best = best(instance, seconds)
    took = perf_counter() - began
    value = float(values(instance, place[None])[0])
    random = np.random.default_rng(0)
    orders = np.argsort(random.random((draws, len(instance.families))), axis=1)
    arrival = np.arange(len(instance.families))[None]
    placements = {
        "arriving": one_by_one(instance, arrival),
        "greedy": one_by_one(instance, orders),
        "random": one_by_one(instance, orders, random),
    }
    ways = {name: _way(instance, places, bound) for name, places in placements.items()}
    return Resettlement(
        year=instance.year,
        families=len(instance.families),
        people=int(instance.size.sum()),
        places=len(instance.places),
        seats=int(instance.capacity.sum()),
        unscored=instance.unscored,
        plan=_way(instance, place[None], bound),
        bound=bound,
        gap=(bound - value) / bound if bound > 0 else 0.0,
        is_best=is_best,
        seconds=took,
        ways=ways,
        above={
            name: value / way.value.value - 1.0 for name, way in ways.items() if way.value.value
        },
        draws=draws,
    )


def best(instance: Instance, seconds: float) -> tuple[Ints, float, bool]:
    """Return the place of each family (-1 for none), a bound, and whether it is proven best.

    A knapsack a place: each family goes whole to at most one place that fits, and no
    place takes more people than it took.

    Raises:
        PlanNotFound: If no placement was found in time.
    """
    family, place = np.nonzero(instance.fits)
    columns = np.arange(len(family))
    once = csr_array(
        (np.ones(len(columns)), (family, columns)), shape=(len(instance.families), len(columns))
    )
    people = csr_array(
        (instance.size[family].astype(float), (place, columns)),
        shape=(len(instance.places), len(columns)),
    )
    solved = highs.milp(
        -instance.worth[family, place],
        integrality=np.ones(len(columns), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(once, -np.inf, 1),
            LinearConstraint(people, -np.inf, instance.capacity),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if solved.x is None:
        raise PlanNotFound(seconds=seconds)
    found = np.full(len(instance.families), -1)
    chosen = solved.x > 1 / 2
    found[family[chosen]] = place[chosen]
    value = float(instance.worth[family[chosen], place[chosen]].sum())
    return found, max(-float(solved.mip_dual_bound), value), solved.status == 0


def one_by_one(instance: Instance, orders: Ints, random: np.random.Generator | None = None) -> Ints:
    """Return where families go if each is placed before the next is looked at.

    All orders at once; only places that fit and have room left for the whole family.

    Args:
        instance: The families and places.
        orders: Rows of families in the order in which they come; one order a row.
        random: Draws a place in proportion to its capacity; without, the best is taken.

    Returns:
        The place of each family (-1 for none); one order a row.
    """
    every = np.arange(len(orders))
    room = np.tile(instance.capacity, (len(orders), 1))
    found = np.full(orders.shape, -1)
    for family in orders.T:
        size = instance.size[family]
        fits = instance.fits[family] & (room >= size[:, None])
        if random is None:
            place = np.where(fits, instance.worth[family], -1.0).argmax(axis=1)
        else:
            share = np.cumsum(np.where(fits, instance.capacity, 0), axis=1)
            drawn = random.random(len(orders)) * share[:, -1]
            place = (share > drawn[:, None]).argmax(axis=1)
        goes = fits[every, place]
        found[every[goes], family[goes]] = place[goes]
        room[every[goes], place[goes]] -= size[goes]
    return found


def values(instance: Instance, place: Ints) -> NDArray[np.float64]:
    """Return what placements are worth, one a row."""
    worth = instance.worth[np.arange(len(instance.families)), place]
    return np.asarray(np.where(place >= 0, worth, 0.0).sum(axis=1))


def _way(instance: Instance, places: Ints, bound: float) -> Way:
    worth = values(instance, places)
    low, high = np.quantile(worth, (0.025, 0.975)) if len(worth) > 1 else (None, None)
    mean = float(worth.mean())
    return Way(
        value=Figure(value=mean, low=low, high=high),
        share=mean / bound if bound > 0 else 0.0,
        placed=float((places >= 0).sum(axis=1).mean()),
    )
