"""What an employee under contract (*PPPK*) may be moved to."""

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, rule
from mutasi.vocabulary import PositionKind


@rule(basis="PP 49/2018; PermenPANRB 6/2024")
def contract_scope(case: Case, _: Law) -> Judgement:
    """An employee under contract keeps the job of the contract and leads no unit."""
    other_job = case.family_code != case.present_family_code
    leads = case.position_kind == PositionKind.STRUCTURAL
    return Judgement((case.is_contract == 1) & (other_job | leads), facts={"family": case.family})
