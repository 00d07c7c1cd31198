"""Cases held against the audit trail: an event that is not what was sealed is named.

So is a case whose state is not that of its last event, which the trail seals.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store import cases, damaged
from mutasi.store.cases import TRAILED, Kind
from mutasi.store.receipts import Fault
from mutasi.store.tables import CASE_EVENTS, CASES, TRAIL

ABSENT: Final = ""
"""Stands for a hash where there is no event."""


def faults(work: Connection) -> Iterator[tuple[str, Fault]]:
    """Yield events of cases that are not what was written, as ``case/version``.

    The trail is taken as it is; :func:`mutasi.store.trail.faults` judges it.
    """
    astray = _astray(work)
    for kind in Kind:
        sealed = _seals(work, kind)
        for case_id, there in cases.seals(work, kind):
            name = damaged.shown(case_id)
            pairs = zip_longest(there, sealed.pop(case_id, []), fillvalue=ABSENT)
            unlike = [
                (f"{name}/{version}", _fault(now, then))
                for version, (now, then) in enumerate(pairs, start=1)
                if now != then
            ]
            yield from unlike
            if not unlike and case_id in astray:
                yield f"{name}/{len(there)}", Fault.ASTRAY
        for name, count in sorted((damaged.shown(one), len(gone)) for one, gone in sealed.items()):
            yield from ((f"{name}/{version + 1}", Fault.GONE) for version in range(count))


def _fault(now: str | None, then: str | None) -> Fault:
    if then is ABSENT:
        return Fault.UNSEALED
    return Fault.GONE if now is ABSENT else Fault.CHANGED


def _astray(work: Connection) -> set[str]:
    """Return the cases whose state, version or slot is not what their last event says."""
    last = sa.select(CASE_EVENTS.c.case_id, sa.func.max(CASE_EVENTS.c.version).label("version"))
    ends = last.group_by(CASE_EVENTS.c.case_id).subquery()
    of_it = sa.and_(
        CASE_EVENTS.c.case_id == ends.c.case_id, CASE_EVENTS.c.version == ends.c.version
    )
    follows = sa.and_(
        CASES.c.version == CASE_EVENTS.c.version,
        CASES.c.state == CASE_EVENTS.c.state,
        CASES.c.slot.is_not(None) == CASE_EVENTS.c.is_going,
    )
    joined = sa.join(CASES, ends, CASES.c.case_id == ends.c.case_id).join(CASE_EVENTS, of_it)
    return set(work.scalars(sa.select(CASES.c.case_id).select_from(joined).where(~follows)))


def _seals(work: Connection, kind: Kind) -> dict[str, list[str]]:
    """Return the hashes of each case's events by the trail, the first one first."""
    asked = sa.select(TRAIL.c.object, TRAIL.c.after).order_by(TRAIL.c.number)
    told = asked.where(TRAIL.c.kind == TRAILED[kind], TRAIL.c.after.is_not(None))
    found: dict[str, list[str]] = defaultdict(list)
    for case_id, seal in work.execute(told):
        found[case_id].append(seal)
    return found
