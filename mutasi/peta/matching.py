"""Which stored units and positions a map means, and ids for those that are new."""

import re
from collections.abc import Iterable

import pandas as pd

from mutasi.bundle import parsing
from mutasi.bundle.spreadsheets import heading
from mutasi.vocabulary import PositionKind


class Units:
    """Units by id, by name, and by name below another."""

    def __init__(self, stored: pd.DataFrame) -> None:
        self._ids: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        self._below: dict[tuple[str, str], list[str]] = {}
        for unit, name, above in stored[["unit_id", "name", "parent_id"]].itertuples(index=False):
            self.add(unit, name, above)

    def add(self, unit: str, name: str, above: object) -> None:
        """Make a unit known."""
        self._ids.add(unit)
        self._by_name.setdefault(heading(name), []).append(unit)
        if isinstance(above, str):
            self._below.setdefault((above, heading(name)), []).append(unit)

    def named(self, name: str) -> str | None:
        """Return the unit of a name; none where no unit has it, or several."""
        return _only(self._by_name.get(heading(name), ()))

    def known(self, name: str, code: object, above: str | None) -> str | None:
        """Return the unit that a row means: by its id, or by its name and what is above."""
        if isinstance(code, str) and code in self._ids:
            return code
        if above is None:
            return self.named(name)
        return _only(self._below.get((above, heading(name)), ()))


class Posts:
    """Positions by id, and by title in their unit."""

    def __init__(self, stored: pd.DataFrame) -> None:
        self._ids = set(stored["position_id"])
        self._in_unit: dict[tuple[str, str], list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        self._heads: dict[tuple[str, str], list[str]] = {}
        fields = ["position_id", "unit_id", "title", "kind", "rung"]
        lasting = stored.loc[stored["closed_on"].isna(), fields]
        for post, unit, title, kind, rung in lasting.itertuples(index=False):
            self.add(post, unit, title)
            if kind == PositionKind.STRUCTURAL.value and isinstance(rung, str):
                self._heads.setdefault((unit, rung), []).append(post)

    def add(self, post: str, unit: str, title: str) -> None:
        """Make a position known."""
        self._ids.add(post)
        self._in_unit.setdefault((unit, plain(title)), []).append(post)
        self._by_title.setdefault(plain(title), []).append(post)

    def known(self, title: str, code: object, unit: str | None) -> str | None:
        """Return the position that is meant; none where none is, or several may be."""
        if isinstance(code, str) and code in self._ids:
            return code
        if unit is None:
            return _only(self._by_title.get(plain(title), ()))
        return _only(self._in_unit.get((unit, plain(title)), ()))

    def head(self, unit: str, rung: object) -> str | None:
        """Return the only stored structural post of a rung in a unit, whatever its title."""
        return _only(self._heads.get((unit, rung), ())) if isinstance(rung, str) else None

    def has_title(self, title: str) -> bool:
        """Return whether any position has a title."""
        return plain(title) in self._by_title


def plain(title: str) -> str:
    """Return a title as it is compared: *Perawat Ahli Muda* and *Perawat Muda* are one.

    >>> plain("Perawat  Ahli Muda") == plain("PERAWAT MUDA")
    True
    """
    return re.sub(r"_?ahli_(pertama|muda|madya|utama)", r"_\1", heading(title)).strip("_")


def kept(made: pd.DataFrame, stored: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return rows of which what is stored stays: a map fills what is empty, no more.

    Args:
        made: What the map tells, text, with all columns of the noun.
        stored: The stored rows.
        key: The column that names a record.
    """
    before = pd.DataFrame({name: parsing.text(stored[name]) for name in made})
    before = before.set_index(key, drop=False).reindex(made[key]).set_axis(made.index)
    return before.fillna(made)


def _only(found: Iterable[str]) -> str | None:
    found = list(dict.fromkeys(found))
    return found[0] if len(found) == 1 else None
