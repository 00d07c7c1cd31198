"""A plan as a workbook: the moves in the columns of a proposal (*usulan mutasi*), units, prices."""

from collections.abc import Mapping, Sequence

from mutasi.i18n import render
from pipelines.pages.workbook import Cell, Sheet
from pipelines.planning.schema import Load, Move, PlanReport, Price
from pipelines.planning.wording import demand, known_names, said

MOVES = (
    "number",
    "chain",
    "nip",
    "name",
    "old_post",
    "old_title",
    "old_unit",
    "new_post",
    "new_title",
    "new_unit",
    "after",
    "backfill",
    "until",
    "worth",
    "gain",
    "chance",
    "seat_price",
)
LOADS = ("unit_id", "unit", "needed", "before", "after_moves", "short_before", "short_after")
PRICES = ("demand", "written", "price", "way")


def plan_sheets(report: PlanReport, language: str) -> dict[str, Sheet]:
    """Return the sheets of a plan: nothing is left out."""
    called = known_names(report)
    sheets = {
        "moves": (MOVES, [_move(n, move) for n, move in enumerate(report.moves, start=1)]),
        "units": (LOADS, [_load(load) for load in report.loads]),
        "prices": (PRICES, [_price(price, language, called) for price in report.prices]),
    }
    return {
        render(f"plan.sheet.{name}", language): Sheet(
            [render(f"plan.cell.{column}", language) for column in columns], rows
        )
        for name, (columns, rows) in sheets.items()
    }


def proposal(report: PlanReport) -> list[dict[str, Cell]]:
    """Return the moves in the columns of a proposal, by the names of the columns."""
    rows = (_move(number, move) for number, move in enumerate(report.moves, start=1))
    return [dict(zip(MOVES, row, strict=True)) for row in rows]


def _move(number: int, move: Move) -> Sequence[Cell]:
    origin = move.origin
    old = (None, None, None) if origin is None else (origin.post, origin.title, origin.unit)
    new = (move.to.post, move.to.title, move.to.unit)
    who = (number, move.chain, move.person, move.name)
    seats = (move.after, move.backfill, move.until)
    return [*who, *old, *new, *seats, move.worth, move.gain, move.chance, move.price]


def _load(load: Load) -> Sequence[Cell]:
    counts = (load.needed, load.before, load.after, load.short_before, load.short_after)
    return [load.unit, load.name, *counts]


def _price(price: Price, language: str, called: Mapping[str, str]) -> Sequence[Cell]:
    way = render(f"plan.way_{price.way}", language)
    return [demand(price, language, called), said(price), price.price, way]
