"""The report as one HTML page that needs nothing else: words, tables, plots."""

from math import sqrt

from mutasi.i18n import render
from pipelines.evaluation.drawings import drawn
from pipelines.evaluation.findings import findings, headline
from pipelines.evaluation.schema import Report, Task
from pipelines.evaluation.wording import SPECS, Words, remarks
from pipelines.pages.document import document

TEMPLATE = "evaluation.html.j2"


def page(report: Report, language: str) -> str:
    """Return the report as HTML."""
    words = Words(language)
    return document(
        TEMPLATE,
        words,
        drawn(report, words),
        report=report,
        figure=words.figure,
        change=words.change,
        named=words.headline,
        specs=SPECS,
        findings=findings(report, words),
        headline=headline(report),
        gaps=remarks(report, words),
        parts=lambda task: trial_parts(task, language),
        root=sqrt,
    )


def trial_parts(task: Task, language: str) -> dict[str, str]:
    """Return the parts of the model that were tried in any test year, and their names."""
    names = dict.fromkeys(trial.part for year in task.years for trial in year.trials)
    return {name: render(f"train.part_{name}", language) for name in names}
