"""A region written as files."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet

from mutasi.bundle import formulas
from mutasi.vocabulary import NOUNS, columns

TYPES: dict[type, Any] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}


def write(
    folder: Path,
    frames: Mapping[str, pd.DataFrame],
    format: Literal["csv", "parquet"] = "csv",  # noqa: A002  (the word that callers expect)
) -> None:
    """Write one file a table, as :func:`mutasi.bundle.reading.read` takes them.

    Args:
        folder: Made if it is not there; files of the same name are replaced,
            also those of the other format.
        frames: One frame per table name, with the columns of the vocabulary.
        format: Of the files. Days are ISO; numbers of employees are text. In CSV an
            apostrophe stands before what a spreadsheet would take for a formula.

    Raises:
        KeyError: If a frame lacks a column of its noun.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for noun in NOUNS:
        if noun.table in frames:
            for other in ("csv", "parquet"):
                (folder / f"{noun.table}.{other}").unlink(missing_ok=True)
            table = _table(noun, frames[noun.table])
            path = folder / f"{noun.table}.{format}"
            if format == "csv":
                csv.write_csv(_inert(table), path)
            else:
                parquet.write_table(table, path)


def _table(noun: type[Any], frame: pd.DataFrame) -> pa.Table:
    schema = pa.schema([(column.name, TYPES[column.kind]) for column in columns(noun)])
    arrays = [_array(frame[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _inert(table: pa.Table) -> pa.Table:
    """Return a table of whose texts none is taken for a formula."""
    for place, field in enumerate(table.schema):
        if field.type == pa.string():
            column = formulas.each(formulas.inert, table.column(place))
            table = table.set_column(place, field.name, column)
    return table


def _array(values: "pd.Series[Any]", kind: Any) -> Any:
    """Return a column; numbers that stand for whole ones are made whole."""
    if kind == pa.date32():
        values = pd.to_datetime(values)
    return pa.Array.from_pandas(values).cast(kind)
