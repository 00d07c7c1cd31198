"""Whether the competence assessed is what the post demands."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Judgement, Severity, rule, years_before
from mutasi.vocabulary import COMPETENCIES


@rule(basis="PP 11/2017 Ps 54; PermenPANRB 38/2017; Peraturan BKN 26/2019")
def competency_standard(case: Case, law: Law) -> Judgement:
    """A leading post asks for a Job Person Match that is not 'kurang memenuhi syarat'.

    JPM = Σ min(held, demanded) / Σ demanded × 100 over the nine managerial and
    socio-cultural competencies, over those of which both levels are on record; the
    level held is the last on record of each. Asked of structural posts that demand
    a level of all nine. Unknown where there is no match, or the last assessment is
    past its last anniversary that counts (the day itself included).
    """
    match, is_valid = _match(case, law)
    demands = ~np.isnan(sum(case.column(f"required_{name}") for name in COMPETENCIES))
    leads = case.is_structural & demands
    return Judgement(
        breached=leads & is_valid & (match < law("competence.least_match")),
        unknown=leads & ~is_valid,
        facts={"match": match / 100.0, "least": law("competence.least_match") / 100.0},
    )


@rule(basis="PermenPANRB 38/2017; Peraturan BKN 26/2019", severity=Severity.WARNS)
def competency_gap(case: Case, law: Law) -> Judgement:
    """A Job Person Match below 'memenuhi syarat' asks for training.

    The match is that of ``competency_standard``, of whatever post; an assessment
    that is too old says nothing.
    """
    match, is_valid = _match(case, law)
    full = law("competence.full_match")
    return Judgement(
        breached=is_valid & (match < full),
        facts={"match": match / 100.0, "least": full / 100.0},
    )


@rule(basis="PermenPANRB 3/2020", severity=Severity.WARNS)
def succession_pool(case: Case, law: Law) -> Judgement:
    """A promotion to a leading post comes from the succession pool (boxes 7, 8, 9).

    Asked where a structural post is on a higher level than the present post. The box
    follows from the predicate of the last judged year, which says the row (0 above,
    1 as, 2 below expectation), and from the potential, which says the column (how many
    of the bounds it reaches), if the last assessment that tells a total still counts:
    to the last anniversary, the day itself included. Unknown where there is no box.
    """
    asked = case.is_structural & (case.level > case.present_level)
    box = talent_box(case, law)
    return Judgement(
        breached=asked & ~np.isnan(box) & ~np.isin(box, law("competence.pool")),
        unknown=asked & np.isnan(box),
        facts={"box": box},
    )


def job_person_match(held: Array, demanded: Array) -> Array:
    """Return the Job Person Match in percent (Peraturan BKN 26/2019); NaN if nothing is compared.

    Args:
        held: Levels held; one row per competency.
        demanded: Levels demanded; likewise.
    """
    known = ~np.isnan(held + demanded)
    met = np.where(known, np.minimum(held, demanded), 0.0).sum(axis=0)
    total = np.where(known, demanded, 0.0).sum(axis=0)
    return np.where(total > 0, 100.0 * met / np.where(total > 0, total, 1.0), np.nan)


def talent_box(case: Case, law: Law) -> Array:
    """Return the box of the talent matrix, 1 to 9 (PermenPANRB 3/2020); NaN if unknown."""
    row = by_number(law("competence.performance_rows"), case.last_predicate)
    column = np.searchsorted(law("competence.potential_bounds"), case.potential, side="right")
    known = ~np.isnan(row + case.potential) & _recent(case, case.potential_assessed_on, law)
    boxes = np.array(law("competence.boxes"), dtype=float)
    place = np.where(known, row, 0.0).astype(np.int64), np.where(known, column, 0)
    return np.where(known, boxes[place], np.nan)


def by_number(values: list[int], number: Array) -> Array:
    """Return the value at each number, counted from 1; NaN for NaN."""
    table = np.array([np.nan, *values])
    found: Array = table[np.nan_to_num(number).astype(np.int64)]
    return found


def _match(case: Case, law: Law) -> tuple[Array, Array]:
    """Return the match of each pair, and where the assessment still counts."""
    match = case.once(_compared)
    return match, _recent(case, case.assessed_on, law) & ~np.isnan(match)


def _compared(case: Case) -> Array:
    held, demanded = (
        np.array([case.column(f"{side}_{name}") for name in COMPETENCIES]).reshape(
            len(COMPETENCIES), -1
        )
        for side in ("held", "required")
    )
    return job_person_match(held, demanded)


def _recent(case: Case, assessed_on: Array, law: Law) -> Array:
    """Return where an assessment still counts: to the anniversary, the day itself included."""
    eve = case.on - np.timedelta64(1, "D")
    recent: Array = assessed_on > years_before(eve, law("competence.valid_years"))
    return recent
