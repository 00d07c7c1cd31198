"""What jobs print: tables for people, JSON for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from math import sqrt
from typing import Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from models.explanation import Aspect, Reason
from models.recommendation import Exclusion, Ranking, Recommendation, Vacancy
from models.recommender import Recommender
from mutasi.i18n import number, render, word
from mutasi.rules import Finding, Severity
from mutasi.sentences import finding_sentence, reason_sentence
from pipelines.console import console, show_json
from pipelines.train import Trained

EXCLUDED_SHOWN = 5
CERTAIN = 0.99
"""Chance beyond which a figure would claim more than can be known."""


def show_training(trained: Trained, language: str, *, as_json: bool) -> None:
    """Print what was learned, from how much, and what could not be learned."""
    manifest = trained.manifest
    if as_json:
        show_json({**manifest.model_dump(), "run_id": trained.run_id, "alias": trained.alias})
        return
    table = Table(title=render("train.title", language, version=manifest.version))
    for column in ("head", "learner", "examples", "features", "error"):
        table.add_column(render(f"train.{column}", language))
    for name, head in manifest.heads.items():
        table.add_row(
            render(f"train.{name}", language),
            render(f"train.{head.kind}", language),
            number(head.examples, language),
            number(len(head.columns), language),
            _error(name, min(head.losses.values()), language),
        )
    console.print(table)
    for head in manifest.heads.values():
        if head.inferred:
            told = render("train.inferred", language, count=head.inferred, examples=head.examples)
            console.print(told, style="yellow")
    for name, reason in manifest.not_learned.items():
        console.print(
            render(
                "train.not_learned", language, head=render(f"train.{name}", language), count=reason
            ),
            style="yellow",
        )
    if manifest.absent:
        concepts = ", ".join(render(f"concept.{name}.label", language) for name in manifest.absent)
        console.print(render("train.absent", language, concepts=concepts), style="yellow")
    console.print(render("train.registered", language, run=trained.run_id, alias=trained.alias))


def _error(head: str, loss: float, language: str) -> str:
    """Return a head's error in words: the root of a squared error, or the log loss."""
    value = sqrt(loss) if head == "performance" else loss
    return render(f"train.error_{head}", language, value=value)


def show_vacancies(vacancies: Sequence[Vacancy], language: str, *, as_json: bool) -> None:
    """Print open positions."""
    if as_json:
        show_json([asdict(vacancy) for vacancy in vacancies])
        return
    table = Table(title=render("vacancies.title", language))
    for column in ("position", "title_of_post", "unit", "function", "needed", "filled"):
        table.add_column(
            render(f"vacancies.{column}", language),
            no_wrap=column == "position",
            justify="right" if column in {"needed", "filled"} else "left",
        )
    for vacancy in vacancies:
        table.add_row(
            vacancy.position_id,
            escape(vacancy.title),
            escape(vacancy.unit_name),
            "" if vacancy.function is None else word("function", vacancy.function, language),
            number(vacancy.needed, language),
            number(vacancy.filled, language),
        )
    console.print(table)


def show_ranking(
    ranking: Ranking, heading: str, language: str, *, as_json: bool, by_post: bool
) -> None:
    """Print a ranking: the recommended with reasons, then why others are not.

    Args:
        ranking: The answer.
        heading: What was asked, in words.
        language: Of the words.
        as_json: Print JSON instead.
        by_post: The question was where to, so rows are positions.
    """
    if as_json:
        show_json(asdict(ranking))
        return
    console.print(_heading(ranking, heading, language))
    shared = _shared(ranking)
    table = Table(show_lines=True, expand=True)
    table.add_column(render("ranking.rank", language), justify="right", no_wrap=True)
    table.add_column(
        render("ranking.position" if by_post else "ranking.employee", language),
        ratio=1,
        overflow="fold",
    )
    if ranking.basis == "model":
        table.add_column(render("ranking.performance", language), justify="right", no_wrap=True)
    if any(shown.acceptance is not None for shown in ranking.recommended):
        table.add_column(render("ranking.acceptance", language), justify="right", no_wrap=True)
    if ranking.basis != "model":
        table.add_column(render("ranking.score", language), justify="right", no_wrap=True)
    table.add_column(render("ranking.reasons", language), ratio=2)
    for shown in ranking.recommended:
        table.add_row(*_row(shown, ranking, shared, language, by_post=by_post))
    if ranking.recommended:
        console.print(table)
        for finding in shared:
            console.print(_found(finding, language))
        console.print(render("ranking.legend", language), style="dim")
    else:
        console.print(render("ranking.nobody", language), style="yellow")
    _show_excluded(ranking, language, by_post=by_post)


def post_heading(post: Vacancy, language: str) -> str:
    """Return the question of who for a position."""
    return render("ranking.heading_post", language, title=post.title, unit=post.unit_name)


def person_heading(ready: Recommender, employee_id: str, language: str) -> str:
    """Return the question of where for a person."""
    row = ready.snapshot.employee_row(employee_id)
    name = ready.snapshot.employees["employee_name"][row]
    return render("ranking.heading_person", language, name=name or employee_id)


def _heading(ranking: Ranking, heading: str, language: str) -> Text:
    counted = render(
        "ranking.counted",
        language,
        considered=ranking.considered,
        eligible=ranking.eligible,
        as_of=ranking.as_of,
    )
    basis = render(f"ranking.basis_{ranking.basis}", language, version=ranking.model_version or "")
    return Text.assemble((heading, "bold"), f"\n{counted}\n", (basis, "dim"))


def _shared(ranking: Ranking) -> list[Finding]:
    """Return the information that holds for everything shown, to be told once."""
    first, *others = [shown.findings for shown in ranking.recommended] or [()]
    return [
        finding
        for finding in first
        if finding.severity is Severity.INFORMS and all(finding in other for other in others)
    ]


def _row(
    shown: Recommendation,
    ranking: Ranking,
    shared: list[Finding],
    language: str,
    *,
    by_post: bool,
) -> list[Any]:
    cells: list[Any] = [f"{shown.rank} ({_letter(shown.band)})", _who(shown, by_post=by_post)]
    if shown.performance is not None:
        low, high = shown.performance_low or 0.0, shown.performance_high or 0.0
        cells.append(
            f"{number(shown.performance, language, '.1f')}\n"
            f"{number(low, language, '.0f')}–{number(high, language, '.0f')}"
        )
    if shown.acceptance is not None:
        cells.append(chance_words(shown.acceptance, language))
    if ranking.basis != "model":
        cells.append(number(shown.score, language, ".0f"))
    cells.append(_reasons(shown, shared, language))
    return cells


def _who(shown: Recommendation, *, by_post: bool) -> Text:
    if by_post:
        return Text.assemble(
            (shown.title, "bold"), f"\n{shown.unit_name}\n", (shown.position_id, "dim")
        )
    present = " · ".join(text for text in (shown.present_title, shown.present_unit) if text)
    return Text.assemble(
        (shown.employee_name or shown.employee_id, "bold"),
        "\n",
        (f"{shown.employee_id}\n", "dim"),
        present,
    )


def _reasons(shown: Recommendation, shared: list[Finding], language: str) -> Text:
    text = Text()
    for reason in shown.reasons:
        text.append("+ " if reason.effect > 0 else "− ", "green" if reason.effect > 0 else "red")
        text.append(f"{_sentence(reason, language)} ")
        text.append(f"({effect_words(reason, language)})\n", "dim")
    for finding in shown.findings:
        if finding not in shared:
            text.append_text(_found(finding, language)).append("\n")
    text.rstrip()
    return text


def _found(finding: Finding, language: str) -> Text:
    sentence = finding_sentence(finding, language)
    return Text.assemble(("! ", "yellow"), f"{sentence} ", (f"[{finding.basis}]", "dim"))


def _sentence(reason: Reason, language: str) -> str:
    return reason_sentence(
        reason.concept, reason.aspect.value, reason.effect, reason.facts, language
    )


def chance_words(chance: float, language: str) -> str:
    """Return a chance in whole percent, never as certain.

    >>> chance_words(0.874, "en"), chance_words(0.999, "en"), chance_words(0.001, "en")
    ('87%', '>99%', '<1%')
    """
    if chance > CERTAIN:
        return f">{number(CERTAIN, language, '.0%')}"
    if chance < 1 - CERTAIN:
        return f"<{number(1 - CERTAIN, language, '.0%')}"
    return number(chance, language, ".0%")


def effect_words(reason: Reason, language: str) -> str:
    """Return the size of a reason's effect with its unit."""
    spec = "+.1f" if reason.aspect is not Aspect.ACCEPTANCE else "+.0f"
    effect = number(reason.effect, language, spec)
    return render(f"ranking.effect_{reason.aspect.value}", language, effect=effect)


def _show_excluded(ranking: Ranking, language: str, *, by_post: bool) -> None:
    if not ranking.excluded_by_rule:
        return
    console.print(Text(render("ranking.excluded", language), style="bold"))
    for rule, count in ranking.excluded_by_rule.items():
        label = render(f"rule.{rule}.label", language)
        console.print(f"  {number(count, language):>8}  {escape(label)}")
    console.print(Text(render("ranking.nearest", language), style="bold"))
    for exclusion in ranking.excluded[:EXCLUDED_SHOWN]:
        console.print(_excluded(exclusion, language, by_post=by_post))


def _excluded(exclusion: Exclusion, language: str, *, by_post: bool) -> Text:
    name = exclusion.title if by_post else exclusion.employee_name or exclusion.employee_id
    where = exclusion.unit_name if by_post else exclusion.employee_id
    text = Text.assemble("  ✗ ", (name, "bold"), (f" {where}: ", "dim"))
    told = []
    for finding in exclusion.findings:
        until = (
            render("ranking.clears_on", language, day=finding.clears_on)
            if finding.clears_on
            else ""
        )
        told.append(f"{finding_sentence(finding, language)} [{finding.basis}]{until}")
    if exclusion.eligible_on is not None:
        told.append(render("ranking.eligible_on", language, day=exclusion.eligible_on))
    return text.append("; ".join(told))


def _letter(band: int) -> str:
    """Return the name of a band: A for the first, AA after Z."""
    return (_letter((band - 1) // 26) if band > 26 else "") + chr(ord("A") + (band - 1) % 26)
