"""What a career so far says: tenure, breadth, where the experience lies."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, Tally, feature
from features.frames import DAYS_PER_YEAR, Stints
from mutasi.state import Columns


@feature(Grain.EMPLOYEE, "years", Concept.TENURE)
def years_in_posting(posted_since: Array, as_of: Array) -> Floats:
    """Return the time in the present posting; an unknown start stays missing."""
    return years_between(posted_since, as_of)


@feature(Grain.EMPLOYEE, "years", Concept.SERVICE_LENGTH)
def service_years(appointed_on: Array, as_of: Array) -> Floats:
    """Return the time since the first day of service."""
    return years_between(appointed_on, as_of)


@feature(Grain.EMPLOYEE, "years", Concept.SERVICE_LENGTH)
def years_in_grade(grade_since: Array, as_of: Array) -> Floats:
    """Return the time in the present grade."""
    return years_between(grade_since, as_of)


@feature(Grain.EMPLOYEE, "posts", Concept.CAREER_BREADTH)
def posts_count(stints: Stints, employees_count: int) -> Floats:
    """Return how many definitive posts were held so far."""
    return np.bincount(stints.employee, minlength=employees_count).astype(float)


@feature(Grain.EMPLOYEE, "years", Concept.CAREER_BREADTH)
def mean_stay_years(stints: Stints, employees_count: int) -> Floats:
    """Return the mean length of the posts that have ended; missing if none has."""
    ended = ~stints.is_present
    count = np.bincount(stints.employee[ended], minlength=employees_count)
    total = np.bincount(stints.employee[ended], stints.years[ended], employees_count)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


@feature(Grain.EMPLOYEE, "functions", Concept.CAREER_BREADTH)
def functions_count(stints: Stints, posts: Columns, employees_count: int) -> Floats:
    """Return in how many functions of government posts were held."""
    return _distinct(stints.employee, posts["function_code"][stints.position], employees_count)


@feature(Grain.EMPLOYEE, "units", Concept.CAREER_BREADTH)
def units_served_count(stints: Stints, posts: Columns, employees_count: int) -> Floats:
    """Return in how many units posts were held."""
    return _distinct(stints.employee, posts["unit"][stints.position], employees_count)


@feature(Grain.CROSS, "years", Concept.FUNCTION_EXPERIENCE, by="function_code")
def years_in_function(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return the years in posts of the position's function of government."""
    code = posts["function_code"][stints.position]
    return Tally(stints.employee, code, stints.years, employees_count)


@feature(Grain.CROSS, "years", Concept.SIMILAR_POSTS, by="family_code")
def years_in_family(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return the years in posts of the position's job family."""
    code = posts["family_code"][stints.position]
    return Tally(stints.employee, code, stints.years, employees_count)


@feature(Grain.CROSS, "years", Concept.SIMILAR_POSTS, by="title_code")
def years_in_title(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return the years in posts with the position's title."""
    code = posts["title_code"][stints.position]
    return Tally(stints.employee, code, stints.years, employees_count)


@feature(Grain.CROSS, "years", Concept.SIMILAR_POSTS, by="post_code")
def years_in_post(stints: Stints, employees_count: int) -> Tally:
    """Return the years in the very position."""
    return Tally(stints.employee, stints.position, stints.years, employees_count)


@feature(Grain.CROSS, "years", Concept.FUNCTION_EXPERIENCE, by="unit")
def years_in_unit(stints: Stints, posts: Columns, employees_count: int) -> Tally:
    """Return the years in posts of the position's unit."""
    return Tally(stints.employee, posts["unit"][stints.position], stints.years, employees_count)


@feature(Grain.PAIR, "share", Concept.FUNCTION_EXPERIENCE)
def function_share(years_in_function: Floats, service_years: Floats) -> Floats:
    """Return the part of the service that was spent in the position's function."""
    return years_in_function / np.maximum(service_years, 1.0)


@feature(Grain.PAIR, "1 or 0", Concept.FUNCTION_EXPERIENCE)
def is_same_function(function_code: Array, present_function_code: Array) -> Floats:
    """Return whether the position serves the function of the present post."""
    return _same(function_code, present_function_code)


@feature(Grain.PAIR, "1 or 0", Concept.SIMILAR_POSTS)
def is_same_family(family_code: Array, present_family_code: Array) -> Floats:
    """Return whether the position is of the job family of the present post."""
    return _same(family_code, present_family_code)


@feature(Grain.PAIR, "1 or 0", Concept.SIMILAR_POSTS)
def is_same_title(title_code: Array, present_title_code: Array) -> Floats:
    """Return whether the position has the title of the present post."""
    return _same(title_code, present_title_code)


@feature(Grain.PAIR, "1 or 0", Concept.FUNCTION_EXPERIENCE)
def is_same_unit(unit: Array, present_unit: Array) -> Floats:
    """Return whether the position is in the unit of the present post."""
    return _same(unit, present_unit)


@feature(Grain.PAIR, "1 or 0", Concept.SIMILAR_POSTS)
def is_same_post(post_code: Array, present_post_code: Array) -> Floats:
    """Return whether the position is the present post: a stay, not a move."""
    return np.asarray((post_code == present_post_code).astype(float))


@feature(Grain.PAIR, "levels", Concept.LEVEL_STEP)
def levels_up(level: Floats, present_level: Floats) -> Floats:
    """Return how many levels the position stands above the present post."""
    return level - present_level


@feature(Grain.PAIR, "grades", Concept.LEVEL_STEP)
def grade_margin(grade: Floats, lowest_grade: Floats) -> Floats:
    """Return how far the grade is above the lowest that the position demands."""
    return grade - lowest_grade


@feature(Grain.PAIR, "classes", Concept.LEVEL_STEP)
def allowance_change(allowance_class: Floats, present_allowance_class: Floats) -> Floats:
    """Return by how many classes (kelas jabatan) the allowance would change."""
    return allowance_class - present_allowance_class


@feature(Grain.POSITION, "grade")
def holders_grade(stints: Stints, posts: Columns, positions_count: int) -> Floats:
    """Return the mean grade of earlier holders when they came.

    A post with few holders leans on the posts of its title, as if two more
    holders had had their mean grade.  Never uses the grade of who is to come.
    """
    known = ~np.isnan(stints.grade)
    post, grade = stints.position[known], stints.grade[known]
    title = posts["title_code"]
    titles = int(title.max(initial=-1)) + 1
    by_title = np.bincount(title[post], grade, titles) / np.maximum(
        np.bincount(title[post], minlength=titles), 1
    )
    prior = np.where(by_title > 0, by_title, np.nan)[title]
    weight = 2.0
    count = np.bincount(post, minlength=positions_count)
    total = np.bincount(post, grade, positions_count)
    return (total + weight * prior) / (count + weight)


@feature(Grain.PAIR, "grades", Concept.LEVEL_STEP)
def grade_above_holders(grade: Floats, holders_grade: Floats) -> Floats:
    """Return how far the grade is above the mean grade of the position's earlier holders."""
    return grade - holders_grade


def years_between(start: Array, end: Array) -> Floats:
    """Return the time between days in years of 365.25 days; NaN where one is missing."""
    days = (end - start).astype("timedelta64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(float) / DAYS_PER_YEAR)


def _same(code: Array, present: Array) -> Floats:
    return np.where((code < 0) | (present < 0), np.nan, (code == present).astype(float))


def _distinct(employee: Array, code: Array, employees_count: int) -> Floats:
    codes = int(code.max(initial=0)) + 1
    keys = np.sort((employee * codes + code)[code >= 0])
    is_first = np.diff(keys, prepend=-1) > 0
    return np.bincount(keys[is_first] // codes, minlength=employees_count).astype(float)
