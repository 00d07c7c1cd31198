"""How careers run: how recently one did such work, and from which posts people come to which."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, Tally, feature
from features.frames import DAYS_PER_YEAR, Stints
from mutasi.state import Columns

LONG_STAY_YEARS = 2.0
LATELY = np.timedelta64(5 * 365, "D")


@feature(Grain.CROSS, "1 now … 0 never", Concept.SIMILAR_POSTS, by="post_code")
def recency_in_post(stints: Stints, as_of: Array, employees_count: int) -> Tally:
    """Return how recently the position itself was held: 1 / (1 + years since)."""
    return _recency(stints, stints.position, as_of, employees_count)


@feature(Grain.CROSS, "1 now … 0 never", Concept.SIMILAR_POSTS, by="title_code")
def recency_in_title(stints: Stints, posts: Columns, as_of: Array, employees_count: int) -> Tally:
    """Return how recently a post of the title was held: 1 / (1 + years since)."""
    return _recency(stints, posts["title_code"][stints.position], as_of, employees_count)


@feature(Grain.CROSS, "1 now … 0 never", Concept.SIMILAR_POSTS, by="family_code")
def recency_in_family(stints: Stints, posts: Columns, as_of: Array, employees_count: int) -> Tally:
    """Return how recently a post of the job family was held: 1 / (1 + years since)."""
    return _recency(stints, posts["family_code"][stints.position], as_of, employees_count)


@feature(Grain.CROSS, "1 now … 0 never", Concept.FUNCTION_EXPERIENCE, by="function_code")
def recency_in_function(
    stints: Stints, posts: Columns, as_of: Array, employees_count: int
) -> Tally:
    """Return how recently the function was served: 1 / (1 + years since)."""
    return _recency(stints, posts["function_code"][stints.position], as_of, employees_count)


@feature(Grain.CROSS, "1 now … 0 never", Concept.FUNCTION_EXPERIENCE, by="unit")
def recency_in_unit(stints: Stints, posts: Columns, as_of: Array, employees_count: int) -> Tally:
    """Return how recently the unit was served: 1 / (1 + years since)."""
    return _recency(stints, posts["unit"][stints.position], as_of, employees_count)


@feature(Grain.EMPLOYEE, "years", Concept.TENURE)
def last_stay_years(stints: Stints, employees_count: int) -> Floats:
    """Return the length of the last stay that has ended; missing if none has."""
    ended = np.flatnonzero(~stints.is_present)
    ended = ended[np.argsort(stints.ended_on[ended], kind="stable")]
    years = np.full(employees_count, np.nan)
    years[stints.employee[ended]] = stints.years[ended]
    return years


@feature(Grain.EMPLOYEE, "years", Concept.TENURE)
def stay_years_in_region(
    stints: Stints, employee_region: Array, as_of: Array, employees_count: int
) -> Floats:
    """Return the mean length of all stays in the region that ended in the last five years."""
    return _regional(stints, stints.years, employee_region, as_of, employees_count)


@feature(Grain.EMPLOYEE, "share", Concept.TENURE)
def long_stays_share_in_region(
    stints: Stints, employee_region: Array, as_of: Array, employees_count: int
) -> Floats:
    """Return the part of them that lasted two years or more."""
    lasted = (stints.years >= LONG_STAY_YEARS).astype(float)
    return _regional(stints, lasted, employee_region, as_of, employees_count)


@feature(Grain.EMPLOYEE, "moves")
def moves_known(stints: Stints, employees_count: int) -> Floats:
    """Return how many moves of anybody are on record: the same for all."""
    before, _ = _moves(stints)
    return np.full(employees_count, float(len(before)))


@feature(Grain.CROSS, "moves", by="title_code")
def moves_from_my_title(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return how often anybody moved from the title of one's last post to the title."""
    return _moves_from_mine(stints, posts["title_code"], employees_count)


@feature(Grain.EMPLOYEE, "moves")
def moves_out_of_my_title(stints: Stints, posts: Columns, employees_count: int) -> Floats:
    """Return how often anybody left a post of the title of one's last post."""
    return _moves_out_of_mine(stints, posts["title_code"], employees_count)


@feature(Grain.POSITION, "moves")
def moves_into_title(stints: Stints, title_code: Array) -> Floats:
    """Return how often anybody moved to a post of the title."""
    return _moves_into(stints, title_code)


@feature(Grain.PAIR, "log ratio", Concept.SIMILAR_POSTS)
def title_path(
    moves_from_my_title: Floats,
    moves_out_of_my_title: Floats,
    moves_into_title: Floats,
    moves_known: Floats,
) -> Floats:
    """Return how usual the step between the titles is, against chance; 0 = as by chance."""
    return _lift(moves_from_my_title, moves_out_of_my_title, moves_into_title, moves_known)


@feature(Grain.CROSS, "moves", by="function_code")
def moves_from_my_function(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return how often anybody moved from the function of one's last post to the function."""
    return _moves_from_mine(stints, posts["function_code"], employees_count)


@feature(Grain.EMPLOYEE, "moves")
def moves_out_of_my_function(stints: Stints, posts: Columns, employees_count: int) -> Floats:
    """Return how often anybody left a post of the function of one's last post."""
    return _moves_out_of_mine(stints, posts["function_code"], employees_count)


@feature(Grain.POSITION, "moves")
def moves_into_function(stints: Stints, function_code: Array) -> Floats:
    """Return how often anybody moved to a post of the function."""
    return _moves_into(stints, function_code)


@feature(Grain.PAIR, "log ratio", Concept.FUNCTION_EXPERIENCE)
def function_path(
    moves_from_my_function: Floats,
    moves_out_of_my_function: Floats,
    moves_into_function: Floats,
    moves_known: Floats,
) -> Floats:
    """Return how usual the step between the functions is, against chance; 0 = as by chance."""
    return _lift(moves_from_my_function, moves_out_of_my_function, moves_into_function, moves_known)


def _regional(
    stints: Stints, value: Floats, region: Array, as_of: Array, employees_count: int
) -> Floats:
    """Return the mean value of the region's stays that ended lately, for each employee."""
    if employees_count == 0:
        return np.empty(0)
    _, code = np.unique(region.astype(str), return_inverse=True)
    lately = ~stints.is_present & (as_of - stints.ended_on <= LATELY)
    where = code[stints.employee[lately]]
    count = np.bincount(where, minlength=int(code.max()) + 1)
    total = np.bincount(where, value[lately], len(count))
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)[code]


def _recency(stints: Stints, code: Array, as_of: Array, employees_count: int) -> Tally:
    since = np.where(stints.is_present, 0.0, (as_of - stints.ended_on).astype(float))
    recency = 1.0 / (1.0 + np.maximum(since, 0.0) / DAYS_PER_YEAR)
    order = np.lexsort((-recency, code, stints.employee))
    employee, code, recency = stints.employee[order], code[order], recency[order]
    repeats = (employee[1:] == employee[:-1]) & (code[1:] == code[:-1])
    latest = np.append(np.ones(min(len(order), 1), bool), ~repeats)
    return Tally(employee[latest], code[latest], recency[latest], employees_count)


def _moves(stints: Stints) -> tuple[Array, Array]:
    """Return the positions left and taken of everyone's consecutive stays."""
    order = np.lexsort((stints.started_on, stints.employee))
    employee, position = stints.employee[order], stints.position[order]
    same = employee[1:] == employee[:-1]
    return position[:-1][same], position[1:][same]


def _my_code(stints: Stints, code: Array, employees_count: int) -> Array:
    """Return the code of everyone's last post, -1 if there is none."""
    last = np.full(employees_count, -1)
    order = np.argsort(stints.started_on, kind="stable")
    last[stints.employee[order]] = stints.position[order]
    return np.asarray(np.append(code, -1)[last])


def _moves_from_mine(stints: Stints, code: Array, employees_count: int) -> Tally:
    before, after = _moves(stints)
    codes = int(code.max(initial=-1)) + 1
    mine = _my_code(stints, code, employees_count)
    return Tally(code[before], code[after], np.ones(len(before)), codes, row_of=mine)


def _moves_out_of_mine(stints: Stints, code: Array, employees_count: int) -> Floats:
    before, _ = _moves(stints)
    left = code[before]
    count = np.bincount(left[left >= 0], minlength=int(code.max(initial=-1)) + 2)
    mine = _my_code(stints, code, employees_count)
    return np.where(mine >= 0, count[mine], np.nan)


def _moves_into(stints: Stints, code: Array) -> Floats:
    _, after = _moves(stints)
    taken = code[after]
    count = np.bincount(taken[taken >= 0], minlength=int(code.max(initial=-1)) + 2)
    return np.where(code >= 0, count[code], np.nan)


def _lift(step: Floats, out: Floats, into: Floats, known: Floats) -> Floats:
    expected = out * into / np.maximum(known, 1.0)
    return np.log((step + 1.0) / (expected + 1.0))
