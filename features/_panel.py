"""Features laid out to be asked about pairs, again and again.

What belongs to a person alone, or to a position alone, lies side by side, so that
the pairs of a question take it at one stroke; what belongs to both is computed
then, each feature after what it needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from features._feature import Array, Feature, Floats, Tally
from mutasi.snapshot import Rows


class Block:
    """Columns of one table, those of one type put together, row after row.

    >>> block = Block({"age": np.array([40.0, 50.0]), "name": np.array(["A", "B"], object)})
    >>> block.at(np.array([1]))
    {'age': array([50.]), 'name': array(['B'], dtype=object)}
    """

    def __init__(self, columns: Mapping[str, Array]) -> None:
        of_type: dict[np.dtype[Any], list[str]] = {}
        for name, column in columns.items():
            of_type.setdefault(column.dtype, []).append(name)
        self._parts = [
            (names, np.column_stack([columns[name] for name in names]))
            for names in of_type.values()
        ]

    def at(self, rows: Rows) -> dict[str, Any]:
        """Return every column at some rows; single values at a single row."""
        return {
            name: values
            for names, part in self._parts
            for name, values in zip(names, part[rows].T.copy(), strict=True)
        }


@dataclass(frozen=True)
class Panel:
    """Some features of a snapshot.

    Attributes:
        names: The features, in the order wanted.
        people: Columns of the employees that they are, or are computed from.
        posts: The same of the positions.
        tallies: Sums by employee and code with the column of the code; no tally
            where the records hold nothing.
        steps: What is computed for pairs, each after what it needs.
    """

    names: Sequence[str]
    people: Block
    posts: Block
    tallies: Mapping[str, tuple[Tally | None, str]]
    steps: Sequence[Feature]

    def matrix(
        self, employees: Rows, positions: Rows, given: Mapping[str, Array] | None = None
    ) -> Floats:
        """Return the features of pairs.

        Args:
            employees: Rows of the employees; one row stands for all pairs.
            positions: Rows of the positions; one row stands for all pairs.
            given: Columns that are not as recorded; what is computed from them follows.

        Returns:
            One row per pair and one column per name, stored column after column.
        """
        known = self.people.at(employees) | self.posts.at(positions)
        for name, (tally, code) in self.tallies.items():
            known[name] = np.nan if tally is None else tally.at(employees, known[code])
        known |= given or {}
        for step in self.steps:
            if given is None or step.name not in given:
                known[step.name] = step.compute(**{need: known[need] for need in step.needs})
        columns = np.empty((len(self.names), np.broadcast(employees, positions).size))
        for place, name in enumerate(self.names):
            columns[place] = known[name]
        return columns.T
