"""What was known on a day.

A :class:`Snapshot` holds the records of a region as they could be known on one
day.  It is the only thing that rules and features see.  The store makes one
(``mutasi.store.personnel.snapshot``); an earlier one follows from a later one
by :meth:`Snapshot.rewound`, so that training over a hundred past days reads the
store once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from mutasi import state
from mutasi.errors import EmployeeNotFound, PositionNotFound
from mutasi.vocabulary import NOUNS, columns

if TYPE_CHECKING:
    import pandas as pd

Rows = NDArray[np.int64] | int
"""Row numbers of a table, or one that stands for all."""

CODED = frozenset({"employees", "units", "positions", "offers"})
"""Tables whose rows others refer to; they keep their ids."""

BY_DAY = frozenset(noun.table for noun in NOUNS) - CODED - {"transfers"}
"""Tables whose records lie in the order in which they became known, so that an
earlier day is a beginning; past moves keep their order, because they are examples."""

OPTIONAL = frozenset(
    (noun.table, column.name.removesuffix("_id"))
    for noun in NOUNS
    for column in columns(noun)
    if column.fact.references is not None and column.optional
)
"""References that may be empty; a record whose other references are not known is not known."""

REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    noun.table: tuple(
        (column.name.removesuffix("_id"), column.fact.references)
        for column in columns(noun)
        if column.fact.references is not None
    )
    for noun in NOUNS
}
"""The codes of each table, with the tables that they refer to."""

VEILED = {
    "blackouts": ("approved_on", ("approved_on",)),
    "positions": ("closed_on", ("closed_on",)),
    "postings": ("ended_on", ("ended_on",)),
    "offers": ("answered_on", ("answered_on", "answer", "reason", "evidence")),
    "objections": ("answered_on", ("answered_on", "outcome")),
}
"""Fields that only became true later than their record: for each table the date
that decides, and the fields that stay empty before it."""

LAST_DAYS = frozenset({"postings"})
"""Tables whose deciding date is a last day, which is not over at its close."""

NEVER = np.datetime64("NaT", "s")

DTYPES: dict[type, str] = {
    str: "str",
    int: "float64",
    float: "float64",
    bool: "bool",
    date: "datetime64[s]",
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The records of a region as known at the close of one day.

    Attributes:
        as_of: The day.
        tables: One frame per noun of :mod:`mutasi.vocabulary`, by table name.
            References are integer codes (columns ``employee``, ``position``,
            ``unit`` …: row numbers of the frame referred to, -1 for none)
            besides the keys; dates are ``datetime64[s]``; empty is NaN or NaT.
    """

    as_of: date
    tables: "Mapping[str, pd.DataFrame]"

    @classmethod
    def of(cls, as_of: date, frames: "Mapping[str, pd.DataFrame]") -> Self:
        """Make a snapshot from frames with the columns of the vocabulary.

        Args:
            as_of: The day; whatever became known later is left out.
            frames: One frame per table name, keys and references as text. A
                missing table counts as empty.

        Raises:
            KeyError: If a frame lacks a column of its noun.
        """
        import pandas as pd

        typed = {noun.table: _typed(noun, frames.get(noun.table)) for noun in NOUNS}
        ids = {table: pd.Index(typed[table].iloc[:, 0]) for table in CODED}
        coded = {noun.table: _coded(noun, typed[noun.table], ids) for noun in NOUNS}
        days = _known_on(coded)
        ordered = {
            table: _by_day(frame, days[table]) if table in BY_DAY else frame
            for table, frame in coded.items()
        }
        return cls(date.max, ordered).rewound(as_of)

    @classmethod
    def kept(
        cls,
        as_of: date,
        tables: "Mapping[str, pd.DataFrame]",
        employees: Mapping[str, Any],
        positions: Mapping[str, Any],
        days_in_function: NDArray[np.int32],
    ) -> Self:
        """Return a snapshot whose columns were worked out before."""
        made = cls(as_of, tables)
        vars(made).update(
            employees=employees, positions=positions, days_in_function=days_in_function
        )
        return made

    def rewound(self, day: date) -> Self:
        """Return what was known on an earlier day.

        ``store.snapshot(late).rewound(early)`` equals ``store.snapshot(early)``.

        Raises:
            ValueError: If the day is after the snapshot's own.
        """
        if day > self.as_of:
            raise ValueError(f"cannot know on {self.as_of} what is known on {day}")
        moment = np.datetime64(day, "s")
        tables: dict[str, pd.DataFrame] = {}
        recoded: dict[str, NDArray[np.int64]] = {}
        for noun in NOUNS:
            frame, known_on = self.tables[noun.table], self._known_on[noun.table]
            if noun.table in BY_DAY:
                narrow = frame.iloc[: np.searchsorted(known_on, moment, side="right")]
            else:
                kept = known_on <= moment
                narrow = frame[kept].reset_index(drop=True)
                recoded[noun.table] = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)
            for code, target in REFERENCES[noun.table]:
                narrow[code] = recoded[target][narrow[code].to_numpy()]
            tables[noun.table] = _veiled(narrow, noun.table, moment)
        held = tables["postings"]
        untold = _ends_untold(self.tables, moment)[: len(held)]
        held["ended_on"] = held["ended_on"].mask(untold)
        return type(self)(day, tables)

    @cached_property
    def _known_on(self) -> Mapping[str, NDArray[np.datetime64]]:
        return _known_on(self.tables)

    @cached_property
    def employees(self) -> Mapping[str, Any]:
        """Where everyone stands: columns of :func:`mutasi.state.employees`."""
        return state.employees(self.as_of, self.tables)

    @cached_property
    def positions(self) -> Mapping[str, Any]:
        """What every position is and needs: columns of :func:`mutasi.state.positions`."""
        return state.positions(self.as_of, self.tables, self.employees)

    @cached_property
    def days_in_function(self) -> NDArray[np.int32]:
        """How many days each employee served in each function of government.

        By row of the employee and ``function_code``; the last column is of
        posts whose function is unknown.
        """
        code = self.positions["function_code"]
        kinds = int(code.max(initial=-1)) + 1
        return state.days_by(self.as_of, self.tables, code, len(self.tables["employees"]), kinds)

    def pairs(self, employees: Rows, positions: Rows) -> "Pairs":
        """Return pairs of employees and positions, whose columns can be asked for.

        Args:
            employees: Rows of employees; one row stands for all pairs.
            positions: Rows of positions; one row stands for all pairs.
        """
        return Pairs(self, employees, positions)

    def employee_row(self, employee_id: str) -> int:
        """Return the row of an employee.

        Raises:
            EmployeeNotFound: If nobody known on the day has this number.
        """
        if employee_id not in self._employee_rows:
            raise EmployeeNotFound(employee_id=employee_id)
        return self._employee_rows[employee_id]

    def position_row(self, position_id: str) -> int:
        """Return the row of a position.

        Raises:
            PositionNotFound: If no position known on the day has this id.
        """
        if position_id not in self._position_rows:
            raise PositionNotFound(position_id=position_id)
        return self._position_rows[position_id]

    @cached_property
    def _employee_rows(self) -> Mapping[str, int]:
        return {name: row for row, name in enumerate(self.employees["employee_id"])}

    @cached_property
    def _position_rows(self) -> Mapping[str, int]:
        return {name: row for row, name in enumerate(self.positions["position_id"])}

    @cached_property
    def _present(self) -> dict[str, NDArray[Any]]:
        return {}

    def present(self, name: str) -> NDArray[Any]:
        """Return a column of the post that everyone holds now; empty for who holds none."""
        if name not in self._present:
            column = self.positions[name]
            empty = {"f": np.nan, "i": -1, "b": False, "M": np.datetime64("NaT")}
            padded = np.append(column, np.array([empty.get(column.dtype.kind)], column.dtype))
            self._present[name] = padded[self.employees["position"]]
        return self._present[name]


class Pairs:
    """Pairs of an employee and a position of one snapshot.

    Attributes:
        snapshot: Where they are from.
        employees: Rows of the employees, or one row that all pairs share.
        positions: Rows of the positions, or one row that all pairs share.
        count: The number of pairs.
    """

    def __init__(self, snapshot: Snapshot, employees: Rows, positions: Rows) -> None:
        self.snapshot = snapshot
        self.employees = employees
        self.positions = positions
        self.count = np.broadcast(employees, positions).size
        self._of_employees: dict[str, Any] = {}

    def toward(self, positions: Rows) -> "Pairs":
        """Return pairs of the same employees with other positions.

        Columns of the employees are taken once for all that come of one another.
        """
        pairs = Pairs(self.snapshot, self.employees, positions)
        pairs._of_employees = self._of_employees
        return pairs

    def at(self, rows: NDArray[np.int64]) -> "Pairs":
        """Return some of the pairs, by their rows."""
        employees, positions = (
            each if isinstance(each, int) else each[rows]
            for each in (self.employees, self.positions)
        )
        return Pairs(self.snapshot, employees, positions)

    def column(self, name: str) -> Any:
        """Return a column of the employees, of the positions, or ``present_<column>``.

        ``days_in_function`` is of both: days served in the position's function.

        Returns:
            One value per pair, or a single value where all pairs share the row.

        Raises:
            KeyError: If there is no such column.
        """
        if name in self.snapshot.positions:
            return self.snapshot.positions[name][self.positions]
        if name == "days_in_function":
            code = self.snapshot.positions["function_code"][self.positions]
            return self.snapshot.days_in_function[self.employees, code]
        return self.employee_column(name)

    def employee_column(self, name: str) -> Any:
        """Return a column of the employees or ``present_<column>``, as :meth:`column` does.

        Raises:
            KeyError: If employees have no such column.
        """
        if name not in self._of_employees:
            self._of_employees[name] = self._of_everyone(name)[self.employees]
        return self._of_employees[name]

    def _of_everyone(self, name: str) -> NDArray[Any]:
        if name.startswith("present_"):
            return self.snapshot.present(name.removeprefix("present_"))
        column: NDArray[Any] = self.snapshot.employees[name]
        return column


def _typed(noun: type[Any], frame: "pd.DataFrame | None") -> "pd.DataFrame":
    """Return the columns of a noun with their types; no rows where there is no frame."""
    import pandas as pd

    dtypes = {column.name: DTYPES[column.kind] for column in columns(noun)}
    if frame is None:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in dtypes.items()})
    return frame[list(dtypes)].astype(dtypes).reset_index(drop=True)


def _coded(
    noun: type[Any], frame: "pd.DataFrame", ids: Mapping[str, "pd.Index[str]"]
) -> "pd.DataFrame":
    """Return a frame whose references are row numbers; only what is referred to keeps its ids."""
    import pandas as pd

    for column in columns(noun):
        if column.fact.references is not None:
            rows = ids[column.fact.references].get_indexer(pd.Index(frame[column.name]))
            frame[column.name.removesuffix("_id")] = rows.astype(np.int64)
            if noun.table not in CODED:
                del frame[column.name]
    return frame


def _known_on(tables: "Mapping[str, pd.DataFrame]") -> dict[str, NDArray[np.datetime64]]:
    """Return from which day each record was known, and what it must refer to."""
    days: dict[str, NDArray[np.datetime64]] = {}
    for noun in NOUNS:
        frame = tables[noun.table]
        day = frame["known_on"].to_numpy()
        for code, target in REFERENCES[noun.table]:
            if target != noun.table and (noun.table, code) not in OPTIONAL:
                day = np.maximum(day, np.append(days[target], NEVER)[frame[code].to_numpy()])
        days[noun.table] = day
    return days


def _by_day(frame: "pd.DataFrame", day: NDArray[np.datetime64]) -> "pd.DataFrame":
    """Return records in the order in which they became known."""
    return frame.iloc[np.argsort(day, kind="stable")].reset_index(drop=True)


def _veiled(frame: "pd.DataFrame", table: str, moment: np.datetime64) -> "pd.DataFrame":
    """Return records without what came true later."""
    if table in VEILED:
        decides, hidden = VEILED[table]
        day = frame[decides].to_numpy()
        later = day >= moment if table in LAST_DAYS else day > moment
        for column in hidden:
            frame[column] = frame[column].mask(later)
    return frame


def _ends_untold(tables: "Mapping[str, pd.DataFrame]", moment: np.datetime64) -> NDArray[np.bool_]:
    """Return which postings were ended by a move of which nobody knew on a day.

    A move may be recorded after it began; until then the post before it is held.
    """
    import pandas as pd

    held, moves = tables["postings"], tables["transfers"]
    late = moves[(moves["known_on"] > moment) & (moves["started_on"] <= moment)]
    if late.empty:
        return np.zeros(len(held), dtype=bool)
    begun = pd.MultiIndex.from_frame(late[["employee", "from_position", "started_on"]])
    following = held["ended_on"] + pd.Timedelta(days=1)
    return pd.MultiIndex.from_arrays([held["employee"], held["position"], following]).isin(begun)
