"""A region's records: saved by key, read as what was known on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mutasi.errors import RegionEmpty
from mutasi.snapshot import Snapshot
from mutasi.store.tables import KEYS, TABLES
from mutasi.vocabulary import NOUNS, columns

ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Saved:
    """What saving did to one table, in rows."""

    new: int
    changed: int
    unchanged: int


def save(
    work: Session,
    frames: Mapping[str, pd.DataFrame],
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Saved]:
    """Store records; one whose key is there already replaces it.

    Args:
        work: The unit of work.
        frames: One frame per table name, with the columns of the vocabulary.
        progress: Called with the table, the rows done and the rows in all.

    Returns:
        What was done, by table.
    """
    done = {}
    for noun in NOUNS:
        frame = frames.get(noun.table)
        if frame is not None and len(frame):
            done[noun.table] = _save(work, noun, frame, progress)
    return done


def _save(
    work: Session,
    noun: type[Any],
    frame: pd.DataFrame,
    progress: Callable[[str, int, int], None] | None,
) -> Saved:
    names = [column.name for column in columns(noun)]
    table, key = TABLES[noun.table], list(noun.key)
    new = _plain(noun, frame)
    old = pd.DataFrame(work.execute(sa.select(table)).all(), columns=names)
    old_rows = set(old.astype(object).where(old.notna(), None).itertuples(index=False, name=None))
    old_keys = set(old[key].itertuples(index=False, name=None))
    places = [names.index(name) for name in key]
    fresh = [row for row in new if row not in old_rows]
    changed = sum(tuple(row[place] for place in places) in old_keys for row in fresh)
    statement = _upsert(work.get_bind().dialect.name, table, key)
    for start in range(0, len(fresh), ROWS_AT_ONCE):
        chunk = fresh[start : start + ROWS_AT_ONCE]
        work.execute(statement, [dict(zip(names, row, strict=True)) for row in chunk])
        if progress is not None:
            progress(noun.table, min(start + ROWS_AT_ONCE, len(fresh)), len(fresh))
    return Saved(len(fresh) - changed, changed, len(new) - len(fresh))


def _upsert(dialect: str, table: sa.Table, key: list[str]) -> sa.Insert:
    """Return the statement that stores a row, or replaces the one with its key."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    rest = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=rest)


def _plain(noun: type[Any], frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return rows of plain Python values, as the database's driver takes them."""
    made = []
    for column in columns(noun):
        values = frame[column.name]
        if column.kind is date:
            days = pd.to_datetime(values)
            plain = days.dt.date.astype(object)
        elif column.kind is int:
            plain = pd.to_numeric(values).astype("Int64").astype(object)
        elif column.kind is float:
            plain = pd.to_numeric(values).astype(float).astype(object)
        else:
            plain = values.astype(object)
        made.append(plain.where(values.notna().to_numpy(), None).tolist())
    return list(zip(*made, strict=True))


def snapshot(work: Session, as_of: date | None = None) -> Snapshot:
    """Return what was known on a day: the only query that feeds features.

    Args:
        work: The unit of work.
        as_of: The day; the last one on which anything became known by default.

    Raises:
        RegionEmpty: If there are no records at all.
    """
    day = as_of if as_of is not None else last_known_on(work)
    return Snapshot.of(day, {name: _known(work, table, day) for name, table in TABLES.items()})


def last_known_on(work: Session) -> date:
    """Return the last day on which anything became known.

    Raises:
        RegionEmpty: If there are no records at all.
    """
    latest = [sa.select(sa.func.max(table.c.known_on).label("day")) for table in TABLES.values()]
    found = work.scalar(sa.select(sa.func.max(sa.union_all(*latest).subquery().c.day)))
    if found is None:
        raise RegionEmpty
    return date.fromisoformat(found) if isinstance(found, str) else found


def _known(work: Session, table: sa.Table, day: date) -> pd.DataFrame:
    """Return a table's rows that were known; dates come as ISO text for speed."""
    wanted = [
        sa.type_coerce(column, sa.String).label(column.name)
        if isinstance(column.type, sa.Date) and work.get_bind().dialect.name == "sqlite"
        else column
        for column in table.columns
    ]
    rows = work.execute(sa.select(*wanted).where(table.c.known_on <= day)).all()
    return pd.DataFrame(rows, columns=[column.name for column in table.columns])


def ids(work: Session) -> dict[str, set[str]]:
    """Return the ids that records may refer to, by table."""
    return {
        name: set(work.scalars(sa.select(TABLES[name].c[KEYS[name][0]])))
        for name in ("units", "positions", "employees", "offers")
    }
