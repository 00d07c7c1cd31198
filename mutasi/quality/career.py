"""Careers: legal standing, grade, and one post at a time, none before or after service."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.quality._check import Answer, Dimension, Severity, check
from mutasi.quality._records import Days, Floats, Records
from mutasi.rules import first_of
from mutasi.vocabulary import ACTIVE, Assignment, PositionKind

ACTING_DAYS = 183
"""Days after which an acting post that has no end is probably over: three months, twice."""

FIRST_DAYS = 366
"""Days after the appointment within which the first posting begins."""

SANCTION_DAYS = 3 * 366
"""Days after which a sanction without an end is looked at again."""

FUTURE_DAYS = 366
"""Days ahead beyond which the start of a posting is a slip of the pen."""

OFFER_DAYS = 183
"""Days after which an offer without an answer was answered, but not recorded."""

NEVER = np.datetime64("NaT", "D")
ONE_DAY = np.timedelta64(1, "D")


@check(Dimension.COMPLETENESS, Severity.HIGH, "standings.standing", of="employees")
def standing_recorded(records: Records) -> Answer:
    """The legal standing of whoever holds a post is recorded."""
    return Answer(records.serves, ~records.has("standings"))


@check(Dimension.COMPLETENESS, Severity.HIGH, "grades.grade", of="employees")
def grade_recorded(records: Records) -> Answer:
    """The grade of whoever is in service is recorded."""
    return Answer(records.serves, ~records.has("grades"))


@check(Dimension.COMPLETENESS, Severity.HIGH, "postings.position_id", of="employees")
def post_recorded(records: Records) -> Answer:
    """Whoever is in active service holds a definitive post."""
    asked = records.serves & (records.people["standing"] == ACTIVE)
    return Answer(asked, records.people["position"] < 0)


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "postings.started_on", of="employees")
def career_from_its_beginning(records: Records) -> Answer:
    """The first posting on record begins within a year of the appointment."""
    started = records.days("postings", "started_on")
    first = np.full(len(records.serves), NEVER)
    order = np.argsort(-started.astype(np.int64), kind="stable")
    first[records.codes("postings", "employee")[order]] = started[order]
    appointed = records.people["appointed_on"]
    asked = records.serves & ~np.isnat(first) & ~np.isnat(appointed)
    late = first > appointed + np.timedelta64(FIRST_DAYS, "D")
    return Answer(asked, late, {"found": first, "appointed_on": appointed})


@check(Dimension.TIMELINESS, Severity.HIGH, "standings.standing", of="employees")
def retired_on_time(records: Records) -> Answer:
    """Nobody is in service after the month of retirement."""
    rung = records.present("rung")
    of_rung = records.law("retirement.age_of_rung")
    usual = records.law("retirement.usual_age")
    by_law = np.array([of_rung.get(each, usual) for each in rung], dtype=float)
    own = records.present("retirement_age").astype(float)
    age = np.where(np.isnan(own), by_law, own)
    retires = first_of(records.people["born_month"] + 12 * age + 1)
    asked = records.serves & (records.people["position"] >= 0) & ~np.isnat(retires)
    facts = {"found": records.people["standing"], "retired_on": retires, "age": age}
    return Answer(asked, retires <= records.on, facts)


@check(Dimension.CONSISTENCY, Severity.HIGH, "postings.ended_on")
def post_left_with_service(records: Records) -> Answer:
    """Whoever has left the service holds no post."""
    gone = records.person("postings", records.has_left)
    facts = {
        "standing": records.person("postings", records.people["standing"]),
        "since": records.person("postings", records.people["standing_since"]),
        **_where(records),
    }
    return Answer(_lasts(records), gone, facts)


@check(Dimension.CONSISTENCY, Severity.HIGH, "postings.ended_on")
def one_post_at_a_time(records: Records) -> Answer:
    """A definitive post ends before the next one begins."""
    started, ended = records.days("postings", "started_on"), records.days("postings", "ended_on")
    asked = records.in_use("postings") & records.is_definitive & (started <= records.on)
    rows = np.flatnonzero(asked)
    last = np.where(np.isnat(ended), records.on, ended)[rows]
    who = records.codes("postings", "employee")[rows]
    order = np.lexsort((last, started[rows], who))
    rows, last, who = rows[order], last[order], who[order]
    clashes = (who[1:] == who[:-1]) & (started[rows[1:]] <= last[:-1])
    before, after = rows[:-1][clashes], rows[1:][clashes]
    faulty = np.zeros(len(started), dtype=bool)
    faulty[before] = True
    other = np.full(len(started), None, dtype=object)
    other[before] = _where(records)["position_id"][after]
    next_on = np.full(len(started), NEVER)
    next_on[before] = started[after]
    expected = np.where(next_on > started, next_on - ONE_DAY, NEVER)
    facts = {"found": ended, "expected": expected, "other": other, "next_on": next_on}
    return Answer(asked, faulty, facts | _where(records))


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "postings.started_on")
def posting_after_appointment(records: Records) -> Answer:
    """No post is held before the appointment."""
    started = records.days("postings", "started_on")
    appointed = records.person("postings", records.people["appointed_on"])
    facts = {"found": started, "appointed_on": appointed, **_where(records)}
    return Answer(records.in_use("postings"), started < appointed, facts)


@check(Dimension.ACCURACY, Severity.MEDIUM, "postings.started_on")
def posting_not_far_ahead(records: Records) -> Answer:
    """No posting begins more than a year ahead."""
    started = records.days("postings", "started_on")
    latest = records.on + np.timedelta64(FUTURE_DAYS, "D")
    facts = {"found": started, "latest": np.full(len(started), latest), **_where(records)}
    return Answer(records.in_use("postings"), started > latest, facts)


@check(Dimension.CONSISTENCY, Severity.HIGH, "postings.position_id")
def post_not_closed(records: Records) -> Answer:
    """Nobody is posted to a position that was closed by then, or is still there after."""
    closed = records.days("positions", "closed_on")[records.codes("postings", "position")]
    started = records.days("postings", "started_on")
    asked = records.in_use("postings") & records.is_definitive
    late = (started >= closed) | (records.is_empty("postings", "ended_on") & (closed <= records.on))
    return Answer(asked, late, {"closed_on": closed, "found": started, **_where(records)})


@check(Dimension.TIMELINESS, Severity.LOW, "postings.ended_on")
def acting_post_ends(records: Records) -> Answer:
    """An acting post (Plt) has an end within half a year."""
    started = records.days("postings", "started_on")
    acting = (records.table("postings")["assignment"] == Assignment.ACTING).to_numpy(bool)
    asked = records.in_use("postings") & acting
    late = started < records.on - np.timedelta64(ACTING_DAYS, "D")
    facts = {"started_on": started, **_where(records)}
    return Answer(asked, late & records.is_empty("postings", "ended_on"), facts)


@check(Dimension.CONSISTENCY, Severity.HIGH, "postings.position_id")
def no_contract_in_command(records: Records) -> Answer:
    """No employee under contract (PPPK) holds a structural post."""
    post = records.codes("postings", "position")
    structural = (records.table("positions")["kind"] == PositionKind.STRUCTURAL).to_numpy(bool)
    contract = records.person("postings", records.is_contract)
    asked = records.in_use("postings") & _lasts(records)
    return Answer(asked, contract & structural[post], _where(records))


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "employees.region")
def post_in_own_region(records: Records) -> Answer:
    """The post that is held is one of the employing government."""
    found = records.people["employee_region"]
    there = records.present("region")
    asked = records.serves & (records.people["position"] >= 0) & ~pd.isna(there)
    return Answer(asked, found != there, {"found": found, "there": there})


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "grades.grade", of="employees")
def grade_within_rung(records: Records) -> Answer:
    """The grade lies in the range of the post that is held, or one step below it."""
    bounds = (np.append(bound, np.nan) for bound in records.grade_bounds)
    lowest, highest = (bound[records.people["position"]] for bound in bounds)
    grade: Floats = records.people["grade"]
    tolerated = records.law("grade.tolerated_steps_below")
    asked = records.serves & ~records.is_contract & ~np.isnan(grade)
    asked &= ~(np.isnan(lowest) & np.isnan(highest))
    outside = (grade < lowest - tolerated) | (grade > highest)
    facts = {"found": grade, "lowest": lowest, "highest": highest}
    return Answer(asked, outside, facts | {"title": records.present("title")})


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "grades.grade")
def grade_does_not_fall(records: Records) -> Answer:
    """A grade is not lower than the one before it."""
    grade, since = records.numbers("grades", "grade"), records.days("grades", "since")
    order = np.lexsort((since, records.codes("grades", "employee")))
    who = records.codes("grades", "employee")[order]
    follows = who[1:] == who[:-1]
    before = np.full(len(grade), np.nan)
    before[order[1:][follows]] = grade[order[:-1][follows]]
    asked = records.in_use("grades") & ~np.isnan(before)
    is_contract = records.person("grades", records.is_contract)
    return Answer(
        asked & ~is_contract, grade < before, {"found": grade, "before": before, "since": since}
    )


@check(Dimension.TIMELINESS, Severity.MEDIUM, "sanctions.ended_on")
def sanction_has_an_end(records: Records) -> Answer:
    """A sanction of more than three years ago has a last day; without one it blocks for ever."""
    decided = records.days("sanctions", "decided_on")
    asked = records.in_use("sanctions")
    asked &= decided < records.on - np.timedelta64(SANCTION_DAYS, "D")
    return Answer(asked, records.is_empty("sanctions", "ended_on"), {"decided_on": decided})


@check(Dimension.TIMELINESS, Severity.LOW, "offers.answer")
def offer_answered(records: Records) -> Answer:
    """An offer of more than half a year ago has an answer."""
    offered = records.days("offers", "offered_on")
    asked = records.in_use("offers") & (offered < records.on - np.timedelta64(OFFER_DAYS, "D"))
    return Answer(asked, records.is_empty("offers", "answer"), {"offered_on": offered})


def _lasts(records: Records) -> NDArray[np.bool_]:
    """Return the definitive postings that have begun and not ended."""
    started: Days = records.days("postings", "started_on")
    lasting = records.is_definitive & records.is_empty("postings", "ended_on")
    return lasting & (started <= records.on)


def _where(records: Records) -> dict[str, NDArray[np.object_]]:
    """Return the position of each posting, as facts."""
    ids = records.texts("positions", "position_id")
    return {"position_id": ids[records.codes("postings", "position")]}
