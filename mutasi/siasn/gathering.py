"""Rows of a resource gathered as columns: equal texts are kept once."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from mutasi.bundle import parsing
from mutasi.siasn.resources import Resource, plain, spellings

AT_ONCE: Final = 10_000
"""Rows that are turned into columns at once."""

MOST_SPELLINGS: Final = 10_000
"""Names of members that are remembered; a file may have any number of them."""

NOT_PLAIN: Final = "{…}"
"""Stands for a list or an object where a value is expected; what is in it is dropped."""

EMPTY: Final = (None, "", "-")


@dataclass(frozen=True)
class Rows:
    """Rows of one resource.

    Attributes:
        resource: The resource.
        said: What its keys say, as trimmed text, missing where nothing is said; the
            index labels the rows, also among those of other resources.
        file: Number of the file of each row.
        number: Number of each row in its file, as a person counts.
        faults: Why rows are no records, by label.
    """

    resource: Resource
    said: pd.DataFrame
    file: Sequence[int]
    number: Sequence[int]
    faults: Mapping[int, str]

    @property
    def first(self) -> int:
        """The label of the first row."""
        return int(self.said.index[0]) if len(self.said) else 0


class Gathering:
    """Rows of one resource while they are read.

    A cell costs four bytes, and each different text once, whatever else a file holds.
    """

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self._keys = list(resource.keys)
        place = {key: number for number, key in enumerate(self._keys)}
        self._slots = _Slots({name: place[key] for name, key in spellings(resource).items()})
        self._nip = place.get("nipBaru")
        self._waiting: list[list[Any]] = []
        self._texts = [_Numbered() for _ in self._keys]
        self._codes = [array("i") for _ in self._keys]
        self._file, self._number = array("i"), array("i")
        self._faults: dict[int, str] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._file)

    def add(self, content: Any, nip: str | None, file: int, number: int, fault: str = "") -> None:
        """Add what stands where a row is expected."""
        row: list[Any] = [None] * len(self._keys)
        if fault:
            self._faults[len(self._file)] = fault
        else:
            slots = self._slots
            for key, value in content.items():
                slot = slots[key]
                if slot is not None and row[slot] in EMPTY:
                    row[slot] = value if type(value) is str else _text(value)
        if self._nip is not None and row[self._nip] in EMPTY:
            row[self._nip] = nip
        self._waiting.append(row)
        self._file.append(file)
        self._number.append(number)
        if len(self._waiting) >= AT_ONCE:
            self._settle()

    def rows(self, first: int) -> Rows:
        """Return what was gathered, labelled from a number on; nothing is kept here."""
        self._settle()
        index = pd.RangeIndex(first, first + len(self))
        said = {}
        for key in self._keys:
            texts, codes = self._texts.pop(0), np.frombuffer(self._codes.pop(0), dtype=np.int32)
            distinct = parsing.text(pd.Series(list(texts), dtype=object))
            said[key] = distinct.reindex(codes).set_axis(index)
        faults = {first + place: fault for place, fault in self._faults.items()}
        return Rows(self.resource, pd.DataFrame(said, index), self._file, self._number, faults)

    def _settle(self) -> None:
        """Turn the rows that wait into columns."""
        columns = zip(*self._waiting, strict=True)
        for texts, codes, column in zip(
            self._texts, self._codes, columns, strict=bool(self._waiting)
        ):
            codes.extend(map(texts.__getitem__, column))
        self._waiting.clear()


class _Numbered(dict[str | None, int]):
    """Texts and their numbers, in the order in which they came."""

    def __missing__(self, text: str | None) -> int:
        number = self[text] = len(self)
        return number


class _Slots(dict[str, "int | None"]):
    """The place of each name of a member, however it is spelt; none for what is dropped."""

    def __init__(self, places: Mapping[str, int]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, key: str) -> int | None:
        slot = self._places.get(plain(key))
        if len(self) < MOST_SPELLINGS:
            self[key] = slot
        return slot


def _text(value: Any) -> str | None:
    """Return what is no text as text; of lists and objects nothing is kept."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else NOT_PLAIN
