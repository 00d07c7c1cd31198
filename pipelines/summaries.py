"""What jobs print: tables for people, JSON for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from math import sqrt

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from models.artifact import HeadFacts, Trial
from models.explanation import Reason
from models.recommendation import Exclusion, Ranking, Recommendation, Vacancy
from models.recommender import Recommender
from mutasi.i18n import chance, number, render, word
from mutasi.rules import Finding, Severity
from mutasi.sentences import effect_words, finding_sentence, reason_sentence
from pipelines.console import console, show_json
from pipelines.train import Trained

EXCLUDED_SHOWN = 5

NIP_WIDTH = 18
"""Least width of the column of people, so that a NIP can be copied from one line."""


def show_training(trained: Trained, language: str, *, as_json: bool) -> None:
    """Print what was learned, from how much, and what could not be learned."""
    manifest = trained.manifest
    if as_json:
        found = {
            "run_id": trained.run_id,
            "alias": trained.alias,
            "champion": trained.champion,
            "stale": [refusal.model_dump() for refusal in trained.refusals],
        }
        show_json({**manifest.model_dump(), **found})
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
            _error(name, head.loss, language),
        )
    console.print(table)
    for name, head in manifest.heads.items():
        _show_head(name, head, language)
    for name, shortfall in manifest.not_learned.items():
        values = {"head": render(f"train.{name}", language), **shortfall.model_dump()}
        console.print(render("train.not_learned", language, **values), style="yellow")
    for refusal in trained.refusals:
        told = render(f"stale.{refusal.code}", language, **refusal.facts)
        console.print(Text(render("train.stale", language, why=told), style="yellow"))
    if manifest.absent:
        concepts = ", ".join(render(f"concept.{name}.label", language) for name in manifest.absent)
        console.print(render("train.absent", language, concepts=concepts), style="yellow")
    console.print(render("train.registered", language, run=trained.run_id, alias=trained.alias))
    key = "next_first" if trained.champion is None else "next"
    key = "next_none" if trained.champion == manifest.version else key
    console.print(render(f"promotion.{key}", language, champion=trained.champion), style="bold")


def _show_head(name: str, head: HeadFacts, language: str) -> None:
    """Print what of a head was tried, and what it learned from for want of better."""
    if head.trials:
        heading = render(f"train.{name}", language)
        console.print(Text.assemble(f"{heading}: ", (_tried(head.trials, language), "dim")))
    if round(head.hidden, 1):
        figures = {"hidden": head.hidden, "hidden_error": head.hidden_error}
        console.print(Text(render("train.hidden", language, **figures), style="dim"))
    if head.inferred:
        told = render("train.inferred", language, count=head.inferred, examples=head.examples)
        console.print(told, style="yellow")


def _tried(trials: Sequence[Trial], language: str) -> str:
    """Return which parts of a head earned their place on the later past."""
    parts = [
        render(
            "train.kept" if trial.is_kept else "train.left",
            language,
            part=render(f"train.part_{trial.part}", language),
        )
        for trial in trials
    ]
    return render("train.tried", language, parts=", ".join(parts))


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
    ranking: Ranking,
    heading: str,
    receipt_id: str,
    language: str,
    *,
    as_json: bool,
    by_post: bool,
) -> None:
    """Print a ranking: the recommended with reasons, then why others are not.

    Args:
        ranking: The answer.
        heading: What was asked, in words.
        receipt_id: Of what is kept of it.
        language: Of the words.
        as_json: Print JSON instead.
        by_post: The question was where to, so rows are positions.
    """
    if as_json:
        show_json({"receipt_id": receipt_id, **asdict(ranking)})
        return
    console.print(_heading(ranking, heading, language))
    shared = _shared(ranking)
    has_chances = any(shown.acceptance is not None for shown in ranking.recommended)
    table = _empty_table(ranking, language, by_post=by_post, has_chances=has_chances)
    for shown in ranking.recommended:
        table.add_row(
            f"{shown.rank} ({_letter(shown.band)})",
            _who(shown, by_post=by_post),
            *_figures(shown, ranking, language, has_chances=has_chances),
            _reasons(shown, shared, language),
        )
    if ranking.recommended:
        console.print(table)
        for finding in shared:
            console.print(_found(finding, language))
        console.print(render("ranking.legend", language), style="dim")
    else:
        nothing = "nowhere" if by_post else "nobody"
        console.print(render(f"ranking.{nothing}", language), style="yellow")
    _show_excluded(ranking, language, by_post=by_post)
    console.print(render("receipt.kept", language, receipt_id=receipt_id), style="dim")


def _empty_table(ranking: Ranking, language: str, *, by_post: bool, has_chances: bool) -> Table:
    """Return the table of a ranking, with the columns that it can fill."""
    table = Table(show_lines=True, expand=True)
    table.add_column(render("ranking.rank", language), justify="right", no_wrap=True)
    table.add_column(
        render("ranking.position" if by_post else "ranking.employee", language),
        ratio=1,
        width=NIP_WIDTH,
        overflow="fold",
    )
    is_model = ranking.basis == "model"
    figures = {"performance": is_model, "gain": is_model, "acceptance": has_chances}
    figures["score"] = not is_model
    for column, is_shown in figures.items():
        if is_shown:
            table.add_column(render(f"ranking.{column}", language), justify="right", no_wrap=True)
    table.add_column(render("ranking.reasons", language), ratio=2)
    return table


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


def _figures(
    shown: Recommendation, ranking: Ranking, language: str, *, has_chances: bool
) -> list[str]:
    """Return the cells of what is predicted; a dash where there is not enough evidence."""
    cells = []
    if ranking.basis == "model":
        cells.append(
            _with_ends(shown.performance, shown.performance_low, shown.performance_high, language)
        )
        cells.append(_with_ends(shown.gain, shown.gain_low, shown.gain_high, language, "+"))
    if has_chances:
        cells.append("–" if shown.acceptance is None else chance(shown.acceptance, language))
    if ranking.basis != "model":
        cells.append(number(shown.score, language, ".0f"))
    return cells


def _with_ends(
    value: float | None, low: float | None, high: float | None, language: str, sign: str = ""
) -> str:
    """Return a figure with the ends of its interval below; a dash where there is none."""
    if value is None or low is None or high is None:
        return "–"
    between = "–" if not sign else "…"
    ends = between.join(number(end, language, f"{sign}.0f") for end in (low, high))
    return f"{number(value, language, f'{sign}.1f')}\n{ends}"


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
    if not shown.has_evidence:
        text.append(render("ranking.no_evidence", language) + "\n", "yellow")
    for reason in shown.reasons:
        text.append("+ " if reason.effect > 0 else "− ", "green" if reason.effect > 0 else "red")
        text.append(f"{_sentence(reason, language)} ")
        text.append(f"({effect_words(reason.aspect.value, reason.effect, language)})\n", "dim")
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
