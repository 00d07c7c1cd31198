"""What judging the records prints: the four dimensions, the gravest faults, the files."""

from rich.table import Table

from pipelines.console import console
from pipelines.pages.document import Words
from pipelines.quality.job import Judged
from pipelines.quality.page import SECTION, failing, headline, sentences, table_name
from pipelines.quality.schema import Report

SHOWN = 12
"""Checks that are told of; the page tells of all."""


def show_quality(judged: Judged, language: str, *, as_json: bool) -> None:
    """Print what was found, and where it lies.

    Args:
        judged: What was found and written.
        language: Of the words.
        as_json: Print the whole report as JSON instead.
    """
    report = judged.report
    if as_json:
        console.print_json(report.model_dump_json())
        return
    words = Words(language, SECTION)
    console.print(_dimensions(report, words))
    console.print(_checks(report, words))
    console.print(headline(report, words))
    for sentence in sentences(report.cost, words) if report.cost else ():
        console.print(sentence)
    for note in report.notes:
        console.print(words.say(f"note.{note.code}", **note.facts), style="yellow")
    for path in (judged.page, judged.workbook, judged.json):
        console.print(words.say("printed", path=path), soft_wrap=True)


def _dimensions(report: Report, words: Words) -> Table:
    title = words.say("table_title", region=report.region, as_of=report.as_of)
    table = Table(title=title, title_style="bold")
    table.add_column(words.say("column.dimension"))
    for name in ("score", "faulty", "asked", "people"):
        table.add_column(words.say(f"column.{name}"), justify="right")
    for each in report.dimensions:
        table.add_row(
            words.say(f"dimension.{each.dimension}"),
            words.num(each.score, ".1%"),
            *(words.num(count, "d") for count in (each.faulty, each.asked, each.people)),
        )
    return table


def _checks(report: Report, words: Words) -> Table:
    table = Table()
    table.add_column(words.say("column.check"), overflow="fold")
    for name in ("table", "severity"):
        table.add_column(words.say(f"column.{name}"))
    for name in ("faulty", "asked"):
        table.add_column(words.say(f"column.{name}"), justify="right")
    for each in failing(report)[:SHOWN]:
        table.add_row(
            words.say(f"check.{each.name}.title"),
            table_name(each.table, words),
            words.say(f"severity.{each.severity}"),
            words.num(each.faulty, "d"),
            words.num(each.asked, "d"),
        )
    return table
