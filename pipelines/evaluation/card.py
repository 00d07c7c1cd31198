"""The model card: what a model is for, what it is not for, and how it fared.

The form of Mitchell et al. 2019, "Model Cards for Model Reporting", with the figures
of the report and nothing else.
"""

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from models.fairness import Concern
from mutasi.i18n import render
from pipelines.evaluation.findings import findings
from pipelines.evaluation.schema import Comparison, Headline, Light, Report
from pipelines.evaluation.schema_fairness import Audit
from pipelines.evaluation.schema_model import Served, ServedHead
from pipelines.evaluation.wording import Words, remarks
from pipelines.pages.figure import Figure, Part

TEMPLATE = "model-card.md.j2"
LIMITS = ("chosen", "raters", "proxies", "placement", "thin", "alike", "advice")
"""What the figures do not say, by key of the words."""

USES = ("use_for", "use_who")
NOT_FOR = ("not_decide", "not_elsewhere", "not_absolute")


class Card(Part):
    """The model card as data; words are keys of the catalogue's ``evaluate.card`` and ``limit``.

    Attributes:
        format: Version of the report's layout.
        as_of: Last day that was known.
        region: The government.
        model: The model in service; None where there is none.
        intended_use: What it is for.
        not_for: What it is not for.
        tested: Cases and years of each back-test.
        figures: Main measure of the model and every baseline, by back-test.
        headlines: The figures by which reports are compared.
        lights: The answers of the report's first page.
        fairness: Who is put in the first ten, by attribute and group.
        limits: What the figures do not say.
    """

    format: int
    as_of: str
    region: str
    model: Served | None
    intended_use: tuple[str, ...]
    not_for: tuple[str, ...]
    tested: dict[str, "Tested"]
    figures: dict[str, dict[str, Figure]]
    headlines: dict[str, Headline]
    lights: dict[str, Light]
    fairness: tuple[Audit, ...]
    limits: tuple[str, ...]


class Tested(Part):
    """How much a back-test rests on.

    Attributes:
        count: Decisions tested.
        years: Their years.
    """

    count: int
    years: tuple[int, ...]


def card(report: Report) -> Card:
    """Return the model card of a report."""
    tasks = {"performance": report.performance, "acceptance": report.acceptance}
    tested = {name: task for name, task in tasks.items() if task is not None}
    return Card(
        format=report.format,
        as_of=report.as_of,
        region=report.region,
        model=report.model,
        intended_use=USES,
        not_for=NOT_FOR,
        tested={
            name: Tested(count=task.comparison.count, years=tuple(year.year for year in task.years))
            for name, task in tested.items()
        },
        figures={name: main(task.comparison) for name, task in tested.items()},
        headlines=report.headlines,
        lights=report.lights,
        fairness=() if report.fairness is None else report.fairness.selection,
        limits=LIMITS,
    )


def text(report: Report, language: str) -> str:
    """Return the model card as Markdown."""
    words = Words(language)
    environment = Environment(
        loader=PackageLoader("pipelines", "templates"),
        autoescape=False,  # noqa: S701  # Markdown for people, of words and numbers only
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(
        card=card(report),
        report=report,
        say=words.say,
        num=words.num,
        word=lambda key, **values: render(key, language, **values),
        figure=words.figure,
        headlines=headline_rows(report, words),
        figures=figure_rows(report, words),
        findings=findings(report, words),
        audits=audit_lines(report, words),
        trials=lambda head: trial_line(head, language),
        gaps=remarks(report, words),
    )


def main(found: Comparison) -> dict[str, Figure]:
    """Return the main measure of every predictor."""
    measure = next(iter(found.measures))
    return {name: figures[measure] for name, figures in found.predictors.items()}


def headline_rows(report: Report, words: Words) -> list[tuple[str, str, str]]:
    """Return every headline figure: name, value, interval."""
    rows = []
    for name, one in report.headlines.items():
        title, measure = words.headline(name)
        is_difference = ".over_" in name
        written = words.change if is_difference else words.figure
        rows.append((title, *written(one.figure, measure)))
    return rows


def figure_rows(report: Report, words: Words) -> Mapping[str, Sequence[tuple[str, str, str]]]:
    """Return, by the title of a back-test, its main measure by predictor."""
    found = {}
    for name, task in (("performance", report.performance), ("acceptance", report.acceptance)):
        if task is not None:
            measure = next(iter(task.comparison.measures))
            title = f"{words.say(f'{name}.title')}: {words.say(f'measure.{measure}')}"
            found[title] = [
                (words.predictor(predictor), *words.figure(figure, measure))
                for predictor, figure in main(task.comparison).items()
            ]
    return found


def audit_lines(report: Report, words: Words) -> list[str]:
    """Return a line on every group that is not put first most often."""
    audits = () if report.fairness is None else report.fairness.selection
    lines = []
    for group in (group for audit in audits for group in audit.groups):
        found = group.figures.get("ten")
        if found is None or found.against is None:
            continue
        past = group.figures["past"].against
        lines.append(
            words.say(
                "card.audited",
                group=words.say(f"group.{group.group}"),
                ratio=_with_interval(words.figure(found.against, "ratio")),
                concern=words.say(f"concern.{found.concern or Concern.PERHAPS}"),
                past=words.say("fairness.largest")
                if past is None
                else _with_interval(words.figure(past, "ratio")),
            )
        )
    return lines


def trial_line(head: ServedHead, language: str) -> str:
    """Return which parts of a head were tried, and which were kept."""
    return ", ".join(
        render(
            f"train.{'kept' if trial.is_kept else 'left'}",
            language,
            part=render(f"train.part_{trial.part}", language),
        )
        for trial in head.trials
    )


def _with_interval(written: tuple[str, str]) -> str:
    return f"{written[0]} ({written[1]})" if written[1] else written[0]
