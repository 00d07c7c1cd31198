"""What `mutasi contrast` prints: why one person comes before another for a position."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from models.contrast import Candidate, Contrast, Ground
from models.differences import Difference, Side
from models.explanation import Aspect
from models.scoring import LEAST_WORTH
from mutasi.advice import certainty_sentence, contrast_heading
from mutasi.i18n import chance, number, render
from mutasi.sentences import finding_sentence, reason_sentence
from pipelines.console import console, show_json


def show_contrast(contrast: Contrast, language: str, *, as_json: bool) -> None:
    """Print who comes first and why, concept by concept, and how sure that is."""
    if as_json:
        show_json(asdict(contrast))
        return
    console.print(_heading(contrast, language))
    for candidate in (contrast.first, contrast.second):
        _show_cautions(candidate, language)
    if contrast.certainty is None or contrast.sureness is None:
        return
    if contrast.ground is Ground.LAW:
        console.print(render("contrast.by_prediction", language))
    names = _names(contrast)
    console.print(Text(certainty_sentence(contrast.sureness, contrast.certainty, *names, language)))
    console.print(_predictions(contrast, names, language))
    for aspect in Aspect:
        apart = [each for each in contrast.differences if each.aspect is aspect]
        if apart:
            console.print(_table(aspect, apart, names, language))
    console.print(render("contrast.note", language), style="dim")


def _heading(contrast: Contrast, language: str) -> Text:
    said = contrast_heading(
        *_names(contrast),
        contrast.title,
        contrast.unit_name,
        language,
        is_told_apart=contrast.is_told_apart,
    )
    basis = render("contrast.basis", language, as_of=contrast.as_of, version=contrast.model_version)
    return Text.assemble((said, "bold"), "\n", (basis, "dim"))


def _show_cautions(candidate: Candidate, language: str) -> None:
    """Print what stands against somebody whatever is predicted: the law, too little evidence."""
    name = _name(candidate)
    if candidate.objections:
        findings = "; ".join(
            f"{finding_sentence(each, language)} [{each.basis}]" for each in candidate.objections
        )
        told = render("contrast.law", language, name=name, findings=findings)
        console.print(Text(told, style="red"))
    if not candidate.has_evidence:
        console.print(Text(render("contrast.no_evidence", language, name=name), style="yellow"))


def _predictions(contrast: Contrast, names: Sequence[str], language: str) -> Table:
    """Return what is predicted of both."""
    table = Table(show_lines=True)
    table.add_column(render("contrast.figure", language))
    for name in names:
        table.add_column(Text(name), justify="right")
    both = (contrast.first, contrast.second)
    if contrast.first.performance is not None:
        figures = [_performance(each, language) for each in both]
        table.add_row(render("contrast.performance", language), *figures)
    if contrast.first.acceptance is not None:
        chances = [
            "–" if each.acceptance is None else chance(each.acceptance, language) for each in both
        ]
        table.add_row(render("contrast.acceptance", language), *chances)
    return table


def _performance(candidate: Candidate, language: str) -> str:
    ends = (candidate.performance_low, candidate.performance_high)
    if candidate.performance is None or None in ends:
        return "–"
    low, high = (number(end, language, ".0f") for end in ends if end is not None)
    return f"{number(candidate.performance, language, '.1f')} ({low}–{high})"


def _table(
    aspect: Aspect, apart: Sequence[Difference], names: Sequence[str], language: str
) -> Table:
    """Return what sets one prediction of both apart; the effects add up to the last row."""
    table = Table(title=render(f"contrast.aspect_{aspect}", language), show_lines=True, expand=True)
    table.add_column(render("contrast.difference", language), justify="right", no_wrap=True)
    table.add_column("", ratio=1)
    for name in names:
        table.add_column(Text(name), ratio=2)
    told = [each for each in apart if abs(each.worth) >= LEAST_WORTH]
    for each in told:
        sides = [_side(each, side, language) for side in (each.first, each.second)]
        label = render(f"concept.{each.concept}.label", language)
        table.add_row(_signed(each.effect, language), label, *sides)
    rest = sum(each.effect for each in apart if each not in told)
    table.add_row(_signed(rest, language), render("contrast.rest", language), "", "")
    whole = sum(each.effect for each in apart)
    table.add_row(
        _signed(whole, language), render("contrast.difference", language), "", "", style="bold"
    )
    return table


def _side(difference: Difference, side: Side, language: str) -> Text:
    if not side.is_known:
        return Text(render("contrast.unknown", language), style="dim")
    said = reason_sentence(difference.concept, difference.aspect, side.effect, side.facts, language)
    return Text.assemble(said, (f" ({_signed(side.effect, language)})", "dim"))


def _signed(effect: float, language: str) -> str:
    return number(round(effect, 1) + 0.0, language, "+.1f")  # never −0.0


def _names(contrast: Contrast) -> tuple[str, str]:
    return _name(contrast.first), _name(contrast.second)


def _name(candidate: Candidate) -> str:
    return candidate.employee_name or candidate.employee_id
