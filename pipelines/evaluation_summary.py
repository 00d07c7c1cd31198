"""What judging models prints: model beside its best baseline, and where the page lies."""

from rich.table import Table

from pipelines.console import console
from pipelines.evaluation.findings import findings
from pipelines.evaluation.job import Evaluated
from pipelines.evaluation.schema import Comparison, Light, Lists, Report, Task, Verdict
from pipelines.evaluation.wording import Words, remarks

COLUMNS = ("task", "count", "measure", "model", "rival", "difference", "verdict")
STYLES = {Verdict.BETTER: "green", Verdict.WORSE: "red", Verdict.UNSURE: "yellow"}
LIGHTS = {Light.YES: "green", Light.NO: "red", Light.UNSURE: "yellow", Light.UNKNOWN: "dim"}


def show_evaluation(evaluated: Evaluated, language: str, *, as_json: bool) -> None:
    """Print the answers of the first page, and every part beside its best baseline.

    Args:
        evaluated: What was found and written.
        language: Of the words.
        as_json: Print the whole report as JSON instead.
    """
    report = evaluated.report
    if as_json:
        console.print_json(report.model_dump_json())
        return
    words = Words(language)
    for one in findings(report, words):
        answer = f"[{LIGHTS[Light(one.light)]}]{one.answer}[/]"
        console.print(f"[bold]{words.say(f'finding.{one.topic}')}[/] {answer}")
        console.print(" ".join(one.sentences))
    table = Table(
        title=words.say("table_title", region=report.region, as_of=report.as_of), title_style="bold"
    )
    for column in COLUMNS:
        right = column in {"count", "model", "difference"}
        table.add_column(
            words.say(f"column.{column}"), justify="right" if right else "left", overflow="fold"
        )
    for key, comparison in _parts(report).items():
        table.add_row(*_row(words.say(key), comparison, words))
    console.print(table)
    for remark in remarks(report, words):
        console.print(remark, style="dim")
    for path in (evaluated.page, evaluated.json, evaluated.card):
        console.print(words.say("printed", path=path), soft_wrap=True)


def _parts(report: Report) -> dict[str, Comparison]:
    """Return the comparisons of a report by the key of their title."""
    parts: dict[str, Task | Lists | None] = {
        "performance.title": report.performance,
        "acceptance.title": report.acceptance,
        "movers.title": report.movers,
        "choices.title": report.choices,
        "truth.lists": None if report.truth is None else report.truth.lists,
    }
    return {key: part.comparison for key, part in parts.items() if part is not None}


def _row(title: str, found: Comparison, words: Words) -> tuple[str, ...]:
    measure = next(iter(found.measures))
    model, _ = words.figure(found.predictors["model"][measure], measure)
    rival, _ = words.figure(found.predictors[found.rival][measure], measure)
    difference, ends = words.change(found.differences[found.rival][measure], measure)
    style = STYLES[found.verdict]
    return (
        title,
        words.num(found.count, "d"),
        words.say(f"measure.{measure}"),
        model,
        f"{words.predictor(found.rival)} {rival}",
        f"{difference}\n[dim]{ends}[/dim]",
        f"[{style}]{words.say(f'verdict.{found.verdict.value}')}[/{style}]",
    )
