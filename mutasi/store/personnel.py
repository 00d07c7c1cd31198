"""A region's records: saved by key, read as what was known on a day."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import Insert as InsertSqlite

from mutasi.errors import RegionEmpty
from mutasi.snapshot import DTYPES, Snapshot
from mutasi.store import postgresql
from mutasi.store.tables import KEYS, TABLES
from mutasi.vocabulary import NOUNS, Transfer, columns

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy.dialects.postgresql import Insert as InsertPostgresql

ROWS_AT_ONCE = 20_000
KEYS_AT_ONCE = 500


@dataclass(frozen=True)
class Saved:
    """What saving did to one table, in rows."""

    new: int
    changed: int
    unchanged: int


def save(
    work: Connection,
    frames: "Mapping[str, pd.DataFrame]",
    progress: Callable[[str, int, int], None] | None = None,
    derived: Collection[str] = (),
) -> dict[str, Saved]:
    """Store records; one whose key is there already replaces it.

    Args:
        work: The unit of work.
        frames: One frame per table name, with the columns of the vocabulary.
        progress: Called with the table, the rows done and the rows in all.
        derived: Tables whose rows were worked out and not recorded; such a row
            never replaces a stored one.

    Returns:
        What was done, by table.
    """
    done = {}
    for noun in NOUNS:
        frame = frames.get(noun.table)
        if frame is not None and len(frame):
            done[noun.table] = _save(work, noun, frame, progress, replace=noun.table not in derived)
    return done


def _save(
    work: Connection,
    noun: type[Any],
    frame: "pd.DataFrame",
    progress: Callable[[str, int, int], None] | None,
    *,
    replace: bool,
) -> Saved:
    table = TABLES[noun.table]
    records = _typed(noun, {column.name: frame[column.name] for column in columns(noun)})
    is_new, is_changed = _news(noun, records, _selected(work, noun, sa.select(table)))
    is_changed &= replace
    fresh = records[is_new | is_changed]
    for start in range(0, len(fresh), ROWS_AT_ONCE):
        _put(work, table, *_plain(noun, fresh[start : start + ROWS_AT_ONCE]))
        if progress is not None:
            progress(noun.table, min(start + ROWS_AT_ONCE, len(fresh)), len(fresh))
    return Saved(int(is_new.sum()), int(is_changed.sum()), len(records) - len(fresh))


def _news(
    noun: type[Any], records: "pd.DataFrame", stored: "pd.DataFrame"
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which records have a key that is not stored, and which say something else."""
    key = list(noun.key)
    places = stored[key].assign(place=np.arange(len(stored)))
    place = records[key].merge(places, how="left", on=key)["place"].to_numpy()
    is_new = np.isnan(place)
    before = stored.take(place[~is_new].astype(np.int64))
    now = records[~is_new]
    differs = np.zeros(len(now), dtype=bool)
    for name in records.columns.difference(key):
        old, new = before[name], now[name]
        same = (old.to_numpy() == new.to_numpy()) | (old.isna() & new.isna().to_numpy()).to_numpy()
        differs |= ~same
    is_changed = np.zeros(len(records), dtype=bool)
    is_changed[~is_new] = differs
    return is_new, is_changed


def remove(work: Connection, table: str, keys: Collection[str]) -> None:
    """Take out records that were worked out and no longer follow, by the first key of a table."""
    key = TABLES[table].c[KEYS[table][0]]
    ordered = sorted(keys)
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        work.execute(sa.delete(TABLES[table]).where(key.in_(ordered[start : start + KEYS_AT_ONCE])))


def _put(
    work: Connection, table: sa.Table, names: list[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Store rows, or replace those with their keys, in the way that is fast with the database."""
    if not _is_postgresql(work):
        named = [dict(zip(names, row, strict=True)) for row in rows]
        work.execute(replacing(inserting(work, table)), named)
        return
    fresh = postgresql.stream(work, table, names, rows)
    insert = inserting(work, table).from_select(names, sa.select(*(fresh.c[n] for n in names)))
    work.execute(replacing(insert))


def inserting(work: Connection, table: sa.Table) -> "InsertPostgresql | InsertSqlite":
    """Return the statement of a database that stores rows and can replace others."""
    if not _is_postgresql(work):
        return InsertSqlite(table)
    from sqlalchemy.dialects import postgresql as dialect  # SQLite does without

    return dialect.insert(table)


def replacing(insert: "InsertPostgresql | InsertSqlite") -> sa.Insert:
    """Return the statement that stores a row, or replaces the one with its key."""
    rest = {
        column.name: insert.excluded[column.name]
        for column in insert.table.columns
        if not column.primary_key
    }
    return insert.on_conflict_do_update(index_elements=list(insert.table.primary_key), set_=rest)


def _is_postgresql(work: Connection) -> bool:
    return work.dialect.name == "postgresql"


def _in_order(work: Connection, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return the key of a table to order by: texts by their code points, as Python does.

    SQLite compares so by itself; PostgreSQL would by the language of the database.
    """
    if not _is_postgresql(work):
        return list(table.primary_key)
    return [
        column.collate("C") if isinstance(column.type, sa.String) else column
        for column in table.primary_key
    ]


def _plain(noun: type[Any], records: "pd.DataFrame") -> tuple[list[str], Iterable[tuple[Any, ...]]]:
    """Return columns and rows of plain Python values, as the database's driver takes them."""
    import pandas as pd

    names, made = [], []
    for column in columns(noun):
        values = records[column.name]
        if column.kind is date:
            plain = pd.Series(values.to_numpy().astype("datetime64[D]").astype(object))
        elif column.kind is int:
            plain = values.astype("Int64").astype(object)
        else:
            plain = values.astype(object)
        names.append(column.name)
        made.append(plain.where(values.notna().to_numpy(), None).tolist())
    return names, zip(*made, strict=True)


def _typed(noun: type[Any], values: Mapping[str, Any]) -> "pd.DataFrame":
    """Return the columns of a noun with the dtypes of a snapshot."""
    import pandas as pd

    made: dict[str, Any] = {}
    for column in columns(noun):
        said = values[column.name]
        dtype: Any = DTYPES[column.kind]
        made[column.name] = pd.array(_days(said) if column.kind is date else said, dtype=dtype)
    return pd.DataFrame(made)


def _days(values: "pd.Series[Any] | tuple[Any, ...]") -> NDArray[np.datetime64]:
    """Return dates, or the ISO text of dates, as days; none as not-a-time."""
    import pandas as pd

    if isinstance(values, pd.Series):
        values = pd.to_datetime(values)
    return np.array(values, dtype="datetime64[s]")


def snapshot(
    work: Connection, as_of: date | None = None, tables: Collection[str] | None = None
) -> Snapshot:
    """Return what was known on a day: the only query that feeds features.

    Rows come in the order of their keys, however they were stored.

    Args:
        work: The unit of work.
        as_of: The day; the last one on which anything became known by default.
        tables: The tables to read; the others stay empty. All by default.

    Raises:
        RegionEmpty: If there are no records at all.
    """
    day = as_of if as_of is not None else last_known_on(work)
    frames = {}
    for noun in NOUNS:
        if tables is not None and noun.table not in tables:
            continue
        table = TABLES[noun.table]
        is_known = table.c.known_on <= day
        if noun is Transfer:  # one that was recorded late tells that an end was not known before
            is_known |= table.c.started_on <= day
        known = sa.select(table).where(is_known).order_by(*_in_order(work, table))
        frames[noun.table] = _selected(work, noun, known)
    return Snapshot.of(day, frames)


def records(work: Connection) -> "dict[str, pd.DataFrame]":
    """Return everything that is stored, by table, in the order of keys.

    Raises:
        RegionEmpty: If there are no units, positions or employees.
    """
    frames = {
        noun.table: _selected(
            work,
            noun,
            sa.select(TABLES[noun.table]).order_by(*_in_order(work, TABLES[noun.table])),
        )
        for noun in NOUNS
    }
    if any(frames[table].empty for table in ("units", "positions", "employees")):
        raise RegionEmpty
    return frames


def last_known_on(work: Connection) -> date:
    """Return the last day on which anything became known.

    Raises:
        RegionEmpty: If there are no records at all.
    """
    latest = [sa.select(sa.func.max(table.c.known_on).label("day")) for table in TABLES.values()]
    found = work.scalar(sa.select(sa.func.max(sa.union_all(*latest).subquery().c.day)))
    if found is None:
        raise RegionEmpty
    return date.fromisoformat(found) if isinstance(found, str) else found


def recorded(
    work: Connection, table: str, column: str, values: Collection[str], as_of: date | None = None
) -> set[str]:
    """Return which of some values a column of a table holds.

    Args:
        work: The unit of work.
        table: The table.
        column: The column.
        values: The values that are looked for.
        as_of: Only what was known on this day.
    """
    rows, wanted = TABLES[table].c, sorted(values)
    is_known = sa.true() if as_of is None else rows.known_on <= as_of
    found: set[str] = set()
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        is_wanted = rows[column].in_(wanted[start : start + KEYS_AT_ONCE])
        found |= set(work.scalars(sa.select(rows[column]).where(is_wanted, is_known).distinct()))
    return found


def _selected(work: Connection, noun: type[Any], query: sa.Select[Any]) -> "pd.DataFrame":
    """Return a table's rows, column by column.

    They come as the driver gives them: an object made for each row would take
    longer than everything else.
    """
    rows = work.execute(_undated(work, query)).cursor.fetchall()
    names = [column.name for column in columns(noun)]
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return _typed(noun, dict(zip(names, values, strict=True)))


def _undated(work: Connection, query: sa.Select[Any]) -> sa.Select[Any]:
    """Return a query whose dates come as the text that SQLite keeps, for speed."""
    if _is_postgresql(work):
        return query
    return query.with_only_columns(
        *(
            sa.type_coerce(column, sa.String).label(column.name)
            if isinstance(column.type, sa.Date)
            else column
            for column in query.selected_columns
        )
    )


def rows(work: Connection, name: str) -> "pd.DataFrame":
    """Return every stored row of a table, as it is, in the order of its key."""
    table = TABLES[name]
    noun = next(noun for noun in NOUNS if noun.table == name)
    return _selected(work, noun, sa.select(table).order_by(*_in_order(work, table)))


def ids(work: Connection) -> dict[str, set[str]]:
    """Return the ids that records may refer to, by table."""
    return {
        name: set(work.scalars(sa.select(TABLES[name].c[KEYS[name][0]])))
        for name in ("units", "positions", "employees", "offers")
    }
