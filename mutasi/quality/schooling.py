"""Education and competence: on record, plausible, in force, and enough for the post."""

import numpy as np
import pandas as pd

from mutasi.quality._check import Answer, Dimension, Severity, check
from mutasi.quality._records import Floats, Records
from mutasi.rules import anniversary
from mutasi.vocabulary import COMPETENCIES

LEAST_AGE = {5: 10, 10: 13, 15: 15, 20: 17, 25: 18, 30: 18, 35: 19, 40: 19, 45: 20, 50: 22}
"""Years of age below which nobody completes an education of a level or higher."""

WITH_FIELD = 20
"""Level from which an education has a field of study (D-I)."""


@check(Dimension.COMPLETENESS, Severity.HIGH, "educations.level", of="employees")
def education_recorded(records: Records) -> Answer:
    """Whoever is in service has an education on record."""
    return Answer(records.serves, ~records.has("educations"))


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "educations.field")
def field_recorded(records: Records) -> Answer:
    """The field of study of the highest education is known."""
    level = records.numbers("educations", "level")
    highest = records.person("educations", records.people["education_level"])
    asked = records.in_use("educations") & (level == highest) & (level >= WITH_FIELD)
    facts = {"name": records.texts("educations", "name"), "level": level}
    return Answer(asked, records.is_empty("educations", "field"), facts)


@check(Dimension.CONSISTENCY, Severity.HIGH, "educations.level", of="employees")
def education_of_post(records: Records) -> Answer:
    """The education is at least the one that the post held demands."""
    degree = records.law("education.first_degree")
    found, demanded = records.people["education_level"], records.present("minimum_education")
    equal_to = records.law("education.diploma_four")
    held: Floats = np.where(found == equal_to, degree, found)
    asked = records.serves & ~np.isnan(held) & ~np.isnan(demanded)
    least = np.where(demanded == equal_to, degree, demanded)
    facts = {"found": found, "least": demanded, "title": records.present("title")}
    return Answer(asked, held < least, facts)


@check(Dimension.ACCURACY, Severity.LOW, "educations.graduated_on")
def grown_up_at_graduation(records: Records) -> Answer:
    """An education is completed at an age at which that can be."""
    graduated = records.days("educations", "graduated_on")
    born = records.person("educations", records.people["born_on"])
    level = records.numbers("educations", "level")
    bounds = np.array(list(LEAST_AGE))
    place = np.searchsorted(bounds, level, side="right") - 1
    age = np.array(list(LEAST_AGE.values()))[place.clip(0)]
    earliest = anniversary(born, age)
    asked = records.in_use("educations") & ~np.isnat(born) & ~np.isnat(graduated) & (place >= 0)
    facts = {"found": graduated, "earliest": earliest, "level": level, "age": age}
    return Answer(asked, graduated < earliest, facts)


@check(Dimension.ACCURACY, Severity.LOW, "educations.graduated_on")
def graduation_has_been(records: Records) -> Answer:
    """No education is completed in days to come."""
    graduated = records.days("educations", "graduated_on")
    facts = {"found": graduated, "latest": np.full(len(graduated), records.on)}
    return Answer(records.in_use("educations"), graduated > records.on, facts)


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "assessments.assessed_on", of="employees")
def competence_assessed(records: Records) -> Answer:
    """Whoever is in service was assessed in competence."""
    return Answer(records.serves, ~records.has("assessments"))


@check(Dimension.TIMELINESS, Severity.MEDIUM, "assessments.assessed_on", of="employees")
def assessment_in_force(records: Records) -> Answer:
    """The last assessment of competence is no older than it is in force."""
    assessed = records.table("assessments")
    last = pd.Series(records.days("assessments", "assessed_on")).groupby(
        assessed["employee"].to_numpy()
    )
    latest = last.max().reindex(range(len(records.serves)))
    found = latest.to_numpy("datetime64[s]").astype("datetime64[D]")
    years = records.law("competence.valid_years")
    asked = records.serves & ~np.isnat(found)
    until = anniversary(found, years)
    return Answer(asked, until <= records.on, {"found": found, "until": until, "years": years})


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "positions.integrity")
def standard_recorded(records: Records) -> Answer:
    """A position has a standard of competence."""
    levels = records.table("positions")[list(COMPETENCIES)]
    facts = {"title": records.texts("positions", "title")}
    return Answer(records.in_use("positions"), levels.isna().all(axis=1).to_numpy(bool), facts)
