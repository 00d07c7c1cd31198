"""What monitoring prints: whether to learn anew, why, and where the page lies."""

from rich.table import Table

from pipelines.console import console
from pipelines.monitoring.job import Monitored
from pipelines.monitoring.page import Words, answers, notes
from pipelines.monitoring.schema import Report, Retrain

STYLES = {Retrain.NOW: "red", Retrain.SOON: "yellow", Retrain.NO: "green"}


def show_monitoring(monitored: Monitored, language: str, *, as_json: bool) -> None:
    """Print the verdict with every reason, and what could not be compared.

    Args:
        monitored: What was found and written.
        language: Of the words.
        as_json: Print the whole report as JSON instead.
    """
    report = monitored.report
    if as_json:
        console.print_json(report.model_dump_json())
        return
    words = Words(language)
    console.print(words.say(f"headline.{report.retrain.value}"), style=STYLES[report.retrain])
    if report.reasons:
        console.print(_reasons(report, words))
    for part, _, said in answers(report, words):
        console.print(f"[bold]{words.say(f'answer.{part}.title')}[/bold] {said}")
    for refusal in report.refusals:
        console.print(f"{words.say('refused')}: {words.refusal(refusal)}", style="yellow")
    for note in notes(report, words):
        console.print(note, style="dim")
    for path in (monitored.page, monitored.json):
        console.print(words.say("printed", path=path), soft_wrap=True)


def _reasons(report: Report, words: Words) -> Table:
    title = words.say("table_title", region=report.region, since=report.since, until=report.until)
    table = Table(title=title, title_style="bold")
    table.add_column(words.say("column.urgency"))
    table.add_column(words.say("column.reason"), overflow="fold")
    for reason in report.reasons:
        urgency = words.say(f"urgency.{reason.urgency.value}")
        table.add_row(f"[{STYLES[reason.urgency]}]{urgency}[/]", words.reason(reason))
    return table
