"""Where deciders do not follow what was recommended: by decider, unit and group.

Shares with Wilson's intervals, because few decisions say little.  Cells of fewer than ten
people are withheld, and further ones from which they could be worked out
(``models.fairness.publishable``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models import metrics
from models.fairness import Grouping, publishable
from mutasi.settings import Settings
from mutasi.store import accounts, decisions, personnel, session
from mutasi.store.decisions import Decided
from pipelines.evaluation.groups import protected


@dataclass(frozen=True)
class Share:
    """How many of some decisions are of a kind.

    Attributes:
        count: How many.
        share: Their share.
        low: Lower end of Wilson's 95% interval.
        high: Upper end.
    """

    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """The decisions of one decider, about one unit or of one group.

    Attributes:
        name: Which: an actor of the trail, the id of a unit, or the code of a group; None
            for those of whom it is not on record.
        label: The decider's account or the unit's name, where it is known.
        decisions: How many decisions; None where fewer than ten people are concerned, or
            such a cell would follow from this one.
        overridden: Those that did not follow the proposal.
        beside: Those that accepted somebody whom the ranking does not have first.
    """

    name: str | None
    label: str | None
    decisions: int | None
    overridden: Share | None
    beside: Share | None


@dataclass(frozen=True)
class Overrides:
    """The report.

    Attributes:
        since: First day that was looked at; None from the beginning.
        until: Last day; None to the end.
        whole: All decisions; None where there are none, or too few to tell of.
        deciders: By who decided.
        units: By the unit of the position.
        groups: By sex, age, kind of employment and place, on the day of the decision.
        reasons: By the reason that was given for not following.
    """

    since: date | None
    until: date | None
    whole: Cell | None
    deciders: tuple[Cell, ...]
    units: tuple[Cell, ...]
    groups: dict[str, tuple[Cell, ...]]
    reasons: tuple[Cell, ...]


def overrides(
    settings: Settings, since: date | None = None, until: date | None = None
) -> Overrides:
    """Return where decisions between two days did not follow what was recommended.

    Raises:
        StoreUnreadable: If the store cannot be read.
        RegionEmpty: If it holds no records.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        found = decisions.decided(work, since, until)
        names = {one.principal.id: one.name for one in accounts.every(work)}
        snapshot = personnel.snapshot(work)
    units = snapshot.tables["units"]
    titles = dict(zip(units["unit_id"], units["name"], strict=True))
    people = np.array([one.employee_id for one in found], dtype=object)
    days = np.array([one.dated_on for one in found], dtype="datetime64[D]")
    against = [one for one in found if one.is_overridden or not one.is_first]
    everyone = Grouping("all", ("all",), np.zeros(len(found), dtype=np.int64))
    whole = _cells(found, everyone, {})
    return Overrides(
        since=since,
        until=until,
        whole=next((one for one in whole if one.decisions is not None), None),
        deciders=_cells(found, _by("decider", [one.decider for one in found]), names),
        units=_cells(found, _by("unit", [one.unit_id for one in found]), titles),
        groups={
            grouping.name: _cells(found, grouping, {})
            for grouping in protected(snapshot, people, days)
        }
        if found
        else {},
        reasons=_cells(against, _by("reason", [one.reason for one in against]), {}),
    )


def _by(name: str, values: Sequence[str | None]) -> Grouping:
    groups = sorted({value for value in values if value is not None})
    code = [-1 if value is None else groups.index(value) for value in values]
    return Grouping(name, tuple(groups), np.array(code, dtype=np.int64))


def _cells(
    found: Sequence[Decided], grouping: Grouping, labels: dict[str, str]
) -> tuple[Cell, ...]:
    """Return a cell for each group that has decisions, those of most decisions first."""
    people = grouping.people(np.array([one.employee_id for one in found], dtype=object))
    told = publishable(people)
    overridden = np.array([one.is_overridden for one in found], dtype=bool)
    beside = np.array([not (one.is_overridden or one.is_first) for one in found], dtype=bool)
    cells = []
    for place, name in enumerate((*grouping.groups, None)):
        if not people[place]:
            continue
        mine = grouping.code == (place if name is not None else -1)
        label = labels.get(name) if name is not None else None
        if not told[place]:
            cells.append(Cell(name, label, None, None, None))
            continue
        shares = (_share(kind[mine]) for kind in (overridden, beside))
        cells.append(Cell(name, label, int(mine.sum()), *shares))
    return tuple(sorted(cells, key=lambda one: -(one.decisions or 0)))


def _share(kind: NDArray[np.bool_]) -> Share:
    count, among = int(kind.sum()), len(kind)
    low, high = (round(float(end), 4) for end in metrics.wilson(count, among))
    return Share(count, round(count / among, 4), low, high)
