"""What `mutasi examine` prints: the law's answer about one person in one position."""

from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from models.recommendation import Examination
from mutasi.i18n import render
from mutasi.rules import Finding, Severity
from mutasi.sentences import finding_sentence
from pipelines.console import console, show_json

STYLES = {Severity.BLOCKS: "red", Severity.WARNS: "yellow", Severity.INFORMS: "cyan"}


def show_examination(examined: Examination, language: str, *, as_json: bool) -> None:
    """Print what every rule says, with facts, article and the first day without a block."""
    if as_json:
        show_json(asdict(examined))
        return
    verdict = "eligible" if examined.is_eligible else "blocked"
    console.print(
        Text.assemble(
            (examined.employee_name or examined.employee_id, "bold"),
            f" → {examined.title}, {examined.unit_name}\n",
            (render(f"examination.{verdict}", language, as_of=examined.as_of), "bold"),
        )
    )
    if examined.eligible_on is not None:
        console.print(render("examination.eligible_on", language, day=examined.eligible_on))
    elif not examined.is_eligible:
        console.print(render("examination.never", language))
    table = Table(show_lines=True)
    for column in ("severity", "finding", "basis", "clears_on"):
        table.add_column(render(f"examination.{column}", language))
    for finding in examined.findings:
        table.add_row(*_row(finding, language))
    if examined.findings:
        console.print(table)
    console.print(Text(render("examination.kept", language), style="bold"))
    for rule, basis in examined.kept:
        label = render(f"rule.{rule}.label", language)
        kept = render("examination.not", language, label=label)
        console.print(Text.assemble("  ✓ ", kept, (f" [{basis}]", "dim")))


def _row(finding: Finding, language: str) -> list[Text]:
    severity = "unknown" if finding.is_unknown else finding.severity.value
    until = ""
    if finding.clears_on is not None:
        until = render("examination.day", language, day=finding.clears_on)
    return [
        Text(render(f"examination.{severity}", language), STYLES[finding.severity]),
        Text(finding_sentence(finding, language)),
        Text(finding.basis),
        Text(until),
    ]
