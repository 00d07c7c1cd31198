"""Where an invented region lies: its places and their coordinates."""

from dataclasses import dataclass

import numpy as np

from mutasi.simulation.arrays import Bools, Floats, kilometres

FIRST = (
    "Karang", "Suka", "Mekar", "Tirta", "Wana", "Giri", "Bumi", "Sido", "Argo", "Banyu",
    "Kerta", "Purwa", "Jati", "Randu", "Tanjung", "Gunung",
)  # fmt: skip
SECOND = ("jaya", "mulya", "sari", "rejo", "asih", "wangi", "laya", "makmur", "harja", "luhur")

CENTRE = (-7.35, 109.85)
"""Latitude and longitude of the seat of the region, in degrees."""


@dataclass(frozen=True)
class Places:
    """The districts (*kecamatan*) of a region; the first is the seat.

    Attributes:
        names: Name of each place.
        north: Latitude in degrees.
        east: Longitude in degrees.
        remote: Whether it was declared remote.
        size: Relative number of inhabitants.
    """

    names: tuple[str, ...]
    north: Floats
    east: Floats
    remote: Bools
    size: Floats


def places(rng: np.random.Generator, employees: int) -> Places:
    """Return places spread over an area some 40 to 80 km wide.

    Args:
        rng: Source of chance.
        employees: Size of the region; more people, more places.
    """
    count = int(np.clip(round(4 + employees / 420), 4, 36))
    width = rng.uniform(50, 75) * min(1.0, 0.65 + count / 40)
    angle = np.arange(count) * 2.399963 + rng.uniform(0, 2 * np.pi)
    radius = width / 2 * np.sqrt(np.arange(count) / count) * rng.uniform(0.85, 1.15, count)
    north = CENTRE[0] + 0.8 * radius * np.sin(angle) / 110.57
    east = CENTRE[1] + 1.15 * radius * np.cos(angle) / (111.32 * np.cos(np.radians(CENTRE[0])))
    away = kilometres(CENTRE[0], CENTRE[1], north, east)
    hard = away + rng.normal(0, 6, count)
    remote = (hard >= np.quantile(hard, 0.8)) & (away > 8)
    pairs = [first + second for second in SECOND for first in FIRST]
    names = tuple(np.array(pairs)[rng.permutation(len(pairs))[:count]].tolist())
    size = np.exp(rng.normal(0, 0.25, count)) * np.where(remote, 0.6, 1.0)
    size[0] *= 2.5
    return Places(names, north, east, remote, size)
