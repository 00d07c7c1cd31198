"""The rows to mend, in words: where each is, what stands there, what should, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.bundle.formulas import inert
from mutasi.bundle.rejected import masked
from mutasi.i18n import has_words, render, render_first
from mutasi.quality import Answer, Check, Dimension, Records, Severity
from mutasi.vocabulary import NOUNS, columns
from pipelines.pages.workbook import Sheet, write
from pipelines.quality.schema import CheckFigures
from pipelines.quality.tally import Examination

NOUN_OF = {noun.table: noun for noun in NOUNS}
ORDER = {severity: place for place, severity in enumerate(Severity)}
HEADINGS = (
    "office",
    "unit",
    "table",
    "key",
    "field",
    "found",
    "expected",
    "why",
    "severity",
    "check",
)


@dataclass(frozen=True)
class Fault:
    """One row to mend.

    Attributes:
        check: The check that it fails.
        office: Name of the office.
        unit: Name of the unit.
        key: What finds the row in its table; a person's NIP comes first.
        found: What stands there.
        expected: What should.
        why: The reason.
    """

    check: Check
    office: str
    unit: str
    key: str
    found: str
    expected: str
    why: str


def faults(examination: Examination, language: str) -> list[Fault]:
    """Return every row to mend, by office, unit, severity and key."""
    records = examination.records
    found = [
        fault
        for check, answer in examination.each()
        if answer.faulty.any()
        for fault in _of(check, answer, records, language)
    ]
    return sorted(
        found, key=lambda each: (each.office, each.unit, ORDER[each.check.severity], each.key)
    )


def _of(check: Check, answer: Answer, records: Records, language: str) -> Iterator[Fault]:
    rows = np.flatnonzero(answer.faulty)
    key = f"quality.check.{check.name}"
    empty = render("quality.empty", language)
    hides = _is_personal(check)
    units = records.unit_of(check.of)[rows]
    names = [*records.texts("units", "name").tolist(), ""]
    offices = np.append(records.offices, -1)[units].tolist()
    facts = _plain(answer.facts, rows)
    said = has_words(f"{key}.found", language)
    for place, number in enumerate(_keys(check.of, rows, records)):
        own = {name: values[place] for name, values in facts.items()}
        stands = render_first(f"{key}.found", language, own) if said else empty
        yield Fault(
            check=check,
            office=names[offices[place]],
            unit=names[units[place]],
            key=number,
            found=masked(stands) if hides and said else stands,
            expected=render_first(f"{key}.expected", language, own),
            why=render_first(f"{key}.why", language, own),
        )


def _is_personal(check: Check) -> bool:
    """Return whether what stands in the field identifies a person besides the NIP."""
    facts = {column.name: column.fact for column in columns(NOUN_OF[check.table])}
    return facts[check.field].personal and check.field != "employee_id"


def _plain(facts: Mapping[str, Any], rows: NDArray[np.int64]) -> dict[str, list[Any]]:
    """Return facts of some rows as plain values; one for all is repeated."""
    plain = {}
    for name, values in facts.items():
        if not np.ndim(values):
            plain[name] = [values] * len(rows)
        else:
            plain[name] = [_whole(value) for value in np.asarray(values)[rows].tolist()]
    return plain


def _whole(value: Any) -> Any:
    """Return a whole number as such, so that it is said without a point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _keys(table: str, rows: NDArray[np.int64], records: Records) -> list[str]:
    """Return what finds each row: the values of its key, in the order of the vocabulary."""
    frame = records.table(table)
    kinds = {column.name: column for column in columns(NOUN_OF[table])}
    parts: list[list[str]] = []
    for name in NOUN_OF[table].key:
        references = kinds[name].fact.references
        if name in frame.columns:
            values = records.days(table, name) if kinds[name].kind is date else frame[name]
        else:
            assert references is not None, f"{table} holds no {name}"
            ids = records.table(references).iloc[:, 0].to_numpy(object)
            values = ids[records.codes(table, name.removesuffix("_id"))]
        parts.append([str(_whole(value)) for value in np.asarray(values)[rows].tolist()])
    return [" · ".join(values) for values in zip(*parts, strict=True)]


def save(path: Path, found: list[Fault], checked: tuple[CheckFigures, ...], language: str) -> None:
    """Write the rows to mend as a workbook: all checks, then a sheet a dimension.

    Args:
        path: The file.
        found: The rows, in order.
        checked: The checks in figures.
        language: Of the words.
    """
    sheets = {render("quality.sheet.checks", language): _overview(checked, language)}
    headings = [render(f"quality.column.{name}", language) for name in HEADINGS]
    for dimension in Dimension:
        rows = [_cells(each, language) for each in found if each.check.dimension is dimension]
        sheets[render(f"quality.dimension.{dimension}", language)] = Sheet(headings, rows)
    write(path, sheets)


def _overview(checked: tuple[CheckFigures, ...], language: str) -> Sheet:
    names = ("check", "dimension", "severity", "table", "field", "asked", "faulty")
    rows = [
        (
            render(f"quality.check.{each.name}.title", language),
            render(f"quality.dimension.{each.dimension}", language),
            render(f"quality.severity.{each.severity}", language),
            each.table,
            each.field,
            each.asked,
            each.faulty,
        )
        for each in checked
    ]
    return Sheet([render(f"quality.column.{name}", language) for name in names], rows)


def _cells(fault: Fault, language: str) -> tuple[str, ...]:
    check = fault.check
    cells = (
        fault.office,
        fault.unit,
        check.table,
        fault.key,
        check.field,
        fault.found,
        fault.expected,
        fault.why,
        render(f"quality.severity.{check.severity}", language),
        render(f"quality.check.{check.name}.title", language),
    )
    return tuple(map(inert, cells))  # people save it as CSV
