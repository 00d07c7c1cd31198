"""Plans side by side: what each is worth, how much they agree, who goes elsewhere."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from mutasi.errors import PlansApart, PlanUnreadable
from pipelines.pages.figure import Part
from pipelines.planning.schema import REPORT_FILE, Move, PlanReport


class Side(Part):
    """One of the plans.

    Attributes:
        name: How it is called here.
        value: What its moves are worth, by its own weights, T points.
        gap: By how much it may be below the best, as a share.
        moves: How many move.
        gain: Expected performance gained, of all who hold a post and move, T points.
        accepted: How many offers are expected to be accepted.
        short_after: People missing afterwards, weighted by demand.
        agreement: Share of moves that it has in common with each plan, of all that either
            makes; 1 where neither makes any.
    """

    name: str
    value: float
    gap: float
    moves: int
    gain: float
    accepted: float
    short_after: float
    agreement: tuple[float, ...]


class Difference(Part):
    """Somebody whom the plans do not treat alike.

    Attributes:
        person: NIP.
        name: Name.
        to: Title and unit in each plan; None where the person stays.
    """

    person: str
    name: str | None
    to: tuple[str | None, ...]


class Comparison(Part):
    """Plans side by side.

    Attributes:
        as_of: The day that all of them are about.
        short_before: People missing before, weighted by demand.
        sides: The plans, in the order given.
        differences: Whom they do not treat alike; those whom most plans move first.
    """

    as_of: str
    short_before: float
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]


def compared(paths: Sequence[Path]) -> Comparison:
    """Return plans side by side.

    Args:
        paths: The folder of each plan, or its report.

    Raises:
        PlanUnreadable: If there is no report of a plan.
        PlansApart: If the plans are about different days.
    """
    reports = [_report(path) for path in paths]
    days = {report.as_of for report in reports}
    if len(days) > 1:
        raise PlansApart(days=", ".join(sorted(days)))
    ends = [{move.person: move.to.post for move in report.moves} for report in reports]
    return Comparison(
        as_of=reports[0].as_of,
        short_before=reports[0].short_before,
        sides=tuple(
            Side(
                name=path.parent.name if path.name == REPORT_FILE else path.name,
                value=report.value,
                gap=report.gap,
                moves=len(report.moves),
                gain=sum(move.gain or 0.0 for move in report.moves),
                accepted=sum(move.chance for move in report.moves),
                short_after=report.short_after,
                agreement=tuple(_agreement(own, other) for other in ends),
            )
            for path, report, own in zip(paths, reports, ends, strict=True)
        ),
        differences=_differences(reports),
    )


def _report(path: Path) -> PlanReport:
    file = path / REPORT_FILE if path.is_dir() else path
    try:
        return PlanReport.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        raise PlanUnreadable(path=file) from error


def _agreement(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    both, either = one.items() & other.items(), one.items() | other.items()
    return len(both) / len(either) if either else 1.0


def _differences(reports: Sequence[PlanReport]) -> tuple[Difference, ...]:
    moves = [{move.person: move for move in report.moves} for report in reports]
    people = {person: move.name for each in moves for person, move in each.items()}
    found = []
    for person, name in people.items():
        theirs = [each.get(person) for each in moves]
        if len({move and move.to.post for move in theirs}) > 1:
            found.append(Difference(person=person, name=name, to=tuple(map(_end, theirs))))
    return tuple(sorted(found, key=lambda each: (each.to.count(None), each.person)))


def _end(move: Move | None) -> str | None:
    return None if move is None else f"{move.to.title} · {move.to.unit}"
