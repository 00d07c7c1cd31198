"""Appraisals: whether each year has one, whether it says something, and once the same."""

import numpy as np
from numpy.typing import NDArray

from mutasi import state
from mutasi.quality._check import Answer, Dimension, Severity, check
from mutasi.quality._records import Days, Ints, Mask, Records
from mutasi.vocabulary import Scheme

MATRIX = np.array([[1, 2, 4], [2, 2, 4], [3, 3, 5]], dtype=float)
"""Predicate by results (rows) and behaviour (columns), 1 above to 3 below expectation
(PermenPANRB 6/2022)."""

DUE_MONTH = 4
"""Month from which the appraisal of the year before is on record."""

YEARS = 5
"""How many of the last years are looked at for gaps."""

NEW_SCHEME = 2022
"""First year that is judged by results and behaviour."""

LAST_OF_BOUNDS = 2020
"""Last year whose number is classed by the bounds of PP 46/2011."""


@check(Dimension.COMPLETENESS, Severity.HIGH, "appraisals.year", of="employees")
def ever_appraised(records: Records) -> Answer:
    """Whoever served a whole year that is due has an appraisal."""
    asked = records.serves & (_first_year(records) <= _last_due(records))
    return Answer(asked, ~records.has("appraisals"), {"due": _last_due(records)})


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "appraisals.year", of="employees")
def no_year_missing(records: Records) -> Answer:
    """Between the first and the last appraisal of the last five years none is missing."""
    judged = _judged(records)
    within = np.maximum.accumulate(judged, axis=1)
    within &= np.maximum.accumulate(judged[:, ::-1], axis=1)[:, ::-1]
    missing = within & ~judged
    asked = records.serves & (judged.sum(axis=1) > 1)
    return Answer(
        asked, np.asarray(missing.any(axis=1)), {"missing": _said(missing, _last_due(records))}
    )


@check(Dimension.TIMELINESS, Severity.HIGH, "appraisals.year", of="employees")
def latest_year_appraised(records: Records) -> Answer:
    """The last year that is due is appraised; the law asks for the last two."""
    due = _last_due(records)
    asked = records.serves & records.has("appraisals") & (_first_year(records) <= due)
    latest = np.full(len(asked), -1, dtype=np.int64)
    np.maximum.at(latest, records.codes("appraisals", "employee"), _years(records))
    return Answer(asked, latest < due, {"found": latest, "due": due})


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "appraisals.predicate")
def appraisal_says_something(records: Records) -> Answer:
    """An appraisal holds a number, a predicate or both ratings."""
    table = records.table("appraisals")
    rated = table[["results", "behaviour"]].notna().all(axis=1)
    says = table[["score", "predicate"]].notna().any(axis=1) | rated
    return Answer(records.in_use("appraisals"), ~says.to_numpy(bool), {"year": _years(records)})


@check(Dimension.COMPLETENESS, Severity.LOW, "appraisals.results")
def ratings_behind_predicate(records: Records) -> Answer:
    """A predicate since 2022 comes with its ratings of results and behaviour."""
    table = records.table("appraisals")
    asked = records.in_use("appraisals") & (table["scheme"] == Scheme.QUADRANT).to_numpy(bool)
    asked &= table["predicate"].notna().to_numpy(bool)
    rated = table[["results", "behaviour"]].notna().all(axis=1).to_numpy(bool)
    return Answer(asked, ~rated, {"year": _years(records)})


@check(Dimension.COMPLETENESS, Severity.LOW, "appraisals.rater")
def rater_recorded(records: Records) -> Answer:
    """An appraisal of the last three years says who judged."""
    recent = _years(records) > _last_due(records) - 3
    asked = records.in_use("appraisals") & recent
    return Answer(asked, records.is_empty("appraisals", "rater"), {"year": _years(records)})


@check(Dimension.CONSISTENCY, Severity.HIGH, "appraisals.predicate")
def predicate_as_recomputed(records: Records) -> Answer:
    """The predicate sent is the one that results and behaviour give."""
    return _recomputed(records, "appraisals", _years(records))


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "reviews.predicate")
def review_as_recomputed(records: Records) -> Answer:
    """The predicate of a periodic appraisal is the one that results and behaviour give."""
    return _recomputed(records, "reviews", records.days("reviews", "ended_on"))


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "appraisals.predicate")
def predicate_as_score(records: Records) -> Answer:
    """The predicate to 2020 is the class of its number."""
    table = records.table("appraisals")
    by_number = state.predicates(table.assign(predicate=np.nan))
    found = records.numbers("appraisals", "predicate")
    asked = records.in_use("appraisals") & ~np.isnan(by_number) & ~np.isnan(found)
    asked &= _years(records) <= LAST_OF_BOUNDS
    facts = {
        "found": found,
        "by_number": by_number,
        "score": records.numbers("appraisals", "score"),
    }
    return Answer(asked, by_number != found, facts)


@check(Dimension.CONSISTENCY, Severity.LOW, "appraisals.scheme")
def scheme_of_its_year(records: Records) -> Answer:
    """Years to 2021 are judged by number, later ones by results and behaviour."""
    year = _years(records)
    expected = np.where(year < NEW_SCHEME, Scheme.NUMERIC.value, Scheme.QUADRANT.value)
    found = records.texts("appraisals", "scheme")
    facts = {"found": found, "expected": expected, "year": year}
    return Answer(records.in_use("appraisals"), found != expected, facts)


@check(Dimension.ACCURACY, Severity.MEDIUM, "appraisals.year")
def appraised_in_service(records: Records) -> Answer:
    """The year judged is one of service, and not to come."""
    year = _years(records)
    first = _year_of(records.person("appraisals", records.people["appointed_on"]))
    last = int(str(records.on)[:4])
    facts = {"found": year, "first": first, "last": last}
    return Answer(records.in_use("appraisals"), (year < first) | (year > last), facts)


def _recomputed(records: Records, table: str, when: object) -> Answer:
    results = records.numbers(table, "results")
    behaviour = records.numbers(table, "behaviour")
    found = records.numbers(table, "predicate")
    asked = records.in_use(table) & ~np.isnan(results) & ~np.isnan(behaviour) & ~np.isnan(found)
    by_matrix = np.full(len(found), np.nan)
    by_matrix[asked] = MATRIX[results[asked].astype(int) - 1, behaviour[asked].astype(int) - 1]
    facts = {
        "found": found,
        "by_matrix": by_matrix,
        "results": results,
        "behaviour": behaviour,
        "when": when,
    }
    return Answer(asked, by_matrix != found, facts)


def _years(records: Records) -> Ints:
    return records.numbers("appraisals", "year").astype(np.int64)


def _year_of(days: Days) -> Ints:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def _first_year(records: Records) -> Ints:
    """Return the first whole year of service of everyone."""
    return _year_of(records.people["appointed_on"]) + 1


def _last_due(records: Records) -> int:
    """Return the last year whose appraisal is due."""
    day = records.snapshot.as_of
    return day.year - (1 if day.month >= DUE_MONTH else 2)


def _judged(records: Records) -> Mask:
    """Return who was judged in each of the last years that are due, the latest last."""
    judged = np.zeros((len(records.serves), YEARS), dtype=bool)
    place = _years(records) - _last_due(records) + YEARS - 1
    known = (place >= 0) & (place < YEARS)
    judged[records.codes("appraisals", "employee")[known], place[known]] = True
    return judged


def _said(missing: Mask, last: int) -> NDArray[np.object_]:
    """Return years as text, each set of years written once."""
    years = [str(last - YEARS + 1 + place) for place in range(YEARS)]
    code: Ints = missing @ (1 << np.arange(YEARS))
    texts = [
        ", ".join(year for place, year in enumerate(years) if number >> place & 1)
        for number in range(1 << YEARS)
    ]
    return np.array(texts, dtype=object)[code]
