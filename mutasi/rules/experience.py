"""Whether the service so far is what the post demands."""

from collections.abc import Mapping

import numpy as np

from mutasi.rules._arrival import arrives
from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Deferred, Judgement, Severity, rule
from mutasi.rules._rung import by_rung
from mutasi.vocabulary import RUNGS

DAYS_PER_YEAR = 365.25


@rule(basis="PP 11/2017 Ps 54, 107; PP 17/2020")
def level_experience(case: Case, law: Law) -> Judgement:
    """A promotion to a leading post asks for years on the level below it, or an equal one.

    Posts stand 3, 2, 1 or, where the law names none, 0 high. It is asked where the
    post's rung asks for years and the present post (0 if none) stands lower. Days in
    posts that stand at least one below the post count, whatever was held between;
    years have 365.25 days. Where too little is on record, it is unknown if the days
    between the appointment and the first definitive posting on record could fill it, or no
    definitive posting is on record. The block ends on the day on which enough was served, if
    the present post counts; else it does not end by itself.
    """
    standing = law("experience.standing")
    rung = case.rung_number
    required = by_rung(law("experience.years_below"), rung)
    demanded = by_rung(standing, rung) - 1.0
    held = np.nan_to_num(by_rung(standing, case.present_rung_number))
    asked = ~np.isnan(required) & (held <= demanded)
    days_needed = np.where(asked, required * DAYS_PER_YEAR, 0.0)
    served = _served(case.days_at_rung, demanded, standing)
    short = served < days_needed
    unrecorded = case.unrecorded_days
    unsure = short & (np.isnan(unrecorded) | (served + unrecorded >= days_needed))
    grows = (held >= demanded) & (case.position >= 0)
    return Judgement(
        breached=short & ~unsure,
        unknown=unsure,
        facts={"served": Deferred(_years, served), "required": required},
        clears_on=Deferred(_grown, case.on, days_needed, served, grows),
    )


@rule(basis="PP 11/2017 Ps 107", severity=Severity.WARNS)
def executive_field(case: Case, law: Law) -> Judgement:
    """High leadership (JPT) asks for five years in the field.

    The law's "related field of task" is read as the position's function of
    government, which is coarser; hence a warning. Asked by the post's rung, of
    everyone. Days in posts of that function count, years have 365.25 days. Where too
    little is on record, it is unknown if the post's function is, if no definitive posting
    is on record, or if the days between the appointment and the first one on record
    could fill it.
    """
    required = by_rung(law("experience.years_in_field"), case.rung_number)
    return _in_field(case, required)


@rule(basis="PermenPANRB 1/2023", severity=Severity.WARNS)
def functional_field(case: Case, law: Law) -> Judgement:
    """Coming into a functional post from another job asks for two years in its field.

    Asked where a functional post is not of the present post's job family, or one of
    the families is unknown; counted as in ``executive_field``.
    """
    required = np.where(arrives(case), law("experience.years_in_functional_field"), np.nan)
    return _in_field(case, required)


def _in_field(case: Case, required: Array) -> Judgement:
    """Return where too little was served in the field; NaN asks for nothing."""
    asked = ~np.isnan(required)
    needed = np.where(asked, required * DAYS_PER_YEAR, 0.0)
    is_nameless = case.function_code < 0
    served = np.where(is_nameless, 0, case.days_in_function)
    unrecorded = case.unrecorded_days
    short = served < needed
    unsure = short & (is_nameless | np.isnan(unrecorded) | (served + unrecorded >= needed))
    return Judgement(
        breached=short & ~unsure,
        unknown=unsure,
        facts={"served": Deferred(_years, served), "required": required},
    )


def _served(days_at_rung: Array, demanded: Array, standing: Mapping[str, float]) -> Array:
    """Return the days served in posts that stand at least as high as demanded; else 0."""
    of_rung = np.array([standing.get(rung, 0.0) for rung in (*RUNGS, "")])
    heights = np.unique(demanded[~np.isnan(demanded)]) if np.ndim(demanded) else [demanded]
    served = np.zeros(np.broadcast(days_at_rung[..., 0], demanded).shape)
    for height in heights:
        enough = days_at_rung[..., of_rung >= height].sum(axis=-1)
        served = np.where(demanded == height, enough, served)
    return served


def _years(days: Array) -> Array:
    return np.asarray(days / DAYS_PER_YEAR)


def _grown(on: np.datetime64, needed: Array, served: Array, grows: Array) -> Array:
    """Return the day on which enough was served if the present post counts; else NaT."""
    missing = np.ceil(needed - served).clip(0).astype("timedelta64[D]")
    return np.where(grows, on + missing, np.datetime64("NaT", "D"))
