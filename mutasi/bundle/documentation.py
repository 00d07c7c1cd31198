"""The contract as a document: ``docs/bundle.md``.

``make docs`` writes it; a test refuses one that is out of date.
"""

import sys
from collections.abc import Iterator
from typing import Any

from mutasi.bundle.contract import LONG_AGO, NATURAL_DAY, ORDERED, REQUIRED
from mutasi.glossary import indonesian
from mutasi.vocabulary import NOUNS, Column, columns

INTRODUCTION = """\
# A region as files

Written by `make docs` from `mutasi/vocabulary` and `mutasi/bundle`; to change
it, change them there.

A bundle is a folder with one file a table, named after the table: `units.csv`
or `units.parquet`. `mutasi import FOLDER` takes it in, `mutasi simulate --out
FOLDER` writes one.

## Files

- {required} must be there unless the store
  holds employees already; the others may be absent. If `transfers` is absent,
  moves are derived from consecutive definitive postings.
- CSV is UTF-8 with a heading; comma, semicolon or tab between fields. Headings
  are read without regard to case; the order of columns is free; columns that
  nobody knows are named in the summary and not read.
- A column marked *required* must be in the file and filled in every row; any
  other may be empty or absent.
- *Days* are `2024-03-31`, `31-03-2024` or `31/03/2024`. *Yes or no* is
  `true`/`false`, `ya`/`tidak`, `yes`/`no` or `1`/`0`. *Numbers* have a decimal
  point or comma and no thousands marks; `12.0` is a whole number.
- Empty is nothing at all, `-`, `null`, `0000-00-00`, `00-00-0000` or
  `01-01-0001`.
- *Text* is what people see, with any diacritics. Characters that nobody sees
  and that change what is seen are refused: controls, marks of direction
  (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069), separators (U+2028,
  U+2029), blanks of no width (U+200B, U+FEFF), soft hyphens. Tabs and ends of
  lines may stand in it, and so may the joiners U+200C and U+200D, which words
  of several scripts need.
- An apostrophe before what a spreadsheet would take for a formula (`'=1+1`) is
  taken away; every CSV that is written has one there.
- A *NIP* has 18 digits, 0 to 9, and begins with the day of birth. Blanks, dots and an
  apostrophe before it are taken away. A spreadsheet turns it into 1.98E+17 and
  loses digits for good: make the column text before the numbers go in.
- `known_on` is the day from which a record could be known; predictions about
  the past use nothing that became known later. Where it is empty, it is the
  record's own day, said with each table, or the day of the import if that is
  before: what begins next month is known today, and until then each import says
  so anew. Other days may lie ahead.
- Nothing is known later than on the day of the import (the latest that it is in
  the country): such a row is bad (`known_ahead`), because the last of these days
  is the day of the whole region. So is one without `known_on` that begins more
  than a year ahead (`in_the_future`). Files of another day, as of an invented
  region, say it: `mutasi import FOLDER --as-of 2041-03-31`.

## Bad rows, bad files

A bad row is left out, with every row that refers to it, and listed with file,
row, field, value and reason; good rows are stored. Rows are counted as a
spreadsheet counts them, the heading of a CSV being row 1 (a Parquet file has no
heading: its first record is row 1). Of rows with the same key the first counts.
A bad file (missing, damaged, not in UTF-8, without a required column) is an
error, and nothing at all is stored. With `--strict`, so is a bad row.

A row whose key is stored already replaces the stored one; the same files twice
change nothing. Rows may refer to what is stored already.
"""

KINDS = {str: "text", int: "whole number", float: "number", bool: "yes or no"}


def documentation() -> str:
    """Return the document, Markdown, ending in a newline."""
    required = ", ".join(f"`{table}`" for table in REQUIRED)
    lines = [INTRODUCTION.format(required=required)]
    for noun in NOUNS:
        lines += _table(noun)
    return "\n".join(lines)


def _table(noun: type[Any]) -> Iterator[str]:
    optional = "" if noun.table in REQUIRED else " (may be absent)"
    key = ", ".join(f"`{name}`" for name in noun.key)
    term = indonesian(noun)
    yield f"## {noun.table}{optional}"
    yield ""
    yield f"One row per {key}{f' (*{term}*)' if term else ''}. {_natural_day(noun)}"
    yield ""
    yield "| Column | Meaning | Kind | Unit | Values | Required |"
    yield "|---|---|---|---|---|---|"
    for column in columns(noun):
        required = "yes" if not column.optional and column.name != "known_on" else ""
        yield (
            f"| `{column.name}` | {column.fact.text} | {_kind(column)} "
            f"| {column.fact.unit or ''} | {_values(column)} | {required} |"
        )
    yield ""
    for earlier, later, _ in ORDERED.get(noun.table, ()):
        yield f"`{later}` may not be below `{earlier}`."
        yield ""


def _natural_day(noun: type[Any]) -> str:
    if noun.table == "appraisals":
        day = "1 March of the year after `year`"
    elif noun.table in NATURAL_DAY:
        day = f"`{NATURAL_DAY[noun.table]}`"
    else:
        day = LONG_AGO.isoformat()
    return f"Known from {day} unless `known_on` says otherwise."


def _kind(column: Column) -> str:
    return "NIP" if column.name == "employee_id" else KINDS.get(column.kind, "day")


def _values(column: Column) -> str:
    fact = column.fact
    if fact.references is not None:
        return f"a key of `{fact.references}`"
    if fact.codes is not None:
        return ", ".join(f"`{code}`" for code in fact.codes)
    return "" if fact.low is None else f"{fact.low:g} to {fact.high:g}"


if __name__ == "__main__":
    sys.stdout.write(documentation())
