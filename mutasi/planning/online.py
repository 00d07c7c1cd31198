"""Places that are given one at a time: what a seat is worth to those who are still to come.

Whoever comes now takes the place that is worth most after its price, not the best one
(Ahani, Gölz, Procaccia, Teytelboym & Trapp, Operations Research 2024).  Prices follow
from the past: as if those who came so far came again, in the numbers that are still to
come, for the seats that are left.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from mutasi.planning.highs import linprog
from mutasi.planning.problem import Floats, Ints, Mask

NOWHERE = -1


def seat_prices(
    worth: Floats, fits: Mask, size: Ints, to_come: float, room: NDArray[np.float64]
) -> Floats:
    """Return what a seat of each place is worth to those who are still to come.

    Args:
        worth: Of everyone of the past in each place; shape ``(past, places)``.
        fits: Whether they may go there; same shape.
        size: Seats that each of them takes.
        to_come: How many are still to come.
        room: Seats left of each place.
    """
    who, place = np.nonzero(fits)
    if not len(who) or to_come <= 0:
        return np.zeros(len(room))
    columns = np.arange(len(who))
    once = csr_array((np.ones(len(who)), (who, columns)), shape=(len(worth), len(who)))
    seats = csr_array((size[who], (place, columns)), shape=(len(room), len(who)))
    solved = linprog(
        -worth[who, place],
        A_ub=vstack([once, seats]),
        b_ub=np.concatenate([np.full(len(worth), to_come / len(worth)), room]),
    )
    return np.asarray(np.maximum(-solved.ineqlin.marginals[len(worth) :], 0.0))


def best_place(
    worth: Floats, fits: Mask, size: int, room: NDArray[np.float64], prices: Floats
) -> int:
    """Return the place that is worth most after its price; :data:`NOWHERE` if none is.

    Args:
        worth: In each place.
        fits: Whether the one who comes may go there.
        size: Seats that they take.
        room: Seats left of each place.
        prices: Of a seat of each place.
    """
    left = np.where(fits & (room >= size), worth - size * prices, -np.inf)
    place = int(left.argmax())
    return place if left[place] >= 0 else NOWHERE
