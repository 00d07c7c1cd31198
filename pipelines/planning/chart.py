"""The plan on a map: units where they are, and the ways that its moves go."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from mutasi.planning.plan import Plan
from mutasi.snapshot import Snapshot
from pipelines.planning.schema import Load
from pipelines.planning.schema_chart import Chart, Place, Way


def chart(snapshot: Snapshot, plan: Plan, loads: Sequence[Load]) -> Chart | None:
    """Return units where they are and the ways between them; None if no place is on record.

    Args:
        snapshot: The region.
        plan: The plan.
        loads: Every unit, in the order in which places are told.
    """
    posts, problem = snapshot.positions, plan.problem
    where = dict(
        zip(posts["unit_id"], zip(posts["latitude"], posts["longitude"], strict=True), strict=True)
    )
    known = [load for load in loads if not np.isnan(where[load.unit]).any()]
    if not known:
        return None
    row = {load.unit: place for place, load in enumerate(known)}
    ways: Counter[tuple[int, int]] = Counter()
    for pair in plan.moves.tolist():
        left = int(problem.left[pair])
        origin = row.get(problem.unit[left]) if left >= 0 else None
        to = row.get(problem.unit[problem.post[pair]])
        if origin is not None and to is not None and origin != to:
            ways[origin, to] += 1
    return Chart(
        places=tuple(_place(load, *where[load.unit]) for load in known),
        ways=tuple(
            Way(origin=origin, to=to, moves=moves) for (origin, to), moves in ways.most_common()
        ),
        elsewhere=len(plan.moves) - ways.total(),
        unplaced=len(loads) - len(known),
    )


def _place(load: Load, latitude: float, longitude: float) -> Place:
    return Place(
        unit=load.unit,
        name=load.name,
        latitude=float(latitude),
        longitude=float(longitude),
        needed=load.needed,
        before=load.before,
        after=load.after,
        relieved=load.short_before - load.short_after,
    )
