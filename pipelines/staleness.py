"""Records that have fallen behind: outcomes read off them would be wrong.

Such records teach no model that serves (:mod:`pipelines.promotion.contract`), and
monitoring takes no outcome from them.

An open posting whose holder has long gone counts as a stay that never ends, and whom
nobody rated counts as a move that nobody can judge.  On real careers such rows turned
a share of .28 into .59.
"""

import numpy as np

from features.frames import ratings
from mutasi.quality import CHECKS, Records
from mutasi.snapshot import Snapshot
from pipelines.pages.figure import Part

MOST_UNRATED = 0.4
"""Share of people in service without a rating of the latest closed year, beyond which
those who are rated no longer stand for all."""

MOST_OVERDUE = 0.05
"""Share of open postings whose holder has retired or left, beyond which open postings
are not believed."""

MOST_SILENT_DAYS = 366
"""Days at the end of the records without any posting that began or ended."""

GONE = ("retired_on_time", "post_left_with_service")
"""Checks of quality that find open postings of people who have gone."""


class Refusal(Part):
    """Why outcomes are not read off the records.

    Attributes:
        code: Which sign of stale records; words are in the catalogue's ``stale.<code>``.
        facts: Values for the words, the figure and its bound among them.
    """

    code: str
    facts: dict[str, float | str]


def refusals(snapshot: Snapshot) -> tuple[Refusal, ...]:
    """Return why outcomes are not read off the records; nothing where they may be."""
    records = Records(snapshot)
    found = [_unrated(records), _overdue(records), _silent(records)]
    return tuple(refusal for refusal in found if refusal is not None)


def closed_year(snapshot: Snapshot) -> int:
    """Return the latest year whose ratings have been due for half a year."""
    return snapshot.as_of.year - (1 if snapshot.as_of.month > 6 else 2)


def _unrated(records: Records) -> Refusal | None:
    """Ratings of the latest closed year that are missing."""
    year = closed_year(records.snapshot)
    appointed = records.people["appointed_on"].astype("datetime64[Y]").astype(np.int64) + 1970
    asked = records.serves & (appointed < year)
    said = ratings(records.snapshot)
    rated = np.zeros(len(asked), dtype=bool)
    rated[said.employee[said.year == year]] = True
    missing = int((asked & ~rated).sum())
    return _beyond("unrated", missing, int(asked.sum()), MOST_UNRATED, year=str(year))


def _overdue(records: Records) -> Refusal | None:
    """Open postings of people who have retired or left."""
    checks = {check.name: check for check in CHECKS}
    retired, left = (checks[name](records).faulty for name in GONE)
    holders = records.codes("postings", "employee")[left]
    gone = retired.copy()
    gone[holders[holders >= 0]] = True
    held = (records.people["position"] >= 0) | gone
    return _beyond("overdue", int(gone.sum()), int(held.sum()), MOST_OVERDUE)


def _silent(records: Records) -> Refusal | None:
    """Postings that all lie long before the end of the records."""
    moments = np.concatenate(
        [records.days("postings", "started_on"), records.days("postings", "ended_on")]
    )
    moments = moments[moments <= records.on]  # not-a-time is left out too
    if not len(moments):
        return None
    days = int((records.on - moments.max()).astype(int))
    if days <= MOST_SILENT_DAYS:
        return None
    return Refusal(
        code="silent",
        facts={
            "value": float(days),
            "bound": float(MOST_SILENT_DAYS),
            "last": str(moments.max()),
        },
    )


def _beyond(
    code: str, count: int, asked: int, bound: float, **facts: float | str
) -> Refusal | None:
    if not asked or count / asked <= bound:
        return None
    own: dict[str, float | str] = {
        "value": count / asked,
        "bound": bound,
        "count": float(count),
        "asked": float(asked),
    }
    return Refusal(code=code, facts=own | facts)
