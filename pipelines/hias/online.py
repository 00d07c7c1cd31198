"""Families that come one at a time: placed by prices that the earlier ones teach."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.examples import Progress
from mutasi.planning.online import NOWHERE, best_place, seat_prices
from pipelines.hias.measure import SECONDS, best, one_by_one, values
from pipelines.hias.reading import Instance, read
from pipelines.hias.schema import Online
from pipelines.pages.figure import Figure

PAST: Final = 0.5
"""Share of the families that came earlier: they teach, and are not placed."""

EVERY: Final = 5
"""After how many arrivals prices are found anew."""

ORDERS: Final = 10
WAYS: Final = ("priced", "greedy")

Ints = NDArray[np.int64]


def online(
    folder: Path,
    year: str | None = None,
    progress: Progress | None = None,
    orders: int = ORDERS,
) -> Online:
    """Measure on the files of a fiscal year: the later half comes one at a time.

    The earlier half is the past; the later half shares half of each place's capacity.
    Whoever comes is placed at once and for good, and known only from then on; how many
    are still to come is known. Beside it stand the best place at once, and the best
    placement in hindsight.

    Args:
        folder: With the four files, see :func:`pipelines.hias.reading.read`.
        year: Which, where there are several.
        progress: Told how many orders are done.
        orders: Random orders in which families come, beside that of the file.

    Raises:
        PlanNotFound: If no placement in hindsight was found in time.
    """
    instance = read(folder, year)
    count = len(instance.families)
    random = np.random.default_rng(0)
    found = []
    drawn = [random.permutation(count) for _ in range(orders)]
    for done, order in enumerate([np.arange(count), *drawn]):
        found.append(_shares(instance, order))
        if progress is not None:
            progress("orders", done + 1, orders + 1)
    shares = np.array(found)
    return Online(
        year=instance.year,
        families=count - int(count * PAST),
        past=int(count * PAST),
        orders=orders,
        as_filed={name: float(share) for name, share in zip(WAYS, shares[0], strict=True)},
        drawn={name: _figure(each) for name, each in zip(WAYS, shares[1:].T, strict=True)},
    )


def _shares(instance: Instance, order: Ints) -> tuple[float, float]:
    """Return what prices, and the best place at once, reach of the best in hindsight.

    All of it where even in hindsight nothing is to be had.
    """
    past, stream = np.split(order, [int(len(order) * PAST)])
    later = replace(
        _some(instance, stream), capacity=np.floor(instance.capacity * (1 - PAST)).astype(np.int64)
    )
    hindsight, _, _ = best(later, SECONDS)
    most = float(values(later, hindsight[None])[0])
    greedy = one_by_one(later, np.arange(len(stream))[None])
    ways = (priced(_some(instance, past), later)[None], greedy)
    share_of = [float(values(later, each)[0]) / most if most else 1.0 for each in ways]
    return share_of[0], share_of[1]


def priced(past: Instance, later: Instance) -> Ints:
    """Return the place of each family that comes (-1 for none), by prices from those before.

    Args:
        past: Families that came before.
        later: Families in the order in which they come; what is known of each of them
            teaches those that follow.
    """
    worth = np.concatenate([past.worth, later.worth])
    fits = np.concatenate([past.fits, later.fits])
    size = np.concatenate([past.size, later.size])
    room = later.capacity.astype(float)
    found = np.full(len(later.families), NOWHERE)
    prices = np.zeros(len(room))
    for place, row in enumerate(range(len(past.families), len(worth))):
        if place % EVERY == 0:
            to_come = len(worth) - row
            prices = seat_prices(worth[:row], fits[:row], size[:row], to_come, room)
        found[place] = best_place(worth[row], fits[row], int(size[row]), room, prices)
        if found[place] != NOWHERE:
            room[found[place]] -= size[row]
    return found


def _some(instance: Instance, rows: Ints) -> Instance:
    return replace(
        instance,
        families=tuple(instance.families[row] for row in rows),
        size=instance.size[rows],
        worth=instance.worth[rows],
        fits=instance.fits[rows],
    )


def _figure(shares: NDArray[np.float64]) -> Figure:
    if not len(shares):
        return Figure(value=None)
    low, high = np.quantile(shares, (0.025, 0.975))
    return Figure(value=float(shares.mean()), low=float(low), high=float(high))
