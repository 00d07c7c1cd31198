"""Reading tables of dated records into one row per employee or position."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
Columns = Mapping[str, Array]
Tables = Mapping[str, "pd.DataFrame"]

NONE = np.array(None, dtype=object)
NOBODY = np.datetime64("NaT", "D")


class LazyColumns(Mapping[str, Array]):
    """Columns of one table; what costs time is worked out when it is first asked for.

    >>> columns = LazyColumns({"one": np.ones(2)}, {("two", "three"): lambda: {
    ...     "two": np.full(2, 2.0), "three": np.full(2, 3.0)}})
    >>> list(columns), columns["three"].tolist()
    (['one', 'two', 'three'], [3.0, 3.0])
    """

    def __init__(
        self, made: Columns, later: Mapping[tuple[str, ...], Callable[[], Columns]]
    ) -> None:
        self._made = dict(made)
        self._later = {name: make for names, make in later.items() for name in names}
        self._names = (*made, *self._later)

    def __getitem__(self, name: str) -> Array:
        """Return a column.

        Raises:
            KeyError: If there is no such column.
        """
        if name not in self._made:
            self._made.update(self._later[name]())
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._later

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def latest_row(
    frame: "pd.DataFrame", since: str, moment: np.datetime64, count: int, by: str = "employee"
) -> NDArray[np.int64]:
    """Return for each code the row with the last date that is not after the day; -1 if none."""
    row = np.full(count, -1, dtype=np.int64)
    begun = days(frame[since])
    order = np.argsort(begun, kind="stable")
    order = order[(begun <= moment)[order] & (frame[by].to_numpy() >= 0)[order]]
    row[frame[by].to_numpy()[order]] = order
    return row


def without_gap(
    until: NDArray[np.datetime64],
    code: NDArray[np.int64],
    since: NDArray[np.datetime64],
    end: NDArray[np.datetime64],
) -> NDArray[np.datetime64]:
    """Return the last days of what runs, and of what follows it without a gap.

    Args:
        until: Last day of what runs, by code; NaT if nothing does.
        code: Whose each span is.
        since: First day of each span.
        end: Last day of each span.
    """
    while True:
        follows = since <= until[code] + np.timedelta64(1, "D")
        longer = until.copy()
        np.maximum.at(longer, code[follows], end[follows])
        if np.array_equal(longer, until, equal_nan=True):
            return longer
        until = longer


def said(texts: "pd.Series[Any]", number: Callable[[str], float]) -> NDArray[np.float64]:
    """Return the number that each text says, reading equal texts once; NaN where there is none."""
    import pandas as pd

    codes, distinct = pd.factorize(texts)
    return np.array([*map(number, distinct), np.nan])[codes]


def largest(frame: "pd.DataFrame", column: str, count: int) -> NDArray[np.float64]:
    """Return the largest value of each employee; NaN if none."""
    found = np.full(count, -np.inf)
    np.maximum.at(found, frame["employee"].to_numpy(), frame[column].to_numpy(float))
    return np.where(np.isinf(found), np.nan, found)


def days(column: "pd.Series[Any]") -> NDArray[np.datetime64]:
    """Return the dates of a column as ``datetime64[D]``."""
    return column.to_numpy("datetime64[s]").astype("datetime64[D]")


def months(moments: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Return the months from January 1970 to that of each day; NaN where there is none."""
    number = moments.astype("datetime64[M]").astype(np.int64).astype(float)
    return np.where(np.isnat(moments), np.nan, number)


def day_at(frame: "pd.DataFrame", column: str, row: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return the day that stands in each of some rows; NaT for row -1."""
    return np.append(days(frame[column]), NOBODY)[row]


def number_at(frame: "pd.DataFrame", column: str, row: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the number that stands in each of some rows; NaN for row -1."""
    return np.append(frame[column].to_numpy(float), np.nan)[row]


def text_at(frame: "pd.DataFrame", column: str, row: NDArray[np.int64]) -> NDArray[Any]:
    """Return the text that stands in each of some rows; None for row -1."""
    found: NDArray[Any] = np.append(objects(frame[column]), NONE)[row]
    return found


def objects(column: "pd.Series[Any]") -> NDArray[Any]:
    """Return a column of texts as objects; None where there is none."""
    texts = column.to_numpy(object)
    texts[column.isna().to_numpy()] = None
    return texts


def code_at(frame: "pd.DataFrame", column: str, row: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the code that stands in each of some rows; -1 for row -1."""
    return np.append(frame[column].to_numpy(np.int64), -1)[row]
