"""The plan as one HTML page, for who decides on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mutasi.i18n import chance
from pipelines.pages.document import Words, document
from pipelines.pages.heat import shade, shades
from pipelines.planning.plots import Plots
from pipelines.planning.plots_chart import WAYS, drawn
from pipelines.planning.schema import Crowd, Load, Move, PlanReport
from pipelines.planning.wording import (
    FIGURES,
    across,
    crowd,
    defined,
    demand,
    doubts,
    known_names,
    names,
    proof,
    reasons,
    said,
    sentence,
    why,
    worth,
)

TEMPLATE = "plan.html.j2"
SECTION = "plan.page"

DRAWN, PLOTTED, RELIEVED, GIVING, MOVES, PRICES = 15, 12, 30, 12, 300, 40
"""Most chains that are drawn, units in the plot, units at either end of their table, moves
and prices that are listed; the page says how many it leaves out."""

LONGEST_LABEL = 44
"""Letters of a unit's name beside a plot."""


@dataclass(frozen=True)
class Chain:
    """Moves that need each other, from the seat that is taken first.

    Attributes:
        number: Its number.
        moves: One takes the seat that the one before leaves.
    """

    number: int
    moves: tuple[Move, ...]

    @property
    def end(self) -> str:
        """Return what becomes of the seat that the last leaves.

        ``empty``, ``ring`` (the first takes it), ``outside`` (the last holds none) or ``lent``
        (the last keeps it).
        """
        if self.moves[-1].until is not None:
            return "lent"
        if self.moves[0].after is not None:
            return "ring"
        return "outside" if self.moves[-1].origin is None else "empty"


@dataclass(frozen=True)
class Counts:
    """Figures of the first screen.

    Attributes:
        chains: Chains, exchanges included.
        rings: Exchanges, in which every seat is taken by one of those who leave.
        filled: Open seats that are taken.
        emptied: Seats that are left and taken by nobody.
        gain: Expected performance gained by all who hold a post and move, T points.
        accepted: Offers expected to be accepted.
        refused: Offers expected to be refused.
    """

    chains: int
    rings: int
    filled: int
    emptied: int
    gain: float
    accepted: float
    refused: float

    @classmethod
    def of(cls, moves: Sequence[Move], found: Sequence[Chain]) -> "Counts":
        """Count the moves of a plan and their chains."""
        accepted = sum(move.chance for move in moves)
        return cls(
            chains=len(found),
            rings=sum(chain.end == "ring" for chain in found),
            filled=sum(move.after is None for move in moves),
            emptied=sum(
                move.origin is not None and move.backfill is None and move.until is None
                for move in moves
            ),
            gain=sum(move.gain or 0.0 for move in moves),
            accepted=accepted,
            refused=len(moves) - accepted,
        )


def plan_page(report: PlanReport, language: str) -> str:
    """Return a plan as HTML."""
    words = Words(language, SECTION)
    found = chains(report.moves)
    called = names(report.moves)
    drawings = {}
    if plotted := most_changed(report.loads):
        ends = (words.say("before"), words.say("after"))
        drawings["shortage"] = Plots(words.num).change(
            "shortage", plotted, words.say("units.axis"), ends
        )
    if report.chart is not None:
        places = report.chart.places
        drawings["map"] = drawn(report.chart, [short(each.name) for each in places])
    ids = known_names(report)
    top, bottom = either_end(report.loads)
    return document(
        TEMPLATE,
        words,
        drawings,
        report=report,
        counts=Counts.of(report.moves, found),
        proof=proof(report),
        told=lambda name: sentence(name, report, language),
        doubts=list(doubts(report)),
        worth=list(worth(report, language)),
        measures=list(measures(report, words)),
        figures=FIGURES,
        across=lambda found, plan, place: across(found, plan, place, language),
        defined=lambda found, place: defined(found, place, language),
        shade=shade,
        shades=shades(language),
        top=top,
        bottom=bottom,
        worse=sum(load.short_after > load.short_before for load in report.loads),
        most_ways=WAYS,
        left_out=len(report.loads) - len(top) - len(bottom),
        longest=longest(found),
        moves=report.moves[:MOVES],
        called=called,
        chance=lambda value: chance(value, language),
        why=lambda move: list(why(move, language, called)),
        reasons=lambda move: list(reasons(move, language)),
        prices=report.prices[:PRICES],
        said=said,
        crowd=lambda found: crowd(found, language),
        crowded=crowded(report.crowds),
        demand=lambda price: demand(price, language, ids),
    )


def crowded(found: Sequence[Crowd]) -> Mapping[str, int]:
    """Return of how many open posts how many people are first, by worth alone and by prices."""
    if not found:
        return {}
    alone, after, *_ = found
    return {"posts": alone.lists, "alone": alone.firsts, "priced": after.firsts}


def measures(report: PlanReport, words: Words) -> Iterable[tuple[str, str, str]]:
    """Yield the ways of telling the worth of a plan: name, gain a move, interval."""
    found = report.worth
    if isinstance(found, str):
        return
    yield "promised", words.num(found.promised, "+.2f"), ""
    yield ("cross_fitted", *words.pair(found.cross_fitted, "+.2f"))
    yield "null", words.num(found.null, "+.2f"), ""
    yield "null_cross_fitted", words.num(found.null_cross_fitted, "+.2f"), ""
    yield ("overlap", *words.pair(found.overlap.gain, "+.2f"))


def chains(moves: Iterable[Move]) -> list[Chain]:
    """Return the chains of moves that stand chain by chain."""
    return [
        Chain(number, tuple(chain)) for number, chain in groupby(moves, lambda move: move.chain)
    ]


def longest(found: Iterable[Chain]) -> list[Chain]:
    """Return the chains that are drawn: those of most moves, exchanges first, in their order."""
    ordered = sorted(found, key=lambda chain: (-len(chain.moves), chain.end != "ring"))
    return ordered[:DRAWN]


def most_changed(loads: Iterable[Load]) -> Mapping[str, tuple[float, tuple[float]]]:
    """Return what units lack before and after, those that it changes most for, by name.

    The most relieved are first.
    """
    changed = [load for load in loads if load.short_before != load.short_after]
    changed.sort(key=lambda load: -abs(load.short_after - load.short_before))
    shown = sorted(changed[:PLOTTED], key=lambda load: load.short_after - load.short_before)
    labels = told_apart([(load.name, load.unit) for load in shown])
    return {
        label: (load.short_before, (load.short_after,))
        for label, load in zip(labels, shown, strict=True)
    }


def told_apart(units: Sequence[tuple[str, str]]) -> list[str]:
    """Return what units are called beside a plot, given their names and ids.

    Those of one name are told apart by their ids.
    """
    labels = [short(name) for name, _ in units]
    return [
        label if labels.count(label) == 1 else f"{label} ({unit})"
        for label, (_, unit) in zip(labels, units, strict=True)
    ]


def either_end(loads: Sequence[Load]) -> tuple[Sequence[Load], Sequence[Load]]:
    """Return the units that are relieved most and, where not all fit, those that give most."""
    if len(loads) <= RELIEVED + GIVING:
        return loads, ()
    return loads[:RELIEVED], loads[-GIVING:]


def short(name: str) -> str:
    """Return a name as far as there is room beside a plot."""
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
