"""The four files of a fiscal year, read cell by cell into arrays."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.bundle.files import opened
from mutasi.errors import (
    BundleColumnMissing,
    BundleFileMissing,
    CellUnusable,
    RowUnmatched,
    YearsSeveral,
)

FILES: Final = ("employment_weight", "compatibility", "size", "cap")
NAMED: Final = re.compile(rf"(.*?)_?({'|'.join(FILES)})\.csv")
NOTHING: Final = frozenset({"", "na", "nan", "n/a"})
RESETTLED: Final = "actual"
"""What the headings of people actually resettled begin with."""


@dataclass(frozen=True, eq=False)
class Instance:
    """Families to be placed, each whole.

    Attributes:
        year: The fiscal year, as its files name it.
        families: Id of each family.
        places: Name of each place.
        size: People of each family.
        capacity: People whom each place took.
        worth: Members expected to work; shape ``(families, places)``.
        fits: Whether a place can take a family at all; same shape.
        unscored: Places without any score, which can take nobody.
    """

    year: str
    families: tuple[str, ...]
    places: tuple[str, ...]
    size: NDArray[np.int64]
    capacity: NDArray[np.int64]
    worth: NDArray[np.float64]
    fits: NDArray[np.bool_]
    unscored: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file with a name in its first column.

    Attributes:
        file: Its name.
        texts: The other columns as text, by the names of its rows.
        rows: The number of each row, as a person counts.
        heading: What the first column is called.
    """

    file: str
    texts: pd.DataFrame
    rows: dict[str, int]
    heading: str

    def cells(
        self, texts: pd.DataFrame, said: Callable[[str], float | None], expected: str
    ) -> NDArray[np.float64]:
        """Return some cells as numbers.

        Args:
            texts: Some columns and rows of :attr:`texts`.
            said: Returns the number of a text, or None if it is none.
            expected: What was expected, a key of the catalogue.

        Raises:
            CellUnusable: If a cell is no such number.
        """
        found = np.empty(texts.shape)
        for column, field in enumerate(texts.columns):
            for row, (name, text) in enumerate(texts[field].items()):
                number = said(text)
                if number is None:
                    raise self.unusable(str(name), str(field), text, expected)
                found[row, column] = number
        return found

    def unusable(self, name: str, field: str, text: str, expected: str) -> CellUnusable:
        """Return the error of a cell."""
        return CellUnusable(
            file=self.file, row=self.rows[name], field=field, value=text, expected=expected
        )


def read(folder: Path, year: str | None = None) -> Instance:
    """Return the instance of the fiscal year whose files lie in a folder.

    A place can take a family if it has a score for it and is marked as compatible, by
    ``1`` or an empty cell; ``0`` and ``NA`` mark that it is not.

    Args:
        folder: With ``FY16_Employment_Weight.csv``, ``FY16_Compatibility.csv``,
            ``FY16_size.csv`` and ``FY16_cap.csv``, of whatever year and case.
        year: Which, where there are several.

    Raises:
        BundleFileMissing: If one of the four is not there.
        BundleFileUnreadable: If a file is no CSV.
        BundleColumnMissing: If the people actually resettled are not told.
        YearsSeveral: If there are several years and none was named.
        CellUnusable: If a cell is not what it must be.
        RowUnmatched: If a family or place is not in all files.
    """
    paths = _paths(folder, year)
    weights, fitting, sizes, capacity = (_sheet(paths[name]) for name in FILES)
    scores = weights.cells(weights.texts, _score, "score")
    compatible = _places(fitting, _families(fitting, weights), weights)
    size = sizes.cells(_families(sizes, weights), _count, "count").sum(axis=1)
    taken = _resettled(capacity)
    rows = _place_rows([str(name) for name in weights.texts], capacity)
    places = [str(name) for name in capacity.texts.index[rows]]
    return Instance(
        year=paths["cap"].name.rpartition("_")[0].upper(),
        families=tuple(map(str, weights.texts.index)),
        places=tuple(places),
        size=size.astype(np.int64),
        capacity=taken[rows].astype(np.int64),
        worth=np.nan_to_num(scores),
        fits=(fitting.cells(compatible, _mark, "mark") > 0) & ~np.isnan(scores),
        unscored=tuple(
            place for place, score in zip(places, scores.T, strict=True) if np.isnan(score).all()
        ),
    )


def _paths(folder: Path, year: str | None) -> dict[str, Path]:
    """Return the file of each kind."""
    years: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.iterdir()):
        named = NAMED.fullmatch(path.name.casefold())
        if named:
            years.setdefault(named[1], {})[named[2]] = path
    if year is not None:
        years = {name: paths for name, paths in years.items() if name == year.casefold()}
    if len(years) > 1:
        raise YearsSeveral(years=", ".join(name.upper() for name in years))
    prefix, paths = next(iter(years.items()), (year or "fy16", {}))
    for name in FILES:
        if name not in paths:
            raise BundleFileMissing(file=f"{prefix.upper()}_{name}.csv")
    return paths


def _sheet(path: Path) -> Sheet:
    found = opened(path, ())
    texts = found.frame.fillna("").astype(str).apply(lambda column: column.str.strip())
    heading = str(texts.columns[0])
    for row in found.broken:
        raise CellUnusable(file=path.name, row=row, field="*", value="", expected="fields")
    texts = texts[(texts != "").any(axis=1)]
    names = texts[heading]
    twice = names.str.casefold().duplicated() | (names == "")
    if twice.any():
        row = int(twice.idxmax())
        raise CellUnusable(
            file=path.name, row=row, field=heading, value=names[row], expected="name"
        )
    rows = dict(zip(names, map(int, texts.index), strict=True))
    return Sheet(path.name, texts.set_index(heading), rows, heading)


def _families(sheet: Sheet, weights: Sheet) -> pd.DataFrame:
    """Return the rows of a file in the order of the weights."""
    names, wanted = sheet.texts.index, weights.texts.index
    for file, absent in ((sheet, wanted.difference(names)), (weights, names.difference(wanted))):
        if len(absent):
            raise RowUnmatched(file=file.file, name=absent[0])
    return sheet.texts.loc[wanted]


def _places(sheet: Sheet, texts: pd.DataFrame, weights: Sheet) -> pd.DataFrame:
    """Return the columns of a file in the order of the weights."""
    missing = [name for name in weights.texts if name not in texts]
    if missing:
        raise BundleColumnMissing(file=sheet.file, columns=", ".join(map(str, missing)))
    return texts[list(weights.texts)]


def _resettled(capacity: Sheet) -> NDArray[np.float64]:
    columns = [name for name in capacity.texts if str(name).startswith(RESETTLED)]
    if not columns:
        raise BundleColumnMissing(file=capacity.file, columns=RESETTLED)
    return np.asarray(capacity.cells(capacity.texts[columns], _count, "count").sum(axis=1))


def _place_rows(places: list[str], capacity: Sheet) -> list[int]:
    """Return the row of each place among the capacities.

    Names are the same whatever their case and blanks; the only two of a state that are
    left over on both sides are the same place.
    """
    names = {_plain(str(name)): row for row, name in enumerate(capacity.texts.index)}
    found = {place: names.pop(_plain(place)) for place in places if _plain(place) in names}
    left = [place for place in places if place not in found]
    for place in left:
        state = place.partition("-")[0]
        alone = [name for name in names if name.partition("-")[0] == state]
        rivals = [other for other in left if other.partition("-")[0] == state]
        if len(alone) != 1 or len(rivals) != 1:
            raise RowUnmatched(file=capacity.file, name=place)
        found[place] = names[alone[0]]
    return [found[place] for place in places]


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name.strip().casefold())


def _score(text: str) -> float | None:
    """Return a score; NaN where there is none."""
    if text.casefold() in NOTHING:
        return np.nan
    number = _number(text)
    return number if number is not None and number >= 0 else None


def _mark(text: str) -> float | None:
    if text.casefold() in NOTHING:
        return float(text == "")
    number = _number(text)
    return number if number in (0.0, 1.0) else None


def _count(text: str) -> float | None:
    number = _number(text)
    return number if number is not None and number >= 0 and number.is_integer() else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
