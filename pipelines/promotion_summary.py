"""What promotion prints: gates with their figures, and who serves."""

from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from mutasi.i18n import has_words, number, render
from pipelines.console import console, show_json
from pipelines.evaluation.schema import Comparison, Verdict
from pipelines.pages.figure import Figure
from pipelines.promotion.job import Turned
from pipelines.promotion.schema import Decision, Duel, Gate, Judgement, Outcome, Reading

STYLES = {Outcome.HOLDS: "green", Outcome.FAILS: "red", Outcome.UNTOLD: "yellow"}
VERDICTS = {Verdict.BETTER: "green", Verdict.WORSE: "red", Verdict.UNSURE: "yellow"}
SPECS = {"rmse": ".2f", "log_loss": ".3f"}
"""How the values of each measure are written."""

WORDY = frozenset({"question", "measure", "predictor", "verdict"})
"""Columns that hold words."""


def show_judgement(judgement: Judgement, language: str, *, as_json: bool) -> None:
    """Print the gates, then the challenger beside champion and baselines."""
    if as_json:
        console.print_json(judgement.model_dump_json())
        return
    _show_gates(judgement, language)
    if judgement.duels:
        console.print(_duels(judgement, language))
    if judgement.backtest:
        console.print(_baselines(judgement, language))
    failed = judgement.failed()
    key = "refused_if_promoted" if failed else "may_be_promoted"
    said = render(f"promotion.{key}", language, gates=_labels(failed, language))
    console.print(said, style="red" if failed else "green")


def show_decision(decision: Decision, language: str, *, as_json: bool) -> None:
    """Print the gates and what became of the challenger."""
    if as_json:
        console.print_json(decision.model_dump_json())
        return
    judgement = decision.judgement
    _show_gates(judgement, language)
    if not decision.is_promoted:
        gates = _labels(judgement.failed(), language)
        console.print(render("promotion.refused", language, gates=gates), style="red")
        return
    if decision.overruled:
        gates = _labels(decision.overruled, language)
        told = render("promotion.overruled", language, gates=gates, reason=decision.reason)
        console.print(told, style="yellow", markup=False)
    key = "promoted" if judgement.champion is None else "promoted_over"
    told = render(
        f"promotion.{key}", language, version=judgement.challenger, champion=judgement.champion
    )
    console.print(told, style="green")


def show_rollback(turned: Turned, language: str, *, as_json: bool) -> None:
    """Print who serves again."""
    if as_json:
        show_json(asdict(turned))
        return
    console.print(render("promotion.rolled_back", language, **asdict(turned)), style="green")
    if not turned.is_mirrored:
        console.print(render("promotion.not_mirrored", language), style="yellow")


def sentence(gate: str, reading: Reading, language: str) -> str:
    """Return what a gate read, in words, with its figure and bound."""
    figure = reading.figure or Figure(value=None)
    ends = (figure.low, figure.high)
    values: dict[str, object] = {
        "figure": figure.value,
        "low": figure.value if ends[0] is None else ends[0],
        "high": figure.value if ends[1] is None else ends[1],
        "bound": reading.bound,
    }
    values |= {name: _named(name, value, language) for name, value in reading.facts.items()}
    key = reading.code if "." in reading.code else f"promotion.gate.{gate}.{reading.code}"
    return render(key, language, **values)


def _show_gates(judgement: Judgement, language: str) -> None:
    title = render("promotion.title", language, challenger=judgement.challenger)
    table = Table(title=title, title_style="bold", show_lines=True)
    for column in ("gate", "outcome", "found"):
        table.add_column(render(f"promotion.column.{column}", language), overflow="fold")
    for gate in judgement.gates:
        table.add_row(
            f"{_label(gate.name, language)}\n[dim]{gate.name}[/]",
            f"[{STYLES[gate.outcome]}]{render(f'promotion.outcome.{gate.outcome}', language)}[/]",
            _found(gate, language),
        )
    console.print(table)


def _found(gate: Gate, language: str) -> Text:
    """Return everything that a gate read, a line each."""
    lines = [
        Text(sentence(gate.name, each, language), style=STYLES[each.outcome])
        for each in gate.readings
    ]
    return Text("\n").join(lines)


def _duels(judgement: Judgement, language: str) -> Table:
    """Return the challenger's procedure beside the champion."""
    title = render("promotion.duel_title", language, champion=judgement.champion)
    table = Table(title=title, title_style="bold")
    for column in ("question", "count", "measure", "challenger", "champion", "difference"):
        _add_column(table, column, language)
    for name, duel in judgement.duels.items():
        table.add_row(*_duel(name, duel, language))
    return table


def _add_column(table: Table, column: str, language: str) -> None:
    words = render(f"promotion.column.{column}", language)
    table.add_column(words, justify="left" if column in WORDY else "right")


def _duel(name: str, duel: Duel, language: str) -> tuple[str, ...]:
    spec = SPECS[duel.measure]
    return (
        render(f"train.{name}", language),
        number(duel.count, language, "d"),
        render(f"evaluate.measure.{duel.measure}", language),
        _value(duel.challenger, language, spec),
        _value(duel.champion, language, spec),
        _with_ends(duel.difference, language, f"+{spec}"),
    )


def _baselines(judgement: Judgement, language: str) -> Table:
    """Return the challenger's procedure beside every baseline, by the main measure."""
    table = Table(title=render("promotion.backtest_title", language), title_style="bold")
    for column in ("question", "predictor", "value", "difference", "verdict"):
        _add_column(table, column, language)
    for name, compared in judgement.backtest.items():
        measure = next(iter(compared.measures))
        spec = SPECS[measure]
        for predictor, measures in compared.predictors.items():
            said, verdict = _beside(compared, predictor, measure, language)
            table.add_row(
                f"{render(f'train.{name}', language)}, {number(compared.count, language, 'd')}"
                if predictor == "model"
                else "",
                _predictor(predictor, language),
                _with_ends(measures[measure], language, spec),
                said,
                verdict,
            )
        table.add_section()
    return table


def _predictor(name: str, language: str) -> str:
    """Return what a predictor is called; the model is the challenger here."""
    key = "promotion.column.model" if name == "model" else f"evaluate.predictor.{name}"
    return render(key, language)


def _beside(compared: Comparison, predictor: str, measure: str, language: str) -> tuple[str, str]:
    """Return the model's difference from a baseline, and what it allows to say."""
    if predictor == "model":
        return "", ""
    found = compared.differences[predictor][measure]
    said = render(f"evaluate.verdict.{found.verdict}", language)
    style = VERDICTS[found.verdict]
    return _with_ends(found.difference, language, f"+{SPECS[measure]}"), f"[{style}]{said}[/]"


def _value(figure: Figure | None, language: str, spec: str) -> str:
    if figure is None or figure.value is None:
        return "–"
    return number(figure.value, language, spec)


def _with_ends(figure: Figure | None, language: str, spec: str) -> str:
    """Return a figure with the ends of its interval."""
    if figure is None or figure.low is None or figure.high is None:
        return _value(figure, language, spec)
    ends = " … ".join(number(end, language, spec) for end in (figure.low, figure.high))
    return f"{_value(figure, language, spec)} ({ends})"


def _named(name: str, value: float | int | str, language: str) -> float | int | str:
    """Return the words of a code among the facts of a sentence."""
    key = {
        "question": f"train.{value}",
        "baseline": f"evaluate.predictor.{value}",
        "concept": f"concept.{value}.label",
        "group": f"promotion.group.{value}".lower(),
        "reference": f"promotion.group.{value}".lower(),
        "part": f"promotion.part.{value}",
        "problem": f"promotion.problem.{value}",
    }.get(name)
    return render(key, language) if key is not None and has_words(key, language) else value


def _labels(gates: tuple[str, ...], language: str) -> str:
    """Return gates in words, each with the name by which it is overruled."""
    return ", ".join(f"{_label(gate, language)} ({gate})" for gate in gates)


def _label(gate: str, language: str) -> str:
    return render(f"promotion.gate.{gate}.label", language)
