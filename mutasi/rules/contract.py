"""What an employee under contract (*PPPK*) may be moved to."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, rule


@rule(basis="PP 49/2018; PermenPANRB 6/2024")
def contract_scope(case: Case, _: Law) -> Judgement:
    """An employee under contract keeps employer and job, and leads no unit.

    The employer is the same if the government is by name; the job is the same if the
    job family is, or the title. A structural post leads. Unknown where the legal kind
    of the employee is not on record.
    """
    same_family = (case.family_code == case.present_family_code) & (case.family_code >= 0)
    same_title = (case.title_code == case.present_title_code) & (case.title_code >= 0)
    other_employer = case.region_code != case.employee_region_code
    leads = case.is_structural
    return Judgement(
        breached=(case.is_contract == 1) & (~(same_family | same_title) | other_employer | leads),
        unknown=np.isnan(case.is_contract),
        facts={"family": case.family},
    )
