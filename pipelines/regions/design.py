"""Which regions are invented: how many past moves, what kind of world, which seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from mutasi.simulation import SimulationConfig

SIZES: dict[int, tuple[int, int]] = {
    300: (700, 6),
    1000: (1550, 8),
    3000: (4300, 10),
    20_000: (31_000, 12),
}
"""Employees and years that give about so many past moves."""

SEEDS = (1, 2, 3)
MIDDLE = 1000
"""The size at which worlds that are made otherwise are tried."""


@dataclass(frozen=True)
class World:
    """A kind of region.

    Attributes:
        name: How it is told.
        kind: How the simulator makes it.
        fit_strength: Scale of what depends on the pair of person and post.
    """

    name: str
    kind: str
    fit_strength: float = 1.0


USUAL = World("usual", "usual")
NO_MATCH = World("no_match", "usual", fit_strength=0.0)
OTHERS = (World("thresholds", "thresholds"), World("patronage", "patronage"), World("gaps", "gaps"))
WORLDS = {world.name: world for world in (USUAL, NO_MATCH, *OTHERS)}


@dataclass(frozen=True)
class Trial:
    """One region to be invented, learned from and asked.

    Attributes:
        world: What kind.
        moves: About how many past moves.
        seed: Which of its kind.
    """

    world: World
    moves: int
    seed: int

    @property
    def config(self) -> SimulationConfig:
        """How it is simulated."""
        employees, years = SIZES[self.moves]
        return SimulationConfig.model_validate(
            {
                "employees": employees,
                "years": years,
                "seed": self.seed,
                "world": self.world.kind,
                "fit_strength": self.world.fit_strength,
            }
        )


def trials(
    sizes: Sequence[int] = tuple(SIZES),
    worlds: Sequence[str] = tuple(WORLDS),
    seeds: Sequence[int] = SEEDS,
) -> tuple[Trial, ...]:
    """Return the regions of a benchmark, the largest first.

    Worlds with and without a match are tried at every size, the others at the
    middle one, or at the smallest asked for where that is not among them.
    """
    middle = MIDDLE if MIDDLE in sizes else min(sizes)
    found = [
        Trial(WORLDS[name], moves, seed)
        for name, moves, seed in product(worlds, sizes, seeds)
        if WORLDS[name] in {USUAL, NO_MATCH} or moves == middle
    ]
    return tuple(sorted(found, key=lambda trial: -trial.moves))
