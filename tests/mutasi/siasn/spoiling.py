"""Spoils an export of SIASN by seed, and keeps a ledger of what was done to it.

It knows what SIASN writes, and nothing of what reads it.  What is *harmless* says the
same in other words (``rewording``), and must change nothing that is stored.  What is
*harmful* is a row more (``faults``), which must be told and not be taken; the good rows
stay as they were.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """A fault that was planted.

    Attributes:
        fault: Which one.
        file: Where.
        row: Number of the row in the file, from 1; 0 if the whole file is spoilt.
        reason: The reason code that it must be told with; empty if it is harmless.
    """

    fault: str
    file: str
    row: int
    reason: str


@dataclass
class Export:
    """The lists of an export while they are spoilt.

    Attributes:
        lists: Rows by resource.
        rng: Source of chance.
        planted: What was planted: fault, resource, row (none for the list), reason.
    """

    lists: dict[str, list[Any]]
    rng: np.random.Generator
    planted: list[tuple[str, str, Any, str]] = field(default_factory=list)

    def some(self, name: str, count: int = 3) -> list[Row]:
        """Return some good rows of a list."""
        spoilt = {id(row) for _, _, row, reason in self.planted if reason}
        good = [row for row in self.lists[name] if id(row) not in spoilt]
        places = self.rng.choice(len(good), size=min(count, len(good)), replace=False)
        return [good[place] for place in sorted(places)]

    def more(self, fault: str, name: str, row: Any, reason: str, after: Any = None) -> None:
        """Put a bad row somewhere into a list, or somewhere after one of its rows."""
        rows = self.lists[name]
        least = 0 if after is None else next(i for i, r in enumerate(rows) if r is after) + 1
        rows.insert(int(self.rng.integers(least, len(rows) + 1)), row)
        self.planted.append((fault, name, row, reason))

    def changed(self, fault: str, name: str, row: Row, **values: Any) -> None:
        """Say the same in a row in other words."""
        row.update(values)
        self.planted.append((fault, name, row, ""))

    def ledger(self) -> list[Planted]:
        """Return what was planted, with the numbers that the rows have in the end."""
        number = {
            (name, id(row)): place
            for name, rows in self.lists.items()
            for place, row in enumerate(rows, start=1)
        }
        return [
            Planted(fault, f"{name}.json", number.get((name, id(row)), 0), reason)
            for fault, name, row, reason in self.planted
        ]


Fault = Callable[[Export], None]


class Thing:
    """A value that is told from its equals."""

    def __init__(self, value: Any) -> None:
        self.value = value


def opened(folder: Path, seed: int) -> Export:
    """Return the lists of a folder to be spoilt."""
    lists = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")
    }
    return Export(dict(sorted(lists.items())), np.random.default_rng(seed))


def spoilt(folder: Path, to: Path, seed: int, faults: Iterable[Fault]) -> list[Planted]:
    """Write a spoilt copy of an export; return what was planted.

    Args:
        folder: An export with a list a file.
        to: Where the copy goes.
        seed: Same seed, same faults.
        faults: What to plant, in order.
    """
    export = opened(folder, seed)
    for fault in faults:
        fault(export)
    written(export, to)
    return export.ledger()


def written(export: Export, to: Path) -> None:
    """Write the lists of an export."""
    to.mkdir(parents=True, exist_ok=True)
    for name, rows in export.lists.items():
        plain = [row.value if isinstance(row, Thing) else row for row in rows]
        (to / f"{name}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
