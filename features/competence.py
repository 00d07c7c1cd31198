"""Competence: assessed levels against the position's standard, and training.

The nine managerial and socio-cultural competencies are those of PermenPANRB
38/2017; a level counts from 1 to 5, a gap is the level held minus the level
demanded.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from features._feature import Array, Concept, Feature, Floats, Grain, Tally, feature
from features.history import years_between
from mutasi.rules import competence
from mutasi.state import Columns
from mutasi.vocabulary import COMPETENCIES

if TYPE_CHECKING:
    import pandas as pd


def _gap(competency: str) -> Feature:
    def gap(**levels: Any) -> Floats:
        difference: Floats = levels[f"held_{competency}"] - levels[f"required_{competency}"]
        return difference

    gap.__doc__ = f"Return the level of {competency} held minus the level demanded."
    return Feature(
        name=f"gap_{competency}",
        grain=Grain.PAIR,
        unit="levels",
        concept=Concept.COMPETENCE_FIT,
        by=None,
        needs=(f"held_{competency}", f"required_{competency}"),
        compute=gap,
    )


gap_integrity = _gap("integrity")
gap_cooperation = _gap("cooperation")
gap_communication = _gap("communication")
gap_results = _gap("results")
gap_service = _gap("service")
gap_development = _gap("development")
gap_change = _gap("change")
gap_decisions = _gap("decisions")
gap_cohesion = _gap("cohesion")


@feature(Grain.PAIR, "levels", Concept.COMPETENCE_FIT)
def gap_technical(
    held_technical: Floats,
    required_technical: Floats,
    technical_function: Array,
    function: Array,
) -> Floats:
    """Return the technical gap; a level held in another function counts one less."""
    other = (technical_function != function) & (technical_function != "")
    return np.asarray(held_technical - other - required_technical)


@feature(Grain.EMPLOYEE, "function")
def technical_function(assessments: "pd.DataFrame", employees_count: int) -> Array:
    """Return the function that the last technical assessment was about; '' if none is said."""
    about = np.full(employees_count, "", dtype=object)
    rows = _in_order(assessments, assessments["technical"].notna().to_numpy())
    said = assessments["technical_function"].fillna("").to_numpy(object)
    about[assessments["employee"].to_numpy()[rows]] = said[rows]
    return about


def _job_person_match(**levels: Any) -> Floats:
    """Return the Job Person Match over what is both assessed and demanded, in percent."""
    held, demanded = (
        np.array([levels[f"{side}_{name}"] for name in COMPETENCIES]).reshape(len(COMPETENCIES), -1)
        for side in ("held", "required")
    )
    match: Floats = competence.job_person_match(held, demanded)
    return match


job_person_match = Feature(
    name="job_person_match",
    grain=Grain.PAIR,
    unit="percent",
    concept=Concept.COMPETENCE_FIT,
    by=None,
    needs=tuple(f"{side}_{name}" for name in COMPETENCIES for side in ("held", "required")),
    compute=_job_person_match,
)


@feature(Grain.EMPLOYEE, "years", Concept.COMPETENCE_FIT)
def assessment_age_years(assessed_on: Array, as_of: Array) -> Floats:
    """Return the time since the last assessment; missing if there was none."""
    return years_between(assessed_on, as_of)


@feature(Grain.EMPLOYEE, "hours", Concept.TRAINING)
def training_hours(trainings: "pd.DataFrame", as_of: Array, employees_count: int) -> Floats:
    """Return the hours of training in the last five years."""
    recent = trainings[trainings["completed_on"] > as_of - np.timedelta64(5 * 365, "D")]
    hours = recent["hours"].fillna(0.0).to_numpy(float)
    return np.bincount(recent["employee"], hours, employees_count).astype(float)


@feature(Grain.EMPLOYEE, "trainings", Concept.TRAINING)
def leadership_trainings(trainings: "pd.DataFrame", employees_count: int) -> Floats:
    """Return how many leadership trainings were completed."""
    leading = trainings[trainings["kind"] == "leadership"]
    return np.bincount(leading["employee"], minlength=employees_count).astype(float)


@feature(Grain.CROSS, "hours", Concept.TRAINING, by="function_code")
def training_hours_in_function(
    trainings: "pd.DataFrame", posts: Columns, employees_count: int
) -> Tally:
    """Return the hours of all training about the position's function of government."""
    import pandas as pd

    code_of = dict(zip(posts["function"], posts["function_code"], strict=True))
    said, functions = pd.factorize(trainings["function"])
    code = np.array([*(code_of.get(name, -1) for name in functions), -1])[said]
    hours = np.nan_to_num(trainings["hours"].to_numpy(float))
    return Tally(trainings["employee"].to_numpy(), code, hours, employees_count)


def _in_order(assessments: "pd.DataFrame", kept: Array) -> Array:
    """Return the rows of assessments that are kept, the earliest first."""
    order = np.argsort(assessments["assessed_on"].to_numpy(), kind="stable")
    rows: Array = order[kept[order]]
    return rows
