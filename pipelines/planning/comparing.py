"""Plans side by side: what each is worth, how much they agree, who goes elsewhere."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from mutasi.errors import PlansApart, PlanUnreadable
from mutasi.results import REPORT_FILE
from pipelines.planning.schema import Move, PlanReport
from pipelines.planning.schema_compare import Beside, Comparison, Sent, Side


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
    if len(set(names)) < len(names):
        names = [str(path) for path in paths]
    return beside(reports, names)


def beside(reports: Sequence[PlanReport], names: Sequence[str]) -> Comparison:
    """Return plans of one day side by side.

    Args:
        reports: The plans, at least one.
        names: What each is called.
    """
    ends = [{move.person: _same(move) for move in report.moves} for report in reports]
    made = Counter(move for each in ends for move in each.items())
    sent = _sent(reports)
    return Comparison(
        as_of=reports[0].as_of,
        short_before=reports[0].short_before,
        sides=tuple(
            Side(
                name=name,
                model=report.model,
                value=report.value,
                gap=report.gap,
                moves=len(report.moves),
                gain=sum(move.gain or 0.0 for move in report.moves),
                accepted=sum(move.chance for move in report.moves),
                short_after=report.short_after,
                agreement=tuple(_agreement(own, other) for other in ends),
                common=sum(made[move] == len(ends) for move in own.items()),
                partly=sum(1 < made[move] < len(ends) for move in own.items()),
                own=sum(made[move] == 1 for move in own.items()),
            )
            for name, report, own in zip(names, reports, ends, strict=True)
        ),
        differences=tuple(each for each, is_alike in sent if not is_alike),
        alike=tuple(each for each, is_alike in sent if is_alike),
        units=_units(reports),
    )


def _report(path: Path) -> PlanReport:
    file = path / REPORT_FILE if path.is_dir() else path
    try:
        return PlanReport.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        raise PlanUnreadable(path=file) from error


def _same(move: Move) -> tuple[str, str | None]:
    """Return what moves of one person have in common if they are the same."""
    return move.to.post, move.until


def _agreement(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    both, either = one.items() & other.items(), one.items() | other.items()
    return len(both) / len(either) if either else 1.0


def _sent(reports: Sequence[PlanReport]) -> list[tuple[Sent, bool]]:
    """Return where the plans send everybody who moves, and whether that is one post.

    Those whom most plans move are first.
    """
    moves = [{move.person: move for move in report.moves} for report in reports]
    people = {person: move.name for each in moves for person, move in each.items()}
    found = []
    for person, name in people.items():
        theirs = [each.get(person) for each in moves]
        ways = {move and _same(move) for move in theirs}
        told = Sent(person=person, name=name, to=tuple(map(_end, theirs)))
        found.append((told, len(ways) == 1))
    return sorted(found, key=lambda each: (each[0].to.count(None), each[0].person))


def _units(reports: Sequence[PlanReport]) -> tuple[Beside, ...]:
    """Return every unit that a plan changes; one that others leave alone is as before in them."""
    loads = [{load.unit: load for load in report.loads} for report in reports]
    found = []
    for unit in dict.fromkeys(name for each in loads for name in each):
        known = next(each[unit] for each in loads if unit in each)
        theirs = [each.get(unit) for each in loads]
        found.append(
            Beside(
                unit=unit,
                name=known.name,
                needed=known.needed,
                before=known.before,
                after=tuple(known.before if load is None else load.after for load in theirs),
                short_before=known.short_before,
                short_after=tuple(
                    known.short_before if load is None else load.short_after for load in theirs
                ),
            )
        )
    return tuple(sorted(found, key=_apart))


def _apart(found: Beside) -> tuple[float, int, str]:
    """Return the place of a unit: those on which plans are furthest apart first."""
    short, after = found.short_after, found.after
    return (min(short) - max(short), min(after) - max(after), found.unit)


def _end(move: Move | None) -> str | None:
    if move is None:
        return None
    lent = "" if move.until is None else f" (→ {move.until})"
    return f"{move.to.title} · {move.to.unit}{lent}"
