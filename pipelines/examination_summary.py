"""What `mutasi examine` prints: the law's answer about one person in one position, and advice."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from models.advice import Advice
from models.levers import Lever
from models.recommendation import Examination, Vacancy
from mutasi.advice import ANOTHER_POST, caveats, lever_sentence
from mutasi.i18n import render
from mutasi.rules import Finding, Severity
from mutasi.sentences import finding_sentence
from pipelines.console import console, show_json

STYLES = {Severity.BLOCKS: "red", Severity.WARNS: "yellow", Severity.INFORMS: "cyan"}


Posts = Callable[[str], Vacancy]
"""Tells a position by its id."""


def show_examination(
    examined: Examination,
    advice: Advice | None,
    receipt_id: str,
    post: Posts,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Print what every rule says, with facts, article and first day without a block.

    Args:
        examined: What the law says.
        advice: What would help; None where no model is at hand to say it.
        receipt_id: Of what is kept of the examination.
        post: Tells a position by its id.
        language: Of the words.
        as_json: Print JSON instead.
    """
    if as_json:
        told = {"receipt_id": receipt_id, **asdict(examined)}
        show_json({**told, "advice": None if advice is None else _fields(advice)})
        return
    _show_law(examined, language)
    if advice is not None:
        _show_advice(advice, post, language)
    console.print(render("receipt.kept", language, receipt_id=receipt_id), style="dim")


def _show_law(examined: Examination, language: str) -> None:
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


def _show_advice(advice: Advice, post: Posts, language: str) -> None:
    console.print(Text(f"\n{render('lever.heading', language)}", style="bold"))
    if not advice.levers:
        case = "none" if advice.has_evidence else "no_evidence"
        console.print(render(f"lever.{case}", language), style="yellow")
        return
    for lever in advice.levers:
        console.print(_advised(lever, post, language))
    if not advice.examination.is_eligible:
        console.print(render("lever.blocked", language), style="yellow")
    console.print(render("lever.note", language), style="dim")


def _advised(lever: Lever, post: Posts, language: str) -> Text:
    facts: dict[str, object] = {"subject": lever.subject, "amount": lever.amount}
    if lever.name == ANOTHER_POST:
        facts["unit"] = post(str(lever.subject)).unit_name
    said = lever_sentence(lever.name, facts, lever.effect, lever.beside, language)
    text = Text.assemble(("  + ", "green"), f"{said}.")
    for caveat in caveats(lever.effect, language, is_familiar=lever.is_familiar):
        text.append(f"\n    ! {caveat}", "yellow")
    return text


def _fields(advice: Advice) -> dict[str, Any]:
    """Return advice for a program; what the law says is said beside."""
    fields = asdict(advice)
    del fields["examination"]
    return fields


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
