"""What `mutasi plan` prints: the moves, what units gain, what demands cost, the proof."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from mutasi.certificate import Verdict
from mutasi.i18n import chance, number, render
from pipelines.console import console, show_json
from pipelines.planning.lists import Listed
from pipelines.planning.schema import Load, Move, PlanReport
from pipelines.planning.schema_compare import Comparison, Outcomes
from pipelines.planning.wording import (
    FIGURES,
    across,
    crowd,
    defined,
    demand,
    known_names,
    models_differ,
    post,
    sentence,
    sentences,
    why,
    worth,
)

if TYPE_CHECKING:
    from pipelines.planning.job import Planned


def show_plan(planned: "Planned", limit: int, language: str, *, as_json: bool) -> None:
    """Print a plan, at most so many rows of each table."""
    report = planned.report
    if as_json:
        console.print_json(report.model_dump_json())
        return
    console.print(Text(sentence("head", report, language)), style="bold")
    console.print(_moves(report.moves[:limit], language))
    _more(len(report.moves), limit, language)
    if report.loads:
        console.print(_loads(report.loads[:limit], language))
        _more(len(report.loads), limit, language)
    if report.prices:
        console.print(_prices(report, limit, language))
        _more(len(report.prices), limit, language)
    if report.outcomes is not None:
        for part in _outcomes(report.outcomes, language):
            console.print(part)
    said = [sentence(name, report, language) for name in sentences(report)]
    said += [crowd(each, language) for each in report.crowds]
    for told in (*said, *worth(report, language)):
        console.print(Text(told))
    files = {
        "plan": planned.plan,
        "page": planned.page,
        "data": planned.data,
        "workbook": planned.workbook,
    }
    console.print(render("plan.files", language, **files), style="dim")


def show_list(
    found: Sequence[Listed], called: Mapping[str, str], limit: int, language: str, *, as_json: bool
) -> None:
    """Print a list that agrees with a plan.

    Args:
        found: The list, the first first.
        called: What people and posts are called, by id.
        limit: How many rows at most.
        language: The reader's.
        as_json: Whether for a program.
    """
    if as_json:
        show_json([each.model_dump() for each in found[:limit]])
        return
    table = _table(("move", "worth", "price_paid", "left", "planned"), language)
    for each in found[:limit]:
        ends = [
            f"{called.get(each.person, '–')} {each.person}",
            f"→ {called.get(each.post, each.post)}",
        ]
        if each.until is not None:
            ends.append(render("plan.lent", language, until=each.until))
        figures = [number(value, language, "+.1f") for value in (each.worth, each.price, each.left)]
        table.add_row("\n".join(ends), *figures, "✓" if each.is_planned else "")
    console.print(table)
    console.print(render("plan.listed", language), style="dim")


def show_verdict(path: Path, verdict: Verdict, language: str) -> None:
    """Print what the checker says of a plan that keeps what it says."""
    name = "proven" if verdict.is_proven else "bounded"
    gap = (verdict.bound - verdict.value) / verdict.bound if verdict.bound > 0 else 0.0
    told = {"path": path, "value": verdict.value, "bound": verdict.bound, "gap": gap}
    console.print(render("plan.kept", language, **told))
    console.print(render(f"plan.{name}", language, **told))


def show_comparison(
    found: Comparison, page: Path, limit: int, language: str, *, as_json: bool
) -> None:
    """Print plans side by side, and where their page is."""
    if as_json:
        console.print_json(found.model_dump_json())
        return
    console.print(Text(render("plan.compared", language, as_of=found.as_of), style="bold"))
    console.print(_sides(found, language))
    if apart := models_differ(found, language):
        console.print(Text(apart), style="yellow")
    people = _table(("person",), language)
    for side in found.sides:
        people.add_column(side.name, overflow="fold")
    for each in found.differences[:limit]:
        stays = render("plan.stays", language)
        people.add_row(f"{each.name or '–'}\n{each.person}", *(to or stays for to in each.to))
    console.print(people)
    _more(len(found.differences), limit, language)
    console.print(render("plan.compared_page", language, page=page), style="dim")


def _sides(found: Comparison, language: str) -> Table:
    """Return plans side by side, a column each."""
    table = _table(("figure",), language)
    for side in found.sides:
        table.add_column(side.name, justify="right", overflow="fold")
    for name, spec in FIGURES.items():
        cells = [number(getattr(side, name), language, spec) for side in found.sides]
        table.add_row(render(f"plan.figure_{name}", language), *cells)
    for place, side in enumerate(found.sides):
        shares = [number(other.agreement[place], language, ".0%") for other in found.sides]
        table.add_row(render("plan.agreement", language, name=side.name), *shares)
    return table


def _outcomes(found: Outcomes, language: str) -> Iterable[Table | Text]:
    """Yield plans by several definitions of a good outcome."""
    yield Text(render("plan.outcomes.title", language), style="bold")
    table = _sides(found.beside, language)
    for place, definition in enumerate(found.definitions):
        cells = [across(found, plan, place, language) for plan in range(len(found.worth))]
        table.add_row(render("plan.outcomes.by", language, name=definition["name"]), *cells)
    yield table
    for place in range(len(found.definitions)):
        yield Text(defined(found, place, language))


def _moves(moves: Iterable[Move], language: str) -> Table:
    table = _table(("chain", "move", "figures", "why"), language)
    for move in moves:
        ends = (post(move.origin), f"→ {post(move.to)}")
        table.add_row(
            str(move.chain),
            "\n".join((f"{move.name or '–'} {move.person}", *ends)),
            _figures(move, language),
            "\n".join((*why(move, language), *_price_of_seat(move, language))),
        )
    return table


def _figures(move: Move, language: str) -> str:
    gain = "–" if move.gain is None else number(move.gain, language, "+.1f")
    return f"{number(move.worth, language, '+.1f')}\n{gain}\n{chance(move.chance, language)}"


def _price_of_seat(move: Move, language: str) -> Iterable[str]:
    if move.price > 0:
        yield render("plan.price_of_seat", language, price=move.price)


def _loads(loads: Iterable[Load], language: str) -> Table:
    table = _table(("unit", "needed", "before", "after", "short"), language)
    for load in loads:
        short = [number(each, language, ".1f") for each in (load.short_before, load.short_after)]
        counts = (load.needed, load.before, load.after)
        table.add_row(
            load.name, *(number(each, language, "d") for each in counts), " → ".join(short)
        )
    return table


def _prices(report: PlanReport, limit: int, language: str) -> Table:
    table = _table(("demand", "price", "way"), language)
    called = known_names(report)
    for each in report.prices[:limit]:
        way = render(f"plan.way_{each.way}", language)
        table.add_row(demand(each, language, called), number(each.price, language, ".2f"), way)
    return table


def _table(columns: Iterable[str], language: str) -> Table:
    table = Table()
    for name in columns:
        table.add_column(render(f"plan.column_{name}", language), overflow="fold")
    return table


def _more(count: int, limit: int, language: str) -> None:
    if count > limit:
        console.print(render("plan.more", language, count=count - limit), style="dim")
