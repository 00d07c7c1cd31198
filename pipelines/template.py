"""The job of writing a template that people fill in: a local list, empty but explained."""

import csv
from collections.abc import Sequence
from pathlib import Path

from mutasi.bundle.spreadsheets import heading
from mutasi.errors import ListUnknown
from mutasi.i18n import render
from mutasi.lists.catalogue import LISTS, LocalList
from pipelines.pages import workbook


def list_named(name: str) -> LocalList:
    """Return the list of a name, in any language.

    Raises:
        ListUnknown: If there is none.
    """
    for each in LISTS:
        if heading(name) in each.names:
            return each
    raise ListUnknown(place=name, known=", ".join(each.names[0] for each in LISTS))


def write(each: LocalList, path: Path, language: str) -> None:
    """Write a list's template: headings, and what each column means with an example.

    In a workbook the explanation is a second sheet, and columns of ids are text, so that
    Excel does not damage what is typed; in a CSV the explanation stands in lines above the
    headings, which an import passes over.

    Args:
        each: The list.
        path: The file; ``.csv`` or ``.xlsx``.
        language: Of headings and explanations; an import reads those of any language.
    """
    headings = [each.heading(field, language) for field in each.fields]
    table = explanation(each, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.casefold() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerows([f"# {' | '.join(cells)}"] for cells in table)
            rows.writerow(headings)
        return
    told = workbook.Sheet(table[0], table[1:])
    typed = [place for place, column in enumerate(each.columns) if column.kind is str]
    empty = workbook.Sheet(headings, [], typed)
    title = each.title(language).replace("_", " ")
    workbook.write(path, {title: empty, render("list.explanation", language): told})


def explanation(each: LocalList, language: str) -> Sequence[Sequence[str]]:
    """Return what each column means, the headings of this table first."""
    parts = ("column", "about", "values", "required", "sample")
    rows = [[render(f"list.heading_{part}", language) for part in parts]]
    for column in each.columns:
        required = "required" if each.is_required(column) else "optional"
        rows.append(
            [
                each.heading(column.name, language),
                each.meaning(column.name, language),
                each.values(column, language),
                render(f"list.{required}", language),
                each.sample(column, language),
            ]
        )
    return rows
