"""Cases held against the audit trail: an event that is not what was sealed is named."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mutasi.store import cases
from mutasi.store.cases import TRAILED, Kind
from mutasi.store.receipts import Fault
from mutasi.store.tables import TRAIL


def faults(work: Session) -> Iterator[tuple[str, Fault]]:
    """Yield events of cases that are not what was written, as ``case/version``.

    The trail is taken as it is; :func:`mutasi.store.trail.faults` judges it.
    """
    for kind in Kind:
        sealed = _seals(work, kind)
        for case in cases.every(work, kind):
            there = [cases.sealed(case, event) for event in case.events]
            pairs = zip_longest(there, sealed.pop(case.case_id, []))
            for version, (now, then) in enumerate(pairs, start=1):
                if now != then:
                    yield f"{case.case_id}/{version}", _fault(now, then)
        for case_id, gone in sorted(sealed.items()):
            yield from ((f"{case_id}/{version + 1}", Fault.GONE) for version in range(len(gone)))


def _fault(now: str | None, then: str | None) -> Fault:
    if then is None:
        return Fault.UNSEALED
    return Fault.GONE if now is None else Fault.CHANGED


def _seals(work: Session, kind: Kind) -> dict[str, list[str]]:
    """Return the hashes of each case's events by the trail, the first one first."""
    asked = sa.select(TRAIL.c.object, TRAIL.c.after).order_by(TRAIL.c.number)
    told = asked.where(TRAIL.c.kind == TRAILED[kind], TRAIL.c.after.is_not(None))
    found: dict[str, list[str]] = defaultdict(list)
    for case_id, seal in work.execute(told):
        found[case_id].append(seal)
    return found
