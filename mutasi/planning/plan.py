"""A transfer plan: the moves, what they are worth, and what no plan could be worth more than.

The file of a plan holds the whole question beside the answer, so that anybody can check
it with nothing else (``mutasi.planning.certificate``).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from mutasi.certificate import digest
from mutasi.planning.demands import KINDS
from mutasi.planning.problem import RESOLUTION, Ints, Problem
from mutasi.planning.rows import PRICE_STEPS, Key

FORMAT: Final = 2


@dataclass(frozen=True, eq=False)
class Plan:
    """The best moves that were found.

    Attributes:
        problem: What was asked.
        moves: Rows of the pairs that move.
        step: How many moves each is away from a seat that is open now; 0 where no depth
            was stated.
        prices: What one more of each limit would be worth, in steps of price; those of
            nothing are left out.
        bound: What no plan can be worth more than, by these prices, in the same steps.
        is_best: Whether it is proven that no plan is worth more: by the prices where the
            gap is nought, else by the solver's word that its search was over.
    """

    problem: Problem
    moves: Ints
    step: Ints
    prices: dict[Key, int]
    bound: int
    is_best: bool

    @property
    def value(self) -> float:
        """What the moves are worth, T points."""
        return int(self.problem.worth[self.moves].sum()) * RESOLUTION

    @property
    def most(self) -> float:
        """What no plan can be worth more than, T points."""
        return self.bound / PRICE_STEPS * RESOLUTION

    @property
    def gap(self) -> float:
        """By how much the plan may be below the best, as a share of the bound."""
        return (self.most - self.value) / self.most if self.most > 0 else 0.0

    def content(self) -> dict[str, Any]:
        """Return the plan with its question, as its file holds them."""
        problem = self.problem
        told: dict[str, Any] = {
            "format": FORMAT,
            "resolution": RESOLUTION,
            "price_steps": PRICE_STEPS,
            "people": {"id": problem.people.tolist(), "holds": problem.holds.tolist()},
            "posts": {
                "id": problem.posts.tolist(),
                "unit": problem.unit.tolist(),
                "family": problem.family.tolist(),
                "open": problem.open.tolist(),
            },
            "pairs": {
                "person": problem.person.tolist(),
                "post": problem.post.tolist(),
                "worth": problem.worth.tolist(),
                "cost": problem.cost.tolist(),
                "lent": problem.is_lent.astype(int).tolist(),
            },
            "until": problem.until,
            "demands": [{"kind": each.kind, **each.values()} for each in problem.demands],
            "moves": {"pair": self.moves.tolist(), "step": self.step.tolist()},
            "value": int(problem.worth[self.moves].sum()),
            "prices": [[*key, price] for key, price in self.prices.items()],
            "bound": self.bound,
            "is_best": self.is_best,
        }
        return told | {"digest": digest(told)}

    def text(self) -> str:
        """Return the text of the plan's own file."""
        return json.dumps(self.content(), ensure_ascii=False)

    def write(self, path: Path) -> None:
        """Write the plan's own file, whole or not at all."""
        written(path, self.text())


def problem_of(content: dict[str, Any]) -> Problem:
    """Return the question that the file of a plan holds.

    Args:
        content: What :meth:`Plan.content` returned, of this layout.

    Raises:
        LookupError: If it is of another.
        MutasiError: If it is no question, see :class:`mutasi.planning.Problem`.
    """
    people, posts, pairs = content["people"], content["posts"], content["pairs"]
    demands = [dict(each) for each in content["demands"]]
    return Problem(
        people=np.array(people["id"], dtype=object),
        holds=np.array(people["holds"], dtype=np.int64),
        posts=np.array(posts["id"], dtype=object),
        unit=np.array(posts["unit"], dtype=object),
        family=np.array(posts["family"], dtype=object),
        open=np.array(posts["open"], dtype=np.int64),
        **{
            name: np.array(pairs[name], dtype=np.int64)
            for name in ("person", "post", "worth", "cost")
        },
        demands=tuple(KINDS[each.pop("kind")](**each) for each in demands),
        lent=np.array(pairs["lent"], dtype=bool),
        until=content["until"],
    )


def written(path: Path, content: str | bytes) -> None:
    """Write a file so that it holds all of something, or what it held before."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content if isinstance(content, bytes) else content.encode())
    draft.replace(path)
