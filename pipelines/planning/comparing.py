"""Plans side by side: what each is worth, how much they agree, who goes elsewhere."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from mutasi.errors import PlansApart, PlanUnreadable
from pipelines.planning.schema import REPORT_FILE, Move, PlanReport
from pipelines.planning.schema_compare import Comparison, Difference, Side


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
    names = [path.parent.name if path.name == REPORT_FILE else path.name for path in paths]
    return beside(reports, names)


def beside(reports: Sequence[PlanReport], names: Sequence[str]) -> Comparison:
    """Return plans of one day side by side.

    Args:
        reports: The plans, at least one.
        names: What each is called.
    """
    ends = [{move.person: move.to.post for move in report.moves} for report in reports]
    return Comparison(
        as_of=reports[0].as_of,
        short_before=reports[0].short_before,
        sides=tuple(
            Side(
                name=name,
                value=report.value,
                gap=report.gap,
                moves=len(report.moves),
                gain=sum(move.gain or 0.0 for move in report.moves),
                accepted=sum(move.chance for move in report.moves),
                short_after=report.short_after,
                agreement=tuple(_agreement(own, other) for other in ends),
            )
            for name, report, own in zip(names, reports, ends, strict=True)
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
