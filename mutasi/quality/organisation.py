"""Units and positions: one tree, and posts that say what they are and demand."""

import numpy as np
import pandas as pd

from mutasi.education import functional
from mutasi.quality._check import Answer, Dimension, Severity, check, filled
from mutasi.quality._records import Records
from mutasi.vocabulary import LEVEL_OF_RUNG, PositionKind

NEED_YEARS = 5
"""Years after which a need is counted anew."""

FAR_OVER = 3
"""Holders beyond a doubled need from which map or postings must be out of date."""

level_recorded = filled(
    "level_recorded", "positions.level", Severity.HIGH, "The level of a position is recorded."
)
position_kind_recorded = filled(
    "position_kind_recorded",
    "positions.kind",
    Severity.MEDIUM,
    "The kind of a position is recorded.",
)
minimum_education_recorded = filled(
    "minimum_education_recorded",
    "positions.minimum_education",
    Severity.MEDIUM,
    "The education that a position demands is recorded.",
)
retirement_age_recorded = filled(
    "retirement_age_recorded",
    "positions.retirement_age",
    Severity.MEDIUM,
    "The age of retirement of a position is recorded.",
)


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "positions.lowest_grade")
def grades_recorded(records: Records) -> Answer:
    """The range of grades of a position is recorded, or follows from its rung."""
    lowest, highest = records.grade_bounds
    return Answer(records.in_use("positions"), np.isnan(lowest) & np.isnan(highest))


@check(Dimension.COMPLETENESS, Severity.HIGH, "needs.needed", of="positions")
def need_recorded(records: Records) -> Answer:
    """The need for a position that is held is assessed (ABK)."""
    asked = (records.posts["filled"] > 0) & ~records.posts["is_closed"]
    facts = {"filled": records.posts["filled"].astype(int)}
    return Answer(asked, np.isnan(records.posts["needed"]), facts)


@check(Dimension.TIMELINESS, Severity.LOW, "needs.since", of="positions")
def need_in_force(records: Records) -> Answer:
    """The need for a position was assessed in the last five years."""
    needs = records.table("needs")
    last = needs.groupby("position")["since"].max().reindex(range(len(records.table("positions"))))
    found = last.to_numpy("datetime64[s]").astype("datetime64[D]")
    asked = records.in_use("positions") & ~np.isnat(found)
    bound = records.on - np.timedelta64(round(NEED_YEARS * 365.25), "D")
    return Answer(asked, found < bound, {"found": found, "years": NEED_YEARS})


@check(Dimension.CONSISTENCY, Severity.LOW, "needs.needed", of="positions")
def no_need_of_closed_post(records: Records) -> Answer:
    """A position that was closed is needed by nobody."""
    needed = records.posts["needed"]
    closed = records.days("positions", "closed_on")
    asked = records.posts["is_closed"] & ~np.isnan(needed)
    return Answer(asked, needed > 0, {"found": needed, "closed_on": closed})


@check(Dimension.CONSISTENCY, Severity.HIGH, "postings.position_id", of="positions")
def one_holder_of_command(records: Records) -> Answer:
    """A structural post has one holder."""
    filled_by = records.posts["filled"]
    kind = records.table("positions")["kind"]
    asked = (kind == PositionKind.STRUCTURAL).to_numpy(bool) & (filled_by > 0)
    return Answer(asked, filled_by > 1, {"found": filled_by.astype(int)})


@check(Dimension.CONSISTENCY, Severity.LOW, "needs.needed", of="positions")
def holders_near_need(records: Records) -> Answer:
    """A position has no more holders than twice its need and three."""
    needed, filled_by = records.posts["needed"], records.posts["filled"]
    asked = records.in_use("positions") & ~np.isnan(needed)
    facts = {"found": needed, "filled": filled_by.astype(int)}
    return Answer(asked, filled_by >= 2 * needed + FAR_OVER, facts)


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "positions.level")
def level_of_rung(records: Records) -> Answer:
    """The level of a position is that of its eselon or jenjang."""
    rung = records.table("positions")["rung"]
    expected = rung.map(LEVEL_OF_RUNG).to_numpy(float)
    found = records.numbers("positions", "level")
    asked = records.in_use("positions") & ~np.isnan(expected) & ~np.isnan(found)
    facts = {"found": found, "expected": expected, "rung": records.texts("positions", "rung")}
    return Answer(asked, found != expected, facts)


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "positions.rung")
def rung_of_title(records: Records) -> Answer:
    """The jenjang of a functional position is the one that its title says."""
    said = functional(records.table("positions")["title"])["rung"]
    kind = records.table("positions")["kind"]
    found = records.table("positions")["rung"]
    known = (kind == PositionKind.FUNCTIONAL) & said.notna() & found.notna()
    asked = records.in_use("positions") & known.to_numpy(bool)
    facts = {
        "found": found.to_numpy(object),
        "expected": said.to_numpy(object),
        "title": records.texts("positions", "title"),
    }
    return Answer(asked, (said != found).to_numpy(bool), facts)


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "positions.retirement_age")
def retirement_age_of_title(records: Records) -> Answer:
    """The age of retirement of a functional position is that of its title and jenjang."""
    table = records.table("positions")
    by_title = functional(table["title"], table["rung"])["retirement_age"]
    expected = by_title.astype("float64").to_numpy(float)
    found = records.numbers("positions", "retirement_age")
    asked = records.in_use("positions") & (table["kind"] == PositionKind.FUNCTIONAL).to_numpy(bool)
    asked &= ~np.isnan(expected) & ~np.isnan(found)
    facts = {"found": found, "expected": expected, "title": records.texts("positions", "title")}
    return Answer(asked, found != expected, facts)


@check(Dimension.CONSISTENCY, Severity.LOW, "positions.position_id")
def one_row_a_post(records: Records) -> Answer:
    """A unit has a title once; several holders share one position."""
    table = records.table("positions")
    asked = records.in_use("positions")
    same = pd.DataFrame({"unit": table["unit"], "title": table["title"].str.casefold()})[asked]
    twice = np.zeros(len(asked), dtype=bool)
    twice[asked] = same.duplicated(keep=False).to_numpy(bool)
    ids = table["position_id"]
    facts = {"found": ids.to_numpy(object), "title": records.texts("positions", "title")}
    return Answer(asked, twice, facts)


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "units.parent_id")
def one_tree(records: Records) -> Answer:
    """The units of a government hang together in one tree."""
    region = records.table("units")["region"]
    root = pd.Series(records.roots)
    size = root.groupby(records.roots).transform("size").to_numpy(int)
    largest = pd.Series(size).groupby(region.to_numpy(object)).transform("max").to_numpy(int)
    own = records.roots == np.arange(len(region))
    main = pd.Series(np.where(size == largest, records.roots, len(region)))
    first = main.groupby(region.to_numpy(object)).transform("min").to_numpy(int)
    asked = records.roots >= 0
    return Answer(asked, own & (records.roots != first), {"under": size - 1})


@check(Dimension.CONSISTENCY, Severity.HIGH, "units.parent_id")
def no_circle(records: Records) -> Answer:
    """No unit is above itself."""
    everything = np.ones(len(records.roots), dtype=bool)
    return Answer(everything, records.circles, {"found": records.texts("units", "parent_id")})
